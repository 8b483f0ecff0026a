"""Which way quotation marks face."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotekit.marks import find_marks

SYMBOLS = {"open": "<", "close": ">", "apostrophe": "a", "prime": "p"}


def faces(text: str) -> str:
    return "".join(SYMBOLS[mark.side] for mark in find_marks(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("“A,” he said.", "<>", id="curly"),
        pytest.param('"A," he said. "B."', "<><>", id="straight"),
        pytest.param("''A,'' he said. ``B.''", "<><>", id="two-apostrophes"),
        pytest.param("«A», said he. »B«, said she.", "<><>", id="guillemets-both-ways"),
        pytest.param("„A“, sagte er. „B”, she said.", "<><>", id="low-high"),
        pytest.param("‘A,’ he said. 'B,' she said.", "<><>", id="single"),
        pytest.param("He said: ”A”.", "<>", id="closing-shape-on-both-sides"),
        pytest.param("“He said ‘no’ twice.”", "<<>>", id="nested-curly"),
        pytest.param("\"He said 'no' twice.\"", "<<>>", id="nested-straight"),
        pytest.param("It's the dogs’ bowl, isn’t it?", "aaa", id="apostrophes"),
        pytest.param("'I won't go to the boys' room,' he said.", "<aa>", id="possessive-inside-single-marks"),
        pytest.param("‘Yes’ is no answer to the workers’ demands.", "<>a", id="possessive-after-single-marks"),
        pytest.param("'Tis the '90s, rock 'n' roll.", "aaaa", id="elisions"),
        pytest.param("He is 6'2\" tall.", "pp", id="feet-and-inches"),
        pytest.param("“It ended in 1999” was all.", "<>", id="mark-after-a-year-closes"),
        pytest.param('"It ended in 1999" was all.', "<>", id="straight-mark-after-a-year-closes"),
        pytest.param('He said—"no"—twice.', "<>", id="between-dashes"),
        pytest.param('("A")', "<>", id="in-brackets"),
        pytest.param("“A.\n\n“B.”", "<<>", id="paragraphs-start-afresh"),
        pytest.param('"A.\n\n"B."', "<<>", id="straight-paragraphs-start-afresh"),
        pytest.param("", "", id="empty"),
        pytest.param("no marks", "", id="none"),
    ],
)
def test_faces(text: str, expected: str) -> None:
    assert faces(text) == expected


@pytest.mark.parametrize("style", ["“”", '""', "«»", "„“", "``''"])
def test_styles_read_alike(style: str) -> None:
    half = len(style) // 2
    text = "@He waits,# she said. @He,# they said, @does not.#"
    styled = text.replace("@", style[:half]).replace("#", style[half:])
    assert faces(styled) == "<><><>"


def test_one_odd_mark_does_not_turn_the_next_paragraph() -> None:
    assert faces('A " stray mark.\n\n"We wait," she said.')[-2:] == "<>"


@given(st.text(alphabet="“”\"'‘’«»„ab \n.,s5", max_size=60))
def test_every_mark_is_told_once_and_in_order(text: str) -> None:
    marks = find_marks(text)
    ends = [0, *[mark.end for mark in marks]]
    assert all(mark.start >= end for mark, end in zip(marks, ends, strict=False))
    # Six marks in a row and more are decoration.
    decoration = {i for run in re.finditer("[“”\"'‘’«»„]{6,}", text) for i in range(*run.span())}
    assert {i for mark in marks for i in range(mark.start, mark.end)} == {
        i for i, c in enumerate(text) if c in "“”\"'‘’«»„" and i not in decoration
    }


def test_many_marks_take_linear_time() -> None:
    def seconds(n: int) -> float:
        begin = time.perf_counter()
        find_marks("“" * n)
        return time.perf_counter() - begin

    assert seconds(40_000) < 40 * max(seconds(4_000), 0.001)
