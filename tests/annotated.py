"""Passages with their attributions marked in the text: ``<source>Lavrov</source> <cue>said</cue> …``.

A number after a tag's name says which attribution of the passage it belongs to (the first where there is none), "not"
that the cue is negated; "¶" stands for a blank line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from quotekit.types import Attribution

Bounds = tuple[int, int]

_TAG = re.compile(r"<(/?)(source|cue|content|addressee|time|venue)(?: (\d))?( not)?>")


@dataclass
class Marked:
    """One attribution as it is marked; character offsets into the text without the tags."""

    content: list[Bounds] = field(default_factory=list)
    source: Bounds | None = None
    cue: Bounds | None = None
    negated: bool = False
    addressee: Bounds | None = None
    time: Bounds | None = None
    venue: Bounds | None = None


def parse(marked: str) -> tuple[str, list[Marked]]:
    """The text without its tags, and the attributions marked in it in the order of their numbers.

    >>> parse("<source>He</source> <cue not>said</cue> <content>no</content>.")[1][0].content
    [(8, 10)]
    """
    text, at = "", 0
    opened: list[tuple[str, int, int]] = []
    found: dict[int, Marked] = {}
    for tag in _TAG.finditer(marked):
        text += marked[at : tag.start()].replace("¶", "\n\n")
        at = tag.end()
        closing, role, number, negated = tag.groups()
        if not closing:
            opened.append((role, int(number or 1), len(text)))
            if negated:
                found.setdefault(int(number or 1), Marked()).negated = True
            continue
        name, which, start = opened.pop()
        if name != role:
            raise ValueError(f"<{name}> is closed by </{role}> in {marked!r}")
        frame = found.setdefault(which, Marked())
        if role == "content":
            frame.content.append((start, len(text)))
        else:
            setattr(frame, role, (start, len(text)))
    text += marked[at:].replace("¶", "\n\n")
    if opened:
        raise ValueError(f"<{opened[-1][0]}> is never closed in {marked!r}")
    return text, [found[number] for number in sorted(found)]


def as_marked(attribution: Attribution) -> Marked:
    """What quotekit found, in the form that a marked passage has."""

    def bounds(name: str) -> Bounds | None:
        span = getattr(attribution, name)
        return None if span is None else (span.start, span.end)

    cue = attribution.cue
    return Marked(
        content=[(span.start, span.end) for span in attribution.content],
        source=bounds("source"),
        cue=None if cue is None else (cue.span.start, cue.span.end),
        negated=cue is not None and cue.negated,
        addressee=bounds("addressee"),
        time=bounds("time"),
        venue=bounds("venue"),
    )


def passages(path: Path) -> Iterator[tuple[str, str]]:
    """The passages of a file with their ids: the heading they stand under and a number."""
    heading, number = "", 0
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            heading, number = line[3:].replace(" ", "-"), 0
        elif line and not line.startswith("#"):
            number += 1
            yield f"{heading}-{number}", line
