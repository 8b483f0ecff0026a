"""Conditionals to learn from: which are threats, by what means, who threatens and who is to comply.

`passages.tsv` holds passages written for this, each with one conditional that is a threat (+, with its means where
these are plain) or none that is (-); `marked.tsv` more of them with all parts marked; `news.tsv` labels of
conditionals in real texts of the corpora, by document and offset: all others of those texts are none. A gold
file, if given, is learned from as well. Written passages come twice: as they stand, and amid paragraphs of an article.
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
from marked import marked
from spacy.tokens import Doc

from quotekit.attributions import find_attributions
from quotekit.document import describe
from quotekit.quotes import find_quotes
from quotekit.reader import shipped_reader
from quotekit.reader.reading import Reading
from quotekit.speakers import find_speakers
from quotekit.threats.candidates import ROLES, Candidate, candidates
from quotekit.threats.conditionals import Conditional, conditionals_in
from quotekit.threats.judgement import Findings, Judgement, examine
from quotekit.threats.learned import passage_of
from quotekit.threats.roles import Casting
from quotekit.threats.scene import Scene
from quotekit.threats.voices import Setting
from quotekit.types import Extraction

sys.path.insert(0, str(Path(__file__).parents[3] / "benchmarks"))
from corpus_texts import TEXTS
from threats_gold import name

HERE = Path(__file__).parent
AROUND = 3
"""Paragraphs of an article that are set before a written passage, and as many after it."""


class Found(NamedTuple):
    """A conditional of a text, with what the rules find of it."""

    setting: Setting
    conditional: Conditional
    findings: Findings

    @property
    def scene(self) -> Scene:
        """The text's scene."""
        return self.setting.scene

    @property
    def start(self) -> int:
        """First character of the condition."""
        return self.scene.characters(self.conditional.conditions[0])[0]


class Example(NamedTuple):
    """A conditional with its label."""

    origin: str
    found: Found
    is_threat: bool
    means: str | None = None
    """Of a threat, where known."""
    passage: str = ""
    """Name of the written passage."""
    parties: dict[str, str] | None = None
    """The words that name each role, "" for nobody; None where that is not marked."""

    @property
    def candidates(self) -> list[Candidate]:
        """The parties around it."""
        found = self.found
        voice, passage = found.findings.voice, passage_of(found.scene, found.conditional)
        judged = Judgement(0.5, found.findings.appraisal, found.findings.agent, voice)
        roles = Casting(found.setting).roles(found.conditional, judged)
        chosen = (roles.threatener.piece if roles.threatener is not None else None), roles.target
        return candidates(found.setting, found.conditional, voice, (passage.first, passage.last), chosen)

    def right(self, role: str, given: Sequence[Candidate]) -> list[int]:
        """The candidates with the words that are marked for a role."""
        if self.parties is None:
            return []
        scene, wanted = self.found.scene, self.parties[role]

        def words(one: Candidate) -> str:
            first, last = scene.characters(one.piece) if one.piece is not None else (0, 0)
            return name(scene.reading.text[first:last])

        return [i for i, one in enumerate(given) if words(one) == wanted and (one.piece is None) == (not wanted)]


def tables(name: str) -> Iterator[list[str]]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return (line.split("\t") for line in lines if line and not line.startswith("#"))


@functools.cache
def tokenizer() -> Callable[[str], Doc]:
    return spacy.blank("en").make_doc


def steps(text: str) -> tuple[Reading, Extraction]:
    """What threats are found from."""
    info = describe(text)
    (reading,) = shipped_reader().read([tokenizer()(text)], [info.boilerplate])
    extraction = Extraction(text=text, document=info)
    for step in (find_quotes, find_attributions, find_speakers):
        extraction = step(reading, extraction)
    return reading, extraction


def read(text: str) -> Iterator[Found]:
    """The conditionals of a text."""
    reading, extraction = steps(text)
    scene = Scene(reading, extraction.attributions)
    setting = Setting(scene, extraction)
    for conditional in conditionals_in(scene):
        yield Found(setting, conditional, examine(setting, conditional))


def surroundings(articles: Sequence[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """What to set before and after a passage: paragraphs of a training article, another place each time.

    A passage is read as it stands, and as news is, in context: else the encodings would tell articles, whose
    conditionals are none nearly always, from passages written for their threats.
    """
    random = np.random.RandomState(1)
    while True:
        paragraphs = [line for line in articles[random.randint(len(articles))]["text"].splitlines() if line.strip()]
        if len(paragraphs) >= 2 * AROUND:
            at = random.randint(AROUND, len(paragraphs) - AROUND + 1)
            before, after = paragraphs[at - AROUND : at], paragraphs[at : at + AROUND]
            yield "".join(f"{line}\n\n" for line in before), "".join(f"\n\n{line}" for line in after)


def in_both_forms(text: str, around: tuple[str, str]) -> Iterator[tuple[bool, int, list[Found]]]:
    """A written passage alone, and among other paragraphs: whether so, where it starts, its conditionals."""
    for before, after in (("", ""), around):
        start = len(before)
        yield bool(before), start, [f for f in read(before + text + after) if start <= f.start < start + len(text)]


def tasks(data: Path, gold: Path | None) -> Iterator[Callable[[], list[Example]]]:
    """What gives the examples of one text each, in an order that stays the same; processes can share them."""
    lines = (data / "polnear" / "train.jsonl").read_text(encoding="utf-8").splitlines()
    articles = [json.loads(line) for line in lines]
    around = surroundings(articles)
    for number, (label, text, *means) in enumerate(tables("passages.tsv")):
        yield functools.partial(of_line, str(number), label == "+", text, means[0] if means else None, next(around))
    for part in ("train", "test", "test 2", "test 3", "test 4"):
        origins = ("marked", "in context") if part == "train" else (part, f"{part} in context")
        for row in marked(part):
            yield functools.partial(of_row, origins, row, next(around))
    known: dict[str, dict[int, str]] = {}
    for document, start, label in tables("news.tsv"):
        known.setdefault(document, {})[int(start)] = label
    texts = {row["id"]: row["text"] for row in articles}
    for corpus in ("gum", "ewt", "litbank", "newsarticles"):
        texts.update(TEXTS[corpus](data))
    for document, labels in known.items():
        yield functools.partial(of_article, texts[document], labels)
    for line in gold.read_text(encoding="utf-8").splitlines() if gold is not None else ():
        yield functools.partial(of_row, ("gold", "gold"), json.loads(line), next(around))


def of_line(number: str, is_threat: bool, text: str, means: str | None, around: tuple[str, str]) -> list[Example]:
    """A line of `passages.tsv`."""
    result = []
    for is_amid, _, found in in_both_forms(text, around):
        if is_threat:
            # Of several conditionals in a threat's passage, the likeliest is meant.
            found = sorted(found, key=lambda one: one.findings.score)[-1:]
        origin = "written in context" if is_amid else "written"
        result += [Example(origin, one, is_threat, means, number) for one in found]
    return result


def of_row(origins: tuple[str, str], row: dict[str, Any], around: tuple[str, str]) -> list[Example]:
    """A passage with its threats marked; ``origins`` are those of the passage alone, and in context."""
    result: list[Example] = []
    for is_amid, start, found in in_both_forms(row["text"], around):
        result += labelled(origins[is_amid], row, found, start)
    return result


def of_article(text: str, labels: dict[int, str]) -> list[Example]:
    """The conditionals of an article: threat, none or doubtful by where they start, and none where nothing is said."""
    found = ((one, labels.get(one.start, "-")) for one in read(text))
    return [Example("news", one, label == "+") for one, label in found if label != "?"]


def labelled(origin: str, row: dict[str, Any], found: Sequence[Found], start: int = 0) -> Iterator[Example]:
    """Conditionals of a passage whose threats are marked; ``start`` is where it begins in what was read."""
    for one in found:
        threat = next((threat for threat in row["threats"] if same(one, threat, start)), None)
        if threat is None:
            yield Example(origin, one, False, passage=row["id"])
        else:
            spans = {role: threat[role] for role in ROLES}
            parties = {role: name(row["text"][slice(*span)]) if span else "" for role, span in spans.items()}
            yield Example(origin, one, True, threat["means"], row["id"], parties)


def same(one: Found, threat: dict[str, Any], start: int) -> bool:
    """Whether condition and consequence overlap those of a threat."""

    def meets(pieces: Iterable[tuple[int, int]], others: Sequence[Sequence[int]]) -> bool:
        bounds = [one.scene.characters(piece) for piece in pieces]
        return not others or any(a < d + start and c + start < b for a, b in bounds for c, d in others)

    conditional = one.conditional
    return meets(conditional.conditions, threat["condition"]) and meets(conditional.consequences, threat["consequence"])
