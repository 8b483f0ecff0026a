"""Do the looks of a page change what is found? ``python benchmarks/invariance.py --data CORPORA [--every N]``.

Each article of PolNeAR dev is read as it is, with its quotation marks written in other ways, with blank lines joined
or doubled, and with its headline in capitals. An attribution is unchanged where its source, cue and contents are the
same words; ``same`` is the F1 of the one reading's attributions against the other's.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable
from itertools import accumulate
from pathlib import Path

import quotekit
from quotekit.marks import find_marks
from quotekit.types import Attribution, Extraction

STYLES = {"straight": ('"', '"'), "curly": ("“", "”"), "guillemets": ("«", "»"), "low-high": ("„", "“")}
_STYLE_OF = {mark: name for name, pair in STYLES.items() for mark in pair}
_STYLE_OF |= {"“": "curly", "''": "doubled", "``": "doubled"}
Place = tuple[int, int]
Found = tuple[Place | None, Place | None, tuple[Place, ...]]


def with_marks(text: str, opening: str, closing: str) -> str:
    """The text with every double quotation mark in one style; unchanged where it has two, which tells levels apart."""
    parts, at = [], 0
    marks = find_marks(text)
    if len({_STYLE_OF.get(text[m.start : m.end]) for m in marks if m.kind == "double"}) > 1:
        return text
    for mark in marks:
        if mark.kind == "double" and mark.side in ("open", "close"):
            parts += [text[at : mark.start], opening if mark.side == "open" else closing]
            at = mark.end
    return "".join([*parts, text[at:]])


def loud(text: str) -> str:
    """The text with its first line in capitals."""
    line, separator, rest = text.partition("\n")
    return line.upper() + separator + rest if len(line.upper()) == len(line) else text


CHANGES: dict[str, Callable[[str], str]] = {
    **{f"marks: {name}": lambda text, pair=pair: with_marks(text, *pair) for name, pair in STYLES.items()},
    "blank lines joined": lambda text: re.sub(r"\n{2,}", "\n", text),
    "blank lines doubled": lambda text: re.sub(r"\n{2,}", lambda gap: 2 * gap.group(), text),
    "every line break doubled": lambda text: text.replace("\n", "\n\n"),
    "headline in capitals": loud,
}


def places(extraction: Extraction) -> set[Found]:
    """The attributions by the count of letters and figures before them, so that white space and marks do not matter."""
    before = list(accumulate((c.isalnum() for c in extraction.text), initial=0))

    def place(start: int, end: int) -> Place:
        return before[start], before[end]

    def found(attribution: Attribution) -> Found:
        source, cue = attribution.source, attribution.cue
        return (
            place(source.start, source.end) if source else None,
            place(cue.span.start, cue.span.end) if cue else None,
            tuple(place(span.start, span.end) for span in attribution.content),
        )

    return {found(attribution) for attribution in extraction.attributions}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--every", type=int, default=1, help="read every Nth article")
    arguments = parser.parse_args()
    lines = (arguments.data / "polnear" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines[:: arguments.every]]
    # One style of marks is what the others are compared with: articles mix them.
    plain = [places(ex) for ex in quotekit.extract_many(texts)]
    for name, change in CHANGES.items():
        changed = [change(text) for text in texts]
        touched = [i for i, (one, other) in enumerate(zip(texts, changed, strict=True)) if one != other]
        other = [places(ex) for ex in quotekit.extract_many(changed[i] for i in touched)]
        same = sum(len(plain[i] & found) for i, found in zip(touched, other, strict=True))
        total = sum(len(plain[i]) + len(found) for i, found in zip(touched, other, strict=True))
        print(f"{name:24s} {200 * same / max(1, total):.1f}  ({len(touched)} of {len(texts)} articles changed)")


if __name__ == "__main__":
    main()
