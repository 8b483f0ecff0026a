"""The parties around a conditional, of which one threatens and one is to comply.

The rules of `roles` look for both along the parse. Which of all noun phrases, pronouns and names around it is meant is
then told by their choice, by where each stands and by what its words mean, weighed by what was learned.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from quotekit.threats.conditionals import Conditional
from quotekit.threats.learned import Sense, heads_of, party_scores
from quotekit.threats.scene import Scene, Tokens
from quotekit.threats.voices import FIRST_PERSON, REFLEXIVE, SECOND_PERSON, THIRD_PERSON, Setting, Voice
from quotekit.threats.words import group

__all__ = ["ROLES", "Candidate", "candidates", "encoding_of_candidate", "likeliest"]

ROLES = ("threatener", "target")
_NOUNS = ("NOUN", "PROPN", "PRON")
_INNER = frozenset(("compound", "flat", "fixed", "goeswith"))
_PLAIN = (
    frozenset(("rules: threatener", "is PROPN party", "nsubj of the consequence")),
    frozenset(("rules: threatener", "acts as I")),
)
"""What leaves nothing to weigh: somebody with a name is to act, which is right in 231 of 240 threats to learn from; or
who says "I", which was not counted."""
_NEAR, _FAR = 6, 20
"""Tokens from the head of consequence or condition."""


class Candidate(NamedTuple):
    """Somebody who may threaten or be the target; without a piece, nobody."""

    piece: Tokens | None
    look: dict[str, float]
    """Where it stands and what it is, by name, and whether the rules chose it."""


def candidates(
    setting: Setting, conditional: Conditional, voice: Voice, passage: Tokens, chosen: Sequence[Tokens | None]
) -> list[Candidate]:
    """The parties that a passage names, each once, and nobody.

    Args:
        setting: The text's scene and speakers.
        conditional: Condition and consequence.
        voice: Who says it.
        passage: The tokens to look in.
        chosen: What the rules chose, by role.
    """
    scene, threatener = setting.scene, chosen[ROLES.index("threatener")]
    found = {piece: head for head, piece in _phrases(setting, passage)}
    for piece in chosen:
        if piece is not None:
            found.setdefault(piece, _head_of(setting.scene, *piece))
    looks = {piece: _look(setting, conditional, voice, head, piece) for piece, head in sorted(found.items())}
    head = conditional.consequence_head
    subject = scene.inherited_subject(head) if head is not None else None
    if threatener is not None and subject is not None and scene.words[subject] == "i":
        looks[threatener]["acts as I"] = 1.0
    return [
        Candidate(piece, look | _choice(scene, piece, chosen))
        for piece, look in ((None, {"nobody": 1.0, f"nobody, {conditional.form}": 1.0}), *looks.items())
    ]


def _phrases(setting: Setting, passage: Tokens) -> Iterator[tuple[int, Tokens]]:
    """Heads with their phrases; names inside others come without what is around them."""
    scene = setting.scene
    for entity in scene.entities_in(passage):
        if entity.label in ("PERSON", "ORG", "LOC", "MISC") and passage[0] <= entity.first < entity.last <= passage[1]:
            yield _head_of(scene, entity.first, entity.last), (entity.first, entity.last)
    for head in range(*passage):
        if (
            scene.upos[head] not in _NOUNS
            or scene.words[head] in REFLEXIVE
            or scene.words[head] in group("no candidate")
        ):
            continue
        if scene.deps[head] in _INNER and scene.upos[head] != "PRON":
            continue
        first, last = setting.phrase(head)
        while last - first > 1 and scene.words[last - 1] in ("'s", "'"):
            last -= 1
        if passage[0] <= first < last <= passage[1]:
            yield head, (first, last)


def _head_of(scene: Scene, first: int, last: int) -> int:
    return next((t for t in range(first, last) if not first <= scene.heads[t] < last), last - 1)


def _look(setting: Setting, conditional: Conditional, voice: Voice, head: int, piece: Tokens) -> dict[str, float]:
    scene = setting.scene
    main, other = heads_of(conditional)
    word = scene.words[head]
    kinds = {"first": FIRST_PERSON, "second": SECOND_PERSON, "third": THIRD_PERSON}
    person = next((kind for kind, words in kinds.items() if word in words), "")
    if not person:
        person = "party" if setting.is_party(head) else "other"
    named = [
        f"is {scene.upos[head]} {person}",
        f"stands as {scene.deps[head]}",
        f"{scene.deps[head]} of the consequence" if scene.heads[head] == main else "",
        f"{scene.deps[head]} of the condition" if scene.heads[head] == other else "",
        "subject of the condition" if scene.inherited_subject(other) == head else "",
        f"owner of a {scene.deps[scene.heads[head]]}" if scene.reading.deps[head] == "nmod:poss" else "",
        *(f"label {entity.label}" for entity in scene.entities_in(piece)[:1]),
    ]
    places = {
        "the condition": conditional.conditions,
        "the consequence": conditional.consequences,
        "the source": () if voice.source is None else (voice.source,),
    }
    inside = [name for name, pieces in places.items() if any(a <= head < b for a, b in pieces)]
    named += [f"in {name}" for name in inside] or ["elsewhere"]
    named += [f"all of {name}" for name, pieces in places.items() if piece in pieces]
    if voice.attribution is not None and voice.attribution.addressee is not None:
        named.append("heard" if head in scene.tokens(voice.attribution.addressee) else "")
    if scene.content[head] >= 0:
        named.append("in the same content" if scene.content[head] == scene.content[main] else "in another content")
    for name, anchor in (("consequence", main), ("condition", other)):
        away = head - anchor
        side = "before" if away < 0 else "after"
        reach = "near" if abs(away) <= _NEAR else "far" if abs(away) > _FAR else "apart"
        named.append(f"{reach} {side} the {name}")
    named.append("same sentence" if scene.sentence(head) == scene.sentence(main) else "another sentence")
    return {name: 1.0 for name in named if name}


def _choice(scene: Scene, piece: Tokens | None, chosen: Sequence[Tokens | None]) -> dict[str, float]:
    """Whether a piece is what the rules chose for each of the roles."""
    look = {}
    for role, meant in zip(ROLES, chosen, strict=True):
        if meant == piece:
            look[f"rules: {role}"] = 1.0
        elif meant is not None and piece is not None:
            if _overlaps(meant, piece):
                look[f"rules: {role}, in part"] = 1.0
            elif _text(scene, meant) == _text(scene, piece):
                look[f"rules: {role}, elsewhere"] = 1.0
    return look


def _overlaps(one: Tokens, other: Tokens) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _text(scene: Scene, piece: Tokens) -> list[str]:
    return scene.words[piece[0] : piece[1]]


def likeliest(
    sense: Sense, given: Sequence[Candidate], is_same: Callable[[Tokens, Tokens], bool]
) -> tuple[Tokens | None, Tokens | None]:
    """Threatener and target, two different parties; nobody only where the rules find nobody either.

    Args:
        sense: What the words of the passage mean.
        given: The candidates.
        is_same: Whether two pieces name the same party.
    """
    looks = [candidate.look for candidate in given]
    scores = party_scores(looks, [encoding_of_candidate(sense, candidate) for candidate in given])
    for i, candidate in enumerate(given):
        if candidate.piece is None:
            scores[i, [f"rules: {role}" not in candidate.look for role in ROLES]] = -np.inf
    plain = [i for i, look in enumerate(looks) if any(look.keys() >= signs for signs in _PLAIN)]
    threatener = given[plain[0] if plain else int(scores[:, 0].argmax())].piece
    for i in np.argsort(-scores[:, 1]).tolist():
        target = given[i].piece
        if target is None or threatener is None or not is_same(threatener, target):
            return threatener, target
    return threatener, None


def encoding_of_candidate(sense: Sense, candidate: Candidate) -> NDArray[np.float32]:
    """Encoding of a candidate's words and of its last one, shape (2 * width,); nothing for nobody."""
    piece = candidate.piece if candidate.piece is not None else (0, 0)
    return np.concatenate([sense.of(range(*piece)), sense.of(range(max(piece[0], piece[1] - 1), piece[1]))])
