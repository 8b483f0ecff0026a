"""Makes `quotekit/lexicon/person_nouns.tsv` from WordNet 3.0: ``python models/training/person_nouns.py --wordnet DIR``.

A noun whose commonest sense is a person, and that is no animal, plant, food or thing, goes in, with the others of that
sense and with what is one step or two wider.
DIR holds WordNet's `data.noun` and `index.noun` (Debian: /usr/share/wordnet).
"""

from __future__ import annotations

import argparse
from pathlib import Path

from quotekit.speakers import names

OUT = Path(names.__file__).parents[1] / "lexicon" / "person_nouns.tsv"
PERSON = "18"
"""WordNet's file of nouns for people."""
THINGS = {"05", "06", "13", "20"}
"""Its files of animals, made things, food and plants."""
STEPS = 2
TOO_WIDE = {"person", "adult", "organism", "individual", "someone", "somebody", "mortal", "soul", "causal agent"}
HEADER = """\
# Nouns whose commonest sense is a person, the other nouns of that sense, and wider ones: a goalkeeper is a goalie and a
# player. Source: WordNet 3.0, copyright 2006 by Princeton University, all rights reserved; licence: WordNet 3.0 license
# (free use with this notice, as is, without warranties). Made by models/training/person_nouns.py. Sorted.
# noun\tsame\twider
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wordnet", type=Path, required=True)
    folder = parser.parse_args().wordnet
    things: set[str] = set()
    words: dict[str, list[str]] = {}
    above: dict[str, list[str]] = {}
    for line in (folder / "data.noun").read_text(encoding="ascii").splitlines():
        if line.startswith(" "):
            continue
        fields = line.split(" | ")[0].split()
        if fields[1] != PERSON:
            if fields[1] in THINGS:
                things.add(fields[0])
            continue
        count = int(fields[3], 16)
        lemmas = [fields[4 + 2 * i].replace("_", " ") for i in range(count)]
        words[fields[0]] = [word for word in lemmas if word.islower() and "." not in word and word not in TOO_WIDE]
        pointers = fields[5 + 2 * count :]
        above[fields[0]] = [pointers[i + 1] for i in range(0, 4 * int(fields[4 + 2 * count]), 4) if pointers[i] == "@"]
    lines = []
    for line in (folder / "index.noun").read_text(encoding="ascii").splitlines():
        if line.startswith(" "):
            continue
        fields = line.split()
        noun, sense = fields[0].replace("_", " "), fields[-int(fields[2])]
        if things & set(fields[-int(fields[2]) :]):
            continue
        if sense not in words or noun not in words[sense] or " " in noun:
            continue
        wider: list[str] = []
        level = [sense]
        for _ in range(STEPS):
            level = [up for one in level for up in above[one] if up in words]
            wider += [word for up in level for word in words[up]]
        same = [word for word in words[sense] if word != noun]
        wider = [word for word in dict.fromkeys(wider) if word.count(" ") < 2 and word not in words[sense]]
        lines.append(f"{noun}\t{', '.join(same)}\t{', '.join(wider)}")
    OUT.write_text(HEADER + "\n".join(sorted(lines, key=lambda line: line.split("\t")[0])) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
