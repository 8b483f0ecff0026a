"""How often the right person, body or group speaks, against names that a reader gave (tests/gold/speakers.jsonl).

    python benchmarks/speakers_gold.py --data DIR [--wrong] [--gold tests/gold/speakers_heldout.jsonl]

PolNeAR's attributions are given, so that only the speaker is measured, and then found from the raw text. A speaker is
right if it is called by the gold name or by one of the gold's aliases; of a description one may be the other's
beginning. Beside it stand two baselines: the nearest preceding name, and the name in the corpus's silver coreference.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from quotes_and_speakers import percent, read_rows, read_text

from quotekit.attributions import find_attributions
from quotekit.quotes import find_quotes
from quotekit.reader import Reading
from quotekit.speakers import find_speakers
from quotekit.types import Attribution, Cue, Extraction, Span

Row = dict[str, Any]
GOLD = Path(__file__).parent.parent / "tests" / "gold" / "speakers.jsonl"
FORMS = ("name", "description", "pronoun", "missing")
_WORD = re.compile(r"\w+(?:[’'.-]\w+)*")
_ARTICLE = re.compile(r"^(?:the|a|an|his|her|its|their)\s+")


def plain(name: str) -> str:
    """A name without what spellings of it differ in."""
    name = " ".join(name.replace("’", "'").casefold().split()).strip(" ,.").removesuffix("'s")
    return _ARTICLE.sub("", name)


def is_right(gold: Row, found: str | None) -> bool:
    """Whether a speaker's name is the gold's; nobody is right where the gold has nobody."""
    if gold["name"] is None or found is None:
        return gold["name"] is None and found is None
    other = plain(found)
    for name in map(plain, (gold["name"], *gold["aliases"])):
        if name == other or (
            not gold["named"] and (f"{name} ".startswith(f"{other} ") or other.startswith(f"{name} "))
        ):
            return True
    return False


def given(row: Row, extraction: Extraction) -> Extraction:
    """The text with the corpus's attributions instead of those found; direct where all stands in quotation marks."""
    text = row["text"]
    attributions = []
    for n, gold in enumerate(row["attributions"]):
        content = tuple(Span.of(text, *piece) for piece in gold["content"])
        inside = [
            quote
            for quote in extraction.quotes
            if quote.is_speech
            and any(quote.content and s.start <= quote.content[0].start < s.end for s in content)
            and quote.parent_id is None
        ]
        words = sum(len(_WORD.findall(s.text)) for s in content)
        quoted = sum(len(_WORD.findall(s.text)) for quote in inside for s in quote.content)
        kind = "indirect" if not inside else "direct" if quoted >= 0.9 * words else "mixed"
        cue = gold["cue"] and Cue(span=Span.of(text, *gold["cue"][0]), lemma="say", category="speech")
        source = [Span.of(text, *piece) for piece in gold["source"]]
        attributions.append(
            Attribution(
                id=f"a{n}",
                kind=kind,
                source=source[0] if source else None,
                cue=cue or None,
                content=content,
                quote_ids=tuple(quote.id for quote in inside),
                confidence=1,
            )
        )
    owner = {quote_id: a.id for a in attributions for quote_id in a.quote_ids}
    quotes = tuple(q.model_copy(update={"attribution_id": owner.get(q.id)}) for q in extraction.quotes)
    return extraction.model_copy(update={"attributions": tuple(attributions), "quotes": quotes})


def speakers_by_attribution(extraction: Extraction) -> list[tuple[str | None, str | None]]:
    """Id and name of each attribution's speaker."""
    names = {speaker.id: speaker.name for speaker in extraction.speakers}
    return [(a.speaker_id, names.get(a.speaker_id or "")) for a in extraction.attributions]


class Score:
    """Counts over documents."""

    def __init__(self) -> None:
        self.count: Counter[str] = Counter()
        self.wrong: list[tuple[str, int, str, str | None, str | None]] = []

    def speakers(self, gold: Sequence[Row], found: Sequence[tuple[str | None, str | None]], label: str) -> None:
        """Right speakers of given attributions, by the source's form; merged and split speakers."""
        for row, (_, name) in zip(gold, found, strict=True):
            right = is_right(row, name)
            for key in (row["form"], "all"):
                self.count.update({f"{label} n {key}": 1, f"{label} right {key}": right})
            if row["form"] == "missing" and row["name"] is not None:
                self.count.update({f"{label} n meant": 1, f"{label} right meant": right})
            if not right:
                self.wrong.append((row["document"], row["attribution"], row["form"], row["name"], name))
        by_found, by_gold = defaultdict(set), defaultdict(set)
        for row, (speaker_id, _) in zip(gold, found, strict=True):
            # A pronoun that is read wrongly merges nobody.
            if row["form"] in ("name", "description") and row["speaker"] is not None and speaker_id is not None:
                by_found[speaker_id].add(row["speaker"])
                by_gold[row["speaker"]].add(speaker_id)
        self.count.update({f"{label} merged": sum(len(keys) - 1 for keys in by_found.values())})
        self.count.update({f"{label} split": sum(len(ids) - 1 for ids in by_gold.values())})
        self.count.update({f"{label} speakers": len(by_gold)})

    def end_to_end(self, text: str, gold: Sequence[Row], extraction: Extraction) -> None:
        """Contents that overlap by four fifths, one to one, with the right speaker."""
        words = [m.span() for m in _WORD.finditer(text)]
        pieces = [[(s.start, s.end) for s in a.content] for a in extraction.attributions]
        sets = [covered(words, row["content"]) for row in gold], [covered(words, spans) for spans in pieces]
        names = speakers_by_attribution(extraction)
        pairs = sorted(
            (
                (len(a & b) / len(a | b), is_right(gold[i], names[j][1]), i, j)
                for i, a in enumerate(sets[0])
                for j, b in enumerate(sets[1])
                if a & b and len(a & b) >= 0.8 * len(a | b)
            ),
            reverse=True,
        )
        used: tuple[set[int], set[int]] = (set(), set())
        for _, right, i, j in pairs:
            if i not in used[0] and j not in used[1]:
                used[0].add(i)
                used[1].add(j)
                self.count.update({"content": 1, "content right": right})
        self.count.update({"gold": len(gold), "found": len(pieces)})

    def report(self, label: str, title: str) -> None:
        c = self.count
        print(f"{title}: {percent(c[f'{label} right all'], c[f'{label} n all'])} % of {c[f'{label} n all']}")
        for form in FORMS:
            n = c[f"{label} n {form}"]
            print(f"    source {form:12s} {percent(c[f'{label} right {form}'], n)}  n {n}")
        n = c[f"{label} n meant"]
        print(f"    missing, but somebody is meant {percent(c[f'{label} right meant'], n)}  n {n}")
        if n := c[f"{label} speakers"]:
            merged, split = percent(c[f"{label} merged"], n), percent(c[f"{label} split"], n)
            print(f"    per 100 speakers: merged {merged}  split {split}  n {n}")


def covered(words: Sequence[tuple[int, int]], spans: Iterable[Sequence[int]]) -> frozenset[int]:
    spans = list(spans)
    return frozenset(i for i, (a, b) in enumerate(words) for start, end in spans if a < end and b > start)


def nearest_name(row: Row, silver: Row) -> Iterator[str | None]:
    """The name in the source or before it, or before the content; made full if a longer one ends with it."""
    text = row["text"]
    names = sorted((b, a) for a, b, label in silver["ner"] if label in ("PERSON", "ORG", "GPE"))
    full = [text[a:b] for b, a in names]
    for gold in row["attributions"]:
        end = gold["source"][0][1] if gold["source"] else gold["content"][0][0]
        before = [text[a:b] for b, a in names if b <= end]
        if not before:
            yield None
            continue
        yield max((n for n in full if n == before[-1] or n.endswith(f" {before[-1]}")), key=len)


def silver_name(row: Row, silver: Row) -> Iterator[str | None]:
    """The longest name in the silver chain of the source; the source itself where it is in none."""
    text = row["text"]
    chain_at = {mention[1]: chain for chain in silver["coref"] for mention in chain}
    ends = {b: a for a, b, label in silver["ner"] if label in ("PERSON", "ORG", "GPE")}
    for gold in row["attributions"]:
        if not gold["source"]:
            yield None
            continue
        start, end = gold["source"][0]
        chain = chain_at.get(end, [[start, end]])
        names = [text[max(a, ends[b]) : b] for a, b in chain if b in ends]
        yield max(names, key=len) if names else text[chain[0][0] : chain[0][1]]


def litbank_speakers(gold: Sequence[Row], extraction: Extraction) -> list[tuple[str | None, str | None]]:
    """Who speaks each gold quotation; nobody where its marks are not found as speech."""
    names = {speaker.id: speaker.name for speaker in extraction.speakers}
    by_span = {(q.span.start, q.span.end): q.speaker_id for q in extraction.quotes if q.is_speech}
    ids = [by_span.get((row["content"][0][0], row["content"][-1][1])) for row in gold]
    return [(i, names.get(i or "")) for i in ids]


def evaluate(texts: Iterable[tuple[Row, Reading, Extraction]], silver: dict[str, Row], path: Path = GOLD) -> Score:
    """Scores all documents of a gold."""
    gold: dict[str, list[Row]] = defaultdict(list)
    for row in read_rows(path):
        gold[row["document"]].append(row)
    score = Score()
    for row, reading, extraction in texts:
        rows = gold.get(row["id"])
        if not rows:
            continue
        quoted = find_quotes(reading, extraction)
        found = find_speakers(reading, find_attributions(reading, quoted))
        if rows[0]["corpus"] == "litbank":
            score.speakers(rows, litbank_speakers(rows, found), "litbank")
            continue
        score.speakers(rows, speakers_by_attribution(find_speakers(reading, given(row, quoted))), "given")
        score.end_to_end(row["text"], rows, found)
        mark = len(score.wrong)
        for label, names in (("nearest", nearest_name), ("silver", silver_name)):
            score.speakers(rows, [(None, name) for name in names(row, silver[row["id"]])], label)
        del score.wrong[mark:]
    return score


def report(score: Score) -> None:
    score.report("given", "PolNeAR, attributions given, right speaker")
    score.report("nearest", "  baseline, nearest preceding name")
    score.report("silver", "  baseline, silver coreference")
    c = score.count
    for key, title in (("content", "right content"), ("content right", "right content and speaker")):
        precision, recall = percent(c[key], c["found"]), percent(c[key], c["gold"])
        f1 = percent(2 * c[key], c["found"] + c["gold"])
        print(f"PolNeAR, from raw text, {title}: P {precision} R {recall} F1 {f1}")
    score.report("litbank", "LitBank, quotations, right speaker (one whose marks are missed is wrong)")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--data", type=Path, required=True, help="folder with litbank/ and polnear/")
    arguments.add_argument("--gold", type=Path, default=GOLD, help="annotated speakers")
    arguments.add_argument("--wrong", action="store_true", help="print what is wrong")
    options = arguments.parse_args()
    wanted = {row["document"] for row in read_rows(options.gold)}
    polnear = options.data / "polnear"
    paths = polnear / "dev.jsonl", polnear / "train.jsonl", options.data / "litbank" / "quotations.jsonl"
    rows = (row for path in paths for row in read_rows(path) if row["id"] in wanted)
    silvers = (row for part in ("dev", "train") for row in read_rows(polnear / f"silver.{part}.jsonl.gz"))
    silver = {row["id"]: row for row in silvers if row["id"] in wanted}
    score = evaluate(((row, *read_text(row["text"])) for row in rows), silver, options.gold)
    report(score)
    if options.wrong:
        for document, number, form, name, found in score.wrong:
            print(f"{document[:40]:40s} {number:3d} {form:11s} {name!s:40.40s} {found!s:.60s}")


if __name__ == "__main__":
    main()
