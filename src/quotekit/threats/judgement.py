"""Decides whether a conditional is a threat, by five tests: real, a consequence, brought about, unwelcome, affirmed."""

from __future__ import annotations

import math
from typing import NamedTuple

from quotekit.threats.appraisal import Appraisal, appraise
from quotekit.threats.conditionals import Conditional
from quotekit.threats.criteria import answers
from quotekit.threats.learned import (
    Sense,
    encoding_of,
    features,
    likeliest_means,
    log_odds,
    look_of_means,
    sense_of,
    words_of,
)
from quotekit.threats.voices import FIRST_PERSON, REFLEXIVE, Agent, Setting, Voice
from quotekit.threats.words import class_means, group

__all__ = ["Appraisal", "Findings", "Judgement", "agent_classes", "appraise", "examine", "judge"]

_HOPELESS = -7.0
"""What the tests say together of a conditional whose words need not be read: of threats one in fifty has less."""
_SURELY_NONE = -2.0
"""Log-odds of what no other reason can make a threat."""
_FURTHEST_UP = 6
"""Steps up a tree from a condition to who demands or threatens."""


class Judgement(NamedTuple):
    """Whether a conditional is a threat."""

    confidence: float
    """Chance that it is one, 0 to 1; a threat from one half up."""
    appraisal: Appraisal
    agent: Agent
    voice: Voice
    sense: Sense | None = None
    """What the words mean to the network."""

    @property
    def is_threat(self) -> bool:
        """Whether it is taken for one."""
        return self.confidence >= 0.5


class Findings(NamedTuple):
    """What the rules find of a conditional."""

    tests: dict[str, float]
    """What each test says, log-odds of a threat."""
    look: dict[str, float]
    """What it looks like, by name."""
    agent: Agent
    voice: Voice
    classes: frozenset[str]
    """Kinds of party that would act."""
    appraisal: Appraisal

    @property
    def score(self) -> float:
        """What the tests say together."""
        return sum(self.tests.values())


def examine(setting: Setting, conditional: Conditional) -> Findings:
    """Puts the tests to a conditional.

    Args:
        setting: Where it stands.
        conditional: Condition and consequence.
    """
    head = conditional.consequence_head
    anchor = head if head is not None else conditional.condition_head
    voice = setting.voice(anchor, conditional.governor)
    agent = setting.agent(conditional, voice)
    classes = agent_classes(setting, conditional, agent, voice)
    appraisal = appraise(setting, conditional.consequences, classes)
    tests = answers(setting, conditional, appraisal, agent, voice)
    look = features(setting, conditional, tests, agent, voice, appraisal.valence)
    return Findings(tests, look, agent, voice, classes, appraisal)


def judge(setting: Setting, conditional: Conditional, found: Findings) -> Judgement:
    """Decides whether a conditional is a threat.

    Each test has answered with log-odds of a threat. What they say, how the conditional looks and what its words mean
    to the network decide together, by learned weights (`learned`); without the network, in a reading made by hand, the
    tests' sum does.

    Args:
        setting: Where the conditional stands.
        conditional: Condition and consequence.
        found: What the rules find, of `examine`.

    Returns:
        The judgement, with what it rests on.
    """
    appraisal = found.appraisal
    over = found.score < _HOPELESS or _harms_itself(setting, conditional) or _is_over(setting, conditional)
    sense = None if over else sense_of(setting.scene, conditional)
    if sense is None:
        score = found.score
        score = min(score, _SURELY_NONE) if over else score
    else:
        encoding = encoding_of(sense, words_of(setting.scene, conditional, found.voice.source))
        score = log_odds(found.look, encoding)
        if score >= 0:
            look = look_of_means(found.classes, appraisal.means)
            appraisal = appraisal._replace(means=likeliest_means(look, encoding))
    chance = 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))
    return Judgement(chance, appraisal, found.agent, found.voice, sense)


def _harms_itself(setting: Setting, conditional: Conditional) -> bool:
    """Whether who meets the condition does the harm as well: "if you close it, you will be drowning yourself"."""
    scene = setting.scene
    head = conditional.consequence_head
    subject = scene.subject(head) if head is not None else None
    other = scene.inherited_subject(conditional.condition_head)
    if head is None or subject is None or other is None or scene.words[subject] in FIRST_PERSON:
        return False
    is_same = scene.words[subject] == scene.words[other]
    return is_same and any(scene.words[t] in REFLEXIVE for t in scene.children(head, "obj"))


def _is_over(setting: Setting, conditional: Conditional) -> bool:
    """Whether both sides are told as past: "he had no idea that it existed until they knocked on his door"."""
    scene = setting.scene
    head = conditional.consequence_head
    if head is None or conditional.marker is None or scene.words[conditional.marker[0]] not in group("temporal"):
        return False
    return all(
        (scene.reading.morph[t] == "Past" or any(scene.words[a] == "had" for a in scene.children(t, "aux")))
        and scene.modal(t) is None
        for t in (head, conditional.condition_head)
    )


def agent_classes(setting: Setting, conditional: Conditional, agent: Agent, voice: Voice) -> frozenset[str]:
    """Kinds of party that would act: the agent's own, else the source's, else those of who demands or threatens."""
    known = set(class_means())
    if agent.kind == "party" and agent.head is not None:
        own = setting.classes(setting.phrase(agent.head))
        if own & known:
            return own
        return own | (voice.classes & {"union"})
    if voice.classes & known:
        return voice.classes
    return voice.classes | _demanding(setting, conditional)


def _demanding(setting: Setting, conditional: Conditional) -> frozenset[str]:
    """Kinds of who stands above a conditional: of "The dockers gave it a week to pay or face a strike" workers."""
    scene = setting.scene
    inside = {t for piece in (*conditional.conditions, *conditional.consequences) for t in range(*piece)}
    at = conditional.condition_head
    for _ in range(_FURTHEST_UP):
        at = scene.heads[at]
        teller = setting.teller(at) if at not in inside else None
        if teller is not None and teller not in inside and scene.upos[teller] != "PRON":
            return setting.classes(setting.phrase(teller))
        if scene.heads[at] == at:
            break
    return frozenset()
