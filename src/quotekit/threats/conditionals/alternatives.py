"""Alternatives: “Pay by Friday, or else”, “The firm pays, or the files go online”, “Sign; otherwise we sue”."""

from __future__ import annotations

from collections.abc import Iterator

from quotekit.threats.conditionals.conditional import Conditional, Found
from quotekit.threats.conditionals.consequences import predicate_from
from quotekit.threats.conditionals.dares import comes_next, dare_before
from quotekit.threats.conditionals.demands import (
    bare_order,
    better_before,
    condition_before,
    demand_before,
    has_subject_after,
    is_demand,
    previous_demand,
)
from quotekit.threats.conditionals.main_clauses import governor_of
from quotekit.threats.conditionals.stretches import LONGEST_ORDER, behind_tag, limit_of, until_tag
from quotekit.threats.scene import Scene, Tokens
from quotekit.threats.words import group, things, times


def find(scene: Scene) -> Iterator[Found]:
    """What is demanded, with what follows an "or" or "otherwise"."""
    for at, word in enumerate(scene.words):
        if word == "or":
            draft = _with_or(scene, at)
        elif word == "otherwise":
            draft = _with_otherwise(scene, at)
        else:
            continue
        if draft is not None:
            yield Found(draft, 1, at)


def _with_or(scene: Scene, conjunction: int) -> Conditional | None:
    words = scene.words
    first, last = scene.sentence(conjunction)
    has_else = conjunction + 1 < last and words[conjunction + 1] == "else"
    marker = (conjunction, conjunction + (2 if has_else else 1))
    if any(words[t] == "?" for t in range(conjunction, last)):
        return None
    verb = scene.heads[conjunction]
    if not (marker[1] <= verb < last and scene.is_clause(verb)):
        verb = next((t for t in range(marker[1], min(last, marker[1] + 8)) if scene.is_clause(t)), -1)
        if verb >= 0 and any(scene.is_break(t) for t in range(marker[1], verb)):
            verb = -1
        behind = min(marker[1], last - 1)
        is_verb = scene.upos[behind] == "VERB" or words[behind] in group("ultimatum")
        if verb < 0 and is_verb and not has_else and words[behind] == scene.lemmas[behind]:
            # "… two days to quit, or face air strikes": the bare verb is read as part of its object.
            verb = behind
    if verb < 0 and not has_else:
        return _with_noun(scene, conjunction)
    start, demand = bare_order(scene, conjunction)
    if verb < 0 or not has_subject_after(scene, conjunction, verb):
        demand = None
    is_inside = verb >= 0 and scene.deps[verb] in ("acl:relcl", "acl", "advcl", "ccomp", "csubj")
    # "told it to pay or have its accounts seized" goes on with what is asked.
    is_bare = verb == marker[1] and scene.words[verb] == scene.lemmas[verb]
    is_asked = is_inside and (
        scene.tag[scene.heads[verb]]
        or (is_bare and scene.heads[verb] < conjunction and is_demand(scene, scene.heads[verb]))
    )
    if is_inside and not is_asked and not has_else and demand is None:
        # "the United States or Germany are doing": the conjunction joins what stands inside the clause.
        return None
    either = start < conjunction and words[start] == "either" and verb >= 0 and scene.heads[verb] > start
    if demand is None and either and scene.is_clause(scene.heads[verb]):
        demand, start = scene.heads[verb], start + 1
    is_whole = demand is not None
    if demand is None:
        demand = demand_before(scene, first, conjunction, verb)
    if demand is None:
        demand = dare_before(scene, start, marker, verb)
        if demand is None:
            demand = _noun_demand(scene, start, marker, verb if not has_else or verb >= 0 else None)
        is_whole = demand is not None
    if demand is None:
        return _demanded(scene, conjunction, verb) if marker[1] <= verb else None
    condition = until_tag(scene, start, conjunction) if is_whole else condition_before(scene, demand, conjunction)
    if condition[0] >= condition[1]:
        return None
    consequences: tuple[Tokens, ...] = ()
    if verb >= 0 and (not has_else or not scene.is_break(marker[1])):
        consequences = predicate_from(scene, marker[1], verb)
        if not consequences:
            return None
    better = better_before(scene, demand)
    head = verb if consequences else None
    return Conditional(
        "or", better or marker, "compliance", (condition,), consequences, demand, head, governor_of(scene, demand)
    )


def _with_noun(scene: Scene, conjunction: int) -> Conditional | None:
    """A harm without a verb behind an order or a time limit: “Refunds by 1 August, or a lawsuit”."""
    start, order = bare_order(scene, conjunction)
    if not 1 < conjunction - start <= LONGEST_ORDER or not scene.is_break(conjunction - 1):
        return None
    end = scene.first_stop(conjunction, limit_of(scene, conjunction))
    end = next((t for t in range(conjunction + 1, end) if scene.is_break(t)), end)
    low, high = scene.trim(conjunction + 1, end)
    noun = next((t for t in range(low, high) if not low <= scene.heads[t] < high), None)
    harm = things().get(scene.lemmas[noun]) if noun is not None else None
    if noun is None or harm is None or harm.kind == "good" or any(scene.is_clause(t) for t in range(low, high)):
        return None
    condition = until_tag(scene, start, conjunction)
    limited = [t for t in range(start, conjunction) if scene.lemmas[t] in times()]
    if order is None and limited:
        act = next((t for t in range(limited[0], conjunction) if scene.is_infinitive(t)), None)
        if act is not None:
            # "A fortnight to plant what it felled, or a writ"
            order, condition = act, condition_before(scene, act, conjunction)
        elif scene.upos[limited[0] - 1] in ("ADP", "NUM", "DET") and limited[0] > start + 1:
            order = next((t for t in range(start, limited[0]) if scene.upos[t] == "NOUN"), None)
    if order is None or condition[0] >= condition[1]:
        return None
    marker = (conjunction, conjunction + 1)
    return Conditional("or", marker, "compliance", (condition,), ((low, high),), order, noun, governor_of(scene, order))


def _noun_demand(scene: Scene, start: int, marker: Tokens, verb: int | None) -> int | None:
    """The noun of a demand without a verb: “Double pay at Easter, or the buses stay in”, “No more noise, or else”."""
    conjunction, after = marker
    before = next((t for t in range(conjunction - 1, start, -1) if scene.upos[t] != "SPACE"), start)
    if not 1 < conjunction - start <= LONGEST_ORDER or not (scene.is_break(before) or scene.tag[before]):
        return None
    is_opened = start > 0 and (scene.words[start - 1] == ":" or scene.is_quote_mark(start - 1))
    if not is_opened or (verb is not None and not comes_next(scene, after, verb)):
        return None
    if any(scene.is_clause(t) and scene.deps[t] != "acl" for t in range(start, conjunction) if not scene.tag[t]):
        return None
    if verb is None and scene.words[start] not in ("no", "not"):
        return None
    if any(scene.words[t] == "," for t in range(start, before)):
        return None
    return next((t for t in range(start, conjunction) if scene.upos[t] in ("NOUN", "NUM")), None)


def _demanded(scene: Scene, conjunction: int, verb: int) -> Conditional | None:
    """The thing that is demanded before an "or": "demanded an apology, or it would sue"."""
    above = scene.heads[verb]
    if scene.deps[verb] != "conj" or scene.lemmas[above] not in group("demand") or above >= conjunction:
        return None
    if scene.modal(verb) not in ("will", "would") or scene.subject(verb) is None:
        return None
    wanted = [t for t in scene.children(above, "obj") if t < conjunction]
    condition = scene.trim(scene.reading.subtree(wanted[0])[0], conjunction) if wanted else (0, 0)
    consequences = predicate_from(scene, conjunction + 1, verb)
    if not consequences or condition[0] >= condition[1]:
        return None
    marker = (conjunction, conjunction + 1)
    return Conditional(
        "or", marker, "compliance", (condition,), consequences, wanted[0], verb, governor_of(scene, above)
    )


def _with_otherwise(scene: Scene, token: int) -> Conditional | None:
    first, last = scene.sentence(token)
    if scene.deps[token] not in ("advmod", "discourse", "cc", "dep", "mark", "parataxis", "root", "obl"):
        return None
    before = token - 1
    while before >= first and scene.upos[before] in ("PUNCT", "SPACE", "CCONJ"):
        before -= 1
    verb = scene.heads[token]
    if not token < verb < last or not scene.is_clause(verb) or scene.tag[verb] or scene.is_report(verb):
        later = [t for t in range(token + 1, min(last, token + 15)) if scene.is_clause(t) and not scene.tag[t]]
        verb = next((t for t in later if scene.subject(t) is not None), -1)
        if verb < 0 and before < first:
            # Behind a full stop the clause is its own, to whichever verb the parse has given its subject.
            subjects = [t for t in range(token + 1, later[0]) if scene.deps[t] == "nsubj"] if later else []
            verb = later[0] if subjects and scene.modal(later[0]) is not None else -1
            if verb >= 0:
                return _behind_stop(scene, token, verb)
        if verb < 0 and scene.is_break(min(token + 1, last - 1)):
            return _closed_by_otherwise(scene, token)
    if verb < 0 or scene.subject(verb) is None or scene.deps[verb] == "acl:relcl":
        return None
    begin = token + 1
    consequences = predicate_from(scene, behind_tag(scene, begin, last), verb)
    if not consequences:
        return None
    if before < first:
        return _behind_stop(scene, token, verb)
    order = demand_before(scene, first, before + 1, -1)
    start, _ = bare_order(scene, before + 1)
    if order is None:
        order = _noun_demand(scene, start, (token, token + 1), verb)
        order = dare_before(scene, start, (token, token + 1), verb) if order is None else order
        condition = scene.trim(start, before + 1)
    else:
        condition = condition_before(scene, order, before + 1)
    if order is None:
        return None
    if condition[0] >= condition[1]:
        return None
    marker = better_before(scene, order) or (token, token + 1)
    return Conditional("or", marker, "compliance", (condition,), consequences, order, verb, governor_of(scene, verb))


def _behind_stop(scene: Scene, token: int, verb: int) -> Conditional | None:
    """A demand, and a sentence that opens with "otherwise": “Pay by noon. Otherwise the bank will sue”."""
    first, last = scene.sentence(token)
    previous = previous_demand(scene, first)
    start = behind_tag(scene, token + 1, last)
    while start < verb and scene.content[start] != scene.content[verb]:
        # What else the tag tells ("it said in a letter") is no part of what is said.
        start += 1
    consequences = predicate_from(scene, start, verb)
    if previous is None or not consequences:
        return None
    demand, condition, better = previous
    marker = better or (token, token + 1)
    return Conditional("or", marker, "compliance", (condition,), consequences, demand, verb, governor_of(scene, verb))


def _closed_by_otherwise(scene: Scene, token: int) -> Conditional | None:
    """A clause that ends in "otherwise", behind a demand: "told it to pay, warning that it would sue otherwise"."""
    first, _ = scene.sentence(token)
    back = range(token - 1, first, -1)
    verb = next((t for t in back if scene.is_clause(t) and scene.modal(t) in ("will", "would")), None)
    subject = scene.subject(verb) if verb is not None else None
    if verb is None or subject is None or subject > verb:
        return None
    begin = min(scene.reading.subtree(subject)[0], subject)
    demand = demand_before(scene, first, begin, -1)
    if demand is None:
        previous = previous_demand(scene, first)
        if previous is None:
            return None
        demand, condition, _ = previous
    else:
        stop = next((t for t in range(demand, begin) if scene.is_break(t)), begin)
        low, high = condition_before(scene, demand, stop)
        while high > low and scene.upos[high - 1] == "CCONJ":
            high -= 1
        condition = low, high
    consequence = scene.trim(begin, token)
    if condition[0] >= condition[1] or condition[1] > consequence[0] or consequence[0] >= consequence[1]:
        return None
    marker = (token, token + 1)
    return Conditional("or", marker, "compliance", (condition,), (consequence,), demand, verb, governor_of(scene, verb))
