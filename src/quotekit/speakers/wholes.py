"""Whole names: entities of a reading, of which the reader may have marked only a part or cut one in two."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from quotekit.reader.reading import Entity, Reading
from quotekit.speakers import names
from quotekit.speakers.long_names import with_long_names

__all__ = ["whole_names"]

_NAMES = ("PERSON", "ORG", "MISC")
_HYPHENS = ("-", "‐", "‑")
_SON_OF = frozenset(("bin", "ibn", "bint", "binti", "ould", "uld"))
"""Words before a father's name that open no name."""
_INITIALS = re.compile(r"(?:[A-Z]\.-?){1,3}")
_LONGEST_SYLLABLE = 6
"""Letters of the small second part of a given name: Ji-won, Seung-hyeon."""
_NO_SYLLABLES = frozenset(("elect", "like", "style", "led", "era", "based", "born", "gate", "in", "to", "ish"))
"""What hangs on a name by a hyphen and is none of it."""
_CAPITALS = 0.6
"""Share of a headline's words that have capitals."""
_LEADS = frozenset(("even", "only", "but", "and", "its", "their", "our"))
_JOINING = frozenset(("of", "for", "on", "the"))
"""Small words inside the names of bodies."""
_LONGEST_FRONT = 3
"""Words of a body's name before those that the reader has."""
_LONGEST_NICKNAME = 3
"""Words between quotation marks inside a name: Ramon “the Big Hammer” Delacroix."""


def whole_names(reading: Reading) -> list[Entity]:
    """The entities of a reading, each with all words of its name.

    What belongs to a name is told by the parse and by signs, so that no name need be known: words that hang flatly on
    its first, parts on both sides of a hyphen, initials, a nickname in quotation marks, "Jr." and its like. Two
    subjects of one verb side by side are one name cut in two.

    Args:
        reading: The reading of a text.

    Returns:
        Entities in text order that do not overlap.
    """
    label_at = {token: entity.label for entity in reading.entities for token in range(entity.first, entity.last)}
    found: list[Entity] = []
    for entity in reading.entities:
        first, last, label = entity = _without_lead(reading, entity)
        if first == last or (last - first == 1 and names.is_plural_acronym(reading.word(first))):
            continue
        floor = found[-1].last if found else 0
        if label == "LOC" and _is_given(reading, first, last, label_at):
            label = "PERSON"
        is_body = label in ("ORG", "LOC") and last > floor
        if is_body:
            begin = max(first, floor)
            if found and found[-1][:2] == (begin - 2, begin - 1) and found[-1].label != "PERSON":
                # East, of the East and Central Rivers Union
                floor = begin - 2
            opening = _coordinated(reading, begin, last, max(reading.sentence(begin)[0], floor))
            if found and opening < found[-1].last:
                found.pop()
            entity = Entity(opening, last, label)
            first = opening
        if is_body and last - first == 1 and (aim := _aim(reading, first, last, label_at)) is not None:
            label, last = "ORG", aim
            entity = Entity(first, last, label)
        if last <= floor or label not in _NAMES:
            if first >= floor:
                found.append(entity)
            continue
        first = max(first, floor)
        start, stop = reading.sentence(first)
        if reading.word(first) == "." and last - first > 1:
            first += 1
        if _is_hyphen(reading, first) and first - 1 >= max(start, floor):
            # The "-Ling Cho" of Mei-Ling Cho
            first -= 1
        elif (
            label in ("PERSON", "ORG")
            and first - 2 >= max(start, floor)
            and _is_hyphen(reading, first - 1)
            and (reading.word(first - 2).istitle() or reading.lower(first - 2) in names.particles())
            and first - 2 not in label_at
        ):
            # The "Ling Cho" of it, the "Doping Norway" of Anti-Doping Norway, the "Amr" of al-Amr
            first -= 2
        if label == "PERSON" and _is_title(reading, first, last, label_at):
            continue
        if label == "ORG":
            first = _adjective(reading, first, last, start, label_at)
            if found and first < found[-1].last:
                found.pop()
        # Before a full name stands what somebody is: Striker Lena Fuchs.
        is_single = label == "PERSON" and last - first == 1
        while (before := _earlier(reading, first, is_single, label_at)) is not None and before >= max(start, floor):
            first = before
        while (after := _later(reading, first, last, stop, label_at)) is not None:
            label = _label(reading, label, last, after, label_at)
            last = after
        if label == "ORG" and last - first > 2 and names.is_honour(reading.word(last - 1)):
            label = "PERSON"
        if label == "ORG" and reading.lower(last - 1) in ("of", "for", "on"):
            last = _capitals_end(reading, last, stop)
        found.append(Entity(first, last, label))
    found = _with_openings(reading, _with_syllables(reading, _double_barrelled(reading, found)))
    found = _with_bodies(reading, _with_ampersands(reading, _with_holders(reading, found)))
    found = _with_sources(reading, _with_papers(reading, found))
    found = _with_aims(reading, _with_backs(reading, _with_fronts(reading, found)))
    return _with_endings(reading, with_long_names(reading, found))


def _without_lead(reading: Reading, entity: Entity) -> Entity:
    """A body or place without small words that lead to it, of which there may be no others: the "of" of "of Marrow"."""
    first = entity.first
    while entity.label in ("ORG", "LOC") and first < entity.last and reading.upos[first] in ("ADP", "CCONJ"):
        first += 1
    return entity._replace(first=first)


def _with_papers(reading: Reading, entities: list[Entity]) -> list[Entity]:
    """Adds newspapers called by a noun for people: The Guardian, the Economist."""
    named = {token for entity in entities for token in range(entity.first, entity.last)}
    papers = [
        Entity(token, token + 1, "ORG")
        for token in range(1, len(reading))
        if reading.lower(token) in names.newspapers()
        and reading.word(token).istitle()
        and reading.lower(token - 1) == "the"
        and token not in named
        and not (token + 1 < len(reading) and reading.word(token + 1)[:1].isupper())
    ]
    return sorted([*entities, *papers])


def _with_sources(reading: Reading, entities: list[Entity]) -> list[Entity]:
    """Entities with bodies that are all of a source but its article: of "USA TODAY reported", more than USA."""
    firsts = [entity.first for entity in entities]
    wholes: list[Entity] = []
    dropped: set[Entity] = set()
    for role in reading.roles:
        if role.role != "source":
            continue
        tokens = [t for t in reading.tokens_in(role.start, role.end) if reading.upos[t] != "SPACE"]
        while tokens and (reading.upos[tokens[0]] == "DET" or reading.lower(tokens[0]) in _LEADS):
            del tokens[0]
        if not _is_one_name(reading, tokens):
            continue
        first, last = tokens[0], tokens[-1] + 1
        at = max(0, bisect_right(firsts, first) - 1)
        inside = [e for e in entities[at : bisect_left(firsts, last)] if e.last > first]
        if inside and all(e.label != "PERSON" and (first, last) != e[:2] for e in inside):
            wholes.append(Entity(first, last, "ORG"))
            dropped.update(inside)
    return sorted([*(e for e in entities if e not in dropped), *wholes]) if wholes else entities


def _is_one_name(reading: Reading, tokens: Sequence[int]) -> bool:
    """Whether tokens of a sentence are the name of one body by their capitals."""
    if len(tokens) < 2 or tokens[-1] - tokens[0] >= len(tokens) or _is_in_capitals(reading, tokens[0]):
        return False
    small = [t for t in tokens if not (reading.word(t)[0].isupper() or reading.word(t)[0].isdigit())]
    small = [t for t in small if not _is_hyphen(reading, t)]
    if tokens[0] in small or not reading.word(tokens[0])[0].isupper() or not reading.word(tokens[-1])[-1].isalnum():
        return False
    if any(reading.lower(t) not in _JOINING for t in small):
        return False
    noun = next((t for t in reversed(tokens) if int(reading.heads[t]) not in tokens), tokens[-1])
    if names.noun_kind(reading.lower(noun))[0] in ("person", "group") or reading.morph[noun] == "Plur":
        return False
    if names.plain(reading.word(tokens[-1])) in names.titles():
        return False
    # What a body is for is of its name (Transport for Wales); where it is, and whom it is of, mostly is not.
    is_aim = [reading.lower(t) for t in small] == ["for"] and noun == small[0] - 1
    return not small or is_aim or reading.lower(noun) in names.roles()


def _with(entities: list[Entity], whole: Entity) -> list[Entity]:
    """Entities with one in place of those that it overlaps."""
    kept = [e for e in entities if e.last <= whole.first or e.first >= whole.last]
    return sorted([*kept, whole])


def _capitals_end(reading: Reading, first: int, stop: int) -> int:
    """Token after the last of the words in capitals that stand side by side from a token on."""
    last = first
    while last < stop and _is_capital(reading, last) and (last == first or _is_next(reading, last - 1)):
        last += 1
    return last


def _with_syllables(reading: Reading, entities: list[Entity]) -> list[Entity]:
    """Entities with given names of which the second part is written small: Han Ji-won, Oh Kyung-tae.

    A last name stands before them, and no noun behind them as behind "Quist-led".
    """
    found = entities
    label_at = {token: e.label for e in entities for token in range(e.first, e.last)}
    for hyphen in range(2, len(reading) - 2):
        if not _is_hyphen(reading, hyphen):
            continue
        given, small, after = hyphen - 1, hyphen + 1, hyphen + 2
        is_given = (
            reading.word(given).istitle()
            and reading.word(small).islower()
            and reading.word(small).isalpha()
            and len(reading.word(small)) <= _LONGEST_SYLLABLE
            and reading.lower(small) not in _NO_SYLLABLES
            and reading.upos[after] not in ("NOUN", "PROPN", "ADJ", "NUM")
            and not _is_hyphen(reading, after)
        )
        last_name = given - 1
        if not is_given or not _is_next(reading, last_name) or not reading.word(last_name).istitle():
            continue
        if "PERSON" not in (label_at.get(last_name), label_at.get(given), label_at.get(small)):
            continue
        word = reading.lower(last_name)
        if names.plain(word) in names.titles() or word in names.demonyms():
            continue
        if reading.sent_starts[last_name] and names.noun_kind(word)[0]:
            continue
        own = [e for e in found if e.label == "PERSON" and e.first < last_name < e.last]
        found = _with(found, Entity(min([last_name, *(e.first for e in own)]), after, "PERSON"))
    return found


def _with_openings(reading: Reading, entities: list[Entity]) -> list[Entity]:
    """Entities with bodies whose first word says so, as in most languages but English: Grupo Tenorio."""
    found = entities
    for token in range(len(reading) - 1):
        word = reading.word(token)
        if not word[:1].isupper() or word.lower() not in names.body_openings() or not _is_next(reading, token):
            continue
        if token and _is_capital(reading, token - 1) and _is_next(reading, token - 1):
            continue
        last, stop = token + 1, reading.sentence(token)[1]
        while last < stop:
            end = last
            while end < stop and names.is_small(reading.word(end)):
                end += 1
            end = _capitals_end(reading, end, stop) if end < stop and _is_next(reading, last - 1) else last
            if end == last or not reading.word(end - 1)[:1].isupper():
                break
            last = end
        if last - token > 1:
            found = _with(found, Entity(token, last, "ORG"))
    return found


def _with_ampersands(reading: Reading, entities: list[Entity]) -> list[Entity]:
    """Entities with firms that are called after two: Thorvald & Pease."""
    found = entities
    for token in range(1, len(reading) - 1):
        if reading.word(token) != "&" or not (_is_next(reading, token - 1) and _is_next(reading, token)):
            continue
        if not (_is_capital(reading, token - 1) and _is_capital(reading, token + 1)):
            continue
        floor, stop = reading.sentence(token)
        first, last = token - 1, _capitals_end(reading, token + 1, stop)
        while first > floor and _is_capital(reading, first - 1) and _is_next(reading, first - 1):
            if names.noun_kind(reading.lower(first - 1))[0] or reading.sent_starts[first - 1]:
                break
            first -= 1
        if len(reading.word(token - 1)) > 1 and len(reading.word(token + 1)) > 1:
            found = _with(found, Entity(first, last, "ORG"))
    return found


def _with_fronts(reading: Reading, entities: list[Entity]) -> list[Entity]:
    """Entities with the first words of bodies' names, of which the reader has the last: Blue Heron Compute.

    They are in capitals amid a sentence; one that opens a sentence is told by the same words elsewhere.
    """
    found = entities
    told = {
        tuple(reading.word(t) for t in range(e.first, e.last)) for e in entities if not reading.sent_starts[e.first]
    }
    for opens in (False, True):
        for entity in list(found):
            if entity.label not in ("ORG", "MISC") or entity not in found or _is_in_capitals(reading, entity.first):
                continue
            first = entity.first
            own = {e.first: e for e in found} if not opens else {}
            while first > 0 and _is_front(reading, first - 1, entity, found) and not own.get(first - 1):
                first -= 1
                if reading.sent_starts[first]:
                    break
            if first == entity.first or first < entity.first - _LONGEST_FRONT:
                continue
            words = tuple(reading.word(t) for t in range(first, entity.last))
            if reading.sent_starts[first]:
                if reading.upos[first] != "PROPN" and not (opens and words in told):
                    continue
            elif not opens:
                told.add(words)
            found = _with(found, Entity(first, entity.last, "ORG" if entity.label == "ORG" else entity.label))
    return found


def _with_backs(reading: Reading, entities: list[Entity]) -> list[Entity]:
    """Entities with the last words of bodies' names, on which the others hang: Ashgrove Care Homes."""
    found = entities
    for entity in entities:
        last, stop = entity.last, reading.sentence(entity.first)[1]
        if entity not in found or not reading.word(last - 1)[:1].isupper() or last + 1 >= stop:
            continue
        # Larch Hill Housing is no place.
        is_firm = entity.label in ("LOC", "MISC") and reading.lower(last) in names.body_endings()
        if (entity.label != "ORG" and not is_firm) or _is_in_capitals(reading, entity.first):
            continue
        while (
            last + 1 < stop
            and reading.word(last).istitle()
            and reading.upos[last] in ("NOUN", "PROPN")
            and _is_next(reading, last - 1)
            and any(
                int(reading.heads[t]) == last and reading.deps[t] in ("compound", "amod")
                for t in range(entity.first, last)
            )
            and names.noun_kind(reading.lower(last))[0] in ("", "organization")
            and names.plain(reading.word(last)) not in names.titles()
            and not any(e.first <= last < e.last for e in found)
        ):
            last += 1
        if last > entity.last and not reading.word(last)[:1].isupper():
            found = _with(found, Entity(entity.first, last, "ORG"))
    return found


def _with_aims(reading: Reading, entities: list[Entity]) -> list[Entity]:
    """Entities with bodies that are "of" others joined: the Joint Front of Harbour Unions."""
    found: list[Entity] = []
    for entity in entities:
        before = found[-1] if found else None
        if (
            before is not None
            and before.label == entity.label == "ORG"
            and before.last + 1 == entity.first
            and reading.lower(before.last) == "of"
            and reading.word(before.first)[:1].isupper()
            and reading.lower(before.first - 1) == "the"
        ):
            found[-1] = Entity(before.first, entity.last, "ORG")
        else:
            found.append(entity)
    return found


def _is_in_capitals(reading: Reading, token: int) -> bool:
    """Whether most words of a token's sentence have capitals, as headlines' do: nothing tells there where names end."""
    words = [reading.word(t) for t in range(*reading.sentence(token)) if reading.word(t).isalpha()]
    return sum(word[0].isupper() for word in words) > _CAPITALS * len(words)


def _is_front(reading: Reading, token: int, entity: Entity, entities: list[Entity]) -> bool:
    """Whether a word right before a body's name is of it."""
    word = reading.lower(token)
    around = next((e for e in entities if e.first <= token < e.last), None)
    return (
        reading.word(token)[:1].isupper()
        and not reading.word(token).isupper()
        and reading.upos[token] in ("ADJ", "NOUN", "PROPN")
        and _is_next(reading, token)
        and token < int(reading.heads[token]) < entity.last
        and reading.deps[token] in ("compound", "amod")
        and names.plain(word) not in names.titles()
        and names.noun_kind(word)[0] != "person"
        and word not in names.demonyms()
        and word not in names.DAYS
        and (around is None or (around.label in ("ORG", "MISC") and around.last <= entity.first))
    )


def _with_holders(reading: Reading, entities: list[Entity]) -> list[Entity]:
    """Entities with the names behind nouns for people whole: noodle seller Fan Kuo-wei."""
    found = entities
    for token in range(len(reading) - 2):
        if reading.upos[token] != "NOUN" or not reading.word(token).islower() or reading.morph[token] == "Plur":
            continue
        first = last = token + 1
        while last < len(reading) and (
            _is_capital(reading, last) or _is_hyphen(reading, last) or _is_hyphen(reading, last - 1)
        ):
            if not _is_next(reading, last - 1) and not _is_hyphen(reading, last) and not _is_hyphen(reading, last - 1):
                break
            last += 1
        if last - first < 2 or not _is_next(reading, token) or names.noun_kind(reading.lower(token))[0] != "person":
            continue
        if any(e.label in ("PERSON", "DATE", "TIME") and e.first < last and e.last > first for e in found):
            continue
        inside = [e for e in found if e.first < last and e.last > first]
        if all(first <= e.first and e.last <= last for e in inside):
            found = sorted([*(e for e in found if e not in inside), Entity(first, last, "PERSON")])
    return found


def _with_endings(reading: Reading, entities: list[Entity]) -> list[Entity]:
    """Entities with the last words of bodies' full names where they stand alone: Rovers, of Stanwick Rovers."""
    endings = {reading.word(e.last - 1) for e in entities if e.label == "ORG" and e.last - e.first > 1}
    entities = [
        e._replace(label="ORG")
        if e.label == "MISC" and e.last - e.first == 1 and reading.word(e.first) in endings
        else e
        for e in entities
    ]
    taken = {token for e in entities for token in range(e.first, e.last)}
    alone = [
        Entity(token, token + 1, "ORG")
        for token in range(len(reading))
        if token not in taken
        and reading.upos[token] in ("NOUN", "PROPN")
        and reading.word(token) in endings
        and reading.word(token).istitle()
        and not names.roles().get(reading.lower(token), ("",))[0]
        and reading.deps[token] not in ("compound", "flat")
    ]
    return sorted([*entities, *alone])


def _with_bodies(reading: Reading, entities: list[Entity]) -> list[Entity]:
    """Entities with the whole names of bodies whose last or first noun says so, by their capitals.

    The reader often has a part of such a name alone, or two: the Amalgamated Dock and Wharf Workers' Union.
    """
    found = entities
    for token in range(1, len(reading)):
        if not _is_body_noun(reading, token):
            continue
        first, last = _body_start(reading, token), _body_end(reading, token)
        if last - first < 2 or any(e.first <= first and e.last >= last for e in found):
            continue
        if any(
            (e.label == "PERSON" and e.first < last and e.last > first and not token < e.first == e.last - 1 < last)
            or (e.label == "LOC" and e.first <= token < e.last)
            for e in found
        ):
            continue
        inside = [e for e in found if e.first < last and e.last > first]
        first, last = min([first, *(e.first for e in inside)]), max([last, *(e.last for e in inside)])
        found = sorted([*(e for e in found if e not in inside), Entity(first, last, "ORG")])
    return found


def _is_body_noun(reading: Reading, token: int) -> bool:
    """Whether a token is a capitalised noun for bodies that heads its phrase: not the "Council" of "Council staff"."""
    word = reading.word(token)
    if not word.istitle() or reading.upos[token] not in ("NOUN", "PROPN"):
        return False
    kind, _, use = names.roles().get(word.lower(), ("", "", ""))
    is_executive = word == "Executive" and _is_of_one_body(reading, token)
    if not is_executive and (kind != "organization" or use == "place"):
        return False
    follows = token + 1 < len(reading) and reading.upos[token + 1] in ("NOUN", "PROPN")
    return not (follows and _is_next(reading, token) and reading.deps[token] in ("compound", "amod", "nmod"))


def _is_of_one_body(reading: Reading, token: int) -> bool:
    """Whether an executive is a body: the Health and Safety Executive, not an executive or the Chief Executive."""
    first = token
    while first > 0 and (_is_capital(reading, first - 1) or reading.lower(first - 1) in ("and", "&")):
        first -= 1
    if reading.lower(first) == "the":
        first += 1
    goes_on = token + 1 < len(reading) and _is_capital(reading, token + 1)
    is_office = reading.lower(token - 1) in ("chief", "group")
    return token - first > 0 and not goes_on and not is_office and first > 0 and reading.lower(first - 1) == "the"


def _is_capital(reading: Reading, token: int) -> bool:
    return reading.word(token)[:1].isupper() and reading.upos[token] in ("NOUN", "PROPN", "ADJ", "NUM", "X")


def _body_start(reading: Reading, token: int) -> int:
    """First token of a body's name that ends with a noun for bodies."""
    floor = reading.sentence(token)[0]
    first = token
    while first > floor:
        before = first - 1
        if _is_capital(reading, before) and _is_next(reading, before):
            if reading.sent_starts[before] and reading.lower(before) in names.titles():
                break
            if reading.lower(before) in names.DAYS:
                break
            first = before
            continue
        owner = before - 1
        # Workers' and Women's are of the name, Ostrenia's is not.
        is_owner = reading.lower(before) in ("'", "’", "'s", "’s") and owner >= floor and _is_capital(reading, owner)
        if is_owner and (reading.upos[owner] == "NOUN" or reading.lower(before) in ("'", "’")):
            first = owner
            continue
        # The Port of Grand Mesa Authority
        is_of = reading.lower(before) == "of" and owner > floor and _is_capital(reading, owner) and first < token
        if is_of and reading.lower(owner - 1) == "the" and names.noun_kind(reading.lower(owner))[0] != "person":
            first = owner
            continue
        is_pair = reading.lower(before) in ("and", "&") and owner >= floor and _is_capital(reading, owner)
        if is_pair and first < token and not _is_body_noun(reading, owner) and reading.upos[first] != "PRON":
            first = owner
            continue
        break
    return first


def _body_end(reading: Reading, token: int) -> int:
    """Token after the last of a body's name that begins with a noun for bodies: the Union of Dock Workers."""
    last, stop = token + 1, reading.sentence(token)[1]
    while last + 1 < stop:
        if reading.lower(last) == "of" or (reading.lower(last) in ("and", "&") and last > token + 1):
            begin = last + 1 + (reading.lower(last + 1) == "the" and reading.lower(last) == "of")
            end = begin
            while end < stop and _is_capital(reading, end) and not _is_body_noun(reading, end):
                end += 1
            if end > begin:
                last = end
                continue
        break
    return last


def _double_barrelled(reading: Reading, entities: list[Entity]) -> list[Entity]:
    """Entities with people's last names on both sides of a hyphen, wherever a full name of the text ends so.

    The words tell it, for parse and labels often take the second part of Zanele Ota-Brandt for something else.
    """
    first_of = {entity.first: entity for entity in entities}
    doubles: set[tuple[str, str]] = set()
    for entity in entities:
        hyphen = entity.last
        if entity.label != "PERSON" or entity.last - entity.first < 2:
            continue
        if reading.word(hyphen - 2) in _HYPHENS and reading.word(hyphen - 3)[:1].isupper():
            doubles.add((reading.word(hyphen - 3), reading.word(hyphen - 1)))
        elif hyphen + 1 < len(reading) and _is_hyphen(reading, hyphen):
            part = first_of.get(hyphen + 1)
            # Ada Lund-Ivo Quist is a meeting of two.
            is_name = _is_name_word(reading, hyphen + 1) and (part is None or part.last - part.first == 1)
            if is_name and not _is_name_word(reading, hyphen + 2):
                doubles.add((reading.word(hyphen - 1), reading.word(hyphen + 1)))
    found: list[Entity] = []
    for entity in entities:
        if found and entity.first < found[-1].last:
            continue
        last = entity.last
        if (
            last + 1 < len(reading)
            and _is_hyphen(reading, last)
            and (reading.word(last - 1), reading.word(last + 1)) in doubles
        ):
            entity = Entity(entity.first, last + 2, "PERSON")
        found.append(entity)
    return found


def _is_given(reading: Reading, first: int, last: int, label_at: dict[int, str]) -> bool:
    """Whether what is labelled a place is the given name of a person: a last name hangs flatly on it."""
    return (
        last - first == 1
        and last < len(reading)
        and label_at.get(last) == "PERSON"
        and reading.deps[last] == "flat"
        and int(reading.heads[last]) == first
        and _is_next(reading, first)
    )


def _is_title(reading: Reading, first: int, last: int, label_at: dict[int, str]) -> bool:
    """Whether what is labelled a name is a title or trade before one: “Coun. Ada Quist”, “Midwife Vu”."""
    word = names.plain(reading.word(first))
    is_calling = word in names.titles() or names.roles().get(word, ("",))[0] == "person"
    if last - first == 1 and label_at.get(last) == "PERSON" and is_calling:
        is_before = reading.deps[first] == "nmod:desc" and int(reading.heads[first]) == last
        # Fr Aidan Quist; but Dean Marsh
        return (is_before or not names.is_given(reading.word(first))) and _is_next(reading, first)
    dot = last if last < len(reading) and reading.word(last) == "." else last - 1
    name = dot + 1
    word = reading.word(first)
    return (
        last - first == 1
        and name < len(reading)
        and (dot == last or word.endswith("."))
        and len(word.rstrip(".")) > 1
        and reading._ends[first] >= reading._ends[dot] - 1
        and not reading.sent_starts[name]
        and label_at.get(name) == "PERSON"
        and (reading.heads[first] in (name, reading.heads[name]) or int(reading.heads[name]) == first)
    )


def _aim(reading: Reading, first: int, last: int, label_at: dict[int, str]) -> int | None:
    """Token after what a body is for, where that is of its name: the Front for the Upper Valleys."""
    if first < 1 or reading.lower(first - 1) != "the" or last + 2 > len(reading) or reading.lower(last) != "for":
        return None
    end = begin = last + 1 + (reading.lower(last + 1) == "the")
    while end < len(reading) and reading.word(end)[:1].isupper() and label_at.get(end, "MISC") != "PERSON":
        end += 1
    hangs = any(int(reading.heads[token]) == first for token in range(begin, end))
    return end if hangs and reading.upos[first] in ("NOUN", "PROPN") else None


def _adjective(reading: Reading, first: int, last: int, floor: int, label_at: dict[int, str]) -> int:
    """First token of a body's name whose first adjective got a label of its own: the Hydrological Institute."""
    before = first - 1
    word = reading.word(before) if before >= floor else ""
    is_part = (
        word[:1].isupper()
        and not reading.sent_starts[before]
        and (label_at.get(before, "MISC") == "MISC" or (label_at[before] == "ORG" and reading.upos[before] == "ADJ"))
        and names.plain(word) not in names.titles()
        and label_at.get(before - 1) not in ("MISC", label_at.get(before, "MISC"))
        and reading.deps[before] in ("compound", "amod")
        and first <= int(reading.heads[before]) < last
        and reading.lower(before) not in names.demonyms()
        and _is_next(reading, before)
    )
    return before if is_part else first


def _label(reading: Reading, label: str, last: int, after: int, label_at: dict[int, str]) -> str:
    """Label of a name from those of its parts: Marie-Claire Dubosc is a person whatever Dubosc alone may be."""
    other = label_at.get(after - 1, label)
    if "PERSON" not in (label, other):
        return other if other == "ORG" else label
    noun = reading.lower(after - 1)
    is_body = other == "ORG" and (names.roles().get(noun, ("",))[0] == "organization" or noun.endswith(("ing", "tion")))
    return "ORG" if is_body else "PERSON"


def _earlier(reading: Reading, first: int, is_single: bool, label_at: dict[int, str]) -> int | None:
    """The word before a name that belongs to it; names before what the reader takes for a last name alone too."""
    hyphen = first - 1
    word = hyphen - 1 if hyphen > 0 and _is_hyphen(reading, hyphen) else hyphen
    if word >= 0 and word == hyphen and reading.lower(first) in _SON_OF and word not in label_at:
        # The parse may take the "Said" of Said bin Juma for a verb.
        is_name = reading.word(word).istitle() and names.plain(reading.word(word)) not in names.titles()
        return word if is_name and _is_next(reading, word) else None
    if word < 0 or label_at.get(word, "ORG") not in _NAMES or not _is_name_word(reading, word):
        return None
    if word == hyphen and not _is_next(reading, word):
        return None
    if _are_joined(reading, word, first) and (is_single or reading.deps[first] == "flat"):
        return word
    is_before_person = is_single and word not in label_at and reading.upos[first] == "PROPN"
    if not is_before_person or word != hyphen:
        return None
    noun = reading.lower(word)
    if _INITIALS.fullmatch(reading.word(word)) and names.key(noun) not in ("us", "uk", "eu", "un"):
        return word
    is_given = reading.deps[word] == "compound" and reading.word(word)[1:].islower()
    return word if is_given and noun not in names.roles() and noun not in names.demonyms() else None


def _coordinated(reading: Reading, first: int, last: int, floor: int) -> int:
    """First token of a body's name that opens with two adjectives: Central and East European Coalition."""
    one = first - 2
    if one < floor or reading.lower(first - 1) not in ("and", "&") or not reading.word(one)[:1].isupper():
        return first
    is_pair = reading.deps[first] == "conj" and int(reading.heads[first]) == one
    is_pair = is_pair or reading.heads[first] == reading.heads[one]
    is_inside = first < int(reading.heads[one]) < last and reading.deps[one] in ("amod", "compound")
    return one if is_pair and is_inside else first


def _later(reading: Reading, first: int, last: int, stop: int, label_at: dict[int, str]) -> int | None:
    """Token after the next word of a name; None where the name ends."""
    if last >= stop:
        return None
    word = reading.word(last)
    if _is_hyphen(reading, last) or _is_hyphen(reading, last - 1):
        part = last + 1 if _is_hyphen(reading, last) else last
        return part + 1 if part < stop and _hangs_on(reading, part, first, last) else None
    suffix = last + 1 if word == "," else last
    if suffix < stop and names.is_generation(reading.word(suffix)) and reading.word(suffix)[0].isupper():
        # The tokenizer may cut "Sr." in two.
        dot = suffix + 1
        return dot + 1 if dot < stop - 1 and reading.word(dot) == "." else dot
    if names.is_nickname_mark(word):
        closing = next(
            (
                t
                for t in range(last + 2, min(stop - 1, last + 3 + _LONGEST_NICKNAME))
                if names.is_nickname_mark(reading.word(t))
            ),
            None,
        )
        is_inside = closing is not None and all(
            reading.word(t)[:1].isalpha() or _is_hyphen(reading, t) for t in range(last + 1, closing)
        )
        if closing is None or not is_inside or reading._ends[last] != reading._starts[last + 1]:
            return None
        return closing + 2 if _is_name_word(reading, closing + 1) else None
    is_next = _is_name_word(reading, last) and _is_next(reading, last - 1)
    if is_next and label_at.get(last) == "LOC" and label_at.get(last - 1) == "PERSON":
        # Lena Holland
        return last + 1 if last - first == 1 and _are_joined(reading, first, last) else None
    if is_next and label_at.get(last) == "LOC" and label_at.get(last - 1) == "ORG" and last - first == 1:
        # Solway Towage
        return last + 1 if _are_joined(reading, first, last) else None
    if not is_next or label_at.get(last, "ORG") not in _NAMES:
        return None
    is_body = label_at.get(last - 1) == "ORG" and label_at.get(last) in ("ORG", "MISC")
    is_inside = is_body and reading.deps[last - 1] == "compound" and int(reading.heads[last - 1]) == last
    return last + 1 if is_inside or _are_joined(reading, first, last) else None


def _hangs_on(reading: Reading, part: int, first: int, last: int) -> bool:
    """Whether what follows a hyphen is of the name before it: flatly, or by a last name that is (Anh-Thu Vo)."""
    head = int(reading.heads[part])
    if reading.deps[part] == "flat":
        return _are_joined(reading, first, part) or first <= head < last
    is_given = reading.deps[part] == "compound" and head == part + 1 and reading.deps[head] == "flat"
    return is_given and first <= int(reading.heads[head]) < last


def _are_joined(reading: Reading, one: int, other: int) -> bool:
    """Whether two words of a text are of one name by the parse: one hangs flatly on the other, or both are subjects."""
    top, head = (int(reading.heads[one]) if reading.deps[one] == "flat" else one), int(reading.heads[other])
    if reading.deps[other] == "flat":
        return head in (one, top)
    return reading.deps[one] == reading.deps[other] == "nsubj" and int(reading.heads[one]) == head > other


def _is_name_word(reading: Reading, token: int) -> bool:
    word = reading.word(token)
    return reading.upos[token] == "PROPN" and word[:1].isupper() and names.plain(word) not in names.titles()


def _is_next(reading: Reading, token: int) -> bool:
    """Whether a blank alone stands between a token and the next."""
    return reading.text[reading._ends[token] : reading._starts[token + 1]] in (" ", "\u00a0")


def _is_hyphen(reading: Reading, token: int) -> bool:
    """Whether a token is a hyphen between two words."""
    return (
        0 < token < len(reading) - 1
        and reading.word(token) in _HYPHENS
        and reading._ends[token - 1] == reading._starts[token]
        and reading._ends[token] == reading._starts[token + 1]
    )
