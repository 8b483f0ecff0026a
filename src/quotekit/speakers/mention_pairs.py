"""How well a pronoun goes with whoever it may take up, as the network reads both in their context.

Whom a pronoun means shows in the words around it and around those who may be meant, more than any list of features
tells. For each mention the reader's encodings (`Reading.meanings`) of its head and of its whole phrase become a short
vector, one for what takes up and one for what is taken up; a small layer compares them. Its weights are learned
together with those of the features, by ``models/training/antecedents.py``. Scores of pairs of mentions added up over a
party follow Lee et al., End-to-end Neural Coreference Resolution (2017).
"""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from quotekit.reader import shipped_path
from quotekit.reader.reading import Reading
from quotekit.speakers.mentions import Mention

__all__ = ["FARTHEST", "MentionPairs", "compared", "distance", "encodings", "learned_weights", "phrase"]

Floats = NDArray[np.float32]
_LATEST, _FIRST = 4, 2
"""Mentions of a party that are compared: the latest ones, and the first by a name or noun."""
_LONGEST = 8
"""Tokens of a phrase whose encodings are taken."""
_AT_ONCE = 4096
"""Mentions whose encodings are gathered together."""
FARTHEST = 7
"""Sentences from which on all distances are one."""


def compared(mentions: Sequence[Mention], mention: Mention) -> list[Mention]:
    """Those of a party's mentions that a pronoun is compared with.

    Args:
        mentions: Of a party, in the order in which they were read.
        mention: What may take the party up.

    >>> first, last = Mention("name", 0, 5, 0), Mention("pronoun", 9, 11, 3)
    >>> [m.start for m in compared([first, last], Mention("pronoun", 20, 22, 6))]
    [9, 0]
    """
    before = (other for other in reversed(mentions) if other.start < mention.start)
    latest = list(itertools.islice(before, _LATEST))
    named = (other for other in mentions if other.start < mention.start and other.kind in ("name", "nominal"))
    first = itertools.islice(named, _FIRST)
    return latest + [other for other in first if all(other is not one for one in latest)]


def phrase(reading: Reading, mention: Mention) -> tuple[int, int, int]:
    """The head of a mention, its first token and the one after the last that is looked at."""
    tokens = reading.tokens_in(mention.start, mention.end)
    return mention.head, tokens.start, max(tokens.start + 1, min(tokens.stop, tokens.start + _LONGEST))


def encodings(reading: Reading, mentions: Sequence[Mention]) -> Floats:
    """What the reader makes of mentions, at their heads and as the means of their phrases, shape (n, 2 * width).

    Args:
        reading: A reading with encodings.
        mentions: Mentions of its text.

    Raises:
        ValueError: The reading has none.
    """
    states = reading.meanings
    if states is None:
        raise ValueError("the reading has no encodings: compare mentions of texts that the network has read")
    phrases = [phrase(reading, mention) for mention in mentions]
    lengths = np.array([last - first for _, first, last in phrases])
    tokens = np.concatenate([np.arange(first, last) for _, first, last in phrases])
    starts = np.cumsum(lengths) - lengths
    means = np.add.reduceat(states[tokens].astype(np.float32), starts) / lengths[:, None]
    heads = states[[head for head, _, _ in phrases]].astype(np.float32)
    result: Floats = np.concatenate([heads, means.astype(np.float32)], axis=1)
    return result


def distance(mention: Mention, other: Mention) -> int:
    """Sentences from one mention back to another, up to `FARTHEST`."""
    return max(0, min(mention.sentence - other.sentence, FARTHEST))


class MentionPairs:
    """Compares the mentions of one text.

    Args:
        reading: Its reading; one without encodings tells nothing.
        mentions: All its mentions.
    """

    def __init__(self, reading: Reading, mentions: Sequence[Mention]) -> None:
        self._row = {id(mention): row for row, mention in enumerate(mentions)}
        self._up: Floats | None = None
        """What each mention is as what takes up, shape (n_mentions, size); None where nothing tells."""
        self._taken: Floats | None = None
        """What each is as what is taken up."""
        if reading.meanings is not None and mentions:
            weights = learned_weights()
            # In pieces, as a long text has tens of thousands.
            pieces = [mentions[at : at + _AT_ONCE] for at in range(0, len(mentions), _AT_ONCE)]
            rows = (encodings(reading, piece) for piece in pieces)
            both = [(some @ weights["up"], some @ weights["taken"]) for some in rows]
            self._up = np.concatenate([up for up, _ in both]) + weights["up bias"]
            self._taken = np.concatenate([taken for _, taken in both]) + weights["taken bias"]

    def scores(self, mention: Mention, parties: Iterable[Sequence[Mention]]) -> list[float] | None:
        """What speaks for each party that a pronoun may take up.

        Args:
            mention: The pronoun.
            parties: Mentions of each party.

        Returns:
            Logarithms of odds, to be added to other ones; None for a reading without encodings.
        """
        if self._up is None or self._taken is None:
            return None
        others = [compared(mentions, mention) for mentions in parties]
        pairs = [(i, other) for i, group in enumerate(others) for other in group]
        if not pairs:
            return [0.0] * len(others)
        weights = learned_weights()
        here = self._up[self._row[id(mention)]]
        there = self._taken[[self._row[id(other)] for _, other in pairs]]
        size, layer = len(here), weights["layer"]
        hidden = (here * there) @ layer[:size] + here @ layer[size : 2 * size] + there @ layer[2 * size :]
        hidden += weights["distance"][[distance(mention, other) for _, other in pairs]]
        each = np.exp(np.maximum(hidden, 0) @ weights["last"] + weights["last bias"]).tolist()
        sums = [0.0] * len(others)
        for (i, _), odds in zip(pairs, each, strict=True):
            sums[i] += odds
        return [math.log(total) if total else 0.0 for total in sums]


@functools.cache
def learned_weights() -> dict[str, Floats]:
    """The learned weights by name; matrices are kept as whole numbers with a scale for each column."""
    with np.load(shipped_path().parent / "speakers" / "mention_pairs.npz") as file:
        parts = {name: file[name] for name in file.files}
    return {
        name: part.astype(np.float32) * parts.get(f"{name} scale", np.float32(1)).astype(np.float32)
        for name, part in parts.items()
        if not name.endswith(" scale")
    }
