"""Learns which statements are the same: the weights of `models/en_quotekit/claims/sameness.npz`.

    python models/training/claims/train.py --data CORPORA [--write]

From the pairs of those parts of `tests/gold/claims.txt` that are not held out (`benchmarks/claims_gold.py` says how its
contents are matched to attributions), with the gold's speakers, and from those of the PolNeAR articles of `news.tsv`,
with quotekit's own: writers differ in how often the quotation after a report says the same, and written articles repeat
what is said more often than the news do. A logistic regression weighs what `quotekit.claims.sameness` tells of two
statements. Its worth for other writers is told by leaving each out in turn, for more of the same by
folds of articles; by both, the least log-odds at which statements are joined is chosen.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from unittest import mock

import numpy as np
import spacy

import quotekit
from quotekit.claims import sameness
from quotekit.claims.acts import ActReader
from quotekit.claims.meanings import Meanings
from quotekit.claims.sameness import FEATURES, Statement, compare, grouped, may_join, statements
from quotekit.reader import shipped_path, shipped_reader
from quotekit.reader.reading import Reading
from quotekit.types import Extraction

sys.path.insert(0, str(Path(__file__).parents[3] / "benchmarks"))
import claims_gold
from scoring import Tally

NEWS = Path(__file__).parent / "news.tsv"
OUT = shipped_path().parent / "claims" / "sameness.npz"
PENALTY = 3.0
"""Of the squared weights, per standard deviation of their feature."""
FOLDS = 10
WRITERS = {
    "first": ("dev", 0, 30),
    "second": ("dev", 30, 60),
    "third": ("dev 2", 0, None),
    "fourth": ("dev 3", 0, None),
    "fifth": ("train", 0, None),
}
"""Part of the gold that each wrote, and from and to which of its articles."""
LEAST = np.arange(-2.5, 1.01, 0.25)
LEAST_PRECISION = 0.74
"""Of pairs in written articles, in folds: a point of F1 is not worth that different statements become one."""
"""Log-odds that are tried."""


def fit(rows: np.ndarray, same: np.ndarray) -> tuple[np.ndarray, float]:
    """Weights and bias of a logistic regression, by Newton's method."""
    mean, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    table = np.column_stack([(rows - mean) / scale, np.ones(len(rows))]).astype(np.float64)
    penalty = np.diag([2 * PENALTY] * rows.shape[1] + [1e-6])
    weights = np.zeros(table.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (chance - same) + penalty @ weights
        curve = (table * (chance * (1 - chance))[:, None]).T @ table + penalty
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < 1e-6:
            break
    plain = weights[:-1] / scale
    return plain.astype(np.float32), float(weights[-1] - plain @ mean)


Spoken = tuple[list[Statement], np.ndarray, list[str]]
"""Statements of a speaker, what is told of them, and the group of each."""


Origin = list[list[Spoken]]
"""The speakers of each of some articles."""


def load(writer: str) -> Origin:
    """The articles of a writer of the gold."""
    part, first, last = WRITERS[writer]
    gold = [article for article in claims_gold.articles(claims_gold.GOLD) if article.part == part][first:last]
    loaded = []
    for article, (reading, extraction) in zip(gold, _read([a.text for a in gold]), strict=True):
        matched = claims_gold.match(article, extraction)
        given = claims_gold.with_speakers(article, extraction, matched)
        loaded.append(_spoken(reading, given, {matched[i].id: article.contents[i][0] for i in matched}))
    return loaded


def load_news(data: Path) -> Origin:
    """The articles of `news.tsv`.

    Args:
        data: The folder that holds polnear/.
    """
    same: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for line in NEWS.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            document, one, other = line.split("\t")
            same[document] += [(int(one), int(other))] if one != "-" else []
    lines = (data / "polnear" / "train.jsonl").read_text(encoding="utf-8").splitlines()
    texts = {row["id"]: row["text"] for row in map(json.loads, lines) if row["id"] in same}
    loaded = []
    for document, (reading, extraction) in zip(texts, _read(list(texts.values())), strict=True):
        group = {a.id: a.id for a in extraction.attributions}
        at = {a.content[0].start: a.id for a in extraction.attributions}
        for one, other in same[document]:
            if one in at and other in at:
                old, new = group[at[other]], group[at[one]]
                group = {key: new if value == old else value for key, value in group.items()}
        loaded.append(_spoken(reading, extraction, group))
    return loaded


def _read(texts: list[str]) -> list[tuple[Reading, Extraction]]:
    blank = spacy.blank("en")
    readings = shipped_reader().read([blank(text) for text in texts])
    # What was learned before is not asked, and may not be there.
    nothing = (np.zeros(len(FEATURES), dtype=np.float32), -1.0)
    with mock.patch.object(sameness, "_weights", return_value=nothing):
        return list(zip(readings, quotekit.extract_many(texts), strict=True))


def _spoken(reading: Reading, extraction: Extraction, group: dict[str, str]) -> list[Spoken]:
    meanings = Meanings.of(reading, extraction.attributions)
    stated = statements(reading, extraction, ActReader(reading, extraction, meanings).acts())
    speakers = []
    for speaker in sorted({a.speaker_id for a in extraction.attributions if a.speaker_id is not None}):
        own = [i for i, a in enumerate(extraction.attributions) if a.speaker_id == speaker and a.id in group]
        some = [stated[i] for i in own]
        if some:
            speakers.append((some, compare(some), [group[extraction.attributions[i].id] for i in own]))
    return speakers


def pairs(origins: Iterable[Origin]) -> tuple[np.ndarray, np.ndarray]:
    """Rows of features, and whether they are of the same statement; only of those that may be joined at all."""
    rows, same = [], []
    for some, compared, groups in (speaker for origin in origins for article in origin for speaker in article):
        joinable = may_join(some, compared)
        for i in range(len(groups)):
            for j in range(i):
                if joinable[i, j]:
                    rows.append(compared[i, j])
                    same.append(groups[i] == groups[j])
    return np.array(rows), np.array(same, dtype=np.float64)


Tallies = dict[tuple[str, float], Tally]
"""By origin and least log-odds."""


def score(speakers: list[Spoken], weights: np.ndarray, bias: float, tally: Tally) -> None:
    """Counts right, gold and found pairs of an article."""
    for some, compared, groups in speakers:
        head = grouped(some, compared, weights, bias)
        for i in range(len(groups)):
            for j in range(i):
                gold, found = groups[i] == groups[j], head[i] == head[j]
                tally.add(gold and found, gold, found)


def main() -> None:
    """Prints figures and, where asked to, writes the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds polnear/")
    parser.add_argument("--write", action="store_true", help="write the weights into the model's folder")
    arguments = parser.parse_args()
    origins = {writer: load(writer) for writer in WRITERS} | {"news": load_news(arguments.data)}
    left_out, in_folds = ({(name, least): Tally() for name in origins for least in LEAST} for _ in range(2))

    def measure(name: str, articles: Origin, learned: tuple[np.ndarray, float], tallies: Tallies) -> None:
        for least in LEAST:
            for article in articles:
                score(article, learned[0], learned[1] - least, tallies[name, least])

    for name, articles in origins.items():
        learned = fit(*pairs(other for key, other in origins.items() if key != name))
        measure(name, articles, learned, left_out)
    for fold in range(FOLDS):
        learned = fit(*pairs([a for n, a in enumerate(o) if n % FOLDS != fold] for o in origins.values()))
        for name, articles in origins.items():
            measure(name, articles[fold::FOLDS], learned, in_folds)

    def pooled(tallies: Tallies, least: float) -> Tally:
        result = Tally()
        for writer in WRITERS:
            tally = tallies[writer, least]
            result.add(tally.right, tally.gold, tally.predicted)
        return result

    for heading, tallies in (("writer left out", left_out), ("in folds", in_folds)):
        for least in LEAST:
            each = ", ".join(f"{name} {100 * tallies[name, least].f1:.1f}" for name in origins)
            print(f"{heading}, joined from {least:5.2f}: written {pooled(tallies, least)}   F1 {each}")

    def worth(least: float) -> float:
        return pooled(left_out, least).f1 + pooled(in_folds, least).f1 + in_folds["news", least].f1

    best = max((least for least in LEAST if pooled(in_folds, least).precision >= LEAST_PRECISION), key=worth)
    weights, bias = fit(*pairs(origins.values()))
    for name, weight in zip(FEATURES, weights, strict=True):
        print(f"  {name:45s} {weight:6.2f}")
    print(f"  bias {bias - best:6.2f}, of which {-best:.2f} for the least log-odds")
    if arguments.write:
        np.savez(OUT, names=np.array(FEATURES), weights=weights, bias=np.float32(bias - best))


if __name__ == "__main__":
    main()
