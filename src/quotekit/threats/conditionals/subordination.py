"""Joins a subordinate condition, whatever opens it, with its main clause: “If you print it, we sue”."""

from __future__ import annotations

from collections.abc import Iterator

from quotekit.threats.conditionals.conditional import Conditional, Form, Polarity
from quotekit.threats.conditionals.consequences import clauses_of, has_own_if, noun_phrase, predicate_from
from quotekit.threats.conditionals.main_clauses import main_clause_of
from quotekit.threats.conditionals.stretches import extent_of, limit_of, split_clauses
from quotekit.threats.scene import Scene, Tokens


def build(scene: Scene, form: Form, marker: Tokens, polarity: Polarity, head: int) -> Conditional | None:
    """Finds the main clause of a condition, and the stretches of both.

    Args:
        scene: The scene.
        form: Clause or phrase.
        marker: The words that open the condition.
        polarity: What meeting the condition does.
        head: The condition's predicate or noun.

    Returns:
        The conditional; None where one of its sides is missing.
    """
    first, after = marker
    # Where the parse takes the condition for the main clause, what follows with a "will" is none of it.
    opens = scene.begins_sayings(scene.first_of(first))
    others = [
        c
        for c in scene.children(head, "conj", "parataxis", "ccomp", "advcl")
        if c > head
        and (subject := scene.subject(c)) is not None
        and (
            (scene.modal(c) in ("will", "would", "shall") and scene.words[c - 1] != "that")
            # "If it moves, we shoot": nothing but a comma joins them.
            or (
                opens and head < subject < c and scene.words[subject - 1] == "," and not scene.children(c, "cc", "mark")
            )
        )
    ]
    # "…, and that oak posts were not cheap": said besides.
    others += [c for c in scene.children(head, "conj") if c > head and _is_said_besides(scene, c, head)]
    # So is all between the marker and its predicate: "were the island to secede", "as soon as the House votes to …".
    inside = {t for t in scene.own_tokens(head, others) if t >= first}
    if not any(scene.is_break(t) for t in range(first, head)):
        inside.update(range(first, head + 1))
    governor_and_main = main_clause_of(scene, marker, head, inside)
    if governor_and_main is None:
        return None
    main, governor, is_nominal = governor_and_main
    fronted = main > first
    limit = limit_of(scene, first)
    if fronted and main < limit:
        comma = _parting_comma(scene, main, head)
        limit = min(limit, _left_edge(scene, main, after, head) if comma is None else comma)
    condition = extent_of(scene, after, limit, inside, head)
    if condition[0] >= condition[1]:
        return None
    conditions = split_clauses(scene, condition, head, main)
    blocked = {t for a, b in conditions for t in range(a, b)} | set(range(first, condition[1]))
    consequences = (
        noun_phrase(scene, main, blocked) if is_nominal else clauses_of(scene, main, blocked, first, fronted=fronted)
    )
    if not consequences:
        return None
    if fronted and scene.words[consequences[0][0] - 1] == "not" and scene.is_break(consequences[0][0] - 2):
        # “…, not one truck will leave”
        (begin, end), *rest = consequences
        consequences = ((begin - 1, end), *rest)
    if not fronted:
        consequences = (*consequences, *_and_that(scene, condition[1], consequences[-1][1]))
    return Conditional(form, marker, polarity, conditions, consequences, head, main, governor)


def _is_said_besides(scene: Scene, clause: int, head: int) -> bool:
    """Whether a clause opens with "and that"."""
    return any(scene.words[t] == "that" and head < t for t in scene.children(clause, "mark"))


def _and_that(scene: Scene, first: int, reached: int) -> Iterator[Tokens]:
    """Clauses of indirect speech that go on after the condition: "…, a witness said, and that they would …"."""
    _, end = scene.sentence(first - 1)
    for token in range(max(first, reached), end - 2):
        if scene.words[token] == "and" and scene.words[token + 1] == "that":
            verb = scene.heads[token + 1]
            foretells = verb > token and scene.modal(verb) in ("will", "would") and scene.subject(verb) is not None
            if foretells and not has_own_if(scene, verb):
                yield from predicate_from(scene, token + 2, verb)[:1]
            return


def _parting_comma(scene: Scene, main: int, head: int) -> int | None:
    """The comma between a condition and the subject of the main clause that follows it."""
    subject = scene.subject(main)
    if subject is None or not head < subject:
        return None
    begin = min(scene.reading.subtree(subject)[0], subject)
    if scene.words[begin - 1] == "not":
        # "As long as he is in that cell, not one truck will leave": read as "that cell, not".
        begin -= 1
    if not scene.is_break(begin - 1) or scene.words[begin - 1] != "," or begin - 1 <= head:
        return None
    return begin - 1


def _left_edge(scene: Scene, main: int, lowest: int, head: int) -> int:
    """Where a main clause begins that follows its condition."""
    edge = main
    for child in scene.children(main):
        if (
            lowest <= child < main
            and child != head
            and scene.deps[child] in ("nsubj", "csubj", "aux", "cop", "expl", "mark", "advmod", "obl", "nsubj")
        ):
            begin, _ = scene.reading.subtree(child)
            if begin > head:
                edge = min(edge, begin)
    # Adverbs that hang on the clause may stand in the condition; the last comma before its subject parts them.
    return edge
