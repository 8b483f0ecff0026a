"""Conditional threats in several articles: who threatens whom, with what, under which condition, and until when.

Run it: python examples/threats_monitor.py [FILE or FOLDER…]
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import quotekit

DATA = Path(__file__).parent / "data"


def main(paths: Sequence[Path] = ()) -> None:
    files = [file for path in paths or [DATA] for file in (sorted(path.glob("*.txt")) if path.is_dir() else [path])]
    texts = [path.read_text(encoding="utf-8") for path in files]
    for path, found in zip(files, quotekit.extract_many(texts), strict=True):
        for threat in found.threats:
            speaker = found.speaker(threat.threatener_id) or found.speaker(threat.issuer_id)
            who = speaker.name if speaker else threat.threatener.text if threat.threatener else "?"
            whom = threat.target.text if threat.target else "?"
            print(f"{path.name}: {who} → {whom} ({threat.means}, {threat.explicitness})")
            marker = f" ({threat.marker.text.lower()})" if threat.marker else ""
            print(f"  condition{marker}: {' and '.join(piece.text for piece in threat.condition)}")
            print(f"  consequence: {' and '.join(piece.text for piece in threat.consequence) or '…'}")
            if threat.deadline:
                print(f"  until when: {threat.deadline.text}")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
