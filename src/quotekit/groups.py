"""What was found as a span group of the Doc, for displaCy and span matchers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from spacy.tokens import Span as DocSpan
from spacy.tokens import SpanGroup

from quotekit.errors import ClashError

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from quotekit.types import Extraction, Span

LABELS = ("SOURCE", "CUE", "CONTENT", "CONDITION", "CONSEQUENCE")
"""Labels of the spans in the group."""
_ATTRIBUTES = {"by": "quotekit"}


def write_group(doc: Doc, extraction: Extraction, key: str) -> None:
    """Writes sources, cues, contents, conditions and consequences as a span group.

    Where tokens do not end with the span, whole tokens that hold it are taken; the extraction keeps the exact
    characters.

    Args:
        doc: The Doc that was read; changed in place.
        extraction: What was found in it.
        key: Name of the group; a group of quotekit's own by that name is replaced.

    Raises:
        ClashError: The Doc has a group of that name from other code.

    >>> import spacy
    >>> from quotekit.types import Extraction
    >>> doc = spacy.blank("en")("It rained.")
    >>> write_group(doc, Extraction(text=doc.text), "quotekit")
    >>> len(doc.spans["quotekit"])
    0
    """
    if key in doc.spans and not _is_own(doc.spans[key]):
        raise ClashError(
            f"doc.spans[{key!r}] is taken by other code. "
            'Give another name in the config, {"spans_key": "..."}, or None for no group.'
        )
    spans: list[DocSpan] = []
    for span, label in _labelled(extraction):
        tokens = doc.char_span(span.start, span.end, label=label, alignment_mode="expand")
        if tokens is not None:
            spans.append(tokens)
    doc.spans[key] = SpanGroup(doc, name=key, spans=spans, attrs=_ATTRIBUTES)


def _is_own(group: SpanGroup) -> bool:
    # By labels as well: Doc.from_docs does not keep the attributes of a group. By them first: where tokens have been
    # merged since, spaCy cannot give the spans of the group.
    return group.attrs == _ATTRIBUTES or all(span.label_ in LABELS for span in group)


def _labelled(extraction: Extraction) -> Iterator[tuple[Span, str]]:
    for said in extraction.attributions:
        if said.source:
            yield said.source, "SOURCE"
        if said.cue:
            yield said.cue.span, "CUE"
        yield from ((piece, "CONTENT") for piece in said.content)
    for threat in extraction.threats:
        yield from ((piece, "CONDITION") for piece in threat.condition)
        yield from ((piece, "CONSEQUENCE") for piece in threat.consequence)
