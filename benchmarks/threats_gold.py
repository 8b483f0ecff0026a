"""Threats against the development gold: ``python benchmarks/threats_gold.py GOLD``, GOLD a folder or threats.dev.jsonl.

A threat found is matched to the gold one whose condition and consequence it overlaps most. Texts are counted for
detection: right is one with a threat that is matched. Spans are counted exactly over the matched, and by words and
exactly over the matched and the missed; features over the matched alone.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import spacy

from quotekit.attributions import find_attributions
from quotekit.document import describe
from quotekit.quotes import find_quotes
from quotekit.reader import shipped_reader
from quotekit.speakers import find_speakers
from quotekit.threats import find_threats
from quotekit.types import ConditionalThreat, Extraction, Span

Row = dict[str, Any]
Bounds = tuple[int, int]
EDGES = " \t\n.,;:!?…\"“”„«»'‘’–—-"


class Match(NamedTuple):
    """A gold threat with the one found for it."""

    gold: Row
    found: ConditionalThreat | None


def trimmed(text: str, start: int, end: int) -> Bounds:
    while start < end and text[start] in EDGES:
        start += 1
    while end > start and text[end - 1] in EDGES:
        end -= 1
    return start, end


def words(text: str, pieces: Iterable[Bounds]) -> set[int]:
    """Offsets of the words that begin in the pieces."""
    return {a + m.start() for a, b in pieces for m in re.finditer(r"\w+", text[a:b])}


def bounds(spans: Sequence[Span]) -> list[Bounds]:
    return [(span.start, span.end) for span in spans]


def extract(text: str) -> Extraction:
    """The steps that threats need."""
    document = describe(text)
    [reading] = shipped_reader().read([spacy.blank("en")(text)], [document.boilerplate])
    extraction = Extraction(text=text, document=document)
    for find in (find_quotes, find_attributions, find_speakers, find_threats):
        extraction = find(reading, extraction)
    return Extraction(**dict(extraction))


def name(text: str) -> str:
    return re.sub(r"^(the|a|an)\s+", "", " ".join(text.split()).strip(EDGES), flags=re.IGNORECASE).lower()


def matches(row: Row, extraction: Extraction) -> tuple[list[Match], list[ConditionalThreat]]:
    """Gold threats with what was found for them, and what was found besides."""
    text = row["text"]
    left = list(extraction.threats)
    result = []
    for gold in row["threats"]:
        mine = words(text, (*gold["condition"], *gold["consequence"]))
        best = max(
            left,
            key=lambda t: len(mine & words(text, bounds((*t.condition, *t.consequence)))),
            default=None,
        )
        if best is not None and mine & words(text, bounds((*best.condition, *best.consequence))):
            left.remove(best)
            result.append(Match(gold, best))
        else:
            result.append(Match(gold, None))
    return result, left


def agreement(text: str, match: Match, extraction: Extraction) -> dict[str, bool]:
    """Which of its parts a threat found has right."""
    gold, found = match
    if found is None:
        return {}
    speakers = {speaker.id: speaker.name for speaker in extraction.speakers}

    def same(span: Span | None, wanted: Sequence[int] | None) -> bool:
        if span is None or wanted is None:
            return span is None and wanted is None
        return name(span.text) == name(text[wanted[0] : wanted[1]])

    agreed = {
        "threatener": same(found.threatener, gold["threatener"]),
        "target": same(found.target, gold["target"]),
        "direction": found.direction == gold["direction"],
        "means": found.means == gold["means"],
        "explicitness": found.explicitness == gold["explicitness"],
        "deadline": same(found.deadline, gold["deadline"]),
        "marker": same(found.marker, gold["marker"]),
    }
    for feature, speaker_id in (("threatener", found.threatener_id), ("issuer", found.issuer_id)):
        if f"{feature}_name" in gold:
            wanted = gold[f"{feature}_name"] or ""
            agreed[feature if feature == "issuer" else f"{feature} name"] = name(
                speakers.get(speaker_id or "", "")
            ) == name(wanted)
    return agreed


def ratio(part: float, whole: float) -> float:
    return 100 * part / whole if whole else 0.0


def f1(right: float, gold: float, predicted: float) -> float:
    return ratio(2 * right, gold + predicted)


def report_threats(gold: Path, *, half: int | None = None, details: bool = False) -> None:
    """Prints how the threats found agree with the gold.

    Args:
        gold: The folder of threats.dev.jsonl, or the file.
        half: 0 or 1 for the even or odd lines alone.
        details: Whether to print every disagreement.
    """
    path = gold / "threats.dev.jsonl" if gold.is_dir() else gold
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    report_rows([row for i, row in enumerate(rows) if half is None or i % 2 == half], path.name, details=details)


def report_rows(rows: Sequence[Row], title: str, *, details: bool = False) -> None:
    """Prints how the threats found in texts agree with theirs.

    Args:
        rows: Texts with their threats, in the gold's form.
        title: What they are.
        details: Whether to print every disagreement.
    """
    right = gold_texts = found_texts = 0
    missed = extra = gold_threats = 0
    spans = {part: [0, 0, 0, 0, 0, 0, 0] for part in ("condition", "consequence")}
    features: dict[str, list[int]] = {}
    for row in rows:
        text = row["text"]
        extraction = extract(text)
        pairs, others = matches(row, extraction)
        right += any(match.found is not None for match in pairs)
        gold_texts += bool(row["threats"])
        found_texts += bool(extraction.threats)
        gold_threats += len(pairs)
        missed += sum(match.found is None for match in pairs)
        extra += len(others)
        if details and (others or any(match.found is None for match in pairs)):
            print(row["id"], "missed or extra:", row.get("negative_kind") or "", text)
            for other in others:
                print("   +", [s.text for s in other.condition], "=>", [s.text for s in other.consequence])
        for match in pairs:
            for part, tally in spans.items():
                wanted = [trimmed(text, *piece) for piece in match.gold[part]]
                given = bounds(getattr(match.found, part)) if match.found is not None else []
                given = [trimmed(text, *piece) for piece in given]
                one, two = words(text, wanted), words(text, given)
                same = len(set(wanted) & set(given))
                of_found = len(wanted) if match.found is not None else 0
                counts = (len(one & two), len(one), len(two), same, len(wanted), len(given), of_found)
                for i, value in enumerate(counts):
                    tally[i] += value
                if details and match.found is not None and wanted != given:
                    print(row["id"], part, [text[a:b] for a, b in given], "not", [text[a:b] for a, b in wanted])
            agreed = agreement(text, match, extraction)
            for feature, is_right in agreed.items():
                tally = features.setdefault(feature, [0, 0])
                tally[0] += is_right
                tally[1] += 1
            if details and match.found is not None and not all(agreed.values()):
                print_disagreement(row, match.found, match.gold, agreed, extraction)
    print(f"{title}: {len(rows)} texts, {gold_texts} with conditional threats, {gold_threats} threats")
    precision, recall = ratio(right, found_texts), ratio(right, gold_texts)
    print(f"  texts      P {precision:.1f}  R {recall:.1f}  F {f1(right, gold_texts, found_texts):.1f}")
    print(f"  threats    {gold_threats - missed} of {gold_threats} found, {extra} besides")
    for part, (a, b, c, d, e, f, g) in spans.items():
        print(
            f"  {part:12s} exact F1 of the found {f1(d, g, f):.1f}, of all {f1(d, e, f):.1f}; words {f1(a, b, c):.1f}"
        )
    for feature, (good, of) in features.items():
        print(f"  {feature:16s} {ratio(good, of):.1f} ({good} of {of})")


def print_disagreement(
    row: Row, found: ConditionalThreat, gold: Row, agreed: dict[str, bool], extraction: Extraction
) -> None:
    """Prints the parts of a threat that differ from the gold's."""
    speakers = {speaker.id: speaker.name for speaker in extraction.speakers}
    shown = {
        **found.__dict__,
        "threatener name": speakers.get(found.threatener_id or ""),
        "issuer": speakers.get(found.issuer_id or ""),
    }
    for feature, is_right in agreed.items():
        if not is_right:
            value = shown[feature]
            wanted = gold.get(feature, gold.get(f"{feature}_name", gold.get("threatener_name")))
            if isinstance(wanted, list):
                wanted = row["text"][wanted[0] : wanted[1]]
            print(row["id"], feature, repr(getattr(value, "text", value)), "not", repr(wanted))


if __name__ == "__main__":
    flags = sys.argv[2:]
    report_threats(
        Path(sys.argv[1]),
        half=0 if "--even" in flags else 1 if "--odd" in flags else None,
        details="--details" in flags,
    )
