"""What quotekit writes on a Doc: the only code that touches ``doc._`` and ``doc.user_data``.

Everything is stored as plain data, so that Docs go unharmed through ``n_process=2``, ``DocBin`` and
``Doc.to_bytes``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from spacy.tokens import Doc

from quotekit.errors import ClashError

if TYPE_CHECKING:
    from quotekit.reader.reading import Reading
    from quotekit.types import Extraction

NAME = "quotekit"
"""Name of the extension ``doc._.quotekit``, and of what is stored behind it."""
_READING = "quotekit_reading"


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
    """What quotekit found in the Doc; None where it has not read this text.

    >>> from spacy.lang.en import English
    >>> stored_extraction(English()("It rained.")) is None
    True
    """
    from quotekit.types import Extraction

    stored = doc.user_data.get(NAME)
    if stored is None:
        return None
    extraction = Extraction.model_validate_json(stored)
    # spaCy hands user data on to pieces of a Doc and to merged Docs.
    return extraction if extraction.text == doc.text else None


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
    doc.user_data[NAME] = extraction.model_dump_json()


def store_reading(doc: Doc, reading: Reading) -> None:
    """Writes a reading on the Doc, for the steps to come."""
    doc.user_data[_READING] = to_plain(reading)


def stored_reading(doc: Doc) -> Reading | None:
    """The reading of the Doc; None where there is none."""
    stored = doc.user_data.get(_READING)
    return None if stored is None else from_plain(doc.text, stored)


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
    )
