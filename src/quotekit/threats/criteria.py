"""The tests that tell threats from other conditionals: real, unwelcome, brought about, committed, conditioned."""

from __future__ import annotations

from quotekit.threats.appraisal import Appraisal, deed_of
from quotekit.threats.conditionals import Conditional
from quotekit.threats.voices import FIRST_PERSON, REFLEXIVE, SECOND_PERSON, THIRD_PERSON, Agent, Setting, Voice
from quotekit.threats.words import conduct, group, marker_scores, parties, things

_NEAR = 150
"""Tokens around a conditional in which its sentence is searched for what it is about."""


def answers(
    setting: Setting, conditional: Conditional, appraisal: Appraisal, agent: Agent, voice: Voice
) -> dict[str, float]:
    """What each test says of a conditional, log-odds of a threat.

    Args:
        setting: Where it stands.
        conditional: Condition and consequence.
        appraisal: What the consequence would do.
        agent: Who would bring it about.
        voice: Who says it.
    """
    return {
        "real": _real(setting, conditional, appraisal, voice),
        "unwelcome": _unwelcome(conditional, appraisal, voice),
        "brought about": _brought_about(setting, conditional, appraisal, agent, voice),
        "committed": _committed(setting, conditional, agent, voice),
        "conditioned": _conditioned(setting, conditional, agent, voice),
        "otherwise meant": _otherwise_meant(setting, conditional, appraisal, agent),
    }


def _real(setting: Setting, conditional: Conditional, appraisal: Appraisal, voice: Voice) -> float:
    """First test: put forward as real; not a question, contrary to fact, fiction or play."""
    scene = setting.scene
    score = 0.0
    head = conditional.consequence_head
    anchor = head if head is not None else conditional.condition_head
    _, end = scene.sentence(anchor)
    last = conditional.consequences[-1][1] if conditional.consequences else end
    stop = max(last, conditional.conditions[-1][1])
    if (
        any(scene.words[t] == "?" for t in range(min(last, stop), min(stop + 2, len(scene.words))))
        or voice.cue_kind == "ask"
    ):
        score -= 6.0
    if (
        head is not None
        and scene.modal(head) in ("would", "could", "might", "should")
        and any(scene.lemmas[t] == "have" for t in scene.children(head, "aux"))
    ):
        score -= 6.0
    marker = scene.words[conditional.marker[0]] if conditional.marker is not None else ""
    verb = conditional.condition_head
    if marker == "had" or (
        marker in ("if", "unless")
        and any(scene.words[t] == "had" for t in scene.children(verb, "aux"))
        and head is not None
        and scene.modal(head) is not None
        and voice.is_direct
    ):
        score -= 5.0
    if marker == "were" and not scene.is_infinitive(verb) and not scene.children(verb, "xcomp"):
        score -= 4.0
    if conditional.form == "clause" and any(
        scene.words[t] == "were" for t in (verb, *scene.children(verb, "cop", "aux"))
    ):
        subject = scene.subject(verb)
        if subject is not None and scene.words[subject] == "i":
            score -= 4.0
    begin, end = scene.sentence(anchor)
    begin, end = max(begin, anchor - _NEAR), min(end, anchor + _NEAR)
    outside = [t for t in range(begin, end) if scene.content[t] < 0 or not setting.in_quotation(t)]
    kinds = {parties().get(scene.lemmas[t]) for t in outside if scene.upos[t] in ("NOUN", "PROPN")}
    if "fiction" in kinds or "fiction" in voice.classes:
        score -= 4.0
    if "sport" in voice.classes and appraisal.means in ("violence", "military"):
        # Players "kill" and "destroy" each other every Saturday.
        score -= 4.0
    return score


def _unwelcome(conditional: Conditional, appraisal: Appraisal, voice: Voice) -> float:
    """Fourth and fifth test: unwelcome to whoever controls the condition, and affirmed."""
    if not conditional.consequences:
        return 3.0
    if appraisal.valence < 0:
        score = -1.6 + 3.2 * -appraisal.valence
        if appraisal.withheld and conditional.polarity == "trigger":
            score -= 0.4
        return score
    if appraisal.negated or appraisal.valence > 0.5:
        return -4.5
    if appraisal.befalls:
        return -3.5
    if conditional.form == "or":
        # An order with an "or" seldom has a welcome end.
        return -0.2
    score = -2.8 - 3.0 * appraisal.valence
    return score + (2.5 if voice.cue_kind == "threaten" else 0.0)


def _brought_about(
    setting: Setting, conditional: Conditional, appraisal: Appraisal, agent: Agent, voice: Voice
) -> float:
    """Third test: the issuer or its side brings it about."""
    onlooker = "onlooker" in voice.classes and not voice.classes & group("acting speaker")
    if voice.cue_kind == "threaten" and agent.kind in ("self", "none"):
        return 2.5
    score = 0.0
    if "rule" in voice.classes or _under_rule(setting, conditional):
        score -= 4.5
    if agent.kind == "self":
        score += 1.0 - (1.0 if onlooker else 0.0)
    elif agent.kind == "party" and agent.head is not None:
        speaks = setting.speaks_for(voice, agent.head)
        score += {True: 0.9, None: 0.2 if voice.source is None else 0.0, False: -3.5}[speaks]
    elif agent.kind == "none":
        score += -3.0 if onlooker else (0.4 if voice.source is not None else -0.6)
    elif agent.kind == "target":
        score += _made_to_bear(setting, conditional, agent, voice, onlooker)
    else:
        score += -3.0 if onlooker or appraisal.befalls else -1.2
        if (
            agent.head is not None
            and setting.scene.lemmas[agent.head] in things()
            and things()[setting.scene.lemmas[agent.head]].kind != "good"
        ):
            score += 1.2
    if voice.cue_kind == "foresee":
        score -= 3.0 if agent.kind != "self" else 1.0
    return score


def _made_to_bear(setting: Setting, conditional: Conditional, agent: Agent, voice: Voice, onlooker: bool) -> float:
    """Whether a source able to see to it announces what another will bear ("they will lose their licence")."""
    scene = setting.scene
    if onlooker or (voice.source is None and not voice.is_direct):
        return -3.0
    subject = agent.head
    if subject is None or scene.words[subject] in SECOND_PERSON or conditional.form != "clause":
        return -0.1
    mine = voice.source is not None and any(scene.words[t] in group("owned by another") for t in range(*voice.source))
    if scene.words[subject] in THIRD_PERSON and not voice.is_direct and mine:
        return -3.5
    other = scene.subject(conditional.condition_head)
    controls = other is not None and (
        scene.words[other] in THIRD_PERSON or scene.lemmas[other] == scene.lemmas[subject]
    )
    if not controls:
        return -2.5
    return 0.0 if voice.classes & group("able") else -1.0


def _under_rule(setting: Setting, conditional: Conditional) -> bool:
    """Whether a standing norm provides for the consequence ("under the bylaw", "faces up to ten years")."""
    scene = setting.scene
    if not conditional.consequences:
        return False
    begin, end = scene.sentence(conditional.consequences[0][0])
    for token in range(begin, end):
        if scene.words[token] in ("under", "according") and token + 1 < end:
            noun = scene.heads[token]
            if noun > token and parties().get(scene.lemmas[noun]) == "rule":
                return True
    if scene.lemmas[conditional.condition_head] in ("convict", "guilty", "prove"):
        return True
    head = conditional.consequence_head
    if head is None:
        return False
    modal = scene.modal(head)
    words = {scene.words[t] for piece in conditional.consequences for t in range(*piece)}
    if "automatically" in words or {"offence", "offense"} & words:
        return True
    generic = conditional.form in ("relative", "subject")
    return generic and modal in (None, "can", "may", "must") and not (FIRST_PERSON & words)


def _committed(setting: Setting, conditional: Conditional, agent: Agent, voice: Voice) -> float:
    """Whether the consequence is announced: by will, vow or threat; not told as past, possible or desired."""
    scene = setting.scene
    leaves_open = voice.negated and voice.cue_kind == "deny"
    if (voice.negated or voice.cue_kind == "deny") and not leaves_open:
        return -5.0
    if conditional.governor is not None and setting.is_taken_back(conditional.governor):
        return -5.0
    head = conditional.consequence_head
    score = {"commit": 0.7, "promise": -1.2, "advise": -2.0, "threaten": 0.5, "deny": -0.4}.get(voice.cue_kind, 0.0)
    if head is None:
        return score
    words = [scene.lemmas[t] for piece in conditional.consequences for t in range(*piece)]
    if _has_no_plans(words):
        return -5.0
    if scene.is_imperative(head) and scene.subject(head) is None and conditional.form in ("clause", "phrase"):
        return score - (0.0 if scene.lemmas[head] == "expect" else 3.0)
    modal = scene.modal(head)
    if modal in ("will", "shall"):
        return score + 0.6
    if modal == "would":
        return score + (0.5 if voice.source is not None else -0.6)
    if modal in ("may", "might", "could"):
        return score - 0.5
    if modal == "can":
        return score - 1.2
    if modal in ("should", "must"):
        return score - 2.0
    if scene.is_infinitive(head) or not scene.is_clause(head):
        return score + (0.5 if voice.cue_kind in ("threaten", "commit") else 0.1)
    if scene.reading.morph[head] == "Past" and voice.cue_kind != "threaten":
        return score - 3.0
    if conditional.form in ("or", "and"):
        return score + 0.4
    if agent.kind == "self" and voice.is_direct:
        return score + 0.2
    return score + (0.3 if group("intent") & set(words) else -0.9)


def _has_no_plans(words: list[str]) -> bool:
    return any(noun in words and "no" in words[: words.index(noun)] for noun in group("intention"))


def _conditioned(setting: Setting, conditional: Conditional, agent: Agent, voice: Voice) -> float:
    """Whether the target controls the condition, and whether others would have it met or not."""
    scene = setting.scene
    marker = " ".join(scene.words[t] for t in range(*conditional.marker)) if conditional.marker is not None else ""
    score = marker_scores().get(marker, 0.0)
    if conditional.form == "or":
        score += 0.6
    verb = conditional.condition_head
    kinds = conduct().get(deed_of(setting, verb)[1], conduct().get(scene.lemmas[verb], ""))
    if scene.is_clause(verb):
        negated = scene.is_negated(verb)
        inner = scene.children(verb, "xcomp")
        if scene.lemmas[verb] in group("attempt") and inner:
            kinds = kinds or conduct().get(deed_of(setting, inner[0])[1], "")
        bad = (
            "omit" in kinds or "go_on" in kinds or ("wrong" in kinds and not negated) or ("comply" in kinds and negated)
        )
        welcome = "comply" in kinds and not negated and "wrong" not in kinds
        if conditional.polarity == "trigger":
            score += 0.6 if bad else (-1.0 if welcome else 0.0)
        else:
            score += 0.4 if welcome or negated else 0.0
        score += _control(setting, conditional, verb, agent, voice)
    return score


def _otherwise_meant(setting: Setting, conditional: Conditional, appraisal: Appraisal, agent: Agent) -> float:
    """What the form alone makes of a conditional that is no threat: advice, opinion, outcome, plan or wish."""
    scene = setting.scene
    head = conditional.consequence_head
    if head is None:
        return 0.0
    score = 0.0
    subject = scene.subject(head)
    if scene.lemmas[scene.heads[head]] in group("wish") and scene.deps[head] == "xcomp":
        score -= 3.0
    if conditional.form == "or" and (scene.upos[head] in ("NOUN", "PROPN") and scene.deps[head] == "conj"):
        above = scene.heads[head]
        # "grants or scholarships", but "Leave or face charges".
        score -= 4.0 if scene.upos[above] in ("NOUN", "PROPN", "PRON") else 0.0
    if subject is None:
        return score
    other = scene.inherited_subject(conditional.condition_head)
    word = scene.words[subject]
    passive = any(scene.reading.deps[c] == "nsubj:pass" for c in scene.children(head))
    is_same = other is not None and other != subject and scene.words[other] == word and word not in FIRST_PERSON
    if is_same and not passive and not appraisal.befalls and conditional.form in ("clause", "phrase"):
        # Whoever meets the condition does the rest as well: "If you look back, you have a choice".
        score -= 2.5
    own = any(scene.words[t] in REFLEXIVE for t in range(head, min(head + 6, len(scene.words))))
    if own and word not in FIRST_PERSON:
        score -= 3.0
    modal = scene.modal(head)
    # "is going to be": what is told stands below.
    deed = next(iter(scene.children(head, "xcomp")), head) if scene.lemmas[head] == "go" else head
    lemma = scene.lemmas[deed]
    objects = {scene.lemmas[t] for t in scene.children(deed, "obj")}
    if lemma == "have" and objects and not objects & group("choice"):
        # What one will have or lack is an outcome; "no choice but to" leads to an act.
        score -= 2.5
    if lemma == "have" and modal == "would" and word not in FIRST_PERSON and scene.children(head, "xcomp"):
        score -= 2.5
    if any(scene.lemmas[t] in group("campaign") for piece in conditional.conditions for t in range(*piece)):
        score -= 3.5
    if modal in ("should", "ought") and word not in FIRST_PERSON:
        score -= 2.0
    if modal == "can" and scene.is_negated(head) and word in SECOND_PERSON:
        score -= 2.0
    if word in ("it", "that", "this") and agent.kind != "self" and scene.children(deed, "cop"):
        score -= 2.5
    return score


def _control(setting: Setting, conditional: Conditional, verb: int, agent: Agent, voice: Voice) -> float:
    scene = setting.scene
    subject = scene.inherited_subject(verb)
    if subject is None:
        return 0.3 if scene.is_imperative(verb) or conditional.form in ("or", "and", "relative") else -0.5
    word = scene.words[subject]
    passive = any(scene.reading.deps[c] == "nsubj:pass" for c in scene.children(verb))
    if word in FIRST_PERSON:
        return -0.3 if passive or scene.lemmas[verb] in group("receiving") else -2.2
    if word in SECOND_PERSON:
        return 0.6
    if word in THIRD_PERSON:
        same = agent.head is not None and scene.words[agent.head] == word and not voice.is_direct
        own_noun = (
            agent.kind in ("party", "self")
            and agent.head is not None
            and scene.words[agent.head] not in THIRD_PERSON | FIRST_PERSON
            and not agent.passive
        )
        if (
            word == "it"
            and (scene.upos[verb] in ("ADJ", "NOUN") or scene.lemmas[verb] in group("impersonal"))
            and not same
        ):
            return -0.8
        if (
            (same or (own_noun and word != "they" and not voice.is_direct))
            and not passive
            and scene.lemmas[verb] not in ("get", "receive")
        ):
            return -1.8
        return 0.3
    if setting.is_party(subject):
        if "nature" in setting.classes((subject, subject + 1)):
            return -3.5
        same_party = (
            agent.kind == "party" and agent.head is not None and scene.lemmas[agent.head] == scene.lemmas[subject]
        )
        return -1.5 if same_party else 0.6
    if parties().get(scene.lemmas[subject]) == "nature":
        return -3.5
    if passive and scene.lemmas[verb] in group("discovery") and conditional.polarity == "trigger":
        return -1.3
    return -0.1
