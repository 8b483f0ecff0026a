"""Fits which conditionals are threats further, on conditionals of real news that the layer never learned from.

    python models/training/meaning/adapt.py --data CORPORA --gold GOLD [--folds] [--write]

The layer knows its own passages by heart, and threats are rare in news: of the conditionals of 3,700 articles that it
took for threats three of four were none. So the weights of what rules and lists find, those of the encoding and the
bias are fitted once more, drawn to where they are: on the labels of `newsarticles` in `threats/news.tsv`, beside the
train part of `threats/marked.tsv` and the gold, which keep what is known. With --folds it is measured on every third
article by what the others teach; with --write, `threats/judgement.npz` is written. When the layer is trained anew it
learns from the same labels, and this is needed no more.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import items  # noqa: F401  (puts the folders of the training on the path)
import numpy as np
import torch
from marked import marked
from torch import Tensor
from torch.nn import functional

import examples as conditionals
from quotekit.reader import shipped_path
from quotekit.threats.learned import encoding_of, sense_of, words_of

CORPUS = "newsarticles"
PENALTIES = {"looks": 10.0, "meanings": 1000.0, "bias": 1.0, "trust": 20.0}
"""Of the squared distances from the weights before, and of the factor of the encoding's weights from 1."""
THREATS_WEIGH = 2.0
"""A threat that is lost, against one that is none."""
SMOOTHING = 0.05
FOLDS = 3


class Rows(NamedTuple):
    """Conditionals as numbers."""

    looks: Tensor
    encodings: Tensor
    is_threat: Tensor


def read(found: Iterable[conditionals.Example], columns: dict[str, int], width: int) -> Rows:
    """Conditionals as rows of what rules and lists find, and of what their words mean."""
    looks, encodings, labels = [], [], []
    for example in found:
        scene, conditional = example.found.scene, example.found.conditional
        sense = sense_of(scene, conditional)
        if sense is None:
            continue
        look = torch.zeros(len(columns))
        for name, value in example.found.findings.look.items():
            if name in columns:
                look[columns[name]] = value
        words = words_of(scene, conditional, example.found.findings.voice.source)
        looks.append(look)
        encodings.append(torch.from_numpy(encoding_of(sense, words).astype(np.float32)))
        labels.append(float(example.is_threat))
    if not looks:
        return Rows(torch.zeros(0, len(columns)), torch.zeros(0, width), torch.zeros(0))
    return Rows(torch.stack(looks), torch.stack(encodings), torch.tensor(labels))


def of_news(data: Path) -> Iterator[tuple[int, list[conditionals.Example]]]:
    """The labelled conditionals of each article, with its number; others of it are left out."""
    known: dict[str, dict[int, str]] = {}
    for document, start, label in conditionals.tables("news.tsv"):
        if document.isdecimal():
            known.setdefault(document, {})[int(start)] = label
    texts = conditionals.TEXTS[CORPUS](data)
    for document, labels in known.items():
        found = conditionals.of_article(texts[document], labels)
        yield int(document), [one for one in found if one.found.start in labels]


def of_passages(gold: Path) -> Iterator[conditionals.Example]:
    """Those of the written passages and the gold, each read alone."""
    rows = [*marked("train"), *map(json.loads, gold.read_text(encoding="utf-8").splitlines())]
    for row in rows:
        yield from conditionals.labelled("marked", row, list(conditionals.read(row["text"])))


class Judge:
    """The weights that tell a threat: those before, and how far they have moved."""

    def __init__(self, before: dict[str, Tensor]) -> None:
        self.before = before
        self.moved = {name: torch.zeros_like(value, requires_grad=True) for name, value in before.items()}
        self.trust = torch.ones(1, requires_grad=True)

    def scores(self, rows: Rows) -> Tensor:
        """Log-odds of a threat."""
        looks = self.before["looks"] + self.moved["looks"]
        meanings = self.trust * self.before["meanings"] + self.moved["meanings"]
        bias = self.before["bias"] + self.moved["bias"]
        found: Tensor = (rows.looks @ looks.T + rows.encodings @ meanings.T + bias)[:, 0]
        return found

    def fit(self, given: Sequence[Rows]) -> Judge:
        """Fits the weights on rows; gives itself back."""
        weights = [self.trust, *self.moved.values()]
        optimizer = torch.optim.LBFGS(weights, max_iter=150, line_search_fn="strong_wolfe")

        def loss() -> Tensor:
            optimizer.zero_grad()
            value = 0.5 * PENALTIES["trust"] * ((self.trust - 1) ** 2).sum()
            for name, moved in self.moved.items():
                value = value + 0.5 * PENALTIES[name] * (moved**2).sum()
            for rows in given:
                wanted = rows.is_threat * (1 - SMOOTHING) + SMOOTHING / 2
                value = value + functional.binary_cross_entropy_with_logits(
                    self.scores(rows), wanted, reduction="sum", pos_weight=torch.tensor(THREATS_WEIGH)
                )
            value.backward()
            return value

        optimizer.step(loss)
        return self


def report(name: str, pairs: Iterable[tuple[Tensor, Tensor]]) -> None:
    """Prints precision and recall of log-odds above 0."""
    scores, labels = (torch.cat(parts) for parts in zip(*pairs, strict=True))
    right = int(((scores > 0) & (labels > 0)).sum())
    precision, recall = right / max(1, int((scores > 0).sum())), right / max(1, int(labels.sum()))
    print(f"{name}: {len(labels)}, {int(labels.sum())} threats: precision {precision:.3f} recall {recall:.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    parser.add_argument("--gold", type=Path, required=True, help="folder of threats.dev.jsonl")
    parser.add_argument("--folds", action="store_true", help="measure on articles that are not learned from")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    path = shipped_path().parent / "threats" / "judgement.npz"
    with np.load(path) as file:
        arrays = dict(file)
    columns = {name: i for i, name in enumerate(arrays["threat_names"].tolist())}
    before = {
        name: torch.from_numpy(arrays[f"threat_{part}"].astype(np.float32))
        for name, part in (("looks", "looks"), ("meanings", "meanings"), ("bias", "biases"))
    }
    width = before["meanings"].shape[1]
    news = [(number, read(found, columns, width)) for number, found in of_news(options.data)]
    kept = read(of_passages(options.gold / "threats.dev.jsonl"), columns, width)
    report("news, before", ((Judge(before).scores(rows).detach(), rows.is_threat) for _, rows in news))
    if options.folds:
        told = []
        for fold in range(FOLDS):
            judge = Judge(before).fit([kept, *(rows for number, rows in news if number % FOLDS != fold)])
            here = [rows for number, rows in news if number % FOLDS == fold]
            told += [(judge.scores(rows).detach(), rows.is_threat) for rows in here]
        report("news, by the other articles", told)
    judge = Judge(before).fit([kept, *(rows for _, rows in news)])
    report("passages that are learned from", [(judge.scores(kept).detach(), kept.is_threat)])
    if options.write:
        with torch.no_grad():
            arrays["threat_looks"] = (before["looks"] + judge.moved["looks"]).numpy().astype(np.float16)
            meanings = judge.trust * before["meanings"] + judge.moved["meanings"]
            arrays["threat_meanings"] = meanings.numpy().astype(np.float16)
            arrays["threat_biases"] = (before["bias"] + judge.moved["bias"]).numpy().astype(np.float16)
        np.savez(path, **arrays)


if __name__ == "__main__":
    main()
