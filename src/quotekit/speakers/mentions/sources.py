"""Mentions that are the sources of attributions: a name, a noun, a pronoun or several, as their words tell."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from quotekit.reader.reading import Entity, Reading
from quotekit.speakers import names
from quotekit.speakers.mentions.by_name import read_name, read_unlabelled
from quotekit.speakers.mentions.by_noun import read_noun
from quotekit.speakers.mentions.by_pronoun import is_body_in_capitals, pronouns, read_pronoun
from quotekit.speakers.mentions.context import Context
from quotekit.speakers.mentions.mention import Mention
from quotekit.speakers.mentions.name_kinds import is_common
from quotekit.speakers.mentions.phrases import (
    HYPHENS,
    POSSESSIVE_ENDINGS,
    follows_blank,
    is_person_noun,
    noun_at,
    role_use,
    title_kind,
)
from quotekit.speakers.mentions.several import group, is_coordination, joins_others, names_several
from quotekit.speakers.mentions.source_names import (
    counts_children,
    described_body,
    holder_behind_letters,
    holds_office_of,
    office_holder,
    speaks_for_another,
    whole_name_of,
    with_several_callings,
)

_COUNTING = frozenset(("many", "most", "some", "few", "several", "other", "all", "more", "fewer", "countless"))
_TIES = frozenset(("by", "in", "on", "among", "from", "with", "including", "between", "amid", "but", "and", "or"))
"""What may tie those who speak to what stands before, and is none of them."""
_AMOUNTS = frozenset(("least", "most", "all", "total"))
_WHEN = frozenset(("yesterday", "today", "tonight", "late", "early", "last", "this", "morning", "evening", "night"))
"""What may stand beside a day."""
_LONGEST_SUFFIX = 6
"""Characters of a name that a source may leave out: “, Jr.”."""


def read_source(context: Context, start: int, end: int) -> Mention | None:
    """The mention that an attribution's source is."""
    reading = context.reading
    tokens = [t for t in reading.tokens_in(start, end) if reading.upos[t] not in ("PUNCT", "SPACE")]
    head = reading.head_of(start, end)
    if not tokens or head is None:
        return None
    while len(tokens) > 1 and tokens[0] != head and _leads(reading, tokens[0]):
        # Among likely voters, even an aide
        tokens = tokens[1:]
        start = reading._starts[tokens[0]]
    until = _when(reading, tokens, head)
    if until < len(tokens):
        tokens = tokens[:until]
        end = reading._ends[tokens[-1]]
    if len(tokens) > 2 and reading.lower(tokens[1]) == "the" and _is_address(reading, tokens[0]):
        # HE the Minister of State
        tokens = tokens[1:]
        start = reading._starts[tokens[0]]
        if head < tokens[0]:
            head = reading.head_of(start, end) or tokens[-1]
    head = _head_of_source(context, tokens, head)
    mention = _source_of(context, tokens, head, start, end)
    mention.is_source = True
    return mention


def _leads(reading: Reading, token: int) -> bool:
    """Whether a source's first word is none of what speaks."""
    word, following = reading.lower(token), reading.word(token + 1)
    if reading.word(token).isupper() or (word in _TIES and reading.word(token)[0].isupper() and following[0].isupper()):
        # In headlines, and in the names of bodies: On Semiconductor
        return False
    # Among at least 30 voters, from about 20 people
    is_tie = word in _TIES and reading.upos[token] in ("ADP", "CCONJ", "VERB") and following.lower() not in _AMOUNTS
    return is_tie or word == "even" or (word == "which" and reading.upos[token] == "DET")


def _head_of_source(context: Context, tokens: list[int], head: int) -> int:
    """The token that says whom a source means, where the parse may have another for its head."""
    reading = context.reading
    before = head - 1
    if reading.lower(head).endswith("ing") and before in tokens and reading.upos[before] == "NOUN":
        # A man mending nets
        is_person = names.noun_kind(reading.lower(before))[0] == "person" and reading.morph[before] != "Plur"
        is_one = before > 0 and reading.upos[before - 1] == "DET"
        if is_person and is_one and not names.noun_kind(reading.lower(head))[0]:
            head = before
    if reading.lower(head) == "ex" and head + 2 in tokens and reading.word(head + 1) in HYPHENS:
        # The ex-premier
        head += 2
    day = context.entity_at.get(head)
    if reading.lower(head) in names.DAYS and len(tokens) > 1 and (day is None or day.label not in ("PERSON", "ORG")):
        # A poll released Friday
        nouns = [t for t in tokens if reading.upos[t] in ("NOUN", "PROPN") and reading.lower(t) not in names.DAYS]
        head = next((t for t in nouns if t + 1 not in nouns), head)
    if reading.upos[head] == "DET" and head == tokens[0] and len(tokens) > 1:
        # The parse may hang "the" and "71-year-old" on the verb side by side.
        head = next((t for t in reversed(tokens) if reading.heads[t] == reading.heads[head]), head)
    own = context.entity_at.get(head)
    if own is not None and own.label == "ORG" and own.last == tokens[-1] and is_person_noun(reading, tokens[-1]):
        # A Department of Health and Social Care spokesperson
        is_noun = reading.upos[tokens[-1]] == "NOUN" and reading.word(tokens[-1]).islower()
        head = tokens[-1] if is_noun and follows_blank(reading, tokens[-1]) else head
    return _owned_noun(reading, tokens, head)


def _when(reading: Reading, tokens: list[int], head: int) -> int:
    """How many of a source's tokens do not only say when it speaks: “a lawmaker on Tuesday called for …”."""
    until = len(tokens)
    while until > 1 and (reading.lower(tokens[until - 1]) in names.DAYS or reading.lower(tokens[until - 1]) in _WHEN):
        until -= 1
    until -= until < len(tokens) and until > 1 and reading.lower(tokens[until - 1]) == "on"
    day = next((t for t in tokens[until:] if reading.deps[t].startswith("obl")), None)
    is_when = day is not None and head in tokens[:until] and int(reading.heads[day]) not in tokens
    return until if is_when else len(tokens)


def _is_address(reading: Reading, token: int) -> bool:
    """Whether a word in capitals is a title that stands before offices too: HE the Minister."""
    word = reading.word(token)
    is_title = title_kind(word) in ("address", "honorific")
    # His Excellency the Minister
    return word in ("HE", "H.E.") or (word[:1].isupper() and is_title)


def _owned_noun(reading: Reading, tokens: list[int], head: int) -> int:
    """What a source is about that the parse takes for its owner: the office, in “Mayor Durkan's office”."""
    owners = [t for t in tokens if t > head and int(reading.heads[t]) == head and reading.upos[t] == "PART"]
    if not owners or reading.word(owners[0]) not in POSSESSIVE_ENDINGS:
        return head
    following = itertools.takewhile(
        lambda t: reading.upos[t] in ("NOUN", "PROPN", "ADJ", "NUM"), (t for t in tokens if t > owners[0])
    )
    nouns = [t for t in following if reading.upos[t] in ("NOUN", "PROPN")]
    return nouns[-1] if nouns else head


def _source_of(context: Context, tokens: list[int], head: int, start: int, end: int) -> Mention:
    """The mention of a source by its tokens, the one that says whom it means, and its characters."""
    reading = context.reading
    if is_body_in_capitals(reading, head):
        return read_unlabelled(context, tokens, head, start, end)
    if (
        reading.lower(head) in pronouns()
        and (reading.upos[head] in ("PRON", "DET") or len(tokens) == 1)
        and len(tokens) <= 2
    ):
        return read_pronoun(context, head, (start, end)) or read_noun(context, head, tokens, start, end)
    called = with_several_callings(context, tokens)
    if called is not None and (one := read_name(context, called, (start, end))) is not None:
        return one
    is_several = is_coordination(context, tokens, head) or names_several(context, tokens)
    if is_several or joins_others(context, tokens):
        context.covered.update(t for t in tokens if reading.upos[t] == "NOUN" and t == head)
        return group(start, end, head, tuple(reading.word(t) for t in tokens))
    if (speaking := speaks_for_another(context, tokens)) is not None:
        spokesman = read_noun(context, speaking, tokens, start, end)
        spokesman.same_as = None
        return spokesman
    body = described_body(context, tokens, head)
    if body is not None and (named := read_name(context, body, (start, end))) is not None:
        named.is_body = True
        # Which "the agency" may take up.
        named.described.append(noun_at(reading, head))
        return named
    holder = office_holder(context, tokens) or holder_behind_letters(context, tokens[-1])
    if holder is not None and not holder.first <= head < holder.last:
        mention = read_name(context, holder, (start, end))
        if mention is not None:
            return mention
    own = context.entity_at.get(head)
    if own is not None and own.first < tokens[0] < own.last:
        # The reader took what stands before the name for a part of it.
        own = own._replace(first=tokens[0])
    own = whole_name_of(context, tokens) or own
    if own is not None and (is_common(context, own) or _is_counted(reading, own, tokens)):
        return read_noun(context, head, tokens, start, end)
    if _is_countryman(reading, tokens):
        countryman = read_noun(context, head, tokens, start, end)
        countryman.label = "person"
        return countryman
    if (
        own is not None
        and own.label in ("PERSON", "ORG", "LOC", "MISC")
        and (reading._ends[own.last - 1] <= end + _LONGEST_SUFFIX or own.label == "ORG")
    ):
        mention = read_name(context, own, (start, end))
        if mention is not None and _fits(mention, head, tokens):
            mention.end = (
                max(mention.end, end) if mention.end < end and _belongs(reading, mention, end) else mention.end
            )
            mention.head = head
            return mention
    for described, gender in _described_names(context, tokens, head):
        mention = read_name(context, described, (start, end))
        if mention is not None:
            mention.gender = mention.gender or gender
            return mention
    word = reading.word(head)
    is_name = word[:1].isupper() and names.noun_kind(noun_at(reading, head))[0] == ""
    if (is_name and not names.is_plural_acronym(word)) and (
        reading.upos[head] == "PROPN"
        or names.key(reading.word(head)) in context.single_names
        or (reading.upos[head] not in ("NOUN", "PRON", "DET", "NUM", "ADJ") and len(tokens) <= 3)
        # A transcript's label: MARTA OSEI
        or (1 < len(tokens) <= 3 and all(reading.word(t).isupper() for t in tokens))
    ):
        return read_unlabelled(context, tokens, head, start, end)
    return read_noun(context, head, tokens, start, end)


def _described_names(context: Context, tokens: list[int], head: int) -> Iterator[tuple[Entity, str]]:
    """Names of people that a source may be said of where its head is another noun, likelier ones first.

    With each goes the gender that the noun tells, where it tells one.
    """
    reading = context.reading
    ending = context.entity_at.get(tokens[-1])
    kind, gender = names.noun_kind(noun_at(reading, head))
    # The wife of driver Emil Sand is not he.
    is_kin_of = role_use(noun_at(reading, head)) == "kin" and reading.lower(head + 1) == "of"
    if is_kin_of and ending is not None and counts_children(reading, head, ending):
        # Father of two Ivo Marsh
        yield ending, gender
    if ending is not None and ending.label == "PERSON" and ending.first > tokens[0] and not is_kin_of:
        name_head = context.head_of(ending)
        is_titled = all(names.plain(reading.word(t)) in names.titles() for t in tokens if t < ending.first)
        if is_titled or (
            not any(reading.lower(c) not in ("'s", "’s") for c in reading.children(name_head, "case"))
            and reading.deps[name_head] not in ("nmod", "obl", "nmod:poss")
        ):
            yield ending, ""
    beside = context.entity_at.get(head + 1)
    if beside is not None and beside.label == "PERSON" and beside.first == head + 1 and beside.last <= tokens[-1]:
        # The chemist Ada Quist of the University of Lund
        is_described = kind == "person" and reading.morph[head] != "Plur" and not is_kin_of
        if is_described and reading.lower(beside.last) in ("of", "at", "from") and beside.last - beside.first > 1:
            yield beside, ""
    if ending is not None and holds_office_of(reading, tokens, ending):
        yield ending, ""


def _fits(mention: Mention, head: int, tokens: list[int]) -> bool:
    """Whether a named entity is what a source is about, not only a part of its name ("Trump's campaign")."""
    return mention.words != () and tokens[0] <= head


def _belongs(reading: Reading, mention: Mention, end: int) -> bool:
    """Whether what a source has behind a name's mention belongs to the latter."""
    rest = reading.text[mention.end : end].strip()
    return bool(rest) and not rest.startswith(("'", "’", ",", "("))


def _is_countryman(reading: Reading, tokens: list[int]) -> bool:
    """Whether a source is somebody called by country: “the Dane”."""
    if len(tokens) < 2 or len(tokens) > 3 or reading.lower(tokens[0]) != "the" or reading.morph[tokens[-1]] == "Plur":
        return False
    people = " ".join(reading.lower(t) for t in tokens[1:])
    return reading.word(tokens[-1])[:1].isupper() and (people in names.demonyms() or people in names.countrymen())


def _is_counted(reading: Reading, entity: Entity, tokens: list[int]) -> bool:
    """Whether a source is some of those who bear a name: “many Americans”, “Americans who fear the change”."""
    if entity.label != "MISC" or reading.morph[entity.last - 1] != "Plur":
        return False
    return any(reading.lower(t) in _COUNTING or reading.deps[t] == "nummod" for t in tokens if t < entity.first) or any(
        t >= entity.last and reading.upos[t] in ("VERB", "ADP", "PRON", "ADJ") for t in tokens
    )
