"""The reader's network: a MiniLM encoder with shape embeddings and one small head for each thing it reads."""

from __future__ import annotations

import json
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from quotekit.reader.inputs import BREAK_CLASSES, CASE_CLASSES, INSIDE_CLASSES, MARK_CLASSES
from quotekit.reader.labels import ENTITY_LABELS, MORPH, ROLE_TAGS, UPOS
from quotekit.reader.links import DISTANCES

ARC, LABEL, LINK = 256, 128, 128


class Linear(nn.Linear):
    """A linear layer that can round its inputs and weights as int8 products do, with straight gradients.

    Rounding in the last steps of the training lets the network get used to it (Jacob et al. 2018).
    """

    rounds = False

    def forward(self, x: Tensor) -> Tensor:
        if not self.rounds:
            return super().forward(x)
        return functional.linear(rounded_inputs(x), rounded_weights(self.weight), self.bias)


def rounded_inputs(x: Tensor) -> Tensor:
    """Activations on a grid of 256 values for each window, from its least to its greatest."""
    exact = x.float()
    dims = tuple(range(1, x.dim()))
    with torch.no_grad():
        low = exact.amin(dims, keepdim=True).clamp(max=0.0)
        scale = ((exact.amax(dims, keepdim=True).clamp(min=0.0) - low) / 255.0).clamp(min=1e-8)
        zero = torch.round(-low / scale)
        grid = (torch.clamp(torch.round(exact / scale) + zero, 0, 255) - zero) * scale
    return exact + (grid - exact).detach()


def rounded_weights(weight: Tensor) -> Tensor:
    """Weights on a grid of 255 values for each output."""
    with torch.no_grad():
        scale = (weight.abs().amax(1, keepdim=True) / 127.0).clamp(min=1e-8)
        grid = torch.clamp(torch.round(weight / scale), -127, 127) * scale
    return weight + (grid - weight).detach()


class Layer(nn.Module):
    """One transformer layer, post-norm, as in BERT."""

    def __init__(self, width: int, n_heads: int, hidden: int, dropout: float) -> None:
        super().__init__()
        self.n_heads = n_heads
        self.qkv = Linear(width, 3 * width)
        self.out = Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=1e-12)
        self.up = Linear(width, hidden)
        self.down = Linear(hidden, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        batch, length, width = x.shape
        q, k, v = (
            part.view(batch, length, self.n_heads, -1).transpose(1, 2) for part in self.qkv(x).split(width, dim=-1)
        )
        # On CPUs the fused kernel is faster in full precision than in bfloat16.
        with torch.autocast("cpu", enabled=False):
            mixed = functional.scaled_dot_product_attention(q.float(), k.float(), v.float(), attn_mask=mask.float())
        x = self.norm1(x + self.dropout(self.out(mixed.transpose(1, 2).reshape(batch, length, width))))
        return self.norm2(x + self.dropout(self.down(functional.gelu(self.up(x)))))


class Encoder(nn.Module):
    """MiniLM with the shape of each word added to the embedding of its pieces."""

    frozen = 0
    """How many of the first layers stay as they are, and the embeddings with them."""

    def __init__(self, config: dict, dropout: float) -> None:
        super().__init__()
        width = config["hidden_size"]
        self.pieces = nn.Embedding(config["vocab_size"], width)
        self.positions = nn.Embedding(config["max_position_embeddings"], width)
        self.case = nn.Embedding(CASE_CLASSES, width)
        self.mark = nn.Embedding(MARK_CLASSES, width)
        self.gap = nn.Embedding(BREAK_CLASSES, width)
        self.inside = nn.Embedding(INSIDE_CLASSES, width)
        for table in (self.case, self.mark, self.gap, self.inside):
            nn.init.normal_(table.weight, std=0.01)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(
            Layer(width, config["num_attention_heads"], config["intermediate_size"], dropout)
            for _ in range(config["num_hidden_layers"])
        )

    def forward(self, pieces: Tensor, shapes: Tensor, mask: Tensor) -> Tensor:
        """Hidden states, shape (batch, pieces, width).

        Args:
            pieces: Wordpiece ids, shape (batch, pieces).
            shapes: Case, mark, break and inside classes, shape (batch, pieces, 4).
            mask: 1 for pieces, 0 for padding, shape (batch, pieces).
        """
        bias = (1.0 - mask)[:, None, None, :] * -1e4
        with torch.set_grad_enabled(not self.frozen and torch.is_grad_enabled()):
            x = self.dropout(self.norm(self.embedded(pieces, shapes)))
            for layer in self.layers[: self.frozen]:
                x = layer(x, bias)
        for layer in self.layers[self.frozen :]:
            x = layer(x, bias)
        return x

    def embedded(self, pieces: Tensor, shapes: Tensor) -> Tensor:
        """Sum of the embeddings of pieces, places and shapes."""
        return (
            self.pieces(pieces)
            + self.positions.weight[: pieces.shape[1]]
            + self.case(shapes[..., 0])
            + self.mark(shapes[..., 1])
            + self.gap(shapes[..., 2])
            + self.inside(shapes[..., 3])
        )

    def freeze(self, n_layers: int) -> None:
        """Keeps embeddings and the first layers as they are, without dropout: what stands on them stays valid."""
        if not n_layers:
            return
        self.frozen = n_layers
        rest = {id(p) for layer in self.layers[n_layers:] for p in layer.parameters()}
        for parameter in self.parameters():
            parameter.requires_grad_(id(parameter) in rest)
        for layer in (self.dropout, *self.layers[:n_layers]):
            layer.eval()

    @classmethod
    def pretrained(cls, folder: Path, dropout: float) -> Encoder:
        """Loads the published MiniLM weights from a Hugging Face style folder."""
        from safetensors.torch import load_file

        config = json.loads((folder / "config.json").read_text())
        weights = load_file(folder / "model.safetensors")
        weights = {name.removeprefix("bert."): value for name, value in weights.items()}
        encoder = cls(config, dropout)
        own = encoder.state_dict()
        own["pieces.weight"] = weights["embeddings.word_embeddings.weight"]
        # There is one segment only, so its embedding is a constant that the positions can carry.
        own["positions.weight"] = (
            weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
        )
        for part in ("weight", "bias"):
            own[f"norm.{part}"] = weights[f"embeddings.LayerNorm.{part}"]
            for i in range(config["num_hidden_layers"]):
                theirs = f"encoder.layer.{i}"
                own[f"layers.{i}.qkv.{part}"] = torch.cat(
                    [weights[f"{theirs}.attention.self.{name}.{part}"] for name in ("query", "key", "value")]
                )
                own[f"layers.{i}.out.{part}"] = weights[f"{theirs}.attention.output.dense.{part}"]
                own[f"layers.{i}.norm1.{part}"] = weights[f"{theirs}.attention.output.LayerNorm.{part}"]
                own[f"layers.{i}.up.{part}"] = weights[f"{theirs}.intermediate.dense.{part}"]
                own[f"layers.{i}.down.{part}"] = weights[f"{theirs}.output.dense.{part}"]
                own[f"layers.{i}.norm2.{part}"] = weights[f"{theirs}.output.LayerNorm.{part}"]
        encoder.load_state_dict(own)
        return encoder


class Reader(nn.Module):
    """Encoder and heads. What the heads give for each piece is in ``outputs``; pairs are scored outside."""

    def __init__(self, encoder: Encoder, n_deps: int) -> None:
        super().__init__()
        self.encoder = encoder
        width = encoder.norm.weight.shape[0]
        self.dropout = nn.Dropout(0.1)
        self.tag = nn.Linear(width, len(ROLE_TAGS))
        self.sent = nn.Linear(width, 1)
        self.upos = nn.Linear(width, len(UPOS))
        self.morph = nn.Linear(width, len(MORPH))
        self.entity = nn.Linear(width, len(ENTITY_LABELS))
        # Dependent and head sides of arcs and labels, then the link vectors of a span's first and last unit.
        self.project = Linear(width, 2 * ARC + 2 * LABEL)
        self.link = Linear(width, 4 * LINK)
        self.arc = nn.Parameter(torch.zeros(ARC + 1, ARC))
        self.label = nn.Parameter(torch.zeros(n_deps, LABEL + 1, LABEL + 1))
        self.content_cue = nn.Parameter(torch.zeros(LINK + 1, LINK + 1))
        self.cue_source = nn.Parameter(torch.zeros(LINK + 1, LINK + 1))
        self.no_source = nn.Linear(LINK, 1)
        self.no_cue = nn.Linear(LINK, 1)
        # Where a content ends, seen from its cue and its beginning, and where it begins, seen from cue and end.
        self.content_end = nn.Parameter(torch.zeros(LINK + 1, LINK))
        self.content_start = nn.Parameter(torch.zeros(LINK + 1, LINK))
        self.root = nn.Parameter(torch.zeros(ARC))
        pairs = (self.content_cue, self.cue_source, self.content_end, self.content_start)
        for parameter in (self.root, self.arc, self.label, *pairs):
            nn.init.normal_(parameter, std=0.02)
        # Distances: by units between, by cues between, by breaks between, each with its direction.
        self.near_content = nn.Parameter(torch.zeros(3, DISTANCES))
        self.near_source = nn.Parameter(torch.zeros(3, DISTANCES))
        # CRF transitions: [i, j] from tag i to tag j, and the scores of starting with a tag.
        self.transitions = nn.Parameter(torch.zeros(len(ROLE_TAGS), len(ROLE_TAGS)))
        self.first_tag = nn.Parameter(torch.zeros(len(ROLE_TAGS)))

    def outputs(self, hidden: Tensor) -> tuple[Tensor, ...]:
        """Tags, sentence starts, UPOS, morph, entities, arc and label sides, link sides, in this order."""
        return (
            self.tag(hidden),
            self.sent(hidden),
            self.upos(hidden),
            self.morph(hidden),
            self.entity(hidden),
            functional.relu(self.project(hidden)),
            self.link(hidden),
        )


def impossible() -> Tensor:
    """True where a tag may not follow another: an I tag only follows the B or I of its own role."""
    n = len(ROLE_TAGS)
    result = torch.zeros(n, n, dtype=torch.bool)
    for before in range(n):
        for after in range(2, n, 2):
            result[before, after] = before not in (after, after - 1)
    return result


def crf_loss(emissions: Tensor, tags: Tensor, lengths: Tensor, transitions: Tensor, first: Tensor) -> Tensor:
    """Negative log-likelihood of tag sequences under a linear-chain CRF, summed over the batch.

    A sequence may start with any tag: windows are cut out of longer texts.

    Args:
        emissions: Shape (batch, units, tags).
        tags: Shape (batch, units).
        lengths: Units in each row, shape (batch,).
        transitions: Scores from tag to tag, impossible ones at -1e4.
        first: Scores of the first tag.
    """
    batch, length, _ = emissions.shape
    steps = torch.arange(length)
    mask = steps[None, :] < lengths[:, None]
    gold = emissions.gather(2, tags[..., None]).squeeze(2)
    pairs = transitions[tags[:, :-1], tags[:, 1:]] if length > 1 else emissions.new_zeros(batch, 0)
    score = (gold * mask).sum(1) + (pairs * mask[:, 1:]).sum(1) + first[tags[:, 0]]
    # A scan in halves: combining neighbours takes log2(units) steps instead of one for each unit.
    n = transitions.shape[0]
    matrices = transitions[None, None] + emissions[:, 1:, None, :]
    identity = torch.full((n, n), -1e4).fill_diagonal_(0.0)
    matrices = torch.where(mask[:, 1:, None, None], matrices, identity)
    while matrices.shape[1] > 1:
        if matrices.shape[1] % 2:
            matrices = torch.cat([matrices, identity.expand(batch, 1, n, n)], dim=1)
        left, right = matrices[:, 0::2], matrices[:, 1::2]
        matrices = torch.logsumexp(left[..., :, :, None] + right[..., None, :, :], dim=-2)
    start = first + emissions[:, 0]
    if length > 1:
        start = torch.logsumexp(start[:, :, None] + matrices[:, 0], dim=1)
    return (torch.logsumexp(start, dim=1) - score).sum()
