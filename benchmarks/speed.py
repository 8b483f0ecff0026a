"""How fast quotekit is, beside a spaCy pipeline of the small English architecture in the same process.

    python benchmarks/speed.py [--data FILE_OR_FOLDER] [--words 20000] [--threads 2] [--json PATH]

The spaCy pipeline has random weights: its speed depends on its shape, not on what it has learned, and nothing needs to
be downloaded. Its tagger, parser and named-entity recogniser share one encoder; in the published English pipelines the
recogniser has one of its own and a lemmatizer is added, so what is measured here is the faster of the two.

Load time is what comes after spaCy's own import: making the pipeline, opening the network, and reading one short text;
of a step, what its first text costs more than others. Memory is that of a process of its own.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.training import Example

DATA = Path(__file__).parent.parent / "examples" / "data"

SHORT = "“We wait,” Anna Lund told reporters on Friday."

# As many labels as the published English pipelines have, so that the output layers are of their size.
TAGS = [f"T{i}" for i in range(50)]
DEPS = [f"d{i}" for i in range(44)]
ENTITIES = [f"E{i}" for i in range(18)]
ENCODER = {
    "@architectures": "spacy.HashEmbedCNN.v2",
    "width": 96,
    "depth": 4,
    "embed_size": 2000,
    "window_size": 1,
    "maxout_pieces": 3,
    "subword_features": True,
    "pretrained_vectors": None,
}
LISTENER = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "tok2vec"}


def small_spacy() -> Language:
    """Makes the pipeline to compare with."""
    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec", config={"model": ENCODER})
    parser_model = {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "nO": None,
        "tok2vec": LISTENER,
    }
    tagger: Any = nlp.add_pipe(
        "tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "nO": None, "tok2vec": LISTENER}}
    )
    parser: Any = nlp.add_pipe("parser", config={"model": {**parser_model, "state_type": "parser"}})
    ner: Any = nlp.add_pipe("ner", config={"model": {**parser_model, "state_type": "ner"}})
    for component, labels in ((tagger, TAGS), (parser, DEPS), (ner, ENTITIES)):
        for label in labels:
            component.add_label(label)
    words = ["Anna", "Lund", "said", "on", "Friday", "that", "the", "bridge", "would", "close", "."]
    truth = {
        "tags": [TAGS[i % 50] for i in range(len(words))],
        "heads": [2, 0, 2, 2, 3, 9, 7, 9, 9, 2, 2],
        "deps": [DEPS[i] for i in range(len(words))],
        "entities": ["B-E0", "L-E0", "O", "O", "U-E1", *["O"] * 6],
    }
    example = Example.from_dict(spacy.tokens.Doc(nlp.vocab, words=words), truth)
    nlp.initialize(lambda: [example])
    return nlp


def read_texts(data: Path, words: int) -> list[str]:
    """Reads texts, over and over until there are enough words."""
    files = sorted(data.rglob("*.txt")) if data.is_dir() else [data]
    texts = [text for text in (file.read_text(encoding="utf-8") for file in files) if text.split()]
    if not texts:
        raise SystemExit(f"{data} holds no text; give --data a .txt file or a folder of them")
    taken: list[str] = []
    count = 0
    while count < words:
        text = texts[len(taken) % len(texts)]
        taken.append(text)
        count += len(text.split())
    return taken


def best_of(runs: int, work: Callable[[], object]) -> float:
    """Seconds of the fastest run: other programs can only slow one down."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


class Meter:
    """Adds up seconds, and notes the most memory taken, by name."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.grown_mb: dict[str, float] = {}

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        before = memory_megabytes()
        start = time.perf_counter()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - start
        self.grown_mb[name] = max(self.grown_mb.get(name, 0.0), memory_megabytes(peak=True) - before)


def by_step(texts: Sequence[str], threads: int | None) -> dict[str, dict[str, float]]:
    """Seconds and memory that each step of quotekit takes, first for a short text, then in batches of 32."""
    first, rest = Meter(), Meter()
    with first("imports"):
        import quotekit
        from quotekit.components import STEPS, checked
        from quotekit.document import describe
        from quotekit.types import Extraction

        nlp = quotekit.load(config={"components": {"quotekit": {"threads": threads}}})
    component: Any = nlp.get_pipe("quotekit")
    for batch, meter in ([SHORT], first), *((texts[at : at + 32], rest) for at in range(0, len(texts), 32)):
        with meter("tokenizer"):
            docs = [nlp.make_doc(text) for text in batch]
        with meter("document"):
            documents = [describe(doc.text) for doc in docs]
        with meter("reader"):
            readings = component.reader.read(docs, [document.boilerplate for document in documents])
        found = [Extraction(text=doc.text, document=info) for doc, info in zip(docs, documents, strict=True)]
        for step in STEPS:
            with meter(step.__name__.removeprefix("find_")):
                found = [step(reading, extraction) for reading, extraction in zip(readings, found, strict=True)]
        with meter("final check"):
            found = [checked(extraction) for extraction in found]
    return {
        name: {
            "load_seconds": seconds,
            "seconds": rest.seconds.get(name, 0.0),
            "grown_mb": max(meter.grown_mb.get(name, 0.0) for meter in (first, rest)),
        }
        for name, seconds in first.seconds.items()
    }


def quotekit_ready(threads: int | None) -> Callable[[Sequence[str]], object]:
    """Loads quotekit, its network too."""
    import quotekit

    nlp = quotekit.load(config={"components": {"quotekit": {"threads": threads, "fill": []}}})
    nlp(SHORT)
    return lambda texts: list(nlp.pipe(texts, batch_size=32))


def spacy_ready(_threads: int | None) -> Callable[[Sequence[str]], object]:
    """Makes the pipeline to compare with."""
    nlp = small_spacy()
    nlp(SHORT)
    return lambda texts: list(nlp.pipe(texts, batch_size=32))


READY = {"quotekit": quotekit_ready, "spacy": spacy_ready}


def alone(name: str, options: argparse.Namespace) -> Any:
    """What `run_alone` finds in a process of its own."""
    command = [sys.executable, __file__, "--alone", name, "--data", str(options.data), "--words", str(options.words)]
    if options.threads:
        command += ["--threads", str(options.threads)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
    return json.loads(done.stdout)


def run_alone(options: argparse.Namespace) -> None:
    """Load time and peak memory of one of the two, or what the single steps take."""
    texts = read_texts(options.data, options.words)
    if options.alone == "steps":
        print(json.dumps(by_step(texts, options.threads)))
        return
    start = time.perf_counter()
    work = READY[options.alone](options.threads)
    loaded = time.perf_counter() - start
    before = memory_megabytes()
    with (meter := Meter())("all"):
        work(texts)
    print(json.dumps({"load_seconds": loaded, "loaded_mb": before, "peak_mb": before + meter.grown_mb["all"]}))


def memory_megabytes(*, peak: bool = False) -> float:
    """Memory of this process: now, or the most since the last call that asked for now; NaN but on Linux."""
    try:
        if not peak:
            Path("/proc/self/clear_refs").write_text("5")
        status = Path("/proc/self/status").read_text()
    except OSError:
        return float("nan")
    lines = dict(line.split(":", 1) for line in status.splitlines())
    return int(lines["VmHWM" if peak else "VmRSS"].split()[0]) / 1024


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="a text, or a folder of .txt files")
    parser.add_argument("--words", type=int, default=20_000, help="repeat the texts up to so many words")
    parser.add_argument("--threads", type=int, help="CPU threads of quotekit's network; spaCy has one")
    parser.add_argument("--runs", type=int, default=3, help="the fastest of so many runs counts")
    parser.add_argument("--json", type=Path, help="write the figures there too")
    parser.add_argument("--alone", choices=(*READY, "steps"), help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.alone:
        run_alone(options)
        return

    apart = {name: alone(name, options) for name in READY}
    texts = read_texts(options.data, options.words)
    words = sum(len(text.split()) for text in texts)
    speeds = {}
    for name, ready in READY.items():
        work = ready(options.threads)
        work(texts[:3])
        speeds[name] = words / best_of(options.runs, lambda work=work: work(texts))  # type: ignore[misc]
    steps = alone("steps", options)

    print(f"{len(texts)} texts, {words} words, best of {options.runs}; network threads: {options.threads or 'all'}\n")
    print(f"{'':24}{'quotekit':>12}{'small spaCy':>12}{'ratio':>8}")
    rows = [
        ("words a second", speeds["quotekit"], speeds["spacy"], "{:.0f}"),
        ("load time (s)", apart["quotekit"]["load_seconds"], apart["spacy"]["load_seconds"], "{:.2f}"),
        ("memory after load (MB)", apart["quotekit"]["loaded_mb"], apart["spacy"]["loaded_mb"], "{:.0f}"),
        ("peak memory (MB)", apart["quotekit"]["peak_mb"], apart["spacy"]["peak_mb"], "{:.0f}"),
    ]
    for label, ours, theirs, style in rows:
        print(f"{label:24}{style.format(ours):>12}{style.format(theirs):>12}{ours / theirs:8.2f}")
    print(f"\n{'step':24}{'words/s':>12}{'share':>12}{'load (s)':>12}{'memory (MB)':>12}")
    total = sum(step["seconds"] for step in steps.values())
    for name, step in steps.items():
        seconds = step["seconds"]
        speed, share = (f"{words / seconds:.0f}", f"{seconds / total:.1%}") if seconds else ("", "")
        print(f"{name:24}{speed:>12}{share:>12}{step['load_seconds']:12.3f}{step['grown_mb']:12.0f}")
    if options.json:
        figures = {"words": words, "speeds": speeds, "alone": apart, "steps": steps}
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
