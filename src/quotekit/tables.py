"""Extractions as flat tables: plain records, pandas, Arrow, and batches of Arrow for Spark and Ray.

The columns are declared here, once. Records, CSV, the schemas of Arrow and Spark, and the tables in docs/scaling.md are
made from them. pandas and pyarrow are imported when they are needed: ``import quotekit`` imports neither.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, get_args

from quotekit.api import LONE_SURROGATE, try_batch
from quotekit.confidence import checked_confidence, keep_confident
from quotekit.errors import ExtraError, InputError, ReaderError
from quotekit.types import Attribution, ConditionalThreat, Extraction, Span, Speaker

TableName = Literal["attributions", "threats"]
"""The tables: one row an attribution, or one row a conditional threat."""
ColumnType = Literal["string", "integer", "number", "boolean", "date", "strings", "spans"]
"""What a column holds. Of one row: strings is a list of strings, spans a list of mappings with start, end and text."""

MAX_CHARACTERS = 1_000_000
"""Characters of the longest text that `BatchExtractor` reads: a long novel, about a minute's work of one processor."""


@dataclass(frozen=True)
class Column:
    """A column of a table."""

    name: str
    """Its name, unique in its table."""
    type: ColumnType
    """What it holds."""
    description: str
    """What it means."""
    value: Callable[[Any], object]
    """Its value in a row, from the records that belong to the row."""
    is_required: bool = False
    """Whether every attribution, or every threat, has a value; else it may be None."""


class _Said(NamedTuple):
    """The records that belong to a row of the attributions."""

    document: str
    attribution: Attribution
    speaker: Speaker | None
    act: str | None
    threat_ids: list[str]


class _Threatened(NamedTuple):
    """The records that belong to a row of the threats."""

    document: str
    threat: ConditionalThreat
    threatener: Speaker | None
    issuer: Speaker | None


def _span(name: str, description: str, span_of: Callable[[Any], Span | None]) -> tuple[Column, ...]:
    """A span's three columns."""

    def part(field: str) -> Callable[[Any], object]:
        return lambda row: getattr(span_of(row), field, None)

    return (
        Column(name, "string", description, part("text")),
        Column(f"{name}_start", "integer", f"Offset of the first character of `{name}`.", part("start")),
        Column(f"{name}_end", "integer", f"Offset after the last character of `{name}`.", part("end")),
    )


def _pieces(name: str, description: str, pieces_of: Callable[[Any], Sequence[Span]]) -> tuple[Column, ...]:
    """The four columns of what may stand in several pieces."""

    def joined(row: Any) -> str | None:
        return " … ".join(piece.text for piece in pieces_of(row)) or None

    def listed(row: Any) -> list[dict[str, object]]:
        return [{"start": piece.start, "end": piece.end, "text": piece.text} for piece in pieces_of(row)]

    def first(row: Any) -> int | None:
        return next((piece.start for piece in pieces_of(row)), None)

    def last(row: Any) -> int | None:
        return next((piece.end for piece in reversed(pieces_of(row))), None)

    return (
        Column(name, "string", f"{description} Several pieces are joined by “ … ”.", joined),
        Column(f"{name}_start", "integer", "Offset of the first character of the first piece.", first),
        Column(f"{name}_end", "integer", "Offset after the last character of the last piece.", last),
        Column(f"{name}_pieces", "spans", "Each piece with its start, end and text, in text order.", listed, True),
    )


def _party(
    prefix: str, name: str, id_of: Callable[[Any], str | None], speaker_of: Callable[[Any], Speaker | None]
) -> tuple[Column, ...]:
    """The four columns of a speaker."""

    def part(field: str) -> Callable[[Any], object]:
        return lambda row: getattr(speaker_of(row), field, None)

    return (
        Column(f"{prefix}_id", "string", f"The {prefix}'s id, unique in its document.", id_of),
        Column(name, "string", f"The {prefix}'s fullest name in the document, without title.", part("name")),
        Column(
            f"{prefix}_kind",
            "string",
            f"What the {prefix} is: person, organization, group, document or unknown.",
            part("kind"),
        ),
        Column(
            f"{prefix}_external_id", "string", f"The id of the {prefix} in the caller's roster.", part("external_id")
        ),
    )


_DOCUMENT = Column(
    "document",
    "string",
    "Name of the text: as given, else its place among the extractions, from 0. In batches it is the value of the "
    "`id_column`, as text.",
    lambda row: row.document,
    is_required=True,
)
ERROR = Column(
    "error",
    "string",
    "Why the text could not be read; all columns but this and `document` are then missing. Batches of Arrow only.",
    lambda row: None,
)
"""The column that `BatchExtractor` adds at the end of either table."""

COLUMNS: Mapping[TableName, tuple[Column, ...]] = {
    "attributions": (
        _DOCUMENT,
        Column(
            "attribution_id",
            "string",
            "The attribution's id, unique in its document.",
            lambda r: r.attribution.id,
            True,
        ),
        Column("kind", "string", "direct, indirect or mixed.", lambda r: r.attribution.kind, True),
        *_party("speaker", "speaker", lambda r: r.attribution.speaker_id, lambda r: r.speaker),
        *_span("source", "The noun phrase to which the content is attributed.", lambda r: r.attribution.source),
        *_span("cue", "The words that report.", lambda r: r.attribution.cue and r.attribution.cue.span),
        Column(
            "cue_lemma", "string", "The cue's dictionary form.", lambda r: r.attribution.cue and r.attribution.cue.lemma
        ),
        Column(
            "cue_category",
            "string",
            "speech, writing, thought, attitude, perception, document or other.",
            lambda r: r.attribution.cue and r.attribution.cue.category,
        ),
        Column(
            "cue_negated",
            "boolean",
            "Whether the text denies that it was said.",
            lambda r: r.attribution.cue and r.attribution.cue.negated,
        ),
        *_pieces("content", "What is attributed.", lambda r: r.attribution.content),
        *_span("addressee", "To whom it was said.", lambda r: r.attribution.addressee),
        *_span("time", "When it was said, as the text has it.", lambda r: r.attribution.time),
        Column("date", "date", "The same as a date, where it can be told.", lambda r: r.attribution.date),
        *_span("venue", "Where, or in what, it was said.", lambda r: r.attribution.venue),
        Column(
            "claim_id",
            "string",
            "The same for all that say the same thing in a document.",
            lambda r: r.attribution.claim_id,
        ),
        Column(
            "act", "string", "What the speaker does by saying it: threat, denial, promise and so on.", lambda r: r.act
        ),
        Column(
            "threat_ids", "strings", "The `threat_id` of each threat in it; often none.", lambda r: r.threat_ids, True
        ),
        Column("confidence", "number", "How sure the reader is, 0 to 1.", lambda r: r.attribution.confidence, True),
    ),
    "threats": (
        _DOCUMENT,
        Column("threat_id", "string", "The threat's id, unique in its document.", lambda r: r.threat.id, True),
        Column("attribution_id", "string", "The attribution in which it stands.", lambda r: r.threat.attribution_id),
        Column("claim_id", "string", "The claim of that attribution.", lambda r: r.threat.claim_id),
        *_span("marker", "The word that makes it a condition.", lambda r: r.threat.marker),
        *_pieces("condition", "What sets the consequence off or averts it.", lambda r: r.threat.condition),
        *_pieces("consequence", "What is threatened.", lambda r: r.threat.consequence),
        *_span("threatener", "The noun phrase of the party that will act.", lambda r: r.threat.threatener),
        *_party("threatener", "threatener_name", lambda r: r.threat.threatener_id, lambda r: r.threatener),
        *_party("issuer", "issuer", lambda r: r.threat.issuer_id, lambda r: r.issuer),
        *_span("target", "The party whose conduct the condition is about.", lambda r: r.threat.target),
        Column(
            "direction",
            "string",
            "deterrent: the target escapes by not doing something; compellent: by doing or stopping something.",
            lambda r: r.threat.direction,
        ),
        *_span("deadline", "The time limit for compliance.", lambda r: r.threat.deadline),
        Column(
            "means",
            "string",
            "With what it would be carried out: military, economic, legal and so on.",
            lambda r: r.threat.means,
            True,
        ),
        Column("explicitness", "string", "explicit or veiled.", lambda r: r.threat.explicitness, True),
        Column("confidence", "number", "How sure quotekit is, 0 to 1.", lambda r: r.threat.confidence, True),
    ),
}
"""The columns of each table, in order."""

_SPARK_TYPES: Mapping[ColumnType, str] = {
    "string": "STRING",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "strings": "ARRAY<STRING>",
    "spans": "ARRAY<STRUCT<`start`: BIGINT, `end`: BIGINT, `text`: STRING>>",
}
# The kinds of pandas in which a value can be missing without turning whole numbers into fractions.
_PANDAS_TYPES: Mapping[ColumnType, str] = {
    "string": "string",
    "integer": "Int64",
    "number": "float64",
    "boolean": "boolean",
    "date": "datetime64[s]",
    "strings": "object",
    "spans": "object",
}


def to_records(
    extractions: Extraction | Iterable[Extraction | None],
    *,
    table: TableName = "attributions",
    names: str | Iterable[object] | None = None,
) -> list[dict[str, Any]]:
    """Writes extractions as rows of plain Python: strings, numbers, booleans, dates, lists and None.

    Args:
        extractions: One extraction or many; None among them, as ``extract_many(on_error="skip")`` gives, has no rows.
        table: "attributions" for one row an attribution, "threats" for one row a conditional threat.
        names: A name for each extraction, for the column "document"; None for their places, from 0.

    Returns:
        Rows, in text order, with the columns of `COLUMNS` as keys; all have all keys.

    Raises:
        InputError: There is no such table, or there are more or fewer names than extractions.

    >>> from quotekit import extract
    >>> (row,) = to_records(extract("“We wait,” Anna Lund said."), names="a.txt")
    >>> row["document"], row["speaker"], row["content"], row["content_end"]
    ('a.txt', 'Anna Lund', '“We wait,”', 10)
    """
    columns = _columns(table)
    return [
        {column.name: column.value(row) for column in columns}
        for name, extraction in _named(extractions, names)
        for row in _rows(name, extraction, table)
    ]


def to_pandas(
    extractions: Extraction | Iterable[Extraction | None],
    *,
    table: TableName = "attributions",
    names: str | Iterable[object] | None = None,
) -> Any:
    """Writes extractions as a `pandas.DataFrame`; what is missing is `pandas.NA` or NaT.

    Lone surrogates, which a table of UTF-8 cannot hold, become replacement characters; offsets stay as they are.

    Args:
        extractions: As in `to_records`.
        table: As in `to_records`.
        names: As in `to_records`.

    Raises:
        ExtraError: pandas is not installed.
        InputError: As in `to_records`.

    >>> from quotekit import extract
    >>> frame = to_pandas(extract("“We wait,” Anna Lund said. She denied that she was late."))
    >>> frame.groupby("speaker").size().to_dict()
    {'Anna Lund': 2}
    """
    pandas = _needed("pandas", "pandas", "to_pandas()")
    records = _encodable(to_records(extractions, table=table, names=names))
    return pandas.DataFrame(
        {
            column.name: pandas.Series([record[column.name] for record in records], dtype=_PANDAS_TYPES[column.type])
            for column in _columns(table)
        }
    )


def to_arrow(
    extractions: Extraction | Iterable[Extraction | None],
    *,
    table: TableName = "attributions",
    names: str | Iterable[object] | None = None,
) -> Any:
    """Writes extractions as a `pyarrow.Table`; its fields carry their descriptions as metadata.

    Lone surrogates, which a table of UTF-8 cannot hold, become replacement characters; offsets stay as they are.

    Args:
        extractions: As in `to_records`.
        table: As in `to_records`.
        names: As in `to_records`.

    Raises:
        ExtraError: pyarrow is not installed.
        InputError: As in `to_records`.

    >>> from quotekit import extract
    >>> found = to_arrow(extract("“We wait,” Anna Lund said."))
    >>> found.num_rows, found.column("speaker").to_pylist()
    (1, ['Anna Lund'])
    """
    pyarrow = _needed("pyarrow", "arrow", "to_arrow()")
    records = _encodable(to_records(extractions, table=table, names=names))
    return pyarrow.Table.from_pylist(records, schema=arrow_schema(table))


def arrow_schema(table: TableName = "attributions", *, error: bool = False) -> Any:
    """The `pyarrow.Schema` of a table.

    Args:
        table: "attributions" or "threats".
        error: Whether the column "error" of `BatchExtractor` is in it, too.

    Raises:
        ExtraError: pyarrow is not installed.
        InputError: There is no such table.

    >>> schema = arrow_schema("threats")
    >>> str(schema.field("deadline_start").type), schema.field("deadline").metadata[b"description"].decode()
    ('int64', 'The time limit for compliance.')
    """
    pa = _needed("pyarrow", "arrow", "arrow_schema()")
    span = pa.struct([("start", pa.int64()), ("end", pa.int64()), ("text", pa.string())])
    types: dict[ColumnType, Any] = {
        "string": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
        "strings": pa.list_(pa.string()),
        "spans": pa.list_(span),
    }
    return pa.schema(
        [
            pa.field(column.name, types[column.type], metadata={"description": column.description})
            for column in _columns(table, error=error)
        ]
    )


def spark_schema(table: TableName = "attributions", *, error: bool = False) -> str:
    """The schema of a table in Spark's DDL, as ``DataFrame.mapInArrow`` and ``StructType.fromDDL`` read it.

    Args:
        table: "attributions" or "threats".
        error: Whether the column "error" of `BatchExtractor` is in it, too.

    Raises:
        InputError: There is no such table.

    >>> spark_schema("threats").split(", ")[:2]
    ['`document` STRING', '`threat_id` STRING']
    """
    return ", ".join(f"`{column.name}` {_SPARK_TYPES[column.type]}" for column in _columns(table, error=error))


def markdown(table: TableName = "attributions", *, error: bool = False) -> str:
    """A table's columns as a table in Markdown: name, type, whether a value may be missing, meaning.

    Args:
        table: "attributions" or "threats".
        error: Whether the column "error" of `BatchExtractor` is in it, too.

    Raises:
        InputError: There is no such table.

    >>> print(markdown("threats").splitlines()[3])
    | `threat_id` | string | The threat's id, unique in its document. Never missing. |
    """
    lines = ["| column | type | what |", "|---|---|---|"]
    for column in _columns(table, error=error):
        description = f"{column.description} Never missing." if column.is_required else column.description
        lines.append(f"| `{column.name}` | {column.type} | {description} |")
    return "\n".join(lines) + "\n"


class BatchExtractor:
    """Reads batches of texts in Arrow and gives batches of rows: for Spark, for Ray Data, and for a loop of yours.

    It can be pickled, and holds nothing but its settings: each process that calls it opens the network once, at its
    first text. A text that cannot be read gives one row with the reason in the column "error", and the work goes on.
    That is a null, something that is no string, a string that is not UTF-8, one longer than ``max_characters``, and
    any text on which quotekit itself fails. A missing column or a missing network is an error: no row would fare
    better.

    ``frame.mapInArrow(extractor, extractor.spark_schema)`` is the call in Spark and
    ``dataset.map_batches(extractor, batch_format="pyarrow")`` that in Ray Data. For Ray's actors give the class, with
    the settings as ``fn_constructor_kwargs``.

    Args:
        text_column: Name of the column with the texts.
        id_column: Name of a column whose values become the column "document", as text; None leaves that empty.
        table: "attributions" or "threats".
        min_confidence: Attributions and threats of less confidence, 0 to 1, are left out.
        max_characters: Longest text that is read, in characters; None for any length, whatever time it takes.
        batch_size: How many texts are read at once; what is in memory grows with it.
        threads: CPU threads of the network in each process; one, where Spark or Ray has a worker for each processor.

    Raises:
        ExtraError: pyarrow is not installed.
        InputError: An argument is of the wrong type, or out of its range.

    >>> import pyarrow
    >>> extract_batch = BatchExtractor(id_column="url")
    >>> rows = extract_batch(pyarrow.table({"url": ["a", "b"], "text": ["“We wait,” Anna Lund said.", None]}))
    >>> for row in rows.select(["document", "speaker", "error"]).to_pylist():
    ...     print(row)
    {'document': 'a', 'speaker': 'Anna Lund', 'error': None}
    {'document': 'b', 'speaker': None, 'error': 'The text is null.'}
    """

    def __init__(
        self,
        *,
        text_column: str = "text",
        id_column: str | None = None,
        table: TableName = "attributions",
        min_confidence: float = 0.0,
        max_characters: int | None = MAX_CHARACTERS,
        batch_size: int = 32,
        threads: int | None = 1,
    ) -> None:
        _needed("pyarrow", "arrow", "BatchExtractor()")
        _columns(table)
        for name, column in (("text_column", text_column), ("id_column", id_column)):
            if not isinstance(column, str) and (name == "text_column" or column is not None):
                raise InputError(f"{name} is {column!r}; give the name of a column.")
        for name, number in (("max_characters", max_characters), ("batch_size", batch_size), ("threads", threads)):
            is_optional = name != "batch_size"
            if number is None and is_optional:
                continue
            if isinstance(number, bool) or not isinstance(number, int) or number < 1:
                raise InputError(
                    f"{name} is {number!r}; give a whole number from 1{' or None' if is_optional else ''}."
                )
        self.text_column = text_column
        self.id_column = id_column
        self.table: TableName = table
        self.min_confidence = checked_confidence(min_confidence, "BatchExtractor()")
        self.max_characters = max_characters
        self.batch_size = batch_size
        self.threads = threads

    @property
    def schema(self) -> Any:
        """The `pyarrow.Schema` of the rows, the same whatever the texts."""
        return arrow_schema(self.table, error=True)

    @property
    def spark_schema(self) -> str:
        """The same in Spark's DDL."""
        return spark_schema(self.table, error=True)

    def __call__(self, batches: Any) -> Any:
        """Reads texts.

        Args:
            batches: A `pyarrow.Table`, or an iterable of `pyarrow.RecordBatch`, which is read as it comes.

        Returns:
            For a table a table; for an iterable an iterator of `pyarrow.RecordBatch`, one for each ``batch_size`` texts
            or fewer.

        Raises:
            InputError: Something else was given, or the texts' column is not there.
            ReaderError: The network is missing.
        """
        pa = _needed("pyarrow", "arrow", "BatchExtractor()")
        if isinstance(batches, pa.Table):
            return pa.Table.from_batches(self._read(batches.to_batches()), schema=self.schema)
        if isinstance(batches, pa.RecordBatch) or not isinstance(batches, Iterable):
            raise InputError(
                "BatchExtractor reads a pyarrow.Table or an iterable of pyarrow.RecordBatch, not "
                f"{type(batches).__name__}. Put a single batch in a list; in Ray say batch_format='pyarrow'."
            )
        return self._read(batches)

    def _read(self, batches: Iterable[Any]) -> Iterator[Any]:
        pa = _needed("pyarrow", "arrow", "BatchExtractor()")
        for batch in batches:
            # Schedulers ask with empty batches, sometimes without columns, what comes out.
            for at in range(0, batch.num_rows, self.batch_size):
                records = self._records(batch.slice(at, self.batch_size))
                yield pa.RecordBatch.from_pylist(_encodable(records), schema=self.schema)

    def _records(self, batch: Any) -> list[dict[str, Any]]:
        texts = self._values(batch, self.text_column)
        ids: list[Any] = [None] * len(texts) if self.id_column is None else self._values(batch, self.id_column)
        names = [None if isinstance(value, (_Unreadable, type(None))) else _as_text(value) for value in ids]
        refused = [self._refusal(text) for text in texts]
        good = [text for text, reason in zip(texts, refused, strict=True) if reason is None]
        outcomes = iter(try_batch(good, self.threads))
        records: list[dict[str, Any]] = []
        for name, refusal in zip(names, refused, strict=True):
            reason = refusal
            if reason is None:
                outcome = next(outcomes)
                if isinstance(outcome, ReaderError):
                    raise outcome
                if isinstance(outcome, Extraction):
                    found = to_records(keep_confident(outcome, self.min_confidence), table=self.table, names="")
                    records += [{**record, "document": name, ERROR.name: None} for record in found]
                    continue
                reason = f"{type(outcome).__name__}: {outcome}"
            records.append({"document": name, ERROR.name: reason})
        return records

    def _values(self, batch: Any, name: str) -> list[Any]:
        if batch.schema.names.count(name) != 1:
            columns = ", ".join(map(repr, batch.schema.names)) or "none"
            raise InputError(
                f"The batch has no single column {name!r}; its columns: {columns}. "
                "Name the columns with text_column and id_column."
            )
        return [_value(scalar) for scalar in batch.column(batch.schema.get_field_index(name))]

    def _refusal(self, text: Any) -> str | None:
        """Why a value is not read; None where it is."""
        if text is None:
            return "The text is null."
        if isinstance(text, _Unreadable):
            return text.reason
        if not isinstance(text, str):
            advice = " Decode it first." if isinstance(text, bytes) else ""
            return f"The text is no string, but {type(text).__name__}.{advice}"
        if self.max_characters is not None and len(text) > self.max_characters:
            return (
                f"The text has {len(text)} characters, more than max_characters={self.max_characters}. "
                "Cut it into its parts, or raise the limit."
            )
        return None


class _Unreadable(NamedTuple):
    """A cell that is no value, and why."""

    reason: str


def _value(scalar: Any) -> Any:
    try:
        return scalar.as_py()
    except UnicodeDecodeError as error:
        # Arrow does not look whether its strings are UTF-8, and neither does Spark's cast from binary.
        return _Unreadable(f"The text is not UTF-8: {error.reason} at byte {error.start}.")


def _as_text(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _columns(table: TableName, *, error: bool = False) -> tuple[Column, ...]:
    columns = COLUMNS.get(table) if isinstance(table, str) else None
    if columns is None:
        raise InputError(f"table is {table!r}; choose {' or '.join(map(repr, get_args(TableName)))}.")
    return (*columns, ERROR) if error else columns


def _named(
    extractions: Extraction | Iterable[Extraction | None], names: str | Iterable[object] | None
) -> Iterator[tuple[str, Extraction]]:
    """Extractions with their names; those that are None are left out."""
    if isinstance(extractions, Extraction):
        extractions = [extractions]
        names = [names] if isinstance(names, str) else names
    if not isinstance(extractions, Iterable):
        raise InputError(f"A table is made of extractions, not of {type(extractions).__name__}.")
    if isinstance(names, str):
        raise InputError(f"names is {names!r}; give many extractions a name each, in a list.")
    rest = None if names is None else iter(names)
    for i, extraction in enumerate(extractions):
        name: object = i
        if rest is not None:
            try:
                name = next(rest)
            except StopIteration:
                raise InputError(f"names has {i} names, and there are more extractions; give one for each.") from None
        if isinstance(extraction, Extraction):
            yield str(name), extraction
        elif extraction is not None:
            raise InputError(
                f"extractions[{i}] is of type {type(extraction).__name__}, and no Extraction. "
                "Give what extract() or extract_many() returns."
            )
    if rest is not None and next(rest, rest) is not rest:
        raise InputError("names has more names than there are extractions; give one for each.")


def _rows(name: str, extraction: Extraction, table: TableName) -> Iterator[_Said | _Threatened]:
    speakers: dict[str | None, Speaker] = {speaker.id: speaker for speaker in extraction.speakers}
    if table == "threats":
        for threat in extraction.threats:
            yield _Threatened(name, threat, speakers.get(threat.threatener_id), speakers.get(threat.issuer_id))
        return
    acts: dict[str | None, str] = {claim.id: claim.act for claim in extraction.claims}
    threats: dict[str | None, list[str]] = {}
    for threat in extraction.threats:
        threats.setdefault(threat.attribution_id, []).append(threat.id)
    for said in extraction.attributions:
        yield _Said(name, said, speakers.get(said.speaker_id), acts.get(said.claim_id), threats.get(said.id, []))


def _encodable(value: Any) -> Any:
    """The same plain value with a replacement character for every lone surrogate."""
    if isinstance(value, str):
        return LONE_SURROGATE.sub("\ufffd", value)
    if isinstance(value, list):
        return [_encodable(item) for item in value]
    return {name: _encodable(item) for name, item in value.items()} if isinstance(value, dict) else value


def _needed(package: str, extra: str, what: str) -> Any:
    """Imports a package that comes with an extra."""
    try:
        return importlib.import_module(package)
    except ImportError as error:
        raise ExtraError(
            f"{what} needs {package}, which cannot be imported ({error}). "
            f"Install it with: pip install 'quotekit[{extra}]'"
        ) from error
