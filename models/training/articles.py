"""Marked articles as examples for the reader, in the span convention of the corpus that it learned from.

PolNeAR keeps auxiliaries in cues, appositions in sources and "that" in contents; the marked articles, like what users
receive, do not. A span that the reader marks and that is the article's one but for these is taken as the reader has it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from corpora import Example, role_labels
from tokenizers import Tokenizer

from quotekit.attributions import find_attributions
from quotekit.document import describe
from quotekit.quotes import find_quotes
from quotekit.reader import Reader, Reading
from quotekit.reader.inputs import encode
from quotekit.reader.reading import ROLES
from quotekit.types import Extraction

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))
from articles_gold import REAL, Article, articles

Spans = list[list[int]]

FORGOTTEN = 0.7
"""From this confidence on, what the reader finds in an invented article is one that its writer forgot to mark. In real
texts it is none: they were marked by readers who looked for all there is, and hold much that only resembles a report.
"""
_EDGES = " \t\n,.;:"


def marked_examples(parts: Iterable[str], data: Path, reader: Reader, tokenizer: Tokenizer) -> Iterator[Example]:
    """The articles of some parts with their role tags and frames.

    Args:
        parts: Parts of the articles that may be learned from.
        data: Folder of the corpora.
        reader: One that has learned from PolNeAR.
        tokenizer: The encoder's.
    """
    blank = spacy.blank("en")
    for part in parts:
        for article in articles(part, data):
            info = describe(article.text)
            (reading,) = reader.read([blank.make_doc(article.text)], [info.boilerplate])
            attributions = list(_in_convention(article, reading))
            if part not in REAL:
                attributions += _forgotten(article, reading)
            inputs = encode(article.text, tokenizer)
            tags, frames = role_labels(inputs, article.text, attributions)
            for frame, attribution in zip(frames, attributions, strict=True):
                frame.tells_source = not attribution["shares_source"]
            # Whether a quotation without a tag belongs to the last one is told later, not by the reader.
            yield Example(article.name, inputs, tags[None], [[f for f in frames if f.cue is not None]])


def _in_convention(article: Article, reading: Reading) -> Iterator[dict[str, Any]]:
    marked = {role: [(r.start, r.end) for r in reading.roles if r.role == role] for role in ROLES}
    contents = [span for frame in article.frames for span in frame["content"]]
    for frame, speaker in zip(article.frames, article.speakers, strict=True):
        tag = frame["cue"] or frame["content"]
        # PolNeAR does not mark a report inside another's content.
        others = [span for span in contents if span not in frame["content"]]
        if any(start <= tag[0][0] and tag[0][1] <= end for start, end in others):
            continue
        yield {
            "source": [_source(article.text, span, marked["source"]) for span in frame["source"]],
            "cue": [_cue(article.text, span, marked["cue"]) for span in frame["cue"]],
            "content": [_content(article.text, span, marked["content"]) for span in frame["content"]],
            # Some writers leave out the subject that a verb shares with the one before it.
            "shares_source": bool(speaker and not frame["source"]),
        }


def _source(text: str, span: list[int], marked: list[tuple[int, int]]) -> list[int]:
    """The span with the apposition that the reader has behind it."""
    start, end = span
    return next(([s, e] for s, e in marked if s == start and e > end and text[end : end + 1] in ",("), span)


def _cue(text: str, span: list[int], marked: list[tuple[int, int]]) -> list[int]:
    """The span with auxiliaries and adverbs that the reader has around it."""
    start, end = span
    around = next(((s, e) for s, e in marked if s <= start and end <= e), None)
    if around is None or len(text[slice(*around)].split()) > len(text[start:end].split()) + 3:
        return span
    return list(around)


def _content(text: str, span: list[int], marked: list[tuple[int, int]]) -> list[int]:
    """The span with "that" before it, and the stop or comma at its end that the reader has."""
    start, end = span
    if text[:start].endswith("that "):
        start -= len("that ")
    for s, e in marked:
        if s == start and text[slice(*sorted((e, end)))].strip(_EDGES) == "":
            return [start, e]
    return [start, end]


def _forgotten(article: Article, reading: Reading) -> Iterator[dict[str, Any]]:
    """What the reader is sure of and that lies apart from all that is marked."""
    taken = np.zeros(len(article.text) + 1, dtype=bool)
    for frame in article.frames:
        for start, end in (*frame["source"], *frame["cue"], *frame["content"]):
            taken[start:end] = True
    empty = Extraction(text=article.text, document=describe(article.text))
    found = find_attributions(reading, find_quotes(reading, empty)).attributions
    sure = [a.cue.span for a in found if a.cue is not None and a.confidence >= FORGOTTEN]
    for frame in reading.frames:
        cue = reading.roles[frame.cue]
        sources = [] if frame.source is None else [frame.source]
        members = {"source": sources, "cue": [frame.cue], "content": frame.contents}
        spans = {role: [[reading.roles[i].start, reading.roles[i].end] for i in at] for role, at in members.items()}
        is_marked = any(taken[start:end].any() for pieces in spans.values() for start, end in pieces)
        if frame.contents and not is_marked and any(cue.start <= s.start and s.end <= cue.end for s in sure):
            yield {**spans, "shares_source": False}
