"""The marked articles, documents and passages, to learn from who speaks: read once, with their sources' speakers."""

from __future__ import annotations

import json
import pickle
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import spacy

from quotekit.attributions import find_attributions
from quotekit.document import describe
from quotekit.quotes import find_quotes
from quotekit.reader import shipped_reader
from quotekit.speakers.party import Party
from quotekit.types import Extraction

HERE = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(HERE / "benchmarks"), str(HERE / "tests")]
from articles_gold import LEARNED, articles  # noqa: E402
from speakers_gold import plain  # noqa: E402
from test_speakers_table import passages  # noqa: E402

SPEAKERS = Path(__file__).with_name("speakers.jsonl")
"""Who speaks in articles of PolNeAR's training part, as `tests/gold/README.md` describes it."""
HELD_OUT = tuple(HERE / "tests" / "gold" / f"speakers_heldout{n}.jsonl" for n in ("", "2"))
"""The same for articles of that part which are measured on."""
NEWS = "news"
"""The part that these articles are."""
ARTICLE_WEIGHT, PASSAGE_WEIGHT = 10.0, 20.0
"""Of an example from a marked article or passage, against one of the corpora."""


class Marked:
    """A text whose sources have their speakers' names, with its reading."""

    def __init__(self, part: str, name: str, text: str, entity_at: dict[int, str]) -> None:
        info = describe(text)
        (self.reading,) = shipped_reader().read([spacy.blank("en").make_doc(text)], [info.boilerplate])
        self.extraction = Extraction(text=text, document=info)
        self.said = find_attributions(self.reading, find_quotes(self.reading, self.extraction))
        self.part, self.name, self.entity_at = part, name, entity_at
        self.named: set[str] = set()
        """Of the speakers those with a name of their own."""
        self.weight = PASSAGE_WEIGHT if part == "passages" else ARTICLE_WEIGHT


def _read(data: Path) -> Iterator[Marked]:
    for part in LEARNED:
        for article in articles(part, data):
            ends = {}
            for frame, who in zip(article.frames, article.speakers, strict=True):
                if frame["source"] and who is not None:
                    ends[frame["source"][-1][1]] = plain(who)
            read = Marked(part, article.name, article.text, ends)
            read.named = {plain(who) for who in article.speakers if who is not None and who[:1].isupper()}
            yield read
    for name, passage in passages(HERE / "tests" / "speakers.txt").items():
        if not passage.fails:
            ends = {end: plain(who) for _, end, who in passage.marks if who is not None}
            yield Marked("passages", name, passage.text, ends)


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    with file.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def marked_texts(data: Path, cache: Path | None = None) -> list[Marked]:
    """All texts that may be learned from.

    Args:
        data: Folder of the corpora.
        cache: File beside which, with the ending ".marked", they are kept once read.
    """
    return _kept(_read(data), cache and cache.with_suffix(".marked"))


def _kept(texts: Iterator[Marked], file: Path | None) -> list[Marked]:
    """All of some texts, from a file where they are in it already."""
    if file is not None and file.exists():
        found: list[Marked] = pickle.loads(file.read_bytes())
        return found
    found = list(texts)
    if file is not None:
        file.write_bytes(pickle.dumps(found))
    return found


def news_articles(data: Path, cache: Path | None = None) -> list[Marked]:
    """The news articles whose attributions have their speakers by hand.

    Args:
        data: Folder of the corpora.
        cache: File beside which, with the ending ".news", they are kept once read.
    """
    return _kept(_read_news(data), cache and cache.with_suffix(".news"))


def _read_news(data: Path) -> Iterator[Marked]:
    gold = {row["document"]: row["speakers"] for row in _rows(SPEAKERS)}
    for article in _rows(data / "polnear" / "train.jsonl"):
        ends: dict[int, str] = {}
        speakers = gold.get(article["id"], [])
        for speaker in speakers:
            for number in speaker["attributions"]:
                # A source counts up to its first comma too.
                for start, end in article["attributions"][number]["source"][:1]:
                    source = article["text"][start:end]
                    for length in {len(source.rstrip(" ,")), len(re.split(r",|\bwho\b", source)[0].rstrip())} - {0}:
                        ends.setdefault(start + length, plain(speaker["name"]))
        if ends:
            read = Marked(NEWS, article["id"], article["text"], ends)
            read.named = {plain(speaker["name"]) for speaker in speakers if speaker["named"]}
            yield read


def entity_of(party: Party, document: Any) -> Any:
    """The entity that a party of a document is; None where nothing tells.

    Args:
        party: A party.
        document: A `Marked` or one of the corpora's documents, with the entity of each mention by where it ends.
    """
    entity_at: dict[int, Any] = document.entity_at
    if isinstance(document, Marked) and party.is_named:
        known = set(entity_at.values())
        return next((name for name in map(plain, party.names) if name in known), None)
    votes = Counter(entity_at[m.end] for m in party.mentions if m.end in entity_at)
    return votes.most_common(1)[0][0] if votes else None
