"""Reads the corpora into units with labels; see README.md for what each corpus gives."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from quotekit.reader.inputs import Inputs, encode
from quotekit.reader.labels import ENTITY_LABELS, ROLE_TAGS, UPOS, morph_of

IGNORE = -100
NONCOMMERCIAL_GENRES = frozenset(("essay", "fiction", "letter", "podcast", "whow"))

GUM_ENTITIES = {"person": "PERSON", "organization": "ORG", "place": "LOC", "event": "MISC", "object": "MISC"}
GUM_ENTITIES |= {"abstract": "MISC", "animal": "MISC", "plant": "MISC", "substance": "MISC"}
SILVER_ENTITIES = {"PERSON": "PERSON", "ORGANIZATION": "ORG", "LOCATION": "LOC", "MISC": "MISC"}
SILVER_ENTITIES |= {"DATE": "DATE", "DURATION": "DATE", "TIME": "TIME"}


@dataclass
class Frame:
    """One attribution in units: each span is (first, last) with ``last`` inclusive."""

    cue: tuple[int, int] | None
    source: tuple[int, int] | None
    contents: list[tuple[int, int]]
    tells_source: bool = True
    """Whether a source of None means that there is none."""


@dataclass
class Example:
    """One document with the labels that its corpus has; arrays are over units unless said otherwise."""

    name: str
    inputs: Inputs
    tags: np.ndarray | None = None
    """Role tags, for each annotator one row."""
    frames: list[list[Frame]] = field(default_factory=list)
    """Frames, for each annotator one list."""
    entities: np.ndarray | None = None
    entity_weight: float = 1.0
    token_unit: np.ndarray | None = None
    """Unit of each syntactic token; the arrays below are over tokens."""
    sent_start: np.ndarray | None = None
    upos: list[str] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    morph: list[str] = field(default_factory=list)
    heads: np.ndarray | None = None
    """Head of each token, itself for a root."""
    deps: list[str] = field(default_factory=list)


def units_of(inputs: Inputs, start: int, end: int) -> tuple[int, int] | None:
    """First and last unit (inclusive) that overlap the characters."""
    first = int(np.searchsorted(inputs.ends, start, side="right"))
    last = int(np.searchsorted(inputs.starts, end, side="left")) - 1
    return (first, last) if first <= last else None


def read_jsonl(path: Path) -> list[dict]:
    """One object a line, gzipped or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def joined(text: str, pieces: list[list[int]]) -> list[list[int]]:
    """Joins pieces with nothing but blanks between them: one passage, cut at a line break by the corpus."""
    result: list[list[int]] = []
    for start, end in sorted(pieces):
        if result and not text[result[-1][1] : start].strip():
            result[-1][1] = end
        else:
            result.append([start, end])
    return result


def role_labels(inputs: Inputs, text: str, attributions: list[dict]) -> tuple[np.ndarray, list[Frame]]:
    """Lays one annotator's attributions on the units, as BIO tags and frames."""
    tags = np.zeros(len(inputs), dtype=np.int64)
    frames = []
    for attribution in attributions:
        spans: dict[str, list[tuple[int, int]]] = {}
        for role in ("content", "source", "cue"):
            spans[role] = [u for s, e in joined(text, attribution[role]) if (u := units_of(inputs, s, e)) is not None]
            for first, last in spans[role]:
                tags[first] = ROLE_TAGS.index(f"B-{role}")
                tags[first + 1 : last + 1] = ROLE_TAGS.index(f"I-{role}")
        cue, source = (spans[role][0] if spans[role] else None for role in ("cue", "source"))
        frames.append(Frame(cue, source, spans["content"]))
    # A span that a later one overwrote in its beginning must still begin with a B.
    kinds = (tags + 1) // 2
    for at in np.flatnonzero((tags > 0) & (tags % 2 == 0)).tolist():
        if at == 0 or kinds[at - 1] != kinds[at]:
            tags[at] -= 1
    return tags, frames


def polnear(folder: Path, part: str, tokenizer: Tokenizer) -> list[Example]:
    """PolNeAR articles with all their annotators and the silver entities."""
    silver = {row["id"]: row for row in read_jsonl(folder / f"silver.{part}.jsonl.gz")}
    others: dict[str, list[list[dict]]] = {}
    for row in read_jsonl(folder / f"more_annotators.{part}.jsonl"):
        others.setdefault(row["id"], []).append(row["attributions"])
    examples = []
    for row in read_jsonl(folder / f"{part}.jsonl"):
        inputs = encode(row["text"], tokenizer)
        layers = [role_labels(inputs, row["text"], a) for a in [row["attributions"], *others.get(row["id"], [])]]
        example = Example(row["id"], inputs, np.stack([tags for tags, _ in layers]), [frames for _, frames in layers])
        if row["id"] in silver:
            spans = [(s, e, SILVER_ENTITIES[k]) for s, e, k in silver[row["id"]]["ner"] if k in SILVER_ENTITIES]
            example.entities = entity_tags(inputs, spans)
            example.entity_weight = 0.3
        examples.append(example)
    return examples


def entity_tags(inputs: Inputs, spans: list[tuple[int, int, str]]) -> np.ndarray:
    """BIO tags of entities; a label of None hides its units from the loss."""
    tags = np.zeros(len(inputs), dtype=np.int64)
    for start, end, label in spans:
        units = units_of(inputs, start, end)
        if units is None:
            continue
        if label == "":
            tags[units[0] : units[1] + 1] = IGNORE
            continue
        tags[units[0]] = ENTITY_LABELS.index(f"B-{label}")
        tags[units[0] + 1 : units[1] + 1] = ENTITY_LABELS.index(f"I-{label}")
    return tags


def conllu_documents(path: Path) -> list[tuple[str, str, list[list[dict]]]]:
    """Documents of a CoNLL-U file: name, running text, sentences of tokens with character offsets."""
    documents: list[tuple[str, str, list[list[dict]]]] = []
    text: list[str] = []
    length = 0
    sentences: list[list[dict]] = []
    name, paragraph, sentence, ranges = "", False, [], {}

    def close_document() -> None:
        if sentences:
            documents.append((name, "".join(text), list(sentences)))

    def add(string: str) -> None:
        nonlocal length
        text.append(string)
        length += len(string)

    def close_sentence() -> None:
        nonlocal paragraph, sentence, ranges
        if not sentence:
            return
        if sentences:
            add("\n\n" if paragraph else " ")
        i = 0
        while i < len(sentence):
            token = sentence[i]
            if token["id"] in ranges:
                last, form, space = ranges[token["id"]]
                members = [t for t in sentence[i:] if t["id"] <= last]
                joined_form = "".join(t["form"] for t in members)
                at = length
                for member in members:
                    if joined_form == form:
                        member["start"], member["end"] = at, at + len(member["form"])
                        at = member["end"]
                    else:
                        member["start"], member["end"] = length, length + len(form)
                add(form)
                i += len(members)
            else:
                token["start"], token["end"] = length, length + len(token["form"])
                add(token["form"])
                space = token["space"]
                i += 1
            if space and i < len(sentence):
                add(" ")
        sentences.append(sentence)
        sentence, ranges, paragraph = [], {}, False

    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# newdoc"):
            close_document()
            text, length, sentences = [], 0, []
            name = line.split("=", 1)[1].strip() if "=" in line else ""
        elif line.startswith("# newpar"):
            paragraph = True
        elif not line:
            close_sentence()
        elif not line.startswith("#"):
            columns = line.split("\t")
            space = "SpaceAfter=No" not in columns[9]
            if "-" in columns[0]:
                first, last = columns[0].split("-")
                ranges[int(first)] = (int(last), columns[1], space)
            elif "." not in columns[0]:
                token = {"id": int(columns[0]), "form": columns[1], "upos": columns[3], "feats": columns[5]}
                token |= {"head": int(columns[6]), "dep": columns[7], "space": space}
                sentence.append(token)
    close_sentence()
    close_document()
    return documents


def treebank(path: Path, tokenizer: Tokenizer, *, skip_genres: frozenset[str] = frozenset()) -> list[Example]:
    """Documents of a Universal Dependencies treebank."""
    examples = []
    for name, text, sentences in conllu_documents(path):
        if name.startswith("GUM_") and name.split("_")[1] in skip_genres:
            continue
        inputs = encode(text, tokenizer)
        tokens = [token for sentence in sentences for token in sentence]
        starts = np.array([t["start"] for t in tokens])
        ends = np.array([t["end"] for t in tokens])
        example = Example(name, inputs, token_unit=token_units(inputs, starts, ends))
        offset, heads, first = 0, [], []
        for sentence in sentences:
            ids = {t["id"]: offset + i for i, t in enumerate(sentence)}
            heads += [ids.get(t["head"], offset + i) for i, t in enumerate(sentence)]
            first += [i == 0 for i in range(len(sentence))]
            offset += len(sentence)
        example.heads = np.array(heads)
        example.sent_start = np.array(first)
        example.upos = [t["upos"] for t in tokens]
        example.morph = [morph_of(t["upos"], t["feats"]) for t in tokens]
        example.forms = [t["form"] for t in tokens]
        example.deps = [t["dep"] for t in tokens]
        examples.append(example)
    return examples


def token_units(inputs: Inputs, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """The unit that stands for each token: the first that begins inside it, else the one it lies in."""
    first = np.searchsorted(inputs.starts, starts, side="left")
    inside = (first < len(inputs)) & (inputs.starts[np.minimum(first, len(inputs) - 1)] < ends)
    return np.where(inside, first, np.clip(first - 1, 0, max(len(inputs) - 1, 0)))


def add_gum_entities(examples: list[Example], path: Path) -> None:
    """Adds GUM's named mentions to the documents of its treebank."""
    rows = {row["id"]: row for row in read_jsonl(path)}
    for example in examples:
        row = rows.get(example.name)
        if row is None:
            continue
        gum_starts = [s for s, _ in row["tokens"]]
        # The two layers have the same tokens but not the same blanks between sentences: go by token.
        index = {s: i for i, s in enumerate(gum_starts)}
        end_index = {e: i for i, (_, e) in enumerate(row["tokens"])}
        if example.token_unit is None or len(gum_starts) != len(example.token_unit):
            raise ValueError(
                f"{example.name}: entities and treebank have different tokens; run the corpora's check first"
            )
        named: list[tuple[int, int, str]] = []
        mentions = [m for m in row["mentions"] if m[0] in index and m[1] in end_index]
        for start, end, kind, is_named, _ in sorted(mentions, key=lambda m: m[0] - m[1]):
            first, last = index[start], end_index[end]
            if kind == "time":
                named.append((first, last, ""))
            elif is_named:
                begin, stop = trim_to_name(example, first, last)
                if not any(f <= stop and begin <= until for f, until, k in named if k):
                    # "Afghans" are people, but what news corpora call a PERSON is one of them.
                    group = kind == "person" and "Plur" in example.morph[begin : stop + 1]
                    named.append((begin, stop, "MISC" if group else GUM_ENTITIES[kind]))
        tags = np.zeros(len(example.inputs), dtype=np.int64)
        for first, last, label in sorted(named, key=lambda n: n[2] != ""):
            u = int(example.token_unit[first])
            following = last + 1 < len(example.token_unit)
            v = int(example.token_unit[last + 1]) - 1 if following else len(example.inputs) - 1
            v = max(u, v)
            if label == "":
                tags[u : v + 1] = IGNORE
            else:
                tags[u] = ENTITY_LABELS.index(f"B-{label}")
                tags[u + 1 : v + 1] = ENTITY_LABELS.index(f"I-{label}")
        example.entities = tags
        example.entity_weight = 0.6


def trim_to_name(example: Example, first: int, last: int) -> tuple[int, int]:
    """Trims a noun phrase to the name that heads it: proper nouns around its head, with an "of" among them."""
    assert example.heads is not None
    head = next((i for i in range(first, last + 1) if not first <= example.heads[i] <= last), last)
    begin = end = head
    while begin > first and _belongs_to_name(example, begin - 1, begin):
        begin -= 1
    while end < last:
        step = next((n for n in (1, 2, 3) if end + n <= last and example.upos[end + n] == "PROPN"), None)
        if step is None or any(example.heads[j] < begin for j in range(end + 1, end + step + 1)):
            break
        # "Daughters of the Revolution" is one name, "Hall in Washington" two.
        if step > 1 and example.forms[end + 1] != "of":
            break
        end += step
    return begin, end


def _belongs_to_name(example: Example, token: int, following: int) -> bool:
    """Whether a token before a name is part of it: no title or description, and a capital of its own."""
    if example.deps[token] == "nmod:desc" or not example.forms[token][:1].isupper():
        return False
    capitals = example.forms[following][:1].isupper() and example.deps[token] == "amod"
    return example.upos[token] == "PROPN" or capitals


def labels_of_upos(examples: list[Example], deps: list[str], at_least: int) -> dict[str, list[str]]:
    """The dependency labels that words of each part of speech have so often or more, in the order of ``deps``."""
    counts = Counter(
        (upos, dep if dep in deps else dep.partition(":")[0])
        for example in examples
        for upos, dep in zip(example.upos, example.deps, strict=True)
    )
    return {upos: [dep for dep in deps if counts[upos, dep] >= at_least] or deps for upos in UPOS}


def frequent(examples: list[Example], attribute: str, at_least: int) -> list[str]:
    """Labels seen often enough; a rarer subtype falls back to its universal relation."""
    counts = Counter(label for example in examples for label in getattr(example, attribute))
    kept = {label for label, n in counts.items() if n >= at_least}
    kept |= {label.partition(":")[0] for label in counts}
    return sorted(kept)
