"""Sources without a name: "two people who know the talks", "a docker who asked not to be named".

Run it: python examples/anonymous_sources.py [FILE…]
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import quotekit

DATA = Path(__file__).parent / "data"
NAMED_KINDS = {"organization", "document"}


def has_name(speaker: quotekit.Speaker) -> bool:
    """Whether the text names the speaker; a description has no capital after its first word."""
    words = speaker.name.split()
    return speaker.kind in NAMED_KINDS or len(words) == 1 or any(word[0].isupper() for word in words[1:])


def main(paths: Sequence[Path] = ()) -> None:
    for path in list(paths) or sorted(DATA.glob("*.txt")):
        found = quotekit.extract(path.read_text(encoding="utf-8"), min_confidence=0.5)
        for speaker, said in found.by_speaker().items():
            if has_name(speaker) or not said:
                continue
            print(f"{path.stem}: {speaker.name} ({speaker.kind})")
            for attribution in said:
                print(f"  {' … '.join(piece.text for piece in attribution.content)}")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
