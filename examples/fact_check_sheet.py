"""A fact-checker's worksheet: every claim once, with the places that are its evidence, and room for a verdict.

Run it: python examples/fact_check_sheet.py [FILE] > sheet.csv
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import quotekit

ARTICLE = Path(__file__).parent / "data" / "court_report.txt"
CHECKABLE = {"assertion", "denial", "accusation", "prediction"}


def main(path: Path = ARTICLE) -> None:
    text = path.read_text(encoding="utf-8")
    found = quotekit.extract(text, min_confidence=0.5)
    attributions = {said.id: said for said in found.attributions}
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(("claim", "speaker", "act", "what is claimed", "evidence", "verdict"))
    for claim in found.claims:
        if claim.act not in CHECKABLE or claim.negated:
            continue
        speaker = found.speaker(claim.speaker_id)
        pieces = [piece for i in claim.attribution_ids for piece in attributions[i].content]
        # Offsets count characters of the file as Python reads it: text[start:end] are the words.
        evidence = " ".join(f"{piece.start}-{piece.end}" for piece in pieces)
        table.writerow((claim.id, speaker.name if speaker else "", claim.act, claim.text, evidence, ""))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
