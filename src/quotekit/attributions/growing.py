"""What belongs to a content and the reader left out: the other half of a sentence, the rest of a list."""

from __future__ import annotations

import functools
from bisect import bisect_left

from quotekit.attributions.clauses import bare_clause
from quotekit.attributions.cues import known_cues
from quotekit.attributions.page import CLOSERS, EDGES, OPENERS, Bounds, Page, Pieces
from quotekit.constructions import opens_relative
from quotekit.lemma import lemma
from quotekit.lexicon import load_table
from quotekit.types import Cue, Span

_LONGEST_HEARER = 4
"""Words of a hearer inside a tag that interrupts a sentence."""
_DASHES = ("--", "—", "–")
_THINGS = ("which", "whose", "where")
"""Words that open a clause about a thing."""


def with_front(page: Page, source: Span | None, cue: Cue, content: Pieces) -> Pieces:
    """Contents with the first half of a sentence that the tag interrupts ("If it rains, he said, we stay").

    What goes on after such a tag begins small; a quotation that a tag only announces begins with a capital.
    """
    if source is None:
        return content
    start, end = min(source.start, cue.span.start), max(source.end, cue.span.end)
    behind = page.text[end : content[0][0]].strip(EDGES)
    if behind.endswith(",") and _is_told(page, end, content[0][0]):
        # "If it rains, he told reporters, we stay"
        behind = ","
    goes_on = page.text[content[0][0] : content[0][1]].lstrip(OPENERS)[:1].islower()
    # "Two guards, as Idris said, had run away"
    before = start - 3 if page.text[start - 4 : start].lower() == " as " else start
    if behind != "," or not goes_on or not page.text[:before].rstrip(EDGES).endswith(","):
        return content
    tokens = page.reading.tokens_in(start, end)
    begin = max(int(page.reading.starts[page.reading.sentence(tokens[0])[0]]), page.paragraph_start(start))
    front = page.trim(begin, before, EDGES + ",")
    words = page.reading.tokens_in(*front)
    kinds = [page.reading.upos[t] for t in words]
    # What begins with an article names somebody too: the eldest, he said, had the keys.
    is_said = kinds[:1] == ["DET"] or any(kind in ("NOUN", "PROPN", "PRON", "VERB") for kind in kinds)
    # A report inside it, with a cue of its own, is part of what is said; what another cue has is not.
    inside = range(bisect_left(page.role_starts, front[0]), bisect_left(page.role_starts, start))
    is_free = all(front[0] <= page.cue_start.get(role, 0) < start for role in inside)
    is_said = is_said and not opens_relative(page.reading, front, (source.start, source.end))
    return [front, *content] if front[0] < front[1] and is_said and is_free else content


def _is_told(page: Page, start: int, end: int) -> bool:
    """Whether no more than a short noun phrase stands between characters: who is told."""
    upos = [page.reading.upos[t] for t in page.reading.tokens_in(start, end)]
    words = [tag for tag in upos if tag != "PUNCT"]
    return 0 < len(words) <= _LONGEST_HEARER and all(tag in ("DET", "ADJ", "NOUN", "PROPN", "PRON") for tag in words)


def with_rest(page: Page, source: Span | None, cue: Cue, content: Pieces) -> Pieces:
    """Contents with a second clause behind their tag ("It rained, he said, and the roof leaked").

    It is joined by a conjunction or a semicolon, has a subject of its own, and nobody else says it; or it is what a
    condition before the tag is for ("Unless he pays, she told them, the bank will sue").
    """
    if source is None:
        return content
    reading, text = page.reading, page.text
    start, end = min(source.start, cue.span.start), max(source.end, cue.span.end)
    if content[0][0] >= end:
        return _with_list(page, content)
    comma = text.find(",", end)
    if comma > end and _is_told(page, end, comma):
        end = comma
    tokens = reading.tokens_in(end, min(len(text), end + 3))
    if content[-1][1] > start or text[content[-1][1] : start].strip(EDGES) != "," or len(tokens) != 2:
        return content
    mark, begin = tokens
    _, last = reading.sentence(mark)
    if reading.word(mark) == "," and reading.upos[begin] == "CCONJ":
        verb = int(reading.heads[begin])
    elif reading.word(mark) == ";":
        verb = next((t for t in range(begin, last) if not begin <= int(reading.heads[t]) < last), begin)
    elif reading.word(mark) == "," and reading.upos[begin] in ("AUX", "VERB"):
        verb = begin
    elif reading.word(mark) == "," and _is_condition_of(page, content[-1], begin, last):
        return [*content, bare_clause(page, int(reading.starts[begin]), int(reading.ends[last - 1]))]
    else:
        return content
    rest = bare_clause(page, int(reading.starts[begin]), int(reading.ends[last - 1]))
    if reading.word(mark) == "," and reading.upos[begin] in ("AUX", "VERB") and not page.has_tense(*content[-1]):
        # "The eldest, according to the captain, is a former caretaker"
        is_free = not page.blocked(*rest) and not any(c in OPENERS for c in text[slice(*rest)])
        return [*content, rest] if is_free and reading.morph[begin] in ("Past", "Pres") else content
    has_subject = begin < verb < last and reading.children(verb, "nsubj")
    is_free = not page.blocked(*rest) and not any(c in OPENERS for c in text[slice(*rest)])
    return [*content, rest] if has_subject and is_free else content


def _with_list(page: Page, content: Pieces) -> Pieces:
    """Contents with the other clauses of a list between semicolons: "said it rained; it blew; and it froze"."""
    reading, text = page.reading, page.text
    start, end = content[-1]
    if text[end : end + 2] != "; ":
        return content
    tokens = reading.tokens_in(start, end)
    last = reading.sentence(tokens[0])[1]
    stop = int(reading.ends[last - 1])
    rest = bare_clause(page, end + 1, stop)
    parts = text[slice(*rest)].split("; ")
    is_list = parts[-1].startswith(("and ", "that ")) and not any(c in OPENERS for c in text[slice(*rest)])
    if not is_list or page.blocked(*rest) or not page.has_verb(*rest):
        return content
    return [*content[:-1], (start, rest[1])]


def _is_condition_of(page: Page, piece: Bounds, first: int, last: int) -> bool:
    """Whether a piece is a clause with a conjunction that hangs on a verb among the tokens from ``first`` on."""
    reading = page.reading
    head = reading.head_of(*piece)
    tokens = reading.tokens_in(*piece)
    return (
        head is not None
        and reading.upos[tokens[0]] == "SCONJ"
        and reading.deps[head].startswith("advcl")
        and first <= int(reading.heads[head]) < last
    )


def with_clause(page: Page, head: int | None, cue: Bounds, content: Pieces) -> Pieces:
    """Contents grown to the clause of which the reader saw only the beginning: "heard | flights | will resume"."""
    reading = page.reading
    if head is None or len(content) != 1 or reading.upos[head] != "VERB" or content[0][0] < cue[1]:
        return content
    start, end = content[0]
    for said in reading.children(head, "ccomp"):
        first, last = reading.subtree(said)
        begin, stop = int(reading.starts[first]), int(reading.ends[last - 1])
        if cue[1] <= begin <= start < end <= int(reading.starts[said]) < stop and not page.has_verb(start, end):
            whole = bare_clause(page, begin, stop)
            return content if page.blocked(*whole) or page.quotes_in([whole]) else [whole]
    return content


def with_tail(page: Page, head: int | None, cue: Bounds, content: Pieces) -> Pieces:
    """Contents grown to the end of their clause, of which the reader left out what describes or goes on.

    "It said orders rose by a tenth | -- nearly twice what had been expected"; "… the city fell, | which rebels held".
    """
    reading = page.reading
    if head is None or not content or content[-1][0] < cue[1]:
        return content
    start, end = content[-1]
    for said in reading.children(head, "ccomp"):
        stop = int(reading.ends[reading.subtree(said)[1] - 1])
        if not start <= int(reading.starts[said]) < end < stop:
            continue
        whole = bare_clause(page, start, stop)
        if _goes_on(page, end, whole[1]) and not any(page.quotes_over(end, whole[1])):
            return [*content[:-1], whole]
    return content


def _goes_on(page: Page, start: int, end: int) -> bool:
    """Whether what stands behind a content belongs to its clause by its form.

    It follows it at once, or begins with a dash, a participle or "which"; what "who" tells is often the paper's word.
    """
    reading = page.reading
    rest = reading.tokens_in(start, end)
    if not rest:
        return False
    mark = reading.word(rest[0])
    if mark == "," and len(rest) > 1 and reading.lower(rest[1]) in _THINGS:
        # A report inside that clause is a part of it; what another cue has is not.
        inside = range(bisect_left(page.role_starts, start), bisect_left(page.role_starts, end))
        return all(start <= page.cue_start.get(role, -1) < end for role in inside)
    if page.blocked(start, end) or (mark in _DASHES and page.text[start - 1] in CLOSERS):
        return False
    if mark == "," and len(rest) > 1:
        verb = lemma(reading.word(rest[1]), "VERB").lower()
        return reading.lower(rest[1]).endswith("ing") and verb not in known_cues()
    return reading.upos[rest[0]] != "PUNCT" or mark in _DASHES


def without_gaps(page: Page, cue: Bounds, content: Pieces) -> Pieces:
    """Contents behind a cue, with what dashes set off between their pieces: "he took it | -- as I do -- | as fair"."""
    joined: Pieces = []
    for start, end in content:
        before = joined[-1] if joined else (0, 0)
        gap = page.text[before[1] : start].strip(EDGES)
        is_aside = cue[1] <= before[0] and gap.startswith(_DASHES) and gap.endswith(_DASHES)
        if is_aside and not page.blocked(before[1], start) and page.paragraph_at(before[0]) == page.paragraph_at(start):
            joined[-1] = before[0], end
        else:
            joined.append((start, end))
    return joined


def with_refused(page: Page, cue: Cue, head: int | None, content: Pieces) -> Pieces:
    """Contents grown to what somebody refuses to do, of which the reader saw the end: "refused | to comment on it"."""
    reading = page.reading
    if head is None or cue.lemma not in ("decline", "refuse") or not content or content[0][0] < cue.span.end:
        return content
    for deed in reading.children(head, "xcomp"):
        first, last = reading.subtree(deed)
        start, stop = int(reading.starts[first]), int(reading.ends[last - 1])
        if reading.lower(first) == "to" and cue.span.end <= start <= content[0][0] < stop:
            return [(start, content[0][1]), *content[1:]]
    return content


@functools.cache
def _denying() -> frozenset[str]:
    return frozenset(row[0] for row in load_table("cue_acts") if row[1] == "denial") | {"reject"}


def with_denied(page: Page, cue: Cue, head: int | None, content: Pieces) -> Pieces:
    """Contents grown to what is denied, of which the reader saw what it is of: "denied | rumours of | his death"."""
    reading = page.reading
    if head is None or len(content) != 1 or cue.lemma not in _denying():
        return content
    start, end = content[0]
    tokens = reading.tokens_in(start, end)
    for thing in reading.children(head, "obj"):
        first, last = reading.subtree(thing)
        begin = int(reading.starts[first])
        if tokens and head < first <= thing < tokens[0] < last and not page.blocked(begin, start):
            return [(begin, end)]
    return content
