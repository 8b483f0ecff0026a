"""How much goes through at once, and whether memory stays flat.

    python benchmarks/scale.py [--articles 10000] [--sample 1000] [--words 300] [--json PATH]

Articles are made of paragraphs of examples/data and seeds, shuffled. Each has a paragraph with names that no other has,
so that what a process remembers of words grows as it would with real ones.

Throughput is that of the sample, with one worker and with two, from the call to the last result: starting processes and
opening networks is in it. ``extract_many`` in one process leaves the number of threads to the network; the others have
one thread a worker. Memory is the resident size of the process and of those that it started, looked at after every
article; pages that processes share are counted for each of them. It is flat if the most after the first tenth, and what
is left at the end, are little more than what there was after that tenth.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pyarrow as pa

import quotekit
from quotekit.tables import BatchExtractor

ROOT = Path(__file__).parent.parent
BATCH = 32
SYLLABLES = (
    "bar",
    "den",
    "fal",
    "gor",
    "hul",
    "jen",
    "kel",
    "lom",
    "mar",
    "nor",
    "pel",
    "rus",
    "sol",
    "tam",
    "vin",
    "wes",
)


def paragraphs() -> list[str]:
    """The paragraphs of our texts."""
    files = [*sorted((ROOT / "examples" / "data").glob("*.txt")), *sorted((ROOT / "seeds").glob("*.txt"))]
    return [part for file in files for part in file.read_text(encoding="utf-8").split("\n\n") if part.strip()]


def articles(count: int, words: int) -> Iterator[str]:
    """Makes articles, the same ones each time.

    Args:
        count: How many.
        words: How many words an article has at least.
    """
    parts = paragraphs()
    for i in range(count):
        chance = random.Random(i)
        name = " ".join("".join(chance.choices(SYLLABLES, k=4)).title() for _ in range(2))
        place = "".join(chance.choices(SYLLABLES, k=4)).title()
        chosen = [f"“If {place} does not pay, we will close the bridge,” {name} told reporters in {place}."]
        while sum(len(part.split()) for part in chosen) < words:
            chosen.append(chance.choice(parts))
        chance.shuffle(chosen)
        yield "\n\n".join(chosen)


def batches(texts: Iterator[str]) -> Iterator[Any]:
    """Texts as batches of Arrow."""
    while some := list(itertools.islice(texts, BATCH)):
        yield pa.record_batch({"text": some})


def by_calls(texts: Iterator[str], workers: int) -> Iterator[int]:
    """Reads with `quotekit.extract_many`; gives the number of texts done each time that some are."""
    for _ in quotekit.extract_many(texts, batch_size=BATCH, n_process=workers):
        yield 1


def by_arrow(texts: Iterator[str], workers: int) -> Iterator[int]:
    """The same with `BatchExtractor`: in this process, or sent to processes as Spark and Ray send it."""
    extractor = BatchExtractor()
    if workers == 1:
        for _ in extractor(batches(texts)):
            yield BATCH
        return
    waiting: deque[Future[Any]] = deque()
    with ProcessPoolExecutor(workers) as pool:
        for batch in batches(texts):
            waiting.append(pool.submit(extractor, pa.Table.from_batches([batch])))
            if len(waiting) >= 2 * workers:
                waiting.popleft().result()
                yield BATCH
        while waiting:
            waiting.popleft().result()
            yield BATCH


WAYS: dict[str, Callable[[Iterator[str], int], Iterator[int]]] = {"extract_many": by_calls, "Arrow": by_arrow}


def resident_mb() -> float:
    """Resident memory of this process and of those that it started; NaN but on Linux."""
    try:
        children = [pid for listed in Path("/proc/self/task").glob("*/children") for pid in listed.read_text().split()]
        pages = 0
        for pid in ("self", *children):
            try:
                pages += int(Path(f"/proc/{pid}/statm").read_text().split()[1])
            except FileNotFoundError:
                # It has just ended.
                continue
    except OSError:
        return float("nan")
    import resource

    return pages * resource.getpagesize() / 2**20


def measure(way: str, workers: int, count: int, words: int) -> dict[str, float]:
    """Reads so many articles, in this process.

    Returns:
        Articles and words a second; megabytes after the first tenth, the most after it, and at the end.
    """
    counted = 0

    def made() -> Iterator[str]:
        nonlocal counted
        for text in articles(count, words):
            counted += len(text.split())
            yield text

    started = time.perf_counter()
    done, tenth, peak, now = 0, float("nan"), 0.0, float("nan")
    for finished in WAYS[way](made(), workers):
        done += finished
        now = resident_mb()
        if done * 10 >= count:
            tenth = now if tenth != tenth else tenth
            peak = max(peak, now)
    seconds = time.perf_counter() - started
    return {
        "articles": count,
        "articles_a_second": count / seconds,
        "words_a_second": counted / seconds,
        "mb_after_a_tenth": tenth,
        "mb_peak_after_that": peak,
        "mb_at_the_end": now,
    }


def alone(way: str, workers: int, count: int, words: int) -> Any:
    """What `measure` finds in a process of its own."""
    command = [sys.executable, __file__, "--alone", way, str(workers), str(count), str(words)]
    return json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True).stdout)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=10_000, help="articles of the streams whose memory is measured")
    parser.add_argument("--sample", type=int, default=1000, help="articles whose time is measured; at most --articles")
    parser.add_argument("--words", type=int, default=300, help="words of an article, at least")
    parser.add_argument("--json", type=Path, help="write the figures there too")
    parser.add_argument("--alone", nargs=4, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.alone:
        way, *numbers = options.alone
        print(json.dumps(measure(way, *map(int, numbers))))
        return

    figures = []
    print(
        f"{'':14}{'workers':>8}{'articles':>10}{'articles/s':>12}{'words/s':>9}{'MB at 10 %':>12}{'peak':>8}{'end':>8}"
    )
    # Times of the sample, then the two streams.
    runs = [(way, workers, min(options.sample, options.articles)) for way in WAYS for workers in (1, 2)]
    for way, workers, count in [*runs, ("extract_many", 1, options.articles), ("Arrow", 2, options.articles)]:
        found = alone(way, workers, count, options.words)
        figures.append({"way": way, "workers": workers, **found})
        print(
            f"{way:14}{workers:8}{count:10}{found['articles_a_second']:12.1f}{found['words_a_second']:9.0f}"
            f"{found['mb_after_a_tenth']:12.0f}{found['mb_peak_after_that']:8.0f}{found['mb_at_the_end']:8.0f}",
            flush=True,
        )
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
