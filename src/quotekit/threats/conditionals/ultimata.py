"""Ultimata: “Pay by noon. If not, we sue”, “It gave them a week to pay, after which it would sue”."""

from __future__ import annotations

from collections.abc import Iterator

from quotekit.threats.conditionals.conditional import Conditional, Found
from quotekit.threats.conditionals.consequences import predicate_from
from quotekit.threats.conditionals.demands import condition_before, is_demand, limits_time, previous_demand
from quotekit.threats.conditionals.stretches import behind_tag
from quotekit.threats.scene import Scene
from quotekit.threats.words import group


def find_in_next_sentence(scene: Scene) -> Iterator[Found]:
    """Sentences that take up a demand: "If not, …", "After that, …"."""
    for first, last in scene.sentences():
        begin = scene.trim(first, last)[0]
        opening = " ".join(scene.words[begin : begin + 2])
        behind = min(begin + 2, len(scene.words) - 1)
        is_parted = scene.is_break(behind) or scene.words[behind] in group("resuming")
        if opening in group("afterwards") | {"or else"} and (is_parted or opening == "if not"):
            yield from _taking_up(scene, begin, last)


def _taking_up(scene: Scene, begin: int, last: int) -> Iterator[Found]:
    """What will follow on the demand made before: "… If not, the studio will cut it"."""
    marker = (begin, begin + 2)
    previous = previous_demand(scene, scene.sentence(begin)[0])
    clauses = (t for t in range(marker[1], last) if scene.is_clause(t) and scene.subject(t) is not None)
    verb = next((t for t in clauses if not (scene.tag[t] or scene.is_report(t)) and scene.deps[t] != "acl"), None)
    if previous is None or verb is None:
        return
    demand, condition, better = previous
    start = behind_tag(scene, marker[1], last)
    while start < verb and scene.content[start] != scene.content[verb]:
        # What else the tag tells ("it said in a letter") is no part of what is said.
        start += 1
    consequences = predicate_from(scene, start, verb)
    if consequences:
        draft = Conditional("or", better or marker, "compliance", (condition,), consequences, demand, verb, None)
        yield Found(draft, 1, begin)


def find_in_same_sentence(scene: Scene) -> Iterator[Found]:
    """What follows a time limit in its own sentence: "gave them a week to pay, after which it would sue"."""
    words = scene.words
    for at in range(1, len(words) - 2):
        is_marker = " ".join(words[at : at + 2]) in group("afterwards")
        is_parted = scene.is_break(at - 1) or (words[at - 1] == "and" and words[at] == "after")
        if not is_marker or not is_parted or scene.sentence(at)[0] == scene.first_of(at):
            continue
        first, last = scene.sentence(at)
        start = behind_tag(scene, at + 2, last)
        clauses = (t for t in range(start, last) if scene.is_clause(t) and not scene.tag[t])
        verb = next((t for t in clauses if scene.modal(t) is not None or words[at] == "if"), None)
        back = range(at - 1, first - 1, -1)
        order = next((t for t in back if scene.is_clause(t) and is_demand(scene, t)), None)
        if order is None and words[at] != "after":
            # "He could put them ashore; failing that, the officers would arrest him": one of two things he may do.
            order = next((t for t in back if scene.is_clause(t) and scene.modal(t) in ("can", "could", "may")), None)
        if order is None and verb is not None:
            # “…,” it began, and it ended: “If not, we come.”
            yield from _taking_up(scene, at, last)
        if verb is None or order is None or scene.tag[order]:
            continue
        while start < verb and scene.content[start] != scene.content[verb]:
            start += 1
        condition = condition_before(scene, order, at - 1 if words[at - 1] == "and" else at)
        consequences = predicate_from(scene, start, verb)
        if consequences and condition[0] < condition[1]:
            draft = Conditional("or", (at, at + 2), "compliance", (condition,), consequences, order, verb, None)
            yield Found(draft, 0, at)


def find_before(scene: Scene) -> Iterator[Found]:
    """What a time limit ends in: "They have a week to leave before we burn the village"."""
    for at in range(2, len(scene.words) - 2):
        verb = scene.heads[at]
        if scene.words[at] != "before" or scene.upos[at] != "SCONJ" or verb <= at or scene.subject(verb) is None:
            continue
        back = range(at - 1, scene.sentence(at)[0] - 1, -1)
        order = next((t for t in back if scene.is_infinitive(t) and limits_time(scene, t)), None)
        if order is None or scene.tag[order] or scene.tag[verb] or scene.reading.morph[verb] == "Past":
            continue
        condition, consequences = condition_before(scene, order, at), predicate_from(scene, at + 1, verb)
        if consequences and condition[0] < condition[1]:
            marker = (at, at + 1)
            draft = Conditional("or", marker, "compliance", (condition,), consequences, order, verb, None)
            yield Found(draft, 0, at)


def find_closed(scene: Scene) -> Iterator[Found]:
    """A clause that ends in "after that", behind a time limit: "gave it a week; its files would be sold after that"."""
    words = scene.words
    for at in range(3, len(words) - 1):
        if (
            words[at : at + 2] != ["after", "that"]
            or scene.upos[at] != "ADP"
            or not scene.is_break(min(at + 2, len(words) - 1))
        ):
            continue
        first, _ = scene.sentence(at)
        back = range(at - 1, first, -1)
        verb = next((t for t in back if scene.is_clause(t) and scene.modal(t) in ("will", "would")), None)
        order = next((t for t in back if scene.is_infinitive(t) and limits_time(scene, t)), None)
        subject = scene.subject(verb) if verb is not None else None
        if verb is None or order is None or subject is None or not order < subject < verb:
            continue
        begin = min(scene.reading.subtree(subject)[0], subject)
        own = scene.own_tokens(order)
        condition = scene.trim(condition_before(scene, order, begin)[0], min(begin, max(own) + 1))
        if condition[0] < condition[1] and begin >= condition[1]:
            consequence = scene.trim(begin, at)
            marker = (at, at + 2)
            draft = Conditional("or", marker, "compliance", (condition,), (consequence,), order, verb, None)
            yield Found(draft, 0, at)
