"""People named by some of their names, joined with whoever is named by all: Irina Pavlovna, Dona Graças."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from quotekit.speakers import names
from quotekit.speakers.mentions import Mention
from quotekit.speakers.names import PersonName
from quotekit.speakers.parties import Parties

_SHORTEST_GIVEN = 2
"""Letters of a given name that tells somebody."""


def join_longer(parties: Parties) -> None:
    """Joins people named by some of their names to the one who is named by all: Irina Pavlovna, Wilber Choque.

    The given name is the same, the others stand in the long name in the same order, and nobody else's do.
    """
    people = [(i, party.person) for i, party in enumerate(parties.all) if party.person is not None]
    by_first: dict[str, list[tuple[int, PersonName]]] = defaultdict(list)
    for index, person in people:
        by_first[person.given[0]].append((index, person))
    moved: dict[int, int] = {}
    for index, person in people:
        if person.suffix or len(person.given[0]) < _SHORTEST_GIVEN:
            continue
        words = (*person.given, person.last)
        longer = [
            other
            for other, full in by_first[person.given[0]]
            if other != index
            and len(full.given) >= len(words)
            and full.last != person.last
            and _are_in_order(words, full.given)
            and not (parties.all[index].gender and parties.all[other].gender not in ("", parties.all[index].gender))
        ]
        if len(longer) == 1:
            moved[index] = longer[0]
    for mention in parties.mentions:
        titled = _by_title(parties, mention)
        if titled is not None:
            moved.setdefault(mention.party or 0, titled)
    for index in moved:
        while moved[index] in moved:
            moved[index] = moved[moved[index]]
    if not moved:
        return
    for mention in parties.mentions:
        if mention.party is not None:
            mention.party = moved.get(mention.party, mention.party)
    for table in (parties.by_last, parties.by_given):
        for word, found in table.items():
            table[word] = list(dict.fromkeys(moved.get(i, i) for i in found))


def _by_title(parties: Parties, mention: Mention) -> int | None:
    """The one person who alone bears the name behind what may be a title or a given name: Dona Graças."""
    if mention.kind != "name" or mention.label != "PERSON" or mention.party is None or len(mention.words) != 2:
        return None
    title, own = names.titles().get(names.plain(mention.words[0]), ("", "", "")), parties.all[mention.party]
    if title[0] not in ("honorific", "address") or own.person is None or len(own.person.given) != 1:
        return None
    name = own.person.last
    bearers = [
        i
        for i, party in enumerate(parties.all)
        if i != mention.party and party.person is not None and party.person.given[0] != own.person.given[0]
        if name in party.person.given
        if title[1] in ("", party.gender or party.likely_gender or title[1])
    ]
    return bearers[0] if len(bearers) == 1 else None


def _are_in_order(words: Sequence[str], of: Sequence[str]) -> bool:
    """Whether all words stand among others in the same order, the first of both being one."""
    rest = iter(of)
    return words[0] == of[0] and all(word in rest for word in words)
