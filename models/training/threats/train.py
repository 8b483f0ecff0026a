"""Learns which conditionals are threats, and by what means: the weights of `models/en_quotekit/threats/judgement.npz`.

    python models/training/threats/train.py --data CORPORA [--gold GOLD] [--write]

`passages.tsv` holds passages written for this, each with one conditional that is a threat (+, with its means where
these are plain) or none that is (-); `marked.tsv` more of them with all parts marked; `news.tsv` the conditionals of
PolNeAR's training articles that are threats, by document and offset: all others of those articles are none. A logistic
regression weighs what `quotekit.threats.learned` tells of each conditional; another one tells its means where the
word lists are silent. A gold file, if given, is learned from as well. Their figures come from eight folds, and from
passages that they never saw: the test part of `marked.tsv`.

The cut between threat and none is set by the folds. After a new
network is trained, run this again with --write; nothing else is tied to the network's states.
"""

from __future__ import annotations

import argparse
import functools
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import numpy as np
import spacy
import torch
from marked import marked
from spacy.tokens import Doc

from quotekit.attributions import find_attributions
from quotekit.document import describe
from quotekit.quotes import find_quotes
from quotekit.reader import shipped_path, shipped_reader
from quotekit.reader.reading import Reading
from quotekit.speakers import find_speakers
from quotekit.threats import judgement
from quotekit.threats.conditionals import Conditional, conditionals_in
from quotekit.threats.learned import SURELY
from quotekit.threats.scene import Scene
from quotekit.threats.voices import Setting
from quotekit.types import Extraction

HERE = Path(__file__).parent
OUT = shipped_path().parent / "threats" / "judgement.npz"
FOLDS = 8
PENALTY = 8.0
"""Of the squared distance of the weights from where they start."""
TRUST = 1.0
"""Weight at which each rule's score starts."""
SURE = 1.2
"""Weight of "sure by rules", which is set and not learned; all else starts at nothing."""
MEANING_SCALE = 0.3
"""Of the standardised encodings beside the features, which are 0 or 1."""
WEIGHTS = {"news": 5.0, "gold": 2.0}
"""Of a conditional by its origin, where not 1: passages are written around conditionals, in news few are threats."""
FEWEST = 4
"""Conditionals that must have a feature for it to get a weight."""
UNSEEN = ("test", "test in context")
"""Origins that nothing is fitted on."""


AROUND = 3
"""Paragraphs of an article that are set before a written passage, and as many after it."""


class Found(NamedTuple):
    """A conditional of a text, with what the judgement is given of it."""

    scene: Scene
    conditional: Conditional
    look: dict[str, float]
    meaning: np.ndarray
    rules: float
    """What the rules alone say."""
    said: str
    """The means by the word lists."""
    classes: frozenset[str]
    """Kinds of party that would act."""

    @property
    def start(self) -> int:
        """First character of the condition."""
        return self.scene.characters(self.conditional.conditions[0])[0]


class Example(NamedTuple):
    """A conditional with its label."""

    origin: str
    found: Found
    is_threat: bool
    means: str | None = None
    """Of a threat, where known."""
    passage: str = ""
    """Name of the written passage, so that both its forms are in one fold."""


def tables(name: str) -> Iterator[list[str]]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return (line.split("\t") for line in lines if line and not line.startswith("#"))


@functools.cache
def tokenizer() -> Callable[[str], Doc]:
    return spacy.blank("en").make_doc


def steps(text: str) -> tuple[Reading, Extraction]:
    """What threats are found from."""
    info = describe(text)
    (reading,) = shipped_reader().read([tokenizer()(text)], [info.boilerplate])
    extraction = Extraction(text=text, document=info)
    for step in (find_quotes, find_attributions, find_speakers):
        extraction = step(reading, extraction)
    return reading, extraction


def read(text: str) -> Iterator[Found]:
    """The conditionals of a text."""
    reading, extraction = steps(text)
    scene = Scene(reading, extraction.attributions)
    setting = Setting(scene, extraction)
    for conditional in conditionals_in(scene):
        with (
            mock.patch.object(judgement, "log_odds", return_value=0.0) as odds,
            mock.patch.object(judgement, "likeliest_means", return_value="unspecified"),
        ):
            judged = judgement.judge(setting, conditional)
        look, meaning = odds.call_args.args
        rules = sum(score for name, score in look.items() if name.startswith("test "))
        classes = judgement.agent_classes(setting, judged.agent, judged.voice)
        yield Found(scene, conditional, look, meaning, rules, judged.appraisal.means, classes)


def surroundings(articles: Sequence[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """What to set before and after a passage: paragraphs of a training article, another place each time.

    A passage is read as it stands, and as news is, in context: else the encodings would tell articles, whose
    conditionals are none nearly always, from passages written for their threats.
    """
    random = np.random.RandomState(1)
    while True:
        paragraphs = [line for line in articles[random.randint(len(articles))]["text"].splitlines() if line.strip()]
        if len(paragraphs) >= 2 * AROUND:
            at = random.randint(AROUND, len(paragraphs) - AROUND + 1)
            before, after = paragraphs[at - AROUND : at], paragraphs[at : at + AROUND]
            yield "".join(f"{line}\n\n" for line in before), "".join(f"\n\n{line}" for line in after)


def in_both_forms(text: str, around: tuple[str, str]) -> Iterator[tuple[bool, int, list[Found]]]:
    """A written passage alone, and among other paragraphs: whether so, where it starts, its conditionals."""
    for before, after in (("", ""), around):
        start = len(before)
        yield bool(before), start, [f for f in read(before + text + after) if start <= f.start < start + len(text)]


def examples(data: Path, gold: Path | None) -> Iterator[Example]:
    lines = (data / "polnear" / "train.jsonl").read_text(encoding="utf-8").splitlines()
    articles = [json.loads(line) for line in lines]
    around = surroundings(articles)
    for number, (label, text, *means) in enumerate(tables("passages.tsv")):
        for is_amid, _, found in in_both_forms(text, next(around)):
            if label == "+":
                # Of several conditionals in a threat's passage, the likeliest is meant.
                found = sorted(found, key=lambda one: one.rules)[-1:]
            for one in found:
                origin = "in context" if is_amid else "written"
                yield Example(origin, one, label == "+", means[0] if means else None, str(number))
    for row in marked("train"):
        for is_amid, start, found in in_both_forms(row["text"], next(around)):
            yield from labelled("in context" if is_amid else "marked", row, found, start)
    for row in marked("test"):
        for is_amid, start, found in in_both_forms(row["text"], next(around)):
            yield from labelled("test in context" if is_amid else "test", row, found, start)
    known = {(name, int(start)): label for name, start, label in tables("news.tsv")}
    names = {name for name, _ in known}
    for row in articles:
        if row["id"] in names:
            for one in read(row["text"]):
                label = known.get((row["id"], one.start), "-")
                if label != "?":
                    yield Example("news", one, label == "+")
    for line in gold.read_text(encoding="utf-8").splitlines() if gold is not None else ():
        row = json.loads(line)
        for _, start, found in in_both_forms(row["text"], next(around)):
            yield from labelled("gold", row, found, start)


def labelled(origin: str, row: dict[str, Any], found: Sequence[Found], start: int = 0) -> Iterator[Example]:
    """Conditionals of a passage whose threats are marked; ``start`` is where it begins in what was read."""
    for one in found:
        threat = next((threat for threat in row["threats"] if same(one, threat, start)), None)
        yield Example(origin, one, threat is not None, threat["means"] if threat else None, row["id"])


def same(one: Found, threat: dict[str, Any], start: int) -> bool:
    """Whether condition and consequence overlap those of a threat."""

    def meets(pieces: Iterable[tuple[int, int]], others: Sequence[Sequence[int]]) -> bool:
        bounds = [one.scene.characters(piece) for piece in pieces]
        return not others or any(a < d + start and c + start < b for a, b in bounds for c, d in others)

    conditional = one.conditional
    return meets(conditional.conditions, threat["condition"]) and meets(conditional.consequences, threat["consequence"])


class Model(NamedTuple):
    """Weights of a regression: one row decides yes or no, several compete."""

    names: list[str]
    looks: np.ndarray
    meanings: np.ndarray
    biases: np.ndarray

    def scores(self, look: dict[str, float], meaning: np.ndarray) -> np.ndarray:
        columns = {name: i for i, name in enumerate(self.names)}
        known = [(columns[name], value) for name, value in look.items() if name in columns]
        return self.biases + self.meanings @ meaning + sum(value * self.looks[:, i] for i, value in known)


def fit(
    looks: Sequence[dict[str, float]],
    meanings: Sequence[np.ndarray],
    wanted: Sequence[int],
    importance: Sequence[float],
    begin: dict[str, dict[int, float]],
    rows: int,
) -> Model:
    """A regression with weights drawn to where they begin.

    Args:
        looks: Features of each example.
        meanings: Its encoding.
        wanted: Its class; of one row 0 or 1.
        importance: Its weight.
        begin: Where the weights of features begin, by row; all others at nothing.
        rows: 1 for yes or no, else the number of classes.
    """
    counts = Counter(name for look in looks for name in look)
    names = sorted(name for name, n in counts.items() if n >= FEWEST)
    look = np.array([[one.get(name, 0.0) for name in names] for one in looks])
    meaning = np.array(meanings, dtype=np.float64)
    mean, spread = meaning.mean(axis=0), meaning.std(axis=0) + 1e-6
    scaled = np.concatenate([look, (meaning - mean) / spread * MEANING_SCALE], axis=1)
    columns = torch.tensor(scaled, dtype=torch.float32)
    classes = torch.tensor(wanted)
    weight = torch.tensor(importance, dtype=torch.float32)
    start = torch.zeros(rows, columns.shape[1] + 1)
    for i, name in enumerate(names):
        for row, value in begin.get(name, {}).items():
            start[row, i] = value
    weights = start.clone().requires_grad_()
    optimizer = torch.optim.LBFGS([weights], max_iter=200, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        scores = columns @ weights[:, :-1].T + weights[:, -1]
        if rows == 1:
            scores = torch.cat([torch.zeros_like(scores), scores], dim=1)
        value = (weight * torch.nn.functional.cross_entropy(scores, classes, reduction="none")).sum()
        value = value + 0.5 * PENALTY * ((weights - start)[:, :-1] ** 2).sum()
        value.backward()
        return value

    optimizer.step(loss)
    found = weights.detach().numpy().astype(np.float64)
    of_meaning = found[:, len(names) : -1] * MEANING_SCALE / spread
    return Model(names, found[:, : len(names)], of_meaning, found[:, -1] - of_meaning @ mean)


def fit_threats(given: Sequence[Example]) -> Model:
    """Threat or none."""
    looks = [{name: value for name, value in e.found.look.items() if name != SURELY} for e in given]
    names = {name for look in looks for name in look}
    model = fit(
        looks,
        [example.found.meaning for example in given],
        [int(example.is_threat) for example in given],
        [WEIGHTS.get(example.origin, 1.0) for example in given],
        {name: {0: TRUST} for name in names if name.startswith("test ")},
        1,
    )
    # Learned, it would go to what the other weights leave over. Set, it saves plain threats that sound like warnings.
    looks = np.append(model.looks, [[SURE]], axis=1)
    return model._replace(names=[*model.names, SURELY], looks=looks)


def score(model: Model, example: Example) -> float:
    return float(model.scores(example.found.look, example.found.meaning)[0])


def look_of_means(example: Example) -> dict[str, float]:
    """As `quotekit.threats.learned.likeliest_means` makes it."""
    return {f"acts {kind}": 1.0 for kind in example.found.classes}


def fit_means(given: Sequence[Example], means: Sequence[str]) -> Model:
    """One of the means; those without a label are left out."""
    given = [example for example in given if example.means is not None]
    return fit(
        [look_of_means(example) for example in given],
        [example.found.meaning for example in given],
        [means.index(example.means or "") for example in given],
        [1.0] * len(given),
        {},
        len(means),
    )


def best_cut(scores: Sequence[float], given: Sequence[Example]) -> float:
    """The score that parts threats from others with the highest F1."""
    ranked = sorted(((s, e.is_threat) for s, e in zip(scores, given, strict=True)), reverse=True)
    meant = sum(is_threat for _, is_threat in ranked)
    right, best, cut = 0, -1.0, 0.0
    for found, (value, is_threat) in enumerate(ranked, 1):
        right += is_threat
        share = 2 * right / (found + meant)
        if share > best:
            below = ranked[found][0] if found < len(ranked) else value
            best, cut = share, (value + below) / 2
    return cut


def report(title: str, scores: Sequence[float], given: Sequence[Example]) -> None:
    for origin in sorted({example.origin for example in given}):
        pairs = [(s > 0, e.is_threat) for s, e in zip(scores, given, strict=True) if e.origin == origin]
        right = sum(a and b for a, b in pairs)
        found, meant = sum(a for a, _ in pairs), sum(b for _, b in pairs)
        shares = f"precision {right / max(1, found):.3f} recall {right / max(1, meant):.3f} false {found - right}"
        print(f"  {title:24s} {origin:10s} {len(pairs):5d} conditionals, {meant:4d} threats: {shares}")


def report_means(title: str, model: Model | None, means: Sequence[str], given: Sequence[Example]) -> tuple[int, int]:
    right = 0
    given = [example for example in given if example.means is not None]
    for example in given:
        chosen = example.found.said
        if model is not None and chosen == "unspecified":
            chosen = means[int(model.scores(look_of_means(example), example.found.meaning).argmax())]
        right += chosen == example.means
    if title:
        print(f"  {title:24s} {right} of {len(given)} means right")
    return right, len(given)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--data", type=Path, required=True)
    arguments.add_argument("--gold", type=Path, help="threats.dev.jsonl, to learn from as well")
    arguments.add_argument("--write", action="store_true")
    options = arguments.parse_args()
    every = list(examples(options.data, options.gold))
    report("rules alone", [example.found.rules for example in every], every)
    learned = [example for example in every if example.origin not in UNSEEN]
    unseen = [example for example in every if example.origin in UNSEEN]
    means = sorted({example.means for example in learned if example.means is not None} | {"unspecified"})
    names = sorted({example.passage for example in learned if example.passage})
    random = np.random.RandomState(0)
    of_name = dict(zip(names, random.randint(0, FOLDS, len(names)).tolist(), strict=True))
    drawn = random.randint(0, FOLDS, len(learned))
    folds = np.array([of_name.get(e.passage, f) for e, f in zip(learned, drawn, strict=True)])
    scores = np.zeros(len(learned))
    right = 0
    for fold in range(FOLDS):
        rest = [e for e, f in zip(learned, folds, strict=True) if f != fold]
        model, of_means = fit_threats(rest), fit_means(rest, means)
        for i in np.flatnonzero(folds == fold):
            scores[i] = score(model, learned[i])
        right += report_means("", of_means, means, [e for e, f in zip(learned, folds, strict=True) if f == fold])[0]
    cut = best_cut(scores.tolist(), learned)
    print(f"  cut at {cut:+.2f}")
    report("learned, eight folds", (scores - cut).tolist(), learned)
    model, of_means = fit_threats(learned), fit_means(learned, means)
    model = model._replace(biases=model.biases - cut)
    report("learned, never seen", [score(model, example) for example in unseen], unseen)
    report_means("word lists", None, means, learned)
    print(f"  {'learned, eight folds':24s} {right} of these")
    for origin in UNSEEN:
        report_means(f"word lists, {origin}", None, means, [e for e in unseen if e.origin == origin])
        report_means(f"learned, {origin}", of_means, means, [e for e in unseen if e.origin == origin])
    if options.write:
        OUT.parent.mkdir(exist_ok=True)
        parts: dict[str, Any] = {"means": np.array(means)}
        for kind, weights in (("threat", model), ("means", of_means)):
            parts[f"{kind}_names"] = np.array(weights.names)
            for part in ("looks", "meanings", "biases"):
                parts[f"{kind}_{part}"] = getattr(weights, part).astype(np.float32)
        np.savez(OUT, **parts)


if __name__ == "__main__":
    main()
