"""Quotation marks paired, nested and joined over paragraphs; and which of the words in them somebody says."""

from __future__ import annotations

import functools
import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from quotekit.dashes import find_dashed
from quotekit.lemma import lemma
from quotekit.lexicon import load_table
from quotekit.marks import Mark, find_marks
from quotekit.paragraphs import find_paragraphs
from quotekit.reader.reading import Reading
from quotekit.types import Extraction, Quote, Span

Bounds = tuple[int, int]

_DEEPEST = 24
"""Levels of nesting; deeper marks are left out, so that a text of marks alone costs no more than another."""
_LONGEST_GAP = 3
"""Paragraphs without a mark over which a quotation may run that closes without opening each of them again."""
_FAMILIES = {
    **dict.fromkeys("“”„‟〝〞〟", "curly"),
    **dict.fromkeys("«»", "guillemet"),
    **dict.fromkeys('"＂', "straight"),
    **dict.fromkeys(("''", "``", "´´"), "doubled"),
    **dict.fromkeys(("‘‘", "’’"), "doubled curly"),
    **dict.fromkeys("‘’‚‛", "single curly"),
    **dict.fromkeys("‹›", "single guillemet"),
    **dict.fromkeys("'`´＇", "single straight"),
}
_ENDS = ",.!?…;—–-"
_DASHES = "—–―"


class Pair(NamedTuple):
    """A pair of quotation marks and what stands between them.

    >>> Pair(0, 4, ((1, 3),), None, True).parent is None
    True
    """

    start: int
    """Offset of the opening mark."""
    end: int
    """Offset after the closing mark; after the last word where there is none."""
    pieces: tuple[Bounds, ...]
    """What stands inside the marks: one piece a paragraph, without white space at its edges."""
    parent: int | None
    """Index of the pair around this one."""
    closed: bool
    """Whether the pair has its closing mark."""


def find_quotes(reading: Reading, extraction: Extraction) -> Extraction:
    """Finds everything in quotation marks, and tells speech from titles, nicknames, terms and scare quotes.

    Args:
        reading: The reading of ``extraction.text``.
        extraction: With its document information, if any: no quotation runs into a line of page junk.

    Returns:
        The extraction with quotes, in text order.

    >>> reading = Reading.from_rows("“No.”", [(0, 1, "PUNCT", "punct", 1), (1, 3, "INTJ", "root", 1),
    ...                                       (3, 4, "PUNCT", "punct", 1), (4, 5, "PUNCT", "punct", 1)])
    >>> [(quote.content[0].text, quote.is_speech) for quote in find_quotes(reading, Extraction(text="“No.”")).quotes]
    [('No.', True)]
    """
    text = extraction.text
    junk = [(s.start, s.end) for s in extraction.document.boilerplate] if extraction.document else []
    stops = sorted(role.start for role in reading.roles if role.role != "content")
    paragraphs = [bounds for bounds in find_paragraphs(text) if not _overlaps(junk, *bounds)]
    dashed = [piece for turn in find_dashed(reading, paragraphs) for piece in turn.pieces]
    pairs = _with_dashed(text, pair_marks(text, junk=junk, stops=stops), dashed)
    said = set(dashed)
    judge = _Judge(reading, pairs)
    quotes = []
    for i, pair in enumerate(pairs):
        quotes.append(
            Quote(
                id=f"q{i + 1}",
                span=Span.of(text, pair.start, pair.end),
                content=tuple(Span.of(text, start, end) for start, end in pair.pieces),
                parent_id=None if pair.parent is None else f"q{pair.parent + 1}",
                is_speech=(pair.start, pair.end) in said or judge.is_speech(i),
            )
        )
    return extraction.model_copy(update={"quotes": tuple(quotes)})


def _overlaps(junk: Sequence[Bounds], start: int, end: int) -> bool:
    at = bisect_right(junk, start, key=lambda piece: piece[1])
    return at < len(junk) and junk[at][0] < end


def _with_dashed(text: str, pairs: list[Pair], dashed: Sequence[Bounds]) -> list[Pair]:
    """Pairs of marks and the speech behind dashes, an outer one before those in it."""
    if not dashed:
        return pairs
    found = [(pair.start, pair.end, pair.pieces, pair.closed) for pair in pairs]
    for start, end in dashed:
        inside = start
        while text[inside] in _DASHES or text[inside].isspace():
            inside += 1
        found.append((start, end, ((inside, end),), True))
    return _nested(text, found)


# ---- pairing -------------------------------------------------------------------------------------------------


@dataclass
class _Open:
    """A quotation that is open."""

    mark: Mark
    """The mark that opened it, or that opened it again in this paragraph."""
    family: str
    start: int
    inside: int
    """Where the piece of this paragraph starts."""
    index: int
    """The mark's index in the paragraph; -1 where the paragraph did not open it again."""
    pieces: list[Bounds] = field(default_factory=list)
    gap: int = 0
    """Paragraphs without a mark since."""


def pair_marks(text: str, *, junk: Sequence[Bounds] = (), stops: Sequence[int] = ()) -> list[Pair]:
    """Pairs the quotation marks of a text.

    Marks pair by kind and direction. A speech of several paragraphs that opens each of them and closes once is one
    pair. A mark that is never closed ends at the paragraph's end at the latest, and one that was never opened counts
    for nothing, so that one lost mark costs one quotation.

    Args:
        text: Any text.
        junk: Pieces of the text that hold no quotation, in text order: page junk.
        stops: Offsets at which somebody is named who speaks, sorted: a quotation without its closing mark ends there.

    Returns:
        The pairs in text order, an outer one before those in it.

    >>> text = "“It’s ‘so’,” he said."
    >>> [(text[pair.start:pair.end], pair.parent) for pair in pair_marks(text)]
    [('“It’s ‘so’,”', None), ('‘so’', 0)]
    """
    marks = [mark for mark in find_marks(text) if mark.side in ("open", "close")]
    starts = [mark.start for mark in marks]
    pairing = _Pairing(text, stops)
    segments = [
        (marks[bisect_left(starts, start) : bisect_left(starts, end)], start, end, joined)
        for (start, end), joined in _segments(text, junk)
    ]
    for at, (inside, start, end, joined) in enumerate(segments):
        if not joined:
            pairing.give_up(0)
        if inside or pairing.stack:
            below = itertools.takewhile(lambda segment: segment[3], segments[at + 1 : at + _LONGEST_GAP])
            pairing.read(inside, start, end, [segment[0] for segment in below])
    pairing.give_up(0)
    return _nested(text, pairing.found)


def _segments(text: str, junk: Sequence[Bounds]) -> Iterable[tuple[Bounds, bool]]:
    """Paragraphs without page junk, each with whether no junk stands between it and the one before."""
    at = 0
    joined = True
    for start, end in find_paragraphs(text):
        while at < len(junk) and junk[at][1] <= start:
            at += 1
            joined = False
        while at < len(junk) and junk[at][0] < end:
            if start < junk[at][0]:
                yield (start, junk[at][0]), joined
            joined = False
            start = junk[at][1]
            if start >= end:
                break
            at += 1
        if start < end:
            yield (start, end), joined
            joined = True


class _Pairing:
    """The pairing of one text, paragraph by paragraph."""

    def __init__(self, text: str, stops: Sequence[int]) -> None:
        self.text = text
        self.stops = stops
        self.stack: list[_Open] = []
        self.found: list[tuple[int, int, tuple[Bounds, ...], bool]] = []

    def read(self, marks: Sequence[Mark], start: int, end: int, below: Sequence[Sequence[Mark]]) -> None:
        """Reads one paragraph, ``text[start:end]``, with the marks in it, knowing those of the next ones."""
        shapes = [_FAMILIES[self.text[mark.start : mark.end]] for mark in marks]
        partner = _partners(marks, shapes)
        first = self._resume(marks, shapes, partner, start, below)
        place = {frame.index: depth for depth, frame in enumerate(self.stack) if frame.index >= 0}
        for at in range(first, len(marks)):
            mark, family = marks[at], shapes[at]
            if mark.side == "open":
                self._shed(family, partner, mark.start, place)
                if len(self.stack) < _DEEPEST:
                    place[at] = len(self.stack)
                    self.stack.append(_Open(mark, family, mark.start, mark.end, at))
                continue
            depth = self._closes(at, partner, mark, family, place)
            if depth is None:
                continue
            for frame in self.stack[depth + 1 :]:
                if frame.mark.kind == "double":
                    self._keep(frame, mark.start, mark.start, closed=False)
            frame = self.stack[depth]
            self._keep(frame, mark.start, mark.end, closed=True)
            self._cut(depth, place)
        for depth, frame in enumerate(self.stack):
            if frame.index >= 0 and self._stop(frame.inside, end) < end:
                # Somebody is named who speaks: the closing mark was lost before that, and nothing is carried on.
                self.give_up(depth, end)
                break
            frame.pieces.append((frame.inside, end))

    def _resume(
        self,
        marks: Sequence[Mark],
        shapes: list[str],
        partner: list[int | None],
        start: int,
        below: Sequence[Sequence[Mark]],
    ) -> int:
        """Carries what is open into a new paragraph; returns the first mark that is not used up by that."""
        at = depth = 0
        edge = start
        while depth < len(self.stack) and at < len(marks) and marks[at].side == "open":
            frame = self.stack[depth]
            # After a paragraph that did not open it again, a mark opens another one.
            if self.text[edge : marks[at].start].strip() or shapes[at] != frame.family or frame.gap:
                break
            frame.mark, frame.inside, frame.index = marks[at], marks[at].end, at
            edge = marks[at].end
            at += 1
            depth += 1
        if depth == 0 and self.stack and self._runs_on(marks, shapes, partner, below):
            frame = self.stack[0]
            frame.inside, frame.index = start, -1
            frame.gap += 1
            depth = 1
        self.give_up(depth)
        return at

    def _runs_on(
        self, marks: Sequence[Mark], shapes: list[str], partner: list[int | None], below: Sequence[Sequence[Mark]]
    ) -> bool:
        """Whether an open quotation goes on without opening again: a mark that closes nothing else comes first."""
        frame = self.stack[0]
        if frame.mark.kind == "single" or frame.gap >= _LONGEST_GAP:
            return False
        double = next((i for i, mark in enumerate(marks) if mark.kind == "double"), None)
        if double is None:
            # A mark whose shape says that it opens is worth waiting for; any other only if its partner is in sight.
            return frame.family in ("curly", "guillemet") or self._closes_below(below)
        return shapes[double] == frame.family and marks[double].side == "close" and partner[double] is None

    def _closes_below(self, below: Sequence[Sequence[Mark]]) -> bool:
        """Whether a mark that can only close what is open comes first in the paragraphs to come."""
        left = _LONGEST_GAP - self.stack[0].gap - 1
        for marks in below[:left]:
            double = next((i for i, mark in enumerate(marks) if mark.kind == "double"), None)
            if double is not None:
                shapes = [_FAMILIES[self.text[mark.start : mark.end]] for mark in marks]
                is_closing = marks[double].side == "close" and _partners(marks, shapes)[double] is None
                return is_closing and shapes[double] == self.stack[0].family
        return False

    def _shed(self, family: str, partner: list[int | None], limit: int, place: dict[int, int]) -> None:
        """Ends a quotation that lost its closing mark, where another of its kind opens in the same paragraph."""
        for depth in range(len(self.stack) - 1, -1, -1):
            frame = self.stack[depth]
            if frame.family == family:
                if frame.index >= 0 and partner[frame.index] is None:
                    for lost in self.stack[depth:]:
                        place.pop(lost.index, None)
                    self.give_up(depth, limit)
                return

    def _closes(self, at: int, partner: list[int | None], mark: Mark, family: str, place: dict[int, int]) -> int | None:
        """Depth of the quotation that a mark closes."""
        own = partner[at]
        if own is not None:
            return place.get(own)
        for depth in range(len(self.stack) - 1, -1, -1):
            frame = self.stack[depth]
            # One that runs on from the paragraph before, or that was opened with a mark of another shape.
            if frame.mark.kind == mark.kind and (frame.index < 0 or partner[frame.index] is None):
                mixed = frame.family != family and "guillemet" in frame.family + family
                return None if mixed else depth
        return None

    def _cut(self, depth: int, place: dict[int, int]) -> None:
        for frame in self.stack[depth:]:
            place.pop(frame.index, None)
        del self.stack[depth:]

    def _stop(self, start: int, end: int) -> int:
        at = bisect_left(self.stops, start)
        return min(self.stops[at], end) if at < len(self.stops) else end

    def give_up(self, depth: int, limit: int | None = None) -> None:
        """Ends the open quotations from a depth on, which have lost their closing marks."""
        for frame in self.stack[depth:]:
            if limit is not None:
                frame.pieces.append((frame.inside, self._stop(frame.inside, limit)))
            if frame.gap:
                # Nothing came of waiting for the closing mark.
                frame.pieces = frame.pieces[: -frame.gap]
            if frame.mark.kind == "single" and (depth > 0 or not self._opens_speech(frame)):
                continue
            end = frame.pieces[-1][1]
            self._keep(frame, None, end, closed=False)
        del self.stack[depth:]

    def _opens_speech(self, frame: _Open) -> bool:
        """Whether a single mark without a partner stands where speech begins; else it is some apostrophe."""
        before = self.text[max(0, frame.start - 3) : frame.start].rstrip(" ")
        return self.text[frame.start + 1 : frame.start + 2].isupper() and (
            not before or before[-1] in "\n\r,:\u2028\u2029"
        )

    def _keep(self, frame: _Open, inside_end: int | None, end: int, *, closed: bool) -> None:
        pieces = frame.pieces if inside_end is None else [*frame.pieces, (frame.inside, inside_end)]
        trimmed = []
        for start, stop in pieces:
            while start < stop and self.text[start].isspace():
                start += 1
            while stop > start and self.text[stop - 1].isspace():
                stop -= 1
            if start < stop:
                trimmed.append((start, stop))
        if not trimmed:
            return
        self.found.append((frame.start, end if closed else trimmed[-1][1], tuple(trimmed), closed))


def _partners(marks: Sequence[Mark], families: list[str]) -> list[int | None]:
    """Within one paragraph, for each mark the index of the mark of its family that pairs with it."""
    partner: list[int | None] = [None] * len(marks)
    waiting: dict[str, list[int]] = {}
    for at, (mark, family) in enumerate(zip(marks, families, strict=True)):
        stack = waiting.setdefault(family, [])
        if mark.side == "open":
            stack.append(at)
        elif stack:
            partner[at] = stack.pop()
            partner[partner[at] or 0] = at
    return partner


def _nested(text: str, found: list[tuple[int, int, tuple[Bounds, ...], bool]]) -> list[Pair]:
    """Sorts pairs and says which lies in which; pairs that hold no word, or cross another, are left out."""
    found.sort(key=lambda pair: (pair[0], -pair[1]))
    pairs: list[Pair] = []
    around: list[int] = []
    for start, end, pieces, closed in found:
        if not any(c.isalnum() or c in "…?!—–" for a, b in pieces for c in text[a:b]):
            continue
        while around and pairs[around[-1]].end <= start:
            around.pop()
        if around and pairs[around[-1]].end < end:
            continue
        around_now = around[-1] if around else None
        around.append(len(pairs))
        pairs.append(Pair(start, end, pieces, around_now, closed))
    return pairs


# ---- speech or not -------------------------------------------------------------------------------------------


@functools.cache
def _quoted_names() -> dict[str, str]:
    return {row[0]: row[1] for row in load_table("quoted_names")}


@functools.cache
def _reporting() -> frozenset[str]:
    """Lemmas of verbs that report speech or writing."""
    return frozenset(row[0] for row in load_table("cues") if row[1] in ("speech", "writing"))


_LOOK = 40
"""Tokens of a quotation that are looked at: whether words are speech shows at their edges."""


class _Judge:
    """Says which quotations are speech."""

    def __init__(self, reading: Reading, pairs: Sequence[Pair]) -> None:
        self.reading = reading
        self.text = reading.text
        self.pairs = pairs
        self.roles = reading.roles
        self.role_starts = [role.start for role in reading.roles]
        self.paragraph_starts = frozenset(start for start, _ in find_paragraphs(reading.text))
        self.people = frozenset(
            t for entity in reading.entities if entity.label == "PERSON" for t in range(entity.first, entity.last)
        )

    def is_speech(self, index: int) -> bool:
        pair = self.pairs[index]
        form = self._form(pair)
        return self._decide(pair, form)

    def _decide(self, pair: Pair, form: _Form) -> bool:
        if not form.words:
            # “…” and “?!” are speech where they stand for a turn of talk.
            return pair.start in self.paragraph_starts
        if self._is_nickname(pair, form):
            return False
        inside, exact = self._in_content(pair)
        nested = pair.parent is not None
        if exact and not nested:
            return not self._is_named(form, strict=True)
        if self._is_named(form, strict=False):
            return False
        if form.title_case and not form.ends and form.length > 1 and not self._is_reported(pair, form):
            return False
        if inside and not nested:
            return True
        return self._sounds_said(pair, form, nested)

    def _sounds_said(self, pair: Pair, form: _Form, nested: bool) -> bool:
        """Speech by its form alone: reported by what stands beside it, or a turn of talk of its own."""
        if self._overlaps_source(pair):
            return False
        if self._is_reported(pair, form):
            return True
        opens = pair.start in self.paragraph_starts
        before = self.text[max(0, pair.start - 3) : pair.start].rstrip()
        after_stop = opens or before[-1:] in (".", "!", "?", ":", "—", "”", '"', "’", "…")
        if nested:
            return form.upper and form.finite and (before[-1:] in (",", ":") or after_stop) and form.length > 2
        if form.ends and (opens or (not form.title_case and (after_stop or before[-1:] == ","))):
            return True
        return form.upper and form.finite and form.length > 3 and not form.title_case

    def _form(self, pair: Pair) -> _Form:
        reading = self.reading
        start, end = pair.pieces[0][0], pair.pieces[-1][1]
        first = bisect_right(reading._ends, start)
        tokens = []
        for token in range(first, min(first + _LOOK, len(reading))):
            if reading._starts[token] >= end:
                break
            tokens.append(token)
        words = [t for t in tokens if reading.upos[t] not in ("PUNCT", "SPACE", "SYM")]
        finite = any(
            reading.upos[t] in ("VERB", "AUX") and reading.morph[t] not in ("Inf", "Ger", "PastPart", "PresPart")
            for t in words
        )
        content = [
            reading.word(t) for t in words if reading.upos[t] in ("NOUN", "PROPN", "VERB", "ADJ", "ADV", "PRON", "AUX")
        ]
        upper = bool(words) and reading.word(words[0])[:1].isupper()
        title_case = upper and len(content) > 0 and all(w[:1].isupper() or w[:1].isdigit() for w in content)
        return _Form(words, len(words), finite, upper, title_case, self.text[end - 1] in _ENDS)

    def _in_content(self, pair: Pair) -> tuple[bool, bool]:
        """Whether a content of the reader covers most of the quotation, and whether it begins or ends with it."""
        total = sum(end - start for start, end in pair.pieces)
        covered = 0
        exact = False
        for start, end in pair.pieces:
            at = max(0, bisect_right(self.role_starts, start) - 1)
            while at < len(self.roles) and self.roles[at].start < end:
                role = self.roles[at]
                at += 1
                overlap = min(role.end, end) - max(role.start, start)
                if role.role == "content" and overlap > 0:
                    covered += overlap
                    exact = exact or abs(role.start - start) <= 2
        inside = 2 * covered >= total
        return inside, inside and exact

    def _overlaps_source(self, pair: Pair) -> bool:
        at = max(0, bisect_right(self.role_starts, pair.start) - 1)
        return at < len(self.roles) and self.roles[at].role == "source" and self.roles[at].end > pair.start + 1

    def _beside(self, pair: Pair) -> tuple[int | None, int | None]:
        """The words right before and after a quotation, over commas and colons."""
        reading = self.reading
        before: int | None = bisect_right(reading._ends, pair.start) - 1
        after: int | None = bisect_right(reading._ends, pair.end - 1)
        if after is not None and after < len(reading) and reading._starts[after] < pair.end:
            after += 1
        while before is not None and before >= 0 and reading.upos[before] in ("PUNCT", "SPACE"):
            if reading.word(before) not in (",", ":") and not reading.word(before).isspace():
                before = None
                break
            before -= 1
        while after is not None and after < len(reading) and reading.upos[after] in ("PUNCT", "SPACE"):
            if reading.word(after) not in (",", "—", "–", "-"):
                after = None
                break
            after += 1
        return (
            before if before is not None and before >= 0 else None,
            after if after is not None and after < len(reading) else None,
        )

    def _is_reported(self, pair: Pair, form: _Form) -> bool:
        """Whether a verb of saying stands beside the quotation, or the reader's cue."""
        reading = self.reading
        before, after = self._beside(pair)
        for token in (before, after):
            if token is None:
                continue
            if self._role_at(token) == "cue" or self._says(token):
                return True
        if after is not None and self.text[pair.end - 2 : pair.end - 1] in ",?!—…" and form.ends:
            # “…,” the old man said
            following = range(after, min(after + 6, reading.sentence(after)[1]))
            return any(self._role_at(t) == "cue" or self._says(t) for t in following)
        return False

    def _says(self, token: int) -> bool:
        reading = self.reading
        return reading.upos[token] == "VERB" and lemma(reading.word(token), "VERB").lower() in _reporting()

    def _role_at(self, token: int) -> str | None:
        start = self.reading._starts[token]
        at = bisect_right(self.role_starts, start) - 1
        return self.roles[at].role if at >= 0 and self.roles[at].end > start else None

    def _is_nickname(self, pair: Pair, form: _Form) -> bool:
        """Dwayne “The Rock” Johnson."""
        reading = self.reading
        if form.length > 4 or not form.upper or form.ends or self.text[pair.start - 1 : pair.start] not in (" ", "("):
            return False
        before, after = self._beside(pair)
        return (
            before is not None
            and after is not None
            and reading.upos[after] == "PROPN"
            and before in self.people
            and not self.text[reading._ends[before] : pair.start].strip("( ")
            and not self.text[pair.end : reading._starts[after]].strip(") ")
        )

    def _is_named(self, form: _Form, *, strict: bool) -> bool:
        """Whether the words before call the quotation a title, a term or a name."""
        reading = self.reading
        if form.length > 10:
            return False
        before = form.words[0] - 1
        while before >= 0 and reading.upos[before] in ("PUNCT", "SPACE") and reading.word(before) not in ",:;.":
            before -= 1
        if before < 0:
            return False
        word = reading.lower(before)
        if word == "as" and before > 0:
            # known as “…”, referred to as “…”
            verb = before - 2 if reading.lower(before - 1) == "to" and before > 1 else before - 1
            return reading.lower(verb) in ("known", "referred") and not form.finite
        # The tokenizer may cut the word at its hyphen.
        if self.text[: reading._ends[before]][-9:].lower() == "so-called":
            return True
        base = lemma(reading.word(before), reading.upos[before]).lower()
        kind = _quoted_names().get(word) or _quoted_names().get(base)
        if kind is None:
            return base == "call" and form.title_case and not form.ends
        if kind == "work":
            return form.title_case and not (form.ends and form.finite)
        return not (form.finite and form.length > 4) and (not strict or kind == "naming")


class _Form(NamedTuple):
    """How the words of a quotation look."""

    words: list[int]
    """Its first tokens, without punctuation."""
    length: int
    finite: bool
    """Whether a finite verb is among them."""
    upper: bool
    """Whether they begin with a capital."""
    title_case: bool
    """Whether all that carry meaning do."""
    ends: bool
    """Whether a comma or a stop stands inside the closing mark."""
