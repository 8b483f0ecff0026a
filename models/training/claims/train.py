"""Learns which statements are the same: the weights of `models/en_quotekit/claims/sameness.npz`.

    python models/training/claims/train.py --data CORPORA [--write]

From the pairs of the development part of `tests/gold/claims.txt` (`benchmarks/claims_gold.py` says how its contents are
matched to attributions), with the gold's speakers, and from those of the PolNeAR articles of `news.tsv`, with
quotekit's own: written articles repeat what is said more often than the news do, above all in the quotation after a
report. A logistic regression weighs what `quotekit.claims.sameness` tells of two statements. The figures come from
folds of articles; with them, the least log-odds at which statements are joined is chosen.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from pathlib import Path
from unittest import mock

import numpy as np
import spacy

import quotekit
from quotekit.claims import sameness
from quotekit.claims.acts import ActReader
from quotekit.claims.meanings import Meanings
from quotekit.claims.sameness import FEATURES, Statement, compare, grouped, statements
from quotekit.reader import shipped_path, shipped_reader
from quotekit.reader.reading import Reading
from quotekit.types import Extraction

sys.path.insert(0, str(Path(__file__).parents[3] / "benchmarks"))
import claims_gold
from scoring import Tally

NEWS = Path(__file__).parent / "news.tsv"
OUT = shipped_path().parent / "claims" / "sameness.npz"
PENALTY = 0.5
"""Of the squared weights."""
FOLDS = 20
NEWS_WEIGHT = 2.0
"""Of a pair of the news, where one of the written articles is 1."""
LEAST_PRECISION = 0.9
"""Of the written articles: better to leave two apart than to join what differs."""
LEAST = np.arange(-2.0, 1.01, 0.25)
"""Log-odds that are tried."""


def fit(rows: np.ndarray, same: np.ndarray, trust: np.ndarray) -> tuple[np.ndarray, float]:
    """Weights and bias of a logistic regression, by Newton's method; ``trust`` is how much each row counts."""
    table = np.column_stack([rows, np.ones(len(rows))]).astype(np.float64)
    penalty = np.diag([2 * PENALTY] * rows.shape[1] + [1e-6])
    weights = np.zeros(table.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (trust * (chance - same)) + penalty @ weights
        curve = (table * (trust * chance * (1 - chance))[:, None]).T @ table + penalty
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < 1e-6:
            break
    return weights[:-1].astype(np.float32), float(weights[-1])


Spoken = tuple[list[Statement], np.ndarray, list[str]]
"""Statements of a speaker, what is told of them, and the group of each."""


def load(part: str) -> list[list[Spoken]]:
    """The speakers of each article of a part of the gold."""
    gold = [article for article in claims_gold.articles(claims_gold.GOLD) if article.part == part]
    loaded = []
    for article, (reading, extraction) in zip(gold, _read([a.text for a in gold]), strict=True):
        matched = claims_gold.match(article, extraction)
        given = claims_gold.with_speakers(article, extraction, matched)
        loaded.append(_spoken(reading, given, {matched[i].id: article.contents[i][0] for i in matched}))
    return loaded


def load_news(data: Path) -> list[list[Spoken]]:
    """The speakers of each article of `news.tsv`.

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


def pairs(written: list[list[Spoken]], news: list[list[Spoken]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rows of features, whether they are of the same statement, and how much each counts."""
    rows, same, trust = [], [], []
    for articles, weight in ((written, 1.0), (news, NEWS_WEIGHT)):
        for _, compared, groups in (speaker for article in articles for speaker in article):
            for i in range(len(groups)):
                for j in range(i):
                    rows.append(compared[i, j])
                    same.append(groups[i] == groups[j])
                    trust.append(weight)
    return np.array(rows), np.array(same, dtype=np.float64), np.array(trust)


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
    origins = load("dev"), load_news(arguments.data)
    tallies = {float(least): (Tally(), Tally()) for least in LEAST}
    for fold in range(FOLDS):
        weights, bias = fit(*pairs(*([a for n, a in enumerate(origin) if n % FOLDS != fold] for origin in origins)))
        for least, of_origin in tallies.items():
            for origin, tally in zip(origins, of_origin, strict=True):
                for article in origin[fold::FOLDS]:
                    score(article, weights, bias - least, tally)
    for least, (of_gold, of_news) in tallies.items():
        print(f"joined from {least:5.2f}: written {of_gold}   news {of_news}")
    sure = [least for least, (of_gold, _) in tallies.items() if of_gold.precision >= LEAST_PRECISION]
    best = max(sure or list(tallies), key=lambda least: tallies[least][0].f1)
    weights, bias = fit(*pairs(*origins))
    for name, weight in zip(FEATURES, weights, strict=True):
        print(f"  {name:45s} {weight:6.2f}")
    print(f"  bias {bias - best:6.2f}, of which {-best:.2f} for the least log-odds")
    if arguments.write:
        np.savez(OUT, names=np.array(FEATURES), weights=weights, bias=np.float32(bias - best))


if __name__ == "__main__":
    main()
