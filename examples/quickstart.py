"""Who says what in one article.

Run it: python examples/quickstart.py [FILE]
"""

from __future__ import annotations

import sys
from pathlib import Path

import quotekit

ARTICLE = Path(__file__).parent / "data" / "harbour_strike.txt"


def main(path: Path = ARTICLE) -> None:
    found = quotekit.extract(path.read_text(encoding="utf-8"))
    for attribution in found.attributions:
        speaker = found.speaker(attribution.speaker_id)
        who = speaker.name if speaker else "somebody"
        cue = attribution.cue
        # "She did not say whether" reports no statement.
        how = f"{'not ' if cue.negated else ''}{cue.lemma}" if cue else "goes on"
        what = " … ".join(piece.text for piece in attribution.content)
        print(f"{who} | {how} | {what}")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
