"""Learns whom pronouns take up.

Every third-person pronoun outside of what its own speaker says is an example: the parties spoken of before are its
options, and those are right that share their entity with it, as marked articles, news, documents and passages have it,
or the corpora's coreference. What speaks for an option are features with weights
(`quotekit/speakers/antecedents.tsv`) and what a small layer makes of the reader's encodings
(`models/en_quotekit/speakers/mention_pairs.npz`); both are learned together. Texts are read with the shipped reader,
and their earlier pronouns by the weights so far, so that a choice is learned in the surroundings in which it is made.

    python models/training/antecedents.py --data CORPORA [--cache FILE] [--folds 5]
"""

from __future__ import annotations

import argparse
import gzip
import json
import pickle
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import spacy
import torch
from marked import HELD_OUT, Marked, entity_of, marked_texts, news_articles
from numpy.typing import NDArray
from torch import Tensor, nn
from weights import write as write_table

from quotekit.attributions import find_attributions
from quotekit.document import describe
from quotekit.quotes import find_quotes
from quotekit.reader import shipped_path, shipped_reader
from quotekit.reader.encoder import Encoder
from quotekit.speakers import resolve
from quotekit.speakers.antecedents import Option
from quotekit.speakers.choices import Choices
from quotekit.speakers.mention_pairs import FARTHEST, compared, distance, encodings, learned_weights
from quotekit.speakers.mentions import Mention
from quotekit.speakers.parties import Parties
from quotekit.types import Extraction

Row = dict[str, Any]
PAIRS = shipped_path().parent / "speakers" / "mention_pairs.npz"
NON_COMMERCIAL = {"essay", "fiction", "letter", "podcast", "whow"}
SILVER_WEIGHT = 0.3
MARKED_SHARE = 0.3
"""Of the weight of a marked article's example, against what descriptions are learned with."""
SOURCE_WEIGHT = 6.0
"""Of the pronouns that are an attribution's source: those name speakers."""
FEWEST = 5
"""Examples that a feature has to be seen in."""
ROUNDS = 2
EPOCHS, BATCH = 5, 64
RATE, LINEAR_RATE, WARMUP = 2e-3, 0.02, 50
DECAY, PENALTY, DROPOUT = 0.01, 0.001, 0.5
"""Of the layer's weights, of the squared weights of features, and of the encodings: in a fifth of the texts half of all
dropped tells a little more than three tenths."""
SIZE, HIDDEN, DISTANCE = 64, 64, 16
"""Numbers of a mention's vector, of the layer between, and of a distance."""
SEED = 1
HEADER = """\
# What speaks for a party that a pronoun takes up, and how much: weights of a log-linear choice, by the kind of pronoun
# (he and she, they, it), beside the comparison of mentions. Learned by models/training/antecedents.py from the
# coreference of LitBank (CC BY 4.0) and of GUM's genres without a non-commercial clause, from the marked articles and
# passages of the project (MIT), from marked documents, also of the English Web Treebank (CC BY-SA 4.0), from who speaks
# in articles of PolNeAR, and, with less weight, from PolNeAR's automatic coreference.
# feature\tweight
"""


class Document:
    """A text with its reading and the entity of each mention in its corpus, by where mentions end."""

    def __init__(self, name: str, text: str, chains: Sequence[Sequence[Sequence[int]]], weight: float) -> None:
        info = describe(text)
        (self.reading,) = shipped_reader().read([spacy.blank("en").make_doc(text)], [info.boilerplate])
        self.extraction = Extraction(text=text, document=info)
        self.said = find_attributions(self.reading, find_quotes(self.reading, self.extraction))
        self.part = "silver" if weight < 1 else "corpora"
        self.name = name
        self.weight = weight
        self.entity_at = {mention[1]: number for number, chain in enumerate(chains) for mention in chain}


def rows(path: Path) -> Iterator[Row]:
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def documents(data: Path, cache: Path | None) -> list[Document]:
    """All texts with coreference, read once; those in which speakers are measured are left out."""
    if cache is not None and cache.exists():
        found: list[Document] = pickle.loads(cache.read_bytes())
        return found
    found = [
        Document(row["id"], row["text"], list(row["entities"].values()), 1.0)
        for row in rows(data / "litbank" / "quotations.jsonl")
    ]
    # GUM's dev part is kept to measure on (benchmarks/speakers_ontogum.py).
    for row in rows(data / "gum" / "entities.train.jsonl"):
        chains: dict[int, list[list[int]]] = defaultdict(list)
        for mention in row["mentions"]:
            chains[mention[4]].append(mention)
        if row["genre"] not in NON_COMMERCIAL:
            found.append(Document(row["id"], row["text"], list(chains.values()), 1.0))
    silver = {row["id"]: row for row in rows(data / "polnear" / "silver.train.jsonl.gz")}
    held = {row["document"] for file in HELD_OUT for row in rows(file)}
    for row in rows(data / "polnear" / "train.jsonl"):
        if row["id"] in silver and row["id"] not in held:
            found.append(Document(row["id"], row["text"], silver[row["id"]]["coref"], SILVER_WEIGHT))
    if cache is not None:
        cache.write_bytes(pickle.dumps(found))
    return found


class PronounExample(NamedTuple):
    """A pronoun, with what its options show."""

    features: list[tuple[str, ...]]
    mention: NDArray[np.float16]
    """The encodings of the pronoun: of its head, and the mean of its phrase."""
    others: list[list[tuple[NDArray[np.float16], int]]]
    """Those of each option's mentions, with their distances."""
    right: list[bool]
    weight: float
    part: str


def examples(document: Any) -> list[PronounExample]:
    """The pronouns of one text, chosen for by the weights so far; those whose party is an option, and another one."""
    found: list[PronounExample] = []

    class Watched(Choices):
        def pronoun(self, parties: Parties, mention: Mention, options: Sequence[Option]) -> int | None:
            entity = document.entity_at.get(mention.end)
            right = [entity is not None and entity_of(parties.all[o.party], document) == entity for o in options]
            if any(right) and not all(right):
                given = [parties.all[option.party].mentions for option in options]
                groups = [compared(mentions, mention) for mentions in given]
                # In half precision: many are kept.
                rows = encodings(document.reading, [mention, *(m for group in groups for m in group)]).astype(
                    np.float16
                )
                own, rest = rows[0], iter(rows[1:])
                others = [[(next(rest), distance(mention, other)) for other in group] for group in groups]
                weight = document.weight * (MARKED_SHARE if isinstance(document, Marked) else 1.0)
                weight *= SOURCE_WEIGHT if mention.is_source else 1.0
                found.append(PronounExample([o.features for o in options], own, others, right, weight, document.part))
            return super().pronoun(parties, mention, options)

    resolve(document.reading, document.said, Watched(document.reading))
    return found


class Batch:
    """Some examples as tensors."""

    def __init__(self, given: Sequence[PronounExample], number: dict[str, int]) -> None:
        n, most = len(given), max(len(e.right) for e in given)
        width = max(len(features) for e in given for features in e.features)
        self.features = torch.full((n, most, width), len(number))
        self.there = torch.zeros((n, most), dtype=torch.bool)
        self.right = torch.zeros((n, most), dtype=torch.bool)
        self.weight = torch.tensor([e.weight for e in given])
        self.mention = torch.from_numpy(np.stack([e.mention for e in given])).float()
        pairs: list[tuple[int, int, NDArray[np.float16], int]] = []
        for i, example in enumerate(given):
            for j, (features, others) in enumerate(zip(example.features, example.others, strict=True)):
                known = [number[f] for f in features if f in number]
                self.features[i, j, : len(known)] = torch.tensor(known, dtype=torch.long)
                self.there[i, j], self.right[i, j] = True, example.right[j]
                pairs += [(i, j, states, apart) for states, apart in others]
        self.row = torch.tensor([i for i, _, _, _ in pairs])
        """Of each pair of mentions the example, the option and the distance."""
        self.option = torch.tensor([j for _, j, _, _ in pairs])
        self.distance = torch.tensor([apart for _, _, _, apart in pairs])
        self.other = torch.from_numpy(np.stack([states for _, _, states, _ in pairs])).float()


class Network(nn.Module):
    """The weights of all features, and the layer that compares mentions."""

    def __init__(self, n_features: int, width: int) -> None:
        super().__init__()
        self.linear = nn.Parameter(torch.zeros(n_features + 1))
        self.up, self.taken = nn.Linear(width, SIZE), nn.Linear(width, SIZE)
        self.distance = nn.Embedding(FARTHEST + 1, DISTANCE)
        self.layer = nn.Linear(3 * SIZE + DISTANCE, HIDDEN)
        self.last = nn.Linear(HIDDEN, 1)
        self.drop = nn.Dropout(DROPOUT)
        nn.init.zeros_(self.last.weight)

    def forward(self, batch: Batch) -> Tensor:
        weights = torch.cat([self.linear[:-1], torch.zeros(1)])
        here = self.up(self.drop(batch.mention))[batch.row]
        there = self.taken(self.drop(batch.other))
        parts = [here * there, here, there, self.distance(batch.distance)]
        each = self.last(self.drop(torch.relu(self.layer(torch.cat(parts, -1))))).squeeze(-1)
        sums = torch.zeros(batch.there.shape).index_put((batch.row, batch.option), each.exp(), accumulate=True)
        pairs = torch.where(sums > 0, sums.clamp_min(1e-9).log(), torch.zeros(()))
        scores: Tensor = weights[batch.features].sum(-1) + pairs
        return scores.masked_fill(~batch.there, -1e9)


def learn(given: Sequence[PronounExample], seed: int = SEED) -> tuple[dict[str, int], Network]:
    """Features by number, with the network that makes the right options most probable."""
    torch.manual_seed(seed)
    shuffled = random.Random(seed)
    counts = Counter(f for e in given for features in e.features for f in features)
    number = {feature: i for i, feature in enumerate(sorted(f for f, n in counts.items() if n >= FEWEST))}
    network = Network(len(number), len(given[0].mention))
    others = [p for name, p in network.named_parameters() if name != "linear"]
    optimizer = torch.optim.AdamW(
        [{"params": [network.linear], "lr": LINEAR_RATE, "weight_decay": 0.0}, {"params": others}], RATE,
        weight_decay=DECAY,
    )  # fmt: skip
    order = list(given)
    steps = EPOCHS * (len(order) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / WARMUP) * max(0.02, 1 - step / steps)
    )
    mean = sum(e.weight for e in order) / len(order)
    for epoch in range(EPOCHS):
        shuffled.shuffle(order)
        total = 0.0
        for at in range(0, len(order) - BATCH + 1, BATCH):
            batch = Batch(order[at : at + BATCH], number)
            scores = network(batch)
            lost = scores.logsumexp(-1) - scores.masked_fill(~batch.right, -1e9).logsumexp(-1)
            loss = (lost * batch.weight).sum() / (mean * BATCH)
            total += loss.item()
            optimizer.zero_grad()
            (loss + PENALTY * (network.linear**2).sum()).backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
        print(f"  epoch {epoch + 1}: loss {total / (len(order) // BATCH):.3f}", flush=True)
    network.eval()
    return number, network


def write(number: dict[str, int], network: Network) -> None:
    """Writes the table and the layer."""
    write_table({feature: round(network.linear[i].item(), 3) for feature, i in number.items()}, "antecedents", HEADER)
    write_pairs(network)


def write_pairs(network: Network) -> None:
    """Writes the layer, its matrices in whole numbers with a scale for each column."""
    parts: dict[str, NDArray[Any]] = {}

    def add(name: str, matrix: Tensor) -> None:
        values = matrix.detach().numpy()
        scale = (np.maximum(np.abs(values).max(axis=0), 1e-8) / 127).astype(np.float32)
        parts[name], parts[f"{name} scale"] = np.round(values / scale).astype(np.int8), scale

    for name, layer in (("up", network.up), ("taken", network.taken)):
        add(name, layer.weight.T)
        parts[f"{name} bias"] = layer.bias.detach().numpy()
    add("layer", network.layer.weight.T[: 3 * SIZE])
    apart = network.distance.weight @ network.layer.weight.T[3 * SIZE :] + network.layer.bias
    parts["distance"] = apart.detach().numpy()
    parts["last"], parts["last bias"] = network.last.weight[0].detach().numpy(), network.last.bias[0].detach().numpy()
    PAIRS.parent.mkdir(exist_ok=True)
    np.savez_compressed(PAIRS, **parts)
    learned_weights.cache_clear()


def forget() -> None:
    """Writes a layer that tells nothing, where there is none or it is of another network."""
    width = 2 * Encoder(shipped_path()).sizes.parts["meaning"]
    fits = PAIRS.exists() and learned_weights()["up"].shape == (width, SIZE)
    if not fits:
        network = Network(0, width)
        nn.init.zeros_(network.last.bias)
        write_pairs(network)


def report(given: Sequence[PronounExample], number: dict[str, int], network: Network) -> None:
    """How often choices are right whose party is among the options, by where the texts are from."""
    count: dict[str, Counter[str]] = defaultdict(Counter)
    with torch.no_grad():
        for at in range(0, len(given), BATCH):
            some = given[at : at + BATCH]
            batch = Batch(some, number)
            scores = network(batch)
            lost = scores.logsumexp(-1) - scores.masked_fill(~batch.right, -1e9).logsumexp(-1)
            for i, example in enumerate(some):
                right = bool(batch.right[i, int(scores[i].argmax())])
                count[example.part].update({"n": 1, "right": right, "lost": lost[i].item()})  # type: ignore[dict-item]
    for part, found in sorted(count.items()):
        n = found["n"]
        print(
            f"{part:10s} {n:5d}, right {100 * found['right'] / n:.1f} %, log loss {found['lost'] / n:.3f}", flush=True
        )


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--data", type=Path, required=True)
    arguments.add_argument("--cache", type=Path, help="file to keep the readings in")
    arguments.add_argument("--folds", type=int, default=0, help="learn without every n-th text, and measure there")
    arguments.add_argument("--rounds", type=int, default=ROUNDS)
    options = arguments.parse_args()
    marked = [*news_articles(options.data, options.cache), *marked_texts(options.data, options.cache)]
    texts = [*marked, *documents(options.data, options.cache)]
    torch.set_num_threads(1)
    forget()
    if options.folds:
        by_part: Counter[str] = Counter()
        held = set()
        for text in texts:
            by_part[text.part] += 1
            if text.part not in ("passages", "silver") and by_part[text.part] % options.folds == 0:
                held.add(text.name)
        learned = learn([e for text in texts if text.name not in held for e in examples(text)])
        measured = [text for text in texts if text.name in held and text.part != "silver"]
        report([e for text in measured for e in examples(text)], *learned)
        return
    for number in range(options.rounds):
        given = [example for text in texts for example in examples(text)]
        print(f"round {number + 1}: {len(given)} pronouns")
        write(*learn(given))


if __name__ == "__main__":
    main()
