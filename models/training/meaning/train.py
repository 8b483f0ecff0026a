"""Trains the layer that tells what passages mean, and all that is told from it.

    python models/training/meaning/train.py --data CORPORA --gold GOLD --start FILE --out FOLDER [--write]

It learns which conditionals are threats, by what means, who threatens and who is to comply
(`models/training/threats`), and which act an attribution is (`models/training/claims/acts.tsv`), all at once. The
reader does not change: what it makes of the passages is read once and kept in ``--out``, and so is what the training
has reached, to go on from there when it is started again. Delete that folder after a new reader is trained, or
passages or rules have changed. GOLD is the folder of threats.dev.jsonl and acts.dev.jsonl; the threats are learned
from.

With --write, `models/en_quotekit/meaning`, `threats/judgement.npz` and `claims/acts.npz` are written.
"""

from __future__ import annotations

import argparse
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

import items
import numpy as np
import settings as settings_file
import torch
from items import Item
from layer import Meaning, graph_of
from torch import Tensor, nn
from torch.nn import functional

from quotekit.claims.learned import ACTS
from quotekit.reader import shipped_path
from quotekit.threats.candidates import ROLES
from quotekit.threats.learned import POOLS, SURELY
from quotekit.types import Means

UNSEEN = tuple(f"{test}{where}" for test in ("test", "test 2", "test 3", "test 4") for where in ("", " in context"))
"""Origins of conditionals that nothing is learned from."""
FOLDS = 2
SIDE_BY_SIDE = 20
"""Lines of `passages.tsv`, and conditionals of the news, that are in one fold."""
LEARNED_BY = ("train", "looks", "weights", "loss")
"""Tables of settings that a training depends on."""
NEARLY = 0.003
"""How far below the best F1 a cut may lie."""
CUT_BY = ("marked", "in context", "gold", "news")
"""Origins of conditionals by which the cut between threat and none is set: the others are twins, harder than texts."""


class Looks:
    """Columns of named features, and where their weights start.

    Args:
        given: Features of each example.
        fewest: Examples that must have a feature.
        starts: Weight of a feature at which a row starts, by name and row.
        rows: What is weighed.
    """

    def __init__(
        self,
        given: Iterable[Mapping[str, float]],
        fewest: int,
        starts: Callable[[str], Mapping[int, float]],
        rows: int,
    ) -> None:
        counts = Counter(name for look in given for name in look if name != SURELY)
        self.names = sorted(name for name, n in counts.items() if n >= fewest)
        self.columns = {name: i for i, name in enumerate(self.names)}
        self.start = torch.zeros(rows, len(self.names))
        for i, name in enumerate(self.names):
            for row, value in starts(name).items():
                self.start[row, i] = value
        self.weights = nn.Parameter(self.start.clone())

    def table(self, looks: Sequence[Mapping[str, float]]) -> Tensor:
        result = torch.zeros(len(looks), len(self.names))
        for row, look in enumerate(looks):
            for name, value in look.items():
                if name in self.columns:
                    result[row, self.columns[name]] = value
        return result

    def scores(self, looks: Sequence[Mapping[str, float]]) -> Tensor:
        return self.table(looks) @ self.weights.T

    def distance(self) -> Tensor:
        """The squared distance of the weights from where they start."""
        return ((self.weights - self.start) ** 2).sum()


class Learner(nn.Module):
    """The layer with its heads, and the weights of what rules and lists find."""

    def __init__(self, config: dict[str, Any], given: Sequence[Item], state: dict[str, Tensor]) -> None:
        super().__init__()
        settings = config["looks"]
        self.layer = Meaning(state)
        width = self.layer.width
        self.dropout = nn.Dropout(config["train"]["dropout"])
        conditionals = [item for item in given if item.kind == "conditional"]
        acts = [item for item in given if item.kind == "act"]
        self.kinds = sorted(get_args(Means))
        self.threat = nn.Linear(POOLS * width, 1)
        self.means = nn.Linear(POOLS * width, len(self.kinds))
        self.party = nn.Linear(2 * width, len(ROLES))
        self.act = nn.Linear(3 * width, len(ACTS))
        for head in (self.threat, self.means, self.party, self.act):
            nn.init.normal_(head.weight, std=0.01)
            nn.init.zeros_(head.bias)
        fewest = settings["fewest"]

        def test(name: str) -> dict[int, float]:
            return {0: settings["test"]} if name.startswith("test ") else {}

        def listed(name: str) -> dict[int, float]:
            kind = name.removeprefix("lists say ")
            is_means = kind != name and kind != "unspecified"
            return {self.kinds.index(kind): settings["means"]} if is_means else {}

        def chosen(name: str) -> dict[int, float]:
            return {i: settings["role"] for i, role in enumerate(ROLES) if name == f"rules: {role}"}

        def said(name: str) -> dict[int, float]:
            act = name.removeprefix("rules ")
            return {ACTS.index(act): settings["act"]} if act != name and act in ACTS else {}

        self.looks = {
            "threat": Looks((item.look for item in conditionals), fewest, test, 1),
            "means": Looks((i.look_of_means for i in conditionals if i.means), fewest, listed, len(self.kinds)),
            "party": Looks((p.look for i in conditionals for p in i.parties), fewest, chosen, len(ROLES)),
            "act": Looks((item.look for item in acts), fewest, said, len(ACTS)),
        }
        for name, looks in self.looks.items():
            self.register_parameter(f"look_{name}", looks.weights)

    def states(self, batch: Sequence[Item], hidden: float, random: np.random.Generator) -> Tensor:
        """Encodings of the tokens of each passage, shape (batch, tokens, width)."""
        longest = max(len(item.parts) for item in batch)
        states = np.zeros((len(batch), longest, self.layer.width), dtype=np.float32)
        parts = np.zeros((len(batch), longest), dtype=np.int64)
        mask = np.zeros((len(batch), longest), dtype=np.float32)
        for row, item in enumerate(batch):
            n = len(item.parts)
            states[row, :n], parts[row, :n], mask[row, :n] = item.states, item.parts, 1
            if hidden:
                states[row, :n][random.random(n) < hidden] = 0.0
        return self.layer(torch.from_numpy(states), torch.from_numpy(parts), torch.from_numpy(mask))

    @staticmethod
    def pooled(states: Tensor, batch: Sequence[Item]) -> Tensor:
        """The means of what is pooled of each passage, side by side."""
        n_pools = len(batch[0].pools)
        weights = torch.zeros(len(batch), n_pools, states.shape[1])
        for row, item in enumerate(batch):
            for pool, rows in enumerate(item.pools):
                if rows:
                    weights[row, pool, rows] = 1.0 / len(rows)
        return torch.einsum("bpt,btw->bpw", weights, states).flatten(1)

    def of_conditionals(self, states: Tensor, batch: Sequence[Item]) -> tuple[Tensor, Tensor]:
        """Scores of a threat, and of each means."""
        pooled = self.dropout(self.pooled(states, batch))
        threat = self.threat(pooled) + self.looks["threat"].scores([item.look for item in batch])
        means = self.means(pooled) + self.looks["means"].scores([item.look_of_means for item in batch])
        return threat[:, 0], means

    def pooled_parties(self, states: Tensor, item: Item) -> Tensor:
        """Encodings of the candidates of one passage, shape (candidates, 2 * width)."""
        weights = torch.zeros(len(item.parties), 2, states.shape[0])
        for i, party in enumerate(item.parties):
            if party.rows:
                weights[i, 0, party.rows] = 1.0 / len(party.rows)
                weights[i, 1, party.rows[-1]] = 1.0
        return torch.einsum("cpt,tw->cpw", weights, states).flatten(1)

    def of_parties(self, states: Tensor, item: Item) -> Tensor:
        """Scores of the candidates of one passage, shape (candidates, roles)."""
        pooled = self.dropout(self.pooled_parties(states, item))
        return self.party(pooled) + self.looks["party"].scores([party.look for party in item.parties])

    def of_acts(self, states: Tensor, batch: Sequence[Item]) -> Tensor:
        pooled = self.dropout(self.pooled(states, batch))
        return self.act(pooled) + self.looks["act"].scores([item.look for item in batch])


def batches(given: Sequence[Item], most: int, random: np.random.Generator) -> list[list[Item]]:
    """Items of about the same length together, in random order."""
    result: list[list[Item]] = []
    batch: list[Item] = []
    for i in np.argsort([len(item.parts) + random.uniform(0, 6) for item in given]):
        if batch and (len(batch) + 1) * max(len(given[i].parts), len(batch[-1].parts)) > most:
            result.append(batch)
            batch = []
        batch.append(given[i])
    result.append(batch)
    random.shuffle(result)
    return result


def losses(
    learner: Learner, batch: Sequence[Item], config: dict[str, Any], random: np.random.Generator
) -> dict[str, Tensor]:
    """What a batch of one kind has to say."""
    settings, kind = config["train"], batch[0].kind
    states = learner.states(batch, settings["hidden_words"], random)
    if kind == "act":
        wanted = torch.tensor([ACTS.index(item.label) for item in batch])
        scores = learner.of_acts(states, batch)
        value = functional.cross_entropy(scores, wanted, reduction="none", label_smoothing=settings["smoothing"])
        weight = torch.tensor([config["weights"].get(item.origin, 1.0) for item in batch])
        return {"act": (value * weight).sum() / weight.sum()}
    threat, means = learner.of_conditionals(states, batch)
    smoothing = settings["smoothing"]
    wanted = torch.tensor([float(item.label == "threat") for item in batch]) * (1 - smoothing) + smoothing / 2
    weight = torch.tensor([config["weights"].get(item.origin, 1.0) for item in batch])
    value = functional.binary_cross_entropy_with_logits(threat, wanted, reduction="none")
    found = {"threat": (value * weight).mean()}
    known = [i for i, item in enumerate(batch) if item.means is not None]
    if known:
        kinds = torch.tensor([learner.kinds.index(batch[i].means or "") for i in known])
        found["means"] = functional.cross_entropy(means[known], kinds, label_smoothing=smoothing) * len(known)
        found["means"] = found["means"] / len(batch)
    chosen = []
    for row, item in enumerate(batch):
        if any(item.right):
            scores = functional.log_softmax(learner.of_parties(states[row], item), dim=0)
            chosen += [-torch.logsumexp(scores[right, i], 0) for i, right in enumerate(item.right) if right]
    if chosen:
        found["party"] = torch.stack(chosen).sum() / len(batch)
    return found


class Measured:
    """What learners tell of items.

    Args:
        sure: What "sure by rules" counts.
    """

    def __init__(self, sure: float) -> None:
        self.sure = sure
        self.scores: list[tuple[Item, float]] = []
        self.means: list[tuple[Item, str]] = []
        self.roles: list[tuple[Item, list[bool]]] = []
        self.acts: list[tuple[Item, str]] = []
        self.logits: dict[str, dict[int, Tensor]] = {"threat": {}, "means": {}, "act": {}, "party": {}}
        """What the layer alone says of each item, by its id."""
        self.folds: dict[int, int] = {}
        """The fold of each item by its id, where there are folds."""

    def add(self, learner: Learner, given: Sequence[Item]) -> Measured:
        """Adds items, with products rounded as they are when shipped; gives itself back."""
        learner.eval()
        learner.layer.rounds(True)
        random = np.random.default_rng(0)
        with torch.no_grad():
            for kind in ("conditional", "act"):
                some = [item for item in given if item.kind == kind]
                for batch in batches(some, 4000, random) if some else ():
                    self._add(learner, learner.states(batch, 0.0, random), batch)
        learner.train()
        learner.layer.rounds(False)
        return self

    def _add(self, learner: Learner, states: Tensor, batch: Sequence[Item]) -> None:
        if batch[0].kind == "act":
            chosen = learner.of_acts(states, batch).argmax(1).tolist()
            self._keep("act", batch, learner.act(learner.pooled(states, batch)))
            self.acts += [(item, ACTS[i]) for item, i in zip(batch, chosen, strict=True)]
        else:
            threat, means = learner.of_conditionals(states, batch)
            self.scores += [
                (item, score + self.sure * item.look.get(SURELY, 0.0))
                for item, score in zip(batch, threat.tolist(), strict=True)
            ]
            pooled = learner.pooled(states, batch)
            self._keep("threat", batch, learner.threat(pooled))
            self._keep("means", batch, learner.means(pooled))
            chosen = means.argmax(1).tolist()
            self.means += [(item, learner.kinds[i]) for item, i in zip(batch, chosen, strict=True) if item.means]
            for row, item in enumerate(batch):
                if item.right:
                    best = learner.of_parties(states[row], item).argmax(0).tolist()
                    self.roles.append((item, [i in right for i, right in zip(best, item.right, strict=True)]))
                    self.logits["party"][id(item)] = learner.party(learner.pooled_parties(states[row], item))

    def _keep(self, name: str, batch: Sequence[Item], scores: Tensor) -> None:
        self.logits[name].update({id(item): row for item, row in zip(batch, scores, strict=True)})

    def report(self, cut: float) -> None:
        """Prints the figures by origin."""
        for origin in sorted({item.origin for item, _ in self.scores}):
            of = [(s, item.label == "threat") for item, s in self.scores if item.origin == origin]
            right, found = sum(t and s > cut for s, t in of), sum(s > cut for s, _ in of)
            meant = sum(t for _, t in of)
            means = [item.means == said for item, said in self.means if item.origin == origin]
            roles = [right for item, right in self.roles if item.origin == origin]
            print(
                f"  {origin:18s} {len(of):5d}, {meant:4d} threats: precision {right / max(1, found):.3f} "
                f"recall {right / max(1, meant):.3f} best F1 {best_cut(of)[0]:.3f}"
                + (f" means {np.mean(means):.3f}" if means else "")
                + (f" threatener {np.mean([r[0] for r in roles]):.3f}" if roles else "")
                + (f" target {np.mean([r[1] for r in roles]):.3f}" if roles else "")
            )
        for part in dict.fromkeys(item.origin for item, _ in self.acts):
            right_acts = [item.label == said for item, said in self.acts if item.origin == part]
            print(f"  acts, {part:16s} {len(right_acts):5d}: {np.mean(right_acts):.3f}")


def best_cut(scored: Iterable[tuple[float, bool]]) -> tuple[float, float]:
    """The highest F1, and a score that parts threats from others with no more than `NEARLY` less.

    Around its top the curve is flat and ragged: the cut is the middle of those that are nearly as good.

    Args:
        scored: Score, and whether it is a threat.
    """
    ranked = sorted(scored, reverse=True)
    if not ranked:
        return 0.0, 0.0
    meant, right = sum(is_threat for _, is_threat in ranked), 0
    shares = []
    for found, (value, is_threat) in enumerate(ranked, 1):
        right += is_threat
        shares.append((2 * right / (found + meant) if meant else 0.0, value))
    best = max(shares)[0]
    good = [value for share, value in shares if share >= best - NEARLY]
    return best, (good[0] + good[-1]) / 2


def fold_of(item: Item, place: int) -> int:
    """The fold of an item; both forms of a passage are in one, and what stands side by side: twins, and news."""
    name = item.name or f"{item.origin} {place // SIDE_BY_SIDE}"
    return zlib.crc32((f"{int(name) // SIDE_BY_SIDE}" if name.isdecimal() else name).encode()) % FOLDS


def endless(given: Sequence[Item], most: int, random: np.random.Generator) -> Iterator[list[Item]]:
    while True:
        yield from batches(given, most, random)


def train(
    config: dict[str, Any], given: Sequence[Item], state: dict[str, Tensor], checkpoint: Path, seed: int
) -> Learner:
    """Trains on items; what is kept is the running mean of the weights.

    Args:
        config: All settings.
        given: What is learned from.
        state: The reader's weights.
        checkpoint: File of what is reached so far, to go on from.
        seed: Of the heads' first weights, order, dropout and what is hidden.
    """
    settings = config["train"]
    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    learner = Learner(config, given, state)
    of = {kind: [item for item in given if item.kind == kind] for kind in ("conditional", "act")}
    most = {"conditional": settings["batch_tokens"], "act": settings["acts_tokens"]}
    rounds = {"conditional": settings["epochs"], "act": settings["acts_rounds"]}
    order = [kind for kind in of for _ in range(int(rounds[kind] * len(batches(of[kind], most[kind], random))))]
    random.shuffle(order)
    sources = {kind: endless(of[kind], most[kind], random) for kind in of}
    looks = [looks.weights for looks in learner.looks.values()]
    inner = list(learner.layer.parameters())
    known = {id(parameter) for parameter in (*looks, *inner)}
    heads = [parameter for parameter in learner.parameters() if id(parameter) not in known]
    rates = (settings["layer_rate"], settings["head_rate"], settings["look_rate"])
    optimizer = torch.optim.AdamW(
        [
            {"params": inner, "weight_decay": settings["weight_decay"]},
            {"params": heads, "weight_decay": settings["weight_decay"]},
            {"params": looks, "weight_decay": 0.0},
        ]
    )
    averages = {name: value.detach().clone() for name, value in learner.named_parameters()}
    running: dict[str, float] = {}
    begin = 0
    if checkpoint.exists():
        reached = torch.load(checkpoint, weights_only=False)
        if reached["settings"] != [config[name] for name in LEARNED_BY]:
            raise SystemExit(f"{checkpoint} was made with other settings; delete it to begin anew.")
        learner.load_state_dict(reached["learner"])
        optimizer.load_state_dict(reached["optimizer"])
        averages, begin = reached["averages"], reached["step"]
        print(f"going on from step {begin}", flush=True)
    clock = time.time()
    learner.train()
    for step, kind in enumerate(order[begin:], start=begin):
        learner.layer.rounds(step >= (1 - settings["rounded"]) * len(order))
        share = min((step + 1) / settings["warmup"], 1 - step / len(order))
        for group, rate in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * share
        found = losses(learner, next(sources[kind]), config, random)
        total = torch.stack([config["loss"][name] * value for name, value in found.items()]).sum()
        total = total + config["looks"]["penalty"] * sum(one.distance() for one in learner.looks.values())
        optimizer.zero_grad(set_to_none=True)
        total.backward()
        torch.nn.utils.clip_grad_norm_(learner.parameters(), settings["clip"])
        optimizer.step()
        keep = min(settings["averaged"], (step + 1) / (step + 10))
        with torch.no_grad():
            for name, value in learner.named_parameters():
                averages[name].lerp_(value, 1 - keep)
        for name, value in found.items():
            running[name] = 0.98 * running.get(name, value.item()) + 0.02 * value.item()
        if (step + 1) % 400 == 0 or step + 1 == len(order):
            shown = " ".join(f"{name} {value:.3f}" for name, value in sorted(running.items()))
            print(f"step {step + 1} of {len(order)}, {time.time() - clock:.0f} s: {shown}", flush=True)
            parts = {"learner": learner.state_dict(), "optimizer": optimizer.state_dict(), "averages": averages}
            parts |= {"step": step + 1, "settings": [config[name] for name in LEARNED_BY]}
            torch.save(parts, checkpoint.with_suffix(".part"))
            checkpoint.with_suffix(".part").replace(checkpoint)
    with torch.no_grad():
        for name, value in learner.named_parameters():
            value.copy_(averages[name])
    learner.layer.rounds(False)
    return learner


def mean_of(learners: Sequence[Learner]) -> Learner:
    """The first learner with the mean of the weights of all: their layers began alike, and each errs in its own way."""
    with torch.no_grad():
        for values in zip(*(learner.parameters() for learner in learners), strict=True):
            values[0].copy_(torch.stack([value.detach() for value in values]).mean(0))
    return learners[0]


def settle(learner: Learner, given: Sequence[Item], unseen: Measured, config: dict[str, Any]) -> Measured:
    """Sets how far the layer is trusted beside what rules and lists find, by what it tells of passages it never saw.

    The layer comes to know the passages that it learns from by heart, and what it is sure of there it is less sure of
    elsewhere. So its scores for passages of the other fold are scaled, and the weights of what rules and lists find are
    fitted anew beside them.

    Args:
        learner: Trained on all; its weights are changed.
        given: What it learned from.
        unseen: Scores of these by learners that had not learned from them.
        config: All settings.

    Returns:
        What is told of the passages by scores so corrected.
    """
    settled = Measured(unseen.sure)
    conditionals = [item for item in given if item.kind == "conditional"]
    found = _settled(learner, "threat", conditionals, [int(i.label == "threat") for i in conditionals], unseen, config)
    settled.scores = [
        (item, score + unseen.sure * item.look.get(SURELY, 0.0))
        for item, score in zip(conditionals, found[:, 0].tolist(), strict=True)
    ]
    known = [item for item in conditionals if item.means is not None]
    found = _settled(learner, "means", known, [learner.kinds.index(i.means or "") for i in known], unseen, config)
    settled.means = [(item, learner.kinds[i]) for item, i in zip(known, found.argmax(1).tolist(), strict=True)]
    acts = [item for item in given if item.kind == "act"]
    found = _settled(learner, "act", acts, [ACTS.index(item.label) for item in acts], unseen, config)
    settled.acts = [(item, ACTS[i]) for item, i in zip(acts, found.argmax(1).tolist(), strict=True)]
    settled.roles = _settled_parties(learner, [item for item in conditionals if item.right], unseen, config)
    return settled


def _settled(
    learner: Learner,
    name: str,
    given: Sequence[Item],
    wanted: Sequence[int],
    unseen: Measured,
    config: dict[str, Any],
) -> Tensor:
    """Settles one head; gives the scores of each fold by weights fitted on the others."""
    settings = config["settle"]
    scores = torch.stack([unseen.logits[name][id(item)] for item in given])
    table = learner.looks[name].table([item.look_of_means if name == "means" else item.look for item in given])
    importance = torch.tensor([settings["weights"].get(item.origin, 1.0) for item in given])
    classes = torch.tensor(wanted)

    def loss_of(rows: Tensor) -> Callable[[Tensor], Tensor]:
        def loss(found: Tensor) -> Tensor:
            if found.shape[1] == 1:
                found = torch.cat([torch.zeros_like(found), found], dim=1)
            return (importance[rows] * functional.cross_entropy(found, classes[rows], reduction="none")).sum()

        return loss

    folds = torch.tensor([unseen.folds[id(item)] for item in given])
    return _fitted(learner, name, scores, table, folds, loss_of, settings["penalty"][name])


def _settled_parties(
    learner: Learner, given: Sequence[Item], unseen: Measured, config: dict[str, Any]
) -> list[tuple[Item, list[bool]]]:
    """Settles the choice among candidates; tells of each fold what is right by weights fitted on the others."""
    scores = torch.cat([unseen.logits["party"][id(item)] for item in given])
    table = learner.looks["party"].table([party.look for item in given for party in item.parties])
    folds = torch.tensor([unseen.folds[id(item)] for item in given for _ in item.parties])
    ends = np.cumsum([len(item.parties) for item in given])
    right = torch.zeros(len(scores), len(ROLES))
    of_item = torch.zeros(len(scores), dtype=torch.long)
    for n, (item, end) in enumerate(zip(given, ends, strict=True)):
        first = end - len(item.parties)
        of_item[first:end] = n
        for role, places in enumerate(item.right):
            right[[first + place for place in places], role] = 1.0

    def loss_of(rows: Tensor) -> Callable[[Tensor], Tensor]:
        def loss(found: Tensor) -> Tensor:
            grown = (found - found.detach().max()).exp()
            sums = torch.zeros(len(given), len(ROLES)).index_add(0, of_item[rows], grown)
            meant = torch.zeros(len(given), len(ROLES)).index_add(0, of_item[rows], grown * right[rows])
            known = meant > 0
            return (sums[known].log() - meant[known].log()).sum()

        return loss

    found = _fitted(learner, "party", scores, table, folds, loss_of, config["settle"]["penalty"]["party"])
    result = []
    for item, end in zip(given, ends, strict=True):
        best = found[end - len(item.parties) : end].argmax(0).tolist()
        result.append((item, [i in places for i, places in zip(best, item.right, strict=True)]))
    return result


def _fitted(
    learner: Learner,
    name: str,
    scores: Tensor,
    table: Tensor,
    folds: Tensor,
    loss_of: Callable[[Tensor], Callable[[Tensor], Tensor]],
    penalty: float,
) -> Tensor:
    """Fits what scores of the layer count, and the weights of features, drawn to where they start.

    Args:
        learner: Its weights are set.
        name: The head.
        scores: What the layer alone says, of each row.
        table: The features of each.
        folds: The fold of each.
        loss_of: Gives for some rows the loss of their scores.
        penalty: Of the squared distance of the weights from where they start.

    Returns:
        The scores of each fold by weights fitted on the others.
    """
    looks, head = learner.looks[name], getattr(learner, name)

    def fit(rows: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        trust = torch.full((1,), 0.5, requires_grad=True)
        weights = looks.start.clone().requires_grad_()
        bias = torch.zeros(scores.shape[1], requires_grad=True)
        optimizer = torch.optim.LBFGS([trust, weights, bias], max_iter=200, line_search_fn="strong_wolfe")
        loss_of_rows = loss_of(rows)

        def loss() -> Tensor:
            optimizer.zero_grad()
            value = loss_of_rows(trust * scores[rows] + table[rows] @ weights.T + bias)
            value = value + 0.5 * penalty * ((weights - looks.start) ** 2).sum()
            value.backward()
            return value

        optimizer.step(loss)
        return trust.detach(), weights.detach(), bias.detach()

    result = torch.zeros_like(scores)
    for fold in range(FOLDS):
        here = folds == fold
        trust, weights, bias = fit(torch.nonzero(~here)[:, 0])
        result[here] = trust * scores[here] + table[here] @ weights.T + bias
    trust, weights, bias = fit(torch.arange(len(scores)))
    print(f"  {name}: the layer counts {trust.item():.2f} fold")
    with torch.no_grad():
        looks.weights.copy_(weights)
        head.weight.mul_(trust)
        head.bias.mul_(trust).add_(bias)
    return result


def write(learner: Learner, cut: float, sure: float) -> None:
    """Writes the layer and what is told from it into the model's folder."""
    folder = shipped_path().parent
    (folder / "meaning").mkdir(exist_ok=True)
    (folder / "meaning" / "meaning.onnx").write_bytes(graph_of(learner.layer).SerializeToString())

    def weights(name: str, head: nn.Linear) -> dict[str, np.ndarray]:
        names = list(learner.looks[name].names)
        looks, biases = learner.looks[name].weights.detach().numpy(), head.bias.detach().numpy()
        if name == "threat":
            # Learned, it would go to what the other weights leave over. Set, it saves plain threats that sound like
            # warnings.
            names.append(SURELY)
            looks, biases = np.append(looks, [[sure]], axis=1), biases - cut
        found = {"looks": looks, "meanings": head.weight.detach().numpy(), "biases": biases}
        return {f"{name}_names": np.array(names)} | {
            f"{name}_{part}": value.astype(np.float16) for part, value in found.items()
        }

    heads = {"threat": learner.threat, "means": learner.means, "party": learner.party}
    parts = {"kinds": np.array(learner.kinds)}
    for name, head in heads.items():
        parts |= weights(name, head)
    np.savez(folder / "threats" / "judgement.npz", **parts)
    np.savez(folder / "claims" / "acts.npz", **weights("act", learner.act))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    parser.add_argument("--gold", type=Path, required=True, help="folder of threats.dev.jsonl and acts.dev.jsonl")
    parser.add_argument("--start", type=Path, required=True, help="weights of the reader, of restore.py")
    parser.add_argument("--out", type=Path, required=True, help="folder for what was read, outside the repository")
    settings_file.add_arguments(parser, Path(__file__).with_name("config.toml"))
    parser.add_argument(
        "--stage", choices=("fold 0", "fold 1", "all"), help="train that alone, so that several can be trained at once"
    )
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    config = settings_file.read(options.config, options.set)
    threats_gold, acts_gold = options.gold / "threats.dev.jsonl", options.gold / "acts.dev.jsonl"
    given = items.load(options.data, threats_gold, acts_gold, options.out)
    state = torch.load(options.start, weights_only=False)["model"]
    learned = [
        item
        for item in given
        if (item.origin in ("written", "real") if item.kind == "act" else item.origin not in UNSEEN)
    ]
    known = {id(item) for item in learned}
    measured = [item for item in given if id(item) not in known]
    print(Counter((item.kind, item.origin) for item in learned), flush=True)
    folds = np.array([fold_of(item, i) for i, item in enumerate(learned)])

    def trained(name: str, some: Sequence[Item], seed: int) -> Learner:
        return train(config, some, state, options.out / f"{name}, seed {seed}.checkpoint.pt", seed)

    seeds = config["train"]["seeds"]

    unseen = Measured(config["looks"]["sure"])
    for fold in range(FOLDS):
        if options.stage in (None, f"fold {fold}"):
            rest = [item for item, f in zip(learned, folds, strict=True) if f != fold]
            learner = trained(f"fold {fold}", rest, seeds[0])
            unseen.add(learner, [item for item, f in zip(learned, folds, strict=True) if f == fold])
            unseen.folds.update({id(item): int(f) for item, f in zip(learned, folds, strict=True)})
    if options.stage not in (None, "all"):
        return
    learner = mean_of([trained("all", learned, seed) for seed in seeds])
    if options.stage is not None:
        return
    print("in folds, as trained")
    unseen.report(0.0)
    settled = settle(learner, learned, unseen, config)
    scored = [(i, s) for i, s in settled.scores if i.origin in CUT_BY]
    best, cut = best_cut((s, i.label == "threat") for i, s in scored)
    print(f"in folds, settled; cut at {cut:+.2f}, best F1 {best:.3f}")
    settled.report(cut)
    print("never seen")
    Measured(unseen.sure).add(learner, measured).report(cut)
    if options.write:
        write(learner, cut, config["looks"]["sure"])


if __name__ == "__main__":
    main()
