"""Inverted clauses: “Should they strike, we strike back”, “Were the island to secede, we would close the strait”."""

from __future__ import annotations

from collections.abc import Iterator

from quotekit.threats.conditionals.conditional import Found
from quotekit.threats.conditionals.subordination import build
from quotekit.threats.scene import Scene
from quotekit.threats.words import group


def find(scene: Scene) -> Iterator[Found]:
    """Clauses that open with "should", "were" or "had" before their subject."""
    for at, word in enumerate(scene.words):
        verb = _inverted(scene, at) if word in ("should", "were", "had") else None
        draft = build(scene, "clause", (at, at + 1), "trigger", verb) if verb is not None else None
        if draft is not None:
            yield Found(draft, 1, at)


def _inverted(scene: Scene, at: int) -> int | None:
    """The verb of a clause that begins with "should", "were" or "had" before its subject; None in questions."""
    verb = scene.heads[at]
    if verb <= at and scene.words[at] == "were":
        verb = at
    if verb <= at and scene.words[at] == "should" and (behind := _bare_verb(scene, at)) is not None:
        return behind
    if scene.words[at] == "should" and (behind := _noun_for_verb(scene, at, verb)) is not None:
        return behind
    if scene.words[at] == "were" and _follows_on(scene, at) and (asked := _were_to(scene, at)) is not None:
        return asked
    if scene.words[at] != "should" and not (
        scene.begins_sayings(at) or scene.is_break(at - 1) or scene.deps[verb] == "advcl"
    ):
        return None
    if scene.words[at] == "were" and (asked := _were_to(scene, at)) is not None:
        return asked
    subject = scene.subject(verb)
    if subject is None or subject <= at or (subject >= verb and verb != at):
        return None
    if (
        at > 0
        and scene.upos[at - 1] in ("PRON", "PROPN")
        and not scene.is_break(at - 1)
        and scene.words[at - 1] in group("question word")
    ):
        return None
    _, last = scene.sentence(at)
    if any(scene.words[t] == "?" for t in range(at, last)):
        return None
    return verb


def _bare_verb(scene: Scene, at: int) -> int | None:
    """The verb of "… should the island secede", where the parse hangs "should" on the clause before."""
    _, last = scene.sentence(at)
    for token in range(at + 1, last):
        if scene.is_break(token) or scene.words[token] == "?":
            return None
        if scene.upos[token] in ("VERB", "AUX"):
            if scene.words[token] != scene.lemmas[token] or scene.deps[token] in ("amod", "compound"):
                return None
            verb = token if scene.upos[token] == "VERB" else scene.heads[token]
            subject = scene.subject(verb)
            return verb if subject is not None and at < subject < token <= verb else None
    return None


def _noun_for_verb(scene: Scene, at: int, verb: int) -> int | None:
    """The bare verb of "Should the garrison fire on it, we …" that is read as a noun, and "should" put to the rest."""
    if not scene.begins_sayings(at) and not scene.is_break(at - 1):
        return None
    _, last = scene.sentence(at)
    stop = next((t for t in range(at + 1, last) if scene.is_break(t)), last)
    if verb < stop or any(scene.is_clause(t) for t in range(at + 1, stop)):
        return None
    nouns = (t for t in range(at + 2, stop) if scene.upos[t] == "NOUN" and scene.deps[t] == "advcl")
    return next((t for t in nouns if scene.words[t] == scene.lemmas[t]), None)


def _were_to(scene: Scene, at: int) -> int | None:
    """The verb of "Were the island to secede, …", which the parse hangs on the noun; the words' order tells."""
    noun = at + 1
    while noun < len(scene.words) and scene.upos[noun] in ("DET", "ADJ", "NUM", "NOUN", "PROPN", "PRON", "ADP"):
        noun += 1
    if noun == at + 1 or noun + 1 >= len(scene.words) or scene.words[noun] != "to" or scene.upos[noun] != "PART":
        return None
    return scene.heads[noun] if noun < scene.heads[noun] else None


def _follows_on(scene: Scene, at: int) -> bool:
    """Whether a "were" has no subject before it, behind what would be: "it would be struck were the house to vote"."""
    first, _ = scene.sentence(at)
    would = next((t for t in range(at - 1, first, -1) if scene.words[t] == "would"), None)
    if would is None:
        return False
    subjects = (t for t in range(would, at) if scene.deps[t] in ("nsubj", "csubj"))
    return not any(scene.heads[t] >= at for t in subjects) and scene.upos[at - 1] != "PRON"
