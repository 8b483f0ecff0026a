"""What two articles have the same people say, side by side: agreement, contradiction, and what one leaves out.

Run it: python examples/compare_articles.py [FILE FILE]
"""

from __future__ import annotations

import sys
from pathlib import Path

from rapidfuzz.fuzz import token_set_ratio

import quotekit

DATA = Path(__file__).parent / "data"
SAME = 75
"""Claims that share so many of their words, in per cent, are shown side by side."""


def main(
    first: Path = DATA / "harbour_strike.txt",
    second: Path = DATA / "harbour_strike_evening.txt",
) -> None:
    one, other = (quotekit.extract(path.read_text(encoding="utf-8")) for path in (first, second))
    for speaker in one.speakers:
        for namesake in other.speakers_named(speaker.name):
            left, right = one.claims_of(speaker), list(other.claims_of(namesake))
            if not left or not right:
                continue
            print(speaker.name)
            for claim in left:
                match = max(right, key=lambda c: token_set_ratio(claim.text, c.text), default=None)
                if match is not None and token_set_ratio(claim.text, match.text) >= SAME:
                    right.remove(match)
                    print(f"  both:   {claim.text}\n          {match.text}")
                else:
                    print(f"  first:  {claim.text}")
            for claim in right:
                print(f"  second: {claim.text}")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
