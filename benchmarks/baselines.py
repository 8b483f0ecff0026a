"""What simpler ways reach on the same articles: ``python benchmarks/baselines.py --data CORPORA``.

A few regular expressions, as in many newsroom scripts, and textacy's `direct_quotations`, if it is installed
(``pip install textacy``), on the parse that quotekit writes on its Docs. Both look for words in quotation marks only,
so all are scored on the attributions whose content begins with a mark.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable
from pathlib import Path

from accuracy import frame_of
from scoring import Frame, score_attributions

import quotekit

_QUOTE = r"(?P<content>[“\"][^“”\"]{2,1000}[”\"])"
_CUE = r"(?P<cue>said|says|told|added|asked|wrote|tweeted|argued|explained|noted|warned|insisted|replied|continued)"
_NAME = r"(?P<source>(?:[A-Z][\w.’'-]+(?: of)? ?){1,5}|he|she|they|He|She|They)"
PATTERNS = [
    re.compile(rf"{_QUOTE},? {_CUE} {_NAME}"),
    re.compile(rf"{_QUOTE},? {_NAME} ?{_CUE}"),
    re.compile(rf"{_NAME} ?{_CUE}(?: \w+)?[,:]? {_QUOTE}"),
]


def in_marks(text: str, frames: list[Frame]) -> list[Frame]:
    """The attributions whose content begins with a quotation mark."""
    return [f for f in frames if f["content"] and text.startswith(("“", '"', "''"), min(f["content"])[0])]


def by_patterns(text: str) -> list[Frame]:
    """Quotations with a name and a reporting verb beside them."""
    text = text.replace("''", '" ')
    taken: set[int] = set()
    frames: list[Frame] = []
    for pattern in PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span("content")
            if start not in taken:
                taken.add(start)
                frames.append(
                    {role: [list(match.span(role))] for role in ("source", "cue")} | {"content": [[start, end]]}
                )
    return frames


def by_textacy() -> Callable[[str], list[Frame]] | None:
    """textacy's direct quotations; None where it is not installed."""
    try:
        from textacy.extract import direct_quotations
    except ImportError:
        return None
    nlp = quotekit.load()

    def bounds(tokens: list) -> list[list[int]]:
        return [[tokens[0].idx, tokens[-1].idx + len(tokens[-1])]] if tokens else []

    def found(text: str) -> list[Frame]:
        try:
            return [
                {"source": bounds(list(t.speaker)), "cue": bounds(list(t.cue)), "content": bounds(list(t.content))}
                for t in direct_quotations(nlp(text))
            ]
        except ValueError:
            # An odd number of marks stops it.
            return []

    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    data = parser.parse_args().data
    rows = [json.loads(line) for line in (data / "polnear" / "dev.jsonl").read_text(encoding="utf-8").splitlines()]
    extractions = list(quotekit.extract_many(row["text"] for row in rows))
    found: dict[str, list[list[Frame]]] = {"patterns": [by_patterns(row["text"]) for row in rows]}
    textacy = by_textacy()
    if textacy is None:
        print("textacy is not installed: pip install textacy")
    else:
        found["textacy"] = [textacy(row["text"]) for row in rows]
    found["quotekit"] = [[frame_of(a) for a in e.attributions] for e in extractions]
    for name, frames in found.items():
        scored = score_attributions(
            [
                (row["text"], in_marks(row["text"], row["attributions"]), in_marks(row["text"], of_row))
                for row, of_row in zip(rows, frames, strict=True)
            ]
        )
        print(name)
        for measure in ("rel@0.3", "rel@0.8", "con@0.3", "con@0.8"):
            print(f"  {measure}  {scored[measure]}")


if __name__ == "__main__":
    main()
