"""What words have in common: vectors of the commoner English words."""

from __future__ import annotations

import functools
from collections.abc import Collection
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from quotekit.reader import shipped_path

__all__ = ["Words", "likeness", "words"]

Floats = NDArray[np.float32]

_STEM = 5
"""Letters at which two words that begin alike are forms of one another."""
_STEM_LIKENESS = 0.8


class Words(NamedTuple):
    """Vectors of words; `models/training/claims/words.py` makes them."""

    place: dict[str, int]
    """Row of each word; words stand by how common they are."""
    vectors: Floats
    """Of length 1, shape (n_words + 1, width); the last row is nothing, for words that are not there."""

    def row(self, *forms: str) -> int:
        """Row of the first form that is there."""
        return next((self.place[form] for form in forms if form in self.place), len(self.place))


@functools.cache
def words() -> Words:
    """Opens the shipped vectors."""
    with np.load(shipped_path().parent / "claims" / "words.npz") as file:
        vectors = file["vectors"].astype(np.float32)
        names = str(file["words"]).split()
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return Words(
        {name: i for i, name in enumerate(names)},
        np.concatenate([vectors, np.zeros((1, vectors.shape[1]), dtype=np.float32)]),
    )


def likeness(word: str, others: Collection[str]) -> float:
    """How like a word is to the likest of others, from 0 to 1.

    Args:
        word: In small letters.
        others: In small letters too.

    >>> likeness("surgeon", ["hospital", "surgery"]) > 0.6 > likeness("surgeon", ["bank", "river"])
    True
    >>> likeness("mediator", ["mediation"]), likeness("mediator", [])
    (0.8, 0.0)
    """
    if word in others:
        return 1.0
    stem = word[:_STEM] if len(word) > _STEM else "\n"
    best = _STEM_LIKENESS if any(other.startswith(stem) for other in others) else 0.0
    known = words()
    row = known.place.get(word)
    # In one order: the last bits of a product depend on it, and sets have none.
    rows = sorted(known.place[other] for other in others if other in known.place) if row is not None else []
    return max(best, float((known.vectors[rows] @ known.vectors[row]).max(initial=0.0))) if rows else best
