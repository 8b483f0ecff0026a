"""Whom a pronoun takes up: a log-linear choice among the parties spoken of before, with learned weights.

What a candidate looks like (how far back, in which part of its sentence, of which gender) and how people take turns
in dialogue are features; `antecedents.tsv` beside this module holds their weights, learned from the corpora that its
header names by `models/training/antecedents.py`.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from importlib import resources
from typing import NamedTuple

__all__ = ["Option", "choose", "share"]

_LEAST_SHARE = 0.2
"""Probability below which a choice is no better than a guess: nobody is named then."""


class Option(NamedTuple):
    """A party that a pronoun may take up.

    >>> Option(3, ("he near:0", "he subject")).party
    3
    """

    party: int
    features: tuple[str, ...]


@functools.cache
def weights(table: str = "antecedents") -> dict[str, float]:
    """The weight of each feature."""
    lines = resources.files(__package__).joinpath(f"{table}.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {row[0]: float(row[1]) for row in rows}


def share(options: Sequence[Option], table: str = "antecedents", added: Sequence[float] | None = None) -> list[float]:
    """Probability of each option.

    Args:
        options: The parties, and what speaks for each.
        table: Name of the table of weights.
        added: What else speaks for each, in logarithms of odds.

    >>> share([Option(0, ()), Option(1, ())])
    [0.5, 0.5]
    """
    known = weights(table)
    scores = [sum([known.get(feature, 0.0) for feature in option.features]) for option in options]
    if added is not None:
        scores = [score + more for score, more in zip(scores, added, strict=True)]
    top = max(scores, default=0.0)
    powers = [math.exp(score - top) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


def choose(
    options: Sequence[Option],
    table: str = "antecedents",
    least: float = _LEAST_SHARE,
    added: Sequence[float] | None = None,
) -> int | None:
    """The party that a pronoun most probably takes up; None where none is probable enough.

    Args:
        options: The parties, and what speaks for each.
        table: Name of the table of weights.
        least: Probability below which none is taken.
        added: What else speaks for each, in logarithms of odds.

    >>> choose([]) is None
    True
    """
    if not options:
        return None
    shares = share(options, table, added)
    best = max(range(len(options)), key=shares.__getitem__)
    return options[best].party if shares[best] >= least else None
