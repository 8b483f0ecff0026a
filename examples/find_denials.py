"""Who denies what, and who is said not to have said something: three things that are easily mixed up.

Run it: python examples/find_denials.py [FILE…]
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import quotekit

DATA = Path(__file__).parent / "data"


def main(paths: Sequence[Path] = ()) -> None:
    for path in list(paths) or sorted(DATA.glob("*.txt")):
        found = quotekit.extract(path.read_text(encoding="utf-8"))
        acts = {claim.id: claim.act for claim in found.claims}
        for said in found.attributions:
            act = acts.get(said.claim_id or "")
            if said.cue is not None and said.cue.negated:
                kind = "did not say"  # "would not say whether": nothing is denied, and nothing confirmed
            elif act == "refusal":
                kind = "refuses"
            elif act == "denial":
                kind = "denies"
            else:
                continue
            speaker = found.speaker(said.speaker_id)
            words = " … ".join(piece.text for piece in said.content)
            print(f"{path.stem}: {speaker.name if speaker else '?'} {kind}: {words}")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
