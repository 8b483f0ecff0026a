"""Whose relative, lawyer or rival somebody is: “his niece” again, and her aunt from the niece's side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from quotekit.speakers import names
from quotekit.speakers.descriptions import DescriptionReader
from quotekit.speakers.mentions import Mention
from quotekit.speakers.parties import Parties

Owned = tuple[int, str, str]
"""Owner, number and noun."""


class Relatives:
    """Who is what to whom in a text.

    Args:
        parties: The parties so far.
        read: What reads a mention before its turn.
    """

    def __init__(self, parties: Parties, read: Callable[[Mention], None]) -> None:
        self.parties = parties
        self.read = read
        self.by_owner: dict[Owned, int] = {}
        self.relations: dict[int, list[tuple[str, int]]] = defaultdict(list)
        """What each is to others: the nouns, and the parties to whom he or she is so."""

    def owned(self, mention: Mention) -> Owned | None:
        """What makes "Trump's campaign", "the Trump campaign" and "his campaign" one: owner, number and noun."""
        if mention.owner is None:
            return None
        owner = self.parties.by_head.get(mention.owner)
        if owner is not None and owner.party is None and owner.quote is None:
            # "His niece" begins with whoever he is.
            self.read(owner)
        if owner is None or owner.party is None:
            return None
        return owner.party, mention.number, mention.noun

    def relate(self, index: int, noun: str, head: int) -> None:
        """Keeps in mind whose relative, client or rival a party is said to be."""
        other = self.parties.by_head.get(head)
        if other is not None and other.party is None and other.quote is None:
            self.read(other)
        if other is not None and other.party not in (None, index):
            self.tie((other.party or 0, "sing", noun), index)

    def tie(self, owned: Owned, index: int) -> None:
        """Makes a party the one that somebody owns by a noun: the lawyer of one, another's sister."""
        owner, _, noun = owned
        self.by_owner[owned] = index
        if noun in names.counterparts() and (noun, owner) not in self.relations[index]:
            self.relations[index].append((noun, owner))

    def counterpart(self, mention: Mention, owner: int) -> int | None:
        """The one to whom the owner of a description is the other side: her aunt, where she is one's niece."""
        parties = self.parties
        if mention.number != "sing" or mention.noun not in names.counterparts():
            return None
        reader = DescriptionReader(parties, mention)
        same = {mention.noun, *reader.others}
        found = [
            index
            for noun, index in self.relations[owner]
            if not same.isdisjoint(names.counterparts()[noun]) and reader.may_be(parties.all[index])
        ]
        found += [
            index
            for index, ties in self.relations.items()
            if any(noun in same and other == owner for noun, other in ties) and reader.may_be(parties.all[index])
        ]
        found = list(dict.fromkeys(found))
        return found[0] if len(found) == 1 else self._of_name(mention, owner) if not found else None

    def _of_name(self, mention: Mention, owner: int) -> int | None:
        """The only one who bears the last name of somebody whose relative a description speaks of."""
        parties = self.parties
        person = parties.all[owner].person
        if person is None or names.roles().get(mention.noun, ("", "", ""))[2] != "kin":
            return None
        reader = DescriptionReader(parties, mention)
        lasts = {
            person.last,
            *(names.key(part) for name in parties.all[owner].names for part in name.split()[-1].split("-")),
        }
        found = [
            index
            for last in lasts
            for index in parties.by_last.get(last, ())
            if index != owner and parties.all[index].last_full >= 0 and reader.may_be(parties.all[index])
            if owner not in [other for _, other in self.relations[index]]
        ]
        return found[0] if len(found) == 1 else None
