"""Who speaks where speech has no tag: people who talk with each other take turns, a quoted speaker goes on."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from quotekit.types import Quote

__all__ = ["Turn", "cut_scenes", "find_turns", "is_dialogue", "take_turns"]

_LONGEST_GAP = 2
"""Paragraphs of narration over which people go on talking in turns."""
_REMEMBERED = 8
"""Turns that are looked back at for whom somebody talks with."""
_FEWEST_BARE = 3
_BARE_SHARE = 0.3
_FEWEST_QUESTIONS = 2
_QUESTION_SHARE = 0.1
_YOU_SHARE = 0.2
_YOU = re.compile(r"\byou(?:r|rs|rself)?\b", re.IGNORECASE)
_MARKS = "\"'”’»“ \n\t"
_BREAK = re.compile(
    r"(?:chapter|part|book|scene|act)? ?(?:\d{1,3}|[ivxl]{1,7})\.?|(?:[*#~•·—–_-] ?){1,9}|\W{1,9}", re.IGNORECASE
)
"""A line between two scenes: a number, or stars."""


@dataclass
class Turn:
    """The speech of one paragraph."""

    paragraph: int
    words: str
    """What is said."""
    is_bare: bool
    """Whether nothing else stands in the paragraph."""
    is_open: bool = False
    """Whether its last quotation goes on in the next paragraph."""
    party: int | None = None
    """Who speaks, where the paragraph says so, and then whoever the turns give."""
    addressed: set[int] = field(default_factory=set)
    """Whom the words call by name."""
    scene: int = 0
    """Number of the scene; nobody answers what was said in another."""


def find_turns(quotes: Sequence[Quote], paragraphs: Sequence[tuple[int, int]]) -> list[Turn]:
    """The paragraphs of a text that hold speech.

    Args:
        quotes: What stands in quotation marks, in text order.
        paragraphs: Where the text's paragraphs begin and end.

    >>> find_turns([], [(0, 20)])
    []
    """
    starts = [start for start, _ in paragraphs]
    turns: dict[int, Turn] = {}
    inside: dict[int, int] = {}
    for quote in quotes:
        if not quote.is_speech or quote.parent_id is not None:
            continue
        pieces = quote.content or (quote.span,)
        numbers = [max(0, bisect_right(starts, piece.start) - 1) for piece in pieces]
        for at, (piece, number) in enumerate(zip(pieces, numbers, strict=True)):
            turn = turns.setdefault(number, Turn(number, "", is_bare=False))
            turn.words = f"{turn.words} {piece.text}".strip()
            turn.is_open = any(later != number for later in numbers[at + 1 :])
            inside[number] = inside.get(number, 0) + piece.end - piece.start + 2
    for number, turn in turns.items():
        start, end = paragraphs[number]
        turn.is_bare = inside[number] >= end - start - 2
    return [turns[number] for number in sorted(turns)]


def cut_scenes(turns: Sequence[Turn], text: str, paragraphs: Sequence[tuple[int, int]]) -> None:
    r"""Numbers the scenes that lines with a number or with stars alone cut.

    Args:
        turns: The paragraphs with speech, in text order; their ``scene`` is filled in.
        text: The text.
        paragraphs: Where its paragraphs begin and end.

    >>> turns = [Turn(0, "A?", True), Turn(2, "B.", True)]
    >>> cut_scenes(turns, "“A?”\n***\n“B.”", [(0, 4), (5, 8), (9, 13)])
    >>> [turn.scene for turn in turns]
    [0, 1]
    """
    breaks = [i for i, (start, end) in enumerate(paragraphs) if _BREAK.fullmatch(text, start, end)]
    for turn in turns:
        turn.scene = bisect_right(breaks, turn.paragraph)


def is_dialogue(turns: Sequence[Turn]) -> bool:
    """Whether a text is one in which people talk with each other, as in stories; articles let one speaker go on.

    Stories have paragraphs of nothing but words, and questions that the next paragraph answers.

    >>> said = [Turn(0, "Where?", True), Turn(1, "There, where you were.", True), Turn(2, "Why?", True)]
    >>> is_dialogue([*said, Turn(3, "Because.", True)]), is_dialogue(said[:1])
    (True, False)
    """
    bare = sum(turn.is_bare and not turn.is_open for turn in turns)
    if bare >= _FEWEST_BARE and bare >= _BARE_SHARE * len(turns):
        return True
    pairs = [(one, other) for one, other in itertools.pairwise(turns) if other.paragraph == one.paragraph + 1]
    questions = sum(one.words.rstrip(_MARKS).endswith("?") for one, _ in pairs)
    spoken_to = sum(_YOU.search(turn.words) is not None for turn in turns)
    return (
        questions >= _FEWEST_QUESTIONS
        and questions >= _QUESTION_SHARE * len(pairs)
        and spoken_to >= _YOU_SHARE * len(turns)
    )


def take_turns(turns: Sequence[Turn], narrator: int | None = None) -> None:
    """Fills in who speaks in paragraphs that do not say so.

    Where people talk in turns, a paragraph is said by the one whom the paragraph before speaks to: called by name,
    else the one who spoke before that, else who answers next. Nobody speaks to himself.

    Args:
        turns: The paragraphs with speech, in text order; their ``party`` is filled in.
        narrator: Who tells the story, where somebody does.

    >>> turns = [Turn(0, "A?", False, party=1), Turn(1, "B.", False, party=2), Turn(2, "C", True), Turn(3, "D", True)]
    >>> take_turns(turns)
    >>> [turn.party for turn in turns]
    [1, 2, 1, 2]
    """
    for at, turn in enumerate(turns):
        before = turns[at - 1] if at and _follow(turns[at - 1], turn) else None
        if turn.party is None and before is not None and before.is_open:
            turn.party = before.party
        if turn.party is None and before is not None and before.party is not None:
            turn.party = _answers(turns, at, narrator)
    for at in range(len(turns) - 2, -1, -1):
        turn, after = turns[at], turns[at + 1]
        if turn.party is None and after.party is not None and _follow(turn, after):
            turn.party = after.party if turn.is_open else _asks(turns, at, narrator)


def _follow(one: Turn, other: Turn) -> bool:
    return other.paragraph - one.paragraph <= _LONGEST_GAP and other.scene == one.scene


def _answers(turns: Sequence[Turn], at: int, narrator: int | None) -> int | None:
    """Who answers the paragraph before."""
    turn, before = turns[at], turns[at - 1]
    excluded = {before.party, *turn.addressed}
    called = [party for party in before.addressed if party not in excluded]
    if len(called) == 1:
        return called[0]
    for other in reversed(turns[max(0, at - _REMEMBERED) : at - 1]):
        if other.party is not None and other.party not in excluded and other.scene == turn.scene:
            return other.party
    return _later(turns, at, excluded, narrator)


def _asks(turns: Sequence[Turn], at: int, narrator: int | None) -> int | None:
    """Who says what the next paragraph answers."""
    turn, after = turns[at], turns[at + 1]
    excluded = {after.party, *turn.addressed}
    called = [party for party in after.addressed if party not in excluded]
    if len(called) == 1:
        return called[0]
    return _later(turns, at, excluded, narrator)


def _later(turns: Sequence[Turn], at: int, excluded: set[int | None], narrator: int | None) -> int | None:
    for other in turns[at + 1 : at + _REMEMBERED]:
        if other.party is not None and other.party not in excluded and other.scene == turns[at].scene:
            return other.party
    return narrator if narrator not in excluded else None
