"""Tags by grammar alone: “No,” said the old man; Then Tom asked: “Why?”; the yards, say old hands, lose money."""

from __future__ import annotations

import functools
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from quotekit.constructions import noun_phrase, speaker_nouns
from quotekit.lemma import lemma
from quotekit.lexicon import load_table
from quotekit.reader.reading import Reading

__all__ = ["NAMING", "SetOff", "Tag", "find_set_off", "find_tag", "is_saying", "subject_of"]

Bounds = tuple[int, int]

NAMING = frozenset(("know", "known as", "call", "name", "dub", "nickname", "title", "christen"))
"""Cues that, of a thing alone, only say what it is called."""
_TOLD = frozenset(("tell", "inform", "notify", "assure", "reassure", "remind", "convince", "persuade", "thank"))
"""Verbs of saying whose object hears it: who stands behind them never says it."""
_NARROW = 2
"""Tokens that may stand between a verb of saying and its subject: adverbs."""
_LONGEST_SUBJECT = 9
"""Tokens from a quotation to the verb of the tag that follows it."""
_PRONOUNS = ("he", "she", "they", "i", "we")
_PAUSES = ",?!—–-…"
"""What stands at a quotation's end where a tag of the same sentence follows."""
_FINITE = ("Past", "Pres", "PastPart", "")
_TIMES = ("DATE", "TIME")
_STOPS = (".", "!", "?", ";", "…")
_NOMINAL = ("DET", "ADJ", "NUM", "NOUN", "PROPN", "PRON")
_MARKS = "”\"'’»›“ "
_RELATIVE = ("who", "whose", "which", "where")
_QUOTING = frozenset("“”„‟«»‹›‘’\"'")
_ANNOUNCING = (":", ",", "--", "—", "–")


class Tag(NamedTuple):
    """Who says something and the verb that says so; character offsets.

    >>> Tag(source=(9, 11), cue=(5, 8)).cue
    (5, 8)
    """

    source: Bounds
    cue: Bounds


class SetOff(NamedTuple):
    """A tag that commas set off from the words it tells, the verb before whoever says them; character offsets.

    >>> SetOff(Tag(source=(20, 29), cue=(15, 19)), ((0, 13), (31, 45))).contents[1]
    (31, 45)
    """

    tag: Tag
    contents: tuple[Bounds, ...]


@functools.cache
def _saying() -> frozenset[str]:
    return frozenset(row[0] for row in load_table("cues") if row[1] in ("speech", "writing"))


def is_saying(reading: Reading, token: int, *, thoughts: bool = False) -> bool:
    """Whether a token is a finite verb that reports speech or writing, or thoughts where those count too."""
    return (
        reading.upos[token] == "VERB"
        and reading.morph[token] not in ("Imp", "Inf", "Ger")
        and lemma(reading.word(token), "VERB").lower() in (_saying() | _thinking() if thoughts else _saying())
    )


@functools.cache
def _thinking() -> frozenset[str]:
    return frozenset(row[0] for row in load_table("cues") if row[1] == "thought") - NAMING


@functools.cache
def _telling() -> frozenset[str]:
    """Verbs that may stand before their subject in a tag: those of saying, and of thinking ("thinks Moen")."""
    return (_saying() | _thinking()) - NAMING - _TOLD


def find_set_off(reading: Reading) -> Iterator[SetOff]:
    """Finds tags amid or behind what they tell, with the verb first and no quotation marks.

    The parser seldom knows them: it makes "said old hands" a relative clause, and of who speaks an object.

    Args:
        reading: The reading of the text.

    Yields:
        Each tag with what its sentence says.

    >>> words = [("Ships", "NOUN", "nsubj", 5), (",", "PUNCT", "punct", 0), ("says", "VERB", "acl", 0),
    ...          ("Bea", "PROPN", "obj", 2), (",", "PUNCT", "punct", 0), ("sink", "VERB", "root", 5)]
    >>> starts = [0, 5, 7, 12, 15, 17]
    >>> rows = [(at, at + len(w), upos, dep, head) for at, (w, upos, dep, head) in zip(starts, words)]
    >>> reading = Reading.from_rows("Ships, says Bea, sink", rows, morph={2: "Pres", 5: "Pres"})
    >>> [found.contents for found in find_set_off(reading)]
    [((0, 5), (17, 21))]
    """
    for verb in range(2, len(reading) - 1):
        if (
            reading.upos[verb] == "VERB"
            and reading.word(verb - 1) == ","
            and reading.morph[verb] in _FINITE
            and lemma(reading.word(verb), "VERB").lower() in _telling()
        ):
            found = _set_off(reading, verb)
            if found is not None:
                yield found


def _set_off(reading: Reading, verb: int) -> SetOff | None:
    is_joined = reading.deps[verb] == "conj"
    # A subject and its verb have two commas between them or none.
    subjects = [c for c in reading.children(verb, "nsubj") if c < verb]
    if any(reading.word(t) == "," for c in subjects for t in range(c, verb - 1)):
        return None
    if is_joined and reading.children(verb, "cc"):
        return None
    first, last = reading.sentence(verb)
    while last > verb and reading.upos[last - 1] == "SPACE":
        last -= 1
    begin = verb + 1
    if reading.upos[begin] in ("ADP", "ADV") and reading.deps[begin] in ("compound:prt", "advmod"):
        # "pointed out", "shot back"
        begin += 1
    end, is_somebody = _teller(reading, begin, last)
    # A tag inside of marks, or between two quotations, is not set off by its commas alone.
    marks = sum(reading.word(t) in _QUOTING for t in range(first, verb))
    if end == begin or verb - 1 <= first or marks % 2 or any(reading.word(t) in _QUOTING for t in range(verb, last)):
        return None
    after = end
    if end < last and reading.lower(end) in _RELATIVE:
        # "say two men who were there, …"
        after = next((t for t in range(end, last) if reading.word(t) == ","), end)
    is_closed = after >= last or reading.word(after) in _STOPS
    if not is_closed and (is_joined or reading.word(after) != ","):
        # "He rose, thanked the judges, and left"
        return None
    before = _has_clause(reading, first, verb - 1)
    behind = not is_closed and _has_clause(reading, after + 1, last)
    if before and not (is_somebody or _is_cue(reading, verb)):
        return None
    if before and subjects and any(reading.children(t, "nsubj") for t in range(first, verb - 1)):
        return None
    if before and not is_closed and not _describes(reading, after + 1, last):
        # What follows may be the next deed of a list.
        return None
    if not before and not behind:
        return None
    contents = [_bounds(reading, first, verb - 1)]
    if not before:
        while last > end and reading.word(last - 1) in _STOPS:
            last -= 1
        contents.append(_bounds(reading, after + 1, last))
    tag = Tag(_bounds(reading, begin, end), _bounds(reading, verb, begin))
    return SetOff(tag, tuple(contents))


def _bounds(reading: Reading, first: int, last: int) -> Bounds:
    return int(reading.starts[first]), int(reading.ends[last - 1])


def _teller(reading: Reading, first: int, last: int) -> tuple[int, bool]:
    """The token after a noun phrase that begins at ``first``, and whether it names somebody."""
    end = first
    while end < min(last, first + _LONGEST_SUBJECT):
        is_joined = end > first and end + 1 < last and reading.upos[end + 1] in _NOMINAL
        if reading.lower(end) in _RELATIVE or (
            reading.upos[end] not in _NOMINAL
            and not (
                is_joined and (reading.lower(end) in ("of", "for", "at", "from", "and") or reading.upos[end] == "PART")
            )
        ):
            break
        end += 1
    times = {token for entity in reading.entities if entity.label in _TIMES for token in range(*entity[:2])}
    nouns = [t for t in range(first, end) if reading.upos[t] in ("NOUN", "PROPN")]
    if times.intersection(nouns) or not (nouns or (end == first + 1 and reading.lower(first) in _PRONOUNS)):
        return first, False
    return end, not nouns or any(
        reading.upos[t] == "PROPN" or lemma(reading.word(t), "NOUN").lower() in speaker_nouns() for t in nouns
    )


def _is_cue(reading: Reading, token: int) -> bool:
    """Whether the reader takes a token for a cue."""
    start = int(reading.starts[token])
    return any(role.role == "cue" and role.start <= start < role.end for role in reading.roles)


def _has_clause(reading: Reading, first: int, last: int) -> bool:
    """Whether a verb with a tense of its own stands among tokens, not below one of their nouns."""
    for token in range(first, last):
        helpers = reading.children(token, "aux", "cop")
        finite = any(reading.morph[t] in ("Past", "Pres") and first <= t < last for t in (token, *helpers))
        is_clause = reading.upos[token] in ("VERB", "AUX") or any(first <= t < last for t in helpers)
        if is_clause and finite and not reading.deps[token].startswith(("acl", "amod", "aux", "cop")):
            return True
    return False


def _describes(reading: Reading, first: int, last: int) -> bool:
    """Whether what follows a teller only says who that is: an apposition or a relative clause."""
    return first < last and (
        reading.lower(first) in _RELATIVE
        or (reading.upos[first] in ("DET", "ADJ", "NOUN", "PROPN", "PRON") and not _has_clause(reading, first, last))
    )


def subject_of(reading: Reading, verb: int) -> Bounds | None:
    """Characters of the subject beside a verb; who stands beside it stands in for one that the parse lost."""
    for child in reading.children(verb, "nsubj"):
        first, last = reading.subtree(child)
        if 0 < verb - child <= _NARROW or 0 <= verb - last < _NARROW or 0 < first - verb <= _NARROW:
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
    is_verb = reading.upos[verb] == "VERB" and reading.morph[verb] in _FINITE
    if not (is_verb or _is_noun_for_verb(reading, verb)) or not reading.word(verb).islower():
        return None
    first = verb + 1
    if first < len(reading) and reading.upos[first] in ("ADP", "ADV", "PART") and first + 1 < len(reading):
        first += 1
    last = first
    while last < min(first + _LONGEST_SUBJECT, len(reading)) and (
        reading.upos[last] in _NOMINAL or _joins_name(reading, first, last)
    ):
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


def _is_noun_for_verb(reading: Reading, token: int) -> bool:
    """Whether the parse takes a verb of saying before a name for a noun: “Stay at home,” tweets Bea."""
    return (
        reading.upos[token] in ("NOUN", "ADJ")
        and reading.lower(token).endswith("s")
        and lemma(reading.word(token), "VERB").lower() in _saying()
        and token + 1 < len(reading)
        and reading.upos[token + 1] == "PROPN"
    )


def _joins_name(reading: Reading, first: int, token: int) -> bool:
    """Whether a small word stands within a name: "Transport for Wales"."""
    return (
        first < token < len(reading) - 1
        and reading.lower(token) in ("of", "for")
        and reading.upos[token - 1] == "PROPN"
        and reading.upos[token + 1] == "PROPN"
    )


def _says_more(reading: Reading, verb: int) -> bool:
    """Whether a verb has what is said behind it: “Stop!” He said that it was late.

    A quotation that goes on there (“Stop,” he said, “or else”) is not more than that.
    """
    return any(
        c > verb
        and reading.lower(c) not in _PRONOUNS
        and not any(reading.word(t) in _MARKS for t in range(verb + 1, c + 1))
        for c in reading.children(verb, "ccomp", "xcomp")
    )


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
