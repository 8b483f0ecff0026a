"""What the layer of meaning learns from, as arrays: conditionals and acts."""

from __future__ import annotations

import multiprocessing
import pickle
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[1] / "claims"))
sys.path.insert(0, str(Path(__file__).parents[1] / "threats"))
import acts

import examples as conditionals
from quotekit.reader.meaning import Passage
from quotekit.reader.reading import Reading
from quotekit.threats.candidates import ROLES
from quotekit.threats.learned import look_of_means, passage_of, words_of


class Party(NamedTuple):
    """A candidate for threatener and target."""

    rows: list[int]
    """Of its words in the passage."""
    look: Mapping[str, float]


class Item(NamedTuple):
    """A passage with what is asked of it."""

    kind: str
    """conditional or act."""
    origin: str
    name: str
    """Of the written passage, the same in both forms."""
    states: np.ndarray
    """The reader's encodings, shape (n_tokens, width), float16."""
    parts: np.ndarray
    """Shape (n_tokens,)."""
    pools: tuple[list[int], ...]
    """Rows of the passage whose mean encodings are looked at, in order."""
    look: Mapping[str, float]
    label: str
    """threat or none; the act."""
    means: str | None = None
    look_of_means: Mapping[str, float] = {}
    parties: tuple[Party, ...] = ()
    """Candidates of a threat whose roles are marked."""
    right: tuple[list[int], ...] = ()
    """For each role those that are meant."""


def _rows(passage: Passage, tokens: Iterable[int]) -> list[int]:
    return [t - passage.first for t in tokens if passage.first <= t < passage.last]


def _states(reading: Reading, passage: Passage) -> np.ndarray:
    assert reading.meanings is not None
    return reading.meanings[passage.first : passage.last].copy()


def items_of_conditionals(task: Callable[[], list[conditionals.Example]]) -> list[Item]:
    """Threats and what are none, of one text."""
    return [_of_conditional(example) for example in task()]


def _of_conditional(example: conditionals.Example) -> Item:
    found, scene = example.found, example.found.scene
    conditional = found.conditional
    passage = passage_of(scene, conditional)
    pools = [_rows(passage, tokens) for tokens in words_of(scene, conditional, found.findings.voice.source)]
    given = example.candidates if example.parties is not None else []
    return Item(
        "conditional",
        example.origin,
        example.passage,
        _states(scene.reading, passage),
        passage.parts,
        tuple(pools),
        found.findings.look,
        "threat" if example.is_threat else "none",
        example.means,
        look_of_means(found.findings.classes, found.findings.appraisal.means),
        tuple(Party(_rows(passage, range(*(one.piece or (0, 0)))), one.look) for one in given),
        tuple(example.right(role, given) for role in ROLES) if given else (),
    )


def items_of_acts(task: Callable[[], list[acts.Example]]) -> list[Item]:
    """Attributions with their acts."""
    return [_of_act(example) for example in task()]


def _of_act(example: acts.Example) -> Item:
    pools = tuple(_rows(example.passage, words) for words in example.told.words)
    states = _states(example.reading, example.passage)
    look = example.told.look
    return Item("act", example.part, "", states, example.passage.parts, pools, look, example.act)


def load(data: Path, gold: Path, acts_gold: Path, cache: Path) -> list[Item]:
    """All items, kept in files since reading takes minutes, with all processors at work."""
    found: list[Item] = []
    parts = {
        "conditionals": (items_of_conditionals, conditionals.tasks(data, gold)),
        "acts": (items_of_acts, acts.tasks([acts_gold], data)),
    }
    cache.mkdir(parents=True, exist_ok=True)
    for name, (make, tasks) in parts.items():
        path = cache / f"{name}.pickle"
        if not path.exists():
            with multiprocessing.Pool() as pool:
                made = [item for some in pool.imap(make, tasks, chunksize=4) for item in some]
            path.with_suffix(".part").write_bytes(pickle.dumps(made))
            path.with_suffix(".part").replace(path)
            print(f"read {name}", flush=True)
        found += pickle.loads(path.read_bytes())
    return found
