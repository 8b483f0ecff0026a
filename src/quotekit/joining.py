"""Extractions moved to another place, and several put together into one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from quotekit.types import REFERENCES, DocumentInfo, Extraction, Record, Span

_LETTERS = {"speakers": "s", "quotes": "q", "attributions": "a", "claims": "c", "threats": "t"}
"""The lists of an extraction, with the letters that their ids begin with."""


def on_text(extraction: Extraction, text: str) -> Extraction:
    """Moves an extraction to a text of the same length, of which another spelling was read.

    >>> on_text(Extraction(text="It rained."), "It \ufffdained.").text
    'It \ufffdained.'
    """
    return Extraction(**{name: _moved(value, text, 0) for name, value in {**extraction.__dict__, "text": text}.items()})


def joined(text: str, parts: Sequence[tuple[int, Extraction]]) -> Extraction:
    """Puts together what was found in the parts of a text.

    Nobody is the same in two parts: speakers and claims stay those of their part. Headline, byline and date are kept
    where there is but one part.

    Args:
        text: The whole text.
        parts: For each part where it starts in the text, in characters, and what was found in it, in text order.

    Returns:
        One extraction with the offsets of the whole text and new ids.

    >>> parts = [(0, Extraction(text="It rained.")), (11, Extraction(text="It poured."))]
    >>> joined("It rained. It poured.", parts).text
    'It rained. It poured.'
    """
    lists: dict[str, list[Record]] = {field: [] for field in _LETTERS}
    junk: list[Span] = []
    for start, part in parts:
        names = {
            field: {record.id: f"{letter}{len(lists[field]) + i}" for i, record in enumerate(getattr(part, field), 1)}
            for field, letter in _LETTERS.items()
        }
        for field, records in lists.items():
            records += [_renamed(_moved(record, text, start), field, names) for record in getattr(part, field)]
        if part.document is not None:
            junk += _moved(part.document.boilerplate, text, start)
    document = parts[0][1].document if len(parts) == 1 else None
    update = {"boilerplate": tuple(junk)}
    document = DocumentInfo(**update) if document is None else document.model_copy(update=update)
    return Extraction(text=text, document=document, **{field: tuple(records) for field, records in lists.items()})


def _moved(value: Any, text: str, offset: int) -> Any:
    """A record, or several, cut anew out of another text, so many characters further on."""
    if isinstance(value, Span):
        return Span.of(text, value.start + offset, value.end + offset)
    if isinstance(value, Record):
        return type(value)(**{name: _moved(inner, text, offset) for name, inner in value.__dict__.items()})
    return tuple(_moved(item, text, offset) for item in value) if isinstance(value, tuple) else value


def _renamed(record: Any, field: str, names: Mapping[str, Mapping[str, str]]) -> Any:
    update: dict[str, Any] = {"id": names[field][record.id]}
    for name, value in record.__dict__.items():
        known = names.get(REFERENCES.get(name, ""))
        if known is not None and value is not None:
            update[name] = known[value] if isinstance(value, str) else tuple(known[one] for one in value)
    return record.model_copy(update=update)
