"""What quotekit writes on a Doc: the only code that touches ``doc._`` and ``doc.user_data``.

Everything is stored as plain data, so that Docs go unharmed through ``n_process=2``, ``DocBin`` and
``Doc.to_bytes``. The keys have the form that spaCy gives to data of a place in the text: where Docs are merged or cut,
spaCy moves their offsets, and so it is known to which part of a Doc they belong.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from spacy.tokens import Doc

from quotekit.errors import ClashError

if TYPE_CHECKING:
    from quotekit.reader.reading import Reading
    from quotekit.types import Extraction

NAME = "quotekit"
"""Name of the extension ``doc._.quotekit``."""
# Any, because spaCy's type hints know only keys of one string.
_FOUND: Any = ("._.", "quotekit_found", 0, None)
_READING: Any = ("._.", "quotekit_reading", 0, None)
_DOCUMENT: Any = ("._.", "quotekit_document", 0, None)


def install(*, force: bool = True) -> None:
    """Registers ``doc._.quotekit``; a second call changes nothing.

    Args:
        force: Whether it is an error if the name is taken.

    Raises:
        ClashError: Another package has registered the name.

    >>> install()
    >>> Doc.has_extension("quotekit")
    True
    """
    if not Doc.has_extension(NAME):
        Doc.set_extension(NAME, getter=stored_extraction)
        return
    _default, _method, getter, _setter = Doc.get_extension(NAME)
    # By name, not identity: a module that was loaded twice is not a clash.
    if force and getattr(getter, "__qualname__", None) != stored_extraction.__qualname__:
        raise ClashError(
            f"doc._.{NAME} is taken by other code. "
            f"Take it away before adding quotekit to a pipeline: Doc.remove_extension({NAME!r})"
        )


def stored_extraction(doc: Doc) -> Extraction | None:
    """What quotekit found in the Doc; None where it has not read this text, or not all of it.

    A Doc that `Doc.from_docs` has put together has what was found in its parts.

    >>> from spacy.lang.en import English
    >>> stored_extraction(English()("It rained.")) is None
    True
    """
    from quotekit.types import Extraction

    stored = doc.user_data.get(_FOUND)
    if stored is not None:
        extraction = Extraction.model_validate_json(stored)
        if extraction.text == doc.text:
            return extraction
    return _of_parts(doc)


def _of_parts(doc: Doc) -> Extraction | None:
    """What was found in the parts of a merged Doc; None where they are not the whole of it."""
    from quotekit.joining import joined
    from quotekit.types import Extraction

    parts: list[tuple[int, Extraction]] = []
    text = doc.text
    end = 0
    # A piece that was cut out of a Doc has parts that start before it, or do not fit.
    for start, stored in sorted((key[2], doc.user_data[key]) for key in _found_keys(doc)):
        part = Extraction.model_validate_json(stored)
        stop = start + len(part.text)
        if start < end or text[start:stop] != part.text or text[end:start].strip():
            return None
        parts.append((start, part))
        end = stop
    return joined(text, parts) if parts and not text[end:].strip() else None


def _found_keys(doc: Doc) -> list[Any]:
    return [key for key in doc.user_data if isinstance(key, tuple) and len(key) == 4 and key[:2] == _FOUND[:2]]


def store_extraction(doc: Doc, extraction: Extraction) -> None:
    """Writes what was found on the Doc, as JSON.

    >>> from spacy.lang.en import English
    >>> from quotekit.types import Extraction
    >>> install()
    >>> doc = English()("It rained.")
    >>> store_extraction(doc, Extraction(text=doc.text))
    >>> doc._.quotekit.text
    'It rained.'
    """
    for key in _found_keys(doc):
        del doc.user_data[key]
    doc.user_data[_FOUND] = extraction.model_dump_json()


def set_document(doc: Doc, *, title: str | None = None, published: dt.datetime | dt.date | None = None) -> Doc:
    """Says what is known of a Doc's text before a pipeline reads it.

    Args:
        doc: The Doc, as ``nlp.make_doc`` makes it.
        title: The headline, where it is known apart from the text.
        published: When the text was published, against which "on Friday" is dated.

    Returns:
        The same Doc.

    Raises:
        InputError: An argument is of the wrong type.

    >>> import spacy
    >>> nlp = spacy.blank("en")
    >>> component = nlp.add_pipe("quotekit")
    >>> doc = nlp(set_document(nlp.make_doc("“No,” Bo Lind said on Friday."), published=dt.date(2022, 5, 4)))
    >>> str(doc._.quotekit.attributions[0].date)
    '2022-04-29'
    """
    from quotekit.api import checked_moment, checked_text

    moment = checked_moment(published)
    doc.user_data[_DOCUMENT] = {
        "title": None if title is None else checked_text(title, "title must be a str, not"),
        "published": None if moment is None else moment.isoformat(),
    }
    return doc


def known_document(doc: Doc) -> tuple[str | None, dt.datetime | None]:
    """Title and time of publication that `set_document` has written; None for what is not known.

    >>> from spacy.lang.en import English
    >>> known_document(English()("It rained."))
    (None, None)
    """
    stored = doc.user_data.get(_DOCUMENT)
    if stored is None:
        return None, None
    published = stored["published"]
    return stored["title"], None if published is None else dt.datetime.fromisoformat(published)


def store_reading(doc: Doc, reading: Reading) -> None:
    """Writes a reading on the Doc, for the steps to come."""
    doc.user_data[_READING] = {"length": len(reading.text), "done": [], **to_plain(reading)}


def stored_reading(doc: Doc) -> Reading | None:
    """The reading of the Doc; None where there is none, or that of another text."""
    stored = doc.user_data.get(_READING)
    # A merged Doc, and a piece of one, have the reading of the Doc with which they begin.
    return None if stored is None or stored["length"] != len(doc.text) else from_plain(doc.text, stored)


def note_step(doc: Doc, step: str) -> None:
    """Notes that a step has been taken on a Doc that has been read."""
    stored = doc.user_data[_READING]
    doc.user_data[_READING] = {**stored, "done": [*stored["done"], step]}


def lacking_steps(doc: Doc, steps: Iterable[str]) -> list[str]:
    """Those of the steps that have not been taken on a Doc that has been read."""
    done = doc.user_data[_READING]["done"]
    return [step for step in steps if step not in done]


def to_plain(reading: Reading) -> dict[str, Any]:
    """Takes a reading apart into what spaCy can save: arrays, lists, strings and numbers, without the text.

    >>> from quotekit.reader.reading import Reading
    >>> reading = Reading.from_rows("Go!", [(0, 2, "VERB", "root", 0), (2, 3, "PUNCT", "punct", 0)])
    >>> from_plain("Go!", to_plain(reading)).upos
    ['VERB', 'PUNCT']
    """
    return {
        "starts": reading.starts,
        "ends": reading.ends,
        "sent_starts": reading.sent_starts,
        "upos": reading.upos,
        "morph": reading.morph,
        "heads": reading.heads,
        "deps": reading.deps,
        "entities": [list(entity) for entity in reading.entities],
        "roles": [list(role) for role in reading.roles],
        "frames": [[frame.cue, frame.source, list(frame.contents), frame.confidence] for frame in reading.frames],
        "meanings": reading.meanings,
    }


def from_plain(text: str, stored: dict[str, Any]) -> Reading:
    """Puts together what `to_plain` took apart."""
    from quotekit.reader.reading import Entity, Frame, Reading, RoleSpan

    return Reading(
        text=text,
        starts=stored["starts"],
        ends=stored["ends"],
        sent_starts=stored["sent_starts"],
        upos=stored["upos"],
        morph=stored["morph"],
        heads=stored["heads"],
        deps=stored["deps"],
        entities=tuple(Entity(*entity) for entity in stored["entities"]),
        roles=tuple(RoleSpan(*role) for role in stored["roles"]),
        frames=tuple(
            Frame(cue, source, tuple(contents), confidence) for cue, source, contents, confidence in stored["frames"]
        ),
        meanings=stored["meanings"],
    )
