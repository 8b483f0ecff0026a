"""Writes a checkpoint as the files that quotekit reads.

    python export.py --run FOLDER --weights MINILM --out FOLDER [--fp32]

The graph is put together operator by operator, so that onnxruntime's fused ones are used: quantised matrix products
with their bias, and attention. Residual sums and layer norms stay apart: the operator that has both in one is several
times slower on processors. The last layer computes only the rows asked for, the first pieces of a core's units.
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

import numpy as np
import onnx
import tomllib
import torch
from onnx import TensorProto, helper, numpy_helper

from quotekit.reader.encoder import FORMAT

MICROSOFT = "com.microsoft"
MEANING_LAYER = 4
"""Layer whose state tells what words mean; those above it know more of who says what, and less of that."""


class Graph:
    """Collects nodes and weights."""

    def __init__(self, *, quantized: bool) -> None:
        self.quantized = quantized
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []
        self.count = 0

    def constant(self, value: np.ndarray) -> str:
        self.count += 1
        name = f"w{self.count}"
        self.weights.append(numpy_helper.from_array(np.array(value, order="C"), name))
        return name

    def node(
        self, kind: str, inputs: list[str], n_outputs: int = 1, domain: str = "", **attributes: object
    ) -> list[str]:
        self.count += 1
        outputs = [f"x{self.count}_{i}" for i in range(n_outputs)]
        self.nodes.append(helper.make_node(kind, inputs, outputs, domain=domain, **attributes))
        return outputs

    def linear(self, x: str, weight: np.ndarray, bias: np.ndarray, *, exact: bool = False) -> str:
        """x @ weight.T + bias; weights in int8 with a scale for each output, unless ``exact``."""
        matrix = weight.T.astype(np.float32)
        if exact or not self.quantized:
            product = self.node("MatMul", [x, self.constant(matrix)])[0]
            return self.node("Add", [product, self.constant(bias.astype(np.float32))])[0]
        scale = np.abs(matrix).max(axis=0) / 127.0
        scale = np.where(scale == 0, 1.0, scale).astype(np.float32)
        whole = np.clip(np.round(matrix / scale), -127, 127).astype(np.int8)
        inputs = [x, self.constant(whole), self.constant(scale), "", self.constant(bias.astype(np.float32))]
        return self.node("DynamicQuantizeMatMul", inputs, domain=MICROSOFT)[0]

    def norm(self, x: str, weight: np.ndarray, bias: np.ndarray) -> str:
        """Layer norm."""
        inputs = [x, self.constant(weight), self.constant(bias)]
        return self.node("LayerNormalization", inputs, epsilon=1e-12, axis=-1)[0]

    def added_norm(self, x: str, y: str, weight: np.ndarray, bias: np.ndarray) -> str:
        """Layer norm of a sum."""
        return self.norm(self.node("Add", [x, y])[0], weight, bias)

    def layer(
        self, x: str, attention: list[str], w: dict[str, np.ndarray], name: str, n_heads: int, out: str = ""
    ) -> str:
        """A transformer layer from its queries, keys and values on.

        Args:
            x: What the layer is given.
            attention: Queries, keys and values.
            w: Weights by name.
            name: Prefix of the layer's.
            n_heads: Heads of the attention.
            out: Name of the result, where it is the graph's.
        """
        mixed = self.node("MultiHeadAttention", attention, domain=MICROSOFT, num_heads=n_heads)[0]
        mixed = self.linear(mixed, w[f"{name}.out.weight"], w[f"{name}.out.bias"])
        x = self.added_norm(x, mixed, w[f"{name}.norm1.weight"], w[f"{name}.norm1.bias"])
        up = self.linear(x, w[f"{name}.up.weight"], w[f"{name}.up.bias"])
        up = self.node("Gelu", [up], domain=MICROSOFT)[0]
        down = self.linear(up, w[f"{name}.down.weight"], w[f"{name}.down.bias"])
        x = self.added_norm(x, down, w[f"{name}.norm2.weight"], w[f"{name}.norm2.bias"])
        if out:
            self.nodes[-1].output[0] = x = out
        return x

    def model(self, name: str, inputs: list[onnx.ValueInfoProto], output: onnx.ValueInfoProto) -> onnx.ModelProto:
        """All that was collected."""
        return helper.make_model(
            helper.make_graph(self.nodes, name, inputs, [output], self.weights),
            opset_imports=[helper.make_opsetid("", 18), helper.make_opsetid(MICROSOFT, 1)],
            ir_version=9,
            producer_name="quotekit",
        )

    def embedding(self, table: np.ndarray, ids: str) -> str:
        if not self.quantized:
            return self.node("Gather", [self.constant(table.astype(np.float32)), ids])[0]
        # One scale for each piece: rare ones are not drowned by the largest.
        scale = np.maximum(np.abs(table).max(axis=1, keepdims=True) / 127.0, 1e-8).astype(np.float32)
        whole = np.clip(np.round(table / scale), -127, 127).astype(np.int8)
        rows = self.node("Cast", self.node("Gather", [self.constant(whole), ids]), to=TensorProto.FLOAT)[0]
        return self.node("Mul", [rows, *self.node("Gather", [self.constant(scale), ids])])[0]


def build(state: dict[str, torch.Tensor], *, n_heads: int, quantized: bool) -> tuple[onnx.ModelProto, dict[str, int]]:
    """The ONNX model of the encoder and its linear heads, and the columns of each head."""
    w = {name: value.float().numpy() for name, value in state.items()}
    graph = Graph(quantized=quantized)
    embedded = graph.embedding(w["encoder.pieces.weight"], "pieces")
    length = graph.node("Shape", ["pieces"], start=1, end=2)[0]
    zero = graph.constant(np.array([0], dtype=np.int64))
    positions = graph.node("Slice", [graph.constant(w["encoder.positions.weight"]), zero, length, zero])[0]
    embedded = graph.node("Add", [embedded, positions])[0]
    for i, name in enumerate(("case", "mark", "gap", "inside")):
        column = graph.node("Gather", ["shapes", graph.constant(np.array(i, dtype=np.int64))], axis=2)[0]
        embedded = graph.node(
            "Add", [embedded, *graph.node("Gather", [graph.constant(w[f"encoder.{name}.weight"]), column])]
        )[0]
    x = graph.norm(embedded, w["encoder.norm.weight"], w["encoder.norm.bias"])
    n_layers = sum(name.endswith(".qkv.weight") for name in w)
    for layer in range(n_layers):
        p = f"encoder.layers.{layer}"
        qkv, bias = w[f"{p}.qkv.weight"], w[f"{p}.qkv.bias"]
        if layer < n_layers - 1:
            q, k, v = graph.node("Split", [graph.linear(x, qkv, bias)], 3, axis=2, num_outputs=3)
        else:
            width = qkv.shape[1]
            k, v = graph.node("Split", [graph.linear(x, qkv[width:], bias[width:])], 2, axis=2, num_outputs=2)
            x = graph.node("Gather", [x, "rows"], axis=1)[0]
            q = graph.linear(x, qkv[:width], bias[:width])
        x = graph.layer(x, [q, k, v], w, p, n_heads)
        if layer == MEANING_LAYER - 1:
            meaning = graph.node("Gather", [x, "rows"], axis=1)[0]
    small = ("tag", "sent", "upos", "morph", "entity")
    joined = graph.linear(
        x,
        np.concatenate([w[f"{name}.weight"] for name in small]),
        np.concatenate([w[f"{name}.bias"] for name in small]),
        exact=True,
    )
    syntax = graph.node("Relu", [graph.linear(x, w["project.weight"], w["project.bias"])])[0]
    link = graph.linear(x, w["link.weight"], w["link.bias"])
    graph.nodes.append(helper.make_node("Concat", [joined, syntax, link, meaning], ["out"], axis=2))
    parts = {name: len(w[f"{name}.bias"]) for name in small} | {
        "syntax": len(w["project.bias"]),
        "link": len(w["link.bias"]),
        "meaning": len(w["encoder.norm.bias"]),
    }
    inputs = [
        helper.make_tensor_value_info("pieces", TensorProto.INT32, ["batch", "length"]),
        helper.make_tensor_value_info("shapes", TensorProto.INT32, ["batch", "length", 4]),
        helper.make_tensor_value_info("rows", TensorProto.INT64, ["rows"]),
    ]
    output = helper.make_tensor_value_info("out", TensorProto.FLOAT, ["batch", "rows", sum(parts.values())])
    return graph.model("quotekit_reader", inputs, output), parts


TABLES = (
    "arc",
    "root",
    "label",
    "content_cue",
    "cue_source",
    "near_content",
    "near_source",
    "transitions",
    "first_tag",
    "no_source.weight",
    "no_source.bias",
    "no_cue.weight",
    "no_cue.bias",
    "content_end",
    "content_start",
)


def averaged(checkpoints: list[Path]) -> dict[str, torch.Tensor]:
    """The mean of networks on one path of training: before and after rounding, of one cycle and the next.

    It is better than any of them (Izmailov et al. 2018, "Averaging Weights Leads to Wider Optima"). What the earlier
    ones do not have yet is the mean of those that do.
    """
    states = [torch.load(path, weights_only=False, map_location="cpu")["model"] for path in checkpoints]
    having = {name: [state[name].float() for state in states if name in state] for name in states[-1]}
    return {name: torch.stack(values).mean(0) for name, values in having.items()}


def main() -> None:
    """Writes the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, required=True, nargs="+", help="folders of the training's cycles")
    parser.add_argument(
        "--weights", type=Path, required=True, help="folder of the pretrained MiniLM, for its tokenizer"
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--config", type=Path, default=Path(__file__).with_name("config.toml"))
    parser.add_argument("--fp32", action="store_true", help="leave the weights in full precision")
    arguments = parser.parse_args()
    settings = tomllib.loads(arguments.config.read_text())["train"]
    n_heads = json.loads((arguments.weights / "config.json").read_text())["num_attention_heads"]
    state = averaged([run / name for run in arguments.run for name in ("plain.pt", "checkpoint.pt")])
    model, parts = build(state, n_heads=n_heads, quantized=not arguments.fp32)
    onnx.checker.check_model(model)
    arguments.out.mkdir(parents=True, exist_ok=True)
    (arguments.out / "reader.onnx").write_bytes(model.SerializeToString())
    tables = {name.replace(".", "_"): state[name].float().numpy().astype(np.float16) for name in TABLES}
    np.savez_compressed(arguments.out / "heads.npz", **tables)
    sizes = {
        "format": FORMAT,
        "window": settings["window"] + 6,
        "left": settings["left"],
        "right": settings["right"],
        "parts": parts,
    } | json.loads((arguments.run[0] / "deps.json").read_text())
    (arguments.out / "config.json").write_text(json.dumps(sizes, indent=1) + "\n")
    shutil.copy(arguments.weights / "tokenizer.json", arguments.out / "tokenizer.json")


if __name__ == "__main__":
    main()
