"""Attributions to learn acts from: `acts.tsv` holds passages written for this, each with one attribution marked.

`acts_real.tsv` holds acts of attributions in real texts of the corpora, by document and offset: there most contents are
assertions and opinions, in the written passages all acts are about as frequent.
Never learned from, only measured on: ``tests/gold/acts.jsonl`` and ``acts_real.tsv``, whose parts are told apart, and
other files of acts.
"""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import spacy

from quotekit.claims.acts import ActReader, Told
from quotekit.claims.learned import ACTS
from quotekit.claims.meanings import passages_of
from quotekit.reader import shipped_reader
from quotekit.reader.meaning import Passage
from quotekit.reader.reading import Reading

sys.path.insert(0, str(Path(__file__).parents[3] / "benchmarks"))
sys.path.insert(0, str(Path(__file__).parents[3] / "tests"))
import annotated
from acts_gold import REAL as REAL_GOLD
from acts_gold import Real, extraction_of, labelled, real_texts, steps

HERE = Path(__file__).parent
GOLD = HERE.parents[2] / "tests" / "gold" / "acts.jsonl"
REAL = HERE / "acts_real.tsv"
AT_ONCE = 64
"""Passages that are read together."""


class Example(NamedTuple):
    """An attribution with its act."""

    part: str
    reading: Reading
    passage: Passage
    """The sentences in which most of its content lies."""
    told: Told
    act: str


def written() -> Iterator[dict[str, Any]]:
    """The passages of `acts.tsv` as rows of a gold file."""
    for line in (HERE / "acts.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            act, marked = line.split("\t")
            text, frames = annotated.parse(marked)
            if len(frames) != 1 or act not in ACTS:
                raise SystemExit(f"acts.tsv: one attribution and an act are wanted: {line}")
            frame = frames[0]
            yield {"text": text, "source": frame.source, "cue": frame.cue, "content": frame.content, "act": act}


def rows_of(path: Path) -> list[dict[str, Any]]:
    """The rows of a gold file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def examples(part: str, rows: Sequence[dict[str, Any]]) -> list[Example]:
    """Reads rows.

    Args:
        part: Name of their part where they do not tell it.
        rows: Of a gold file.
    """
    blank = spacy.blank("en")
    result = []
    for row, reading in zip(rows, shipped_reader().read([blank(row["text"]) for row in rows]), strict=True):
        extraction = extraction_of(row, reading)
        (told,) = ActReader(reading, extraction, None).told()
        passages = passages_of(reading, extraction.attributions)
        result.append(Example(row.get("part", part), reading, _passage_of(told, passages), told, row["act"]))
    return result


def _passage_of(told: Told, passages: Iterable[Passage]) -> Passage:
    """The passage of an attribution; a cue far from its content has one of its own."""
    content = np.array(told.words[0])
    return max(passages, key=lambda p: int(((content >= p.first) & (content < p.last)).sum()))


def examples_in(real: Real) -> list[Example]:
    """The attributions of a real text whose acts are known, among all others that are found there."""
    reading, extraction = steps(real.text)
    told = ActReader(reading, extraction, None).told()
    passages = list(passages_of(reading, extraction.attributions))
    return [
        Example(real.part, reading, _passage_of(told[at], passages), told[at], act)
        for at, act in labelled(real, extraction).items()
        if told[at].words[0]
    ]


def tasks(more: Sequence[Path], data: Path) -> Iterator[Callable[[], list[Example]]]:
    """What gives some examples each: what is learned from, as the parts "written" and "real", and what is measured on.

    Args:
        more: Further files of acts.
        data: Folder of the corpora.
    """
    for file in (REAL, REAL_GOLD):
        for real in real_texts(file, data):
            yield functools.partial(examples_in, real)
    for part, rows in [("written", list(written())), *((path.name, rows_of(path)) for path in (GOLD, *more))]:
        for at in range(0, len(rows), AT_ONCE):
            yield functools.partial(examples, part, rows[at : at + AT_ONCE])
