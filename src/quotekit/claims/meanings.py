"""What the contents of attributions mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from quotekit.reader.meaning import LONGEST, Part, Passage, passage_around, read_passage
from quotekit.reader.reading import Reading
from quotekit.types import Attribution

__all__ = ["Meanings", "passages_of"]

Floats = NDArray[np.float32]


class Meanings:
    """Encodings of the words of a text's attributions, each read in its sentences.

    Args:
        width: Numbers of an encoding.
        passages: The passages with the encodings of their tokens, shape (n_tokens, width).
    """

    def __init__(self, width: int, passages: Iterable[tuple[Passage, Floats]]) -> None:
        self._width = width
        self._at: dict[int, NDArray[np.float16]] = {}
        """Encoding of each token of a content or cue; where passages overlap, of the first in which it is one."""
        for passage, states in passages:
            halves = states.astype(np.float16)
            for row in np.flatnonzero(passage.parts).tolist():
                self._at.setdefault(passage.first + row, halves[row])

    @classmethod
    def of(cls, reading: Reading, attributions: Sequence[Attribution]) -> Meanings | None:
        """Reads the contents of a text; None where the reading has no encodings.

        Args:
            reading: The reading.
            attributions: Those of its text.
        """
        if reading.meanings is None:
            return None
        read = ((passage, read_passage(reading, passage)) for passage in passages_of(reading, attributions))
        return cls(reading.meanings.shape[1], ((passage, states) for passage, states in read if states is not None))

    def mean(self, tokens: Iterable[int]) -> Floats:
        """The mean encoding of some tokens, shape (width,); those of no content and no cue do not count."""
        rows = [self._at[token] for token in tokens if token in self._at]
        if not rows:
            return np.zeros(self._width, dtype=np.float32)
        result: Floats = np.stack(rows).astype(np.float32).mean(axis=0)
        return result


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
