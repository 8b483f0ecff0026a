"""The network: an ONNX encoder with linear heads, and the tables that score pairs of words outside it."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from quotekit.errors import ReaderError
from quotekit.reader.inputs import Inputs
from quotekit.reader.windows import Window

if TYPE_CHECKING:
    from tokenizers import Tokenizer

FORMAT = 1
"""Version of the model files that this code reads."""
CLS, SEP = 101, 102
Floats = NDArray[np.floating[Any]]


@dataclass(frozen=True)
class Sizes:
    """What the model's ``config.json`` says."""

    format: int
    window: int
    """Most pieces in a window."""
    left: int
    """Most pieces of context before a window's core."""
    right: int
    """Most pieces of context after a window's core."""
    batch_pieces: int
    """Most pieces in a batch, padding included."""
    parts: dict[str, int]
    """Columns of the network's output, by head, in order."""
    deps: tuple[str, ...]
    """Dependency labels."""


class Encoder:
    """Runs the network over windows.

    The ONNX session is opened at the first use, in the process that uses it, and is left out when pickled.

    Args:
        folder: Folder with reader.onnx, heads.npz, tokenizer.json and config.json.
        threads: CPU threads; None leaves the choice to onnxruntime.

    Raises:
        ReaderError: A file is missing or of another version.
    """

    def __init__(self, folder: Path, *, threads: int | None = None) -> None:
        self.folder = folder
        self.threads = threads
        for name in ("reader.onnx", "heads.npz", "tokenizer.json", "config.json"):
            if not (folder / name).is_file():
                raise ReaderError(
                    f"The reader's file {name} is missing in {folder}. "
                    "Install quotekit again: pip install --force-reinstall quotekit"
                )
        settings: dict[str, Any] = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        if settings.get("format") != FORMAT:
            raise ReaderError(
                f"The model in {folder} has format {settings.get('format')}, this quotekit reads format {FORMAT}. "
                "Install model and library of one version: pip install --force-reinstall quotekit"
            )
        self.sizes = Sizes(**{**settings, "deps": tuple(settings["deps"])})
        with np.load(folder / "heads.npz") as tables:
            self.tables: dict[str, Floats] = {name: tables[name].astype(np.float32) for name in tables.files}
        self._session: Any = None
        self._process = 0
        self._tokenizer: Tokenizer | None = None

    def __getstate__(self) -> dict[str, Any]:
        """Everything but the open session and the tokenizer."""
        return {**self.__dict__, "_session": None, "_tokenizer": None}

    @property
    def tokenizer(self) -> Tokenizer:
        """The wordpiece tokenizer."""
        if self._tokenizer is None:
            from tokenizers import Tokenizer

            self._tokenizer = Tokenizer.from_file(str(self.folder / "tokenizer.json"))
            self._tokenizer.no_truncation()
            self._tokenizer.no_padding()
        return self._tokenizer

    @property
    def session(self) -> Any:
        """The ONNX session, opened in this process: the threads of one do not outlive a fork."""
        if self._session is None or self._process != os.getpid():
            self._process = os.getpid()
            import onnxruntime

            options = onnxruntime.SessionOptions()
            if self.threads is not None:
                options.intra_op_num_threads = self.threads
            options.inter_op_num_threads = 1
            options.log_severity_level = 3
            self._session = onnxruntime.InferenceSession(
                str(self.folder / "reader.onnx"), options, providers=["CPUExecutionProvider"]
            )
        return self._session

    def run(self, windows: list[tuple[Inputs, Window]]) -> list[Floats]:
        """Reads windows, the longest first in batches of about equal length.

        Args:
            windows: Windows with the texts they are cut from.

        Returns:
            For each window the outputs of its core's units, shape (core units, columns).
        """
        spans = [_pieces(inputs, window) for inputs, window in windows]
        order = sorted(range(len(windows)), key=lambda i: spans[i][0] - spans[i][1])
        results: list[Floats] = [np.zeros((0, 0), dtype=np.float32)] * len(windows)
        at = 0
        while at < len(order):
            longest = spans[order[at]][1] - spans[order[at]][0] + 2
            batch = order[at : at + max(1, self.sizes.batch_pieces // longest)]
            at += len(batch)
            ids = np.zeros((len(batch), longest), dtype=np.int32)
            shapes = np.zeros((len(batch), longest, 4), dtype=np.int32)
            mask = np.zeros((len(batch), longest), dtype=np.int32)
            for row, i in enumerate(batch):
                inputs = windows[i][0]
                begin, end = spans[i]
                n = end - begin
                ids[row, 0], ids[row, n + 1] = CLS, SEP
                ids[row, 1 : n + 1] = inputs.pieces[begin:end]
                shapes[row, 1 : n + 1] = inputs.shapes[inputs.unit_of_piece[begin:end]]
                mask[row, : n + 2] = 1
            (out,) = self.session.run(None, {"pieces": ids, "shapes": shapes, "mask": mask})
            for row, i in enumerate(batch):
                inputs, window = windows[i]
                place = inputs.first_piece[window.core_first : window.core_last] - spans[i][0] + 1
                results[i] = out[row, place]
        return results


def _pieces(inputs: Inputs, window: Window) -> tuple[int, int]:
    """First piece of a window and the piece after its last."""
    end = inputs.first_piece[window.last] if window.last < len(inputs) else len(inputs.pieces)
    return int(inputs.first_piece[window.first]), int(end)
