from __future__ import annotations

import csv
import io
import json
import re

import pytest
from test_types import TEXT, whole

from quotekit import export
from quotekit.types import Attribution, ConditionalThreat, DocumentInfo, Extraction, Span, Speaker


def test_json_and_jsonl() -> None:
    extraction = whole()
    assert Extraction.model_validate_json(export.to_json(extraction)) == extraction
    lines = export.to_jsonl([extraction, extraction]).splitlines()
    assert [Extraction.model_validate_json(line) for line in lines] == [extraction, extraction]


def test_line_breaks_of_any_kind_stay_inside_their_json_line() -> None:
    text = "a\u2028b\u0085c\nd\re"
    (line, rest) = export.to_jsonl([Extraction(text=text)]).split("\n")
    assert rest == ""
    assert json.loads(line)["text"] == text


def test_csv() -> None:
    (row,) = csv.DictReader(io.StringIO(export.to_csv([("a,b.txt", whole())])))
    assert tuple(row) == export.CSV_COLUMNS
    assert row["document"] == "a,b.txt"
    assert (row["speaker"], row["speaker_kind"], row["source"]) == ("Lund", "person", "Lund")
    assert (row["cue"], row["cue_lemma"], row["cue_negated"]) == ("told", "tell", "False")
    assert row["content_pieces"] == f"{row['content_start']}:{row['content_end']}"
    assert TEXT[int(row["content_start"]) : int(row["content_end"])] == row["content"]
    assert (row["act"], row["threat_ids"], row["addressee"]) == ("threat", "t1", "the board")


def test_csv_of_an_attribution_with_nothing_but_content() -> None:
    text = "“a” and “b”"
    bare = Attribution(id="a1", kind="direct", content=(Span.of(text, 0, 3), Span.of(text, 8, 11)), confidence=1)
    (row,) = csv.DictReader(io.StringIO(export.to_csv([("x", Extraction(text=text, attributions=(bare,)))])))
    assert row["content"] == "“a” … “b”"
    assert row["content_pieces"] == "0:3 8:11"
    assert {row[name] for name in ("speaker", "source", "cue", "cue_negated", "act", "date", "threat_ids")} == {""}


@pytest.mark.parametrize("width", [20, 60, 80, 99, 100, 200])
def test_table_fits_its_width(width: int) -> None:
    wide = Speaker(id="s1", name="安倍晋三 " * 20, kind="person", titles=("x" * 300,))
    extraction = whole().model_copy(update={"speakers": (wide,)})
    table = export.to_table(extraction, width=width)
    assert max(export._columns(line) for line in table.splitlines()) <= max(width, 60)
    # Twenty times as a speaker, as the speaker of an attribution, and as the issuer of a threat.
    assert table.count("安倍晋三") == 60


def test_table_shows_what_was_found() -> None:
    table = export.to_table(whole(), width=100)
    assert table.splitlines()[0] == "Lund and the board"
    assert re.search(r"s1 +Lund +person", table)
    assert re.search(r"a1 +Lund +told → the board +direct +threat +c1 +“If you sue, we leave,”", table)
    assert re.search(r"t1 +threatener +we", table)
    assert re.search(r"if +you sue", table)
    assert re.search(r"then +we leave", table)
    assert re.search(r"kind +deterrent, unspecified, explicit", table)
    assert re.search(r"found in +a1", table)


def test_table_shows_a_marker_before_what_it_belongs_to() -> None:
    text = "Pay, or we sue."
    threat = ConditionalThreat(
        id="t1",
        marker=Span.of(text, 5, 7),
        condition=(Span.of(text, 0, 3),),
        consequence=(Span.of(text, 8, 14),),
        explicitness="explicit",
        confidence=1,
    )
    rows = [line.split() for line in export.to_table(Extraction(text=text, threats=(threat,))).splitlines()[-4:]]
    assert rows == [
        ["t1", "threatener", "?"],
        ["condition", "Pay"],
        ["or", "we", "sue"],
        ["kind", "unspecified,", "explicit"],
    ]


def test_narrow_table_stacks_what_would_be_narrow_columns() -> None:
    lines = export.to_table(whole(), width=80).splitlines()
    first = next(i for i, line in enumerate(lines) if line.startswith("a1"))
    assert [line.split("  ")[-1] for line in lines[first : first + 3]] == [
        "“If you sue, we leave,”",
        "told → the board",
        "direct, threat, c1",
    ]


def test_table_names_a_title_once() -> None:
    titles = ("minister", "Russian Foreign Minister", "Russian foreign minister", "envoy")
    lavrov = Speaker(id="s1", name="Lavrov", kind="person", titles=titles, affiliation="Russia")
    table = export.to_table(Extraction(text="", speakers=(lavrov,)))
    assert "Russian Foreign Minister, envoy (Russia)" in table


def test_a_table_row_is_one_row_whatever_breaks_the_text_has() -> None:
    text = "“No\n\nand\nno,” he said."
    content = Attribution(id="a1", kind="direct", content=(Span.of(text, 0, 13),), confidence=1)
    assert "“No and no,”" in export.to_table(Extraction(text=text, attributions=(content,)))


def test_table_of_an_empty_text() -> None:
    assert export.to_table(Extraction(text="")).split() == [
        "SPEAKERS",
        "(0)",
        "ATTRIBUTIONS",
        "(0)",
        "CONDITIONAL",
        "THREATS",
        "(0)",
    ]


def test_table_lets_no_control_character_through() -> None:
    nasty = Speaker(id="s1", name="a\x1b[31mb\x07\u202ec\n\ud800d", kind="person")
    table = export.to_table(Extraction(text="", speakers=(nasty,), document=DocumentInfo(title="\x1b]0;x\x07")))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202e\ud800]", table)


def test_schema_is_json_with_its_dialect() -> None:
    assert json.loads(export.json_schema())["$schema"].startswith("https://json-schema.org/draft/2020-12")
