"""Regressions over what rules and lists find and what words mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["Weights"]

Floats = NDArray[np.float32]


class Weights(NamedTuple):
    """Weights of named features and of an encoding, a row for each answer.

    >>> weights = Weights({"asks": 0}, np.array([[2.0], [0.5]]), np.zeros((2, 1)), np.array([0.0, 1.0]))
    >>> weights.scores({"asks": 1.0, "unknown": 1.0}, np.zeros(1)).tolist()
    [2.0, 1.5]
    """

    names: Mapping[str, int]
    """Column of each feature."""
    looks: Floats
    """Weights of the features, shape (rows, features)."""
    meanings: Floats
    """Weights of the encoding, shape (rows, encoding)."""
    biases: Floats
    """Shape (rows,)."""

    @classmethod
    def of(cls, arrays: Mapping[str, Any], name: str) -> Weights:
        """Those of a model's file.

        Args:
            arrays: The file's.
            name: What is told by them.
        """
        columns = {feature: i for i, feature in enumerate(arrays[f"{name}_names"].tolist())}
        return cls(columns, *(arrays[f"{name}_{part}"].astype(np.float32) for part in ("looks", "meanings", "biases")))

    def scores(self, look: Mapping[str, float], encoding: Floats) -> Floats:
        """The score of each row; features that are not known do not count.

        Args:
            look: Features by name.
            encoding: What the words mean.
        """
        known = [(self.names[name], value) for name, value in look.items() if name in self.names]
        result: Floats = self.biases + self.meanings @ encoding
        if known:
            columns, values = zip(*known, strict=True)
            result = result + self.looks[:, columns] @ np.array(values, dtype=self.looks.dtype)
        return result
