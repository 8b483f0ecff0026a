"""Parties: whom the mentions of a text speak of. Names are put together, then descriptions and pronouns follow them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from quotekit.speakers import names
from quotekit.speakers.antecedents import Option, choose
from quotekit.speakers.descriptions import NOBODY, DescriptionReader, modifiers, options, without_ex
from quotekit.speakers.mentions import Mention, pronouns
from quotekit.speakers.names import PersonName

_FARTHEST = 60
"""Mentions that are looked back at for the antecedent of a pronoun."""
_MOST_SENTENCES = 8
_DETERMINERS = frozenset(("the", "a", "an", "one", "this", "that", "these", "those"))
_BEFORE_LAST = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx)\.?\s+$")
"""What stands before last names in most places."""
_NUMBER = re.compile(r" \d")
_AFTER_BARE = re.compile(r"(?:,? \(?\d{1,3}\b|\.|,?[”\"]|,?[’'](?!s\b)|:)")
"""What follows a name that is told no more of than an age."""
_HER_NAME = r"(?:his|her|their)(?: first| last| full| family| real| other| given)* (?:sur)?names?\b"
_GIVING = r"(?:give|gave|giving|offer(?:ed)?|provided?|disclosed?|reveal(?:ed)?|shared?)"
_KEEPS_NAME = re.compile(
    rf", who (?:(?!the |an? )[a-z]+ ){{0,4}}?(?:{_GIVING} (?:only|just) {_HER_NAME}"
    rf"|{_GIVING} {_HER_NAME} (?:only|just)\b"
    rf"|{_GIVING} (?:no|any)(?: last| family| other)? (?:sur)?name\b"
    rf"|(?:(?:would|did|could) not|declined to|refused to|without) {_GIVING} {_HER_NAME}(?! to)"
    rf"|(?:asked|requested) that {_HER_NAME} (?:not\b|be withheld)"
    rf"|not want(?:ed)? {_HER_NAME} (?:used|published|printed|to be)"
    rf"|only by {_HER_NAME})"
)
"""Who would give no other name."""
_DEFINED = re.compile(
    r",? \((?:[a-z ,]{0,30})"
    r"((?:[“\"‘'](?:the )?[^”\"’'()\n]{2,40}[”\"’'](?:,? (?:or|and|and/or|the|or the|and the) ?)?){1,3})\)",
    re.IGNORECASE,
)
_MARKED = re.compile(r"(\bthe )?[“\"‘'](the )?([^”\"’']+)[”\"’']", re.IGNORECASE)
"""Short forms that a text defines in brackets: Belmar Energy plc (“Belmar” or the “Company”)."""
_KINDS_OF_BODY = frozenset(
    ("company", "bank", "fund", "group", "authority", "corporation", "trust", "firm", "board", "agency", "association",
     "commission", "committee", "council", "department", "foundation", "institute", "issuer", "ministry", "partnership",
     "society", "university", "union", "club", "school", "court")
)  # fmt: skip
"""What a body is defined as with an article, where its name need not hold the word."""
_LEAST_SHARE = 0.47
"""Probability from which a description is somebody spoken of: words in the wrong mouth are worse than in nobody's."""
_FIRST = 2
"""Mentions of a party, and statements, whose words tell what it is."""
_AROUND = (60, 160)
"""Characters before and behind a mention that tell of whom it speaks."""
_SMALL_WORD = re.compile(r"\b[a-z]{4,}\b")
_QUOTED = re.compile(r"[“\"][^”\"\n]*[”\"]")
_OFFICE_END = re.compile(r",| (?:of|for|at|to|in) ")
"""What ends an office's name, before whose it is."""
_TITLE_PARTS = re.compile(r",? and (?:an? |the )?")
"""What stands between two things that somebody is."""
_OPENING = "“\"‘'«"
_SOME_OF = re.compile(r"(?:some|many|most|several|all|both|(?:a )?few|dozens|hundreds|a number) of ", re.IGNORECASE)
_KNOWN_MEMBERS = re.compile(r"(?:the|these|those|his|her|their|its|my|our)\b", re.IGNORECASE)
_UNNAMED = frozenset(
    ("source", "official", "spokesman", "spokeswoman", "spokesperson", "insider", "diplomat", "person", "officer",
     "another", "one", "expert", "analyst", "critic", "rival", "opponent", "lawyer", "suspect")
)  # fmt: skip
"""Nouns for those who stay unnamed, or against whom somebody else speaks."""
_ON_TRIAL = re.compile(
    r"(?:, \d+,)? (?:(?:is|was|are|were|goes|went|stands|stood) (?:on trial|trial|(?P<blamed>accused of)"
    r"|charged (?:with|over))|(?:has |had )?(?:pleaded|pleads) (?:(?:not )?guilty|no contest))\b"
)
_ACCUSED = ("accused", "defendant")
_WHICH_ONE = re.compile(r"\b(elder|older|senior|younger|junior) $", re.IGNORECASE)
"""What tells two bearers of a last name apart."""
_YOUNGER = (
    r"(?:(?:younger|little|kid|baby) (?:brother|sister|sibling)"
    r"|(?:\w+ )?(?:son|daughter|nephew|niece|grandson|granddaughter))"
)
_ELDER = (
    r"(?:(?:elder|older|big) (?:brother|sister|sibling)"
    r"|(?:\w+ )?(?:father|mother|dad|mum|mom|uncle|aunt|grandfather|grandmother))"
)
_WHOSE = r"(?:late |only |eldest |youngest |\d+-year-old )?"
_KIN_BEFORE = re.compile(
    rf"\b(?:his|her|their|whose|[’']s) {_WHOSE}(?:(?P<younger>{_YOUNGER})|{_ELDER}),? $", re.IGNORECASE
)
_KIN_AFTER = re.compile(
    rf"(?:, \d{{1,3}})?, (?:his|her|their|the|[A-Z]\w+[’']s) {_WHOSE}(?:(?P<younger>{_YOUNGER})|{_ELDER})\b"
)
"""What says of one of two namesakes who is whose child."""
_GIVEN_NAME = re.compile(r"\b(?:as|named|called|nicknamed|dubbed) $")
"""What stands before a name that is told as such."""
_LONGEST_BODY = 5
"""Words of a body's name, where a headline's capitals may make one seem longer."""
_SHORTEST_GIVEN = 2
"""Letters of a given name that tells somebody."""
_LONGEST_NAMING = 120
"""Characters between a name and another of the same."""
_LONGEST_ALIAS = 3
"""Words of what somebody is known as."""
_KNOWN_AS = re.compile(
    r"(?:"
    r"(?:,? who (?:is|was|has been)|,)? ?\(?"
    r"(?:(?:better|also|widely|popularly|formerly|locally|commonly|more|usually|once) ){0,2}"
    r"known (?:(?:simply|just|locally|online|only) )?(?:(?:to|among|by|in|on|around) [\w’' ]{2,40}? )?"
    r"(?:(?:simply|just|only) )?(?:as|by the (?:nickname|acronym|initials|name))"
    r"|,? who(?: also| now)? (?:(?:uses|used|goes by|went by|took|has taken|fights under) the "
    r"(?:\w+ )?(?:name|nickname|alias)(?: of)?|goes by|went by)"
    r"|,? whom (?:everyone|everybody|friends|neighbou?rs|fans|supporters|they|all|the [a-z]+) (?:calls?|knows? as)"
    r"|,? (?:nicknamed|dubbed|alias|aka|a\.k\.a\.|also called)"
    r"|, or(?: just| simply)?"
    r") (?:the )?[“\"‘']?"
    r"| \([“\"‘'](?:the )?"
)
"""What stands between a name and another of the same."""
_AS_KNOWN = re.compile(
    r"[”\"’']?, as (?:(?P<noun>(?:the |its? )?[a-z]+(?: [a-z]+)?) "
    r"(?:is|was|are|has been) (?:\w+ )?(?:known|called|nicknamed|dubbed)"
    r"|[\w’' ]{2,30} (?:calls?|knows?|called|nicknamed) (?P<whom>him|her|it|them)\b)"
)
_COUNTS = frozenset(("number", "majority", "minority", "rest", "total"))
"""What is nobody unless it is of somebody."""
_ACTING_AS = {"testify": "witness"}
"""What somebody is who has done so, by the verb."""
_FULL_OFFICE = 2
"""Words that say which office it is."""
_LONGEST_GROUP = 8
"""Words of what several are called, for "one of" them."""
_SOON = 3
"""Sentences in which somebody is still taken up."""
_SHORTEST_LETTERS = 3
"""Letters of an acronym that may have such letters, and one more."""
_MOST_INNER = 2
"""Letters of an acronym that are not the first of a word: ODEDC of Odan Electricity Distribution Company."""


def _edge(last: str) -> str:
    """What spellings of a last name share: Husseini and Hosseini have other vowels."""
    return "~" + "".join(c for c in last if c not in "aeiou")[:2]


def _are_in_order(words: Sequence[str], of: Sequence[str]) -> bool:
    """Whether all words stand among others in the same order, the first of both being one."""
    rest = iter(of)
    return words[0] == of[0] and all(word in rest for word in words)


def _spells_all(letters: str, name: str) -> bool:
    """Whether letters are the first of all words of a name: Cowas, of Council of West African States."""
    return letters in names.initials(name.split()) and len(letters) > _SHORTEST_LETTERS


def _head_noun(words: Sequence[str]) -> str:
    """The noun that says what a body is: Department of Justice, Foreign Ministry."""
    for at, word in enumerate(words):
        if at and word in ("of", "for", "on", "in", "to", "at"):
            return words[at - 1]
    return words[-1]


def _nouns_of_title(title: str) -> list[str]:
    """The nouns that a title calls somebody, one of each part; what stands behind "of" or "at" is somebody else.

    >>> _nouns_of_title("epidemiologist at Great Basin University"), _nouns_of_title("head baker and mother of two")
    (['epidemiologist'], ['baker', 'mother'])
    """
    found: list[str] = []
    for part in _TITLE_PARTS.split(title):
        opening = _OFFICE_END.split(part.strip(), maxsplit=1)[0] or part
        words = [word for w in opening.split() for word in without_ex(names.plain(w)) if word]
        noun = next((w for w in reversed(words) if names.noun_kind(w)[0] == "person" or w in names.titles()), "")
        if words and (noun or not found):
            noun = noun or words[-1]
            found.append(names.titles().get(noun, ("", "", noun))[2])
    return found


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
    called: str = ""
    """What it is called beside the words of its mentions: one of the two ministers, of “one”."""
    deeds: set[str] = field(default_factory=set)
    """Dictionary forms of what it does or did."""
    is_they: bool = False
    """Whether one person has been "they"."""


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
        self.by_letter: dict[str, list[int]] = defaultdict(list)
        """Bodies with a name of several words, by its first letter."""
        self.by_noun: dict[str, list[int]] = defaultdict(list)
        self.by_phrase: dict[tuple[str, ...], int] = {}
        self.by_title: dict[str, int] = {}
        self.holders: dict[str, list[int]] = defaultdict(list)
        """Who is given an office anywhere in the text, by its noun."""
        self.by_owner: dict[tuple[int, str, str], int] = {}
        self.relations: dict[int, list[tuple[str, int]]] = defaultdict(list)
        """What each is to others: the nouns, and the parties to whom he or she is so."""
        self.narrator: int | None = None
        self.defined: dict[str, int] = {}
        """Short forms that the text defines in brackets, in small letters."""
        self.by_initials: dict[str, list[Mention]] | None = None
        """Names with a title of these initials (the PS is a principal secretary); None until they are asked for."""
        self.last_unnamed: Mention | None = None
        """The last source, where it is a person without a name."""
        self.told_with_title: set[str] | None = None
        """Last names that stand alone with a title or office; None until they are asked for."""

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
        self._join_longer()
        self._define()
        self._join_acronyms()
        self._join_known_as()
        for mention in self.mentions:
            if mention.kind == "name" and mention.words and mention.party is not None:
                self._enter(mention, mention.party, take=False)

    def _join_longer(self) -> None:
        """Joins people named by some of their names to the one who is named by all: Irina Pavlovna, Wilber Choque.

        The given name is the same, the others stand in the long name in the same order, and nobody else's do.
        """
        people = [(i, party.person) for i, party in enumerate(self.all) if party.person is not None]
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
                and not (self.all[index].gender and self.all[other].gender not in ("", self.all[index].gender))
            ]
            if len(longer) == 1:
                moved[index] = longer[0]
        for mention in self.mentions:
            titled = self._by_title(mention)
            if titled is not None:
                moved.setdefault(mention.party or 0, titled)
        for index in moved:
            while moved[index] in moved:
                moved[index] = moved[moved[index]]
        if not moved:
            return
        for mention in self.mentions:
            if mention.party is not None:
                mention.party = moved.get(mention.party, mention.party)
        for table in (self.by_last, self.by_given):
            for word, found in table.items():
                table[word] = list(dict.fromkeys(moved.get(i, i) for i in found))

    def _by_title(self, mention: Mention) -> int | None:
        """The one person who alone bears the name behind what may be a title or a given name: Dona Graças."""
        if mention.kind != "name" or mention.label != "PERSON" or mention.party is None or len(mention.words) != 2:
            return None
        title, own = names.titles().get(names.plain(mention.words[0]), ("", "", "")), self.all[mention.party]
        if title[0] not in ("honorific", "address") or own.person is None or len(own.person.given) != 1:
            return None
        name = own.person.last
        bearers = [
            i
            for i, party in enumerate(self.all)
            if i != mention.party and party.person is not None and party.person.given[0] != own.person.given[0]
            if name in party.person.given
            if title[1] in ("", party.gender or party.likely_gender or title[1])
        ]
        return bearers[0] if len(bearers) == 1 else None

    def _join_known_as(self) -> None:
        """Joins what somebody is known as to the full name: Edivaldo dos Santos, known to everybody as Tico."""
        before: Mention | None = None
        named = [m for m in self.mentions if m.kind == "name" and m.words and m.name is not None]
        other_names: dict[str, int] = {}
        for mention in named:
            start, end = mention.name or (0, 0)
            if before is not None and before.name is not None and before.party != mention.party:
                between = self.text[before.name[1] : start]
                is_brief = len(mention.words) <= _LONGEST_ALIAS and len(between) <= _LONGEST_NAMING
                if is_brief and before.party is not None and _KNOWN_AS.fullmatch(between):
                    other_names.setdefault(names.body_key(mention.words), before.party)
            known = _AS_KNOWN.match(self.text, end)
            key = names.body_key(mention.words)
            if known is not None and key not in other_names:
                index = self._known_before(mention, known)
                if index is not None and index != mention.party:
                    other_names[key] = index
            if key not in other_names:
                before = mention
        for key in other_names:
            self.by_body[key] = other_names[key]
        for mention in named:
            index = other_names.get(names.body_key(mention.words))
            if index is not None:
                mention.party = index
                self.all[index].keys.add(names.body_key(mention.words))

    def _known_before(self, mention: Mention, known: re.Match[str]) -> int | None:
        """Whose other name stands before "as the union is known": whose letters it has, else the last of its kind."""
        word = names.plain(mention.words[0])
        if len(mention.words) == 1:
            spelled = [
                i
                for i in self.by_letter.get(word[:1], ())
                if any(
                    names.abbreviates(word, key, _MOST_INNER + 1) or _spells_all(word, key) for key in self.all[i].keys
                )
            ]
            if len(spelled) == 1:
                return spelled[0]
        noun = (known["noun"] or "").split()[-1:]
        person = (known["whom"] or known["noun"] or "") in ("he", "she", "him", "her")
        for other in reversed(self.mentions[: self.order[id(mention)]]):
            if other.kind != "name" or other.party is None or other.party == mention.party or other.is_modifier:
                continue
            party = self.all[other.party]
            if mention.sentence - other.sentence > _SOON:
                return None
            if person and party.kind == "person":
                return other.party
            if (
                not person
                and party.label == "ORG"
                and (not noun or noun[0] in party.nouns or noun[0] in ("it", "body"))
            ):
                return other.party
        return None

    def _define(self) -> None:
        """Reads the short forms that are defined in brackets behind a name, once for the whole text."""
        for mention in self.mentions:
            if mention.kind != "name" or mention.name is None or mention.party is None or mention.label == "PERSON":
                continue
            found = _DEFINED.match(self.text, mention.name[1])
            if found is None:
                continue
            for outer, inner, form in _MARKED.findall(found[0]):
                short = form.strip().casefold()
                known = {names.plain(word) for word in mention.words}
                words = [names.plain(word) for word in short.split()]
                is_kind = bool(outer or inner) and short in _KINDS_OF_BODY
                if is_kind or set(words) <= known or names.plain(short) in names.initials(mention.words):
                    self.defined.setdefault(short, mention.party)
        if not self.defined:
            return
        for mention in self.mentions:
            if mention.kind == "name" and mention.name is not None and mention.label != "PERSON":
                short = self.text[mention.name[0] : mention.name[1]].casefold().removeprefix("the ")
                mention.party = self.defined.get(short, mention.party)

    def _settle_labels(self) -> None:
        """Gives all mentions of one name the label that most of them have."""
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        people: dict[str, list[PersonName]] = defaultdict(list)
        """People in full, by last name."""
        parts: set[str] = set()
        """Keys of the words in people's full names."""
        short: set[str] = set()
        """What bodies may be called for short."""
        bodies: dict[str, set[str]] = defaultdict(set)
        """Names of bodies in several words, by the first letter."""
        named = [mention for mention in self.mentions if mention.kind == "name" and mention.words]
        human = {names.body_key(mention.words) for mention in named if mention.is_human}
        bodily = {names.body_key(mention.words) for mention in named if mention.is_body} - human
        for mention in named:
            if names.body_key(mention.words) in bodily and not mention.titles:
                mention.label = "ORG"
        self._settle_longer(named, human)
        for mention in named:
            votes[names.body_key(mention.words)][mention.label] += 1 if mention.label != "MISC" else 0.5  # type: ignore[assignment]
            if len(mention.words) > 1:
                if mention.label == "PERSON":
                    person = names.parse_person(mention.words)
                    people[person.last].append(person)
                    parts.update((*person.given, person.last))
                elif mention.label == "ORG":
                    key = names.body_key(mention.words)
                    bodies[key[:1]].add(key)
                    short.update((*names.initials(mention.words), names.plain(mention.words[0])))
                    if not names.noun_kind(names.plain(mention.words[-1]))[0]:
                        short.add(names.plain(mention.words[-1]))
        placed = {names.key(mention.words[-1]) for mention in named if mention.is_human is False}
        located = {names.body_key(mention.words) for mention in named if mention.is_human is False}
        speaking = {names.body_key(mention.words) for mention in named if mention.is_source or mention.is_subject}
        for mention in named:
            key = names.body_key(mention.words)
            mention.label = votes[key].most_common(1)[0][0]
            is_place = key in located and key not in human | speaking and names.key(mention.words[-1]) not in parts
            if mention.label == "PERSON" and len(mention.words) == 1 and is_place:
                # Seen only as where things happen.
                mention.label = "LOC"
            if mention.label == "LOC" and votes[key]["ORG"] and len(mention.words) > 1 and key not in located:
                # Nothing is in it or near it.
                mention.label = "ORG"
            if key in human:
                mention.label = "PERSON" if mention.is_human is not False else mention.label
            if mention.label == "PERSON":
                # IBT beside the International Bureau of Tides, Corvane beside Corvane Shipping
                word = mention.words[0]
                is_person = mention.is_human or mention.titles or names.key(word) in parts
                plain = names.plain(word)
                is_short = plain in short or (
                    names.is_acronym(word) and any(names.abbreviates(plain, b, _MOST_INNER) for b in bodies[plain[:1]])
                )
                if len(mention.words) == 1 and is_short and not is_person:
                    mention.label = "ORG"
            elif len(mention.words) == 1:
                word_key = names.key(mention.words[0])
                is_speaking = mention.is_subject or mention.is_source
                is_actor = mention.label != "PERSON" and is_speaking and word_key in parts - placed
                if is_actor or (mention.label in ("ORG", "MISC") and word_key in people):
                    mention.label = "PERSON"
            elif any(names.same_person(names.parse_person(mention.words), one) for one in self._last(mention, people)):
                mention.label = "PERSON"

    @staticmethod
    def _settle_longer(named: Sequence[Mention], human: set[str]) -> None:
        """Takes a seeming person for a body where the text has a longer name of one: Harrow Grove Care."""
        longer = {
            mention.words[:size]
            for mention in named
            if (mention.label != "PERSON" and mention.is_human is None) or mention.is_human is False
            if len(mention.words) <= _LONGEST_BODY
            for size in range(2, len(mention.words))
        }
        bodies = {
            mention.words
            for mention in named
            if mention.label == "PERSON" and mention.words in longer and not mention.titles
            if names.body_key(mention.words) not in human and not names.is_given(mention.words[0])
        }
        if not bodies:
            return
        for mention in named:
            if any(mention.words[:size] in bodies for size in range(2, len(mention.words) + 1)):
                mention.label, mention.is_human = "ORG", None

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
                self.by_letter[parts[0][:1]].append(index)
            if parts:
                self.by_noun[_head_noun(parts)].append(index)
                self.all[index].nouns.add(_head_noun(parts))
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
                    if not fitting and self.text[mention.start : mention.start + 4].casefold() == "the ":
                        fitting = self.by_title_initials(mention.words[0])
                    fitting = fitting or self._by_letters(mention)
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
                fitting = [i for i in fitting if i in named or key in self.all[i].nouns or mention.paragraph == 0]
                if len(fitting) == 1 and fitting[0] != index:
                    moved[index] = fitting[0]
            elif (
                index not in moved
                and mention.label == "ORG"
                and len(mention.words) > 1
                and names.noun_kind(names.plain(mention.words[-1]))[0] != "organization"
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
            if index not in moved and mention.label == "ORG" and len(mention.words) > 1:
                # The Yacht Club, of the Royal Esker Yacht Club
                closing = f" {names.body_key(mention.words)}"
                fitting = [
                    i
                    for i in self.by_edge.get(closing.split()[-1], ())
                    if self.all[i].label == "ORG" and any(key.endswith(closing) for key in self.all[i].keys)
                ]
                if len(fitting) == 1 and fitting[0] in named and fitting[0] not in moved:
                    moved[index] = fitting[0]
            previous = mention
        for mention in self.mentions:
            seen: set[int] = set()
            while mention.party in moved and mention.party not in seen:
                seen.add(mention.party)
                mention.party = moved[mention.party]

    def _by_letters(self, mention: Mention) -> list[int]:
        """The bodies of whose name an acronym has the first letter of each word, and a few others between."""
        letters = names.plain(mention.words[0])
        near = self.by_letter.get(letters[:1], ()) if len(letters) > _SHORTEST_LETTERS else ()
        return [i for i in near if any(names.abbreviates(letters, key, _MOST_INNER) for key in self.all[i].keys)]

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
                    for initials in whole | names.initials(_OFFICE_END.split(title)[0].split()):
                        self.by_initials[initials].append(other)
        bearers = (mention.party for mention in self.by_initials.get(names.plain(word), ()))
        return list(dict.fromkeys(party for party in bearers if party is not None))

    def _short_person(self, mention: Mention) -> int:
        """Whom a bare surname or given name means: the one named last in full, else the first named later."""
        person = names.parse_person(mention.words)
        if (told := self._by_age(mention, person)) is not None:
            return told
        if (relative := self._by_kin(mention, person)) is not None:
            return relative
        options = [i for i in self.by_last.get(person.last, ()) if self._may_be(i, mention)]
        if not options and not self._has_office_before(mention):
            # Mr Kim is no Kim Weston who is named only later.
            options = [
                i
                for i in self.by_given.get(person.last, ())
                if self._may_be(i, mention) and self.all[i].person is not None
                if not self._is_last_name(mention) or self.all[i].last_full >= 0
            ]
        if not options and len(mention.words) == 1:
            options = self._by_first_surname(mention, person) or self._by_inner_name(mention, person)
        if mention.titles and len(options) > 1:
            words = {
                names.titles().get(names.plain(w), ("", "", w))[2] for title in mention.titles for w in title.split()
            }
            options = [i for i in options if words & self.all[i].nouns] or options
        if person.suffix:
            options = [i for i in options if (one := self.all[i].person) and one.suffix == person.suffix] or options
        before = [i for i in options if self.all[i].last_full >= 0]
        if not (self._is_last_name(mention) and self._are_others_titled(before)):
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

    def _by_age(self, mention: Mention, person: PersonName) -> int | None:
        """Who of two bearers of a last name is the elder or the younger one, by what is told of them."""
        start = mention.name[0] if mention.name is not None else mention.start
        which = _WHICH_ONE.search(self.text, max(0, start - 12), start)
        bearers = [
            i for i in self.by_last.get(person.last, ()) if (one := self.all[i].person) is not None and one.given
        ]
        if which is None or len(bearers) != 2:
            return None
        ages = [self._age(i) for i in bearers]
        if None not in (ages[0][1], ages[1][1]) and ages[0][1] != ages[1][1]:
            first_is_younger = (ages[0][1] or 0) < (ages[1][1] or 0)
        elif ages[0][0] != ages[1][0]:
            first_is_younger = ages[0][0] > ages[1][0]
        else:
            return None
        wants_younger = which[1].casefold() in ("younger", "junior")
        return bearers[0] if first_is_younger == wants_younger else bearers[1]

    def _age(self, index: int) -> tuple[int, int | None]:
        """How much younger somebody is told to be than a namesake, and the age that is given."""
        younger, age = 0, None
        for mention in self.mentions:
            if mention.party != index or mention.kind != "name" or mention.name is None or len(mention.words) < 2:
                continue
            beside = _KIN_BEFORE.search(self.text, max(0, mention.start - 48), mention.name[0])
            beside = beside or _KIN_AFTER.match(self.text, mention.name[1])
            if beside is not None:
                younger += 1 if beside["younger"] else -1
            for word in mention.described:
                if word.endswith("-year-old") and word.split("-")[0].isdigit():
                    age = int(word.split("-")[0])
        one = self.all[index].person
        suffix = one.suffix if one is not None else ""
        return younger + (suffix == "jr") - (suffix == "sr"), age

    def _by_kin(self, mention: Mention, person: PersonName) -> int | None:
        """The relative who has been told by the first name alone: his wife, Beryl, is Mrs Quist."""
        if not self._is_last_name(mention) or not mention.gender or len(mention.words) != 1:
            return None
        bearers = [self.all[i] for i in self.by_last.get(person.last, ())]
        genders = {party.gender or party.heard_gender or party.likely_gender for party in bearers}
        if not bearers or mention.gender in genders:
            return None
        found = [
            i
            for i, party in enumerate(self.all)
            if party.is_kin and party.is_named and party.mentions and party.person is not None
            if not party.person.given and (party.gender or party.likely_gender) == mention.gender
        ]
        if len(found) != 1:
            return None
        party = self.all[found[0]]
        first, own = max(party.names, key=lambda name: party.names[name]), party.person
        if own is not None:
            party.person = PersonName((own.last,), person.last, "")
            party.names[f"{first} {' '.join(mention.words)}"] += 1
            self.by_last[person.last].append(found[0])
        return found[0]

    def _are_others_titled(self, options: Sequence[int]) -> bool:
        """Whether all bearers of a name but the one named last have offices: Coun Quist is rather not Ms Quist."""
        latest = max(options, key=lambda i: self.all[i].last_full, default=-1)
        others = [self.all[i].titles for i in options if i != latest and not self.all[i].is_kin]
        return all(any(names.title_length([*title.split(), ""]) for title in titles) for titles in others)

    @staticmethod
    def _has_office_before(mention: Mention) -> bool:
        """Whether an office or rank stands before a name, as before last names only; Noura may be Sheikha Noura."""
        if not mention.titles or mention.name is None or mention.start >= mention.name[0]:
            return False
        titles = [names.titles().get(names.plain(w), ("", "", "")) for w in mention.titles[0].split()]
        return not all(kind == "honorific" and gender for kind, gender, _ in titles)

    def _is_last_name(self, mention: Mention) -> bool:
        """Whether "Mr" or the like stands before a name."""
        return mention.name is not None and bool(
            _BEFORE_LAST.search(self.text, max(0, mention.name[0] - 8), mention.name[0])
        )

    def _by_first_surname(self, mention: Mention, person: PersonName) -> list[int]:
        """The one person whose name opens with the last name that a title stands before: Dr Tan is Tan Hui Ling."""
        found = [i for i in self.by_given.get(person.last, ()) if self._may_be(i, mention)]
        first = self.all[found[0]].person if len(found) == 1 else None
        if not mention.titles or names.is_given(mention.words[0]) or first is None or self.all[found[0]].last_full < 0:
            return []
        return found if first.given[0] == person.last else []

    def _by_inner_name(self, mention: Mention, person: PersonName) -> list[int]:
        """The one person whose name holds a bare name between others: the first of two last names."""
        found = [
            i
            for i, party in enumerate(self.all)
            if party.person is not None and person.last in party.person.given[1:] and self._may_be(i, mention)
            if not (mention.titles or self._is_last_name(mention)) or party.last_full >= 0
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
            name = mention.written or " ".join(self.text[mention.name[0] : mention.name[1]].split())
            if not take:
                party.names[name] += 1
            if take and (len(mention.words) > 1 or mention.titles or mention.gender):
                party.last_full = mention.start
        for title in mention.titles:
            party.titles.setdefault(title)
            if take:
                self.by_title[title.casefold()] = index
            words = [word for w in title.split() for word in without_ex(names.plain(w))]
            party.title_words.update(words)
            for noun in _nouns_of_title(title):
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
        if take:
            mention.party = index
            party.mentions.append(mention)
            if mention.cue in _ACTING_AS:
                self.by_noun[_ACTING_AS[mention.cue]].append(index)
                party.nouns.add(_ACTING_AS[mention.cue])
            trial = _ON_TRIAL.match(self.text, mention.end)
            if mention.is_subject and party.kind == "person" and trial:
                for noun in _ACCUSED[: 1 if trial["blamed"] else 2]:
                    self.by_noun[noun].append(index)
                    party.nouns.add(noun)

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
            self._unveil(mention)
            self._enter(mention, mention.party)
            if mention.relation is not None:
                self._relate(mention.party, *mention.relation)
        elif mention.kind == "group":
            self._enter(mention, self._group(mention))
        elif mention.kind == "nominal":
            self._enter(mention, self._nominal(mention))
        elif mention.quote is None:
            index = self._pronoun(mention, None)
            if index is not None:
                self._enter(mention, index)
        self._note_source(mention)

    def _note_source(self, mention: Mention) -> None:
        """Keeps in mind who has spoken last without a name, until somebody else does."""
        if not mention.is_source or mention.quote is not None or mention.party is None:
            return
        party = self.all[mention.party]
        if party.kind != "person":
            return
        is_unnamed = mention.kind == "nominal" and not party.is_named and mention.number == "sing"
        self.last_unnamed = mention if is_unnamed else None

    def _unveil(self, mention: Mention) -> None:
        """Gives a name to the one who has just spoken without: One mother said … “She is ill,” said Ada Quist."""
        before = self.last_unnamed
        if before is None or mention.party is None or before.party is None or mention.quote is not None:
            return
        party, old = self.all[mention.party], self.all[before.party]
        is_new = not party.mentions and party.kind == "person" and not party.titles and not party.is_kin
        is_free = not old.is_named and before.party != mention.party and mention.sentence - before.sentence <= _SOON
        if not is_new or not is_free or self._clashes(party, before) or mention.is_modifier:
            return
        if any(a <= before.start < b for a, b in mention.says) or self._is_told_later(party):
            return
        if self._says_who(mention, before):
            self.merge(before.party, mention.party)

    def _is_told_later(self, party: Party) -> bool:
        """Whether the text says by the last name alone who somebody is: Berg is the head of the school."""
        if self.told_with_title is None:
            self.told_with_title = {
                names.key(mention.words[-1])
                for mention in self.mentions
                if mention.kind == "name" and len(mention.words) == 1 and mention.titles
            }
        return party.person is not None and party.person.last in self.told_with_title

    def _says_who(self, mention: Mention, before: Mention) -> bool:
        """Whether a name tells who it was that somebody without one said something, in the sentence right before."""
        after = mention.name[1] if mention.name is not None else mention.end
        if _KEEPS_NAME.match(self.text, after):
            return mention.sentence - before.sentence <= 1 and not before.definite
        opens = mention.says and self.text[mention.says[0][0]] in _OPENING
        is_tag = mention.is_source and opens and mention.start > mention.says[0][0] and len(mention.words) > 1
        if not is_tag or mention.paragraph - before.paragraph > 1 or before.noun in _UNNAMED:
            return False
        # What the one without name says is told, what the name says is heard.
        is_told = bool(before.says) and self.text[before.says[0][0]] not in _OPENING
        between = self.text[before.says[-1][1] : mention.says[0][0]] if is_told else "?"
        first = self.text[before.start : before.start + 4].casefold()
        is_one = first.startswith(("a ", "an ", "one "))
        return is_one and is_told and not between.strip(" .\n") and bool(_AFTER_BARE.match(self.text, after))

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
                self._tie(owned, mention.party)
            self._enter(other, mention.party)
            self._call(mention.party, other)

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
            is_given = other is not None and _GIVEN_NAME.search(self.text, max(0, other.start - 12), other.start)
            if is_given and other is not None and other.kind == "name" and other.words and other.party is None:
                other.party = self._short_person(other)
                self._enter(other, other.party, take=False)
            if other is not None and other.party is not None:
                self._call(other.party, mention)
                if owned is not None:
                    self._tie(owned, other.party)
                return other.party
        if owned is not None and owned in self.by_owner:
            return self.by_owner[owned]
        if owned is not None and (other_side := self._counterpart(mention, owned[0])) is not None:
            self._call(other_side, mention)
            self._tie(owned, other_side)
            return other_side
        if owned is not None and mention.label == "organization" and (named := self._named_for(mention)) is not None:
            return named
        is_person = mention.label == "person"
        found = self._described(mention) if owned is None or is_person else None
        if found is not None:
            self._call(found, mention)
            if owned is not None:
                self._tie(owned, found)
            return found
        kind = mention.label or "unknown"
        if mention.number == "plur" and kind in ("person", "organization"):
            kind = "group"
        party = Party(kind, "nominal", gender=mention.gender, number=mention.number)
        if mention.noun == "one" and mention.is_source and not mention.definite:
            self._of_several(mention, party)
        party.nouns.add(mention.noun)
        index = self._new(party)
        self.by_noun[mention.noun].append(index)
        if owned is not None:
            self._tie(owned, index)
        elif mention.definite or mention.number == "plur":
            self.by_phrase[self.phrase(mention)] = index
        return index

    def _call(self, index: int, mention: Mention) -> None:
        """Keeps in mind what a party has been called."""
        party = self.all[index]
        party.nouns.add(mention.noun)
        if mention.number == "sing":
            party.title_words.update(modifiers(mention))
        self.by_noun[mention.noun].append(index)
        if mention.definite or mention.number == "plur":
            self.by_phrase.setdefault(self.phrase(mention), index)

    def _named_for(self, mention: Mention) -> int | None:
        """The body that is named after whose it is: the sheriff's office, of the Ada County Sheriff's Office."""
        words = {names.plain(word) for word in mention.words if word[:1].isalnum()} - _DETERMINERS
        if len(words) < _FULL_OFFICE or any(word in pronouns() for word in words):
            return None
        for index in reversed(self.by_noun.get(mention.noun, [])[-12:]):
            whole = [name.split() for name in self.all[index].names]
            known = {names.plain(word) for name in whole if len(name) <= _LONGEST_BODY for word in name}
            if self.all[index].is_named and words <= known:
                return index
        return None

    def _of_several(self, mention: Mention, party: Party) -> None:
        """Says of "one" and "one of them" of whom it is one: who was spoken of last, sources before others."""
        phrase = self.text[mention.start : mention.end].casefold()
        if phrase not in ("one", "one of them", "one of these", "one of those"):
            return
        at = self.order[id(mention)]
        several: Mention | None = None
        for other in reversed(self.mentions[max(0, at - _FARTHEST) : at]):
            if mention.sentence - other.sentence > _SOON - 1 or (several is not None and several.is_source):
                break
            is_group = other.kind == "nominal" and (other.number == "plur" or _SOME_OF.match(self.text, other.start))
            if is_group and other.quote is None and (several is None or other.is_source) and not other.is_modifier:
                several = other
        if several is None:
            return
        words = _SOME_OF.sub("", " ".join(self.text[several.start : several.end].split()), count=1)
        if len(words.split()) > _LONGEST_GROUP:
            return
        words = words if words[1:2].isupper() else words[:1].lower() + words[1:]
        party.called = f"one of {words}" if _KNOWN_MEMBERS.match(words) else f"one of the {words}"
        if several.label == "document":
            party.kind = "document"

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

    def _relate(self, index: int, noun: str, head: int) -> None:
        """Keeps in mind whose relative, client or rival a party is said to be."""
        other = self.by_head.get(head)
        if other is not None and other.party is None and other.quote is None:
            self._read(other)
        if other is not None and other.party not in (None, index):
            self._tie((other.party or 0, "sing", noun), index)

    def _tie(self, owned: tuple[int, str, str], index: int) -> None:
        """Makes a party the one that somebody owns by a noun: the lawyer of one, another's sister."""
        owner, _, noun = owned
        self.by_owner[owned] = index
        if noun in names.counterparts() and (noun, owner) not in self.relations[index]:
            self.relations[index].append((noun, owner))

    def _counterpart(self, mention: Mention, owner: int) -> int | None:
        """The one to whom the owner of a description is the other side: her aunt, where she is one's niece."""
        if mention.number != "sing" or mention.noun not in names.counterparts():
            return None
        reader = DescriptionReader(self, mention)
        same = {mention.noun, *reader.others}
        found = [
            index
            for noun, index in self.relations[owner]
            if not same.isdisjoint(names.counterparts()[noun]) and reader.may_be(self.all[index])
        ]
        found += [
            index
            for index, ties in self.relations.items()
            if any(noun in same and other == owner for noun, other in ties) and reader.may_be(self.all[index])
        ]
        found = list(dict.fromkeys(found))
        return found[0] if len(found) == 1 else self._of_name(mention, owner) if not found else None

    def _of_name(self, mention: Mention, owner: int) -> int | None:
        """The only one who bears the last name of somebody whose relative a description speaks of."""
        person = self.all[owner].person
        if person is None or names.roles().get(mention.noun, ("", "", ""))[2] != "kin":
            return None
        reader = DescriptionReader(self, mention)
        lasts = {
            person.last,
            *(names.key(part) for name in self.all[owner].names for part in name.split()[-1].split("-")),
        }
        found = [
            index
            for last in lasts
            for index in self.by_last.get(last, ())
            if index != owner and self.all[index].last_full >= 0 and reader.may_be(self.all[index])
            if owner not in [other for _, other in self.relations[index]]
        ]
        return found[0] if len(found) == 1 else None

    def _complement(self, mention: Mention) -> tuple[str, ...]:
        return ("…", self.text[mention.start : mention.end].casefold()) if mention.has_complement else ()

    def _described(self, mention: Mention) -> int | None:
        """The party that a description takes up."""
        if (defined := self._as_defined(mention)) is not None:
            return defined
        found = options(self, mention)
        bearers = self._bearers(mention, found)
        if len(bearers) == 1:
            return bearers[0].party
        chosen = self._choose_described(mention, [found[0], *bearers] if bearers else found)
        return self._by_country(mention) if chosen in (None, NOBODY) else chosen

    def _bearers(self, mention: Mention, found: Sequence[Option]) -> list[Option]:
        """Those who alone can be meant, being called by a description's very noun: "the union", where one is known.

        Whoever else spoke last is no mayor where a mayor has been named.
        """
        if mention.number != "sing" or not mention.definite or mention.owner is not None or mention.has_complement:
            return []
        bearers = [option for option in found[1:] if mention.noun in self.all[option.party].nouns]
        named = [option for option in bearers if self.all[option.party].is_named]
        if not named and len(bearers) > 1:
            return []
        return [option for option in named or bearers if self._may_bear(mention, option.party)]

    def _may_bear(self, mention: Mention, index: int) -> bool:
        """Whether all that a description says of somebody is known of a party."""
        party = self.all[index]
        unknown = modifiers(mention) - self.known_words(party)
        if unknown and party.is_named and mention.affiliation and not party.affiliation:
            # The Ohio senator: of a senator it may not have been told where he is from.
            unknown -= {names.plain(word) for word in mention.affiliation.split()}
        return not unknown

    def _choose_described(self, mention: Mention, found: Sequence[Option]) -> int | None:
        """The party among the options that a description takes up."""
        return choose(found, "descriptions", _LEAST_SHARE) if len(found) > 1 else None

    def phrase(self, mention: Mention) -> tuple[str, ...]:
        """What descriptions of one wording have in common."""
        return (*mention.words, *self._complement(mention))

    def _as_defined(self, mention: Mention) -> int | None:
        """The party whose short form in capitals a description is, defined in brackets or not: the Company."""
        phrase = self.text[mention.start : mention.end]
        if mention.has_complement or not phrase[4:5].isupper() or phrase[:4].casefold() != "the ":
            return None
        short = phrase[4:].casefold()
        return self.defined.get(short) if short in self.defined else self._by_capital(short)

    def _by_country(self, mention: Mention) -> int | None:
        """Who is called by a place: who is told to come from there, else who spoke last and not from elsewhere."""
        words = " ".join(self.text[mention.start : mention.end].casefold().split())
        word = words.removeprefix("the ")
        place = names.countrymen().get(word) or names.demonyms().get(word)
        if place is None or mention.number == "plur" or word == words or mention.label != "person":
            return None
        near: list[int] = []
        for other in reversed(self.mentions[max(0, self.order[id(mention)] - _FARTHEST) : self.order[id(mention)]]):
            if other.party is None or other.party in near or mention.sentence - other.sentence > _MOST_SENTENCES:
                continue
            party = self.all[other.party]
            if (
                party.kind == "person"
                and party.is_named
                and not other.is_modifier
                and not self._clashes(party, mention)
            ):
                near.append(other.party)
        told = [i for i in near if place in (self.all[i].affiliation or "")]
        if told:
            return told[0]
        spoke = [
            i
            for i in near
            if not self.all[i].affiliation and any(m.is_source or m.is_subject for m in self.all[i].mentions)
        ]
        return spoke[0] if spoke else None

    def _by_capital(self, short: str) -> int | None:
        """The one body whose name ends with a noun, or begins with it before "of": the Authority, the Friends."""
        fitting = [
            i
            for i in dict.fromkeys(self.by_edge.get(short, ()))
            if self.all[i].label == "ORG" and self.all[i].is_named and self.all[i].names
            if any(
                key.endswith(f" {short}") or key.startswith((f"{short} of ", f"{short} for "))
                for key in self.all[i].keys
            )
        ]
        return fitting[0] if len(fitting) == 1 else None

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

    def _clashes(self, party: Party, mention: Mention) -> bool:
        gender = party.gender or party.likely_gender
        return bool(mention.gender and gender and mention.gender != gender)

    def choose_later(self, index: int, found: Sequence[Option]) -> int | None:
        """The party among the options that one who spoke without a name is."""
        return choose(found, "late_names", _LEAST_SHARE)

    def merge(self, index: int, into: int) -> None:
        """Makes all mentions of one party another's."""
        party = self.all[index]
        moved = list(party.mentions)
        party.mentions.clear()
        for mention in moved:
            self._enter(mention, into)
            if mention.kind == "nominal":
                self._call(into, mention)
        self.all[into].mentions.sort(key=lambda mention: mention.start)

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
        if mention.number == "plur" and (alone := self._singular_they(mention)) is not None:
            self.all[alone].is_they = True
            return alone
        return self._choose(mention, self._options(mention, speaker))

    def _singular_they(self, mention: Mention) -> int | None:
        """The one person that "they" means: who has been "they", or alone is about and neither he nor she.

        It is first told where somebody speaks of whom nothing tells the gender, and no several are near.
        """
        is_tag = mention.is_source and bool(mention.says) and self.text[mention.says[0][0]] in _OPENING
        at = self.order[id(mention)]
        several = False
        one: int | None = None
        for other in reversed(self.mentions[max(0, at - _FARTHEST) : at]):
            if mention.sentence - other.sentence > _MOST_SENTENCES - _SOON:
                break
            if other.party is None or other.is_modifier:
                continue
            party = self.all[other.party]
            if party.is_they:
                return None if several else other.party
            if mention.sentence - other.sentence > _SOON:
                continue
            is_count = other.noun in _COUNTS and not other.has_complement
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
        if several or one is None or not is_tag or self.in_turns:
            return None
        party = self.all[one]
        is_open = not (party.gender or party.heard_gender or party.likely_gender)
        return one if is_open and party.person is not None and party.person.given else None

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
