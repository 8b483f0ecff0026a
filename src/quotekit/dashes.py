"""Dialogue that a dash opens, paragraph by paragraph, without quotation marks; tags cut it: — No, she said. Never."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from quotekit.constructions import find_announcement
from quotekit.lemma import lemma
from quotekit.lexicon import load_table
from quotekit.reader.reading import Reading

__all__ = ["Dashed", "find_dashed"]

Bounds = tuple[int, int]

_DASH = re.compile(r"[—–―]\s?(?=[\w¿¡“\"'‘])")
_MOST_BETWEEN = 4
"""Paragraphs of narration that may stand between two turns of a dialogue."""
_FEWEST = 2
_STOPS = ".,;:—–!?…"
_NARROW = 2
"""Tokens that may stand between a verb of saying and its subject."""
_PRONOUNS = ("he", "she", "they", "i", "we")


class Dashed(NamedTuple):
    """What one paragraph says behind its dash; character offsets."""

    pieces: tuple[Bounds, ...]
    """The speech, the dash included, cut by its tags."""
    source: Bounds | None
    cue: Bounds | None


@functools.cache
def _saying() -> frozenset[str]:
    return frozenset(row[0] for row in load_table("cues") if row[1] == "speech")


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
            edges = [begin, *(edge for tag in told for edge in tag.around), end]
            pieces = tuple(p for at in range(0, len(edges), 2) for p in _trimmed(text, edges[at], edges[at + 1]))
            if pieces:
                found.append(Dashed(pieces, *(told[0][1:] if told else _announced(reading, paragraphs, i))))
    return found


class _Tag(NamedTuple):
    around: Bounds
    """The whole of it, with the mark that ends it."""
    source: Bounds
    cue: Bounds


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


def _tags(reading: Reading, start: int, end: int) -> Iterator[_Tag]:
    """Tags among the characters: a verb of saying beside its subject, behind a comma or a stop, up to the next one."""
    text = reading.text
    reached = start
    for verb in reading.tokens_in(start, end):
        is_said = reading.upos[verb] == "VERB" and lemma(reading.word(verb), "VERB").lower() in _saying()
        if not is_said or reading.morph[verb] in ("Imp", "Inf", "Ger"):
            continue
        subject = _subject(reading, verb)
        if subject is None:
            continue
        cue = int(reading.starts[verb]), int(reading.ends[verb])
        source = int(reading.starts[subject[0]]), int(reading.ends[subject[1] - 1])
        begin, stop = min(source[0], cue[0]), max(source[1], cue[1])
        before = text[reached:begin].rstrip()
        if begin <= reached or stop > end or before[-1:] not in tuple(_STOPS):
            continue
        while stop < end and text[stop] not in _STOPS:
            stop += 1
        while stop < end and (text[stop] in _STOPS or text[stop].isspace()):
            stop += 1
        yield _Tag((begin, stop), source, cue)
        reached = stop


def _announced(reading: Reading, paragraphs: Sequence[Bounds], at: int) -> tuple[Bounds | None, Bounds | None]:
    """Source and cue of the paragraph before, where its colon announces what follows."""
    before = paragraphs[at - 1][1] if at else 0
    told = find_announcement(reading, before) if before and reading.text[before - 1] == ":" else None
    return (told.source, told.cue) if told is not None else (None, None)


def _subject(reading: Reading, verb: int) -> Bounds | None:
    """First token and token after the last of a verb's subject; who stands beside it stands in for one."""
    for child in reading.children(verb, "nsubj"):
        first, last = reading.subtree(child)
        if 0 < verb - child <= _NARROW or 0 < first - verb <= _NARROW:
            last = min(last, verb) if child < verb else last
            while reading.upos[last - 1] == "PUNCT" and last - 1 > child:
                last -= 1
            return first, last
    for beside in (verb - 1, verb + 1):
        if 0 <= beside < len(reading) and (reading.upos[beside] == "PROPN" or reading.lower(beside) in _PRONOUNS):
            return beside, beside + 1
    return None
