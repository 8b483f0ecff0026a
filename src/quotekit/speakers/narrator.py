"""Whose "I" it is that tells a text: the name under its headline, the note on its author at the end, a signature."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from quotekit.speakers import names
from quotekit.speakers.mentions import Mention
from quotekit.speakers.parties import Parties
from quotekit.speakers.party import Party

__all__ = ["name_narrator"]

_LAST_PARAGRAPHS = 3
"""At a text's end, in which its author may be told."""
_BYLINE = re.compile(r"(?i:by\s+)?(?P<name>[^,|;•–—]+?)(?:\s+(?:in|for|at|of|from)\s.*)?\s*(?:[,|;•–—].*)?")
_SEVERAL = re.compile(r"(?i)\b(?:and|with|staff|desk|team|reporters?|editors?)\b|&")
_INITIALS = re.compile(r"(?:[A-Z]\.-?)+")
_SOON = 3
"""Paragraphs of a column in which its author says "I" at the latest."""
_OFTEN = 3
"""Paragraphs of such a column in which its author does."""
_LONGEST_NAME = 4
"""Words of an author's name."""
_OPENING = " \t(*_[—–-•"
_PLACE = re.compile(r"\s*[,;]\s*[A-Z][\w .,'’-]*")
_IS_TOLD = re.compile(
    r"(?:,[^.!?\n]{1,100},)? (?:(?:is|was) (?:an? |the |one of |co-|[A-Z])"
    r"|(?:writes|teaches|works|lives|edits|runs|chairs|leads|blogs|covers|studies|directs|heads)\b)"
)
"""What an author's note says behind the name."""


def name_narrator(
    text: str,
    byline: str | None,
    paragraphs: Sequence[tuple[int, int]],
    mentions: Sequence[Mention],
    parties: Parties,
) -> None:
    """Gives whoever tells a text as "I" the name that the text has for its author.

    That is the byline's, of one person who says "I" from the first paragraph on; else a name that first stands at the
    head of one of the last paragraphs, where it is told who that is ("Ada Quist is a beekeeper") or nothing more is
    said but a place. Where several sign, as on a page of letters, nobody is the author.

    Args:
        text: The text.
        byline: Its byline, where it has one.
        paragraphs: Its paragraphs, in characters.
        mentions: Its mentions, in text order, all of them read.
        parties: The parties of the mentions; the narrator is merged into the author.
    """
    index = parties.narrator
    if index is None or parties.in_turns:
        return
    first_person = parties.all[index].mentions
    if not first_person or _is_interview(text, paragraphs, first_person):
        return
    author = _author_of(byline)
    if author is None:
        signing = _signing(text, paragraphs, mentions, parties)
        if signing is not None:
            parties.merge(index, signing)
            parties.narrator = signing
    elif _opens(text, byline, paragraphs, mentions, first_person):
        _give_name(parties, index, author)


def _author_of(byline: str | None) -> str | None:
    """The one person whom a byline names."""
    match = _BYLINE.fullmatch(byline.strip()) if byline is not None else None
    if match is None or _SEVERAL.search(match["name"]):
        return None
    words = match["name"].split()
    is_name = 1 < len(words) <= _LONGEST_NAME and all(word[0].isupper() or word in names.particles() for word in words)
    first = words[0]
    is_known = is_name and (names.is_given(first.split("-")[0]) or _INITIALS.fullmatch(first) is not None)
    return " ".join(words) if is_known else None


def _opens(
    text: str,
    byline: str | None,
    paragraphs: Sequence[tuple[int, int]],
    mentions: Sequence[Mention],
    first_person: Sequence[Mention],
) -> bool:
    """Whether "I" stands in the first paragraph below headline and byline in which anybody is spoken of.

    So it does in a column. In one that begins with others "I" still comes soon, and again.
    """
    starts = [start for start, _ in paragraphs]
    signed = next((i for i, (start, end) in enumerate(paragraphs) if text[start:end] == byline), 0)
    spoken = sorted({bisect_right(starts, mention.start) - 1 for mention in mentions})
    body = next((paragraph for paragraph in spoken if paragraph > signed), 0)
    own = {bisect_right(starts, mention.start) - 1 for mention in first_person if mention.quote is None}
    soon = sum(paragraph <= body + _SOON for paragraph in own)
    return any(paragraph <= body for paragraph in own) or (soon > 0 and len(own) >= _OFTEN)


def _give_name(parties: Parties, index: int, author: str) -> None:
    """Gives the narrator a name, as whom the text may speak of her too."""
    person = names.parse_person(author.split())
    for other, party in enumerate(parties.all):
        known = party.person
        is_same = known is not None and (names.same_person(known, person) if known.given else known.last == person.last)
        if other != index and is_same and party.mentions:
            party.names[author] += 1
            parties.merge(index, other)
            parties.narrator = other
            return
    narrator = parties.all[index]
    narrator.label, narrator.is_named, narrator.person = "PERSON", True, person
    narrator.names[author] += 1


def _is_interview(text: str, paragraphs: Sequence[tuple[int, int]], first_person: Sequence[Mention]) -> bool:
    """Whether "I" stands in answers mostly: in paragraphs after one that ends with a question."""
    starts = [start for start, _ in paragraphs]
    asked = {
        after
        for before, after in itertools.pairwise(range(len(paragraphs)))
        if text[paragraphs[before][0] : paragraphs[before][1]].rstrip("*_ ").endswith("?")
    }
    answers = sum(bisect_right(starts, mention.start) - 1 in asked for mention in first_person)
    return 2 * answers > len(first_person)


def _signing(
    text: str, paragraphs: Sequence[tuple[int, int]], mentions: Sequence[Mention], parties: Parties
) -> int | None:
    """Whoever is first named at the head of one of the last paragraphs, where nobody says "I" any more."""
    first_person = parties.all[parties.narrator or 0].mentions
    starts = [mention.start for mention in mentions]
    signed: list[int] = []
    told: list[int] = []
    for number, (start, end) in enumerate(paragraphs[1:], start=1):
        here = mentions[bisect_left(starts, start) : bisect_left(starts, end)]
        named = next((mention for mention in here if not mention.is_modifier), None)
        if named is None or named.kind != "name" or named.party is None or text[start : named.start].strip(_OPENING):
            continue
        rest = text[named.end : end].strip(" .)*_]")
        is_all = not rest or _PLACE.fullmatch(rest) is not None
        is_last = number >= len(paragraphs) - _LAST_PARAGRAPHS and all(m.start < start for m in first_person)
        if is_all and parties.all[named.party].kind == "person":
            signed.append(named.party if is_last and _may_sign(parties.all[named.party], named, rest) else -1)
        elif is_last and _may_sign(parties.all[named.party], named, rest) and _IS_TOLD.match(text, named.end):
            told.append(named.party)
    found = signed or told
    return found[0] if len(found) == 1 and found[0] >= 0 else None


def _may_sign(party: Party, named: Mention, rest: str) -> bool:
    """Whether a person is one whom the text has not named or quoted before.

    Args:
        party: The person.
        named: The mention at the head of a paragraph.
        rest: What else stands there.
    """
    # Mails are signed by a given name, and by nothing else in its paragraph.
    is_whole = len(named.words) > 1 or (not rest and names.is_given(named.words[0]))
    is_first = all(mention.start >= named.start for mention in party.mentions if mention.kind == "name")
    return party.kind == "person" and is_whole and is_first and not any(m.is_source for m in party.mentions)
