"""The learned judgement: what a conditional looks like and what its words mean, weighed together.

The rules of `criteria` answer the five tests from the parse and from word lists; here their answers, the form of the
conditional and what its words mean (`quotekit.reader.meaning`) are put together. So is with what means a threat would
be carried out, and which of the parties around it threatens and which is to comply. The weights are learned by
`models/training/meaning/train.py` from passages written for it and from conditionals of real news.
"""

from __future__ import annotations

import functools
from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from quotekit.reader import shipped_path
from quotekit.reader.meaning import Part, Passage, mean_of, passage_around, read_passage
from quotekit.threats.conditionals import Conditional
from quotekit.threats.scene import Scene, Tokens
from quotekit.threats.voices import FIRST_PERSON, REFLEXIVE, SECOND_PERSON, THIRD_PERSON, Agent, Setting, Voice
from quotekit.types import Means
from quotekit.weights import Weights

__all__ = [
    "POOLS",
    "Sense",
    "encoding_of",
    "features",
    "likeliest_means",
    "log_odds",
    "look_of_means",
    "party_scores",
    "passage_of",
    "sense_of",
    "words_of",
]

Floats = NDArray[np.float32]

POOLS = 6
BEFORE, AFTER = 2, 1
"""Sentences around a conditional that are read with it: who acts and who is to comply is often told there."""
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


class Sense(NamedTuple):
    """What the words around a conditional mean."""

    passage: Passage
    states: Floats
    """Encoding of each token of the passage, shape (n_tokens, width)."""

    def of(self, tokens: Iterable[int]) -> Floats:
        """The mean encoding of some of the text's tokens; those outside the passage do not count."""
        rows = [t - self.passage.first for t in tokens if self.passage.first <= t < self.passage.last]
        return mean_of(self.states, rows)


def passage_of(scene: Scene, conditional: Conditional) -> Passage:
    """The sentences of a conditional and those around it, with condition, consequence, marker and cues marked."""
    marks = [(*piece, Part.CONDITION) for piece in conditional.conditions]
    marks += [(*piece, Part.CONSEQUENCE) for piece in conditional.consequences]
    if conditional.marker is not None:
        marks.append((*conditional.marker, Part.MARKER))
    passage = passage_around(scene.reading, marks, before=BEFORE, after=AFTER)
    free = passage.parts == Part.OUTSIDE
    cues = np.array(scene.is_cue[passage.first : passage.last], dtype=np.bool_)
    passage.parts[free & cues] = Part.CUE
    return passage


def sense_of(scene: Scene, conditional: Conditional) -> Sense | None:
    """What the words around a conditional mean; None where the reading has no encodings."""
    if scene.reading.meanings is None:
        return None
    passage = passage_of(scene, conditional)
    states = read_passage(scene.reading, passage)
    return None if states is None else Sense(passage, states)


def heads_of(conditional: Conditional) -> tuple[int, int]:
    """Tokens that head consequence and condition."""
    head = conditional.consequence_head
    return (head if head is not None else conditional.condition_head), conditional.condition_head


def words_of(scene: Scene, conditional: Conditional, source: Tokens | None) -> tuple[list[int], ...]:
    """Tokens whose mean encodings tell a threat, `POOLS` lists of them.

    Consequence, condition, the head of each, who says it, and who or what the consequence is told of: whether “The gas
    stops on Friday if you sign” is a threat depends on who speaks.

    Args:
        scene: The text's scene.
        conditional: Condition and consequence.
        source: Who says it, if anybody.
    """
    main, other = heads_of(conditional)
    subject = scene.inherited_subject(main) if conditional.consequence_head is not None else None
    consequence, condition = (
        [token for piece in pieces for token in range(*piece)]
        for pieces in (conditional.consequences, conditional.conditions)
    )
    said_by = list(range(*source)) if source is not None else []
    return consequence, condition, [main], [other], said_by, [] if subject is None else [subject]


def encoding_of(sense: Sense, words: Iterable[Iterable[int]]) -> Floats:
    """The mean encodings of the tokens that `words_of` gives, shape (POOLS * width,)."""
    return np.concatenate([sense.of(tokens) for tokens in words])


class _Learned(NamedTuple):
    """All weights of `models/en_quotekit/threats/judgement.npz`."""

    threat: Weights
    means: Weights
    party: Weights
    """Of the candidates for threatener and target."""
    kinds: tuple[Means, ...]
    """The means, in the order of their rows."""


@functools.cache
def _learned() -> _Learned:
    with np.load(shipped_path().parent / "threats" / "judgement.npz") as file:
        threat, means, party = (Weights.of(file, name) for name in ("threat", "means", "party"))
        return _Learned(threat, means, party, tuple(file["kinds"].tolist()))


def log_odds(found: Mapping[str, float], encoding: Floats) -> float:
    """Log-odds of a threat.

    Args:
        found: What the conditional looks like, of `features`.
        encoding: What its words mean, of `encoding_of`.
    """
    return float(_learned().threat.scores(found, encoding)[0])


def look_of_means(classes: Iterable[str], listed: Means) -> dict[str, float]:
    """What means are told by, besides what the words mean.

    Args:
        classes: Kinds of party that would act.
        listed: The means by the word lists.
    """
    return {f"lists say {listed}": 1.0, **{f"acts {kind}": 1.0 for kind in classes}}


def likeliest_means(look: Mapping[str, float], encoding: Floats) -> Means:
    """With what a threat would be carried out.

    Args:
        look: Of `look_of_means`.
        encoding: What the words mean, of `encoding_of`.
    """
    learned = _learned()
    return learned.kinds[int(learned.means.scores(look, encoding).argmax())]


def party_scores(looks: Sequence[Mapping[str, float]], encodings: Sequence[Floats]) -> Floats:
    """How well each candidate fits as threatener and as target, shape (candidates, 2)."""
    weights = _learned().party
    return np.stack([weights.scores(look, encoding) for look, encoding in zip(looks, encodings, strict=True)])
