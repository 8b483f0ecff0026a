"""The parties of a text, and what its mentions say of each: names, titles, nouns, words, gender, deeds."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from quotekit.speakers import names
from quotekit.speakers.mentions import Mention
from quotekit.speakers.party import Party
from quotekit.speakers.words import OFFICE_END, modifiers, nouns_of_title, without_ex

_FARTHEST = 60
"""Mentions that are looked back at for whom another takes up."""
_FIRST = 2
"""Mentions of a party, and statements, whose words tell what it is."""
_AROUND = (60, 160)
"""Characters before and behind a mention that tell of whom it speaks."""
_SMALL_WORD = re.compile(r"\b[a-z]{4,}\b")
_QUOTED = re.compile(r"[“\"][^”\"\n]*[”\"]")
_ON_TRIAL = re.compile(
    r"(?:, \d+,)? (?:(?:is|was|are|were|goes|went|stands|stood) (?:on trial|trial|(?P<blamed>accused of)"
    r"|charged (?:with|over))|(?:has |had )?(?:pleaded|pleads) (?:(?:not )?guilty|no contest))\b"
)
_ACCUSED = ("accused", "defendant")
_ACTING_AS = {"testify": "witness"}
"""What somebody is who has done so, by the verb."""
_SHORTEST_SPELT = 6
"""Letters of a last name that may be spelt in other ways."""


def edge(last: str) -> str:
    """What spellings of a last name share: Husseini and Hosseini have other vowels."""
    return "~" + "".join(c for c in last if c not in "aeiou")[:2]


class Parties:
    """The parties of one text, found by what they are called.

    It keeps what is known; who takes up whom is for the modules that read (`resolver` says in which order).

    Args:
        text: The text.
        mentions: Its mentions, in text order.
        in_turns: Whether people talk with each other in it.
    """

    def __init__(self, text: str, mentions: Sequence[Mention], *, in_turns: bool = False) -> None:
        self.text = text
        self.in_turns = in_turns
        self.mentions = mentions
        self.by_head = {mention.head: mention for mention in mentions}
        self.order = {id(mention): i for i, mention in enumerate(mentions)}
        self.starts = [mention.start for mention in mentions]
        self.all: list[Party] = []
        self.by_last: dict[str, list[int]] = defaultdict(list)
        self.by_given: dict[str, list[int]] = defaultdict(list)
        self.by_body: dict[str, int] = {}
        self.by_edge: dict[str, list[int]] = defaultdict(list)
        self.by_letter: dict[str, list[int]] = defaultdict(list)
        """Bodies with a name of several words, by its first letter."""
        self.by_noun: dict[str, list[int]] = defaultdict(list)
        self.by_phrase: dict[tuple[str, ...], int] = {}
        self.holders: dict[str, list[int]] = defaultdict(list)
        """Who is given an office anywhere in the text, by its noun."""
        self.narrator: int | None = None
        self.defined: dict[str, int] = {}
        """Short forms that the text defines in brackets, in small letters."""
        self.by_initials: dict[str, list[Mention]] | None = None
        """Names with a title of these initials (the PS is a principal secretary); None until they are asked for."""

    def add(self, party: Party) -> int:
        """Takes a new party, and gives its index."""
        self.all.append(party)
        if party.person is not None and len(party.person.last) >= _SHORTEST_SPELT:
            self.by_edge[edge(party.person.last)].append(len(self.all) - 1)
        return len(self.all) - 1

    def spelt_alike(self, last: str) -> list[int]:
        """Parties whose last names begin alike: candidates for another spelling."""
        return list(self.by_edge.get(edge(last), ())) if len(last) >= _SHORTEST_SPELT else []

    def enter(self, mention: Mention, index: int, *, take: bool = True) -> None:
        """Writes down what a mention says of a party; with ``take`` the mention counts as read."""
        party = self.all[index]
        if mention.kind == "name" and mention.name is not None:
            name = mention.written or " ".join(self.text[mention.name[0] : mention.name[1]].split())
            if not take:
                party.names[name] += 1
            if take and (len(mention.words) > 1 or mention.titles or mention.gender):
                party.last_full = mention.start
        for title in mention.titles:
            party.titles.setdefault(title)
            words = [word for w in title.split() for word in without_ex(names.plain(w))]
            party.title_words.update(words)
            for noun in nouns_of_title(title):
                party.nouns.add(noun)
                if index not in self.holders[noun]:
                    self.holders[noun].append(index)
                if take:
                    self.by_noun[noun].append(index)
            if not party.gender:
                party.gender = names.title_gender(words)
        for word in (*mention.described, *(w for w in party.title_words if w.endswith("-year-old"))):
            party.title_words.update(word.split())
            noun = word.split()[-1]
            if noun.isalpha():
                party.nouns.add(noun)
            if take and names.noun_kind(noun)[0] == "person":
                self.by_noun[noun].append(index)
        party.deeds.update(mention.deeds)
        party.is_kin = party.is_kin or mention.is_kin
        if mention.kind == "pronoun":
            # Whoever has been "he" is not "she" later.
            if take and party.kind == "person" and mention.gender in ("m", "f") and mention.quote is None:
                party.heard_gender = party.heard_gender or mention.gender
        else:
            party.affiliation = party.affiliation or mention.affiliation
            party.gender = party.gender or mention.gender
        if mention.kind == "pronoun":
            self._settle_kind(party, mention)
        if take:
            mention.party = index
            party.mentions.append(mention)
            if mention.cue in _ACTING_AS:
                self.by_noun[_ACTING_AS[mention.cue]].append(index)
                party.nouns.add(_ACTING_AS[mention.cue])
            is_acting = mention.is_subject and party.kind == "person"
            if is_acting and (trial := _ON_TRIAL.match(self.text, mention.end)):
                for noun in _ACCUSED[: 1 if trial["blamed"] else 2]:
                    self.by_noun[noun].append(index)
                    party.nouns.add(noun)

    @staticmethod
    def _settle_kind(party: Party, mention: Mention) -> None:
        """Takes a party for a body, where its name did not tell what it is and "it" or "the company" means it."""
        is_body = mention.label == "organization" or (mention.kind == "pronoun" and mention.gender == "n")
        is_open = party.may_be_body or (party.kind == "unknown" and party.is_named and mention.kind == "nominal")
        if is_body and is_open and mention.number == "sing" and mention.quote is None:
            party.kind, party.label = "organization", "ORG"

    def call(self, index: int, mention: Mention) -> None:
        """Keeps in mind what a party has been called."""
        party = self.all[index]
        self._settle_kind(party, mention)
        party.nouns.add(mention.noun)
        if mention.number == "sing":
            party.title_words.update(modifiers(mention))
        self.by_noun[mention.noun].append(index)
        if mention.definite or mention.number == "plur":
            self.by_phrase.setdefault(self.phrase(mention), index)

    def move(self, mention: Mention, index: int) -> None:
        """Makes a mention speak of another party than it was read to."""
        if mention.party is not None and mention.party != index:
            old = self.all[mention.party]
            old.mentions = [other for other in old.mentions if other is not mention]
        if mention.party != index:
            mention.party = index
            self.all[index].mentions.append(mention)

    def merge(self, index: int, into: int) -> None:
        """Makes all mentions of one party another's."""
        party = self.all[index]
        moved = list(party.mentions)
        party.mentions.clear()
        for mention in moved:
            self.enter(mention, into)
            if mention.kind == "nominal":
                self.call(into, mention)
        self.all[into].mentions.sort(key=lambda mention: mention.start)

    def follows_speech(self, mention: Mention) -> bool:
        """Whether a named person has spoken in a description's paragraph or the one before, below the headline.

        "The diplomat" behind it is that person or nobody, and none who is named later.
        """
        return any(
            other.is_source
            and other.paragraph > 0
            and mention.paragraph - other.paragraph <= 1
            and other.party not in (None, mention.party)
            and self.all[other.party].kind == "person"
            and self.all[other.party].is_named
            for other in self.before(mention)
        )

    def before(self, mention: Mention, most: int = _FARTHEST) -> Iterator[Mention]:
        """The mentions before one, the nearest first."""
        at = self.order[id(mention)]
        return reversed(self.mentions[max(0, at - most) : at])

    def by_title_initials(self, word: str) -> list[int]:
        """Who bears an office that is called by its initials: the PS, of Principal Secretary Una Berg."""
        if self.by_initials is None:
            self.by_initials = defaultdict(list)
            for mention in self.mentions:
                titles = mention.titles
                other = mention
                if mention.kind == "nominal" and mention.same_as is not None and mention.label == "person":
                    other = self.by_head.get(mention.same_as, mention)
                    titles = [self.text[mention.start : mention.end]]
                if other.kind != "name" or other.label != "PERSON":
                    continue
                for title in titles:
                    whole = names.initials(title.split())
                    for initials in whole | names.initials(OFFICE_END.split(title)[0].split()):
                        self.by_initials[initials].append(other)
        bearers = (mention.party for mention in self.by_initials.get(names.plain(word), ()))
        return list(dict.fromkeys(party for party in bearers if party is not None))

    def phrase(self, mention: Mention) -> tuple[str, ...]:
        """What descriptions of one wording have in common."""
        return (*mention.words, *self._complement(mention))

    def _complement(self, mention: Mention) -> tuple[str, ...]:
        return ("…", self.text[mention.start : mention.end].casefold()) if mention.has_complement else ()

    def known_words(self, party: Party) -> set[str]:
        """The words by which a party has been named and described."""
        known = set(party.title_words)
        for name in party.names:
            known.update(names.plain(w) for w in name.split())
        for mention in party.mentions[:3]:
            if mention.kind == "nominal":
                known.update(names.plain(w) for w in mention.words)
                known.update(names.plain(w) for w in self.text[mention.start : mention.end].split())
        return known

    def around(self, index: int, without: Mention) -> tuple[set[str], set[str]]:
        """The words that the text has around the first mentions of a party, and those in what it says first.

        Args:
            index: Of the party.
            without: A mention whose own words are left out.
        """
        party = self.all[index]
        told: set[str] = set()
        said: set[str] = set()
        named = [m for m in party.mentions if m.kind in ("name", "nominal") and m.quote is None]
        for mention in named[:_FIRST]:
            begin = max(self.text.rfind("\n", 0, mention.start) + 1, mention.start - _AROUND[0])
            end = self.text.find("\n", mention.end)
            end = min(len(self.text) if end < 0 else end, mention.end + _AROUND[1])
            if begin <= without.start < end:
                # What somebody is called is no reason to be called so.
                begin, end = (begin, without.start) if mention.start < without.start else (without.end, end)
            told.update(_SMALL_WORD.findall(_QUOTED.sub(" ", self.text[begin:end])))
        for mention in [m for m in party.mentions if m.says][:_FIRST]:
            said.update(word for start, end in mention.says for word in _SMALL_WORD.findall(self.text[start:end]))
        return told, said
