"""Mentions by a noun: “the spokesman for the ministry”, “her campaign”."""

from __future__ import annotations

import re

from quotekit.lemma import lemma
from quotekit.reader.reading import Reading
from quotekit.speakers import names
from quotekit.speakers.mentions.appositions import introduced_as, named_before, named_behind
from quotekit.speakers.mentions.context import Context
from quotekit.speakers.mentions.mention import Mention
from quotekit.speakers.mentions.phrases import (
    HYPHENS,
    POSSESSIVE_ENDINGS,
    POSSESSIVES,
    is_label,
    is_person_noun,
    noun_at,
    noun_phrase,
)
from quotekit.speakers.mentions.several import group, is_coordination, is_one_person
from quotekit.speakers.mentions.titles import find_affiliation

_DEFINITE = frozenset(("the", "this", "that", "these", "those", "both", "such"))
_YEARS_OLD = re.compile(r"(\d+|[a-z]+)-years?-old", re.IGNORECASE)
_LONGEST_PHRASE = 200


def read_person_or_body(context: Context, token: int) -> Mention | None:
    """A noun for a person or body that is no attribution's source."""
    reading = context.reading
    relation = reading.deps[token]
    if relation in ("compound", "flat", "nmod:desc", "fixed", "goeswith"):
        return None
    noun = noun_at(reading, token)
    kind, _ = ("person", "") if noun == "old" and reading.word(token - 1) == "-" else names.noun_kind(noun)
    if kind not in ("person", "organization", "group"):
        return None
    first, last = noun_phrase(reading, token)
    tokens = [t for t in range(first, last) if reading.upos[t] not in ("PUNCT", "SPACE")]
    if not tokens:
        return None
    if is_coordination(context, list(range(*reading.subtree(token))), token) and relation.startswith("nsubj"):
        first, last = reading.subtree(token)
        start, end = reading._starts[first], reading._ends[last - 1]
        if end - start <= _LONGEST_PHRASE:
            return group(start, end, token, tuple(reading.word(t) for t in range(first, last)))
    start, end = reading._starts[first], reading._ends[last - 1]
    if end - start > _LONGEST_PHRASE or "\n\n" in reading.text[start:end]:
        return None
    return read_noun(context, token, tokens, start, end)


def read_noun(context: Context, head: int, tokens: list[int], start: int, end: int) -> Mention:
    """The mention of somebody or something by a noun.

    Args:
        context: What the text's phrases are read with.
        head: The noun's token.
        tokens: The phrase's tokens, without punctuation.
        start: Offset of the phrase's first character.
        end: Offset after its last.
    """
    reading = context.reading
    noun, word, tokens = _uncut(reading, head, tokens, start, end)
    before = [t for t in tokens if t < head]
    kind, gender = _kind(context, head, noun, tokens)
    plural = reading.morph[head] == "Plur" or reading.lower(head) in ("people", "police")
    first_word = reading.lower(tokens[0])
    possessed = first_word in POSSESSIVES or any(reading.deps[t] == "nmod:poss" for t in before)
    joined = [c for c in reading.children(head, "conj") if c in tokens]
    until = head if kind == "person" and joined and is_one_person(context, tokens, head, joined) else tokens[-1]
    after = [t for t in tokens if head < t <= until and reading.lower(t) not in POSSESSIVE_ENDINGS]
    mention = Mention(
        "nominal",
        start,
        end,
        head,
        words=(*(reading.lower(t) for t in before if reading.upos[t] not in ("DET", "PUNCT")), word),
        label=kind,
        noun=noun,
        number="plur" if plural else "sing",
        gender=gender,
        definite=first_word in _DEFINITE or possessed,
        has_complement=bool(after)
        and not ((kind == "document" or noun == "paper") and [reading.lower(t) for t in after] == ["itself"]),
        lacks_article=not plural
        and kind in ("person", "organization", "document")
        and (reading.sent_starts[tokens[0]] or start < context.headline_end)
        and not any(reading.upos[t] in ("DET", "PRON") or reading.deps[t] == "nmod:poss" for t in before),
    )
    if not after:
        # Trump's campaign, the Trump campaign, his campaign
        mention.owner = next(
            (
                t
                for t in before
                if reading.deps[t] == "nmod:poss" or (reading.deps[t] == "compound" and _owns(context, t, kind))
            ),
            None,
        )
    mention.affiliation = find_affiliation(context, tokens)
    mention.same_as = _same_by_parse(context, head, kind)
    if mention.same_as is None and not plural and kind in ("person", "organization", ""):
        mention.same_as = named_behind(context, tokens[-1], "ORG" if kind == "organization" else "PERSON")
        if mention.same_as is None and kind == "person" and after:
            # One who gave his name as Ivo Marsh
            mention.same_as = introduced_as(context, head + 1)
        if mention.same_as is None and kind == "person":
            mention.same_as = named_before(context, tokens)
            # What is told of a subject is no new mention that a pronoun could take up.
            mention.is_modifier = mention.same_as is not None
    return mention


def _uncut(reading: Reading, head: int, tokens: list[int], start: int, end: int) -> tuple[str, str, list[int]]:
    """A noun's dictionary form, its word and the phrase's tokens, where a tokenizer has cut it put together again."""
    word = reading.lower(head)
    noun = lemma(reading.word(head), reading.upos[head]).lower()
    if reading.upos[head] == "PROPN" and names.noun_kind(noun_at(reading, head))[0]:
        # At a sentence's start a noun may be read as a name.
        noun = noun_at(reading, head)
    if noun == "old" and (years := _YEARS_OLD.search(reading.text, start, end)) is not None:
        # A tokenizer may cut "the 71-year-old" at its hyphens.
        noun = word = years[0].lower()
        tokens = [t for t in tokens if t == head or not years.start() <= reading._starts[t] < years.end()]
    if (whole := _hyphenated(reading, head, noun)) is not None:
        noun = word = whole
        tokens = [t for t in tokens if not head - 2 <= t < head]
    if noun == "op" and reading.text[reading._starts[head] - 3 : reading._starts[head]].lower() == "co-":
        noun = word = "co-op"
        tokens = [t for t in tokens if not head - 2 <= t < head]
    return noun, word, tokens


def _kind(context: Context, head: int, noun: str, tokens: list[int]) -> tuple[str, str]:
    """What a noun stands for, and its gender."""
    reading = context.reading
    kind, gender = names.noun_kind(noun)
    before = [t for t in tokens if t < head]
    if kind != "group" and any(_YEARS_OLD.fullmatch(reading.word(t)) for t in before):
        # A 52-year-old operator is no firm.
        kind = "person"
    pair = f"{reading.lower(head - 1)} {noun}" if before and head - 1 in before else ""
    if pair in names.roles():
        kind, gender, _ = names.roles()[pair]
    elif noun == "head" and before and reading.lower(before[0]) in POSSESSIVES:
        kind = "person" if named_behind(context, tokens[-1], "PERSON") is not None else ""
    return kind, gender


def _same_by_parse(context: Context, head: int, kind: str) -> int | None:
    """Head of the name that the parse ties to a noun as its apposition, or whose apposition the noun is."""
    reading = context.reading
    same_as = context.by_apposition.get(head)
    above = context.entity_at.get(int(reading.heads[head])) if reading.deps[head] == "appos" else None
    if above is not None and above.label == "ORG" and kind == "organization" and above.last <= head:
        same_as = context.head_of(above)
    for child in () if is_label(reading, head) else reading.children(head, "appos"):
        entity = context.entity_at.get(child)
        # Of "a guest, a Lisbon baker", Lisbon is not the guest.
        is_one = any(reading.lower(t) in ("a", "an") for t in reading.children(child, "det"))
        near = child - 1
        is_others = near > head and reading.upos[near] == "NOUN" and is_person_noun(reading, near)
        if entity is not None and entity.label in ("PERSON", "ORG") and not (is_one or is_others):
            same_as = context.head_of(entity)
    return same_as


def _hyphenated(reading: Reading, head: int, noun: str) -> str | None:
    """An office that a tokenizer has cut at its hyphen: vice-chancellor."""
    if head < 2 or reading.word(head - 1) not in HYPHENS:
        return None
    start = reading._starts[head - 2]
    whole = f"{reading.lower(head - 2)}-{noun}"
    is_one = reading._ends[head] - start == len(whole) and (whole in names.roles() or whole in names.titles())
    return whole if is_one else None


def _owns(context: Context, token: int, kind: str) -> bool:
    """Whether a name before a noun says whose it is; the New York senator is not New York's own."""
    entity = context.entity_at.get(token)
    return entity is not None and (kind != "person" or entity.label in ("PERSON", "ORG"))
