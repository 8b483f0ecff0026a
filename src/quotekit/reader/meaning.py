"""What the words of a passage mean, given which of them are condition, consequence, cue or content.

The reader's encodings (`Reading.meanings`) know nothing of threats and acts. One more layer of the same kind takes
them up, together with the part that each word plays, for the passages that are asked about alone. It is learned by
``models/training/meaning/train.py``.
"""

from __future__ import annotations

import functools
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from quotekit.reader import shipped_path
from quotekit.reader.reading import Reading
from quotekit.reader.session import Session

__all__ = ["LONGEST", "Part", "Passage", "passage_around", "read_passage"]

Floats = NDArray[np.float32]
LONGEST = 128
"""Tokens of the longest passage."""
_BEFORE = 32
"""Tokens of a passage that is cut, before its first marked one."""


class Part(IntEnum):
    """What part a word plays in its passage."""

    OUTSIDE = 0
    CONDITION = 1
    CONSEQUENCE = 2
    MARKER = 3
    CUE = 4
    CONTENT = 5


class Passage(NamedTuple):
    """Some sentences with their parts marked."""

    first: int
    """The first token."""
    parts: NDArray[np.int32]
    """The part of each token, shape (n_tokens,)."""

    @property
    def last(self) -> int:
        """The token after the last."""
        return self.first + len(self.parts)


def passage_around(
    reading: Reading, marks: Iterable[tuple[int, int, Part]], *, before: int = 0, after: int = 0
) -> Passage:
    """The sentences in which marked tokens lie; cut where that is very long.

    Args:
        reading: The reading.
        marks: First token, token after the last, and part; of two over one token the later counts.
        before: Sentences to take up before these.
        after: Sentences to take up after them.

    >>> rows = [(0, 2, "INTJ", "root", 0), (2, 3, "PUNCT", "punct", 0), (4, 6, "PRON", "nsubj", 3),
    ...         (7, 11, "VERB", "root", 3), (11, 12, "PUNCT", "punct", 3)]
    >>> reading = Reading.from_rows("No. He left.", rows, sent_starts=(0, 2))
    >>> passage_around(reading, [(3, 4, Part.CUE)]).parts.tolist()
    [0, 4, 0]
    """
    marked = list(marks)
    low, high = min(first for first, _, _ in marked), max(last for _, last, _ in marked)
    starts = reading.sentence_bounds
    at = bisect_right(starts, low) - 1
    to = bisect_right(starts, high - 1)
    first, last = starts[max(0, at - before)], starts[min(to + after, len(starts) - 1)]
    if last - first > LONGEST:
        # What is marked comes first, then what is before it.
        last = min(last, max(high, low + LONGEST - _BEFORE))
        first = max(first, low - _BEFORE)
        last = min(last, first + LONGEST)
    parts = np.zeros(last - first, dtype=np.int32)
    for a, b, part in marked:
        parts[max(0, a - first) : max(0, b - first)] = part
    return Passage(first, parts)


@functools.cache
def _session() -> Session:
    return Session(shipped_path().parent / "meaning" / "meaning.onnx")


def read_passage(reading: Reading, passage: Passage) -> Floats | None:
    """The encoding of each token of a passage, shape (n_tokens, width).

    Args:
        reading: The reading.
        passage: Some of its tokens.

    Returns:
        None where the reading has no encodings to begin with.
    """
    if reading.meanings is None:
        return None
    states = reading.meanings[passage.first : passage.last].astype(np.float32)
    result: Floats = _session().run(states=states[None], parts=passage.parts[None])[0]
    return result


def mean_of(states: Floats, rows: Sequence[int] | NDArray[np.bool_]) -> Floats:
    """The mean of some rows, nothing of none, shape (width,)."""
    chosen = states[rows]
    if not len(chosen):
        return np.zeros(states.shape[1], dtype=np.float32)
    result: Floats = chosen.mean(axis=0)
    return result
