"""Everything each speaker says, as CSV on standard output: one row an attribution, sorted by speaker.

Run it: python examples/quotes_by_speaker_csv.py [FILE…] > quotes.csv
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence
from pathlib import Path

import quotekit

DATA = Path(__file__).parent / "data"


def main(paths: Sequence[Path] = ()) -> None:
    rows: list[tuple[str, str, str, str, str]] = []
    for path in list(paths) or sorted(DATA.glob("*.txt")):
        found = quotekit.extract(path.read_text(encoding="utf-8"))
        acts = {claim.id: claim.act for claim in found.claims}
        for attribution in found.attributions:
            speaker = found.speaker(attribution.speaker_id)
            # "She did not say whether" reports no statement.
            is_said = attribution.cue is None or not attribution.cue.negated
            if speaker is not None and is_said:
                words = " … ".join(piece.text for piece in attribution.content)
                act = acts.get(attribution.claim_id or "", "")
                rows.append((speaker.name, path.name, attribution.kind, act, words))
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(("speaker", "file", "kind", "act", "words"))
    table.writerows(sorted(rows))


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
