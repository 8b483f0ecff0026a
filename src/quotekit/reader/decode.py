"""From the network's scores to tags, spans, links and trees, all well-formed."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from quotekit.reader.inputs import PARAGRAPH
from quotekit.reader.labels import ENTITY_LABELS, ROLE_TAGS, UPOS
from quotekit.reader.links import distance_classes

Floats = NDArray[np.floating[Any]]
Ints = NDArray[np.int64]
IMPOSSIBLE = np.float32(-1e4)
LONGEST_LINK = 180
"""Units between a cue and what belongs to it; more did not fit into a window of the training."""
SURE_LINK = 0.9
"""Probability that a link over a blank line needs: paragraphs seldom share a cue, and where the reader doubts, the
words go to a cue of their own paragraph or are left to the discourse (PolNeAR dev: whole attributions at overlap 0.8
rise by 3 points of F1)."""
LEAST_LINK = 0.05
"""Probability that a link needs where a source would be left without a cue: few are tagged that say nothing (PolNeAR
dev: whole attributions at overlap 0.3 rise by half a point of F1)."""
LEAST_CUE = 0.05
"""Probability that a link needs where a cue would be left without a content (PolNeAR dev: whole attributions at overlap
0.8 rise by 0.2 points of F1; any value from 0.01 to 0.2 does the same)."""
EDGE_WEIGHT = 1.0
"""How much the edge heads count beside the tags where a content begins and ends (chosen on PolNeAR dev)."""
LONGEST_CONTENT = 240
"""Units from an edge of a content within which its other edge is looked for anew."""
LONGEST_SENTENCE = 300
"""A sentence of more tokens is cut: arcs cost the square of its length, and no such sentence is real."""


class UnitSpan(NamedTuple):
    """A tagged span in units."""

    label: int
    """Index of the role, counting ``reading.ROLES``, or of the entity label."""
    first: int
    last: int
    """Last unit, inclusive."""
    confidence: float


def viterbi(emissions: Floats, transitions: Floats, first: Floats) -> Ints:
    """The best tag sequence of a linear-chain model.

    Args:
        emissions: Shape (n, tags).
        transitions: From tag to tag, shape (tags, tags).
        first: Scores of the first tag, shape (tags,).

    Returns:
        Tags, shape (n,).

    >>> flat = np.zeros((2, 2), dtype=np.float32)
    >>> viterbi(np.array([[0, 1], [2, 0]], dtype=np.float32), flat, flat[0]).tolist()
    [1, 0]
    """
    n, n_tags = emissions.shape
    if n == 0:
        return np.zeros(0, dtype=np.int64)
    back = np.empty((n, n_tags), dtype=np.int64)
    into = np.ascontiguousarray(transitions.T)
    columns = np.arange(n_tags)
    score = emissions[0] + first
    for i in range(1, n):
        paths = into + score
        best = paths.argmax(axis=1)
        back[i] = best
        score = paths[columns, best] + emissions[i]
    tags = np.empty(n, dtype=np.int64)
    tag = int(score.argmax())
    tags[-1] = tag
    for i, row in zip(range(n - 2, -1, -1), back[:0:-1].tolist(), strict=True):
        tag = row[tag]
        tags[i] = tag
    return tags


def softmax(scores: Floats) -> Floats:
    """Softmax over the last axis."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    result: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return result


def allowed(transitions: Floats) -> Floats:
    """Transitions with the ill-formed ones (an I tag after anything but its own B or I) made impossible."""
    result = transitions.copy()
    for after in range(2, len(result), 2):
        for before in range(len(result)):
            if before not in (after, after - 1):
                result[before, after] = IMPOSSIBLE
    return result


def tag_spans(tags: Ints, probabilities: Floats) -> list[UnitSpan]:
    """Reads well-formed BIO tags as spans; a span's confidence is the mean probability of its tags.

    >>> tag_spans(np.array([0, 1, 2, 3]), np.full((4, 7), 0.5, dtype=np.float32))
    [UnitSpan(label=0, first=1, last=2, confidence=0.5), UnitSpan(label=1, first=3, last=3, confidence=0.5)]
    """
    chosen = probabilities[np.arange(len(tags)), tags]
    running = np.append(0.0, np.cumsum(chosen, dtype=np.float64))
    begins = np.flatnonzero(tags % 2 == 1)
    inner = (tags > 0) & (tags % 2 == 0)
    # A span ends before the first unit that does not go on with it.
    stops = np.append(np.flatnonzero(~inner), len(tags))
    ends = stops[np.searchsorted(stops, begins, side="right")] - 1
    return [
        UnitSpan(int(tags[b]) // 2, b, e, float((running[e + 1] - running[b]) / (e + 1 - b)))
        for b, e in zip(begins.tolist(), ends.tolist(), strict=True)
    ]


def parted(emissions: Floats, is_paragraph: NDArray[np.bool_], opens: NDArray[np.bool_]) -> Floats:
    """Scores of the tags with those made impossible that would let a span go on over a blank line.

    Only a content that opens its quotation marks anew there may go on.

    Args:
        emissions: Scores of the tags of every unit, shape (n, tags).
        is_paragraph: Whether a blank line stands before each unit, shape (n,).
        opens: Whether each unit is an opening quotation mark, shape (n,).
    """
    emissions = emissions.copy()
    for role, goes_on in (("source", False), ("cue", False), ("content", opens)):
        emissions[is_paragraph & ~np.asarray(goes_on), ROLE_TAGS.index(f"I-{role}")] = IMPOSSIBLE
    return emissions


def decode_roles(emissions: Floats, tables: dict[str, Floats]) -> list[UnitSpan]:
    """Source, cue and content spans: the best well-formed sequence of the CRF.

    Args:
        emissions: Scores of the tags of every unit, as `parted` gives them, shape (n, tags).
        tables: The model's tables.
    """
    first = tables["first_tag"].copy()
    # A text does not begin in the middle of a span.
    first[2::2] = IMPOSSIBLE
    tags = viterbi(emissions, allowed(tables["transitions"]), first)
    return tag_spans(tags, softmax(emissions))


def decode_entities(scores: Floats, is_paragraph: NDArray[np.bool_]) -> list[UnitSpan]:
    """Named entities: best labels; an I after another label, or after a blank line, begins a span of its own."""
    tags: Ints = scores.argmax(axis=1)
    kind = (tags + 1) // 2
    inner = (tags > 0) & (tags % 2 == 0)
    inner[1:] &= kind[1:] == kind[:-1]
    inner &= ~is_paragraph
    if len(inner):
        inner[0] = False
    begins = np.flatnonzero((tags > 0) & ~inner)
    stops = np.append(np.flatnonzero(~inner), len(tags))
    ends = stops[np.searchsorted(stops, begins, side="right")] - 1
    return [UnitSpan(int(kind[b]), b, e, 1.0) for b, e in zip(begins.tolist(), ends.tolist(), strict=True)]


def entity_name(label: int) -> str:
    """Name of an entity label as ``decode_entities`` counts them."""
    return ENTITY_LABELS[2 * label][2:]


class Links(NamedTuple):
    """Choices of the link heads, as indices into the list of spans."""

    cue_of: dict[int, tuple[int, float]]
    """For each content its cue, and the probability of the choice."""
    source_of: dict[int, tuple[int | None, float]]
    """For each cue its source or None, and the probability of the choice."""


def _with_one(x: Floats) -> Floats:
    return np.concatenate([x, np.ones((*x.shape[:-1], 1), dtype=np.float32)], axis=-1)


def decode_links(spans: list[UnitSpan], sides: Floats, breaks: NDArray[np.int32], tables: dict[str, Floats]) -> Links:
    """Each content chooses its cue, each cue its source or none; a source may serve several cues.

    Args:
        spans: Role spans of one stretch of text, in order.
        sides: Link vectors of every unit, shape (n_units, 4 * link width).
        breaks: Class of the break before each unit, shape (n_units,): 2 is a new line, `PARAGRAPH` and above a new
            paragraph.
        tables: The model's tables.
    """
    groups = [[i for i, s in enumerate(spans) if s.label == label] for label in range(3)]
    sources, cues, contents = groups
    if not cues:
        return Links({}, {})
    n_units = len(sides)
    cue_firsts = np.zeros(n_units, dtype=np.int32)
    cue_firsts[[spans[i].first for i in cues]] = 1
    cue_counts = np.append(0, np.cumsum(cue_firsts)).astype(np.int32)
    break_counts = np.append(0, np.cumsum(breaks >= 2)).astype(np.int32)
    paragraph = np.cumsum(breaks >= PARAGRAPH)
    paragraph_of = paragraph[[span.first for span in spans]]
    width = sides.shape[1] // 4

    def vectors(members: list[int], of_cue: bool) -> Floats:
        begin = 2 * width if of_cue else 0
        first = sides[[spans[i].first for i in members], begin : begin + width]
        last = sides[[spans[i].last for i in members], begin + width : begin + 2 * width]
        return _with_one(np.maximum(first + last, 0))

    def near(table: Floats, members: list[int], others: list[int]) -> Floats:
        """Scores of the distances; spans farther apart than any that the network has seen together are no choice."""
        firsts = [np.array([spans[i].first for i in group], dtype=np.int64) for group in (members, others)]
        lasts = [np.array([spans[i].last for i in group], dtype=np.int64) for group in (members, others)]
        classes = distance_classes(firsts[0], lasts[0], firsts[1], lasts[1], cue_counts, break_counts)
        result: Floats = table[0][classes[0]] + table[1][classes[1]] + table[2][classes[2]]
        gaps = np.maximum(firsts[0][:, None] - lasts[1][None, :], firsts[1][None, :] - lasts[0][:, None])
        result[gaps > LONGEST_LINK] = IMPOSSIBLE
        return result

    cue_vectors = vectors(cues, True)
    cue_of: dict[int, tuple[int, float]] = {}
    if contents:
        own = vectors(contents, False)
        scores = own @ tables["content_cue"] @ cue_vectors.T + near(tables["near_content"], contents, cues)
        none = own[:, :-1] @ tables["no_cue_weight"].T + tables["no_cue_bias"]
        chances = softmax(np.concatenate([scores, none], axis=1))[:, :-1]
        at_cue, at_content = paragraph_of[cues], paragraph_of[contents]
        apart = at_content[:, None] != at_cue[None, :]
        # Where the reader doubts, a cue of the content's own paragraph, if there is one, is the likelier.
        unsure = apart & (chances <= SURE_LINK)
        chances = softmax(np.concatenate([np.where(unsure, 2 * IMPOSSIBLE, scores), none], axis=1))
        best = chances.argmax(axis=1)
        idle: list[int] = []
        for row, content in enumerate(contents):
            column = int(best[row])
            if column == len(cues):
                idle.append(row)
                continue
            if scores[row, column] > IMPOSSIBLE / 2 and not unsure[row, column]:
                cue_of[content] = (cues[column], float(chances[row, column]))
        # A cue says something: one without a content in its own paragraph takes one that chose none, where that may
        # well be its own.
        heard = {cue for content, (cue, _) in cue_of.items() if paragraph_of[content] == paragraph_of[cue]}
        for row in sorted(idle, key=lambda row: -float(chances[row, :-1].max())):
            column = int(chances[row, :-1].argmax())
            cue, content = cues[column], contents[row]
            is_near = paragraph_of[content] == paragraph_of[cue] or cue not in {other for other, _ in cue_of.values()}
            follows = spans[content].first == spans[cue].last + 1
            if cue not in heard and is_near and (follows or chances[row, column] >= LEAST_CUE):
                heard.add(cue)
                cue_of[content] = (cue, float(chances[row, column]))
    scores = cue_vectors[:, :-1] @ tables["no_source_weight"].T + tables["no_source_bias"]
    if sources:
        other = cue_vectors @ tables["cue_source"] @ vectors(sources, False).T + near(
            tables["near_source"], cues, sources
        )
        scores = np.concatenate([scores, other], axis=1)
    chances = softmax(scores)
    best = chances.argmax(axis=1)
    source_of: dict[int, tuple[int | None, float]] = {}
    for row, cue in enumerate(cues):
        choice = int(best[row])
        source_of[cue] = (sources[choice - 1] if choice else None, float(chances[row, choice]))
    _settle_sources(source_of, sources, cues, chances)
    return Links(cue_of, source_of)


def _settle_sources(
    source_of: dict[int, tuple[int | None, float]], sources: list[int], cues: list[int], chances: Floats
) -> None:
    """Gives each source that no cue chose the likeliest cue that chose none, or one that shares its source."""
    shared = Counter(source for source, _ in source_of.values())
    for column, source in enumerate(sources, start=1):
        if source in shared:
            continue
        for row in np.argsort(-chances[:, column])[:3].tolist():
            chance = float(chances[row, column])
            before, _ = source_of[cues[row]]
            if chance >= LEAST_LINK and (before is None or shared[before] > 1):
                shared[before] -= 1
                shared[source] += 1
                source_of[cues[row]] = (source, chance)
                break


def decode_edges(
    spans: list[UnitSpan], links: Links, emissions: Floats, sides: Floats, tables: dict[str, Floats]
) -> list[UnitSpan]:
    """Moves the edges of contents to where tags and edge heads together have them.

    The tags decide from word to word; the edge heads look at cue and content at once, as readers do. No span comes to
    overlap another.

    Args:
        spans: Role spans of one stretch of text, in order.
        links: Their links; contents without a cue stay as they are.
        emissions: Scores of the tags as the spans were decoded from them (`parted`), shape (n_units, tags).
        sides: Link vectors of every unit, shape (n_units, 4 * link width).
        tables: The model's tables.
    """
    begin, inner = ROLE_TAGS.index("B-content"), ROLE_TAGS.index("I-content")
    begin_argument, end_argument, begin_cue, end_cue = np.split(sides, 4, axis=1)
    moves = tables["transitions"]
    n_units = len(sides)
    result = list(spans)
    probabilities = softmax(emissions)
    for i, (cue, _) in sorted(links.cue_of.items()):
        first, last = result[i].first, result[i].last
        # Units that are free for it: from the end of the span before to the beginning of the next.
        low = max(result[i - 1].last + 1 if i else 0, last - LONGEST_CONTENT)
        high = min(result[i + 1].first if i + 1 < len(result) else n_units, first + LONGEST_CONTENT)
        if not low <= first <= last < high:
            continue
        of_cue = begin_cue[result[cue].first] + end_cue[result[cue].last]

        # Where it ends: B, then I up to the end, then O up to what follows.
        query = _with_one(np.maximum(of_cue + begin_argument[first], 0)) @ tables["content_end"]
        goes_on = np.cumsum(np.append(0.0, emissions[first + 1 : high, inner] + moves[inner, inner]))
        stops = np.cumsum((emissions[first:high, 0] + moves[0, 0])[::-1])[::-1]
        path = goes_on + np.append(stops[1:], 0.0)
        path[1:] += moves[begin, inner] - moves[inner, inner]
        leave = np.full(high - first, inner)
        leave[0] = begin
        path[:-1] += moves[leave[:-1], 0] - moves[0, 0]
        if high < n_units:
            follows = _first_tag(result, i + 1, high)
            path[:-1] += moves[0, follows]
            path[-1] += moves[leave[-1], follows]
        chances = _log_softmax(end_argument[first:high] @ query)
        last = first + int((path + EDGE_WEIGHT * chances).argmax())

        # Where it begins: O from what stands before, B, then I up to the end.
        low = max(low, last - LONGEST_CONTENT)
        query = _with_one(np.maximum(of_cue + end_argument[last], 0)) @ tables["content_start"]
        goes_on = np.cumsum(np.append(0.0, (emissions[low + 1 : last + 1, inner] + moves[inner, inner])[::-1]))[::-1]
        path = goes_on + np.cumsum(np.append(0.0, emissions[low:last, 0] + moves[0, 0]))
        path += emissions[low : last + 1, begin]
        path[:-1] += moves[begin, inner] - moves[inner, inner]
        enter = moves[_last_tag(result, i - 1, low)] if low else tables["first_tag"]
        path[1:] += enter[0] + moves[0, begin] - moves[0, 0]
        path[0] += enter[begin]
        if last + 1 < n_units:
            # A content of one unit is left from its B.
            follows = _first_tag(result, i + 1, last + 1)
            path[:-1] += moves[inner, follows]
            path[-1] += moves[begin, follows]
        chances = _log_softmax(begin_argument[low : last + 1] @ query)
        first = low + int((path + EDGE_WEIGHT * chances).argmax())
        if (first, last) != (result[i].first, result[i].last):
            units = np.arange(first, last + 1)
            confidence = float(probabilities[units, np.where(units == first, begin, inner)].mean())
            result[i] = UnitSpan(result[i].label, first, last, confidence)
    return result


def _first_tag(spans: list[UnitSpan], i: int, unit: int) -> int:
    """The tag of a unit that lies before span i or at its beginning."""
    return 2 * spans[i].label + 1 if i < len(spans) and spans[i].first == unit else 0


def _last_tag(spans: list[UnitSpan], i: int, unit: int) -> int:
    """The tag of the unit before one that lies behind span i."""
    if i < 0 or spans[i].last + 1 != unit:
        return 0
    return 2 * spans[i].label + (2 if spans[i].first < spans[i].last else 1)


def _log_softmax(scores: Floats) -> Floats:
    result: Floats = scores - scores.max()
    result -= np.log(np.exp(result).sum())
    return result


def sentence_starts(scores: Floats, is_paragraph: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Where sentences start: where the head says so, at every blank line, and at the first token.

    Args:
        scores: Log-odds of each token, shape (n,).
        is_paragraph: Whether a blank line stands before each token, shape (n,).
    """
    starts = (scores > 0) | is_paragraph
    if len(starts):
        starts[0] = True
    begins = np.append(np.flatnonzero(starts), len(starts))
    for begin, length in zip(begins[:-1].tolist(), np.diff(begins).tolist(), strict=True):
        if length > LONGEST_SENTENCE:
            starts[begin : begin + length : LONGEST_SENTENCE] = True
    return starts


class LabelTables:
    """Scores dependency labels, those alone that a word's part of speech can have: the others need not be computed.

    Args:
        weights: Weights of each label, shape (labels, label width + 1, label width + 1).
        deps: The labels.
        deps_of: Those that words of a part of speech have.
    """

    def __init__(self, weights: Floats, deps: Sequence[str], deps_of: Mapping[str, Sequence[str]]) -> None:
        self.width = weights.shape[1] - 1
        self._labels = [np.array([deps.index(dep) for dep in deps_of[upos]], dtype=np.int64) for upos in UPOS]
        by_row = weights.transpose(1, 0, 2)
        self._weights = [np.ascontiguousarray(by_row[:, labels]).reshape(self.width + 1, -1) for labels in self._labels]

    def best(self, dependents: Floats, heads: Floats, upos: Ints) -> Ints:
        """The best label of each arc.

        Args:
            dependents: Label vectors of the dependents, shape (n, label width).
            heads: Those of their heads, shape (n, label width).
            upos: Parts of speech of the dependents, shape (n,).
        """
        result = np.zeros(len(dependents), dtype=np.int64)
        for tag, (labels, weights) in enumerate(zip(self._labels, self._weights, strict=True)):
            rows = np.flatnonzero(upos == tag)
            # In slices, which stay in the processor's cache.
            for part in np.split(rows, range(128, len(rows), 128)):
                left = (_with_one(dependents[part]) @ weights).reshape(-1, len(labels), self.width + 1)
                scores = np.matmul(left, _with_one(heads[part])[:, :, None])[:, :, 0]
                result[part] = labels[scores.argmax(axis=1)]
        return result


def decode_trees(
    sides: Floats, starts: NDArray[np.bool_], upos: Ints, tables: dict[str, Floats], label_tables: LabelTables
) -> tuple[Ints, Ints]:
    """One tree for each sentence.

    Args:
        sides: Dependent and head sides of arcs and labels of every token, shape (n, 2 * arc + 2 * label width).
        starts: Where sentences start, shape (n,).
        upos: Parts of speech, shape (n,).
        tables: The model's tables.
        label_tables: Those of the labels.

    Returns:
        Heads (a root's is itself) and labels, shapes (n,).
    """
    n = len(sides)
    arc_width = tables["arc"].shape[1]
    label_width = label_tables.width
    arc_dep, arc_head, label_dep, label_head = np.split(
        sides, [arc_width, 2 * arc_width, 2 * arc_width + label_width], axis=1
    )
    query = _with_one(arc_dep) @ tables["arc"]
    root_scores = query @ tables["root"]
    heads = np.arange(n, dtype=np.int64)
    begins = [*np.flatnonzero(starts).tolist(), n]
    for begin, end in itertools.pairwise(begins):
        if end - begin > 1:
            scores = query[begin:end] @ arc_head[begin:end].T
            np.fill_diagonal(scores, root_scores[begin:end])
            heads[begin:end] = tree(scores) + begin
    return heads, label_tables.best(label_dep, label_head[heads], upos)


def tree(scores: Floats) -> Ints:
    """The heads of one sentence: a tree with one root.

    The greedy choice is a tree for most sentences; where it is not, the best tree is found by the Chu–Liu/Edmonds
    algorithm (Edmonds 1967).

    Args:
        scores: Score of each head (column) for each token (row); on the diagonal, of being the root.

    >>> tree(np.array([[0, 9, 0], [1, 8, 0], [0, 5, 9]], dtype=np.float32)).tolist()
    [1, 1, 1]
    """
    n = len(scores)
    diagonal = np.diagonal(scores)
    # One root only: the token that loses least when it becomes the root.
    others = scores.copy()
    np.fill_diagonal(others, IMPOSSIBLE)
    best: Ints = others.argmax(axis=1)
    root = int((diagonal - others[np.arange(n), best]).argmax())
    heads = best
    heads[root] = root
    reached = heads
    for _ in range(max(1, int(n).bit_length())):
        reached = reached[reached]
    if (reached == root).all():
        return heads
    others[root] = IMPOSSIBLE
    return _edmonds(others.astype(np.float64), root)


def _edmonds(scores: NDArray[np.float64], root: int) -> Ints:
    """Maximum spanning arborescence from ``root``."""
    n = len(scores)
    heads: Ints = scores.argmax(axis=1)
    heads[root] = root
    cycle = _cycle(heads, root)
    if cycle is None:
        return heads
    inside = np.zeros(n, dtype=np.bool_)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    members = np.array(cycle)
    size = len(outside) + 1
    small = np.full((size, size), float(IMPOSSIBLE) * 10)
    small[:-1, :-1] = scores[np.ix_(outside, outside)]
    # Into the cycle: what is gained by breaking it at the entered token. Out of it: the best member as head.
    kept = scores[members, heads[members]]
    entering = scores[np.ix_(members, outside)] - kept[:, None]
    enter = entering.argmax(axis=0)
    small[-1, :-1] = entering[enter, np.arange(len(outside))]
    leaving = scores[np.ix_(outside, members)]
    leave = leaving.argmax(axis=1)
    small[:-1, -1] = leaving[np.arange(len(outside)), leave]
    new_root = int(np.flatnonzero(outside == root)[0])
    chosen = _edmonds(small, new_root)
    result = heads.copy()
    for i, token in enumerate(outside.tolist()):
        if token != root:
            result[token] = members[leave[i]] if chosen[i] == size - 1 else outside[chosen[i]]
    entry = int(chosen[-1])
    result[members[enter[entry]]] = outside[entry]
    result[root] = root
    return result


def _cycle(heads: Ints, root: int) -> list[int] | None:
    """A cycle among heads, if there is one."""
    state = [0] * len(heads)
    state[root] = 2
    for begin in range(len(heads)):
        path = []
        token = begin
        while state[token] == 0:
            state[token] = 1
            path.append(token)
            token = int(heads[token])
        if state[token] == 1:
            return path[path.index(token) :]
        for passed in path:
            state[passed] = 2
    return None


def role_of(label: int) -> str:
    """Name of a role as ``decode_roles`` counts them."""
    return ROLE_TAGS[2 * label + 1][2:]
