"""What somebody is known as, joined with the full name: Edivaldo dos Santos, known to everybody as Tico."""

from __future__ import annotations

import functools
import re

from quotekit.lexicon import load_table
from quotekit.speakers import names
from quotekit.speakers.mentions import Mention
from quotekit.speakers.naming.bodies import MOST_INNER
from quotekit.speakers.parties import Parties

_LONGEST_NAMING = 120
"""Characters between a name and another of the same."""
_LONGEST_ALIAS = 3
"""Words of what somebody is known as."""
_SOON = 3
"""Sentences in which whoever is known by another name is still spoken of."""
_SHORTEST_SPELT = 3
"""Letters of an acronym that is shorter than one that spells all words of a name."""


@functools.cache
def _known_as(place: str) -> re.Pattern[str]:
    """What tells another name of the same: "between" the two names, or "behind" the other one."""
    return re.compile("|".join(f"(?:{pattern})" for of, pattern, _ in load_table("known_as") if of == place))


def join_known_as(parties: Parties) -> None:
    """Joins what somebody is known as to the full name: Edivaldo dos Santos, known to everybody as Tico."""
    before: Mention | None = None
    named = [m for m in parties.mentions if m.kind == "name" and m.words and m.name is not None]
    other_names: dict[str, int] = {}
    for mention in named:
        start, end = mention.name or (0, 0)
        if before is not None and before.name is not None and before.party != mention.party:
            between = parties.text[before.name[1] : start]
            is_brief = len(mention.words) <= _LONGEST_ALIAS and len(between) <= _LONGEST_NAMING
            if is_brief and before.party is not None and _known_as("between").fullmatch(between):
                other_names.setdefault(names.body_key(mention.words), before.party)
        known = _known_as("behind").match(parties.text, end)
        key = names.body_key(mention.words)
        if known is not None and key not in other_names:
            index = _known_before(parties, mention, known)
            if index is not None and index != mention.party:
                other_names[key] = index
        if key not in other_names:
            before = mention
    for key in other_names:
        parties.by_body[key] = other_names[key]
    for mention in named:
        index = other_names.get(names.body_key(mention.words))
        if index is not None:
            mention.party = index
            parties.all[index].keys.add(names.body_key(mention.words))


def _known_before(parties: Parties, mention: Mention, known: re.Match[str]) -> int | None:
    """Whose other name stands before "as the union is known": whose letters it has, else the last of its kind."""
    word = names.plain(mention.words[0])
    if len(mention.words) == 1:
        spelled = [
            i
            for i in parties.by_letter.get(word[:1], ())
            if any(
                names.abbreviates(word, key, MOST_INNER + 1) or _spells_all(word, key) for key in parties.all[i].keys
            )
        ]
        if len(spelled) == 1:
            return spelled[0]
    noun = (known["noun"] or "").split()[-1:]
    person = (known["whom"] or known["noun"] or "") in ("he", "she", "him", "her")
    for other in reversed(parties.mentions[: parties.order[id(mention)]]):
        if other.kind != "name" or other.party is None or other.party == mention.party or other.is_modifier:
            continue
        party = parties.all[other.party]
        if mention.sentence - other.sentence > _SOON:
            return None
        if person and party.kind == "person":
            return other.party
        if not person and party.label == "ORG" and (not noun or noun[0] in party.nouns or noun[0] in ("it", "body")):
            return other.party
    return None


def _spells_all(letters: str, name: str) -> bool:
    """Whether letters are the first of all words of a name: Cowas, of Council of West African States."""
    return letters in names.initials(name.split()) and len(letters) > _SHORTEST_SPELT
