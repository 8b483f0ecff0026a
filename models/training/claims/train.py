"""Learns which statements are the same: the weights of `models/en_quotekit/claims/sameness.npz`.

    python models/training/claims/train.py [--write]

From the pairs of the development part of `tests/gold/claims.txt` (`benchmarks/claims_gold.py` says how its contents are
matched to attributions), with the gold's speakers. A logistic regression weighs what `quotekit.claims.sameness` tells
of two statements. The figures come from leaving out one article at a time; with them, the least log-odds at which
statements are joined is chosen.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
import spacy

import quotekit
from quotekit.claims import sameness
from quotekit.claims.acts import ActReader
from quotekit.claims.sameness import FEATURES, compare, grouped, statements
from quotekit.reader import shipped_path, shipped_reader

sys.path.insert(0, str(Path(__file__).parents[3] / "benchmarks"))
import claims_gold
from scoring import Tally

OUT = shipped_path().parent / "claims" / "sameness.npz"
PENALTY = 0.5
"""Of the squared weights."""
LEAST_PRECISION = 0.88
LEAST = np.arange(-1.0, 2.01, 0.25)
"""Log-odds that are tried."""


def fit(rows: np.ndarray, same: np.ndarray) -> tuple[np.ndarray, float]:
    """Weights and bias of a logistic regression, by Newton's method."""
    table = np.column_stack([rows, np.ones(len(rows))]).astype(np.float64)
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
    return weights[:-1].astype(np.float32), float(weights[-1])


def load(part: str) -> list[list[tuple[Any, ...]]]:
    """For each article its speakers' statements, what is told of them, and the number of the gold's group of each."""
    gold = [article for article in claims_gold.articles(claims_gold.GOLD) if article.part == part]
    blank = spacy.blank("en")
    readings = shipped_reader().read([blank(article.text) for article in gold])
    loaded = []
    # What was learned before is not asked, and may not be there.
    nothing = (np.zeros(len(FEATURES), dtype=np.float32), -1.0)
    with mock.patch.object(sameness, "_weights", return_value=nothing):
        extractions = list(quotekit.extract_many(a.text for a in gold))
    for article, reading, extraction in zip(gold, readings, extractions, strict=True):
        matched = claims_gold.match(article, extraction)
        given = claims_gold.with_speakers(article, extraction, matched)
        group = {matched[i].id: article.contents[i][0] for i in matched}
        stated = statements(reading, given, ActReader(reading, given).acts())
        speakers = []
        for speaker in {a.speaker_id for a in given.attributions} - {None}:
            own = [i for i, a in enumerate(given.attributions) if a.speaker_id == speaker and a.id in group]
            some = [stated[i] for i in own]
            if some:
                speakers.append((some, compare(some), [group[given.attributions[i].id] for i in own]))
        loaded.append(speakers)
    return loaded


def pairs(articles: list[list[tuple[Any, ...]]]) -> tuple[np.ndarray, np.ndarray]:
    """Rows of features and whether they are of the same statement."""
    rows, same = [], []
    for speakers in articles:
        for _, compared, groups in speakers:
            for i in range(len(groups)):
                for j in range(i):
                    rows.append(compared[i, j])
                    same.append(groups[i] == groups[j])
    return np.array(rows), np.array(same, dtype=np.float64)


def score(speakers: list[tuple[Any, ...]], weights: np.ndarray, bias: float, tally: Tally) -> None:
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
    parser.add_argument("--write", action="store_true", help="write the weights into the model's folder")
    arguments = parser.parse_args()
    articles = load("dev")
    tallies = {float(least): Tally() for least in LEAST}
    for n, speakers in enumerate(articles):
        weights, bias = fit(*pairs(articles[:n] + articles[n + 1 :]))
        for least, tally in tallies.items():
            score(speakers, weights, bias - least, tally)
    for least, tally in tallies.items():
        print(f"joined from {least:5.2f}: {tally}")
    # Better to leave two apart than to join what differs.
    sure = [least for least in tallies if tallies[least].precision >= LEAST_PRECISION]
    best = max(sure or list(tallies), key=lambda least: tallies[least].f1)
    weights, bias = fit(*pairs(articles))
    for name, weight in zip(FEATURES, weights, strict=True):
        print(f"  {name:32s} {weight:6.2f}")
    print(f"  bias {bias - best:6.2f}, of which {-best:.2f} for the least log-odds")
    if arguments.write:
        np.savez(OUT, names=np.array(FEATURES), weights=weights, bias=np.float32(bias - best))


if __name__ == "__main__":
    main()
