"""Who bears a name in full: one party for all its spellings, whether a person or a body."""

from __future__ import annotations

from collections.abc import Sequence

from quotekit.speakers import names
from quotekit.speakers.mentions import Mention
from quotekit.speakers.names import PersonName
from quotekit.speakers.parties import Parties
from quotekit.speakers.party import Party


def bearer(parties: Parties, mention: Mention) -> int | None:
    """Who bears a name; None for a person's that is not in full."""
    if mention.label != "PERSON":
        return _body(parties, mention)
    person = names.parse_person(mention.words)
    return _person(parties, mention, person) if person.given else None


def _person(parties: Parties, mention: Mention, person: PersonName) -> int:
    for index in parties.by_last[person.last]:
        if _is_same(parties.all[index], person, mention.gender):
            return index
    for index in [*parties.by_given.get(person.last, []), *parties.spelt_alike(person.last)]:
        if _is_same(parties.all[index], person, mention.gender):
            return index
    for index in parties.by_last[person.last]:
        # Carvalho Brandt is Ines Carvalho Brandt, and Ó Briain Seán Ó Briain.
        full = parties.all[index].person
        if full is not None and full.given[-len(person.given) :] == person.given and full.suffix == person.suffix:
            return index
    party = Party("person", "PERSON", person=person, gender=mention.gender, is_named=True)
    party.likely_gender = names.name_gender(person)
    index = parties.add(party)
    parties.by_last[person.last].append(index)
    parties.by_given[person.given[0]].append(index)
    if nickname := names.nickname(mention.words):
        parties.by_given[nickname].append(index)
    return index


def _is_same(party: Party, person: PersonName, gender: str) -> bool:
    if party.person is None or (gender and party.gender and gender != party.gender):
        return False
    if not names.same_person(party.person, person):
        return False
    if len(person.given) > len(party.person.given) or len(person.given[0]) > len(party.person.given[0]):
        party.person = person
    return True


def _body(parties: Parties, mention: Mention) -> int:
    # A name of signs alone has no key.
    key = names.body_key(mention.words) or " ".join(mention.words)
    index = parties.by_body.get(key)
    if index is None:
        kind = {"ORG": "organization", "LOC": "organization"}.get(mention.label, "unknown")
        if mention.number == "plur" and kind == "unknown":
            kind = "group"
        index = parties.add(Party(kind, mention.label, number=mention.number, is_named=True))
        parties.by_body[key] = index
        parties.all[index].keys.add(key)
        parts = key.split()
        if len(parts) > 1:
            parties.by_edge[parts[0]].append(index)
            parties.by_edge[parts[-1]].append(index)
            parties.by_letter[parts[0][:1]].append(index)
        if parts:
            parties.by_noun[_head_noun(parts)].append(index)
            parties.all[index].nouns.add(_head_noun(parts))
        if len(parts) > 1 and mention.label == "ORG" and parts[-1] in names.words_of("paper endings"):
            # Which "the newspaper" may take up: the Lund Herald
            parties.by_noun["newspaper"].append(index)
            parties.all[index].nouns.add("newspaper")
    return index


def _head_noun(words: Sequence[str]) -> str:
    """The noun that says what a body is: Department of Justice, Foreign Ministry."""
    for at, word in enumerate(words):
        if at and word in ("of", "for", "on", "in", "to", "at"):
            return words[at - 1]
    return words[-1]
