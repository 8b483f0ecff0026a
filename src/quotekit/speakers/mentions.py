"""Mentions: every phrase of a text that may speak of somebody who is quoted."""

from __future__ import annotations

import functools
import itertools
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from quotekit.lemma import lemma
from quotekit.lexicon import load_table
from quotekit.paragraphs import find_paragraphs
from quotekit.reader.reading import Entity, Reading
from quotekit.speakers import names
from quotekit.speakers.described import body_before, described_names, is_descriptor, is_office
from quotekit.speakers.wholes import whole_names
from quotekit.types import Extraction

MentionKind = Literal["name", "nominal", "pronoun", "group"]

_PREMODIFIERS = ("amod", "compound", "flat", "nmod", "nummod", "case", "goeswith")
_BEFORE_NOUN = (*_PREMODIFIERS, "det", "advmod", "punct")
_AFTER_NOUN = ("nmod", "flat", "compound", "fixed", "goeswith", "nummod", "case", "amod")
_DEFINITE = frozenset(("the", "this", "that", "these", "those", "both", "such"))
_POSSESSIVE = frozenset(("my", "your", "his", "her", "its", "our", "their"))
_POSSESSIVE_ENDINGS = frozenset(("'s", "’s", "'", "’"))
_COUNTING = frozenset(("many", "most", "some", "few", "several", "other", "all", "more", "fewer", "countless"))
_QUANTITIES = frozenset(("number", "group", "handful", "majority", "couple", "dozens", "hundreds", "thousands", "lot"))
_ARTICLES = frozenset(("the", "a", "an", "this", "that", "another", "both", "one", "some", "any"))
_WORKING = frozenset(("work", "serve", "act"))
_NO_VOCATIVE = frozenset(("nsubj", "obj", "iobj", "obl", "nmod", "conj", "xcomp", "compound", "appos", "flat", "amod"))
_OBJECTS = frozenset(("obj", "iobj", "obl"))
_AROUND_VOCATIVE = ("", ",", ".", "!", "?", ";", "—", "-")
_PARTIES = {"R": "republican", "D": "democrat", "I": "independent"}
_DISTRICT = re.compile(r",? \(?([RDI])[-–]((?:[A-Z][\w.]*)(?: [A-Z][\w.]*)*)|,? \(([RDI])\)")
_AGE = re.compile(r",? \(?(\d{1,3})[,)]")
_INITIALS = re.compile(r"(?:[A-Z]\.-?){1,3}")
_YEARS_OLD = re.compile(r"(\d+|[a-z]+)-years?-old", re.IGNORECASE)
_WHO = re.compile(r",? who\b")
_EITHER = frozenset(
    ("owner", "builder", "developer", "operator", "maker", "producer", "manufacturer", "publisher", "employer",
     "supplier", "rival", "sponsor", "backer", "buyer", "seller", "contractor", "client", "customer", "partner",
     "ally", "lender", "insurer", "retailer", "carrier", "importer", "exporter", "landlord", "regulator", "opponent",
     "critic", "host", "winner", "champion", "leader", "challenger", "broker", "member", "shareholder", "tenant",
     "victim", "organiser", "organizer", "promoter", "broadcaster", "distributor", "donor", "provider", "successor",
     "predecessor", "parent")
)  # fmt: skip
"""What a body may be as well as a person."""
_IN_BRACKETS = re.compile(r" \(([A-Z][A-Za-z]{1,7})\)")
_OF_BODY = re.compile(
    r",? which (?!is where\b|was where\b|he\b|she\b|they\b)[a-z’']+ "
    r"|, (?:now |then |majority-|partly |wholly |once )?"
    r"(?:owned|controlled|founded|headquartered|based|run|set up|listed) (?:by|in|on|at)\b"
    r"|, whose (?:shares|shareholders|members|subsidiary|subsidiaries|headquarters|chief executive)\b"
)
"""What stands behind bodies' names and not behind people's."""
_COMPANY_FORMS = frozenset(
    ("plc", "ltd", "inc", "llc", "llp", "corp", "co", "gmbh", "ag", "pte", "pty", "bhd", "sdn", "nv", "bv", "ab", "oyj")
)
"""What a company's name may end with, by its form in law; without full stops."""
_NAMING = frozenset(("named", "called", "nicknamed", "dubbed"))
PARTISANS = frozenset(
    ("democrat", "republican", "conservative", "liberal", "socialist", "communist", "libertarian", "progressive",
     "nationalist", "populist", "islamist")
)  # fmt: skip
"""Who belongs to which side."""
_SAINTS = frozenset(("st", "saint"))
"""Titles that places and bodies bear."""
_KNOWN = frozenset(("known", "name", "identified", "himself", "herself", "themselves", "themself"))
"""What stands before the "as" after which somebody's name is given."""
_LONGEST_KNOWN = 2
"""Words between "known" and "as": known to all as Rolf Tveit."""
_LONGEST_APPOSITION = 12
"""Words of an apposition before the name that it gives."""
_WHEN = frozenset(("yesterday", "today", "tonight", "late", "early", "last", "this", "morning", "evening", "night"))
"""What may stand beside a day."""
_IN_PLACES = frozenset(("in", "at", "near", "into", "across", "outside", "around", "throughout", "via"))
_LONGEST_SUFFIX = 6
"""Characters of a name that a source may leave out: “, Jr.”."""
_FULL_NAME = 2
"""Words that have to be left of a name without its honours: Govinda KC bears that name."""
_LONGEST_NAME = 4
"""Words of a person's name."""
_LONGEST_TITLE = 90
_LONGEST_PHRASE = 200
_LONGEST_HEADLINE = 200


@dataclass
class Mention:
    """A phrase that speaks of somebody or something."""

    kind: MentionKind
    start: int
    """Offset of the phrase's first character, titles included."""
    end: int
    head: int
    """Token on which the phrase's others depend."""
    words: tuple[str, ...] = ()
    """The name without titles; the noun with what stands before it; the pronoun."""
    name: tuple[int, int] | None = None
    """Characters of the name without titles."""
    written: str = ""
    """The name in full, where two bear its last part together: Ada Pell, of Ada and Ivo Pell."""
    label: str = ""
    """PERSON, ORG, LOC or MISC for names; for nominals what the noun stands for (person, organization, …)."""
    noun: str = ""
    """Dictionary form of a nominal's head."""
    number: str = "sing"
    gender: str = ""
    definite: bool = False
    lacks_article: bool = False
    """Whether a singular noun opens its sentence without article, as headlines have it ("Senator from Texas says")."""
    has_complement: bool = False
    """Whether a phrase or clause after the noun says which one is meant ("the spokesman for the ministry")."""
    is_modifier: bool = False
    """Whether the name only qualifies a noun ("Clinton campaign")."""
    titles: list[str] = field(default_factory=list)
    described: list[str] = field(default_factory=list)
    """Words that a later description may use, beside those of the titles: party, place, age."""
    affiliation: str | None = None
    deeds: tuple[str, ...] = ()
    """Dictionary forms of the verbs whose subject it is: whoever teaches may be called the teacher."""
    same_as: int | None = None
    """Head token of another mention of the same, where the grammar says so (apposition, relative pronoun)."""
    is_kin: bool = False
    """Whether somebody is introduced as another's relative."""
    is_human: bool | None = None
    """True where what stands around a name shows that it is a person's, False where it shows a place."""
    relation: tuple[str, int] | None = None
    """What the name's bearer is to somebody, and the head token of the latter: the lawyer of one, another's aunt."""
    is_body: bool = False
    """Whether what stands around a name shows that it is a body's: "Kavstroy, which employs …"."""
    owner: int | None = None
    """Head token of the name or pronoun that owns a nominal ("Trump's campaign")."""
    is_source: bool = False
    says: tuple[tuple[int, int], ...] = ()
    """Characters of what it says, where it is a source."""
    cue: str = ""
    """Dictionary form of the verb by which it says so, where it is a source."""
    quote: int | None = None
    """Index of the innermost speech quotation around it."""
    sentence: int = 0
    paragraph: int = 0
    is_subject: bool = False
    acted_on_by: int | None = None
    """Head token of the subject of the verb whose object it is: of “Ada” in “Ada did not look at her”."""
    is_vocative: bool = False
    """Whether it calls the one who is spoken to ("Well, Watson, …")."""
    party: int | None = None
    """Index of whom it speaks of, once that is known."""


@functools.cache
def pronouns() -> dict[str, tuple[str, str, str, str]]:
    """Person, number, gender and case of each pronoun."""
    return {row[0]: (row[1], row[2], row[3], row[4]) for row in load_table("pronouns")}


class Collector:
    """Collects the mentions of one text."""

    def __init__(self, reading: Reading, extraction: Extraction) -> None:
        self.reading = reading
        self.text = reading.text
        junk = extraction.document.boilerplate if extraction.document else ()
        self.junk = [(s.start, s.end) for s in junk]
        self.junk_ends = [end for _, end in self.junk]
        self.extraction = extraction
        self.by_head: dict[int, Mention] = {}
        self.entities = self._with_offices(
            self._with_form(entity) for entity in described_names(reading, whole_names(reading))
        )
        self.entity_at: dict[int, Entity] = {t: e for e in self.entities for t in range(e.first, e.last)}
        self.name_words = {
            names.key(reading.word(t))
            for e in self.entities
            if e.label == "PERSON" and e.last - e.first > 1
            for t in range(e.first, e.last)
        }
        """Keys of the words in people's full names."""
        self.last_names = {
            names.key(reading.word(e.last - 1))
            for e in self.entities
            if e.label == "PERSON" and e.last - e.first > 1
            if e.last - e.first > 2 or reading.lower(e.first) not in names.roles()
        }
        """Keys of the last words of people's full names."""
        self.last_pairs = {
            (reading.word(e.last - 2), reading.word(e.last - 1))
            for e in self.entities
            if e.label == "PERSON" and e.last - e.first > 2
        }
        """The last two words of people's full names."""
        self.nicknames = {
            nickname
            for e in self.entities
            if e.label == "PERSON" and (nickname := names.nickname([reading.word(t) for t in range(e.first, e.last)]))
        }
        """Keys of what stands in marks inside people's names."""
        self.body_endings = {
            reading.word(e.last - 1) for e in self.entities if e.label == "ORG" and e.last - e.first > 1
        }
        """Last words of bodies' full names: the Rovers of Stanwick Rovers."""
        self.single_names = {
            names.key(reading.word(e.last - 1)) for e in self.entities if e.label in ("PERSON", "ORG", "LOC")
        }
        self.headline_end = _headline_end(self.text)
        self.quoted = sorted((s.start, s.end) for q in extraction.quotes if q.is_speech for s in q.content)
        self.by_apposition: dict[int, int] = {}
        """Head of the body that a noun is said to be: the charity, of “Greenreach, a charity”."""
        self.covered: set[int] = set()
        """Tokens of names and their titles: no nominals of their own."""

    def collect(self) -> list[Mention]:
        """The mentions, in text order; of each phrase the widest, but members of groups and possessors too."""
        said: dict[tuple[int, int], list[tuple[int, int]]] = {}
        cues: dict[tuple[int, int], str] = {}
        for attribution in self.extraction.attributions:
            if attribution.source is not None:
                if attribution.cue is not None:
                    cues.setdefault((attribution.source.start, attribution.source.end), attribution.cue.lemma)
                pieces = said.setdefault((attribution.source.start, attribution.source.end), [])
                pieces.extend((span.start, span.end) for span in attribution.content)
        for span, pieces in said.items():
            mention = self._source(*span)
            if mention is not None:
                mention.says = tuple(pieces)
                mention.cue = cues.get(span, "")
            self._add(mention)
        # Names whose head is that of the group: the first of “Ann Lee and Tom Ray”.
        members: list[Mention] = []
        for entity in self.entities:
            if entity.label in ("PERSON", "ORG", "LOC", "MISC") and not self._is_common(entity):
                mention = self._name(entity)
                if mention is None or self.is_junk(mention.start, mention.end):
                    continue
                taken = self.by_head.get(mention.head)
                if taken is None:
                    self._add(mention)
                elif taken.kind == "group" and mention.start < mention.end:
                    members.append(mention)
        for token in range(len(self.reading)):
            if token in self.by_head:
                continue
            upos = self.reading.upos[token]
            if upos == "PRON" and self._is_body(token):
                start, end = self.reading._starts[token], self.reading._ends[token]
                self._add(self._unlabelled([token], token, start, end))
            elif upos == "PRON":
                self._add(self._pronoun(token))
            elif upos == "NOUN" and token not in self.covered:
                self._add(self._role(token))
        members.extend(self._named_together())
        for mention in [
            m for m in self.by_head.values() if m.is_source and m.same_as is not None and m.kind == "pronoun"
        ]:
            head = mention.same_as
            if head is not None and head not in self.by_head and self.reading.upos[head] not in ("VERB", "AUX"):
                first, last = self._noun_phrase(head)
                tokens = [t for t in range(first, last) if self.reading.upos[t] not in ("PUNCT", "SPACE")]
                self._add(self._nominal(head, tokens, self.reading._starts[first], self.reading._ends[last - 1]))
        self._point_at_names()
        for mention in self.by_head.values():
            mention.deeds = self._deeds(mention.head) if mention.number == "sing" else ()
        mentions = sorted([*self.by_head.values(), *members], key=lambda m: (m.start, -m.end))
        self._place(mentions)
        return mentions

    def _with_form(self, entity: Entity) -> Entity:
        """A company's name with the form in law behind it (Belmar Energy plc); Northgate Rail is one and no place."""
        reading = self.reading
        last = entity.last
        if entity.label in ("LOC", "MISC") and last - entity.first > 1:
            ending = reading.word(last - 1)
            if ending[:1].isupper() and names.plain(ending) in names.body_endings():
                entity = entity._replace(label="ORG")
        while (
            entity.label == "ORG"
            and last < len(reading)
            and names.plain(reading.word(last)) in _COMPANY_FORMS
            and (reading.word(last)[0].isupper() or reading.lower(last) == "plc")
            and self.text[reading._ends[last - 1] : reading._starts[last]] in (" ", "\u00a0")
        ):
            last += 1
        return entity._replace(last=last)

    def _with_offices(self, entities: Iterable[Entity]) -> list[Entity]:
        """The names, each office's whole that may have been cut at its possessive: Ada County Sheriff's Office."""
        reading = self.reading
        found: list[Entity] = []
        for entity in entities:
            first, last, label = entity
            if found and first < found[-1].last:
                continue
            holder = names.plain(reading.word(last - 1))
            if (
                label in ("ORG", "LOC", "PERSON", "MISC")
                and last + 1 < len(reading)
                and reading.word(last) in _POSSESSIVE_ENDINGS
                and reading.word(last + 1) in ("Office", "Department")
                and reading.word(last - 1)[:1].isupper()
                and (holder in names.titles() or holder in names.roles())
            ):
                entity = Entity(first, last + 2, "ORG")
            found.append(entity)
        return found

    def _deeds(self, head: int) -> tuple[str, ...]:
        """What the text says that somebody does or did, in a clause of its own or behind "who"."""
        reading = self.reading
        verbs = [v for v in reading.children(head, "acl:relcl", "acl") if self._is_told_by_who(v)]
        if reading.deps[head] == "nsubj":
            verbs.append(int(reading.heads[head]))
        found: list[str] = []
        for verb in verbs:
            joined = [v for v in reading.children(verb, "conj") if not reading.children(v, "nsubj", "nsubj:pass")]
            for each in (verb, *joined):
                is_negated = any(
                    reading.lower(t) in ("not", "n't", "n’t", "never") for t in reading.children(each, "advmod")
                )
                if reading.upos[each] == "VERB" and not is_negated and not self._is_quoted(reading._starts[each]):
                    found.append(lemma(reading.word(each), "VERB").lower())
        return tuple(found)

    def _is_told_by_who(self, verb: int) -> bool:
        """Whether a clause says of somebody what he or she does: “who coaches the team”."""
        return any(self.reading.lower(t) == "who" for t in self.reading.children(verb, "nsubj"))

    def _point_at_names(self) -> None:
        """Lets what is said to be somebody with a title be the one whose name follows: his aunt, Hajiya Zainab Gumel.

        The parse may take the title for the name's head, the mention is the name's.
        """
        for mention in self.by_head.values():
            if mention.same_as is None or mention.same_as in self.by_head:
                continue
            entity = self.entity_at.get(mention.same_as)
            if entity is not None:
                inside = (t for t in range(entity.first, entity.last) if t in self.by_head)
                mention.same_as = next((t for t in inside if self.by_head[t].kind == "name"), mention.same_as)

    def _named_together(self) -> Iterator[Mention]:
        """Names joined by "and" as one subject, whom "they" may take up: “Rubio and Bush have …”."""
        reading = self.reading
        for head, mention in list(self.by_head.items()):
            if mention.kind != "name" or mention.label not in ("PERSON", "ORG", "LOC") or mention.is_modifier:
                continue
            others = [c for c in reading.children(head, "conj") if c in self.by_head and self.by_head[c].kind == "name"]
            if not others or not reading.deps[head].startswith("nsubj"):
                continue
            if any(reading.lower(c) == "and" for c in reading.children(others[-1], "cc")):
                end = max(self.by_head[c].end for c in others)
                words = tuple(self.text[mention.start : end].split())
                yield Mention(
                    "group", mention.start, end, head, words=words, label="group", number="plur", definite=True
                )

    def _add(self, mention: Mention | None) -> None:
        if mention is None or mention.start >= mention.end or self.is_junk(mention.start, mention.end):
            return
        known = self.by_head.get(mention.head)
        if known is None:
            self.by_head[mention.head] = mention

    def is_junk(self, start: int, end: int) -> bool:
        """Whether page junk lies in the characters."""
        at = bisect_right(self.junk_ends, start)
        return at < len(self.junk) and self.junk[at][0] < end

    def _is_common(self, entity: Entity) -> bool:
        """Whether what is labelled a name is a noun for people or a body: "Republicans", "the Senator", "ministry"."""
        word = self.reading.word(entity.last - 1)
        noun = lemma(word, "NOUN").lower()
        known = names.noun_kind(noun)[0]
        if entity.label == "ORG" and known == "person" and word in self.body_endings:
            return False
        if entity.label == "ORG" and word.istitle() and word.lower() in names.newspapers():
            return False
        return entity.last - entity.first == 1 and (
            known == "group"
            or (known == "organization" and word.islower())
            or (known == "person" and (entity.label == "MISC" or names.key(noun) not in self.name_words))
        )

    # ---- names -----------------------------------------------------------------------------------------------

    def _name(self, entity: Entity, phrase: tuple[int, int] | None = None) -> Mention | None:
        """The mention of a named entity, with what stands before the name."""
        reading = self.reading
        first, last = entity.first, entity.last
        while last > first and (
            reading.lower(last - 1) in ("'s", "’s", "'", "’") or not _has_letter(reading.word(last - 1))
        ):
            if reading.word(last - 1).endswith("."):
                break
            last -= 1
        if entity.label == "PERSON" and last - first > 1 and reading.word(last - 2) not in ("-", "‐", "‑"):
            last -= _ends_small(reading.word(last - 1))
        while first < last and (reading.upos[first] == "DET" or not _has_letter(reading.word(first))):
            first += 1
        if first >= last or self._is_district(first):
            return None
        if entity.label == "LOC" and first > 0 and reading.word(first)[:1].isupper():
            # The reader may cut "Saudi Arabia" in two.
            before = self.entity_at.get(first - 1)
            if (
                before is not None
                and before.last == first
                and before.first == first - 1
                and int(reading.heads[first - 1]) in range(first, last)
                and reading.deps[first - 1] in ("amod", "compound")
            ):
                first -= 1
        tokens = range(first, last)
        words = [reading.word(t) for t in tokens]
        name_first = first
        is_human = self._is_human(entity, first, last)
        if is_human and entity.label in ("LOC", "MISC", "ORG"):
            entity = entity._replace(label="PERSON")
        if entity.label == "PERSON" and not self._is_as_known(first):
            # Titles inside the entity: by the list, or because they are no name ("foreign minister Lavrov").
            lower = 0
            while (
                lower < len(words) - 1 and words[lower].islower() and names.plain(words[lower]) not in names.particles()
            ):
                lower += 1
            for at, word in enumerate(words[:-1]):
                # SJF convener Ada Quist
                is_noun = at > lower and word.islower() and names.noun_kind(word)[0] == "person"
                if is_noun and word not in names.particles() and words[at + 1][:1].isupper():
                    lower = at + 1
            if not any(w[:1].isupper() for w in words[lower:]):
                lower = 0
            name_first = first + lower + names.title_length(words[lower:])
            if name_first == first and last - first == 2 and names.roles().get(words[0].lower(), ("",) * 3)[2] == "kin":
                # Grandson Emil
                name_first += 1
            elif name_first == first and (self._opens_with_role(words) or self._is_role_before_last(words)):
                name_first += 1
        while name_first > first and name_first < last - 1 and not _has_letter(reading.word(name_first)):
            # The stop of "Hon."
            name_first += 1
        ends = last
        if entity.label == "PERSON":
            # Honours behind a name are no more of it than titles before it: Adaeze Obi KC.
            ends -= self._honours(name_first, last)
        head = self._head(name_first, last)
        region = self._before(name_first, last)
        region = region if name_first == first else min(region, first)
        start = reading._starts[region] if phrase is None else min(phrase[0], reading._starts[name_first])
        if phrase is not None:
            region = min(region, name_first, *(t for t in reading.tokens_in(*phrase)))
        title_first = region
        while title_first < name_first and (
            reading.upos[title_first] == "PUNCT" or reading.lower(title_first) in _POSSESSIVE | _ARTICLES
        ):
            title_first += 1
        shared = self._shared_last(entity, name_first)
        mention = Mention(
            "name",
            start,
            reading._ends[last - 1],
            head,
            words=self._words_of(entity.label, range(name_first, ends)),
            name=(reading._starts[name_first], reading._ends[ends - 1]),
            label=entity.label,
            written=" ".join((reading.word(name_first), *shared)) if shared else "",
            number="plur" if entity.label == "MISC" and reading.morph[head] == "Plur" else "sing",
            is_human=is_human,
            is_body=self._is_of_body(name_first, ends) and not is_human,
        )
        mention.words += shared
        if mention.is_body and name_first == first:
            mention.label = "ORG"
            entity = entity._replace(label="ORG")
        if phrase is None:
            mention.is_modifier = (
                reading.deps[head] in ("compound", "amod", "nmod:desc") and int(reading.heads[head]) >= last
            )
        if entity.label == "PERSON":
            self._title(mention, range(title_first, name_first))
            self._apposition(mention, range(name_first, last))
            self._predicate(mention)
            self._occupation(mention)
            self._district(mention, last)
            self._age(mention, last)
            if self._follows_kin(region):
                mention.is_kin = True
                mention.gender = mention.gender or names.noun_kind(lemma(reading.word(region - 2), "NOUN").lower())[1]
            title_words = [reading.word(t) for t in range(title_first, name_first)]
            mention.gender = mention.gender or names.title_gender(title_words)
        else:
            self._apposition(mention, range(name_first, last))
        self.covered.update(range(region, last))
        return mention

    def _honours(self, first: int, last: int) -> int:
        """How many of a name's last words are honours; where all is in capitals, as in a transcript, nothing tells."""
        reading = self.reading
        if all(reading.word(t).isupper() for t in range(first, last)):
            return 0
        kept = last
        while kept - first > _FULL_NAME and names.is_honour(reading.word(kept - 1)):
            kept -= 1
        return last - kept

    def _is_as_known(self, first: int) -> bool:
        """Whether a name is what somebody is known as, and no part of it a title: a smith known as Baba Sodiq."""
        reading = self.reading
        if first < 2 or reading.lower(first - 1) != "as":
            return False
        return any(reading.lower(token) in _KNOWN for token in range(max(0, first - 2 - _LONGEST_KNOWN), first - 1))

    def _is_role_before_last(self, words: Sequence[str]) -> bool:
        """Whether what somebody is stands before the last name of one whom the text names in full: Midwife Quist."""
        role = words[0].lower()
        return (
            len(words) == 2
            and role in names.roles()
            and names.noun_kind(role)[0] == "person"
            and not names.is_given(words[0])
            and names.key(words[1]) in self.last_names
        )

    @staticmethod
    def _opens_with_role(words: Sequence[str]) -> bool:
        """Whether a sentence opens with what somebody is: Baker Rolf Tveit; but Hunter is a name in Hunter Cole."""
        noun = words[0].lower()
        # Fan Kuo-wei is two.
        n_words = len(words) - 2 * sum(word in ("-", "‐", "‑") for word in words)
        return (
            n_words > 2
            and names.noun_kind(noun)[0] == "person"
            and not names.is_given(words[0])
            and (noun in names.roles() or noun not in names.person_nouns())
        )

    def _is_human(self, entity: Entity, first: int, last: int) -> bool | None:
        """Whether what stands around a name tells that it is a person's or a place's; None where it tells neither."""
        reading = self.reading
        words = [reading.word(t) for t in range(first, last)]
        before = first - 1
        if entity.label in ("LOC", "MISC", "ORG") and len(words) > 1:
            title = names.titles().get(names.plain(words[0]), ("", "", ""))
            noun = names.plain(words[-1])
            acts = reading.deps[self._head(first, last)].startswith("nsubj")
            is_title = title[0] in ("address", "honorific") and (title[1] or words[0].endswith(".") or words[1] == ".")
            if is_title and names.plain(words[0]) not in _SAINTS and acts and not names.noun_kind(noun)[0]:
                return True
            is_role = before >= 0 and names.noun_kind(lemma(reading.word(before), "NOUN").lower())[0] == "person"
            if (
                is_role
                and reading.morph[before] != "Plur"
                and names.is_given(words[0])
                and not names.noun_kind(noun)[0]
            ):
                return True
            if (
                self._is_set_off(first, last)
                and not names.noun_kind(noun)[0]
                and not reading.word(last - 1).endswith("s")
            ):
                return True
        if entity.label in ("LOC", "MISC"):
            end = reading._ends[last - 1]
            if _WHO.match(self.text, end) or (self.text[end : end + 1] == "," and _AGE.match(self.text, end)):
                return True
            if before >= 0 and reading.lower(before) in _IN_PLACES:
                return False
        if entity.label == "PERSON" and len(words) == 1 and before >= 0 and reading.lower(before) in ("in", "near"):
            # What nobody's name has beside it and nothing says or does is a place.
            return None if names.key(words[0]) in self.name_words or names.is_given(words[0]) else False
        if entity.label == "PERSON" and before >= 0 and reading.word(before)[:1].isupper():
            title = names.titles().get(names.plain(reading.word(before)), ("", "", ""))
            return True if title[1] else None
        if entity.label == "PERSON" and names.titles().get(names.plain(words[0]), ("", "", ""))[1] and len(words) > 1:
            return True
        return None

    def _is_set_off(self, first: int, last: int) -> bool:
        """Whether a name stands between commas behind a noun for one person: the new head, Piet Aukes, said."""
        reading = self.reading
        noun = first - 2
        if noun < 1 or last >= len(reading) or reading.word(first - 1) != "," or reading.word(last) != ",":
            return False
        word = lemma(reading.word(noun), "NOUN").lower()
        is_one = reading.upos[noun] == "NOUN" and reading.morph[noun] != "Plur" and word not in _EITHER
        start = noun
        while start > 0 and reading.upos[start - 1] in ("ADJ", "NOUN", "PROPN"):
            start -= 1
        opening = reading.lower(start - 1) if start else ""
        return is_one and names.noun_kind(word)[0] == "person" and opening in ("the", "his", "her", "their", "its")

    def _is_of_body(self, first: int, last: int) -> bool:
        """Whether what stands around a name tells that it is a body's, whatever the reader takes it for."""
        reading = self.reading
        words = [names.plain(reading.word(t)) for t in range(first, last)]
        if words and words[-1] in _COMPANY_FORMS and len(words) > 1:
            return True
        letters = _IN_BRACKETS.match(self.text, reading._ends[last - 1])
        if letters is not None and letters[1].casefold() in names.initials(
            [reading.word(t) for t in range(first, last)]
        ):
            return True
        if not all(reading.word(t)[:1].isupper() or names.is_small(reading.word(t)) for t in range(first, last)):
            return False
        if any(word in names.titles() for word in words[:1]) or (len(words) > 1 and names.is_given(words[0])):
            return False
        return bool(_OF_BODY.match(self.text, reading._ends[last - 1])) or self._is_named_body(first)

    def _is_named_body(self, first: int) -> bool:
        """Whether a name between commas is what a noun for a body before it stands for: the brewery, Ashgrove, said."""
        reading = self.reading
        noun = first - 2 if first > 1 and reading.word(first - 1) == "," else first - 1
        if noun < 1 or reading.upos[noun] != "NOUN" or reading.morph[noun] == "Plur" or reading.sent_starts[first]:
            return False
        is_body = names.noun_kind(lemma(reading.word(noun), "NOUN").lower())[0] == "organization"
        start = noun
        while (
            start > 0 and reading.upos[start - 1] in ("ADJ", "NOUN", "PROPN") and _is_blank(self.text, reading, start)
        ):
            start -= 1
        before = reading.lower(start - 1) if start else ""
        return is_body and before in ("the", "its", "their", "his", "her") and (noun == first - 1 or before == "the")

    def _is_district(self, first: int) -> bool:
        """Whether a name is the place behind a politician's party: the “Ohio” of “R-Ohio”."""
        reading = self.reading
        return (
            first >= 2
            and reading.word(first - 1) in ("-", "–")
            and reading._ends[first - 1] == reading._starts[first]
            and reading.word(first - 2) in _PARTIES
        )

    def _district(self, mention: Mention, last: int) -> None:
        """Reads party and place behind a politician's name: “Finch (D-Ohio)”, “Finch, D-Ohio,”."""
        found = _DISTRICT.match(self.text, self.reading._ends[last - 1])
        if found is not None:
            places = found[2].split() if found[2] else []
            mention.described.extend((_PARTIES[found[1] or found[3]], *(names.plain(word) for word in places)))

    def _age(self, mention: Mention, last: int) -> None:
        """Reads the age behind a name: “Maren Holt, 71, said”."""
        found = _AGE.match(self.text, self.reading._ends[last - 1])
        if found is not None:
            mention.described.append(f"{found[1]}-year-old")

    def _words_of(self, label: str, tokens: Sequence[int]) -> tuple[str, ...]:
        """A name's words; the short form of a name with an article or a nickname of several words is one."""
        words = self._whole_words(tokens)
        if label != "PERSON" or len(words) != 2:
            return words
        if names.key("".join(words)) in self.nicknames:
            return (" ".join(words),)
        # Al Suwaidi is Omar Al Suwaidi; Al Gore is nobody else.
        is_short = names.plain(words[0]) in names.particles() and (words[0], words[1]) in self.last_pairs
        return words[1:] if is_short else words

    def _shared_last(self, entity: Entity, first: int) -> tuple[str, ...]:
        """The last name that two bear together, where a given name is the first of them: Ada and Ivo Pell."""
        reading = self.reading
        second = self.entity_at.get(first + 2)
        if (
            entity.label != "PERSON"
            or entity.last - first != 1
            or second is None
            or second.label != "PERSON"
            or second.first != first + 2
            or reading.lower(first + 1) not in ("and", "&")
            or not (_is_blank(self.text, reading, first + 1) and _is_blank(self.text, reading, first + 2))
        ):
            return ()
        word, other = reading.word(first), reading.word(second.first)
        words = [reading.word(t) for t in range(second.first, second.last)]
        is_own = names.key(word) in self.last_names or not (names.is_given(word) and names.is_given(other))
        return () if len(words) != 2 or is_own else tuple(words[1:])

    def _whole_words(self, tokens: Sequence[int]) -> tuple[str, ...]:
        """A name's words, of which a tokenizer may have cut one at its hyphens: al-Tijani, Jean-Luc."""
        reading = self.reading
        words: list[str] = []
        for at, token in enumerate(tokens):
            before = tokens[at - 1]
            joined = at > 0 and "-" in (reading.word(token), reading.word(before)) and token == before + 1
            if joined and reading._ends[before] == reading._starts[token]:
                words[-1] += reading.word(token)
            else:
                words.append(reading.word(token))
        return tuple(words)

    def _head(self, first: int, last: int) -> int:
        for token in range(first, last):
            head = int(self.reading.heads[token])
            if (head == token or not first <= head < last) and self.reading.upos[token] != "PUNCT":
                return token
        return first

    def _before(self, first: int, last: int) -> int:
        """First token of the noun phrase that ends with a name: titles, adjectives, possessors."""
        reading = self.reading
        token = first
        while token > 0:
            before = token - 1
            if "\n" in self.text[reading._ends[before] : reading._starts[token]]:
                break
            if names.plain(reading.word(before)) in names.titles() and reading.word(before)[:1].isupper():
                token = before
                continue
            if token == first and self._is_beside(before, first, last):
                token = before
                continue
            if not before < int(reading.heads[before]) < last:
                break
            if reading.upos[before] == "PRON":
                return before if reading.lower(before) in _POSSESSIVE else token
            if reading.upos[before] == "DET":
                return before
            if not self._premodifies(before, token):
                break
            token = before
        return token

    def _is_beside(self, noun: int, first: int, last: int) -> bool:
        """Whether the parse has a small noun and the full name behind it side by side: hooker Ivo Marsh departed."""
        reading = self.reading
        head = self._head(first, last)
        return (
            last - first > 1
            and reading.upos[noun] == "NOUN"
            and reading.word(noun).islower()
            and reading.morph[noun] != "Plur"
            and reading.heads[noun] == reading.heads[head]
            and reading.deps[noun] == reading.deps[head]
            and self.text[reading._ends[noun] : reading._starts[first]] in (" ", "\u00a0")
        )

    def _premodifies(self, token: int, after: int) -> bool:
        reading = self.reading
        upos = reading.upos[token]
        if upos == "PUNCT":
            return reading.word(token) in ("-", "–", "’", "'", ".")
        if upos == "ADP":
            # Secretary *of* State John Kerry
            return (
                reading.lower(token) in ("of", "for")
                and reading.upos[after] == "PROPN"
                and token > 0
                and reading.upos[token - 1] == "PROPN"
            )
        relation = reading.deps[token].partition(":")[0]
        if upos == "VERB":
            return relation == "amod"
        return relation in _PREMODIFIERS and upos in ("NOUN", "PROPN", "ADJ", "NUM", "PART", "SYM", "X")

    def _title(self, mention: Mention, tokens: range) -> None:
        """Reads a title out of what stands before a name."""
        reading = self.reading
        kept = [t for t in tokens if reading.upos[t] != "PUNCT" or reading.word(t) in ("-", "–")]
        if not kept:
            return
        words = [reading.word(t) for t in kept]
        if all(names.titles().get(names.plain(w), ("", "", ""))[0] == "address" for w in words):
            return
        # Minister of Education
        head = next((kept[at - 1] for at, t in enumerate(kept) if at and reading.upos[t] == "ADP"), kept[-1])
        kind = names.titles().get(names.plain(reading.word(head)), ("", "", ""))[0]
        noun = lemma(reading.word(head), "NOUN").lower()
        use = names.roles().get(noun, ("", "", ""))[2]
        if use == "kin":
            mention.is_kin = True
        elif use == "no office" and reading.morph[head] != "Plur":
            # Democrat Ada Quist, victim Ivo Marsh
            mention.described.append(noun)
        elif use != "no office" and (
            kind
            or names.noun_kind(noun)[0] == "person"
            or reading.upos[head] == "NOUN"
            or reading.deps[head] == "nmod:desc"
        ):
            start, end = reading._starts[kept[0]], reading._ends[kept[-1]]
            if end - start <= _LONGEST_TITLE:
                mention.titles.append(" ".join(self.text[start:end].split()))
        mention.affiliation = mention.affiliation or self._affiliation(kept)
        self._relate(mention, tokens)

    def _affiliation(self, tokens: Iterable[int]) -> str | None:
        """A body or place named in a title, or the place of its adjective."""
        reading = self.reading
        tokens = list(tokens)
        for token in tokens:
            entity = self.entity_at.get(token)
            if entity is not None and entity.label in ("ORG", "LOC"):
                inside = [t for t in range(entity.first, entity.last) if t in tokens or entity.first >= tokens[0]]
                while inside and (
                    reading.lower(inside[-1]) in ("'s", "’s", "’", "'") or reading.upos[inside[-1]] == "PUNCT"
                ):
                    inside.pop()
                while inside and reading.upos[inside[0]] == "DET":
                    inside.pop(0)
                if inside:
                    words = self.text[reading._starts[inside[0]] : reading._ends[inside[-1]]]
                    return names.demonyms().get(words.lower(), words)
            for size in (2, 1):
                phrase = " ".join(reading.lower(t) for t in range(token, min(token + size, len(reading))))
                if phrase in names.demonyms():
                    return names.demonyms()[phrase]
        return None

    def _occupation(self, mention: Mention) -> None:
        """What somebody is said to work as: “Garrow, who works as a beekeeper,” or “Garrow serves as treasurer”."""
        reading = self.reading
        verbs = reading.children(mention.head, "acl")
        if reading.deps[mention.head] == "nsubj":
            verbs = [*verbs, int(reading.heads[mention.head])]
        for verb in verbs:
            if lemma(reading.word(verb), "VERB").lower() not in _WORKING or self._is_quoted(reading._starts[verb]):
                continue
            for noun in reading.children(verb, "obl"):
                case = [reading.lower(t) for t in reading.children(noun, "case")]
                if case == ["as"] and reading.upos[noun] == "NOUN" and reading.morph[noun] != "Plur":
                    self._note(mention, noun)

    def _note(self, mention: Mention, noun: int) -> None:
        """Keeps what somebody is called, where it is no title: the noun with the words before it."""
        reading = self.reading
        first, last = self._noun_phrase(noun)
        words = [reading.lower(t) for t in range(first, noun) if reading.upos[t] in ("NOUN", "PROPN", "ADJ")]
        mention.described.append(" ".join([*words, lemma(reading.word(noun), "NOUN").lower()]))
        self.covered.update(range(first, last))

    def _predicate(self, mention: Mention) -> None:
        """What is said to be somebody's office: “Lavrov, who is the minister,” or “Lavrov is the minister”."""
        reading = self.reading
        clauses = reading.children(mention.head, "acl")
        for noun in reading.children(mention.head, "appos"):
            clauses.extend(reading.children(noun, "acl"))
        if reading.deps[mention.head] == "nsubj":
            clauses.append(int(reading.heads[mention.head]))
        for noun in clauses:
            if reading.upos[noun] != "NOUN" or noun < mention.head or noun in self.covered:
                continue
            copulas = [reading.lower(t) for t in reading.children(noun, "cop")]
            subjects = reading.children(noun, "nsubj")
            beside = [reading.lower(t) for t in reading.children(noun, "aux", "advmod", "cc", "mark") if t < noun]
            if copulas in (["was"], ["been"]) and not set(beside) - {"has", "had", "’s", "'s", "’d", "'d"}:
                # "Who has been harbour master for ten years": perhaps not any more, but so called.
                if [reading.lower(t) for t in subjects] == ["who"] and not self._is_quoted(reading._starts[noun]):
                    self._note(mention, noun)
                continue
            if copulas not in (["is"], ["’s"], ["'s"]) or beside:
                continue
            kind, gender = names.noun_kind(lemma(reading.word(noun), "NOUN").lower())
            is_own = subjects == [mention.head] or (len(subjects) == 1 and reading.lower(subjects[0]) == "who")
            # What people call each other is no office.
            if kind == "person" and is_own and not self._is_quoted(reading._starts[noun]):
                first, last = self._noun_phrase(noun)
                self._describe(mention, max(first, mention.head + 1), last)
                mention.gender = mention.gender or gender
                if names.roles().get(lemma(reading.word(noun), "NOUN").lower(), ("", "", ""))[2] == "kin":
                    self.by_apposition[noun] = mention.head
                else:
                    self.covered.update(range(first, last))

    def _is_quoted(self, offset: int) -> bool:
        at = bisect_right(self.quoted, (offset, len(self.text))) - 1
        return at >= 0 and offset < self.quoted[at][1]

    def _is_of_one(self, token: int, noun: str) -> bool:
        """Whether an apposition says who one person is: by a noun for people, or any behind an article in commas."""
        reading = self.reading
        kind = names.noun_kind(noun)[0]
        if reading.morph[token] == "Plur" or kind not in ("person", ""):
            return False
        first, last = self._noun_phrase(token)
        is_set_off = reading.word(first - 1) == "," and (last >= len(reading) or reading.word(last) in (",", ".", ";"))
        return kind == "person" or (is_set_off and reading.lower(first) in _ARTICLES)

    def _apposition(self, mention: Mention, name: range) -> None:
        """What a name's apposition says: “Lavrov, the minister,” or “the minister, Lavrov,”."""
        reading = self.reading
        for child in (c for t in name for c in reading.children(t, "appos", "parataxis", "list", "dep")):
            if child < name[-1] or not self._is_noun(child) or child in self.covered:
                continue
            noun = lemma(reading.word(child), "NOUN").lower()
            if mention.label == "PERSON" and len(name) == 1 and names.noun_kind(noun)[0] == "organization":
                # The reader may take a firm of one word for a person.
                mention.label = "ORG"
                self.by_apposition[child] = mention.head
            if mention.label == "PERSON" and self._is_of_one(child, noun):
                first, last = self._noun_phrase(child)
                self._describe(mention, first, last)
                mention.gender = mention.gender or names.noun_kind(noun)[1]
                self.covered.update(range(first, last))
                for other in reading.children(child, "conj"):
                    # The leader's younger sister and a nurse in Lund
                    first, last = self._noun_phrase(other)
                    is_person = names.noun_kind(lemma(reading.word(other), "NOUN").lower())[0] == "person"
                    if is_person and reading.upos[other] == "NOUN" and reading.morph[other] != "Plur":
                        self._describe(mention, first, last)
                        self.covered.update(range(first, last))
        head = int(reading.heads[mention.head])
        if (
            mention.label == "PERSON"
            and reading.deps[mention.head] == "appos"
            and reading.deps[head] == "nmod"
            and head in self.entity_at
        ):
            # Nobody has two names: not Juba is meant in "his counterpart in Juba, Rebecca Nyandeng".
            head = int(reading.heads[head])
        near = name[0] - 2 if reading.word(name[0] - 1) == "," else name[0] - 1
        if (
            near > head
            and reading.deps[mention.head] == "appos"
            and self._is_noun(near)
            and self._is_noun(head)
            and names.noun_kind(lemma(reading.word(near), "NOUN").lower())[0] == "person"
        ):
            # Of "his wife, Ada, and his father, Ivo", Ivo is the father; "the wife of driver Emil Sand" is not he.
            head = near
        if (
            head != mention.head
            and reading.deps[mention.head] in ("appos", "flat", "nmod:desc")
            and not self._is_label(head)
            and self._is_noun(head)
            and reading.lower(name[0] - 1) not in ("a", "an")
        ):
            noun = lemma(reading.word(head), "NOUN").lower()
            if mention.label == "PERSON" and names.noun_kind(noun)[0] == "person" and head < mention.head:
                first, last = self._noun_phrase(head)
                self._describe(mention, first, min(last, mention.head))
                mention.gender = mention.gender or names.noun_kind(noun)[1]
                mention.same_as = head
            elif mention.label == "ORG" and names.noun_kind(noun)[0] == "organization":
                mention.same_as = head

    def _is_noun(self, token: int) -> bool:
        """Whether a word is a common noun, or one for people with a capital outside of names: the Prime Minister."""
        reading = self.reading
        if reading.upos[token] == "PROPN" and token not in self.entity_at:
            return names.noun_kind(lemma(reading.word(token), "NOUN").lower())[0] == "person"
        return bool(reading.upos[token] == "NOUN")

    def _is_label(self, token: int) -> bool:
        """Whether a word is a transcript's label, and nobody whom the words behind it name: HOST: Ada, hello."""
        reading = self.reading
        return reading.word(token).isupper() and token + 1 < len(reading) and reading.word(token + 1) == ":"

    def _follows_kin(self, first: int) -> bool:
        """Whether a name follows somebody's relative behind a comma: “his father, Rafael”."""
        reading = self.reading
        noun = first - 2
        if noun < 1 or reading.word(first - 1) != "," or reading.upos[noun] != "NOUN":
            return False
        is_kin = names.roles().get(lemma(reading.word(noun), "NOUN").lower(), ("", "", ""))[2] == "kin"
        return is_kin and any(
            reading.lower(t) in _POSSESSIVE | _POSSESSIVE_ENDINGS for t in (noun - 1, noun - 2) if t >= 0
        )

    def _describe(self, mention: Mention, first: int, last: int) -> None:
        reading = self.reading
        tokens = list(range(first, last))
        owned = bool(tokens) and reading.lower(tokens[0]) in _POSSESSIVE
        while tokens and (
            reading.upos[tokens[0]] in ("PUNCT", "SPACE") or reading.lower(tokens[0]) in _POSSESSIVE | _ARTICLES
        ):
            tokens.pop(0)
        while tokens and reading.upos[tokens[-1]] in ("PUNCT", "SPACE"):
            tokens.pop()
        if not tokens:
            return
        nouns = [lemma(reading.word(t), "NOUN").lower() for t in tokens if reading.upos[t] == "NOUN"]
        uses = {names.roles().get(noun, ("", "", ""))[2] for noun in nouns}
        if "kin" in uses:
            # "A niece" is a relative of whom the text is about.
            is_bare = first + len(tokens) == last - 1 and reading.lower(first) in ("a", "an")
            is_kin = owned or is_bare or any(reading.lower(t) in ("of", "'s", "’s") for t in tokens)
            mention.is_kin = mention.is_kin or is_kin
            if is_bare:
                mention.described.append(nouns[-1])
        elif uses != {"no office"}:
            title = " ".join(self.text[reading._starts[tokens[0]] : reading._ends[tokens[-1]]].split())
            if len(title) <= _LONGEST_TITLE and title not in mention.titles:
                mention.titles.append(title)
        mention.affiliation = mention.affiliation or self._affiliation(tokens)
        self._relate(mention, range(first, last))

    def _relate(self, mention: Mention, tokens: Iterable[int]) -> None:
        """Reads whose relative, lawyer or rival one is: “his sister, Ada Quist”, “Ivo Marsh, a lawyer for Quist”."""
        reading = self.reading
        for token in tokens:
            noun = lemma(reading.word(token), "NOUN").lower()
            if reading.upos[token] != "NOUN" or noun not in names.counterparts() or mention.relation is not None:
                continue
            for other in reading.children(token, "nmod:poss", "nmod"):
                case = {reading.lower(t) for t in reading.children(other, "case")}
                entity = self.entity_at.get(other)
                if reading.deps[other] == "nmod" and not case & {"of", "for", "to"}:
                    continue
                if entity is not None:
                    mention.relation = (noun, self._head(entity.first, entity.last))
                elif reading.lower(other) in _POSSESSIVE or reading.upos[other] == "NOUN":
                    mention.relation = (noun, other)

    def _noun_phrase(self, head: int) -> tuple[int, int]:
        """First token and token after the last of a noun phrase, without clauses, appositions and conjuncts."""
        reading = self.reading
        first, last = head, head + 1
        for child in reversed([c for c in reading.children(head) if c < head]):
            start, end = reading.subtree(child)
            if (
                end != first
                or reading.deps[child].partition(":")[0] not in _BEFORE_NOUN
                or reading.upos[child] in ("ADP", "SPACE")
            ):
                break
            first = start
        for child in (c for c in reading.children(head) if c > head):
            start, end = reading.subtree(child)
            if start != last or reading.deps[child].partition(":")[0] not in _AFTER_NOUN or reading.word(start) == ",":
                break
            last = end
        while first < head and (
            reading.upos[first] in ("PUNCT", "SPACE", "CCONJ", "SCONJ")
            or (reading.deps[first] == "advmod" and reading.upos[first] == "ADV")
        ):
            first += 1
        while last - 1 > head and reading.upos[last - 1] in ("PUNCT", "SPACE"):
            last -= 1
        return first, last

    # ---- sources ---------------------------------------------------------------------------------------------

    def _source(self, start: int, end: int) -> Mention | None:
        """The mention that an attribution's source is."""
        reading = self.reading
        tokens = [t for t in reading.tokens_in(start, end) if reading.upos[t] not in ("PUNCT", "SPACE")]
        head = reading.head_of(start, end)
        if not tokens or head is None:
            return None
        until = self._when(tokens, head)
        if until < len(tokens):
            tokens = tokens[:until]
            end = reading._ends[tokens[-1]]
        if len(tokens) > 2 and reading.lower(tokens[1]) == "the" and self._is_address(tokens[0]):
            # HE the Minister of State
            tokens = tokens[1:]
            start = reading._starts[tokens[0]]
            if head < tokens[0]:
                head = reading.head_of(start, end) or tokens[-1]
        before = head - 1
        if reading.lower(head).endswith("ing") and before in tokens and reading.upos[before] == "NOUN":
            # A man mending nets
            is_person = names.noun_kind(reading.lower(before))[0] == "person" and reading.morph[before] != "Plur"
            is_one = before > 0 and reading.upos[before - 1] == "DET"
            if is_person and is_one and not names.noun_kind(reading.lower(head))[0]:
                head = before
        if reading.lower(head) == "ex" and head + 2 in tokens and reading.word(head + 1) in ("-", "‐", "‑"):
            # The ex-premier
            head += 2
        day = self.entity_at.get(head)
        if (
            reading.lower(head) in names.DAYS
            and len(tokens) > 1
            and (day is None or day.label not in ("PERSON", "ORG"))
        ):
            # A poll released Friday
            nouns = [t for t in tokens if reading.upos[t] in ("NOUN", "PROPN") and reading.lower(t) not in names.DAYS]
            head = next((t for t in nouns if t + 1 not in nouns), head)
        if reading.upos[head] == "DET" and head == tokens[0] and len(tokens) > 1:
            # The parse may hang "the" and "71-year-old" on the verb side by side.
            head = next((t for t in reversed(tokens) if reading.heads[t] == reading.heads[head]), head)
        mention = self._source_of(tokens, self._owned_noun(tokens, head), start, end)
        mention.is_source = True
        return mention

    def _when(self, tokens: list[int], head: int) -> int:
        """How many of a source's tokens do not only say when it speaks: “a lawmaker on Tuesday called for …”."""
        reading = self.reading
        until = len(tokens)
        while until > 1 and (
            reading.lower(tokens[until - 1]) in names.DAYS or reading.lower(tokens[until - 1]) in _WHEN
        ):
            until -= 1
        until -= until < len(tokens) and until > 1 and reading.lower(tokens[until - 1]) == "on"
        day = next((t for t in tokens[until:] if reading.deps[t].startswith("obl")), None)
        is_when = day is not None and head in tokens[:until] and int(reading.heads[day]) not in tokens
        return until if is_when else len(tokens)

    def _is_address(self, token: int) -> bool:
        """Whether a word in capitals is a title that stands before offices too: HE the Minister."""
        word = self.reading.word(token)
        is_title = names.titles().get(names.plain(word), ("",))[0] in ("address", "honorific")
        # His Excellency the Minister
        return word in ("HE", "H.E.") or (word[:1].isupper() and is_title)

    def _owned_noun(self, tokens: list[int], head: int) -> int:
        """What a source is about that the parse takes for its owner: the office, in “Mayor Durkan's office”."""
        reading = self.reading
        owners = [t for t in tokens if t > head and int(reading.heads[t]) == head and reading.upos[t] == "PART"]
        if not owners or reading.word(owners[0]) not in _POSSESSIVE_ENDINGS:
            return head
        following = itertools.takewhile(
            lambda t: reading.upos[t] in ("NOUN", "PROPN", "ADJ", "NUM"), (t for t in tokens if t > owners[0])
        )
        nouns = [t for t in following if reading.upos[t] in ("NOUN", "PROPN")]
        return nouns[-1] if nouns else head

    def _source_of(self, tokens: list[int], head: int, start: int, end: int) -> Mention:
        reading = self.reading
        if self._is_body(head):
            return self._unlabelled(tokens, head, start, end)
        if (
            reading.lower(head) in pronouns()
            and (reading.upos[head] in ("PRON", "DET") or len(tokens) == 1)
            and len(tokens) <= 2
        ):
            return self._pronoun(head, (start, end)) or self._nominal(head, tokens, start, end)
        if self._is_coordination(tokens, head) or self._names_several(tokens):
            self.covered.update(t for t in tokens if reading.upos[t] == "NOUN" and t == head)
            words = tuple(reading.word(t) for t in tokens)
            return Mention("group", start, end, head, words=words, label="group", number="plur", definite=True)
        body = self._described_body(tokens, head)
        if body is not None and (named := self._name(body, (start, end))) is not None:
            # Which "the agency" may take up.
            named.described.append(lemma(reading.word(head), "NOUN").lower())
            return named
        holder = self._holder(tokens) or self._behind_letters(tokens[-1])
        if holder is not None and not holder.first <= head < holder.last:
            mention = self._name(holder, (start, end))
            if mention is not None:
                return mention
        own = self.entity_at.get(head)
        if own is not None and own.first < tokens[0] < own.last:
            # The reader took what stands before the name for a part of it.
            own = own._replace(first=tokens[0])
        own = self._whole_name(tokens) or own
        if own is not None and (self._is_common(own) or self._is_counted(own, tokens)):
            return self._nominal(head, tokens, start, end)
        if self._is_countryman(tokens):
            countryman = self._nominal(head, tokens, start, end)
            countryman.label = "person"
            return countryman
        if (
            own is not None
            and own.label in ("PERSON", "ORG", "LOC", "MISC")
            and (reading._ends[own.last - 1] <= end + _LONGEST_SUFFIX or own.label == "ORG")
        ):
            mention = self._name(own, (start, end))
            if mention is not None and self._fits(mention, head, tokens):
                mention.end = (
                    max(mention.end, end) if mention.end < end and self._belongs(mention, end) else mention.end
                )
                mention.head = head
                return mention
        ending = self.entity_at.get(tokens[-1])
        noun = lemma(reading.word(head), "NOUN").lower()
        # The wife of driver Emil Sand is not he.
        is_kin_of = names.roles().get(noun, ("", "", ""))[2] == "kin" and reading.lower(head + 1) == "of"
        if is_kin_of and ending is not None and self._counts_children(head, ending):
            # Father of two Ivo Marsh
            named = self._name(ending, (start, end))
            if named is not None:
                named.gender = named.gender or names.noun_kind(noun)[1]
                return named
        if ending is not None and ending.label == "PERSON" and ending.first > tokens[0] and not is_kin_of:
            name_head = self._head(ending.first, ending.last)
            is_titled = all(names.plain(reading.word(t)) in names.titles() for t in tokens if t < ending.first)
            if is_titled or (
                not any(reading.lower(c) not in ("'s", "’s") for c in reading.children(name_head, "case"))
                and reading.deps[name_head] not in ("nmod", "obl", "nmod:poss")
            ):
                mention = self._name(ending, (start, end))
                if mention is not None:
                    return mention
        beside = self.entity_at.get(head + 1)
        if beside is not None and beside.label == "PERSON" and beside.first == head + 1 and beside.last <= tokens[-1]:
            # The chemist Ada Quist of the University of Lund
            is_described = names.noun_kind(noun)[0] == "person" and reading.morph[head] != "Plur" and not is_kin_of
            if is_described and reading.lower(beside.last) in ("of", "at", "from") and beside.last - beside.first > 1:
                described = self._name(beside, (start, end))
                if described is not None:
                    return described
        if ending is not None and self._holds_office_of(tokens, ending):
            held = self._name(ending, (start, end))
            if held is not None:
                return held
        is_name = (
            reading.word(head)[:1].isupper() and names.noun_kind(lemma(reading.word(head), "NOUN").lower())[0] == ""
        )
        if is_name and (
            reading.upos[head] == "PROPN"
            or names.key(reading.word(head)) in self.single_names
            or (reading.upos[head] not in ("NOUN", "PRON", "DET", "NUM", "ADJ") and len(tokens) <= 3)
            # A transcript's label: MARTA OSEI
            or (1 < len(tokens) <= 3 and all(reading.word(t).isupper() for t in tokens))
        ):
            return self._unlabelled(tokens, head, start, end)
        return self._nominal(head, tokens, start, end)

    def _described_body(self, tokens: list[int], head: int) -> Entity | None:
        """The body's name beside a noun that only says what it is: payroll processor Staffline, the NTK news agency."""
        reading = self.reading
        behind = self.entity_at.get(head + 1)
        if (
            behind is not None
            and behind.first == head + 1
            and behind.label == "ORG"
            and head + 1 in tokens
            and is_descriptor(reading, head)
        ):
            return behind
        return body_before(reading, head, self.entity_at) if head == tokens[-1] else None

    def _holds_office_of(self, tokens: list[int], name: Entity) -> bool:
        """Whether an office without article, with what it is of, stands before a full name: Head of news Ada Quist."""
        reading = self.reading
        office, before = tokens[0], self._before_address(name.first)
        while (
            office < before
            and reading.upos[office] in ("ADJ", "NOUN", "PROPN")
            and (not is_office(reading, office) or reading.lower(office + 1) not in ("of", "for"))
        ):
            # Federal Minister, Block president
            office += 1
        if name.label != "PERSON" or name.last - name.first < 2 or before <= office + 1:
            return False
        is_person = names.noun_kind(lemma(reading.word(before), "NOUN").lower())[0] == "person"
        of_it = reading.lower(office + 1) in ("of", "for") and reading.upos[before] in ("NOUN", "PROPN")
        return is_office(reading, office) and of_it and not is_person and name.last - 1 == tokens[-1]

    def _before_address(self, first: int) -> int:
        """The token before a name and the titles right before it that do not say what somebody is: Dr, Uncle."""
        reading = self.reading
        before = first - 1
        while before > 0 and (
            (
                reading.word(before)[:1].isupper()
                and names.titles().get(names.plain(reading.word(before)), ("",))[0] in ("address", "honorific")
            )
            or (reading.word(before) == "." and reading.upos[before] == "PUNCT")
        ):
            before -= 1
        return before

    def _counts_children(self, noun: int, name: Entity) -> bool:
        """Whether "of" and a number alone stand between a noun for a parent and a name."""
        reading = self.reading
        return name.label == "PERSON" and name.first == noun + 3 and reading.upos[noun + 2] == "NUM"

    def _holder(self, tokens: list[int]) -> Entity | None:
        """The full name right behind an office that a body or another is named for: Northgate spokeswoman Ada Quist.

        The parse may take what stands first for the head.
        """
        reading = self.reading
        ending = self.entity_at.get(tokens[-1])
        if ending is None or ending.label != "PERSON" or ending.last - ending.first < 2 or ending.first < tokens[0] + 2:
            return None
        before = list(range(tokens[0], self._before_address(ending.first) + 1))
        if not before:
            return None
        noun = before[-1]
        is_office = (
            (reading.upos[noun] == "NOUN" or (reading.upos[noun] == "ADJ" and reading.lower(noun) in names.roles()))
            and reading.morph[noun] != "Plur"
            and reading.word(noun).islower()
            and names.noun_kind(lemma(reading.word(noun), "NOUN").lower())[0] in ("person", "")
        ) or (
            # Rosthwaite Mayor Ada Quist
            names.titles().get(names.plain(reading.word(noun)), ("",))[0] in ("office", "rank")
            and reading.word(noun)[:1].isupper()
        )
        is_plain = all(
            reading.upos[t] in ("NOUN", "PROPN", "ADJ", "DET")
            or reading.word(t) in ("-", "–", "(", ")", *_POSSESSIVE_ENDINGS)
            for t in before
        )
        return ending if is_office and is_plain and any(t in self.entity_at for t in before) else None

    def _behind_letters(self, last: int) -> Entity | None:
        """The full name behind a body's letters in brackets and an office: the Union Party (UP) Deputy Chair Ada Quist.

        The reader may end the source before the brackets.
        """
        reading = self.reading
        party = self.entity_at.get(last)
        if party is None or party.label != "ORG" or party.last != last + 1 or last + 5 >= len(reading):
            return None
        opening, letters, closing = (reading.word(t) for t in range(last + 1, last + 4))
        if (opening, closing) != ("(", ")") or not names.is_acronym(letters):
            return None
        name = last + 4
        while name < len(reading) and reading.word(name)[:1].isupper() and name not in self.entity_at:
            name += 1
        holder = self.entity_at.get(name)
        is_office = name > last + 4 and names.titles().get(names.plain(reading.word(name - 1)), ("",))[0] == "office"
        is_name = holder is not None and holder.label == "PERSON" and holder.first == name
        return holder if is_office and is_name else None

    def _whole_name(self, tokens: list[int]) -> Entity | None:
        """A source that is nothing but one person's name, of which the reader took a part for the name."""
        reading = self.reading
        inside = {entity for t in tokens if (entity := self.entity_at.get(t)) is not None}
        if len(inside) != 1 or tokens[-1] - tokens[0] != len(tokens) - 1 or len(tokens) > _LONGEST_NAME:
            return None
        (part,) = inside
        rest = [t for t in tokens if not part.first <= t < part.last]
        if part.label != "PERSON" or not rest or not tokens[0] <= part.first < part.last <= tokens[-1] + 1:
            return None
        for token in rest:
            word = reading.word(token)
            is_described = names.plain(word) in names.titles() or names.noun_kind(word.lower())[0] != ""
            if reading.upos[token] != "PROPN" or not word.isalpha() or not word[0].isupper() or is_described:
                return None
        return Entity(tokens[0], tokens[-1] + 1, "PERSON")

    def _is_countryman(self, tokens: list[int]) -> bool:
        """Whether a source is somebody called by country: “the Dane”."""
        reading = self.reading
        if (
            len(tokens) < 2
            or len(tokens) > 3
            or reading.lower(tokens[0]) != "the"
            or reading.morph[tokens[-1]] == "Plur"
        ):
            return False
        people = " ".join(reading.lower(t) for t in tokens[1:])
        return reading.word(tokens[-1])[:1].isupper() and (people in names.demonyms() or people in names.countrymen())

    def _is_counted(self, entity: Entity, tokens: list[int]) -> bool:
        """Whether a source is some of those who bear a name: “many Americans”, “Americans who fear the change”."""
        reading = self.reading
        if entity.label != "MISC" or reading.morph[entity.last - 1] != "Plur":
            return False
        return any(
            reading.lower(t) in _COUNTING or reading.deps[t] == "nummod" for t in tokens if t < entity.first
        ) or any(t >= entity.last and reading.upos[t] in ("VERB", "ADP", "PRON", "ADJ") for t in tokens)

    def _is_body(self, token: int) -> bool:
        """Whether a pronoun in capitals amid other words is a body's short name ("WHO", "US")."""
        word = self.reading.word(token)
        if not names.is_acronym(word) or word.lower() not in pronouns():
            return False
        first, last = self.reading.sentence(token)
        return any(self.reading.word(t).islower() for t in range(first, last))

    def _fits(self, mention: Mention, head: int, tokens: list[int]) -> bool:
        """Whether a named entity is what a source is about, not only a part of its name ("Trump's campaign")."""
        return mention.words != () and tokens[0] <= head

    def _belongs(self, mention: Mention, end: int) -> bool:
        rest = self.text[mention.end : end].strip()
        return bool(rest) and not rest.startswith(("'", "’", ",", "("))

    def _is_coordination(self, tokens: list[int], head: int) -> bool:
        reading = self.reading
        inside = set(tokens)
        members = [c for c in reading.children(head, "conj") if c in inside]
        if not members or any(
            self.entity_at.get(c) is not None and self.entity_at.get(c) is self.entity_at.get(head) for c in members
        ):
            return False
        if self._is_one_person(tokens, head, members) or self._is_body_or_letters(tokens):
            return False
        return any(
            reading.lower(c) in ("and", "&", "or", "both")
            for m in (head, *members)
            for c in reading.children(m, "cc")
            if c in inside
        ) and all(reading.upos[m] in ("NOUN", "PROPN", "PRON", "NUM", "ADJ") for m in members)

    def _is_body_or_letters(self, tokens: list[int]) -> bool:
        """Whether a source is a body's name and, behind "or", its letters: the Northern Dock League, or NDL."""
        reading = self.reading
        at = next((i for i, t in enumerate(tokens) if reading.lower(t) == "or"), 0)
        if not at or at != len(tokens) - 2:
            return False
        whole = names.initials([reading.word(t) for t in tokens[:at]])
        return names.plain(reading.word(tokens[-1])) in whole

    def _names_several(self, tokens: list[int]) -> bool:
        """Whether a source ends with the names of several people: “senators Ann Lee and Tom Ray”."""
        people = list(dict.fromkeys(e for t in tokens if (e := self.entity_at.get(t)) is not None))
        if len(people) < 2 or any(e.label != "PERSON" for e in people[-2:]) or people[-1].last <= tokens[-1]:
            return False
        last, before = people[-1], people[-2]
        return before.last + 1 == last.first and self.reading.lower(before.last) in ("and", "&")

    def _is_one_person(self, tokens: list[int], head: int, members: list[int]) -> bool:
        """Whether two nouns under one article describe one person: “the former minister and party leader”."""
        reading = self.reading
        first = reading.lower(tokens[0])
        # His father and agent, Wilson Mora, said
        is_called = first in _POSSESSIVE and self._called(tokens[-1], "PERSON") is not None
        if (first not in ("the", "a", "an") and not is_called) or reading.upos[head] != "NOUN":
            return False
        return all(
            reading.upos[t] == "NOUN"
            and reading.morph[t] != "Plur"
            and names.noun_kind(lemma(reading.word(t), "NOUN").lower())[0] == "person"
            and not (t != head and reading.children(t, "det", "nmod:poss"))
            for t in (head, *members)
        )

    def _is_of_name(self, token: int) -> bool:
        """Whether a noun or adjective in capitals belongs to the name behind it: the Sugar Board."""
        reading = self.reading
        return (
            reading.word(token).istitle()
            and reading.upos[token] in ("NOUN", "ADJ")
            and reading.deps[token] in ("compound", "amod")
            and not reading.sent_starts[token]
        )

    def _unlabelled(self, tokens: list[int], head: int, start: int, end: int) -> Mention:
        """A name that the reader has no label for."""
        reading = self.reading
        at = tokens.index(head) if head in tokens else 0
        first = last = at
        while first > 0 and (reading.upos[tokens[first - 1]] == "PROPN" or self._is_of_name(tokens[first - 1])):
            first -= 1
        while last + 1 < len(tokens) and (
            reading.upos[tokens[last + 1]] == "PROPN" or reading.deps[tokens[last + 1]] == "flat"
        ):
            last += 1
        name = tokens[first : last + 1]
        words = [reading.word(t) for t in name]
        skip = names.title_length(words)
        is_person = (
            skip or (len(words) in (2, 3) and names.is_given(words[0])) or names.key(words[-1]) in self.name_words
        )
        is_body = names.noun_kind(names.plain(words[-1]))[0] == "organization" and len(words) > 1
        label = "PERSON" if is_person else "ORG" if is_body else "MISC"
        mention = Mention(
            "name",
            start,
            end,
            head,
            words=self._whole_words(name[skip:]),
            name=(reading._starts[name[skip]], reading._ends[name[-1]]),
            label=label,
            gender=names.title_gender(words[:skip]),
            number="plur" if reading.morph[head] == "Plur" else "sing",
        )
        if skip:
            self._title(mention, range(name[0], name[skip]))
        self.covered.update(name)
        return mention

    # ---- nouns and pronouns ----------------------------------------------------------------------------------

    def _role(self, token: int) -> Mention | None:
        """A noun for a person or body that is no attribution's source."""
        reading = self.reading
        relation = reading.deps[token]
        if relation in ("compound", "flat", "nmod:desc", "fixed", "goeswith"):
            return None
        noun = lemma(reading.word(token), "NOUN").lower()
        kind, _ = ("person", "") if noun == "old" and reading.word(token - 1) == "-" else names.noun_kind(noun)
        if kind not in ("person", "organization", "group"):
            return None
        first, last = self._noun_phrase(token)
        tokens = [t for t in range(first, last) if reading.upos[t] not in ("PUNCT", "SPACE")]
        if not tokens:
            return None
        if self._is_coordination(list(range(*reading.subtree(token))), token) and relation.startswith("nsubj"):
            first, last = reading.subtree(token)
            start, end = reading._starts[first], reading._ends[last - 1]
            if end - start <= _LONGEST_PHRASE:
                words = tuple(reading.word(t) for t in range(first, last))
                return Mention("group", start, end, token, words=words, label="group", number="plur", definite=True)
        start, end = reading._starts[first], reading._ends[last - 1]
        if end - start > _LONGEST_PHRASE or "\n\n" in self.text[start:end]:
            return None
        return self._nominal(token, tokens, start, end)

    def _nominal(self, head: int, tokens: list[int], start: int, end: int) -> Mention:
        reading = self.reading
        word = reading.lower(head)
        noun = lemma(reading.word(head), reading.upos[head]).lower()
        if noun == "old" and (years := _YEARS_OLD.search(self.text, start, end)) is not None:
            # A tokenizer may cut "the 71-year-old" at its hyphens.
            noun = word = years[0].lower()
            tokens = [t for t in tokens if t == head or not years.start() <= reading._starts[t] < years.end()]
        if (whole := self._hyphenated(head, noun)) is not None:
            noun = word = whole
            tokens = [t for t in tokens if not head - 2 <= t < head]
        if noun == "op" and self.text[reading._starts[head] - 3 : reading._starts[head]].lower() == "co-":
            noun = word = "co-op"
            tokens = [t for t in tokens if not head - 2 <= t < head]
        kind, gender = names.noun_kind(noun)
        before = [t for t in tokens if t < head]
        if kind != "group" and any(_YEARS_OLD.fullmatch(reading.word(t)) for t in before):
            # A 52-year-old operator is no firm.
            kind = "person"
        pair = f"{reading.lower(head - 1)} {noun}" if before and head - 1 in before else ""
        if pair in names.roles():
            kind, gender, _ = names.roles()[pair]
        elif noun == "head" and before and reading.lower(before[0]) in _POSSESSIVE:
            kind = "person" if self._called(tokens[-1], "PERSON") is not None else ""
        plural = reading.morph[head] == "Plur" or reading.lower(head) in ("people", "police")
        first_word = reading.lower(tokens[0])
        possessed = first_word in _POSSESSIVE or any(reading.deps[t] == "nmod:poss" for t in before)
        joined = [c for c in reading.children(head, "conj") if c in tokens]
        until = head if kind == "person" and joined and self._is_one_person(tokens, head, joined) else tokens[-1]
        after = [t for t in tokens if head < t <= until and reading.lower(t) not in ("'s", "’s", "'", "’")]
        mention = Mention(
            "nominal",
            start,
            end,
            head,
            words=(*(reading.lower(t) for t in before if reading.upos[t] not in ("DET", "PUNCT")), word),
            label=kind,
            noun=noun,
            number="plur" if plural else "sing",
            gender=gender,
            definite=first_word in _DEFINITE or possessed,
            has_complement=bool(after)
            and not ((kind == "document" or noun == "paper") and [reading.lower(t) for t in after] == ["itself"]),
            lacks_article=not plural
            and kind in ("person", "organization", "document")
            and (reading.sent_starts[tokens[0]] or start < self.headline_end)
            and not any(reading.upos[t] in ("DET", "PRON") or reading.deps[t] == "nmod:poss" for t in before),
        )
        if not after:
            # Trump's campaign, the Trump campaign, his campaign
            mention.owner = next(
                (
                    t
                    for t in before
                    if reading.deps[t] == "nmod:poss" or (reading.deps[t] == "compound" and self._owns(t, kind))
                ),
                None,
            )
        mention.affiliation = self._affiliation(tokens)
        mention.same_as = self.by_apposition.get(head)
        above = self.entity_at.get(int(reading.heads[head])) if reading.deps[head] == "appos" else None
        if above is not None and above.label == "ORG" and kind == "organization" and above.last <= head:
            mention.same_as = self._head(above.first, above.last)
        for child in () if self._is_label(head) else reading.children(head, "appos"):
            entity = self.entity_at.get(child)
            # Of "a guest, a Lisbon baker", Lisbon is not the guest.
            is_one = any(reading.lower(t) in ("a", "an") for t in reading.children(child, "det"))
            near = child - 1
            is_others = (
                near > head
                and reading.upos[near] == "NOUN"
                and names.noun_kind(lemma(reading.word(near), "NOUN").lower())[0] == "person"
            )
            if entity is not None and entity.label in ("PERSON", "ORG") and not (is_one or is_others):
                mention.same_as = self._head(entity.first, entity.last)
        if mention.same_as is None and not plural and kind in ("person", "organization", ""):
            mention.same_as = self._called(tokens[-1], "ORG" if kind == "organization" else "PERSON")
            if mention.same_as is None and kind == "person" and after:
                # One who gave his name as Ivo Marsh
                mention.same_as = self._introduced_as(head + 1)
            if mention.same_as is None and kind == "person":
                mention.same_as = self._follows_name(tokens)
                # What is told of a subject is no new mention that a pronoun could take up.
                mention.is_modifier = mention.same_as is not None
        return mention

    def _hyphenated(self, head: int, noun: str) -> str | None:
        """An office that a tokenizer has cut at its hyphen: vice-chancellor."""
        reading = self.reading
        if head < 2 or reading.word(head - 1) not in ("-", "‐", "‑"):
            return None
        start = reading._starts[head - 2]
        whole = f"{reading.lower(head - 2)}-{noun}"
        is_one = reading._ends[head] - start == len(whole) and (whole in names.roles() or whole in names.titles())
        return whole if is_one else None

    def _called(self, last: int, label: str) -> int | None:
        """Head of the name that stands between commas after a noun: the telephone company, Northgate Telecom, said.

        Signs alone tell it, for the parse ties such a name to whatever noun is near.
        """
        reading = self.reading
        first = last + 2
        if first >= len(reading) or reading.word(last + 1) != ",":
            return self._introduced_as(last + 1) if label == "PERSON" else None
        if label == "PERSON" and (named := self._introduced_as(last + 1)) is not None:
            return named
        # The first witness, site engineer Ada Quist, said; her rival, the former judge Ivo Marsh, said
        most = min(first + _LONGEST_NAME, len(reading) - 1)
        first += reading.lower(first) == "the"
        while first < most and first not in self.entity_at and reading.upos[first] in ("NOUN", "PROPN", "ADJ"):
            first += 1 + (reading.word(first + 1) == ".")
        entity = self.entity_at.get(first)
        if entity is None or entity.label != label or entity.last >= len(reading):
            return None
        if entity.first < last + 2 or (label == "PERSON" and entity.last - entity.first < 2):
            return None
        after = entity.last + 1
        closes = reading.word(entity.last) == "," and not (
            after < len(reading) and (reading.upos[after] == "CCONJ" or self.entity_at.get(after) is not None)
        )
        joined = reading.children(self._head(entity.first, entity.last), "conj")
        return self._head(entity.first, entity.last) if closes and not joined else None

    def _introduced_as(self, first: int) -> int | None:
        """Head of the name that what follows a noun gives: a guest, a baker named Rolf Tveit.

        It is an apposition, a clause ("who gave her name as Mina"), or "named" and its like at once.
        """
        reading = self.reading
        if first >= len(reading):
            return None
        is_apposition = reading.word(first) == ","
        first += is_apposition
        opening = reading.lower(first) if first < len(reading) else ""
        if opening not in ("who", *_NAMING, "known") and not (is_apposition and opening in ("a", "an", "the")):
            return None
        people = -1 if opening in ("a", "an", "the") else 0
        for token in range(first + 1, min(first + _LONGEST_APPOSITION, len(reading))):
            if reading.upos[token] == "PUNCT" and reading.word(token) not in ("-", "–"):
                return None
            people += (
                reading.upos[token] == "NOUN"
                and names.noun_kind(lemma(reading.word(token), "NOUN").lower())[0] == "person"
            )
            if people > 0:
                # A friend of a singer named Ada Quist
                return None
            is_naming = reading.lower(token - 1) in _NAMING or self._is_as_known(token)
            entity = self.entity_at.get(token)
            if is_naming and entity is not None and entity.label == "PERSON" and entity.first == token:
                return self._head(entity.first, entity.last)
        return None

    def _follows_name(self, tokens: list[int]) -> int | None:
        """Head of the name that a noun with "a" or "an" stands behind, between commas: Dag Moe, a priest in Lund, said.

        The parse may tie such a noun to the verb.
        """
        reading = self.reading
        comma, last = tokens[0] - 1, tokens[-1]
        if comma < 1 or reading.word(comma) != "," or reading.lower(tokens[0]) not in ("a", "an"):
            return None
        entity = self.entity_at.get(comma - 1)
        after = last + 1
        if entity is None or entity.label != "PERSON" or entity.last != comma or after >= len(reading):
            return None
        closes = reading.word(after) in (".", ";") or (
            reading.word(after) == "," and after + 1 < len(reading) and reading.upos[after + 1] != "CCONJ"
        )
        # Of “Ada Quist, a priest, a baker and …” each may be somebody.
        is_listed = after + 1 < len(reading) and reading.upos[after + 1] in ("DET", "PROPN")
        before = reading.word(entity.first - 1) if entity.first else ""
        return None if not closes or is_listed or before == "," else self._head(entity.first, entity.last)

    def _owns(self, token: int, kind: str) -> bool:
        """Whether a name before a noun says whose it is; the New York senator is not New York's own."""
        entity = self.entity_at.get(token)
        return entity is not None and (kind != "person" or entity.label in ("PERSON", "ORG"))

    def _pronoun(self, token: int, phrase: tuple[int, int] | None = None) -> Mention | None:
        reading = self.reading
        entry = pronouns().get(reading.lower(token))
        if entry is None:
            return None
        person, number, gender, case = entry
        same_as = None
        if person == "0":
            same_as = self._antecedent(token)
            if phrase is not None and (same_as is None or self._is_thing(token, same_as)):
                before = self._right_before(token)
                same_as = same_as if before is None else before
            if same_as is None and phrase is None:
                return None
        start, end = phrase or (reading._starts[token], reading._ends[token])
        return Mention(
            "pronoun",
            start,
            end,
            token,
            words=(reading.lower(token),),
            label=person,
            number=number,
            gender=gender,
            same_as=same_as,
            noun=case,
        )

    def _antecedent(self, token: int) -> int | None:
        """The noun that a relative pronoun stands for."""
        reading = self.reading
        at = token
        for _ in range(4):
            head = int(reading.heads[at])
            if head == at:
                return None
            if reading.deps[at] == "acl:relcl":
                above = int(reading.heads[head])
                # A number of cities that support the rules
                is_counted = reading.deps[head] == "nmod" and reading.lower(above) in _QUANTITIES
                return above if is_counted else head
            at = head
        return None

    def _is_thing(self, token: int, antecedent: int) -> bool:
        """Whether the parse ties "who" to what is nobody: “a victory for Obama, who”."""
        reading = self.reading
        if reading.lower(token) not in ("who", "whom") or reading.upos[antecedent] != "NOUN":
            return False
        before = token - 1 if reading.word(token - 1) != "," else token - 2
        entity = self.entity_at.get(before)
        return (
            entity is not None
            and entity.label == "PERSON"
            and names.noun_kind(lemma(reading.word(antecedent), "NOUN").lower())[0] not in ("person", "group")
        )

    def _right_before(self, token: int) -> int | None:
        """The noun or name that a relative pronoun follows at once, where the parse ties it to none."""
        reading = self.reading
        before = token - 1
        if before > 0 and reading.word(before) == ",":
            before -= 1
        if before < 0 or reading.upos[before] not in ("NOUN", "PROPN"):
            return None
        entity = self.entity_at.get(before)
        return self._head(entity.first, entity.last) if entity is not None else before

    # ---- places ----------------------------------------------------------------------------------------------

    def _place(self, mentions: list[Mention]) -> None:
        """Says of each mention in which sentence and quotation it stands and whether it is a subject."""
        reading = self.reading
        sentence = reading.sent_starts.cumsum()
        paragraph_starts = [start for start, _ in find_paragraphs(self.text)]
        pieces: list[tuple[int, int, int]] = []
        for i, quote in enumerate(self.extraction.quotes):
            if quote.is_speech:
                pieces.extend((piece.start, piece.end, i) for piece in quote.content)
        pieces.sort()
        at = 0
        open_pieces: list[tuple[int, int, int]] = []
        for mention in mentions:
            mention.sentence = int(sentence[mention.head])
            mention.paragraph = max(0, bisect_right(paragraph_starts, mention.start) - 1)
            # In "her deputy, Ada Quist, was calm" she is the subject.
            above = int(reading.heads[mention.head]) if reading.deps[mention.head] == "appos" else mention.head
            mention.is_subject = reading.deps[above].startswith("nsubj")
            if mention.kind == "pronoun" and reading.deps[mention.head].partition(":")[0] in _OBJECTS:
                subjects = reading.children(int(reading.heads[mention.head]), "nsubj", "nsubj:pass")
                mention.acted_on_by = subjects[0] if subjects else None
            while at < len(pieces) and pieces[at][0] <= mention.start:
                open_pieces.append(pieces[at])
                at += 1
            while open_pieces and open_pieces[-1][1] <= mention.start:
                open_pieces.pop()
            mention.quote = open_pieces[-1][2] if open_pieces else None
            if open_pieces and mention.label in ("PERSON", "person"):
                mention.is_vocative = self._is_vocative(mention, *open_pieces[-1][:2])

    def _is_vocative(self, mention: Mention, start: int, end: int) -> bool:
        """Whether a phrase in a quotation calls somebody: commas or the quotation's ends stand on both its sides."""
        reading, text = self.reading, self.text
        if reading.deps[mention.head] == "vocative":
            return True
        if mention.number == "plur" or reading.deps[mention.head].partition(":")[0] in _NO_VOCATIVE:
            return False
        before, after = text[start : mention.start].rstrip()[-1:], text[mention.end : end].lstrip()[:1]
        if not before and after in ("", "."):
            # “Father Flynn.” answers who it was.
            return False
        return before in _AROUND_VOCATIVE and after in _AROUND_VOCATIVE


def _is_blank(text: str, reading: Reading, token: int) -> bool:
    """Whether a blank alone stands before a token."""
    return text[reading._ends[token - 1] : reading._starts[token]] in (" ", "\u00a0")


def _ends_small(word: str) -> bool:
    """Whether a word in small letters is no part of a person's name: the "softly" of “said Ada softly”."""
    return word.isalpha() and word.islower() and names.plain(word) not in names.particles()


def _headline_end(text: str) -> int:
    """Where a text's headline ends: a first paragraph without full stop before others; 0 where there is none."""
    paragraphs = find_paragraphs(text)
    if len(paragraphs) < 2:
        return 0
    start, end = paragraphs[0]
    return end if end - start <= _LONGEST_HEADLINE and text[end - 1] not in ".,;" else 0


def _has_letter(word: str) -> bool:
    return any(c.isalnum() for c in word)
