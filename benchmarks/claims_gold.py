"""Who states what once, against the development gold: ``python benchmarks/claims_gold.py [GOLD]``.

GOLD is ``tests/gold/claims.txt`` where it is not given. A marked content is matched to the attribution whose contents
overlap it most, one to one, from a third of their common characters on (intersection over union); an attribution that
holds several stands for the first. Pairs of contents of one article are compared: those in one group of the gold with
those in one claim of quotekit's. "Of found contents" counts pairs of which both contents are matched; "of all" also
the gold's pairs of which one is not, as missed. Attributions that match nothing marked are not counted. "Speakers
given" groups the same attributions anew with the gold's speakers, so that only the grouping is judged. ``--errors``
prints the pairs that go wrong.

Beside quotekit two baselines on the same attributions and speakers: one claim for each speaker, and statements of one
speaker that share words (Jaccard of lower-cased words, at the share that is best on the dev part). Never to merge finds
no pair, F1 0.
"""

from __future__ import annotations

import itertools
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import spacy
from scoring import Tally

import quotekit
from quotekit.claims import find_claims
from quotekit.reader import shipped_reader
from quotekit.types import Attribution, Extraction

GOLD = Path(__file__).parent.parent / "tests" / "gold" / "claims.txt"
LEAST_OVERLAP = 1 / 3
WITHIN = 0.8
"""Share of a marked content from which it lies in an attribution."""
_MARK = re.compile(r"\{([A-Z])(\+?)/([A-Z]):([^}]*)\}")
_WORD = re.compile(r"\w+")

Pair = tuple[int, int]


@dataclass
class Article:
    """One article of the gold."""

    name: str
    part: str
    text: str = ""
    contents: list[tuple[str, list[tuple[int, int]]]] = field(default_factory=list)
    """Group and character ranges of each marked content."""
    speakers: list[str] = field(default_factory=list)
    """Who says each."""

    def pairs(self) -> set[Pair]:
        """Contents, by number, that state one claim."""
        return {
            (i, j) for i, j in itertools.combinations(range(len(self.contents)), 2)
            if self.contents[i][0] == self.contents[j][0]
        }  # fmt: skip


def articles(path: Path) -> Iterator[Article]:
    """Reads a file of marked articles."""
    for block in re.split(r"(?m)^## ", path.read_text(encoding="utf-8"))[1:]:
        heading, marked = block.split("\n", 1)
        name, part = heading.split(" | ")
        article, marked, at = Article(name, part), marked.strip() + "\n", 0
        for mark in _MARK.finditer(marked):
            article.text += marked[at : mark.start()]
            bounds = (len(article.text), len(article.text) + len(mark[4]))
            if mark[2]:
                article.contents[-1][1].append(bounds)
            else:
                article.contents.append((mark[1], [bounds]))
                article.speakers.append(mark[3])
            article.text += mark[4]
            at = mark.end()
        article.text += marked[at:]
        yield article


def match(article: Article, extraction: Extraction) -> dict[int, Attribution]:
    """The attribution of each marked content that has one."""
    candidates = []
    gold = [{at for start, end in ranges for at in range(start, end)} for _, ranges in article.contents]
    for n, attribution in enumerate(extraction.attributions):
        found = {at for span in attribution.content for at in range(span.start, span.end)}
        within = [i for i, marked in enumerate(gold) if len(marked & found) > WITHIN * len(marked)]
        if len(within) > 1:
            candidates.append((-1.0, within[0], n))
            continue
        shares = ((len(marked & found) / len(marked | found), i) for i, marked in enumerate(gold))
        candidates += [(-share, i, n) for share, i in shares if share >= LEAST_OVERLAP]
    matched: dict[int, Attribution] = {}
    taken: set[int] = set()
    for _, i, n in sorted(candidates):
        if i not in matched and n not in taken:
            matched[i] = extraction.attributions[n]
            taken.add(n)
    return matched


def with_speakers(article: Article, extraction: Extraction, matched: dict[int, Attribution]) -> Extraction:
    """The extraction with the gold's speakers for what is matched, each under the id it mostly has."""
    votes = Counter((article.speakers[i], a.speaker_id) for i, a in matched.items() if a.speaker_id is not None)
    ids: dict[str, str] = {}
    for (speaker, speaker_id), _ in votes.most_common():
        if speaker not in ids and speaker_id not in ids.values():
            ids[speaker] = speaker_id
    given = {a.id: ids.get(article.speakers[i], f"gold {article.speakers[i]}") for i, a in matched.items()}
    attributions = (
        a.model_copy(update={"speaker_id": given.get(a.id), "claim_id": None}) for a in extraction.attributions
    )
    return extraction.model_copy(update={"attributions": tuple(attributions), "claims": ()})


def found_pairs(matched: dict[int, Attribution], key: Callable[[Attribution], str | None]) -> set[Pair]:
    """Matched contents of which the key is the same, and not None."""
    return {(i, j) for i, j in itertools.combinations(sorted(matched), 2) if key(matched[i]) == key(matched[j]) != None}  # noqa: E711


def by_words(matched: dict[int, Attribution], share: float) -> set[Pair]:
    """Matched contents of one speaker that share words, and what they are joined to by a third."""
    words = {i: {w for s in a.content for w in _WORD.findall(s.text.lower())} for i, a in matched.items()}
    leader = {i: i for i in matched}
    for i, j in itertools.combinations(sorted(matched), 2):
        speaker = matched[i].speaker_id
        alike = len(words[i] & words[j]) >= share * len(words[i] | words[j])
        if alike and speaker is not None and speaker == matched[j].speaker_id:
            old, new = leader[j], leader[i]
            leader = {k: new if v == old else v for k, v in leader.items()}
    return {(i, j) for i, j in itertools.combinations(sorted(matched), 2) if leader[i] == leader[j]}


def report_claims(path: Path) -> None:
    """Prints how well statements are grouped.

    Args:
        path: The marked articles.
    """
    gold = list(articles(path))
    blank = spacy.blank("en")
    readings = shipped_reader().read([blank(article.text) for article in gold])
    extractions = list(quotekit.extract_many(article.text for article in gold))
    matches = [match(article, extraction) for article, extraction in zip(gold, extractions, strict=True)]
    given_matches = []
    for article, extraction, reading, matched in zip(gold, extractions, readings, matches, strict=True):
        anew = {a.id: a for a in find_claims(reading, with_speakers(article, extraction, matched)).attributions}
        given_matches.append({i: anew[a.id] for i, a in matched.items()})

    def tally(
        part: str,
        find: Callable[[dict[int, Attribution]], set[Pair]],
        matches: list[dict[int, Attribution]] = matches,
        of_all: bool = False,
    ) -> Tally:
        result = Tally()
        for article, matched in zip(gold, matches, strict=True):
            if article.part == part:
                pairs = article.pairs()
                if not of_all:
                    pairs = {(i, j) for i, j in pairs if i in matched and j in matched}
                found = find(matched)
                result.add(len(pairs & found), len(pairs), len(found))
        return result

    def grouped(matched: dict[int, Attribution]) -> set[Pair]:
        return found_pairs(matched, lambda a: a.claim_id)

    def of_speaker(matched: dict[int, Attribution]) -> set[Pair]:
        return found_pairs(matched, lambda a: a.speaker_id)

    shares = [n / 20 for n in range(1, 20)]
    for part in ("dev", "dev 2", "dev 3", "train", "held-out", "held-out 2", "held-out 3"):
        of_part = [i for i, article in enumerate(gold) if article.part == part]
        n_contents, n_found = (
            sum(len(x) for x in (y[i] for i in of_part)) for y in ([a.contents for a in gold], matches)
        )
        print(f"{part}: {len(of_part)} articles, {n_contents} contents, {n_found} found")
        print(f"  of all contents      claims            {tally(part, grouped, of_all=True)}")
        for heading, which in (("of found contents", matches), ("speakers given", given_matches)):
            best = max(shares, key=lambda share: tally("dev", lambda m: by_words(m, share), which).f1)
            print(f"  {heading:20s} claims            {tally(part, grouped, which)}")
            print(f"  {'':20s} a claim a speaker {tally(part, of_speaker, which)}")
            print(f"  {'':20s} shared words {best:.2f} {tally(part, lambda m: by_words(m, best), which)}")  # noqa: B023
        if "--errors" in sys.argv:
            for i in of_part:
                _print_errors(gold[i], given_matches[i], grouped(given_matches[i]))


def _print_errors(article: Article, matched: dict[int, Attribution], found: set[Pair]) -> None:
    kinds: dict[str, list[Pair]] = defaultdict(list)
    for i, j in sorted(article.pairs() ^ found):
        if (i, j) in found:
            kinds["wrong"].append((i, j))
        elif i not in matched or j not in matched:
            kinds["no content"].append((i, j))
        else:
            kinds["other speaker" if matched[i].speaker_id != matched[j].speaker_id else "missed"].append((i, j))
    for kind, pairs in kinds.items():
        for pair in pairs:
            texts = [" … ".join(article.text[a:b] for a, b in article.contents[i][1]) for i in pair]
            print(f"    {article.name:16s} {kind:13s} {texts[0]!r} / {texts[1]!r}")


if __name__ == "__main__":
    arguments = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    report_claims(Path(arguments[0]) if arguments else GOLD)
