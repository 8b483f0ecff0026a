"""Phrases that speak of several, and those that only look like it."""

from __future__ import annotations

from quotekit.reader.reading import Reading
from quotekit.speakers import names
from quotekit.speakers.mentions.appositions import named_behind
from quotekit.speakers.mentions.context import Context
from quotekit.speakers.mentions.mention import Mention
from quotekit.speakers.mentions.phrases import POSSESSIVES, is_person_noun


def group(start: int, end: int, head: int, words: tuple[str, ...]) -> Mention:
    """The mention of several, by the phrase's characters, its head and its words."""
    return Mention("group", start, end, head, words=words, label="group", number="plur", definite=True)


def is_coordination(context: Context, tokens: list[int], head: int) -> bool:
    """Whether a phrase speaks of several who are joined by "and" or "or"."""
    reading = context.reading
    inside = set(tokens)
    members = [c for c in reading.children(head, "conj") if c in inside]
    own = context.entity_at.get(head)
    if not members or (own is not None and any(context.entity_at.get(c) is own for c in members)):
        return False
    if is_one_person(context, tokens, head, members) or _is_body_or_letters(reading, tokens):
        return False
    return any(
        reading.lower(c) in ("and", "&", "or", "both")
        for m in (head, *members)
        for c in reading.children(m, "cc")
        if c in inside
    ) and all(reading.upos[m] in ("NOUN", "PROPN", "PRON", "NUM", "ADJ") for m in members)


def _is_body_or_letters(reading: Reading, tokens: list[int]) -> bool:
    """Whether a source is a body's name and, behind "or", its letters: the Northern Dock League, or NDL."""
    at = next((i for i, t in enumerate(tokens) if reading.lower(t) == "or"), 0)
    if not at or at != len(tokens) - 2:
        return False
    whole = names.initials([reading.word(t) for t in tokens[:at]])
    return names.plain(reading.word(tokens[-1])) in whole


def names_several(context: Context, tokens: list[int]) -> bool:
    """Whether a source ends with the names of several people: “senators Ann Lee and Tom Ray”."""
    people = list(dict.fromkeys(e for t in tokens if (e := context.entity_at.get(t)) is not None))
    if len(people) < 2 or any(e.label != "PERSON" for e in people[-2:]) or people[-1].last <= tokens[-1]:
        return False
    last, before = people[-1], people[-2]
    if before.last + 1 != last.first:
        return False
    # Headlines join by a comma: Quist, Marsh
    is_bare = all(t in context.entity_at for t in tokens) and len(people) == len(tokens)
    sign = context.reading.lower(before.last)
    return sign in ("and", "&") or (sign in (",", "/") and is_bare)


def joins_others(context: Context, tokens: list[int]) -> bool:
    """Whether a source is a name, "and", and others, by their words: the parse may tie the second to something else.

    In "Norway and Arsenal striker Ada Quist" the names say what one person is.
    """
    reading = context.reading
    first = tokens[1] if reading.upos[tokens[0]] == "DET" and len(tokens) > 1 else tokens[0]
    own = context.entity_at.get(first)
    if own is None or own.first != first or own.label not in ("PERSON", "ORG", "LOC") or own.last not in tokens:
        return False
    rest = [t for t in tokens if t > own.last]
    if reading.lower(own.last) not in ("and", "&") or not rest:
        return False
    other, ending = context.entity_at.get(rest[0]), context.entity_at.get(rest[-1])
    is_name = other is not None and other.last - 1 == rest[-1] and other.label in ("PERSON", "ORG", "LOC")
    is_led = reading.upos[rest[0]] in ("DET", "PRON") or (
        reading.upos[rest[0]] == "ADJ" and reading.lower(rest[0]) in ("other", "many", "several", "most")
    )
    is_one = own.label != "PERSON" and ending is not None and ending.label == "PERSON"
    return (is_name or is_led) and not is_one and not any(reading.upos[t] in ("VERB", "AUX") for t in rest)


def is_one_person(context: Context, tokens: list[int], head: int, members: list[int]) -> bool:
    """Whether two nouns under one article describe one person: “the former minister and party leader”."""
    reading = context.reading
    first = reading.lower(tokens[0])
    # His father and agent, Wilson Mora, said
    is_called = first in POSSESSIVES and named_behind(context, tokens[-1], "PERSON") is not None
    if (first not in ("the", "a", "an") and not is_called) or reading.upos[head] != "NOUN":
        return False
    return all(
        reading.upos[t] == "NOUN"
        and reading.morph[t] != "Plur"
        and is_person_noun(reading, t)
        and not (t != head and reading.children(t, "det", "nmod:poss"))
        for t in (head, *members)
    )
