"""Words that somebody passes on for another: "Interfax quoted the minister as saying", "…, quoting witnesses, …"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from quotekit.attributions.building import build
from quotekit.attributions.clauses import bare_clause
from quotekit.attributions.cues import known_cues
from quotekit.attributions.page import EDGES, Bounds, Page, Pieces
from quotekit.constructions import noun_phrase, people, speaker_nouns
from quotekit.lemma import lemma
from quotekit.reader.reading import Reading
from quotekit.tags import subject_of
from quotekit.types import Attribution

_RELAYING = frozenset(("quote", "cite"))
_TOLD = ("speech", "writing")
_FARTHEST = 40
"""Tokens between "quoted" and "as saying": a name with all that describes it."""


class Relay(NamedTuple):
    """Somebody quoted as saying a thing; tokens, and who is quoted in character offsets.

    >>> Relay(verb=1, saying=4, quoted=(15, 27), is_passive=False).verb
    1
    """

    verb: int
    """The verb by which it is passed on: "quoted"."""
    saying: int
    """The verb of saying behind "as"."""
    quoted: Bounds | None
    """Who is quoted; None where the grammar does not show it."""
    is_passive: bool
    """Whether who is quoted is the subject: "was quoted as saying"."""


def find_relays(reading: Reading) -> Iterator[Relay]:
    """Finds who is quoted as saying something.

    Args:
        reading: The reading of the text.

    Yields:
        Each "quoted … as saying", in text order.

    >>> words = [("It", "PRON", "nsubj", 1), ("quoted", "VERB", "root", 1), ("Lund", "PROPN", "obj", 1),
    ...          ("as", "SCONJ", "mark", 4), ("saying", "VERB", "advcl", 1), ("no", "INTJ", "obj", 4)]
    >>> rows = [(at, at + len(w), upos, dep, head) for at, (w, upos, dep, head) in zip([0, 3, 10, 15, 18, 25], words)]
    >>> reading = Reading.from_rows("It quoted Lund as saying no", rows, morph={1: "Past", 4: "PresPart"})
    >>> [reading.text[slice(*relay.quoted)] for relay in find_relays(reading)]
    ['Lund']
    """
    for saying in range(2, len(reading)):
        if reading.lower(saying - 1) != "as" or not reading.lower(saying).endswith("ing"):
            continue
        if known_cues().get(lemma(reading.word(saying), "VERB").lower(), ("other", False))[0] not in _TOLD:
            continue
        first, _ = reading.sentence(saying)
        for verb in range(saying - 2, max(first, saying - _FARTHEST) - 1, -1):
            if reading.upos[verb] == "VERB" and lemma(reading.word(verb), "VERB").lower() in _RELAYING:
                if verb <= int(reading.heads[saying]) < saying:
                    yield _relay(reading, verb, saying)
                break


def _relay(reading: Reading, verb: int, saying: int) -> Relay:
    follows = reading.lower(verb + 1)
    if follows in ("as", "by") or reading.children(verb, "aux:pass"):
        subjects = reading.children(verb, "nsubj")
        return Relay(verb, saying, noun_phrase(reading, subjects[-1]) if subjects else None, is_passive=True)
    return Relay(verb, saying, (int(reading.starts[verb + 1]), int(reading.ends[saying - 2])), is_passive=False)


def with_relayed(page: Page, drafts: list[Attribution]) -> list[Attribution]:
    """Adds those who are quoted by others as saying something: theirs are the words, the others' the report of them."""
    for relay in find_relays(page.reading):
        drafts = _told_apart(page, drafts, relay)
    return _with_witnesses(page, drafts)


def _told_apart(page: Page, drafts: list[Attribution], relay: Relay) -> list[Attribution]:
    """Drafts with the report and what is said in it in place of what the reader made of both."""
    reading = page.reading
    verb = int(reading.starts[relay.verb]), int(reading.ends[relay.verb])
    saying = int(reading.starts[relay.saying]), int(reading.ends[relay.saying])
    read = [a for a in drafts if a.cue is not None and verb[0] <= a.cue.span.start < saying[1]]
    said = _said(page, relay, [(s.start, s.end) for a in read for s in a.content], saying[1])
    if not said:
        return drafts
    confidence = max((a.confidence for a in read), default=0.6)
    sources = [(a.source.start, a.source.end) for a in read if a.source is not None]
    found: list[Attribution | None]
    if relay.is_passive:
        # "By" names who passes it on.
        source = relay.quoted or next(iter(sources), None)
        told = build(page, source, verb, said, confidence)
        if told is not None and told.cue is not None and relay.saying == relay.verb + 2:
            told = told.model_copy(update={"cue": told.cue.model_copy(update={"span": page.span(verb[0], saying[1])})})
        found = [told]
    else:
        quoted = page.trim(*(relay.quoted or (0, 0)), EDGES + ",")
        relayer = next((source for source in sources if source[1] <= verb[0]), None) or subject_of(reading, relay.verb)
        before = [piece for piece in said if piece[1] <= verb[0]]
        behind = [piece for piece in said if piece[0] >= saying[1]]
        is_near = bool(behind) and page.paragraph_at(behind[-1][0]) == page.paragraph_at(saying[0])
        report = [*before, (quoted[0], behind[-1][1] if is_near else saying[1]), *([] if is_near else behind)]
        outer = build(page, relayer, verb, report, confidence)
        # The quotations are theirs who said them first.
        found = [
            outer and outer.model_copy(update={"quote_ids": ()}),
            build(page, quoted, saying, said, confidence),
        ]
    new = [attribution for attribution in found if attribution is not None]
    return [*(a for a in drafts if not any(a is other for other in read)), *new] if new else drafts


def _said(page: Page, relay: Relay, pieces: Pieces, end: int) -> Pieces:
    """What is said: the quotation before, and what the verb of saying has behind it."""
    reading = page.reading
    before = sorted({piece for piece in pieces if piece[1] <= int(reading.starts[relay.verb])})
    behind = sorted({(max(start, end), stop) for start, stop in pieces if stop > end})
    for clause in reading.children(relay.saying, "ccomp"):
        first, last = reading.subtree(clause)
        start, stop = int(reading.starts[first]), int(reading.ends[last - 1])
        if start >= end and not page.quotes_in([(start, stop)]):
            behind = [(start, max(stop, *(b for a, b in behind if a <= stop))) if behind else (start, stop)]
            break
    bare = [bare_clause(page, *page.trim(start, stop, EDGES + ":,")) for start, stop in behind]
    return [*before, *(piece for piece in bare if piece[0] < piece[1])]


def _with_witnesses(page: Page, drafts: list[Attribution]) -> list[Attribution]:
    """Drafts with those as sources whom a report quotes: "The paper, | quoting | witnesses, said the bridge burned"."""
    reading = page.reading
    by_verb = {reading.head_of(a.cue.span.start, a.cue.span.end): a for a in drafts if a.cue is not None}
    result = []
    for draft in drafts:
        cue = draft.cue
        verb = None if cue is None or cue.lemma not in _RELAYING else reading.head_of(cue.span.start, cue.span.end)
        report = None if verb is None else by_verb.get(int(reading.heads[verb]))
        if (
            cue is None
            or verb is None
            or report is None
            or report is draft
            or not reading.deps[verb].startswith("advcl")
        ):
            result.append(draft)
            continue
        witnesses = [c for c in reading.children(verb, "obj") if c > verb and _speaks(reading, c)]
        content = [(span.start, span.end) for span in report.content]
        told = None
        if witnesses and all(end <= cue.span.start or cue.span.end <= start for start, end in content):
            at = cue.span.start, cue.span.end
            told = build(page, noun_phrase(reading, witnesses[0]), at, content, draft.confidence)
        result.append(draft if told is None else told.model_copy(update={"quote_ids": ()}))
    return result


def _speaks(reading: Reading, noun: int) -> bool:
    """Whether a noun names somebody, or something written."""
    return reading.upos[noun] == "PROPN" or lemma(reading.word(noun), "NOUN").lower() in speaker_nouns() | people()
