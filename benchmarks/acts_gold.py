"""Acts against the development gold: ``python benchmarks/acts_gold.py [GOLD] [--data CORPORA]``.

GOLD is a folder or acts.dev.jsonl; without it, it is ``tests/gold/acts.jsonl``, each of whose parts is told apart. The
gold source, cue and content are given, so that only the act is judged; each text is a document of its own. Beside
it the baseline that takes the cue's act from the table, or else assertion.

With the folder of the corpora it is ``tests/gold/acts_real.tsv``: acts of attributions found in real texts.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import spacy
from corpus_texts import TEXTS
from scoring import Tally, confusion

from quotekit.attributions import find_attributions
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

GOLD = Path(__file__).parents[1] / "tests" / "gold"
WRITTEN, REAL = GOLD / "acts.jsonl", GOLD / "acts_real.tsv"


class Real(NamedTuple):
    """A real text with the acts of some attributions."""

    part: str
    text: str
    acts: dict[tuple[int, int], str]
    """By the first character of a content and the one after its last."""


def real_texts(file: Path, data: Path) -> Iterator[Real]:
    """The texts of a file of acts by document and offset.

    Args:
        file: With part, corpus, document, first and last character of the content, and act in each line.
        data: Folder of the corpora.
    """
    acts: dict[tuple[str, str, str], dict[tuple[int, int], str]] = defaultdict(dict)
    for line in file.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            part, corpus, document, start, end, act = line.split("\t")
            acts[part, corpus, document][int(start), int(end)] = act
    texts = {corpus: TEXTS[corpus](data) for corpus in {corpus for _, corpus, _ in acts}}
    for (part, corpus, document), labels in acts.items():
        yield Real(part, texts[corpus][document], labels)


def labelled(real: Real, extraction: Extraction) -> dict[int, str]:
    """The acts of attributions by their indices: of each content that is known the one that overlaps it most."""
    bounds = [(a.content[0].start, a.content[-1].end) for a in extraction.attributions]
    found = {}
    for (start, end), act in real.acts.items():
        shared = [(min(b, end) - max(a, start)) / (max(b, end) - min(a, start)) for a, b in bounds]
        best = max(range(len(shared)), key=shared.__getitem__, default=0)
        if shared and shared[best] >= 0.5:
            found[best] = act
    return found


def steps(text: str) -> tuple[Reading, Extraction]:
    """What acts are told from: a text's reading, attributions and speakers."""
    info = describe(text)
    (reading,) = shipped_reader().read([spacy.blank("en")(text)], [info.boilerplate])
    extraction = Extraction(text=text, document=info)
    for step in (find_quotes, find_attributions, find_speakers):
        extraction = step(reading, extraction)
    return reading, extraction


def report_real(data: Path) -> None:
    """Prints how well acts are told of attributions found in real texts, by part.

    Args:
        data: Folder of the corpora.
    """
    pairs: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for real in real_texts(REAL, data):
        reading, extraction = steps(real.text)
        extraction = find_claims(reading, extraction)
        acts = {i: claim.act for claim in extraction.claims for i in claim.attribution_ids}
        for at, act in labelled(real, extraction).items():
            pairs[real.part].append((act, acts.get(extraction.attributions[at].id, "none")))
    for part, of in pairs.items():
        _print(f"acts_real.tsv {part}", of)


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


def report_acts(gold: Path, *, errors: bool = False) -> None:
    """Prints how well acts are told.

    Args:
        gold: acts.dev.jsonl, or the folder that holds it.
        errors: Whether to print what is wrong.
    """
    path = gold / "acts.dev.jsonl" if gold.is_dir() else gold
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for part in sorted({row.get("part", "") for row in rows}):
        _report(f"{path.name} {part}".strip(), [row for row in rows if row.get("part", "") == part], errors)


def _report(name: str, rows: list[dict], errors: bool) -> None:
    blank = spacy.blank("en")
    readings = shipped_reader().read([blank(row["text"]) for row in rows])
    by_cue = {row[0]: row[1] for row in load_table("cue_acts") if not row[2]}
    pairs: list[tuple[str, str]] = []
    by_table = 0
    for row, reading in zip(rows, readings, strict=True):
        extraction = extraction_of(row, reading)
        # Who declines to comment claims nothing.
        act = next((claim.act for claim in find_claims(reading, extraction).claims), "none")
        pairs.append((row["act"], act))
        cue = extraction.attributions[0].cue
        by_table += by_cue.get(cue.lemma if cue else "", "assertion") == row["act"]
        if errors and act != row["act"]:
            print(f"  {row['act']:11s} found {act:11s} {row['text']}")
    _print(f"{name}, acts of given attributions; the cue alone {100 * by_table / len(pairs):.1f}", pairs)


def _print(title: str, pairs: Sequence[tuple[str, str]]) -> None:
    """Prints what comes of pairs of a gold act and the one that is found."""
    gold_counts, found_counts = Counter(g for g, _ in pairs), Counter(f for _, f in pairs)
    scores = {}
    for act in sorted(gold_counts):
        tally = Tally()
        tally.add(sum(g == f == act for g, f in pairs), gold_counts[act], found_counts[act])
        scores[act] = tally
    right = sum(g == f for g, f in pairs)
    print(title)
    print(f"  accuracy {100 * right / len(pairs):.1f}  (n={len(pairs)})")
    print(f"  macro F1 {100 * sum(t.f1 for t in scores.values()) / len(scores):.1f}")
    for act, tally in scores.items():
        print(f"  {act:11s} {tally}")
    print("  confused: " + ", ".join(f"{g} as {f} {n}" for (g, f), n in confusion(pairs)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="?", default=WRITTEN, help="acts.dev.jsonl, or its folder")
    parser.add_argument("--data", type=Path, help="folder of the corpora: measure on real texts instead")
    parser.add_argument("--errors", action="store_true", help="print what is wrong; of given attributions alone")
    options = parser.parse_args()
    if options.data is not None:
        report_real(options.data)
    else:
        report_acts(options.gold, errors=options.errors)


if __name__ == "__main__":
    main()
