"""The learned choice of acts: what the rules find and what the words mean, weighed as in a multinomial regression.

The weights are learned by ``models/training/claims/acts.py`` from passages written for it.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray

from quotekit.reader import shipped_path
from quotekit.types import Act

__all__ = ["ACTS", "Floats", "Weights", "choose"]

Floats = NDArray[np.float32]
ACTS: tuple[Act, ...] = get_args(Act)


class Weights(NamedTuple):
    """A multinomial regression over named features and an encoding."""

    names: Mapping[str, int]
    """Row of each feature."""
    looks: Floats
    """Shape (features, acts)."""
    meaning: Floats
    """Shape (encoding, acts)."""
    bias: Floats
    """Shape (acts,)."""

    def scores(self, looks: Sequence[Mapping[str, float]], encodings: Sequence[Floats]) -> Floats:
        """Score of each act, shape (attributions, acts)."""
        result: Floats = np.stack(encodings) @ self.meaning + self.bias
        for row, look in zip(result, looks, strict=True):
            known = [(self.names[name], value) for name, value in look.items() if name in self.names]
            for at, value in known:
                row += value * self.looks[at]
        return result


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
    scores = _shipped().scores(looks, encodings)
    for row, acts in zip(scores, barred, strict=True):
        row[[ACTS.index(act) for act in acts]] = -np.inf
    return [ACTS[at] for at in scores.argmax(axis=1)]


@functools.cache
def _shipped() -> Weights:
    with np.load(shipped_path().parent / "claims" / "acts.npz") as file:
        parts: dict[str, Any] = {name: file[name] for name in file.files}
    names = {name: at for at, name in enumerate(parts["names"].tolist())}
    floats = (parts[name].astype(np.float32) for name in ("looks", "meaning", "bias"))
    return Weights(names, *floats)
