"""Weights of features for the choices among parties: a log-linear model, fitted at once, and its table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import torch

from quotekit.speakers import antecedents
from quotekit.speakers.antecedents import Option

Example = tuple[list[Option], list[bool], float]
"""The options of a choice, which of them are right, and its weight."""
HERE = Path(antecedents.__file__).parent


def fit(given: Sequence[Example], penalty: float, fewest: int = 3) -> dict[str, float]:
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


def write(weights: dict[str, float], table: str, header: str) -> None:
    """Writes a table of `quotekit/speakers`, without features that weigh nothing."""
    lines = [f"{feature}\t{weight}" for feature, weight in sorted(weights.items()) if weight]
    (HERE / f"{table}.tsv").write_text(header + "\n".join(lines) + "\n", encoding="utf-8")
    antecedents.weights.cache_clear()
