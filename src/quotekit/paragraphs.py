"""Where paragraphs begin and end, in pages with blank lines, without them, and with lines broken by width."""

from __future__ import annotations

import functools
import re
from itertools import pairwise
from typing import NamedTuple

_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_WIDEST = 100
"""Characters of the widest line at which a printed source breaks its lines; most break at 65 to 80."""
_NARROWEST = 45
_STOPS = ".!?:…”\"’'»)]"
"""Characters with which a paragraph ends."""
_RAGGED = 12
"""Columns that a typist may leave free at the end of a line though the next word would have fitted."""


def find_paragraphs(text: str) -> list[tuple[int, int]]:
    r"""Finds the paragraphs of a text.

    A blank line always ends a paragraph. A single line break does so unless the text is broken by width, as old
    e-mails and digitised books are: there a break ends a paragraph only after a short line that ends a sentence.

    Args:
        text: Any text.

    Returns:
        Offsets of the first character and after the last one of each paragraph, without surrounding white space.

    >>> text = "One.\nTwo.\n\n  Three."
    >>> [text[start:end] for start, end in find_paragraphs(text)]
    ['One.', 'Two.', 'Three.']
    """
    return list(_paragraphs(text))


@functools.lru_cache(maxsize=4)
def _paragraphs(text: str) -> tuple[tuple[int, int], ...]:
    # Every step asks for those of the same text.
    lines: list[_Line] = []
    before = 0
    for match in _LINE.finditer(text):
        whole = match.group()
        body = whole.strip()
        if not body:
            continue
        start = match.start()
        gap = text[before:start]
        blank = "\u2029" in gap or len(gap.replace("\r\n", "\n").strip(" \t")) > 1
        begin = start + len(whole) - len(whole.lstrip())
        word = body.find(" ")
        lines.append(_Line(begin, begin + len(body), begin - start + len(body), len(body) if word < 0 else word, blank))
        before = match.end()
    width = _width(text, lines)
    paragraphs: list[tuple[int, int]] = []
    for at, line in enumerate(lines):
        if at and not line.blank and width is not None and not _is_meant(text, lines[at - 1], line, width):
            paragraphs[-1] = (paragraphs[-1][0], line.end)
        else:
            paragraphs.append((line.start, line.end))
    return tuple(paragraphs)


class _Line(NamedTuple):
    """A line that is not blank."""

    start: int
    end: int
    columns: int
    """Characters from the line's first column, indentation included, to its last word."""
    first_word: int
    """Length of its first word."""
    blank: bool
    """Whether a blank line stands before it."""


def _is_meant(text: str, line: _Line, following: _Line, width: int) -> bool:
    """Whether a break in a text broken by width ends a paragraph."""
    room = width - line.columns - 1 - following.first_word
    return (
        room >= _RAGGED
        and text[line.end - 1] in _STOPS
        and not (text[following.start].isalpha() and text[following.start].islower())
    )


def _width(text: str, lines: list[_Line]) -> int | None:
    """The width at which lines are broken; None where every break is meant."""
    runs = [(line, following) for line, following in pairwise(lines) if not following.blank]
    if len(runs) < 2:
        return None
    lengths = sorted(line.columns for line, _ in runs)
    # A few long lines (headings, addresses) do not make a text broken by width another kind of text.
    width = lengths[(len(lengths) - 1) * 98 // 100]
    if not _NARROWEST <= width <= _WIDEST:
        return None
    full = sum(line.columns + 1 + following.first_word > width - _RAGGED // 2 for line, following in runs)
    # Lines of a width end in the midst of a sentence; lines that all end with one happen to be of a length.
    midst = sum(text[line.end - 1] not in _STOPS for line, _ in runs)
    return width if 2 * full > len(runs) and 2 * midst > len(runs) else None
