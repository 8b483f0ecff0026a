from __future__ import annotations

import pickle

import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from quotekit.tokenizer import create_tokenizer

NLP = spacy.blank("en")
TOKENIZER = create_tokenizer()(NLP)


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=300), st.integers(1, 300))
def test_tokens_give_back_the_text(text: str, times: int) -> None:
    long = text + text[:3] * times
    assert TOKENIZER(long).text == long


def test_ordinary_text_is_split_as_spacy_does() -> None:
    text = "“We won't,” he said.\n\nSee https://example.org/a/b (3 p.m.)   now."
    assert [token.text for token in TOKENIZER(text)] == [token.text for token in NLP(text)]


def test_pickles_and_saves() -> None:
    again = pickle.loads(pickle.dumps(TOKENIZER))
    assert len(again("“" * 1000)) == 1000
    assert [token.text for token in again("don't")] == ["do", "n't"]
    other = create_tokenizer()(spacy.blank("en")).from_bytes(TOKENIZER.to_bytes())
    assert [token.text for token in other("don't")] == ["do", "n't"]
