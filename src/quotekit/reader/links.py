"""How far apart two spans are, as the link heads see it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

DISTANCES = 24
"""Number of distance classes: 12 backwards, 12 forwards."""
_STEPS = np.array([1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144])


def distance_classes(
    firsts: NDArray[np.int64],
    lasts: NDArray[np.int64],
    to_firsts: NDArray[np.int64],
    to_lasts: NDArray[np.int64],
    cue_counts: NDArray[np.int32],
    break_counts: NDArray[np.int32],
) -> NDArray[np.int64]:
    """Classes of the distances between every pair of two lists of spans.

    Args:
        firsts: First unit of each span, shape (n,).
        lasts: Last unit (inclusive) of each span, shape (n,).
        to_firsts: The same of the other list, shape (m,).
        to_lasts: The same of the other list, shape (m,).
        cue_counts: Running count of cues that begin before each unit, shape (n_units + 1,).
        break_counts: Running count of line or paragraph breaks before each unit, shape (n_units + 1,).

    Returns:
        Shape (3, n, m): by units between the spans, by cues between, by breaks between; values below 12 where the
        other span stands before, 12 and above where it follows.

    >>> one = np.array([5]); two = np.array([2]); counts = np.zeros(9, dtype=np.int32)
    >>> distance_classes(one, one, two, two, counts, counts)[0].tolist()
    [[2]]
    """
    follows = to_firsts[None, :] > firsts[:, None]
    gap_start = np.where(follows, lasts[:, None], to_lasts[None, :]) + 1
    gap_end = np.maximum(np.where(follows, to_firsts[None, :], firsts[:, None]), gap_start)
    units = np.searchsorted(_STEPS, gap_end - gap_start, side="right")
    cues = np.minimum(np.maximum(cue_counts[gap_end] - cue_counts[gap_start], 0), 11)
    # The break before the later span lies at its first unit, so count up to and with it.
    breaks = np.minimum(break_counts[np.minimum(gap_end + 1, len(break_counts) - 1)] - break_counts[gap_start], 11)
    return np.stack([units, cues, breaks]) + np.where(follows, 12, 0)[None]
