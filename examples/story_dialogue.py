"""The dialogue of a story as a play: who speaks each line, and which speakers were guessed from the turns.

Run it: python examples/story_dialogue.py [FILE]
"""

from __future__ import annotations

import sys
from pathlib import Path

import quotekit

STORY = Path(__file__).parent / "data" / "ferry_story.txt"


def main(path: Path = STORY) -> None:
    found = quotekit.extract(path.read_text(encoding="utf-8"))
    said = {attribution.id: attribution for attribution in found.attributions}
    for quote in found.quotes:
        if not quote.is_speech or quote.parent_id is not None:
            continue
        speaker = found.speaker(quote.speaker_id)
        frame = said.get(quote.attribution_id or "")
        # Without "she said" the speaker follows from the turns of the talk: right less often, so it is marked.
        guessed = "?" if frame is None or frame.cue is None else ""
        words = " ".join(piece.text for piece in quote.content)
        print(f"{(speaker.name if speaker else 'somebody').upper()}{guessed}: {words}")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
