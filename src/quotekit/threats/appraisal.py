"""What a consequence does to those whom it concerns: of “we will cut off their gas” harm, by economic means."""

from __future__ import annotations

from typing import NamedTuple

from quotekit.threats.scene import Tokens
from quotekit.threats.voices import Setting
from quotekit.threats.words import Deed, Thing, class_means, deeds, group, phrases, things
from quotekit.types import Explicitness, Means

_LONGEST_GAP = 3
"""Words that may stand between those of a turn of phrase."""


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
    own = next((means for kind, means in class_means().items() if kind in classes), None)
    fallback = ""
    for evidence in found:
        is_open = evidence.means in ("", "unspecified", "military", "violence", "agent:military", "agent:violence")
        if is_open and evidence.modifier:
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
        # Of "its threat to sue" the verb is all that is told.
        is_whole = scene.deps[verb] == "acl" and not piece[0] <= scene.heads[verb] < piece[1]
        is_verb = is_verb or (is_whole and scene.upos[verb] == "VERB")
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
                or (scene.deps[token] in ("compound", "nmod", "obl") and piece[0] <= scene.heads[token] < piece[1])
            ):
                continue
            if scene.deps[token] == "nsubj" and not _comes(setting, scene.heads[token]):
                continue
            # Of "warns of tariffs" the noun is all that is told.
            is_main = scene.deps[token] in (
                "nsubj",
                "root",
                "obj",
                "conj",
                "ccomp",
                "xcomp",
                "parataxis",
                "obl",
                "nmod",
            )
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
