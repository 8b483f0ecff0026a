"""What holds for every text."""

from __future__ import annotations

from fakes import same
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import quotekit
from quotekit.types import Extraction

PIECES = [
    "Anna Lund",
    "the mayor",
    "Harbour Party leader Jo Smith",
    "She",
    "they",
    "said",
    "told reporters",
    "warned",
    "according to",
    "denied",
    "that",
    "if",
    "unless",
    "we will sue",
    "the bridge closes",
    "on Friday",
    "not",
    "“",
    "”",
    '"',
    "'",
    "’",
    "‘",
    "«",
    "»",
    ",",
    ".",
    ":",
    "?",
    "\n\n",
    "\n",
    " ",
    "  ",
    "…",
    "—",
    "3 p.m.",
    "é",
    "😀",
    "\x00",
    "\ud800",
]
# Text that looks like news, and text that looks like nothing.
news = st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join)
texts = st.one_of(news, st.text(st.characters(exclude_categories=()), max_size=80))
# The network reads each example: few of them, and no deadline.
few = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@few
@given(texts)
def test_text_is_kept_and_every_span_is_true(text: str) -> None:
    found = quotekit.extract(text)
    assert found.text == text
    assert all(text[span.start : span.end] == span.text for span in found.spans())


@few
@given(texts)
def test_same_text_same_result_and_through_json(text: str) -> None:
    found = quotekit.extract(text)
    assert quotekit.extract(text) == found
    assert Extraction.model_validate_json(found.model_dump_json()) == found


@few
@given(st.lists(texts, max_size=5), st.integers(1, 5))
def test_a_batch_gives_what_its_texts_give(batch: list[str], size: int) -> None:
    assert same(quotekit.extract_many(batch, batch_size=size), (quotekit.extract(text) for text in batch))


@few
@given(news)
def test_what_belongs_together_does(text: str) -> None:
    found = quotekit.extract(text)
    attributions = {attribution.id: attribution for attribution in found.attributions}
    for claim in found.claims:
        assert all(attributions[key].claim_id == claim.id for key in claim.attribution_ids)
    for quote in found.quotes:
        if quote.attribution_id is not None:
            assert quote.id in attributions[quote.attribution_id].quote_ids
    for attribution in found.attributions:
        assert attribution.content
