"""What is said of somebody beside a name: appositions, predicates, and names that nouns introduce."""

from __future__ import annotations

from quotekit.lemma import lemma
from quotekit.reader.reading import Reading
from quotekit.speakers import names
from quotekit.speakers.mentions.context import Context
from quotekit.speakers.mentions.mention import Mention
from quotekit.speakers.mentions.phrases import (
    ARTICLES,
    LONGEST_NAME,
    is_label,
    is_person_noun,
    noun_at,
    noun_phrase,
    role_use,
)
from quotekit.speakers.mentions.titles import note_occupation, read_description

_WORKING = frozenset(("work", "serve", "act"))
_NAMING = frozenset(("named", "called", "nicknamed", "dubbed"))
_KNOWN = frozenset(("known", "name", "identified", "himself", "herself", "themselves", "themself"))
"""What stands before the "as" after which somebody's name is given."""
_LONGEST_KNOWN = 2
"""Words between "known" and "as": known to all as Rolf Tveit."""
_LONGEST_APPOSITION = 12
"""Words of an apposition before the name that it gives."""


def read_appositions(context: Context, mention: Mention, name: range) -> None:
    """Reads what a name's apposition says: “Lavrov, the minister,” or “the minister, Lavrov,”."""
    _read_nouns_behind(context, mention, name)
    _read_noun_before(context, mention, name)


def _read_nouns_behind(context: Context, mention: Mention, name: range) -> None:
    """Reads what the nouns behind a name say: “Lavrov, the minister,”."""
    reading = context.reading
    for child in (c for t in name for c in reading.children(t, "appos", "parataxis", "list", "dep")):
        if child < name[-1] or not context.is_noun(child) or child in context.covered:
            continue
        noun = noun_at(reading, child)
        if mention.label == "PERSON" and len(name) == 1 and names.noun_kind(noun)[0] == "organization":
            # The reader may take a firm of one word for a person.
            mention.label = "ORG"
            context.by_apposition[child] = mention.head
        if mention.label == "PERSON" and _is_of_one(reading, child, noun):
            first, last = noun_phrase(reading, child)
            read_description(context, mention, first, last)
            mention.gender = mention.gender or names.noun_kind(noun)[1]
            context.covered.update(range(first, last))
            for other in reading.children(child, "conj"):
                # The leader's younger sister and a nurse in Lund
                first, last = noun_phrase(reading, other)
                is_person = is_person_noun(reading, other)
                if is_person and reading.upos[other] == "NOUN" and reading.morph[other] != "Plur":
                    read_description(context, mention, first, last)
                    context.covered.update(range(first, last))


def _read_noun_before(context: Context, mention: Mention, name: range) -> None:
    """Reads what the noun says whose apposition a name is: “the minister, Lavrov,”."""
    reading = context.reading
    head = int(reading.heads[mention.head])
    if (
        mention.label == "PERSON"
        and reading.deps[mention.head] == "appos"
        and reading.deps[head] == "nmod"
        and head in context.entity_at
    ):
        # Nobody has two names: not Juba is meant in "his counterpart in Juba, Rebecca Nyandeng".
        head = int(reading.heads[head])
    near = name[0] - 2 if reading.word(name[0] - 1) == "," else name[0] - 1
    if (
        near > head
        and reading.deps[mention.head] == "appos"
        and context.is_noun(near)
        and context.is_noun(head)
        and is_person_noun(reading, near)
    ):
        # Of "his wife, Ada, and his father, Ivo", Ivo is the father; "the wife of driver Emil Sand" is not he.
        head = near
    if (
        head != mention.head
        and reading.deps[mention.head] in ("appos", "flat", "nmod:desc")
        and not is_label(reading, head)
        and context.is_noun(head)
        and reading.lower(name[0] - 1) not in ("a", "an")
    ):
        noun = noun_at(reading, head)
        if mention.label == "PERSON" and names.noun_kind(noun)[0] == "person" and head < mention.head:
            first, last = noun_phrase(reading, head)
            read_description(context, mention, first, min(last, mention.head))
            mention.gender = mention.gender or names.noun_kind(noun)[1]
            mention.same_as = head
        elif mention.label == "ORG" and names.noun_kind(noun)[0] == "organization":
            mention.same_as = head
        elif mention.label in ("ORG", "LOC") and _is_bodys_part(reading, head, noun, name):
            mention.label = "ORG"
            mention.same_as = head


def _is_bodys_part(reading: Reading, head: int, noun: str, name: range) -> bool:
    """Whether a noun for people tells what a body does that is named behind it: “the buyer, Corvane Water, said”."""
    is_set_off = reading.word(name[0] - 1) == "," and reading.word(min(name[-1] + 1, len(reading) - 1)) == ","
    is_told = reading.deps[head].startswith("nsubj") and reading.morph[head] != "Plur"
    return is_set_off and is_told and names.noun_kind(noun)[0] == "person" and len(name) > 1


def _is_of_one(reading: Reading, token: int, noun: str) -> bool:
    """Whether an apposition says who one person is: by a noun for people, or any behind an article in commas."""
    kind = names.noun_kind(noun)[0]
    if reading.morph[token] == "Plur" or kind not in ("person", ""):
        return False
    first, last = noun_phrase(reading, token)
    is_set_off = reading.word(first - 1) == "," and (last >= len(reading) or reading.word(last) in (",", ".", ";"))
    return kind == "person" or (is_set_off and reading.lower(first) in ARTICLES)


def read_predicates(context: Context, mention: Mention) -> None:
    """What is said to be somebody's office: “Lavrov, who is the minister,” or “Lavrov is the minister”."""
    reading = context.reading
    clauses = reading.children(mention.head, "acl")
    for noun in reading.children(mention.head, "appos"):
        clauses.extend(reading.children(noun, "acl"))
    if reading.deps[mention.head] == "nsubj":
        clauses.append(int(reading.heads[mention.head]))
    for noun in clauses:
        if reading.upos[noun] != "NOUN" or noun < mention.head or noun in context.covered:
            continue
        copulas = [reading.lower(t) for t in reading.children(noun, "cop")]
        subjects = reading.children(noun, "nsubj")
        beside = [reading.lower(t) for t in reading.children(noun, "aux", "advmod", "cc", "mark") if t < noun]
        if copulas in (["was"], ["been"]) and not set(beside) - {"has", "had", "’s", "'s", "’d", "'d"}:
            # "Who has been harbour master for ten years": perhaps not any more, but so called.
            if [reading.lower(t) for t in subjects] == ["who"] and not context.is_quoted(reading._starts[noun]):
                note_occupation(context, mention, noun)
            continue
        if copulas not in (["is"], ["’s"], ["'s"]) or beside:
            continue
        kind, gender = names.noun_kind(noun_at(reading, noun))
        is_own = subjects == [mention.head] or (len(subjects) == 1 and reading.lower(subjects[0]) == "who")
        # What people call each other is no office.
        if kind == "person" and is_own and not context.is_quoted(reading._starts[noun]):
            first, last = noun_phrase(reading, noun)
            read_description(context, mention, max(first, mention.head + 1), last)
            mention.gender = mention.gender or gender
            if role_use(noun_at(reading, noun)) == "kin":
                context.by_apposition[noun] = mention.head
            else:
                context.covered.update(range(first, last))


def read_occupation(context: Context, mention: Mention) -> None:
    """What somebody is said to work as: “Garrow, who works as a beekeeper,” or “Garrow serves as treasurer”."""
    reading = context.reading
    verbs = reading.children(mention.head, "acl")
    if reading.deps[mention.head] == "nsubj":
        verbs = [*verbs, int(reading.heads[mention.head])]
    for verb in verbs:
        if lemma(reading.word(verb), "VERB").lower() not in _WORKING or context.is_quoted(reading._starts[verb]):
            continue
        for noun in reading.children(verb, "obl"):
            case = [reading.lower(t) for t in reading.children(noun, "case")]
            if case == ["as"] and reading.upos[noun] == "NOUN" and reading.morph[noun] != "Plur":
                note_occupation(context, mention, noun)


def named_behind(context: Context, last: int, label: str) -> int | None:
    """Head of the name that stands between commas after a noun: the telephone company, Northgate Telecom, said.

    Signs alone tell it, for the parse ties such a name to whatever noun is near.
    """
    reading = context.reading
    first = last + 2
    if first >= len(reading) or reading.word(last + 1) != ",":
        return introduced_as(context, last + 1) if label == "PERSON" else None
    if label == "PERSON" and (named := introduced_as(context, last + 1)) is not None:
        return named
    # The first witness, site engineer Ada Quist, said; her rival, the former judge Ivo Marsh, said
    most = min(first + LONGEST_NAME, len(reading) - 1)
    first += reading.lower(first) == "the"
    while first < most and reading.upos[first] in ("NOUN", "PROPN", "ADJ"):
        own = context.entity_at.get(first)
        if own is not None and (label != "PERSON" or own.last - own.first > 1 or own.last == most):
            break
        # Lund police officer Ada Quist
        first += 1 + (reading.word(first + 1) == ".")
    entity = context.entity_at.get(first)
    if entity is None or entity.label != label or entity.last >= len(reading):
        return None
    if entity.first < last + 2 or (label == "PERSON" and entity.last - entity.first < 2):
        return None
    after = entity.last + 1
    closes = reading.word(entity.last) == "," and not (
        after < len(reading) and (reading.upos[after] == "CCONJ" or context.entity_at.get(after) is not None)
    )
    joined = reading.children(context.head_of(entity), "conj")
    return context.head_of(entity) if closes and not joined else None


def introduced_as(context: Context, first: int) -> int | None:
    """Head of the name that what follows a noun gives: a guest, a baker named Rolf Tveit.

    It is an apposition, a clause ("who gave her name as Mina"), or "named" and its like at once.
    """
    reading = context.reading
    if first >= len(reading):
        return None
    is_apposition = reading.word(first) == ","
    first += is_apposition
    opening = reading.lower(first) if first < len(reading) else ""
    if opening not in ("who", *_NAMING, "known") and not (is_apposition and opening in ("a", "an", "the")):
        return None
    people = -1 if opening in ("a", "an", "the") else 0
    for token in range(first + 1, min(first + _LONGEST_APPOSITION, len(reading))):
        if reading.upos[token] == "PUNCT" and reading.word(token) not in ("-", "–"):
            return None
        people += reading.upos[token] == "NOUN" and is_person_noun(reading, token)
        if people > 0:
            # A friend of a singer named Ada Quist
            return None
        is_naming = reading.lower(token - 1) in _NAMING or is_as_known(reading, token)
        entity = context.entity_at.get(token)
        if is_naming and entity is not None and entity.label == "PERSON" and entity.first == token:
            return context.head_of(entity)
    return None


def named_before(context: Context, tokens: list[int]) -> int | None:
    """Head of the name that a noun with "a" or "an" stands behind, between commas: Dag Moe, a priest in Lund, said.

    The parse may tie such a noun to the verb.
    """
    reading = context.reading
    comma, last = tokens[0] - 1, tokens[-1]
    if comma < 1 or reading.word(comma) != "," or reading.lower(tokens[0]) not in ("a", "an"):
        return None
    entity = context.entity_at.get(comma - 1)
    after = last + 1
    if entity is None or entity.label != "PERSON" or entity.last != comma or after >= len(reading):
        return None
    closes = reading.word(after) in (".", ";") or (
        reading.word(after) == "," and after + 1 < len(reading) and reading.upos[after + 1] != "CCONJ"
    )
    # Of “Ada Quist, a priest, a baker and …” each may be somebody.
    is_listed = after + 1 < len(reading) and reading.upos[after + 1] in ("DET", "PROPN")
    before = reading.word(entity.first - 1) if entity.first else ""
    return None if not closes or is_listed or before == "," else context.head_of(entity)


def is_as_known(reading: Reading, first: int) -> bool:
    """Whether a name is what somebody is known as, and no part of it a title: a smith known as Baba Sodiq."""
    if first < 2 or reading.lower(first - 1) != "as":
        return False
    return any(reading.lower(token) in _KNOWN for token in range(max(0, first - 2 - _LONGEST_KNOWN), first - 1))
