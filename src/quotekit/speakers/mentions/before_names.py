"""What stands before a name and belongs to it: titles, adjectives, possessors."""

from __future__ import annotations

from quotekit.reader.reading import Reading
from quotekit.speakers import names
from quotekit.speakers.mentions.phrases import (
    POSSESSIVE_ENDINGS,
    POSSESSIVES,
    PREMODIFIERS,
    follows_blank,
    head_of_name,
    noun_at,
    role_use,
)


def phrase_start(reading: Reading, first: int, last: int) -> int:
    """First token of the noun phrase that ends with a name: titles, adjectives, possessors."""
    token = first
    while token > 0:
        before = token - 1
        if "\n" in reading.text[reading._ends[before] : reading._starts[token]]:
            break
        if names.plain(reading.word(before)) in names.titles() and reading.word(before)[:1].isupper():
            token = before
            continue
        if token == first and _is_beside(reading, before, first, last):
            token = before
            continue
        if not before < int(reading.heads[before]) < last:
            break
        if reading.upos[before] == "PRON":
            return before if reading.lower(before) in POSSESSIVES else token
        if reading.upos[before] == "DET":
            return before
        if not _premodifies(reading, before, token):
            break
        token = before
    return token


def _is_beside(reading: Reading, noun: int, first: int, last: int) -> bool:
    """Whether the parse has a small noun and the full name behind it side by side: hooker Ivo Marsh departed."""
    head = head_of_name(reading, first, last)
    return (
        last - first > 1
        and reading.upos[noun] == "NOUN"
        and reading.word(noun).islower()
        and reading.morph[noun] != "Plur"
        and reading.heads[noun] == reading.heads[head]
        and reading.deps[noun] == reading.deps[head]
        and follows_blank(reading, first)
    )


def _premodifies(reading: Reading, token: int, after: int) -> bool:
    """Whether a token before a name or its title, behind which `after` stands, belongs to the same phrase."""
    upos = reading.upos[token]
    if upos == "PUNCT":
        return reading.word(token) in ("-", "–", "’", "'", ".")
    if upos == "ADP":
        # Secretary *of* State John Kerry
        return (
            reading.lower(token) in ("of", "for")
            and reading.upos[after] == "PROPN"
            and token > 0
            and reading.upos[token - 1] == "PROPN"
        )
    relation = reading.deps[token].partition(":")[0]
    if upos == "VERB":
        return relation == "amod"
    return relation in PREMODIFIERS and upos in ("NOUN", "PROPN", "ADJ", "NUM", "PART", "SYM", "X")


def follows_kin(reading: Reading, first: int) -> bool:
    """Whether a name follows somebody's relative behind a comma: “his father, Rafael”, “whose wife, Ada”."""
    noun = first - 2
    if noun < 1 or reading.word(first - 1) != "," or reading.upos[noun] != "NOUN":
        return False
    is_kin = role_use(noun_at(reading, noun)) == "kin"
    owners = POSSESSIVES | POSSESSIVE_ENDINGS | {"whose"}
    return is_kin and any(reading.lower(t) in owners for t in (noun - 1, noun - 2) if t >= 0)
