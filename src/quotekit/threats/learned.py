"""The learned judgement: what a conditional looks like, and what its words mean, weighed as in a logistic regression.

The rules of `judgement` answer the five tests from the parse and from word lists; here their answers, the form of the
conditional and the network's encoding of condition and consequence are put together. With what means a threat would be
carried out is told by who acts and by the encoding where the word lists are silent. The weights are learned by
`models/training/threats/train.py` from passages written for it and from conditionals of real news.
"""

from __future__ import annotations

import functools
from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from quotekit.reader import shipped_path
from quotekit.threats.conditionals import Conditional
from quotekit.threats.scene import Scene, Tokens
from quotekit.threats.voices import FIRST_PERSON, REFLEXIVE, SECOND_PERSON, THIRD_PERSON, Agent, Setting, Voice
from quotekit.types import Means

__all__ = ["features", "likeliest_means", "log_odds", "meaning"]

Floats = NDArray[np.float32]

_VALENCES = (-0.7, -0.1, 0.3)
_KINDS = ("harm", "bad", "open", "good")

SURELY = "sure by rules"
"""Name of what is so where the rules' scores are high together."""
_SURE = 2.9
_LOWEST, _HIGHEST = -5.0, 3.0
"""Bounds of a test's score: beyond them it says no more."""


def features(
    setting: Setting, conditional: Conditional, tests: Mapping[str, float], agent: Agent, voice: Voice, valence: float
) -> dict[str, float]:
    """What a conditional looks like, by name.

    Args:
        setting: Where it stands.
        conditional: Condition and consequence.
        tests: What the rules say, by test; log-odds.
        agent: Who acts.
        voice: Who speaks.
        valence: How welcome the consequence is by its words, -1 to 1.
    """
    scene = setting.scene
    marker = " ".join(scene.words[t] for t in range(*conditional.marker)) if conditional.marker is not None else "none"
    found = {f"test {name}": max(_LOWEST, min(_HIGHEST, score)) for name, score in tests.items()}
    worst, total = min(found.values()), sum(found.values())
    found["worst test"] = worst
    if total >= _SURE:
        found[SURELY] = 1.0
    named = {
        "form": conditional.form,
        "marker": marker,
        "polarity": conditional.polarity,
        "agent": agent.kind,
        "cue": voice.cue_kind or "none",
        "consequence is": _KINDS[bisect_right(_VALENCES, valence)],
        "condition of": _whose(setting, scene.inherited_subject(conditional.condition_head)),
        "cue word": voice.cue,
        "condition word": scene.lemmas[conditional.condition_head],
        "condition verb": f"{scene.upos[conditional.condition_head]} {scene.reading.morph[conditional.condition_head]}",
    }
    head = conditional.consequence_head
    if head is not None:
        named["consequence of"] = _whose(setting, scene.inherited_subject(head))
        named["consequence word"] = scene.lemmas[head]
        named["modal"] = scene.modal(head) or "none"
        named["consequence verb"] = f"{scene.upos[head]} {scene.reading.morph[head]}"
        named["consequence hangs as"] = scene.deps[head]
    if conditional.governor is not None:
        named["governor word"] = scene.lemmas[conditional.governor]
    found.update({f"{name} {value}".rstrip(): 1.0 for name, value in named.items()})
    flags = {
        "alone": head is None,
        "passive": agent.passive,
        "quoted": voice.is_direct,
        "source": voice.source is not None,
        "reported": voice.attribution is not None,
        "governed": conditional.governor is not None,
        "report denied": voice.negated,
        "governor denied": conditional.governor is not None and scene.is_negated(conditional.governor),
        "consequence denied": head is not None and scene.is_negated(head),
        "condition denied": scene.is_negated(conditional.condition_head),
        "question": any(scene.words[t] == "?" for t in range(*scene.sentence(conditional.condition_head))),
        "you in condition": _has(scene, conditional.conditions, SECOND_PERSON),
        "you in consequence": _has(scene, conditional.consequences, SECOND_PERSON),
        "we in consequence": _has(scene, conditional.consequences, FIRST_PERSON),
        "several conditions": len(conditional.conditions) > 1,
        "reflexive": _has(scene, conditional.consequences, REFLEXIVE),
        "short condition": _length(conditional.conditions) < 2,
        "short consequence": _length(conditional.consequences) < 3,
    }
    found.update({name: 1.0 for name, is_so in flags.items() if is_so})
    found.update({f"source is {kind}": 1.0 for kind in voice.classes})
    return found


def _has(scene: Scene, pieces: Iterable[Tokens], words: Collection[str]) -> bool:
    return any(scene.words[t] in words for first, last in pieces for t in range(first, last))


def _length(pieces: Iterable[Tokens]) -> int:
    return sum(last - first for first, last in pieces)


def _whose(setting: Setting, subject: int | None) -> str:
    """Kind of a subject: first, second or third person, a party or a thing."""
    if subject is None:
        return "none"
    word = setting.scene.words[subject]
    for kind, words in (("first", FIRST_PERSON), ("second", SECOND_PERSON), ("third", THIRD_PERSON)):
        if word in words and word != "it":
            return kind
    if setting.scene.upos[subject] == "PRON":
        return "it" if word == "it" else "pronoun"
    return "party" if setting.is_party(subject) else "thing"


def meaning(scene: Scene, conditional: Conditional) -> Floats | None:
    """Encodings of consequence and condition, the mean of their words and that of their heads, shape (4 * width,).

    Returns:
        None where the reading has no encodings.
    """
    encodings = scene.reading.meanings
    if encodings is None:
        return None
    parts = [_mean(encodings, part) for part in (conditional.consequences, conditional.conditions)]
    head = conditional.consequence_head
    heads = [head if head is not None else conditional.condition_head, conditional.condition_head]
    return np.concatenate([*parts, *encodings[heads].astype(np.float32)])


def _mean(encodings: NDArray[np.float16], pieces: Iterable[Tokens]) -> Floats:
    rows = [encodings[first:last] for first, last in pieces]
    if not rows:
        return np.zeros(encodings.shape[1], dtype=np.float32)
    result: Floats = np.concatenate(rows).astype(np.float32).mean(axis=0)
    return result


class Weights(NamedTuple):
    """What was learned: of threats one row of weights, of means one for each."""

    names: dict[str, int]
    """Column of each feature."""
    looks: Floats
    """Weights of the features, shape (rows, features)."""
    meanings: Floats
    """Weights of the encodings, shape (rows, encoding)."""
    biases: Floats
    """Shape (rows,)."""

    def scores(self, found: Mapping[str, float], encoding: Floats) -> Floats:
        """The score of each row."""
        result: Floats = self.biases + self.meanings @ encoding
        for name, value in found.items():
            if name in self.names:
                result = result + value * self.looks[:, self.names[name]]
        return result


@functools.cache
def _weights() -> tuple[Weights, Weights, tuple[Means, ...]]:
    """Weights of the judgement, weights of the means, and the means that these are of."""
    path = shipped_path().parent / "threats" / "judgement.npz"
    with np.load(path) as file:
        parts: dict[str, Any] = {name: file[name] for name in file.files}

    def weights(kind: str) -> Weights:
        columns = {name: i for i, name in enumerate(parts[f"{kind}_names"].tolist())}
        return Weights(
            columns, *(parts[f"{kind}_{part}"].astype(np.float32) for part in ("looks", "meanings", "biases"))
        )

    return weights("threat"), weights("means"), tuple(parts["means"].tolist())


def log_odds(found: Mapping[str, float], encoding: Floats) -> float:
    """Log-odds of a threat.

    Args:
        found: What the conditional looks like, of `features`.
        encoding: What its words mean, of `meaning`.
    """
    return float(_weights()[0].scores(found, encoding)[0])


def likeliest_means(classes: Iterable[str], encoding: Floats) -> Means:
    """With what a threat would be carried out of which the word lists know nothing.

    Args:
        classes: Kinds of party that would act.
        encoding: What the words mean, of `meaning`.
    """
    _, weights, means = _weights()
    return means[int(weights.scores({f"acts {kind}": 1.0 for kind in classes}, encoding).argmax())]
