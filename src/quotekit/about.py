"""What is installed, where, under which licence, and how fast it reads here."""

from __future__ import annotations

import importlib.metadata
import json
import platform
import time
from collections.abc import Callable
from pathlib import Path

from quotekit.errors import ReaderError
from quotekit.version import __version__

_RESTS_ON = ("spacy", "onnxruntime", "tokenizers", "pydantic", "rapidfuzz", "numpy")
_ROUNDS = 3
_TEXT = """\
The port of Aldermouth may stand still on Friday, union leader Tomas Hagen told reporters on Tuesday evening. \
“If the board does not withdraw its plan, we will walk out at noon,” he said. “Nobody wants that. But nobody asked us.”

Vera Quist, who chairs the board, denied that any post had been cut. She said that the plan, which was published in \
March, “leaves every crane driver in place”, and that talks would go on until Thursday night. \
According to the ministry, some 300 jobs depend on the terminal; the mayor called the figure “a guess”.

Shipping companies have begun to send vessels elsewhere. “We cannot wait for an answer,” said Ola Brandt of the \
forwarders’ association, who warned that prices would rise if the gates stayed shut for more than a day.

"""
"""An article about nobody, for the speed check."""


def model_folder() -> Path:
    """Where the model lies.

    Raises:
        ReaderError: It is not installed.

    >>> (model_folder() / "MODEL_CARD.md").is_file()
    True
    """
    try:
        import en_quotekit
    except ImportError as error:
        raise ReaderError(
            "The model package en_quotekit, which comes with quotekit, is missing. "
            "Install quotekit again: pip install --force-reinstall quotekit"
        ) from error
    return Path(en_quotekit.__file__).parent


def facts() -> list[tuple[str, str]]:
    """What there is to know about this installation: names, and what they stand for.

    Raises:
        ReaderError: The model is not installed.

    >>> [name for name, _ in facts()][:3]
    ['quotekit', 'code', 'model']
    """
    folder = model_folder()
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    try:
        licence = importlib.metadata.metadata("quotekit")["License"] or "unknown"
    except importlib.metadata.PackageNotFoundError:  # used from a source folder that was never installed
        licence = "unknown: quotekit is not installed"
    return [
        ("quotekit", __version__),
        ("code", str(Path(__file__).parent)),
        ("model", f"{meta['lang']}_{meta['name']} {meta['version']}, {size / 1e6:.0f} MB"),
        ("model in", str(folder)),
        ("licence", licence),
        ("model card", str(folder / "MODEL_CARD.md")),
        ("Python", f"{platform.python_version()}, {platform.system()} {platform.machine()}"),
        *((name, _version(name)) for name in _RESTS_ON),
    ]


def words_a_second(clock: Callable[[], float] = time.perf_counter) -> int:
    """How many words are read in a second here: the best of three rounds over a text of some 1,000 words.

    Args:
        clock: Seconds that have gone by.
    """
    from quotekit.api import extract

    text = _TEXT * 7
    words = len(text.split())
    extract(_TEXT)  # opens the network
    best = float("inf")
    for _ in range(_ROUNDS):
        start = clock()
        extract(text)
        best = min(best, clock() - start)
    return round(words / best)


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "missing"
