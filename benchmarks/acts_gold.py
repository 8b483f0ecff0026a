"""Acts against the development gold: ``python benchmarks/acts_gold.py [GOLD]``, GOLD a folder or acts.dev.jsonl.

Without GOLD it is ``tests/gold/acts.jsonl``, each of whose parts is told apart.

The gold source, cue and content are given, so that only the act is judged; each text is a document of its own. Beside
it the baseline that takes the cue's act from the table, or else assertion.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

import spacy
from scoring import Tally, confusion

from quotekit.attributions.cues import read_cue
from quotekit.attributions.page import Page
from quotekit.claims import find_claims
from quotekit.document import describe
from quotekit.lexicon import load_table
from quotekit.quotes import find_quotes
from quotekit.reader import shipped_reader
from quotekit.reader.reading import Reading
from quotekit.speakers import find_speakers
from quotekit.types import Attribution, Extraction, Span


def attribution_of(row: dict, reading: Reading, extraction: Extraction) -> Attribution:
    """The gold attribution as the product writes them."""
    text = row["text"]
    page = Page(reading, extraction)
    pieces = [(start, end) for start, end in row["content"]]
    return Attribution(
        id="a1",
        kind=page.kind(pieces),
        source=Span.of(text, *row["source"]) if row["source"] else None,
        cue=read_cue(page, *row["cue"])[0] if row["cue"] else None,
        content=tuple(Span.of(text, *bounds) for bounds in pieces),
        quote_ids=page.quotes_in(pieces),
        confidence=1.0,
    )


def extraction_of(row: dict, reading: Reading) -> Extraction:
    """An extraction with the gold attribution alone, and its speakers."""
    extraction = find_quotes(reading, Extraction(text=row["text"], document=describe(row["text"])))
    extraction = extraction.model_copy(update={"attributions": (attribution_of(row, reading, extraction),)})
    return find_speakers(reading, extraction)


def report_acts(gold: Path) -> None:
    """Prints how well acts are told.

    Args:
        gold: acts.dev.jsonl, or the folder that holds it.
    """
    path = gold / "acts.dev.jsonl" if gold.is_dir() else gold
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for part in sorted({row.get("part", "") for row in rows}):
        _report(f"{path.name} {part}".strip(), [row for row in rows if row.get("part", "") == part])


def _report(name: str, rows: list[dict]) -> None:
    blank = spacy.blank("en")
    readings = shipped_reader().read([blank(row["text"]) for row in rows])
    by_cue = {row[0]: row[1] for row in load_table("cue_acts") if not row[2]}
    pairs, baseline = [], 0
    for row, reading in zip(rows, readings, strict=True):
        extraction = extraction_of(row, reading)
        (claim,) = find_claims(reading, extraction).claims
        pairs.append((row["act"], claim.act))
        cue = extraction.attributions[0].cue
        baseline += by_cue.get(cue.lemma if cue else "", "assertion") == row["act"]
        if "--errors" in sys.argv and claim.act != row["act"]:
            print(f"  {row['act']:11s} found {claim.act:11s} {row['text']}")
    gold_counts, found_counts = Counter(g for g, _ in pairs), Counter(f for _, f in pairs)
    scores = {}
    for act in sorted(gold_counts):
        tally = Tally()
        tally.add(sum(g == f == act for g, f in pairs), gold_counts[act], found_counts[act])
        scores[act] = tally
    right = sum(g == f for g, f in pairs)
    print(f"{name}, acts of given attributions")
    print(
        f"  accuracy {100 * right / len(pairs):.1f}  (n={len(pairs)}; the cue alone {100 * baseline / len(pairs):.1f})"
    )
    print(f"  macro F1 {100 * sum(t.f1 for t in scores.values()) / len(scores):.1f}")
    for act, tally in scores.items():
        print(f"  {act:11s} {tally}")
    print("  confused: " + ", ".join(f"{g} as {f} {n}" for (g, f), n in confusion(pairs)))


if __name__ == "__main__":
    arguments = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    report_acts(Path(arguments[0]) if arguments else Path(__file__).parent.parent / "tests" / "gold" / "acts.jsonl")
