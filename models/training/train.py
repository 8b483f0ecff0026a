"""Trains the reader: ``python train.py --data CORPORA --weights MINILM --out FOLDER [--config config.toml]``.

Stopping it and starting it again with the same arguments goes on from the last checkpoint in ``--out``.
"""

from __future__ import annotations

import argparse
import json
import pickle
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import corpora
import numpy as np
import settings as settings_file
import torch
from articles import marked_examples
from corpora import IGNORE, Example
from network import Encoder, Linear, Reader, crf_loss, impossible
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from quotekit.reader import Reader as Shipped
from quotekit.reader.labels import MORPH, UPOS
from quotekit.reader.links import distance_classes
from quotekit.reader.windows import Window, cut

CLS, SEP, MASK = 101, 102, 103
MASKED_SHARE = 0.08
QUOTE, APOSTROPHE = 1000, 1005


@dataclass
class Sample:
    """A window of an example, with the annotator drawn for this epoch."""

    example: Example
    window: Window
    annotator: int

    @property
    def n_pieces(self) -> int:
        inputs = self.example.inputs
        edge = inputs.first_piece[self.window.last] if self.window.last < len(inputs) else len(inputs.pieces)
        return int(edge - inputs.first_piece[self.window.first])


def epoch(examples: list[Example], config: dict, rng: np.random.Generator) -> Iterator[list[Sample]]:
    """One pass over the examples in batches of about equally long windows, in random order."""
    samples = []
    for example in examples:
        if len(example.inputs) == 0:
            continue
        annotator = int(rng.integers(len(example.tags))) if example.tags is not None else 0
        size = int(config["window"] * rng.uniform(0.55, 1.0)) if rng.random() < 0.4 else config["window"]
        for window in cut(example.inputs, size=size, left=config["left"], right=config["right"]):
            samples.append(Sample(example, window, annotator))
    order = sorted(range(len(samples)), key=lambda i: samples[i].n_pieces + rng.uniform(0, 24))
    batches: list[list[Sample]] = [[]]
    for i in order:
        longest = max([samples[i].n_pieces, *[s.n_pieces for s in batches[-1]]])
        if longest * (len(batches[-1]) + 1) > config["batch_pieces"] or len(batches[-1]) == config["batch_windows"]:
            batches.append([])
        batches[-1].append(samples[i])
    for i in rng.permutation(len(batches)):
        yield batches[i]


def endless(examples: list[Example], config: dict, rng: np.random.Generator) -> Iterator[list[Sample]]:
    """Epoch after epoch."""
    while True:
        yield from epoch(examples, config, rng)


def augmented(pieces: np.ndarray, shapes: np.ndarray, chances: dict, rng: np.random.Generator) -> None:
    """Changes how a window looks, in place, but not what it says."""
    case, mark, before, inside = (shapes[:, i] for i in range(4))
    draw = {name: rng.random() < chance for name, chance in chances.items()}
    if draw["lower"]:
        case[np.isin(case, (2, 3, 4, 5))] = 1
    elif draw["upper_line"]:
        breaks = np.flatnonzero(before >= 2)
        line = slice(0, int(breaks[1]) if len(breaks) > 1 else len(case))
        case[line] = np.where(np.isin(case[line], (1, 2, 5)), 3, case[line])
    if draw["breaks"]:
        swap = rng.random() < 0.5
        before[before == (3 if swap else 2)] = 2 if swap else 3
    elif draw["joined"]:
        before[(before == 2) | (before == 3)] = 1
    elif draw["wrapped"]:
        blanks = np.flatnonzero(before == 1)
        before[blanks[rng.random(len(blanks)) < 0.1]] = 2
    if draw["single_marks"]:
        double = (mark == 1) | (mark == 2)
        pieces[double & (pieces == QUOTE)] = APOSTROPHE
        mark[double] += 2
        inside[inside == 1] = 2
    if draw["no_inside"]:
        inside[:] = 0
    if draw["masked"]:
        pieces[rng.random(len(pieces)) < MASKED_SHARE] = MASK


def tensors(
    batch: list[Sample], chances: dict | None, rng: np.random.Generator
) -> tuple[Tensor, Tensor, Tensor, list[np.ndarray]]:
    """Piece ids, shapes and mask of a batch, and where each row's units have their first piece."""
    longest = max(s.n_pieces for s in batch) + 2
    ids = np.zeros((len(batch), longest), dtype=np.int64)
    shapes = np.zeros((len(batch), longest, 4), dtype=np.int64)
    mask = np.zeros((len(batch), longest), dtype=np.float32)
    firsts = []
    for row, sample in enumerate(batch):
        inputs, window = sample.example.inputs, sample.window
        begin = int(inputs.first_piece[window.first])
        n = sample.n_pieces
        pieces = inputs.pieces[begin : begin + n].copy()
        unit_shapes = inputs.shapes[inputs.unit_of_piece[begin : begin + n]].copy()
        if chances is not None:
            augmented(pieces, unit_shapes, chances, rng)
        ids[row, 0], ids[row, n + 1] = CLS, SEP
        ids[row, 1 : n + 1] = pieces
        shapes[row, 1 : n + 1] = unit_shapes
        mask[row, : n + 2] = 1
        firsts.append(inputs.first_piece[window.first : window.last] - begin + 1)
    return torch.from_numpy(ids), torch.from_numpy(shapes), torch.from_numpy(mask), firsts


def padded(rows: list[np.ndarray], fill: int) -> Tensor:
    """Rows of different lengths as one tensor."""
    result = np.full((len(rows), max(len(r) for r in rows)), fill, dtype=np.int64)
    for i, row in enumerate(rows):
        result[i, : len(row)] = row
    return torch.from_numpy(result)


def with_one(x: Tensor) -> Tensor:
    """Appends a constant 1, so that a bilinear form has linear terms."""
    return torch.cat([x, x.new_ones(*x.shape[:-1], 1)], dim=-1)


def link_losses(
    model: Reader, sides: Tensor, sample: Sample, hidden: float, rng: np.random.Generator
) -> dict[str, list[Tensor]]:
    """Losses of one window's links: each content chooses its cue or none, each cue its source or none, and each pair
    of a cue and a content where the content begins and ends.

    Some cues and sources are hidden, as the tags miss some in use: what belongs to them chooses none then, and not
    the next best.
    """
    window, inputs = sample.window, sample.example.inputs

    def inside(span: tuple[int, int] | None) -> tuple[int, int] | None:
        if span is None or span[0] < window.first or span[1] >= window.last:
            return None
        return span[0] - window.first, span[1] - window.first

    kept = [
        (cue, frame)
        for frame in sample.example.frames[sample.annotator]
        if frame.cue is not None and (cue := inside(frame.cue)) is not None and rng.random() >= hidden
    ]
    cues = [cue for cue, _ in kept]
    at = {frame.cue: i for i, (_, frame) in enumerate(kept)}
    contents: list[tuple[tuple[int, int], int]] = []
    for frame in sample.example.frames[sample.annotator]:
        # Of a content whose cue lies outside the window nothing can be told.
        if frame.cue is None or inside(frame.cue) is not None:
            chosen = at.get(frame.cue, -1) if frame.cue is not None else -1
            contents += [(piece, chosen) for x in frame.contents if (piece := inside(x)) is not None]
    n = window.last - window.first
    cue_counts = np.zeros(n + 1, dtype=np.int32)
    for first, _ in cues:
        cue_counts[first + 1 :] += 1
    breaks = inputs.shapes[window.first : window.last, 2] >= 2
    break_counts = np.append(0, np.cumsum(breaks)).astype(np.int32)

    def pairs(spans: list[tuple[int, int]], others: list[tuple[int, int]]) -> Tensor:
        a, b = np.array(spans), np.array(others)
        return torch.from_numpy(distance_classes(a[:, 0], a[:, 1], b[:, 0], b[:, 1], cue_counts, break_counts))

    def near(table: Tensor, classes: Tensor) -> Tensor:
        return table[0][classes[0]] + table[1][classes[1]] + table[2][classes[2]]

    begin_argument, end_argument, begin_cue, end_cue = sides.float().chunk(4, dim=-1)

    def vectors(spans: list[tuple[int, int]], begin: Tensor, end: Tensor) -> Tensor:
        first, last = torch.tensor(spans).unbind(1)
        return functional.relu(begin.index_select(0, first) + end.index_select(0, last))

    losses: dict[str, list[Tensor]] = {"link": [], "edge": []}
    cue_vectors = vectors(cues, begin_cue, end_cue) if cues else None
    if contents:
        spans = [piece for piece, _ in contents]
        own = vectors(spans, begin_argument, end_argument)
        scores = model.no_cue(own)
        if cue_vectors is not None:
            other = with_one(own) @ model.content_cue @ with_one(cue_vectors).T
            scores = torch.cat([scores, other + near(model.near_content, pairs(spans, cues))], dim=1)
        losses["link"].append(functional.cross_entropy(scores, torch.tensor([1 + cue for _, cue in contents])))
    linked = [(*piece, *cues[cue]) for piece, cue in contents if cue >= 0]
    if linked:
        first, last, cue_first, cue_last = torch.tensor(linked).unbind(1)
        cue_sides = begin_cue.index_select(0, cue_first) + end_cue.index_select(0, cue_last)
        unit = torch.arange(n)[None, :]
        for known, table, candidates, possible, gold in (
            (begin_argument[first], model.content_end, end_argument, unit >= first[:, None], last),
            (end_argument[last], model.content_start, begin_argument, unit <= last[:, None], first),
        ):
            scores = with_one(functional.relu(cue_sides + known)) @ table @ candidates.T
            losses["edge"].append(functional.cross_entropy(scores.masked_fill(~possible, -1e4), gold))
    # A source outside the window cannot be chosen; a cue without a source chooses none.
    askable = [
        i for i, (_, f) in enumerate(kept) if (f.tells_source if f.source is None else inside(f.source) is not None)
    ]
    if askable and cue_vectors is not None:
        sources = sorted({s for _, f in kept if (s := inside(f.source)) is not None and rng.random() >= hidden})
        asked = cue_vectors[askable]
        scores = model.no_source(asked)
        if sources:
            other = with_one(asked) @ model.cue_source @ with_one(vectors(sources, begin_argument, end_argument)).T
            other = other + near(model.near_source, pairs([cues[i] for i in askable], sources))
            scores = torch.cat([scores, other], dim=1)
        place = {source: i for i, source in enumerate(sources, start=1)}
        gold = torch.tensor([place.get(inside(kept[i][1].source), 0) for i in askable])
        losses["link"].append(functional.cross_entropy(scores, gold))
    return losses


def syntax_losses(
    model: Reader, out: tuple[Tensor, ...], batch: list[Sample], firsts: list[np.ndarray], deps: list[str]
) -> dict[str, Tensor]:
    """Losses of sentence starts, parts of speech, forms, arcs and labels over a treebank batch."""
    _, sent, upos, morph, _, project, _ = [head.unbind(0) for head in out]
    dep_index = {d: i for i, d in enumerate(deps)}
    totals: dict[str, list[Tensor]] = {name: [] for name in ("sent", "upos", "morph", "arc", "label")}
    counts = dict.fromkeys(totals, 0)

    def add(name: str, value: Tensor, n: int) -> None:
        totals[name].append(value)
        counts[name] += n

    for row, sample in enumerate(batch):
        example, window = sample.example, sample.window
        assert example.token_unit is not None
        assert example.heads is not None
        assert example.sent_start is not None
        in_window = np.flatnonzero((example.token_unit >= window.first) & (example.token_unit < window.last))
        if len(in_window) == 0:
            continue
        begin, end = int(in_window[0]), int(in_window[-1]) + 1
        place = torch.from_numpy(firsts[row][example.token_unit[begin:end] - window.first]).long()
        n = end - begin

        def at_tokens(head: tuple[Tensor, ...], row: int = row, place: Tensor = place) -> Tensor:
            return head[row].index_select(0, place).float()

        add(
            "sent",
            functional.binary_cross_entropy_with_logits(
                at_tokens(sent)[:, 0],
                torch.from_numpy(example.sent_start[begin:end]).float(),
                reduction="sum",
            ),
            n,
        )
        add(
            "upos",
            functional.cross_entropy(
                at_tokens(upos),
                torch.tensor([UPOS.index(u) for u in example.upos[begin:end]]),
                reduction="sum",
            ),
            n,
        )
        add(
            "morph",
            functional.cross_entropy(
                at_tokens(morph),
                torch.tensor([MORPH.index(m) for m in example.morph[begin:end]]),
                reduction="sum",
            ),
            n,
        )
        sentence = np.cumsum(example.sent_start[begin:end])
        heads = example.heads[begin:end] - begin
        # Only whole sentences have all their arcs in the window.
        whole = np.ones(n, dtype=bool)
        if not example.sent_start[begin]:
            whole &= sentence != sentence[0]
        if end < len(example.heads) and not example.sent_start[end]:
            whole &= sentence != sentence[-1]
        if not whole.any():
            continue
        sides = at_tokens(project)
        arc_dep, arc_head, label_dep, label_head = sides.split([256, 256, 128, 128], dim=-1)
        query = with_one(arc_dep) @ model.arc
        scores = query @ arc_head.T
        own = torch.arange(n)
        scores[own, own] = query @ model.root
        scores = scores.masked_fill(torch.from_numpy(sentence[:, None] != sentence[None, :]), -1e4)
        keep = torch.from_numpy(np.flatnonzero(whole))
        add("arc", functional.cross_entropy(scores[keep], torch.from_numpy(heads)[keep], reduction="sum"), len(keep))
        child = np.flatnonzero(whole & (heads != np.arange(n)))
        if len(child):
            left = with_one(label_dep.index_select(0, torch.from_numpy(child)))
            right = with_one(label_head.index_select(0, torch.from_numpy(heads[child])))
            label_scores = torch.einsum("nx,lxy,ny->nl", left, model.label, right)
            gold = [dep_index.get(d, dep_index[d.partition(":")[0]]) for d in (example.deps[begin + i] for i in child)]
            add("label", functional.cross_entropy(label_scores, torch.tensor(gold), reduction="sum"), len(child))
    return {name: torch.stack(values).sum() / counts[name] for name, values in totals.items() if values}


def losses_of(
    model: Reader,
    batch: list[Sample],
    config: dict,
    rng: np.random.Generator,
    deps: list[str],
    forbidden: Tensor,
) -> dict[str, Tensor]:
    """All losses that a batch's labels allow."""
    ids, shapes, mask, firsts = tensors(batch, config["augment"], rng)
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=config["train"]["bfloat16"]):
        hidden = model.dropout(model.encoder(ids, shapes, mask))
        out = model.outputs(hidden)
    losses: dict[str, Tensor] = {}
    entity_rows = [s.example.entities for s in batch]
    if any(e is not None for e in entity_rows):
        weights = [s.example.entity_weight for s in batch if s.example.entities is not None]
        total, n = torch.zeros(()), 0
        for row, (sample, entity) in enumerate(zip(batch, out[4].unbind(0), strict=True)):
            if sample.example.entities is not None:
                gold = torch.from_numpy(sample.example.entities[sample.window.first : sample.window.last])
                scores = entity.index_select(0, torch.from_numpy(firsts[row]).long()).float()
                total = total + functional.cross_entropy(scores, gold, ignore_index=IGNORE, reduction="sum")
                n += len(gold)
        losses["entity"] = total / n * (sum(weights) / len(weights))
    if batch[0].example.tags is not None:
        lengths = torch.tensor([len(f) for f in firsts])
        place = padded(firsts, 0)
        emissions = out[0].float().gather(1, place[..., None].expand(-1, -1, out[0].shape[-1]))
        tags = padded([s.example.tags[s.annotator][s.window.first : s.window.last] for s in batch], IGNORE)
        transitions = model.transitions.masked_fill(forbidden, -1e4)
        # In overlapping annotations an I may follow nothing: such a step is scored, not forbidden.
        losses["crf"] = crf_loss(emissions, tags.clamp(min=0), lengths, transitions, model.first_tag) / lengths.sum()
        losses["tag"] = functional.cross_entropy(emissions.flatten(0, 1), tags.flatten(), ignore_index=IGNORE)
        found: dict[str, list[Tensor]] = {}
        for sample, link, first in zip(batch, out[6].unbind(0), firsts, strict=True):
            sides = link.index_select(0, torch.from_numpy(first).long())
            for name, values in link_losses(model, sides, sample, config["train"]["hidden_spans"], rng).items():
                found.setdefault(name, []).extend(values)
        losses |= {name: torch.stack(values).mean() for name, values in found.items() if values}
    else:
        losses |= syntax_losses(model, out, batch, firsts, deps)
    return losses


def kept(cache: Path, make: Callable[[], Any]) -> Any:
    """What a file keeps, made if there is no such file."""
    if not cache.exists():
        cache.write_bytes(pickle.dumps(make()))
    return pickle.loads(cache.read_bytes())


def tokenizer_of(weights: Path) -> Tokenizer:
    """The encoder's, for texts of any length."""
    tokenizer = Tokenizer.from_file(str(weights / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def load_examples(data: Path, tokenizer: Tokenizer) -> tuple[list[Example], list[Example]]:
    """The encoded corpora: news and treebanks."""
    news = corpora.polnear(data / "polnear", "train", tokenizer)
    trees = corpora.treebank(data / "ud/ewt.train.conllu", tokenizer)
    gum = corpora.treebank(data / "ud/gum.train.conllu", tokenizer, skip_genres=corpora.NONCOMMERCIAL_GENRES)
    corpora.add_gum_entities(gum, data / "gum/entities.train.jsonl")
    return news, trees + gum


def rate_at(step: int, settings: dict) -> float:
    """Share of the learning rate: up in the warm-up, down to zero, and once more from a little when rounding begins."""
    plain, warmup, rounded = settings["steps"], settings["warmup"], settings["rounded_steps"]
    if step < plain:
        return settings["peak"] * min((step + 1) / warmup, (plain - step) / (plain - warmup))
    return settings["rounded_rate"] * max(0, plain + rounded - step) / max(1, rounded)


def main() -> None:
    """Runs the training."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    parser.add_argument("--weights", type=Path, required=True, help="folder of the pretrained MiniLM")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints, outside the repository")
    settings_file.add_arguments(parser, Path(__file__).with_name("config.toml"))
    parser.add_argument("--init", type=Path, help="weights of an earlier run to start from")
    parser.add_argument(
        "--articles", type=Path, help="learn from marked articles too, put into PolNeAR's spans by this exported reader"
    )
    parser.add_argument("--without", nargs="+", default=[], help="leave out these PolNeAR publishers")
    arguments = parser.parse_args()
    config = settings_file.read(arguments.config, arguments.set)
    settings = config["train"]
    arguments.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(settings["seed"])
    rng = np.random.default_rng(settings["seed"])
    tokenizer = tokenizer_of(arguments.weights)
    news, trees = kept(arguments.out / "examples.pickle", lambda: load_examples(arguments.data, tokenizer))
    news = [e for e in news if e.name.split("_")[0] not in arguments.without]
    deps = corpora.frequent(trees, "deps", 200)
    labels = {"deps": deps, "deps_of": corpora.labels_of_upos(trees, deps, 3)}
    (arguments.out / "deps.json").write_text(json.dumps(labels))
    written = []
    if arguments.articles:
        of, parts = Shipped(arguments.articles), config["data"]["articles"]
        written = kept(
            arguments.out / "articles.pickle", lambda: list(marked_examples(parts, arguments.data, of, tokenizer))
        )
    model = Reader(Encoder.pretrained(arguments.weights, config["model"]["dropout"]), len(deps))
    if arguments.init:
        missing = model.load_state_dict(torch.load(arguments.init, weights_only=False)["model"], strict=False)
        print("not in --init, so learned from nothing:", ", ".join(missing.missing_keys) or "none", flush=True)
    model.train()
    model.encoder.freeze(config["model"]["frozen_layers"])
    known = {id(p) for p in model.encoder.parameters()}
    inner = [p for p in model.encoder.parameters() if p.requires_grad]
    outer = [p for p in model.parameters() if id(p) not in known]
    optimizer = torch.optim.AdamW(
        [{"params": inner, "lr": settings["encoder_rate"]}, {"params": outer, "lr": settings["head_rate"]}],
        weight_decay=settings["weight_decay"],
        fused=True,
    )
    steps = settings["steps"] + settings["rounded_steps"]
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: rate_at(step, settings))
    begin = 0
    checkpoint = arguments.out / "checkpoint.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=False)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        schedule.load_state_dict(state["schedule"])
        begin = state["step"]
        rng = np.random.default_rng([settings["seed"], begin])
    batches = {"news": news, "treebank": trees, "articles": written}
    batches = {name: endless(examples, settings, rng) for name, examples in batches.items() if examples}
    shares = np.array([settings["treebank_share"], settings["articles_share"] if written else 0.0])
    forbidden = impossible()
    running: dict[str, float] = {}
    clock = time.time()
    for step in range(begin, steps):
        Linear.rounds = step >= settings["steps"]
        kind = ("treebank", "articles", "news")[int(np.searchsorted(np.cumsum(shares), rng.random(), side="right"))]
        batch = next(batches[kind])
        losses = losses_of(model, batch, config, rng, deps, forbidden)
        total = torch.stack([config["loss"][name] * value for name, value in losses.items()]).sum()
        optimizer.zero_grad(set_to_none=True)
        total.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), settings["clip"])
        optimizer.step()
        schedule.step()
        for name, value in losses.items():
            running[name] = 0.97 * running.get(name, value.item()) + 0.03 * value.item()
        if (step + 1) % 20 == 0:
            shown = " ".join(f"{name} {value:.3f}" for name, value in sorted(running.items()))
            print(f"step {step + 1} {(time.time() - clock) / (step + 1 - begin):.2f} s/step {shown}", flush=True)
        if (step + 1) % settings["checkpoint_every"] == 0 or step + 1 == steps:
            state = {
                "model": model.state_dict(),
                "optimizer": optimizer.state_dict(),
                "schedule": schedule.state_dict(),
                "step": step + 1,
            }
            torch.save(state, checkpoint.with_suffix(".part"))
            checkpoint.with_suffix(".part").replace(checkpoint)
        if step + 1 == settings["steps"]:
            torch.save({"model": model.state_dict()}, arguments.out / "plain.pt")


if __name__ == "__main__":
    main()
