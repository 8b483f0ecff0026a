"""What is said inside of what somebody else says: reports and quotations in a content."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from quotekit.attributions.building import build
from quotekit.attributions.clauses import bare_clause
from quotekit.attributions.page import CLOSERS, OPENERS, Page
from quotekit.constructions import find_inner
from quotekit.lemma import lemma
from quotekit.tags import NAMING, is_saying, subject_of
from quotekit.types import Attribution


def inner_reports(page: Page, drafts: list[Attribution]) -> Iterator[Attribution]:
    """Reports inside what somebody says, but those that are known already by their cue."""
    known = {draft.cue.span.start for draft in drafts if draft.cue is not None}
    for outer in drafts:
        for span in outer.content:
            for told in find_inner(page.reading, span.start, span.end, is_quoted=outer.kind == "direct"):
                if told.cue[0] in known:
                    continue
                known.add(told.cue[0])
                content = [bare_clause(page, *piece) for piece in told.contents]
                if outer.kind == "direct":
                    # The outer quotation's closing mark is not of what is told in it.
                    said = span.text[:-1] if span.text[-1] in CLOSERS else span.text
                    inside = span.start + len(said.rstrip(","))
                    content = [(start, min(end, inside)) for start, end in content]
                if any(c in OPENERS for c in page.text[told.cue[1] : content[0][0] + 1]):
                    # A quotation inside a quotation is found by its marks.
                    continue
                attribution = build(page, told.source, told.cue, content, 0.8 * outer.confidence)
                if attribution is not None:
                    yield _within(page, attribution)


def inner_quotes(page: Page, drafts: list[Attribution]) -> Iterator[Attribution]:
    """Quotations inside a quotation that somebody there says: ‘In three years he said “Not bad” to me once’."""
    cues = {draft.cue.span.start for draft in drafts if draft.cue is not None}
    starts = {span.start for draft in drafts for span in draft.content}
    outer = {quote.id for quote in page.quotes if quote.is_speech}
    for quote in page.quotes:
        start, end = quote.span.start, quote.span.end
        if not quote.is_speech or quote.parent_id not in outer or start in starts:
            continue
        verb = bisect_left(page.reading.starts, start) - 1
        while verb > 0 and page.reading.word(verb) in (",", ":"):
            verb -= 1
        if verb < 1 or not is_saying(page.reading, verb) or int(page.reading.starts[verb]) in cues:
            continue
        if lemma(page.reading.word(verb), "VERB").lower() in NAMING:
            continue
        source = subject_of(page.reading, verb)
        cue = int(page.reading.starts[verb]), int(page.reading.ends[verb])
        if source is not None and source[1] <= cue[0]:
            attribution = build(page, source, cue, [(start, end)], 0.5)
            if attribution is not None:
                yield _within(page, attribution)


def _within(page: Page, attribution: Attribution) -> Attribution:
    """An attribution inside another's content, which keeps only the quotations that lie in its own."""
    spans = attribution.content
    own = [q for q in page.quotes if q.id in attribution.quote_ids]
    own = [q for q in own if any(s.start <= q.span.start and q.span.end <= s.end for s in spans)]
    kind = attribution.kind if own else "indirect"
    return attribution.model_copy(update={"quote_ids": tuple(q.id for q in own), "kind": kind})
