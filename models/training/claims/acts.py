"""Learns which act an attribution is: the weights of `models/en_quotekit/claims/acts.npz`.

    python models/training/claims/acts.py [--gold FILE …] [--write]

`acts.tsv` holds passages written for this, each with its act and one attribution marked in it. A multinomial regression
weighs what `quotekit.claims.acts` tells of each. Its figures come from eight folds; and from gold that it never saw:
``tests/gold/acts.jsonl``, whose parts are told apart, and the files given.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import numpy as np
import spacy
import torch

from quotekit.claims import learned
from quotekit.claims.acts import ActReader
from quotekit.claims.learned import ACTS, Weights
from quotekit.reader import shipped_path, shipped_reader

sys.path.insert(0, str(Path(__file__).parents[3] / "benchmarks"))
sys.path.insert(0, str(Path(__file__).parents[3] / "tests"))
import annotated
from acts_gold import extraction_of

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
OUT = shipped_path().parent / "claims" / "acts.npz"
FOLDS = 8
PENALTY = 1.0
"""Of the squared distance of the weights from where they start."""
TRUST = 2.5
"""Weight at which the rules' answer starts for its act; all else starts at nothing."""
MEANING_SCALE = 0.15
"""Of the standardised encodings beside the features, which are 0 or 1."""
FEWEST = 4
"""Passages that must have a feature for it to get a weight."""


class Example(NamedTuple):
    """An attribution with its act."""

    part: str
    look: dict[str, float]
    meaning: np.ndarray
    act: str
    rules: str


def passages(path: Path) -> Iterator[dict[str, Any]]:
    """The written passages as rows of a gold file."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            act, marked = line.split("\t")
            text, frames = annotated.parse(marked)
            if len(frames) != 1 or act not in ACTS:
                raise SystemExit(f"{path}: one attribution and an act are wanted: {line}")
            frame = frames[0]
            yield {"text": text, "source": frame.source, "cue": frame.cue, "content": frame.content, "act": act}


def examples(part: str, rows: Sequence[dict[str, Any]]) -> Iterator[Example]:
    blank = spacy.blank("en")
    for at in range(0, len(rows), 64):
        some = rows[at : at + 64]
        for row, reading in zip(some, shipped_reader().read([blank(row["text"]) for row in some]), strict=True):
            with mock.patch.object(learned, "choose", return_value=["assertion"]) as asked:
                ActReader(reading, extraction_of(row, reading)).acts()
            (look,), (meaning,), _ = asked.call_args.args
            rules = next(name.removeprefix("rules ") for name in look if name.startswith("rules "))
            yield Example(row.get("part", part), look, meaning, row["act"], rules)


def fit(given: Sequence[Example], penalty: float = PENALTY, scale: float = MEANING_SCALE) -> Weights:
    counts = Counter(name for example in given for name in example.look)
    names = sorted(name for name, n in counts.items() if n >= FEWEST)
    look = np.array([[example.look.get(name, 0.0) for name in names] for example in given])
    meaning = np.array([example.meaning for example in given], dtype=np.float64)
    mean, spread = meaning.mean(axis=0), meaning.std(axis=0) + 1e-6
    columns = torch.tensor(np.concatenate([look, (meaning - mean) / spread * scale], axis=1), dtype=torch.float32)
    wanted = torch.tensor([ACTS.index(example.act) for example in given])
    begin = torch.zeros(columns.shape[1] + 1, len(ACTS))
    for at, name in enumerate(names):
        if name.startswith("rules "):
            begin[at, ACTS.index(name.removeprefix("rules "))] = TRUST
    weights = begin.clone().requires_grad_()
    optimizer = torch.optim.LBFGS([weights], max_iter=300, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        scores = columns @ weights[:-1] + weights[-1]
        value = torch.nn.functional.cross_entropy(scores, wanted, reduction="sum")
        value = value + 0.5 * penalty * ((weights - begin)[:-1] ** 2).sum()
        value.backward()
        return value

    optimizer.step(loss)
    found = weights.detach().numpy().astype(np.float64)
    of_meaning = found[len(names) : -1] * (scale / spread)[:, None]
    bias = found[-1] - mean @ of_meaning
    floats = (part.astype(np.float32) for part in (found[: len(names)], of_meaning, bias))
    return Weights({name: at for at, name in enumerate(names)}, *floats)


def chosen(model: Weights, given: Sequence[Example]) -> list[str]:
    scores = model.scores([example.look for example in given], [example.meaning for example in given])
    return [ACTS[at] for at in scores.argmax(axis=1)]


def report(title: str, found: Sequence[str], given: Sequence[Example]) -> None:
    for part in dict.fromkeys(example.part for example in given):
        pairs = [(act, e.act) for act, e in zip(found, given, strict=True) if e.part == part]
        right = sum(a == b for a, b in pairs)
        f1 = [
            2 * sum(a == b == act for a, b in pairs) / sum((a == act) + (b == act) for a, b in pairs)
            for act in {b for _, b in pairs}
        ]
        print(f"  {title:22s} {part:12s} {len(pairs):5d}: accuracy {right / len(pairs):.3f} macro F1 {np.mean(f1):.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, nargs="*", default=[], help="further files of acts, only measured on")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    given = list(examples("written", list(passages(HERE / "acts.tsv"))))
    unseen = []
    for path in (ROOT / "tests" / "gold" / "acts.jsonl", *options.gold):
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        unseen += list(examples(path.name, rows))
    report("rules", [example.rules for example in given], given)
    report("rules", [example.rules for example in unseen], unseen)
    folds = np.random.RandomState(0).randint(0, FOLDS, len(given))
    found = [""] * len(given)
    for fold in range(FOLDS):
        inside = np.flatnonzero(folds == fold)
        model = fit([e for e, f in zip(given, folds, strict=True) if f != fold])
        for i, act in zip(inside, chosen(model, [given[i] for i in inside]), strict=True):
            found[i] = act
    report("learned, eight folds", found, given)
    model = fit(given)
    report("learned, never seen", chosen(model, unseen), unseen)
    if options.write:
        OUT.parent.mkdir(exist_ok=True)
        np.savez(OUT, names=np.array(list(model.names)), looks=model.looks, meaning=model.meaning, bias=model.bias)


if __name__ == "__main__":
    main()
