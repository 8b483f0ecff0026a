"""Dialogue that a dash opens, paragraph by paragraph, without quotation marks; tags cut it: — No, she said. Never."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from quotekit.reader.reading import Reading
from quotekit.tags import Tag, find_tag, is_saying, subject_of

__all__ = ["Dashed", "find_dashed"]

Bounds = tuple[int, int]

_DASH = re.compile(r"[—–―]\s?(?=[\w¿¡“\"'‘])")
_MOST_BETWEEN = 4
"""Paragraphs of narration that may stand between two turns of a dialogue."""
_FEWEST = 2
_STOPS = ".,;:—–!?…"


class Dashed(NamedTuple):
    """What one paragraph says behind its dash.

    >>> Dashed(pieces=((0, 6),), tag=None).tag is None
    True
    """

    pieces: tuple[Bounds, ...]
    """The speech in character offsets, the dash included, cut by its tags."""
    tag: Tag | None
    """Who says so, where the paragraph or a colon before it tells."""


def find_dashed(reading: Reading, paragraphs: Sequence[Bounds]) -> list[Dashed]:
    r"""Finds what is said behind dashes.

    A paragraph that a dash opens is a turn of talk where another such paragraph is near, and one of them asks
    something or has a tag ("she said"); else it belongs to a list.

    Args:
        reading: The reading of the text.
        paragraphs: Where the text's paragraphs begin and end, as character offsets.

    Returns:
        The turns, in text order.

    >>> reading = Reading.from_rows("— Why?\n— Why not?", [])
    >>> [turn.pieces for turn in find_dashed(reading, [(0, 6), (7, 17)])]
    [((0, 6),), ((7, 17),)]
    """
    text = reading.text
    opened = [(i, match.end()) for i, bounds in enumerate(paragraphs) if (match := _DASH.match(text, *bounds))]
    found: list[Dashed] = []
    for run in _runs(opened):
        tags = [list(_tags(reading, start, paragraphs[i][1])) for i, start in run]
        asks = any("?" in text[start : paragraphs[i][1]] for i, start in run)
        if len(run) < _FEWEST or not (any(tags) or asks):
            continue
        for (i, _), told in zip(run, tags, strict=True):
            begin, end = paragraphs[i]
            edges = [begin, *(edge for one in told for edge in one.around), end]
            pieces = tuple(p for at in range(0, len(edges), 2) for p in _trimmed(text, edges[at], edges[at + 1]))
            if pieces:
                found.append(Dashed(pieces, told[0].tag if told else find_tag(reading, begin, begin)))
    return found


class _Told(NamedTuple):
    around: Bounds
    """The whole of a tag, with the mark that ends it."""
    tag: Tag


def _trimmed(text: str, start: int, end: int) -> Iterator[Bounds]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if any(c.isalnum() for c in text[start:end]):
        yield start, end


def _runs(opened: Sequence[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Paragraphs with a dash that follow each other, narration of a paragraph or two among them."""
    run: list[tuple[int, int]] = []
    for item in opened:
        if run and item[0] - run[-1][0] > _MOST_BETWEEN:
            yield run
            run = []
        run.append(item)
    if run:
        yield run


def _tags(reading: Reading, start: int, end: int) -> Iterator[_Told]:
    """Tags among the characters: a verb of saying beside its subject, behind a comma or a stop, up to the next one."""
    text = reading.text
    reached = start
    for verb in reading.tokens_in(start, end):
        source = subject_of(reading, verb) if is_saying(reading, verb) else None
        if source is None:
            continue
        cue = int(reading.starts[verb]), int(reading.ends[verb])
        begin, stop = min(source[0], cue[0]), max(source[1], cue[1])
        before = text[reached:begin].rstrip()
        if begin <= reached or stop > end or before[-1:] not in tuple(_STOPS):
            continue
        while stop < end and text[stop] not in _STOPS:
            stop += 1
        while stop < end and (text[stop] in _STOPS or text[stop].isspace()):
            stop += 1
        yield _Told((begin, stop), Tag(source, cue))
        reached = stop
