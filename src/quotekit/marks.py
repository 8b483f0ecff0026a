"""Quotation-mark characters: which of them open, which close, and which are no quotation mark at all."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from quotekit.lexicon import load_table

Kind = Literal["double", "single"]
Side = Literal["open", "close", "apostrophe", "prime"]

DOUBLE = '"“”„‟«»＂〝〞〟'
SINGLE = "'‘’‚‛‹›`´＇"
_RUN = 6
"""Marks in a row that are decoration: no nesting brings so many together."""
_CANDIDATE = re.compile(
    "(?P<run>[" + re.escape(DOUBLE + SINGLE) + f"]{{{_RUN},}})|''|``|´´|‘‘|’’|[" + re.escape(DOUBLE + SINGLE) + "]"
)
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n|\r\n?[^\S\n]*\r\n?|\u2029")
_OPENS_AFTER = "([{<-–—―/=:>|*_~…"
_CLOSES_AFTER = ".,!?…;:)-–—%"


class Mark(NamedTuple):
    """A quotation mark, or a character that looks like one.

    >>> Mark(0, 1, "double", "open").side
    'open'
    """

    start: int
    """Offset of the mark's first character."""
    end: int
    """Offset after its last character; '' and `` are two characters long."""
    kind: Kind
    """Double (“ ” " « » „ '' ``) or single (‘ ’ ' ‹ ›)."""
    side: Side
    """Open, close, apostrophe (also an elision or a possessive), or prime (feet, inches, minutes)."""


_ELISIONS = frozenset(row[0] for row in load_table("elisions"))
_WORD = re.compile(r"\w+")


def find_marks(text: str) -> list[Mark]:
    """Finds every quotation mark and says which way it faces.

    Curly marks and guillemets face as their shape says unless what stands around them says otherwise (»so« and
    „so“ are read as well as «so»); straight marks by the blanks, letters and stops around them and by what is
    open in the paragraph. Every paragraph starts afresh, so one odd mark cannot turn round the rest of a text.

    Args:
        text: Any text.

    Returns:
        The marks in text order; apostrophes and primes are among them, with a side of that name.

    >>> [(text[m.start:m.end], m.side) for text in ["“It’s so,” he said."] for m in find_marks(text)]
    [('“', 'open'), ('’', 'apostrophe'), ('”', 'close')]
    """
    marks: list[Mark] = []
    breaks = [m.start() for m in _PARAGRAPH.finditer(text)]
    breaks.append(len(text) + 1)
    at_break = 0
    found = [m for m in _CANDIDATE.finditer(text) if m.lastgroup is None]
    first = 0
    while first < len(found):
        while breaks[at_break] <= found[first].start():
            at_break += 1
        last = first
        while last < len(found) and found[last].start() < breaks[at_break]:
            last += 1
        _face_paragraph(text, [(m.start(), m.end()) for m in found[first:last]], marks)
        first = last
    return marks


def _face_paragraph(text: str, found: list[tuple[int, int]], marks: list[Mark]) -> None:
    """Appends the marks of one paragraph."""
    double: str | None = None
    single = around = False
    closing_singles = [_may_close_single(text, start, end) for start, end in found]
    sure_singles = [
        c and _surely_closes(text, start, end) for c, (start, end) in zip(closing_singles, found, strict=True)
    ]
    left = sum(closing_singles)
    sure_left = sum(sure_singles)
    for at, (start, end) in enumerate(found):
        left -= closing_singles[at]
        sure_left -= sure_singles[at]
        shape = text[start:end]
        before = text[start - 1] if start else "\n"
        after = text[end] if end < len(text) else "\n"
        if shape in DOUBLE or end - start == 2:
            side = _face_double(shape, before, after, double)
            if side == "open":
                double, around, single = shape, single, False
            elif side == "close":
                # What was open around it goes on: ‘He said “no”’.
                double, around, single = None, False, around
            marks.append(Mark(start, end, "double", side))
        else:
            side = _face_single(text, start, end, before, after, single, left, sure_left)
            if side == "open":
                single = True
            elif side == "close":
                single = False
            marks.append(Mark(start, end, "single", side))


def _face_double(shape: str, before: str, after: str, opened: str | None) -> Side:
    free_before = before.isspace() or before in _OPENS_AFTER or before in SINGLE
    free_after = after.isspace() or after in _CLOSES_AFTER or after in "]}" or after in SINGLE
    if shape in "„‟〝":
        return "close" if shape == "‟" and opened is not None and not free_before else "open"
    if shape in ("``", "‘‘"):
        return "open"
    if shape in "”〞〟" or shape == "’’":
        # Some languages and some typists open with the closing shape.
        return "open" if opened is None and free_before and not free_after else "close"
    if shape == "“":
        return "close" if opened == "„" or (opened is not None and free_after and not free_before) else "open"
    if shape in "«»":
        if opened in ("«", "»"):
            return "close" if shape != opened or free_after else "open"
        return "open" if shape == "«" or (free_before and not free_after) else "close"
    if opened is None and before.isdigit() and not after.isalpha() and shape == '"':
        return "prime"
    if free_before and not free_after:
        # A closing mark may follow a stop or a dash; after a blank or a bracket it does not.
        return "close" if opened is not None and before in "-–—…" else "open"
    if free_after and not free_before:
        return "close"
    return "open" if opened is None else "close"


def _may_close_single(text: str, start: int, end: int) -> bool:
    if end - start != 1 or text[start] not in "'’›´＇":
        return False
    before = text[start - 1] if start else "\n"
    after = text[end] if end < len(text) else "\n"
    return not before.isspace() and not after.isalnum()


def _surely_closes(text: str, start: int, end: int) -> bool:
    """No possessive looks like this: a stop before the mark, or a stop or the end after it."""
    after = text[end] if end < len(text) else "\n"
    return not text[start - 1].isalnum() or after in ".,!?…;:)\n" or after in DOUBLE


def _face_single(
    text: str,
    start: int,
    end: int,
    before: str,
    after: str,
    opened: bool,
    closers_left: int,
    sure_closers_left: int,
) -> Side:
    shape = text[start]
    if before.isalnum() and after.isalnum():
        return "prime" if before.isdigit() and after.isdigit() else "apostrophe"
    if shape in "‚‹":
        return "open"
    if not before.isalnum() and after.isalnum():
        following = _WORD.match(text, end)
        word = following.group().lower() if following else ""
        if word in _ELISIONS or re.fullmatch(r"\d0s", word):
            return "apostrophe"
        if shape in "’›´":
            # The closing shape before a letter is an elision nobody listed, unless it can be paired.
            return (
                "open"
                if not opened and closers_left > 0 and (before.isspace() or before in _OPENS_AFTER)
                else "apostrophe"
            )
        return "open" if closers_left > 0 or shape in "‘‛`" else "apostrophe"
    if before.isalnum() and not after.isalnum():
        if not opened:
            return "prime" if before.isdigit() else "apostrophe"
        # "the workers' rights": with a surer closing mark to come, the s' is a possessive.
        if before in "sS" and after == " " and sure_closers_left > 0:
            return "apostrophe"
        return "close"
    if before.isspace() or before in "([{":
        return "open" if not after.isspace() else "apostrophe"
    if shape in "’›" and before in ".,!?…":
        # After a stop the closing shape closes, though a quotation inside seems to have closed already.
        return "close"
    return "close" if opened else ("open" if before in DOUBLE and not after.isspace() else "apostrophe")
