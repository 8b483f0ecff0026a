"""The main job, end to end: the article in seeds/, as a stranger would run it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

import quotekit
from quotekit.types import Attribution, ConditionalThreat, Extraction, Speaker

SEED = Path(__file__).parents[1] / "seeds" / "security_talks.txt"
JUNK = (
    "ugc_banner",
    "main img",
    "Photograph:(Reuters)",
    "Story highlights",
    "Updated: Dec 31",
    "Web Team",
    "inputs from",
)


@pytest.fixture(scope="module")
def article() -> Extraction:
    return quotekit.extract(SEED.read_text(encoding="utf-8"))


def said(article: Extraction, words: str) -> Attribution:
    """The attribution whose content holds these words."""
    found = [a for a in article.attributions if any(words in span.text for span in a.content)]
    assert len(found) == 1, [a.content for a in article.attributions]
    return found[0]


def speaker(article: Extraction, attribution: Attribution) -> Speaker:
    return next(s for s in article.speakers if s.id == attribution.speaker_id)


def quotation_threat(article: Extraction) -> ConditionalThreat:
    return next(t for t in article.threats if len(t.condition) == 2)


def test_lavrov_is_one_speaker_with_title_and_mentions(article: Extraction) -> None:
    lavrovs = [s for s in article.speakers if "Lavrov" in s.name]
    assert [s.name for s in lavrovs] == ["Sergey Lavrov"]
    assert lavrovs[0].kind == "person"
    assert any("oreign minister" in title.lower() for title in lavrovs[0].titles)
    text = article.text
    surnames = {i for i in range(len(text)) if text.startswith("Lavrov", i)}
    held = {i for i in surnames for span in lavrovs[0].mentions if span.start <= i < span.end}
    assert held == surnames


def test_headline_lead_and_quotation_are_one_claim(article: Extraction) -> None:
    headline = said(article, "Russia will act to remove threats")
    lead = said(article, "Russia will be forced to act against")
    quotation = said(article, "a constructive response")
    assert len({a.id for a in (headline, lead, quotation)}) == 3
    assert len({a.claim_id for a in (headline, lead, quotation)}) == 1
    claim = next(c for c in article.claims if c.id == quotation.claim_id)
    assert set(claim.attribution_ids) == {headline.id, lead.id, quotation.id}
    assert claim.act == "threat"
    assert {speaker(article, a).name for a in (headline, lead, quotation)} == {"Sergey Lavrov"}
    assert (headline.kind, quotation.kind) == ("indirect", "direct")


def test_three_conditional_threats(article: Extraction) -> None:
    assert len(article.threats) == 3
    names = {s.id: s.name for s in article.speakers}
    for threat in article.threats:
        assert threat.marker is not None
        assert threat.marker.text.lower() == "if"
        assert threat.threatener is not None
        assert threat.threatener.text == "Russia"
        assert threat.issuer_id is not None
        assert names[threat.issuer_id] == "Sergey Lavrov"
    threat = quotation_threat(article)
    assert [span.text for span in threat.condition] == [
        "a constructive response does not follow within a reasonable time",
        "the West continues its aggressive line",
    ]
    assert [span.text for span in threat.consequence] == [
        "Russia will be forced to take all necessary measures to ensure a strategic balance and eliminate "
        "unacceptable threats to our security"
    ]
    assert threat.direction == "compellent"
    assert (threat.means, threat.explicitness) == ("unspecified", "veiled")
    assert threat.target is not None
    assert threat.target.text == "the West"
    assert threat.deadline is not None
    assert threat.deadline.text == "within a reasonable time"


def test_to_whom_and_when(article: Extraction) -> None:
    quotation = said(article, "a constructive response")
    assert quotation.addressee is not None
    assert quotation.addressee.text == "news agency Sputnik"
    assert quotation.cue is not None
    assert (quotation.cue.span.text, quotation.cue.lemma) == ("told", "tell")
    lead = said(article, "Russia will be forced to act against")
    assert lead.time is not None
    assert "Friday" in lead.time.text
    assert lead.date == dt.date(2021, 12, 31)


def test_documents_and_groups_speak_too(article: Extraction) -> None:
    demand = said(article, "deny membership")
    assert demand.source is not None
    assert demand.source.text.startswith("The security documents")
    assert speaker(article, demand).kind == "document"
    agreement = said(article, "hold talks on the other points")
    refusal = said(article, "to consider the demand")
    assert agreement.source is not None
    assert agreement.source.text == "They"
    assert agreement.speaker_id == refusal.speaker_id
    assert speaker(article, refusal).kind == "group"


def test_the_presidents_call_is_no_attribution(article: Extraction) -> None:
    place = article.text.index("The remarks came")
    end = article.text.index("\n", place)
    assert not any(s.start < end and s.end > place for a in article.attributions for s in a.content)


def test_junk_is_in_no_span_and_marks_are_untouched(article: Extraction) -> None:
    spans = [s for a in article.attributions for s in (a.source, a.addressee, a.time, a.venue, *a.content) if s]
    spans += [s for person in article.speakers for s in person.mentions]
    spans += [q.span for q in article.quotes]
    spans += [s for t in article.threats for s in (t.threatener, t.target, *t.condition, *t.consequence) if s]
    assert spans
    assert not [s.text for s in spans if any(junk in s.text for junk in JUNK)]
    assert article.text == SEED.read_text(encoding="utf-8")
    assert any(
        q.span.text.startswith("“If a constructive") and q.span.text.endswith("security,”") for q in article.quotes
    )
    assert article.document is not None
    assert article.document.published == dt.datetime(2021, 12, 31, 20, 29)
    assert article.document.title is not None
    assert article.document.title.endswith(": Minister Lavrov")
