"""Quotations that the reader left alone: with a tag beside them, with none, or in the turns of a dialogue."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from quotekit.attributions.building import build
from quotekit.attributions.page import Page, Pieces, with_marks
from quotekit.dialogue import find_turns, is_dialogue
from quotekit.tags import find_tag
from quotekit.types import Attribution, Quote

_LONGEST_TAG = 240
"""Characters that the rest of a tag may take before its speaker goes on: an apposition, a date, a place."""


def _lone_quotes(page: Page, drafts: list[Attribution]) -> Iterator[tuple[Quote, Pieces]]:
    """Speech in quotation marks that no attribution holds, and its pieces with their marks."""
    held = {quote_id for a in drafts for quote_id in a.quote_ids}
    covered = sorted((s.start, s.end) for a in drafts for s in a.content)
    starts = [start for start, _ in covered]
    for quote in page.quotes:
        if not quote.is_speech or quote.parent_id is not None or quote.id in held:
            continue
        pieces = page.without_junk(with_marks(quote, i) for i in range(len(quote.content)))
        overlap = sum(
            max(0, min(end, stop) - max(start, begin))
            for start, end in pieces
            for begin, stop in covered[max(0, bisect_right(starts, start) - 8) : bisect_left(starts, end)]
        )
        if pieces and overlap <= 0.2 * sum(end - start for start, end in pieces):
            yield quote, pieces


def tagged(page: Page, drafts: list[Attribution]) -> Iterator[Attribution]:
    """Speech in quotation marks that the reader left alone, and whose tag stands beside it."""
    cues = sorted((a.cue.span.start, a.cue.span.end) for a in drafts if a.cue is not None)
    for quote, pieces in _lone_quotes(page, drafts):
        tag = find_tag(page.reading, quote.span.start, quote.span.end)
        if tag is None or any(start < tag.cue[1] for start, _ in cues[bisect_left(cues, tag.cue) :][:1]):
            continue
        attribution = build(page, tag.source, tag.cue, pieces, 0.5)
        if attribution is not None:
            yield attribution


def with_untagged(page: Page, drafts: list[Attribution]) -> list[Attribution]:
    """Adds the speech in quotation marks that no frame holds.

    What follows the tag of a quotation in the same paragraph belongs to that quotation's attribution (“A,” she
    said. “B.”); other speech becomes an attribution without source and cue.
    """
    alone = list(_lone_quotes(page, drafts))
    drafts = sorted(drafts, key=_last_character)
    ends = [_last_character(a) for a in drafts]
    result = []
    for quote, pieces in alone:
        spans = tuple(page.span(start, end) for start, end in pieces)
        before = bisect_right(ends, pieces[0][0]) - 1
        if before >= 0 and _continues(page, drafts[before], pieces[0][0]):
            draft = drafts[before]
            drafts[before] = draft.model_copy(
                update={"content": (*draft.content, *spans), "quote_ids": (*draft.quote_ids, quote.id)}
            )
            ends[before] = pieces[-1][1]
        else:
            result.append(Attribution(id="a0", kind="direct", content=spans, quote_ids=(quote.id,), confidence=0.5))
    if is_dialogue(find_turns(page.quotes, page.paragraphs)):
        result = _over_beats(page, drafts, result)
    return [*drafts, *result]


def _over_beats(page: Page, tagged: list[Attribution], untagged: list[Attribution]) -> list[Attribution]:
    """In a dialogue, puts the speech of a paragraph together that a beat cuts (“No.” He spat. “Go.”), but no tag.

    Args:
        page: The page.
        tagged: The attributions with a tag; a paragraph that holds one may have several speakers.
        untagged: Those without, in text order.
    """
    told = {page.paragraph_at(a.content[0].start) for a in tagged}
    result: list[Attribution] = []
    for one in untagged:
        number = page.paragraph_at(one.content[0].start)
        before = result[-1] if result else None
        is_beat = (
            before is not None
            and number not in told
            and page.paragraph_at(before.content[-1].end - 1) == number
            and any(c.isalpha() for c in page.text[before.content[-1].end : one.content[0].start])
        )
        if before is not None and is_beat:
            joined = {"content": (*before.content, *one.content), "quote_ids": (*before.quote_ids, *one.quote_ids)}
            result[-1] = before.model_copy(update=joined)
        else:
            result.append(one)
    return result


def in_turns(page: Page, drafts: list[Attribution]) -> list[Attribution]:
    """Where people talk with each other, takes from a tag the quotations of other paragraphs: others say those."""
    if not is_dialogue(find_turns(page.quotes, page.paragraphs)):
        return drafts
    by_id = {quote.id: quote for quote in page.quotes}
    result = []
    for draft in drafts:
        parts: dict[int, list[Quote]] = {}
        for quote in (by_id[quote_id] for quote_id in draft.quote_ids):
            if quote.parent_id is None:
                parts.setdefault(bisect_right(page.paragraph_starts, quote.span.start), []).append(quote)
        if draft.kind != "direct" or len(parts) < 2:
            result.append(draft)
            continue
        tag = draft.content[0] if draft.cue is None else draft.cue.span
        home = bisect_right(page.paragraph_starts, tag.start)
        # A tag alone in its paragraph introduces what follows.
        own = min(parts, key=lambda number: (abs(number - home), number < home))
        for number, quotes in sorted(parts.items()):
            spoken = {
                "content": tuple(
                    page.span(start, end)
                    for quote in quotes
                    for start, end in page.without_junk(with_marks(quote, i) for i in range(len(quote.content)))
                ),
                "quote_ids": tuple(
                    quote_id
                    for quote_id in draft.quote_ids
                    if any(q.span.start <= by_id[quote_id].span.start < q.span.end for q in quotes)
                ),
            }
            if number == own:
                result.append(draft.model_copy(update=spoken))
            elif spoken["content"]:
                result.append(Attribution(id="a0", kind="direct", confidence=0.5, **spoken))
    return result


def _continues(page: Page, draft: Attribution, start: int) -> bool:
    """Whether a quotation that starts at an offset goes on with what a tagged one before it says."""
    end = _last_character(draft)
    if draft.cue is None or draft.content[0].start > draft.cue.span.start:
        return False
    if not draft.quote_ids and (draft.content[-1].end == end or draft.source is None):
        return False
    if bisect_right(page.paragraph_starts, end - 1) != bisect_right(page.paragraph_starts, start):
        return False
    # Nothing but the rest of the tag's own sentence stands between the two.
    gap = page.reading.tokens_in(end, start)
    begins_between = any(page.reading.sent_starts[t] for t in gap if page.reading.upos[t] not in ("PUNCT", "SPACE"))
    return start - end <= _LONGEST_TAG and not begins_between


def _last_character(attribution: Attribution) -> int:
    """Where an attribution ends: the last of its source, cue and content."""
    spans = [*attribution.content, *([attribution.cue.span] if attribution.cue else []), attribution.source]
    return max(span.end for span in spans if span is not None)
