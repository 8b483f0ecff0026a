"""What an editor should look at: words in marks that nobody is given for, or only with little confidence.

Run it: python examples/quotes_without_speaker.py [FILE…]
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import quotekit

DATA = Path(__file__).parent / "data"
SURE = 0.6


def main(paths: Sequence[Path] = ()) -> None:
    for path in list(paths) or sorted(DATA.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        found = quotekit.extract(text)
        confidence = {said.id: said.confidence for said in found.attributions}
        for quote in found.quotes:
            line = text.count("\n", 0, quote.span.start) + 1
            if not quote.is_speech:
                why = "not taken for speech"
            elif quote.speaker_id is None:
                why = "nobody is given for it"
            elif confidence.get(quote.attribution_id or "", 0.0) < SURE:
                why = f"{found.speaker(quote.speaker_id).name}, but not surely"
            else:
                continue
            print(f"{path.name}:{line}: {quote.span.text} ({why})")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
