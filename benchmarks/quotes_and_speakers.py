"""How many quotations are found exactly, and how many speakers are right: on LitBank and on PolNeAR's dev part.

LitBank has gold quotations, speakers and coreference. PolNeAR has gold attributions, but its coreference is the output
of another system and never checked: the figure says how often the two agree, not how often quotekit is right.

    python benchmarks/quotes_and_speakers.py --data DIR
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import spacy

from quotekit.attributions import find_attributions
from quotekit.document import describe
from quotekit.quotes import find_quotes
from quotekit.reader import Reading, shipped_reader
from quotekit.speakers import find_speakers
from quotekit.types import Attribution, Cue, Extraction, Span, Speaker

LEARNED = Path(__file__).parent.parent / "models" / "training" / "documents.jsonl"
"""Texts whose attributions are learned from."""
Row = dict[str, Any]
Bounds = tuple[int, int]
PRONOUNS = frozenset(
    [
        "he",
        "she",
        "they",
        "it",
        "who",
        "i",
        "we",
        "you",
        "him",
        "her",
        "them",
        "that",
        "which",
        "his",
        "their",
        "its",
        "my",
        "our",
    ]
)


def read_rows(path: Path) -> Iterator[Row]:
    opener: Callable[..., Any] = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def read_text(text: str) -> tuple[Reading, Extraction]:
    info = describe(text)
    (reading,) = shipped_reader().read([spacy.blank("en").make_doc(text)], [info.boilerplate])
    return reading, Extraction(text=text, document=info)


def percent(part: float, whole: float) -> str:
    return f"{100 * part / whole:5.1f}" if whole else "    -"


class LitBank:
    """Quotations found exactly, and their speakers."""

    def __init__(self) -> None:
        self.count: Counter[str] = Counter()

    def add(self, row: Row, reading: Reading, extraction: Extraction) -> list[tuple[str, str, str]]:
        """Scores one excerpt; returns (quotation, gold speaker, speaker found) for each wrong one."""
        found = find_speakers(reading, find_attributions(reading, find_quotes(reading, extraction)))
        speech = {(q.span.start, q.span.end): q for q in found.quotes if q.is_speech and q.parent_id is None}
        marks = {(q.span.start, q.span.end) for q in found.quotes}
        gold = {tuple(q["quote"]): q["speaker"] for q in row["quotes"]}
        entity_of = {s.id: self.entity(row, s) for s in found.speakers}
        name_of = {s.id: s.name for s in found.speakers}
        wrong = []
        self.count.update(
            gold=len(gold), speech=len(speech), exact=len(gold.keys() & speech), marks=len(gold.keys() & marks)
        )
        for bounds, speaker in gold.items():
            quote = speech.get(bounds)  # type: ignore[call-overload]
            if quote is None:
                continue
            kind = self.source_kind(found, quote.attribution_id)
            right = quote.speaker_id is not None and entity_of[quote.speaker_id] == speaker
            self.count.update({f"n {kind}": 1, f"right {kind}": right, f"given {kind}": quote.speaker_id is not None})
            self.count.update(right=right, given=quote.speaker_id is not None)
            if not right:
                wrong.append((row["text"][bounds[0] : bounds[1]], speaker, name_of.get(quote.speaker_id or "", "-")))
        return wrong

    @staticmethod
    def entity(row: Row, speaker: Speaker) -> str | None:
        """The gold entity with which a speaker shares most mentions, by where they end or else where they start."""
        ends: dict[int, list[str]] = {}
        starts: dict[int, list[str]] = {}
        for name, mentions in row["entities"].items():
            for mention in mentions:
                ends.setdefault(mention[1], []).append(name)
                starts.setdefault(mention[0], []).append(name)
        votes: Counter[str] = Counter()
        for mention in speaker.mentions:
            votes.update(ends.get(mention.end) or starts.get(mention.start, ()))
        return votes.most_common(1)[0][0] if votes else None

    @staticmethod
    def source_kind(found: Extraction, attribution_id: str | None) -> str:
        source = next((a.source for a in found.attributions if a.id == attribution_id), None)
        if source is None:
            return "missing"
        return "pronoun" if source.text.lower() in PRONOUNS else "name or noun"

    def report(self) -> None:
        c = self.count
        print(f"LitBank: {c['gold']} quotations")
        print(f"  marks paired exactly      {percent(c['marks'], c['gold'])} %")
        print(f"  found as speech exactly P {percent(c['exact'], c['speech'])}  R {percent(c['exact'], c['gold'])}")
        print(f"  right speaker           P {percent(c['right'], c['given'])}  of all {percent(c['right'], c['gold'])}")
        for kind in ("name or noun", "pronoun", "missing"):
            n = c[f"n {kind}"]
            right, given = percent(c[f"right {kind}"], n), percent(c[f"given {kind}"], n)
            print(f"    source {kind:13s} n {n:4d}  right {right}  given {given}")


class PolNeAR:
    """Speakers of gold attributions, against automatic coreference."""

    def __init__(self) -> None:
        self.count: Counter[str] = Counter()

    def add(self, row: Row, silver: Row, reading: Reading, extraction: Extraction) -> list[tuple[str, str, str]]:
        """Scores one article; returns (source, name in the silver chain, name found) for each that differs."""
        text = row["text"]
        gold = [a for a in row["attributions"] if a["content"] and a["source"]]
        quoted = find_quotes(reading, extraction)
        given = quoted.model_copy(update={"attributions": tuple(self.frame(text, i, a) for i, a in enumerate(gold))})
        found = find_speakers(reading, given)
        names = {s.id: s.name for s in found.speakers}
        chain_at = {mention[1]: chain for chain in silver["coref"] for mention in chain}
        people = {(start, end) for start, end, label in silver["ner"] if label == "PERSON"}
        wrong = []
        for attribution in found.attributions:
            source = attribution.source
            chain = chain_at.get(source.end) if source is not None else None
            if source is None or chain is None:
                continue
            last = self.last_name(text, chain, people)
            if last is None:
                continue
            words = source.text.split()
            kind = "pronoun" if source.text.lower() in PRONOUNS else "name" if last in source.text else "description"
            if kind == "name" and len(words) == 1:
                kind = "bare surname"
            name = names.get(attribution.speaker_id or "", "")
            right = last in name
            self.count.update({f"n {kind}": 1, f"right {kind}": right, "n": 1, "right": right})
            if not right:
                wrong.append((source.text, last, name))
        return wrong

    @staticmethod
    def frame(text: str, number: int, gold: Row) -> Attribution:
        def spans(pieces: Sequence[Sequence[int]]) -> tuple[Span, ...]:
            return tuple(Span.of(text, a, b) for a, b in pieces)

        cue = Cue(span=spans(gold["cue"])[0], lemma="say", category="speech") if gold["cue"] else None
        source = gold["source"][0]
        return Attribution(
            id=f"a{number}",
            kind="indirect",
            source=spans([source])[0],
            cue=cue,
            content=spans(gold["content"]),
            confidence=1,
        )

    @staticmethod
    def last_name(text: str, chain: Sequence[Sequence[int]], people: set[Bounds]) -> str | None:
        """Last word of the longest person's name in a chain."""
        named = [text[a:b] for a, b in chain for start, end in people if end == b and start >= a]
        return max(named, key=len).split()[-1] if named else None

    def report(self) -> None:
        c = self.count
        print(f"PolNeAR dev, gold attributions, people only, against silver coreference: {c['n']}")
        print(f"  same surname {percent(c['right'], c['n'])} %")
        for kind in ("name", "bare surname", "description", "pronoun"):
            print(f"    source {kind:13s} n {c[f'n {kind}']:4d}  {percent(c[f'right {kind}'], c[f'n {kind}'])}")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--data", type=Path, required=True, help="folder with litbank/ and polnear/")
    arguments.add_argument("--every", type=int, default=1, help="score only every n-th document")
    options = arguments.parse_args()
    litbank, unlearned = LitBank(), LitBank()
    learned = {row["document"] for row in read_rows(LEARNED) if row["corpus"] == "litbank"}
    for i, row in enumerate(read_rows(options.data / "litbank" / "quotations.jsonl")):
        if i % options.every == 0:
            read = read_text(row["text"])
            litbank.add(row, *read)
            if row["id"] not in learned:
                unlearned.add(row, *read)
    litbank.report()
    print("without the excerpts whose attributions are learned from")
    unlearned.report()
    silver = {row["id"]: row for row in read_rows(options.data / "polnear" / "silver.dev.jsonl.gz")}
    polnear = PolNeAR()
    for i, row in enumerate(read_rows(options.data / "polnear" / "dev.jsonl")):
        if i % options.every == 0 and row["id"] in silver:
            polnear.add(row, silver[row["id"]], *read_text(row["text"]))
    polnear.report()


if __name__ == "__main__":
    main()
