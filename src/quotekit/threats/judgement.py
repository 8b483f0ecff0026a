"""Decides whether a conditional is a threat, by five tests: real, a consequence, brought about, unwelcome, affirmed."""

from __future__ import annotations

import math
from typing import NamedTuple

from quotekit.threats.conditionals import Conditional
from quotekit.threats.learned import (
    Sense,
    encoding_of,
    features,
    likeliest_means,
    log_odds,
    look_of_means,
    sense_of,
)
from quotekit.threats.scene import Tokens
from quotekit.threats.voices import FIRST_PERSON, REFLEXIVE, SECOND_PERSON, THIRD_PERSON, Agent, Setting, Voice
from quotekit.threats.words import Deed, Thing, conduct, deeds, group, parties, phrases, things
from quotekit.types import Explicitness, Means

_OWN_MEANS: dict[str, Means] = {
    "union": "industrial_action",
    "worker": "industrial_action",
    "military": "military",
    "armed": "military",
    "police": "legal",
    "legal": "legal",
    "political": "political",
    "citizen": "political",
    "company": "economic",
    "hacker": "cyber",
    "criminal": "violence",
    "sport": "industrial_action",
}
"""Means by which a party of a class acts, where the deed alone does not tell; the first that fits."""
_WISHES = frozenset(("like", "love", "prefer", "hope", "want", "wish"))
_CHOICES = frozenset(("choice", "option", "alternative", "plan", "right", "mean", "means", "intention"))
_TEMPORAL = frozenset(("until", "till", "once", "when", "as", "after"))
"""First words of markers that put two things in time and, of the past, make neither depend on the other."""
_HOPELESS = -7.0
"""What the tests say together of a conditional whose words need not be read: of threats one in fifty has less."""
_SURELY_NONE = -2.0
"""Log-odds of what no other reason can make a threat."""
_CAMPAIGN = frozenset(("elect", "win", "reelect", "re-elect", "nominate"))
"""Conditions of what candidates promise to voters."""
_LONGEST_GAP = 3
"""Words that may stand between those of a turn of phrase."""
_NEAR = 150
"""Tokens around a conditional in which its sentence is searched for what it is about."""


class Appraisal(NamedTuple):
    """What a consequence does to those whom it concerns."""

    valence: float
    """-1 (harm) to 1 (welcome); 0 where nothing tells."""
    means: Means
    explicitness: Explicitness
    befalls: bool
    """Whether it happens and nobody does it ("the town will flood")."""
    negated: bool
    """Whether harm is denied ("will not retaliate")."""
    withheld: bool
    """Whether something is not done that others would welcome ("will not sign")."""


class Evidence(NamedTuple):
    """One reason why a consequence is welcome or not."""

    token: int
    valence: float
    means: str
    explicitness: str
    befalls: bool = False
    negated: bool = False
    withheld: bool = False
    modifier: str = ""
    """Means that an adjective names ("nuclear")."""


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


def appraise(setting: Setting, pieces: tuple[Tokens, ...], classes: frozenset[str]) -> Appraisal:
    """Reads from the words of a consequence what it would do.

    Args:
        setting: Where it stands.
        pieces: Its stretches.
        classes: Kinds of party that would act, which decide what "strike" means.
    """
    found: list[Evidence] = []
    for piece in pieces:
        taken, evidence = _phrase_evidence(setting, piece)
        found.extend(evidence)
        found.extend(_word_evidence(setting, piece, taken))
    found = [e._replace(modifier=_modifier(setting, e.token, pieces)) for e in sorted(found, key=lambda e: e.token)]
    if not found:
        return Appraisal(0.0, "unspecified", "explicit", False, False, False)
    bad = [e for e in found if e.valence < 0 and not e.negated]
    worst = min((e.valence for e in bad), default=0.0)
    best = max((e.valence for e in found), default=0.0)
    first = found[0]
    valence = worst if worst < -0.1 and (worst + best < 0.35 or first.valence < 0) else best
    if first.negated and (not bad or first.token < bad[0].token):
        valence = max(0.8, valence)
    chosen = bad if valence < 0 else found
    means = _means(chosen, classes)
    open_ = [e for e in chosen if e.explicitness == "explicit" and not e.befalls]
    explicitness: Explicitness = "explicit" if open_ or not chosen else "veiled"
    return Appraisal(
        valence,
        means,
        explicitness,
        befalls=bool(found) and all(e.befalls for e in found),
        negated=first.negated,
        withheld=any(e.withheld for e in found),
    )


def _means(found: list[Evidence], classes: frozenset[str]) -> Means:
    """Means of the first concrete deed; where who acts decides, by the party's class."""
    own = next((means for kind, means in _OWN_MEANS.items() if kind in classes), None)
    fallback = ""
    for evidence in found:
        if evidence.means in ("military", "violence", "unspecified", "") and evidence.modifier:
            return evidence.modifier  # type: ignore[return-value]
        if evidence.means.startswith("agent:"):
            if own is not None:
                return own
            fallback = fallback or evidence.means[6:]
        elif evidence.means and evidence.means != "unspecified":
            return evidence.means  # type: ignore[return-value]
    return fallback or "unspecified"  # type: ignore[return-value]


def _modifier(setting: Setting, token: int, pieces: tuple[Tokens, ...]) -> str:
    """The means that an adjective names in the stretch that holds a token ("nuclear", "legal")."""
    lemmas = setting.scene.lemmas
    last = next((b for a, b in pieces if a <= token < b), token)
    for at in range(token, last):
        thing = things().get(lemmas[at])
        if thing is not None and thing.kind == "modifier" and setting.scene.deps[at] in ("amod", "compound", "nmod"):
            return thing.means
    return ""


def _phrase_evidence(setting: Setting, piece: Tokens) -> tuple[set[int], list[Evidence]]:
    scene = setting.scene
    taken: set[int] = set()
    found = []
    for token in range(*piece):
        if token in taken:
            continue
        for phrase in phrases().get(scene.lemmas[token], ()):
            at = _match(setting, phrase.words, token, piece[1])
            if at is None:
                continue
            verb = next((t for t in at if scene.upos[t] in ("VERB", "AUX")), token)
            negated = scene.is_negated(verb) and not {"no", "not", "never", "stand", "sit"} & set(phrase.words)
            valence = -1.0 if phrase.valence == "harm" else 0.9
            found.append(
                Evidence(
                    token,
                    -valence if negated else valence,
                    phrase.means,
                    phrase.explicitness,
                    negated=negated and valence < 0,
                )
            )
            taken.update(at)
            break
    return taken, found


def _match(setting: Setting, words: tuple[str, ...], first: int, last: int) -> list[int] | None:
    scene = setting.scene
    at = [first]
    token = first + 1
    for word in words[1:]:
        if word == "-":
            continue
        stop = min(last, token + _LONGEST_GAP + 1)
        while token < stop and scene.lemmas[token] != word and scene.words[token] != word:
            token += 1
        if token >= stop:
            return None
        at.append(token)
        token += 1
    return at


def deed_of(setting: Setting, verb: int) -> tuple[Deed | None, str]:
    """The table's row for a verb with its particle, and its key."""
    scene = setting.scene
    lemma = scene.verb_lemma(verb)
    near = [
        t
        for t in scene.children(verb, "compound", "advmod", "case", "obl")
        if t > verb and scene.words[t] in group("particle")
    ]
    if verb + 1 < len(scene.words) and scene.words[verb + 1] in group("particle"):
        near.append(verb + 1)
    for token in near:
        key = f"{lemma} {scene.words[token]}"
        if key in deeds():
            return deeds()[key], key
    return deeds().get(lemma), lemma


def _word_evidence(setting: Setting, piece: Tokens, taken: set[int]) -> list[Evidence]:
    scene = setting.scene
    found: list[Evidence] = []
    used: set[int] = set(taken)
    for verb in range(*piece):
        is_verb = scene.upos[verb] == "VERB" and scene.deps[verb] not in ("amod", "acl", "compound")
        # "would be broken": a participle that the tagger takes for an adjective.
        is_verb = is_verb or (
            scene.upos[verb] == "ADJ" and bool(scene.children(verb, "cop")) and scene.verb_lemma(verb) in deeds()
        )
        if not is_verb or verb in taken:
            continue
        if _is_purpose(setting, verb, piece):
            used.update(token for token, _ in _objects(setting, verb, piece))
            continue
        deed, _ = deed_of(setting, verb)
        nouns = _objects(setting, verb, piece)
        negated = _is_negated(setting, verb, piece)
        evidence = _of_deed(setting, verb, deed, nouns, negated)
        if evidence is not None:
            found.append(evidence)
            used.update(token for token, _ in nouns)
    if not any(e.valence < 0 for e in found):
        for token in range(*piece):
            thing = things().get(scene.lemmas[token]) if scene.upos[token] in ("NOUN", "PROPN") else None
            if (
                thing is None
                or token in used
                or thing.kind == "good"
                or scene.deps[token] in ("compound", "nmod", "obl")
            ):
                continue
            if scene.deps[token] == "nsubj" and not _comes(setting, scene.heads[token]):
                continue
            is_main = scene.deps[token] in ("nsubj", "root", "obj", "conj", "ccomp", "xcomp", "parataxis")
            if is_main and not any(e.valence > 0.5 and e.token < token for e in found):
                negated = any(scene.words[c] == "no" for c in scene.children(token, "det"))
                found.append(
                    Evidence(
                        token,
                        0.8 if negated else -0.8,
                        thing.means,
                        "veiled" if thing.kind == "veiled" else "explicit",
                        negated=negated,
                    )
                )
    return found


def _comes(setting: Setting, verb: int) -> bool:
    """Whether a verb says no more than that its subject will be there."""
    return setting.scene.lemmas[verb] in group("comes") or setting.scene.upos[verb] == "ADJ"


def _is_purpose(setting: Setting, verb: int, piece: Tokens) -> bool:
    """Whether a verb names a purpose, or stands in a relative clause, and so is no deed of its own."""
    scene = setting.scene
    for _ in range(8):
        if scene.deps[verb] in ("acl", "advcl"):
            return piece[0] <= scene.heads[verb] < piece[1]
        if scene.deps[verb] == "conj" and not scene.children(verb, "mark", "aux", "nsubj"):
            # "act to keep the peace and end the war": a bare verb goes with the nearest infinitive.
            nearest = [c for c in scene.children(scene.heads[verb], "advcl", "acl") if scene.heads[verb] < c < verb]
            if nearest and scene.children(nearest[-1], "mark"):
                return True
        if scene.deps[verb] not in ("conj", "xcomp", "ccomp") or not piece[0] <= scene.heads[verb] < piece[1]:
            return False
        verb = scene.heads[verb]
    return False


def _is_negated(setting: Setting, verb: int, piece: Tokens) -> bool:
    """Whether a deed is negated, itself or by the verbs above it."""
    scene = setting.scene
    negated = False
    for _ in range(6):
        if scene.is_negated(verb) or any(scene.lemmas[t] in ("no", "without") for t in scene.children(verb, "cc")):
            negated = not negated
        elif scene.lemmas[verb] in ("refuse", "decline", "cease") and scene.children(verb, "xcomp"):
            return True
        head = scene.heads[verb]
        if head == verb or scene.deps[verb] not in ("xcomp", "ccomp") or not piece[0] <= head < piece[1]:
            break
        verb = head
    return negated


def _objects(setting: Setting, verb: int, piece: Tokens) -> list[tuple[int, Thing | None]]:
    """Nouns to which a verb does something: object, passive subject, what follows a preposition, and their nouns."""
    scene = setting.scene
    passive = any(scene.reading.deps[c] == "nsubj:pass" for c in scene.children(verb))
    roots = scene.children(verb, "obj", "obl", "iobj", "xcomp", "ccomp") + (
        scene.children(verb, "nsubj") if passive else []
    )
    found: list[tuple[int, Thing | None]] = []
    stack = sorted(roots)
    while stack:
        token = stack.pop(0)
        if not piece[0] <= token < piece[1]:
            continue
        if scene.upos[token] in ("NOUN", "PROPN", "PRON", "NUM", "X"):
            found.append((token, things().get(scene.lemmas[token]) if scene.upos[token] != "PRON" else None))
            stack.extend(scene.children(token, "nmod", "compound", "conj", "nummod"))
        elif (
            scene.upos[token] in ("VERB", "ADJ")
            and scene.deps[token] in ("xcomp", "ccomp")
            and scene.lemmas[verb] in ("stop", "cease", "refuse", "risk", "quit", "have", "see")
        ):
            stack.extend(scene.children(token, "obj", "obl", "nsubj"))
    return found


def _is_barred(setting: Setting, verb: int) -> bool:
    """Whether nobody or nothing is to do a thing ("no ship will pass")."""
    scene = setting.scene
    subject = scene.subject(verb)
    return subject is not None and (
        scene.words[subject] in ("nobody", "nothing", "none")
        or any(scene.words[c] == "no" for c in scene.children(subject, "det"))
    )


def _befalls(setting: Setting, verb: int) -> bool:
    """Whether a thing does by itself what parties do to others ("the currency will sink")."""
    scene = setting.scene
    subject = scene.inherited_subject(verb)
    if subject is None or scene.children(verb, "obj", "aux:pass") or scene.reading.deps[subject] == "nsubj:pass":
        return False
    if any(scene.reading.deps[c] == "aux:pass" for c in scene.children(verb)):
        return False
    return (
        scene.upos[subject] == "NOUN"
        and (not setting.is_party(subject))
        and not any(scene.words[c] in ("our", "my") for c in scene.children(subject, "nmod"))
    )


def _of_deed(
    setting: Setting, verb: int, deed: Deed | None, nouns: list[tuple[int, Thing | None]], negated: bool
) -> Evidence | None:
    scene = setting.scene
    lemma = scene.verb_lemma(verb)
    if lemma in group("light") and not nouns:
        return None
    # A circumstance ("after the strike") does not colour the deed; what is done to comes first.
    direct = [
        (t, thing) for t, thing in nouns if scene.deps[t] in ("obj", "nsubj", "conj", "compound") or thing is not None
    ]
    harmful = next(((t, thing) for t, thing in direct if thing is not None and thing.kind in ("harm", "veiled")), None)
    good = next(((t, thing) for t, thing in direct if thing is not None and thing.kind == "good"), None)
    first_known = next((thing for _, thing in direct if thing is not None), None)
    if lemma in ("refuse", "decline") and scene.children(verb, "xcomp"):
        means = good[1].means if good is not None and good[1] is not None else "agent:"
        return Evidence(verb, -0.9, means, "explicit", withheld=True)
    kind = deed.kind if deed is not None else ""
    if _is_barred(setting, verb) and kind not in ("harm", "react"):
        return Evidence(
            verb,
            -0.9,
            good[1].means if good is not None and good[1] is not None else "agent:",
            "explicit",
            withheld=True,
        )
    if kind in ("harm", "end") and _befalls(setting, verb):
        kind = "event"
    if kind == "relieve":
        return Evidence(verb, -0.85 if negated else 0.95, "agent:" if negated else "", "explicit", withheld=negated)
    if kind == "harm" and deed is not None:
        means = deed.means
        if harmful is not None and harmful[1] is not None and means == "unspecified":
            means = harmful[1].means
        explicit = (
            "explicit"
            if deed.explicitness == "explicit" or (harmful and harmful[1] and harmful[1].kind == "harm")
            else "veiled"
        )
        return Evidence(verb, 0.9 if negated else -1.0, means, explicit, negated=negated)
    if kind == "react" and deed is not None:
        is_open = harmful is not None and harmful[1] is not None and harmful[1].kind == "harm"
        means = harmful[1].means if harmful is not None and harmful[1] is not None else "unspecified"
        if lemma == "move" and harmful is None:
            return Evidence(verb, -0.3, good[1].means if good and good[1] else "agent:", "explicit") if nouns else None
        return Evidence(verb, 0.8 if negated else -0.7, means, "explicit" if is_open else "veiled", negated=negated)
    if kind == "end" and deed is not None:
        if first_known is not None and first_known.kind in ("harm", "veiled") and harmful is not None:
            return Evidence(verb, -0.7 if negated else 0.9, first_known.means, "explicit", withheld=negated)
        means = (
            good[1].means if good is not None and good[1] is not None and good[1].means != "unspecified" else deed.means
        )
        strength = 0.95 if good is not None else 0.6
        return Evidence(verb, 0.8 if negated else -strength, means, "explicit", negated=negated)
    if kind in ("apply", "undergo") and deed is not None:
        if harmful is not None and harmful[1] is not None:
            explicit = "veiled" if harmful[1].kind == "veiled" else "explicit"
            means = harmful[1].means if harmful[1].means != "unspecified" or kind == "undergo" else "unspecified"
            return Evidence(verb, 0.8 if negated else -0.95, means, explicit, negated=negated)
        if kind == "undergo" and deed.means:
            return Evidence(verb, 0.5 if negated else -0.9, deed.means, deed.explicitness)
        if kind == "undergo" and lemma in ("lose", "forfeit", "risk", "miss", "face", "suffer"):
            return Evidence(
                verb, 0.6 if negated else -0.9, good[1].means if good and good[1] else "unspecified", "explicit"
            )
        if negated:
            return Evidence(verb, -0.75, good[1].means if good and good[1] else "agent:", "explicit", withheld=True)
        return Evidence(verb, 0.35, good[1].means, "explicit") if kind == "apply" and good and good[1] else None
    if kind == "event":
        return Evidence(verb, 0.0, "", "explicit", befalls=True)
    if kind == "provide":
        if harmful is not None and first_known is not None and first_known.kind == "harm" and not negated:
            return Evidence(verb, -0.6, first_known.means, "explicit")
        if negated:
            return Evidence(
                verb,
                -0.85,
                good[1].means if good and good[1] and good[1].means != "unspecified" else "agent:",
                "explicit",
                withheld=True,
            )
        return Evidence(verb, 0.9, "", "explicit")
    if kind == "neutral" or deed is None:
        if negated:
            return Evidence(
                verb,
                -0.7 if kind == "neutral" else -0.5,
                good[1].means if good and good[1] else "agent:",
                "explicit",
                withheld=True,
            )
        if deed is None and harmful is not None:
            return Evidence(verb, -0.3, harmful[1].means if harmful[1] else "", "explicit")
        return Evidence(verb, 0.0, "", "explicit") if kind == "neutral" else None
    return None


# ---- the judgement -------------------------------------------------------------------------------------------------


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
    classes = agent_classes(setting, agent, voice)
    appraisal = appraise(setting, conditional.consequences, classes)
    tests = {
        "real": _real(setting, conditional, appraisal, voice),
        "unwelcome": _unwelcome(conditional, appraisal, voice),
        "brought about": _brought_about(setting, conditional, appraisal, agent, voice),
        "committed": _committed(setting, conditional, agent, voice),
        "conditioned": _conditioned(setting, conditional, agent, voice),
        "otherwise meant": _otherwise_meant(setting, conditional, appraisal, agent),
    }
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
        encoding = encoding_of(sense, conditional)
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
    if head is None or conditional.marker is None or scene.words[conditional.marker[0]] not in _TEMPORAL:
        return False
    return all(
        (scene.reading.morph[t] == "Past" or any(scene.words[a] == "had" for a in scene.children(t, "aux")))
        and scene.modal(t) is None
        for t in (head, conditional.condition_head)
    )


def agent_classes(setting: Setting, agent: Agent, voice: Voice) -> frozenset[str]:
    """Kinds of party that would act: the agent's own, else the source's."""
    if agent.kind == "party" and agent.head is not None:
        own = setting.classes(setting.phrase(agent.head))
        if own & set(_OWN_MEANS):
            return own
        return own | (voice.classes & {"union"})
    return voice.classes


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
    onlooker = "onlooker" in voice.classes and not voice.classes & {"official", "union", "political", "state"}
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
    mine = voice.source is not None and any(
        scene.words[t] in ("its", "their", "our", "his", "her") for t in range(*voice.source)
    )
    if scene.words[subject] in THIRD_PERSON and not voice.is_direct and mine:
        return -3.5
    other = scene.subject(conditional.condition_head)
    controls = other is not None and (
        scene.words[other] in THIRD_PERSON or scene.lemmas[other] == scene.lemmas[subject]
    )
    if not controls:
        return -2.5
    able = {
        "official",
        "legal",
        "police",
        "military",
        "armed",
        "criminal",
        "hacker",
        "company",
        "state",
        "political",
        "named body",
        "body",
    }
    return 0.0 if voice.classes & able else -1.0


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
    if voice.negated or voice.cue_kind == "deny":
        return -5.0
    head = conditional.consequence_head
    score = {"commit": 0.7, "promise": -1.2, "advise": -2.0, "threaten": 0.5}.get(voice.cue_kind, 0.0)
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
    intent = {
        "ready",
        "prepare",
        "plan",
        "intend",
        "reserve",
        "vow",
        "threaten",
        "determine",
        "risk",
        "set",
        "force",
        "option",
    }
    return score + (0.3 if intent & set(words) else -0.9)


def _has_no_plans(words: list[str]) -> bool:
    for noun in ("plan", "intention", "intent", "desire", "wish"):
        if noun in words and "no" in words[: words.index(noun)]:
            return True
    return False


def _conditioned(setting: Setting, conditional: Conditional, agent: Agent, voice: Voice) -> float:
    """Whether the target controls the condition, and whether others would have it met or not."""
    scene = setting.scene
    marker = " ".join(scene.words[t] for t in range(*conditional.marker)) if conditional.marker is not None else ""
    score = {
        "unless": 0.7,
        "until": 0.1,
        "once": -1.3,
        "as soon as": -1.0,
        "in case": -0.3,
        "without": 0.3,
        "or else": 1.5,
        "otherwise": 0.5,
    }.get(marker, 0.0)
    if marker in ("provided", "provided that", "providing", "on condition that", "only if"):
        score -= 1.5
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
    if scene.lemmas[scene.heads[head]] in _WISHES and scene.deps[head] == "xcomp":
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
    if lemma == "have" and objects and not objects & _CHOICES:
        # What one will have or lack is an outcome; "no choice but to" leads to an act.
        score -= 2.5
    if lemma == "have" and modal == "would" and word not in FIRST_PERSON and scene.children(head, "xcomp"):
        score -= 2.5
    if any(scene.lemmas[t] in _CAMPAIGN for piece in conditional.conditions for t in range(*piece)):
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
        return -0.3 if passive or scene.lemmas[verb] in ("get", "receive", "have", "see", "hear") else -2.2
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
            and (scene.upos[verb] in ("ADJ", "NOUN") or scene.lemmas[verb] in ("rain", "snow", "come", "take"))
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
    if (
        passive
        and scene.lemmas[verb] in ("find", "reach", "discover", "detect", "confirm")
        and conditional.polarity == "trigger"
    ):
        return -1.3
    return -0.1
