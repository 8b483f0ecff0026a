"""What a text says outside its quotations: the words of whoever wrote it."""

from __future__ import annotations

from quotekit.types import Extraction, Span


def outside_quotes(extraction: Extraction, *, only_speech: bool = True) -> tuple[Span, ...]:
    """The pieces of a text that lie outside its quotations, in text order.

    A quotation goes with its marks. Pieces begin and end with a character that is no blank; a piece of blanks alone is
    none. Indirect speech has no marks and stays.

    Args:
        extraction: What was found, with its text.
        only_speech: Whether only speech counts as a quotation, so that titles, nicknames and scare quotes stay; False
            for everything in marks.

    Returns:
        Spans of ``extraction.text``; one for each stretch between two quotations that has a word or a mark in it.

    >>> from quotekit import extract
    >>> found = extract("“We wait,” Anna Lund said. “For the ferry.”")
    >>> [span.text for span in outside_quotes(found)]
    ['Anna Lund said.']
    """
    text = extraction.text
    pieces: list[Span] = []
    at = 0
    # Quotations stand in text order; one that lies in another ends before it and adds nothing.
    for quote in extraction.quotes:
        if only_speech and not quote.is_speech:
            continue
        _add(pieces, text, at, quote.span.start)
        at = max(at, quote.span.end)
    _add(pieces, text, at, len(text))
    return tuple(pieces)


def _add(pieces: list[Span], text: str, start: int, end: int) -> None:
    """Adds a piece without the blanks at its ends, if anything is left of it."""
    words = text[start:end].strip()
    if start < end and words:
        start = text.index(words, start)
        pieces.append(Span.of(text, start, start + len(words)))
