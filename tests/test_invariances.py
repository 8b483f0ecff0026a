"""The looks of a page change nothing: styles of marks, blank lines, a headline in capitals."""

from __future__ import annotations

import re
from pathlib import Path

import annotated
from hypothesis import given, settings
from hypothesis import strategies as st

import quotekit

OTHER_PAGES = ("headline", "transcripts", "marks", "blocks", "dialogue", "titles")
PASSAGES = [
    annotated.parse(marked)[0]
    for name, marked in annotated.passages(Path(__file__).with_name("constructions.txt"))
    if not name.startswith(OTHER_PAGES) and not set("\"'‘’«»„") & set(annotated.parse(marked)[0])
]
PAGES = st.lists(st.sampled_from(PASSAGES), min_size=1, max_size=6, unique=True).map("\n\n".join)


def words(text: str) -> list[tuple[str, ...]]:
    """What is attributed to whom, without marks and white space."""

    def bare(span: quotekit.Span | None) -> str:
        return re.sub(r"\W", "", span.text) if span else ""

    return [
        (bare(a.source), bare(a.cue.span if a.cue else None), *map(bare, a.content))
        for a in quotekit.extract(text).attributions
    ]


@settings(max_examples=15, deadline=None, derandomize=True)
@given(PAGES, st.sampled_from(['""', "«»", "„“", "„”"]))
def test_the_style_of_the_marks_changes_nothing(page: str, marks: str) -> None:
    changed = page.translate({ord("“"): marks[0], ord("”"): marks[1]})
    assert words(changed) == words(page)


@settings(max_examples=15, deadline=None, derandomize=True)
@given(PAGES, st.sampled_from(["\n", "\n\n\n", "\n \n", "\r\n\r\n"]))
def test_how_paragraphs_are_parted_changes_nothing(page: str, gap: str) -> None:
    assert words(page.replace("\n\n", gap)) == words(page)


def test_a_headline_in_capitals_changes_next_to_nothing() -> None:
    headline = "Council meets over the future of the harbour"
    same = total = 0
    for at in range(0, len(PASSAGES), 25):
        rest = "\n\n".join(["", *PASSAGES[at : at + 25]])
        plain, loud = set(words(headline + rest)), set(words(headline.upper() + rest))
        same += len(plain & loud)
        total += max(len(plain), len(loud))
    assert same >= 0.9 * total
