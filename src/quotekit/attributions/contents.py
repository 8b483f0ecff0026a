"""Contents as users expect them: whole quotations, one speech, no dateline."""

from __future__ import annotations

import re

from quotekit.attributions.clauses import bare_clause, main_clause
from quotekit.attributions.page import CLOSERS, EDGES, OPENERS, STOPS, Page, Pieces, with_marks

_LONGEST_SNAP = 4
"""Characters by which a content may miss a quotation's mark and still be meant to reach it."""
_DATELINE = re.compile(
    r"[A-Z][A-Z .'’-]{2,40}(?:, [A-Z][\w. ]{2,25})?(?:, [A-Z][a-z]{2,8}\.? \d{1,2})?"
    r"(?:(?: \([\w /]{2,20}\))? [—–-]{1,2} |\. ?/[A-Z]{2,12}/\. )|\([A-Z]{2,12}\) ?(?:[—–-]{1,2} )?(?=[A-Z])"
)
"""The place, and perhaps the country, day and agency, before the first words of a report: LISBON, May 3 (AP) — , or
LISBON, May 3. /TASS/. , or the agency alone: (CNN)."""
_FEWEST_BLANKS = 2
"""In a quotation whose stop ends the sentence around it: titles that end with one are shorter."""
_MIN_COVER = 0.5
"""Share of a quotation that a content must cover to be given the whole of it."""


def _after_dateline(page: Page, start: int, end: int) -> int:
    """Where a content begins, behind the dateline of its paragraph if it has one."""
    dateline = _DATELINE.match(page.text, page.paragraph_start(start), end)
    return max(start, dateline.end()) if dateline is not None and dateline.end() < end else start


def whole_contents(page: Page, pieces: Pieces) -> Pieces:
    """Contents as users expect them: whole quotations with their marks, clauses without "that" and full stop."""
    pieces = [(_after_dateline(page, start, end), end) for start, end in pieces]
    grown = [_of_sentence(page, *_utterance(page, main_clause(page, start, end), end)) for start, end in pieces]
    joined: Pieces = []
    for start, end in sorted(piece for piece in grown if piece[0] < piece[1]):
        between = page.text[joined[-1][1] : start] if joined else "|"
        if not between.strip() and page.paragraph_at(start) == page.paragraph_at(joined[-1][0]):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return page.without_junk(part for piece in joined for part in _by_paragraph(page, *piece))


def _of_sentence(page: Page, start: int, end: int) -> tuple[int, int]:
    """A reported clause without the sentence behind it: he said it was "bad. Very bad." | The law has been in force.

    Where the stop stands before the closing mark the reader may miss that a sentence ends.
    """
    for at in range(*page.piece_range(start, end)):
        begin, stop, _ = page.pieces[at]
        ends = page.text[start:stop].rstrip(CLOSERS)[-1:] in (".", "!", "?")
        # The musical "Oklahoma!" Ada Quist sang in is none.
        ends = ends and page.text[begin:stop].count(" ") >= _FEWEST_BLANKS
        if start < begin and stop < end and ends and page.text[stop:end].lstrip()[:1].isupper():
            return start, stop
    return start, end


def _by_paragraph(page: Page, start: int, end: int) -> Pieces:
    """A content cut where a paragraph ends."""
    first, last = page.paragraph_at(start), page.paragraph_at(end - 1)
    if first == last or first < 0:
        return [(start, end)]
    parts = page.paragraphs[first : last + 1]
    return [(max(start, begin), min(end, stop)) for begin, stop in parts]


def _utterance(page: Page, start: int, end: int) -> tuple[int, int]:
    """A content grown to its quotation; what ends inside the marks keeps its stop."""
    start, end = _reach_marks(page, start, end)
    inside = any(page.pieces[at][1] == end for at in range(*page.piece_range(start, end)))
    trimmed = bare_clause(page, start, end)
    return (trimmed[0], end) if inside and trimmed[0] < trimmed[1] else trimmed


def _reach_marks(page: Page, start: int, end: int) -> tuple[int, int]:
    """Grows a content to the marks of the quotation that it covers most of, unless a cue stands in between."""
    start, end = page.trim(start, end, EDGES)
    for at in range(*page.piece_range(start, end)):
        begin, stop, _ = page.pieces[at]
        overlap = min(end, stop) - max(start, begin)
        if overlap <= 0:
            continue
        most = overlap >= _MIN_COVER * (stop - begin)
        if start > begin and (start - begin <= _LONGEST_SNAP or (most and not page.blocked(begin, start))):
            start = begin
        if end < stop and (stop - end <= _LONGEST_SNAP or (most and not page.blocked(end, stop))):
            end = stop
    return start, end


def to_end_of_quotes(page: Page, content: Pieces) -> Pieces:
    """Contents with the other paragraphs of their quotations: who says a part of a speech says the rest of it."""
    start, end = content[0][0], content[-1][1]
    begun = [
        piece
        for quote in dict.fromkeys(page.quotes_over(*content[0]))
        for piece in page.without_junk(with_marks(quote, i) for i in range(len(quote.content)))
        if piece[1] <= start and not page.blocked(*piece)
    ]
    spoken = [quote for quote in dict.fromkeys(page.quotes_over(*content[0])) if quote.span.end > content[-1][0]]
    # The reader may have seen the first and the last line of a speech alone.
    between = [
        piece
        for quote in spoken
        for piece in page.without_junk(with_marks(quote, i) for i in range(len(quote.content)))
        if start < piece[0] < content[-1][0] and not page.blocked(*piece)
    ]
    between = [piece for piece in between if all(b <= piece[0] or piece[1] <= a for a, b in content)]
    more = [
        piece
        for quote in dict.fromkeys(page.quotes_over(*content[-1]))
        for piece in page.without_junk(with_marks(quote, i) for i in range(len(quote.content)))
        if piece[0] >= end and quote.span.start >= start and not page.blocked(*piece)
    ]
    return [*begun, *sorted([*content, *between]), *more]


def of_one_speech(page: Page, pieces: Pieces, cue: int) -> Pieces:
    """Those of a cue's contents that are said in one breath: in its paragraph, in the same quotation, or announced.

    The next paragraph of a speech that closed its marks before is an attribution of its own, and so is a headline
    above the lead that reports the same.
    """
    at_cue = page.paragraph_at(cue)
    near = [piece for piece in pieces if page.paragraph_at(piece[0]) == at_cue]
    others = [piece for piece in pieces if page.paragraph_at(piece[0]) != at_cue]
    if not near:
        return [p for p in others if _fills_paragraph(page, *p, cue) and not _is_below_headline(page, at_cue, *p)]
    begun = {quote.id for piece in near for quote in page.quotes_over(*piece)}
    return near + [piece for piece in others if any(quote.id in begun for quote in page.quotes_over(*piece))]


def _is_below_headline(page: Page, cue_paragraph: int, start: int, end: int) -> bool:
    """Whether a content without marks stands below a line without a stop: a headline says nothing of the lead."""
    if not page.paragraph_at(start) > cue_paragraph >= 0 or any(page.quotes_over(start, end)):
        return False
    return page.text[page.paragraphs[cue_paragraph][1] - 1].isalnum()


def _fills_paragraph(page: Page, start: int, end: int, cue: int) -> bool:
    """Whether a content opens its paragraph, and where it stands before the cue, is the whole of it."""
    first, last = page.paragraphs[max(0, page.paragraph_at(start))]
    after = page.text[end:last].strip(EDGES + STOPS + CLOSERS)
    return not page.text[first:start].strip(EDGES + OPENERS) and (cue < start or not after)


def announced_block(page: Page, pieces: Pieces, cue: int) -> Pieces:
    """The block that a colon announces, where contents that a cue before it has lie there: whole paragraphs."""
    block = block_after(page, cue)
    inside = block and all(block[0][0] - 3 <= start and end <= block[-1][1] for start, end in pieces)
    return block if inside else []


def block_after(page: Page, offset: int) -> Pieces:
    """The paragraphs without marks that the colon at the end of an offset's paragraph announces.

    It is the next one, and where that is indented or begins with ">", all that do.
    """
    at = page.paragraph_at(offset) + 1
    if not 0 < at < len(page.paragraphs) or page.text[page.paragraphs[at - 1][1] - 1] != ":":
        return []
    set_off = _is_set_off(page, at)
    block: Pieces = []
    while at < len(page.paragraphs) and not page.is_junk(*page.paragraphs[at]):
        start, end = page.trim(*page.paragraphs[at], EDGES + ">")
        is_other = block and not (set_off and _is_set_off(page, at))
        if start >= end or is_other or page.text[start] in OPENERS + "—–―-•*":
            break
        block.append((start, end))
        at += 1
    return block


def _is_set_off(page: Page, paragraph: int) -> bool:
    """Whether a paragraph is indented or marked as quoted by ">"."""
    start = page.paragraphs[paragraph][0]
    return page.text[start] == ">" or page.text[max(0, start - 2) : start] in ("  ", "\n\t")
