"""Whose words fill the articles: for each speaker, the words quoted in marks and the words reported without.

Nothing is guessed about anybody's gender: pronouns lead to names, and names are all that is counted.

Run it: python examples/most_quoted.py [FILE…]
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import quotekit

DATA = Path(__file__).parent / "data"
TOP = 8


def main(paths: Sequence[Path] = ()) -> None:
    quoted: Counter[str] = Counter()
    reported: Counter[str] = Counter()
    files = list(paths) or sorted(DATA.glob("*.txt"))
    for found in quotekit.extract_many(path.read_text(encoding="utf-8") for path in files):
        for said in found.attributions:
            speaker = found.speaker(said.speaker_id)
            # Within one text a pronoun leads to its name; across texts the name is all there is, or a roster's id.
            if speaker is not None:
                count = quoted if said.kind == "direct" else reported
                count[speaker.name] += sum(len(piece.text.split()) for piece in said.content)
    print(f"{'quoted':>7} {'reported':>8}  speaker")
    for name, words in quoted.most_common(TOP):
        print(f"{words:7} {reported[name]:8}  {name}")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
