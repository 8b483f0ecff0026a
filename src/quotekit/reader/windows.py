"""Cutting a long text into windows that the encoder can hold."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from quotekit.reader.inputs import Inputs

PARAGRAPH, LINE, SENTENCE, WORD = 3, 2, 1, 0
_STOP_PIECES = frozenset((1012, 1029, 999))
"""Ids of ".", "?" and "!" in the vocabulary of uncased BERT."""
AHEAD = 40
"""Pieces of context after a core that are read where there is room; more cost time and tell no more (PolNeAR dev)."""


class Window(NamedTuple):
    """A stretch of units read at once; those of the core are kept, the others are only context."""

    first: int
    """First unit."""
    last: int
    """Unit after the last."""
    core_first: int
    """First unit of the core."""
    core_last: int
    """Unit after the core's last."""


def strengths(inputs: Inputs) -> NDArray[np.int8]:
    """How good a place to cut lies before each unit: blank line 3, line break 2, sentence-like stop 1, else 0."""
    before = inputs.shapes[:, 2]
    result = np.zeros(len(inputs), dtype=np.int8)
    pieces = inputs.pieces[inputs.first_piece]
    stop = np.isin(pieces, list(_STOP_PIECES))
    closing = (inputs.shapes[:, 1] == 2) | (inputs.shapes[:, 1] == 4)
    # A sentence ends with a stop, or a stop and a closing mark, before a blank.
    ended = np.zeros(len(inputs), dtype=np.bool_)
    ended[1:] = stop[:-1]
    ended[2:] |= closing[1:-1] & stop[:-2]
    capital = np.isin(inputs.shapes[:, 0], (2, 3, 4)) | (inputs.shapes[:, 1] == 1) | (inputs.shapes[:, 1] == 3)
    result[ended & capital & (before == 1)] = SENTENCE
    result[before == 2] = LINE
    result[before >= 3] = PARAGRAPH
    return result


def cut(inputs: Inputs, *, size: int, left: int, right: int, start: int = 0) -> list[Window]:
    """Cuts a text into windows whose cores cover it without gap or overlap.

    A core ends at the last blank line that fits, else at a line break, else after a sentence, else anywhere; in the
    second half of the window only, so that the number of windows stays linear in the text.

    Args:
        inputs: The encoded text.
        size: Most pieces in a window.
        left: Most pieces of context before a core.
        right: Least pieces of context after a core, but at the end of the text.
        start: First unit of the first core.

    Returns:
        The windows, in text order.
    """
    n_units = len(inputs)
    edge = np.append(inputs.first_piece, len(inputs.pieces)).astype(np.int64)
    strength = strengths(inputs)
    windows: list[Window] = []
    while start < n_units:
        first = start
        if start > 0:
            earliest = int(np.searchsorted(edge, edge[start] - left, side="left"))
            before = strength[earliest : start + 1]
            # Context begins at a break where there is one: at the strongest, the farthest of equals.
            first = earliest + int(np.argmax(before[:-1])) if len(before) > 1 else start
        room = int(edge[first]) + size
        if edge[n_units] <= room:
            last = core_last = n_units
        else:
            limit = int(np.searchsorted(edge, room - right, side="right")) - 1
            limit = max(limit, start + 1)
            half = max(start + 1, int(np.searchsorted(edge, (int(edge[start]) + int(edge[limit])) // 2)))
            options = strength[half : limit + 1]
            if len(options) and options.max() > 0:
                core_last = half + len(options) - 1 - int(np.argmax(options[::-1]))
            else:
                core_last = limit
            seen = min(room, int(edge[core_last]) + max(AHEAD, right))
            last = max(int(np.searchsorted(edge, seen, side="right")) - 1, core_last)
        windows.append(Window(first, last, start, core_last))
        start = core_last
    return windows
