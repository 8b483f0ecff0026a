"""The clauses that tags close, interrupt or announce, without "that" and final stops."""

from __future__ import annotations

from quotekit.attributions.page import CLOSERS, EDGES, OPENERS, Bounds, Page, Pieces

_THAT = ("mark", "dep", "nsubj", "obj", "fixed")


def _front_of(page: Page, source: Bounds, cue: Bounds) -> Bounds | None:
    """The clause that a tag closes with a comma ("It rained, he said."), without the comma; None for none."""
    reading = page.reading
    start, end = min(cue[0], source[0]), max(cue[1], source[1])
    tokens = reading.tokens_in(start, end)
    first, last = reading.sentence(tokens[0])
    begin = max(int(reading.starts[first]), page.paragraph_start(start))
    rest = [t for t in range(tokens.stop, last) if reading.upos[t] != "SPACE"]
    goes_on = len(rest) > 1 and reading.word(rest[0]) == "," and reading.upos[rest[1]] == "CCONJ"
    is_more = any(reading.upos[t] in ("VERB", "AUX", "CCONJ", "SCONJ") or reading.word(t) in ",:;" for t in rest)
    front = page.text[begin:start].rstrip(EDGES)
    if (is_more and not goes_on) or not front.endswith(",") or any(c in OPENERS + CLOSERS for c in front[-2:]):
        return None
    bounds = page.trim(begin, start, EDGES + ",")
    return bounds if page.has_verb(*bounds) else None


def halves_of(page: Page, source: Bounds, cue: Bounds) -> Pieces:
    """What a tag closes, or the halves of the sentence that it interrupts: "The pool, she pledged, will reopen"."""
    front = _front_of(page, source, cue)
    if front is not None:
        return [front]
    reading, text = page.reading, page.text
    start, end = min(cue[0], source[0]), max(cue[1], source[1])
    tokens = reading.tokens_in(start, end)
    first, last = reading.sentence(tokens[0])
    begin, stop = max(int(reading.starts[first]), page.paragraph_start(start)), int(reading.ends[last - 1])
    before, after = text[begin:start].rstrip(EDGES), text[end:stop].lstrip(EDGES)
    if not before.endswith(",") or not after.startswith(",") or any(c in OPENERS + CLOSERS for c in before + after):
        return []
    halves = [page.trim(begin, start, EDGES + ","), bare_clause(page, end, stop)]
    behind = reading.tokens_in(*halves[1])
    goes_on = any(first <= int(reading.heads[t]) < tokens[0] or reading.upos[t] in ("AUX", "VERB") for t in behind[:1])
    is_free = all(a < b and not page.blocked(a, b) for a, b in halves)
    return halves if is_free and goes_on and not page.has_tense(*halves[0]) else []


def bare_clause(page: Page, start: int, end: int) -> tuple[int, int]:
    """Takes "that" from the front of a clause, and its final stop."""
    text = page.text
    if text[start : start + 5].lower() in ("that ", "that\n", "that\xa0"):
        tokens = page.reading.tokens_in(start, start + 4)
        is_that = tokens and page.reading.upos[tokens[0]] in ("SCONJ", "PRON")
        if is_that and page.reading.deps[tokens[0]] in _THAT and not _is_relative(page, tokens[0]):
            start += 5
    start, end = page.trim(start, end, EDGES)
    while start < end and text[start] in ",;:.–—-" and not text[start + 1 : start + 2].isalnum():
        start, end = page.trim(start + 1, end, EDGES)
    while start < end and text[end - 1] in ".,;:–—-" and not _is_abbreviation(page, start, end):
        start, end = page.trim(start, end - 1, EDGES)
    tokens = page.reading.tokens_in(start, end)
    if len(tokens) > 2 and page.reading.upos[tokens[-1]] == "CCONJ" and page.text[end - 1].isalpha():
        # "… had widened, and | warned": the conjunction joins what is said about the speaker.
        return bare_clause(page, start, int(page.reading.starts[tokens[-1]]))
    # A mark alone at an edge belongs to a quotation that lies outside.
    if start < end and text[start] in "”»" and not any(c in "“„«»" for c in text[start + 1 : end]):
        start, end = page.trim(start + 1, end, EDGES)
    return start, end


def _is_relative(page: Page, that: int) -> bool:
    """Whether "that" is subject or object of its clause, and no conjunction in front of the subject."""
    reading = page.reading
    if reading.deps[that] == "nsubj":
        return True
    verb = int(reading.heads[that])
    return reading.deps[that] == "obj" and not any(that < c < verb for c in reading.children(verb, "nsubj"))


def _is_abbreviation(page: Page, start: int, end: int) -> bool:
    """Whether the stop before ``end`` belongs to a word ("U.S."), as the tokenizer sees it."""
    if page.text[end - 1] != ".":
        return False
    tokens = page.reading.tokens_in(end - 1, end)
    return bool(tokens) and int(page.reading.ends[tokens[0]] - page.reading.starts[tokens[0]]) > 1


def main_clause(page: Page, start: int, end: int) -> int:
    """Start of a content, moved over the main clause before it where it begins with "if", "unless", "because"."""
    reading = page.reading
    tokens = reading.tokens_in(start, end)
    head = reading.head_of(start, end)
    if head is None or reading.deps[head] != "advcl" or reading.deps[tokens[0]] != "mark":
        return start
    main = int(reading.heads[head])
    first = reading.subtree(main)[0]
    begin = int(reading.starts[first])
    if main >= tokens[0] or begin >= start or page.blocked(begin, start) or reading.deps[main] in ("advcl", "acl"):
        return start
    return begin
