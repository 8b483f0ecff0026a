"""From text to the numbers that the encoder reads: wordpieces, and the shape of the words they belong to."""

from __future__ import annotations

import functools
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from quotekit.marks import DOUBLE, SINGLE, find_marks
from quotekit.paragraphs import find_paragraphs

if TYPE_CHECKING:
    from tokenizers import Tokenizer

CASE_CLASSES = 9
"""special, lower, Title, UPPER, single capital, mIxed, digits, letters and digits, marks and others."""
MARK_CLASSES = 8
"""none, double open, double close, single open, single close, apostrophe, prime, unused."""
BREAK_CLASSES = 5
"""Before the word: nothing, blank, line break, blank line, start of the text."""
PARAGRAPH = 3
"""The first of them that parts paragraphs in every text."""
INSIDE_CLASSES = 3
"""Outside quotation marks, inside double ones, inside single ones."""

_FLAT = {ord(c): '"' for c in DOUBLE} | {ord(c): "'" for c in SINGLE}
_SURROGATES = dict.fromkeys(range(55296, 57344), " ")
_FLATTEN = _FLAT | _SURROGATES | {0: " "}
_SIDE_CODES = {"open": 1, "close": 2, "apostrophe": 5, "prime": 6}
OPENING = (1, 3)
"""Classes of the marks that open a quotation: double, single."""


@dataclass(frozen=True)
class Inputs:
    """One text as the encoder sees it.

    A *unit* is a word or a mark as the wordpiece tokenizer first splits the text (at blanks and punctuation); it
    has one or more pieces. Arrays over units have shape (n_units,), over pieces (n_pieces,).
    """

    pieces: NDArray[np.int32]
    """Wordpiece ids, without the special ones at the edges."""
    unit_of_piece: NDArray[np.int32]
    """The unit of each piece, non-decreasing."""
    first_piece: NDArray[np.int32]
    """The first piece of each unit."""
    starts: NDArray[np.int32]
    """Offset of each unit's first character."""
    ends: NDArray[np.int32]
    """Offset after each unit's last character."""
    shapes: NDArray[np.int32]
    """Shape of each unit, shape (n_units, 4): case, mark, break before, inside quotation marks."""

    def __len__(self) -> int:
        """Number of units."""
        return len(self.starts)


def flatten(text: str, doubled: list[int]) -> str:
    r"""Replaces every quotation mark by a straight one of its kind, character for character.

    The reader so reads the same words whatever marks a newsroom uses; which way a mark faces is told by its shape.

    Args:
        text: Any text.
        doubled: Offsets of the marks that are two characters long ('' and ``).

    Returns:
        A text of the same length.

    >>> flatten("„So“, ''he'' said", [6, 10])
    '"So", " he"  said'
    """
    flat = text.translate(_FLATTEN)
    if not doubled:
        return flat
    characters = list(flat)
    for start in doubled:
        characters[start : start + 2] = '" '
    return "".join(characters)


@functools.cache
def _character_classes() -> NDArray[np.uint8]:
    """For each character of the basic plane: bit 1 upper, 2 lower, 4 digit, 8 line break."""
    table = np.zeros(0x10000, dtype=np.uint8)
    for code in range(0x10000):
        category = unicodedata.category(chr(code))
        if category in ("Lu", "Lt"):
            table[code] = 1
        elif category in ("Ll", "Lo", "Lm"):
            table[code] = 2
        elif category[0] == "N":
            table[code] = 4
    for code in (0x0A, 0x0B, 0x0C, 0x85, 0x2028):
        table[code] = 8
    table[0x2029] = 24
    return table


def _counts(flags: NDArray[np.bool_]) -> NDArray[np.int32]:
    """Running count before each position, shape (n + 1,)."""
    result = np.zeros(len(flags) + 1, dtype=np.int32)
    np.cumsum(flags, out=result[1:])
    return result


def encode(text: str, tokenizer: Tokenizer) -> Inputs:
    """Turns a text into the encoder's inputs.

    Args:
        text: Any text; lone surrogates and NULs are read as blanks.
        tokenizer: An uncased BERT wordpiece tokenizer, without truncation or padding.

    Returns:
        The inputs; their offsets count characters of ``text`` itself.
    """
    marks = find_marks(text)
    doubled = [m.start for m in marks if m.end - m.start == 2]
    encoding = tokenizer.encode(flatten(text, doubled), add_special_tokens=False)
    n_pieces = len(encoding.ids)
    if n_pieces == 0:
        empty = np.zeros(0, dtype=np.int32)
        return Inputs(empty, empty, empty, empty, empty, np.zeros((0, 4), dtype=np.int32))
    offsets = np.array(encoding.offsets, dtype=np.int32).reshape(-1, 2)
    words = np.array(encoding.word_ids, dtype=np.int32)
    is_first = np.ones(n_pieces, dtype=np.bool_)
    is_first[1:] = words[1:] != words[:-1]
    first = np.flatnonzero(is_first).astype(np.int32)
    last = np.append(first[1:], n_pieces) - 1
    starts = offsets[first, 0]
    ends = offsets[last, 1]
    # The second character of '' was blanked; it belongs to the mark.
    two_long = np.isin(starts, np.array(doubled, dtype=np.int32)) if doubled else np.zeros(len(starts), dtype=np.bool_)
    ends = np.where(two_long, ends + 1, ends)
    unit_of_piece = (np.cumsum(is_first) - 1).astype(np.int32)
    shapes = _shapes(text, starts, ends, marks)
    return Inputs(np.array(encoding.ids, dtype=np.int32), unit_of_piece, first, starts, ends.astype(np.int32), shapes)


def _shapes(text: str, starts: NDArray[np.int32], ends: NDArray[np.int32], marks: list) -> NDArray[np.int32]:  # type: ignore[type-arg]
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    classes = _character_classes()[np.minimum(codes, 0xFFFF)]
    # "\r\n" is one line break, a lone "\r" too.
    carriage = codes == 0x0D
    alone = carriage.copy()
    alone[:-1] &= codes[1:] != 0x0A
    upper, lower, digit = (_counts((classes & bit) > 0) for bit in (1, 2, 4))
    line = _counts(((classes & 8) > 0) | alone) + _counts((classes & 16) > 0)

    n_upper = upper[ends] - upper[starts]
    n_lower = lower[ends] - lower[starts]
    n_digit = digit[ends] - digit[starts]
    first_upper = (classes[starts] & 1) > 0
    length = ends - starts
    case = np.full(len(starts), 8, dtype=np.int32)
    case[(n_lower > 0) & (n_upper == 0) & (n_digit == 0)] = 1
    capital = (n_upper > 0) & (n_digit == 0)
    case[capital] = 5
    case[capital & first_upper & (n_upper == 1) & (n_lower > 0)] = 2
    case[capital & (n_upper >= 2) & (n_lower == 0)] = 3
    case[capital & (n_upper == 1) & (length == 1)] = 4
    case[(n_digit > 0) & (n_upper + n_lower == 0)] = 6
    case[(n_digit > 0) & (n_upper + n_lower > 0)] = 7

    before = np.zeros(len(starts), dtype=np.int32)
    previous_end = np.append(0, ends[:-1])
    before[starts > previous_end] = 1
    n_lines = line[starts] - line[np.minimum(previous_end, starts)]
    before[n_lines == 1] = 2
    before[n_lines >= 2] = 3
    if not (before == 3).any():
        # Where no blank line parts the paragraphs, line breaks do.
        at = np.searchsorted(starts, [start for start, _ in find_paragraphs(text)])
        before[at[at < len(before)]] = 3
    before[0] = 4

    mark = np.zeros(len(starts), dtype=np.int32)
    inside = np.zeros(len(starts), dtype=np.int32)
    if marks:
        mark_starts = np.array([m.start for m in marks], dtype=np.int32)
        mark_codes = np.array(
            [_SIDE_CODES[m.side] + (2 if m.kind == "single" and m.side in ("open", "close") else 0) for m in marks],
            dtype=np.int32,
        )
        at = np.searchsorted(mark_starts, starts)
        hit = (at < len(mark_starts)) & (mark_starts[np.minimum(at, len(mark_starts) - 1)] == starts)
        mark[hit] = mark_codes[at[hit]]
        inside = _inside(mark, before)
    return np.stack([case, mark, before, inside], axis=1).astype(np.int32)


def _inside(mark: NDArray[np.int32], before: NDArray[np.int32]) -> NDArray[np.int32]:
    """Whether each unit stands inside quotation marks, by the marks of its own paragraph."""
    inside = np.zeros(len(mark), dtype=np.int32)
    events = np.flatnonzero(((mark >= 1) & (mark <= 4)) | (before >= 3))
    double = single = False
    since = 0
    for at in events.tolist():
        inside[since:at] = 1 if double else 2 if single else 0
        since = at
        if before[at] >= 3:
            double = single = False
        code = mark[at]
        if code == 1:
            double = True
        elif code == 2:
            double = single = False
        elif code == 3:
            single = True
        elif code == 4:
            single = False
    inside[since:] = 1 if double else 2 if single else 0
    return inside
