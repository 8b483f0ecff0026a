"""Learns whom descriptions take up: the weights of `quotekit/speakers/descriptions.tsv`.

Every description is an example: the parties spoken of before, and nobody, are the options, and those are right that
share their entity with it. That is told by the marked articles and passages, whose sources have their
speakers, and by the corpora's coreference. As in `antecedents.py`, each round's weights are the
surroundings of the next.

    python models/training/descriptions.py --data CORPORA [--folds 5] [--without "dev 4"]
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from antecedents import documents
from marked import LEARNED, Marked, entity_of, marked_texts
from weights import Example, fit, write

from quotekit.speakers import antecedents, resolve
from quotekit.speakers.antecedents import Option
from quotekit.speakers.choices import Choices
from quotekit.speakers.descriptions import NOBODY
from quotekit.speakers.mentions import Mention
from quotekit.speakers.parties import Parties

TABLE = "descriptions"
SOURCE_WEIGHT = 3.0
"""Of an example that is an attribution's source."""
ROUNDS = 3
PENALTY = 0.0015
"""Of the squared weights. In three folds of articles a tenth of it takes up the wrong party in 29 of 100, this in 21 to
26; more would lose passages of `tests/speakers.txt`."""
HEADER = """\
# What speaks for a party that a description takes up, and how much: weights of a log-linear choice.
# Learned by models/training/descriptions.py from the marked articles and passages of tests/ (MIT, as the project), from
# marked documents and the coreference of LitBank (CC BY 4.0) and of GUM's genres without a non-commercial clause, and
# from marked documents of the English Web Treebank (CC BY-SA 4.0).
# feature\tweight
"""


def examples(document: Any) -> Iterator[Example]:
    """The descriptions of one text, their options, and which of these are right."""

    class Watched(Choices):
        def description(self, parties: Parties, mention: Mention, options: Sequence[Option]) -> int | None:
            entity = document.entity_at.get(mention.end)
            if (entity is not None or not isinstance(document, Marked)) and len(options) > 1:
                right = [
                    option.party != NOBODY
                    and entity is not None
                    and entity_of(parties.all[option.party], document) == entity
                    for option in options
                ]
                right[0] = not any(right)
                # Whoever's name was not read whole is nobody's example.
                is_lost = right[0] and isinstance(document, Marked) and entity in document.named
                is_lost = is_lost and all(entity_of(party, document) != entity for party in parties.all)
                weight = document.weight * (SOURCE_WEIGHT if mention.is_source else 1.0) * (not is_lost)
                taken.append((list(options), right, weight))
            return super().description(parties, mention, options)

    taken: list[Example] = []
    resolve(document.reading, document.said, Watched(document.reading))
    return iter(taken)


def report(given: Sequence[Example], counts: Counter[str] | None = None) -> str:
    """How often the choice is right, of all and of those that take somebody up; with what was counted before."""
    counts = Counter() if counts is None else counts
    for options, right, _ in given:
        shares = antecedents.share(options, TABLE)
        best = shares.index(max(shares))
        counts.update({"n": 1, "right": right[best], "old": not right[0], "old right": right[best] and best > 0,
                       "taken": best > 0})  # fmt: skip
    return (f"{counts['n']} descriptions, right {100 * counts['right'] / max(1, counts['n']):.1f} %; "
            f"taken up P {100 * counts['old right'] / max(1, counts['taken']):.1f} "
            f"R {100 * counts['old right'] / max(1, counts['old']):.1f} of {counts['old']}")  # fmt: skip


def learn(given: Sequence[Any], rounds: int = ROUNDS, penalty: float = PENALTY) -> None:
    for _ in range(rounds):
        write(fit([e for document in given for e in examples(document)], penalty), TABLE, HEADER)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--data", type=Path, required=True)
    arguments.add_argument("--cache", type=Path, help="file to keep the corpora's readings in")
    arguments.add_argument("--folds", type=int, default=0, help="measure on articles that are not learned from")
    arguments.add_argument("--without", default="", help="a part of the articles not to learn from, but to measure on")
    arguments.add_argument("--penalty", type=float, default=PENALTY)
    arguments.add_argument("--rounds", type=int, default=ROUNDS)
    options = arguments.parse_args()
    texts = marked_texts(options.data, options.cache)
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
    for part in (*LEARNED, "passages"):
        print(f"{part}: {report([e for t in texts if t.part == part for e in examples(t)])}")
    print(f"corpora: {report([e for t in corpora[::7] for e in examples(t)])}")


if __name__ == "__main__":
    main()
