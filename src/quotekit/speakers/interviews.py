"""Interviews and transcripts: who answers, and whom labels mean ("Q:", "A:", "MH:", "Host:")."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

from quotekit.layout import find_exchanges
from quotekit.paragraphs import find_paragraphs
from quotekit.speakers import names
from quotekit.speakers.mentions import Mention
from quotekit.speakers.parties import Parties
from quotekit.types import Attribution, Extraction

__all__ = ["read_answers", "read_labels"]

_QUESTIONS = frozenset(("q", "question", "interviewer"))
_ANSWERS = frozenset(("a", "answer"))
_FEWEST = 2
"""Times that a label has to stand before words."""
_LONGEST_INITIALS = 3

Bounds = tuple[int, int]


def read_labels(extraction: Extraction, mentions: Sequence[Mention], parties: Parties) -> None:
    """Gives the labels of an interview to the people whom its opening names, and "I" to whoever speaks.

    Answers are whoever the text before the first label speaks of most; questions are the other whom it names, where
    there is one. Initials are whoever has them. The same label always is the same speaker.

    Args:
        extraction: With attributions.
        mentions: The mentions of the text, in text order; those that are labels change their party.
        parties: The parties of the mentions.
    """
    labelled = _labelled(extraction)
    if not labelled:
        return
    at = {(m.start, m.end): m for m in mentions if m.is_source}
    starts = [m.start for m in mentions]
    opening = min(a.source.start for group in labelled.values() for a in group if a.source is not None)
    answers, questions = _named_in(opening, mentions, parties)
    for label, group in labelled.items():
        known = [at[key] for a in group if a.source is not None and (key := (a.source.start, a.source.end)) in at]
        if not known or (any(m.kind == "name" for m in known) and not names.is_acronym(label)):
            continue
        party = answers if label.casefold() in _ANSWERS else questions if label.casefold() in _QUESTIONS else None
        if party is None:
            party = _by_initials(label, parties)
        if party is None:
            party = next((m.party for m in known if m.party is not None), None)
        for mention in known:
            if party is not None:
                parties.move(mention, party)
    for group in labelled.values():
        for attribution in group:
            source = attribution.source
            label_mention = at.get((source.start, source.end)) if source is not None else None
            if label_mention is not None and label_mention.party is not None:
                _give_own_words(attribution, label_mention.party, mentions, starts, parties)


def read_answers(
    extraction: Extraction, paragraphs: Sequence[Bounds], mentions: Sequence[Mention], parties: Parties
) -> dict[str, int]:
    """Finds out who answers an interview without labels: whomever the text before its first question speaks of most.

    Args:
        extraction: With attributions.
        paragraphs: Its paragraphs without page junk, in characters.
        mentions: The mentions of the text, in text order; "I" in the answers changes its party.
        parties: The parties of the mentions.

    Returns:
        The party of each answer's attribution, by its id.
    """
    exchanges = find_exchanges(extraction.text, paragraphs)
    begins = {exchange.answer[0][0] for exchange in exchanges}
    answers = [
        a for a in extraction.attributions if a.source is None and a.cue is None and a.content[0].start in begins
    ]
    if not answers:
        return {}
    asked, _ = _named_in(exchanges[0].question[0], mentions, parties, modifiers=True)
    if asked is None:
        return {}
    starts = [m.start for m in mentions]
    for answer in answers:
        _give_own_words(answer, asked, mentions, starts, parties)
    return {answer.id: asked for answer in answers}


def _give_own_words(
    attribution: Attribution, party: int, mentions: Sequence[Mention], starts: Sequence[int], parties: Parties
) -> None:
    """Gives "I" in what somebody says to whoever says it, outside of quotation marks."""
    for span in attribution.content:
        for mention in mentions[bisect_left(starts, span.start) : bisect_left(starts, span.end)]:
            is_own = mention.kind == "pronoun" and mention.label == "1" and mention.number == "sing"
            if is_own and mention.quote is None:
                parties.move(mention, party)


def _labelled(extraction: Extraction) -> dict[str, list[Attribution]]:
    """The attributions whose source is a label at a paragraph's start, by label, of those that come more than once."""
    starts = {start for start, _ in find_paragraphs(extraction.text)}
    found: dict[str, list[Attribution]] = defaultdict(list)
    for attribution in extraction.attributions:
        source, cue = attribution.source, attribution.cue
        if source is None or cue is None or source.start not in starts or not cue.span.text.strip(" .)").endswith(":"):
            continue
        found[source.text.strip(" .:")].append(attribution)
    return {label: group for label, group in found.items() if len(group) >= _FEWEST}


def _named_in(
    end: int, mentions: Sequence[Mention], parties: Parties, *, modifiers: bool = False
) -> tuple[int | None, int | None]:
    """Of the people named before an offset, the one spoken of most, and the only other one.

    Args:
        end: The offset.
        mentions: The mentions of the text, in text order.
        parties: The parties of the mentions.
        modifiers: Whether a name before a noun counts too: "Jane Roe's first novel".
    """
    count: dict[int, int] = {}
    for mention in mentions:
        if mention.start >= end:
            break
        if mention.party is not None and (modifiers or not mention.is_modifier):
            party = parties.all[mention.party]
            if party.kind == "person" and party.person is not None and party.person.given:
                count[mention.party] = count.get(mention.party, 0) + 1
    if not count:
        return None, None
    most = max(count, key=count.__getitem__)
    others = [party for party in count if party != most]
    return most, others[0] if len(others) == 1 else None


def _by_initials(label: str, parties: Parties) -> int | None:
    """The only person with these initials."""
    letters = label.replace(".", "").casefold()
    if not 1 < len(letters) <= _LONGEST_INITIALS or not letters.isalpha() or not label.isupper():
        return None
    found = [
        i
        for i, party in enumerate(parties.all)
        if any(letters == "".join(word[0] for word in name.split()).casefold() for name in party.names)
    ]
    return found[0] if len(found) == 1 else None
