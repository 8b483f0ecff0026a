"""The text outside quotations."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import quotekit
from quotekit import outside_quotes
from quotekit.types import Extraction, Quote, Span


def extraction(marked: str) -> Extraction:
    """An extraction by hand: [speech] and {other words in marks}, which may lie in each other."""
    text, opened, quotes = "", [], []
    for char in marked:
        if char in "[{":
            opened.append((len(text), char == "["))
        elif char in "]}":
            start, is_speech = opened.pop()
            quotes.append((start, -len(text), is_speech))
        else:
            text += char
    return Extraction(
        text=text,
        quotes=tuple(
            Quote(id=f"q{i}", span=Span.of(text, start, -end), content=(), is_speech=is_speech)
            for i, (start, end, is_speech) in enumerate(sorted(quotes))
        ),
    )


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        pytest.param("", [], id="empty"),
        pytest.param(" \n ", [], id="blanks"),
        pytest.param("It rained.", ["It rained."], id="no-quotations"),
        pytest.param("[“We wait,”] she said.", ["she said."], id="one"),
        pytest.param("[“A”] he said, [“B”] and left.", ["he said,", "and left."], id="several"),
        pytest.param("[“All of it.”]", [], id="nothing-else"),
        pytest.param("[“A”]\n\n[“B”]", [], id="blanks-between"),
        pytest.param("[“A”].", ["."], id="a-mark-is-a-piece"),
        pytest.param("So [“a [‘b’] c”] it is.", ["So", "it is."], id="nested"),
        pytest.param("[[‘b’] c] it is.", ["it is."], id="nested-at-the-start"),
        pytest.param("Known as {“the Wall”}, she [“left”].", ["Known as “the Wall”, she", "."], id="nickname-stays"),
        pytest.param("{“Film [‘no’] two”} opens.", ["“Film", "two” opens."], id="speech-in-a-title"),
        pytest.param("the end [“A”] the end", ["the end", "the end"], id="same-words-twice"),
    ],
)
def test_pieces_outside_speech(marked: str, expected: list[str]) -> None:
    assert [span.text for span in outside_quotes(extraction(marked))] == expected


def test_everything_in_marks_may_be_left_out() -> None:
    found = extraction("Known as {“the Wall”}, she [“left”].")
    assert [span.text for span in outside_quotes(found, only_speech=False)] == ["Known as", ", she", "."]


def test_of_a_text_that_was_read() -> None:
    found = quotekit.extract("“The plan fails,” Anna Lund said. Bo Lind said that it works.")
    assert [span.text for span in outside_quotes(found)] == ["Anna Lund said. Bo Lind said that it works."]


@settings(deadline=None)
@given(st.lists(st.sampled_from(["a", " ", "\n", "[", "]", "😀"]), max_size=30))
def test_pieces_and_quotations_are_the_whole_text_but_for_blanks(chars: list[str]) -> None:
    marked, depth = "", 0
    for char in chars:
        depth += {"[": 1, "]": -1}.get(char, 0)
        marked += char if depth >= 0 else ""
        depth = max(depth, 0)
    found = extraction(marked + "]" * depth)
    covered = [*outside_quotes(found), *(quote.span for quote in found.quotes)]
    assert all(found.text[span.start : span.end] == span.text for span in covered)
    places = {i for span in covered for i in range(span.start, span.end)}
    assert "".join(char for i, char in enumerate(found.text) if i not in places).strip() == ""
    inside = {i for quote in found.quotes for i in range(quote.span.start, quote.span.end)}
    for span in outside_quotes(found):
        assert inside.isdisjoint(range(span.start, span.end))
        assert span.text == span.text.strip() != ""
