from __future__ import annotations

import builtins
import datetime as dt
import json
import logging
import pickle
import re
import subprocess
import sys
from typing import Any, get_args

import pytest
from documents import ROOT, columns_in
from test_types import TEXT, whole

import quotekit
from quotekit import api, export, tables
from quotekit.errors import ExtraError, InputError, QuotekitError, ReaderError
from quotekit.tables import COLUMNS, BatchExtractor, TableName, to_arrow, to_pandas, to_records
from quotekit.types import Attribution, Extraction, Span, Speaker

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install 'quotekit[arrow]'")
pandas = pytest.importorskip("pandas", reason="pandas is not installed: pip install 'quotekit[pandas]'")

TABLES = get_args(TableName)
SAID = "“We wait 😀,” Anna Lund said on Friday."
THREAT = "“If they print it, we will sue,” Anna Lund told reporters."


def bare(text: str = "“a” and “b”") -> Extraction:
    """An attribution with nothing but content, in two pieces."""
    pieces = (Span.of(text, 0, 3), Span.of(text, 8, 11))
    return Extraction(
        text=text, attributions=(Attribution(id="a1", kind="direct", content=pieces, confidence=0.123456),)
    )


# ---- the columns ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", TABLES)
def test_everything_has_the_same_columns(table: TableName) -> None:
    names = [column.name for column in COLUMNS[table]]
    assert len(set(names)) == len(names)
    assert [list(row) for row in to_records([whole(), whole()], table=table)] == [names, names]
    assert to_arrow(whole(), table=table).column_names == names
    assert list(to_pandas(whole(), table=table).columns) == names
    assert re.findall(r"`(\w+)` [A-Z<]+", re.sub("STRUCT<.*?>", "", tables.spark_schema(table))) == names
    assert [row.split("`")[1] for row in tables.markdown(table).splitlines()[2:]] == names
    assert BatchExtractor(table=table).schema.names == [*names, "error"]
    for column in (*COLUMNS[table], tables.ERROR):
        assert column.description.endswith(".")
        assert "|" not in column.description
        field = tables.arrow_schema(table, error=True).field(column.name)
        assert field.metadata[b"description"].decode() == column.description


@pytest.mark.parametrize("table", TABLES)
def test_the_document_shows_the_columns(table: TableName) -> None:
    shown = columns_in(ROOT / "docs" / "scaling.md")
    assert shown[table] == tables.markdown(table, error=True), "write it anew: make outputs"


def test_csv_has_the_columns_of_the_attributions() -> None:
    assert list(export.CSV_COLUMNS) == [column.name for column in COLUMNS["attributions"]]


# ---- records -------------------------------------------------------------------------------------------------------


def test_a_row_of_the_attributions() -> None:
    (row,) = to_records(whole(), names="x.txt")
    missing = {name for name, value in row.items() if value is None}
    assert missing == {"speaker_external_id", "date", "venue", "venue_start", "venue_end"}
    for name in ("source", "cue", "content", "addressee", "time"):
        assert TEXT[row[f"{name}_start"] : row[f"{name}_end"]] == row[name]
    expected = {
        "document": "x.txt",
        "attribution_id": "a1",
        "kind": "direct",
        "speaker_id": "s1",
        "speaker": "Lund",
        "speaker_kind": "person",
        "source": "Lund",
        "cue": "told",
        "cue_lemma": "tell",
        "cue_category": "speech",
        "cue_negated": False,
        "content": "“If you sue, we leave,”",
        "content_pieces": [{"start": 0, "end": 23, "text": "“If you sue, we leave,”"}],
        "addressee": "the board",
        "time": "on Friday",
        "claim_id": "c1",
        "act": "threat",
        "threat_ids": ["t1"],
        "confidence": 0.9,
    }
    assert {name: row[name] for name in expected} == expected


def test_a_row_of_the_threats() -> None:
    (row,) = to_records(whole(), table="threats")
    missing = {name for name, value in row.items() if value is None}
    assert missing == {
        "threatener_external_id",
        "issuer_external_id",
        "deadline",
        "deadline_start",
        "deadline_end",
    }
    for name in ("marker", "condition", "consequence", "threatener", "target"):
        assert TEXT[row[f"{name}_start"] : row[f"{name}_end"]] == row[name]
    expected = {
        "document": "0",
        "threat_id": "t1",
        "attribution_id": "a1",
        "claim_id": "c1",
        "marker": "If",
        "condition": "you sue",
        "consequence": "we leave",
        "threatener": "we",
        "threatener_name": "Lund",
        "threatener_kind": "person",
        "issuer": "Lund",
        "issuer_kind": "person",
        "target": "you",
        "direction": "deterrent",
        "means": "unspecified",
        "explicitness": "explicit",
        "confidence": 0.5,
    }
    assert {name: row[name] for name in expected} == expected


def test_an_attribution_with_nothing_but_content() -> None:
    (row,) = to_records(bare())
    assert row["content"] == "“a” … “b”"
    assert (row["content_start"], row["content_end"]) == (0, 11)
    assert row["content_pieces"] == [{"start": 0, "end": 3, "text": "“a”"}, {"start": 8, "end": 11, "text": "“b”"}]
    assert row["confidence"] == 0.123456
    filled = {name for name, value in row.items() if value not in (None, [])}
    assert filled == {
        "document",
        "attribution_id",
        "kind",
        "content",
        "content_start",
        "content_end",
        "content_pieces",
        "confidence",
    }


def test_a_bare_or_else_has_no_consequence() -> None:
    data = whole()
    threat = data.threats[0].model_copy(update={"consequence": ()})
    (row,) = to_records(data.model_copy(update={"threats": (threat,)}), table="threats")
    assert [row[f"consequence{part}"] for part in ("", "_start", "_end", "_pieces")] == [None, None, None, []]


@pytest.mark.parametrize("table", TABLES)
def test_what_is_required_is_there(table: TableName) -> None:
    rows = to_records([whole(), bare()], table=table)
    assert rows
    for column in COLUMNS[table]:
        if column.is_required:
            assert [row for row in rows if row[column.name] is None] == [], column.name


def test_records_are_json() -> None:
    for table in TABLES:
        rows = to_records(whole(), table=table)
        assert json.loads(json.dumps(rows)) == rows


def test_what_has_no_attribution_has_no_row() -> None:
    assert to_records([]) == []
    assert to_records(Extraction(text="It rained.")) == []
    assert to_records(bare(), table="threats") == []


def test_documents_are_numbered_or_named() -> None:
    many = [whole(), None, Extraction(text=""), bare()]
    assert [row["document"] for row in to_records(many)] == ["0", "3"]
    assert [row["document"] for row in to_records(iter(many), names=iter("abcd"))] == ["a", "d"]
    assert [row["document"] for row in to_records([whole()], names=[7])] == ["7"]
    assert [row["document"] for row in to_records(whole(), names=["x"])] == ["x"]


@pytest.mark.parametrize(
    ("extractions", "options", "message"),
    [
        pytest.param(
            [whole()], {"table": "claims"}, "table is 'claims'; choose 'attributions' or 'threats'", id="table"
        ),
        pytest.param([whole()], {"table": []}, r"table is \[\]", id="table-of-another-type"),
        pytest.param([whole(), bare()], {"names": ["a"]}, "names has 1 names, and there are more", id="few-names"),
        pytest.param([whole()], {"names": ["a", "b"]}, "more names than there are extractions", id="many-names"),
        pytest.param([whole()], {"names": "a.txt"}, "a name each, in a list", id="one-name-for-many"),
        pytest.param(["text"], {}, r"extractions\[0\] is of type str, and no Extraction", id="text"),
        pytest.param(3, {}, "not of int", id="number"),
        pytest.param([("a.txt", whole())], {}, r"extractions\[0\] is of type tuple", id="pair"),
    ],
)
def test_refuses_what_makes_no_table(extractions: Any, options: dict[str, Any], message: str) -> None:
    for make in (to_records, to_arrow, to_pandas):
        with pytest.raises(InputError, match=message):
            make(extractions, **options)


def test_top_level_name() -> None:
    assert quotekit.to_records is to_records
    assert "to_records" in quotekit.__all__


def test_import_stays_light() -> None:
    heavy = {"onnxruntime", "pandas", "pyarrow", "pyspark", "ray", "spacy"}
    code = f"import sys, quotekit; print({heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True, cwd=ROOT)
    assert done.stdout.strip() == "set()"


# ---- pandas and Arrow ----------------------------------------------------------------------------------------------


def dated() -> Extraction:
    said = whole().attributions[0].model_copy(update={"date": dt.date(1789, 7, 14)})
    return whole().model_copy(update={"attributions": (said,)})


@pytest.mark.parametrize("table", TABLES)
def test_arrow_gives_the_records_back(table: TableName) -> None:
    many = [whole(), bare(), dated(), Extraction(text="")]
    found = to_arrow(many, table=table)
    assert found.schema.equals(tables.arrow_schema(table), check_metadata=True)
    assert found.to_pylist() == to_records(many, table=table)


@pytest.mark.parametrize("table", TABLES)
def test_pandas_gives_the_records_back(table: TableName) -> None:
    many = [whole(), bare(), dated()]
    frame = to_pandas(many, table=table)
    records = to_records(many, table=table)
    assert len(frame) == len(records) > 0
    for column in COLUMNS[table]:
        values = frame[column.name].tolist()
        if column.type == "date":
            values = [None if value is pandas.NaT else value.date() for value in values]
        elif column.type not in ("strings", "spans"):
            values = [None if pandas.isna(value) else value for value in values]
        assert values == [record[column.name] for record in records], column.name


@pytest.mark.parametrize("table", TABLES)
def test_no_rows_have_the_same_types(table: TableName) -> None:
    assert to_arrow([], table=table).schema == tables.arrow_schema(table)
    assert dict(to_pandas([], table=table).dtypes) == dict(to_pandas([whole(), bare()], table=table).dtypes)


def test_parquet_gives_the_same_back(tmp_path: Any) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    for table in TABLES:
        found = to_arrow([whole(), bare()], table=table)
        parquet.write_table(found, tmp_path / "x.parquet")
        again = parquet.read_table(tmp_path / "x.parquet")
        assert again.to_pylist() == found.to_pylist()
        assert again.schema.field("confidence").metadata[b"description"]


def test_lone_surrogates_stay_in_records_and_are_replaced_in_tables() -> None:
    text = "“\ud800” Lund\udfff"
    odd = Extraction(
        text=text,
        speakers=(Speaker(id="s1", name="Lund\udfff", kind="person"),),
        attributions=(
            Attribution(id="a1", kind="direct", content=(Span.of(text, 0, 3),), speaker_id="s1", confidence=1),
        ),
    )
    (row,) = to_records(odd, names="x\ud800")
    assert (row["document"], row["speaker"], row["content"]) == ("x\ud800", "Lund\udfff", "“\ud800”")
    (row,) = to_arrow(odd, names="x\ud800").to_pylist()
    assert (row["document"], row["speaker"], row["content"]) == ("x\ufffd", "Lund\ufffd", "“\ufffd”")
    assert row["content_pieces"] == [{"start": 0, "end": 3, "text": "“\ufffd”"}]
    assert to_pandas(odd)["content"].tolist() == ["“\ufffd”"]


@pytest.mark.parametrize(
    ("package", "make"),
    [
        pytest.param("pandas", lambda: to_pandas(whole()), id="pandas"),
        pytest.param("pyarrow", lambda: to_arrow(whole()), id="arrow"),
        pytest.param("pyarrow", BatchExtractor, id="batches"),
    ],
)
def test_names_the_extra_of_a_missing_package(package: str, make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == package]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, package, None)
    extra = {"pandas": "pandas", "pyarrow": "arrow"}[package]
    with pytest.raises(ExtraError, match=rf"needs {package}, .*pip install 'quotekit\[{extra}\]'") as caught:
        make()
    assert isinstance(caught.value, (QuotekitError, builtins.ImportError))


# ---- batches -------------------------------------------------------------------------------------------------------


def records_of(*texts: str, **options: Any) -> list[dict[str, Any]]:
    """What rows of batches should be: those of extract(), with an empty error."""
    found = [{**row, "error": None} for row in to_records(map(quotekit.extract, texts), **options)]
    return [{**row, "document": None} for row in found] if "names" not in options else found


@pytest.mark.parametrize("table", TABLES)
def test_batches_give_what_extract_gives(table: TableName) -> None:
    given = pa.table({"url": [1, 2, 3], "text": [SAID, "It rained.", THREAT], "other": [None, None, None]})
    found = BatchExtractor(id_column="url", table=table)(given)
    assert found.schema.equals(BatchExtractor(table=table).schema, check_metadata=True)
    assert found.to_pylist() == records_of(SAID, "It rained.", THREAT, table=table, names=[1, 2, 3])
    assert found.num_rows >= 1


def test_a_stream_is_read_as_it_comes() -> None:
    taken = []

    def stream() -> Any:
        for i in range(3):
            taken.append(i)
            yield pa.record_batch({"body": [SAID, THREAT, SAID]})

    rows = BatchExtractor(text_column="body", batch_size=2)(stream())
    assert taken == []
    first = next(rows)
    assert taken == [0]
    assert isinstance(first, pa.RecordBatch)
    assert first.to_pylist() == records_of(SAID, THREAT)
    rest = list(rows)
    # Two texts and one, of each batch.
    assert len(rest) == 5
    assert [row for batch in rest for row in batch.to_pylist()] == records_of(SAID, *(SAID, THREAT, SAID) * 2)


def test_offsets_are_those_of_arrows_own_functions() -> None:
    compute = pytest.importorskip("pyarrow.compute")
    text = "😀 " + SAID
    (row,) = BatchExtractor()(pa.table({"text": [text]})).to_pylist()
    cut = compute.utf8_slice_codeunits(pa.array([text]), row["content_start"], row["content_end"])
    assert cut.to_pylist() == [row["content"]] == ["“We wait 😀,”"]


HUGE = "word " * 10_000_000
"""50 MB."""


def not_utf8() -> Any:
    return pa.Array.from_buffers(pa.string(), 1, pa.array([b"\xed\xa0\x80"]).buffers())


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        pytest.param(pa.array([None], pa.string()), "The text is null.", id="null"),
        pytest.param(pa.array([None]), "The text is null.", id="null-column"),
        pytest.param(pa.array([SAID.encode()]), "The text is no string, but bytes. Decode it first.", id="bytes"),
        pytest.param(pa.array([3]), "The text is no string, but int.", id="number"),
        pytest.param(pa.array([["a"]]), "The text is no string, but list.", id="list"),
        pytest.param(
            pa.array([HUGE]), "The text has 50000000 characters, more than max_characters=1000000.", id="huge"
        ),
        pytest.param(pa.array([HUGE], pa.large_string()), "The text has 50000000 characters", id="huge-and-large"),
        pytest.param(not_utf8(), "The text is not UTF-8: invalid continuation byte at byte 0.", id="lone-surrogate"),
    ],
)
def test_a_bad_row_becomes_an_error(bad: Any, reason: str) -> None:
    batches = [
        pa.record_batch({"id": ["good"], "text": [SAID]}),
        pa.record_batch({"id": ["bad"], "text": bad}),
        pa.record_batch({"id": ["good"], "text": [THREAT]}),
    ]
    first, found, last = [batch.to_pylist() for batch in BatchExtractor(id_column="id")(batches)]
    (row,) = found
    assert row.pop("error").startswith(reason)
    assert row.pop("document") == "bad"
    assert set(row.values()) == {None}
    assert first == records_of(SAID, names=["good"])
    assert last == records_of(THREAT, names=["good"])


def test_bad_rows_beside_good_ones() -> None:
    given = pa.table({"id": ["a", "b", None, "d"], "text": [None, SAID, "x" * 101, "x" * 100]})
    found = BatchExtractor(id_column="id", max_characters=100)(given).to_pylist()
    assert [(row["document"], row["content"], row["error"] and row["error"][:12]) for row in found] == [
        ("a", None, "The text is "),
        ("b", "“We wait 😀,”", None),
        (None, None, "The text has"),
    ]


def test_a_text_on_which_quotekit_fails_takes_no_other_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    right = api._extract_batch

    def failing(texts: list[str], **options: Any) -> Any:
        if any("POISON" in text for text in texts):
            raise MemoryError("too much")
        return right(texts, **options)

    monkeypatch.setattr(api, "_extract_batch", failing)
    found = BatchExtractor()(pa.table({"text": [SAID, "POISON", THREAT]})).to_pylist()
    assert [(row["speaker"], row["error"]) for row in found] == [
        ("Anna Lund", None),
        (None, "MemoryError: too much"),
        ("Anna Lund", None),
    ]


def test_a_missing_network_is_no_matter_of_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(texts: list[str], **options: Any) -> Any:
        raise ReaderError("The network is missing.")

    monkeypatch.setattr(api, "_extract_batch", failing)
    with pytest.raises(ReaderError):
        BatchExtractor()(pa.table({"text": [SAID]}))


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        pytest.param(pa.large_string(), [SAID], id="large"),
        pytest.param(pa.dictionary(pa.int8(), pa.string()), [SAID, SAID], id="dictionary"),
        pytest.param(pa.string_view(), [SAID], id="view"),
    ],
)
def test_reads_strings_of_any_kind(kind: Any, texts: list[str]) -> None:
    column = pa.array(texts).cast(kind)
    assert BatchExtractor()(pa.table({"text": column})).to_pylist() == records_of(*texts)


def test_ids_of_any_kind_become_text() -> None:
    ids = [pa.array([7]), pa.array([b"k\xff"]), pa.array([dt.date(2026, 1, 2)]), pa.array([None]), not_utf8()]
    batches = [pa.record_batch({"id": one, "text": [SAID]}) for one in ids]
    found = [batch.to_pylist()[0]["document"] for batch in BatchExtractor(id_column="id")(batches)]
    assert found == ["7", "k\ufffd", "2026-01-02", None, None]


def test_only_what_is_likely_right() -> None:
    given = pa.table({"text": [SAID]})
    assert BatchExtractor(min_confidence=1.0)(given).num_rows == 0
    assert BatchExtractor(min_confidence=0.1)(given).num_rows == 1


@pytest.mark.parametrize("empty", [pa.table({}), pa.table({"text": pa.array([], pa.string())})])
def test_no_texts_give_no_rows(empty: Any) -> None:
    found = BatchExtractor()(empty)
    assert (found.num_rows, found.schema) == (0, BatchExtractor().schema)
    assert list(BatchExtractor()(iter(empty.to_batches()))) == []


def test_a_pickle_holds_settings_only() -> None:
    extractor = BatchExtractor(text_column="body", table="threats", max_characters=None)
    extractor(pa.table({"body": [THREAT]}))
    written = pickle.dumps(extractor)
    assert len(written) < 1000
    assert vars(pickle.loads(written)) == vars(extractor)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        pytest.param({"text_column": None}, "text_column is None; give the name of a column", id="no-text"),
        pytest.param({"id_column": 3}, "id_column is 3", id="id"),
        pytest.param({"table": "claims"}, "table is 'claims'", id="table"),
        pytest.param({"min_confidence": 2}, "min_confidence is 2", id="confidence"),
        pytest.param({"max_characters": 0}, "max_characters is 0; give a whole number from 1 or None", id="characters"),
        pytest.param({"batch_size": None}, r"batch_size is None; give a whole number from 1\.", id="batch"),
        pytest.param({"threads": True}, "threads is True", id="threads"),
    ],
)
def test_refuses_settings_that_cannot_work(options: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        BatchExtractor(**options)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        pytest.param(pa.table({"body": [SAID]}), "no single column 'text'; its columns: 'body'", id="column"),
        pytest.param(pa.table([[SAID], [SAID]], names=["text", "text"]), "no single column 'text'", id="two-columns"),
        pytest.param(pa.record_batch({"text": [SAID]}), "not RecordBatch. Put a single batch in a list", id="batch"),
        pytest.param(3, "not int", id="number"),
    ],
)
def test_refuses_what_is_no_batch(given: Any, message: str) -> None:
    with pytest.raises(InputError, match=message):
        BatchExtractor()(given)


def test_skipped_texts_of_extract_many_have_no_rows(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, "quotekit")
    texts: Any = [SAID, None, SAID]
    found = quotekit.extract_many(texts, on_error="skip")
    assert [row["document"] for row in to_records(found, names=["a", "b", "c"])] == ["a", "c"]
