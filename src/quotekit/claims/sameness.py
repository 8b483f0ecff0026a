"""Which attributions state the same thing.

Statements of one speaker are laid side by side, word by word: a word finds the one in the other statement that is most
like it, by its dictionary form, its beginning or its vector. How much of each statement finds a like, whether their
numbers, dates, names and negations agree, and where they stand, is weighed as in a logistic regression, learned from
the development part of ``tests/gold/claims.txt`` by ``models/training/claims/train.py``.
"""

from __future__ import annotations

import functools
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from itertools import combinations, pairwise
from typing import Any, NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray

from quotekit.claims.words import antonyms, quantities, words
from quotekit.errors import ReaderError
from quotekit.lemma import lemma
from quotekit.paragraphs import find_paragraphs
from quotekit.reader import shipped_path
from quotekit.reader.reading import Reading
from quotekit.types import Act, Extraction

__all__ = ["FEATURES", "compare", "group_repeated", "statements"]

Floats = NDArray[np.float32]

_CONTENT = frozenset(("NOUN", "PROPN", "VERB", "ADJ", "ADV", "NUM"))
_EMPTY = frozenset(("be", "have", "do", "say", "n't", "not", "never", "also", "will", "would"))
"""Words that say too little to be compared, and negations, which are compared by themselves."""
_NEGATIONS = frozenset(("not", "n't", "n’t", "never", "no", "nobody", "nothing", "none", "neither", "nor", "without"))
_NO_NEGATION = frozenset(("no", word) for word in ("choice", "option", "alternative", "doubt", "wonder"))
"""What is said of "we have no choice but to" is not negated."""
_ACTS = {act: i for i, act in enumerate(get_args(Act))}
_MOST_TOGETHER = 60
"""Statements of a speaker that are compared at once, so that a book costs no more a page than an article."""
_LEAST_LIKE = 0.35
"""Likeness of two words below which they have nothing in common."""
_LEAST_WORDS = 2
"""Words besides names that two statements have in common."""
_LEAST_COVERED = 0.2
"""Share of the lesser statement that finds a like in the other."""
_CONTRARY = 0.5
"""Share of words in common from which statements of which one is negated are contraries."""
_STEM = 5
"""Letters at which two words that begin alike are forms of one another."""
_STEM_LIKENESS = 0.8
_OPENING_PARAGRAPHS = 4
"""Paragraphs in which headline, caption and lead stand."""
_FEATURES = (
    "covered of the lesser",
    "covered of the fuller",
    "same words of the lesser",
    "same words of the fuller",
    "a name and little else",
    "few words",
    "quantities agree",
    "quantities differ",
    "negations differ",
    "contraries",
    "sides differ",
    "sides differ, same words",
    "quantities differ, same words",
    "acts agree",
    "one in the opening",
    "same paragraph",
    "both direct",
    "one direct",
)
FEATURES = _FEATURES
"""Names of what `compare` tells of two statements."""


class Statement(NamedTuple):
    """What is compared of an attribution."""

    lemmas: tuple[str, ...]
    rows: tuple[int, ...]
    """Rows of its words in `words`."""
    weights: tuple[float, ...]
    """How much each word says."""
    names: tuple[bool, ...]
    """Which of the words are names."""
    quantities: dict[str, frozenset[float]]
    negated: bool
    act: Act
    paragraph: int
    direct: bool
    unsaid: bool
    """Whether the text denies that it was said."""


def statements(reading: Reading, extraction: Extraction, acts: list[Act]) -> list[Statement]:
    """What is compared of each attribution of a text.

    Args:
        reading: The reading.
        extraction: With attributions, in text order.
        acts: Their acts.
    """
    paragraphs = _paragraphs(extraction)
    known = words()
    found = []
    forms_of: list[tuple[list[str], list[int]]] = []
    counts: Counter[str] = Counter()
    for attribution in extraction.attributions:
        tokens = [t for span in attribution.content for t in reading.tokens_in(span.start, span.end)]
        lemmas = []
        kept = []
        for token in tokens:
            upos = reading.upos[token]
            if upos in _CONTENT:
                base = lemma(reading.word(token), upos).lower()
                if base not in _EMPTY:
                    lemmas.append(base)
                    kept.append(token)
        counts.update(set(lemmas))
        forms_of.append((lemmas, kept))
    scale = 1.0 / np.log(len(known.place) + 2.0)
    for i, attribution in enumerate(extraction.attributions):
        lemmas, kept = forms_of[i]
        tokens = [t for span in attribution.content for t in reading.tokens_in(span.start, span.end)]
        rows = [known.row(base, reading.lower(token)) for base, token in zip(lemmas, kept, strict=True)]
        # Common words and the text's own topic tell two statements apart less than rare ones.
        weights = [
            float(np.log(row + 2.0) * scale) / (1.0 + np.log(counts[base]))
            for base, row in zip(lemmas, rows, strict=True)
        ]
        forms = [reading.word(t) for t in tokens]
        lowered = [form.lower() for form in forms]
        negated = sum(a in _NEGATIONS and (a, b) not in _NO_NEGATION for a, b in pairwise([*lowered, ""])) % 2 == 1
        found.append(
            Statement(
                lemmas=tuple(lemmas),
                rows=tuple(rows),
                weights=tuple(weights),
                names=tuple(reading.upos[token] == "PROPN" for token in kept),
                quantities=quantities(forms, lowered),
                negated=negated != (acts[i] == "denial" and attribution.kind != "direct" and not negated),
                act=acts[i],
                paragraph=paragraphs[i],
                direct=attribution.kind == "direct",
                unsaid=attribution.cue is not None and attribution.cue.negated,
            )
        )
    return found


def compare(some: list[Statement]) -> Floats:
    """What each two statements have in common, shape (n, n, len(FEATURES)).

    Args:
        some: Statements of one speaker, in text order.
    """
    n = len(some)
    result = np.zeros((n, n, len(_FEATURES)), dtype=np.float32)
    lemmas = [base for s in some for base in s.lemmas]
    if lemmas:
        result[:, :, :5] = _alignments(some, lemmas)
    sizes = np.array([len(s.lemmas) for s in some])
    acts = np.array([_ACTS[s.act] for s in some])
    paragraph = np.array([s.paragraph for s in some])
    direct = np.array([s.direct for s in some])
    negated = np.array([s.negated for s in some])
    opening = paragraph < _OPENING_PARAGRAPHS

    def both(values: NDArray[Any]) -> NDArray[np.bool_]:
        differs: NDArray[np.bool_] = values[:, None] != values[None, :]
        return differs

    columns = dict(zip(_FEATURES, range(len(_FEATURES)), strict=True))
    result[:, :, columns["few words"]] = np.minimum(sizes[:, None], sizes[None, :]) < 3
    result[:, :, columns["negations differ"]] = both(negated)
    result[:, :, columns["acts agree"]] = ~both(acts)
    result[:, :, columns["one in the opening"]] = both(opening)
    result[:, :, columns["same paragraph"]] = ~both(paragraph)
    result[:, :, columns["both direct"]] = direct[:, None] & direct[None, :]
    result[:, :, columns["one direct"]] = both(direct)
    agree, differ = columns["quantities agree"], columns["quantities differ"]
    contrary = columns["contraries"]
    measured = [i for i in range(n) if some[i].quantities]
    for i, j in combinations(measured, 2):
        for kind in some[i].quantities.keys() & some[j].quantities.keys():
            at = agree if some[i].quantities[kind] & some[j].quantities[kind] else differ
            result[i, j, at] = result[j, i, at] = 1.0
    with_contrary = [i for i in range(n) if not _has_contrary().isdisjoint(some[i].lemmas)]
    for i, j in combinations(with_contrary, 2):
        result[i, j, contrary] = result[j, i, contrary] = _contraries(some[i], some[j])
    # What is negated here and there said of the contrary is one and the same.
    sides = result[:, :, columns["negations differ"]] != result[:, :, contrary]
    result[:, :, columns["sides differ"]] = sides
    result[:, :, columns["sides differ, same words"]] = sides * result[:, :, columns["same words of the lesser"]]
    result[:, :, columns["quantities differ, same words"]] = result[:, :, differ] * result[:, :, 2]
    return result


@functools.cache
def _has_contrary() -> frozenset[str]:
    return frozenset(a for a, _ in antonyms())


def _contraries(one: Statement, other: Statement) -> bool:
    """Whether a word of one has its contrary in the other, and neither has both."""
    mine, theirs = _has_contrary().intersection(one.lemmas), _has_contrary().intersection(other.lemmas)
    return any((a, b) in antonyms() for a in mine - theirs for b in theirs - mine)


def _alignments(some: list[Statement], lemmas: list[str]) -> Floats:
    """Shares of each statement's words that the other has, and whether these are few, shape (n, n, 5)."""
    n = len(some)
    known = words()
    vectors = known.vectors[[row for s in some for row in s.rows]]
    like: NDArray[Any] = vectors @ vectors.T
    like[like < _LEAST_LIKE] = 0.0
    ids = {base: k for k, base in enumerate(dict.fromkeys(lemmas))}
    own = np.array([ids[base] for base in lemmas])
    begins: dict[str, int] = {}
    stems = np.array(
        [begins.setdefault(b[:_STEM], len(begins)) if len(b) >= _STEM else -1 - k for k, b in enumerate(lemmas)]
    )
    like = np.where(stems[:, None] == stems[None, :], np.maximum(like, _STEM_LIKENESS), like).astype(np.float32)
    exact = own[:, None] == own[None, :]
    like = np.where(exact, 1.0, like)
    weights: Floats = np.array([w for s in some for w in s.weights], dtype=np.float32)
    filled = [k for k, s in enumerate(some) if s.lemmas]
    starts = np.cumsum([0] + [len(some[k].lemmas) for k in filled])[:-1]

    def covered(table: NDArray[Any]) -> Floats:
        """Share of the words of each statement (rows) that each other one (columns) has."""
        best: NDArray[Any] = np.maximum.reduceat(table.astype(np.float32), starts, axis=1) * weights[:, None]
        total = np.add.reduceat(weights, starts)
        share = np.add.reduceat(best, starts, axis=0) / np.maximum(total[:, None], 1e-6)
        return share.astype(np.float32)

    result = np.zeros((n, n, 5), dtype=np.float32)
    at = np.ix_(filled, filled)
    total = np.add.reduceat(weights, starts)
    lesser = total[:, None] <= total[None, :]
    for column, table in ((0, like), (2, exact)):
        share = covered(table)
        first, second = np.where(lesser, share, share.T), np.where(lesser, share.T, share)
        result[(*at, np.array(column))] = first
        result[(*at, np.array(column + 1))] = second
    # Many things are said of one person and matter: one word besides names makes no two of them the same.
    plain = np.array([not name for s in some for name in s.names], dtype=np.float32)
    n_plain = np.add.reduceat(plain, starts)
    alike = (np.maximum.reduceat(like * plain[None, :], starts, axis=1) > 0.0) * plain[:, None]
    found = np.add.reduceat(alike, starts, axis=0)
    name = plain == 0.0
    shared = np.maximum.reduceat(
        np.maximum.reduceat(exact & name[:, None] & name[None, :], starts, axis=1), starts, axis=0
    )
    little = np.minimum(found, found.T) < np.minimum(_LEAST_WORDS, np.minimum.outer(n_plain, n_plain))
    result[(*at, np.array(4))] = little & shared
    return result


@functools.cache
def _weights() -> tuple[Floats, float]:
    with np.load(shipped_path().parent / "claims" / "sameness.npz") as file:
        names = tuple(file["names"].tolist())
        if names != _FEATURES:
            raise ReaderError(
                f"{shipped_path().parent / 'claims'} was made for other features than this version of quotekit has. "
                "Install a model of the same version."
            )
        return file["weights"].astype(np.float32), float(file["bias"])


def grouped(some: list[Statement], compared: Floats, weights: Floats, bias: float) -> dict[int, int]:
    """First member of the group of each statement.

    Args:
        some: Statements of one speaker.
        compared: What `compare` tells of them.
        weights: Of each of the features.
        bias: Added to their sum, which is the log-odds that two statements say the same.
    """
    return _group(compared @ weights + bias, may_join(some, compared))


def group_repeated(reading: Reading, extraction: Extraction, acts: list[Act]) -> list[tuple[int, ...]]:
    """Groups attributions that state the same thing.

    A statement joins the earlier ones to which it is most like, if it is the same as they are on average.

    Args:
        reading: The reading.
        extraction: With attributions, in text order.
        acts: Their acts.

    Returns:
        Groups of indices, each in text order, by first member.
    """
    of_speaker: dict[str, list[int]] = defaultdict(list)
    for i, attribution in enumerate(extraction.attributions):
        if attribution.speaker_id is not None:
            of_speaker[attribution.speaker_id].append(i)
    leader = list(range(len(extraction.attributions)))
    if any(len(own) > 1 for own in of_speaker.values()):
        stated = statements(reading, extraction, acts)
        for own in of_speaker.values():
            for first in range(0, len(own), _MOST_TOGETHER):
                some = own[first : first + _MOST_TOGETHER]
                of_these = [stated[i] for i in some]
                for member, head in grouped(of_these, compare(of_these), *_weights()).items():
                    leader[some[member]] = some[head]
    groups: dict[int, list[int]] = defaultdict(list)
    for i, head in enumerate(leader):
        groups[head].append(i)
    return [tuple(group) for group in groups.values()]


def may_join(some: list[Statement], compared: Floats) -> NDArray[np.bool_]:
    """Tells which two statements can be the same.

    Not those that name other numbers, say the contrary in the same words, share but a name and a word or next to
    nothing, or are one word.

    Args:
        some: Statements of one speaker.
        compared: What `compare` tells of them.
    """
    unsaid = np.array([s.unsaid for s in some])
    # A single word ("NATO") is a topic, and no statement.
    says = np.array([len(s.lemmas) > 1 for s in some])
    differ = compared[:, :, _FEATURES.index("quantities differ")] > 0.0
    contrary = compared[:, :, _FEATURES.index("sides differ, same words")] >= _CONTRARY
    result: NDArray[np.bool_] = (unsaid[:, None] == unsaid[None, :]) & ~differ & ~contrary
    result &= says[:, None] & says[None, :]
    result &= compared[:, :, _FEATURES.index("a name and little else")] == 0.0
    # "Winter crossings" and "last winter" agree in a season, and in nothing else.
    result &= compared[:, :, _FEATURES.index("covered of the lesser")] >= _LEAST_COVERED
    return result


def _group(log_odds: Floats, joinable: NDArray[np.bool_]) -> dict[int, int]:
    """First member of the group of each statement: those that are most surely the same come together first."""
    n = len(log_odds)
    # Sums of the links between groups; minus infinity where two may not be joined, which stays so.
    sums = np.where(joinable, log_odds, -np.inf).astype(np.float64)
    np.fill_diagonal(sums, -np.inf)
    sizes = np.ones(n)
    leader = list(range(n))
    while n > 1:
        mean = sums / np.multiply.outer(sizes, sizes)
        keep, gone = sorted(int(at) for at in np.unravel_index(mean.argmax(), mean.shape))
        if mean[keep, gone] <= 0.0:
            break
        sums[keep] += sums[gone]
        sums[:, keep] = sums[keep]
        sums[keep, keep] = -np.inf
        sums[gone] = sums[:, gone] = -np.inf
        sizes[keep] += sizes[gone]
        leader = [keep if head == gone else head for head in leader]
    return dict(enumerate(leader))


def _paragraphs(extraction: Extraction) -> list[int]:
    """The number of each attribution's paragraph, counting lines of the article and not of the page around it."""
    junk = extraction.document.boilerplate if extraction.document is not None else ()
    junk_starts = [span.start for span in junk]
    starts = [
        start
        for start, end in find_paragraphs(extraction.text)
        if bisect_left(junk_starts, end) == bisect_left(junk_starts, start)
    ]
    return [bisect_right(starts, attribution.content[0].start) - 1 for attribution in extraction.attributions]
