"""The learned choice of acts: what the rules find and what the words mean, weighed as in a multinomial regression.

The weights are learned by ``models/training/meaning/train.py`` from passages written for it.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Mapping, Sequence
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from quotekit.reader import shipped_path
from quotekit.types import Act
from quotekit.weights import Weights

__all__ = ["ACTS", "choose"]

Floats = NDArray[np.float32]
ACTS: tuple[Act, ...] = get_args(Act)


def choose(
    looks: Sequence[Mapping[str, float]], encodings: Sequence[Floats], barred: Sequence[Collection[Act]]
) -> list[Act]:
    """The likeliest act of each attribution.

    Args:
        looks: What each looks like, by name.
        encodings: What each means, shape (encoding,).
        barred: Acts that each cannot be by its grammar.
    """
    if not looks:
        return []
    scores = np.stack([_shipped().scores(*given) for given in zip(looks, encodings, strict=True)])
    for row, acts in zip(scores, barred, strict=True):
        row[[ACTS.index(act) for act in acts]] = -np.inf
    return [ACTS[at] for at in scores.argmax(axis=1)]


@functools.cache
def _shipped() -> Weights:
    with np.load(shipped_path().parent / "claims" / "acts.npz") as file:
        return Weights.of(file, "act")
