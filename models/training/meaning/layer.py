"""The layer that reads passages whose parts are marked, on the reader's encodings."""

from __future__ import annotations

import sys
from pathlib import Path

import onnx
from onnx import TensorProto, helper
from torch import Tensor, nn

sys.path.insert(0, str(Path(__file__).parents[1]))
from export import MEANING_LAYER, Graph
from network import Layer, Linear

from quotekit.reader.meaning import Part

N_HEADS = 12


class Meaning(nn.Module):
    """A transformer layer that starts as the reader's next one; each part adds a vector to its words."""

    def __init__(self, state: dict[str, Tensor]) -> None:
        super().__init__()
        prefix = f"encoder.layers.{MEANING_LAYER}."
        own = {name.removeprefix(prefix): value.float() for name, value in state.items() if name.startswith(prefix)}
        hidden, self.width = own["up.weight"].shape
        self.parts = nn.Embedding(len(Part), self.width)
        nn.init.zeros_(self.parts.weight)
        self.layer = Layer(self.width, N_HEADS, hidden, dropout=0.1)
        self.layer.load_state_dict(own)

    def forward(self, states: Tensor, parts: Tensor, mask: Tensor) -> Tensor:
        """Encodings of tokens, shape (batch, tokens, width).

        Args:
            states: The reader's, shape (batch, tokens, width).
            parts: What part each plays, shape (batch, tokens).
            mask: 1 for tokens, 0 for padding, shape (batch, tokens).
        """
        return self.layer(states + self.parts(parts), (1.0 - mask)[:, None, None, :] * -1e4)

    def rounds(self, whether: bool) -> None:
        """Whether products are rounded as in int8."""
        Linear.rounds = whether


def graph_of(layer: Meaning) -> onnx.ModelProto:
    """The layer as an ONNX model in int8, with inputs ``states`` and ``parts``."""
    w = {name: value.detach().float().numpy() for name, value in layer.state_dict().items()}
    graph = Graph(quantized=True)
    (added,) = graph.node("Gather", [graph.constant(w["parts.weight"]), "parts"])
    (x,) = graph.node("Add", ["states", added])
    qkv = graph.linear(x, w["layer.qkv.weight"], w["layer.qkv.bias"])
    graph.layer(x, graph.node("Split", [qkv], 3, axis=2, num_outputs=3), w, "layer", N_HEADS, "out")
    inputs = [
        helper.make_tensor_value_info("states", TensorProto.FLOAT, ["batch", "length", layer.width]),
        helper.make_tensor_value_info("parts", TensorProto.INT32, ["batch", "length"]),
    ]
    output = helper.make_tensor_value_info("out", TensorProto.FLOAT, ["batch", "length", layer.width])
    return graph.model("quotekit_meaning", inputs, output)
