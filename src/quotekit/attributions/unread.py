"""What the reader saw nothing of and the grammar shows: sentences that tags close, phrases like “according to”."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from quotekit.attributions.building import build
from quotekit.attributions.clauses import halves_of
from quotekit.attributions.contents import whole_contents
from quotekit.attributions.page import Page, takes_from
from quotekit.constructions import (
    RELATIVE,
    find_asides,
    find_clauses,
    find_credits,
    find_figures,
    find_source_phrases,
    find_undertakings,
    find_verdicts,
    find_views,
)
from quotekit.tags import find_set_off, is_saying, subject_of
from quotekit.types import Attribution

_TAGGED = ("parataxis", "root", "acl:relcl")
"""What the parse makes of a tag: "the pool, Lund pledged, will reopen"."""


def closed_sentences(page: Page, drafts: list[Attribution]) -> Iterator[Attribution]:
    """Sentences that a tag closes, of which the reader saw nothing: "No other product is affected, it added."."""
    taken = [(s.start, s.end) for a in drafts for s in (*a.content, a.source, a.cue and a.cue.span) if s]
    taken.sort()
    reading = page.reading
    for verb in range(len(reading)):
        if reading.deps[verb] not in _TAGGED or not is_saying(reading, verb, thoughts=True):
            continue
        cue = int(reading.starts[verb]), int(reading.ends[verb])
        source = subject_of(reading, verb)
        subjects = reading.children(verb, "nsubj")
        if source is None or not subjects or reading.lower(subjects[0]) in RELATIVE:
            continue
        halves = halves_of(page, source, cue)
        around = (halves[0][0], max(cue[1], source[1], halves[-1][1])) if halves else cue
        before = bisect_left(taken, (around[1],))
        is_taken = any(end > around[0] for _, end in taken[max(0, before - 12) : before])
        if not halves or is_taken or page.is_junk(*around):
            continue
        attribution = build(page, source, cue, whole_contents(page, halves), 0.5)
        if attribution is not None:
            yield attribution


def with_set_off(page: Page, drafts: list[Attribution]) -> list[Attribution]:
    """Adds what tags tell whose verb comes first ("the yards, say old hands, lose money") if misread."""
    by_cue = {a.cue.span.start: a for a in drafts if a.cue is not None}
    for found in find_set_off(page.reading):
        tag = found.tag
        known = by_cue.get(tag.cue[0])
        source = None if known is None else known.source
        if source is not None and source.start < tag.source[1] and source.end > tag.source[0]:
            continue
        attribution = build(page, tag.source, tag.cue, whole_contents(page, list(found.contents)), 0.6)
        if attribution is not None:
            # A speech in which others are told is whole as it is.
            told = found.contents[0][0], max(tag.source[1], found.contents[-1][1])
            drafts = [
                a
                for a in drafts
                if a is not known
                and not (takes_from(a, [tag.source]) and all(told[0] <= s.start <= told[1] for s in a.content))
            ]
            drafts.append(attribution)
    return drafts


def source_phrases(page: Page, drafts: list[Attribution]) -> Iterator[Attribution]:
    """Source phrases ("according to X") and what somebody asks or promises, where the reader left them alone."""
    taken = [(s.start, s.end) for a in drafts for s in (*a.content, a.source, a.cue and a.cue.span) if s]
    taken.sort()
    spoken = sorted((q.span.start, q.span.end) for q in page.quotes if q.is_speech and q.parent_id is None)
    clauses = (find_asides, find_figures, find_views, find_clauses)
    for told in itertools.chain(
        *(find(page.reading) for find in (find_source_phrases, find_undertakings, find_credits, find_verdicts)),
        # Clauses inside a quotation are of whom its speaker tells (`inner`).
        (told for find in clauses for told in find(page.reading) if not _is_inside(told.cue[0], spoken)),
    ):
        own = [told.source, told.cue, *told.contents]
        first, last = min(start for start, _ in own), max(end for _, end in own)
        if any(start < last and end > first for start, end in taken[: bisect_left(taken, (last, last))][-12:]):
            continue
        attribution = build(page, told.source, told.cue, whole_contents(page, list(told.contents)), 0.6)
        if attribution is not None:
            taken = sorted([*taken, *own])
            yield attribution


def _is_inside(offset: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether an offset lies in one of some spans, in text order."""
    at = bisect_left(spans, (offset, offset)) - 1
    return at >= 0 and spans[at][0] <= offset < spans[at][1]
