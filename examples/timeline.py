"""Dated statements of several articles, in order of time: "on Friday" becomes a date.

Run it: python examples/timeline.py [FILE…]
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Sequence
from pathlib import Path

import quotekit

ROOT = Path(__file__).parent.parent


def main(paths: Sequence[Path] = ()) -> None:
    rows: list[tuple[dt.date, str, str, str]] = []
    for path in list(paths) or sorted([*ROOT.glob("seeds/*.txt"), *ROOT.glob("examples/data/*.txt")]):
        # "On Friday" is the Friday before the date on the page. Where the page has none, give published=.
        found = quotekit.extract(path.read_text(encoding="utf-8"))
        for said in found.attributions:
            if said.date is not None and said.time is not None:
                speaker = found.speaker(said.speaker_id)
                words = " … ".join(piece.text for piece in said.content)
                rows.append((said.date, said.time.text, speaker.name if speaker else "?", words))
    for date, written, name, words in sorted(rows):
        print(f"{date} ({written}) {name}: {words}")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
