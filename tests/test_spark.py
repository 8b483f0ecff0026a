"""Batches on a real Spark session on this machine: a driver, a JVM, and Python workers of its own."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from documents import Block, blocks_for
from test_tables import SAID, THREAT, records_of

import quotekit
from quotekit.reader import shipped_path
from quotekit.tables import COLUMNS, BatchExtractor, spark_schema

pytest.importorskip("pyspark", reason="pyspark is not installed: pip install 'quotekit[spark]'")
if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
    pytest.skip("Spark needs Java: install a JRE, such as Debian's default-jre-headless", allow_module_level=True)


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    from pyspark.sql import SparkSession

    folder = tmp_path_factory.mktemp("spark")
    sources = [str(Path(quotekit.__file__).parents[1]), str(shipped_path().parents[1])]
    with pytest.MonkeyPatch.context() as patch:
        # The workers are started by the JVM, and have its environment.
        patch.setenv("PYTHONPATH", os.pathsep.join([*sources, os.environ.get("PYTHONPATH", "")]))
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("PYSPARK_DRIVER_PYTHON", sys.executable)
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        session = (
            SparkSession.builder.master("local[2]")
            .appName("quotekit-tests")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.memory", "1g")
            .config("spark.local.dir", str(folder / "local"))
            .config("spark.sql.warehouse.dir", str(folder / "warehouse"))
            .config("spark.sql.shuffle.partitions", "2")
            .getOrCreate()
        )
        session.sparkContext.setLogLevel("ERROR")
        yield session
        session.stop()


def rows_of(frame: Any, extractor: BatchExtractor) -> list[dict[str, Any]]:
    found = frame.mapInArrow(extractor, extractor.spark_schema).collect()
    return sorted((row.asDict(recursive=True) for row in found), key=lambda row: str(row["document"]))


@pytest.mark.parametrize("table", sorted(COLUMNS))
def test_gives_what_extract_gives(spark: Any, table: Any) -> None:
    texts = [SAID, "It rained.", THREAT]
    frame = spark.createDataFrame([(i, text) for i, text in enumerate(texts)], "id INT, text STRING").repartition(2)
    found = rows_of(frame, BatchExtractor(id_column="id", table=table))
    assert found == records_of(*texts, table=table, names=range(3))
    assert found


def test_a_bad_row_does_not_end_the_job(spark: Any) -> None:
    # "X'EDA080'" is half a surrogate pair; the long text is made by Spark itself.
    frame = spark.sql(
        """
        SELECT * FROM VALUES ('good', CAST(NULL AS STRING)), ('null', NULL) AS t(id, text) WHERE id = 'null'
        UNION ALL SELECT 'huge', repeat('word ', 10000000)
        UNION ALL SELECT 'not UTF-8', CAST(X'EDA080' AS STRING)
        """
    ).unionByName(spark.createDataFrame([("good", SAID)], "id STRING, text STRING"))
    found = rows_of(frame, BatchExtractor(id_column="id"))
    assert [(row["document"], (row["error"] or "none")[:20]) for row in found] == [
        ("good", "none"),
        ("huge", "The text has 5000000"),
        ("not UTF-8", "The text is not UTF-"),
        ("null", "The text is null."),
    ]
    assert found[:1] == records_of(SAID, names=["good"])


def test_binary_is_an_error_in_every_row(spark: Any) -> None:
    frame = spark.createDataFrame([(bytearray(SAID.encode()),)], "text BINARY")
    (row,) = rows_of(frame, BatchExtractor())
    assert row["error"].startswith("The text is no string")


def test_one_load_a_worker(spark: Any) -> None:
    extractor = BatchExtractor(batch_size=1)

    def loads(batches: Iterator[Any]) -> Iterator[Any]:
        import os

        import pyarrow as pa

        from quotekit import api

        for _ in extractor(batches):
            yield pa.record_batch({"pid": [os.getpid()], "loads": [api._pipeline.cache_info().misses]})

    frame = spark.createDataFrame([(SAID,)] * 12, "text STRING").repartition(4)
    found = frame.mapInArrow(loads, "pid BIGINT, loads BIGINT").collect()
    assert len(found) == 12
    assert {row.loads for row in found} == {1}
    # Four tasks, but no more processes than processors.
    assert len({row.pid for row in found} - {os.getpid()}) in (1, 2)


def test_offsets_are_those_of_sparks_own_functions(spark: Any) -> None:
    frame = spark.createDataFrame([("x", "😀 " + SAID)], "id STRING, text STRING")
    extractor = BatchExtractor(id_column="id")
    found = frame.join(frame.mapInArrow(extractor, extractor.spark_schema).withColumnRenamed("document", "id"), "id")
    (row,) = found.selectExpr(
        "content", "substring(text, content_start + 1, content_end - content_start) AS cut"
    ).collect()
    assert row.cut == row.content == "“We wait 😀,”"


@pytest.mark.parametrize("table", sorted(COLUMNS))
def test_the_schema_is_a_struct_type(spark: Any, table: Any) -> None:
    from pyspark.sql.pandas.types import to_arrow_schema
    from pyspark.sql.types import StructType

    struct = StructType.fromDDL(spark_schema(table, error=True))
    ours = BatchExtractor(table=table).schema
    theirs = to_arrow_schema(struct)
    assert theirs.names == ours.names
    for field in ours:
        # Names of list elements, which Arrow leaves open, are no part of the comparison.
        assert str(theirs.field(field.name).type).replace("element", "item") == str(field.type).replace(
            "element", "item"
        )


@pytest.mark.parametrize("block", [pytest.param(b, id=b.name) for b in blocks_for("tests/test_spark.py")])
def test_block(spark: Any, block: Block) -> None:
    assert block.run() == block.output
