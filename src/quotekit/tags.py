"""The tag of a quotation, by grammar alone: “No,” said the old man; Then Tom asked: “Why?”."""

from __future__ import annotations

import functools
from bisect import bisect_left
from typing import NamedTuple

from quotekit.constructions import noun_phrase
from quotekit.lemma import lemma
from quotekit.lexicon import load_table
from quotekit.reader.reading import Reading

__all__ = ["Tag", "find_tag", "is_saying", "subject_of"]

Bounds = tuple[int, int]

_NARROW = 2
"""Tokens that may stand between a verb of saying and its subject: adverbs."""
_LONGEST_SUBJECT = 9
"""Tokens from a quotation to the verb of the tag that follows it."""
_PRONOUNS = ("he", "she", "they", "i", "we")
_PAUSES = ",?!—–-…"
"""What stands at a quotation's end where a tag of the same sentence follows."""
_FINITE = ("Past", "Pres", "PastPart", "")
_NOMINAL = ("DET", "ADJ", "NUM", "NOUN", "PROPN", "PRON")
_MARKS = "”\"'’»›“ "
_ANNOUNCING = (":", ",", "--", "—", "–")


class Tag(NamedTuple):
    """Who says something and the verb that says so; character offsets.

    >>> Tag(source=(9, 11), cue=(5, 8)).cue
    (5, 8)
    """

    source: Bounds
    cue: Bounds


@functools.cache
def _saying() -> frozenset[str]:
    return frozenset(row[0] for row in load_table("cues") if row[1] in ("speech", "writing"))


def is_saying(reading: Reading, token: int) -> bool:
    """Whether a token is a finite verb that reports speech or writing."""
    return (
        reading.upos[token] == "VERB"
        and reading.morph[token] not in ("Imp", "Inf", "Ger")
        and lemma(reading.word(token), "VERB").lower() in _saying()
    )


def subject_of(reading: Reading, verb: int) -> Bounds | None:
    """Characters of the subject beside a verb; who stands beside it stands in for one that the parse lost."""
    for child in reading.children(verb, "nsubj"):
        first, last = reading.subtree(child)
        if 0 < verb - child <= _NARROW or 0 < first - verb <= _NARROW:
            start, end = noun_phrase(reading, child)
            return (start, min(end, int(reading.ends[min(last, verb) - 1]))) if child < verb else (start, end)
    for beside in (verb - 1, verb + 1):
        if 0 <= beside < len(reading) and (reading.upos[beside] == "PROPN" or reading.lower(beside) in _PRONOUNS):
            return int(reading.starts[beside]), int(reading.ends[beside])
    return None


def find_tag(reading: Reading, start: int, end: int) -> Tag | None:
    """Finds the tag that follows a quotation at once, or that announces it.

    Args:
        reading: The reading of the text.
        start: Offset of the quotation's opening mark.
        end: Offset after its closing mark.

    Returns:
        The tag; None where none stands beside the quotation.

    >>> rows = [(0, 1, "PUNCT", "punct", 1), (1, 3, "INTJ", "ccomp", 4), (3, 4, "PUNCT", "punct", 1),
    ...         (4, 5, "PUNCT", "punct", 1), (6, 10, "VERB", "root", 4), (11, 14, "PROPN", "nsubj", 4)]
    >>> reading = Reading.from_rows("“No,” said Bea", rows, morph={4: "Past"})
    >>> find_tag(reading, 0, 5)
    Tag(source=(11, 14), cue=(6, 10))
    """
    return _after(reading, start, end) or _before(reading, start)


def _after(reading: Reading, start: int, end: int) -> Tag | None:
    first = bisect_left(reading.starts, end)
    while first < len(reading) and reading.upos[first] == "SPACE":
        first += 1
    if first >= len(reading) or reading.text[end : int(reading.starts[first])].count("\n") > 1:
        return None
    if reading.text[start:end].rstrip(_MARKS)[-1:] not in tuple(_PAUSES):
        return None
    inverted = _inverted(reading, first)
    if inverted is not None:
        return inverted
    for verb in range(first + 1, min(first + _LONGEST_SUBJECT, len(reading))):
        if is_saying(reading, verb):
            source = _run_of_nouns(reading, first, verb) or subject_of(reading, verb)
            is_whole = source is not None and source[0] == int(reading.starts[first])
            if source is None or not is_whole or _says_more(reading, verb):
                return None
            return Tag(source, (int(reading.starts[verb]), int(reading.ends[verb])))
        if reading.upos[verb] in ("VERB", "AUX", "SPACE", "CCONJ", "SCONJ") or reading.word(verb) in ".!?:;":
            return None
    return None


def _run_of_nouns(reading: Reading, first: int, verb: int) -> Bounds | None:
    """Characters of the noun phrase that fills the room before a verb whose subject the parse lost."""
    if any(c < verb for c in reading.children(verb, "nsubj")) or any(
        reading.upos[t] not in _NOMINAL for t in range(first, verb)
    ):
        return None
    is_noun = reading.upos[verb - 1] in ("NOUN", "PROPN") or reading.lower(verb - 1) in _PRONOUNS
    return (int(reading.starts[first]), int(reading.ends[verb - 1])) if is_noun else None


def _inverted(reading: Reading, verb: int) -> Tag | None:
    """A small verb right behind the mark, and the noun phrase that acts behind it: whatever the verb, it is a tag."""
    if reading.upos[verb] != "VERB" or reading.morph[verb] not in _FINITE or not reading.word(verb).islower():
        return None
    first = verb + 1
    if first < len(reading) and reading.upos[first] in ("ADP", "ADV", "PART") and first + 1 < len(reading):
        first += 1
    last = first
    while last < min(first + _LONGEST_SUBJECT, len(reading)) and reading.upos[last] in _NOMINAL:
        last += 1
        if reading.lower(last - 1) in _PRONOUNS:
            break
    head = last - 1
    if last == first or (reading.upos[head] == "PRON" and reading.lower(head) not in _PRONOUNS):
        return None
    if reading.upos[head] not in ("NOUN", "PROPN", "PRON") or _says_more(reading, verb):
        return None
    cue = int(reading.starts[verb]), int(reading.ends[verb])
    return Tag((int(reading.starts[first]), int(reading.ends[head])), cue)


def _says_more(reading: Reading, verb: int) -> bool:
    """Whether a verb has what is said behind it: “Stop!” He said that it was late."""
    return any(c > verb and reading.lower(c) not in _PRONOUNS for c in reading.children(verb, "ccomp", "xcomp"))


def _before(reading: Reading, start: int) -> Tag | None:
    """The tag of the clause that a colon, a comma or a dash ends before a quotation."""
    last = bisect_left(reading.starts, start) - 1
    while last >= 0 and reading.upos[last] == "SPACE":
        last -= 1
    if last < 1 or reading.word(last) not in _ANNOUNCING:
        return None
    if reading.word(last) == "," and "\n\n" in reading.text[int(reading.ends[last]) : start]:
        return None
    first, _ = reading.sentence(last)
    for verb in range(last - 1, first - 1, -1):
        if not is_saying(reading, verb):
            continue
        if any(verb < c for c in reading.children(verb, "ccomp")) or reading.deps[verb] == "acl:relcl":
            return None
        subject = _shared_subject(reading, verb)
        if subject is not None and subject[1] <= int(reading.starts[verb]):
            return Tag(subject, (int(reading.starts[verb]), int(reading.ends[verb])))
        return None
    return None


def _shared_subject(reading: Reading, verb: int) -> Bounds | None:
    """Characters of a verb's subject, or of the one that it shares: "He raised his head and said"."""
    seen = 0
    while seen < _LONGEST_SUBJECT:
        subjects = [c for c in reading.children(verb, "nsubj") if reading.deps[c] == "nsubj"]
        if subjects:
            return noun_phrase(reading, subjects[0])
        if reading.deps[verb] not in ("conj", "advcl", "parataxis", "xcomp"):
            return None
        verb = int(reading.heads[verb])
        seen += 1
    return None
