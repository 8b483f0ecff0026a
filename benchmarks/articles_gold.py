"""Attributions and speakers of articles marked by quotekit's own span conventions.

    python benchmarks/articles_gold.py [--part PART] [--details] [--data CORPORA]

`tests/gold/articles.txt` holds invented articles of many genres and outlets' styles, `models/training/articles.txt`
more of them that are learned from alone. `documents.jsonl` beside these marks real texts of the corpora by their
offsets; they need --data. Details of the held-out parts are not to be had: who reads their mistakes mends them.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from accuracy import frame_of
from corpus_texts import TEXTS
from scoring import Frame, Tally, score_attributions
from speakers_gold import covered, is_right

import quotekit
from quotekit.types import Attribution, Extraction

ROOT = Path(__file__).parent.parent
GOLD = (ROOT / "tests" / "gold" / "articles.txt", ROOT / "models" / "training" / "articles.txt")
DOCUMENTS = (ROOT / "tests" / "gold" / "documents.jsonl", ROOT / "models" / "training" / "documents.jsonl")
# Parts that the reader and what tells who speaks may learn from.
LEARNED = ("dev", "dev 2", "dev 3", "dev 4", "dev 5", "dev 6", "train", "train 2", "leads", "documents", "online news")
# Parts of real texts.
REAL = (
    "documents",
    "online news",
    "dev newswire",
    "dev online news",
    "held-out documents",
    "held-out newswire",
    "held-out online news",
)
PARTS = (
    *LEARNED,
    "held-out 2",
    "held-out 3",
    "held-out 4",
    "held-out 5",
    *(part for part in REAL if part not in LEARNED),
)
ROLES = {"s": "source", "q": "cue", "c": "content"}
_MARK = re.compile(r"\{([sqc])(\d+) |\}")
_WORD = re.compile(r"\w+(?:[’'.-]\w+)*")
_PRONOUNS = frozenset(["he", "she", "they", "it", "we", "i", "you", "who"])


class Article(NamedTuple):
    """An article with what it should give."""

    name: str
    text: str
    frames: list[Frame]
    speakers: list[str | None]


def articles(part: str, data: Path | None = None) -> Iterator[Article]:
    """The articles of one of the parts.

    Args:
        part: Of `PARTS`.
        data: Folder of the corpora, for the parts of real texts.

    Raises:
        SystemExit: The part is of real texts and ``data`` is None.
    """
    if part in REAL:
        if data is None:
            raise SystemExit(f"“{part}” are texts of the corpora; give their folder as --data")
        yield from _documents(part, data)
    else:
        yield from _invented(part)


def _invented(part: str) -> Iterator[Article]:
    blocks = [block for file in GOLD for block in re.split(r"(?m)^## ", file.read_text(encoding="utf-8"))[1:]]
    for block in blocks:
        heading, rest = block.split("\n", 1)
        name, _, of = (field.strip() for field in heading.split("|"))
        if of != part:
            continue
        names, _, marked = rest.partition("\n\n")
        speakers = dict(line.split(" = ", 1) for line in names.splitlines())
        text, spans = unmarked(marked.strip())
        frames = [
            {role: sorted(spans[number].get(letter, [])) for letter, role in ROLES.items()} for number in speakers
        ]
        yield Article(name, text, frames, [None if who == "-" else who for who in speakers.values()])


def _documents(part: str, data: Path) -> Iterator[Article]:
    rows = [json.loads(line) for file in DOCUMENTS for line in file.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if row["part"] == part]
    texts = {corpus: TEXTS[corpus](data) for corpus in {row["corpus"] for row in rows}}
    for row in rows:
        text = texts[row["corpus"]][row["document"]][: row["length"]]
        marked = row["attributions"]
        frames = [{role: one[role] for role in ROLES.values()} for one in marked]
        yield Article(row["document"], text, frames, [one["speaker"] for one in marked])


def unmarked(marked: str) -> tuple[str, dict[str, dict[str, list[list[int]]]]]:
    """A text without its marks, and the spans they give: by number of the attribution, by letter."""
    spans: dict[str, dict[str, list[list[int]]]] = defaultdict(lambda: defaultdict(list))
    parts, length, at = [], 0, 0
    opened: list[tuple[str, str, int]] = []
    for match in _MARK.finditer(marked):
        parts.append(marked[at : match.start()])
        length += len(parts[-1])
        at = match.end()
        if match[1]:
            opened.append((match[1], match[2], length))
        else:
            letter, number, start = opened.pop()
            spans[number][letter].append([start, length])
    return "".join([*parts, marked[at:]]), spans


def form(article: Article, i: int) -> str:
    """What the source of an attribution is: a name, a description, a pronoun, or missing."""
    pieces = article.frames[i]["source"]
    if not pieces:
        return "missing"
    source = article.text[slice(*pieces[0])]
    if source.casefold() in _PRONOUNS:
        return "pronoun"
    return "name" if re.search(r"\b[A-Z]\w+", source.removeprefix("The ")) else "description"


class Score:
    """Counts over articles."""

    def __init__(self) -> None:
        self.by_form: dict[str, Tally] = defaultdict(Tally)
        self.whole, self.quoted = Tally(), Tally()
        self.merged = self.split = self.n_speakers = 0

    def add(self, article: Article, extraction: Extraction, *, details: bool) -> None:
        """Counts one article: contents that overlap by four fifths, one to one, and who speaks them."""
        words = [match.span() for match in _WORD.finditer(article.text)]
        names = {speaker.id: speaker.name for speaker in extraction.speakers}
        gold = [covered(words, frame["content"]) for frame in article.frames]
        found = [covered(words, [(s.start, s.end) for s in a.content]) for a in extraction.attributions]
        pairs: dict[int, Attribution] = {}
        for i, mine in enumerate(gold):
            for j, other in enumerate(found):
                if mine & other and len(mine & other) >= 0.8 * len(mine | other):
                    pairs.setdefault(i, extraction.attributions[j])
        right = 0
        by_found, by_gold = defaultdict(set), defaultdict(set)
        for i, who in enumerate(article.speakers):
            quoted = article.text[article.frames[i]["content"][0][0]] in "“\"‘'"
            if quoted:
                self.quoted.add(i in pairs, 1, 1)
            if i not in pairs:
                if details:
                    print(f"{article.name} {i + 1} not found: {article.text[slice(*article.frames[i]['content'][0])]}")
                continue
            name = names.get(pairs[i].speaker_id or "")
            wanted = {"name": who, "aliases": (), "named": who is None or who[:1].isupper()}
            same = is_right(wanted, name) or (
                who is not None and not wanted["named"] and who in (name or "").casefold()
            )
            right += same
            self.by_form[form(article, i)].add(same, 1, 1)
            self.by_form["all"].add(same, 1, 1)
            if form(article, i) in ("name", "description") and who is not None and pairs[i].speaker_id is not None:
                by_found[pairs[i].speaker_id].add(who)
                by_gold[who].add(pairs[i].speaker_id)
            if details and not same:
                print(f"{article.name} {i + 1} {form(article, i)}: {name} not {who}")
        self.whole.add(right, len(gold), len(found))
        self.merged += sum(len(keys) - 1 for keys in by_found.values())
        self.split += sum(len(ids) - 1 for ids in by_gold.values())
        self.n_speakers += len(by_gold)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=PARTS, default="held-out 5")
    parser.add_argument("--details", action="store_true", help="print what is wrong; not of held-out parts")
    parser.add_argument("--data", type=Path, help="folder of the corpora")
    options = parser.parse_args()
    details = options.details and not options.part.startswith("held-out")
    rows = list(articles(options.part, options.data))
    results = list(quotekit.extract_many(article.text for article in rows))
    score = Score()
    frames: list[tuple[str, list[Frame], list[Frame]]] = []
    for article, extraction in zip(rows, results, strict=True):
        frames.append((article.text, article.frames, [frame_of(a) for a in extraction.attributions]))
        score.add(article, extraction, details=details)
    print(f"{options.part}: {len(rows)} articles")
    counts: dict[str, Any] = score_attributions(frames)
    for title, tally in counts.items():
        print(f"  {title:16s} {tally}")
    print(f"  quoted contents found (overlap 0.8): {100 * score.quoted.recall:.1f} of {score.quoted.gold}")
    print(f"  content (overlap 0.8) and speaker right: {score.whole}")
    for kind, tally in sorted(score.by_form.items()):
        print(f"  speaker right, source {kind:12s} {100 * tally.recall:.1f} of {tally.gold}")
    n = score.n_speakers
    print(f"  per 100 speakers: merged {100 * score.merged / n:.1f}  split {100 * score.split / n:.1f}  n {n}")


if __name__ == "__main__":
    main()
