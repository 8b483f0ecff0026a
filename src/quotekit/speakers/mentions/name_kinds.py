"""What stands around a name and tells whether it is a person's, a body's, a place's or none at all."""

from __future__ import annotations

import re

from quotekit.lemma import lemma
from quotekit.reader.reading import Entity, Reading
from quotekit.speakers import names
from quotekit.speakers.mentions.context import Context
from quotekit.speakers.mentions.phrases import AGE, follows_blank, head_of_name, is_person_noun, noun_at

_WHO = re.compile(r",? who\b")
_IN_BRACKETS = re.compile(r" \(([A-Z][A-Za-z]{1,7})\)")
_OF_BODY = re.compile(
    r",? which (?!is where\b|was where\b|he\b|she\b|they\b)[a-z’']+ "
    r"|, (?:now |then |majority-|partly |wholly |once )?"
    r"(?:owned|controlled|founded|headquartered|based|run|set up|listed) (?:by|in|on|at)\b"
    r"|, whose (?:shares|shareholders|members|subsidiary|subsidiaries|headquarters|chief executive)\b"
)
"""What stands behind bodies' names and not behind people's."""
_SAINTS = frozenset(("st", "saint"))
"""Titles that places and bodies bear."""
_IN_PLACES = frozenset(("in", "at", "near", "into", "across", "outside", "around", "throughout", "via"))


def looks_human(context: Context, entity: Entity, first: int, last: int) -> bool | None:
    """Whether what stands around a name tells that it is a person's or a place's; None where it tells neither."""
    reading = context.reading
    words = [reading.word(t) for t in range(first, last)]
    before = first - 1
    if entity.label in ("LOC", "MISC", "ORG") and len(words) > 1:
        title = names.titles().get(names.plain(words[0]), ("", "", ""))
        noun = names.plain(words[-1])
        acts = reading.deps[head_of_name(reading, first, last)].startswith("nsubj")
        is_title = title[0] in ("address", "honorific") and (title[1] or words[0].endswith(".") or words[1] == ".")
        if is_title and names.plain(words[0]) not in _SAINTS and acts and not names.noun_kind(noun)[0]:
            return True
        is_role = before >= 0 and is_person_noun(reading, before)
        if is_role and reading.morph[before] != "Plur" and names.is_given(words[0]) and not names.noun_kind(noun)[0]:
            return True
        if (
            _is_set_off(reading, first, last)
            and not names.noun_kind(noun)[0]
            and not reading.word(last - 1).endswith("s")
        ):
            return True
    if entity.label in ("LOC", "MISC"):
        end = reading._ends[last - 1]
        if _WHO.match(reading.text, end) or (reading.text[end : end + 1] == "," and AGE.match(reading.text, end)):
            return True
        if before >= 0 and reading.lower(before) in _IN_PLACES:
            return False
    if entity.label == "PERSON" and len(words) == 1 and before >= 0 and reading.lower(before) in ("in", "near"):
        # What nobody's name has beside it and nothing says or does is a place.
        return None if names.key(words[0]) in context.name_words or names.is_given(words[0]) else False
    if entity.label == "PERSON" and before >= 0 and reading.word(before)[:1].isupper():
        title = names.titles().get(names.plain(reading.word(before)), ("", "", ""))
        return True if title[1] else None
    if entity.label == "PERSON" and names.titles().get(names.plain(words[0]), ("", "", ""))[1] and len(words) > 1:
        return True
    return None


def _is_set_off(reading: Reading, first: int, last: int) -> bool:
    """Whether a name stands between commas behind a noun for one person: the new head, Piet Aukes, said."""
    noun = first - 2
    if noun < 1 or last >= len(reading) or reading.word(first - 1) != "," or reading.word(last) != ",":
        return False
    word = noun_at(reading, noun)
    is_one = (
        reading.upos[noun] == "NOUN"
        and reading.morph[noun] != "Plur"
        and word not in names.words_of("bodies or people")
    )
    start = noun
    while start > 0 and reading.upos[start - 1] in ("ADJ", "NOUN", "PROPN"):
        start -= 1
    opening = reading.lower(start - 1) if start else ""
    return is_one and names.noun_kind(word)[0] == "person" and opening in ("the", "his", "her", "their", "its")


def looks_like_body(reading: Reading, first: int, last: int) -> bool:
    """Whether what stands around a name tells that it is a body's, whatever the reader takes it for."""
    words = [names.plain(reading.word(t)) for t in range(first, last)]
    if words and words[-1] in names.words_of("company forms") and len(words) > 1:
        return True
    letters = _IN_BRACKETS.match(reading.text, reading._ends[last - 1])
    if letters is not None and letters[1].casefold() in names.initials([reading.word(t) for t in range(first, last)]):
        return True
    if not all(reading.word(t)[:1].isupper() or names.is_small(reading.word(t)) for t in range(first, last)):
        return False
    if any(word in names.titles() for word in words[:1]) or (len(words) > 1 and names.is_given(words[0])):
        return False
    return bool(_OF_BODY.match(reading.text, reading._ends[last - 1])) or _is_named_body(reading, first)


def _is_named_body(reading: Reading, first: int) -> bool:
    """Whether a name between commas is what a noun for a body before it stands for: the brewery, Ashgrove, said."""
    noun = first - 2 if first > 1 and reading.word(first - 1) == "," else first - 1
    if noun < 1 or reading.upos[noun] != "NOUN" or reading.morph[noun] == "Plur" or reading.sent_starts[first]:
        return False
    is_body = names.noun_kind(noun_at(reading, noun))[0] == "organization"
    start = noun
    while start > 0 and reading.upos[start - 1] in ("ADJ", "NOUN", "PROPN") and follows_blank(reading, start):
        start -= 1
    before = reading.lower(start - 1) if start else ""
    return is_body and before in ("the", "its", "their", "his", "her") and (noun == first - 1 or before == "the")


def is_common(context: Context, entity: Entity) -> bool:
    """Whether what is labelled a name is a noun for people or a body: "Republicans", "the Senator", "ministry"."""
    words = [context.reading.lower(token) for token in range(entity.first, entity.last)]
    if entity.label == "PERSON" and len(words) > 1 and " ".join(words) in names.titles():
        # The Chief Minister
        return True
    word = context.reading.word(entity.last - 1)
    noun = lemma(word, "NOUN").lower()
    known = names.noun_kind(noun)[0]
    if entity.label == "ORG" and known == "person" and word in context.body_endings:
        return False
    if entity.label == "ORG" and word.istitle() and word.lower() in names.newspapers():
        return False
    return entity.last - entity.first == 1 and (
        known == "group"
        or (known == "organization" and word.islower())
        or (known == "person" and (entity.label == "MISC" or names.key(noun) not in context.name_words))
    )
