"""The condition as subject: “Any attack will be answered”, “Failure to pay will cost you the house”."""

from __future__ import annotations

from collections.abc import Iterator

from quotekit.threats.conditionals.conditional import Conditional, Found
from quotekit.threats.conditionals.consequences import predicate_from
from quotekit.threats.conditionals.main_clauses import governor_of
from quotekit.threats.conditionals.stretches import LONGEST_ORDER, until_tag
from quotekit.threats.scene import Scene, Tokens
from quotekit.threats.words import deeds, group


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
        elif (
            (scene.deps[subject] == "csubj" and scene.words[subject].endswith("ing"))
            or (scene.is_conduct(subject) and scene.lemmas[subject] in group("failure"))
            or (
                any(scene.words[t] in group("one more") for t in scene.children(subject))
                # “Another fine for our drivers will mean empty stops”
                and (scene.is_conduct(subject) or scene.lemmas[verb] in group("entail"))
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


def find_answers(scene: Scene) -> Iterator[Found]:
    """Conduct that will be answered: “It would answer any boarding of its tankers with a boarding of its own”."""
    for verb in range(len(scene.words)):
        if scene.lemmas[verb] not in group("answering") or scene.modal(verb) not in ("will", "would", "shall"):
            continue
        noun = next((t for t in scene.children(verb, "obj", "obl") if t > verb), None)
        any_ = None if noun is None else next((t for t in scene.children(noun, "det") if scene.words[t] == "any"), None)
        subject = scene.subject(verb)
        if noun is None or any_ is None or subject is None or subject > verb or not _is_deed(scene, noun):
            continue
        begin = scene.reading.subtree(subject)[0]
        limit = scene.first_stop(verb, scene.sentence(verb)[1])
        last = max(scene.reading.subtree(noun)[1], noun + 1)
        means = (t for t in range(noun + 1, limit) if scene.words[t] in ("with", "by") and scene.heads[t] > t)
        # "any boarding of its tankers by the guard with …": by whom it is done belongs to the conduct.
        at = next((t for t in means if scene.words[t] == "with" or scene.upos[t] == "SCONJ"), None)
        condition = scene.trim(any_ + 1, min(last, limit) if at is None else at)
        pieces = [scene.trim(begin, any_)]
        if at is not None:
            pieces.append(until_tag(scene, at, limit))
        if condition[0] <= noun < condition[1]:
            consequences = tuple(piece for piece in pieces if piece[0] < piece[1])
            marker = (any_, any_ + 1)
            governor = governor_of(scene, verb)
            draft = Conditional("subject", marker, "trigger", (condition,), consequences, noun, verb, governor)
            yield Found(draft, 2, verb)


def _is_deed(scene: Scene, noun: int) -> bool:
    """Whether a noun names something done to others: "raid", "boarding", and not "letter"."""
    lemma = scene.lemmas[noun]
    return scene.is_conduct(noun) or lemma in deeds() or lemma.endswith("ing")


def find_denied(scene: Scene) -> Iterator[Found]:
    """Two nouns that are denied side by side: “No deal, no gas”."""
    words = scene.words
    for first in range(len(words) - 4):
        if words[first] != "no" or not scene.begins_sayings(scene.first_of(first)):
            continue
        limit = scene.sentence(first)[1]
        comma = next((t for t in range(first + 2, limit - 2) if scene.is_break(t)), None)
        if comma is None or words[comma] != "," or words[comma + 1] != "no":
            continue
        end = next((t for t in range(comma + 2, limit) if scene.is_break(t)), limit)
        if any(scene.is_clause(t) or scene.upos[t] == "CCONJ" for t in range(first, end)):
            # "no wind and no rain"
            continue
        nouns = [
            next((t for t in range(b - 1, a, -1) if scene.upos[t] in ("NOUN", "PROPN")), None)
            for a, b in ((first, comma), (comma, end))
        ]
        if nouns[0] is not None and nouns[1] is not None:
            pieces = scene.trim(first, comma), scene.trim(comma + 1, end)
            draft = Conditional("juxtaposed", None, "trigger", pieces[:1], pieces[1:], nouns[0], nouns[1], None)
            yield Found(draft, 3, first)
