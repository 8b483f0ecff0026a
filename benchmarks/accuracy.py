"""Accuracy on the development sets: ``python benchmarks/accuracy.py --data CORPORA [--gold GOLD] [--model FOLDER]``.

CORPORA holds polnear/, ud/ and ner/ as models/training/README.md describes them; GOLD the development gold of threats
and acts. ``--model`` measures another network than the shipped one, for example the one in full precision.
"""

from __future__ import annotations

import argparse
import itertools
import json
import sys
from pathlib import Path

import numpy as np
import spacy
from scoring import ROLES, Frame, Tally, calibration_error, score_attributions
from spacy.tokens import Doc

import quotekit
from quotekit.reader import Reader, Reading, shipped_path
from quotekit.types import Attribution

sys.path.insert(0, str(Path(__file__).parents[1] / "models" / "training"))
from corpora import conllu_documents

ENTITIES = {"PERSON": "PER", "ORG": "ORG", "LOC": "LOC", "MISC": "MISC"}


def read_jsonl(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def show(title: str, tallies: dict[str, Tally]) -> None:
    print(title)
    for name, tally in tallies.items():
        print(f"  {name:16s} {tally}")


def frames_of(reading: Reading) -> list[Frame]:
    """What the reader found, in the corpus's own convention (auxiliaries, appositions and "that" are kept)."""
    frames = []
    for frame in reading.frames:
        pick = {
            "source": [frame.source] if frame.source is not None else [],
            "cue": [frame.cue],
            "content": frame.contents,
        }
        frames.append({role: [[reading.roles[i].start, reading.roles[i].end] for i in of] for role, of in pick.items()})
    return [frame for frame in frames if frame["content"]]


def tags_of(reading: Reading) -> Frame:
    """All spans that the reader tagged, linked or not."""
    return {role: [[r.start, r.end] for r in reading.roles if r.role == role] for role in ROLES}


def frame_of(attribution: Attribution) -> Frame:
    """What users receive, trimmed to the project's span conventions."""
    source, cue = attribution.source, attribution.cue
    return {
        "source": [[source.start, source.end]] if source else [],
        "cue": [[cue.span.start, cue.span.end]] if cue else [],
        "content": [[span.start, span.end] for span in attribution.content],
    }


def read_all(reader: Reader, docs: list[Doc]) -> list[Reading]:
    return [reading for at in range(0, len(docs), 16) for reading in reader.read(docs[at : at + 16])]


def attributions(reader: Reader, data: Path) -> None:
    rows = read_jsonl(data / "polnear" / "dev.jsonl")
    blank = spacy.blank("en")
    readings = read_all(reader, [blank(row["text"]) for row in rows])
    found = [
        (row["text"], row["attributions"], frames_of(reading)) for row, reading in zip(rows, readings, strict=True)
    ]
    show("PolNeAR dev, the reader in the corpus's convention", score_attributions(found))
    tagged = [(text, gold, [tags_of(reading)]) for (text, gold, _), reading in zip(found, readings, strict=True)]
    tallies = score_attributions(tagged)
    by_role = {name: tallies[name] for name in tallies if name.startswith(("tok", "exact"))}
    show("PolNeAR dev, the reader's tags alone, before any linking", by_role)


def extractions(data: Path) -> None:
    rows = read_jsonl(data / "polnear" / "dev.jsonl")
    results = list(quotekit.extract_many(row["text"] for row in rows))
    found, confident = [], []
    for row, result in zip(rows, results, strict=True):
        found.append((row["text"], row["attributions"], [frame_of(a) for a in result.attributions]))
        for attribution in result.attributions:
            alone = score_attributions([(row["text"], row["attributions"], [frame_of(attribution)])])
            confident.append((attribution.confidence, alone["rel@0.3"].right > 0))
    show("PolNeAR dev, the attributions that users receive", score_attributions(found))
    print(f"  calibration error of confidence (right by rel@0.3) {calibration_error(confident):.3f}")


def gold_docs(path: Path) -> list[tuple[Doc, list[int], list[dict]]]:
    """Docs over gold tokens, the index of each gold token in its Doc, and the tokens."""
    vocab = spacy.blank("en").vocab
    result = []
    for _, text, sentences in conllu_documents(path):
        tokens = [token for sentence in sentences for token in sentence]
        words, spaces, index, ends = [], [], [], 0
        for token in tokens:
            gap = text[ends : token["start"]]
            if gap == " " and words:
                spaces[-1] = True
            elif gap:
                words.append(gap)
                spaces.append(False)
            index.append(len(words))
            words.append(text[max(token["start"], ends) : token["end"]])
            spaces.append(False)
            ends = max(token["end"], ends)
        if "" in words:
            continue
        result.append((Doc(vocab, words=words, spaces=spaces), index, list(sentences)))
    return result


def syntax(reader: Reader, path: Path) -> None:
    documents = gold_docs(path)
    docs = [doc for doc, _, _ in documents]
    readings = read_all(reader, docs)
    known = []
    for doc, index, sentences in documents:
        starts = np.zeros(len(doc), dtype=bool)
        starts[[index[at] for at in itertools.accumulate([0, *map(len, sentences[:-1])])]] = True
        known.append(starts)
    given = [r for at in range(0, len(docs), 16) for r in reader.read(docs[at : at + 16], None, known[at : at + 16])]
    upos, heads, labels = Tally(), Tally(), Tally()
    found_starts = Tally()
    for (_, index, sentences), reading, parsed in zip(documents, readings, given, strict=True):
        place = {token: i for i, token in enumerate(index)}
        at = 0
        gold_starts = set()
        for sentence in sentences:
            gold_starts.add(at)
            for offset, token in enumerate(sentence):
                t = index[at + offset]
                head = t if token["head"] == 0 else index[at + token["head"] - 1]
                right = int(parsed.heads[t]) == head
                base = token["dep"].partition(":")[0]
                upos.add(parsed.upos[t] == token["upos"], 1, 1)
                heads.add(right, 1, 1)
                labels.add(right and parsed.deps[t].partition(":")[0] == base, 1, 1)
            at += len(sentence)
        found = {place[t] for t in index if reading.sent_starts[t]}
        found_starts.add(len(found & gold_starts), len(gold_starts), len(found))
    print(f"{path.name}, gold tokens; parsed in gold sentences")
    print(f"  UPOS {100 * upos.f1:.1f}  UAS {100 * heads.f1:.1f}  LAS {100 * labels.f1:.1f}  (n={upos.gold})")
    print(f"  sentence starts  {found_starts}")


def entities(reader: Reader, path: Path, kinds: set[str]) -> None:
    blank = spacy.blank("en")
    rows = read_jsonl(path)
    readings = read_all(reader, [blank(row["text"]) for row in rows])
    tallies = {kind: Tally() for kind in sorted(kinds)}
    for row, reading in zip(rows, readings, strict=True):
        for kind, tally in tallies.items():
            gold = {(s, e) for s, e, k in row["ents"] if k == kind}
            found = {
                (int(reading.starts[e.first]), int(reading.ends[e.last - 1]))
                for e in reading.entities
                if ENTITIES.get(e.label) == kind
            }
            tally.add(len(gold & found), len(gold), len(found))
    total = Tally()
    for tally in tallies.values():
        total.add(tally.right, tally.gold, tally.predicted)
    show(f"{path.name}, exact entities", {**tallies, "all": total})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--gold", type=Path, help="folder of threats.dev.jsonl and acts.dev.jsonl")
    parser.add_argument("--model", type=Path, help="folder of the network; the shipped one if left out")
    arguments = parser.parse_args()
    reader = Reader(arguments.model or shipped_path())
    attributions(reader, arguments.data)
    for name in ("ewt.dev.conllu", "gum.dev.conllu"):
        syntax(reader, arguments.data / "ud" / name)
    entities(reader, arguments.data / "ner" / "conll03.dev.jsonl", {"PER", "ORG", "LOC", "MISC"})
    entities(reader, arguments.data / "ner" / "uner_ewt.dev.jsonl", {"PER", "ORG", "LOC"})
    if arguments.model is None:
        extractions(arguments.data)
    if arguments.gold:
        from acts_gold import report_acts
        from threats_gold import report_threats

        report_threats(arguments.gold)
        report_acts(arguments.gold)


if __name__ == "__main__":
    main()
