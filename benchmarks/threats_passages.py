"""Threats in the marked passages of models/training/threats: ``python benchmarks/threats_passages.py [--part train]``.

The test part decides; no rule was made and nothing fitted on it. Beside it stands a baseline: every sentence with
"if", "unless" or "should" on one side of a comma, or of the marker, and "will" or "would" on the other. Details of the
test part are not to be had: who reads its mistakes mends them.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from threats_gold import f1, ratio, report_rows

sys.path.insert(0, str(Path(__file__).parents[1] / "models" / "training" / "threats"))
from marked import marked

_SENTENCE = re.compile(r"[^.?!]+[.?!]*[”\"’]*")
_WILL = r"\b(?:will|would|’ll|'ll|won[’']t)\b"
_FRONTED = re.compile(rf"\b(?P<marker>if|unless|should)\b(?P<condition>[^,]+),(?P<consequence>.*?{_WILL}.*)", re.I)
_FINAL = re.compile(
    rf"(?P<consequence>\b[\w ’'“]*{_WILL}[^,]*?)\b(?P<marker>if|unless|should)\b(?P<condition>[^,]+)", re.I
)


def by_patterns(text: str) -> list[tuple[int, int]]:
    """Where the baseline sees consequences."""
    found = []
    for sentence in _SENTENCE.finditer(text):
        match = _FINAL.search(sentence[0]) or _FRONTED.search(sentence[0])
        if match is not None:
            found.append((sentence.start() + match.start("consequence"), sentence.start() + match.end("consequence")))
    return found


def report_baseline(rows: Sequence[dict[str, Any]]) -> None:
    """Prints what the baseline reaches, by passages: right is one whose consequence it overlaps."""
    right = found = meant = 0
    for row in rows:
        spans = by_patterns(row["text"])
        wanted = [piece for threat in row["threats"] for piece in threat["consequence"] or threat["condition"]]
        right += any(a < d and c < b for a, b in spans for c, d in wanted)
        found += bool(spans)
        meant += bool(row["threats"])
    print(f"if … will: texts P {ratio(right, found):.1f}  R {ratio(right, meant):.1f}  F {f1(right, meant, found):.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=("train", "test", "test 2", "test 3", "test 4"), default="test 4")
    parser.add_argument("--details", action="store_true", help="print every disagreement; of the train part alone")
    options = parser.parse_args()
    rows = marked(options.part)
    report_rows(rows, f"marked.tsv, {options.part}", details=options.details and options.part == "train")
    report_baseline(rows)


if __name__ == "__main__":
    main()
