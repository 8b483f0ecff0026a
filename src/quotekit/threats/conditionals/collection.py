"""Tries all constructions on a scene, and keeps of those that share words the one that fits best."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from quotekit.reader.reading import Reading
from quotekit.threats.conditionals import (
    alternatives,
    clauses,
    imperatives,
    inversions,
    juxtaposed,
    nominal,
    phrases,
    relatives,
    ultimata,
)
from quotekit.threats.conditionals.conditional import Conditional, Found
from quotekit.threats.scene import Scene, Tokens
from quotekit.types import Attribution

_BLOCK = 64
"""Tokens in a block; only conditionals that share a block are compared."""

Finder = Callable[[Scene], Iterator[Found]]

CONSTRUCTIONS: tuple[tuple[Finder, ...], ...] = (
    # “We sue if you print it.” “Without an apology, we sue.” “Should you print it, we sue.”
    (clauses.find, phrases.find, inversions.find),
    # “Take it back, or we sue.” “Print it and we sue.”
    (alternatives.find, imperatives.find),
    # “Any attack will be answered.”
    (nominal.find_subjects,),
    # “Anyone who prints it will be sued.”
    (relatives.find,),
    # “Take it back by noon. If not, we sue.” “It gave them a week to pay, after which it would sue.”
    (ultimata.find_in_next_sentence,),
    (ultimata.find_in_same_sentence, ultimata.find_before),
    (ultimata.find_closed,),
    # “Talking to the press would cost you dear.”
    (nominal.find_gerunds,),
    # “It would answer any attack with one of its own.” “No deal, no gas.”
    (nominal.find_answers, nominal.find_denied),
    # “Banks that keep paying them will lose their licence.”
    (relatives.find_bare,),
    # “Whoever signs it, he said, will be carried out.”
    (relatives.find_whoever,),
)
"""The constructions in the order in which they are tried; those of one row together, as they stand in the text.

Of two that make the same condition of a text with the same rank, the first is kept. What stands side by side
(`juxtaposed`: “Cross the line. We will shoot.”) is tried last, as it looks at what all others have left.
"""


def find_conditionals(reading: Reading, attributions: Sequence[Attribution] = ()) -> tuple[Conditional, ...]:
    """Finds conditions with their consequences.

    Args:
        reading: The reading of the text.
        attributions: Who said what in it; their contents bound clauses, their sources and cues are cut out.

    Returns:
        What is found, in text order of the consequences; nothing is judged.

    >>> from quotekit.reader.reading import Reading
    >>> rows = [(0, 2, "PRON", "nsubj", 1), (3, 6, "VERB", "root", 1), (7, 9, "SCONJ", "mark", 4),
    ...         (10, 13, "PRON", "nsubj", 4), (14, 19, "VERB", "advcl", 1), (20, 22, "PRON", "obj", 4),
    ...         (22, 23, "PUNCT", "punct", 1)]
    >>> reading = Reading.from_rows("We sue if you print it.", rows)
    >>> [(c.marker, c.conditions, c.consequences) for c in find_conditionals(reading)]
    [((2, 3), ((3, 6),), ((0, 2),))]
    """
    return conditionals_in(Scene(reading, attributions))


def conditionals_in(scene: Scene) -> tuple[Conditional, ...]:
    """Finds conditions with their consequences in a scene; see `find_conditionals`."""
    found: list[Found] = []
    for row in CONSTRUCTIONS:
        found.extend(sorted((one for find in row for one in find(scene)), key=lambda one: one.at))
    heads = [(one.conditional.condition_head, one.conditional.consequence_head) for one in found]
    found.extend(juxtaposed.find(scene, {head for pair in heads for head in pair}))
    return _without_doubles([one for one in found if one.conditional.conditions])


def _without_doubles(found: Sequence[Found]) -> tuple[Conditional, ...]:
    """Keeps one of those that share a consequence, and joins conditions of the same kind ("if …, and if …")."""
    kept: list[Conditional] = []
    of_head: dict[int, int] = {}
    near: dict[int, list[int]] = {}
    for one, rank, _ in sorted(found, key=lambda each: (each.rank, each.conditional.conditions[0])):
        at = of_head.get(one.consequence_head) if one.consequence_head is not None else None
        if at is not None:
            other = kept[at]
            same = one.marker is not None and other.marker is not None and one.form == other.form == "clause"
            if same and rank == 1 and not _overlap(one.conditions, other.conditions):
                kept[at] = other._replace(conditions=tuple(sorted((*other.conditions, *one.conditions))))
            continue
        blocks = {t // _BLOCK for piece in (*one.conditions, *one.consequences) for t in range(piece[0], piece[1])}
        if any(_inside(one, kept[i]) for i in sorted({i for block in blocks for i in near.get(block, ())})):
            continue
        if one.consequence_head is not None:
            of_head[one.consequence_head] = len(kept)
        for block in blocks:
            near.setdefault(block, []).append(len(kept))
        kept.append(one)
    return tuple(sorted(kept, key=lambda c: (c.consequences or c.conditions)[0]))


def _overlap(pieces: Sequence[Tokens], others: Sequence[Tokens]) -> bool:
    return any(a < d and c < b for a, b in pieces for c, d in others)


def _inside(one: Conditional, other: Conditional) -> bool:
    """Whether a conditional's consequence lies in another's condition, or both its parts in one part of the other."""
    for part in (*other.conditions, *other.consequences):
        if all(part[0] <= a and b <= part[1] for a, b in (*one.conditions, *one.consequences)):
            return True
    return bool(one.consequences) and _overlap(one.consequences, other.conditions)
