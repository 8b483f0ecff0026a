"""Where mentions stand: in which sentence, paragraph and quotation, as subject, object or address."""

from __future__ import annotations

from bisect import bisect_right

from quotekit.paragraphs import find_paragraphs
from quotekit.reader.reading import Reading
from quotekit.speakers.mentions.mention import Mention
from quotekit.types import Extraction

_NO_VOCATIVE = frozenset(("nsubj", "obj", "iobj", "obl", "nmod", "conj", "xcomp", "compound", "appos", "flat", "amod"))
_OBJECTS = frozenset(("obj", "iobj", "obl"))
_AROUND_VOCATIVE = ("", ",", ".", "!", "?", ";", "—", "-")


def place_mentions(reading: Reading, extraction: Extraction, mentions: list[Mention]) -> None:
    """Says of each mention in which sentence and quotation it stands and whether it is a subject."""
    sentence = reading.sent_starts.cumsum()
    paragraph_starts = [start for start, _ in find_paragraphs(reading.text)]
    pieces: list[tuple[int, int, int]] = []
    for i, quote in enumerate(extraction.quotes):
        if quote.is_speech:
            pieces.extend((piece.start, piece.end, i) for piece in quote.content)
    pieces.sort()
    at = 0
    open_pieces: list[tuple[int, int, int]] = []
    for mention in mentions:
        mention.sentence = int(sentence[mention.head])
        mention.paragraph = max(0, bisect_right(paragraph_starts, mention.start) - 1)
        # In "her deputy, Ada Quist, was calm" she is the subject.
        above = int(reading.heads[mention.head]) if reading.deps[mention.head] == "appos" else mention.head
        mention.is_subject = reading.deps[above].startswith("nsubj")
        if mention.kind == "pronoun" and reading.deps[mention.head].partition(":")[0] in _OBJECTS:
            subjects = reading.children(int(reading.heads[mention.head]), "nsubj", "nsubj:pass")
            mention.acted_on_by = subjects[0] if subjects else None
        while at < len(pieces) and pieces[at][0] <= mention.start:
            open_pieces.append(pieces[at])
            at += 1
        while open_pieces and open_pieces[-1][1] <= mention.start:
            open_pieces.pop()
        mention.quote = open_pieces[-1][2] if open_pieces else None
        if open_pieces and mention.label in ("PERSON", "person"):
            mention.is_vocative = _is_vocative(reading, mention, *open_pieces[-1][:2])


def _is_vocative(reading: Reading, mention: Mention, start: int, end: int) -> bool:
    """Whether a phrase in a quotation calls somebody: commas or the quotation's ends stand on both its sides."""
    text = reading.text
    if reading.deps[mention.head] == "vocative":
        return True
    if mention.number == "plur" or reading.deps[mention.head].partition(":")[0] in _NO_VOCATIVE:
        return False
    before, after = text[start : mention.start].rstrip()[-1:], text[mention.end : end].lstrip()[:1]
    if not before and after in ("", "."):
        # “Father Flynn.” answers who it was.
        return False
    return before in _AROUND_VOCATIVE and after in _AROUND_VOCATIVE
