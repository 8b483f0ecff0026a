"""Learns which conditionals are threats: the weights of `models/en_quotekit/threats/judgement.npz`.

    python models/training/threats/train.py --data CORPORA [--gold GOLD] [--write]

`passages.tsv` holds passages written for this, each with one conditional that is a threat (+) or none that is (-);
`news.tsv` the conditionals of PolNeAR's training articles that are threats, by document and offset: all others of
those articles are none. A logistic regression weighs what `quotekit.threats.learned` tells of each conditional. Its
figures come from eight folds; with a gold file, also from passages that it never saw.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import numpy as np
import spacy
import torch

from quotekit.attributions import find_attributions
from quotekit.document import describe
from quotekit.quotes import find_quotes
from quotekit.reader import shipped_path, shipped_reader
from quotekit.speakers import find_speakers
from quotekit.threats import judgement
from quotekit.threats.conditionals import Conditional, conditionals_in
from quotekit.threats.scene import Scene
from quotekit.threats.voices import Setting
from quotekit.types import Extraction

HERE = Path(__file__).parent
OUT = shipped_path().parent / "threats" / "judgement.npz"
FOLDS = 8
PENALTY = 30.0
"""Of the squared distance of the weights from where they start."""
TRUST = 1.0
"""Weight at which each rule's score starts; all else starts at nothing."""
MEANING_SCALE = 0.3
"""Of the standardised encodings beside the features, which are 0 or 1."""
NEWS_WEIGHT = 0.6
"""Of a conditional of the news, where threats are rarer than among what is asked of the library."""
FEWEST = 4
"""Conditionals that must have a feature for it to get a weight."""


SURROUNDINGS = (
    (
        "The meeting on Tuesday lasted for three hours. Reporters who had waited since dawn were told little.\n\n",
        "\n\nNo date was set for another round. Officials on both sides declined to say what came next.",
    ),
    (
        "It was the second day of the hearings, and the room was full. ",
        " The remarks drew little notice at first, but were soon quoted on every channel, and aides spent the evening "
        "answering calls.",
    ),
    (
        "The dispute goes back to the spring of last year, when a court in the capital first ruled on the matter.\n\n",
        "\n\nA spokeswoman did not respond to questions. The shares of both companies were little changed.",
    ),
)
"""Sentences around a written passage, so that it is read as news is: in context."""


class Example(NamedTuple):
    """A conditional with its label."""

    origin: str
    look: dict[str, float]
    meaning: np.ndarray
    rules: float
    """What the rules alone say."""
    is_threat: bool
    passage: int = -1
    """Number of the written passage, so that both its forms are in one fold."""


def tables(name: str) -> Iterator[list[str]]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return (line.split("\t") for line in lines if line and not line.startswith("#"))


def read(text: str) -> Iterator[tuple[Scene, Conditional, dict[str, float], np.ndarray, float]]:
    """The conditionals of a text, with what the judgement is given of each."""
    info = describe(text)
    (reading,) = shipped_reader().read([spacy.blank("en").make_doc(text)], [info.boilerplate])
    extraction = Extraction(text=text, document=info)
    for step in (find_quotes, find_attributions, find_speakers):
        extraction = step(reading, extraction)
    scene = Scene(reading, extraction.attributions)
    setting = Setting(scene, extraction)
    for conditional in conditionals_in(scene):
        with mock.patch.object(judgement, "log_odds", return_value=0.0) as asked:
            judgement.judge(setting, conditional)
        look, meaning = asked.call_args.args
        rules = sum(score for name, score in look.items() if name.startswith("test "))
        yield scene, conditional, look, meaning, rules


def examples(data: Path, gold: Path | None) -> Iterator[Example]:
    for number, (label, text) in enumerate(tables("passages.tsv")):
        for before, after in (("", ""), SURROUNDINGS[number % len(SURROUNDINGS)]):
            found = [
                one
                for one in read(before + text + after)
                if len(before) <= one[0].characters(one[1].conditions[0])[0] < len(before) + len(text)
            ]
            if label == "+":
                # Of several conditionals in a threat's passage, the likeliest is meant.
                found = sorted(found, key=lambda one: one[4])[-1:]
            for _, _, look, meaning, rules in found:
                yield Example("written" if not before else "in context", look, meaning, rules, label == "+", number)
    known = {(name, int(start)): label for name, start, label in tables("news.tsv")}
    names = {name for name, _ in known}
    for line in (data / "polnear" / "train.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["id"] in names:
            for scene, conditional, look, meaning, rules in read(row["text"]):
                label = known.get((row["id"], scene.characters(conditional.conditions[0])[0]), "-")
                if label != "?":
                    yield Example("news", look, meaning, rules, label == "+")
    for line in gold.read_text(encoding="utf-8").splitlines() if gold is not None else ():
        row = json.loads(line)
        for scene, conditional, look, meaning, rules in read(row["text"]):
            is_threat = any(same(scene, conditional, threat) for threat in row["threats"])
            yield Example("gold", look, meaning, rules, is_threat)


def same(scene: Scene, conditional: Conditional, threat: dict[str, Any]) -> bool:
    """Whether condition and consequence overlap those of a threat."""

    def meets(pieces: Iterable[tuple[int, int]], others: Sequence[Sequence[int]]) -> bool:
        bounds = [scene.characters(piece) for piece in pieces]
        return not others or any(a < d and c < b for a, b in bounds for c, d in others)

    return meets(conditional.conditions, threat["condition"]) and meets(conditional.consequences, threat["consequence"])


class Model(NamedTuple):
    names: list[str]
    weights: np.ndarray
    meaning: np.ndarray
    bias: float

    def score(self, example: Example) -> float:
        named = dict(zip(self.names, self.weights, strict=True))
        return self.bias + sum(v * named.get(k, 0.0) for k, v in example.look.items()) + example.meaning @ self.meaning


def fit(given: Sequence[Example]) -> Model:
    counts = Counter(name for example in given for name in example.look)
    names = sorted(name for name, n in counts.items() if n >= FEWEST)
    look = np.array([[example.look.get(name, 0.0) for name in names] for example in given])
    meaning = np.array([example.meaning for example in given], dtype=np.float64)
    mean, spread = meaning.mean(axis=0), meaning.std(axis=0) + 1e-6
    scaled = np.concatenate([look, (meaning - mean) / spread * MEANING_SCALE], axis=1)
    columns = torch.tensor(scaled, dtype=torch.float32)
    wanted = torch.tensor([float(example.is_threat) for example in given])
    importance = torch.tensor([NEWS_WEIGHT if example.origin == "news" else 1.0 for example in given])
    begin = torch.zeros(columns.shape[1] + 1)
    begin[: len(names)] = torch.tensor([TRUST if name.startswith("test ") else 0.0 for name in names])
    weights = begin.clone().requires_grad_()
    optimizer = torch.optim.LBFGS([weights], max_iter=200, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        scores = columns @ weights[:-1] + weights[-1]
        value = torch.nn.functional.binary_cross_entropy_with_logits(scores, wanted, importance, reduction="sum")
        value = value + 0.5 * PENALTY * ((weights - begin)[:-1] ** 2).sum()
        value.backward()
        return value

    optimizer.step(loss)
    found = weights.detach().numpy().astype(np.float64)
    of_meaning = found[len(names) : -1] * MEANING_SCALE / spread
    return Model(names, found[: len(names)], of_meaning, float(found[-1] - of_meaning @ mean))


def report(title: str, scores: Sequence[float], given: Sequence[Example]) -> None:
    for origin in sorted({example.origin for example in given}):
        pairs = [(s > 0, e.is_threat) for s, e in zip(scores, given, strict=True) if e.origin == origin]
        right = sum(a and b for a, b in pairs)
        found, meant = sum(a for a, _ in pairs), sum(b for _, b in pairs)
        shares = f"precision {right / max(1, found):.3f} recall {right / max(1, meant):.3f} false {found - right}"
        print(f"  {title:24s} {origin:8s} {len(pairs):5d} conditionals, {meant:4d} threats: {shares}")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--data", type=Path, required=True)
    arguments.add_argument("--gold", type=Path, help="threats.dev.jsonl: only measured on")
    arguments.add_argument("--write", action="store_true")
    options = arguments.parse_args()
    every = list(examples(options.data, options.gold))
    report("rules alone", [example.rules for example in every], every)
    learned = [example for example in every if example.origin != "gold"]
    drawn = np.random.RandomState(0).randint(0, FOLDS, len(learned))
    folds = np.array([e.passage % FOLDS if e.passage >= 0 else f for e, f in zip(learned, drawn, strict=True)])
    scores = np.zeros(len(learned))
    for fold in range(FOLDS):
        model = fit([e for e, f in zip(learned, folds, strict=True) if f != fold])
        for i in np.flatnonzero(folds == fold):
            scores[i] = model.score(learned[i])
    report("learned, eight folds", scores.tolist(), learned)
    model = fit(learned)
    unseen = [example for example in every if example.origin == "gold"]
    report("learned, never seen", [model.score(example) for example in unseen], unseen)
    if options.write:
        OUT.parent.mkdir(exist_ok=True)
        np.savez(
            OUT,
            names=np.array(model.names),
            weights=model.weights.astype(np.float32),
            meaning=model.meaning.astype(np.float32),
            bias=np.float32(model.bias),
        )


if __name__ == "__main__":
    main()
