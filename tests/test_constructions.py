"""The table of constructions: every way in which news attributes words to somebody, and what only looks like one."""

from __future__ import annotations

from pathlib import Path

import annotated
import pytest

import quotekit
from quotekit.types import Extraction

PASSAGES = dict(annotated.passages(Path(__file__).with_name("constructions.txt")))

KNOWN_FAILURES = {
    "descriptions-of-the-source-7": "the parse takes “as Idris said” for a clause, and Idris for the source",
    "tags-that-close-a-sentence,-and-clauses-behind-them-6": "the reader marks what follows “in her view” alone",
    "what-ends-with-a-tag-that-says-who-thinks-so-2": "the parse gives the fisherman to the first clause",
    "tags-amid-other-words-4": "the reader takes what stands before “according to whom” for the content",
    "what-people-in-a-quotation-said-1": "the parse makes “him” the object of “put”",
    "what-people-in-a-quotation-said-2": "the parse makes “I” the subject of “rubbish”",
}


@pytest.fixture(scope="module")
def read() -> dict[str, Extraction]:
    texts = [annotated.parse(marked)[0] for marked in PASSAGES.values()]
    return dict(zip(PASSAGES, quotekit.extract_many(texts), strict=True))


@pytest.mark.parametrize(
    "passage",
    [
        pytest.param(name, marks=pytest.mark.xfail(strict=True, reason=KNOWN_FAILURES[name]))
        if name in KNOWN_FAILURES
        else name
        for name in PASSAGES
    ],
)
def test_construction(read: dict[str, Extraction], passage: str) -> None:
    _, marked = annotated.parse(PASSAGES[passage])
    circumstances = any(frame.addressee or frame.time or frame.venue for frame in marked)

    def compared(frame: annotated.Marked) -> tuple[object, ...]:
        told = (frame.source, frame.cue, frame.negated, frame.content)
        return (*told, frame.addressee, frame.time, frame.venue) if circumstances else told

    found = [annotated.as_marked(attribution) for attribution in read[passage].attributions]
    assert [compared(frame) for frame in found] == [compared(frame) for frame in marked]


def test_there_is_room_for_what_attributes_nothing() -> None:
    parsed = [annotated.parse(marked)[1] for marked in PASSAGES.values()]
    assert len(parsed) >= 250
    assert sum(not frames for frames in parsed) >= 50


@pytest.mark.parametrize("marked", ["<source>He", "<source>He</cue>"])
def test_a_wrong_mark_up_is_told(marked: str) -> None:
    with pytest.raises(ValueError, match="closed"):
        annotated.parse(marked)
