"""Attributions that grammar gives where the reader marked none: source phrases and reports inside reports.

The reader learned from a corpus that marks no report inside another, and it misses a rare phrase now and then. Both can
be told from the parse alone.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import NamedTuple

from quotekit.lemma import lemma
from quotekit.lexicon import load_table
from quotekit.reader.reading import Reading

Bounds = tuple[int, int]

_LONGEST_PHRASE = 160
"""Characters of a source phrase; longer ones are misread."""
_EDGES = " \t\n\r\v\f\u00a0\u2028\u2029,;:–—-"
_CLAUSES = ("acl", "acl:relcl", "advcl", "parataxis", "appos", "conj", "ccomp")
_DETERMINED = ("DET", "PRON", "NUM")


class Told(NamedTuple):
    """Source, cue and contents of one attribution, in character offsets."""

    source: Bounds
    cue: Bounds
    contents: tuple[Bounds, ...]


@functools.cache
def _phrases() -> frozenset[tuple[str, str]]:
    return frozenset((row[0], row[1]) for row in load_table("source_phrases"))


@functools.cache
def _reporting() -> dict[str, bool]:
    """Verbs of saying and writing, and whether their object is the one spoken to."""
    return {row[0]: row[2] == "yes" for row in load_table("cues") if row[1] in ("speech", "writing")}


@functools.cache
def speaker_nouns() -> frozenset[str]:
    """Nouns for those who speak, and for what is written."""
    return frozenset(row[0] for row in load_table("roles"))


def noun_phrase(reading: Reading, token: int) -> Bounds:
    """Characters of a token's subtree without the clauses that hang on it and without stops at its edges.

    Args:
        reading: The reading of the text.
        token: Index of the phrase's head.

    Returns:
        Character offsets, end-exclusive.
    """
    first, last = reading.subtree(token)
    for child in reading.children(token):
        if child > token and (reading.deps[child] in _CLAUSES or reading.word(child) == ","):
            last = min(last, reading.subtree(child)[0], child)
            break
    return _trimmed(reading.text, int(reading.starts[first]), int(reading.ends[last - 1]))


def find_source_phrases(reading: Reading) -> Iterator[Told]:
    """Sentences with a source phrase: "according to X", "in the words of X", "in X's view".

    Args:
        reading: The reading of the text.

    Yields:
        Each phrase's source and cue, with the rest of its sentence as contents.
    """
    for token in range(len(reading) - 1):
        word = reading.lower(token)
        if word == "according" and reading.lower(token + 1) == "to":
            told = _according(reading, token)
        elif word in ("in", "by") and reading.upos[token] == "ADP":
            told = _worded(reading, token)
        else:
            told = None
        if told is not None:
            yield told


@functools.cache
def _undertaking() -> frozenset[str]:
    """Verbs of saying by which somebody is bound to do a thing, or refuses it."""
    acts = ("demand", "offer", "promise", "refusal", "threat")
    minds = frozenset(row[0] for row in load_table("cues") if row[1] not in ("speech", "writing"))
    # What is such an act by its infinitive alone ("need", "ask") must be a verb of saying as well.
    told = _reporting()
    rows = [
        row
        for row in load_table("cue_acts")
        if row[1] in acts and (not row[2] or (row[2].endswith("infinitive") and row[0] in told))
    ]
    return frozenset(row[0] for row in rows) - minds


def find_undertakings(reading: Reading) -> Iterator[Told]:
    """Clauses in which somebody asks for a deed, promises or refuses it: "directed its members to down tools".

    Args:
        reading: The reading of the text.

    Yields:
        Each with the deed as its content, from whoever is to do it on where that is the verb's object.

    >>> words = [("She", "PRON", "nsubj", 1), ("vowed", "VERB", "root", 1), ("to", "PART", "mark", 3),
    ...          ("sue", "VERB", "xcomp", 1)]
    >>> rows = [(at, at + len(w), upos, dep, head) for at, (w, upos, dep, head) in zip([0, 4, 10, 13], words)]
    >>> reading = Reading.from_rows("She vowed to sue", rows, morph={1: "Past", 3: "Inf"})
    >>> [reading.text[slice(*told.contents[0])] for told in find_undertakings(reading)]
    ['to sue']
    """
    for verb in range(len(reading)):
        if reading.upos[verb] != "VERB" or reading.deps[verb] not in ("root", "conj", "parataxis"):
            continue
        helpers = reading.children(verb, "aux")
        if all(reading.morph[t] not in ("Past", "Pres") for t in (verb, *helpers)) or any(
            reading.lower(t) in ("would", "could", "should", "might", "may", "can", "must", "will") for t in helpers
        ):
            continue
        if lemma(reading.word(verb), "VERB").lower() not in _undertaking():
            continue
        subjects = [c for c in reading.children(verb, "nsubj") if reading.deps[c] == "nsubj" and c < verb]
        deeds = [
            c
            for c in reading.children(verb, "xcomp", "advcl")
            if c > verb and any(reading.lower(t) == "to" for t in reading.children(c, "mark"))
        ]
        if not subjects or not deeds or not _is_somebody(reading, subjects[-1]):
            continue
        first, last = reading.subtree(deeds[0])
        asked = [c for c in reading.children(verb, "obj") if verb < c < first]
        begin = reading.subtree(asked[0])[0] if asked else first
        content = _trimmed(reading.text, int(reading.starts[begin]), int(reading.ends[last - 1]))
        cue = int(reading.starts[verb]), int(reading.ends[verb])
        yield Told(noun_phrase(reading, subjects[-1]), cue, (content,))


def _according(reading: Reading, token: int) -> Told | None:
    """Reads "according to X" where X is somebody, not the "plan" of "according to plan"."""
    noun = int(reading.heads[token])
    if noun <= token + 1 or not _is_somebody(reading, noun):
        return None
    begin = int(reading.starts[token + 2])
    _, end = noun_phrase(reading, noun)
    cue = int(reading.starts[token]), int(reading.ends[token + 1])
    return _with_rest(reading, token, (begin, end), cue, (cue[0], _end_of_description(reading, noun, end)))


def _worded(reading: Reading, token: int) -> Told | None:
    """Reads "in the words of X" and "in X's view"."""
    noun = int(reading.heads[token])
    if noun <= token or reading.deps[token] != "case" or (reading.lower(token), reading.lower(noun)) not in _phrases():
        return None
    if reading.deps[noun].partition(":")[0] not in ("obl", "nmod", "parataxis", "advmod", "advcl"):
        return None
    owners = reading.children(noun, "nmod:poss")
    if owners and owners[0] < noun:
        begin, end = noun_phrase(reading, owners[0])
        cue = int(reading.starts[noun]), int(reading.ends[noun])
        whole = int(reading.starts[token]), cue[1]
    else:
        owners = [
            c
            for c in reading.children(noun, "nmod")
            if [reading.lower(x) for x in reading.children(c, "case")] == ["of"]
        ]
        if not owners:
            return None
        of = reading.children(owners[0], "case")[0]
        _, end = noun_phrase(reading, owners[0])
        begin = int(reading.starts[of + 1])
        cue = int(reading.starts[token]), int(reading.ends[of])
        whole = cue[0], _end_of_description(reading, owners[0], end)
    if not _is_somebody(reading, owners[0]):
        return None
    return _with_rest(reading, token, (begin, end), cue, whole)


def _end_of_description(reading: Reading, noun: int, end: int) -> int:
    """Where the relative clause ends that says who a source is: "according to Holm, who keeps the books, …"."""
    clauses = [c for c in reading.children(noun, "acl:relcl") if int(reading.starts[c]) > end]
    return int(reading.ends[reading.subtree(clauses[0])[1] - 1]) if clauses else end


def _is_somebody(reading: Reading, noun: int) -> bool:
    """Whether a noun is a name or has a determiner, an owner or a plural: "police", "a study", "to plan" has none."""
    if reading.upos[noun] in ("PROPN", "PRON") or reading.morph[noun] == "Plur":
        return True
    before = [c for c in reading.children(noun) if c < noun]
    return reading.upos[noun] == "NOUN" and any(
        reading.upos[c] in _DETERMINED or reading.deps[c] in ("nmod:poss", "det") for c in before
    )


def _with_rest(reading: Reading, token: int, source: Bounds, cue: Bounds, phrase: Bounds) -> Told | None:
    """The phrase with what the rest of its sentence says."""
    if not source[0] < source[1] or phrase[1] - phrase[0] > _LONGEST_PHRASE:
        return None
    first, last = reading.sentence(token)
    start, end = int(reading.starts[first]), int(reading.ends[last - 1])
    rest = (_trimmed(reading.text, start, phrase[0]), _trimmed(reading.text, phrase[1], end))
    contents = tuple((a, b) for a, b in rest if a < b and any(c.isalnum() for c in reading.text[a:b]))
    if not contents or not any(
        reading.upos[t] in ("VERB", "AUX") for a, b in contents for t in reading.tokens_in(a, b)
    ):
        return None
    return Told(source, cue, contents)


def find_inner(reading: Reading, start: int, end: int, *, is_quoted: bool) -> Iterator[Told]:
    """Reports inside what somebody says: "Delgado told him she had left" in what her lawyer said.

    A pronoun as the subject most often is the outer speaker again; only in a quotation is "he" or "she" another.

    Args:
        reading: The reading of the text.
        start: Offset of the outer content's first character.
        end: Offset after its last character.
        is_quoted: Whether the outer content is quoted.

    Yields:
        Each inner attribution; its spans lie inside ``[start, end)``.
    """
    tokens = reading.tokens_in(start, end)
    for verb in tokens:
        if reading.upos[verb] != "VERB" or reading.morph[verb] not in ("Past", "Pres", "PastPart", ""):
            continue
        if reading.deps[verb] == "acl:relcl":
            continue
        base = lemma(reading.word(verb), "VERB").lower()
        if base not in _reporting():
            continue
        subjects = [c for c in reading.children(verb, "nsubj") if reading.deps[c] == "nsubj" and c in tokens]
        if not subjects or not _may_speak(reading, subjects[0], is_quoted=is_quoted):
            continue
        relations = ("ccomp", "xcomp") if _reporting()[base] else ("ccomp",)
        for said in reading.children(verb, *relations):
            if said <= verb or not _is_report(reading, verb, said):
                continue
            first, last = reading.subtree(said)
            bounds = _trimmed(reading.text, int(reading.starts[first]), int(reading.ends[last - 1]))
            source = noun_phrase(reading, subjects[0])
            cue = int(reading.starts[verb]), int(reading.ends[verb])
            inside = start <= min(source[0], bounds[0]) and max(bounds[1], source[1]) <= end
            if inside and first > verb and source[0] < source[1] <= cue[0] and last - first > 1:
                yield Told(source, cue, (bounds,))
                break


def find_announcement(reading: Reading, end: int) -> Told | None:
    """Source and cue of a sentence that says who wrote or said what comes below: "She wrote to her brother:".

    Args:
        reading: The reading of the text.
        end: Offset after the colon that ends the sentence.

    Returns:
        Source and cue without contents; None where the sentence reports nothing, or has its own content.
    """
    tokens = reading.tokens_in(end - 1, end)
    if not tokens:
        return None
    first, last = reading.sentence(tokens[0])
    for verb in range(first, last):
        if reading.upos[verb] != "VERB" or lemma(reading.word(verb), "VERB").lower() not in _reporting():
            continue
        subjects = [c for c in reading.children(verb, "nsubj") if reading.deps[c] == "nsubj" and c < verb]
        if subjects and reading.deps[verb] != "acl:relcl" and not reading.children(verb, "ccomp", "xcomp"):
            cue = int(reading.starts[verb]), int(reading.ends[verb])
            return Told(noun_phrase(reading, subjects[0]), cue, ())
    return None


def _may_speak(reading: Reading, subject: int, *, is_quoted: bool) -> bool:
    if reading.upos[subject] == "PRON":
        return is_quoted and reading.lower(subject) in ("he", "she", "they")
    if reading.upos[subject] == "PROPN":
        return True
    return reading.upos[subject] == "NOUN" and lemma(reading.word(subject), "NOUN").lower() in speaker_nouns()


def _is_report(reading: Reading, verb: int, said: int) -> bool:
    """Whether what hangs on a verb is a whole clause: with a subject of its own, or an order to somebody."""
    marks = [reading.lower(c) for c in reading.children(said, "mark")]
    if reading.deps[said] == "xcomp":
        return bool(reading.children(verb, "obj", "iobj")) and marks == ["to"]
    subjects = reading.children(said, "nsubj")
    return bool(subjects) and not (set(marks) - {"that", "if", "whether"}) and not _is_relative(reading, subjects[0])


def _is_relative(reading: Reading, token: int) -> bool:
    return reading.lower(token) in ("which", "who", "that")


def _trimmed(text: str, start: int, end: int) -> Bounds:
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return start, end
