"""Keeps numpy's matrix products to one thread while a text is read."""

from __future__ import annotations

import functools
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from threadpoolctl import ThreadpoolController

_lock = threading.Lock()
_readers = 0
_limit: Any = None


@contextmanager
def one_thread() -> Iterator[None]:
    """Numpy's matrix products take one thread inside.

    The products of a sentence are small. Spread over threads they are no faster, and the threads then wait for more
    work with a busy processor, which other windows and texts need. The setting is the process's, so the first who
    enters makes it and the last who leaves takes it back, whatever thread they are in.

    >>> with one_thread():
    ...     pass
    """
    global _readers, _limit
    with _lock:
        _readers += 1
        if _readers == 1:
            _limit = _controller().limit(limits=1, user_api="blas")
    try:
        yield
    finally:
        with _lock:
            _readers -= 1
            if _readers == 0:
                _limit.restore_original_limits()
                _limit = None


@functools.cache
def _controller() -> ThreadpoolController:
    """The libraries with threads in this process; looked for once."""
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


def _forget() -> None:
    """A forked process has none of its parent's threads, so none of them is reading."""
    global _lock, _readers
    _lock = threading.Lock()
    _readers = 0


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
