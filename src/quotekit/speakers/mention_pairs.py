"""How well a pronoun goes with whoever it may take up, as the network reads both in their context.

Whom a pronoun means shows in the words around it and around those who may be meant, more than any list of features
tells. For each mention the reader's encodings (`Reading.meanings`) of its head and of its whole phrase become a short
vector, one for what takes up and one for what is taken up; a small layer compares them. Its weights are learned
together with those of the features, by ``models/training/antecedents.py``. Scores of pairs of mentions added up over a
party follow Lee et al., End-to-end Neural Coreference Resolution (2017).
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from quotekit.reader import shipped_path
from quotekit.reader.reading import Reading
from quotekit.speakers.mentions import Mention

__all__ = ["FARTHEST", "MentionPairs", "compared", "distance", "learned_weights", "phrase"]

Floats = NDArray[np.float32]
_LATEST, _FIRST = 4, 2
"""Mentions of a party that are compared: the latest ones, and the first by a name or noun."""
_LONGEST = 8
"""Tokens of a phrase whose encodings are taken."""
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
    before = [other for other in mentions if other.start < mention.start]
    latest = before[: -_LATEST - 1 : -1]
    first = [other for other in before if other.kind in ("name", "nominal")][:_FIRST]
    return latest + [other for other in first if all(other is not one for one in latest)]


def phrase(reading: Reading, mention: Mention) -> tuple[int, int, int]:
    """The head of a mention, its first token and the one after the last that is looked at."""
    tokens = reading.tokens_in(mention.start, mention.end)
    return mention.head, tokens.start, max(tokens.start + 1, min(tokens.stop, tokens.start + _LONGEST))


def distance(mention: Mention, other: Mention) -> int:
    """Sentences from one mention back to another, up to `FARTHEST`."""
    return max(0, min(mention.sentence - other.sentence, FARTHEST))


class MentionPairs:
    """Compares the mentions of one text.

    Args:
        reading: Its reading; one without encodings tells nothing.
    """

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._vectors: dict[tuple[str, int, int, int], Floats] = {}

    def scores(self, mention: Mention, parties: Iterable[Sequence[Mention]]) -> list[float] | None:
        """What speaks for each party that a pronoun may take up.

        Args:
            mention: The pronoun.
            parties: Mentions of each party.

        Returns:
            Logarithms of odds, to be added to other ones; None for a reading without encodings.
        """
        if self.reading.meanings is None:
            return None
        others = [compared(mentions, mention) for mentions in parties]
        pairs = [(i, other) for i, group in enumerate(others) for other in group]
        if not pairs:
            return [0.0] * len(others)
        weights = learned_weights()
        here = self._vector("up", mention)
        there = np.stack([self._vector("taken", other) for _, other in pairs])
        size, layer = len(here), weights["layer"]
        hidden = (here * there) @ layer[:size] + here @ layer[size : 2 * size] + there @ layer[2 * size :]
        hidden += weights["distance"][[distance(mention, other) for _, other in pairs]]
        each = np.maximum(hidden, 0) @ weights["last"] + weights["last bias"]
        sums = np.zeros(len(others))
        np.add.at(sums, [i for i, _ in pairs], np.exp(each.astype(np.float64)))
        return [float(np.log(total)) if total else 0.0 for total in sums]

    def _vector(self, side: str, mention: Mention) -> Floats:
        """What a mention is as what takes "up" or as what is "taken" up, shape (size,)."""
        key = (side, *phrase(self.reading, mention))
        if key not in self._vectors and self.reading.meanings is not None:
            _, head, first, last = key
            states = self.reading.meanings
            whole = states[first:last].astype(np.float32).mean(axis=0)
            row = np.concatenate([states[head].astype(np.float32), whole])
            self._vectors[key] = row @ learned_weights()[side] + learned_weights()[f"{side} bias"]
        return self._vectors[key]


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
