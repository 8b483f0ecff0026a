"""What the contents of attributions mean."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from quotekit.reader.meaning import LONGEST, Part, Passage, passage_around, read_passage
from quotekit.reader.reading import Reading
from quotekit.types import Attribution

__all__ = ["Meanings", "passages_of"]

Floats = NDArray[np.float32]


class Meanings:
    """Encodings of the words of a text's attributions, each read in its sentences, and only when it is asked for.

    Args:
        reading: The reading, with encodings.
        passages: Sentences of it with contents and cues marked.
    """

    def __init__(self, reading: Reading, passages: Iterable[Passage]) -> None:
        self._reading = reading
        self._passages: list[Passage | None] = []
        """None for those that have been read."""
        self._firsts: list[int] = []
        """The first row of each passage."""
        self._row_of: dict[int, int] = {}
        """Row of each token of a content or cue; where passages overlap, in the first in which it is one."""
        count = 0
        for passage in passages:
            marked = (np.flatnonzero(passage.parts) + passage.first).tolist()
            self._passages.append(passage)
            self._firsts.append(count)
            for row, token in enumerate(marked, count):
                self._row_of.setdefault(token, row)
            count += len(marked)
        self._states = np.zeros((count, self.width), dtype=np.float16)
        """Encodings of the marked tokens of all passages, shape (rows, width)."""

    @property
    def width(self) -> int:
        """Numbers of an encoding."""
        return 0 if self._reading.meanings is None else int(self._reading.meanings.shape[1])

    @classmethod
    def of(cls, reading: Reading, attributions: Sequence[Attribution]) -> Meanings | None:
        """What the contents and cues of a text mean; None where the reading has no encodings.

        Args:
            reading: The reading.
            attributions: Those of its text.
        """
        return None if reading.meanings is None else cls(reading, passages_of(reading, attributions))

    def mean(self, tokens: Iterable[int]) -> Floats:
        """The mean encoding of some tokens, shape (width,); those of no content and no cue do not count."""
        rows = [self._row_of[token] for token in tokens if token in self._row_of]
        if not rows:
            return np.zeros(self.width, dtype=np.float32)
        for at in {bisect_right(self._firsts, row) - 1 for row in rows}:
            self._read(at)
        result: Floats = self._states[rows].astype(np.float32).mean(axis=0)
        return result

    def _read(self, at: int) -> None:
        """Reads a passage, unless it has been read."""
        passage = self._passages[at]
        states = None if passage is None else read_passage(self._reading, passage)
        if passage is not None and states is not None:
            marked = states[np.flatnonzero(passage.parts)]
            self._states[self._firsts[at] : self._firsts[at] + len(marked)] = marked
            self._passages[at] = None


def passages_of(reading: Reading, attributions: Sequence[Attribution]) -> Iterator[Passage]:
    """The sentences of attributions, with contents and cues marked; those that share a sentence share a passage."""
    starts = np.flatnonzero(reading.sent_starts)
    together: list[_Mark] = []
    end = -1
    for marks in sorted(marks for attribution in attributions for marks in _marks(reading, attribution)):
        sentence = int(np.searchsorted(starts, marks[0][0], side="right"))
        last = max(mark[1] for mark in marks)
        if together and (sentence > end or last - together[0][0] > LONGEST):
            yield _passage(reading, together)
            together, end = [], -1
        together += marks
        end = max(end, int(np.searchsorted(starts, last - 1, side="right")))
    if together:
        yield _passage(reading, together)


_Mark = tuple[int, int, Part]


def _marks(reading: Reading, attribution: Attribution) -> Iterator[list[_Mark]]:
    """Content and cue; apart where they lie far apart."""
    parts = [(span, Part.CONTENT) for span in attribution.content]
    if attribution.cue is not None:
        parts.append((attribution.cue.span, Part.CUE))
    ranges = [(reading.tokens_in(span.start, span.end), part) for span, part in parts]
    marks = sorted((r.start, min(r.stop, r.start + LONGEST), part) for r, part in ranges if len(r))
    if marks and max(last for _, last, _ in marks) - marks[0][0] <= LONGEST:
        yield marks
    else:
        yield from ([mark] for mark in marks)


def _passage(reading: Reading, marks: list[_Mark]) -> Passage:
    """Cues inside contents are marked as cues."""
    return passage_around(reading, sorted(marks, key=lambda mark: mark[2] == Part.CUE))
