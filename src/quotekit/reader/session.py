"""Opens ONNX graphs where they are used: in this process, and not before they are needed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from quotekit.reader.products import are_exact

__all__ = ["Session"]

_INHERITED: list[Any] = []
"""Sessions of the process from which this one was forked, kept from being taken down."""


class Session:
    """An ONNX graph, run by one thread at a time each.

    It is opened at the first use, in the process that uses it, and is left out when pickled.

    Args:
        path: The graph's file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._opened: Any = None
        self._process = 0

    def __getstate__(self) -> dict[str, Any]:
        """Everything but what is open."""
        return {**self.__dict__, "_opened": None}

    @property
    def is_open(self) -> bool:
        """Whether it is open in this process."""
        return self._opened is not None and self._process == os.getpid()

    def open(self) -> None:
        """Opens the graph in this process: threads do not outlive a fork."""
        if self.is_open:
            return
        # Taking down a session waits for its threads, which a forked process does not have.
        _INHERITED.append(self._opened)
        import onnxruntime

        options = onnxruntime.SessionOptions()
        # Whoever wants more threads runs several inputs at the same time.
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        if not are_exact():
            # Without VNNI instructions products in int8 overflow, and a text would read otherwise on old processors.
            # Where none overflow the results are the same without it, in little more than half the time.
            options.add_session_config_entry("session.x64quantprecision", "1")
        options.log_severity_level = 3
        self._opened = onnxruntime.InferenceSession(str(self.path), options, providers=["CPUExecutionProvider"])
        # Last, so that another thread that reads at the same time finds all of it or opens it for itself.
        self._process = os.getpid()

    def run(self, **inputs: Any) -> Any:
        """The graph's one output."""
        self.open()
        (out,) = self._opened.run(None, inputs)
        return out
