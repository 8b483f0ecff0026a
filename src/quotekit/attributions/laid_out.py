"""What the layout of a page attributes: blocks behind a colon, headlines, labels and lists."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from quotekit.attributions.building import build
from quotekit.attributions.contents import block_after
from quotekit.attributions.cues import known_cues, read_cue
from quotekit.attributions.page import CLOSERS, EDGES, OPENERS, Page, takes_from
from quotekit.attributions.sources import is_speaker
from quotekit.constructions import find_announcement, people, speaker_nouns
from quotekit.dashes import find_dashed
from quotekit.dates import resolve
from quotekit.layout import Laid, find_laid
from quotekit.lemma import lemma
from quotekit.types import Attribution, Cue

_CLOCK = re.compile(r"\d{1,2}[:.]\d\d ?(?:[ap]\.?m\.?)?(?: ?[A-Z]{2,4})? ?[—–-] ?", re.IGNORECASE)
"""The time before an entry of a live page."""
_MOST_HEAD_LINES = 40
"""Lines at the top of a page among which headlines are looked for."""
_LONGEST_HEADLINE = 250
_TOLD = frozenset(("speech", "writing", "perception"))
"""Categories of the verb that a headline ends with: "…, court hears"."""


def announced_blocks(page: Page, drafts: list[Attribution]) -> Iterator[Attribution]:
    """Blocks without marks that a sentence with a verb of saying announces, where the reader left them alone."""
    held = sorted((s.start, s.end) for a in drafts for s in a.content)
    for _, end in page.paragraphs[:-1]:
        block = block_after(page, end - 1) if page.text[end - 1] == ":" else []
        if not block or any(start < block[-1][1] for start, _ in held[bisect_left(held, (block[0][0] - 3,)) :][:1]):
            continue
        told = find_announcement(page.reading, end)
        if told is not None and page.has_verb(*block[0]):
            attribution = build(page, told.source, told.cue, block, 0.5)
            if attribution is not None:
                yield attribution


def headlines(page: Page, drafts: list[Attribution]) -> Iterator[Attribution]:
    """Headlines that the reader left alone: "…: Minister Lavrov", "… - police", "Mayor: …", "…, court hears"."""
    held = sorted((a.content[0].start, a.content[-1].end) for a in drafts)
    cues = {a.cue.span.start for a in drafts if a.cue is not None}
    position = 0
    for line in page.text.split("\n")[:_MOST_HEAD_LINES]:
        start, end = page.trim(position, position + len(line), EDGES)
        position += len(line) + 1
        if not 0 < end - start <= _LONGEST_HEADLINE or page.is_junk(start, end) or page.text[end - 1] in ".!?":
            continue
        in_line = held[bisect_left(held, (start,)) : bisect_left(held, (end,))]
        for content, cue, source in _headline_parts(page, start, end):
            half = (content[1] - content[0]) / 2
            if any(stop - begin > half for begin, stop in in_line) or len(page.text[slice(*content)].split()) < 3:
                continue
            if cue[0] in cues:
                continue
            yield Attribution(
                id="a0",
                kind=page.kind([content]),
                source=page.span(*source),
                cue=_headline_cue(page, *cue),
                content=(page.span(*content),),
                quote_ids=page.quotes_in([content]),
                confidence=0.6,
            )
            break


def _headline_parts(
    page: Page, start: int, end: int
) -> Iterator[tuple[tuple[int, int], tuple[int, int], tuple[int, int]]]:
    """Ways to read a line as content, cue and source."""
    text, edges = page.text, EDGES + "\"'“”‘’"
    colon = text.rfind(":", start, end)
    if colon > start:
        name, told = page.trim(colon + 1, end, edges), page.trim(start, colon, EDGES)
        if is_speaker(page, *name) and not _is_entry(page, told, name):
            yield told, (colon, colon + 1), name
    for dash in ("-", "–", "—"):
        at = text.rfind(f" {dash} ", start, end) + 1
        if at > 0:
            name = page.trim(at + 1, end, edges)
            # A page's own name stands there too ("… - The Daily Star"): only those who are told by a noun.
            if is_speaker(page, *name, named=False):
                yield page.trim(start, at, EDGES), (at, at + 1), name
    comma = text.rfind(", ", start, end) + 1
    tail = page.reading.tokens_in(comma, end) if comma > 0 else range(0)
    # The parse takes many a headline's verb for another word: then the reader's cue has to be there.
    if len(tail) > 1 and _is_told(page, tail[-1]) and (page.has_verb(start, comma - 1) or _is_cue(page, tail[-1])):
        cue = int(page.reading.starts[tail[-1]]), end
        name = page.trim(comma, cue[0], EDGES)
        if is_speaker(page, *name):
            yield page.trim(start, comma - 1, EDGES), cue, name
    clock = _CLOCK.match(text, start, end)
    if clock is not None:
        start = clock.end()
    colon = text.find(": ", start, end)
    if colon > start:
        name, content = page.trim(start, colon, edges), page.trim(colon + 1, end, EDGES)
        opens = page.reading.tokens_in(*content)[:1]
        # "Mayor: Jane Roe" is an entry of a list.
        is_said = page.has_verb(*content) or (opens and page.reading.upos[opens[0]] not in ("PROPN", "NUM"))
        if is_speaker(page, *name, named=False) and is_said:
            yield content, (colon, colon + 1), name


def _is_entry(page: Page, told: tuple[int, int], name: tuple[int, int]) -> bool:
    """Whether a line tells who is what ("Player of the match: Tom Eccles"), what won, or where to write to."""
    reading = page.reading
    if any(c in OPENERS + CLOSERS + "@/" for c in page.text[slice(*name)].replace("’", "").replace("'", "")):
        return True
    if page.has_verb(*told) or page.quotes_in([told]):
        return False
    head = reading.head_of(*told)
    return head is not None and lemma(reading.word(head), "NOUN").lower() in people() | speaker_nouns()


def _headline_cue(page: Page, start: int, end: int) -> Cue:
    """A colon or dash stands for saying; a verb is read as any other."""
    if page.text[start].isalpha():
        return read_cue(page, start, end)[0]
    return Cue(span=page.span(start, end), lemma=page.text[start:end], category="speech")


def _is_told(page: Page, token: int) -> bool:
    """Whether a headline's last word says that the rest was told or heard: "…, court hears"."""
    reading = page.reading
    is_finite = reading.upos[token] == "VERB" and reading.morph[token] in ("Pres", "Past")
    verb = lemma(reading.word(token), "VERB").lower()
    return is_finite and known_cues().get(verb, ("other", False))[0] in _TOLD


def _is_cue(page: Page, token: int) -> bool:
    """Whether the reader takes a token for a cue."""
    at = bisect_right(page.role_starts, int(page.reading.starts[token])) - 1
    return at >= 0 and page.reading.roles[at].role == "cue" and page.reading.roles[at].end > page.reading.starts[token]


def with_laid(page: Page, drafts: list[Attribution]) -> list[Attribution]:
    """Adds what the page's layout attributes, in place of what the reader made of the same words."""
    paragraphs = [bounds for bounds in page.paragraphs if not page.is_junk(*bounds)]
    quoted = [(q.span.start, q.span.end) for q in page.quotes if q.is_speech and q.parent_id is None]
    result = drafts
    dashed = [
        Laid(turn.tag.source, turn.tag.cue, turn.pieces, None, 0.8)
        for turn in find_dashed(page.reading, paragraphs)
        if turn.tag is not None
    ]
    for laid in (*find_laid(page.text, paragraphs, quoted), *dashed):
        labels = [bounds for bounds in (laid.source, laid.cue) if bounds is not None]
        result = [_without(page, a, laid.content) for a in result if not takes_from(a, labels)]
        # In an answer, "I think so" is a report of its own.
        is_answer = not labels
        result = [a for a in result if (is_answer and a.source and a.cue) or not _is_most_of(a, laid.content)]
        time = page.span(*laid.time) if laid.time is not None else None
        result.append(
            Attribution(
                id="a0",
                kind="direct",
                source=page.span(*laid.source) if laid.source is not None else None,
                cue=read_cue(page, *laid.cue)[0] if laid.cue is not None else None,
                content=tuple(page.span(*piece) for piece in laid.content),
                time=time,
                date=resolve(time.text, page.published) if time is not None else None,
                quote_ids=page.quotes_in(list(laid.content)),
                confidence=laid.confidence,
            )
        )
    return result


def _without(page: Page, attribution: Attribution, pieces: Sequence[tuple[int, int]]) -> Attribution:
    """An attribution without those pieces of its content that the layout gives to somebody else, if others are left."""
    kept = [
        span for span in attribution.content if not any(span.start < end and span.end > start for start, end in pieces)
    ]
    if not 0 < len(kept) < len(attribution.content):
        return attribution
    bounds = [(span.start, span.end) for span in kept]
    left = {"content": tuple(kept), "kind": page.kind(bounds), "quote_ids": page.quotes_in(bounds)}
    return attribution.model_copy(update=left)


def _is_most_of(attribution: Attribution, pieces: Sequence[tuple[int, int]]) -> bool:
    """Whether an attribution's content is most of given pieces, or says whose they are from outside."""
    total = sum(end - start for start, end in pieces)
    common = sum(
        max(0, min(end, span.end) - max(start, span.start)) for span in attribution.content for start, end in pieces
    )
    return 2 * common > total
