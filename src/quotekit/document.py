"""What a page says about itself: headline, byline, date, and the lines that are no part of the article."""

from __future__ import annotations

import datetime as dt
import functools
import re

from quotekit.dates import find_datetime
from quotekit.lexicon import load_table
from quotekit.types import DocumentInfo, Span

_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_LONGEST_JUNK = 240
"""Longer lines, in characters, are never taken for page junk."""
_LONGEST_HEADLINE = 250
_LAST_CHARACTERS = 400
"""Characters at a page's end in which its author may be named again."""
_LONGEST_HEADER = 15
"""Lines from the top among which headline, byline and date are looked for."""
_BYLINE = re.compile(
    r"(?:by|written by|reported by|edited by|posted by|author:|story by)\s*:?\s+(?P<name>\S.{1,100})"
    r"|(?P<desk>(?:[A-Z][\w.&’'-]*\s+){0,5}(?:(?:Web|News|Online|Digital|National|International|World|Foreign|Political|Sports|Business)\s+)?"
    r"(?:Team|Desk|Staff|Bureau|Correspondent|Newsroom|Reporter|Reporters|Editor|Service|Agencies))",
    re.IGNORECASE,
)
_PLACE = r"[A-Z][A-Z.’' -]{2,30}(?:, ?[A-Z][\w. ’-]{1,30}){0,2}"
_AGENCY = r"(?:Reuters|AP|AFP|ANI|PTI|IANS|UNI|UPI|Xinhua|TASS|dpa|DPA|EFE|Bloomberg|CNN|[A-Z][\w ]{2,30} News)"
_DATELINE = re.compile(
    rf"(?:{_PLACE}|[A-Z][\w. ’-]{{2,30}}(?: \[[\w .]+\])?)(?:, [A-Z][a-z]{{2,8}}\.? \d{{1,2}})?"
    rf",? ?[(\[]{_AGENCY}[)\]] ?(?:[-–—:]+|--) "
)
"""Where a report was filed, and for whom: "OSLO, March 4 (Reuters) - "."""
_PLAIN_DATELINE = re.compile(
    r"[A-Z][A-Z.’'-]{2,}(?: [A-Z][A-Z.’'-]+){0,3}(?:, [A-Z][\w.’ -]{2,25}){0,2} (?:[–—-]|--) "
    r"(?=[“\"'‘]?(?:[A-Z][a-z’']|A |I ))"
)
"""Where it was filed, before running text: "PORT MERROW, Sallow — The mayor"."""
_WIRE_DATELINE = re.compile(
    r"[A-Z][^\n()/]{2,80}?\s?(?:--|[–—-])?\s?(?:\([A-Z][A-Za-z ]{2,30}(?i:wire)\)|/[A-Z]{2}[\w ]{2,30}/)"
    r"\s?(?:--|[–—-])\s?(?=\S)"
)
"""Where a company's release was filed: "AUSTIN, Texas--(BUSINESS WIRE)--", "OSLO, May 3, 2024 /PRNewswire/ -- "."""
_SHORTEST_LEAD = 80
"""Characters of a paragraph that a dateline without an agency opens."""
_SHORTEST_BODY = 50
"""Characters of a paragraph that stands below an author's name."""
_PERSON = r"[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){1,3}"
_REPORTER = re.compile(rf"{_PERSON}(?:,? and {_PERSON})? in [A-Z][\w.’ -]{{2,30}}")
_OUTLET = re.compile(
    r"(?:[A-Z][\w.’']+ ){0,4}(?:News|Times|Post|Press|BBC|CNN|Bureau|Staff|Agency|(?:[A-Z]\w+ ){0,2}"
    r"(?:[Cc]orrespondent|[Rr]eporter|[Ww]riter|[Ee]ditor|[Cc]olumnist|[Cc]ontributor|[Cc]ritic))"
    r"(?:,? (?:in )?[A-Z][\w.’' ]{2,30})?"
)
_SIGNED_FIRST = re.compile(r"B[yY]:? (?!the\b)\S+ \S")
"""A byline that no headline stands above."""
_BARE_BYLINE = re.compile(r"[A-Z][\w’'-]+(?: [A-Z]\.)?(?: [A-Z][\w’'-]+){1,2}")
_ENDS_SENTENCE = re.compile(r"[.!?…][\"'”’»)]*$|[\"”»]")
_MOST_LINKS = 12
"""Lines that a list of links may have."""
_LONGEST_LINK = 110
_MOST_POSTED = 8
"""Lines of an embedded post."""
_HANDLE_LINE = re.compile(r"[^\n]{0,60}(?<![\w.])@\w{2,30}\)?(?:\s*·[^\n]{0,40})?")
"""The handle above an embedded post, below which a date is the post's."""
_DATE_LABEL = re.compile(
    r"(?:first\s+|last\s+)?(?:published|updated|posted|modified)\b\s*(?:on\b|at\b)?\s*[:\-–—]?\s*",
    re.IGNORECASE,
)
_SITE = re.compile(r"\s+[|–—-]\s+[^|]{2,60}$")
_WORDS = re.compile(r"\w+")
_SENTENCES = re.compile(r"[^\W\d_]{3}[.!?][\"'”’»)]?\s+[\"'“‘«(]?[A-Z]")
_FULL_STOP = re.compile(r"\.[\"'”’»)]?$")


@functools.cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """Whole-line patterns, headings of highlights and of links, and pieces of lines."""
    patterns: dict[str, list[str]] = {}
    for row in load_table("boilerplate"):
        patterns.setdefault(row[0], []).append(f"(?:{row[1]})")
    return {scope: re.compile("|".join(of), re.IGNORECASE) for scope, of in patterns.items()}


def describe(text: str, *, title: str | None = None, published: dt.datetime | None = None) -> DocumentInfo:
    r"""Reads a page's own frame: what is headline, byline and date, and what is junk of the page.

    Junk is told line by line, and only short lines that are junk by their form are taken, so that a page without any
    loses nothing. A summary block ("Story highlights") is junk where its lines repeat what the article says anyway.

    Args:
        text: The page's text.
        title: The headline, where the caller knows it.
        published: When it was published, where the caller knows it; else the page's own date line is read.

    Returns:
        Headline, date, byline and boilerplate; offsets count characters of ``text``.

    >>> info = describe("Talks to open\n\nPublished: 3 May 2022\nadvertisement\n\nTalks open on Monday, he said.")
    >>> info.title, str(info.published), [span.text for span in info.boilerplate]
    ('Talks to open', '2022-05-03 00:00:00', ['Published: 3 May 2022', 'advertisement'])
    """
    lines = [(m.start() + len(m[0]) - len(m[0].lstrip()), m.start() + len(m[0].rstrip())) for m in _LINE.finditer(text)]
    lines = [(start, end) for start, end in lines if start < end]
    patterns = _patterns()
    junk: list[tuple[int, int]] = []
    headings: list[int] = []
    byline: str | None = None
    shown: dt.datetime | None = None
    body: list[int] = []
    listed = -1
    for at, (start, end) in enumerate(lines):
        if end - start > _LONGEST_JUNK:
            body.append(at)
            continue
        line = text[start:end]
        if patterns["heading"].fullmatch(line):
            headings.append(at)
            junk.append((start, end))
            continue
        if patterns["links"].fullmatch(line):
            listed = at + _MOST_LINKS
            junk.append((start, end))
            continue
        if at <= listed and len(line) <= _LONGEST_LINK and not _ENDS_SENTENCE.search(line):
            junk.append((start, end))
            continue
        listed = -1
        if patterns["line"].fullmatch(line) or not _WORDS.search(line):
            if _WORDS.search(line):
                junk.append((start, end))
                shown = shown or (find_datetime(line) if _DATE_LABEL.match(line) else None)
            continue
        if at < _LONGEST_HEADER:
            is_posted = any(_HANDLE_LINE.fullmatch(text[slice(*lines[other])]) for other in body[-_MOST_POSTED:])
            when = _date_line(line) if not is_posted else None
            if when is not None:
                shown = shown or when
                junk.append((start, end))
                continue
            signed = _BYLINE.fullmatch(line)
            is_signed = signed is not None and (signed["desk"] or _is_name(signed["name"]))
            is_signed = is_signed and (bool(body) or _SIGNED_FIRST.match(line) is not None)
            is_signed = is_signed or (body != [] and _REPORTER.fullmatch(line) is not None)
            if byline is None and (is_signed or _is_bare_byline(text, lines, at, body)):
                byline = line
                junk.append((start, end))
                continue
            if byline is not None and junk[-1] == lines[at - 1] and _OUTLET.fullmatch(line):
                junk.append((start, end))
                continue
        if at < _LONGEST_HEADER or not body:
            place = _DATELINE.match(line) or _WIRE_DATELINE.match(line)
            if place is None and len(line) >= _SHORTEST_LEAD:
                place = _PLAIN_DATELINE.match(line)
            if place is not None:
                junk.append((start, start + place.end()))
        pieces = [(start + m.start(), start + m.end()) for m in patterns["piece"].finditer(line) if m[0].strip()]
        junk.extend(pieces)
        body.append(at)
    for at in headings:
        junk.extend(_repeated_block(text, lines, at))
    headline = title if title is not None else _headline(text, lines, body)
    return DocumentInfo(
        title=headline,
        published=published if published is not None else shown,
        byline=byline,
        boilerplate=tuple(Span.of(text, start, end) for start, end in _merged(junk)),
    )


def _is_bare_byline(text: str, lines: list[tuple[int, int]], at: int, body: list[int]) -> bool:
    """Whether a line under the headline is its author's name alone: nobody whom the article speaks of.

    What she is or a date stands below it, or the article itself.
    """
    line = text[slice(*lines[at])]
    if not body or at >= _LONGEST_HEADER or at + 1 == len(lines) or not _BARE_BYLINE.fullmatch(line):
        return False
    first, *_, last = line.split()
    if first.lower() not in _given_names() or last in text[: lines[at][0]]:
        return False
    following = text[slice(*lines[at + 1])]
    is_role = _OUTLET.fullmatch(following) is not None
    if not is_role and _date_line(following) is None and len(following) < _SHORTEST_BODY:
        return False
    return last not in text[lines[at][1] : max(lines[at + 1][1], len(text) - _LAST_CHARACTERS)]


@functools.cache
def _given_names() -> frozenset[str]:
    return frozenset(row[0] for row in load_table("given_names"))


def _date_line(line: str) -> dt.datetime | None:
    """The date of a line that holds little else: a label, a place run together with it, a clock time."""
    label = _DATE_LABEL.search(line)
    when = find_datetime(line)
    if when is None or len(line) > 120:
        return None
    if label is not None and label.start() <= 60 and not line.endswith((".", "”", '"')):
        # A label after a place ("New Delhi, IndiaUpdated: …") has a colon; a sentence that says "updated on" has none.
        return when if label.start() == 0 or ":" in label[0] else None
    letters = re.sub(r"\d|\W", "", line)
    return when if len(letters) <= 24 and len(_WORDS.findall(line)) <= 9 and not line.endswith(".") else None


def _is_name(words: str) -> bool:
    """Whether a byline's words look like names: capitals but for "and", and no sentence."""
    found = words.replace(",", " ").replace("|", " ").split()
    return (
        0 < len(found) <= 12
        and not words.endswith((".", "!", "?"))
        and all(
            w[0].isupper()
            or not w[0].isalpha()
            or w.lower() in ("and", "in", "for", "with", "at", "of", "the", "de", "van", "von", "al", "bin")
            for w in found
        )
    )


def _headline(text: str, lines: list[tuple[int, int]], body: list[int]) -> str | None:
    """The first line of the article where more follows and it does not end as a sentence of running text does.

    A label of one or two words above it ("World news") is not the headline, nor is the page's name behind a bar.
    """
    if len(body) < 2 or body[0] >= _LONGEST_HEADER:
        return None
    options = [text[slice(*lines[at])] for at in body[:2]]
    if len(options[0].split()) <= 2 and len(body) > 2 and _may_head(options[1]) and len(options[1].split()) > 3:
        return options[1]
    bare = _SITE.sub("", options[0])
    return (bare if bare == options[1] else options[0]) if _may_head(options[0]) else None


def _may_head(line: str) -> bool:
    is_long = len(line) > _LONGEST_HEADLINE
    if is_long or line.endswith((",", ";", "-")) or _SENTENCES.search(line):
        return False
    return not _FULL_STOP.search(line) or line.endswith("...")


def _repeated_block(text: str, lines: list[tuple[int, int]], heading: int) -> list[tuple[int, int]]:
    """The lines after a heading of highlights that repeat what stands elsewhere in the text."""
    others = [frozenset(w.lower() for w in _WORDS.findall(text[start:end])) for start, end in lines]
    block: list[tuple[int, int]] = []
    for at in range(heading + 1, min(heading + 9, len(lines))):
        own = others[at]
        # A summary line is short, and nearly all its words stand in one later paragraph.
        repeats = any(len(own & words) >= 0.85 * len(own) for words in others[at + 1 :]) if len(own) >= 3 else False
        if not repeats:
            break
        block.append(lines[at])
    return block


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    result: list[tuple[int, int]] = []
    for start, end in sorted(set(spans)):
        if result and start < result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result
