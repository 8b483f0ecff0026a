"""Whom descriptions and groups speak of: somebody named, somebody described before, or somebody new."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotekit.speakers import names
from quotekit.speakers.antecedents import Option
from quotekit.speakers.choices import Choices
from quotekit.speakers.descriptions import NOBODY, options
from quotekit.speakers.members import of_several
from quotekit.speakers.mentions import Mention, pronouns
from quotekit.speakers.naming.bodies import LONGEST_BODY
from quotekit.speakers.naming.defined_names import as_defined
from quotekit.speakers.naming.short_names import short_person
from quotekit.speakers.parties import Parties
from quotekit.speakers.party import Party
from quotekit.speakers.relatives import Relatives
from quotekit.speakers.words import DETERMINERS, modifiers

_MOST_SENTENCES = 8
"""Sentences in which somebody is still called by his country alone."""
_GIVEN_NAME = re.compile(r"\b(?:as|named|called|nicknamed|dubbed) $")
"""What stands before a name that is told as such."""
_ANY_BODY = frozenset(("group", "organisation", "organization", "movement", "party", "company", "firm"))
"""What nearly every body may be called."""
_FULL_OFFICE = 2
"""Words that say which office it is."""


class Nominals:
    """Says whom the descriptions and groups of a text speak of.

    Args:
        parties: The parties so far.
        relatives: Who is what to whom among them.
        choices: What chooses among those who may be meant.
    """

    def __init__(self, parties: Parties, relatives: Relatives, choices: Choices) -> None:
        self.parties = parties
        self.relatives = relatives
        self.choices = choices

    def group(self, mention: Mention) -> int:
        """The party of several who are told together: the United States and its allies."""
        parties = self.parties
        phrase = tuple(names.plain(w) for w in mention.words if names.plain(w) not in ("the", "a", "an"))
        index = parties.by_phrase.get(phrase)
        if index is None:
            index = parties.add(Party("group", "group", number="plur"))
            parties.by_phrase[phrase] = index
        return index

    def described(self, mention: Mention) -> int:
        """The party that a description speaks of, a new one where it takes up nobody."""
        parties = self.parties
        owned = self.relatives.owned(mention)
        if mention.same_as is not None:
            other = parties.by_head.get(mention.same_as)
            is_given = other is not None and _GIVEN_NAME.search(parties.text, max(0, other.start - 12), other.start)
            if is_given and other is not None and other.kind == "name" and other.words and other.party is None:
                other.party = short_person(parties, other)
                parties.enter(other, other.party, take=False)
            if other is not None and other.party is not None:
                parties.call(other.party, mention)
                if owned is not None:
                    self.relatives.tie(owned, other.party)
                return other.party
        if owned is not None and owned in self.relatives.by_owner:
            return self.relatives.by_owner[owned]
        if owned is not None and (other_side := self.relatives.counterpart(mention, owned[0])) is not None:
            parties.call(other_side, mention)
            self.relatives.tie(owned, other_side)
            return other_side
        if owned is not None and mention.label == "organization" and (named := self._named_for(mention)) is not None:
            return named
        is_person = mention.label == "person"
        found = self._taken_up(mention) if owned is None or is_person else None
        if found is not None:
            parties.call(found, mention)
            if owned is not None:
                self.relatives.tie(owned, found)
            return found
        kind = mention.label or "unknown"
        if mention.number == "plur" and kind in ("person", "organization"):
            kind = "group"
        party = Party(kind, "nominal", gender=mention.gender, number=mention.number)
        if mention.noun == "one" and mention.is_source and not mention.definite:
            of_several(parties, mention, party)
        party.nouns.add(mention.noun)
        index = parties.add(party)
        parties.by_noun[mention.noun].append(index)
        if owned is not None:
            self.relatives.tie(owned, index)
        elif mention.definite or mention.number == "plur":
            parties.by_phrase[parties.phrase(mention)] = index
        return index

    def _taken_up(self, mention: Mention) -> int | None:
        """The party that a description takes up."""
        parties = self.parties
        if (defined := as_defined(parties, mention)) is not None:
            return defined
        found = options(parties, mention)
        bearers = self._bearers(mention, found)
        if len(bearers) == 1:
            acting = self._acting_before(mention, bearers[0].party)
            return bearers[0].party if acting is None else acting
        chosen = self.choices.description(parties, mention, [found[0], *bearers] if bearers else found)
        return self._by_country(mention) if chosen in (None, NOBODY) else chosen

    def _acting_before(self, mention: Mention, bearer: int) -> int | None:
        """The named body that acts right before "the group", rather than a group without a name paragraphs above."""
        parties = self.parties
        party = parties.all[bearer]
        if mention.noun not in _ANY_BODY or party.is_named or modifiers(mention) or not party.mentions:
            return None
        if party.mentions[-1].paragraph >= mention.paragraph:
            return None
        for other in parties.before(mention):
            if mention.sentence - other.sentence > 1 or other.paragraph != mention.paragraph:
                return None
            if other.kind == "name" and other.is_subject and other.party is not None and not other.is_modifier:
                known = parties.all[other.party]
                # A ministry is no group.
                is_told = any(names.noun_kind(noun)[0] for noun in known.nouns)
                return other.party if known.label in ("ORG", "MISC") and not is_told else None
        return None

    def _bearers(self, mention: Mention, found: Sequence[Option]) -> list[Option]:
        """Those who alone can be meant, being called by a description's very noun: "the union", where one is known.

        Whoever else spoke last is no mayor where a mayor has been named.
        """
        parties = self.parties
        if mention.number != "sing" or not mention.definite or mention.owner is not None or mention.has_complement:
            return []
        bearers = [option for option in found[1:] if mention.noun in parties.all[option.party].nouns]
        named = [option for option in bearers if parties.all[option.party].is_named]
        if not named and len(bearers) > 1:
            return []
        return [option for option in named or bearers if self._may_bear(mention, option.party)]

    def _may_bear(self, mention: Mention, index: int) -> bool:
        """Whether all that a description says of somebody is known of a party."""
        parties = self.parties
        party = parties.all[index]
        unknown = modifiers(mention) - parties.known_words(party)
        if unknown and party.is_named and mention.affiliation and not party.affiliation:
            # The Ohio senator: of a senator it may not have been told where he is from.
            unknown -= {names.plain(word) for word in mention.affiliation.split()}
        return not unknown

    def _named_for(self, mention: Mention) -> int | None:
        """The body that is named after whose it is: the sheriff's office, of the Ada County Sheriff's Office."""
        parties = self.parties
        words = {names.plain(word) for word in mention.words if word[:1].isalnum()} - DETERMINERS
        if len(words) < _FULL_OFFICE or any(word in pronouns() for word in words):
            return None
        for index in reversed(parties.by_noun.get(mention.noun, [])[-12:]):
            whole = [name.split() for name in parties.all[index].names]
            known = {names.plain(word) for name in whole if len(name) <= LONGEST_BODY for word in name}
            if parties.all[index].is_named and words <= known:
                return index
        return None

    def _by_country(self, mention: Mention) -> int | None:
        """Who is called by a place: who is told to come from there, else who spoke last and not from elsewhere."""
        parties = self.parties
        words = " ".join(parties.text[mention.start : mention.end].casefold().split())
        word = words.removeprefix("the ")
        place = names.countrymen().get(word) or names.demonyms().get(word)
        if place is None or mention.number == "plur" or word == words or mention.label != "person":
            return None
        near: list[int] = []
        for other in parties.before(mention):
            if other.party is None or other.party in near or mention.sentence - other.sentence > _MOST_SENTENCES:
                continue
            party = parties.all[other.party]
            if (
                party.kind == "person"
                and party.is_named
                and not other.is_modifier
                and not party.clashes(mention.gender)
            ):
                near.append(other.party)
        told = [i for i in near if place in (parties.all[i].affiliation or "")]
        if told:
            return told[0]
        spoke = [
            i
            for i in near
            if not parties.all[i].affiliation and any(m.is_source or m.is_subject for m in parties.all[i].mentions)
        ]
        return spoke[0] if spoke else None

    def adopt(self, mention: Mention) -> None:
        """A description before a name, and the name, speak of one party: “the minister, Sergey Lavrov,”."""
        parties = self.parties
        other = parties.by_head.get(mention.same_as if mention.same_as is not None else -1)
        if other is None or other.kind != "nominal" or other.party is None or mention.party is None:
            return
        old = parties.all[other.party]
        if other.party != mention.party and not old.is_named and len(old.mentions) == 1:
            old.mentions.clear()
            owned = self.relatives.owned(other)
            if owned is not None:
                self.relatives.tie(owned, mention.party)
            parties.enter(other, mention.party)
            parties.call(mention.party, other)
