"""Batches on a real Ray on this machine, with worker processes of its own."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from documents import Block, blocks_for
from test_tables import HUGE, SAID, THREAT, not_utf8, records_of

import quotekit
from quotekit.reader import shipped_path
from quotekit.tables import COLUMNS, BatchExtractor

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install 'quotekit[ray]'")
pytest.importorskip("ray.data", reason="ray is not installed: pip install 'quotekit[ray]'")


@pytest.fixture(scope="module")
def data() -> Iterator[Any]:
    """The module ray.data, with a Ray behind it."""
    sources = [str(Path(quotekit.__file__).parents[1]), str(shipped_path().parents[1])]
    with pytest.MonkeyPatch.context() as patch:
        # The workers have the environment in which Ray is started.
        patch.setenv("PYTHONPATH", os.pathsep.join([*sources, os.environ.get("PYTHONPATH", "")]))
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        import ray

        ray.init(
            address="local",
            num_cpus=2,
            include_dashboard=False,
            log_to_driver=False,
            logging_level=logging.ERROR,
            object_store_memory=300_000_000,
            _node_ip_address="127.0.0.1",
        )
        ray.data.DataContext.get_current().enable_progress_bars = False
        yield ray.data
        ray.shutdown()


def rows_of(dataset: Any, extractor: BatchExtractor, **options: Any) -> list[dict[str, Any]]:
    found = dataset.map_batches(extractor, batch_format="pyarrow", **options).to_arrow_refs()
    import ray

    rows = [row for table in ray.get(found) for row in table.to_pylist()]
    return sorted(rows, key=lambda row: str(row["document"]))


@pytest.mark.parametrize("table", sorted(COLUMNS))
def test_gives_what_extract_gives(data: Any, table: Any) -> None:
    texts = [SAID, "It rained.", THREAT]
    given = data.from_arrow(pa.table({"id": range(3), "text": texts}))
    found = rows_of(given, BatchExtractor(id_column="id", table=table), batch_size=2)
    assert found == records_of(*texts, table=table, names=range(3))
    assert found


def test_a_bad_row_does_not_end_the_job(data: Any) -> None:
    texts = pa.chunked_array([pa.array([SAID, None]), not_utf8(), pa.array([HUGE])])
    given = data.from_arrow(pa.table({"id": ["good", "null", "not UTF-8", "huge"], "text": texts}))
    found = rows_of(given, BatchExtractor(id_column="id"))
    assert [(row["document"], (row["error"] or "none")[:20]) for row in found] == [
        ("good", "none"),
        ("huge", "The text has 5000000"),
        ("not UTF-8", "The text is not UTF-"),
        ("null", "The text is null."),
    ]
    assert found[:1] == records_of(SAID, names=["good"])


def test_binary_is_an_error_in_every_row(data: Any) -> None:
    (row,) = rows_of(data.from_arrow(pa.table({"text": [SAID.encode()]})), BatchExtractor())
    assert row["error"].startswith("The text is no string")


def test_one_load_a_worker(data: Any) -> None:
    extractor = BatchExtractor()

    def loads(table: Any) -> Any:
        import os

        import pyarrow as pa

        from quotekit import api

        extractor(table)
        return pa.table({"pid": [os.getpid()], "loads": [api._pipeline.cache_info().misses]})

    given = data.from_arrow(pa.table({"text": [SAID] * 12}))
    found = given.map_batches(loads, batch_format="pyarrow", batch_size=2).take_all()
    assert len(found) == 6
    assert {row["loads"] for row in found} == {1}
    assert len({row["pid"] for row in found} - {os.getpid()}) in (1, 2)


@pytest.mark.parametrize("block", [pytest.param(b, id=b.name) for b in blocks_for("tests/test_ray.py")])
def test_block(data: Any, block: Block) -> None:
    assert block.run() == block.output
