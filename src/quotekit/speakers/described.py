"""Names as the words around them tell where they begin and end: bodies by their descriptors, people by their offices.

The reader often has no label for a name that a common noun introduces ("payroll processor Staffline"), runs a body's
name and that of the one who holds an office in it together ("president of the Growers' Union Ada Quist"), or cuts a
name at a part that it does not know.
"""

from __future__ import annotations

import functools

from quotekit.lexicon import load_table
from quotekit.reader.reading import Entity, Reading
from quotekit.speakers import names

__all__ = ["body_before", "described_names", "is_descriptor"]

_BETWEEN = frozenset(
    ("state", "news", "human", "rights", "aid", "media", "rebel", "militant", "armed", "insurgent", "guerrilla",
     "jihadist", "extremist", "opposition", "ruling", "satellite", "cable", "budget", "discount", "clothing", "fashion",
     "grocery", "coffee", "hotel", "pharmacy", "supermarket", "restaurant", "television", "radio", "tv")
)  # fmt: skip
"""What may stand between a body's name and what it is: the Tavria state news agency."""
_ALLIANCES = frozenset(("un", "eu", "nato", "us", "uk", "usa"))
"""Whose groups and agencies are not they themselves."""
_LONGEST_BODY = 4
"""Words of a body's name behind its descriptor."""
_LONGEST_NAME = 4
"""Words of the name of one who holds an office."""
_SMALL_OF_BODIES = frozenset(("-", "'", "’", "'s", "’s", "the", "and", "&", "of", "for"))
"""What has no capital inside the name of a body."""
_LONGEST_OFFICE = 12
"""Words between an office and the name of who holds it."""
_OPENERS = frozenset(
    ("charity", "retailer", "regulator", "airline", "supermarket", "carmaker", "automaker", "broadcaster", "watchdog",
     "insurer", "brewer", "drugmaker", "chipmaker", "housebuilder", "homebuilder", "brokerage", "pollster", "startup",
     "start-up", "lender", "consultancy", "grocer", "steelmaker", "planemaker")
)  # fmt: skip
"""What a body is, where it opens a sentence before the name and is no part of it: Charity Open Hands."""
_OFFICES = frozenset(("member", "head", "executive", "captain", "warden", "organiser", "organizer", "convenor"))
"""What somebody is in a body, beside the titles."""
_FIELDS = frozenset(
    ("affairs", "prosecutions", "operations", "relations", "works", "sciences", "studies", "roads", "rights", "sports",
     "arts", "education", "health", "tourism", "environment", "planning", "communications", "justice", "commerce")
)  # fmt: skip
"""What the names of offices end with: the director of public prosecutions."""
_PREFIXES = frozenset(("anti", "non", "inter", "tri", "mid", "pan", "trans", "cross", "multi"))
"""What a hyphen ties to the first word of a body's name: Anti-Doping Norway."""
_LONGEST_NICKNAME = 3
"""Words between quotation marks inside a name: Ernesto “Ka Nes” Villaluz."""
_SOMETIMES = frozenset(
    ("water", "power", "gas", "steel", "coal", "ferries", "buses", "cruises", "coaches", "trains", "towage", "waste")
)
"""Last words of firms' names that places' have too: Westmere Water, Derwent Water."""


@functools.cache
def _places() -> dict[str, str]:
    return {row[0]: row[1] for row in load_table("body_descriptors")}


@functools.cache
def _lands() -> frozenset[str]:
    return frozenset(place.casefold() for place in names.demonyms().values())


def is_descriptor(reading: Reading, noun: int) -> bool:
    """Whether a token is a noun for one body behind which its name may stand: the *regulator* Ofgrain."""
    return _place(reading, noun) != "" and reading.morph[noun] != "Plur"


def _place(reading: Reading, noun: int) -> str:
    """On which side of a descriptor the body's name may stand; empty where a token is none."""
    word = reading.word(noun)
    if reading.upos[noun] not in ("NOUN", "PROPN") or not (word.islower() or reading.sent_starts[noun]):
        return ""
    pair = f"{reading.lower(noun - 1)} {word.lower()}" if noun else ""
    return _places().get(pair) or _places().get(word.lower(), "")


def is_office(reading: Reading, token: int) -> bool:
    """Whether a token is, or ends, what somebody is in a body: its *president*, chief *executive*, a *member* of it."""
    word = names.plain(reading.word(token))
    if reading.morph[token] == "Plur":
        return False
    pair = f"{names.plain(reading.word(token - 1))} {word}" if token else ""
    offices = (names.titles().get(pair, ("",))[0], names.titles().get(word, ("",))[0])
    return "office" in offices or word in _OFFICES


def body_before(reading: Reading, noun: int, entities: dict[int, Entity]) -> Entity | None:
    """The body that a descriptor behind its name is said of: the Tavria news agency.

    Args:
        reading: The reading of a text.
        noun: The descriptor's token.
        entities: The entity at each token that is in one.
    """
    if _place(reading, noun) != "both" or reading.morph[noun] == "Plur" or not reading.word(noun).islower():
        return None
    last = noun
    while last > 1 and (reading.lower(last - 1) in _BETWEEN or reading.word(last - 1) == "-"):
        if reading.word(last - 1).istitle():
            # The Islamic State group
            break
        last -= 1
    entity = entities.get(last - 1)
    if entity is None:
        first = last
        while first > 0 and _is_capital_of_name(reading, first - 1):
            first -= 1
        entity = Entity(first, last, "ORG") if first < last else None
    if entity is None or entity.last != last or entity.label == "LOC":
        return None
    first = entity.first
    if entity.label == "PERSON" and names.is_given(reading.word(first)):
        return None
    if first > 1 and reading.word(first - 1) == "-" and reading._ends[first - 2] == reading._starts[first] - 1:
        # The Itar-Tass news agency
        entity = entity._replace(first=first - 2 if reading.word(first - 2).istitle() else first)
    word = reading.lower(last - 1)
    is_name = (
        reading.upos[last - 1] in ("PROPN", "NOUN")
        and reading.word(entity.first)[:1].isupper()
        and names.plain(word) not in _ALLIANCES
        and (last - entity.first > 1 or not names.noun_kind(word)[0] or word in names.newspapers())
        and word not in names.demonyms()
        and word not in names.countrymen()
        and int(reading.heads[last - 1]) <= noun
        and reading.deps[last - 1] != "amod"
    )
    # In "his Tavria newspaper" it may be another.
    opening = reading.lower(entity.first - 1) if entity.first else ""
    is_set = opening in ("the", "'s", "’s") or reading.upos[entity.first - 1] in ("ADJ", "NOUN")
    # London-based, state-owned
    is_set = is_set or (entity.first > 2 and reading.word(entity.first - 2) == "-")
    # Interfax news agency said
    is_set = is_set or not entity.first or reading.upos[entity.first - 1] in ("PUNCT", "SPACE", "SCONJ", "CCONJ")
    return entity._replace(label="ORG") if is_name and is_set else None


def _is_capital_of_name(reading: Reading, token: int) -> bool:
    """Whether a word before a descriptor may be of the body's name: "Islamic" of the Islamic State group."""
    if not reading.word(token)[:1].isupper():
        return False
    is_adjective = reading.upos[token] == "ADJ" and reading.lower(token) not in names.demonyms()
    return reading.upos[token] == "PROPN" or (is_adjective and not reading.sent_starts[token])


def described_names(reading: Reading, entities: list[Entity]) -> list[Entity]:
    """Entities, with those names put right that the words around them tell.

    Args:
        reading: The reading of a text.
        entities: Its names, in text order.

    Returns:
        Entities in text order that do not overlap.
    """
    found = _with_nicknames(reading, _without_offices(reading, entities))
    found = _with_titled(reading, _with_middles(reading, found))
    found = _with_called(reading, _with_holders(reading, found))
    found = _without_openers(reading, _with_described(reading, found))
    return _with_subjects(reading, _with_prefixes(reading, _with_firms(reading, found)))


def _with_subjects(reading: Reading, entities: list[Entity]) -> list[Entity]:
    """Entities with names of one word that do something, and for which the reader has no label: Lumen is hiring."""
    taken = _at(entities)
    alone = [
        Entity(token, token + 1, "MISC")
        for token in range(len(reading))
        if token not in taken
        and reading.upos[token] == "PROPN"
        and reading.word(token).istitle()
        and len(reading.word(token)) > 2
        and reading.deps[token].startswith("nsubj")
        and reading.lower(token) not in names.DAYS
        and names.plain(reading.word(token)) not in names.titles()
        and not names.noun_kind(reading.lower(token))[0]
        and not (token and reading.word(token - 1)[:1].isupper())
        and not (token + 1 < len(reading) and reading.word(token + 1)[:1].isupper())
        and not (token + 1 < len(reading) and reading.word(token + 1) in ("-", "–", "."))
    ]
    return sorted([*entities, *alone]) if alone else entities


def _at(entities: list[Entity]) -> dict[int, Entity]:
    return {token: entity for entity in entities for token in range(entity.first, entity.last)}


def _with(entities: list[Entity], whole: Entity) -> list[Entity]:
    """Entities with one in place of those that it overlaps."""
    kept = [e for e in entities if e.last <= whole.first or e.first >= whole.last]
    return sorted([*kept, whole])


def _is_next(reading: Reading, token: int) -> bool:
    """Whether a blank alone stands between a token and the next."""
    return token + 1 < len(reading) and reading.text[reading._ends[token] : reading._starts[token + 1]] in (
        " ",
        "\u00a0",
    )


def _capitals_end(reading: Reading, first: int, most: int) -> int:
    """Token after the last of the names in capitals that stand side by side from a token on."""
    last, stop = first, min(first + most, reading.sentence(first)[1])
    while (
        last < stop
        and reading.word(last)[:1].isupper()
        and reading.upos[last] in ("PROPN", "NOUN", "X", "ADJ")
        and reading.lower(last) not in names.DAYS
        and (last == first or _is_next(reading, last - 1))
    ):
        last += 1
    return last


def _without_offices(reading: Reading, entities: list[Entity]) -> list[Entity]:
    """Entities without offices that the reader takes for bodies: the Group Chief Executive of the fund."""
    return [
        e
        for e in entities
        if not (
            e.label == "ORG"
            and e.last < len(reading)
            and reading.lower(e.last) == "of"
            and names.titles().get(reading.lower(e.last - 1), names.roles().get(reading.lower(e.last - 1), ("",)))[0]
            in ("office", "rank", "person")
            and reading.lower(e.last - 1) in names.roles()
        )
    ]


def _with_nicknames(reading: Reading, entities: list[Entity]) -> list[Entity]:
    """Entities with the names whole that have a nickname in marks, told by the names before and behind the marks."""
    found = entities
    nicknames: set[str] = set()
    for opening in range(1, len(reading) - 3):
        given = opening - 1
        if not names.is_nickname_mark(reading.word(opening)) or not _is_name(reading, given):
            continue
        most = min(len(reading) - 1, opening + 3 + _LONGEST_NICKNAME)
        closing = next((t for t in range(opening + 2, most) if names.is_nickname_mark(reading.word(t))), None)
        if closing is None or reading._ends[opening] != reading._starts[opening + 1]:
            continue
        is_inside = all(reading.word(t)[:1].isupper() or reading.word(t) == "-" for t in range(opening + 1, closing))
        last = _capitals_end(reading, closing + 1, _LONGEST_NAME)
        around = {e.label for e in found if e.first < last and e.last > given}
        if not is_inside or last == closing + 1 or "PERSON" not in around or not _is_name(reading, closing + 1):
            continue
        first = given
        while first > 0 and _is_name(reading, first - 1) and _is_next(reading, first - 1):
            first -= 1
        found = _with(found, Entity(first, last, "PERSON"))
        nicknames.add(names.key("".join(reading.word(t) for t in range(opening + 1, closing))))
    if not nicknames:
        return found
    return [
        e._replace(label="PERSON")
        if names.key("".join(reading.word(t) for t in range(e.first, e.last))) in nicknames
        else e
        for e in found
    ]


def _is_name(reading: Reading, token: int) -> bool:
    """Whether a word in capitals may be of somebody's name: no title and no noun for people."""
    word = reading.word(token)
    return (
        word[:1].isupper()
        and reading.upos[token] == "PROPN"
        and names.plain(word) not in names.titles()
        and (not names.noun_kind(word.lower())[0] or names.is_given(word))
    )


def _with_prefixes(reading: Reading, entities: list[Entity]) -> list[Entity]:
    """Entities with bodies whose first word a hyphen cuts in two: Anti-Doping Norway."""
    return [
        e._replace(first=e.first - 2)
        if e.label == "ORG"
        and e.first > 1
        and reading.word(e.first - 1) == "-"
        and reading._ends[e.first - 2] == reading._starts[e.first] - 1
        and reading.word(e.first - 2).istitle()
        and reading.lower(e.first - 2) in _PREFIXES
        else e
        for e in entities
    ]


def _with_middles(reading: Reading, entities: list[Entity]) -> list[Entity]:
    """Entities with people's names in one whose middle the reader has no label for: Tariq | Mehmood | Cheema."""
    found: list[Entity] = []
    for entity in entities:
        before = found[-1] if found else None
        if before is not None and before.label == entity.label == "PERSON":
            middle = range(before.last, entity.first)
            is_one = (
                len(middle) == 1
                and all(reading.upos[t] == "PROPN" and reading.word(t).istitle() for t in middle)
                and _is_next(reading, before.last - 1)
                and _is_next(reading, middle[0])
                and names.plain(reading.word(middle[0])) not in names.titles()
                and names.plain(reading.word(entity.first)) not in names.titles()
                and entity.last - before.first <= _LONGEST_NAME
            )
            if is_one:
                found[-1] = Entity(before.first, entity.last, "PERSON")
                continue
        found.append(entity)
    return found


def _with_titled(reading: Reading, entities: list[Entity]) -> list[Entity]:
    """Entities with a given name that the reader takes for a body with its title: Justice Ada | Lund Quist."""
    found: list[Entity] = []
    for entity in entities:
        before = found[-1] if found else None
        if (
            before is not None
            and entity.label == "PERSON"
            and before.label in ("ORG", "MISC", "LOC")
            and before.last == entity.first
            and before.last - before.first == 2
            and _is_next(reading, before.last - 1)
            and names.plain(reading.word(before.first)) in names.titles()
            and not names.noun_kind(reading.lower(before.last - 1))[0]
            and reading.lower(before.last - 1) not in names.body_endings()
        ):
            found[-1] = Entity(before.first + 1, entity.last, "PERSON")
            continue
        found.append(entity)
    return found


def _with_holders(reading: Reading, entities: list[Entity]) -> list[Entity]:
    """Entities with the names of those who hold an office of a body, where no sign stands between: the last words.

    In "president of the Growers' Union Ada Quist said" the noun for bodies tells where the body's name ends.
    """
    found = entities
    for office in range(len(reading) - 4):
        if reading.lower(office + 1) not in ("of", "for") or not is_office(reading, office):
            continue
        stop = min(reading.sentence(office)[1], office + _LONGEST_OFFICE)
        noun = next((t for t in range(office + 2, stop) if _ends_body(reading, t)), None)
        if noun is None or not all(_is_of_body(reading, t) for t in range(office + 2, noun)):
            continue
        first = noun + 1
        last = _capitals_end(reading, first, _LONGEST_NAME + 1)
        is_name = 2 <= last - first <= _LONGEST_NAME and _is_next(reading, noun)
        if not is_name or names.plain(reading.word(first)) in names.titles() or _has_noun(reading, first, last):
            continue
        begin = next((t for t in range(office + 2, noun + 1) if reading.word(t)[:1].isupper()), noun)
        found = [e for e in found if e.last <= begin or e.first >= last]
        found = sorted([*found, Entity(begin, first, "ORG"), Entity(first, last, "PERSON")])
    return found


def _with_called(reading: Reading, entities: list[Entity]) -> list[Entity]:
    """Entities with those of whom a given name alone stands behind what they are: reader Viv in Greytown."""
    found = entities
    taken = set(_at(entities))
    for noun in range(len(reading) - 1):
        name = noun + 1
        if reading.upos[noun] != "NOUN" or reading.upos[name] != "PROPN" or name in taken:
            continue
        follows = reading.word(name + 1)[:1] if name + 1 < len(reading) else ""
        if (
            reading.word(noun).islower()
            and reading.morph[noun] != "Plur"
            and names.noun_kind(reading.lower(noun))[0] == "person"
            and reading.word(name).istitle()
            and (reading.deps[name] in ("flat", "appos") or names.is_given(reading.word(name)))
            and reading.lower(name) not in names.DAYS
            and not follows.isupper()
            and follows not in ("-", "–")
            and _is_next(reading, noun)
        ):
            found = _with(found, Entity(name, name + 1, "PERSON"))
    return found


def _ends_body(reading: Reading, token: int) -> bool:
    """Whether a capitalised word ends a body's name and a name in capitals follows."""
    word = reading.lower(token)
    is_noun = names.roles().get(word, ("",))[0] == "organization" or word in names.body_endings() | _FIELDS | _lands()
    follows = token + 1 < len(reading) and reading.word(token + 1)[:1].isupper()
    if names.is_acronym(reading.word(token)):
        # Chief executive of NNX Bala Usman
        return follows and reading.word(token + 1).istitle()
    return reading.word(token).istitle() and is_noun and follows and not _ends_body(reading, token + 1)


def _is_of_body(reading: Reading, token: int) -> bool:
    """Whether a word may stand inside the name of a body."""
    return reading.word(token)[:1].isupper() or reading.word(token) in _SMALL_OF_BODIES


def _has_noun(reading: Reading, first: int, last: int) -> bool:
    """Whether a word in capitals says what somebody or something is, and so is nobody's name."""
    words = (reading.lower(t) for t in range(first, last))
    return any((names.noun_kind(w)[0] and not names.is_given(w)) or w in names.body_endings() for w in words)


def _with_described(reading: Reading, entities: list[Entity]) -> list[Entity]:
    """Entities with the bodies that stand behind what they are: payroll processor Staffline, the regulator Ofgrain."""
    found = entities
    at = _at(entities)
    people = {
        names.key(reading.word(t))
        for e in entities
        if e.label == "PERSON" and e.last - e.first > 1
        for t in range(*e[:2])
    }
    for noun in range(len(reading) - 1):
        first = noun + 1
        word = reading.word(first)
        if not word[:1].isupper() or reading.upos[first] not in ("PROPN", "NOUN", "X"):
            continue
        if not _is_next(reading, noun) or not is_descriptor(reading, noun):
            continue
        own = at.get(first)
        if own is not None and (own.first != first or own.label in ("DATE", "TIME")):
            continue
        last = max(_capitals_end(reading, first, _LONGEST_BODY + 1), own.last if own is not None else 0)
        if own is not None and own.label == "ORG" and own.last >= last:
            continue
        if not first < last <= first + _LONGEST_BODY or reading.lower(first) in names.DAYS:
            continue
        is_alone = last - first == 1
        known = names.roles().get(reading.lower(noun), ("", "", ""))
        inside = [at[t] for t in range(first, last) if t in at]
        if any(e.label == "PERSON" for e in inside):
            is_firm = known[0] == "organization" or known[2] == "either"
            if not (is_alone and is_firm) or names.key(word) in people or names.is_given(word):
                continue
        if names.plain(word) in names.titles() or names.is_given(word) or names.key(word) in people:
            continue
        if is_alone and (names.noun_kind(word.lower())[0] or word.lower() in names.demonyms()):
            continue
        follows = reading.upos[last] if last < len(reading) else ""
        if follows in ("NOUN", "PROPN", "ADJ", "PART") or (last < len(reading) and reading.word(last) in ("-", "–")):
            # The company Northgate staff
            continue
        found = _with(found, Entity(first, last, "ORG"))
        at = _at(found)
    return found


def _without_openers(reading: Reading, entities: list[Entity]) -> list[Entity]:
    """Entities without what a body is, where that opens a sentence: Charity | Heart Alliance."""
    return [
        e._replace(first=e.first + 1)
        if e.label == "ORG"
        and reading.sent_starts[e.first]
        and reading.lower(e.first) in _OPENERS
        and e.last - e.first > 2
        and reading.word(e.first + 1)[:1].isupper()
        else e
        for e in entities
    ]


def _with_firms(reading: Reading, entities: list[Entity]) -> list[Entity]:
    """Entities with firms that the reader takes for places or people, told by their short names that stand alone.

    Westmere Water is a firm where Westmere says something, and Westbrook Galleria where the Galleria does.
    """
    acting: set[str] = set()
    called: set[str] = set()
    placed: set[str] = set()
    for e in entities:
        if e.last - e.first == 1:
            before = reading.lower(e.first - 1) if e.first else ""
            acts = reading.deps[e.first].startswith("nsubj")
            (called if before == "the" and acts else acting if acts else set()).add(reading.word(e.first))
            placed.update((reading.word(e.first),) if before in ("in", "at", "near") else ())
    short: set[str] = set()
    found: list[Entity] = []
    for entity in entities:
        first, last, label = entity
        opening, ending = reading.word(first), reading.word(last - 1)
        if label in ("LOC", "MISC", "PERSON", "ORG") and last - first == 2 and ending.istitle():
            is_firm = ending.lower() in _SOMETIMES and opening in acting - placed and not names.is_given(opening)
            is_whole = label in ("LOC", "MISC") and ending in called and not names.noun_kind(ending.lower())[0]
            if is_firm or is_whole:
                short.add(opening if is_firm else ending)
                entity = entity._replace(label="ORG")
        found.append(entity)
    return [e._replace(label="ORG") if e.last - e.first == 1 and reading.word(e.first) in short else e for e in found]
