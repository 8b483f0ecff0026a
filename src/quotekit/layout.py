"""Who says what by the shape of a page: transcripts, interview headers, signatures and embedded posts.

None of this is told by a sentence, so it is read from lines and marks. A colon or dash is the cue; whoever stands
before or behind it is the source.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

Bounds = tuple[int, int]

_WORD = r"[A-Z][\w.’'-]{0,29}"
_SMALL = r"(?:of|the|de|la|van|von|der|den|bin|al|and|&|for|y|e|da|do|di)"
_NAME = rf"{_WORD}(?:,? (?:{_WORD}|{_SMALL})){{0,7}}"
_QUESTION = re.compile(r"(?P<label>Q|A|Question|Answer)(?P<cue>[.:])\s+(?=\S)")
_CAPITALS = re.compile(
    r"(?:(?P<label>[A-Z][A-Z.’'-]+(?: [A-Z][A-Z.’'-]*){0,4})(?:, [^:\n]{2,60}| \([^:\n]{2,60}\))?(?P<cue>:)"
    # Whoever asks at a press briefing is a bare Q.
    r"|(?P<asked>Q)(?P<mark>[.:]?))\s+(?=\S)"
)
_TITLE_CASE = re.compile(rf"(?P<label>{_WORD}(?: {_WORD}){{0,4}})(?: \([^:\n]{{2,60}}\))?(?P<cue>:)\s+(?=\S)")
_HANDLE = re.compile(r"(?P<label>@\w{2,30})(?P<cue>:)\s+(?=\S)")
_DATE = r"(?:[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}|\d{1,2} [A-Z][a-z]{2,8}\.? \d{4})"
_SIGNATURE = re.compile(
    rf"(?P<cue>[—–―]|--|-)[ \u00a0]?(?P<source>(?:(?:{_NAME})|(?=@))(?: ?\(?@\w{{2,30}}\)?)?)(?P<rest>,[^\n]{{1,100}})?"
    rf"[ ,]*\(?(?P<time>{_DATE})?\)?\.?[ \t\u00a0]*$"
)
_HEADER = re.compile(
    rf"(?:From |With )?(?P<source>{_NAME})(?:,? (?:on|about|in|to|answering)\b[^:\n]{{0,80}})?(?P<cue>:)$"
)
_STAGE = re.compile(r"[(\[][^()\[\]\n]{1,80}[)\]]\.?$")
_TICK = r"[ \u00a0]*(?:[✓✔☑✅]\ufe0f?|\(?[Vv]erified(?: [Aa]ccount)?\)?)"
_HANDLED = r"\(?@\w{2,30}\)?(?P<since>[ \u00a0]*[·•][^\n]{0,40})?"
_ACCOUNT = re.compile(rf"(?P<source>{_NAME})(?P<tick>{_TICK})?$")
_HANDLE_LINE = re.compile(rf"{_HANDLED}$")
_ACCOUNT_LINE = re.compile(rf"(?P<source>{_NAME})(?P<tick>{_TICK})?[ \u00a0]*{_HANDLED}$")
_REPLYING = re.compile(r"(?:Replying to|In reply to) @\w.{0,80}$")
_POST_FOOT = re.compile(
    rf"(?:\d{{1,2}}[:.]\d\d(?: ?[AaPp]\.?[Mm]\.?)?(?: ?[·•,–—-] ?|$)|(?=(?:{_DATE})))(?P<time>{_DATE})?[^\n]{{0,80}}$"
    r"|(?:\d[\d.,]*[KkMm]? (?:[Vv]iews|[Ll]ikes|[Rr]etweets|[Rr]eposts|[Rr]eplies|[Qq]uotes)\b[^\n]{0,80})$"
)
"""The line below a post: when, how often seen."""
_MOST_POSTED = 8
"""Lines of one post."""
_SENT = re.compile(
    rf"(?<![^\s”\"’'])(?:And|Also|Plus|Then|This|Another|More|Here|One)\b(?:[ ,]+[\w’']+){{0,4}}? from "
    rf"(?P<source>{_NAME})(?P<rest>,? [^:.!?“”\"\n]{{1,60}})?(?P<cue>:)\s+$"
)
"""What stands before words that somebody sent: "And this from Jane Roe in Hull:"."""
_LONGEST_SENT = 120
_YOU = re.compile(r"\by(?:ou|our|ours|ourself)\b", re.IGNORECASE)
_OWN = re.compile(r"\b(?:I|[Mm]e|[Mm]y|[Mm]ine|[Ww]e|[Uu]s|[Oo]ur)\b")
_SET_IN_BOLD = re.compile(r"(\*{1,3}|_{1,3})(?=\S).+\1$")
_LONGEST_QUESTION = 600
_LONGEST_ANSWER = 8
"""Paragraphs of one answer in an interview."""
_FEWEST_ASKED = 2
_OPENERS = "\"“„«‘'‹`—–―-•"
_MOST_BETWEEN = 4
"""Paragraphs that one turn may have before the next label."""
_LONGEST_SIGNED = 2000
"""Characters of a quotation or post that a signature closes."""


class Laid(NamedTuple):
    """An attribution that a page's layout gives; all are character offsets."""

    source: Bounds | None
    cue: Bounds | None
    content: tuple[Bounds, ...]
    time: Bounds | None
    confidence: float


def find_laid(text: str, paragraphs: Sequence[Bounds], quoted: Sequence[Bounds]) -> list[Laid]:
    r"""Finds what the layout attributes.

    Args:
        text: The text.
        paragraphs: Its paragraphs without page junk, as offsets, in order.
        quoted: Its quotations with their marks, as offsets, in order.

    Returns:
        The attributions, in text order, without overlaps between their contents.

    >>> text = "HOST: Why now?\n\nDR. LEE: It was time.\n\nHOST: Thank you."
    >>> paragraphs = [(0, 14), (16, 37), (39, 55)]
    >>> [(text[a:b], [text[c:d] for c, d in laid.content]) for laid in find_laid(text, paragraphs, ())
    ...  for a, b in [laid.source]]
    [('HOST', ['Why now?']), ('DR. LEE', ['It was time.']), ('HOST', ['Thank you.'])]
    """
    result: list[Laid] = []
    taken: set[int] = set()
    for laid in (
        *_turns(text, paragraphs),
        *_signed(text, paragraphs, quoted),
        *_headed(text, paragraphs, quoted),
        *_sent(text, quoted),
        *_posted(text, paragraphs),
        *_answered(text, paragraphs),
    ):
        begins = {start for start, _ in laid.content}
        if not begins & taken:
            taken |= begins
            result.append(laid)
    return sorted(result, key=lambda laid: laid.content[0])


# ---- transcripts -------------------------------------------------------------------------------------------------


class _Turn(NamedTuple):
    paragraph: int
    label: str
    source: Bounds
    cue: Bounds | None
    start: int


def _turn(paragraph: int, match: re.Match[str]) -> _Turn:
    groups = match.groupdict()
    label, cue = ("label", "cue") if groups["label"] is not None else ("asked", "mark")
    return _Turn(paragraph, match[label], match.span(label), match.span(cue) if match[cue] else None, match.end())


def _turns(text: str, paragraphs: Sequence[Bounds]) -> Iterator[Laid]:
    """What the turns of a transcript say; its labels come again, or one asks and one answers."""
    for pattern, least in ((_QUESTION, 2), (_CAPITALS, 2), (_TITLE_CASE, 3), (_HANDLE, 1)):
        turns = [
            _turn(i, match) for i, (start, end) in enumerate(paragraphs) if (match := pattern.match(text, start, end))
        ]
        if pattern is _QUESTION:
            is_transcript = len({turn.label[0] for turn in turns}) == 2
        elif pattern is _HANDLE:
            is_transcript = bool(turns)
        else:
            # A list has a label for each of its entries ("Date: …", "Place: …"), people speak more than once.
            counts = Counter(turn.label for turn in turns)
            repeated = sum(n for n in counts.values() if n > 1)
            is_transcript = len(turns) >= least and len(counts) > 1 and 2 * repeated >= len(turns)
        if not is_transcript:
            continue
        for at, turn in enumerate(turns):
            last = turn.paragraph
            if at + 1 < len(turns) and turns[at + 1].paragraph - turn.paragraph <= _MOST_BETWEEN:
                last = turns[at + 1].paragraph - 1
            pieces = [(turn.start, paragraphs[turn.paragraph][1]), *paragraphs[turn.paragraph + 1 : last + 1]]
            kept = tuple(piece for piece in pieces if not _STAGE.match(text, *piece))
            if kept:
                yield Laid(turn.source, turn.cue, kept, None, 0.9)
        return


# ---- signatures and posts ----------------------------------------------------------------------------------------


def _signed(text: str, paragraphs: Sequence[Bounds], quoted: Sequence[Bounds]) -> Iterator[Laid]:
    """Quotations and posts with a signature behind or below them: “…” — Jane Roe, mayor."""
    by_end = {quote[1]: quote for quote in quoted}
    for i, (start, end) in enumerate(paragraphs):
        for match in _SIGNATURE.finditer(text, start, end):
            body_end = match.start()
            before = text[start:body_end].rstrip()
            if not before and i > 0:
                first, last = paragraphs[i - 1]
            elif before:
                first, last = start, start + len(before)
            else:
                continue
            if not 0 < last - first <= _LONGEST_SIGNED:
                continue
            quote = by_end.get(last)
            if quote is not None and quote[0] < first:
                quote = None
            is_post = "@" in match["source"] and match["time"] is not None
            source = _trimmed(text, match.span("source"))
            # A hyphen may go on with the sentence, unless the quotation is all there is.
            if quote is not None and (match["cue"] != "-" or not before or quote[0] == start):
                content = quote
            elif is_post:
                content = (first, last)
            else:
                continue
            if source[0] < source[1]:
                time = match.span("time") if match["time"] else None
                yield Laid(source, match.span("cue"), (content,), time, 0.9)


def _headed(text: str, paragraphs: Sequence[Bounds], quoted: Sequence[Bounds]) -> Iterator[Laid]:
    """Quotations below a line that only names who speaks: "From Chairwoman Jane Roe:"."""
    starts = {quote[0]: quote for quote in quoted}
    for (start, end), (following, last) in itertools.pairwise(paragraphs):
        match = _HEADER.match(text, start, end)
        if match is None or following not in starts or len(match["source"].split()) < 2:
            continue
        pieces = [quote for quote in quoted if following <= quote[0] and quote[1] <= last]
        if pieces:
            yield Laid(_trimmed(text, match.span("source")), match.span("cue"), tuple(pieces), None, 0.8)


def _sent(text: str, quoted: Sequence[Bounds]) -> Iterator[Laid]:
    """Quotations that a page passes on: And this from Jane Roe: “…”."""
    for start, end in quoted:
        from_whom = _SENT.search(text[max(0, start - _LONGEST_SENT) : start])
        if from_whom is not None:
            shift = max(0, start - _LONGEST_SENT)
            source, cue = from_whom.span("source"), from_whom.span("cue")
            name = _trimmed(text, (source[0] + shift, source[1] + shift))
            yield Laid(name, (cue[0] + shift, cue[1] + shift), ((start, end),), None, 0.8)


def _posted(text: str, paragraphs: Sequence[Bounds]) -> Iterator[Laid]:
    """Embedded posts: a line with a name, one with a handle, the post's own lines, perhaps a line with its date."""
    at = 0
    while at < len(paragraphs):
        account = _ACCOUNT_LINE.match(text, *paragraphs[at])
        after = at + 1
        shown = account
        if account is None and after < len(paragraphs):
            account = _ACCOUNT.match(text, *paragraphs[at])
            shown = _HANDLE_LINE.match(text, *paragraphs[after])
            after += 1
        if account is None or shown is None:
            at += 1
            continue
        is_reply = after < len(paragraphs) and _REPLYING.match(text, *paragraphs[after]) is not None
        after += is_reply
        body, foot = _post_body(text, paragraphs, after)
        # The note on a page's author has a name and a handle too.
        is_post = account["tick"] or shown["since"] or is_reply or foot is not None
        if body and is_post:
            time = foot.span("time") if foot is not None and foot["time"] else None
            yield Laid(account.span("source"), None, tuple(body), time, 0.8)
            at = after + len(body)
        else:
            at += 1


def _post_body(text: str, paragraphs: Sequence[Bounds], first: int) -> tuple[Sequence[Bounds], re.Match[str] | None]:
    """The lines of a post, up to its foot or else to the next blank line; and the foot."""
    lines = paragraphs[first : first + _MOST_POSTED]
    for number, bounds in enumerate(lines):
        if _HANDLE_LINE.match(text, *bounds) or _ACCOUNT_LINE.match(text, *bounds):
            break
        foot = _POST_FOOT.match(text, *bounds)
        if foot is not None:
            return lines[:number], foot
    for number, ((_, end), (start, _)) in enumerate(itertools.pairwise(lines), start=1):
        if text.count("\n", end, start) > 1:
            return lines[:number], None
    return lines, None


# ---- interviews without labels -----------------------------------------------------------------------------------


class Exchange(NamedTuple):
    """A question of an interview and the paragraphs that answer it.

    >>> Exchange((0, 4), ((6, 9),)).answer
    ((6, 9),)
    """

    question: Bounds
    answer: tuple[Bounds, ...]


def find_exchanges(text: str, paragraphs: Sequence[Bounds]) -> list[Exchange]:
    r"""Finds the questions and answers of an interview that has no labels.

    Questions are paragraphs of their own that speak to "you", or are set in bold; what follows answers them as "I".
    The pages must show it clearly: an introduction, several questions, answers without quotation marks around them.

    Args:
        text: The text.
        paragraphs: Its paragraphs without page junk, as offsets, in order.

    Returns:
        The exchanges, in text order; none where the page is no interview.

    >>> text = "Jo Roe sings.\nDo you sleep?\nI never sleep.\nDo you eat?\nI eat."
    >>> [text[slice(*exchange.answer[0])] for exchange in find_exchanges(text, [(0, 13), (14, 27), (28, 42), (43, 54),
    ...                                                                         (55, 61)])]
    ['I never sleep.', 'I eat.']
    """
    asked = [i for i, bounds in enumerate(paragraphs[:-1]) if i and _is_asked(text, *bounds)]
    result: list[Exchange] = []
    for run in _runs(asked):
        exchanges = []
        # How long the last answer is nobody can tell: it has a paragraph.
        for i, after in itertools.pairwise([*run, run[-1] + 2]):
            answer = tuple(b for b in paragraphs[i + 1 : after] if not _STAGE.match(text, *b))
            if answer:
                exchanges.append(Exchange(paragraphs[i], answer))
        if _is_interview(text, exchanges):
            result.extend(exchanges)
    return result


def _runs(asked: Sequence[int]) -> Iterator[list[int]]:
    """Questions that follow each other with no more than an answer between them."""
    run: list[int] = []
    for i in asked:
        if run and i - run[-1] > _LONGEST_ANSWER + 1:
            yield run
            run = []
        run.append(i)
    if run:
        yield run


def _is_asked(text: str, start: int, end: int) -> bool:
    line = text[start:end]
    if len(line) > _LONGEST_QUESTION or line[0] in _OPENERS:
        return False
    return line.endswith("?") or _SET_IN_BOLD.match(line) is not None


def _is_interview(text: str, exchanges: Sequence[Exchange]) -> bool:
    """Whether questions speak to somebody who answers as "I", and nobody's words stand in marks."""
    n = len(exchanges)
    if n < _FEWEST_ASKED:
        return False
    answers = [text[exchange.answer[0][0] : exchange.answer[-1][1]] for exchange in exchanges]
    to_you = sum(_YOU.search(text, *exchange.question) is not None for exchange in exchanges)
    own = sum(_OWN.search(answer) is not None for answer in answers)
    if 2 * to_you < n or 2 * own < n or any(answer[0] in _OPENERS for answer in answers):
        return False
    # Two questions may stand in any text; here the one follows the answer to the other at once.
    return n > _FEWEST_ASKED or all(len(exchange.answer) == 1 for exchange in exchanges)


def _answered(text: str, paragraphs: Sequence[Bounds]) -> Iterator[Laid]:
    """The answers of an interview without labels."""
    for exchange in find_exchanges(text, paragraphs):
        yield Laid(None, None, exchange.answer, None, 0.8)


def _trimmed(text: str, bounds: Bounds) -> Bounds:
    """A name without the description behind its comma."""
    start, end = bounds
    comma = text.find(",", start, end)
    if comma > start:
        end = comma
    while end > start and text[end - 1] in " ,.":
        end -= 1
    return start, end
