"""The table of speakers: names, titles, groups and reference of many kinds and cultures, each in a small passage."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import quotekit
from quotekit.types import Attribution, Extraction

_MARK = re.compile(r"\{([^{}|]*)(?:\|([^{}|]*))?\}")


@dataclass
class Passage:
    """A passage, whose words are whose, and what its speakers are like."""

    text: str
    marks: list[tuple[int, int, str | None]] = field(default_factory=list)
    """Characters of a source, or of words said, and the speaker's name."""
    told: dict[str, dict[str, str]] = field(default_factory=dict)
    fails: bool = False
    """Whether it is known to fail."""


def parse(marked: str) -> Passage:
    """The text without its marks.

    >>> parse("{Maren Holt} said so.").marks
    [(0, 10, 'Maren Holt')]
    """
    passage = Passage("")
    at = 0
    for mark in _MARK.finditer(marked):
        passage.text += marked[at : mark.start()].replace("¶", "\n\n")
        start = len(passage.text)
        passage.text += mark[1]
        name = mark[2] or mark[1]
        passage.marks.append((start, len(passage.text), None if name == "-" else name))
        at = mark.end()
    passage.text += marked[at:].replace("¶", "\n\n")
    return passage


def passages(path: Path) -> dict[str, Passage]:
    """The passages of a table by their section and number in it."""
    found: dict[str, Passage] = {}
    section, number = "", 0
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            section, number = line[3:].replace(" ", "-"), 0
        elif line.startswith("> "):
            name, *facts = line[2:].split(" | ")
            found[f"{section}-{number}"].told[name] = dict(fact.split("=", 1) for fact in facts)
        elif line and not line.startswith("#"):
            number += 1
            found[f"{section}-{number}"] = parse(line.removeprefix("! "))
            found[f"{section}-{number}"].fails = line.startswith("! ")
    return found


PASSAGES = passages(Path(__file__).with_name("speakers.txt"))


@pytest.fixture(scope="module")
def read() -> dict[str, Extraction]:
    return dict(zip(PASSAGES, quotekit.extract_many(p.text for p in PASSAGES.values()), strict=True))


def _at(extraction: Extraction, start: int, end: int) -> Attribution | None:
    """The attribution with a source, else with words, at these characters."""
    for attribution in extraction.attributions:
        if attribution.source and attribution.source.start < end and attribution.source.end > start:
            return attribution
    for attribution in extraction.attributions:
        if any(span.start < end and span.end > start for span in attribution.content):
            return attribution
    return None


KNOWN = pytest.mark.xfail(strict=True, reason="the subject outweighs the gender of an earlier pronoun")


@pytest.mark.parametrize("name", [pytest.param(n, marks=KNOWN) if p.fails else n for n, p in PASSAGES.items()])
def test_speakers(read: dict[str, Extraction], name: str) -> None:
    passage, extraction = PASSAGES[name], read[name]
    names = {speaker.id: speaker.name for speaker in extraction.speakers}
    attributions = [_at(extraction, start, end) for start, end, _ in passage.marks]
    found = [names.get(a.speaker_id or "") if a else None for a in attributions]
    assert found == [speaker for _, _, speaker in passage.marks], names
    assert sorted(names.values()) == sorted({speaker for _, _, speaker in passage.marks if speaker}), "other speakers"


@pytest.mark.parametrize("name", [name for name, passage in PASSAGES.items() if passage.told])
def test_what_is_told_of_speakers(read: dict[str, Extraction], name: str) -> None:
    for speaker_name, facts in PASSAGES[name].told.items():
        (speaker,) = [s for s in read[name].speakers if s.name == speaker_name]
        for fact, value in facts.items():
            wanted = sorted(value.casefold().split("; "))
            if fact == "mentions":
                assert set(wanted) <= {span.text.casefold() for span in speaker.mentions}
            elif fact in ("kind", "affiliation"):
                assert getattr(speaker, fact) == value
            else:
                assert sorted(one.casefold() for one in getattr(speaker, fact)) == wanted


def test_the_table_is_large() -> None:
    assert len(PASSAGES) >= 120
