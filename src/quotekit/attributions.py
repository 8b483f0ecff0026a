"""Who said what: the reader's source, cue and content spans, trimmed and put together as attributions."""

from __future__ import annotations

import datetime as dt
import functools
import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from quotekit.constructions import (
    RELATIVE,
    find_announcement,
    find_asides,
    find_clauses,
    find_figures,
    find_inner,
    find_source_phrases,
    find_undertakings,
    find_views,
    noun_phrase,
    opens_relative,
    owner_of,
    people,
    speaker_nouns,
)
from quotekit.dashes import find_dashed
from quotekit.dates import resolve
from quotekit.dialogue import find_turns, is_dialogue
from quotekit.layout import Laid, find_laid
from quotekit.lemma import lemma
from quotekit.lexicon import load_table
from quotekit.paragraphs import find_paragraphs
from quotekit.reader.reading import Frame, Reading, RoleSpan
from quotekit.tags import NAMING, find_set_off, find_tag, is_saying, subject_of
from quotekit.types import Attribution, AttributionKind, Cue, CueCategory, Extraction, Quote, Span

_EDGES = " \t\n\r\v\f\u00a0\u2028\u2029"
_STOPS = ".,;:!?…-–—"
_OPENERS = "\"“„«‘'‹`"
_CLOSERS = "\"”“»«’'›"
_NEGATIONS = frozenset(("not", "n't", "n’t", "never", "neither", "nor", "no", "without"))
_LONGEST_SNAP = 4
"""Characters by which a content may miss a quotation's mark and still be meant to reach it."""
_LONGEST_TAG = 240
"""Characters that the rest of a tag may take before its speaker goes on: an apposition, a date, a place."""
_THAT = ("mark", "dep", "nsubj", "obj", "fixed")
_SILENCE = frozenset(("decline", "refuse"))
_NO_ONE = frozenset(("nobody", "none", "neither"))
_OMISSIONS = frozenset(("fail", "avoid", "refrain", "omit", "neglect", "forget"))
"""Verbs above a verb of saying of which nothing came."""
_SURE_DEED = 0.6
"""Confidence below which a phrase without a verb, under a cue of no known kind, is no report: two thirds are none."""
_SURE_CLAUSE = 0.45
"""The same where what it says has a verb."""
_TAGGED = ("parataxis", "root", "acl:relcl")
"""What the parse makes of a tag: "the pool, Lund pledged, will reopen"."""
_REPORTED = frozenset(("that", "if", "whether", "how", "what", "why", "who", "when", "where"))
"""What opens a clause that is reported beside another."""
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d ?(?:[ap]\.?m\.?)?(?: ?[A-Z]{2,4})? ?[—–-] ?", re.IGNORECASE)
"""The time before an entry of a live page."""
_DATELINE = re.compile(
    r"[A-Z][A-Z .'’-]{2,40}(?:, [A-Z][\w. ]{2,25})?(?:, [A-Z][a-z]{2,8}\.? \d{1,2})?(?: \([\w /]{2,20}\))? [—–-]{1,2} "
)
"""The place, and perhaps the country, day and agency, before the first words of a report: LISBON, May 3 (AP) — ."""
_SHORTEST_PHRASE = 3
"""Words of a cue that is an entry as a whole."""
_LONGEST_HEARER = 4
"""Words of a hearer inside a tag that interrupts a sentence."""
_MOST_HEAD_LINES = 40
"""Lines at the top of a page among which headlines are looked for."""
_LONGEST_HEADLINE = 250
_LONGEST_HEADLINE_SOURCE = 7
"""Tokens of the source in a headline."""
_MIN_COVER = 0.5
"""Share of a quotation that a content must cover to be given the whole of it."""

Bounds = tuple[int, int]
Pieces = list[Bounds]


@functools.cache
def _cues() -> dict[str, tuple[CueCategory, bool]]:
    """Category of each cue, and whether its object is the one spoken to."""
    return {row[0]: (row[1], row[2] == "yes") for row in load_table("cues")}  # type: ignore[misc]


@functools.cache
def _venues() -> frozenset[str]:
    return frozenset(row[0] for row in load_table("venues"))


@functools.cache
def _confidences() -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Probabilities that the reader gives a whole frame, and the share of such frames that are right."""
    rows = load_table("confidence")
    return tuple(float(row[0]) for row in rows), tuple(float(row[1]) for row in rows)


def find_attributions(reading: Reading, extraction: Extraction) -> Extraction:
    """Builds the attributions of a text.

    The reader says which words are source, cue and content and which belong together. Here the spans get the form
    that users expect: a cue without auxiliaries and adverbs, a source without an apposition set off by commas, a
    content that holds its quotation whole and no leading "that". Speech that the reader left alone becomes an
    attribution without source and cue, whose speaker the discourse gives (`quotekit.speakers`). No span runs into a
    line of page junk.

    Args:
        reading: The reading of ``extraction.text``.
        extraction: With quotes and document information.

    Returns:
        The extraction with attributions, in text order, and quotes that name theirs.
    """
    builder = _Builder(reading, extraction)
    drafts = [draft for at, frame in enumerate(builder.frames()) if (draft := builder.attribution(at, frame))]
    drafts.extend(builder.phrases(drafts))
    drafts.extend(builder.announced_blocks(drafts))
    drafts.extend(builder.closed(drafts))
    drafts = builder.with_set_off(drafts)
    drafts.extend(builder.headlines(drafts))
    drafts = builder.with_laid(drafts)
    drafts.extend(builder.tagged(drafts))
    drafts = builder.in_turns(builder.with_untagged(drafts))
    drafts.extend(builder.inner(drafts))
    drafts.extend(builder.inner_quotes(drafts))
    drafts.sort(key=lambda a: (a.content[0].start, a.content[-1].end))
    attributions = tuple(a.model_copy(update={"id": f"a{i}"}) for i, a in enumerate(drafts, start=1))
    of_quote = {quote_id: a.id for a in attributions for quote_id in a.quote_ids}
    quotes = tuple(
        q.model_copy(update={"attribution_id": of_quote.get(q.id)}) if q.is_speech else q for q in extraction.quotes
    )
    return extraction.model_copy(update={"attributions": attributions, "quotes": quotes})


class _Builder:
    """One text's attributions in the making."""

    def __init__(self, reading: Reading, extraction: Extraction) -> None:
        self.reading = reading
        self.text = reading.text
        info = extraction.document
        self.junk = [(s.start, s.end) for s in info.boilerplate] if info else []
        self.junk_ends = [end for _, end in self.junk]
        self.published: dt.date | None = info.published.date() if info and info.published else None
        self.quotes = extraction.quotes
        self.pieces = sorted(
            ((*_with_marks(q, i), q) for q in extraction.quotes if q.is_speech for i in range(len(q.content))),
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

    # ---- spans -----------------------------------------------------------------------------------------------

    def span(self, start: int, end: int) -> Span:
        return Span.of(self.text, start, end)

    def is_junk(self, start: int, end: int) -> bool:
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
        trimmed = (self.trim(start, end, _EDGES) for start, end in result if start < end)
        return [(start, end) for start, end in trimmed if start < end]

    def trim(self, start: int, end: int, characters: str) -> tuple[int, int]:
        while start < end and self.text[start] in characters:
            start += 1
        while end > start and self.text[end - 1] in characters:
            end -= 1
        return start, end

    # ---- roles -----------------------------------------------------------------------------------------------

    def frames(self) -> list[Frame]:
        """The reader's frames, with each content that its tag follows at once (“…,” she said) given to that tag."""
        roles = self.reading.roles
        frames = list(self.reading.frames)
        tag_at: dict[int, int] = {}
        for at, frame in enumerate(frames):
            for role in (frame.cue, frame.source):
                if role is not None:
                    nearest = tag_at.setdefault(roles[role].start, at)
                    if abs(frame.cue - role) < abs(frames[nearest].cue - role):
                        tag_at[roles[role].start] = at
        self.give_idle(frames)
        self.give_fronts(frames)
        for at, frame in enumerate(frames):
            for content in frame.contents:
                end = roles[content].end
                behind = end + (2 if self.text[end : end + 2] == ", " else 1)
                owner = tag_at.get(behind, at)
                if owner != at and self.is_tagged(roles[content], frames[owner]):
                    frames[at] = _with_contents(frames[at], set(frames[at].contents) - {content})
                    frames[owner] = _with_contents(frames[owner], {*frames[owner].contents, content})
        return frames

    def give_idle(self, frames: list[Frame]) -> None:
        """Gives a verb of saying without contents those of a false cue behind it.

        That is a colon ("Said Ellis: …"), or a noun that is its object ("Host tells river states to …").
        """
        roles, reading = self.reading.roles, self.reading
        for at, (one, other) in enumerate(itertools.pairwise(frames)):
            idle, false = roles[one.cue], roles[other.cue]
            if one.contents or not other.contents or idle.end > false.start:
                continue
            cue, head = self.cue(idle.start, idle.end)
            source = one.source if one.source is not None else other.source
            if cue.category not in ("speech", "writing") or head is None:
                continue
            if self.text[false.start : false.end] == ":":
                tag_end = max(idle.end, roles[source].end if source is not None else 0)
                is_false = tag_end == false.start and other.source in (None, source)
            else:
                token = reading.head_of(false.start, false.end)
                is_false = (
                    token is not None
                    and reading.upos[token] == "NOUN"
                    and int(reading.heads[token]) == head
                    and reading.deps[token] in ("obj", "iobj")
                )
            if is_false:
                frames[at] = one._replace(source=source, contents=other.contents, confidence=other.confidence)
                frames[at + 1] = other._replace(contents=())

    def give_fronts(self, frames: list[Frame]) -> None:
        """Gives a tag at a sentence's end what stands before it, where its contents are none of its paragraph's."""
        roles = self.reading.roles
        for at, frame in enumerate(frames):
            home = self.paragraph_at(roles[frame.cue].start)
            if frame.source is not None and all(self.paragraph_at(roles[i].start) != home for i in frame.contents):
                source, cue = roles[frame.source], roles[frame.cue]
                if self.text[source.start : source.end].lower() in RELATIVE:
                    continue
                self.fronts[at] = self.halves_of((source.start, source.end), (cue.start, cue.end))

    def front_of(self, source: Bounds, cue: Bounds) -> Bounds | None:
        """The clause that a tag closes with a comma ("It rained, he said."), without the comma; None for none."""
        reading = self.reading
        start, end = min(cue[0], source[0]), max(cue[1], source[1])
        tokens = reading.tokens_in(start, end)
        first, last = reading.sentence(tokens[0])
        begin = max(int(reading.starts[first]), self.paragraph_start(start))
        rest = [t for t in range(tokens.stop, last) if reading.upos[t] != "SPACE"]
        goes_on = len(rest) > 1 and reading.word(rest[0]) == "," and reading.upos[rest[1]] == "CCONJ"
        is_more = any(reading.upos[t] in ("VERB", "AUX", "CCONJ", "SCONJ") or reading.word(t) in ",:;" for t in rest)
        front = self.text[begin:start].rstrip(_EDGES)
        if (is_more and not goes_on) or not front.endswith(",") or any(c in _OPENERS + _CLOSERS for c in front[-2:]):
            return None
        bounds = self.trim(begin, start, _EDGES + ",")
        return bounds if self.has_verb(*bounds) else None

    def halves_of(self, source: Bounds, cue: Bounds) -> Pieces:
        """What a tag closes, or the halves of the sentence that it interrupts: "The pool, she pledged, will reopen"."""
        front = self.front_of(source, cue)
        if front is not None:
            return [front]
        reading, text = self.reading, self.text
        start, end = min(cue[0], source[0]), max(cue[1], source[1])
        tokens = reading.tokens_in(start, end)
        first, last = reading.sentence(tokens[0])
        begin, stop = max(int(reading.starts[first]), self.paragraph_start(start)), int(reading.ends[last - 1])
        before, after = text[begin:start].rstrip(_EDGES), text[end:stop].lstrip(_EDGES)
        if (
            not before.endswith(",")
            or not after.startswith(",")
            or any(c in _OPENERS + _CLOSERS for c in before + after)
        ):
            return []
        halves = [self.trim(begin, start, _EDGES + ","), self.clause(end, stop)]
        behind = reading.tokens_in(*halves[1])
        goes_on = any(
            first <= int(reading.heads[t]) < tokens[0] or reading.upos[t] in ("AUX", "VERB") for t in behind[:1]
        )
        is_free = all(a < b and not self.blocked(a, b) for a, b in halves)
        return halves if is_free and goes_on and not self.has_tense(*halves[0]) else []

    def has_tense(self, start: int, end: int) -> bool:
        """Whether a verb with a tense stands in the characters."""
        reading = self.reading
        return any(
            reading.upos[t] in ("VERB", "AUX") and reading.morph[t] in ("Past", "Pres")
            for t in reading.tokens_in(start, end)
        )

    def closed(self, drafts: list[Attribution]) -> Iterator[Attribution]:
        """Sentences that a tag closes, of which the reader saw nothing: "No other product is affected, it added."."""
        taken = [(s.start, s.end) for a in drafts for s in (*a.content, a.source, a.cue and a.cue.span) if s]
        taken.sort()
        reading = self.reading
        for verb in range(len(reading)):
            if reading.deps[verb] not in _TAGGED or not is_saying(reading, verb, thoughts=True):
                continue
            cue = int(reading.starts[verb]), int(reading.ends[verb])
            source = subject_of(reading, verb)
            subjects = reading.children(verb, "nsubj")
            if source is None or not subjects or reading.lower(subjects[0]) in RELATIVE:
                continue
            halves = self.halves_of(source, cue)
            around = (halves[0][0], max(cue[1], source[1], halves[-1][1])) if halves else cue
            before = bisect_left(taken, (around[1],))
            is_taken = any(end > around[0] for _, end in taken[max(0, before - 12) : before])
            if not halves or is_taken or self.is_junk(*around):
                continue
            attribution = self.built(source, cue, self.contents(halves), 0.5)
            if attribution is not None:
                yield attribution

    def with_set_off(self, drafts: list[Attribution]) -> list[Attribution]:
        """Adds what tags tell whose verb comes first ("the yards, say old hands, lose money") if misread."""
        by_cue = {a.cue.span.start: a for a in drafts if a.cue is not None}
        for found in find_set_off(self.reading):
            tag = found.tag
            known = by_cue.get(tag.cue[0])
            source = None if known is None else known.source
            if source is not None and source.start < tag.source[1] and source.end > tag.source[0]:
                continue
            attribution = self.built(tag.source, tag.cue, self.contents(list(found.contents)), 0.6)
            if attribution is not None:
                # A speech in which others are told is whole as it is.
                told = found.contents[0][0], max(tag.source[1], found.contents[-1][1])
                drafts = [
                    a
                    for a in drafts
                    if a is not known
                    and not (_takes_from(a, [tag.source]) and all(told[0] <= s.start <= told[1] for s in a.content))
                ]
                drafts.append(attribution)
        return drafts

    def is_tagged(self, content: RoleSpan, frame: Frame) -> bool:
        """Whether a frame's source and cue stand right behind a content, as its tag and nothing else's.

        They follow a quotation that ends with a comma, or interrupt a sentence that goes on behind them.
        """
        roles, text = self.reading.roles, self.text
        words = text[content.start : content.end]
        if frame.source is None or roles[frame.cue].start < content.end or roles[frame.source].start < content.end:
            return False
        tag_end = max(roles[frame.cue].end, roles[frame.source].end)
        following = [roles[i].start for i in frame.contents if roles[i].start >= tag_end]
        if text[content.end] == ",":
            goes_on = bool(following) and text[tag_end : min(following)].strip(_EDGES + _OPENERS) == ","
            tokens = self.reading.tokens_in(content.start, tag_end)
            if len(self.reading.tokens_in(content.start, content.end)) < 2:
                return False
            return goes_on and text[min(following)].islower() and not self.reading.sent_starts[tokens[1:]].any()
        if words[0] not in _OPENERS or words[-1] not in _CLOSERS or words.rstrip(_CLOSERS)[-1:] != ",":
            return False
        return not following or any(c in _STOPS for c in text[tag_end : min(following)])

    def attribution(self, at: int, frame: Frame) -> Attribution | None:
        """The attribution of one frame; None where it has no content, or lies in page junk."""
        roles = self.reading.roles
        cue_span = roles[frame.cue]
        front = self.fronts.get(at)
        pieces = front or [(roles[i].start, roles[i].end) for i in frame.contents]
        parts = [frame.confidence, cue_span.confidence, *(roles[i].confidence for i in frame.contents)]
        return self.built(
            self.source_of(frame),
            (cue_span.start, cue_span.end),
            self.announced(pieces, cue_span.end) or self.contents(self.of_one_speech(pieces, cue_span.start)),
            float(np.interp(frame.confidence * sum(parts) / len(parts), *_confidences())),
        )

    def source_of(self, frame: Frame) -> tuple[int, int] | None:
        """Where a frame's source stands; not paragraphs away from its cue, which then shares a subject near by."""
        if frame.source is None:
            return None
        source, cue = self.reading.roles[frame.source], self.reading.roles[frame.cue]
        if abs(self.paragraph_at(source.start) - self.paragraph_at(cue.start)) <= 1:
            return source.start, source.end
        _, verb = self.cue(cue.start, cue.end)
        while verb is not None and self.reading.deps[verb] == "conj":
            verb = int(self.reading.heads[verb])
        subjects = [] if verb is None else self.reading.children(verb, "nsubj")
        return noun_phrase(self.reading, subjects[0]) if subjects else None

    def built(
        self, source_at: tuple[int, int] | None, cue_at: tuple[int, int], content: Pieces, confidence: float
    ) -> Attribution | None:
        """The attribution of a source, a cue and contents; None where nothing is said, or in page junk."""
        if self.is_junk(*cue_at):
            return None
        cue, head = self.cue(*cue_at)
        content = self.with_clause(head, cue_at, content)
        content = self.without_lead(cue, head, content)
        content = self.without_clause_of(head, cue_at, content)
        content = self.without_those_told(cue, head, content)
        content = self.without_described(head, content)
        content = self.without_tail(head, content)
        if not content or self.is_pronoun(content) or self.is_silence(cue, content) or self.is_name_giving(cue, head):
            return None
        if source_at is not None and self.is_asked_for(*source_at):
            return None
        agent = self.agent(cue, head, source_at)
        source_at = agent if agent is None or self.free(*agent, content) else source_at
        if source_at is not None and (self.is_junk(*source_at) or self.is_expletive(*source_at, head)):
            source_at = None
        source = self.source(*(source_at or self.tag_beside(cue, content) or (0, 0)))
        content = self.to_end_of_quotes(self.with_rest(source, cue, self.with_front(source, cue, content)))
        if self.is_deed(cue, content, confidence):
            return None
        taken = [*content, (cue.span.start, cue.span.end), *([(source.start, source.end)] if source else [])]
        addressee = self.addressee(cue, head, taken)
        if addressee is not None:
            taken.append((addressee.start, addressee.end))
        venue = self.venue(head, taken)
        if venue is not None:
            taken.append((venue.start, venue.end))
        time, date = self.time(cue, head, source, taken)
        return Attribution(
            id="a0",
            kind=self.kind(content),
            source=source,
            cue=cue,
            content=tuple(self.span(start, end) for start, end in content),
            addressee=addressee,
            time=time,
            date=date,
            venue=venue,
            quote_ids=self.quotes_in(content),
            confidence=round(confidence, 4),
        )

    def tag_beside(self, cue: Cue, content: Pieces) -> Bounds | None:
        """The source in the tag of a quotation, where the reader found only its cue."""
        for start, end in content:
            if self.text[end - 1] in _CLOSERS and not self.text[end : cue.span.start].strip(_EDGES):
                tag = find_tag(self.reading, start, end)
                if tag is not None and tag.cue[0] <= cue.span.start < tag.cue[1]:
                    return tag.source
        return None

    def to_end_of_quotes(self, content: Pieces) -> Pieces:
        """Contents with the other paragraphs of their quotations: who says a part of a speech says the rest of it."""
        start, end = content[0][0], content[-1][1]
        begun = [
            piece
            for quote in dict.fromkeys(self.quotes_over(*content[0]))
            for piece in self.without_junk(_with_marks(quote, i) for i in range(len(quote.content)))
            if piece[1] <= start and not self.blocked(*piece)
        ]
        more = [
            piece
            for quote in dict.fromkeys(self.quotes_over(*content[-1]))
            for piece in self.without_junk(_with_marks(quote, i) for i in range(len(quote.content)))
            if piece[0] >= end and quote.span.start >= start and not self.blocked(*piece)
        ]
        return [*begun, *content, *more]

    def with_front(self, source: Span | None, cue: Cue, content: Pieces) -> Pieces:
        """Contents with the first half of a sentence that the tag interrupts ("If it rains, he said, we stay").

        What goes on after such a tag begins small; a quotation that a tag only announces begins with a capital.
        """
        if source is None:
            return content
        start, end = min(source.start, cue.span.start), max(source.end, cue.span.end)
        behind = self.text[end : content[0][0]].strip(_EDGES)
        if behind.endswith(",") and self.is_told(end, content[0][0]):
            # "If it rains, he told reporters, we stay"
            behind = ","
        goes_on = self.text[content[0][0] : content[0][1]].lstrip(_OPENERS)[:1].islower()
        # "Two guards, as Idris said, had run away"
        before = start - 3 if self.text[start - 4 : start].lower() == " as " else start
        if behind != "," or not goes_on or not self.text[:before].rstrip(_EDGES).endswith(","):
            return content
        tokens = self.reading.tokens_in(start, end)
        begin = max(int(self.reading.starts[self.reading.sentence(tokens[0])[0]]), self.paragraph_start(start))
        front = self.trim(begin, before, _EDGES + ",")
        words = self.reading.tokens_in(*front)
        is_said = any(self.reading.upos[t] in ("NOUN", "PROPN", "PRON", "VERB") for t in words)
        # A report inside it, with a cue of its own, is part of what is said; what another cue has is not.
        inside = range(bisect_left(self.role_starts, front[0]), bisect_left(self.role_starts, start))
        is_free = all(front[0] <= self.cue_start.get(role, 0) < start for role in inside)
        is_said = is_said and not opens_relative(self.reading, front, (source.start, source.end))
        return [front, *content] if front[0] < front[1] and is_said and is_free else content

    def is_told(self, start: int, end: int) -> bool:
        """Whether no more than a short noun phrase stands between characters: who is told."""
        upos = [self.reading.upos[t] for t in self.reading.tokens_in(start, end)]
        words = [tag for tag in upos if tag != "PUNCT"]
        return 0 < len(words) <= _LONGEST_HEARER and all(
            tag in ("DET", "ADJ", "NOUN", "PROPN", "PRON") for tag in words
        )

    def with_rest(self, source: Span | None, cue: Cue, content: Pieces) -> Pieces:
        """Contents with a second clause behind their tag ("It rained, he said, and the roof leaked").

        It is joined by a conjunction or a semicolon, has a subject of its own, and nobody else says it; or it is what a
        condition before the tag is for ("Unless he pays, she told them, the bank will sue").
        """
        if source is None:
            return content
        reading, text = self.reading, self.text
        start, end = min(source.start, cue.span.start), max(source.end, cue.span.end)
        if content[0][0] >= end:
            return self.with_list(content)
        comma = text.find(",", end)
        if comma > end and self.is_told(end, comma):
            end = comma
        tokens = reading.tokens_in(end, min(len(text), end + 3))
        if content[-1][1] > start or text[content[-1][1] : start].strip(_EDGES) != "," or len(tokens) != 2:
            return content
        mark, begin = tokens
        _, last = reading.sentence(mark)
        if reading.word(mark) == "," and reading.upos[begin] == "CCONJ":
            verb = int(reading.heads[begin])
        elif reading.word(mark) == ";":
            verb = next((t for t in range(begin, last) if not begin <= int(reading.heads[t]) < last), begin)
        elif reading.word(mark) == "," and reading.upos[begin] in ("AUX", "VERB"):
            verb = begin
        elif reading.word(mark) == "," and self.is_condition_of(content[-1], begin, last):
            return [*content, self.clause(int(reading.starts[begin]), int(reading.ends[last - 1]))]
        else:
            return content
        rest = self.clause(int(reading.starts[begin]), int(reading.ends[last - 1]))
        if reading.word(mark) == "," and reading.upos[begin] in ("AUX", "VERB") and not self.has_tense(*content[-1]):
            # "The eldest, according to the captain, is a former caretaker"
            is_free = not self.blocked(*rest) and not any(c in _OPENERS for c in text[slice(*rest)])
            return [*content, rest] if is_free and reading.morph[begin] in ("Past", "Pres") else content
        has_subject = begin < verb < last and reading.children(verb, "nsubj")
        is_free = not self.blocked(*rest) and not any(c in _OPENERS for c in text[slice(*rest)])
        return [*content, rest] if has_subject and is_free else content

    def with_list(self, content: Pieces) -> Pieces:
        """Contents with the other clauses of a list between semicolons: "said it rained; it blew; and it froze"."""
        reading, text = self.reading, self.text
        start, end = content[-1]
        if text[end : end + 2] != "; ":
            return content
        tokens = reading.tokens_in(start, end)
        last = reading.sentence(tokens[0])[1]
        stop = int(reading.ends[last - 1])
        rest = self.clause(end + 1, stop)
        parts = text[slice(*rest)].split("; ")
        is_list = parts[-1].startswith(("and ", "that ")) and not any(c in _OPENERS for c in text[slice(*rest)])
        if not is_list or self.blocked(*rest) or not self.has_verb(*rest):
            return content
        return [*content[:-1], (start, rest[1])]

    def is_condition_of(self, piece: Bounds, first: int, last: int) -> bool:
        """Whether a piece is a clause with a conjunction that hangs on a verb among the tokens from ``first`` on."""
        reading = self.reading
        head = reading.head_of(*piece)
        tokens = reading.tokens_in(*piece)
        return (
            head is not None
            and reading.upos[tokens[0]] == "SCONJ"
            and reading.deps[head].startswith("advcl")
            and first <= int(reading.heads[head]) < last
        )

    def with_clause(self, head: int | None, cue: Bounds, content: Pieces) -> Pieces:
        """Contents grown to the clause of which the reader saw only the beginning: "heard | flights | will resume"."""
        reading = self.reading
        if head is None or len(content) != 1 or reading.upos[head] != "VERB" or content[0][0] < cue[1]:
            return content
        start, end = content[0]
        for said in reading.children(head, "ccomp"):
            first, last = reading.subtree(said)
            begin, stop = int(reading.starts[first]), int(reading.ends[last - 1])
            if cue[1] <= begin <= start < end <= int(reading.starts[said]) < stop and not self.has_verb(start, end):
                whole = self.clause(begin, stop)
                return content if self.blocked(*whole) or self.quotes_in([whole]) else [whole]
        return content

    def without_lead(self, cue: Cue, head: int | None, content: Pieces) -> Pieces:
        """Contents without what stands between a verb of saying and its clause: "told | the court | she was ill"."""
        reading = self.reading
        if (
            head is None
            or len(content) != 1
            or reading.upos[head] != "VERB"
            or cue.category not in ("speech", "writing")
        ):
            return content
        start, end = content[0]
        tokens = reading.tokens_in(start, end)
        for said in reading.children(head, "ccomp"):
            first = reading.subtree(said)[0]
            begin = int(reading.starts[first])
            if start < int(reading.starts[head]) or not start < begin < end or not reading.children(said, "nsubj"):
                continue
            lead = range(tokens.start, first)
            relations = (
                ("obl", "advmod", "iobj", "obj") if _cues().get(cue.lemma, ("other", False))[1] else ("obl", "advmod")
            )
            tops = [t for t in lead if int(reading.heads[t]) == head]
            hang = all(reading.deps[t].partition(":")[0] in relations for t in tops)
            whole = all(any(a <= t < b for a, b in map(reading.subtree, tops)) for t in lead)
            # "added that, after tax, …": what stands behind the conjunction is said.
            asks = reading.lower(tokens.start - 1) == "that" or any(
                reading.lower(t) in _REPORTED or reading.lower(t) in RELATIVE or reading.word(t) == "," for t in lead
            )
            if tops and hang and whole and not asks and not self.quotes_in([(start, begin)]):
                return [self.clause(begin + 5 * (reading.lower(first) == "that"), end)]
        return content

    def without_clause_of(self, head: int | None, cue: tuple[int, int], content: Pieces) -> Pieces:
        """Contents cut before the clause whose subject the cue is: "the claim that it rained | proved false"."""
        if head is None or not self.reading.deps[head].startswith("nsubj") or len(content) != 1:
            return content
        reading = self.reading
        start, end = content[0]
        verb = int(reading.heads[head])
        if not cue[1] <= start < int(reading.starts[verb]) < end:
            return content
        said = [c for c in reading.children(head, "acl", "ccomp") if start <= int(reading.starts[c]) < end]
        if not said:
            return content
        after = reading.subtree(said[0])[1]
        first = min([verb, *(c for c in reading.children(verb) if after <= c < verb)])
        return [self.clause(start, int(reading.starts[first]))] if first >= after else content

    def without_those_told(self, cue: Cue, head: int | None, content: Pieces) -> Pieces:
        """Contents without the subject of a passive cue, to whom it is said: "residents | were told | to leave"."""
        reading = self.reading
        if (
            head is None
            or not content
            or reading.upos[head] != "VERB"
            or not _cues().get(cue.lemma, ("other", False))[1]
        ):
            return content
        end = content[0][1]
        tokens = reading.tokens_in(*content[0])
        passive = [c for c in reading.children(head, "nsubj") if reading.deps[c] == "nsubj:pass" and c in tokens]
        if passive and end <= int(reading.starts[head]):
            said = [c for c in reading.children(head, "xcomp", "ccomp") if c > head]
            if content[1:]:
                return content[1:]
            if said:
                first, last = reading.subtree(said[0])
                piece = self.clause(int(reading.starts[first]), int(reading.ends[last - 1]))
                return [piece] if not self.blocked(*piece) else content
        return content

    def without_described(self, head: int | None, content: Pieces) -> Pieces:
        """Contents without the pronoun that they describe: "called | them | “a mess”", "saw | it as | “a mess”"."""
        reading = self.reading
        if head is None or len(content) != 1 or reading.upos[head] != "VERB":
            return content
        start, end = content[0]
        tokens = reading.tokens_in(start, end)
        if start < int(reading.starts[head]) or not tokens or not self.pieces:
            return content
        first = tokens[0]
        if first + 1 in tokens and reading.upos[first] == "PRON" and reading.deps[first] in ("obj", "iobj"):
            first += 1
        if first + 1 in tokens and reading.lower(first) == "as" and reading.upos[first] in ("ADP", "SCONJ"):
            first += 1
        begin = int(reading.starts[first])
        opens = any(self.pieces[at][0] == begin for at in range(*self.piece_range(begin, end)))
        return [(begin, end)] if begin > start and opens else content

    def without_tail(self, head: int | None, content: Pieces) -> Pieces:
        """Contents without the clause at their end that goes on about the source, as the cue's own sentence does."""
        reading = self.reading
        if head is None or len(content) != 1:
            return content
        start, end = content[0]
        if start < int(reading.starts[head]):
            return content
        if reading.upos[head] == "NOUN":
            for at in range(*self.piece_range(start, end)):
                begin, stop, _ = self.pieces[at]
                following = reading.tokens_in(stop, end)
                if begin == start and following and reading.upos[following[0]] in ("AUX", "VERB"):
                    return [(begin, stop)]
            return content
        for child in reading.children(head, "conj"):
            first = reading.subtree(child)[0]
            at = int(reading.starts[first])
            reported = any(reading.lower(t) in _REPORTED for t in range(first, min(first + 3, len(reading))))
            quoted = any(self.pieces[i][1] > at for i in range(*self.piece_range(at, end)))
            if start < at < end and reading.children(child, "nsubj") and not reported and not quoted:
                return [self.clause(start, at)]
        return content

    def is_silence(self, cue: Cue, content: Pieces) -> bool:
        """Whether somebody only declines to comment: nothing is said."""
        words = self.text[content[0][0] : content[0][1]].lower().split()
        phrase = " ".join(self.text[cue.span.start : content[0][1]].lower().split()[:3])
        return cue.lemma in _SILENCE and (words[:2] == ["to", "comment"] or phrase.endswith(" to comment"))

    def is_deed(self, cue: Cue, content: Pieces, confidence: float) -> bool:
        """Whether a cue of no known kind, of which the reader is unsure, only says what somebody does."""
        if cue.category != "other" or self.kind(content) != "indirect":
            return False
        return confidence < (_SURE_CLAUSE if any(self.has_verb(*piece) for piece in content) else _SURE_DEED)

    def is_asked_for(self, start: int, end: int) -> bool:
        """Whether a question asks who the source is: "Who says so?"."""
        reading = self.reading
        tokens = reading.tokens_in(start, end)
        if len(tokens) != 1 or reading.lower(tokens[0]) not in ("who", "what"):
            return False
        first, last = reading.sentence(tokens[0])
        words = [t for t in range(first, last) if reading.upos[t] not in ("PUNCT", "SPACE")]
        # A transcript's label may stand in the same sentence.
        opens = tokens[0] in words[:1] or self.text[:start].rstrip().endswith((":", *_OPENERS))
        return opens and "?" in self.text[reading._ends[words[-1]] : reading._ends[last - 1]]

    def agent(self, cue: Cue, head: int | None, source: Bounds | None) -> Bounds | None:
        """The source of a passive cue: who is told something says nothing, "by" is before who does."""
        reading = self.reading
        if head is None:
            return source
        if reading.upos[head] == "NOUN" and source is None:
            return owner_of(reading, head)
        if cue.category == "perception":
            return self.teller(head) or source
        agents = reading.children(head, "obl:agent")
        has_hearer = _cues().get(cue.lemma, ("other", False))[1]
        if not (has_hearer or (source is None and agents)) or not reading.children(head, "aux:pass"):
            return source
        if agents:
            start, end = noun_phrase(reading, agents[0])
            case = reading.children(agents[0], "case")
            return (int(reading.ends[case[0]]), end) if case and case[0] < agents[0] else (start, end)
        if source is None:
            return None
        first, last = reading.sentence(head)
        is_near = int(reading.starts[first]) <= source[0] < int(reading.ends[last - 1])
        told = [c for c in reading.children(head, "nsubj") if reading.deps[c] == "nsubj:pass"]
        return source if is_near and not any(source[0] <= reading._starts[c] < source[1] for c in told) else None

    def teller(self, head: int) -> Bounds | None:
        """From whom something is heard: "the committee heard from Lund that it rained"."""
        reading = self.reading
        for child in reading.children(head, "obl"):
            case = reading.children(child, "case")
            if child > head and len(case) == 1 and reading.lower(case[0]) == "from":
                start, end = noun_phrase(reading, child)
                return max(start, int(reading.ends[case[0]]) + 1), end
        return None

    def is_expletive(self, start: int, end: int, head: int | None) -> bool:
        """Whether a source is the "it" of "it was claimed that"."""
        reading = self.reading
        if head is None or self.text[start:end].strip().lower() != "it":
            return False
        return any(reading.deps[c] == "aux:pass" for c in reading.children(head))

    def is_name_giving(self, cue: Cue, head: int | None) -> bool:
        """Whether a cue without a source only says what something is called."""
        if cue.lemma not in NAMING or head is None:
            return cue.lemma in NAMING
        helpers = self.reading.children(head, "aux")
        is_participle = self.reading.morph[head] == "PastPart" and self.reading.deps[head] == "acl"
        if is_participle and cue.lemma == "know":
            return False
        return is_participle or any(self.reading.deps[c] == "aux:pass" for c in helpers)

    def of_one_speech(self, pieces: Pieces, cue: int) -> Pieces:
        """Those of a cue's contents that are said in one breath: in its paragraph, in the same quotation, or announced.

        The next paragraph of a speech that closed its marks before is an attribution of its own, and so is a headline
        above the lead that reports the same.
        """
        at_cue = self.paragraph_at(cue)
        near = [piece for piece in pieces if self.paragraph_at(piece[0]) == at_cue]
        others = [piece for piece in pieces if self.paragraph_at(piece[0]) != at_cue]
        if not near:
            return [piece for piece in others if self.fills_paragraph(*piece, cue)]
        begun = {quote.id for piece in near for quote in self.quotes_over(*piece)}
        return near + [piece for piece in others if any(quote.id in begun for quote in self.quotes_over(*piece))]

    def announced(self, pieces: Pieces, cue: int) -> Pieces:
        """The block that a colon announces, where contents that a cue before it has lie there: whole paragraphs."""
        block = self.block_after(cue)
        inside = block and all(block[0][0] - 3 <= start and end <= block[-1][1] for start, end in pieces)
        return block if inside else []

    def block_after(self, offset: int) -> Pieces:
        """The paragraphs without marks that the colon at the end of an offset's paragraph announces.

        It is the next one, and where that is indented or begins with ">", all that do.
        """
        at = self.paragraph_at(offset) + 1
        if not 0 < at < len(self.paragraphs) or self.text[self.paragraphs[at - 1][1] - 1] != ":":
            return []
        set_off = self.is_set_off(at)
        block: Pieces = []
        while at < len(self.paragraphs) and not self.is_junk(*self.paragraphs[at]):
            start, end = self.trim(*self.paragraphs[at], _EDGES + ">")
            is_other = block and not (set_off and self.is_set_off(at))
            if start >= end or is_other or self.text[start] in _OPENERS + "—–―-•*":
                break
            block.append((start, end))
            at += 1
        return block

    def is_set_off(self, paragraph: int) -> bool:
        """Whether a paragraph is indented or marked as quoted by ">"."""
        start = self.paragraphs[paragraph][0]
        return self.text[start] == ">" or self.text[max(0, start - 2) : start] in ("  ", "\n\t")

    def paragraph_at(self, offset: int) -> int:
        return bisect_right(self.paragraph_starts, offset) - 1

    def paragraph_start(self, offset: int) -> int:
        return self.paragraph_starts[max(0, self.paragraph_at(offset))] if self.paragraphs else 0

    def quotes_over(self, start: int, end: int) -> Iterator[Quote]:
        """Quotations of speech with a piece in the characters."""
        for at in range(*self.piece_range(start, end)):
            if self.pieces[at][1] > start:
                yield self.pieces[at][2]

    def fills_paragraph(self, start: int, end: int, cue: int) -> bool:
        """Whether a content opens its paragraph, and where it stands before the cue, is the whole of it."""
        first, last = self.paragraphs[max(0, self.paragraph_at(start))]
        after = self.text[end:last].strip(_EDGES + _STOPS + _CLOSERS)
        return not self.text[first:start].strip(_EDGES + _OPENERS) and (cue < start or not after)

    def after_dateline(self, start: int, end: int) -> int:
        """Where a content begins, behind the dateline of its paragraph if it has one."""
        dateline = _DATELINE.match(self.text, self.paragraph_start(start), end)
        return max(start, dateline.end()) if dateline is not None and dateline.end() < end else start

    def contents(self, pieces: Pieces) -> Pieces:
        """Contents as users expect them: whole quotations with their marks, clauses without "that" and full stop."""
        pieces = [(self.after_dateline(start, end), end) for start, end in pieces]
        grown = [self.utterance(self.main_clause(start, end), end) for start, end in pieces]
        joined: Pieces = []
        for start, end in sorted(piece for piece in grown if piece[0] < piece[1]):
            between = self.text[joined[-1][1] : start] if joined else "|"
            if not between.strip() and self.paragraph_at(start) == self.paragraph_at(joined[-1][0]):
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((start, end))
        return self.without_junk(part for piece in joined for part in self.by_paragraph(*piece))

    def by_paragraph(self, start: int, end: int) -> Pieces:
        """A content cut where a paragraph ends."""
        first, last = self.paragraph_at(start), self.paragraph_at(end - 1)
        if first == last or first < 0:
            return [(start, end)]
        parts = self.paragraphs[first : last + 1]
        return [(max(start, begin), min(end, stop)) for begin, stop in parts]

    def utterance(self, start: int, end: int) -> tuple[int, int]:
        """A content grown to its quotation; what ends inside the marks keeps its stop."""
        start, end = self.reach_marks(start, end)
        inside = any(self.pieces[at][1] == end for at in range(*self.piece_range(start, end)))
        trimmed = self.clause(start, end)
        return (trimmed[0], end) if inside and trimmed[0] < trimmed[1] else trimmed

    def piece_range(self, start: int, end: int) -> tuple[int, int]:
        """Indices among the pieces of quotations of those that can overlap the characters."""
        return max(0, bisect_right(self.piece_starts, start) - 8), bisect_left(self.piece_starts, end)

    def is_pronoun(self, content: Pieces) -> bool:
        """Whether a content is a lone pronoun ("it", "which"): what is said then stands elsewhere."""
        tokens = self.reading.tokens_in(content[0][0], content[-1][1])
        return len(tokens) == 1 and (self.reading.upos[tokens[0]] == "PRON" or self.reading.lower(tokens[0]) == "so")

    def main_clause(self, start: int, end: int) -> int:
        """Start of a content, moved over the main clause before it where it begins with "if", "unless", "because"."""
        reading = self.reading
        tokens = reading.tokens_in(start, end)
        head = reading.head_of(start, end)
        if head is None or reading.deps[head] != "advcl" or reading.deps[tokens[0]] != "mark":
            return start
        main = int(reading.heads[head])
        first = reading.subtree(main)[0]
        begin = int(reading.starts[first])
        if main >= tokens[0] or begin >= start or self.blocked(begin, start) or reading.deps[main] in ("advcl", "acl"):
            return start
        return begin

    def reach_marks(self, start: int, end: int) -> tuple[int, int]:
        """Grows a content to the marks of the quotation that it covers most of, unless a cue stands in between."""
        start, end = self.trim(start, end, _EDGES)
        for at in range(*self.piece_range(start, end)):
            begin, stop, _ = self.pieces[at]
            overlap = min(end, stop) - max(start, begin)
            if overlap <= 0:
                continue
            most = overlap >= _MIN_COVER * (stop - begin)
            if start > begin and (start - begin <= _LONGEST_SNAP or (most and not self.blocked(begin, start))):
                start = begin
            if end < stop and (stop - end <= _LONGEST_SNAP or (most and not self.blocked(end, stop))):
                end = stop
        return start, end

    def blocked(self, start: int, end: int) -> bool:
        """Whether a source or cue of the reader lies in the characters."""
        at = bisect_left(self.blocks, (start, start))
        return at < len(self.blocks) and self.blocks[at][0] < end

    def clause(self, start: int, end: int) -> tuple[int, int]:
        """Takes "that" from the front of a clause, and its final stop."""
        text = self.text
        if text[start : start + 5].lower() in ("that ", "that\n", "that\xa0"):
            tokens = self.reading.tokens_in(start, start + 4)
            is_that = tokens and self.reading.upos[tokens[0]] in ("SCONJ", "PRON")
            if is_that and self.reading.deps[tokens[0]] in _THAT and not self.is_relative(tokens[0]):
                start += 5
        start, end = self.trim(start, end, _EDGES)
        while start < end and text[start] in ",;:.–—-" and not text[start + 1 : start + 2].isalnum():
            start, end = self.trim(start + 1, end, _EDGES)
        while start < end and text[end - 1] in ".,;:–—-" and not self.is_abbreviation(start, end):
            start, end = self.trim(start, end - 1, _EDGES)
        tokens = self.reading.tokens_in(start, end)
        if len(tokens) > 2 and self.reading.upos[tokens[-1]] == "CCONJ" and self.text[end - 1].isalpha():
            # "… had widened, and | warned": the conjunction joins what is said about the speaker.
            return self.clause(start, int(self.reading.starts[tokens[-1]]))
        # A mark alone at an edge belongs to a quotation that lies outside.
        if start < end and text[start] in "”»" and not any(c in "“„«»" for c in text[start + 1 : end]):
            start, end = self.trim(start + 1, end, _EDGES)
        return start, end

    def is_relative(self, that: int) -> bool:
        """Whether "that" is subject or object of its clause, and no conjunction in front of the subject."""
        reading = self.reading
        if reading.deps[that] == "nsubj":
            return True
        verb = int(reading.heads[that])
        return reading.deps[that] == "obj" and not any(that < c < verb for c in reading.children(verb, "nsubj"))

    def is_abbreviation(self, start: int, end: int) -> bool:
        """Whether the stop before ``end`` belongs to a word ("U.S."), as the tokenizer sees it."""
        if self.text[end - 1] != ".":
            return False
        tokens = self.reading.tokens_in(end - 1, end)
        return bool(tokens) and int(self.reading.ends[tokens[0]] - self.reading.starts[tokens[0]]) > 1

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

    def quotes_in(self, content: Pieces) -> tuple[str, ...]:
        """Ids of the speech quotations that the content holds for the most part."""
        found: dict[str, None] = {}
        for start, end in content:
            for at in range(*self.piece_range(start, end)):
                begin, stop, quote = self.pieces[at]
                if min(stop, end) - max(begin, start) > 0.5 * (stop - begin):
                    found[quote.id] = None
        return tuple(found)

    def cue(self, start: int, end: int) -> tuple[Cue, int | None]:
        """The cue without auxiliaries, adverbs and what follows its verb; and its head token."""
        reading = self.reading
        tokens = [t for t in reading.tokens_in(start, end) if reading.upos[t] != "SPACE"]
        start, end = self.trim(start, end, _EDGES)
        if not tokens:
            return self._cue(start, end, self.text[start:end], None, False), None
        words = [t for t in tokens if reading.upos[t] != "PUNCT"]
        if not words:
            mark = self.text[start:end].strip()
            return self._cue(start, end, mark, mark, False), tokens[0]
        phrase = self._phrase(words)
        head = words[0] if phrase else self._cue_head(words)
        negated = self._negated(head, words)
        first, last = head, words[-1] if phrase else head
        if phrase:
            pass
        elif reading.upos[head] == "VERB":
            # Particles and the preposition of "called for" belong to the verb, "in a statement" does not.
            following = [t for t in words if t > head]
            if (
                following
                and following[0] == head + 1
                and reading.upos[head + 1] in ("ADP", "PART")
                and not self._governs(head + 1, following)
            ):
                last = head + 1
            elif (
                following
                and reading.upos[following[0]] in ("DET", "NOUN", "ADJ", "PRON")
                and reading.deps[head] != "aux"
            ):
                last = self._object_end(head, following)
            if reading.lower(last) == "to" and reading.deps[last] == "mark":
                last = head
        else:
            while first - 1 in words and reading.upos[first - 1] not in ("ADV", "AUX", "PART"):
                first -= 1
            while last + 1 in words and reading.upos[last + 1] not in ("ADV", "AUX"):
                last += 1
        begin = max(int(reading.starts[first]), start)
        stop = min(int(reading.ends[last]), end)
        begin, stop = self.trim(begin, stop, _EDGES + ",;")
        phrase = phrase or " ".join(self.text[begin:stop].lower().split())
        base = phrase if phrase in _cues() else lemma(reading.word(head), reading.upos[head]).lower()
        return self._cue(begin, stop, base, self._sorted_by(words, head, base), negated), head

    def _phrase(self, words: list[int]) -> str:
        """The entry of the table for a verb with all that follows it in the cue ("made it clear"), or nothing."""
        reading = self.reading
        if len(words) < _SHORTEST_PHRASE or reading.upos[words[0]] != "VERB":
            return ""
        phrase = " ".join([lemma(reading.word(words[0]), "VERB"), *(reading.word(t) for t in words[1:])]).lower()
        return phrase if phrase in _cues() else ""

    def _sorted_by(self, words: list[int], head: int, base: str) -> str:
        """The entry of the table that sorts a cue: verb and particle, the verb, or what a light verb has as object."""
        reading = self.reading
        following = [t for t in words if t > head]
        if following and f"{base} {reading.lower(following[0])}" in _cues():
            return f"{base} {reading.lower(following[0])}"
        if base in _cues():
            return base
        nouns = (lemma(reading.word(t), "NOUN").lower() for t in following if reading.upos[t] == "NOUN")
        return next((noun for noun in nouns if noun in _cues()), base)

    def _cue(self, start: int, end: int, base: str, entry: str | None, negated: bool) -> Cue:
        category: CueCategory = _cues()[entry][0] if entry in _cues() else "other"
        return Cue(span=self.span(start, end), lemma=base or self.text[start:end], category=category, negated=negated)

    def _cue_head(self, words: list[int]) -> int:
        """The verb that reports: the last verb of a chain such as "has repeatedly said" or "went on to say"."""
        reading = self.reading
        verbs = [t for t in words if reading.upos[t] == "VERB"]
        if not verbs:
            known = [t for t in words if lemma(reading.word(t), reading.upos[t]).lower() in _cues()]
            return (
                known[0]
                if known
                else next((t for t in words if reading.upos[t] not in ("AUX", "ADV", "PART", "DET")), words[0])
            )
        reporting = [
            t for t in verbs if _cues().get(lemma(reading.word(t), "VERB").lower(), ("other", False))[0] != "other"
        ]
        if not reporting:
            return verbs[0]
        # "issued a statement saying", "tweeted, adding": the first verb that reports.
        return reporting[0]

    def _governs(self, preposition: int, following: list[int]) -> bool:
        """Whether a preposition inside the cue has its noun there too."""
        return any(
            int(self.reading.heads[preposition]) == t or t == preposition + 1 for t in following if t > preposition
        )

    def _object_end(self, head: int, following: list[int]) -> int:
        """End of a light verb's object ("issued a statement"), up to the first preposition."""
        if _cues().get(lemma(self.reading.word(head), "VERB").lower(), ("other", False))[0] == "speech":
            return head
        last = head
        for token in following:
            hyphen = token == last + 2 and self.reading.word(last + 1) == "-"
            if (token != last + 1 and not hyphen) or self.reading.upos[token] in ("ADP", "SCONJ", "VERB", "ADV"):
                break
            last = token
        return last

    def _negated(self, head: int, words: list[int]) -> bool:
        reading = self.reading
        near = {
            t
            for t in reading.children(head)
            if abs(t - head) <= 5 and reading.deps[t] in ("advmod", "cc:preconj", "neg", "aux")
        }
        omission = self._omission(head, words)
        if omission is not None:
            near.update(reading.children(omission))
        negated = any(reading.lower(t) in _NEGATIONS and reading.lower(t) not in ("no", "nor") for t in {*near, *words})
        # "Nobody denied", "no official said", "no longer denies".
        negated = negated or any(self._is_none(t) for t in (*reading.children(head, "nsubj"), *near))
        return negated != (omission is not None)

    def _is_none(self, token: int) -> bool:
        """Whether a subject is nobody, or "longer" stands for "no longer"."""
        reading, word = self.reading, self.reading.lower(token)
        if reading.deps[token] == "nsubj" and word in _NO_ONE:
            return True
        counted = reading.deps[token] == "nsubj" or word == "longer"
        return counted and any(reading.lower(t) == "no" and t == token - 1 for t in reading.children(token))

    def _omission(self, head: int, words: list[int]) -> int | None:
        """The verb by which nothing was said, if there is one: "failed to say", "stopped short of calling"."""
        reading, at = self.reading, head
        while True:
            verb = lemma(reading.word(at), "VERB").lower()
            if verb in _OMISSIONS or (verb == "stop" and reading.lower(min(at + 1, len(reading) - 1)) == "short"):
                # Who forgot that it was Sunday thought nothing else; who forgot to mention it said nothing.
                return at if at != head or any(t > head and reading.upos[t] == "VERB" for t in words) else None
            above = int(reading.heads[at])
            if reading.deps[at] not in ("xcomp", "ccomp", "advcl", "obl") or not 1 <= at - above <= 3:
                return None
            at = above

    def source(self, start: int, end: int) -> Span | None:
        """The source's noun phrase, without an apposition set off by commas and without a possessive."""
        reading = self.reading
        start, end = self.trim(start, end, _EDGES + ",;:" + "–—-")
        if start >= end:
            return None
        tokens = reading.tokens_in(start, end)
        for at, token in enumerate(tokens):
            if (
                reading.upos[token] == "PUNCT"
                and reading.word(token) in (",", "(", "–", "—", "--")
                and at > 0
                and self._opens_apposition(tokens, token)
            ):
                end = int(reading.starts[token])
                break
        start, end = self.trim(start, end, _EDGES + ",;:")
        for ending in ("'s", "’s", "'", "’"):
            if self.text[start:end].endswith(ending) and (ending[1:] or self.text[start:end][-2:-1] in "sS"):
                end -= len(ending)
                break
        return self.span(start, end) if start < end else None

    def _opens_apposition(self, tokens: range, comma: int) -> bool:
        """Whether what follows a comma inside a source describes what stands before it, and is no further member."""
        reading = self.reading
        before = range(tokens.start, comma)
        for token in range(comma + 1, tokens.stop):
            head = int(reading.heads[token])
            if reading.upos[token] in ("PUNCT", "NUM") or head not in before:
                continue
            if reading.deps[token] == "conj":
                return False
            if reading.deps[token] in (
                "appos",
                "acl",
                "acl:relcl",
                "nmod",
                "nmod:unmarked",
                "nmod:desc",
                "parataxis",
                "list",
                "dep",
                "obl",
                "advcl",
                "obl:unmarked",
                "amod",
                "nummod",
            ):
                return True
        # Nothing hangs on what stands before: a list has a conjunction, a description ("D-Vt.") has none.
        if any(reading.upos[t] == "CCONJ" for t in tokens if t > comma):
            return False
        head_token = reading.head_of(int(reading.starts[tokens.start]), int(reading.ends[tokens[-1]]))
        return (
            head_token is not None
            and head_token < comma
            and len(before) > 0
            and reading.upos[before[-1]] in ("PROPN", "NOUN", "NUM", "PRON")
        )

    # ---- circumstances ---------------------------------------------------------------------------------------

    def free(self, start: int, end: int, taken: Sequence[tuple[int, int]]) -> bool:
        return not any(start < stop and end > begin for begin, stop in taken)

    def addressee(self, cue: Cue, head: int | None, taken: Pieces) -> Span | None:
        """Whom the source speaks to: the object of "tell", or a phrase with "to" after "say"."""
        if head is None or self.reading.upos[head] != "VERB":
            return None
        reading = self.reading
        has_object = _cues().get(cue.lemma, ("other", False))[1]
        passive = any(reading.deps[c] == "aux:pass" for c in reading.children(head))
        options = []
        for child in reading.children(head):
            relation = reading.deps[child].partition(":")[0]
            if (child > head and has_object and relation in ("obj", "iobj") and not passive) or (
                passive and has_object and relation == "nsubj" and reading.deps[child] == "nsubj:pass"
            ):
                options.append(child)
            elif child > head and relation == "obl" and cue.category in ("speech", "writing"):
                case = [reading.lower(c) for c in reading.children(child, "case")]
                if case == ["to"] and reading.upos[child] in ("NOUN", "PROPN", "PRON"):
                    options.append(child)
        for option in options:
            start, end = noun_phrase(self.reading, option)
            if self.text[start : start + 3].lower() == "to ":
                start += 3
            end = self._with_name(end)
            if start < end and self.free(start, end, taken) and not self.is_junk(start, end) and end - start <= 120:
                return self.span(start, end)
        return self._following_object(head, taken) if has_object and not passive else None

    def _with_name(self, end: int) -> int:
        """The end of a noun phrase, moved past the name right behind it that the parse hung elsewhere."""
        reading = self.reading
        token = bisect_left(reading.starts, end)
        at = bisect_left(reading.entities, token, key=lambda e: e.first)
        if at == len(reading.entities) or reading.entities[at].first != token or token == 0:
            return end
        name = reading.entities[at]
        is_noun = reading.upos[token - 1] == "NOUN" and self.text[end : int(reading.starts[token])].isspace()
        is_named = name.label in ("PERSON", "ORG", "MISC") and not reading.sent_starts[token]
        return int(reading.ends[name.last - 1]) if is_noun and is_named else end

    def _following_object(self, head: int, taken: Pieces) -> Span | None:
        """The noun phrase right after "told", where the parse hangs it elsewhere."""
        reading = self.reading
        _, sentence_end = reading.sentence(head)
        last = head
        for token in range(head + 1, min(head + 9, sentence_end)):
            bounds = int(reading.starts[token]), int(reading.ends[token])
            if reading.upos[token] not in ("DET", "ADJ", "NOUN", "PROPN", "PRON", "NUM") or not self.free(
                *bounds, taken
            ):
                break
            if reading.upos[token] == "PRON" and token > head + 1:
                break
            last = token
        if (
            last == head
            or reading.upos[last] not in ("NOUN", "PROPN", "PRON")
            or reading.lower(head + 1) in ("that", "what", "it")
        ):
            return None
        start, end = int(reading.starts[head + 1]), int(reading.ends[last])
        return None if self.is_junk(start, end) else self.span(start, end)

    def time(
        self, cue: Cue, head: int | None, source: Span | None, taken: Pieces
    ) -> tuple[Span | None, dt.date | None]:
        """When it was said: a date that hangs on the cue, or stands beside it or the source."""
        if head is None:
            return None, None
        reading = self.reading
        first, last = reading.sentence(head)
        edges = [
            cue.span.end,
            *([source.end] if source else []),
            *[end for start, end in taken if start >= cue.span.end and end - start < 60],
        ]
        for entity in _between(reading, first, last):
            start, end = int(reading.starts[entity[0]]), int(reading.ends[entity[1] - 1])
            is_age = self.text[start:end].isdigit() and end - start < 4
            is_vague = entity[1] - entity[0] == 1 and reading.morph[entity[0]] == "Plur"
            if is_age or is_vague or not self.free(start, end, taken) or self.is_junk(start, end):
                continue
            top = reading.head_of(start, end)
            begin = start
            if entity[0] > first and reading.lower(entity[0] - 1) in (
                "on",
                "in",
                "at",
                "late",
                "early",
                "earlier",
                "since",
                "during",
            ):
                begin = int(reading.starts[entity[0] - 1])
            hangs = (
                top is not None
                and int(reading.heads[top]) == head
                and reading.deps[top].startswith(("obl", "advmod", "nmod", "dep"))
            )
            beside = any(edge <= begin and self.text[edge:begin].strip(_EDGES + ",") == "" for edge in edges)
            if (hangs or beside) and self.free(begin, end, taken):
                date = resolve(self.text[begin:end], self.published)
                return self.span(begin, end), date
        return None, None

    def venue(self, head: int | None, taken: Pieces) -> Span | None:
        """Where or in what it was said: a phrase on the cue that names a medium or an occasion."""
        if head is None:
            return None
        reading = self.reading
        for child in reading.children(head, "obl", "nmod"):
            case = [reading.lower(c) for c in reading.children(child, "case")]
            if not case or case[0] not in ("in", "on", "at", "during", "via", "through", "by"):
                continue
            noun = lemma(reading.word(child), reading.upos[child]).lower()
            _first, _last = reading.subtree(child)
            names = " ".join(reading.lower(t) for t in range(child - 1, child + 1)) if child else noun
            if noun in _venues() or names in _venues() or reading.lower(child) in _venues():
                start, end = self.before_date(child, *noun_phrase(self.reading, child))
                if start < end and end - start <= 150 and self.free(start, end, taken) and not self.is_junk(start, end):
                    return self.span(start, end)
        return None

    def before_date(self, noun: int, start: int, end: int) -> tuple[int, int]:
        """A phrase cut before the date that the parse hung on it: "at a news conference | on Thursday"."""
        reading = self.reading
        tokens = reading.tokens_in(start, end)
        for first, _ in _between(reading, noun + 1, tokens.stop):
            cut = first - 1 if reading.upos[first - 1] == "ADP" and first - 1 > noun else first
            return self.trim(start, int(reading.starts[cut]), _EDGES + ",;")
        return start, end

    # ---- attributions without a frame of the reader ----------------------------------------------------------

    def phrases(self, drafts: list[Attribution]) -> Iterator[Attribution]:
        """Source phrases ("according to X") and what somebody asks or promises, where the reader left them alone."""
        taken = [(s.start, s.end) for a in drafts for s in (*a.content, a.source, a.cue and a.cue.span) if s]
        taken.sort()
        spoken = sorted((q.span.start, q.span.end) for q in self.quotes if q.is_speech and q.parent_id is None)
        clauses = (find_asides, find_figures, find_views, find_clauses)
        for told in itertools.chain(
            *(find(self.reading) for find in (find_source_phrases, find_undertakings)),
            # Clauses inside a quotation are of whom its speaker tells (`inner`).
            (told for find in clauses for told in find(self.reading) if not _is_inside(told.cue[0], spoken)),
        ):
            own = [told.source, told.cue, *told.contents]
            first, last = min(start for start, _ in own), max(end for _, end in own)
            if any(start < last and end > first for start, end in taken[: bisect_left(taken, (last, last))][-12:]):
                continue
            attribution = self.built(told.source, told.cue, self.contents(list(told.contents)), 0.6)
            if attribution is not None:
                taken = sorted([*taken, *own])
                yield attribution

    def announced_blocks(self, drafts: list[Attribution]) -> Iterator[Attribution]:
        """Blocks without marks that a sentence with a verb of saying announces, where the reader left them alone."""
        held = sorted((s.start, s.end) for a in drafts for s in a.content)
        for _, end in self.paragraphs[:-1]:
            block = self.block_after(end - 1) if self.text[end - 1] == ":" else []
            if not block or any(start < block[-1][1] for start, _ in held[bisect_left(held, (block[0][0] - 3,)) :][:1]):
                continue
            told = find_announcement(self.reading, end)
            if told is not None and self.has_verb(*block[0]):
                attribution = self.built(told.source, told.cue, block, 0.5)
                if attribution is not None:
                    yield attribution

    def inner(self, drafts: list[Attribution]) -> Iterator[Attribution]:
        """Reports inside what somebody says, but those that are known already by their cue."""
        known = {draft.cue.span.start for draft in drafts if draft.cue is not None}
        for outer in drafts:
            for span in outer.content:
                for told in find_inner(self.reading, span.start, span.end, is_quoted=outer.kind == "direct"):
                    if told.cue[0] in known:
                        continue
                    known.add(told.cue[0])
                    content = [self.clause(*piece) for piece in told.contents]
                    if outer.kind == "direct":
                        # The outer quotation's closing mark is not of what is told in it.
                        said = span.text[:-1] if span.text[-1] in _CLOSERS else span.text
                        inside = span.start + len(said.rstrip(","))
                        content = [(start, min(end, inside)) for start, end in content]
                    if any(c in _OPENERS for c in self.text[told.cue[1] : content[0][0]]):
                        # A quotation inside a quotation is found by its marks.
                        continue
                    attribution = self.built(told.source, told.cue, content, 0.8 * outer.confidence)
                    if attribution is not None:
                        yield self.within(attribution)

    def inner_quotes(self, drafts: list[Attribution]) -> Iterator[Attribution]:
        """Quotations inside a quotation that somebody there says: ‘In three years he said “Not bad” to me once’."""
        cues = {draft.cue.span.start for draft in drafts if draft.cue is not None}
        starts = {span.start for draft in drafts for span in draft.content}
        outer = {quote.id for quote in self.quotes if quote.is_speech}
        for quote in self.quotes:
            start, end = quote.span.start, quote.span.end
            if not quote.is_speech or quote.parent_id not in outer or start in starts:
                continue
            verb = bisect_left(self.reading.starts, start) - 1
            while verb > 0 and self.reading.word(verb) in (",", ":"):
                verb -= 1
            if verb < 1 or not is_saying(self.reading, verb) or int(self.reading.starts[verb]) in cues:
                continue
            if lemma(self.reading.word(verb), "VERB").lower() in NAMING:
                continue
            source = subject_of(self.reading, verb)
            cue = int(self.reading.starts[verb]), int(self.reading.ends[verb])
            if source is not None and source[1] <= cue[0]:
                attribution = self.built(source, cue, [(start, end)], 0.5)
                if attribution is not None:
                    yield self.within(attribution)

    def within(self, attribution: Attribution) -> Attribution:
        """An attribution inside another's content, which keeps only the quotations that lie in its own."""
        spans = attribution.content
        own = [q for q in self.quotes if q.id in attribution.quote_ids]
        own = [q for q in own if any(s.start <= q.span.start and q.span.end <= s.end for s in spans)]
        kind = attribution.kind if own else "indirect"
        return attribution.model_copy(update={"quote_ids": tuple(q.id for q in own), "kind": kind})

    def headlines(self, drafts: list[Attribution]) -> Iterator[Attribution]:
        """Headlines that the reader left alone: "…: Minister Lavrov", "… - police", "Mayor: …"."""
        held = sorted((a.content[0].start, a.content[-1].end) for a in drafts)
        position = 0
        for line in self.text.split("\n")[:_MOST_HEAD_LINES]:
            start, end = self.trim(position, position + len(line), _EDGES)
            position += len(line) + 1
            if not 0 < end - start <= _LONGEST_HEADLINE or self.is_junk(start, end) or self.text[end - 1] in ".!?":
                continue
            in_line = held[bisect_left(held, (start,)) : bisect_left(held, (end,))]
            for content, cue, source in self.headline_parts(start, end):
                half = (content[1] - content[0]) / 2
                if any(stop - begin > half for begin, stop in in_line) or len(self.text[slice(*content)].split()) < 3:
                    continue
                yield Attribution(
                    id="a0",
                    kind=self.kind([content]),
                    source=self.span(*source),
                    cue=Cue(span=self.span(*cue), lemma=self.text[slice(*cue)], category="speech"),
                    content=(self.span(*content),),
                    quote_ids=self.quotes_in([content]),
                    confidence=0.6,
                )
                break

    def headline_parts(
        self, start: int, end: int
    ) -> Iterator[tuple[tuple[int, int], tuple[int, int], tuple[int, int]]]:
        """Ways to read a line as content, cue and source."""
        text, edges = self.text, _EDGES + "\"'“”‘’"
        colon = text.rfind(":", start, end)
        if colon > start:
            name = self.trim(colon + 1, end, edges)
            if self.is_speaker(*name):
                yield self.trim(start, colon, _EDGES), (colon, colon + 1), name
        for dash in ("-", "–", "—"):
            at = text.rfind(f" {dash} ", start, end) + 1
            if at > 0:
                name = self.trim(at + 1, end, edges)
                # A page's own name stands there too ("… - The Daily Star"): only those who are told by a noun.
                if self.is_speaker(*name, named=False):
                    yield self.trim(start, at, _EDGES), (at, at + 1), name
        clock = _CLOCK.match(text, start, end)
        if clock is not None:
            start = clock.end()
        colon = text.find(": ", start, end)
        if colon > start:
            name, content = self.trim(start, colon, edges), self.trim(colon + 1, end, _EDGES)
            opens = self.reading.tokens_in(*content)[:1]
            # "Mayor: Jane Roe" is an entry of a list.
            is_said = self.has_verb(*content) or (opens and self.reading.upos[opens[0]] not in ("PROPN", "NUM"))
            if self.is_speaker(*name, named=False) and is_said:
                yield content, (colon, colon + 1), name

    def has_verb(self, start: int, end: int) -> bool:
        return any(self.reading.upos[t] in ("VERB", "AUX") for t in self.reading.tokens_in(start, end))

    def with_laid(self, drafts: list[Attribution]) -> list[Attribution]:
        """Adds what the page's layout attributes, in place of what the reader made of the same words."""
        paragraphs = [bounds for bounds in self.paragraphs if not self.is_junk(*bounds)]
        quoted = [(q.span.start, q.span.end) for q in self.quotes if q.is_speech and q.parent_id is None]
        result = drafts
        dashed = [
            Laid(turn.tag.source, turn.tag.cue, turn.pieces, None, 0.8)
            for turn in find_dashed(self.reading, paragraphs)
            if turn.tag is not None
        ]
        for laid in (*find_laid(self.text, paragraphs, quoted), *dashed):
            labels = [bounds for bounds in (laid.source, laid.cue) if bounds is not None]
            result = [a for a in result if not _takes_from(a, labels) and not _is_most_of(a, laid.content)]
            time = self.span(*laid.time) if laid.time is not None else None
            result.append(
                Attribution(
                    id="a0",
                    kind="direct",
                    source=self.span(*laid.source) if laid.source is not None else None,
                    cue=self.cue(*laid.cue)[0] if laid.cue is not None else None,
                    content=tuple(self.span(*piece) for piece in laid.content),
                    time=time,
                    date=resolve(time.text, self.published) if time is not None else None,
                    quote_ids=self.quotes_in(list(laid.content)),
                    confidence=laid.confidence,
                )
            )
        return result

    def is_speaker(self, start: int, end: int, *, named: bool = True) -> bool:
        """Whether the characters are a short noun phrase for somebody: by a noun ("police"), or by a name."""
        reading = self.reading
        tokens = reading.tokens_in(start, end)
        if not 1 <= len(tokens) <= _LONGEST_HEADLINE_SOURCE or start >= end:
            return False
        if any(reading.upos[t] not in ("PROPN", "NOUN", "ADJ", "DET", "ADP", "PUNCT", "NUM", "PART") for t in tokens):
            return False
        last = tokens[-1]
        noun = lemma(reading.word(last), "NOUN").lower()
        if reading.upos[last] in ("NOUN", "PROPN") and (noun in speaker_nouns() or (not named and noun in people())):
            return True
        return named and any(
            e.label in ("PERSON", "ORG", "LOC") and e.first < tokens.stop and e.last > tokens.start
            for e in reading.entities
        )

    def alone(self, drafts: list[Attribution]) -> Iterator[tuple[Quote, Pieces]]:
        """Speech in quotation marks that no attribution holds, and its pieces with their marks."""
        held = {quote_id for a in drafts for quote_id in a.quote_ids}
        covered = sorted((s.start, s.end) for a in drafts for s in a.content)
        starts = [start for start, _ in covered]
        for quote in self.quotes:
            if not quote.is_speech or quote.parent_id is not None or quote.id in held:
                continue
            pieces = self.without_junk(_with_marks(quote, i) for i in range(len(quote.content)))
            overlap = sum(
                max(0, min(end, stop) - max(start, begin))
                for start, end in pieces
                for begin, stop in covered[max(0, bisect_right(starts, start) - 8) : bisect_left(starts, end)]
            )
            if pieces and overlap <= 0.2 * sum(end - start for start, end in pieces):
                yield quote, pieces

    def tagged(self, drafts: list[Attribution]) -> Iterator[Attribution]:
        """Speech in quotation marks that the reader left alone, and whose tag stands beside it."""
        cues = sorted((a.cue.span.start, a.cue.span.end) for a in drafts if a.cue is not None)
        for quote, pieces in self.alone(drafts):
            tag = find_tag(self.reading, quote.span.start, quote.span.end)
            if tag is None or any(start < tag.cue[1] for start, _ in cues[bisect_left(cues, tag.cue) :][:1]):
                continue
            attribution = self.built(tag.source, tag.cue, pieces, 0.5)
            if attribution is not None:
                yield attribution

    def with_untagged(self, drafts: list[Attribution]) -> list[Attribution]:
        """Adds the speech in quotation marks that no frame holds.

        What follows the tag of a quotation in the same paragraph belongs to that quotation's attribution (“A,” she
        said. “B.”); other speech becomes an attribution without source and cue.
        """
        alone = list(self.alone(drafts))
        drafts = sorted(drafts, key=_last_character)
        ends = [_last_character(a) for a in drafts]
        result = []
        for quote, pieces in alone:
            spans = tuple(self.span(start, end) for start, end in pieces)
            before = bisect_right(ends, pieces[0][0]) - 1
            if before >= 0 and self.continues(drafts[before], pieces[0][0]):
                draft = drafts[before]
                drafts[before] = draft.model_copy(
                    update={"content": (*draft.content, *spans), "quote_ids": (*draft.quote_ids, quote.id)}
                )
                ends[before] = pieces[-1][1]
            else:
                result.append(Attribution(id="a0", kind="direct", content=spans, quote_ids=(quote.id,), confidence=0.5))
        return [*drafts, *result]

    def in_turns(self, drafts: list[Attribution]) -> list[Attribution]:
        """Where people talk with each other, takes from a tag the quotations of other paragraphs: others say those."""
        if not is_dialogue(find_turns(self.quotes, self.paragraphs)):
            return drafts
        by_id = {quote.id: quote for quote in self.quotes}
        result = []
        for draft in drafts:
            parts: dict[int, list[Quote]] = {}
            for quote in (by_id[quote_id] for quote_id in draft.quote_ids):
                if quote.parent_id is None:
                    parts.setdefault(bisect_right(self.paragraph_starts, quote.span.start), []).append(quote)
            if draft.kind != "direct" or len(parts) < 2:
                result.append(draft)
                continue
            tag = draft.content[0] if draft.cue is None else draft.cue.span
            home = bisect_right(self.paragraph_starts, tag.start)
            # A tag alone in its paragraph introduces what follows.
            own = min(parts, key=lambda number: (abs(number - home), number < home))
            for number, quotes in sorted(parts.items()):
                spoken = {
                    "content": tuple(
                        self.span(start, end)
                        for quote in quotes
                        for start, end in self.without_junk(_with_marks(quote, i) for i in range(len(quote.content)))
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

    def continues(self, draft: Attribution, start: int) -> bool:
        """Whether a quotation that starts at an offset goes on with what a tagged one before it says."""
        end = _last_character(draft)
        if draft.cue is None or draft.content[0].start > draft.cue.span.start:
            return False
        if not draft.quote_ids and (draft.content[-1].end == end or draft.source is None):
            return False
        if bisect_right(self.paragraph_starts, end - 1) != bisect_right(self.paragraph_starts, start):
            return False
        # Nothing but the rest of the tag's own sentence stands between the two.
        gap = self.reading.tokens_in(end, start)
        begins_between = any(self.reading.sent_starts[t] for t in gap if self.reading.upos[t] not in ("PUNCT", "SPACE"))
        return start - end <= _LONGEST_TAG and not begins_between


def _takes_from(attribution: Attribution, bounds: Sequence[tuple[int, int]]) -> bool:
    """Whether a span of an attribution runs into given characters."""
    spans = [*attribution.content, attribution.source, attribution.cue.span if attribution.cue else None]
    return any(s is not None and s.start < end and s.end > start for s in spans for start, end in bounds)


def _is_most_of(attribution: Attribution, pieces: Sequence[tuple[int, int]]) -> bool:
    """Whether an attribution's content is most of given pieces, or says whose they are from outside."""
    total = sum(end - start for start, end in pieces)
    common = sum(
        max(0, min(end, span.end) - max(start, span.start)) for span in attribution.content for start, end in pieces
    )
    return 2 * common > total


def _with_contents(frame: Frame, contents: set[int]) -> Frame:
    return frame._replace(contents=tuple(sorted(contents)))


def _last_character(attribution: Attribution) -> int:
    """Where an attribution ends: the last of its source, cue and content."""
    spans = [*attribution.content, *([attribution.cue.span] if attribution.cue else []), attribution.source]
    return max(span.end for span in spans if span is not None)


def _with_marks(quote: Quote, piece: int) -> tuple[int, int]:
    """A piece of a quotation with the marks that stand at it."""
    start = quote.span.start if piece == 0 else quote.content[piece].start
    end = quote.span.end if piece == len(quote.content) - 1 else quote.content[piece].end
    if piece > 0:
        # The mark that opens the next paragraph stands right before its words.
        text, offset = quote.span.text, quote.span.start
        while start > quote.span.start and text[start - 1 - offset] in _OPENERS:
            start -= 1
    return start, end


def _between(reading: Reading, first: int, last: int) -> list[tuple[int, int]]:
    """Dates and times among the tokens of a sentence."""
    begin = bisect_left(reading.entities, first, key=lambda e: e.first)
    found = []
    for entity in reading.entities[begin:]:
        if entity.first >= last:
            break
        if entity.label in ("DATE", "TIME"):
            found.append((entity.first, entity.last))
    return found


def _is_inside(offset: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether an offset lies in one of some spans, in text order."""
    at = bisect_left(spans, (offset, offset)) - 1
    return at >= 0 and spans[at][0] <= offset < spans[at][1]
