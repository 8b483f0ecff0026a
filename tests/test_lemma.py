from __future__ import annotations

import pytest

from quotekit.lemma import lemma


@pytest.mark.parametrize(
    ("word", "upos", "expected"),
    [
        ("said", "VERB", "say"),
        ("Told", "VERB", "tell"),
        ("is", "AUX", "be"),
        ("’ve", "AUX", "have"),
        ("n't", "PART", "not"),
        ("wo", "AUX", "will"),
        ("men", "NOUN", "man"),
        ("news", "NOUN", "news"),
        ("allies", "NOUN", "ally"),
        ("worst", "ADJ", "bad"),
        ("blogged", "VERB", "blog"),
        ("doomscrolling", "VERB", "doomscroll"),
        ("Lavrov", "PROPN", "Lavrov"),
        ("“", "PUNCT", "“"),
        ("", "VERB", ""),
        ("s", "VERB", "s"),
        ("ed", "VERB", "ed"),
    ],
)
def test_dictionary_form(word: str, upos: str, expected: str) -> None:
    assert lemma(word, upos) == expected
