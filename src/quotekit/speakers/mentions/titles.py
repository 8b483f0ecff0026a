"""What somebody is said to be: titles, affiliations, relatives, party, place and age."""

from __future__ import annotations

import re
from collections.abc import Iterable

from quotekit.reader.reading import Reading
from quotekit.speakers import names
from quotekit.speakers.mentions.context import Context
from quotekit.speakers.mentions.mention import Mention
from quotekit.speakers.mentions.phrases import (
    AGE,
    ARTICLES,
    POSSESSIVE_ENDINGS,
    POSSESSIVES,
    noun_at,
    noun_phrase,
    role_use,
    title_kind,
)

PARTIES = {"R": "republican", "D": "democrat", "I": "independent"}
_DISTRICT = re.compile(r",? \(?([RDI])[-–]((?:[A-Z][\w.]*)(?: [A-Z][\w.]*)*)|,? \(([RDI])\)")
_LAST_AGE = re.compile(r", (\d{1,3})[.;](?!\d)")
"""The age behind a name with which a sentence ends."""
_LONGEST_TITLE = 90


def read_title(context: Context, mention: Mention, tokens: range) -> None:
    """Reads a title out of what stands before a name."""
    reading = context.reading
    kept = [t for t in tokens if reading.upos[t] != "PUNCT" or reading.word(t) in ("-", "–")]
    if not kept:
        return
    words = [reading.word(t) for t in kept]
    if all(title_kind(w) == "address" for w in words):
        return
    # Minister of Education
    head = next((kept[at - 1] for at, t in enumerate(kept) if at and reading.upos[t] == "ADP"), kept[-1])
    kind = title_kind(reading.word(head))
    noun = noun_at(reading, head)
    use = role_use(noun)
    if use == "kin":
        mention.is_kin = True
    elif use == "no office" and reading.morph[head] != "Plur":
        # Democrat Ada Quist, victim Ivo Marsh
        mention.described.append(noun)
    elif use != "no office" and (
        kind
        or names.noun_kind(noun)[0] == "person"
        or reading.upos[head] == "NOUN"
        or reading.deps[head] == "nmod:desc"
    ):
        start, end = reading._starts[kept[0]], reading._ends[kept[-1]]
        if end - start <= _LONGEST_TITLE:
            mention.titles.append(" ".join(reading.text[start:end].split()))
    mention.affiliation = mention.affiliation or find_affiliation(context, kept)
    _relate(context, mention, tokens)


def find_affiliation(context: Context, tokens: Iterable[int]) -> str | None:
    """A body or place named in a title, or the place of its adjective."""
    reading = context.reading
    tokens = list(tokens)
    for token in tokens:
        entity = context.entity_at.get(token)
        if entity is not None and entity.label in ("ORG", "LOC"):
            inside = [t for t in range(entity.first, entity.last) if t in tokens or entity.first >= tokens[0]]
            while inside and (reading.lower(inside[-1]) in POSSESSIVE_ENDINGS or reading.upos[inside[-1]] == "PUNCT"):
                inside.pop()
            while inside and reading.upos[inside[0]] == "DET":
                inside.pop(0)
            if inside:
                words = reading.text[reading._starts[inside[0]] : reading._ends[inside[-1]]]
                return names.demonyms().get(words.lower(), words)
        for size in (2, 1):
            phrase = " ".join(reading.lower(t) for t in range(token, min(token + size, len(reading))))
            if phrase in names.demonyms():
                return names.demonyms()[phrase]
    return None


def read_description(context: Context, mention: Mention, first: int, last: int) -> None:
    """Reads what a noun phrase beside a name calls somebody: a title, or whose relative."""
    reading = context.reading
    tokens = list(range(first, last))
    owned = bool(tokens) and reading.lower(tokens[0]) in POSSESSIVES
    while tokens and (
        reading.upos[tokens[0]] in ("PUNCT", "SPACE") or reading.lower(tokens[0]) in POSSESSIVES | ARTICLES
    ):
        tokens.pop(0)
    while tokens and reading.upos[tokens[-1]] in ("PUNCT", "SPACE"):
        tokens.pop()
    if not tokens:
        return
    nouns = [noun_at(reading, t) for t in tokens if reading.upos[t] == "NOUN"]
    uses = {role_use(noun) for noun in nouns}
    if "kin" in uses:
        # "A niece" is a relative of whom the text is about.
        is_bare = first + len(tokens) == last - 1 and reading.lower(first) in ("a", "an")
        is_kin = owned or is_bare or any(reading.lower(t) in ("of", "'s", "’s") for t in tokens)
        mention.is_kin = mention.is_kin or is_kin
        if is_bare:
            mention.described.append(nouns[-1])
    elif uses != {"no office"}:
        title = " ".join(reading.text[reading._starts[tokens[0]] : reading._ends[tokens[-1]]].split())
        if len(title) <= _LONGEST_TITLE and title not in mention.titles:
            mention.titles.append(title)
    mention.affiliation = mention.affiliation or find_affiliation(context, tokens)
    _relate(context, mention, range(first, last))


def _relate(context: Context, mention: Mention, tokens: Iterable[int]) -> None:
    """Reads whose relative, lawyer or rival one is: “his sister, Ada Quist”, “Ivo Marsh, a lawyer for Quist”."""
    reading = context.reading
    for token in tokens:
        noun = noun_at(reading, token)
        if reading.upos[token] != "NOUN" or noun not in names.counterparts() or mention.relation is not None:
            continue
        for other in reading.children(token, "nmod:poss", "nmod"):
            case = {reading.lower(t) for t in reading.children(other, "case")}
            entity = context.entity_at.get(other)
            if reading.deps[other] == "nmod" and not case & {"of", "for", "to"}:
                continue
            if entity is not None:
                mention.relation = (noun, context.head_of(entity))
            elif reading.lower(other) in POSSESSIVES or reading.upos[other] == "NOUN":
                mention.relation = (noun, other)


def read_district(reading: Reading, mention: Mention, last: int) -> None:
    """Reads party and place behind a politician's name: “Finch (D-Ohio)”, “Finch, D-Ohio,”."""
    found = _DISTRICT.match(reading.text, reading._ends[last - 1])
    if found is not None:
        places = found[2].split() if found[2] else []
        mention.described.extend((PARTIES[found[1] or found[3]], *(names.plain(word) for word in places)))


def read_age(reading: Reading, mention: Mention, last: int) -> None:
    """Reads the age behind a name: “Maren Holt, 71, said”, “said Holt, 71.”."""
    end = reading._ends[last - 1]
    found = AGE.match(reading.text, end) or _LAST_AGE.match(reading.text, end)
    if found is not None:
        mention.described.append(f"{found[1]}-year-old")


def note_occupation(context: Context, mention: Mention, noun: int) -> None:
    """Keeps what somebody is called, where it is no title: the noun with the words before it."""
    reading = context.reading
    first, last = noun_phrase(reading, noun)
    words = [reading.lower(t) for t in range(first, noun) if reading.upos[t] in ("NOUN", "PROPN", "ADJ")]
    mention.described.append(" ".join([*words, noun_at(reading, noun)]))
    context.covered.update(range(first, last))
