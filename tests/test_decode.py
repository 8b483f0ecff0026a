"""Tags, spans, links and trees from scores: well-formed whatever the scores are."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from quotekit.reader import decode
from quotekit.reader.inputs import Inputs
from quotekit.reader.labels import ENTITY_LABELS, ROLE_TAGS
from quotekit.reader.windows import cut

FLOATS = st.floats(-8, 8, width=32)
N_TAGS = len(ROLE_TAGS)


def matrices(rows: int, columns: int) -> st.SearchStrategy[np.ndarray]:
    return arrays.arrays(np.float32, (rows, columns), elements=FLOATS)


@given(st.integers(1, 12).flatmap(lambda n: st.tuples(matrices(n, N_TAGS), matrices(N_TAGS, N_TAGS))), st.data())
def test_role_spans_are_well_formed(scores: tuple[np.ndarray, np.ndarray], data: st.DataObject) -> None:
    emissions, transitions = scores
    flags = st.lists(st.booleans(), min_size=len(emissions), max_size=len(emissions)).map(np.array)
    breaks, opens = data.draw(flags), data.draw(flags)
    tables = {"transitions": transitions, "first_tag": np.zeros(N_TAGS, dtype=np.float32)}
    spans = decode.decode_roles(decode.parted(emissions, breaks, opens), tables)
    assert all(span.first <= span.last < len(emissions) and 0 <= span.confidence <= 1 for span in spans)
    assert all(a.last < b.first for a, b in itertools.pairwise(spans))
    for span in spans:
        is_content = decode.role_of(span.label) == "content"
        goes_over = breaks & ~opens if is_content else breaks
        assert not goes_over[span.first + 1 : span.last + 1].any()


def edge_tables(transitions: np.ndarray, width: int) -> dict[str, np.ndarray]:
    flat = np.zeros((width + 1, width), dtype=np.float32)
    first = np.linspace(-1, 1, N_TAGS, dtype=np.float32)
    return {"transitions": transitions, "first_tag": first, "content_end": flat, "content_start": flat.copy()}


def all_linked(spans: list[decode.UnitSpan]) -> decode.Links:
    """Each content linked to the first cue."""
    cues = [i for i, span in enumerate(spans) if decode.role_of(span.label) == "cue"]
    contents = [i for i, span in enumerate(spans) if decode.role_of(span.label) == "content"]
    return decode.Links(dict.fromkeys(contents, (cues[0], 1.0)) if cues else {}, {})


@given(st.integers(2, 14).flatmap(lambda n: st.tuples(matrices(n, N_TAGS), matrices(N_TAGS, N_TAGS))))
def test_edges_stay_where_the_tags_have_them_if_the_edge_heads_are_silent(
    scores: tuple[np.ndarray, np.ndarray],
) -> None:
    emissions, transitions = scores
    tables = edge_tables(transitions, 2)
    spans = decode.decode_roles(emissions, tables)
    moved = decode.decode_edges(spans, all_linked(spans), emissions, np.zeros((len(emissions), 8)), tables)

    def score(found: list[decode.UnitSpan]) -> float:
        tags = np.zeros(len(emissions), dtype=int)
        for span in found:
            tags[span.first : span.last + 1] = 2 * span.label + 2
            tags[span.first] -= 1
        steps = sum(float(transitions[a, b]) for a, b in itertools.pairwise(tags))
        return steps + float(tables["first_tag"][tags[0]]) + float(emissions[np.arange(len(tags)), tags].sum())

    # Ties may be settled either way.
    assert score(moved) == pytest.approx(score(spans), abs=1e-3)


@given(st.integers(3, 14).flatmap(lambda n: st.tuples(matrices(n, N_TAGS), matrices(n, 8))), matrices(3, 2))
def test_edges_never_run_into_another_span(scores: tuple[np.ndarray, np.ndarray], table: np.ndarray) -> None:
    emissions, sides = scores
    tables = edge_tables(np.zeros((N_TAGS, N_TAGS), dtype=np.float32), 2) | {
        "content_end": table,
        "content_start": -table,
    }
    spans = decode.decode_roles(emissions, tables)
    moved = decode.decode_edges(spans, all_linked(spans), emissions, sides, tables)
    assert [span.label for span in moved] == [span.label for span in spans]
    assert all(span.first <= span.last for span in moved)
    assert all(a.last < b.first for a, b in itertools.pairwise(moved))


def test_an_edge_head_moves_an_edge() -> None:
    # cue O content content O O: the tags doubt whether the content ends after its second unit.
    emissions = np.zeros((6, N_TAGS), dtype=np.float32)
    for unit, tag in enumerate(("B-cue", "O", "B-content", "I-content", "O", "O")):
        emissions[unit, ROLE_TAGS.index(tag)] = 9
    emissions[4, ROLE_TAGS.index("I-content")] = 8.5
    tables = edge_tables(np.zeros((N_TAGS, N_TAGS), dtype=np.float32), 1)
    tables["first_tag"][:] = 0
    tables["content_end"][-1] = 1
    sides = np.zeros((6, 4), dtype=np.float32)
    sides[4, 1] = 5
    spans = decode.decode_roles(emissions, tables)
    assert [(span.first, span.last) for span in spans] == [(0, 0), (2, 3)]
    moved = decode.decode_edges(spans, all_linked(spans), emissions, sides, tables)
    assert [(span.first, span.last) for span in moved] == [(0, 0), (2, 4)]


def test_a_content_without_a_cue_of_its_own_is_left_alone() -> None:
    spans = [decode.UnitSpan(1, 0, 0, 1.0), decode.UnitSpan(2, 3, 4, 1.0)]
    width, sides = 1, np.zeros((5, 4), dtype=np.float32)
    tables = {name: np.zeros((width + 1, width + 1), dtype=np.float32) for name in ("content_cue", "cue_source")}
    tables |= {name: np.zeros((3, 24), dtype=np.float32) for name in ("near_content", "near_source")}
    for name in ("no_source", "no_cue"):
        tables |= {f"{name}_weight": np.zeros((1, width), dtype=np.float32), f"{name}_bias": np.zeros(1)}
    breaks = np.ones(5, dtype=np.int32)
    tables["no_cue_bias"] = np.array([-1.0])
    assert decode.decode_links(spans, sides, breaks, tables).cue_of.keys() == {1}
    # A cue that has nothing else takes it where it may well be its own, but not against all odds.
    tables["no_cue_bias"] = np.array([1.0])
    assert decode.decode_links(spans, sides, breaks, tables).cue_of.keys() == {1}
    tables["no_cue_bias"] = np.array([9.0])
    assert not decode.decode_links(spans, sides, breaks, tables).cue_of


@given(st.integers(1, 7).flatmap(lambda n: matrices(n, 3)), matrices(3, 3))
def test_viterbi_finds_the_best_sequence(emissions: np.ndarray, transitions: np.ndarray) -> None:
    first = np.zeros(3, dtype=np.float32)

    def score(tags: tuple[int, ...]) -> float:
        moves = sum(float(transitions[a, b]) for a, b in itertools.pairwise(tags))
        return moves + sum(float(emissions[i, t]) for i, t in enumerate(tags))

    best = max(score(tags) for tags in itertools.product(range(3), repeat=len(emissions)))
    assert score(tuple(decode.viterbi(emissions, transitions, first).tolist())) == pytest.approx(best, abs=1e-3)


@given(st.integers(1, 6).flatmap(lambda n: matrices(n, n)))
def test_sentences_become_trees(scores: np.ndarray) -> None:
    heads = decode.tree(scores.copy())
    roots = [i for i, head in enumerate(heads) if head == i]
    assert len(roots) == 1
    for token in range(len(heads)):
        for _ in range(len(heads)):
            token = int(heads[token])
        assert token == roots[0]


@given(st.integers(2, 5).flatmap(lambda n: matrices(n, n)))
def test_cycles_give_way_to_the_best_tree(scores: np.ndarray) -> None:
    heads = decode._edmonds(np.where(np.eye(len(scores), dtype=bool), -1e4, scores).astype(np.float64), 0)
    n = len(scores)

    def is_tree(candidate: tuple[int, ...]) -> bool:
        for token in range(1, n):
            for _ in range(n):
                token = candidate[token] if token else 0
            if token:
                return False
        return True

    def total(candidate: tuple[int, ...]) -> float:
        return sum(float(scores[i, candidate[i]]) for i in range(1, n))

    options = [(0, *rest) for rest in itertools.product(range(n), repeat=n - 1)]
    options = [o for o in options if all(o[i] != i for i in range(1, n)) and is_tree(o)]
    assert is_tree(tuple(heads.tolist()))
    assert total(tuple(heads.tolist())) == pytest.approx(max(map(total, options)), abs=1e-3)


@given(st.integers(1, 10).flatmap(lambda n: matrices(n, len(ENTITY_LABELS))))
def test_entities_do_not_overlap(scores: np.ndarray) -> None:
    found = decode.decode_entities(scores, np.zeros(len(scores), dtype=bool))
    assert all(a.last < b.first for a, b in itertools.pairwise(found))
    assert {decode.entity_name(span.label) for span in found} <= {"PERSON", "ORG", "LOC", "MISC", "DATE", "TIME"}


def test_entities_end_at_a_blank_line() -> None:
    scores = np.zeros((2, len(ENTITY_LABELS)), dtype=np.float32)
    scores[0, 1] = scores[1, 2] = 5
    assert len(decode.decode_entities(scores, np.array([False, False]))) == 1
    assert len(decode.decode_entities(scores, np.array([False, True]))) == 2


def test_long_sentences_are_cut() -> None:
    starts = decode.sentence_starts(np.full(1000, -5.0), np.zeros(1000, dtype=bool))
    assert np.flatnonzero(starts).tolist() == [0, 300, 600, 900]


def encoded(lengths: list[int], breaks: list[int]) -> Inputs:
    """Inputs of units with so many pieces and such breaks before them."""
    n = len(lengths)
    first = np.cumsum([0, *lengths[:-1]]).astype(np.int32)
    shapes = np.zeros((n, 4), dtype=np.int32)
    shapes[:, 2] = breaks
    offsets = np.arange(n, dtype=np.int32)
    unit_of_piece = np.repeat(offsets, lengths)
    return Inputs(np.full(sum(lengths), 2000, dtype=np.int32), unit_of_piece, first, offsets, offsets + 1, shapes)


@given(
    st.lists(st.tuples(st.integers(1, 6), st.integers(0, 3)), min_size=1, max_size=120),
    st.integers(12, 40),
    st.integers(0, 5),
    st.integers(0, 4),
)
def test_windows_cover_a_text_once(units: list[tuple[int, int]], size: int, left: int, right: int) -> None:
    inputs = encoded([n for n, _ in units], [b for _, b in units])
    windows = cut(inputs, size=size, left=left, right=right)
    cores = [unit for window in windows for unit in range(window.core_first, window.core_last)]
    assert cores == list(range(len(units)))
    edge = [*inputs.first_piece.tolist(), len(inputs.pieces)]
    for window in windows:
        assert window.first <= window.core_first < window.core_last <= window.last
        assert edge[window.last] - edge[window.first] <= size


def test_windows_end_at_blank_lines() -> None:
    inputs = encoded([1] * 40, [3 if i in (14, 27) else 1 for i in range(40)])
    assert [window.core_last for window in cut(inputs, size=20, left=0, right=0)] == [14, 27, 40]
