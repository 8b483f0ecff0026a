"""What no word joins: “Cross the line. We will shoot”, “They had better pay. We have dogs”, “You strike, we strike”."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence, Set

from quotekit.threats.conditionals.conditional import Conditional, Found
from quotekit.threats.conditionals.consequences import predicate_from
from quotekit.threats.conditionals.dares import comes_next, has_one_more, is_dare
from quotekit.threats.conditionals.demands import better_before, condition_before
from quotekit.threats.conditionals.markers import marker_at
from quotekit.threats.conditionals.stretches import LONGEST_ORDER, limit_of, saying_start, until_tag
from quotekit.threats.scene import Scene, Tokens
from quotekit.threats.words import group

_LONGEST_TOLD = 12
"""Tokens of a sentence that tells of an act as if it were done."""


def find(scene: Scene, taken: Set[int | None]) -> Iterator[Found]:
    """What is dared or advised, with what will follow, where no word joins them.

    Args:
        scene: The scene.
        taken: Heads of conditions and consequences that other constructions have.
    """
    sentences = list(scene.sentences())
    yield from _sentences(scene, sentences, taken)
    yield from _supposed(scene, sentences, taken)
    yield from _had_better(scene, sentences, taken)
    yield from _before_own_act(scene, taken)
    yield from _around_comma(scene, taken)


def _sentences(scene: Scene, sentences: Sequence[Tokens], taken: Set[int | None]) -> Iterator[Found]:
    """A dare and what will follow in the next sentence: “Cross it. We will shoot”, “Close it? Then they strike”."""
    for (first, last), (start, end) in itertools.pairwise(sentences):
        dare = scene.trim(first, last)[0]
        if dare >= last or scene.content[dare] < 0:
            continue
        told = _told_to_you(scene, dare, last)
        is_order = scene.is_imperative(dare) and dare not in taken
        if told is None and not is_order:
            continue
        begin = scene.trim(start, end)[0]
        # "Let them come. They will regret it." "Say they come. Then we shoot."
        is_let, is_supposed = scene.lemmas[dare] == "let", scene.lemmas[dare] in group("suppose")
        who = group("after let") if is_let else {"i", "we"}
        follows = scene.words[begin : begin + 1] == ["then"]
        follows = follows and ("?" in scene.words[dare:last] or is_let or is_supposed)
        if begin >= end or scene.content[begin] != scene.content[dare] or not (follows or scene.words[begin] in who):
            continue
        verb = scene.heads[begin]
        begin += follows
        if verb in taken or scene.is_negated(verb):
            continue
        is_plain = scene.modal(verb) is None and told is None and not is_supposed
        if is_plain or verb < begin:
            continue
        condition = condition_before(scene, dare, last)
        if told is not None:
            if scene.modal(verb) is None and scene.reading.morph[verb] == "Past":
                continue
            dare, condition = told, scene.trim(dare, scene.first_stop(dare, last))
        elif is_supposed:
            supposed = next(iter(scene.children(dare, "ccomp")), None)
            if supposed is None or supposed in taken or scene.subject(supposed) is None:
                continue
            dare, condition = supposed, condition_before(scene, supposed, last)
        consequences = predicate_from(scene, begin, verb)
        if consequences and condition[0] < condition[1]:
            draft = Conditional("juxtaposed", None, "trigger", (condition,), consequences, dare, verb, None)
            yield Found(draft, 3, dare)


def _supposed(scene: Scene, sentences: Sequence[Tokens], taken: Set[int | None]) -> Iterator[Found]:
    """An act put as a question in the order of a statement, and what will follow: “A club hires him? We expel it”."""
    for (first, last), (start, end) in itertools.pairwise(sentences):
        opening, stop = scene.trim(first, last)
        if not 2 < stop - opening <= LONGEST_ORDER or "?" not in scene.words[stop:last]:
            continue
        head = next((t for t in range(opening, stop) if scene.is_clause(t) and scene.subject(t) is not None), None)
        if head is None or head in taken or not is_dare(scene, head, opening) or marker_at(scene, opening) is not None:
            continue
        begin = scene.trim(start, end)[0]
        begin += scene.words[begin : begin + 1] == ["then"]
        verb = next((t for t in range(begin, end) if scene.is_clause(t) and not scene.tag[t]), None)
        if verb is None or verb in taken or scene.modal(verb) not in ("will", "shall", None):
            continue
        is_own = scene.words[scene.subject(verb) or 0] in ("i", "we")
        if not (scene.modal(verb) or is_own) or not comes_next(scene, begin, verb) or "?" in scene.words[start:end]:
            continue
        consequences = predicate_from(scene, begin, verb)
        if consequences:
            draft = Conditional("juxtaposed", None, "trigger", ((opening, stop),), consequences, head, verb, None)
            yield Found(draft, 3, head)


def _told_to_you(scene: Scene, start: int, last: int) -> int | None:
    """The verb of a short sentence that tells "you" of an act as if it were done: “You hire them. We walk out”."""
    if scene.words[start] != "you" or scene.first_stop(start, last) - start > _LONGEST_TOLD:
        return None
    head = scene.heads[start]
    is_quoted = scene.attributions[scene.content[start]].kind == "direct"
    if not is_quoted or not start < head < last or "?" in scene.words[start:last] or not is_dare(scene, head, start):
        return None
    return head if scene.modal(head) is None and not scene.is_negated(head) else None


def _before_own_act(scene: Scene, taken: Set[int | None]) -> Iterator[Found]:
    """A dare, a mark, and an "I" or "we" that acts: “Cross the line – we shoot”."""
    for subject in range(1, len(scene.words)):
        if (
            scene.words[subject] not in ("i", "we")
            or scene.deps[subject] != "nsubj"
            or not scene.is_break(subject - 1)
            or scene.is_quote_mark(subject - 1)
        ):
            continue
        verb = scene.heads[subject]
        is_past = scene.reading.morph[verb] == "Past" and scene.words[verb] != scene.lemmas[verb]
        if verb <= subject or verb in taken or is_past:
            continue
        begin = scene.trim(saying_start(scene, subject), subject)[0]
        if not 0 < subject - begin <= 14 or any(scene.is_break(t) for t in range(begin, subject - 1)):
            continue
        heads = [t for t in range(begin, subject) if scene.is_clause(t) and not scene.tag[t]]
        if not heads or any(marker_at(scene, t) for t in range(begin, subject)) or scene.is_report(heads[0]):
            continue
        head = heads[0]
        other = scene.subject(head)
        dares = scene.is_imperative(head) or (
            other is not None
            and (
                scene.reading.morph[head] == "Pres" or any(scene.lemmas[t] == "do" for t in scene.children(head, "aux"))
            )
            and scene.words[other] not in group("not dared")
        )
        if not dares or scene.modal(head) is not None:
            continue
        consequences = predicate_from(scene, subject, verb)
        if consequences and scene.lemmas[head] not in group("no dare"):
            condition = scene.trim(begin, subject)
            draft = Conditional("juxtaposed", None, "trigger", (condition,), consequences, head, verb, None)
            yield Found(draft, 3, subject)


def _around_comma(scene: Scene, taken: Set[int | None]) -> Iterator[Found]:
    """Two statements of a quotation that only a comma parts: “They touch one bridge, they lose their capital”."""
    for comma in range(1, len(scene.words) - 2):
        if scene.words[comma] == "," and (dared := _side_by_side(scene, comma)) is not None:
            head, verb, start = dared
            consequences = predicate_from(scene, comma + 1, verb)
            if consequences and not {head, verb} & taken and marker_at(scene, start) is None:
                condition = scene.trim(start, comma)
                draft = Conditional("juxtaposed", None, "trigger", (condition,), consequences, head, verb, None)
                yield Found(draft, 3, comma)


def _had_better(scene: Scene, sentences: Sequence[Tokens], taken: Set[int | None]) -> Iterator[Found]:
    """What one had better do, and what the speaker's side has in hand: “They had better pay. We have dogs”."""
    for at, (first, last) in enumerate(sentences[:-1]):
        verb = next((t for t in range(first, last) if scene.is_clause(t) and better_before(scene, t) is not None), None)
        start, end = sentences[at + 1]
        if at + 2 < len(sentences) and all(scene.content[t] < 0 for t in range(start, end)) and scene.tag[start]:
            # The tag is a sentence of its own.
            start, end = sentences[at + 2]
        if verb is None or verb in taken or scene.is_negated(scene.heads[verb]):
            continue
        home = scene.content[verb]
        is_direct = home >= 0 and scene.attributions[home].kind == "direct"
        if is_direct and scene.content[min(scene.trim(start, end)[0], end - 1)] != home:
            continue
        main = next(
            (
                t
                for t in range(start, end)
                if scene.is_clause(t) and scene.subject(t) is not None and not (scene.tag[t] or scene.is_report(t))
            ),
            None,
        )
        better = better_before(scene, verb)
        if main is None or better is None or main in taken or scene.words[scene.subject(verb) or 0] in ("i", "we"):
            continue
        if not any(scene.words[t] in group("own side") for t in range(start, end)):
            # "You had better see the doctor. She will help you": who speaks has no hand in it.
            continue
        if not (scene.modal(main) in ("will", "would") or (home >= 0 and scene.content[main] == home)):
            continue
        begin = scene.trim(start, end)[0]
        condition = until_tag(scene, better[1], last)
        condition = scene.trim(condition[0], scene.first_stop(*condition))
        consequences = predicate_from(scene, begin, main)
        if consequences and condition[0] < condition[1]:
            draft = Conditional("or", better, "compliance", (condition,), consequences, verb, main, None)
            yield Found(draft, 3, verb)


def _side_by_side(scene: Scene, comma: int) -> tuple[int, int, int] | None:
    """Two statements of a quotation that only a comma parts: “They touch one bridge, they lose their capital”.

    Returns:
        Both verbs, and where the first statement begins; None where there is no such pair.
    """
    if scene.content[comma] < 0 or scene.attributions[scene.content[comma]].kind != "direct":
        return None
    start = scene.trim(saying_start(scene, comma), comma)[0]
    end = scene.first_stop(comma, limit_of(scene, comma))
    if not 2 < comma - start <= LONGEST_ORDER or any(scene.is_break(t) for t in range(start, comma)):
        return None
    if any(scene.is_break(t) and not scene.is_quote_mark(t) for t in range(comma + 1, scene.trim(comma + 1, end)[1])):
        return None
    head = next((t for t in range(start, comma) if scene.is_clause(t) and scene.subject(t) is not None), None)
    verb = next((t for t in range(comma + 1, end) if scene.is_clause(t) and scene.subject(t) is not None), None)
    if head is None or verb is None or not is_dare(scene, head, start) or not comes_next(scene, comma + 1, verb):
        return None
    is_joined = scene.heads[verb] == head or scene.heads[head] == verb
    if not is_joined or scene.children(verb, "cc", "mark", "cop") or scene.reading.morph[head] == "Plur":
        return None
    # "My wife cooks, my son washes up" tells of both; a dare turns on the same party, or counts one more time.
    one, other = (scene.words[scene.subject(t) or 0] for t in (head, verb))
    if other in ("i", "we") or not (one == "you" or other in group("taken up") or has_one_more(scene, start, comma)):
        return None
    return head, verb, start
