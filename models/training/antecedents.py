"""Learns whom pronouns take up: the weights of `quotekit/speakers/antecedents.tsv`.

Every third-person pronoun outside of what its own speaker says is an example: the parties spoken of before are the
options, and those are right that share their entity with it in the corpus's coreference. Texts are read with the
shipped reader, and their earlier pronouns with the weights so far, so that the choice is learned in the surroundings
in which it is made; a few rounds settle it.

    python models/training/antecedents.py --data CORPORA [--held-out 3]
"""

from __future__ import annotations

import argparse
import gzip
import json
import pickle
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import spacy
import torch
from marked import entity_of

from quotekit.attributions import find_attributions
from quotekit.document import describe
from quotekit.quotes import find_quotes
from quotekit.reader import shipped_reader
from quotekit.speakers import antecedents, resolve
from quotekit.speakers.antecedents import Option
from quotekit.speakers.choices import Choices
from quotekit.speakers.mentions import Mention
from quotekit.speakers.parties import Parties
from quotekit.types import Extraction

Row = dict[str, Any]
WEIGHTS = Path(antecedents.__file__).with_name("antecedents.tsv")
NON_COMMERCIAL = {"essay", "fiction", "letter", "podcast", "whow"}
SILVER_WEIGHT = 0.3
SOURCE_WEIGHT = 6.0
"""Of the pronouns that are an attribution's source: those name speakers."""
ROUNDS = 3
PENALTY = 0.001
"""Of the squared weights, an example."""
HEADER = """\
# What speaks for a party that a pronoun takes up, and how much: weights of a log-linear choice, by the kind of pronoun
# (he and she, they, it). Learned by models/training/antecedents.py from the coreference of LitBank (CC BY 4.0), of
# GUM's genres without a non-commercial clause, and, with less weight, from PolNeAR's automatic one.
# feature\tweight
"""


class Document:
    """A text with its reading and the entity of each mention in its corpus, by where mentions end."""

    def __init__(self, row: Row, chains: Sequence[Sequence[Sequence[int]]], weight: float) -> None:
        text = row["text"]
        info = describe(text)
        (self.reading,) = shipped_reader().read([spacy.blank("en").make_doc(text)], [info.boilerplate])
        self.extraction = Extraction(text=text, document=info)
        self.said = find_attributions(self.reading, find_quotes(self.reading, self.extraction))
        self.weight = weight
        self.entity_at = {mention[1]: number for number, chain in enumerate(chains) for mention in chain}


def rows(path: Path) -> Iterator[Row]:
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def documents(data: Path, cache: Path | None) -> list[Document]:
    """All texts with coreference, read once."""
    if cache is not None and cache.exists():
        return pickle.loads(cache.read_bytes())
    found = [Document(row, list(row["entities"].values()), 1.0) for row in rows(data / "litbank" / "quotations.jsonl")]
    # GUM's dev part is kept to measure on (benchmarks/speakers_ontogum.py).
    for row in rows(data / "gum" / "entities.train.jsonl"):
        chains: dict[int, list[list[int]]] = defaultdict(list)
        for mention in row["mentions"]:
            chains[mention[4]].append(mention)
        if row["genre"] not in NON_COMMERCIAL:
            found.append(Document(row, list(chains.values()), 1.0))
    silver = {row["id"]: row for row in rows(data / "polnear" / "silver.train.jsonl.gz")}
    for n, row in enumerate(rows(data / "polnear" / "train.jsonl")):
        if n % 5 == 0 and row["id"] in silver:
            found.append(Document(row, silver[row["id"]]["coref"], SILVER_WEIGHT))
    if cache is not None:
        cache.write_bytes(pickle.dumps(found))
    return found


Example = tuple[list[Option], list[bool], float]


def examples(document: Document) -> Iterator[Example]:
    """The pronouns of one text, their options, and which of these are right."""

    class Watched(Choices):
        def pronoun(self, parties: Parties, mention: Mention, options: Sequence[Option]) -> int | None:
            entity = document.entity_at.get(mention.end)
            if entity is not None:
                right = [entity_of(parties.all[option.party], document) == entity for option in options]
                weight = document.weight * (SOURCE_WEIGHT if mention.is_source else 1.0)
                found.append((list(options), right, weight))
            return super().pronoun(parties, mention, options)

    found: list[Example] = []
    resolve(document.reading, document.said, Watched())
    return iter(found)


def fit(given: Sequence[Example], penalty: float = PENALTY, fewest: int = 5) -> dict[str, float]:
    """Weights that make the right options most probable, of features seen so often."""
    learnable = [e for e in given if any(e[1]) and not all(e[1])]
    counts = Counter(f for options, _, _ in learnable for option in options for f in option.features)
    number = {feature: i for i, feature in enumerate(sorted(f for f, n in counts.items() if n >= fewest))}
    most = max(len(options) for options, _, _ in learnable)
    width = max(len(option.features) for options, _, _ in learnable for option in options)
    ids = torch.full((len(learnable), most, width), len(number))
    there = torch.zeros((len(learnable), most), dtype=torch.bool)
    right = torch.zeros((len(learnable), most), dtype=torch.bool)
    importance = torch.tensor([weight for _, _, weight in learnable])
    for i, (options, is_right, _) in enumerate(learnable):
        for j, option in enumerate(options):
            known = [number[f] for f in option.features if f in number]
            ids[i, j, : len(known)] = torch.tensor(known, dtype=torch.long)
            there[i, j], right[i, j] = True, is_right[j]
    weights = torch.zeros(len(number) + 1, requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=200, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        used = torch.cat([weights[:-1], torch.zeros(1)])
        scores = used[ids].sum(-1)
        every = scores.masked_fill(~there, -1e9).logsumexp(-1)
        good = scores.masked_fill(~right, -1e9).logsumexp(-1)
        value = (importance * (every - good)).sum() / importance.sum() + penalty * (used**2).sum()
        value.backward()
        return value

    optimizer.step(loss)
    return {feature: round(weights[i].item(), 3) for feature, i in number.items()}


def report(given: Sequence[Example], least: Sequence[float] = (0.0, 0.2, 0.3, 0.4, 0.5)) -> None:
    """How often the choice is right, at several least probabilities."""
    for bound in least:
        asked = chosen = right = 0
        for options, is_right, _ in given:
            asked += 1
            shares = antecedents.share(options)
            if shares and max(shares) >= bound:
                chosen += 1
                right += is_right[shares.index(max(shares))]
        if asked:
            print(f"  from {bound:.1f}: {asked} pronouns, right of those chosen {100 * right / max(1, chosen):.1f} %, "
                  f"of all {100 * right / asked:.1f} %")  # fmt: skip


def write(weights: dict[str, float], file: Path = WEIGHTS, header: str = HEADER) -> None:
    lines = [f"{feature}\t{weight}" for feature, weight in sorted(weights.items()) if weight]
    file.write_text(header + "\n".join(lines) + "\n", encoding="utf-8")
    antecedents.weights.cache_clear()


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--data", type=Path, required=True)
    arguments.add_argument("--cache", type=Path, help="file to keep the readings in")
    arguments.add_argument("--held-out", type=int, default=0, help="learn without every n-th text, and measure on it")
    options = arguments.parse_args()
    every = documents(options.data, options.cache)
    held = [d for i, d in enumerate(every) if options.held_out and i % options.held_out == 0]
    learned = [d for i, d in enumerate(every) if not options.held_out or i % options.held_out]
    for number in range(ROUNDS):
        given = [example for document in learned for example in examples(document)]
        write(fit(given))
        print(f"round {number + 1}, {len(given)} pronouns learned from")
        report(given, (0.0,))
        for name, weight in (("gold", 1.0), ("silver", SILVER_WEIGHT)):
            print(f"held out, {name}:")
            report([e for d in held if d.weight == weight for e in examples(d)])
            print("  sources")
            report([e for d in held if d.weight == weight for e in examples(d) if e[2] == weight * SOURCE_WEIGHT])


if __name__ == "__main__":
    main()
