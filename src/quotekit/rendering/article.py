"""The text with its marks.

Spans nest and overlap, elements cannot: the text is cut wherever a span begins or ends, and each piece carries all
that is said of it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from quotekit.rendering.numbering import Keys
from quotekit.rendering.words import escape, line
from quotekit.types import Extraction, Span

ROLES = ("content", "quoted", "source", "cue", "condition", "consequence", "marker", "aside")
"""What a piece of the text can be; as classes with the prefix ``qk-``."""

# A paragraph is a line with the breaks behind it; breaks before the first line belong to that line.
_BLOCK = re.compile(r"(?:\A[\r\n]+)?[^\r\n]+[\r\n]*|\A[\r\n]+\Z")
_BREAKS = re.compile(r"[\r\n]+")
_ONE_BREAK = ("\n", "\r\n", "\r")


@dataclass(frozen=True)
class _Layer:
    """A span, what it is, and the keys of the records to which it belongs."""

    start: int
    end: int
    role: str
    keys: tuple[str, ...] = ()


def roles_of(extraction: Extraction) -> set[str]:
    """Which of `ROLES` occur.

    >>> roles_of(Extraction(text="It rained."))
    set()
    """
    return {layer.role for layer in _layers(extraction, None) if layer.end > layer.start}


def mark(extraction: Extraction, keys: Keys, prefix: str, *, heading: str) -> tuple[str, bool]:
    """The article as HTML.

    Args:
        extraction: What was found.
        keys: What its records are called.
        prefix: Start of every id, unique on the page.
        heading: Name of the element that holds the headline.

    Returns:
        The paragraphs, whose characters are those of the text, and whether the headline is among them.
    """
    text = extraction.text
    starts = [found.start() for found in _BLOCK.finditer(text)] or [0]
    title = _title_start(extraction, starts)
    before, behind = _anchors(extraction, keys, prefix)
    breaks = {edge for found in _BREAKS.finditer(text) for edge in found.span()}
    pieces = _pieces(text, _layers(extraction, keys), {*starts, *breaks, *before, *behind})
    name = heading if title == 0 else "p"
    out = [_opened(name)]
    for offset in sorted({len(text), *pieces}):
        # A link back stands right behind what it belongs to, in its paragraph; a place to arrive at right before.
        out += behind[offset]
        if offset > 0 and offset in starts:
            out.append(f"</{name}>")
            name = heading if offset == title else "p"
            out.append(_opened(name))
        out += before[offset]
        out.append(pieces.get(offset, ""))
    out.append(f"</{name}>")
    return "".join(out), title is not None


def _opened(name: str) -> str:
    return '<p dir="auto">' if name == "p" else f'<{name} class="qk-headline" dir="auto">'


def _layers(extraction: Extraction, keys: Keys | None) -> list[_Layer]:
    layers: list[_Layer] = []
    of: tuple[str, ...]

    def add(span: Span | None, role: str, *of: str) -> None:
        if span is not None:
            layers.append(_Layer(span.start, span.end, role, of))

    if extraction.document is not None:
        for piece in extraction.document.boilerplate:
            add(piece, "aside")
    for quote in extraction.quotes:
        if quote.is_speech:
            add(quote.span, "quoted")
    for attribution in extraction.attributions:
        of = () if keys is None else (keys.speaker(attribution.speaker_id), keys.attributions[attribution.id])
        for piece in attribution.content:
            add(piece, "content", *of)
        add(attribution.source, "source", *of)
        add(attribution.cue.span if attribution.cue else None, "cue", *of)
    for threat in extraction.threats:
        of = () if keys is None else (keys.threats[threat.id],)
        for piece in threat.condition:
            add(piece, "condition", *of)
        for piece in threat.consequence:
            add(piece, "consequence", *of)
        add(threat.marker, "marker", *of)
    return layers


def _pieces(text: str, layers: Sequence[_Layer], edges: set[int]) -> dict[int, str]:
    """Cuts the text at every edge, and wherever a layer begins or ends; each piece by its first offset."""
    starting: dict[int, list[_Layer]] = defaultdict(list)
    cuts = {0, len(text), *edges}
    # Of two that begin together the longer is the outer one.
    for layer in sorted(layers, key=lambda layer: -layer.end):
        if layer.start < layer.end:
            starting[layer.start].append(layer)
            cuts |= {layer.start, layer.end}
    pieces: dict[int, str] = {}
    active: list[_Layer] = []
    for start, end in pairwise(sorted(cuts)):
        active = [layer for layer in active if layer.end > start] + starting.get(start, [])
        piece = text[start:end]
        if piece[0] in "\r\n":
            # The paragraph's end breaks the line; a class tells the style sheet of a blank line.
            kind = "qk-break" if piece in _ONE_BREAK else "qk-break qk-blank"
            pieces[start] = f'<span class="{kind}">{escape(piece)}</span>'
        else:
            pieces[start] = f"{_tag(active)}{escape(piece)}</mark>" if active else escape(piece)
    return pieces


def _tag(active: Sequence[_Layer]) -> str:
    present = {layer.role for layer in active}
    classes = [f"qk-{role}" for role in ROLES if role in present]
    if sum(layer.role == "content" for layer in active) > 1:
        classes.append("qk-nested")
    # The innermost frame comes last: that is the one to whose speaker a click leads.
    of = " ".join(dict.fromkeys(key for layer in active for key in layer.keys))
    return f'<mark class="{" ".join(classes)}"' + (f' data-of="{of}">' if of else ">")


def _anchors(extraction: Extraction, keys: Keys, prefix: str) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    """Where a link into the text arrives, before a record's first character; and the links back, behind its last."""
    before: dict[int, list[str]] = defaultdict(list)
    behind: dict[int, list[str]] = defaultdict(list)
    links: list[tuple[int, int, str]] = []
    names = {keys.speaker(speaker.id): line(speaker.name) for speaker in extraction.speakers}
    for attribution in extraction.attributions:
        cue = attribution.cue
        frame = (attribution.source, cue.span if cue else None)
        spans = attribution.content or tuple(span for span in frame if span is not None)
        key, who = keys.attributions[attribution.id], keys.speaker(attribution.speaker_id)
        label = f"Said by {names[who]}" if who in names else "Said by nobody named"
        start, end = _extent(spans)
        before[start].append(f'<span class="qk-place" id="{prefix}-{key}" tabindex="-1"></span>')
        # The number comes from the stylesheet: copied text has no numbers in it.
        number = who.removeprefix("s") if who in names else "?"
        link = f'<a class="qk-ref" href="#{prefix}-{who}" data-number="{number}" aria-label="{escape(label)}"></a>'
        links.append((start, end, link))
    for threat in extraction.threats:
        start, end = _extent((*threat.condition, *threat.consequence))
        key = keys.threats[threat.id]
        before[start].append(f'<span class="qk-place" id="{prefix}-{key}-place" tabindex="-1"></span>')
        number = key.removeprefix("t")
        link = (
            f'<a class="qk-ref qk-ref-threat" href="#{prefix}-{key}" data-number="T{number}" '
            f'aria-label="Conditional threat {number}"></a>'
        )
        links.append((start, end, link))
    # Of two that end together the inner one ends first.
    for _, end, link in sorted(links, key=lambda link: -link[0]):
        behind[end].append(link)
    return before, behind


def _extent(spans: Sequence[Span]) -> tuple[int, int]:
    """From the first character to after the last; the text's start where there is none."""
    return min((span.start for span in spans), default=0), max((span.end for span in spans), default=0)


def _title_start(extraction: Extraction, starts: Sequence[int]) -> int | None:
    """Where the line begins that is the headline; None where no line is."""
    title = line((extraction.document and extraction.document.title) or "")
    if not title:
        return None
    edges = [*starts, len(extraction.text)]
    return next((start for start, end in pairwise(edges) if line(extraction.text[start:end]) == title), None)
