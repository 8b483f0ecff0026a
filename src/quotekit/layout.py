"""Who says what by the shape of a page: transcripts, interview headers, signatures and embedded posts.

None of this is told by a sentence, so it is read from lines and marks. A colon or dash is the cue; whoever stands
before or behind it is the source.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

Bounds = tuple[int, int]

_WORD = r"[A-Z][\w.’'-]{0,29}"
_SMALL = r"(?:of|the|de|la|van|von|der|den|bin|al|and|&|for|y|e|da|do|di)"
_NAME = rf"{_WORD}(?:,? (?:{_WORD}|{_SMALL})){{0,7}}"
_QUESTION = re.compile(r"(?P<label>Q|A|Question|Answer)(?P<cue>[.:])\s+(?=\S)")
_CAPITALS = re.compile(
    r"(?:(?P<label>[A-Z][A-Z.’'-]+(?: [A-Z][A-Z.’'-]*){0,4})(?:, [^:\n]{2,60}| \([^:\n]{2,60}\))?(?P<cue>:)"
    # Whoever asks at a press briefing is a bare Q.
    r"|(?P<asked>Q)(?P<mark>[.:]?))\s+(?=\S)"
)
_TITLE_CASE = re.compile(rf"(?P<label>{_WORD}(?: {_WORD}){{0,4}})(?: \([^:\n]{{2,60}}\))?(?P<cue>:)\s+(?=\S)")
_HANDLE = re.compile(r"(?P<label>@\w{2,30})(?P<cue>:)\s+(?=\S)")
_DATE = r"(?:[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}|\d{1,2} [A-Z][a-z]{2,8}\.? \d{4})"
_SIGNATURE = re.compile(
    rf"(?P<cue>[—–―]|--|-)[ \u00a0]?(?P<source>(?:(?:{_NAME})|(?=@))(?: ?\(?@\w{{2,30}}\)?)?)(?P<rest>,[^\n]{{1,100}})?"
    rf"[ ,]*\(?(?P<time>{_DATE})?\)?\.?[ \t\u00a0]*$"
)
_HEADER = re.compile(
    rf"(?:From |With )?(?P<source>{_NAME})(?:,? (?:on|about|in|to|answering)\b[^:\n]{{0,80}})?(?P<cue>:)$"
)
_STAGE = re.compile(r"[(\[][^()\[\]\n]{1,80}[)\]]\.?$")
_MOST_BETWEEN = 4
"""Paragraphs that one turn may have before the next label."""
_LONGEST_SIGNED = 2000
"""Characters of a quotation or post that a signature closes."""


class Laid(NamedTuple):
    """An attribution that a page's layout gives; all are character offsets."""

    source: Bounds | None
    cue: Bounds | None
    content: tuple[Bounds, ...]
    time: Bounds | None
    confidence: float


def find_laid(text: str, paragraphs: Sequence[Bounds], quoted: Sequence[Bounds]) -> list[Laid]:
    r"""Finds what the layout attributes.

    Args:
        text: The text.
        paragraphs: Its paragraphs without page junk, as offsets, in order.
        quoted: Its quotations with their marks, as offsets, in order.

    Returns:
        The attributions, in text order, without overlaps between their contents.

    >>> text = "HOST: Why now?\n\nDR. LEE: It was time.\n\nHOST: Thank you."
    >>> paragraphs = [(0, 14), (16, 37), (39, 55)]
    >>> [(text[a:b], [text[c:d] for c, d in laid.content]) for laid in find_laid(text, paragraphs, ())
    ...  for a, b in [laid.source]]
    [('HOST', ['Why now?']), ('DR. LEE', ['It was time.']), ('HOST', ['Thank you.'])]
    """
    result: list[Laid] = []
    taken: set[int] = set()
    for laid in (
        *_turns(text, paragraphs),
        *_signed(text, paragraphs, quoted),
        *_headed(text, paragraphs, quoted),
    ):
        begins = {start for start, _ in laid.content}
        if not begins & taken:
            taken |= begins
            result.append(laid)
    return sorted(result, key=lambda laid: laid.content[0])


# ---- transcripts -------------------------------------------------------------------------------------------------


class _Turn(NamedTuple):
    paragraph: int
    label: str
    source: Bounds
    cue: Bounds | None
    start: int


def _turn(paragraph: int, match: re.Match[str]) -> _Turn:
    groups = match.groupdict()
    label, cue = ("label", "cue") if groups["label"] is not None else ("asked", "mark")
    return _Turn(paragraph, match[label], match.span(label), match.span(cue) if match[cue] else None, match.end())


def _turns(text: str, paragraphs: Sequence[Bounds]) -> Iterator[Laid]:
    """What the turns of a transcript say; its labels come again, or one asks and one answers."""
    for pattern, least in ((_QUESTION, 2), (_CAPITALS, 2), (_TITLE_CASE, 3), (_HANDLE, 1)):
        turns = [
            _turn(i, match) for i, (start, end) in enumerate(paragraphs) if (match := pattern.match(text, start, end))
        ]
        if pattern is _QUESTION:
            is_transcript = len({turn.label[0] for turn in turns}) == 2
        elif pattern is _HANDLE:
            is_transcript = bool(turns)
        else:
            # A list has a label for each of its entries ("Date: …", "Place: …"), people speak more than once.
            counts = Counter(turn.label for turn in turns)
            repeated = sum(n for n in counts.values() if n > 1)
            is_transcript = len(turns) >= least and len(counts) > 1 and 2 * repeated >= len(turns)
        if not is_transcript:
            continue
        for at, turn in enumerate(turns):
            last = turn.paragraph
            if at + 1 < len(turns) and turns[at + 1].paragraph - turn.paragraph <= _MOST_BETWEEN:
                last = turns[at + 1].paragraph - 1
            pieces = [(turn.start, paragraphs[turn.paragraph][1]), *paragraphs[turn.paragraph + 1 : last + 1]]
            kept = tuple(piece for piece in pieces if not _STAGE.match(text, *piece))
            if kept:
                yield Laid(turn.source, turn.cue, kept, None, 0.9)
        return


# ---- signatures and posts ----------------------------------------------------------------------------------------


def _signed(text: str, paragraphs: Sequence[Bounds], quoted: Sequence[Bounds]) -> Iterator[Laid]:
    """Quotations and posts with a signature behind or below them: “…” — Jane Roe, mayor."""
    by_end = {quote[1]: quote for quote in quoted}
    for i, (start, end) in enumerate(paragraphs):
        for match in _SIGNATURE.finditer(text, start, end):
            body_end = match.start()
            before = text[start:body_end].rstrip()
            if not before and i > 0:
                first, last = paragraphs[i - 1]
            elif before:
                first, last = start, start + len(before)
            else:
                continue
            if not 0 < last - first <= _LONGEST_SIGNED:
                continue
            quote = by_end.get(last)
            if quote is not None and quote[0] < first:
                quote = None
            is_post = "@" in match["source"] and match["time"] is not None
            source = _trimmed(text, match.span("source"))
            # A hyphen may go on with the sentence, unless the quotation is all there is.
            if quote is not None and (match["cue"] != "-" or not before or quote[0] == start):
                content = quote
            elif is_post:
                content = (first, last)
            else:
                continue
            if source[0] < source[1]:
                time = match.span("time") if match["time"] else None
                yield Laid(source, match.span("cue"), (content,), time, 0.9)


def _headed(text: str, paragraphs: Sequence[Bounds], quoted: Sequence[Bounds]) -> Iterator[Laid]:
    """Quotations below a line that only names who speaks: "From Chairwoman Jane Roe:"."""
    starts = {quote[0]: quote for quote in quoted}
    for (start, end), (following, last) in itertools.pairwise(paragraphs):
        match = _HEADER.match(text, start, end)
        if match is None or following not in starts or len(match["source"].split()) < 2:
            continue
        pieces = [quote for quote in quoted if following <= quote[0] and quote[1] <= last]
        if pieces:
            yield Laid(_trimmed(text, match.span("source")), match.span("cue"), tuple(pieces), None, 0.8)


def _trimmed(text: str, bounds: Bounds) -> Bounds:
    """A name without the description behind its comma."""
    start, end = bounds
    comma = text.find(",", start, end)
    if comma > start:
        end = comma
    while end > start and text[end - 1] in " ,.":
        end -= 1
    return start, end
