"""Whom pronouns and descriptions mean: against the coreference of OntoGUM's dev part, in 15 genres of English.

OntoGUM has no attributions, so what is measured is the step before: every pronoun of the third person, and every
description of a person or body, that takes up somebody named or described before. A choice is right if the mention that
the pronoun or description is put together with, the latest before it, is of the same chain. The parse, names and
quotations are found from the raw text. "who" and its like are left out: grammar tells them.

    python benchmarks/speakers_ontogum.py --data DIR
"""

from __future__ import annotations

import argparse
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from quotes_and_speakers import percent, read_rows, read_text

from quotekit.attributions import find_attributions
from quotekit.quotes import find_quotes
from quotekit.reader import Reading
from quotekit.speakers import resolve
from quotekit.speakers.mentions import Mention
from quotekit.types import Extraction

Row = dict[str, Any]
NEWS = ("news", "interview", "speech", "bio", "court")
"""Genres in which somebody is reported, as in the texts that quotekit is made for."""
KINDS = ("he and she", "they", "it", "descriptions")


def kind_of(mention: Mention) -> str | None:
    """What a mention is counted as; None for names, relatives and the first and second person."""
    if mention.kind == "nominal":
        return "descriptions" if mention.label in ("person", "organization", "group") else None
    if mention.kind != "pronoun" or mention.label != "3":
        return None
    return "they" if mention.number == "plur" else "it" if mention.gender == "n" else "he and she"


def choices(row: Row, reading: Reading, extraction: Extraction) -> Iterator[tuple[str, bool, bool, bool]]:
    """Of each pronoun and description that takes up somebody: its kind, whether something was chosen, whether that is
    right, and whether the nearest earlier mention would be."""
    types = {(m[0], m[1]): m[2] for m in row["mentions"]}
    chain_at = {mention[1]: number for number, chain in enumerate(row["ontogum"]) for mention in chain}
    people = {
        number
        for number, chain in enumerate(row["ontogum"])
        if any(types.get((start, end)) in ("person", "organization") for start, end in chain)
    }
    first = {number: min(start for start, _ in chain) for number, chain in enumerate(row["ontogum"])}
    said = find_attributions(reading, find_quotes(reading, extraction))
    parties, _ = resolve(reading, said)
    ends = sorted(end for end, number in chain_at.items() if number in people)
    for mention in parties.mentions:
        kind = kind_of(mention)
        chain = chain_at.get(mention.end)
        if kind is None or chain not in people or first[chain] >= mention.start:
            continue
        party = parties.all[mention.party] if mention.party is not None else None
        before = [m for m in party.mentions if m.end < mention.start] if party else []
        latest = next((chain_at[m.end] for m in sorted(before, key=lambda m: -m.start) if m.end in chain_at), None)
        at = bisect_left(ends, mention.start) - 1
        yield kind, bool(before), latest == chain, at >= 0 and chain_at[ends[at]] == chain


def evaluate(texts: Iterable[tuple[Row, Reading, Extraction]]) -> Counter[tuple[str, str, str]]:
    """Counts by part (news or all), kind and outcome."""
    count: Counter[tuple[str, str, str]] = Counter()
    for row, reading, extraction in texts:
        for kind, chosen, right, nearest in choices(row, reading, extraction):
            for part in ("all", "news") if row["genre"] in NEWS else ("all",):
                count.update({(part, kind, "n"): 1, (part, kind, "chosen"): chosen, (part, kind, "right"): right})
                count.update({(part, kind, "nearest"): nearest})
    return count


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--data", type=Path, required=True, help="folder with gum/")
    options = arguments.parse_args()
    rows = read_rows(options.data / "gum" / "entities.dev.jsonl")
    count = evaluate((row, *read_text(row["text"])) for row in rows)
    for part in ("all", "news"):
        print("all genres" if part == "all" else ", ".join(NEWS))
        for kind in KINDS:
            n, chosen, right = (count[part, kind, key] for key in ("n", "chosen", "right"))
            print(
                f"    {kind:12s} right of all {percent(right, n)}  of those chosen {percent(right, chosen)}  "
                f"nearest {percent(count[part, kind, 'nearest'], n)}  n {n}"
            )


if __name__ == "__main__":
    main()
