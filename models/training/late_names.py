"""Learns who it was that spoke before having a name: the weights of `quotekit/speakers/late_names.tsv`.

Everybody who speaks early without a name is an example; the options are those named later, and nobody. As in
`descriptions.py`, the marked articles and passages of `tests` and the corpora's coreference tell which is right.

    python models/training/late_names.py --data CORPORA [--folds 5]
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from antecedents import documents
from marked import Marked, entity_of, marked_texts
from weights import Example, fit, write

from quotekit.speakers import antecedents, resolve
from quotekit.speakers.antecedents import Option
from quotekit.speakers.choices import Choices
from quotekit.speakers.descriptions import NOBODY
from quotekit.speakers.parties import Parties

TABLE = "late_names"
PENALTY = 0.01
"""Of the squared weights."""
HEADER = """\
# What speaks for a name that is given later to one who spoke without, and how much: weights of a log-linear choice.
# Learned by models/training/late_names.py from the marked articles and passages of tests/ (MIT, as the project), from
# marked documents and the coreference of LitBank (CC BY 4.0) and of GUM's genres without a non-commercial clause, and
# from marked documents of the English Web Treebank (CC BY-SA 4.0).
# feature\tweight
"""


def examples(document: Any) -> Iterator[Example]:
    """Those of one text who speak early without a name, their options, and which of these are right."""

    class Watched(Choices):
        def late_name(self, parties: Parties, index: int, options: Sequence[Option]) -> int | None:
            entity = entity_of(parties.all[index], document)
            if entity is not None:
                right = [o.party != NOBODY and entity_of(parties.all[o.party], document) == entity for o in options]
                right[0] = not any(right)
                # Whoever's name was not read whole, or stands elsewhere, is nobody's example.
                is_lost = right[0] and isinstance(document, Marked) and entity in document.named
                taken.append((list(options), right, document.weight * (not is_lost)))
            return super().late_name(parties, index, options)

    taken: list[Example] = []
    resolve(document.reading, document.said, Watched(document.reading))
    return iter(taken)


def report(given: Sequence[Example], counts: Counter[str] | None = None) -> str:
    """How often the choice is right, of all and of those that give a name; with what was counted before."""
    counts = Counter() if counts is None else counts
    for found, right, _ in given:
        shares = antecedents.share(found, TABLE)
        best = shares.index(max(shares))
        counts.update({"n": 1, "right": right[best], "named": not right[0], "named right": right[best] and best > 0,
                       "taken": best > 0})  # fmt: skip
    return (f"{counts['n']} without a name, right {100 * counts['right'] / max(1, counts['n']):.1f} %; "
            f"named P {100 * counts['named right'] / max(1, counts['taken']):.1f} of {counts['taken']} "
            f"R {100 * counts['named right'] / max(1, counts['named']):.1f} of {counts['named']}")  # fmt: skip


def learn(given: Sequence[Any], penalty: float) -> None:
    write(fit([e for document in given for e in examples(document)], penalty), TABLE, HEADER)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--data", type=Path, required=True)
    arguments.add_argument("--cache", type=Path, help="file to keep the corpora's readings in")
    arguments.add_argument("--folds", type=int, default=0, help="measure on articles that are not learned from")
    arguments.add_argument("--penalty", type=float, default=PENALTY)
    options = arguments.parse_args()
    texts = marked_texts(options.data, options.cache)
    corpora = [text for text in documents(options.data, options.cache) if text.weight == 1]
    own = [text for text in texts if text.part != "passages"]
    counts: Counter[str] = Counter()
    for fold in range(options.folds):
        out = set(own[fold :: options.folds])
        learn([*(t for t in texts if t not in out), *corpora], options.penalty)
        held = [e for t in own if t in out for e in examples(t)]
        print(f"up to fold {fold}: {report(held, counts)}", flush=True)
    if options.folds:
        return
    learn([*texts, *corpora], options.penalty)
    print(f"articles: {report([e for t in own for e in examples(t)])}")
    print(f"passages: {report([e for t in texts if t.part == 'passages' for e in examples(t)])}")
    print(f"corpora: {report([e for t in corpora for e in examples(t)])}")


if __name__ == "__main__":
    main()
