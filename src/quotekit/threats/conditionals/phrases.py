"""Phrases with a marker: “Without an apology by Friday, we sue”, “No ship will pass without a permit”."""

from __future__ import annotations

from collections.abc import Iterator

from quotekit.threats.conditionals.conditional import Conditional, Found, Polarity
from quotekit.threats.conditionals.consequences import clauses_of
from quotekit.threats.conditionals.main_clauses import governor_of
from quotekit.threats.conditionals.markers import marked
from quotekit.threats.conditionals.stretches import extent_of, limit_of, saying_start
from quotekit.threats.conditionals.subordination import build
from quotekit.threats.scene import Scene, Tokens


def find(scene: Scene) -> Iterator[Found]:
    """Phrases that a marker opens."""
    for marker, complement, polarity, rank in marked(scene):
        if complement != "clause":
            draft = _with_phrase(scene, marker, polarity, front_only=complement == "front")
            if draft is not None:
                yield Found(draft, rank, marker[0])


def _with_phrase(scene: Scene, marker: Tokens, polarity: Polarity, *, front_only: bool) -> Conditional | None:
    first, after = marker
    if front_only and scene.words[first] == "without" and (denied := _not_without(scene, first)) is not None:
        return denied
    if front_only and not (
        scene.begins_sayings(first) or scene.is_break(first - 1) or scene.words[first - 1] in ("that", "and", "but")
    ):
        return None
    _, end = scene.sentence(first)
    head = scene.heads[after - 1]
    misread = scene.upos[after - 1] == "VERB" and any(t >= after for t in scene.children(after - 1, "obj"))
    for token in () if misread else (after - 1, first):
        head = scene.heads[token]
        if after <= head < end:
            break
    else:
        head = -1
    if head < after or misread or scene.upos[head] in ("VERB", "AUX"):
        # "Failing a written apology, …": the marker is read as a verb.
        owned = [t for t in scene.children(after - 1, "obj", "obl") if t >= after]
        nouns = (t for t in range(after, min(end, after + 12)) if scene.upos[t] in ("NOUN", "PROPN", "PRON"))
        head = owned[0] if owned else next(nouns, -1)
    if head < after or scene.upos[head] not in ("NOUN", "PROPN", "PRON", "ADJ", "NUM"):
        return None
    main = scene.heads[head]
    leads = main > head and (scene.subject(main) or -1) > head
    if front_only and not leads and not any(scene.words[t] == "," for t in range(head, min(end, head + 25))):
        return None
    return build(scene, "phrase", marker, polarity, head)


def _not_without(scene: Scene, first: int) -> Conditional | None:
    """A condition behind what will not be: "No ship will pass without a permit", “Not one euro without an audit”."""
    noun = scene.heads[first]
    above = scene.heads[noun]
    if noun <= first or above >= first or scene.upos[noun] not in ("NOUN", "PROPN", "NUM", "ADJ"):
        return None
    if any(scene.is_break(t) for t in range(above, first)):
        return None
    start = scene.trim(saying_start(scene, first), first)[0]
    is_bare = scene.words[start] in ("no", "not") and start < above and scene.upos[above] == "NOUN"
    if is_bare and not any(scene.is_clause(t) for t in range(start, noun)):
        consequences: tuple[Tokens, ...] = (scene.trim(start, first),)
    elif scene.is_clause(above) and scene.modal(above) in ("will", "would") and scene.is_negated(above):
        consequences = clauses_of(scene, above, set(range(first, noun + 1)), first, fronted=False)
    else:
        return None
    condition = extent_of(scene, first + 1, limit_of(scene, first), set(scene.own_tokens(noun)), noun)
    if not consequences or condition[0] >= condition[1]:
        return None
    governor = governor_of(scene, above)
    return Conditional("phrase", (first, first + 1), "compliance", (condition,), consequences, noun, above, governor)
