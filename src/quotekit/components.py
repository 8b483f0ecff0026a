"""The steps as spaCy components: each reads the Doc, calls its function, and writes the result back."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from quotekit import extensions
from quotekit.annotate import annotate
from quotekit.attributions import find_attributions
from quotekit.blas import one_thread
from quotekit.claims import find_claims
from quotekit.confidence import checked_confidence, keep_confident
from quotekit.config import KINDS, NEEDS, checked_choice, checked_count, checked_name, checked_steps
from quotekit.config import STEPS as STEP_NAMES
from quotekit.document import describe
from quotekit.errors import ConfigError
from quotekit.groups import write_group
from quotekit.quotes import find_quotes
from quotekit.roster import Entry, find_in_roster, given_roster
from quotekit.speakers import find_speakers
from quotekit.threats import find_threats
from quotekit.tokenizer import with_own_tokens
from quotekit.types import DocumentInfo, Extraction, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from quotekit.reader.reading import Reading

    ErrorHandler = Callable[[str, Any, list[Doc], Exception], None]

Find = Callable[["Reading", Extraction], Extraction]

STEPS: tuple[Find, ...] = (find_quotes, find_attributions, find_speakers, find_claims, find_threats)
"""What is done after the reading, in this order; their names are those of `quotekit.config.STEPS`."""
_FUNCTIONS = dict(zip(STEP_NAMES, STEPS, strict=True))


class Reads(Protocol):
    """Whatever reads Docs as `quotekit.reader.Reader` does."""

    def read(self, docs: Sequence[Doc], skip: Sequence[Sequence[Span]] | None = None) -> list[Reading]:
        """One reading for each Doc, read over the spans to skip."""


class _Reading:
    """What the two components that read have in common: the reader, opened at its first use, and batches."""

    def __init__(
        self,
        name: str,
        *,
        model: str | None,
        threads: int | None,
        batch_size: int,
        fill: Sequence[str],
        reader: Reads | None,
    ) -> None:
        extensions.install()
        self.name = name
        self.model = checked_name(model, f"{name}: model", what="a folder's path", none="for quotekit's own network")
        self.threads = checked_count(threads, f"{name}: threads", none="to leave the choice to onnxruntime")
        self.batch_size = checked_count(batch_size, f"{name}: batch_size")
        self.fill = checked_choice(fill, KINDS, f"{name}: fill")
        self._given = reader
        self._opened: Reads | None = None
        self._error_handler: ErrorHandler | None = None

    def __getstate__(self) -> dict[str, Any]:
        """Everything but the open reader, which another process opens for itself."""
        return {**self.__dict__, "_opened": None}

    @property
    def reader(self) -> Reads:
        """The reader."""
        if self._given is not None:
            return self._given
        if self._opened is None:
            from quotekit.reader import Reader, shipped_reader

            if self.model is None and self.threads is None:
                self._opened = shipped_reader()
            else:
                self._opened = Reader(None if self.model is None else Path(self.model), threads=self.threads)
        return self._opened

    def _write(self, doc: Doc, document: DocumentInfo, reading: Reading) -> None:
        raise NotImplementedError

    def __call__(self, doc: Doc) -> Doc:
        """Reads one Doc and writes on it what was found."""
        ((document, reading),) = read_docs([doc], self.reader)
        self._write(doc, document, reading)
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int | None = None) -> Iterator[Doc]:
        """Reads a stream of Docs.

        Args:
            stream: The Docs; they are taken from it a batch ahead.
            batch_size: How many are read at once at most, if it is less than the component's own: spaCy asks for 1000
                where nobody has said otherwise.

        Yields:
            The Docs, in order; those that fail go to the error handler, as in spaCy's own components.
        """
        docs = iter(stream)
        size = min(filter(None, (batch_size, self.batch_size)))
        waiting: deque[tuple[list[Doc], Future[list[tuple[DocumentInfo, Reading]]]]] = deque()
        # The network needs no interpreter, so the next Docs are read while those before them are written.
        with ThreadPoolExecutor(1) as reading:
            while True:
                failed: Exception | None = None
                batch: list[Doc] = []
                try:
                    batch += islice(docs, size)
                except Exception as error:
                    # Who makes the Docs has failed; those that came before it are given first.
                    failed = error
                if batch:
                    waiting.append((batch, reading.submit(self._read, batch)))
                goes_on = bool(batch) and failed is None
                while len(waiting) > int(goes_on):
                    yield from self._written(*waiting.popleft())
                if failed is not None:
                    raise failed
                if not goes_on:
                    return

    def _read(self, batch: list[Doc]) -> list[tuple[DocumentInfo, Reading]]:
        return read_docs(batch, self.reader)

    def _written(self, batch: list[Doc], read: Future[list[tuple[DocumentInfo, Reading]]]) -> Iterator[Doc]:
        try:
            readings = read.result()
        except Exception:
            # One by one, so that one bad Doc takes no other with it.
            yield from self._one_by_one(batch)
            return
        for doc, (document, reading) in zip(batch, readings, strict=True):
            try:
                self._write(doc, document, reading)
            except Exception as error:
                self._handle(doc, error)
            else:
                yield doc

    def _one_by_one(self, batch: list[Doc]) -> Iterator[Doc]:
        for doc in batch:
            try:
                self(doc)
            except Exception as error:
                self._handle(doc, error)
            else:
                yield doc

    def _handle(self, doc: Doc, error: Exception) -> None:
        if self._error_handler is None:
            raise error
        self._error_handler(self.name, self, [doc], error)

    def set_error_handler(self, error_handler: ErrorHandler) -> None:
        """Sets what is done with Docs that fail; spaCy calls this from ``nlp.set_error_handler``."""
        self._error_handler = error_handler


class ReadingStep(_Reading):
    """The first step alone: describes the page, reads the text, and stores both for the steps to come.

    Args:
        name: Name in the pipeline.
        model: Folder of the network; None for the one that comes with quotekit.
        threads: CPU threads; None leaves the choice to onnxruntime.
        batch_size: How many Docs are read at once in `pipe`, while those before them are written; more need more
            memory, and are no faster.
        fill: What to fill in where the Doc lacks it, some of `quotekit.config.KINDS`.
        reader: A reader to use in place of the network.
    """

    def __init__(
        self,
        name: str = "quotekit_reader",
        *,
        model: str | None = None,
        threads: int | None = None,
        batch_size: int = 8,
        fill: Sequence[str] = KINDS,
        reader: Reads | None = None,
    ) -> None:
        super().__init__(name, model=model, threads=threads, batch_size=batch_size, fill=fill, reader=reader)

    def _write(self, doc: Doc, document: DocumentInfo, reading: Reading) -> None:
        extensions.store_reading(doc, reading)
        extensions.store_extraction(doc, Extraction(text=doc.text, document=document))
        annotate(doc, reading, self.fill)


class FindingStep:
    """Any later step: finds its part in what the steps before it have stored.

    Args:
        name: Name in the pipeline.
        find: The step's function, one of `STEPS`.
        roster: Speakers that the caller knows, for the step that finds speakers: a list, or a file's path.
    """

    def __init__(self, name: str, find: Find, *, roster: Any = None) -> None:
        extensions.install()
        self.name = name
        self.find = find
        self.step = STEP_NAMES[STEPS.index(find)]
        self.roster = given_roster(roster, name)

    def __call__(self, doc: Doc) -> Doc:
        """Finds the step's part in one Doc.

        Raises:
            ConfigError: The Doc has not been read, or lacks a step that this one needs.
        """
        reading, extraction = extensions.stored_reading(doc), extensions.stored_extraction(doc)
        if reading is None or extraction is None:
            raise ConfigError(
                f"{self.name} finds no reading on the Doc. "
                f'Put the reader before it: nlp.add_pipe("quotekit_reader", before="{self.name}")'
            )
        for lacking in extensions.lacking_steps(doc, NEEDS[self.step]):
            raise ConfigError(
                f"{self.name} needs the {lacking}, which nothing has looked for yet. "
                f'Put that step before it: nlp.add_pipe("quotekit_{lacking}", before="{self.name}")'
            )
        found = _known(self.find(reading, extraction), self.roster)
        extensions.store_extraction(doc, checked(found))
        extensions.note_step(doc, self.step)
        return doc


class SpansStep:
    """Writes what has been found as a span group, after single steps, or anew after tokens were merged or split.

    Args:
        name: Name in the pipeline.
        spans_key: Name of the span group in ``doc.spans``.
    """

    def __init__(self, name: str = "quotekit_spans", *, spans_key: str = "quotekit") -> None:
        extensions.install()
        self.name = name
        if spans_key is None:
            raise ConfigError(f"{name}: spans_key is None. Give the name of a span group, or leave the component out.")
        self.spans_key = _checked_key(spans_key, name)

    def __call__(self, doc: Doc) -> Doc:
        """Writes the span group of one Doc.

        Raises:
            ConfigError: Nothing has been looked for in the Doc.
            ClashError: The Doc has a group of that name from other code.
        """
        extraction = extensions.stored_extraction(doc)
        if extraction is None:
            raise ConfigError(
                f"{self.name} finds no result on the Doc. "
                f'Put quotekit, or its single steps, before it: nlp.add_pipe("quotekit", before="{self.name}")'
            )
        write_group(doc, extraction, str(self.spans_key))
        return doc


class Quotekit(_Reading):
    """All steps in one component.

    Args:
        name: Name in the pipeline.
        model: Folder of the network; None for the one that comes with quotekit.
        threads: CPU threads; None leaves the choice to onnxruntime.
        batch_size: How many Docs are read at once in `pipe`, while those before them are written; more need more
            memory, and are no faster.
        fill: What to fill in where the Doc lacks it, some of `quotekit.config.KINDS`.
        steps: The steps to take after the reading, some of `quotekit.config.STEPS`.
        min_confidence: Attributions and threats of less confidence are left out.
        spans_key: Name of the span group in ``doc.spans``; None for no group.
        roster: Speakers that the caller knows: a list, or a file's path.
        reader: A reader to use in place of the network.
    """

    def __init__(
        self,
        name: str = "quotekit",
        *,
        model: str | None = None,
        threads: int | None = None,
        batch_size: int = 8,
        fill: Sequence[str] = KINDS,
        steps: Sequence[str] = STEP_NAMES,
        min_confidence: float = 0.0,
        spans_key: str | None = "quotekit",
        roster: Any = None,
        reader: Reads | None = None,
    ) -> None:
        super().__init__(name, model=model, threads=threads, batch_size=batch_size, fill=fill, reader=reader)
        self.min_confidence = checked_confidence(min_confidence, name)
        self.steps = checked_steps(steps, name)
        self.spans_key = _checked_key(spans_key, name)
        self.roster = given_roster(roster, name)

    def _write(self, doc: Doc, document: DocumentInfo, reading: Reading) -> None:
        extraction = run_steps(reading, document, [_FUNCTIONS[step] for step in self.steps])
        extraction = _known(keep_confident(extraction, self.min_confidence), self.roster)
        if self.spans_key is not None:
            write_group(doc, extraction, self.spans_key)
        extensions.store_extraction(doc, extraction)
        annotate(doc, reading, self.fill)


def read_docs(docs: Sequence[Doc], reader: Reads) -> list[tuple[DocumentInfo, Reading]]:
    """Describes pages and reads them, but for what belongs to the page and not to the article.

    Args:
        docs: The Docs, of any tokenizer; nothing is written to them.
        reader: What reads them.

    Returns:
        What each page says about itself, and its reading over quotekit's own tokens.
    """
    documents = []
    for doc in docs:
        title, published = extensions.known_document(doc)
        documents.append(describe(doc.text, title=title, published=published))
    own = [with_own_tokens(doc) for doc in docs]
    readings = reader.read(own, [document.boilerplate for document in documents])
    return list(zip(documents, readings, strict=True))


def run_steps(reading: Reading, document: DocumentInfo, steps: Sequence[Find] | None = None) -> Extraction:
    """Finds everything in a text that has been read.

    Args:
        reading: The reading.
        document: What the page says about itself.
        steps: What to look for, some of `STEPS` in their order; None for all.

    Returns:
        All that the steps find, checked against the text.
    """
    extraction = Extraction(text=reading.text, document=document)
    with one_thread():
        for find in STEPS if steps is None else steps:
            extraction = find(reading, extraction)
    return checked(extraction)


def _checked_key(spans_key: Any, name: str) -> str | None:
    return checked_name(spans_key, f"{name}: spans_key", what="the name of a span group", none="for no group")


def _known(extraction: Extraction, roster: Sequence[Entry]) -> Extraction:
    """The extraction with those speakers marked that the caller knows."""
    if not roster:
        return extraction
    return extraction.model_copy(update={"speakers": find_in_roster(extraction.speakers, roster)})


def checked(extraction: Extraction) -> Extraction:
    """The same extraction, after its spans and ids have been checked: copies with changed fields are not.

    >>> checked(Extraction(text="It rained.")).text
    'It rained.'
    """
    return Extraction(**dict(extraction))
