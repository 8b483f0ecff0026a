"""Who it was that spoke before having a name: “Widow tells inquest”, and further down “Ada Quist, 58, said”.

Headlines and leads call people and bodies by what they are, and the names follow. Whether one who is named only later
is the one without a name, and which, is a choice with learned weights (see `antecedents`) among those whose names come
first after it, and nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from quotekit.speakers.antecedents import Option
from quotekit.speakers.choices import Choices
from quotekit.speakers.descriptions import MATCHES, NOBODY, DescriptionReader
from quotekit.speakers.mentions import Mention
from quotekit.speakers.parties import Parties
from quotekit.speakers.party import Party

__all__ = ["name_later", "options"]

_LAST_PARAGRAPH = 4
"""Of a text, in which somebody is still called by what he is before his name is given."""
_FARTHEST = 6
"""Paragraphs in which the name follows."""
_MOST = 6
"""Who is named in them, and looked at."""
_WORD = re.compile(r"\w{4,}")
_STATEMENTS = 3
"""Of what one without a name says, and of what one who is named later says first, that are compared."""
_OPENING = "“\"‘'«"
_ALIKE = (0.2, 0.4)
"""Shares of words in common."""
_BEARERS = ("same", "letters", "like", "deed")
"""How the nouns of those fit who are called by a description's noun, or by one for the same."""
_LIKENESSES = (0.35, 0.45, 0.55, 0.65)
"""At which a word around somebody is so like a description's noun."""
_PAPERS = frozenset(("newspaper", "paper", "magazine", "daily", "weekly", "tabloid", "broadcaster"))
"""What is called so quotes others."""
_QUOTING = frozenset(("quote", "cite"))
_MARGIN = 0.05
"""By which the likest has to be liker than others."""


def name_later(parties: Parties, choices: Choices) -> None:
    """Gives those who spoke early without a name the name that the text has for them later.

    Args:
        parties: The parties of a text, all its mentions read.
        choices: What chooses among those who may be meant.
    """
    for index in list(_unnamed(parties)):
        if (paper := _paper(parties, index)) is not None:
            parties.merge(index, paper)
            continue
        found = options(parties, index)
        chosen = choices.late_name(parties, index, found) if len(found) > 1 else NOBODY
        if chosen is not None and chosen != NOBODY:
            parties.merge(index, chosen)


def _unnamed(parties: Parties) -> Iterator[int]:
    """Single people and bodies without a name that speak early in the text."""
    for index, party in enumerate(parties.all):
        if party.is_named or party.number != "sing" or party.kind not in ("person", "organization"):
            continue
        nominal = _first(party)
        if nominal is None or nominal.quote is not None or nominal.paragraph > _LAST_PARAGRAPH:
            continue
        if any(m.is_source for m in party.mentions):
            yield index


def _paper(parties: Parties, index: int) -> int | None:
    """The only newspaper that speaks, else the only body that quotes others, where one without a name is a paper."""
    nominal = _first(parties.all[index])
    if nominal is None or nominal.noun not in _PAPERS or nominal.definite:
        return None
    quoting = {
        mention.party
        for mention in parties.mentions
        if mention.kind == "name" and mention.cue in _QUOTING and mention.party is not None
    }
    speaking = {m.party for m in parties.mentions if m.kind == "name" and m.is_source and m.party is not None}
    papers = [i for i in speaking if "newspaper" in parties.all[i].nouns]
    bodies = papers if len(papers) == 1 else [i for i in quoting if parties.all[i].label == "ORG"]
    return bodies[0] if len(bodies) == 1 else None


def _first(party: Party) -> Mention | None:
    """The description by which somebody comes in."""
    return next((m for m in party.mentions if m.kind == "nominal"), None)


def _entry(party: Party) -> Mention | None:
    """The name by which somebody comes in."""
    return next((m for m in party.mentions if m.kind == "name" and not m.is_modifier), None)


def options(parties: Parties, index: int) -> list[Option]:
    """Those who may be one without a name, and what speaks for each; with `NOBODY` among them.

    Args:
        parties: The parties of a text.
        index: Of the one without a name.
    """
    party = parties.all[index]
    nominal = _first(party)
    if nominal is None:
        return []
    reader = DescriptionReader(parties, nominal)
    later: list[tuple[int, Mention]] = []
    for other, named in enumerate(parties.all):
        if not named.is_named or (entry := _entry(named)) is None:
            continue
        if entry.start < nominal.end or entry.quote is not None:
            continue
        is_near = entry.paragraph - nominal.paragraph <= _FARTHEST
        if is_near and reader.may_be(named) and _agrees(party, named) and not _speak_of_each_other(party, named):
            later.append((other, entry))
    later.sort(key=lambda pair: pair[1].start)
    later = later[:_MOST]
    matches = [reader.match(other) for other, _ in later]
    rivals = [other for other, _ in later]
    said = _said(parties, party)
    spoken = [sum(bool(m.says) for m in parties.all[other].mentions) for other in rivals]
    result = [Option(NOBODY, tuple(_nobody(party, nominal, reader, matches)))]
    for rank, (other, entry) in enumerate(later):
        found = _features(parties, nominal, other, entry, reader)
        found += _ordered(rank, entry.paragraph - nominal.paragraph)
        if entry.paragraph == nominal.paragraph:
            found.append(f"same paragraph {matches[rank] in _BEARERS}")
        found += [f"alike from {step}" for step in range(1, 1 + _alike(said, _said(parties, parties.all[other])))]
        found += [f"fellows {matches.count(matches[rank]) > 1} {matches[rank] in _BEARERS}"]
        if spoken[rank] == max(spoken) and spoken.count(spoken[rank]) == 1:
            found.append("speaks most")
        if matches[rank] not in _BEARERS:
            found += _likenesses(reader, other, rivals)
        result.append(Option(other, tuple(found)))
    return result


def _speak_of_each_other(party: Party, named: Party) -> bool:
    """Whether one speaks of the other: nobody does so of himself."""
    return any(
        start <= mention.start < end
        for speaking, other in ((party, named), (named, party))
        for says in (m.says for m in speaking.mentions)
        for start, end in says
        for mention in other.mentions
    )


def _agrees(party: Party, named: Party) -> bool:
    """Whether a pronoun by which one was taken up fits the other."""
    genders = {party.gender or party.heard_gender, named.gender or named.heard_gender or named.likely_gender}
    return len(genders - {""}) < 2


def _said(parties: Parties, party: Party) -> list[set[str]]:
    """The words of what a party says first, long ones alone."""
    pieces = [m.says for m in party.mentions if m.says][:_STATEMENTS]
    return [
        {word for start, end in says for word in _WORD.findall(parties.text[start:end].casefold())} for says in pieces
    ]


def _alike(some: Sequence[set[str]], others: Sequence[set[str]]) -> int:
    """How much two say the same, in three steps."""
    shares = [len(a & b) / min(len(a), len(b)) for a in some for b in others if len(a) > 1 and len(b) > 1]
    return sum(max(shares, default=0.0) >= bound for bound in _ALIKE)


def _nobody(party: Party, nominal: Mention, reader: DescriptionReader, matches: Sequence[str]) -> list[str]:
    """What speaks for one who stays without a name."""
    best = next((match for match in MATCHES if match in matches), "no")
    return [
        "new",
        f"new {reader.kind}",
        f"new best {best}",
        f"new use {reader.use}",
        f"new paragraph {min(nominal.paragraph, 2)}",
        f"new mentions {min(len(party.mentions), 3)}",
        f"new words {bool(reader.modifiers)}",
        f"new complement {nominal.has_complement}",
        f"new noun {nominal.noun}",
    ]


def _ordered(rank: int, apart: int) -> list[str]:
    """What the order of those named later says for one of them."""
    return [f"rank from {step}" for step in range(1, 1 + min(rank, 3))] + [
        f"paragraphs from {step}" for step in range(1, 1 + min(apart, 5))
    ]


def _likenesses(reader: DescriptionReader, index: int, rivals: Sequence[int]) -> list[str]:
    """What the words around one who is named later say for him or her."""
    found = []
    for name, said in (("told", False), ("said", True)):
        mine = reader.likeness(index, said=said)
        others = [reader.likeness(rival, said=said) for rival in rivals if rival != index]
        found += [f"{name} like from {step}" for step, bound in enumerate(_LIKENESSES) if mine >= bound]
        found += [f"{name} likest"] if mine > max(others, default=0.0) + _MARGIN else []
    return found


def _features(parties: Parties, nominal: Mention, index: int, entry: Mention, reader: DescriptionReader) -> list[str]:
    """What speaks for one who is named later, or against."""
    party, match = parties.all[index], reader.match(index)
    known = parties.known_words(party)
    words = "bare" if not reader.modifiers else "known" if reader.modifiers & known else "new"
    speaking = [m for m in party.mentions if m.is_source]
    opens = any(m.says and parties.text[m.says[0][0]] in _OPENING for m in speaking)
    is_introduced = bool(party.titles) or any(w.endswith("-year-old") for w in party.title_words)
    found = [
        match,
        f"{match} {party.kind} {nominal.label}",
        f"words {words}",
        f"source {entry.is_source} {bool(speaking)}",
        f"quotes {opens}",
        f"introduced {is_introduced}",
        f"kin {party.is_kin}",
        f"full {len(entry.words) > 1}",
        f"subject {entry.is_subject}",
    ]
    if reader.complement:
        found.append(f"complement {bool(reader.complement & known)}")
    return found
