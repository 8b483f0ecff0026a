"""One text with what attributions are made of: its paragraphs, quotations, junk, and the reader's roles."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from quotekit.paragraphs import find_paragraphs
from quotekit.reader.reading import Reading
from quotekit.types import Attribution, AttributionKind, Extraction, Quote, Span

EDGES = " \t\n\r\v\f\u00a0\u2028\u2029"
STOPS = ".,;:!?…-–—"
OPENERS = "\"“„«‘'‹`"
CLOSERS = "\"”“»«’'›"
Bounds = tuple[int, int]
Pieces = list[Bounds]


class Page:
    """The text of one page, its paragraphs, quotations and the reader's roles.

    Args:
        reading: The reading of the text.
        extraction: With quotes and document information.
    """

    def __init__(self, reading: Reading, extraction: Extraction) -> None:
        self.reading = reading
        self.text = reading.text
        info = extraction.document
        self.junk = [(s.start, s.end) for s in info.boilerplate] if info else []
        self.junk_ends = [end for _, end in self.junk]
        self.published: dt.date | None = info.published.date() if info and info.published else None
        self.quotes = extraction.quotes
        self.pieces = sorted(
            ((*with_marks(q, i), q) for q in extraction.quotes if q.is_speech for i in range(len(q.content))),
            key=lambda piece: piece[:2],
        )
        self.piece_starts = [piece[0] for piece in self.pieces]
        self.paragraphs = find_paragraphs(self.text)
        self.paragraph_starts = [start for start, _ in self.paragraphs]
        self.role_starts = [role.start for role in reading.roles]
        self.cue_start = {
            role: reading.roles[frame.cue].start
            for frame in reading.frames
            for role in (frame.cue, frame.source, *frame.contents)
            if role is not None
        }
        """Where the cue starts that a role belongs to."""
        self.fronts: dict[int, Pieces] = {}
        """For frames without contents of their own paragraph, what their tag closes or interrupts."""
        self.blocks = sorted((r.start, r.end) for r in reading.roles if r.role != "content")

    def span(self, start: int, end: int) -> Span:
        """The span of characters."""
        return Span.of(self.text, start, end)

    def is_junk(self, start: int, end: int) -> bool:
        """Whether page junk stands in the characters."""
        at = bisect_right(self.junk_ends, start)
        return at < len(self.junk) and self.junk[at][0] < end

    def without_junk(self, pieces: Iterable[tuple[int, int]]) -> Pieces:
        """Cuts the page's junk out of spans."""
        result: Pieces = []
        for start, end in pieces:
            at = bisect_right(self.junk_ends, start)
            while at < len(self.junk) and self.junk[at][0] < end:
                result.append((start, min(self.junk[at][0], end)))
                start = max(start, self.junk[at][1])
                at += 1
            result.append((start, end))
        trimmed = (self.trim(start, end, EDGES) for start, end in result if start < end)
        return [(start, end) for start, end in trimmed if start < end]

    def trim(self, start: int, end: int, characters: str) -> tuple[int, int]:
        """Characters without some at both edges."""
        while start < end and self.text[start] in characters:
            start += 1
        while end > start and self.text[end - 1] in characters:
            end -= 1
        return start, end

    def paragraph_at(self, offset: int) -> int:
        """Index of the paragraph that an offset lies in; -1 before the first."""
        return bisect_right(self.paragraph_starts, offset) - 1

    def paragraph_start(self, offset: int) -> int:
        """Where the paragraph begins that an offset lies in."""
        return self.paragraph_starts[max(0, self.paragraph_at(offset))] if self.paragraphs else 0

    def quotes_over(self, start: int, end: int) -> Iterator[Quote]:
        """Quotations of speech with a piece in the characters."""
        for at in range(*self.piece_range(start, end)):
            if self.pieces[at][1] > start:
                yield self.pieces[at][2]

    def piece_range(self, start: int, end: int) -> tuple[int, int]:
        """Indices among the pieces of quotations of those that can overlap the characters."""
        return max(0, bisect_right(self.piece_starts, start) - 8), bisect_left(self.piece_starts, end)

    def blocked(self, start: int, end: int) -> bool:
        """Whether a source or cue of the reader lies in the characters."""
        at = bisect_left(self.blocks, (start, start))
        return at < len(self.blocks) and self.blocks[at][0] < end

    def quotes_in(self, content: Pieces) -> tuple[str, ...]:
        """Ids of the speech quotations that the content holds for the most part."""
        found: dict[str, None] = {}
        for start, end in content:
            for at in range(*self.piece_range(start, end)):
                begin, stop, quote = self.pieces[at]
                if min(stop, end) - max(begin, start) > 0.5 * (stop - begin):
                    found[quote.id] = None
        return tuple(found)

    def has_verb(self, start: int, end: int) -> bool:
        """Whether a verb stands in the characters."""
        return any(self.reading.upos[t] in ("VERB", "AUX") for t in self.reading.tokens_in(start, end))

    def has_tense(self, start: int, end: int) -> bool:
        """Whether a verb with a tense stands in the characters."""
        reading = self.reading
        return any(
            reading.upos[t] in ("VERB", "AUX") and reading.morph[t] in ("Past", "Pres")
            for t in reading.tokens_in(start, end)
        )

    def kind(self, content: Pieces) -> AttributionKind:
        """How much of the content stands in quotation marks."""
        inside = total = 0
        for start, end in content:
            total += len(self.text[start:end].replace(" ", ""))
            reached = start
            for at in range(*self.piece_range(start, end)):
                begin, stop = max(self.pieces[at][0], reached), min(self.pieces[at][1], end)
                if stop > begin:
                    inside += len(self.text[begin:stop].replace(" ", ""))
                    reached = stop
        if inside == 0:
            return "indirect"
        return "direct" if inside >= 0.95 * total else "mixed"


def takes_from(attribution: Attribution, bounds: Sequence[tuple[int, int]]) -> bool:
    """Whether a span of an attribution runs into given characters."""
    spans = [*attribution.content, attribution.source, attribution.cue.span if attribution.cue else None]
    return any(s is not None and s.start < end and s.end > start for s in spans for start, end in bounds)


def with_marks(quote: Quote, piece: int) -> tuple[int, int]:
    """A piece of a quotation with the marks that stand at it."""
    start = quote.span.start if piece == 0 else quote.content[piece].start
    end = quote.span.end if piece == len(quote.content) - 1 else quote.content[piece].end
    if piece > 0:
        # The mark that opens the next paragraph stands right before its words.
        text, offset = quote.span.text, quote.span.start
        while start > quote.span.start and text[start - 1 - offset] in OPENERS:
            start -= 1
    return start, end
