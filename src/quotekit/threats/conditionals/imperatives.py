"""Imperatives and dares with "and": “Touch it and we sue”, “One more step and I shoot”."""

from __future__ import annotations

from collections.abc import Iterator

from quotekit.threats.conditionals.conditional import Conditional, Found
from quotekit.threats.conditionals.consequences import predicate_from
from quotekit.threats.conditionals.dares import comes_next, dare_before, has_one_more
from quotekit.threats.conditionals.demands import bare_order, condition_before, has_subject_after
from quotekit.threats.conditionals.stretches import LONGEST_ORDER, until_tag
from quotekit.threats.scene import Scene, Tokens
from quotekit.threats.words import group


def find(scene: Scene) -> Iterator[Found]:
    """What is ordered or dared, with what follows an "and"."""
    for at, word in enumerate(scene.words):
        draft = _with_and(scene, at) if word == "and" else None
        if draft is not None:
            yield Found(draft, 1, at)


def _with_and(scene: Scene, conjunction: int) -> Conditional | None:
    first, last = scene.sentence(conjunction)
    verb = scene.heads[conjunction]
    if not conjunction < verb < last or not scene.is_clause(verb):
        verb = next((t for t in range(conjunction + 1, min(last, conjunction + 10)) if scene.is_clause(t)), -1)
        if verb < 0:
            return None
    is_shown = _shows(scene, conjunction + 1)
    if is_shown:
        verb = conjunction + 1
    elif not has_subject_after(scene, conjunction, verb) or any(scene.words[t] == "?" for t in range(verb, last)):
        return None
    marker = (conjunction, conjunction + 1)
    start, bare = bare_order(scene, conjunction)
    order = scene.heads[verb] if scene.deps[verb] in ("conj", "parataxis") else -1
    condition: Tokens | None = None
    will = scene.modal(verb) in ("will", "shall")
    if first <= order < conjunction and scene.is_imperative(order) and scene.content[order] == scene.content[verb]:
        condition = condition_before(scene, order, conjunction)
    elif (
        start < conjunction
        and _is_one_more(scene, start)
        and not scene.tag[start]
        and (scene.words[start] != "a" or comes_next(scene, conjunction + 1, verb))
    ):
        order = next((t for t in range(start, conjunction) if scene.upos[t] in ("NOUN", "PROPN")), start)
        condition = until_tag(scene, start, conjunction)
    elif bare is not None and (
        will
        or scene.reading.morph[verb] in ("Pres", "Inf")
        or scene.children(verb, "cop")
        or comes_next(scene, conjunction + 1, verb)
        or is_shown
    ):
        order, condition = bare, until_tag(scene, start, conjunction)
    elif (
        will
        and scene.words[start] == "you"
        and scene.upos[start + 1] == "VERB"
        and conjunction - start <= LONGEST_ORDER
    ):
        # “You touch it and I will …”: meant as a condition, without its "if".
        order, condition = start + 1, until_tag(scene, start, conjunction)
    elif (head := dare_before(scene, start, marker, verb)) is not None and _is_daring(scene, start, head, conjunction):
        order, condition = head, until_tag(scene, start, conjunction)
    if condition is None or condition[0] >= condition[1]:
        return None
    if scene.lemmas[order] in group("no dare") and scene.words[order + 1] in group("behind no dare"):
        return None
    consequences = predicate_from(scene, conjunction + 1, verb)
    return (
        Conditional("and", marker, "trigger", (condition,), consequences, order, verb, None) if consequences else None
    )


def _is_daring(scene: Scene, start: int, head: int, conjunction: int) -> bool:
    """Whether a statement in the present dares rather than tells: of one more act, of you, of whoever does it.

    Behind a colon it needs no such sign: “It was clear: the owners sack one man, and every lift stops”.
    """
    subject = scene.subject(head)
    is_open = subject is not None and scene.words[subject] in {"you"} | group("open pronoun") - {"he", "all"}
    return is_open or has_one_more(scene, head, conjunction) or scene.words[max(0, start - 1)] == ":"


def _shows(scene: Scene, first: int) -> bool:
    """Whether a clause bids the hearer see what comes of it: “Print it and see what happens”."""
    words = scene.words[first : first + 3]
    if words[:1] == ["find"] and words[1:2] == ["out"]:
        return True
    return words[0:1] in (["see"], ["watch"]) and words[1:2] in (["what"], ["how"], ["where"])


def _is_one_more(scene: Scene, start: int) -> bool:
    """Whether a phrase counts one more act ("one more step", "another word")."""
    words = scene.words[start : start + 4]
    if len(words) > 2 and words[0] == "a" and words[1] in group("ordinal") and scene.upos[start + 2] == "NOUN":
        return True
    return (
        words[:2] in (["one", "more"], ["any", "more"])
        or words[:1] == ["another"]
        or words[:3] == ["just", "one", "more"]
    )
