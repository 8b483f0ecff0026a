"""The name inside a source whose head is another word: an office, a descriptor, a body's letters."""

from __future__ import annotations

import itertools

from quotekit.reader.reading import Entity, Reading
from quotekit.speakers import names
from quotekit.speakers.described import body_before, is_descriptor, is_office
from quotekit.speakers.mentions.context import Context
from quotekit.speakers.mentions.phrases import LONGEST_NAME, POSSESSIVE_ENDINGS, is_person_noun, noun_at, title_kind


def described_body(context: Context, tokens: list[int], head: int) -> Entity | None:
    """The body's name beside a noun that only says what it is: payroll processor Staffline, the NTK news agency."""
    reading = context.reading
    behind = context.entity_at.get(head + 1)
    if (
        behind is not None
        and behind.first == head + 1
        and behind.label == "ORG"
        and head + 1 in tokens
        and is_descriptor(reading, head)
    ):
        return behind
    return body_before(reading, head, context.entity_at) if head == tokens[-1] else None


def holds_office_of(reading: Reading, tokens: list[int], name: Entity) -> bool:
    """Whether an office without article, with what it is of, stands before a full name: Head of news Ada Quist."""
    office, before = tokens[0], _before_address(reading, name.first)
    while (
        office < before
        and reading.upos[office] in ("ADJ", "NOUN", "PROPN")
        and (not is_office(reading, office) or reading.lower(office + 1) not in ("of", "for"))
    ):
        # Federal Minister, Block president
        office += 1
    if name.label != "PERSON" or name.last - name.first < 2 or before <= office + 1:
        return False
    is_person = is_person_noun(reading, before)
    of_it = reading.lower(office + 1) in ("of", "for") and reading.upos[before] in ("NOUN", "PROPN")
    return is_office(reading, office) and of_it and not is_person and name.last - 1 == tokens[-1]


def _before_address(reading: Reading, first: int) -> int:
    """The token before a name and the titles right before it that do not say what somebody is: Dr, Uncle."""
    before = first - 1
    while before > 0 and (
        (reading.word(before)[:1].isupper() and title_kind(reading.word(before)) in ("address", "honorific"))
        or (reading.word(before) == "." and reading.upos[before] == "PUNCT")
    ):
        before -= 1
    return before


def counts_children(reading: Reading, noun: int, name: Entity) -> bool:
    """Whether "of" and a number alone stand between a noun for a parent and a name."""
    return name.label == "PERSON" and name.first == noun + 3 and reading.upos[noun + 2] == "NUM"


def office_holder(context: Context, tokens: list[int]) -> Entity | None:
    """The full name right behind an office that a body or another is named for: Northgate spokeswoman Ada Quist.

    The parse may take what stands first for the head.
    """
    reading = context.reading
    ending = context.entity_at.get(tokens[-1])
    if ending is None or ending.last - ending.first < 2 or ending.first < tokens[0] + 2:
        return None
    before = list(range(tokens[0], _before_address(reading, ending.first) + 1))
    if not before:
        return None
    noun = before[-1]
    if ending.label in ("ORG", "MISC") and title_kind(reading.word(noun)) == "office":
        # The reader may take an unknown name for a body's.
        words = [reading.lower(t) for t in range(ending.first, ending.last)]
        is_body = any(names.noun_kind(word)[0] or word in names.body_endings() for word in words)
        ending = ending if is_body or len(words) > LONGEST_NAME else ending._replace(label="PERSON")
    if ending.label != "PERSON":
        return None
    is_office = (
        (reading.upos[noun] == "NOUN" or (reading.upos[noun] == "ADJ" and reading.lower(noun) in names.roles()))
        and reading.morph[noun] != "Plur"
        and reading.word(noun).islower()
        and names.noun_kind(noun_at(reading, noun))[0] in ("person", "")
    ) or (
        # Rosthwaite Mayor Ada Quist
        title_kind(reading.word(noun)) in ("office", "rank") and reading.word(noun)[:1].isupper()
    )
    # The Tribune's Ada Quist, Kestrel News Ada Quist
    is_office = is_office or reading.word(noun) in POSSESSIVE_ENDINGS
    employer = context.entity_at.get(noun)
    is_office = is_office or (
        employer is not None
        and employer.label == "ORG"
        and employer.last == ending.first
        and names.is_given(reading.word(ending.first))
    )
    is_plain = all(
        reading.upos[t] in ("NOUN", "PROPN", "ADJ", "DET")
        or reading.word(t) in ("-", "–", "(", ")", *POSSESSIVE_ENDINGS)
        for t in before
    )
    return ending if is_office and is_plain and any(t in context.entity_at for t in before) else None


def with_several_callings(context: Context, tokens: list[int]) -> Entity | None:
    """The one person whom two nouns without article describe: journalist and author Ada Quist."""
    reading = context.reading
    ending = context.entity_at.get(tokens[-1])
    if ending is None or ending.label != "PERSON" or ending.last - ending.first < 2 or ending.last - 1 != tokens[-1]:
        return None
    before = [t for t in tokens if t < ending.first]
    joined = [t for t in before if reading.lower(t) == "and"]
    if len(joined) != 1 or joined[0] in (before[0], before[-1]):
        return None
    is_calling = all(
        reading.upos[t] == "NOUN" and reading.morph[t] != "Plur" and is_person_noun(reading, t)
        for t in (joined[0] - 1, before[-1])
    )
    is_plain = all(reading.upos[t] in ("NOUN", "ADJ", "PROPN") for t in before if t != joined[0])
    return ending if is_calling and is_plain else None


def speaks_for_another(context: Context, tokens: list[int]) -> int | None:
    """The noun for who speaks, where the name that a source ends with is whose it is: a spokesman for Mayor Ada Quist.

    What stands right before the name says what its bearer is, so that the noun before "for" says what another is.
    """
    reading = context.reading
    entity = context.entity_at.get(tokens[-1])
    if entity is None or entity.label != "PERSON" or entity.last - 1 != tokens[-1]:
        return None
    for noun, following in itertools.pairwise(tokens):
        own = context.entity_at.get(noun)
        is_other = reading.upos[noun] not in ("DET", "ADJ", "NUM", "NOUN", "PROPN")
        if following >= entity.first - 1 or is_other or (own is not None and own.label == "PERSON"):
            return None
        word = noun_at(reading, noun)
        if reading.upos[noun] == "NOUN" and (word in names.words_of("unnamed") or word in names.counterparts()):
            title = reading.word(entity.first - 1)
            is_titled = title[:1].isupper() and names.plain(title) in names.titles()
            return noun if is_titled and reading.lower(following) in ("for", "of", "to", "with") else None
    return None


def holder_behind_letters(context: Context, last: int) -> Entity | None:
    """The full name behind a body's letters in brackets and an office: the Union Party (UP) Deputy Chair Ada Quist.

    The reader may end the source before the brackets.
    """
    reading = context.reading
    party = context.entity_at.get(last)
    if party is None or party.label != "ORG" or party.last != last + 1 or last + 5 >= len(reading):
        return None
    opening, letters, closing = (reading.word(t) for t in range(last + 1, last + 4))
    if (opening, closing) != ("(", ")") or not names.is_acronym(letters):
        return None
    name = last + 4
    while name < len(reading) and reading.word(name)[:1].isupper() and name not in context.entity_at:
        name += 1
    holder = context.entity_at.get(name)
    is_office = name > last + 4 and title_kind(reading.word(name - 1)) == "office"
    is_name = holder is not None and holder.label == "PERSON" and holder.first == name
    return holder if is_office and is_name else None


def whole_name_of(context: Context, tokens: list[int]) -> Entity | None:
    """A source that is nothing but one person's name, of which the reader took a part for the name."""
    reading = context.reading
    inside = {entity for t in tokens if (entity := context.entity_at.get(t)) is not None}
    if len(inside) != 1 or tokens[-1] - tokens[0] != len(tokens) - 1 or len(tokens) > LONGEST_NAME:
        return None
    (part,) = inside
    rest = [t for t in tokens if not part.first <= t < part.last]
    if part.label != "PERSON" or not rest or not tokens[0] <= part.first < part.last <= tokens[-1] + 1:
        return None
    for token in rest:
        word = reading.word(token)
        is_described = names.plain(word) in names.titles() or names.noun_kind(word.lower())[0] != ""
        if reading.upos[token] != "PROPN" or not word.isalpha() or not word[0].isupper() or is_described:
            return None
    return Entity(tokens[0], tokens[-1] + 1, "PERSON")
