"""Bodies with long names, whose reach letters in brackets or lists of fields tell.

The reader often ends such a name at its small words and commas: the Department for Environment, Food and Rural Affairs.
"""

from __future__ import annotations

from quotekit.reader.reading import Entity, Reading
from quotekit.speakers import names

__all__ = ["with_long_names"]

_LONGEST = 14
"""Tokens of a name before its letters in brackets."""
_FEWEST_LETTERS = 2
_FEWEST_SPARSE = 3
"""Letters of an acronym that leaves some of a name's words out."""
_OFFICES = frozenset(
    ("ministry", "department", "office", "committee", "commission", "agency", "directorate", "institute", "bureau")
)
"""What is named for the several fields that it is there for."""


def with_long_names(reading: Reading, entities: list[Entity]) -> list[Entity]:
    """Entities, with the long names of bodies whole.

    Args:
        reading: The reading of a text.
        entities: Its names, in text order.

    Returns:
        Entities in text order that do not overlap.
    """
    found = entities
    for first, last in [*_with_fields(reading, entities), *_before_letters(reading)]:
        inside = [e for e in found if e.first < last and e.last > first]
        # United Nations Office for, of the one for the Coordination of Humanitarian Affairs
        first = min([first, *(e.first for e in inside)])
        if not any(e.first <= first and last <= e.last for e in inside):
            found = sorted([*(e for e in found if e not in inside), Entity(first, last, "ORG")])
    return found


def _before_letters(reading: Reading) -> list[tuple[int, int]]:
    """The names that letters in brackets stand for: the Rural Roads and Bridges Agency (RRBA)."""
    found: list[tuple[int, int]] = []
    for opening in range(1, len(reading) - 2):
        if reading.word(opening) != "(" or reading.word(opening + 2) != ")":
            continue
        word = reading.word(opening + 1)
        letters = names.plain(word)
        if not names.is_acronym(word) or len(letters) < _FEWEST_LETTERS:
            continue
        first = _spelled(reading, letters, opening)
        is_inside = first is not None and names.is_small(reading.word(first - 1)) and reading.upos[first - 1] != "DET"
        if (first is None or is_inside) and len(letters) >= _FEWEST_SPARSE:
            # The Rally for the Return of *Refugees and Democracy in Rwanda* (RDR)
            whole = _spelled_in_part(reading, letters, opening)
            first = first if whole is None else whole
        if first is not None and opening - first > 1:
            found.append((first, opening))
    return found


def _spelled(reading: Reading, letters: str, last: int) -> int | None:
    """First token of a name, of which each word with a capital has one of the letters, and small words none."""
    floor = max(reading.sentence(last)[0], last - _LONGEST)
    rest, passed = len(letters), 0
    token = last
    while rest and token > floor:
        token -= 1
        word = reading.word(token)
        if names.is_small(word) or word in (",", "-", "&"):
            continue
        if word[:1].lower() == letters[rest - 1]:
            rest -= 1
        elif word.islower() and reading.upos[token] in ("NOUN", "ADJ") and not passed:
            # Healthcare *products* Regulatory Agency
            passed += 1
        else:
            return None
    return token if not rest and reading.word(token)[:1].isupper() else None


def _spelled_in_part(reading: Reading, letters: str, last: int) -> int | None:
    """First token of a name that is all of a source, where its letters leave some of its words out."""
    source = next(
        (r for r in reading.roles if r.role == "source" and r.start < reading._starts[last] <= r.end + 1), None
    )
    if source is None:
        return None
    tokens = [t for t in reading.tokens_in(source.start, source.end) if t < last]
    while tokens and not (reading.word(tokens[0])[:1].isupper() and reading.upos[tokens[0]] != "DET"):
        del tokens[0]
    words = [reading.word(t) for t in tokens]
    if not words or tokens[-1] != last - 1 or not all(w[:1].isupper() or names.is_small(w) for w in words):
        return None
    initials = [w[0].lower() for w in words if w[0].isupper()]
    at = iter(initials)
    is_whole = initials[0] == letters[0] and initials[-1] == letters[-1] and all(letter in at for letter in letters)
    return tokens[0] if is_whole else None


def _with_fields(reading: Reading, entities: list[Entity]) -> list[tuple[int, int]]:
    """The bodies named for several fields: the Department for Environment, Food and Rural Affairs."""
    whole = {(e.first, e.last) for e in entities if e.label in ("PERSON", "ORG", "LOC")}
    found: list[tuple[int, int]] = []
    for noun in range(len(reading) - 4):
        is_office = reading.lower(noun) in _OFFICES and reading.word(noun).istitle()
        if not is_office or reading.lower(noun + 1) not in ("of", "for", "on"):
            continue
        first, stop, fields = noun + 2, reading.sentence(noun)[1], 0
        while first < stop:
            last = first
            while last < stop and reading.word(last).istitle() and not names.is_acronym(reading.word(last)):
                last += 1
            # The Department of Transport, Network Rail and Avanti
            is_other = fields > 0 and (first, last) in whole
            if last == first or last >= stop or is_other:
                break
            fields += 1
            joined = reading.lower(last)
            if joined == "," and last + 1 < stop:
                first = last + 1 + (reading.lower(last + 1) in ("and", "&"))
            elif joined in ("and", "&") and fields > 1:
                first = last + 1
            else:
                if fields > 2 and reading.lower(first - 1) in ("and", "&"):
                    found.append((noun, last))
                break
    return found
