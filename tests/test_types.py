from __future__ import annotations

import json
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from quotekit.types import (
    Attribution,
    Claim,
    ConditionalThreat,
    Cue,
    DocumentInfo,
    Extraction,
    Quote,
    Span,
    Speaker,
)

TEXT = "“If you sue, we leave,” Lund told the board on Friday."


def whole() -> Extraction:
    """An extraction with every kind of record in it."""
    quote = Quote(
        id="q1",
        span=Span.of(TEXT, 0, 23),
        content=(Span.of(TEXT, 1, 22),),
        speaker_id="s1",
        attribution_id="a1",
    )
    attribution = Attribution(
        id="a1",
        kind="direct",
        source=Span.of(TEXT, 24, 28),
        cue=Cue(span=Span.of(TEXT, 29, 33), lemma="tell", category="speech"),
        content=(Span.of(TEXT, 0, 23),),
        addressee=Span.of(TEXT, 34, 43),
        time=Span.of(TEXT, 44, 53),
        speaker_id="s1",
        quote_ids=("q1",),
        claim_id="c1",
        confidence=0.9,
    )
    threat = ConditionalThreat(
        id="t1",
        marker=Span.of(TEXT, 1, 3),
        condition=(Span.of(TEXT, 4, 11),),
        consequence=(Span.of(TEXT, 13, 21),),
        threatener=Span.of(TEXT, 13, 15),
        threatener_id="s1",
        issuer_id="s1",
        target=Span.of(TEXT, 4, 7),
        direction="deterrent",
        explicitness="explicit",
        attribution_id="a1",
        claim_id="c1",
        confidence=0.5,
    )
    return Extraction(
        text=TEXT,
        speakers=(Speaker(id="s1", name="Lund", kind="person", mentions=(Span.of(TEXT, 24, 28),)),),
        quotes=(quote,),
        attributions=(attribution,),
        claims=(Claim(id="c1", speaker_id="s1", act="threat", text="if you sue, we leave", attribution_ids=("a1",)),),
        threats=(threat,),
        document=DocumentInfo(title="Lund and the board", boilerplate=(Span.of(TEXT, 53, 54),)),
    )


def plain() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(whole().model_dump_json())
    return data


def test_json_and_pickle_give_back_the_same() -> None:
    extraction = whole()
    assert Extraction.model_validate_json(extraction.model_dump_json()) == extraction
    assert Extraction.model_validate_json(extraction.model_dump_json(indent=2).encode()) == extraction
    assert Extraction.model_validate(extraction.model_dump()) == extraction
    assert pickle.loads(pickle.dumps(extraction)) == extraction


@given(st.text(st.characters(exclude_categories=())))
def test_any_python_string_survives_json(text: str) -> None:
    extraction = Extraction(text=text, document=DocumentInfo(boilerplate=(Span.of(text, 0, len(text)),)))
    assert Extraction.model_validate_json(extraction.model_dump_json()) == extraction


def test_records_are_frozen_and_refuse_unknown_fields() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        whole().text = "other"  # type: ignore[misc]
    with pytest.raises(ValidationError, match="Extra inputs"):
        Span(start=0, end=1, text="a", label="x")  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        pytest.param("quotes.0.span.text", "“If you sue, we leave!”", r"quotes\[0\] \(q1\): span: span", id="quote"),
        pytest.param("attributions.0.source.text", "Lind", r"attributions\[0\] \(a1\): source: span", id="source"),
        pytest.param("attributions.0.cue.span.text", "tell", r"attributions\[0\] \(a1\): cue.span: span", id="cue"),
        pytest.param("threats.0.condition.0.text", "you cry", r"threats\[0\] \(t1\): condition\[0\]: span", id="piece"),
        pytest.param("document.boilerplate.0.text", "!", r"document.boilerplate\[0\]: span", id="boilerplate"),
        pytest.param("speakers.0.mentions.0.end", 29, "does not fit its text of 4 characters", id="length"),
        pytest.param("speakers.0.mentions.0.start", -1, "greater than or equal to 0", id="negative"),
        pytest.param("quotes.0.speaker_id", "s9", r"speaker_id is 's9', but speakers", id="speaker-id"),
        pytest.param("quotes.0.attribution_id", "a9", "attributions has no such id", id="attribution-id"),
        pytest.param("quotes.0.parent_id", "q9", "quotes has no such id", id="parent-id"),
        pytest.param("attributions.0.quote_ids.0", "q9", "quotes has no such id", id="quote-ids"),
        pytest.param("attributions.0.claim_id", "c9", "claims has no such id", id="claim-id"),
        pytest.param("claims.0.attribution_ids.0", "a9", "attributions has no such id", id="attribution-ids"),
        pytest.param("threats.0.threatener_id", "s9", "speakers has no such id", id="threatener-id"),
        pytest.param("threats.0.issuer_id", "s9", "speakers has no such id", id="issuer-id"),
        pytest.param("claims.0.attribution_ids", [], "at least 1 item", id="claim-without-attribution"),
        pytest.param("quotes.0.is_speech", False, "only speech has one", id="no-speech-but-attributed"),
        pytest.param("attributions.0.confidence", 1.5, "less than or equal to 1", id="confidence"),
        pytest.param("claims.0.act", "joke", "'threat', 'apology'", id="act"),
        pytest.param("attributions.0.id", "", "at least 1 character", id="empty-id"),
        pytest.param("text", 3, "instance of str|valid string", id="text"),
    ],
)
def test_refuses_what_does_not_fit(path: str, value: object, message: str) -> None:
    data = plain()
    *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    inner: Any = data
    for step in way:
        inner = inner[step]
    inner[last] = value
    with pytest.raises(ValidationError, match=message):
        Extraction.model_validate(data)


def test_refuses_an_id_twice() -> None:
    data = plain()
    data["quotes"] *= 2
    with pytest.raises(ValidationError, match=r"quotes\[1\]: the id 'q1' is taken"):
        Extraction.model_validate(data)


def test_refuses_pieces_out_of_order() -> None:
    with pytest.raises(ValidationError, match="must be in text order"):
        Quote(id="q1", span=Span.of("abc", 0, 3), content=(Span.of("abc", 1, 2), Span.of("abc", 0, 1)))
    with pytest.raises(ValidationError, match="lies outside the quotation"):
        Quote(id="q1", span=Span.of("abc", 0, 1), content=(Span.of("abc", 1, 2),))


def test_span_of_refuses_offsets_outside_the_text() -> None:
    with pytest.raises(ValidationError, match="does not fit"):
        Span.of("abc", 2, 5)


def test_speaker_and_spans() -> None:
    extraction = whole()
    lund = extraction.speaker("s1")
    assert lund is not None
    assert lund.name == "Lund"
    assert extraction.speaker(None) is None
    assert [span.text for span in extraction.spans()].count("Lund") == 2


def test_schema_describes_every_field() -> None:
    schema = Extraction.model_json_schema()
    described = [
        (name, field)
        for name, record in [("Extraction", schema), *schema["$defs"].items()]
        for field, what in record["properties"].items()
        if not what.get("description")
    ]
    assert described == []
    assert ">>>" not in json.dumps(schema)
