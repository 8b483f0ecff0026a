"""Comparing mentions by what the network makes of them in their context."""

from __future__ import annotations

import dataclasses

import numpy as np
import spacy

from quotekit.attributions import find_attributions
from quotekit.document import describe
from quotekit.quotes import find_quotes
from quotekit.reader import shipped_reader
from quotekit.reader.reading import Reading
from quotekit.speakers.mention_pairs import FARTHEST, MentionPairs, compared, distance, phrase
from quotekit.speakers.mentions import Collector, Mention
from quotekit.types import Extraction

TEXT = (
    "The surgeon Ada Quist met the farmer Ivo Pell in Marrow on Monday. "
    "The surgeon said the hospital would close. He said the harvest was lost."
)


def read(text: str) -> tuple[Reading, dict[str, Mention]]:
    (reading,) = shipped_reader().read([spacy.blank("en").make_doc(text)])
    extraction = Extraction(text=text, document=describe(text))
    found = find_attributions(reading, find_quotes(reading, extraction))
    return reading, {text[m.start : m.end]: m for m in Collector(reading, found).collect()}


def test_the_words_around_mentions_tell_who_is_meant() -> None:
    reading, mentions = read(
        "Mrs Anna Lund, a widow, wrote to Mr Tom Berg, her landlord. She said the roof was leaking."
    )
    woman, man = (next(m for words, m in mentions.items() if words.endswith(name)) for name in ("Lund", "Berg"))
    she, he = MentionPairs(reading, list(mentions.values())).scores(mentions["She"], [[woman], [man]]) or [0.0] * 2
    assert she > he + 1


def test_scores_do_not_depend_on_the_order_of_parties() -> None:
    reading, mentions = read(TEXT)
    some = list(mentions.values())[:2]
    pairs = MentionPairs(reading, list(mentions.values()))
    one = pairs.scores(mentions["He"], [[some[0]], [some[1]]])
    other = pairs.scores(mentions["He"], [[some[1]], [some[0]]])
    assert one is not None
    assert other is not None
    np.testing.assert_allclose(one, other[::-1], rtol=1e-5)


def test_a_reading_without_encodings_tells_nothing() -> None:
    reading, mentions = read(TEXT)
    bare = dataclasses.replace(reading, meanings=None)
    assert MentionPairs(bare, list(mentions.values())).scores(mentions["He"], [list(mentions.values())]) is None


def test_nobody_is_told_of_without_mentions() -> None:
    reading, mentions = read(TEXT)
    assert MentionPairs(reading, list(mentions.values())).scores(mentions["He"], [[], []]) == [0.0, 0.0]


def test_the_latest_and_the_first_mentions_are_compared_once() -> None:
    mentions = [Mention("pronoun" if i % 3 else "name", 10 * i, 10 * i + 4, i, sentence=i) for i in range(8)]
    later = Mention("pronoun", 100, 102, 9, sentence=9)
    assert [m.head for m in compared(mentions, later)] == [7, 6, 5, 4, 0, 3]
    assert [distance(later, m) for m in compared(mentions, later)] == [2, 3, 4, 5, 7, 6]


def test_nobody_is_compared_who_comes_later() -> None:
    early, late = Mention("pronoun", 0, 2, 0, sentence=1), Mention("name", 10, 14, 4, sentence=30)
    assert compared([late], early) == []
    assert distance(late, early) == FARTHEST


def test_a_long_phrase_is_cut() -> None:
    text = " ".join(["very"] * 30)
    (reading,) = shipped_reader().read([spacy.blank("en").make_doc(text)])
    assert phrase(reading, Mention("nominal", 0, len(text), 3)) == (3, 0, 8)
