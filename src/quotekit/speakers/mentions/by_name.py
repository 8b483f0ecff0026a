"""Mentions by name: where a name begins and ends, with its titles, honours and what else stands around it."""

from __future__ import annotations

from collections.abc import Sequence

from quotekit.reader.reading import Entity, Reading
from quotekit.speakers import names
from quotekit.speakers.mentions.appositions import is_as_known, read_appositions, read_occupation, read_predicates
from quotekit.speakers.mentions.before_names import follows_kin, phrase_start
from quotekit.speakers.mentions.context import Context
from quotekit.speakers.mentions.mention import Mention
from quotekit.speakers.mentions.name_kinds import looks_human, looks_like_body
from quotekit.speakers.mentions.phrases import (
    ARTICLES,
    HYPHENS,
    POSSESSIVE_ENDINGS,
    POSSESSIVES,
    follows_blank,
    head_of_name,
    noun_at,
    role_use,
)
from quotekit.speakers.mentions.titles import PARTIES, read_age, read_district, read_title

_FULL_NAME = 2
"""Words that have to be left of a name without its honours: Govinda KC bears that name."""


def read_name(context: Context, entity: Entity, phrase: tuple[int, int] | None = None) -> Mention | None:
    """The mention of a named entity, with what stands before the name.

    Args:
        context: What the text's phrases are read with.
        entity: The name.
        phrase: Characters of the source that it is; None where it is none.
    """
    reading = context.reading
    bounds = _bounds(context, entity)
    if bounds is None:
        return None
    first, last = bounds
    is_human = looks_human(context, entity, first, last)
    if is_human and entity.label in ("LOC", "MISC", "ORG"):
        entity = entity._replace(label="PERSON")
    name_first = _name_start(context, entity.label, first, last)
    ends = last
    if entity.label == "PERSON":
        # Honours behind a name are no more of it than titles before it: Adaeze Obi KC.
        ends -= _honours(reading, name_first, last)
    head = head_of_name(reading, name_first, last)
    region = phrase_start(reading, name_first, last)
    region = region if name_first == first else min(region, first)
    start = reading._starts[region] if phrase is None else min(phrase[0], reading._starts[name_first])
    if phrase is not None:
        region = min(region, name_first, *(t for t in reading.tokens_in(*phrase)))
    title_first = region
    while title_first < name_first and (
        reading.upos[title_first] == "PUNCT" or reading.lower(title_first) in POSSESSIVES | ARTICLES
    ):
        title_first += 1
    shared = _shared_last(context, entity, name_first)
    mention = Mention(
        "name",
        start,
        reading._ends[last - 1],
        head,
        words=_words_of(context, entity.label, range(name_first, ends)),
        name=(reading._starts[name_first], reading._ends[ends - 1]),
        label=entity.label,
        written=" ".join((reading.word(name_first), *shared)) if shared else "",
        number="plur" if entity.label == "MISC" and reading.morph[head] == "Plur" else "sing",
        is_human=is_human,
        is_body=looks_like_body(reading, name_first, ends) and not is_human,
    )
    mention.words += shared
    if mention.is_body and name_first == first:
        mention.label = "ORG"
        entity = entity._replace(label="ORG")
    if phrase is None:
        mention.is_modifier = (
            reading.deps[head] in ("compound", "amod", "nmod:desc") and int(reading.heads[head]) >= last
        )
    if entity.label == "PERSON":
        read_title(context, mention, range(title_first, name_first))
        read_appositions(context, mention, range(name_first, last))
        read_predicates(context, mention)
        read_occupation(context, mention)
        read_district(reading, mention, last)
        read_age(reading, mention, last)
        if follows_kin(reading, region):
            mention.is_kin = True
            mention.gender = mention.gender or names.noun_kind(noun_at(reading, region - 2))[1]
        title_words = [reading.word(t) for t in range(title_first, name_first)]
        mention.gender = mention.gender or names.title_gender(title_words)
    else:
        read_appositions(context, mention, range(name_first, last))
    context.covered.update(range(region, last))
    return mention


def _bounds(context: Context, entity: Entity) -> tuple[int, int] | None:
    """First token and token after the last of a name without article, possessive ending and loose signs."""
    reading = context.reading
    first, last = entity.first, entity.last
    while last > first and (reading.lower(last - 1) in POSSESSIVE_ENDINGS or not _has_letter(reading.word(last - 1))):
        if reading.word(last - 1).endswith("."):
            break
        last -= 1
    if entity.label == "PERSON" and last - first > 1 and reading.word(last - 2) not in HYPHENS:
        last -= _ends_small(reading.word(last - 1))
    while first < last and (reading.upos[first] == "DET" or not _has_letter(reading.word(first))):
        first += 1
    if first >= last or _is_district(reading, first):
        return None
    if entity.label == "LOC" and first > 0 and reading.word(first)[:1].isupper():
        # The reader may cut "Saudi Arabia" in two.
        before = context.entity_at.get(first - 1)
        if (
            before is not None
            and before.last == first
            and before.first == first - 1
            and int(reading.heads[first - 1]) in range(first, last)
            and reading.deps[first - 1] in ("amod", "compound")
        ):
            first -= 1
    return first, last


def _name_start(context: Context, label: str, first: int, last: int) -> int:
    """First token of a name behind the titles that the reader took for a part of it."""
    reading = context.reading
    words = [reading.word(t) for t in range(first, last)]
    name_first = first
    if label == "PERSON" and not is_as_known(reading, first):
        # Titles inside the entity: by the list, or because they are no name ("foreign minister Lavrov").
        lower = 0
        while lower < len(words) - 1 and words[lower].islower() and names.plain(words[lower]) not in names.particles():
            lower += 1
        for at, word in enumerate(words[:-1]):
            # SJF convener Ada Quist
            is_noun = at > lower and word.islower() and names.noun_kind(word)[0] == "person"
            if is_noun and word not in names.particles() and words[at + 1][:1].isupper():
                lower = at + 1
        if not any(w[:1].isupper() for w in words[lower:]):
            lower = 0
        name_first = first + lower + names.title_length(words[lower:])
        if name_first == first and last - first == 2 and role_use(words[0].lower()) == "kin":
            # Grandson Emil
            name_first += 1
        elif name_first == first and (_opens_with_role(words) or _is_role_before_last(context, words)):
            name_first += 1
    while name_first > first and name_first < last - 1 and not _has_letter(reading.word(name_first)):
        # The stop of "Hon."
        name_first += 1
    return name_first


def _honours(reading: Reading, first: int, last: int) -> int:
    """How many of a name's last words are honours; where all is in capitals, as in a transcript, nothing tells."""
    if all(reading.word(t).isupper() for t in range(first, last)):
        return 0
    kept = last
    while kept - first > _FULL_NAME and names.is_honour(reading.word(kept - 1)):
        kept -= 1
    return last - kept


def _is_role_before_last(context: Context, words: Sequence[str]) -> bool:
    """Whether what somebody is stands before the last name of one whom the text names in full: Midwife Quist."""
    role = words[0].lower()
    return (
        len(words) == 2
        and role in names.roles()
        and names.noun_kind(role)[0] == "person"
        and not names.is_given(words[0])
        and names.key(words[1]) in context.last_names
    )


def _opens_with_role(words: Sequence[str]) -> bool:
    """Whether a sentence opens with what somebody is: Baker Rolf Tveit; but Hunter is a name in Hunter Cole."""
    noun = words[0].lower()
    # Fan Kuo-wei is two.
    n_words = len(words) - 2 * sum(word in HYPHENS for word in words)
    return (
        n_words > 2
        and names.noun_kind(noun)[0] == "person"
        and not names.is_given(words[0])
        and (noun in names.roles() or noun not in names.person_nouns())
    )


def _words_of(context: Context, label: str, tokens: Sequence[int]) -> tuple[str, ...]:
    """A name's words; the short form of a name with an article or a nickname of several words is one."""
    words = _whole_words(context.reading, tokens)
    if label != "PERSON" or len(words) != 2:
        return words
    if names.key("".join(words)) in context.nicknames:
        return (" ".join(words),)
    # Al Suwaidi is Omar Al Suwaidi; Al Gore is nobody else.
    is_short = names.plain(words[0]) in names.particles() and (words[0], words[1]) in context.last_pairs
    return words[1:] if is_short else words


def _shared_last(context: Context, entity: Entity, first: int) -> tuple[str, ...]:
    """The last name that two bear together, where a given name is the first of them: Ada and Ivo Pell."""
    reading = context.reading
    second = context.entity_at.get(first + 2)
    if (
        entity.label != "PERSON"
        or entity.last - first != 1
        or second is None
        or second.label != "PERSON"
        or second.first != first + 2
        or reading.lower(first + 1) not in ("and", "&")
        or not (follows_blank(reading, first + 1) and follows_blank(reading, first + 2))
    ):
        return ()
    word, other = reading.word(first), reading.word(second.first)
    words = [reading.word(t) for t in range(second.first, second.last)]
    is_own = names.key(word) in context.last_names or not (names.is_given(word) and names.is_given(other))
    return () if len(words) != 2 or is_own else tuple(words[1:])


def _whole_words(reading: Reading, tokens: Sequence[int]) -> tuple[str, ...]:
    """A name's words, of which a tokenizer may have cut one at its hyphens: al-Tijani, Jean-Luc."""
    words: list[str] = []
    for at, token in enumerate(tokens):
        before = tokens[at - 1]
        joined = at > 0 and "-" in (reading.word(token), reading.word(before)) and token == before + 1
        if joined and reading._ends[before] == reading._starts[token]:
            words[-1] += reading.word(token)
        else:
            words.append(reading.word(token))
    return tuple(words)


def _is_district(reading: Reading, first: int) -> bool:
    """Whether a name is the place behind a politician's party: the “Ohio” of “R-Ohio”."""
    return (
        first >= 2
        and reading.word(first - 1) in ("-", "–")
        and reading._ends[first - 1] == reading._starts[first]
        and reading.word(first - 2) in PARTIES
    )


def _is_of_name(reading: Reading, token: int) -> bool:
    """Whether a noun or adjective in capitals belongs to the name behind it: the Sugar Board."""
    return (
        reading.word(token).istitle()
        and reading.upos[token] in ("NOUN", "ADJ")
        and reading.deps[token] in ("compound", "amod")
        and not reading.sent_starts[token]
    )


def read_unlabelled(context: Context, tokens: list[int], head: int, start: int, end: int) -> Mention:
    """The mention of somebody or something by a name that the reader has no label for.

    Args:
        context: What the text's phrases are read with.
        tokens: The phrase's tokens, without punctuation.
        head: The one on which the others depend.
        start: Offset of the phrase's first character.
        end: Offset after its last.
    """
    reading = context.reading
    at = tokens.index(head) if head in tokens else 0
    first = last = at
    while first > 0 and (reading.upos[tokens[first - 1]] == "PROPN" or _is_of_name(reading, tokens[first - 1])):
        first -= 1
    while last + 1 < len(tokens) and (
        reading.upos[tokens[last + 1]] == "PROPN" or reading.deps[tokens[last + 1]] == "flat"
    ):
        last += 1
    name = tokens[first : last + 1]
    words = [reading.word(t) for t in name]
    skip = names.title_length(words)
    is_person = (
        skip or (len(words) in (2, 3) and names.is_given(words[0])) or names.key(words[-1]) in context.name_words
    )
    is_body = names.noun_kind(names.plain(words[-1]))[0] == "organization" and len(words) > 1
    label = "PERSON" if is_person else "ORG" if is_body else "MISC"
    mention = Mention(
        "name",
        start,
        end,
        head,
        words=_whole_words(reading, name[skip:]),
        name=(reading._starts[name[skip]], reading._ends[name[-1]]),
        label=label,
        gender=names.title_gender(words[:skip]),
        number="plur" if reading.morph[head] == "Plur" else "sing",
    )
    if skip:
        read_title(context, mention, range(name[0], name[skip]))
    context.covered.update(name)
    return mention


def _has_letter(word: str) -> bool:
    """Whether a word is no mere sign."""
    return any(c.isalnum() for c in word)


def _ends_small(word: str) -> bool:
    """Whether a word in small letters is no part of a person's name: the "softly" of “said Ada softly”."""
    return word.isalpha() and word.islower() and names.plain(word) not in names.particles()
