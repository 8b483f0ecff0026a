"""Many files, one after the other or in several processes: each gives what was found, or why nothing was."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from typing import Any

from quotekit.api import extract
from quotekit.errors import QuotekitError, ReaderError
from quotekit.files import STDIN, decode, read_bytes, reason
from quotekit.filters import only
from quotekit.types import Extraction

_AHEAD = 4
"""Files a process that may be read before their turn to be written: work for the others while one has a long file."""


@dataclass(frozen=True)
class Settings:
    """How each file is read, and what of it is kept; see `quotekit.extract` and `quotekit.filters.only`."""

    encoding: str | None = None
    title: str | None = None
    published: dt.datetime | None = None
    roster: tuple[Mapping[str, Any], ...] | None = None
    min_confidence: float = 0.0
    speakers: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    threats: bool = False
    threads: int | None = None
    """CPU threads; None leaves the choice to onnxruntime."""


@dataclass(frozen=True)
class Failure:
    """Why a file gave nothing."""

    reason: str
    is_general: bool = False
    """Whether every other file would fail alike."""


Read = Callable[[str, Settings, "bytes | None"], "Extraction | Failure"]
"""What reads a file, as `read_file` does."""


def read_files(
    names: Iterable[str], settings: Settings, *, jobs: int = 1, read: Read | None = None
) -> Iterator[tuple[str, Extraction | Failure]]:
    """Reads files as they come, and gives the outcomes in the same order; only a few files are held at a time.

    Args:
        names: Names of files, and "-" for standard input.
        settings: How they are read.
        jobs: How many processes share the work.
        read: What reads a file, in place of `read_file`; processes must be able to import it.
    """
    read = read or read_file
    if jobs > 1:
        # One thread each: the processes are the threads.
        yield from _in_processes(names, replace(settings, threads=1), jobs, read)
        return
    for name in names:
        yield name, read(name, settings, None)


def read_file(name: str, settings: Settings, data: bytes | None = None) -> Extraction | Failure:
    """Reads one file.

    Args:
        name: Its name.
        settings: How it is read.
        data: What it holds, where that is known already.
    """
    try:
        text = decode(read_bytes(name) if data is None else data, settings.encoding)
        found = extract(
            text,
            title=settings.title,
            published=settings.published,
            roster=settings.roster,
            min_confidence=settings.min_confidence,
            threads=settings.threads,
        )
        return only(found, speakers=settings.speakers, acts=settings.acts, threats=settings.threats)
    except ReaderError as error:
        return Failure(str(error), is_general=True)
    except (QuotekitError, OSError) as error:
        return Failure(reason(error))
    except MemoryError:
        return Failure("is too large for the memory that is left.")
    except Exception as error:
        return Failure(f"this should not happen, please report it: {type(error).__name__}: {error}")


def _in_processes(
    names: Iterable[str], settings: Settings, jobs: int, read: Read
) -> Iterator[tuple[str, Extraction | Failure]]:
    files = iter(names)
    waiting: deque[tuple[_Task, Future[Extraction | Failure]]] = deque()
    pool = _Pool(jobs)
    try:
        while True:
            while len(waiting) < _AHEAD * jobs and (name := next(files, None)) is not None:
                task = _task(name, settings, read)
                waiting.append((task, pool.submit(task)))
            if not waiting:
                break
            task, future = waiting.popleft()
            try:
                outcome = future.result()
            except BrokenProcessPool:
                # A process died, and took the futures of all the others with it. Whose file it was cannot be told: this
                # one is read alone, and those behind it anew.
                pool.stop()
                outcome = _alone(task)
                pool = _Pool(jobs)
                waiting = deque((task, pool.submit(task)) for task, _ in waiting)
            yield task.name, outcome
        pool.finish()
    finally:
        pool.stop()


@dataclass(frozen=True)
class _Task:
    name: str
    settings: Settings
    data: bytes | Failure | None
    read: Read

    def __call__(self) -> Extraction | Failure:
        return self.data if isinstance(self.data, Failure) else self.read(self.name, self.settings, self.data)


def _task(name: str, settings: Settings, read: Read) -> _Task:
    data: bytes | Failure | None = None
    if name == STDIN:
        # Standard input belongs to this process.
        try:
            data = read_bytes(name)
        except (QuotekitError, OSError) as error:
            data = Failure(reason(error))
    return _Task(name, settings, data, read)


def _alone(task: _Task) -> Extraction | Failure:
    pool = _Pool(1)
    try:
        return pool.submit(task).result()
    except BrokenProcessPool:
        return Failure("the process that read it was killed, perhaps for want of memory.")
    finally:
        pool.stop()


class _Pool:
    """Processes that read files, and that go when they are told to."""

    def __init__(self, jobs: int) -> None:
        self._others = set(multiprocessing.active_children())
        self._executor = ProcessPoolExecutor(
            # A fork would copy locks that threads of this process may hold, and wait for them for ever.
            jobs,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_ignore_interrupts,
        )

    def submit(self, task: _Task) -> Future[Extraction | Failure]:
        """Hands on a file; if the processes are gone, the future says so."""
        try:
            return self._executor.submit(task)
        except BrokenProcessPool as error:
            future: Future[Extraction | Failure] = Future()
            future.set_exception(error)
            return future

    def finish(self) -> None:
        """Waits for the processes to end by themselves."""
        self._executor.shutdown()

    def stop(self) -> None:
        """Ends the processes, whatever they are at: nobody waits for the rest of a long file after Ctrl-C."""
        self._executor.shutdown(wait=False, cancel_futures=True)
        for process in set(multiprocessing.active_children()) - self._others:
            process.terminate()


def _ignore_interrupts() -> None:
    # Ctrl-C goes to all processes; the first one stops the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
