"""Which attributions state the same thing.

Statements of one speaker are laid side by side, word by word: a word finds the one in the other statement that is most
like it, by its dictionary form, its beginning or its vector. How much of each statement finds a like, whether the two
are more like each other than like all else their speaker says, whether their numbers, dates, names and negations agree,
and how they stand to each other (a report and the quotation that follows it, a headline and what its speaker says
first), is weighed as in a logistic regression, learned by ``models/training/claims/train.py``. Statements that name
other numbers or dates, or of which one negates the other, are never joined, whatever their places.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from quotekit.claims.words import antonyms, quantities
from quotekit.errors import ReaderError
from quotekit.lemma import lemma
from quotekit.paragraphs import find_paragraphs
from quotekit.reader import shipped_path
from quotekit.reader.reading import Reading
from quotekit.types import Act, Attribution, Extraction
from quotekit.vectors import words

__all__ = ["FEATURES", "compare", "group_repeated", "grouped", "may_join", "statements"]

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]

_CONTENT = frozenset(("NOUN", "PROPN", "VERB", "ADJ", "ADV", "NUM"))
_EMPTY = frozenset(("be", "have", "do", "say", "n't", "not", "never", "also", "will", "would"))
"""Words that say too little to be compared, and negations, which are compared by themselves."""
_NEGATIONS = frozenset(("not", "n't", "n’t", "never", "no", "nobody", "nothing", "none", "neither", "nor", "without"))
_ADDING = frozenset(("also", "too", "however", "meanwhile", "but", "though"))
"""Words beside a cue by which its statement is another one than what was said before."""
_ADDING_CUES = frozenset(("add",))
_REPEATING = frozenset(("again", "repeatedly"))
"""Words beside a cue by which its statement was made before."""
_REPEATING_CUES = frozenset(("confirm", "insist", "maintain", "reaffirm", "reiterate", "repeat", "stress"))
"""Cues by which what was said, or asked before, is said again."""
_MODALS = {
    **dict.fromkeys(("will", "would", "shall", "wo", "going", "'ll", "’ll"), "future"),
    **dict.fromkeys(("must", "should", "ought"), "duty"),
    **dict.fromkeys(("may", "might", "could", "can"), "possibility"),
}
_FIGURES = frozenset(("number", "share"))
_MOST_TOGETHER = 60
"""Statements of a speaker that are compared at once, so that a book costs no more a page than an article."""
_LEAST_LIKE = 0.35
"""Likeness of two words below which they have nothing in common."""
_NAME_WEIGHT = 0.5
_LEAST_WORDS = 2
"""Words besides names that two statements have in common."""
_LEAST_COVERED = 0.2
"""Share of the lesser that finds a like in the other, where only one of them asks, demands, denies or promises."""
_CONTRARY = 0.4
"""Share of words in common from which statements of which one is negated are contraries."""
_STEM = 5
"""Letters at which two words that begin alike are forms of one another."""
_STEM_LIKENESS = 0.8
_OPENING_PARAGRAPHS = 4
"""Paragraphs in which headline, caption and lead stand."""
_LONGEST_HEADLINE = 120
"""Characters of a first paragraph that can be the headline; some sources end it with a full stop."""
_STOP = re.compile(r"[.?!][”’\"']?\s+\S")
_ARTICLE = 6
"""Statements from which a text is an article, with headline, lead and quotations in their order."""
_FEW = 12
"""Statements of a text up to which their number tells nothing of what kind of text it is."""
_STATING: frozenset[Act] = frozenset(("assertion", "opinion", "prediction", "warning", "accusation"))
"""Acts that need no more than that something is said."""
_FOUND = 0.5
"""Likeness from which a word has found its like."""
_MOST_WORDS = 8
"""Words of which more count no more."""
_ACROSS = (
    "covered of the lesser",
    "covered of the fuller",
    "a name and little else",
    "names in common",
    "words in common",
    "likest of both",
)
_QUOTED_NEXT = ("covered of the lesser", "likest of both")
"""What weighs otherwise of a quotation that follows a report, where it goes on as often as it says the same."""
_FEATURES = (
    *_ACROSS,
    "a topic and no statement",
    "figures agree",
    "times agree",
    "sides differ",
    "moods agree",
    "one asks",
    "one an opinion",
    "same paragraph",
    "both direct",
    "one direct",
    "report, then quotation",
    "report, then quotation in the next paragraph",
    "report, then quotation later",
    "quotation, then report",
    "report, then report",
    "headline, then the next",
    "headline, then the one after",
    "opening, then the first quotation",
    "adds",
    "repeats",
    "sentences",
    "words",
    "statements of the speaker",
    "statements of the text",
    "headline",
    "earlier in the opening",
    "figures of one alone",
    *(f"quoted next, {name}" for name in _QUOTED_NEXT),
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
    negated: frozenset[str]
    """Which of the words are negated."""
    mood: str
    act: Act
    paragraph: int
    headline: bool
    direct: bool
    verbless: bool
    adds: bool
    """Whether its cue says that it is added to something else."""
    repeats: bool
    """Whether its cue says that it was said before."""
    sentences: int
    of_text: int
    """Statements of its text."""
    unsaid: bool
    """Whether the text denies that it was said."""


def statements(
    reading: Reading, extraction: Extraction, acts: list[Act], of: Collection[int] | None = None
) -> dict[int, Statement]:
    """What is compared of attributions of a text, by their indices.

    Args:
        reading: The reading.
        extraction: With attributions, in text order.
        acts: Their acts.
        of: Indices of those asked for; None for all.
    """
    paragraphs, headline = _paragraphs(extraction)
    known = words()
    found = {}
    parts = [_Words.of(reading, attribution) for attribution in extraction.attributions]
    counts = Counter(base for part in parts for base in set(part.lemmas))
    scale = 1.0 / np.log(len(known.place) + 2.0)
    for at in range(len(parts)) if of is None else of:
        attribution, part, act, paragraph = extraction.attributions[at], parts[at], acts[at], paragraphs[at]
        rows = [known.row(base, reading.lower(t)) for base, t in zip(part.lemmas, part.kept, strict=True)]
        names = [reading.upos[t] == "PROPN" for t in part.kept]
        # Common words, names and the text's own topic tell two statements apart less than rare words.
        weights = [
            float(np.log(row + 2.0) * scale) / (1.0 + np.log(counts[base])) * (_NAME_WEIGHT if is_name else 1.0)
            for base, row, is_name in zip(part.lemmas, rows, names, strict=True)
        ]
        forms = [reading.word(t) for t in part.tokens]
        lowered = [form.lower() for form in forms]
        found[at] = Statement(
            lemmas=tuple(part.lemmas),
            rows=tuple(rows),
            weights=tuple(weights),
            names=tuple(names),
            quantities=quantities(forms, lowered),
            negated=_negated(reading, attribution, part, act),
            mood=next((_MODALS[word] for word in lowered if word in _MODALS), ""),
            act=act,
            paragraph=paragraph,
            headline=paragraph == headline,
            direct=attribution.kind == "direct",
            verbless=part.verbless,
            adds=_is_told(reading, attribution, _ADDING_CUES, _ADDING),
            repeats=_is_told(reading, attribution, _REPEATING_CUES, _REPEATING),
            of_text=len(parts),
            sentences=1 + int(reading.sent_starts[part.tokens[1:]].sum()),
            unsaid=attribution.cue is not None and attribution.cue.negated,
        )
    return found


class _Words(NamedTuple):
    """The words of a content."""

    tokens: list[int]
    kept: list[int]
    """Tokens of those that are compared."""
    lemmas: list[str]
    """Their dictionary forms."""
    verbless: bool

    @classmethod
    def of(cls, reading: Reading, attribution: Attribution) -> _Words:
        tokens = [t for span in attribution.content for t in reading.tokens_in(span.start, span.end)]
        verbless = not any(reading.upos[t] in ("VERB", "AUX") for t in tokens)
        considered = tokens
        if verbless and attribution.cue is not None:
            # What is "endorsed" or "praised" is half of a statement, of which the cue is the other half.
            span = attribution.cue.span
            considered = tokens + list(reading.tokens_in(span.start, span.end))
        kept, lemmas = [], []
        for token in considered:
            upos = reading.upos[token]
            if upos in _CONTENT:
                base = lemma(reading.word(token), upos).lower()
                if base not in _EMPTY:
                    lemmas.append(base)
                    kept.append(token)
        return cls(tokens, kept, lemmas, verbless)


def _negated(reading: Reading, attribution: Attribution, part: _Words, act: Act) -> frozenset[str]:
    """Words that a negation in a content bears on, or the denial or refusal of all of it."""
    at = dict(zip(part.kept, part.lemmas, strict=True))
    found = set()
    for token in part.tokens:
        # "No more than four" negates nothing.
        if reading.lower(token) in _NEGATIONS and reading.lower(min(token + 2, len(reading) - 1)) != "than":
            head = int(reading.heads[token])
            if reading.lower(head) in ("longer", "one"):
                # "No longer", "no one"
                head = int(reading.heads[head])
            if head in at:
                found.add(at[head])
    if act in ("denial", "refusal") and attribution.kind != "direct" and not found:
        head_of_all = reading.head_of(attribution.content[0].start, attribution.content[0].end)
        if head_of_all in at:
            found.add(at[head_of_all])
    return frozenset(found)


def _is_told(reading: Reading, attribution: Attribution, cues: frozenset[str], words_beside: frozenset[str]) -> bool:
    """Whether the words that report say how a statement stands to others: "he added", "she also said"."""
    cue = attribution.cue
    if cue is None:
        return False
    head = reading.head_of(cue.span.start, cue.span.end)
    beside = () if head is None else reading.children(head, "advmod", "cc")
    return cue.lemma in cues or any(reading.lower(token) in words_beside for token in beside)


def compare(some: list[Statement]) -> Floats:
    """What each two statements have in common, shape (n, n, len(FEATURES)).

    Args:
        some: Statements of one speaker, in text order.
    """
    n = len(some)
    place = np.arange(n)
    apart = place[None, :] - place[:, None]
    result = np.zeros((n, n, len(_FEATURES)), dtype=np.float32)
    if any(s.lemmas for s in some):
        result[:, :, : len(_ACROSS)] = _alignments(some)
    columns = {name: at for at, name in enumerate(_FEATURES)}

    def put(name: str, values: NDArray[Any]) -> None:
        result[:, :, columns[name]] = values

    def put_ordered(name: str, values: NDArray[Any]) -> None:
        """Of the earlier (rows) and the later."""
        upper = values & (apart > 0)
        put(name, upper | upper.T)

    put("figures of one alone", _alone(some))
    act = np.array([s.act for s in some])
    put("a topic and no statement", _either([s.verbless for s in some]))
    put("one asks", _differ(act == "question"))
    put("one an opinion", _differ(act == "opinion"))
    mood = np.array([s.mood for s in some])
    has_mood = mood != ""
    both_moods = has_mood[:, None] & has_mood[None, :]
    put("moods agree", both_moods & ~_differ(mood))
    at = columns["sides differ"]
    words_of = [frozenset(s.lemmas) for s in some]
    opposed = [[word for word in own if word in _contraries()] for own in words_of]
    for i, j in combinations(range(n), 2):
        if _sides_differ(some[i], some[j], words_of[i], words_of[j], opposed[i]):
            result[i, j, at] = result[j, i, at] = 1.0
    for i, j in combinations([i for i in range(n) if some[i].quantities], 2):
        mine, theirs = some[i].quantities, some[j].quantities
        for kind in mine.keys() & theirs.keys():
            if mine[kind] & theirs[kind]:
                at = columns["figures agree" if kind in _FIGURES else "times agree"]
                result[i, j, at] = result[j, i, at] = 1.0

    # How they stand to each other.
    paragraph = np.array([s.paragraph for s in some])
    lines = paragraph[None, :] - paragraph[:, None]
    direct = np.array([s.direct for s in some])
    put("same paragraph", lines == 0)
    put("both direct", direct[:, None] & direct[None, :])
    put("one direct", _differ(direct))
    next_one = apart == 1
    quoted = next_one & ~direct[:, None] & direct[None, :]
    put_ordered("report, then quotation", quoted & (lines == 0))
    put_ordered("report, then quotation in the next paragraph", quoted & (lines == 1))
    put_ordered("report, then quotation later", quoted & (lines > 1))
    headed = np.array([s.headline for s in some])[:, None] & (lines > 0)
    put_ordered("quotation, then report", next_one & direct[:, None] & ~direct[None, :] & ~headed)
    put_ordered("report, then report", next_one & ~direct[:, None] & ~direct[None, :] & (lines == 0))
    put_ordered("headline, then the next", headed & next_one)
    put_ordered("headline, then the one after", headed & (apart == 2))
    first_quotation = place == (int(direct.argmax()) if direct.any() else -1)
    opening = ~direct & (paragraph < _OPENING_PARAGRAPHS)
    put_ordered("opening, then the first quotation", opening[:, None] & first_quotation[None, :] & (lines > 0))
    of_later = np.ones((n, 1), dtype=np.bool_)
    put_ordered("adds", of_later & np.array([s.adds for s in some])[None, :])
    put_ordered("repeats", of_later & np.array([s.repeats for s in some])[None, :])
    of_earlier = of_later.T
    put_ordered("earlier in the opening", (paragraph < _OPENING_PARAGRAPHS)[:, None] & of_earlier)
    put("headline", _either([s.headline for s in some]))
    sentences = np.array([min(s.sentences, 4) for s in some]) - 1
    put("sentences", np.maximum.outer(sentences, sentences))
    sizes = np.array([min(len(s.lemmas), 2 * _MOST_WORDS) for s in some]) / _MOST_WORDS
    put("words", np.maximum.outer(sizes, sizes))
    put("statements of the speaker", np.full((n, n), np.log(n)))
    put("statements of the text", np.full((n, n), np.log(max(some[0].of_text, _FEW))))
    quoted_next = sum(result[:, :, columns[name]] for name in _FEATURES if name.startswith("report, then quotation"))
    for name in _QUOTED_NEXT:
        put(f"quoted next, {name}", quoted_next * result[:, :, columns[name]])
    return result


def _alone(some: list[Statement]) -> Floats:
    """Of the fuller of each two statements, how many kinds of quantities it alone has."""
    kinds: list[str] = sorted({kind for s in some for kind in s.quantities})
    has = np.array([[kind in s.quantities for kind in kinds] for s in some], dtype=np.float32).reshape(len(some), -1)
    alone = has @ (1 - has).T
    size = np.array([sum(s.weights) for s in some])
    result: Floats = np.where(size[:, None] <= size[None, :], alone.T, alone)
    return result


def _differ(values: Any) -> Mask:
    given = np.asarray(values)
    result: Mask = given[:, None] != given[None, :]
    return result


def _either(values: Any) -> Mask:
    given = np.asarray(values)
    result: Mask = given[:, None] | given[None, :]
    return result


@functools.cache
def _contraries() -> dict[str, frozenset[str]]:
    """What each word is the contrary of."""
    found: dict[str, set[str]] = defaultdict(set)
    for word, contrary in antonyms():
        found[word].add(contrary)
    return {word: frozenset(contraries) for word, contraries in found.items()}


def _sides_differ(
    one: Statement, other: Statement, mine: frozenset[str], theirs: frozenset[str], opposed: list[str]
) -> bool:
    """Whether one negates a word that the other has, or has its contrary.

    Args:
        one: A statement.
        other: Another.
        mine: Words of the one.
        theirs: Words of the other.
        opposed: Those of the one that have contraries.
    """
    if not mine.isdisjoint((one.negated ^ other.negated) & theirs):
        return True
    for word in opposed:
        if word not in theirs:
            against = (_contraries()[word] & theirs) - mine
            side = word in one.negated
            if any(side == (contrary in other.negated) for contrary in against):
                return True
    return False


def _alignments(some: list[Statement]) -> Floats:
    """What of each two statements' words finds a like in the other, shape (n, n, len(_ACROSS))."""
    n = len(some)
    ids: dict[str, int] = {}
    rows: list[int] = []
    for s in some:
        for base, row in zip(s.lemmas, s.rows, strict=True):
            if base not in ids:
                ids[base] = len(ids)
                rows.append(row)
    vectors = words().vectors[rows]
    like: Floats = vectors @ vectors.T
    like[like < _LEAST_LIKE] = 0.0
    begins: dict[str, list[int]] = defaultdict(list)
    for base, at in ids.items():
        if len(base) >= _STEM:
            begins[base[:_STEM]].append(at)
    for alike in begins.values():
        for a, b in combinations(alike, 2):
            like[a, b] = like[b, a] = max(float(like[a, b]), _STEM_LIKENESS)
    np.fill_diagonal(like, 1.0)
    shape = (n, len(ids))
    weight, is_plain, is_name = (np.zeros(shape, dtype=np.float32) for _ in range(3))
    best, best_plain = (np.zeros(shape, dtype=np.float32) for _ in range(2))
    lengths = np.array([len(s.lemmas) for s in some])
    of = np.repeat(np.arange(n), lengths)
    own = np.array([ids[base] for s in some for base in s.lemmas])
    name = np.array([is_one for s in some for is_one in s.names])
    np.add.at(weight, (of, own), np.array([value for s in some for value in s.weights], dtype=np.float32))
    is_name[of[name], own[name]] = 1.0
    is_plain[of[~name], own[~name]] = 1.0
    for likest, kept in ((best, np.ones_like(name)), (best_plain, ~name)):
        if kept.any():
            # The statements ascend, so that those of one stand side by side.
            whose = of[kept]
            starts = np.flatnonzero(np.append(True, whose[1:] != whose[:-1]))
            likest[whose[starts]] = np.maximum.reduceat(like[own[kept]], starts)
    total = weight.sum(axis=1)
    columns = {name: at for at, name in enumerate(_ACROSS)}
    result = np.zeros((n, n, len(_ACROSS)), dtype=np.float32)
    lesser = total[:, None] <= total[None, :]

    def of_lesser(values: Floats) -> Floats:
        return np.where(lesser, values, values.T)

    share = (weight @ best.T) / np.maximum(total[:, None], 1e-6)
    result[:, :, columns["covered of the lesser"]] = of_lesser(share)
    result[:, :, columns["covered of the fuller"]] = of_lesser(share.T)
    # Many things are said of one person and matter: one word besides names makes no two of them the same.
    n_plain = is_plain.sum(axis=1)
    alike_plain = is_plain @ (best_plain > 0.0).T.astype(np.float32)
    little = np.minimum(alike_plain, alike_plain.T) < np.minimum(_LEAST_WORDS, np.minimum.outer(n_plain, n_plain))
    result[:, :, columns["a name and little else"]] = little & ((is_name @ is_name.T) > 0.0)
    # Without names nothing speaks for or against.
    n_names = is_name.sum(axis=1, keepdims=True)
    names = np.where(n_names > 0.0, (is_name @ best.T) / np.maximum(n_names, 1.0), 0.5)
    result[:, :, columns["names in common"]] = of_lesser(names)
    found = (best >= _FOUND).astype(np.float32)
    in_common = np.minimum(is_plain @ found.T, _MOST_WORDS) / _MOST_WORDS
    result[:, :, columns["words in common"]] = of_lesser(in_common)
    over = _over_the_others((share + share.T) / 2)
    result[:, :, columns["likest of both"]] = np.minimum(over, over.T)
    return result


def _over_the_others(like: Floats) -> Floats:
    """By how much each row's statement is liker to the column's than to the likest of all others."""
    n = len(like)
    if n < 2:
        return np.zeros_like(like)
    like = like.copy()
    np.fill_diagonal(like, 0.0)
    rows = np.arange(n)
    likest = like.argmax(axis=1)
    most = like[rows, likest][:, None]
    second = like.copy()
    second[rows, likest] = 0.0
    others = np.where(np.arange(n)[None, :] == likest[:, None], second.max(axis=1)[:, None], most)
    result: Floats = like - others
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

    Those that are most surely the same come together first, as long as two groups are rather the same than not.

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
    several = [own for own in of_speaker.values() if len(own) > 1]
    if several:
        stated = statements(reading, extraction, acts, [i for own in several for i in own])
        for own in several:
            for first in range(0, len(own), _MOST_TOGETHER):
                some = own[first : first + _MOST_TOGETHER]
                of_these = [stated[i] for i in some]
                for member, head in grouped(of_these, compare(of_these), *_weights()).items():
                    leader[some[member]] = some[head]
    groups: dict[int, list[int]] = defaultdict(list)
    for i, head in enumerate(leader):
        groups[head].append(i)
    return [tuple(group) for group in groups.values()]


def may_join(some: list[Statement], compared: Floats) -> Mask:
    """Tells which two statements can be the same.

    Not those that name other numbers or dates, say the contrary in the same words, or are one word; nor those that
    share but a name and a word, unless one is a headline or a report that the other follows at once; nor a demand,
    denial or promise and something else with next to nothing in common, in a passage of few statements.

    Args:
        some: Statements of one speaker.
        compared: What `compare` tells of them.
    """
    n = len(some)
    # A single word ("NATO") is a topic, and no statement.
    says = np.array([len(s.lemmas) > 1 or not s.verbless for s in some])
    covered = compared[:, :, _FEATURES.index("covered of the lesser")]
    contrary = compared[:, :, _FEATURES.index("sides differ")] > 0.0
    contrary &= covered >= _CONTRARY
    result: Mask = ~_differ([s.unsaid for s in some]) & ~contrary & says[:, None] & says[None, :]
    if some[0].of_text < _ARTICLE:
        # "Stay at home" is not "roads would flood": without an article's order, words must tell what is the same.
        acts = [s.act for s in some]
        performs = _differ(acts) & _either([act not in _STATING for act in acts])
        result &= ~performs | (covered >= _LEAST_COVERED)
    near = sum(compared[:, :, _FEATURES.index(name)] for name in ("report, then quotation", "headline"))
    result &= (compared[:, :, _FEATURES.index("a name and little else")] == 0.0) | (near > 0.0)
    for i, j in combinations([i for i in range(n) if some[i].quantities], 2):
        mine, theirs = some[i].quantities, some[j].quantities
        if any(mine[kind].isdisjoint(theirs[kind]) for kind in mine.keys() & theirs.keys()):
            result[i, j] = result[j, i] = False
    return result


def _group(log_odds: Floats, joinable: Mask) -> dict[int, int]:
    """First member of the group of each statement: those that are most surely the same come together first.

    How sure that is of two groups lies halfway between their links' mean and the surest link: a quotation that says in
    quite other words what a headline says is joined to it by the lead.
    """
    n = len(log_odds)
    # The links between groups; minus infinity where two may not be joined, which stays so.
    sums = np.where(joinable, log_odds, -np.inf).astype(np.float64)
    np.fill_diagonal(sums, -np.inf)
    surest = sums.copy()
    sizes = np.ones(n)
    leader = list(range(n))
    while n > 1:
        link = (sums / np.multiply.outer(sizes, sizes) + surest) / 2
        keep, gone = sorted(int(at) for at in np.unravel_index(link.argmax(), link.shape))
        if link[keep, gone] <= 0.0:
            break
        sums[keep] += sums[gone]
        surest[keep] = np.maximum(surest[keep], surest[gone])
        for links in (sums, surest):
            links[:, keep] = links[keep]
            links[keep, keep] = -np.inf
            links[gone] = links[:, gone] = -np.inf
        sizes[keep] += sizes[gone]
        leader = [keep if head == gone else head for head in leader]
    return dict(enumerate(leader))


def _paragraphs(extraction: Extraction) -> tuple[list[int], int]:
    """The number of each attribution's paragraph, and of the headline, -1 for none.

    What is counted are lines of the article, and not of the page around it.
    """
    text = extraction.text
    junk = extraction.document.boilerplate if extraction.document is not None else ()
    junk_starts = [span.start for span in junk]
    bounds = [
        (start, end)
        for start, end in find_paragraphs(text)
        if bisect_left(junk_starts, end) == bisect_left(junk_starts, start)
    ]
    starts = [start for start, _ in bounds]
    first = text[slice(*bounds[0])].strip() if len(bounds) > 1 else ""
    headline = 0 if first and len(first) <= _LONGEST_HEADLINE and not _STOP.search(first) else -1
    paragraphs = [bisect_right(starts, attribution.content[0].start) - 1 for attribution in extraction.attributions]
    return paragraphs, headline
