"""Whom a pronoun takes up: who agrees with it, and what speaks for each, for a choice with learned weights."""

from __future__ import annotations

from bisect import bisect_left

from quotekit.speakers import names
from quotekit.speakers.antecedents import Option
from quotekit.speakers.choices import Choices
from quotekit.speakers.mentions import Mention
from quotekit.speakers.parties import Parties
from quotekit.speakers.party import Party

_MOST_SENTENCES = 8
"""Sentences after which nobody is taken up."""
_SOON = 3
"""Sentences in which "they" still may be one who was spoken of."""
_OPENING = "“\"‘'«"


class _Candidate:
    """What the text before a pronoun says of one party, read backwards."""

    def __init__(self, latest: Mention) -> None:
        self.latest = latest
        self.count = 0
        self.subject: int | None = None
        """Sentence in which it was last a subject."""
        self.spoke: int | None = None
        """Paragraph in which it last spoke."""
        self.called: int | None = None
        """Paragraph in which somebody last called it by name."""
        self.add(latest)

    def add(self, mention: Mention) -> None:
        """Takes an earlier mention into account."""
        self.count += 1
        if mention.is_subject and self.subject is None:
            self.subject = mention.sentence
        if mention.is_source and self.spoke is None:
            self.spoke = mention.paragraph
        if mention.is_vocative and self.called is None:
            self.called = mention.paragraph


def _is_inside(mention: Mention, whole: Mention) -> bool:
    """Whether a mention is a part of another."""
    return mention is not whole and whole.start <= mention.start and mention.end <= whole.end


class Pronouns:
    """Says whom the pronouns of a text speak of.

    Args:
        parties: The parties so far.
        choices: What chooses among those who agree.
    """

    def __init__(self, parties: Parties, choices: Choices) -> None:
        self.parties = parties
        self.choices = choices

    def antecedent(self, mention: Mention, speaker: int | None) -> int | None:
        """The party that a pronoun takes up, which is not the speaker of what it stands in."""
        parties = self.parties
        if mention.label == "0":
            other = parties.by_head.get(mention.same_as if mention.same_as is not None else -1)
            return other.party if other is not None else None
        if mention.label == "1" and mention.number == "sing" and mention.quote is None:
            if parties.narrator is None:
                parties.narrator = parties.add(Party("person", "narrator", gender=""))
            return parties.narrator
        if mention.label != "3":
            return None
        if mention.number == "plur" and (alone := self._singular_they(mention)) is not None:
            parties.all[alone].is_they = True
            return alone
        return self.choices.pronoun(parties, mention, self._options(mention, speaker))

    def _singular_they(self, mention: Mention) -> int | None:
        """The one person that "they" means: who has been "they", or alone is about and neither he nor she.

        It is first told where somebody speaks of whom nothing tells the gender, and no several are near.
        """
        parties = self.parties
        is_tag = mention.is_source and bool(mention.says) and parties.text[mention.says[0][0]] in _OPENING
        several = False
        one: int | None = None
        for other in parties.before(mention):
            if mention.sentence - other.sentence > _MOST_SENTENCES - _SOON:
                break
            if other.party is None or other.is_modifier:
                continue
            party = parties.all[other.party]
            if party.is_they:
                return None if several else other.party
            if mention.sentence - other.sentence > _SOON:
                continue
            is_count = other.noun in names.words_of("counts") and not other.has_complement
            if other.quote is not None or party.label == "LOC" or party.kind in ("document", "unknown") or is_count:
                continue
            if party.kind != "person" or party.number == "plur":
                near = mention.sentence - other.sentence <= 1
                several = several or near or bool(party.is_named or party.number == "plur" or other.is_source)
            elif party.label == "narrator" or not (party.is_named or other.is_source):
                continue
            elif one not in (None, other.party) or not party.is_named:
                return None
            else:
                one = other.party
        if several or one is None or not is_tag or parties.in_turns:
            return None
        party = parties.all[one]
        is_open = not (party.gender or party.heard_gender or party.likely_gender)
        return one if is_open and party.person is not None and party.person.given else None

    def _options(self, mention: Mention, speaker: int | None) -> list[Option]:
        """The parties that a pronoun may take up, nearest first, and what speaks for each."""
        parties = self.parties
        seen: dict[int, _Candidate] = {}
        # Whoever looks at her is another than she.
        actor = parties.by_head.get(mention.acted_on_by) if mention.acted_on_by is not None else None
        acting = actor.party if actor is not None and mention.noun != "reflexive" else None
        refused = {speaker, acting}
        for other in parties.before(mention):
            if mention.sentence - other.sentence > _MOST_SENTENCES:
                break
            # "Her deputy" is nobody's own deputy.
            is_around = other.start <= mention.start and mention.end <= other.end
            if other.party is None or other.is_modifier or other.party in refused or is_around:
                continue
            party = parties.all[other.party]
            if other.party in seen:
                seen[other.party].add(other)
            elif self._agrees(party, mention) and not self._is_told_of(party, mention):
                seen[other.party] = _Candidate(other)
            else:
                refused.add(other.party)
        if mention.number == "plur":
            # "They" are the States and their allies rather than the allies alone.
            wholes = [c.latest for c in seen.values() if c.latest.kind == "group"]
            inner = [i for i, c in seen.items() if any(_is_inside(c.latest, whole) for whole in wholes)]
            seen = {index: candidate for index, candidate in seen.items() if index not in inner}
        # Within a sentence the first one spoken of weighs most, between sentences the latest.
        leading = {candidate.latest.sentence: index for index, candidate in seen.items()}
        return [
            Option(index, self._features(mention, candidate, rank, leads=leading[candidate.latest.sentence] == index))
            for rank, (index, candidate) in enumerate(seen.items())
        ]

    def _is_told_of(self, party: Party, mention: Mention) -> bool:
        """Whether what a source says names the party, or alone speaks of it: nobody brings oneself up so."""
        parties = self.parties
        if party.mentions and mention.says and not party.is_named and not parties.in_turns:
            return all(any(a <= other.start < b for a, b in mention.says) for other in party.mentions)
        # In "Ada Quist was on her way when, she says, it rained" the text itself names her first.
        is_between = bool(mention.says) and mention.says[0][0] < mention.start < mention.says[-1][0]
        # Those that a content holds, and not all of the party's: a book has thousands.
        return any(
            other.kind == "name"
            and not other.is_modifier
            and other.party is not None
            and parties.all[other.party] is party
            and not (is_between and other.is_subject and other.quote is None and other.start < mention.start)
            for start, end in mention.says
            for other in parties.mentions[bisect_left(parties.starts, start) : bisect_left(parties.starts, end)]
        )

    def _features(self, mention: Mention, candidate: _Candidate, rank: int, *, leads: bool) -> tuple[str, ...]:
        """What speaks for or against a party that a pronoun may take up."""
        parties = self.parties
        last = candidate.latest
        party = parties.all[last.party or 0]
        kind = "they" if mention.number == "plur" else "it" if mention.gender == "n" else "he"
        found = [
            f"sentences {min(mention.sentence - last.sentence, 4)}",
            f"paragraphs {min(mention.paragraph - last.paragraph, 3)}",
            f"rank {min(rank, 4)}",
            f"mentions {min(candidate.count, 5)}",
            f"last {last.kind}",
            f"{'subject' if last.is_subject else 'no subject'} for {'subject' if mention.is_subject else 'no subject'}",
            f"quoted {last.quote is not None} {mention.quote is not None}",
        ]
        if leads:
            found.append(f"leads its sentence {min(mention.sentence - last.sentence, 2)}")
        if last.is_source:
            found.append(f"source for {'source' if mention.is_source else 'none'}")
        if candidate.subject is not None:
            found.append(f"subject sentences {min(mention.sentence - candidate.subject, 4)}")
        if not party.is_named:
            found.append("unnamed")
        if party.kind == "unknown":
            found.append("unknown kind")
        if kind == "he":
            found.append(f"gender {self._gender_fit(party, mention)}")
        else:
            found.append(
                f"party {party.kind} {party.label if party.label in ('LOC', 'nominal') else ''} {party.number}"
            )
        if parties.in_turns and mention.is_source:
            if candidate.spoke is not None:
                found.append(f"spoke {min(mention.paragraph - candidate.spoke, 4)}")
            if candidate.called is not None:
                found.append(f"called {min(mention.paragraph - candidate.called, 3)}")
        elif candidate.called == mention.paragraph:
            found.append("called here")
        return tuple(f"{kind} {feature}" for feature in found)

    @staticmethod
    def _gender_fit(party: Party, mention: Mention) -> str:
        if not mention.gender:
            return "open"
        if party.gender:
            return "stated"
        if party.heard_gender:
            return "heard" if party.heard_gender == mention.gender else "unheard"
        if party.likely_gender:
            return "likely" if party.likely_gender == mention.gender else "unlikely"
        return "unknown"

    def _agrees(self, party: Party, mention: Mention) -> bool:
        if party.label == "narrator":
            return False
        if mention.number == "plur":
            return party.number == "plur" or party.kind in ("group", "organization")
        if mention.gender == "n":
            is_open = (party.kind == "unknown" and party.number == "sing") or party.may_be_body
            return party.kind in ("organization", "document") or is_open
        if party.number == "plur" or party.kind not in ("person", "unknown"):
            return False
        if not mention.gender:
            return True
        if party.heard_gender:
            # One pronoun before may mislead, where the given name speaks against it.
            return party.gender in ("", mention.gender) and mention.gender in (party.heard_gender, party.likely_gender)
        return party.gender in ("", mention.gender)
