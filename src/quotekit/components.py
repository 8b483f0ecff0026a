"""The steps as spaCy components: each reads the Doc, calls its function, and writes the result back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from quotekit import extensions
from quotekit.annotate import KINDS, annotate
from quotekit.attributions import find_attributions
from quotekit.claims import find_claims
from quotekit.confidence import checked_confidence, keep_confident
from quotekit.document import describe
from quotekit.errors import ConfigError
from quotekit.groups import write_group
from quotekit.quotes import find_quotes
from quotekit.speakers import find_speakers
from quotekit.threats import find_threats
from quotekit.types import DocumentInfo, Extraction, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from quotekit.reader.reading import Reading

    ErrorHandler = Callable[[str, Any, list[Doc], Exception], None]

Find = Callable[["Reading", Extraction], Extraction]

STEPS: tuple[Find, ...] = (find_quotes, find_attributions, find_speakers, find_claims, find_threats)
"""What is done after the reading, in this order."""


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
        fill: Collection[str],
        reader: Reads | None,
    ) -> None:
        unknown = sorted(set(fill) - set(KINDS))
        if unknown:
            raise ConfigError(f"{name}: cannot fill in {', '.join(unknown)}. Choose from {', '.join(KINDS)}.")
        extensions.install()
        self.name = name
        self.model = model
        self.threads = threads
        self.fill = tuple(fill)
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

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        """Reads a stream of Docs.

        Args:
            stream: The Docs.
            batch_size: How many are read at once.

        Yields:
            The Docs, in order; those that fail go to the error handler, as in spaCy's own components.
        """
        docs = iter(stream)
        while batch := list(islice(docs, batch_size)):
            try:
                read = read_docs(batch, self.reader)
            except Exception:
                # One by one, so that one bad Doc takes no other with it.
                yield from self._one_by_one(batch)
                continue
            for doc, (document, reading) in zip(batch, read, strict=True):
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
        fill: What to fill in where the Doc lacks it, some of `quotekit.annotate.KINDS`.
        reader: A reader to use in place of the network.
    """

    def __init__(
        self,
        name: str = "quotekit_reader",
        *,
        model: str | None = None,
        threads: int | None = None,
        fill: Collection[str] = KINDS,
        reader: Reads | None = None,
    ) -> None:
        super().__init__(name, model=model, threads=threads, fill=fill, reader=reader)

    def _write(self, doc: Doc, document: DocumentInfo, reading: Reading) -> None:
        extensions.store_reading(doc, reading)
        extensions.store_extraction(doc, Extraction(text=doc.text, document=document))
        annotate(doc, reading, self.fill)


class FindingStep:
    """Any later step: finds its part in what the steps before it have stored.

    Args:
        name: Name in the pipeline.
        find: The step's function.
    """

    def __init__(self, name: str, find: Find) -> None:
        extensions.install()
        self.name = name
        self.find = find

    def __call__(self, doc: Doc) -> Doc:
        """Finds the step's part in one Doc.

        Raises:
            ConfigError: The Doc has not been read.
        """
        reading, extraction = extensions.stored_reading(doc), extensions.stored_extraction(doc)
        if reading is None or extraction is None:
            raise ConfigError(
                f"{self.name} finds no reading on the Doc. "
                f'Put the reader before it: nlp.add_pipe("quotekit_reader", before="{self.name}")'
            )
        extensions.store_extraction(doc, checked(self.find(reading, extraction)))
        return doc


class Quotekit(_Reading):
    """All steps in one component.

    Args:
        name: Name in the pipeline.
        model: Folder of the network; None for the one that comes with quotekit.
        threads: CPU threads; None leaves the choice to onnxruntime.
        fill: What to fill in where the Doc lacks it, some of `quotekit.annotate.KINDS`.
        min_confidence: Attributions and threats of less confidence are left out.
        spans_key: Name of the span group in ``doc.spans``; None for no group.
        reader: A reader to use in place of the network.
    """

    def __init__(
        self,
        name: str = "quotekit",
        *,
        model: str | None = None,
        threads: int | None = None,
        fill: Collection[str] = KINDS,
        min_confidence: float = 0.0,
        spans_key: str | None = "quotekit",
        reader: Reads | None = None,
    ) -> None:
        super().__init__(name, model=model, threads=threads, fill=fill, reader=reader)
        self.min_confidence = checked_confidence(min_confidence, name)
        self.spans_key = spans_key

    def _write(self, doc: Doc, document: DocumentInfo, reading: Reading) -> None:
        extraction = keep_confident(run_steps(reading, document), self.min_confidence)
        if self.spans_key is not None:
            write_group(doc, extraction, self.spans_key)
        extensions.store_extraction(doc, extraction)
        annotate(doc, reading, self.fill)


def read_docs(
    docs: Sequence[Doc], reader: Reads, *, title: str | None = None, published: dt.datetime | None = None
) -> list[tuple[DocumentInfo, Reading]]:
    """Describes pages and reads them, but for what belongs to the page and not to the article.

    Args:
        docs: The Docs; nothing is written to them.
        reader: What reads them.
        title: The headline, where the caller knows it.
        published: When they were published, where the caller knows it.

    Returns:
        What each page says about itself, and its reading.
    """
    documents = [describe(doc.text, title=title, published=published) for doc in docs]
    readings = reader.read(docs, [document.boilerplate for document in documents])
    return list(zip(documents, readings, strict=True))


def run_steps(reading: Reading, document: DocumentInfo) -> Extraction:
    """Finds everything in a text that has been read.

    Args:
        reading: The reading.
        document: What the page says about itself.

    Returns:
        All that the steps find, checked against the text.
    """
    extraction = Extraction(text=reading.text, document=document)
    for find in STEPS:
        extraction = find(reading, extraction)
    return checked(extraction)


def checked(extraction: Extraction) -> Extraction:
    """The same extraction, after its spans and ids have been checked: copies with changed fields are not.

    >>> checked(Extraction(text="It rained.")).text
    'It rained.'
    """
    return Extraction(**dict(extraction))
