"""From text to extraction: the whole way on one screen."""

from __future__ import annotations

import datetime as dt
import functools
import logging
import os
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal, overload

from quotekit.confidence import checked_confidence, keep_confident
from quotekit.errors import InputError, ReaderError
from quotekit.types import Extraction

if TYPE_CHECKING:
    from spacy.language import Language

    from quotekit.components import Reads

_THREADS = 3
"""Threads of `extract_many` in one process: two that wait for the network, which has its own, and one for the rest."""
_log = logging.getLogger("quotekit")
# What UTF-8, and so spaCy, cannot hold. They are read as replacement characters, which keeps every offset.
LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def extract(
    text: str,
    *,
    title: str | None = None,
    published: dt.datetime | dt.date | None = None,
    roster: Iterable[Any] | None = None,
    min_confidence: float = 0.0,
    threads: int | None = None,
) -> Extraction:
    """Finds who says what in a text.

    Args:
        text: English text, of any length.
        title: The headline, where the caller has it apart from the text.
        published: When the text was published, against which "on Friday" is dated; None to look for a date in
            the text.
        roster: People and bodies that the caller knows, as mappings or objects with ``id``, ``name`` and
            perhaps ``aliases``; speakers that fit get the id as ``external_id``.
        min_confidence: Attributions and threats of less confidence, 0 to 1, are left out, and speakers and claims that
            rest on them alone (see `quotekit.confidence`).
        threads: CPU threads that read; None leaves the choice to onnxruntime. Give 1 where several processes of yours
            share the processors.

    Returns:
        Speakers, quotations, attributions, claims and threats, with offsets into ``text``.

    Raises:
        InputError: An argument is of the wrong type, or ``min_confidence`` not from 0 to 1.
        RosterError: An entry of the roster has no name or no id.
        ReaderError: The network is missing.

    >>> found = extract("“We wait,” Anna Lund said on Friday.")
    >>> [(speaker.name, speaker.kind) for speaker in found.speakers]
    [('Anna Lund', 'person')]
    """
    text = checked_text(text, "extract() needs a str, not")
    if title is not None:
        title = checked_text(title, "title must be a str, not")
    entries = None
    if roster is not None:
        from quotekit.roster import read_roster

        entries = read_roster(roster)
    least = checked_confidence(min_confidence, "extract()")
    (extraction,) = _extract_batch([text], title=title, published=checked_moment(published), threads=threads)
    extraction = keep_confident(extraction, least)
    if entries is not None:
        from quotekit.roster import find_in_roster

        extraction = extraction.model_copy(update={"speakers": find_in_roster(extraction.speakers, entries)})
    return extraction


@overload
def extract_many(
    texts: Iterable[str],
    *,
    batch_size: int = ...,
    n_process: int = ...,
    on_error: Literal["raise"] = ...,
    min_confidence: float = ...,
) -> Iterator[Extraction]: ...
@overload
def extract_many(
    texts: Iterable[str],
    *,
    batch_size: int = ...,
    n_process: int = ...,
    on_error: Literal["skip"],
    min_confidence: float = ...,
) -> Iterator[Extraction | None]: ...
def extract_many(
    texts: Iterable[str],
    *,
    batch_size: int = 32,
    n_process: int = 1,
    on_error: Literal["raise", "skip"] = "raise",
    min_confidence: float = 0.0,
) -> Iterator[Extraction | None]:
    """Finds who says what in many texts; reads them as they come, and gives the results in the same order.

    Args:
        texts: English texts; an iterator will do.
        batch_size: How many texts are taken from the input before the first result is given.
        n_process: How many processes share the work; -1 for one a processor.
        on_error: What a text that cannot be read does. "raise" ends the run with an error that names the
            text's index, after the results of the texts before it; "skip" logs the reason and gives None in
            its place.
        min_confidence: Attributions and threats of less confidence, 0 to 1, are left out.

    Yields:
        One extraction for each text.

    Raises:
        InputError: A text, or an argument, is of the wrong type.

    >>> [len(found.attributions) for found in extract_many(["It rained.", "“We wait,” Anna Lund said."])]
    [0, 1]
    """
    if isinstance(texts, (str, bytes)):
        raise InputError("extract_many() needs many texts. For a single one call extract(text), or give [text].")
    if not isinstance(texts, Iterable):
        raise InputError(f"extract_many() needs an iterable of str, not {type(texts).__name__}.")
    if batch_size < 1:
        raise InputError(f"batch_size is {batch_size}; it must be 1 or more.")
    if n_process < 1 and n_process != -1:
        raise InputError(f"n_process is {n_process}; it must be 1 or more, or -1 for one a processor.")
    if on_error not in ("raise", "skip"):
        raise InputError(f"on_error is {on_error!r}; choose 'raise' or 'skip'.")
    least = checked_confidence(min_confidence, "extract_many()")
    processes = os.cpu_count() or 1 if n_process == -1 else n_process
    found = _extract_many(texts, batch_size, processes, on_error == "skip")
    return (None if extraction is None else keep_confident(extraction, least) for extraction in found)


def load(**overrides: Any) -> Language:
    """Loads the pipeline that comes with quotekit; the same as ``spacy.load("en_quotekit")``.

    Args:
        overrides: Arguments of `spacy.load`: vocab, disable, enable, exclude, config.

    Raises:
        ReaderError: The model package is not installed.

    >>> load().pipe_names
    ['quotekit']
    """
    try:
        import en_quotekit
    except ImportError as error:
        raise ReaderError(
            "The model package en_quotekit, which comes with quotekit, is missing. "
            "Install quotekit again: pip install --force-reinstall quotekit"
        ) from error
    return en_quotekit.load(**overrides)


def _extract_many(texts: Iterable[str], batch_size: int, n_process: int, skip: bool) -> Iterator[Extraction | None]:
    outcomes = _in_processes(texts, batch_size, n_process) if n_process > 1 else _in_threads(texts, batch_size)
    for i, outcome in enumerate(outcomes):
        if isinstance(outcome, Extraction):
            yield outcome
        elif skip:
            _log.warning("texts[%d] is skipped: %s", i, outcome)
            yield None
        elif isinstance(outcome, InputError):
            raise InputError(f"texts[{i}]: {outcome}")
        else:
            _log.error("texts[%d] cannot be read", i)
            raise outcome


def _in_threads(texts: Iterable[str], batch_size: int) -> Iterator[Extraction | Exception]:
    """A few threads: while some wait for the network, which needs no interpreter, one takes the steps after it."""
    _pipeline(None)
    pool = ThreadPoolExecutor(_THREADS)
    # Smaller parts than a batch, so that the threads do not both wait, and then both compute.
    yield from _in_pool(pool, _batches(texts, -(-batch_size // (2 * _THREADS))), None, 2 * _THREADS)


def _in_processes(texts: Iterable[str], batch_size: int, n_process: int) -> Iterator[Extraction | Exception]:
    # One thread each: the processes are the threads. Two batches each keep them all busy.
    yield from _in_pool(ProcessPoolExecutor(n_process), _batches(texts, batch_size), 1, 2 * n_process)


def _in_pool(
    pool: Executor, batches: Iterable[list[str]], threads: int | None, at_once: int
) -> Iterator[Extraction | Exception]:
    """Extracts batches in a pool, so many at once and no more: the input may be endless."""
    waiting: deque[Future[list[Extraction | Exception]]] = deque()
    try:
        for batch in batches:
            waiting.append(pool.submit(try_batch, batch, threads))
            if len(waiting) >= at_once:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


def _batches(texts: Iterable[str], size: int) -> Iterator[list[str]]:
    rest = iter(texts)
    while batch := list(islice(rest, size)):
        yield batch


def try_batch(texts: Sequence[str], threads: int | None = None) -> list[Extraction | Exception]:
    """Extracts what can be extracted; each text that fails gets its error in place of a result.

    Args:
        texts: English texts, all read at once.
        threads: CPU threads of the network; None leaves the choice to onnxruntime.
    """
    outcomes: list[Extraction | Exception | None] = []
    good: list[str] = []
    for text in texts:
        try:
            good.append(checked_text(text, "a text must be a str, not"))
            outcomes.append(None)
        except InputError as error:
            outcomes.append(error)
    found: list[Extraction | Exception] = []
    try:
        found.extend(_extract_batch(good, threads=threads))
    except Exception:
        # One by one, so that one bad text takes no other with it.
        for text in good:
            try:
                found.extend(_extract_batch([text], threads=threads))
            except Exception as error:
                found.append(error)
    rest = iter(found)
    return [next(rest) if outcome is None else outcome for outcome in outcomes]


def _extract_batch(
    texts: Sequence[str],
    *,
    title: str | None = None,
    published: dt.datetime | None = None,
    threads: int | None = None,
) -> list[Extraction]:
    from quotekit.components import read_docs, run_steps
    from quotekit.extensions import set_document
    from quotekit.joining import on_text

    make_doc, reader = _pipeline(threads)
    docs = [make_doc(LONE_SURROGATE.sub("\ufffd", text)) for text in texts]
    if title is not None or published is not None:
        for doc in docs:
            set_document(doc, title=title, published=published)
    read = read_docs(docs, reader)
    found = [run_steps(reading, document) for document, reading in read]
    return [
        extraction if extraction.text == text else on_text(extraction, text)
        for extraction, text in zip(found, texts, strict=True)
    ]


@functools.cache
def _pipeline(threads: int | None) -> tuple[Any, Reads]:
    """The tokenizer and the reader for texts that have no pipeline of their own, made once in a process."""
    nlp = load(config={"components": {"quotekit": {"threads": threads}}})
    component: Any = nlp.get_pipe("quotekit")
    return nlp.make_doc, component.reader


def checked_text(text: Any, complaint: str) -> str:
    """The text as a plain str.

    Args:
        text: What was given.
        complaint: How the message begins if it is no str; its type follows.

    Raises:
        InputError: It is no str.

    >>> checked_text("It rained.", "title must be a str, not")
    'It rained.'
    """
    if isinstance(text, str):
        # spaCy takes str itself only, not what is derived from it (numpy.str_, enums).
        return text if type(text) is str else str.__str__(text)
    advice = {
        "bytes": "Decode it first: text.decode('utf-8').",
        "bytearray": "Decode it first: text.decode('utf-8').",
        "NoneType": "Pass '' for an empty text, or leave it out.",
        "list": "For several texts call extract_many().",
        "tuple": "For several texts call extract_many().",
    }
    kind = type(text).__name__
    if isinstance(text, os.PathLike):
        hint = "Read the file first: pathlib.Path(path).read_text(encoding='utf-8')."
    else:
        hint = advice.get(kind, "Pass the text itself.")
    raise InputError(f"{complaint} {'None' if text is None else kind}. {hint}")


def checked_moment(published: Any) -> dt.datetime | None:
    """A time of publication; a date stands for its midnight, and None for none.

    Raises:
        InputError: It is neither.

    >>> checked_moment(dt.date(2022, 5, 3))
    datetime.datetime(2022, 5, 3, 0, 0)
    """
    if published is None or isinstance(published, dt.datetime):
        return published
    if isinstance(published, dt.date):
        return dt.datetime(published.year, published.month, published.day)
    raise InputError(
        f"published must be a datetime or a date, not {type(published).__name__}. "
        "Read an ISO string with datetime.fromisoformat() first."
    )
