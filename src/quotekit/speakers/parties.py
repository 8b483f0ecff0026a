"""Parties: whom the mentions of a text speak of. Names are put together, then descriptions and pronouns follow them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from quotekit.speakers import names
from quotekit.speakers.antecedents import Option, choose
from quotekit.speakers.mentions import Mention, noun_kind
from quotekit.speakers.names import PersonName

_FARTHEST = 60
"""Mentions that are looked back at for the antecedent of a pronoun."""
_MOST_SENTENCES = 8
_COMPANY = frozenset(
    ("company", "firm", "group", "organization", "organisation", "agency", "bank", "corporation", "outlet", "newspaper",
     "paper", "network", "broadcaster", "retailer", "maker", "carmaker", "automaker", "airline", "university", "union",
     "charity", "think tank", "club", "hospital", "supplier", "developer", "co-op", "builder", "store", "shop",
     "publication", "magazine", "manufacturer", "association", "institute", "body")
)  # fmt: skip
"""Nouns that may take up the name of a body without being part of it."""
_FIRMS = frozenset(
    ("company", "firm", "corporation", "retailer", "maker", "carmaker", "automaker", "airline", "manufacturer",
     "supplier", "developer", "builder", "bank", "store", "shop", "broadcaster", "newspaper")
)  # fmt: skip
_INSTITUTIONS = frozenset(
    ("board", "council", "ministry", "department", "alliance", "association", "union", "university", "school", "police",
     "party", "court", "committee", "commission", "parliament", "government", "institute", "foundation", "bureau",
     "authority", "congress", "senate", "league", "society", "federation", "army", "navy", "college", "academy")
)  # fmt: skip
"""What heads the names of bodies that are no firms."""
_TRAITS = frozenset(
    ("billionaire", "millionaire", "businessman", "businesswoman", "mogul", "tycoon", "entrepreneur", "candidate",
     "nominee", "contender", "challenger", "incumbent", "politician", "lawmaker", "veteran")
)  # fmt: skip
"""Nouns for what one may be beside an office."""
_DETERMINERS = frozenset(("the", "a", "an", "one", "this", "that", "these", "those"))
_PAST = frozenset(("former", "retired", "ex", "one-time", "onetime"))
_DESCENT = re.compile(r"[Tt]he (?:[\w-]+ ){0,2}(?:mother|mum|mom|father|dad|parent|grand\w+)[- ]of[- ][\w-]+$")
"""The mother of three."""
_NUMBER = re.compile(r" \d")
_VAGUE = frozenset(("senior", "top", "local", "regional", "veteran", "leading", "high-ranking", "former"))
"""What a story's opening may say of somebody whom it names only later by office."""
_LEAD = 2
"""The paragraphs of a headline, a dateline and the first sentence."""
_STALE = 3
"""Sentences after which “the company” is rather one named since than one described before."""
_COUNTRY = frozenset(("country", "nation", "state", "city", "town", "republic", "kingdom"))
_MAN = {"man": "m", "woman": "f", "gentleman": "m", "lady": "f", "boy": "m", "girl": "f", "old man": "m", "fellow": "m"}


def _edge(last: str) -> str:
    """What spellings of a last name share: Husseini and Hosseini have other vowels."""
    return "~" + "".join(c for c in last if c not in "aeiou")[:2]


def _head_noun(words: Sequence[str]) -> str:
    """The noun that says what a body is: Department of Justice, Foreign Ministry."""
    for at, word in enumerate(words):
        if at and word in ("of", "for", "on", "in", "to", "at"):
            return words[at - 1]
    return words[-1]


@dataclass
class Party:
    """A person, body, group or document, with the mentions that speak of it."""

    kind: str
    label: str
    names: Counter[str] = field(default_factory=Counter)
    """Names as written, without titles."""
    person: PersonName | None = None
    keys: set[str] = field(default_factory=set)
    mentions: list[Mention] = field(default_factory=list)
    titles: dict[str, None] = field(default_factory=dict)
    title_words: set[str] = field(default_factory=set)
    affiliation: str | None = None
    gender: str = ""
    likely_gender: str = ""
    """What the given name suggests."""
    heard_gender: str = ""
    """That of the first pronoun that was taken to mean it."""
    number: str = "sing"
    nouns: set[str] = field(default_factory=set)
    last_full: int = -1
    """Offset of the latest mention by full name or by title and name."""
    is_named: bool = False
    is_kin: bool = False
    """Whether introduced as another's relative: such a one does not take over the bare surname."""


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


class Parties:
    """The parties of one text.

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
        self.by_noun: dict[str, list[int]] = defaultdict(list)
        self.by_phrase: dict[tuple[str, ...], int] = {}
        self.by_title: dict[str, int] = {}
        self.holders: dict[str, list[int]] = defaultdict(list)
        """Who is given an office anywhere in the text, by its noun."""
        self.by_owner: dict[tuple[int, str, str], int] = {}
        self.narrator: int | None = None

    # ---- names -----------------------------------------------------------------------------------------------

    def name_all(self) -> None:
        """Puts full names together, wherever they stand, so that a short one may come before them."""
        self._settle_labels()
        for mention in self.mentions:
            if mention.kind != "name" or not mention.words:
                continue
            if mention.label == "PERSON":
                person = names.parse_person(mention.words)
                if person.given:
                    mention.party = self._full_person(mention, person)
            else:
                mention.party = self._body(mention)
        self._join_acronyms()
        for mention in self.mentions:
            if mention.kind == "name" and mention.words and mention.party is not None:
                self._enter(mention, mention.party, take=False)

    def _settle_labels(self) -> None:
        """Gives all mentions of one name the label that most of them have."""
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        people: dict[str, list[PersonName]] = defaultdict(list)
        """People in full, by last name."""
        parts: set[str] = set()
        """Keys of the words in people's full names."""
        short: set[str] = set()
        """What bodies may be called for short."""
        named = [mention for mention in self.mentions if mention.kind == "name" and mention.words]
        for mention in named:
            votes[names.body_key(mention.words)][mention.label] += 1 if mention.label != "MISC" else 0.5  # type: ignore[assignment]
            if len(mention.words) > 1:
                if mention.label == "PERSON":
                    person = names.parse_person(mention.words)
                    people[person.last].append(person)
                    parts.update((*person.given, person.last))
                elif mention.label == "ORG":
                    short.update((*names.initials(mention.words), names.plain(mention.words[0])))
                    if not noun_kind(names.plain(mention.words[-1]))[0]:
                        short.add(names.plain(mention.words[-1]))
        placed = {names.key(mention.words[-1]) for mention in named if mention.is_human is False}
        human = {names.body_key(mention.words) for mention in named if mention.is_human}
        located = {names.body_key(mention.words) for mention in named if mention.is_human is False}
        for mention in named:
            key = names.body_key(mention.words)
            mention.label = votes[key].most_common(1)[0][0]
            if mention.label == "LOC" and votes[key]["ORG"] and len(mention.words) > 1 and key not in located:
                # Nothing is in it or near it.
                mention.label = "ORG"
            if key in human:
                mention.label = "PERSON" if mention.is_human is not False else mention.label
            if mention.label == "PERSON":
                # IBT beside the International Bureau of Tides, Corvane beside Corvane Shipping
                word = mention.words[0]
                is_person = mention.is_human or mention.titles or names.key(word) in parts
                if len(mention.words) == 1 and names.plain(word) in short and not is_person:
                    mention.label = "ORG"
            elif len(mention.words) == 1:
                word_key = names.key(mention.words[0])
                is_actor = mention.label == "LOC" and mention.is_subject and word_key in parts - placed
                if is_actor or (mention.label in ("ORG", "MISC") and word_key in people):
                    mention.label = "PERSON"
            elif any(names.same_person(names.parse_person(mention.words), one) for one in self._last(mention, people)):
                mention.label = "PERSON"

    @staticmethod
    def _last(mention: Mention, people: dict[str, list[PersonName]]) -> Sequence[PersonName]:
        return people.get(names.key(mention.words[-1]), ())

    def _full_person(self, mention: Mention, person: PersonName) -> int:
        for index in self.by_last[person.last]:
            if self._is_same(self.all[index], person, mention.gender):
                return index
        for index in [*self.by_given.get(person.last, []), *self._alike(person.last)]:
            if self._is_same(self.all[index], person, mention.gender):
                return index
        for index in self.by_last[person.last]:
            # Carvalho Brandt is Ines Carvalho Brandt, and Ó Briain Seán Ó Briain.
            full = self.all[index].person
            if full is not None and full.given[-len(person.given) :] == person.given and full.suffix == person.suffix:
                return index
        party = Party("person", "PERSON", person=person, gender=mention.gender, is_named=True)
        party.likely_gender = names.name_gender(person)
        index = self._new(party)
        self.by_last[person.last].append(index)
        self.by_given[person.given[0]].append(index)
        if nickname := names.nickname(mention.words):
            self.by_given[nickname].append(index)
        return index

    def _is_same(self, party: Party, person: PersonName, gender: str) -> bool:
        if party.person is None or (gender and party.gender and gender != party.gender):
            return False
        if not names.same_person(party.person, person):
            return False
        if len(person.given) > len(party.person.given) or len(person.given[0]) > len(party.person.given[0]):
            party.person = person
        return True

    def _alike(self, last: str) -> list[int]:
        """Parties whose last names begin alike: candidates for another spelling."""
        return list(self.by_edge.get(_edge(last), ())) if len(last) >= 6 else []

    def _body(self, mention: Mention) -> int:
        # A name of signs alone has no key.
        key = names.body_key(mention.words) or " ".join(mention.words)
        index = self.by_body.get(key)
        if index is None:
            kind = {"ORG": "organization", "LOC": "organization"}.get(mention.label, "unknown")
            if mention.number == "plur" and kind == "unknown":
                kind = "group"
            index = self._new(Party(kind, mention.label, number=mention.number, is_named=True))
            self.by_body[key] = index
            self.all[index].keys.add(key)
            parts = key.split()
            if len(parts) > 1:
                self.by_edge[parts[0]].append(index)
                self.by_edge[parts[-1]].append(index)
            if parts:
                self.by_noun[_head_noun(parts)].append(index)
        return index

    def _new(self, party: Party) -> int:
        self.all.append(party)
        if party.person is not None and len(party.person.last) >= 6:
            self.by_edge[_edge(party.person.last)].append(len(self.all) - 1)
        return len(self.all) - 1

    def _join_acronyms(self) -> None:
        """Joins an acronym to the name that it is short for, and a short name to the full one."""
        short: dict[str, list[int]] = defaultdict(list)
        for mention in self.mentions:
            if mention.kind != "name" or mention.label == "PERSON" or mention.party is None or len(mention.words) < 2:
                continue
            for acronym in names.initials(mention.words):
                if mention.party not in short[acronym]:
                    short[acronym].append(mention.party)
        numbered = {
            mention.party
            for mention in self.mentions
            if mention.name is not None and _NUMBER.match(self.text, mention.name[1])
        }
        """What is one of many: Tarnow Air Flight 9 is not Tarnow Air."""
        moved: dict[int, int] = {}
        previous: Mention | None = None
        named: set[int] = set()
        for mention in self.mentions:
            if mention.party is not None:
                named.add(mention.party)
            if mention.kind != "name" or mention.label == "PERSON" or mention.party is None:
                continue
            index = mention.party
            if index not in moved and len(mention.words) == 1 and names.is_acronym(mention.words[0]):
                # Named in brackets after the full name, or made of its initials.
                end = previous.name[1] if previous is not None and previous.name is not None else mention.start
                between = self.text[end : mention.start]
                if previous is not None and previous.party is not None and between.strip() == "(":
                    moved[index] = previous.party
                else:
                    fitting = short.get(names.plain(mention.words[0]), [])
                    if len(fitting) == 1:
                        moved[index] = fitting[0]
            elif (
                index not in moved
                and len(mention.words) == 1
                and mention.label == "ORG"
                and not names.is_acronym(mention.words[0])
            ):
                key = names.body_key(mention.words)
                fitting = [i for i in self.by_edge.get(key, ()) if self.all[i].label == "ORG"]
                if len(fitting) == 1 and fitting[0] != index and fitting[0] in named:
                    moved[index] = fitting[0]
            elif (
                index not in moved
                and mention.label == "ORG"
                and len(mention.words) > 1
                and noun_kind(names.plain(mention.words[-1]))[0] != "organization"
            ):
                # Silver Creek is Silver Creek Mills; Tarnow University is not Tarnow University Press.
                opening = f"{names.body_key(mention.words)} "
                fitting = [
                    i
                    for i in self.by_edge.get(opening.split()[0], ())
                    if self.all[i].label == "ORG"
                    and i not in numbered
                    and any(key.startswith(opening) for key in self.all[i].keys)
                ]
                if len(fitting) == 1 and fitting[0] in named:
                    moved[index] = fitting[0]
            previous = mention
        for mention in self.mentions:
            seen: set[int] = set()
            while mention.party in moved and mention.party not in seen:
                seen.add(mention.party)
                mention.party = moved[mention.party]

    def _short_person(self, mention: Mention) -> int:
        """Whom a bare surname or given name means: the one named last in full, else the first named later."""
        person = names.parse_person(mention.words)
        options = [i for i in self.by_last.get(person.last, ()) if self._may_be(i, mention)]
        if not options and not self._has_office_before(mention):
            options = [
                i
                for i in self.by_given.get(person.last, ())
                if self._may_be(i, mention) and self.all[i].person is not None
            ]
        if not options and len(mention.words) == 1:
            options = self._by_inner_name(mention, person)
        if mention.titles and len(options) > 1:
            words = {
                names.titles().get(names.plain(w), ("", "", w))[2] for title in mention.titles for w in title.split()
            }
            options = [i for i in options if words & self.all[i].nouns] or options
        if person.suffix:
            options = [i for i in options if (one := self.all[i].person) and one.suffix == person.suffix] or options
        before = [i for i in options if self.all[i].last_full >= 0]
        before = [i for i in before if not self.all[i].is_kin] or before
        if before:
            return max(before, key=lambda i: self.all[i].last_full)
        if options:
            return options[0]
        index = self._new(Party("person", "PERSON", person=person, gender=mention.gender, is_named=True))
        if names.is_given(mention.words[0]):
            self.all[index].likely_gender = names.name_gender(names.PersonName((person.last,), "", ""))
        self.by_last[person.last].append(index)
        return index

    @staticmethod
    def _has_office_before(mention: Mention) -> bool:
        """Whether an office or rank stands before a name, as before last names only; Noura may be Sheikha Noura."""
        if not mention.titles or mention.name is None or mention.start >= mention.name[0]:
            return False
        titles = [names.titles().get(names.plain(w), ("", "", "")) for w in mention.titles[0].split()]
        return not all(kind == "honorific" and gender for kind, gender, _ in titles)

    def _by_inner_name(self, mention: Mention, person: PersonName) -> list[int]:
        """The one person whose name holds a bare name between others: the first of two last names."""
        found = [
            i
            for i, party in enumerate(self.all)
            if party.person is not None and person.last in party.person.given[1:] and self._may_be(i, mention)
        ]
        return found if len(found) == 1 and not names.is_given(mention.words[0]) else []

    def _may_be(self, index: int, mention: Mention) -> bool:
        party = self.all[index]
        gender = party.gender or party.likely_gender
        return not (mention.gender and gender and mention.gender != gender)

    def _enter(self, mention: Mention, index: int, *, take: bool = True) -> None:
        """Writes down what a mention says of a party; with ``take`` the mention counts as read."""
        party = self.all[index]
        if mention.kind == "name" and mention.name is not None:
            name = " ".join(self.text[mention.name[0] : mention.name[1]].split())
            if not take:
                party.names[name] += 1
            if take and (len(mention.words) > 1 or mention.titles or mention.gender):
                party.last_full = mention.start
        for title in mention.titles:
            party.titles.setdefault(title)
            if take:
                self.by_title[title.casefold()] = index
            words = [names.plain(w) for w in title.split()]
            party.title_words.update(words)
            noun = next((w for w in reversed(words) if noun_kind(w)[0] == "person" or w in names.titles()), words[-1])
            noun = names.titles().get(noun, ("", "", noun))[2]
            party.nouns.add(noun)
            if index not in self.holders[noun]:
                self.holders[noun].append(index)
            if take:
                self.by_noun[noun].append(index)
            if not party.gender:
                party.gender = names.title_gender(words)
        for word in (*mention.described, *(w for w in party.title_words if w.endswith("-year-old"))):
            party.title_words.add(word)
            if take and noun_kind(word)[0] == "person":
                self.by_noun[word].append(index)
        party.is_kin = party.is_kin or mention.is_kin
        if mention.kind == "pronoun":
            # Whoever has been "he" is not "she" later.
            if take and party.kind == "person" and mention.gender in ("m", "f") and mention.quote is None:
                party.heard_gender = party.heard_gender or mention.gender
        else:
            party.affiliation = party.affiliation or mention.affiliation
            party.gender = party.gender or mention.gender
        if take:
            mention.party = index
            party.mentions.append(mention)

    def move(self, mention: Mention, index: int) -> None:
        """Makes a mention speak of another party than it was read to."""
        if mention.party is not None and mention.party != index:
            old = self.all[mention.party]
            old.mentions = [other for other in old.mentions if other is not mention]
        if mention.party != index:
            mention.party = index
            self.all[index].mentions.append(mention)

    # ---- reading in order ------------------------------------------------------------------------------------

    def read(self) -> None:
        """Reads the mentions in order and says of each outside quotations, and of each name, whom it speaks of."""
        for mention in self.mentions:
            if mention.party is None or mention.kind == "name":
                self._read(mention)

    def _read(self, mention: Mention) -> None:
        if mention.kind == "name":
            if mention.party is None:
                if not mention.words:
                    return
                mention.party = self._short_person(mention)
                self._enter(mention, mention.party, take=False)
            if mention.same_as is not None:
                self._adopt(mention)
            self._enter(mention, mention.party)
        elif mention.kind == "group":
            self._enter(mention, self._group(mention))
        elif mention.kind == "nominal":
            self._enter(mention, self._nominal(mention))
        elif mention.quote is None:
            index = self._pronoun(mention, None)
            if index is not None:
                self._enter(mention, index)

    def _adopt(self, mention: Mention) -> None:
        """A description before a name, and the name, speak of one party: “the minister, Sergey Lavrov,”."""
        other = self.by_head.get(mention.same_as if mention.same_as is not None else -1)
        if other is None or other.kind != "nominal" or other.party is None or mention.party is None:
            return
        old = self.all[other.party]
        if other.party != mention.party and not old.is_named and len(old.mentions) == 1:
            old.mentions.clear()
            owned = self._owned(other)
            if owned is not None:
                self.by_owner[owned] = mention.party
            self._enter(other, mention.party)
            self.by_noun[other.noun].append(mention.party)

    def _group(self, mention: Mention) -> int:
        phrase = tuple(names.plain(w) for w in mention.words if names.plain(w) not in ("the", "a", "an"))
        index = self.by_phrase.get(phrase)
        if index is None:
            index = self._new(Party("group", "group", number="plur"))
            self.by_phrase[phrase] = index
        return index

    def _nominal(self, mention: Mention) -> int:
        owned = self._owned(mention)
        if mention.same_as is not None:
            other = self.by_head.get(mention.same_as)
            if other is not None and other.party is not None:
                self.by_noun[mention.noun].append(other.party)
                if owned is not None:
                    self.by_owner[owned] = other.party
                return other.party
        if owned is not None and owned in self.by_owner:
            return self.by_owner[owned]
        is_heading = mention.lacks_article and mention.label == "person"
        found = self._described(mention) if owned is None or is_heading else None
        if found is not None:
            return found
        kind = mention.label or "unknown"
        if mention.number == "plur" and kind in ("person", "organization"):
            kind = "group"
        party = Party(kind, "nominal", gender=mention.gender, number=mention.number)
        party.nouns.add(mention.noun)
        index = self._new(party)
        self.by_noun[mention.noun].append(index)
        if owned is not None:
            self.by_owner[owned] = index
        elif mention.definite or mention.number == "plur":
            self.by_phrase[(*mention.words, *self._complement(mention))] = index
        return index

    def _owned(self, mention: Mention) -> tuple[int, str, str] | None:
        """What makes "Trump's campaign", "the Trump campaign" and "his campaign" one: owner, number and noun."""
        if mention.owner is None:
            return None
        owner = self.by_head.get(mention.owner)
        if owner is not None and owner.party is None and owner.quote is None:
            # "His niece" begins with whoever he is.
            self._read(owner)
        if owner is None or owner.party is None:
            return None
        return owner.party, mention.number, mention.noun

    def _complement(self, mention: Mention) -> tuple[str, ...]:
        return ("…", self.text[mention.start : mention.end].casefold()) if mention.has_complement else ()

    def _described(self, mention: Mention) -> int | None:
        """The earlier party that a description takes up."""
        if mention.lacks_article and mention.label == "person":
            holders = [i for i in self.holders.get(mention.noun, ()) if self.all[i].is_named]
            holders = [i for i in holders if self.all[i].mentions] or holders
            if len(holders) == 1 and not self._clashes(self.all[holders[0]], mention):
                return holders[0]
        if mention.number == "sing" and not mention.lacks_article:
            headline = self._headlined(mention)
            if headline is not None:
                return headline
        if not mention.definite and mention.number == "sing":
            return self._named_later(mention) if self._opens(mention) else None
        same = self.by_phrase.get((*mention.words, *self._complement(mention)))
        if same is not None:
            return same
        if _DESCENT.match(self.text[mention.start : mention.end]):
            return self._only_person(mention, nearest=True)
        if mention.has_complement and mention.definite:
            # The head of the water board is whoever was said to be it.
            return self.by_title.get(self.text[mention.start : mention.end].partition(" ")[2].casefold())
        if not mention.definite:
            return None
        modifiers = {names.plain(w) for w in mention.words[:-1]} - _DETERMINERS
        stale = None
        lenient = None
        nouns_of = [mention.noun, *names.synonyms().get(mention.noun, ())]
        if len(mention.words) > 1 and noun_kind(mention.words[-2])[0] == mention.label == "person":
            # The head teacher is the new head.
            nouns_of.append(mention.words[-2])
        for index in dict.fromkeys(i for noun in nouns_of for i in reversed(self.by_noun.get(noun, [])[-12:])):
            party = self.all[index]
            if party.kind == "person" and mention.label in ("organization", "document"):
                continue
            is_old = bool(party.mentions) and mention.sentence - party.mentions[-1].sentence > _STALE
            if is_old and mention.noun in _COMPANY and not party.is_named and not modifiers:
                stale = index if stale is None else stale
                continue
            if party.number != mention.number or self._clashes(party, mention):
                continue
            if modifiers <= self._known_words(party):
                return index
            # "Sen. Graham" may be the South Carolina senator: nothing is known that speaks against it.
            is_open = party.is_named and party.kind == "person" and not any(len(t.split()) > 1 for t in party.titles)
            # "The new poll" is the one poll there is so far.
            is_open = is_open or (mention.label == party.kind == "document" and len(self.by_noun[mention.noun]) == 1)
            lenient = index if lenient is None and is_open else lenient
        if lenient is not None:
            return lenient
        later = self._named_later(mention)
        if later is not None:
            return later
        is_owned = any(w.endswith(("'s", "’s", "'", "’")) for w in mention.words)
        nouns = (mention.noun, " ".join(mention.words[-2:]))
        is_public = any(names.roles().get(noun, ("", "", ""))[2] == "public" for noun in nouns)
        if (is_public and not is_owned) or mention.noun.endswith("-year-old"):
            return self._only_person(mention)
        is_past = bool(modifiers & _PAST) and mention.label == "person"
        if mention.is_source and not is_owned and (is_past or mention.noun in names.demonyms()):
            # "The retired baker", "the Dane": so one calls whom one has just named.
            return self._only_person(mention, nearest=True)
        if modifiers:
            return None
        if mention.noun in _COMPANY or mention.noun in _COUNTRY:
            label = "ORG" if mention.noun in _COMPANY else "LOC"
            is_firm = mention.noun in _FIRMS
            recent = self._recent(
                mention,
                lambda p: p.label == label and p.is_named and not (is_firm and self._is_institution(p)),
                leading=True,
            )
            found = stale if recent is None else recent
            if found is not None and mention.noun in _COMPANY:
                # Whoever has been "the company" is it again.
                self.by_noun[mention.noun].append(found)
            return found
        if mention.noun in _MAN:
            gender = _MAN[mention.noun]
            return self._recent(mention, lambda p: p.kind == "person" and p.gender == gender)
        return None

    def _opens(self, mention: Mention) -> bool:
        """Whether a mention is a news story's first source: what follows says who "a prosecutor" is."""
        return mention.is_source and mention.paragraph <= _LEAD and mention.quote is None and not self.in_turns

    def _named_later(self, mention: Mention) -> int | None:
        """The only bearer of the office that a description means, where the text names nobody with it before."""
        if mention.label != "person" or mention.number != "sing" or mention.has_complement or mention.lacks_article:
            return None
        if names.roles().get(mention.noun, ("", "", ""))[2] in ("kin", "no office"):
            return None
        modifiers = {names.plain(w) for w in mention.words[:-1]} - _DETERMINERS - _VAGUE
        holders = [i for i in self.holders.get(mention.noun, ()) if self.all[i].is_named]
        if len(holders) != 1:
            return None
        holder = self.all[holders[0]]
        is_new = not holder.mentions and holder.person is not None
        is_fit = modifiers <= self._known_words(holder) and not self._clashes(holder, mention)
        return holders[0] if is_new and is_fit else None

    def _headlined(self, mention: Mention) -> int | None:
        """The party that a headline has without article (“Poll shows …”), where this mention is what introduces it."""
        for index in self.by_noun.get(mention.noun, [])[:1]:
            party = self.all[index]
            first = party.mentions[0] if party.mentions else None
            if first is None or not first.lacks_article or party.is_named or len(party.mentions) > 1:
                continue
            if set(first.words) <= set(mention.words):
                return index
        return None

    def _only_person(self, mention: Mention, *, nearest: bool = False) -> int | None:
        """The one person named in the last sentences, whom “the billionaire” takes up; None where there are several.

        With ``nearest`` those of the nearest sentence that names one come before others.
        """
        at = self.order[id(mention)]
        found: dict[int, bool] = {}
        last = mention.sentence
        for other in reversed(self.mentions[max(0, at - _FARTHEST) : at]):
            if mention.sentence - other.sentence > 2 or (nearest and found and other.sentence != last):
                break
            if other.quote is not None and nearest:
                continue
            if other.kind in ("name", "pronoun") and other.party is not None and not other.is_modifier:
                party = self.all[other.party]
                # Whoever is introduced by another office does not hold this one.
                is_office = mention.noun not in _TRAITS and names.titles().get(mention.noun, ("",))[0] == "office"
                if (
                    party.kind == "person"
                    and party.is_named
                    and not self._clashes(party, mention)
                    and not (is_office and party.titles)
                ):
                    last = other.sentence
                    found[other.party] = found.get(other.party, False) or other.is_source
        if len(found) > 1:
            # Of several, the one who has just spoken.
            found = {index: True for index, speaks in found.items() if speaks}
        return found.popitem()[0] if len(found) == 1 else None

    def _known_words(self, party: Party) -> set[str]:
        """The words by which a party has been named and described."""
        known = set(party.title_words)
        for name in party.names:
            known.update(names.plain(w) for w in name.split())
        for mention in party.mentions[:3]:
            if mention.kind == "nominal":
                known.update(names.plain(w) for w in mention.words)
                known.update(names.plain(w) for w in self.text[mention.start : mention.end].split())
        return known

    def _clashes(self, party: Party, mention: Mention) -> bool:
        gender = party.gender or party.likely_gender
        return bool(mention.gender and gender and mention.gender != gender)

    @staticmethod
    def _is_institution(party: Party) -> bool:
        """Whether a body is called what no company is: board, ministry, union."""
        return any(_head_noun(key.split()) in _INSTITUTIONS for key in party.keys if key)

    def _recent(self, mention: Mention, fits: object, *, leading: bool = False) -> int | None:
        """The party spoken of last that fits; with ``leading`` the subject of the sentence in which it is."""
        at = self.order[id(mention)]
        latest: Mention | None = None
        for other in reversed(self.mentions[max(0, at - _FARTHEST) : at]):
            if latest is not None and other.sentence != latest.sentence:
                break
            if other.party is not None and not other.is_modifier and fits(self.all[other.party]):  # type: ignore[operator]
                if latest is None:
                    latest = other
                if other.is_subject or not leading:
                    return other.party
        return None if latest is None else latest.party

    # ---- pronouns --------------------------------------------------------------------------------------------

    def resolve_quoted(self, speaker_of: dict[int, int]) -> None:
        """Says whom the pronouns inside quotations speak of.

        Args:
            speaker_of: Party of each quotation's speaker, by the quotation's index.
        """
        for mention in self.mentions:
            if mention.kind != "pronoun" or mention.quote is None or mention.party is not None:
                continue
            speaker = speaker_of.get(mention.quote)
            if mention.label == "1":
                if speaker is not None:
                    self._enter(mention, speaker)
                continue
            index = self._pronoun(mention, speaker)
            if index is not None:
                self._enter(mention, index)

    def _pronoun(self, mention: Mention, speaker: int | None) -> int | None:
        if mention.label == "0":
            other = self.by_head.get(mention.same_as if mention.same_as is not None else -1)
            return other.party if other is not None else None
        if mention.label == "1" and mention.number == "sing" and mention.quote is None:
            if self.narrator is None:
                self.narrator = self._new(Party("person", "narrator", gender=""))
            return self.narrator
        if mention.label != "3":
            return None
        return self._choose(mention, self._options(mention, speaker))

    def _choose(self, mention: Mention, options: Sequence[Option]) -> int | None:
        """The party among the options that a pronoun takes up."""
        return choose(options)

    def _options(self, mention: Mention, speaker: int | None) -> list[Option]:
        """The parties that a pronoun may take up, nearest first, and what speaks for each."""
        at = self.order[id(mention)]
        seen: dict[int, _Candidate] = {}
        # Whoever looks at her is another than she.
        actor = self.by_head.get(mention.acted_on_by) if mention.acted_on_by is not None else None
        acting = actor.party if actor is not None and mention.noun != "reflexive" else None
        for other in reversed(self.mentions[max(0, at - _FARTHEST) : at]):
            if mention.sentence - other.sentence > _MOST_SENTENCES:
                break
            # "Her deputy" is nobody's own deputy.
            is_around = other.start <= mention.start and mention.end <= other.end
            if other.party is None or other.is_modifier or other.party in (speaker, acting) or is_around:
                continue
            if not self._agrees(self.all[other.party], mention) or self._is_told_of(self.all[other.party], mention):
                continue
            if other.party in seen:
                seen[other.party].add(other)
            else:
                seen[other.party] = _Candidate(other)
        # Within a sentence the first one spoken of weighs most, between sentences the latest.
        leading = {candidate.latest.sentence: index for index, candidate in seen.items()}
        return [
            Option(index, self._features(mention, candidate, rank, leads=leading[candidate.latest.sentence] == index))
            for rank, (index, candidate) in enumerate(seen.items())
        ]

    def _is_told_of(self, party: Party, mention: Mention) -> bool:
        """Whether what a source says names the party, or alone speaks of it: nobody brings oneself up so."""
        if party.mentions and mention.says and not party.is_named and not self.in_turns:
            return all(any(a <= other.start < b for a, b in mention.says) for other in party.mentions)
        # Those that a content holds, and not all of the party's: a book has thousands.
        return any(
            other.kind == "name"
            and not other.is_modifier
            and other.party is not None
            and self.all[other.party] is party
            for start, end in mention.says
            for other in self.mentions[bisect_left(self.starts, start) : bisect_left(self.starts, end)]
        )

    def _features(self, mention: Mention, candidate: _Candidate, rank: int, *, leads: bool) -> tuple[str, ...]:
        """What speaks for or against a party that a pronoun may take up."""
        last = candidate.latest
        party = self.all[last.party or 0]
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
        if self.in_turns and mention.is_source:
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
            return party.kind in ("organization", "document") or (party.kind == "unknown" and party.number == "sing")
        if party.number == "plur" or party.kind not in ("person", "unknown"):
            return False
        if not mention.gender:
            return True
        # A given name may mislead, and so may one pronoun before; not both.
        others = {party.heard_gender, party.likely_gender}
        return party.gender in ("", mention.gender) and (bool(others & {"", mention.gender}))
