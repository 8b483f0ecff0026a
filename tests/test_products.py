"""Products in int8: as quick as the processor has them exact, and the same everywhere."""

from __future__ import annotations

import numpy as np
import pytest

from quotekit.reader import products, shipped_path
from quotekit.reader.session import Session

MEANING = shipped_path().parent / "meaning" / "meaning.onnx"


def test_the_processor_is_asked_once() -> None:
    products.are_exact.cache_clear()
    first = products.are_exact()
    assert products.are_exact() is first
    assert products.are_exact.cache_info().misses == 1


def test_the_slower_way_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    quick, slow = Session(MEANING), Session(MEANING)
    quick.open()
    monkeypatch.setattr("quotekit.reader.session.are_exact", lambda: False)
    slow.open()
    chance = np.random.default_rng(1)
    for length in (1, 2, 7, 33, 128):
        # Some numbers far from the others, so that the rest of the scale is used.
        states = (chance.normal(size=(1, length, 384)) ** 3).astype(np.float32)
        parts = chance.integers(0, 6, (1, length)).astype(np.int32)
        assert np.array_equal(quick.run(states=states, parts=parts), slow.run(states=states, parts=parts))
