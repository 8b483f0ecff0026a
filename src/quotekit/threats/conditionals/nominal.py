"""The condition as subject: “Any attack will be answered”, “Failure to pay will cost you the house”."""

from __future__ import annotations

from collections.abc import Iterator

from quotekit.threats.conditionals.conditional import Conditional, Found
from quotekit.threats.conditionals.consequences import predicate_from
from quotekit.threats.conditionals.main_clauses import governor_of
from quotekit.threats.conditionals.stretches import LONGEST_ORDER, until_tag
from quotekit.threats.scene import Scene, Tokens
from quotekit.threats.words import group


def find_subjects(scene: Scene) -> Iterator[Found]:
    """Nouns of conduct and gerunds as subjects: “Any attempt to leave will be punished”."""
    for subject in range(len(scene.words)):
        if scene.deps[subject] not in ("nsubj", "csubj"):
            continue
        verb = scene.heads[subject]
        if verb <= subject or scene.modal(verb) not in ("will", "would", "shall", "may", "could", "can"):
            continue
        helpers = [t for t in scene.children(verb, "aux", "cop") if t > subject]
        begin = min([verb, *helpers])
        left, _ = scene.reading.subtree(subject)
        if any(
            scene.deps[c] == "acl" and scene.is_relative(c) for c in scene.children(subject)
        ) and not scene.is_conduct(subject):
            continue
        determiner = next((t for t in scene.children(subject, "det") if scene.words[t] == "any"), None)
        marker: Tokens | None
        if determiner is not None:
            if not scene.is_conduct(subject) and scene.upos[subject] != "NOUN":
                continue
            marker, left = (determiner, determiner + 1), determiner + 1
        elif (scene.deps[subject] == "csubj" and scene.words[subject].endswith("ing")) or (
            scene.is_conduct(subject)
            and (
                scene.lemmas[subject] in group("failure")
                or any(scene.words[t] in group("one more") for t in scene.children(subject))
            )
        ):
            marker = None
        else:
            continue
        condition = scene.trim(left, begin)
        if condition[0] >= condition[1] or not condition[0] <= subject < condition[1]:
            continue
        consequences = predicate_from(scene, begin, verb)
        if consequences:
            governor = governor_of(scene, verb)
            draft = Conditional("subject", marker, "trigger", (condition,), consequences, subject, verb, governor)
            yield Found(draft, 2, subject)


def find_gerunds(scene: Scene) -> Iterator[Found]:
    """Gerunds that open a saying and meet a modal before any subject: "Talking to the press would cost you dear"."""
    for first in range(len(scene.words)):
        # "Hiring crews will mean a strike": a gerund that is read as an adjective of its object.
        is_hidden = scene.upos[first] == "ADJ" and scene.deps[first] == "amod" and scene.words[first].endswith("ing")
        is_gerund = scene.upos[first] == "VERB" and scene.reading.morph[first] in ("Ger", "PresPart")
        if not (is_gerund or is_hidden) or scene.tag[first]:
            continue
        if (
            scene.deps[first] == "csubj"
            or not scene.begins_sayings(scene.first_of(first))
            or scene.subject(first) is not None
        ):
            continue
        _, last = scene.sentence(first)
        modals = (t for t in range(first + 1, min(last, first + LONGEST_ORDER + 12)) if scene.upos[t] == "AUX")
        at = next((t for t in modals if scene.words[t] in ("will", "would", "'ll") and not scene.tag[t]), None)
        if at is None or scene.heads[at] <= at or not scene.is_clause(verb := scene.heads[at]):
            continue
        subject = scene.subject(verb)
        condition = until_tag(scene, first, at)
        # "Naming a soldier as judge would cost …": the phrase with "as" is read as the clause's subject.
        is_phrase = subject is not None and first < subject < at and scene.heads[verb] == first
        is_phrase = is_phrase and any(scene.words[t] == "as" for t in scene.children(verb, "mark"))
        if is_hidden:
            is_phrase = scene.heads[first] == subject and scene.lemmas[verb] in group("entail")
        if (subject not in (None, first) and not is_phrase) or any(scene.is_break(t) for t in range(*condition)):
            continue
        consequences = predicate_from(scene, at, verb)
        if consequences and condition[0] < condition[1]:
            governor = governor_of(scene, verb)
            draft = Conditional("subject", None, "trigger", (condition,), consequences, first, verb, governor)
            yield Found(draft, 2, first)
