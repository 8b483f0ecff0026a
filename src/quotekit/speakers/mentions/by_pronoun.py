"""Mentions by a pronoun, and the nouns that relative pronouns stand for."""

from __future__ import annotations

import functools

from quotekit.lexicon import load_table
from quotekit.reader.reading import Reading
from quotekit.speakers import names
from quotekit.speakers.mentions.context import Context
from quotekit.speakers.mentions.mention import Mention
from quotekit.speakers.mentions.phrases import noun_at

_PEOPLE = ("person", "group")
_QUANTITIES = frozenset(("number", "group", "handful", "majority", "couple", "dozens", "hundreds", "thousands", "lot"))


@functools.cache
def pronouns() -> dict[str, tuple[str, str, str, str]]:
    """Person, number, gender and case of each pronoun; the person of relative ones is "0".

    >>> pronouns()["she"]
    ('3', 'sing', 'f', 'subject')
    """
    return {row[0]: (row[1], row[2], row[3], row[4]) for row in load_table("pronouns")}


def read_pronoun(context: Context, token: int, phrase: tuple[int, int] | None = None) -> Mention | None:
    """The mention of somebody by a pronoun; None for what is no pronoun, and a relative one that stands for nothing.

    Args:
        context: What the text's phrases are read with.
        token: The pronoun.
        phrase: Characters of the source that it is; None where it is none.
    """
    reading = context.reading
    entry = pronouns().get(reading.lower(token))
    if entry is None:
        return None
    person, number, gender, case = entry
    same_as = None
    if person == "0":
        same_as = _antecedent(reading, token)
        if phrase is not None and (same_as is None or _is_thing(context, token, same_as)):
            before = _right_before(context, token)
            same_as = same_as if before is None else before
        if same_as is None and phrase is None:
            return None
    start, end = phrase or (reading._starts[token], reading._ends[token])
    return Mention(
        "pronoun",
        start,
        end,
        token,
        words=(reading.lower(token),),
        label=person,
        number=number,
        gender=gender,
        same_as=same_as,
        noun=case,
    )


def is_body_in_capitals(reading: Reading, token: int) -> bool:
    """Whether a pronoun in capitals amid other words is a body's short name ("WHO", "US")."""
    word = reading.word(token)
    if not names.is_acronym(word) or word.lower() not in pronouns():
        return False
    first, last = reading.sentence(token)
    return any(reading.word(t).islower() for t in range(first, last))


def _antecedent(reading: Reading, token: int) -> int | None:
    """The noun that a relative pronoun stands for."""
    at = token
    for _ in range(4):
        head = int(reading.heads[at])
        if head == at:
            return None
        if reading.deps[at] == "acl:relcl":
            above = int(reading.heads[head])
            # A number of cities that support the rules
            is_counted = reading.deps[head] == "nmod" and reading.lower(above) in _QUANTITIES
            return above if is_counted else head
        at = head
    return None


def _is_thing(context: Context, token: int, antecedent: int) -> bool:
    """Whether the parse ties "who" to what is nobody: “a victory for Obama, who”, “a lecture from the mayor, who”."""
    reading = context.reading
    if reading.lower(token) not in ("who", "whom") or reading.upos[antecedent] != "NOUN":
        return False
    before = token - 1 if reading.word(token - 1) != "," else token - 2
    if names.noun_kind(noun_at(reading, antecedent))[0] in _PEOPLE:
        return False
    entity = context.entity_at.get(before)
    if entity is not None:
        return entity.label == "PERSON"
    return before > antecedent and names.noun_kind(noun_at(reading, before))[0] in _PEOPLE


def _right_before(context: Context, token: int) -> int | None:
    """The noun or name that a relative pronoun follows at once, where the parse ties it to none."""
    reading = context.reading
    before = token - 1
    if before > 0 and reading.word(before) == ",":
        before -= 1
    if before < 0 or reading.upos[before] not in ("NOUN", "PROPN"):
        return None
    entity = context.entity_at.get(before)
    return context.head_of(entity) if entity is not None else before
