"""Keeps numpy's matrix products to one thread while a text is read."""

from __future__ import annotations

import functools
import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any


class _Held(threading.local):
    """How often this thread is inside."""

    depth = 0


_held = _Held()
_lock = threading.Lock()
_readers = 0
_before: list[int] = []
"""Threads of each library when nobody was reading; none while nobody reads."""


@contextmanager
def one_thread() -> Iterator[None]:
    """Numpy's matrix products take one thread inside.

    The products of a sentence are small. Spread over threads they are no faster, and the threads then wait for more
    work with a busy processor, which other windows and texts need. What was there before anybody came is put back by
    the last who leaves; where numpy's library counts for each thread by itself, by each who leaves.

    >>> with one_thread():
    ...     pass
    """
    global _readers, _before
    if not _held.depth:
        with _lock:
            if not _before:
                _before = [library.get_num_threads() for library in _libraries()]
            _readers += 1
        _set([1] * len(_libraries()))
    _held.depth += 1
    try:
        yield
    finally:
        _held.depth -= 1
        if not _held.depth:
            with _lock:
                _readers -= 1
                _set(_before, all_of_them=_readers == 0)
                if _readers == 0:
                    _before = []


def _set(threads: Sequence[int], *, all_of_them: bool = True) -> None:
    """Sets each library's threads; or only where each thread that calls it has a number of its own."""
    for library, number in zip(_libraries(), threads, strict=True):
        if all_of_them or getattr(library, "threading_layer", None) == "openmp":
            # threadpoolctl lets one thread alone set a number that all share; here the last who leaves must.
            getattr(library, "_real_set_num_threads", library.set_num_threads)(number)


@functools.cache
def _libraries() -> Sequence[Any]:
    """The libraries for matrix products in this process; looked for once."""
    try:
        from threadpoolctl import ThreadpoolController
    except ModuleNotFoundError:
        # Where somebody installs without dependencies: nothing but speed is lost.
        return ()
    libraries: Sequence[Any] = ThreadpoolController().select(user_api="blas").lib_controllers
    return libraries


def _forget() -> None:
    """A forked process has none of its parent's threads, so none of them is reading.

    What was there before they came is kept: the fork has their one thread until its own first reading ends.
    """
    global _lock, _readers
    _lock = threading.Lock()
    _readers = int(_held.depth > 0)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
