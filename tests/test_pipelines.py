"""quotekit in pipelines that are built differently."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc, DocBin

import quotekit
from quotekit.errors import ClashError

TEXT = "“We wait,” Anna Lund said."


def pairs(doc: Doc) -> list[tuple[str, str]]:
    return [(span.label_, span.text) for span in doc.spans["quotekit"]]


def test_span_group_has_labels_and_survives_saving() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("quotekit")
    doc = nlp(TEXT)
    assert pairs(doc) == [("SOURCE", "Anna Lund"), ("CUE", "said"), ("CONTENT", "“We wait,”")]
    (again,) = DocBin(docs=[doc], store_user_data=True).get_docs(nlp.vocab)
    assert pairs(again) == pairs(doc)
    assert pairs(nlp(doc)) == pairs(again)


def whitespace_doc() -> Doc:
    nlp = spacy.blank("en")
    nlp.add_pipe("quotekit")
    return nlp(Doc(nlp.vocab, words=TEXT.split(" "), spaces=[True] * 4 + [False]))


def test_tokens_that_keep_punctuation_give_exact_characters_and_whole_tokens() -> None:
    doc = whitespace_doc()
    (said,) = doc._.quotekit.attributions
    assert said.cue.span.text == "said"
    assert pairs(doc)[1] == ("CUE", "said.")


def test_tokens_that_keep_punctuation_change_nothing() -> None:
    found, expected = whitespace_doc()._.quotekit, quotekit.extract(TEXT)
    assert (found.quotes, found.attributions, found.claims) == (expected.quotes, expected.attributions, expected.claims)


def test_a_group_of_other_code_is_not_overwritten() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("quotekit")
    doc = nlp.make_doc(TEXT)
    doc.spans["quotekit"] = [doc[0:1]]
    with pytest.raises(ClashError, match=r"is taken by other code.*spans_key"):
        nlp(doc)
    assert len(doc.spans["quotekit"]) == 1


@pytest.mark.parametrize("text", ["", "  \n"])
def test_empty_docs_have_an_empty_group(text: str) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("quotekit")
    assert pairs(nlp(text)) == []
