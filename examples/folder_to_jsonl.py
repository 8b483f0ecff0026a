"""A folder of texts to JSON Lines: one line a file, with the file's name beside what was found.

Run it: python examples/folder_to_jsonl.py FOLDER OUTPUT.jsonl
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import quotekit

DATA = Path(__file__).parent / "data"


def main(folder: Path = DATA, output: Path = Path("found.jsonl")) -> None:
    files = sorted(folder.glob("*.txt"))
    texts = (path.read_text(encoding="utf-8", errors="replace") for path in files)
    with output.open("w", encoding="utf-8") as lines:
        # "skip" gives None for a text that cannot be read, and logs why; n_process=4 would use four processes.
        for path, found in zip(files, quotekit.extract_many(texts, on_error="skip"), strict=True):
            if found is not None:
                lines.write(json.dumps({"file": path.name, **found.model_dump(mode="json")}) + "\n")
    print(f"{len(files)} files → {output}")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
