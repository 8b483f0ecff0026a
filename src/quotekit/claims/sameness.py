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
from typing import Any, NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray

from quotekit.claims.words import antonyms, quantities, words
from quotekit.errors import ReaderError
from quotekit.lemma import lemma
from quotekit.paragraphs import find_paragraphs
from quotekit.reader import shipped_path
from quotekit.reader.reading import Reading
from quotekit.types import Act, Attribution, Extraction

__all__ = ["FEATURES", "compare", "group_repeated", "statements"]

Floats = NDArray[np.float32]

_CONTENT = frozenset(("NOUN", "PROPN", "VERB", "ADJ", "ADV", "NUM"))
_EMPTY = frozenset(("be", "have", "do", "say", "n't", "not", "never", "also", "will", "would"))
"""Words that say too little to be compared, and negations, which are compared by themselves."""
_NEGATIONS = frozenset(("not", "n't", "n’t", "never", "no", "nobody", "nothing", "none", "neither", "nor", "without", "not"))
_ACTS = {act: i for i, act in enumerate(get_args(Act))}
_MOST_TOGETHER = 60
"""Statements of a speaker that are compared at once, so that a book costs no more a page than an article."""
_LEAST_LIKE = 0.35
"""Likeness of two words below which they have nothing in common."""
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
    "predicates alike",
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
    predicate: int
    """Which of the words is its main predicate."""
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
        head = reading.head_of(attribution.content[0].start, attribution.content[-1].end)
        forms = [reading.word(t) for t in tokens]
        lowered = [form.lower() for form in forms]
        negated = sum(form in _NEGATIONS for form in lowered) % 2 == 1
        found.append(
            Statement(
                lemmas=tuple(lemmas),
                rows=tuple(rows),
                weights=tuple(weights),
                predicate=kept.index(head) if head in kept else -1,
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

    def both(values: NDArray[Any]) -> NDArray[Any]:
        return values[:, None] != values[None, :]

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
    for i in range(n):
        for j in range(i):
            one, other = some[i], some[j]
            values = np.zeros(len(_FEATURES), dtype=np.float32)
            for kind in one.quantities.keys() & other.quantities.keys():
                values[agree if one.quantities[kind] & other.quantities[kind] else differ] = 1.0
            values[contrary] = _contraries(one, other)
            for at in (agree, differ, contrary):
                result[i, j, at] = result[j, i, at] = values[at]
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
    """Shares of each statement's words that the other has, and the likeness of predicates, shape (n, n, 5)."""
    n = len(some)
    known = words()
    vectors = known.vectors[[row for s in some for row in s.rows]]
    like = vectors @ vectors.T
    like[like < _LEAST_LIKE] = 0.0
    ids = {base: k for k, base in enumerate(dict.fromkeys(lemmas))}
    own = np.array([ids[base] for base in lemmas])
    begins = {}
    stems = np.array([begins.setdefault(base[:_STEM], len(begins)) if len(base) >= _STEM else -1 - k for k, base in enumerate(lemmas)])
    like = np.where(stems[:, None] == stems[None, :], np.maximum(like, _STEM_LIKENESS), like)
    exact = own[:, None] == own[None, :]
    like = np.where(exact, 1.0, like).astype(np.float32)
    weights = np.array([w for s in some for w in s.weights], dtype=np.float32)
    filled = [k for k, s in enumerate(some) if s.lemmas]
    starts = np.cumsum([0] + [len(some[k].lemmas) for k in filled])[:-1]

    def covered(table: NDArray[Any]) -> Floats:
        """Share of the words of each statement (rows) that each other one (columns) has."""
        best = np.maximum.reduceat(table.astype(np.float32), starts, axis=1) * weights[:, None]
        total = np.add.reduceat(weights, starts)
        share: Floats = np.add.reduceat(best, starts, axis=0) / np.maximum(total[:, None], 1e-6)
        return share

    result = np.zeros((n, n, 5), dtype=np.float32)
    at = np.ix_(filled, filled)
    total = np.add.reduceat(weights, starts)
    lesser = total[:, None] <= total[None, :]
    for column, table in ((0, like), (2, exact)):
        share = covered(table)
        first, second = np.where(lesser, share, share.T), np.where(lesser, share.T, share)
        result[(*at, np.array(column))] = first
        result[(*at, np.array(column + 1))] = second
    heads = [starts[k] + some[i].predicate if some[i].predicate >= 0 else -1 for k, i in enumerate(filled)]
    padded = np.pad(like, ((0, 1), (0, 1)))
    result[(*at, np.array(4))] = padded[np.ix_(heads, heads)]
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
    """Which two statements can be the same: never what says other numbers or the contrary of the other in its words.

    Args:
        some: Statements of one speaker.
        compared: What `compare` tells of them.
    """
    unsaid = np.array([s.unsaid for s in some])
    differ = compared[:, :, _FEATURES.index("quantities differ")] > compared[:, :, _FEATURES.index("quantities agree")]
    contrary = compared[:, :, _FEATURES.index("sides differ, same words")] >= _CONTRARY
    result: NDArray[np.bool_] = (unsaid[:, None] == unsaid[None, :]) & ~differ & ~contrary
    return result


def _group(log_odds: Floats, joinable: NDArray[np.bool_]) -> dict[int, int]:
    """First member of the group of each statement: those that are most surely the same come together first."""
    n = len(log_odds)
    links = np.where(joinable, log_odds, -np.inf)
    np.fill_diagonal(links, -np.inf)
    members: dict[int, list[int]] = {i: [i] for i in range(n)}
    while len(members) > 1:
        heads = list(members)
        best, pair = 0.0, None
        for a in range(len(heads)):
            for b in range(a):
                value = float(links[np.ix_(members[heads[a]], members[heads[b]])].mean())
                if value > best:
                    best, pair = value, (heads[b], heads[a])
        if pair is None:
            break
        keep, gone = pair
        members[keep] += members.pop(gone)
    return {i: min(group) for group in members.values() for i in group}


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
