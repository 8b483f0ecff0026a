"""Learns whom descriptions take up: the weights of `quotekit/speakers/descriptions.tsv`.

Every description is an example: the parties spoken of before, and nobody, are the options, and those are right that
share their entity with it. That is told by the marked articles and passages of `tests`, whose sources have their
speakers, and by the corpora's coreference. As in `antecedents.py`, each round's weights are the
surroundings of the next.

    python models/training/descriptions.py --data CORPORA [--folds 5] [--without "dev 4"]
"""

from __future__ import annotations

import argparse
import pickle
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import spacy
from antecedents import Example, documents, fit

import quotekit.speakers as speakers
from quotekit.attributions import find_attributions
from quotekit.document import describe
from quotekit.quotes import find_quotes
from quotekit.reader import Reading, shipped_reader
from quotekit.speakers import antecedents
from quotekit.speakers.antecedents import Option
from quotekit.speakers.descriptions import NOBODY
from quotekit.speakers.mentions import Mention
from quotekit.speakers.parties import Parties, Party
from quotekit.types import Extraction

HERE = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(HERE / "benchmarks"), str(HERE / "tests")]
from articles_gold import articles  # noqa: E402
from speakers_gold import plain  # noqa: E402
from test_speakers_table import passages  # noqa: E402

WEIGHTS = Path(antecedents.__file__).with_name("descriptions.tsv")
PARTS = ("dev", "dev 2", "dev 3", "dev 4", "dev 5", "dev 6")
ARTICLE_WEIGHT, PASSAGE_WEIGHT, SOURCE_WEIGHT = 10.0, 5.0, 3.0
"""Of an example from a marked article or passage, against one of the corpora; and of one of these that is a source."""
ROUNDS = 3
PENALTY = 0.0005
"""Of the squared weights: in four folds as good as four times as much, and it keeps all passages."""
HEADER = """\
# What speaks for a party that a description takes up, and how much: weights of a log-linear choice.
# Learned by models/training/descriptions.py from the marked articles and passages of tests/ (MIT, as the project), from
# the coreference of LitBank (CC BY 4.0), and of GUM's genres without a non-commercial clause.
# feature\tweight
"""


class Marked:
    """A text whose sources have their speakers' names, with its reading."""

    def __init__(self, part: str, name: str, text: str, speaker_at: dict[int, str]) -> None:
        info = describe(text)
        (self.reading,) = shipped_reader().read([spacy.blank("en").make_doc(text)], [info.boilerplate])
        self.extraction = Extraction(text=text, document=info)
        self.part, self.name, self.entity_at = part, name, speaker_at
        self.weight = PASSAGE_WEIGHT if part == "passages" else ARTICLE_WEIGHT


def marked() -> Iterator[Marked]:
    """The articles that may be learned from, and the passages of the table of speakers."""
    for part in PARTS:
        for article in articles(part):
            ends = {}
            for frame, who in zip(article.frames, article.speakers, strict=True):
                if frame["source"] and who is not None:
                    ends[frame["source"][-1][1]] = plain(who)
            yield Marked(part, article.name, article.text, ends)
    for name, passage in passages(HERE / "tests" / "speakers.txt").items():
        if not passage.fails:
            ends = {end: plain(who) for _, end, who in passage.marks if who is not None}
            yield Marked("passages", name, passage.text, ends)


def load_marked(cache: Path | None) -> list[Marked]:
    """The same, read once."""
    file = cache.with_suffix(".marked") if cache else None
    if file is not None and file.exists():
        found: list[Marked] = pickle.loads(file.read_bytes())
        return found
    found = list(marked())
    if file is not None:
        file.write_bytes(pickle.dumps(found))
    return found


def examples(document: Any) -> Iterator[Example]:
    """The descriptions of one text, their options, and which of these are right."""
    is_marked = hasattr(document, "part")
    entity_at: dict[int, Any] = document.entity_at

    class Watched(Parties):
        def _choose_described(self, mention: Mention, found: Sequence[Option]) -> int | None:
            entity = entity_at.get(mention.end)
            if (entity is not None or not is_marked) and len(found) > 1:
                right = [option.party != NOBODY and self._is(self.all[option.party], entity) for option in found]
                right[0] = not any(right)
                weight = document.weight * (SOURCE_WEIGHT if mention.is_source else 1.0)
                taken.append((list(found), right, weight))
            return super()._choose_described(mention, found)

        def _is(self, party: Party, entity: Any) -> bool:
            if entity is None:
                return False
            if is_marked and any(plain(name) == entity for name in party.names):
                return True
            if is_marked and party.is_named:
                return False
            votes = Counter(entity_at[m.end] for m in party.mentions if m.end in entity_at)
            return bool(votes) and votes.most_common(1)[0][0] == entity

    taken: list[Example] = []
    reading: Reading = document.reading
    if not hasattr(document, "said"):
        document.said = find_attributions(reading, find_quotes(reading, document.extraction))
    plain_parties, speakers.Parties = speakers.Parties, Watched  # type: ignore[misc, attr-defined]
    try:
        speakers.resolve(reading, document.said)
    finally:
        speakers.Parties = plain_parties  # type: ignore[misc, attr-defined]
    return iter(taken)


def report(given: Sequence[Example], counts: Counter[str] | None = None) -> str:
    """How often the choice is right, of all and of those that take somebody up; with what was counted before."""
    counts = Counter() if counts is None else counts
    for options, right, _ in given:
        shares = antecedents.share(options, "descriptions")
        best = shares.index(max(shares))
        counts.update({"n": 1, "right": right[best], "old": not right[0], "old right": right[best] and best > 0,
                       "taken": best > 0})  # fmt: skip
    return (f"{counts['n']} descriptions, right {100 * counts['right'] / max(1, counts['n']):.1f} %; "
            f"taken up P {100 * counts['old right'] / max(1, counts['taken']):.1f} "
            f"R {100 * counts['old right'] / max(1, counts['old']):.1f} of {counts['old']}")  # fmt: skip


def write(weights: dict[str, float]) -> None:
    lines = [f"{feature}\t{weight}" for feature, weight in sorted(weights.items()) if weight]
    WEIGHTS.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    antecedents.weights.cache_clear()


def learn(given: Sequence[Any], rounds: int = ROUNDS, penalty: float = PENALTY) -> None:
    for _ in range(rounds):
        write(fit([example for document in given for example in examples(document)], penalty, fewest=3))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--data", type=Path, required=True)
    arguments.add_argument("--cache", type=Path, help="file to keep the corpora's readings in")
    arguments.add_argument("--folds", type=int, default=0, help="measure on articles that are not learned from")
    arguments.add_argument("--without", default="", help="a part of the articles not to learn from, but to measure on")
    arguments.add_argument("--penalty", type=float, default=PENALTY)
    arguments.add_argument("--rounds", type=int, default=ROUNDS)
    options = arguments.parse_args()
    texts = load_marked(options.cache)
    # PolNeAR's automatic coreference leaves most descriptions alone.
    corpora = [text for text in documents(options.data, options.cache) if text.weight == 1]
    own = [text for text in texts if text.part != "passages"]
    counts: Counter[str] = Counter()
    for fold in range(options.folds):
        out = set(own[fold :: options.folds])
        learn([*(t for t in texts if t not in out), *corpora], options.rounds, options.penalty)
        held = [e for t in own if t in out for e in examples(t)]
        print(f"up to fold {fold}: {report(held, counts)}", flush=True)
    if options.folds:
        return
    learned = [text for text in texts if text.part != options.without]
    learn([*learned, *corpora], options.rounds, options.penalty)
    for part in (*PARTS, "passages"):
        print(f"{part}: {report([e for t in texts if t.part == part for e in examples(t)])}")
    print(f"corpora: {report([e for t in corpora[::7] for e in examples(t)])}")


if __name__ == "__main__":
    main()
