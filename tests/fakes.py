"""Stand-ins for the network, so that what is around it is tested fast and without it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

import numpy as np
from spacy.tokens import Doc

from quotekit.batch import Failure, Settings
from quotekit.reader.reading import Reading
from quotekit.types import Extraction, Span


class PlainReader:
    """Reads every token as a noun that hangs on the first token of its sentence; sentences end with a full stop."""

    def __init__(self) -> None:
        self.batches: list[int] = []

    def read(self, docs: Sequence[Doc], skip: Sequence[Sequence[Span]] | None = None) -> list[Reading]:
        self.batches.append(len(docs))
        return [self._one(doc) for doc in docs]

    def _one(self, doc: Doc) -> Reading:
        if "POISON" in doc.text:
            raise RuntimeError("the reader chokes")
        starts = [i for i in range(len(doc)) if i == 0 or doc[i - 1].text == "."]
        heads = [max(s for s in starts if s <= i) for i in range(len(doc))]
        return Reading(
            text=doc.text,
            starts=np.array([t.idx for t in doc], dtype=np.int32),
            ends=np.array([t.idx + len(t) for t in doc], dtype=np.int32),
            sent_starts=np.array([i in starts for i in range(len(doc))], dtype=np.bool_),
            upos=["SPACE" if t.is_space else "NOUN" for t in doc],
            morph=[""] * len(doc),
            heads=np.array(heads, dtype=np.int32),
            deps=["root" if h == i else "nmod" for i, h in enumerate(heads)],
        )


def same(found: Iterable[Extraction], expected: Iterable[Extraction]) -> bool:
    """Whether two lists of extractions are equal; pytest takes minutes to explain how large records differ."""
    found, expected = list(found), list(expected)
    return len(found) == len(expected) and all(a == b for a, b in zip(found, expected, strict=True))


def die_of_it(name: str, settings: Settings, data: bytes | None) -> Extraction | Failure:
    """Reads no file, and takes its process with it where the name is deadly."""
    if name == "deadly":
        os._exit(9)
    return Extraction(text=name)


def read_nothing(name: str, settings: Settings, data: bytes | None) -> Extraction | Failure:
    """Takes a file for read."""
    return Extraction(text=name)
