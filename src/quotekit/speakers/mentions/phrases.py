"""Phrases of a reading: where they begin and end, what their nouns are, and words that several rules share."""

from __future__ import annotations

import re

from quotekit.lemma import lemma
from quotekit.reader.reading import Reading
from quotekit.speakers import names

PREMODIFIERS = ("amod", "compound", "flat", "nmod", "nummod", "case", "goeswith")
_BEFORE_NOUN = (*PREMODIFIERS, "det", "advmod", "punct")
_AFTER_NOUN = ("nmod", "flat", "compound", "fixed", "goeswith", "nummod", "case", "amod")
POSSESSIVES = frozenset(("my", "your", "his", "her", "its", "our", "their"))
POSSESSIVE_ENDINGS = frozenset(("'s", "’s", "'", "’"))
HYPHENS = ("-", "‐", "‑")
ARTICLES = frozenset(("the", "a", "an", "this", "that", "another", "both", "one", "some", "any"))
"""What opens a phrase and says nothing of whom it means."""
AGE = re.compile(r",? \(?(\d{1,3})[,)]")
"""The age behind a name: “Maren Holt, 71, said”."""
LONGEST_NAME = 4
"""Words of a person's name."""


def noun_at(reading: Reading, token: int) -> str:
    """Dictionary form of a token, taken for a noun; in small letters."""
    return lemma(reading.word(token), "NOUN").lower()


def is_person_noun(reading: Reading, token: int) -> bool:
    """Whether a token, taken for a noun, is one for people."""
    return names.noun_kind(noun_at(reading, token))[0] == "person"


def title_kind(word: str) -> str:
    """What kind of title a word is: office, rank, address or honorific; empty where it is none.

    >>> title_kind("Senator"), title_kind("Ada")
    ('office', '')
    """
    return names.titles().get(names.plain(word), ("",))[0]


def role_use(noun: str) -> str:
    """How a noun for what somebody is may be used: of kin, for no office; empty where nothing is known.

    >>> role_use("niece")
    'kin'
    """
    return names.roles().get(noun, ("", "", ""))[2]


def noun_phrase(reading: Reading, head: int) -> tuple[int, int]:
    """First token and token after the last of a noun phrase, without clauses, appositions and conjuncts."""
    first, last = head, head + 1
    for child in reversed([c for c in reading.children(head) if c < head]):
        start, end = reading.subtree(child)
        if (
            end != first
            or reading.deps[child].partition(":")[0] not in _BEFORE_NOUN
            or reading.upos[child] in ("ADP", "SPACE")
        ):
            break
        first = start
    for child in (c for c in reading.children(head) if c > head):
        start, end = reading.subtree(child)
        if start != last or reading.deps[child].partition(":")[0] not in _AFTER_NOUN or reading.word(start) == ",":
            break
        last = end
    while first < head and (
        reading.upos[first] in ("PUNCT", "SPACE", "CCONJ", "SCONJ")
        or (reading.deps[first] == "advmod" and reading.upos[first] == "ADV")
    ):
        first += 1
    while last - 1 > head and reading.upos[last - 1] in ("PUNCT", "SPACE"):
        last -= 1
    return first, last


def head_of_name(reading: Reading, first: int, last: int) -> int:
    """The token of a name on which its others depend; its first where the parse has none."""
    for token in range(first, last):
        head = int(reading.heads[token])
        if (head == token or not first <= head < last) and reading.upos[token] != "PUNCT":
            return token
    return first


def is_label(reading: Reading, token: int) -> bool:
    """Whether a word is a transcript's label, and nobody whom the words behind it name: HOST: Ada, hello."""
    return reading.word(token).isupper() and token + 1 < len(reading) and reading.word(token + 1) == ":"


def follows_blank(reading: Reading, token: int) -> bool:
    """Whether a blank alone stands before a token."""
    return reading.text[reading._ends[token - 1] : reading._starts[token]] in (" ", "\u00a0")
