"""Turns exported files back into weights to go on training from: ``python restore.py --model FOLDER --out FILE``.

For those who have a release of quotekit and not the checkpoints it came from. The weights are those of the int8 files,
so within half a grid step of what was trained; a few hundred steps make up for that.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

SMALL_HEADS = ("tag", "sent", "upos", "morph", "entity")


def restored(folder: Path) -> dict[str, torch.Tensor]:
    """Weights by name, read in the order in which ``export.build`` lays them down."""
    model = onnx.load(folder / "reader.onnx")
    arrays = iter([numpy_helper.to_array(array) for array in model.graph.initializer])
    state: dict[str, np.ndarray] = {}

    def linear(name: str) -> None:
        whole, scale, state[f"{name}.bias"] = next(arrays), next(arrays), next(arrays)
        state[f"{name}.weight"] = (whole.astype(np.float32) * scale).T

    def norm(name: str) -> None:
        state[f"{name}.weight"], state[f"{name}.bias"] = next(arrays), next(arrays)

    whole, scale, _zero = next(arrays), next(arrays), next(arrays)
    state["encoder.pieces.weight"] = whole.astype(np.float32) * scale
    state["encoder.positions.weight"] = next(arrays)
    for name in ("case", "mark", "gap", "inside"):
        next(arrays)  # the column's index
        state[f"encoder.{name}.weight"] = next(arrays)
    norm("encoder.norm")
    n_layers = sum(node.op_type == "MultiHeadAttention" for node in model.graph.node)
    for layer in range(n_layers):
        if layer < n_layers - 1:
            linear(f"encoder.layers.{layer}.qkv")
        else:
            linear("others")
            linear("query")
            for part in ("weight", "bias"):
                both = [state.pop(f"{name}.{part}") for name in ("query", "others")]
                state[f"encoder.layers.{layer}.qkv.{part}"] = np.concatenate(both)
        for name, read in (("out", linear), ("norm1", norm)):
            read(f"encoder.layers.{layer}.{name}")
        for name, read in (("up", linear), ("down", linear), ("norm2", norm)):
            read(f"encoder.layers.{layer}.{name}")
    matrix, bias = next(arrays), next(arrays)
    tables = dict(_tables(folder))
    sizes = _head_sizes(folder)
    edges = np.cumsum([0, *(sizes[name] for name in SMALL_HEADS)])
    for name, a, b in zip(SMALL_HEADS, edges, edges[1:], strict=False):
        state[f"{name}.weight"], state[f"{name}.bias"] = matrix[:, a:b].T, bias[a:b]
    linear("project")
    linear("link")
    if next(arrays, None) is not None:
        raise SystemExit(f"{folder / 'reader.onnx'} holds more weights than this version of export.py writes.")
    return {name: torch.tensor(np.array(value, dtype=np.float32)) for name, value in {**state, **tables}.items()}


def _tables(folder: Path) -> Iterator[tuple[str, np.ndarray]]:
    with np.load(folder / "heads.npz") as tables:
        for name in tables.files:
            stem, _, last = name.rpartition("_")
            yield (f"{stem}.{last}" if last in ("weight", "bias") else name), tables[name]


def _head_sizes(folder: Path) -> dict[str, int]:
    sizes: dict[str, int] = json.loads((folder / "config.json").read_text())["parts"]
    return sizes


def main() -> None:
    """Writes the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True, help="folder of reader.onnx and heads.npz, in int8")
    parser.add_argument("--out", type=Path, required=True, help="file for train.py --init")
    arguments = parser.parse_args()
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"model": restored(arguments.model)}, arguments.out)


if __name__ == "__main__":
    main()
