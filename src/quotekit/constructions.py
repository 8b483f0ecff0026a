"""Attributions that grammar gives where the reader marked none: source phrases and reports inside reports.

The reader learned from a corpus that marks no report inside another, and it misses a rare phrase now and then. Both can
be told from the parse alone.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
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
RELATIVE = ("which", "whom", "whose", "who", "where")
_SHORTEST_CLAUSE = 2
_MARKS = "\"“„«‘'‹`"
_MODALS = ("would", "could", "should", "might", "may", "can", "must", "will")
_SELVES = ("i", "we")
_OWNERS = ("of", "from", "by", "among")
"""Prepositions before whose view, message or verdict it is."""
_TOLD_TO = frozenset(("advise", "direct", "instruct", "order", "remind", "tell", "urge", "warn"))
"""Verbs before "to" that always have whom they tell: as object, or as the subject of a passive."""


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
def _minds() -> frozenset[str]:
    """Verbs and nouns of thought."""
    return frozenset(row[0] for row in load_table("cues") if row[1] == "thought")


@functools.cache
def _beliefs() -> frozenset[str]:
    """Verbs that tell what somebody thinks, not what somebody knows or decides."""
    acts = frozenset(row[0] for row in load_table("cue_acts") if row[1] in ("opinion", "prediction"))
    return frozenset(row[0] for row in load_table("cues") if row[1] in ("thought", "attitude") and row[0] in acts)


@functools.cache
def _phrasal() -> frozenset[str]:
    """Entries of the table of cues with several words: "put at"."""
    return frozenset(row[0] for row in load_table("cues") if " " in row[0])


@functools.cache
def people() -> frozenset[str]:
    """Nouns for persons of any kind."""
    return frozenset(row[0] for row in load_table("person_nouns"))


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
    others = frozenset(row[0] for row in load_table("cues") if row[1] not in ("speech", "writing"))
    # What is such an act by its infinitive alone ("need", "ask") must be a verb of saying as well.
    told = _reporting()
    rows = [
        row
        for row in load_table("cue_acts")
        if row[1] in acts and (not row[2] or (row[2].endswith("infinitive") and row[0] in told))
    ]
    plans = {row[0] for row in rows if row[1] == "promise" and row[0] in _minds()}
    return frozenset(row[0] for row in rows) - (others - plans)


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
        if not _is_finite(reading, verb, helpers):
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


@functools.cache
def _crediting() -> frozenset[str]:
    """Verbs of saying by which somebody is sorry or thankful."""
    return frozenset(row[0] for row in load_table("cue_acts") if row[1] in ("apology", "thanks")) & _reporting().keys()


def find_credits(reading: Reading) -> Iterator[Told]:
    """Clauses in which somebody is sorry or thankful for a thing: "apologised to the families for the delay".

    Args:
        reading: The reading of the text.

    Yields:
        Each with what it is for as its content.

    >>> words = [("He", "PRON", "nsubj", 1), ("apologised", "VERB", "root", 1), ("for", "ADP", "case", 3),
    ...          ("it", "PRON", "obl", 1)]
    >>> rows = [(at, at + len(w), upos, dep, head) for at, (w, upos, dep, head) in zip([0, 3, 14, 18], words)]
    >>> reading = Reading.from_rows("He apologised for it", rows, morph={1: "Past"})
    >>> [reading.text[slice(*told.contents[0])] for told in find_credits(reading)]
    ['for it']
    """
    times = {t for entity in reading.entities if entity.label == "DATE" for t in range(entity.first, entity.last)}
    for verb in range(len(reading)):
        if reading.upos[verb] != "VERB" or lemma(reading.word(verb), "VERB").lower() not in _crediting():
            continue
        subjects = [c for c in reading.children(verb, "nsubj") if reading.deps[c] == "nsubj" and c < verb]
        if not subjects or not _is_finite(reading, verb, reading.children(verb, "aux")):
            continue
        for owed in reading.children(verb, "obl", "advcl"):
            first, last = reading.subtree(owed)
            # "For two hours" is how long, not what for.
            is_long = all(t in times for t in range(first + 1, last))
            if verb < first and reading.lower(first) == "for" and not is_long:
                content = _trimmed(reading.text, int(reading.starts[first]), int(reading.ends[last - 1]))
                cue = int(reading.starts[verb]), int(reading.ends[verb])
                yield Told(noun_phrase(reading, subjects[-1]), cue, (content,))


@functools.cache
def judging() -> frozenset[str]:
    """Verbs of saying that tell what somebody takes a thing for, behind "as": "denounced it as a land grab"."""
    acts = frozenset(row[0] for row in load_table("cue_acts") if row[1] in ("opinion", "denial"))
    return (acts & _reporting().keys()) | {"describe", "reject"}


def find_verdicts(reading: Reading) -> Iterator[Told]:
    """Clauses that say what somebody takes a thing for: "Tennant dismissed the warning as theatre".

    Args:
        reading: The reading of the text.

    Yields:
        Each with what the thing is taken for as its content.

    >>> words = [("She", "PRON", "nsubj", 1), ("dismissed", "VERB", "root", 1), ("it", "PRON", "obj", 1),
    ...          ("as", "ADP", "case", 4), ("theatre", "NOUN", "obl", 1)]
    >>> rows = [(at, at + len(w), upos, dep, head) for at, (w, upos, dep, head) in zip([0, 4, 14, 17, 20], words)]
    >>> reading = Reading.from_rows("She dismissed it as theatre", rows, morph={1: "Past"})
    >>> [reading.text[slice(*told.contents[0])] for told in find_verdicts(reading)]
    ['theatre']
    """
    for verb in range(len(reading)):
        if reading.upos[verb] != "VERB" or lemma(reading.word(verb), "VERB").lower() not in judging():
            continue
        subjects = [c for c in reading.children(verb, "nsubj") if reading.deps[c] == "nsubj" and c < verb]
        things = [c for c in reading.children(verb, "obj") if c > verb]
        if not subjects or not things or not _is_finite(reading, verb, reading.children(verb, "aux")):
            continue
        for taken in reading.children(verb, "obl"):
            first, last = reading.subtree(taken)
            # "Dismissed the coach as manager" is a deed.
            is_office = lemma(reading.word(taken), "NOUN").lower() in people()
            if things[0] < first < taken and reading.lower(first) == "as" and not is_office:
                content = _trimmed(reading.text, int(reading.starts[first + 1]), int(reading.ends[last - 1]))
                cue = int(reading.starts[verb]), int(reading.ends[verb])
                yield Told(noun_phrase(reading, subjects[-1]), cue, (content,))


def _is_finite(reading: Reading, verb: int, helpers: list[int]) -> bool:
    """Whether a verb has a tense, its own or its auxiliary's, and no modal."""
    has_tense = any(reading.morph[t] in ("Past", "Pres") for t in (verb, *helpers))
    return has_tense and all(reading.lower(t) not in _MODALS for t in helpers)


def find_clauses(reading: Reading) -> Iterator[Told]:
    """Clauses that hang on a verb of saying or thinking: "Residents maintain the bridge is unsafe".

    Args:
        reading: The reading of the text.

    Yields:
        Each with the clause as its content.

    >>> words = [("She", "PRON", "nsubj", 1), ("maintains", "VERB", "root", 1), ("it", "PRON", "nsubj", 3),
    ...          ("sank", "VERB", "ccomp", 1), ("twice", "ADV", "advmod", 3)]
    >>> rows = [(at, at + len(w), upos, dep, head) for at, (w, upos, dep, head) in zip([0, 4, 14, 17, 22], words)]
    >>> reading = Reading.from_rows("She maintains it sank twice", rows, morph={1: "Pres", 3: "Past"})
    >>> [reading.text[slice(*told.contents[0])] for told in find_clauses(reading)]
    ['it sank twice']
    """
    for verb in range(len(reading)):
        if reading.upos[verb] != "VERB" or reading.deps[verb] not in ("root", "conj", "parataxis"):
            continue
        base = lemma(reading.word(verb), "VERB").lower()
        is_put = f"{base} it" in _phrasal() and [reading.lower(c) for c in reading.children(verb, "obj", "expl")] == [
            "it"
        ]
        if base not in _beliefs() and base not in _reporting() and not is_put:
            continue
        subjects = [c for c in reading.children(verb, "nsubj") if reading.deps[c] == "nsubj" and c < verb]
        said = [c for c in reading.children(verb, "ccomp") if c > verb and _is_report(reading, verb, c)]
        if not subjects or not said or not _is_finite(reading, verb, reading.children(verb, "aux")):
            continue
        subject = subjects[-1]
        is_named = reading.upos[subject] == "PROPN" or reading.lower(subject) in ("he", "she", "they")
        if not is_named and lemma(reading.word(subject), "NOUN").lower() not in speaker_nouns() | people():
            continue
        first, last = reading.subtree(said[0])
        content = _trimmed(reading.text, int(reading.starts[first]), int(reading.ends[last - 1]))
        cue = int(reading.starts[verb]), int(reading.ends[verb + is_put])
        source = noun_phrase(reading, subject)
        if reading.text[content[0]] in _MARKS:
            # The reader knows quotations, or their marks are those of a part of what is said.
            continue
        if first > verb and source[0] < source[1] <= cue[0] and last - first > _SHORTEST_CLAUSE:
            yield Told(source, cue, (content,))


def find_asides(reading: Reading) -> Iterator[Told]:
    """Clauses with "as" that say whose words the rest of the sentence is: "…, as she put it", "…, as Lund noted".

    Args:
        reading: The reading of the text.

    Yields:
        Each with the rest of its sentence as contents.
    """
    for verb in range(2, len(reading)):
        if reading.upos[verb] != "VERB" or reading.deps[verb] != "advcl" or reading.morph[verb] not in ("Past", "Pres"):
            continue
        first, last = reading.subtree(verb)
        base = lemma(reading.word(verb), "VERB").lower()
        objects = reading.children(verb, "obj", "iobj", "ccomp", "xcomp", "conj")
        is_put = [reading.lower(c) for c in objects] == ["it"] and f"{base} it" in _phrasal()
        subjects = [c for c in reading.children(verb, "nsubj") if reading.deps[c] == "nsubj" and c < verb]
        if reading.lower(first) != "as" or not subjects or not (is_put or (not objects and base in _reporting())):
            continue
        begin, end = reading.sentence(verb)
        while end > last and (reading.upos[end - 1] in ("PUNCT", "SPACE") and reading.word(end - 1) != ","):
            end -= 1
        if first == begin or reading.word(first - 1) != "," or not (last >= end or reading.word(last) == ","):
            continue
        cue = int(reading.starts[verb]), int(reading.ends[objects[0] if is_put else verb])
        phrase = int(reading.starts[first]), int(reading.ends[last - 1])
        told = _with_rest(reading, verb, noun_phrase(reading, subjects[-1]), cue, phrase)
        if told is not None:
            yield told


def find_figures(reading: Reading) -> Iterator[Told]:
    """Clauses that say how much somebody takes a thing for: "A census put their number at 6.1 million".

    Args:
        reading: The reading of the text.

    Yields:
        Each with the thing and the figure as its content.
    """
    for verb in range(1, len(reading)):
        if reading.upos[verb] != "VERB" or f"{lemma(reading.word(verb), 'VERB').lower()} at" not in _phrasal():
            continue
        if not _is_finite(reading, verb, reading.children(verb, "aux")) or reading.deps[verb].startswith("acl"):
            continue
        subjects = [c for c in reading.children(verb, "nsubj") if reading.deps[c] == "nsubj" and c < verb]
        things = [c for c in reading.children(verb, "obj") if c > verb]
        if not things:
            continue
        source = noun_phrase(reading, subjects[-1]) if subjects else _before(reading, verb)
        first, _ = reading.subtree(things[0])
        sentence = reading.sentence(verb)
        at = next((t for t in range(things[0] + 1, sentence[1]) if reading.lower(t) == "at"), None)
        if source is None or at is None or any(reading.word(t) in ",;:" for t in range(first, at)):
            continue
        end = max(reading.subtree(int(reading.heads[at]))[1], at + 1)
        if int(reading.heads[at]) <= at or not any(_is_figure(reading, t) for t in range(at + 1, end)):
            continue
        while end < sentence[1] and reading.starts[end] == reading.ends[end - 1] and reading.word(end)[0].isalnum():
            # "£3.1" and "m"
            end += 1
        stop = int(reading.ends[end - 1])
        content = _trimmed(reading.text, int(reading.starts[first]), stop - reading.text[:stop].endswith("."))
        cue = int(reading.starts[verb]), int(reading.ends[verb])
        if first > verb and source[0] < source[1] <= cue[0]:
            yield Told(source, cue, (content,))


def _is_figure(reading: Reading, token: int) -> bool:
    return reading.upos[token] == "NUM" or any(c.isdigit() for c in reading.word(token))


def _before(reading: Reading, verb: int) -> Bounds | None:
    """The noun phrase that opens a sentence, where the parse hangs it on a participle: "A census held in 2009"."""
    first, _ = reading.sentence(verb)
    nouns = [t for t in range(first, verb) if reading.deps[t] == "nsubj" and int(reading.heads[t]) < verb]
    if not nouns or reading.subtree(nouns[0])[0] != first:
        return None
    return noun_phrase(reading, nouns[0])


def owner_of(reading: Reading, noun: int, owners: Sequence[str] = ("from", "by")) -> Bounds | None:
    """Whose a claim, a view or a message is: "the union's claim", "a message from the union".

    Args:
        reading: The reading of the text.
        noun: Index of the noun.
        owners: Prepositions before whose it is.

    Returns:
        Characters of the owner; None where none is named.
    """
    for child in reading.children(noun, "nmod"):
        if reading.deps[child] == "nmod:poss" and child < noun:
            return noun_phrase(reading, child)
        case = reading.children(child, "case")
        if child > noun and len(case) == 1 and reading.lower(case[0]) in owners and _is_somebody(reading, child):
            start, end = noun_phrase(reading, child)
            return max(start, int(reading.ends[case[0]]) + 1), end
    return None


def find_views(reading: Reading) -> Iterator[Told]:
    """Sentences that say what somebody's view is: "The union's fear is that …", "The message from Lund was clear: …".

    Args:
        reading: The reading of the text.

    Yields:
        Each with what the view is as its content.
    """
    for noun in range(len(reading) - 2):
        if reading.upos[noun] != "NOUN" or not reading.deps[noun].startswith("nsubj"):
            continue
        base = lemma(reading.word(noun), "NOUN").lower()
        if base not in _minds() and base not in _reporting():
            continue
        top = int(reading.heads[noun])
        copula = [c for c in reading.children(top, "cop") if noun < c < top]
        owner = owner_of(reading, noun, _OWNERS)
        if owner is None or not copula or reading.lower(copula[0]) not in ("is", "was"):
            continue
        _, last = reading.sentence(noun)
        while last > top and reading.upos[last - 1] in ("PUNCT", "SPACE"):
            last -= 1
        said = copula[0] + 1
        if said < last and reading.lower(said) == "that" and reading.upos[said] == "SCONJ":
            said += 1
        else:
            colon = next((t for t in range(top, last) if reading.word(t) == ":"), None)
            if colon is None or any(reading.upos[t] in ("NOUN", "PROPN", "VERB") for t in range(said, colon)):
                continue
            said = colon + 1
        content = (
            _trimmed(reading.text, int(reading.starts[said]), int(reading.ends[last - 1])) if said < last else (0, 0)
        )
        if any(reading.upos[t] in ("VERB", "AUX") for t in reading.tokens_in(*content)):
            yield Told(owner, (int(reading.starts[noun]), int(reading.ends[noun])), (content,))


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
    if len(contents) > 1 and opens_relative(reading, contents[0], source):
        # "two summers in which, according to the parks department, …"
        contents = contents[1:]
    if not contents or not any(
        reading.upos[t] in ("VERB", "AUX") for a, b in contents for t in reading.tokens_in(a, b)
    ):
        return None
    return Told(source, cue, contents)


def opens_relative(reading: Reading, front: Bounds, source: Bounds) -> bool:
    """Whether what stands before a source phrase only leads to what is behind it: "in which", "according to whom"."""
    ends = reading.tokens_in(*front)
    return (bool(ends) and reading.lower(ends[-1]) in RELATIVE) or reading.text[slice(*source)].lower() in RELATIVE


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
        if base not in _reporting() and (base not in _beliefs() or _is_supposed(reading, verb)):
            continue
        subjects = [c for c in reading.children(verb, "nsubj") if reading.deps[c] == "nsubj" and c in tokens]
        if not subjects or not _may_speak(reading, subjects[0], verb, is_quoted=is_quoted):
            continue
        relations = ("ccomp", "xcomp") if _reporting().get(base) or base in _undertaking() else ("ccomp",)
        for said in reading.children(verb, *relations):
            if said <= verb or not _is_report(reading, verb, said, binds=base in _undertaking()):
                continue
            first, last = reading.subtree(said)
            bounds = _trimmed(reading.text, int(reading.starts[first]), int(reading.ends[last - 1]))
            source = noun_phrase(reading, subjects[0])
            cue = int(reading.starts[verb]), int(reading.ends[verb])
            inside = start <= min(source[0], bounds[0]) and max(bounds[1], source[1]) <= end
            if inside and first > verb and source[0] < source[1] <= cue[0] and last - first > 1:
                yield Told(source, cue, (bounds,))
                break


def lacks_hearer(reading: Reading, verb: int) -> bool:
    """Whether a verb that takes whom it is told to has nobody: a passive without its auxiliary, as headlines have.

    >>> rows = [(0, 4, "NOUN", "nsubj", 1), (5, 9, "VERB", "root", 1), (10, 12, "PART", "mark", 3),
    ...         (13, 16, "VERB", "xcomp", 1)]
    >>> reading = Reading.from_rows("Firm told to pay", rows, morph={1: "Past"})
    >>> lacks_hearer(reading, 1)
    True
    """
    if verb + 1 >= len(reading) or reading.upos[verb + 1] != "PART" or reading.lower(verb + 1) != "to":
        return False
    is_past = reading.upos[verb] == "VERB" and reading.morph[verb] in ("Past", "PastPart")
    told = is_past and lemma(reading.word(verb), "VERB").lower() in _TOLD_TO
    return told and not reading.children(verb, "obj", "iobj", "aux")


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


def _may_speak(reading: Reading, subject: int, verb: int, *, is_quoted: bool) -> bool:
    word = reading.lower(subject)
    if reading.upos[subject] == "PRON":
        if word in _SELVES:
            # Who says "I think" speaks now; "I thought" reports.
            return is_quoted and _is_past(reading, verb)
        return is_quoted and word in ("he", "she", "they", "everyone", "everybody")
    if reading.upos[subject] == "PROPN":
        return True
    base = lemma(reading.word(subject), "NOUN").lower()
    return reading.upos[subject] == "NOUN" and (base in speaker_nouns() or (is_quoted and base in people()))


def _is_supposed(reading: Reading, verb: int) -> bool:
    """Whether a verb is one of a condition or a question: "if she thinks", "do you think"."""
    helpers = reading.children(verb, "aux")
    return bool(reading.children(verb, "mark")) or any(reading.lower(t) in ("do", "does", *_MODALS) for t in helpers)


def _is_past(reading: Reading, verb: int) -> bool:
    helpers = reading.children(verb, "aux")
    return reading.morph[verb] == "Past" or any(reading.lower(t) in ("had", "’d", "'d") for t in helpers)


def _is_report(reading: Reading, verb: int, said: int, *, binds: bool = False) -> bool:
    """Whether what hangs on a verb is a whole clause: with a subject of its own, or an order or a promise."""
    marks = [reading.lower(c) for c in reading.children(said, "mark")]
    if reading.deps[said] == "xcomp" or (binds and marks == ["to"]):
        return (binds or bool(reading.children(verb, "obj", "iobj"))) and marks == ["to"]
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
