"""Which of several with one last name is meant: the elder or the younger one, the wife told by her first name."""

from __future__ import annotations

import functools
import re

from quotekit.lexicon import load_table
from quotekit.speakers.mentions import Mention
from quotekit.speakers.names import PersonName
from quotekit.speakers.parties import Parties

_WHICH_ONE = re.compile(r"\b(elder|older|senior|younger|junior) $", re.IGNORECASE)
"""What tells two bearers of a last name apart."""
_WHOSE = r"(?:late |only |eldest |youngest |\d+-year-old )?"


@functools.cache
def _kin() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What says of one of two namesakes who is whose child: before the name and behind it."""
    words: dict[str, list[str]] = {"younger": [], "elder": []}
    for word, age, may_have_word_before in load_table("kin_ages"):
        words[age].append(rf"(?:\w+ )?{word}" if may_have_word_before == "yes" else word)
    kin = f"(?:(?P<younger>{'|'.join(words['younger'])})|(?:{'|'.join(words['elder'])}))"
    return (
        re.compile(rf"\b(?:his|her|their|whose|[’']s) {_WHOSE}{kin},? $", re.IGNORECASE),
        re.compile(rf"(?:, \d{{1,3}})?, (?:his|her|their|the|[A-Z]\w+[’']s) {_WHOSE}{kin}\b"),
    )


def by_age(parties: Parties, mention: Mention, person: PersonName) -> int | None:
    """Who of two bearers of a last name is the elder or the younger one, by what is told of them."""
    start = mention.name[0] if mention.name is not None else mention.start
    which = _WHICH_ONE.search(parties.text, max(0, start - 12), start)
    bearers = [
        i for i in parties.by_last.get(person.last, ()) if (one := parties.all[i].person) is not None and one.given
    ]
    if which is None or len(bearers) != 2:
        return None
    ages = [_age(parties, i) for i in bearers]
    if None not in (ages[0][1], ages[1][1]) and ages[0][1] != ages[1][1]:
        first_is_younger = (ages[0][1] or 0) < (ages[1][1] or 0)
    elif ages[0][0] != ages[1][0]:
        first_is_younger = ages[0][0] > ages[1][0]
    else:
        return None
    wants_younger = which[1].casefold() in ("younger", "junior")
    return bearers[0] if first_is_younger == wants_younger else bearers[1]


def _age(parties: Parties, index: int) -> tuple[int, int | None]:
    """How much younger somebody is told to be than a namesake, and the age that is given."""
    younger, age = 0, None
    before, after = _kin()
    for mention in parties.mentions:
        if mention.party != index or mention.kind != "name" or mention.name is None or len(mention.words) < 2:
            continue
        beside = before.search(parties.text, max(0, mention.start - 48), mention.name[0])
        beside = beside or after.match(parties.text, mention.name[1])
        if beside is not None:
            younger += 1 if beside["younger"] else -1
        for word in mention.described:
            if word.endswith("-year-old") and word.split("-")[0].isdigit():
                age = int(word.split("-")[0])
    one = parties.all[index].person
    suffix = one.suffix if one is not None else ""
    return younger + (suffix == "jr") - (suffix == "sr"), age


def by_kin(parties: Parties, mention: Mention, person: PersonName) -> int | None:
    """The relative who has been told by the first name alone: his wife, Beryl, is Mrs Quist."""
    if not mention.gender or len(mention.words) != 1:
        return None
    bearers = [parties.all[i] for i in parties.by_last.get(person.last, ())]
    genders = {party.gender or party.heard_gender or party.likely_gender for party in bearers}
    if not bearers or mention.gender in genders:
        return None
    found = [
        i
        for i, party in enumerate(parties.all)
        if party.is_kin and party.is_named and party.mentions and party.person is not None
        if not party.person.given and (party.gender or party.likely_gender) == mention.gender
    ]
    if len(found) != 1:
        return None
    party = parties.all[found[0]]
    first, own = max(party.names, key=lambda name: party.names[name]), party.person
    if own is not None:
        party.person = PersonName((own.last,), person.last, "")
        party.names[f"{first} {' '.join(mention.words)}"] += 1
        parties.by_last[person.last].append(found[0])
    return found[0]
