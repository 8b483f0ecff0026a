"""Who speaks to whom, as the edges of a graph: CSV that Gephi, networkx or a spreadsheet read.

Run it: python examples/who_said_what_to_whom.py [FILE…] > edges.csv
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence
from pathlib import Path

import quotekit

DATA = Path(__file__).parent / "data"


def named(found: quotekit.Extraction, span: quotekit.Span) -> str:
    """The speaker whom a span mentions, else its own words: "the union" may be the Harbour Workers' Union."""
    for speaker in found.speakers:
        if any(mention.start == span.start and mention.end == span.end for mention in speaker.mentions):
            return speaker.name
    return span.text


def main(paths: Sequence[Path] = ()) -> None:
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(("file", "from", "to", "act", "words"))
    for path in list(paths) or sorted(DATA.glob("*.txt")):
        found = quotekit.extract(path.read_text(encoding="utf-8"))
        acts = {claim.id: claim.act for claim in found.claims}
        for said in found.attributions:
            speaker = found.speaker(said.speaker_id)
            if speaker is not None and said.addressee is not None:
                words = " … ".join(piece.text for piece in said.content)
                edge = (speaker.name, named(found, said.addressee), acts.get(said.claim_id or "", ""), words)
                table.writerow((path.stem, *edge))


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
