"""An attribution put together from a source, a cue and contents."""

from __future__ import annotations

import functools

import numpy as np

from quotekit.attributions.circumstances import find_addressee, find_time, find_venue, is_free_of
from quotekit.attributions.contents import announced_block, of_one_speech, to_end_of_quotes, whole_contents
from quotekit.attributions.cues import read_cue
from quotekit.attributions.growing import (
    with_clause,
    with_denied,
    with_front,
    with_refused,
    with_rest,
    with_tail,
    without_gaps,
)
from quotekit.attributions.nothing_said import (
    is_deed,
    is_name_giving,
    is_pronoun,
    is_ruling,
    is_silence,
    is_unmentioned,
    without_beat,
)
from quotekit.attributions.page import Page, Pieces
from quotekit.attributions.sources import find_agent, is_asked_for, is_expletive, read_source, source_of, tag_beside
from quotekit.attributions.trimming import (
    without_clause_of,
    without_described,
    without_lead,
    without_tail,
    without_those_told,
)
from quotekit.lexicon import load_table
from quotekit.reader.reading import Frame
from quotekit.types import Attribution


def of_frame(page: Page, at: int, frame: Frame) -> Attribution | None:
    """The attribution of one frame; None where it has no content, or lies in page junk."""
    roles = page.reading.roles
    cue_span = roles[frame.cue]
    front = page.fronts.get(at)
    pieces = front or [(roles[i].start, roles[i].end) for i in frame.contents]
    parts = [frame.confidence, cue_span.confidence, *(roles[i].confidence for i in frame.contents)]
    built = build(
        page,
        source_of(page, frame),
        (cue_span.start, cue_span.end),
        announced_block(page, pieces, cue_span.end)
        or whole_contents(page, of_one_speech(page, pieces, cue_span.start)),
        float(np.interp(frame.confidence * sum(parts) / len(parts), *_confidences())),
    )
    return without_beat(page, built) if built is not None else None


def build(
    page: Page, source_at: tuple[int, int] | None, cue_at: tuple[int, int], content: Pieces, confidence: float
) -> Attribution | None:
    """The attribution of a source, a cue and contents; None where nothing is said, or in page junk."""
    if page.is_junk(*cue_at):
        return None
    cue, head = read_cue(page, *cue_at)
    content = with_refused(page, cue, head, without_gaps(page, cue_at, content))
    content = with_clause(page, head, cue_at, with_denied(page, cue, head, content))
    content = without_lead(page, cue, head, content)
    content = without_clause_of(page, head, cue_at, content)
    content = without_those_told(page, cue, head, content)
    content = without_described(page, head, content)
    content = with_tail(page, head, cue_at, without_tail(page, head, content))
    if not content or is_pronoun(page, content) or is_silence(page, cue, content) or is_name_giving(page, cue, head):
        return None
    if is_ruling(page, cue, content) or is_unmentioned(page, cue, head, source_at):
        return None
    if source_at is not None and is_asked_for(page, *source_at):
        return None
    agent = find_agent(page, cue, head, source_at)
    source_at = agent if agent is None or is_free_of(page, *agent, content) else source_at
    if source_at is not None and (page.is_junk(*source_at) or is_expletive(page, *source_at, head)):
        source_at = None
    source = read_source(page, *(source_at or tag_beside(page, cue, content) or (0, 0)))
    content = to_end_of_quotes(page, with_rest(page, source, cue, with_front(page, source, cue, content)))
    if is_deed(page, source, cue, content, confidence):
        return None
    taken = [*content, (cue.span.start, cue.span.end), *([(source.start, source.end)] if source else [])]
    addressee = find_addressee(page, cue, head, taken)
    if addressee is not None:
        taken.append((addressee.start, addressee.end))
    venue = find_venue(page, head, taken)
    if venue is not None:
        taken.append((venue.start, venue.end))
    time, date = find_time(page, cue, head, source, taken)
    return Attribution(
        id="a0",
        kind=page.kind(content),
        source=source,
        cue=cue,
        content=tuple(page.span(start, end) for start, end in content),
        addressee=addressee,
        time=time,
        date=date,
        venue=venue,
        quote_ids=page.quotes_in(content),
        confidence=round(confidence, 4),
    )


@functools.cache
def _confidences() -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Probabilities that the reader gives a whole frame, and the share of such frames that are right."""
    rows = load_table("confidence")
    return tuple(float(row[0]) for row in rows), tuple(float(row[1]) for row in rows)
