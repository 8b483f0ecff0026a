from __future__ import annotations

import itertools

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from quotekit.annotate import annotate, trees
from quotekit.reader.reading import Entity, Reading

NLP = spacy.blank("en")
TEXT = "\n\nLund left. She won in Oslo."
#       0     1    2   3 4   5   6  7   8
ROWS = [
    (0, 2, "SPACE", "dep", 0),
    (2, 6, "PROPN", "nsubj", 2),
    (7, 11, "VERB", "root", 2),
    (11, 12, "PUNCT", "punct", 2),
    (13, 16, "PRON", "nsubj", 5),
    (17, 20, "VERB", "root", 5),
    (21, 23, "ADP", "case", 7),
    (24, 28, "PROPN", "obl", 5),
    (28, 29, "PUNCT", "punct", 5),
]
READING = Reading.from_rows(TEXT, ROWS, sent_starts=(0, 1, 4), entities=(Entity(1, 2, "PERSON"), Entity(7, 8, "LOC")))


def test_fills_in_everything_a_blank_doc_lacks() -> None:
    doc = NLP(TEXT)
    annotate(doc, READING)
    assert [sentence.text for sentence in doc.sents] == ["\n\nLund left.", "She won in Oslo."]
    assert [token.dep_ for token in doc] == ["dep", "nsubj", "ROOT", "punct", "nsubj", "ROOT", "case", "obl", "punct"]
    assert [token.head.i for token in doc] == [2, 2, 2, 2, 5, 5, 7, 5, 5]
    assert [token.lemma_ for token in doc][1:6] == ["Lund", "leave", ".", "she", "win"]
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("Lund", "PERSON"), ("Oslo", "LOC")]
    for kind in ("SENT_START", "POS", "LEMMA", "DEP", "ENT_IOB"):
        assert doc.has_annotation(kind, require_complete=kind != "SENT_START"), kind


def test_leaves_what_is_there() -> None:
    words = [TEXT[row[0] : row[1]] for row in ROWS]
    host = Doc(
        NLP.vocab,
        words=words,
        spaces=[False, True, False, True, True, True, True, False, False],
        pos=["X"] * 9,
        lemmas=["x"] * 9,
        heads=[0] * 9,
        deps=["ROOT", *["dep"] * 8],
        ents=["O", "B-ORG", *["O"] * 7],
    )
    assert host.text == TEXT
    before = host.to_json()
    annotate(host, READING)
    assert host.to_json() == before


def test_keeps_the_hosts_sentences() -> None:
    doc = NLP(TEXT)
    for token in doc:
        token.is_sent_start = token.i in (0, 7)
    annotate(doc, READING)
    assert [sentence.text for sentence in doc.sents] == ["\n\nLund left. She won in", "Oslo."]
    assert doc.has_annotation("DEP")


@pytest.mark.parametrize("kind", ["sents", "pos", "lemmas", "deps", "ents"])
def test_fills_in_only_what_is_asked_for(kind: str) -> None:
    doc = NLP(TEXT)
    annotate(doc, READING, [kind])
    filled = {
        "sents": doc.has_annotation("SENT_START"),
        "pos": doc.has_annotation("POS"),
        "lemmas": doc.has_annotation("LEMMA"),
        "deps": doc.has_annotation("DEP"),
        "ents": doc.has_annotation("ENT_IOB"),
    }
    # Dependencies say where sentences start.
    assert {name for name, is_there in filled.items() if is_there} == {kind} | ({"sents"} if kind == "deps" else set())


def test_empty_doc() -> None:
    annotate(NLP(""), Reading.from_rows("", []))


@settings(deadline=None)
@given(st.data())
def test_any_heads_become_one_tree_a_sentence(data: st.DataObject) -> None:
    n = data.draw(st.integers(1, 12))
    heads = data.draw(st.lists(st.integers(0, n - 1), min_size=n, max_size=n))
    kinds = data.draw(st.lists(st.sampled_from(["NOUN", "SPACE"]), min_size=n, max_size=n))
    starts = np.array([True, *data.draw(st.lists(st.booleans(), min_size=n - 1, max_size=n - 1))])
    rows = [(2 * i, 2 * i + 1, kinds[i], "dep", heads[i]) for i in range(n)]
    found, is_root, _ = trees(Reading.from_rows("a " * n, rows), starts)
    sentence = np.cumsum(starts)
    assert (sentence[found] == sentence).all()
    assert is_root.sum() == starts.sum()
    for token in range(n):
        seen = {token}
        while found[token] != token:
            token = int(found[token])
            assert token not in seen
            seen.add(token)
        assert is_root[token]
    doc = Doc(NLP.vocab, words=["a"] * n)
    for i in range(n):
        doc[i].is_sent_start = bool(starts[i])
    annotate(doc, Reading.from_rows(doc.text, rows))
    assert [bool(token.is_sent_start) for token in doc] == starts.tolist()
    assert [token.head.i for token in doc] == found.tolist()


def brought(words: list[str], spaces: list[bool]) -> Doc:
    doc = Doc(NLP.vocab, words=words, spaces=spaces)
    annotate(doc, READING)
    return doc


def test_on_tokens_that_keep_their_marks() -> None:
    doc = brought(["\n\n", "Lund", "left.", "She", "won", "in", "Oslo."], [False, *[True] * 5, False])
    assert doc.text == TEXT
    assert [token.pos_ for token in doc] == ["SPACE", "PROPN", "VERB", "PRON", "VERB", "ADP", "PROPN"]
    assert [token.lemma_ for token in doc][1:] == ["Lund", "leave", "she", "win", "in", "Oslo"]
    assert [token.head.i for token in doc] == [2, 2, 2, 4, 4, 6, 4]
    assert [sentence.text for sentence in doc.sents] == ["\n\nLund left.", "She won in Oslo."]
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("Lund", "PERSON"), ("Oslo.", "LOC")]


def test_on_merged_tokens() -> None:
    doc = brought(["\n\n", "Lund left. She", "won", "in Oslo", "."], [False, True, True, False, False])
    assert doc.text == TEXT
    # The first of the words on which nothing else in the token hangs; the sentence in its middle is none.
    assert [token.pos_ for token in doc] == ["SPACE", "VERB", "VERB", "PROPN", "PUNCT"]
    assert [sentence.text for sentence in doc.sents] == [TEXT]
    assert [token.dep_ for token in doc][1:] == ["ROOT", "dep", "obl", "punct"]
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("Lund left. She", "PERSON"), ("in Oslo", "LOC")]


def test_on_single_characters() -> None:
    doc = brought(list(TEXT), [False] * len(TEXT))
    assert doc.text == TEXT
    at = TEXT.index("left")
    assert [(token.pos_, token.dep_, token.head.i) for token in doc[at : at + 4]] == [
        ("VERB", "ROOT", at),
        *[("VERB", "dep", at)] * 3,
    ]
    assert doc[TEXT.index("Lund")].head.i == at
    assert [sentence.text for sentence in doc.sents] == ["\n\nLund left. ", "She won in Oslo."]
    assert [ent.text for ent in doc.ents] == ["Lund", "Oslo"]
    assert doc[at - 1].pos_ == "SPACE"


def test_on_two_names_in_one_token() -> None:
    text = "Oslo/Bergen"
    rows = [(0, 4, "PROPN", "root", 0), (4, 5, "SYM", "punct", 0), (5, 11, "PROPN", "conj", 0)]
    doc = Doc(NLP.vocab, words=[text])
    annotate(doc, Reading.from_rows(text, rows, entities=(Entity(0, 1, "LOC"), Entity(2, 3, "LOC"))))
    assert [(ent.text, ent.label_) for ent in doc.ents] == [(text, "LOC")]
    assert (doc[0].pos_, doc[0].dep_, doc[0].lemma_) == ("PROPN", "ROOT", text)


@settings(deadline=None)
@given(st.lists(st.integers(1, len(TEXT) - 1), unique=True))
def test_any_cut_of_the_text_gets_everything(cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), len(TEXT)]
    words = [TEXT[a:b] for a, b in itertools.pairwise(edges)]
    doc = brought(words, [False] * len(words))
    assert [token.text for token in doc] == words
    for kind in ("SENT_START", "POS", "LEMMA", "DEP", "ENT_IOB"):
        assert doc.has_annotation(kind), kind
    assert all(word.isspace() == (token.pos_ == "SPACE") for word, token in zip(words, doc, strict=True))
