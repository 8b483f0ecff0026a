"""What a roster costs: ``python benchmarks/roster.py [--entries 100000]``.

Random names of two syllables make the roster; one in a thousand is called like a speaker of the articles in
`tests/gold/articles.txt`, so that there is something to find. Time is the processor's, for loading the roster once and
for finding the speakers of one article in it.
"""

from __future__ import annotations

import argparse
import random
import re
import time

from articles_gold import articles

import quotekit
from quotekit.roster import find_in_roster, read_roster

_SYLLABLES = re.findall("..", "badofegihujakolemunipaorosetivuwaxoyezila")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=100_000)
    options = parser.parse_args()
    chance = random.Random(1)
    results = list(quotekit.extract_many(article.text for article in articles("dev")))
    known = [speaker.name for result in results for speaker in result.speakers if speaker.kind == "person"]

    def name() -> str:
        return " ".join("".join(chance.choices(_SYLLABLES, k=3)).title() for _ in range(2))

    rows = [{"id": str(i), "name": chance.choice(known) if i % 1000 == 0 else name()} for i in range(options.entries)]
    start = time.process_time()
    roster = read_roster(rows)
    loaded = time.process_time() - start
    find_in_roster(results[0].speakers, roster)
    start = time.process_time()
    found = sum(s.external_id is not None for result in results for s in find_in_roster(result.speakers, roster))
    took = (time.process_time() - start) / len(results)
    speakers = sum(len(result.speakers) for result in results)
    print(f"{options.entries} entries: {1000 * loaded:.0f} ms to load, {1000 * took:.2f} ms an article")
    print(f"{found} of {speakers} speakers of {len(results)} articles found")


if __name__ == "__main__":
    main()
