"""The stretches of a consequence: of “If they pay, he said, we wait, and so will you” both clauses, without the tag."""

from __future__ import annotations

from quotekit.threats.conditionals.stretches import is_afterthought, limit_of, split_clauses
from quotekit.threats.scene import Scene, Tokens
from quotekit.threats.words import group


def clauses_of(scene: Scene, main: int, blocked: set[int], first: int, *, fronted: bool) -> tuple[Tokens, ...]:
    """The stretches of a main clause: without its condition, the words that report, and what is said besides."""
    stops = set(blocked)
    for child in scene.children(main):
        begin, _ = scene.reading.subtree(child)
        if scene.is_report(child) and scene.deps[child] in ("parataxis", "conj", "advcl", "ccomp") and child > main:
            stops.add(child)
        elif begin > main and begin > 0 and scene.is_break(begin - 1) and is_afterthought(scene, child, begin):
            if not (child in blocked or _leads_to(scene, child, blocked)):
                stops.add(child)
        elif not fronted and child > first and (not _is_further_clause(scene, child) or has_own_if(scene, child)):
            stops.add(child)
    own = [
        t for t in scene.own_tokens(main, stops) if scene.content[t] == scene.content[main] or scene.content[main] < 0
    ]
    begin, end = scene.sentence(main)
    own = [t for t in own if not scene.tag[t] and begin <= t < end]
    if not own:
        return ()
    low, high = own[0], own[-1] + 1
    home = scene.content[main]
    if not fronted and main < first:
        # What follows the condition only counts if it is a clause of its own.
        further = [t for t in own if t > first]
        high = own[-1] + 1 if further else min(high, first)
    while (
        high < end
        and high not in blocked
        and not scene.is_break(high)
        and not scene.tag[high]
        and scene.content[high] == home
    ):
        if scene.words[high] in ("and", "but", "or") or (scene.upos[high] == "SCONJ" and scene.deps[high] == "mark"):
            break
        high += 1
    high = scene.first_stop(main, high)
    if not (scene.is_infinitive(main) and scene.lemmas[scene.heads[main]] in group("threat noun")):
        low = _grown_left(scene, low, main, blocked)
    pieces: list[Tokens] = []
    opened = None
    for token in range(low, high + 1):
        is_in = (
            token < high
            and token not in blocked
            and not scene.tag[token]
            and (home < 0 or scene.content[token] == home)
        )
        if is_in and opened is None:
            opened = token
        elif not is_in and opened is not None:
            pieces.append((opened, token))
            opened = None
    result: list[Tokens] = []
    for piece in pieces:
        for part in split_clauses(scene, piece, main, None):
            if _has_substance(scene, part):
                result.append(part)
    return tuple(result)


def _grown_left(scene: Scene, low: int, main: int, blocked: set[int]) -> int:
    """Grows a clause to the beginning of the content, where no break or other clause stands between."""
    at = low
    while at > 0 and not scene.begins_sayings(at):
        before = at - 1
        if (
            before in blocked
            or scene.tag[before]
            or scene.is_break(before)
            or scene.upos[before] in ("CCONJ", "SCONJ", "VERB", "SPACE")
        ):
            return low
        if scene.content[before] != scene.content[main]:
            break
        at = before
    if scene.content[main] < 0:
        return low
    return at


def _leads_to(scene: Scene, child: int, blocked: set[int]) -> bool:
    first, last = scene.reading.subtree(child)
    return any(t in blocked for t in range(first, last)) and last - first <= len(blocked) + 4


def _is_further_clause(scene: Scene, child: int) -> bool:
    return (
        scene.deps[child] == "conj"
        and not scene.is_report(child)
        and (scene.subject(child) is not None or scene.modal(child) is not None)
    )


def has_own_if(scene: Scene, clause: int) -> bool:
    """Whether a clause depends on a condition of its own: "… if it rains, and that they would sue if it stayed"."""
    return any(
        scene.words[t] in group("certain marker")
        for c in scene.children(clause, "advcl")
        for t in scene.children(c, "mark")
    )


def _has_substance(scene: Scene, piece: Tokens) -> bool:
    return any(scene.upos[t] in ("VERB", "AUX", "NOUN", "PROPN", "ADJ", "ADV", "NUM") for t in range(*piece))


def noun_phrase(scene: Scene, noun: int, blocked: set[int]) -> tuple[Tokens, ...]:
    """A noun's phrase, without its preposition."""
    stops = {*scene.children(noun, "case", "cc", "advcl", "parataxis"), *blocked}
    own = [t for t in scene.own_tokens(noun, stops) if not scene.tag[t]]
    if not own:
        return ()
    low, high = own[0], own[-1] + 1
    inner = [t for t in range(low, high) if t in blocked]
    if inner:
        high = inner[0]
    piece = scene.trim(low, high)
    return (piece,) if piece[0] < piece[1] else ()


def predicate_from(scene: Scene, begin: int, verb: int) -> tuple[Tokens, ...]:
    """The stretch from a predicate's first word to the next break after what depends on its verb."""
    if begin >= len(scene.words):
        return ()
    limit = limit_of(scene, begin)
    stops = {c for c in scene.children(verb) if c < begin}
    for child in scene.children(verb):
        left, _ = scene.reading.subtree(child)
        if left > verb and scene.is_break(left - 1) and is_afterthought(scene, child, left):
            stops.add(child)
    own = [t for t in scene.own_tokens(verb, stops) if begin <= t < limit]
    end = (max(own) + 1) if own else begin + 1
    while end < limit and not scene.is_break(end):
        end += 1
    end = scene.first_stop(begin, end)
    return split_clauses(scene, scene.trim(begin, end), verb, None)
