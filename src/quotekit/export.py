"""Extractions as JSON, JSON Lines, CSV, and a table for the terminal."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pydantic.json_schema import GenerateJsonSchema

from quotekit.tables import COLUMNS, TableName, to_records
from quotekit.types import Attribution, ConditionalThreat, DocumentInfo, Extraction, Span, Speaker

CSV_COLUMNS = tuple(column.name for column in COLUMNS["attributions"])
"""The columns of `to_csv`, those of `quotekit.tables`."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_GAP = 2
"""Blanks between two columns of a table."""
_WIDE = 100
"""Columns of a terminal from which on every fact has a column of its own."""


def json_schema() -> str:
    """The JSON Schema of an extraction.

    >>> json.loads(json_schema())["title"]
    'Extraction'
    """
    schema = {"$schema": GenerateJsonSchema.schema_dialect, **Extraction.model_json_schema()}
    return json.dumps(schema, indent=2, ensure_ascii=False)


def to_json(extraction: Extraction) -> str:
    """One extraction as indented JSON.

    >>> Extraction.model_validate_json(to_json(Extraction(text="It rained."))).text
    'It rained.'
    """
    return extraction.model_dump_json(indent=2)


def to_jsonl(extractions: Iterable[Extraction]) -> str:
    """Extractions as JSON Lines: one line each, with a line break after the last.

    >>> to_jsonl([Extraction(text="a"), Extraction(text="b")]).count(chr(10))
    2
    """
    return "".join(extraction.model_dump_json() + "\n" for extraction in extractions)


def to_csv(extractions: Iterable[tuple[str, Extraction]]) -> str:
    """Attributions as CSV, one row each, with `CSV_COLUMNS` in the first row.

    Args:
        extractions: Extractions with a name each, which is written in the column "document".

    >>> to_csv([("a.txt", Extraction(text="It rained."))]).startswith("document,attribution_id,kind")
    True
    """
    written = io.StringIO()
    table = csv.DictWriter(written, CSV_COLUMNS, lineterminator="\n")
    table.writeheader()
    for name, extraction in extractions:
        table.writerows(csv_rows(name, extraction))
    return written.getvalue()


def csv_rows(name: str, extraction: Extraction, *, table: TableName = "attributions") -> Iterator[dict[str, object]]:
    """The rows of one extraction, by the columns of its table: lists are written with blanks, pieces as "start:end"."""
    for record in to_records(extraction, names=name, table=table):
        yield {column: _cell(value) for column, value in record.items()}


def _cell(value: object) -> object:
    if isinstance(value, list):
        return " ".join(f"{item['start']}:{item['end']}" if isinstance(item, dict) else str(item) for item in value)
    return round(value, 3) if isinstance(value, float) else value


def to_table(extraction: Extraction, *, width: int = 100) -> str:
    """Speakers, attributions and threats for people to read.

    Args:
        extraction: What was found.
        width: Columns of the terminal; tables are never wider, but for less than 60.

    >>> text = "“We wait,” Lund said."
    >>> lund = Speaker(id="s1", name="Lund", kind="person", mentions=(Span.of(text, 11, 15),))
    >>> print(to_table(Extraction(text=text, speakers=(lund,)), width=60))
    SPEAKERS (1)
    <BLANKLINE>
        Speaker  Kind    Mentions
    s1  Lund     person  1
    <BLANKLINE>
    ATTRIBUTIONS (0)
    <BLANKLINE>
    CONDITIONAL THREATS (0)
    """
    width = max(width, 60)
    speakers = {speaker.id: speaker for speaker in extraction.speakers}
    acts = {claim.id: claim.act for claim in extraction.claims}
    lines = _heading(extraction.document, width)
    lines += [f"SPEAKERS ({len(extraction.speakers)})", ""]
    if extraction.speakers:
        names = ("", "Speaker", "Kind", "Titles", "Also called", "Mentions")
        lines += [*_grid(names, [_speaker(s) for s in extraction.speakers], width), ""]
    lines += [f"ATTRIBUTIONS ({len(extraction.attributions)})", ""]
    if extraction.attributions:
        rows = [_attribution(a, speakers, acts) for a in extraction.attributions]
        if width >= _WIDE:
            lines += _grid(("", "Speaker", "Cue", "Kind", "Act", "Claim", "Content"), rows, width)
        else:
            # What would be narrow columns stands in lines, beside the content.
            stacked = [(row[0], (*row[1:3], ", ".join(filter(None, row[3:6]))), row[6]) for row in rows]
            lines += _grid(("", "Speaker", "Content"), stacked, width)
        lines.append("")
    lines += [f"CONDITIONAL THREATS ({len(extraction.threats)})"]
    for threat in extraction.threats:
        lines += ["", *_grid(None, _threat(threat, speakers), width)]
    return "\n".join(line.rstrip() for line in lines)


def _heading(document: DocumentInfo | None, width: int) -> list[str]:
    if document is None:
        return []
    about = [] if document.published is None else [f"{document.published:%Y-%m-%d %H:%M}".removesuffix(" 00:00")]
    about += [document.byline] if document.byline else []
    lines = [*_broken(_clean(document.title or ""), width), *_broken(_clean(", ".join(about)), width)]
    return [*filter(None, lines), ""] if any(lines) else []


def _speaker(speaker: Speaker) -> tuple[str, ...]:
    titles: list[str] = []
    # "Minister" and "foreign minister" say nothing that "Russian Foreign Minister" does not.
    for title in sorted(speaker.titles, key=len, reverse=True):
        if not any(title.casefold() in longer.casefold() for longer in titles):
            titles.append(title)
    if speaker.affiliation:
        titles.append(f"({speaker.affiliation})")
    also = [alias for alias in speaker.aliases if alias != speaker.name]
    title = ", ".join(titles).replace(", (", " (")
    return (speaker.id, speaker.name, speaker.kind, title, ", ".join(also), str(len(speaker.mentions)))


def _attribution(attribution: Attribution, speakers: dict[str, Speaker], acts: Mapping[str, str]) -> tuple[str, ...]:
    cue = attribution.cue
    cue_text = "" if cue is None else f"{'not ' if cue.negated else ''}{cue.span.text}"
    if attribution.addressee is not None:
        cue_text += f" → {attribution.addressee.text}"
    if attribution.date is not None:
        cue_text += f" ({attribution.date.isoformat()})"
    who = _name(attribution.speaker_id, speakers) or _text(attribution.source) or "?"
    act, claim = acts.get(attribution.claim_id or "", ""), attribution.claim_id or ""
    return (attribution.id, who, cue_text, attribution.kind, act, claim, _joined(attribution.content))


def _threat(threat: ConditionalThreat, speakers: dict[str, Speaker]) -> list[tuple[str, ...]]:
    # "Unless you pay, we sue", but "Pay, or we sue": the marker stands before what it belongs to.
    marker = _text(threat.marker).lower()
    is_behind = threat.marker is not None and any(piece.start < threat.marker.start for piece in threat.condition)
    if_, then = ("condition", marker) if is_behind else (marker or "condition", "then")
    kind = [threat.direction, threat.means, threat.explicitness]
    rows = [
        # The first row carries the id, whether it is known who threatens or not.
        ("threatener", _text(threat.threatener) or _name(threat.threatener_id, speakers) or "?"),
        ("said by", _name(threat.issuer_id, speakers)),
        ("against", _text(threat.target)),
        *((if_ if i == 0 else "and", piece.text) for i, piece in enumerate(threat.condition)),
        *((then if i == 0 else "and", piece.text) for i, piece in enumerate(threat.consequence)),
        ("deadline", _text(threat.deadline)),
        ("kind", ", ".join(one for one in kind if one)),
        ("found in", threat.attribution_id or ""),
    ]
    return [(threat.id if i == 0 else "", *row) for i, row in enumerate(row for row in rows if row[1])]


def _name(speaker_id: str | None, speakers: dict[str, Speaker]) -> str:
    speaker = speakers.get(speaker_id or "")
    return "" if speaker is None else speaker.name


def _text(span: Span | None) -> str:
    return "" if span is None else span.text


def _joined(pieces: Sequence[Span]) -> str:
    return " … ".join(piece.text for piece in pieces)


def _clean(text: str) -> str:
    """The text on one line, without characters that steer a terminal."""
    return " ".join(_CONTROL.sub(" ", text).encode("utf-8", "replace").decode("utf-8").split())


def _columns(text: str) -> int:
    """How many columns of a terminal a text takes."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


def _grid(header: Sequence[str] | None, rows: Sequence[Sequence[str | tuple[str, ...]]], width: int) -> list[str]:
    """Lays out rows in columns; cells that do not fit are broken into lines, and columns without a word left out.

    Args:
        header: Names of the columns.
        rows: Cells; a tuple is a cell of several lines.
        width: Columns of the terminal.
    """
    cells = [
        [[_clean(line) for line in ((cell,) if isinstance(cell, str) else cell) if line] for cell in row]
        for row in rows
    ]
    filled = [i for i in range(len(cells[0])) if any(any(row[i]) for row in cells)]
    cells = ([[[name] for name in header]] if header else []) + cells
    cells = [[row[i] for i in filled] for row in cells]
    natural = [max((_columns(line) for row in cells for line in row[i]), default=0) for i in range(len(filled))]
    room = width - _GAP * (len(natural) - 1)
    if sum(natural) > room:
        # The last column holds what is longest.
        natural[:-1] = [min(size, width // 3) for size in natural[:-1]]
    widths = _shares(natural, room)
    lines: list[str] = []
    for row in cells:
        broken = [
            [part for line in cell for part in _broken(line, size)] for cell, size in zip(row, widths, strict=True)
        ]
        for i in range(max(len(parts) for parts in broken)):
            parts = [part[i] if i < len(part) else "" for part in broken]
            padded = [part + " " * (size - _columns(part)) for part, size in zip(parts, widths, strict=True)]
            lines.append((" " * _GAP).join(padded).rstrip())
    return lines


def _shares(natural: Sequence[int], room: int) -> list[int]:
    """Widths that fit: columns that are narrow keep theirs, the others share the rest by what they need."""
    widths = list(natural)
    open_ = sorted(range(len(natural)), key=natural.__getitem__)
    left = room
    while open_:
        fair = left // len(open_)
        if natural[open_[0]] > fair:
            break
        left -= natural[open_.pop(0)]
    # The widest gets what is left over; the others of those too wide, at most a fifth of the room.
    for i in open_[:-1]:
        widths[i] = min(natural[i], max(room // 5, 6))
        left -= widths[i]
    if open_:
        widths[open_[-1]] = max(left, 6)
    return widths


def _broken(text: str, width: int) -> list[str]:
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        joined = f"{line} {word}" if line else word
        if _columns(joined) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        while _columns(word) > width:
            cut = _fitting(word, width)
            lines.append(word[:cut])
            word = word[cut:]
        line = word
    return [*lines, line]


def _fitting(word: str, width: int) -> int:
    """How many characters of a word fit; at least one."""
    taken = 0
    for i, char in enumerate(word):
        taken += _columns(char)
        if taken > width:
            return max(i, 1)
    return len(word)
