"""The network: an ONNX encoder with linear heads, and the tables that score pairs of words outside it."""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from quotekit.errors import ReaderError
from quotekit.reader.decode import LabelTables
from quotekit.reader.inputs import Inputs
from quotekit.reader.session import Session
from quotekit.reader.windows import Window

if TYPE_CHECKING:
    from tokenizers import Tokenizer

FORMAT = 4
"""Version of the model files that this code reads."""
CLS, SEP = 101, 102
_INHERITED: list[Any] = []
"""Workers of the process from which this one was forked, kept from being taken down."""
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
    parts: dict[str, int]
    """Columns of the network's output, by head, in order."""
    deps: list[str]
    """Dependency labels."""
    deps_of: dict[str, list[str]]
    """Those that words of a part of speech have."""


class Encoder:
    """Runs the network over windows.

    Its workers are started at the first use, in the process that uses them, and are left out when pickled.

    Args:
        folder: Folder with reader.onnx, heads.npz, tokenizer.json and config.json.
        threads: CPU threads; None for one a processor.

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
        self.sizes = Sizes(**settings)
        with np.load(folder / "heads.npz") as tables:
            self.tables: dict[str, Floats] = {name: tables[name].astype(np.float32) for name in tables.files}
        self.labels = LabelTables(self.tables["label"], self.sizes.deps, self.sizes.deps_of)
        self._session = Session(folder / "reader.onnx")
        self._workers: ThreadPoolExecutor | None = None
        self._process = 0
        self._tokenizer: Tokenizer | None = None

    def __getstate__(self) -> dict[str, Any]:
        """Everything but the workers and the tokenizer."""
        return {**self.__dict__, "_workers": None, "_tokenizer": None}

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
    def n_threads(self) -> int:
        """CPU threads that read at once."""
        if self.threads is not None:
            return self.threads
        # In a container a process may have fewer processors than the machine.
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

    def open(self) -> None:
        """Opens the graph and starts the workers in this process: threads do not outlive a fork."""
        if self._session.is_open and self._process == os.getpid():
            return
        _INHERITED.append(self._workers)
        # The workers are the threads, each with a window of its own.
        self._workers = ThreadPoolExecutor(self.n_threads) if self.n_threads > 1 else None
        self._session.open()
        self._process = os.getpid()

    def run(self, windows: list[tuple[Inputs, Window]]) -> list[Floats]:
        """Reads windows, each alone, several at the same time.

        Activations are scaled as they come, over all that is read at once: in a batch a window's outputs would
        depend on its neighbours. Alone it gives the same wherever it stands, without padding, and no slower.

        Args:
            windows: Windows with the texts they are cut from.

        Returns:
            For each window the outputs of its core's units, shape (core units, columns).
        """
        self.open()
        if self._workers is None or len(windows) < 2:
            return [self._run(*window) for window in windows]
        return list(self._workers.map(lambda window: self._run(*window), windows))

    def _run(self, inputs: Inputs, window: Window) -> Floats:
        begin, end = _pieces(inputs, window)
        ids = np.empty((1, end - begin + 2), dtype=np.int32)
        ids[0, 0], ids[0, 1:-1], ids[0, -1] = CLS, inputs.pieces[begin:end], SEP
        shapes = np.zeros((1, end - begin + 2, inputs.shapes.shape[1]), dtype=np.int32)
        shapes[0, 1:-1] = inputs.shapes[inputs.unit_of_piece[begin:end]]
        rows = (inputs.first_piece[window.core_first : window.core_last] - begin + 1).astype(np.int64)
        result: Floats = self._session.run(pieces=ids, shapes=shapes, rows=rows)[0]
        return result


def _pieces(inputs: Inputs, window: Window) -> tuple[int, int]:
    """First piece of a window and the piece after its last."""
    end = inputs.first_piece[window.last] if window.last < len(inputs) else len(inputs.pieces)
    return int(inputs.first_piece[window.first]), int(end)
