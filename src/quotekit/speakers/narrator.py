"""Whose "I" it is that tells a text: the name under its headline, the note on its author at the end, a signature."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Sequence

from quotekit.paragraphs import find_paragraphs
from quotekit.speakers import names
from quotekit.speakers.mentions import Mention
from quotekit.speakers.parties import Parties

__all__ = ["name_narrator"]

_LAST = 3
"""Paragraphs at a text's end in which its author may be told."""
_BYLINE = re.compile(r"(?i:by\s+)?(?P<name>[^,|;•–—]+?)\s*(?:[,|;•–—].*)?")
_SEVERAL = re.compile(r"(?i)\b(?:and|with|staff|desk|team|reporters?|editors?)\b|&")
_OPENING = " \t(*_[—–-•"
_PLACE = re.compile(r"\s*[,;]\s*[A-Z][\w .,'’-]*")


def name_narrator(text: str, byline: str | None, mentions: Sequence[Mention], parties: Parties) -> None:
    """Gives whoever tells a text as "I" the name that the text has for its author.

    That is the byline's, of one person; or a name that first stands at the head of one of the last paragraphs, as the
    subject of what is told there ("Ada Quist is a beekeeper") or as all that stands there but for a place.

    Args:
        text: The text.
        byline: Its byline, where it has one.
        mentions: Its mentions, in text order, all of them read.
        parties: The parties of the mentions; the narrator is merged into the author.
    """
    index = parties.narrator
    if index is None or parties.in_turns:
        return
    told = parties.all[index].mentions
    if not told or _is_interview(text, told):
        return
    if (author := _signing(text, mentions, parties)) is not None:
        parties.merge(index, author)
        parties.narrator = author
    elif byline is not None and (match := _BYLINE.fullmatch(byline.strip())) and _is_one(match["name"]):
        narrator = parties.all[index]
        narrator.label, narrator.is_named = "PERSON", True
        narrator.names[" ".join(match["name"].split())] += 1


def _is_one(name: str) -> bool:
    """Whether a byline's words are one person's name."""
    words = name.split()
    return 1 < len(words) <= 4 and not _SEVERAL.search(name) and names.is_given(words[0])


def _is_interview(text: str, told: Sequence[Mention]) -> bool:
    """Whether "I" stands in answers mostly: in paragraphs after one that ends with a question."""
    paragraphs = find_paragraphs(text)
    starts = [start for start, _ in paragraphs]
    asked = {
        after
        for before, after in itertools.pairwise(range(len(paragraphs)))
        if text[paragraphs[before][0] : paragraphs[before][1]].rstrip("*_ ").endswith("?")
    }
    answers = sum(bisect_left(starts, mention.start + 1) - 1 in asked for mention in told)
    return 2 * answers > len(told)


def _signing(text: str, mentions: Sequence[Mention], parties: Parties) -> int | None:
    """Whoever is first named at the head of one of the last paragraphs, where nobody says "I" any more."""
    told = parties.all[parties.narrator or 0].mentions
    starts = [mention.start for mention in mentions]
    for start, end in reversed(find_paragraphs(text)[1:][-_LAST:]):
        here = mentions[bisect_left(starts, start) : bisect_left(starts, end)]
        named = next((m for m in here if not m.is_modifier), None)
        if named is None or named.kind != "name" or named.party is None or text[start : named.start].strip(_OPENING):
            continue
        party = parties.all[named.party]
        is_first = all(m.start >= named.start for m in party.mentions if m.kind == "name")
        rest = text[named.end : end].strip(" .)*_]")
        # Mails are signed by a given name, and by nothing else in its paragraph.
        is_whole = len(named.words) > 1 or (not rest and names.is_given(named.words[0]))
        if party.kind != "person" or not is_whole or not is_first or any(m.start >= start for m in told):
            continue
        if named.is_subject or not rest or _PLACE.fullmatch(rest):
            return named.party
    return None
