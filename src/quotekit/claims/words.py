"""What words have in common: vectors of the commoner English words, and the quantities that words stand for."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from quotekit.lexicon import load_table
from quotekit.reader import shipped_path

__all__ = ["Words", "antonyms", "quantities", "words"]

Floats = NDArray[np.float32]

_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


class Words(NamedTuple):
    """Vectors of words; `models/training/claims/train.py` makes them."""

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


@functools.cache
def antonyms() -> frozenset[tuple[str, str]]:
    """Words that say the contrary, in both orders."""
    pairs = [(row[0], row[1]) for row in load_table("antonyms")]
    return frozenset(pairs) | frozenset((b, a) for a, b in pairs)


@functools.cache
def _table() -> dict[str, tuple[str, float]]:
    return {row[0]: (row[1], float(row[2])) for row in load_table("quantities")}


def quantities(forms: list[str], lowered: list[str]) -> dict[str, frozenset[float]]:
    """Numbers, shares, days, months and seasons that a statement names, by kind.

    Args:
        forms: Its words as written.
        lowered: The same in lower case.

    >>> found = quantities(["Thirty-four", "cents", "by", "Friday"], ["thirty-four", "cents", "by", "friday"])
    >>> sorted((kind, sorted(values)) for kind, values in found.items())
    [('day', [5.0]), ('number', [34.0])]
    >>> quantities(["$", "2", "billion"], ["$", "2", "billion"]) == quantities(["two", "billion"], ["two", "billion"])
    True
    """
    found: dict[str, set[float]] = {}
    amount: float | None = None

    def close() -> None:
        nonlocal amount
        if amount is not None:
            found.setdefault("number", set()).add(amount)
        amount = None

    for form, word in zip(forms, lowered, strict=True):
        parts = word.split("-") if "-" in word and not word[0].isdigit() else [word]
        for part in parts:
            part = part.lstrip("$€£")
            number = _NUMBER.match(part)
            kind, value = _table().get(part.rstrip("s") if part not in _table() else part, ("", 0.0))
            if number is not None:
                close()
                amount = float(number.group().replace(",", ""))
                rest = part[number.end() :].strip("$€£%.,")
                if _table().get(rest, ("",))[0] == "scale":
                    amount *= _table()[rest][1]
            elif kind == "number":
                # "thirty four", "thirty-four"
                adds = amount is not None and amount >= 20 and amount % 10 == 0 and value < 10
                if not adds:
                    close()
                amount = (amount or 0.0) + value
            elif kind == "scale":
                if amount is not None or (word == part and value >= 100 and part.isalpha() and len(part) > 2):
                    amount = (amount if amount is not None else 1.0) * value
            else:
                close()
                if kind and (not kind.endswith(" name") or form[:1].isupper()):
                    found.setdefault(kind.removesuffix(" name"), set()).add(value)
    close()
    return {kind: frozenset(values) for kind, values in found.items()}
