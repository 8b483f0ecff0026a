"""Whom a description takes up: "the baker", "the firm", "the new poll".

Everything that a text tells of a party, by whatever syntax, is kept with it as its nouns and words. A description may
take up whoever bears its noun, another noun for the same, or no noun that is known; or nobody named before. What speaks
for each are features of a choice with learned weights (see `antecedents`), so that no order among them is made by hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotekit.speakers import names
from quotekit.speakers.antecedents import Option
from quotekit.speakers.mentions import Mention
from quotekit.speakers.parties import Parties
from quotekit.speakers.party import Party
from quotekit.speakers.words import modifiers, without_ex
from quotekit.vectors import likeness

__all__ = ["NOBODY", "DescriptionReader", "options"]

NOBODY = -1
"""The option that a description introduces somebody."""
_FARTHEST = 80
"""Mentions that are looked back at."""
_MOST_SENTENCES = 6
"""Sentences after which only a known noun takes up somebody."""
_BEARERS = 12
"""Parties called by one noun that are looked at, the latest first."""
_DISTANCES = (1, 2, 3, 6, 12)
"""Sentences at which one distance ends and the next begins."""
_OTHER = frozenset(("other", "another", "second", "rival", "next", "new", "opposition", "shadow", "deputy", "vice"))
_PAST = frozenset(("former", "retired", "ex", "one-time", "onetime"))
MATCHES = ("same", "letters", "like", "deed", "narrow", "wide", "word", "none", "other")
"""How the nouns of a party fit a description's, the best first."""
_POSSESSORS = frozenset(("my", "your", "his", "her", "its", "our", "their", "'s", "’s", "'", "’"))
_OPENING = "“\"‘'«"
_SHORT = 3
"""Letters of words that say nothing alone."""
_LIKENESSES = (0.35, 0.45, 0.55, 0.65, 0.75)
"""At which a word around somebody is so like a noun."""
_LEAD = 2
"""The paragraphs of a headline, a dateline and the first sentence."""


class DescriptionReader:
    """Compares one description with parties."""

    def __init__(self, parties: Parties, mention: Mention) -> None:
        self.parties = parties
        self.mention = mention
        self.matches: dict[int, str] = {}
        self.noun = without_ex(mention.noun)[-1]
        same, self.wider = names.person_nouns().get(self.noun, (frozenset(), frozenset()))
        self.others = (*names.synonyms().get(self.noun, ()), *sorted(same))
        self.modifiers = modifiers(mention)
        if mention.noun.startswith("ex-"):
            self.modifiers.add("former")
        word = parties.text[mention.start : mention.end].split()[-1]
        self.bearers = set(parties.by_title_initials(word)) if names.is_acronym(word) else set()
        self.phrase = parties.by_phrase.get(parties.phrase(mention))
        # The Falcons goaltender is whoever he is; his sister is another's.
        self.is_owned = mention.owner is not None and bool(_POSSESSORS & set(mention.words))
        number = "plural " if mention.number == "plur" else "headline " if mention.lacks_article else ""
        number = number or ("" if mention.definite else "a ")
        self.kind = f"{number}{'owned ' if self.is_owned else ''}{mention.label or 'unknown'}"
        rest = parties.text[mention.start : mention.end].casefold().partition(f" {mention.words[-1]} ")[2]
        self.complement = {names.plain(word) for word in rest.split() if len(word) > _SHORT}
        is_quoting = bool(mention.says) and parties.text[mention.says[0][0]] in _OPENING
        self.role = "tag" if is_quoting else "source" if mention.is_source else "none"
        self.use = self._use()
        self.around: dict[int, tuple[set[str], set[str]]] = {}
        self.alike: dict[tuple[int, bool], float] = {}

    def _use(self) -> str:
        """What sort of noun a description has, as the table of roles tells it."""
        if self.mention.noun.endswith(("-year-old", "arian")):
            return "age"
        if self.mention.noun in names.demonyms():
            return "country"
        if self.modifiers & _PAST:
            return "past"
        pair = " ".join(self.mention.words[-2:])
        found = names.roles().get(self.mention.noun, ("", "", ""))[2] or names.roles().get(pair, ("", "", ""))[2]
        if found:
            return found
        return "office" if names.titles().get(self.noun, ("",))[0] == "office" else "plain"

    def candidates(self) -> Iterator[tuple[int, Mention | None]]:
        """Who may be meant, the latest spoken of first, with the mention by which; bearers of the noun at last."""
        parties, mention = self.parties, self.mention
        at = parties.order[id(mention)]
        seen: set[int] = set()
        for other in reversed(parties.mentions[max(0, at - _FARTHEST) : at]):
            index = other.party
            if index is None or other.is_modifier or index in seen or other.end > mention.start:
                continue
            seen.add(index)
            if self.may_be(parties.all[index]) and self._is_option(index, other):
                yield index, other
        nouns = (self.noun, *(noun.split()[-1] for noun in self.others if noun))
        bearers = [i for noun in nouns for i in parties.by_noun.get(noun, [])[: -_BEARERS - 1 : -1]]
        for index in dict.fromkeys([*bearers, *parties.holders.get(self.noun, ())]):
            party = parties.all[index]
            latest = party.mentions[-1] if party.mentions else None
            is_later = latest is None and self.mention.definite and party.kind == "person"
            if is_later and self.parties.follows_speech(self.mention):
                continue
            if index not in seen and self.may_be(party) and self._is_option(index, latest):
                yield index, latest

    def _is_option(self, index: int, latest: Mention | None) -> bool:
        """Whether a party may be meant: who bears the noun, or is named and not far.

        "A builder" is nobody known but who is named only later, or the builder of a headline.
        """
        mention, party = self.mention, self.parties.all[index]
        if not (party.mentions or party.is_named):
            return False
        if mention.number == "plur" and not mention.definite:
            # Many citizens are not those who were spoken of as citizens.
            return self.phrase == index
        if mention.number == "sing" and not mention.definite and not mention.lacks_article:
            is_heading = latest is None or (latest.lacks_article and len(party.mentions) == 1 and not party.is_named)
            return is_heading and self._is_bearer(index)
        is_bearer = self._is_bearer(index)
        if is_bearer or latest is None:
            return is_bearer
        is_near = mention.sentence - latest.sentence <= _MOST_SENTENCES
        return is_near and party.is_named and not self.is_owned and (mention.definite or mention.lacks_article)

    def _is_bearer(self, index: int) -> bool:
        """Whether a party is known by the description's noun or by one that fits it."""
        return self.match(index) not in ("other", "none")

    def may_be(self, party: Party) -> bool:
        """Whether number, kind and gender speak for a party, or not against it."""
        mention = self.mention
        gender = party.gender or party.heard_gender or party.likely_gender
        if party.label == "narrator" or party.number != mention.number:
            return False
        if mention.gender and gender and mention.gender != gender:
            return False
        if self.use == "either" and party.label == "ORG":
            return True
        if mention.label == "person":
            return party.kind in ("person", "group") if mention.number == "plur" else party.kind == "person"
        if mention.label in ("organization", "document"):
            return party.kind != "person" or (mention.label == "organization" and party.may_be_body)
        return True

    def _is_rival(self, party: Party) -> bool:
        """Whether a party is told to be of another such sort of people: a Democrat is no Republican."""
        if self.use != "no office" or self.noun in party.nouns | party.title_words:
            return False
        return any(names.roles().get(word, ("", "", ""))[2] == self.use for word in party.nouns | party.title_words)

    @staticmethod
    def _is_institution(party: Party) -> bool:
        """Whether a body is called what no firm is: board, ministry, union."""
        found = [names.roles().get(noun, ("", "", "")) for noun in party.nouns]
        return party.kind != "person" and any(kind == "organization" and use != "firm" for kind, _, use in found)

    def match(self, index: int) -> str:
        """How the nouns that a party is known by fit the description's."""
        if index not in self.matches:
            self.matches[index] = self._match(index)
        return self.matches[index]

    def _match(self, index: int) -> str:
        party = self.parties.all[index]
        if self.noun in party.nouns or (self.use == "age" and self.mention.noun in party.title_words):
            return "same"
        if index in self.bearers:
            return "letters"
        known: set[str] | None = None
        for noun in self.others:
            *before, last = noun.split()
            if not last or last not in party.nouns:
                continue
            known = self.parties.known_words(party) if known is None else known
            if before and not set(before) <= known:
                continue
            return "like" if party.is_named else "unnamed like"
        if any(self.noun in names.agent_nouns(verb) for verb in party.deeds):
            return "deed"
        for noun in party.nouns:
            if self.noun in names.person_nouns().get(noun, ((), ()))[1]:
                return "narrow"
        if not self.wider.isdisjoint(party.nouns):
            return "wide"
        if self.noun in party.title_words or any(self._is_made_of(title) for title in party.titles):
            return "word"
        is_body = self.mention.label == "organization" and party.may_be_body
        return "other" if party.titles or is_body or (party.nouns and party.kind != "person") else "none"

    def _is_made_of(self, title: str) -> bool:
        """Whether the noun is a compound of words in a title: the cheesemaker, a maker of cheese."""
        return any(
            self.noun.endswith(word) and self.noun[: -len(word)].rstrip("-") in title.casefold()
            for word in map(names.plain, title.split())
            if 2 < len(word) < len(self.noun) - 2
        )

    def likeness(self, index: int, *, said: bool) -> float:
        """How like the noun is to the likest word of what the text tells of a party, or of what it has said.

        "The cashier" has worked at the till.
        """
        if (index, said) not in self.alike:
            if index not in self.around:
                self.around[index] = self.parties.around(index, self.mention)
            self.alike[index, said] = likeness(self.noun, self.around[index][said])
        return self.alike[index, said]

    def likeness_features(self, index: int, match: str, rivals: Sequence[int]) -> Iterator[str]:
        """What the words around a party say for it, where no noun that it is known by does."""
        if match in ("same", "letters", "like", "deed"):
            return
        for said in (False, True):
            mine = self.likeness(index, said=said)
            best = max((self.likeness(rival, said=said) for rival in rivals if rival != index), default=0.0)
            step = sum(mine >= bound for bound in _LIKENESSES)
            yield f"{'said' if said else 'told'} like {step}"
            yield f"{'said' if said else 'told'} like {step} {mine > best}"
            yield f"{match} {'said' if said else 'told'} like {step}"

    def features(self, index: int, latest: Mention | None, match: str, rank: int, fellows: int) -> list[str]:
        """What speaks for a candidate or against it."""
        mention, party = self.mention, self.parties.all[index]
        known = self.parties.known_words(party) if self.modifiers else set()
        unknown = self.modifiers - known
        if not self.modifiers:
            words = "bare"
        elif not unknown:
            words = "known"
        elif unknown & _PAST and match == "none":
            # Whose office is not told may have had one.
            words = "past"
        elif unknown & (_OTHER | _PAST):
            words = "against"
        else:
            words = "new" if unknown == self.modifiers else "some"
        named = "named" if party.is_named else "unnamed"
        is_open = self.mention.label == "organization" and party.may_be_body
        kind, label = ("unknown", "MISC") if is_open else (party.kind, party.label)
        found = [
            f"{match}",
            f"{match} {named}",
            f"{match} words {words} {mention.has_complement}",
            f"{match} rank {min(rank, 3)}",
            f"{match} fellows {min(fellows, 3)}",
            f"{match} {self.role}",
            f"{match} use {self.use} {mention.has_complement}",
            f"{match} use {self.use} {self.role}",
            f"{match} theirs {bool((party.title_words & (_OTHER | _PAST)) - self.modifiers)}",
            f"{named} words {words}",
            f"{match} words {words} {self.role}",
            f"noun {self.noun} words {words}",
            f"{match} rival {self._is_rival(party)}",
            f"{match} party {kind} {label} {self.use} {self._is_institution(party)}",
            f"{match} noun {self.noun}",
        ]
        if self.complement:
            known = known or self.parties.known_words(party)
            found.append(f"{match} complement {self.complement <= known} {bool(self.complement & known)}")
        if self.parties.text[mention.start + 4 : mention.start + 5].isupper() and mention.definite:
            found.append(f"{match} capital {party.is_named}")
        if self.phrase == index:
            found.append(f"same phrase {named}")
        if latest is None:
            return [*found, f"later {match}", f"later {mention.paragraph <= _LEAD}", f"later {self.role}"]
        distance = mention.sentence - latest.sentence
        far = sum(distance >= bound for bound in _DISTANCES)
        recent = [m for m in party.mentions[-4:] if mention.sentence - m.sentence <= 1]
        speaks = any(m.is_source for m in recent)
        found += [
            f"{match} far {far}",
            f"{named} far {far}",
            f"{match} paragraphs {min(mention.paragraph - latest.paragraph, 2)}",
            f"{match} speaks {speaks} {self.role}",
            f"{match} quoted {latest.quote is not None} {mention.quote is not None}",
            f"last {latest.kind} {match}",
            f"subject {latest.is_subject} {match}",
            f"mentions {min(len(party.mentions), 3)} {match}",
        ]
        if all(m.quote is not None for m in party.mentions):
            found.append(f"only quoted {named} {mention.quote is not None}")
        if mention.gender:
            stated = party.gender or party.heard_gender
            found.append(f"gender {'stated' if stated else 'likely' if party.likely_gender else 'open'}")
        if len(party.mentions) == 1 and latest.lacks_article and not party.is_named:
            found.append(f"of headline {match} {set(latest.words) <= set(mention.words)}")
        return found

    def nobody(self, matches: Sequence[str]) -> list[str]:
        """What speaks for somebody new."""
        best = next((match for match in MATCHES if match in matches), "no")
        mention = self.mention
        return [
            "new",
            f"new {self.role}",
            f"new {self.use}",
            f"new noun {self.noun}",
            f"new best {best}",
            f"new best {best} {self.role}",
            f"new candidates {min(len(matches), 3)}",
            f"new definite {mention.definite}",
            f"new words {bool(self.modifiers)} {mention.has_complement}",
            f"new words {bool(self.modifiers)} {mention.has_complement} {best}",
            f"new lead {mention.paragraph <= _LEAD}",
            f"new quoted {mention.quote is not None}",
        ]


def options(parties: Parties, mention: Mention) -> list[Option]:
    """Those whom a description may take up, and what speaks for each; with `NOBODY` among them.

    Args:
        parties: The parties so far.
        mention: A description.

    Returns:
        Options for `antecedents.choose`.
    """
    reader = DescriptionReader(parties, mention)
    found = [(index, latest, reader.match(index)) for index, latest in reader.candidates()]
    matches = [match for _, _, match in found]
    result = [Option(NOBODY, tuple(f"{reader.kind} {f}" for f in reader.nobody(matches)))]
    rivals = [index for index, _, _ in found]
    for at, (index, latest, match) in enumerate(found):
        features = reader.features(index, latest, match, matches[:at].count(match), matches.count(match))
        if mention.is_source and mention.number == "sing":
            features += reader.likeness_features(index, match, rivals)
        result.append(Option(index, (*features, *(f"{reader.kind} {f}" for f in features))))
    return result
