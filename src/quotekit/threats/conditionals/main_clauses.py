"""The main clause on which a subordinate condition depends, and the word that governs it.

Of “The union said it would strike if the plant closed” it is "strike", governed by "said". Headlines without a verb
(“Greens: no deal if the runway stays”) and nouns that threaten (“its threat of a strike if …”) give a noun instead.
"""

from __future__ import annotations

from quotekit.threats.conditionals.markers import marker_at
from quotekit.threats.conditionals.stretches import LONGEST_CHAIN
from quotekit.threats.scene import Scene, Tokens
from quotekit.threats.words import group, modals

_LONGEST_TAG = 120
"""Tokens before or after a condition in which the rest of an interrupted quotation is looked for."""


def main_clause_of(scene: Scene, marker: Tokens, head: int, inside: set[int]) -> tuple[int, int | None, bool] | None:
    """The predicate on which a condition depends, the verb that governs it, and whether it is a noun."""
    first, after = marker
    threat = _threat_beside(scene, first)
    if threat is not None:
        return threat
    token: int | None = head
    for _ in range(LONGEST_CHAIN):
        if token is None or not (token in inside or first <= token < after):
            break
        token = None if scene.heads[token] == token else scene.heads[token]
    if token is not None:
        begin, end = scene.sentence(first)
        found = _settle(scene, token, first, inside) if begin <= token < end else None
        if found is not None and not begin <= found[0] < end:
            found = None
        if found is not None and found[0] < first and scene.words[first - 1] == ":":
            # What a colon introduces is complete in itself.
            found = None
        if found is not None and _is_misplaced(scene, found[0], first, head):
            found = None
        if found is not None and (told := _told_around(scene, found[0], first)) is not None:
            found = told, found[0], False
        if found is not None and scene.asks(found[0]):
            # "asked what it would do if …": what was said is the answer.
            answer = _answer(scene, first)
            found = None if answer is None else (answer, None, False)
        if found is not None:
            foretold = None if _is_threatened(scene, found) else _foretold_beside(scene, found[0], marker, head, inside)
            return found if foretold is None else (foretold, governor_of(scene, foretold), False)
    main = _search(scene, marker, head, inside) or _search(scene, marker, head, inside, anywhere=True)
    if main is None:
        return None
    foretold = _foretold_beside(scene, main, marker, head, inside)
    main = main if foretold is None else foretold
    return main, governor_of(scene, main), False


def _is_misplaced(scene: Scene, main: int, first: int, head: int) -> bool:
    """Whether the parse has taken a verb for the main clause that the words' order makes another's.

    "Unless he takes back what he said, …": it stands in the condition. “We will go” was how it ended, “if …”: it tells
    of the quotation. "He told her that should she point at him, …": it governs both, as it stands before "that".
    """
    begin, _ = scene.sentence(first)
    if main > head and first > begin and scene.upos[first - 1] in ("NOUN", "PROPN", "PRON", "NUM", "ADV"):
        # "threatened to retake it unless they left, then let the date pass": no mark parts it from what it conditions.
        opened = next((t for t in range(first - 1, begin - 1, -1) if scene.is_break(t)), begin - 1)
        if any(scene.is_infinitive(t) and scene.is_threatening(scene.heads[t]) for t in range(opened + 1, first)):
            return True
    if main > head and not any(scene.is_break(t) for t in range(head, main)):
        return any(scene.words[t] in group("free relative") for t in range(head, main))
    if main < first and scene.deps[first - 1] == "mark" and scene.words[first - 1] == "that" and scene.is_report(main):
        return True
    index = scene.content[first]
    if index < 0 or scene.content[main] >= 0 or scene.attributions[index].kind != "direct" or main > first:
        return False
    return any(scene.content[t] >= 0 and scene.modal(t) is not None for t in range(begin, first))


def _is_threatened(scene: Scene, found: tuple[int, int | None, bool]) -> bool:
    """Whether a noun is what somebody threatens with, or a headline's consequence."""
    _, governor, is_nominal = found
    if not is_nominal:
        return False
    return governor is None or scene.is_threatening(governor) or scene.lemmas[governor] in group("threat noun")


def _foretold_beside(scene: Scene, main: int, marker: Tokens, head: int, inside: set[int]) -> int | None:
    """What will be, beside a condition that the parse has hung on a word that tells of nothing to come.

    Of "It would sue, said its owner, smiling at the guests, if he stayed" it is "would sue", and not "smiling"; of "If
    it moves, she was heard to say, we will shoot" what follows. A colon or semicolon parts what is said as well: of "He
    told them to run: he would shoot if they stayed" it is "would shoot".
    """
    first, _ = marker
    begin, end = scene.sentence(first)
    parted = next((t + 1 for t in range(first - 1, begin - 1, -1) if scene.words[t] in (":", ";")), begin)
    if not main < parted < first and not _tells_nothing_to_come(scene, main, first):
        return None

    def fits(token: int) -> bool:
        return (
            token not in inside
            and token != main
            and not (scene.tag[token] or scene.is_report(token))
            and scene.is_clause(token)
            and scene.deps[token] != "acl"
            and any(modals().get(scene.words[t]) in ("will", "would", "shall") for t in scene.children(token, "aux"))
        )

    before = [t for t in range(parted, first) if fits(t)]
    comma = next((t for t in range(head, end) if scene.is_break(t) and t not in inside), end)
    behind = [t for t in range(comma, end) if fits(t) and scene.subject(t) is not None]
    opens = parted == first or scene.begins_sayings(scene.first_of(first))
    if opens:
        return next(iter(behind), None)
    return before[-1] if before else None


def _tells_nothing_to_come(scene: Scene, main: int, first: int) -> bool:
    """Whether a clause is a participle or tells of the past, or is an aside ("…, much as he would hate it, …")."""
    if scene.is_infinitive(main) or scene.is_imperative(main):
        return False
    if main < first and scene.deps[main] == "advcl" and scene.is_break(first - 1):
        marks = {scene.words[t] for t in scene.children(main, "mark")}
        if marks & group("conceding"):
            return True
    if scene.modal(main) is not None or scene.deps[main] == "xcomp":
        return False
    helpers = scene.children(main, "aux", "cop")
    is_past = any(scene.reading.morph[t] == "Past" for t in (main, *helpers))
    is_participle = scene.reading.morph[main] in ("Ger", "PresPart", "PastPart") and not helpers
    return is_past or is_participle or scene.is_report(main) or not scene.is_clause(main)


def _told_around(scene: Scene, main: int, first: int) -> int | None:
    """What a speech tag breaks off before a condition: "He would sue, the actor told the paper, if …"."""
    above = scene.heads[main]
    if scene.deps[main] != "parataxis" or not scene.is_report(main) or not above < main < first:
        return None
    is_parted = any(scene.is_break(t) for t in range(above, main)) and scene.is_break(first - 1)
    return above if is_parted and scene.modal(above) in ("will", "would", "shall") else None


def _threat_beside(scene: Scene, first: int) -> tuple[int, int | None, bool] | None:
    """What a noun threatens with right before a marker: "threats to strike unless", "his threat of sanctions if"."""
    begin, _ = scene.sentence(first)
    token = scene.trim(begin, first)[1] - 1
    for _ in range(LONGEST_CHAIN):
        above = scene.heads[token]
        if not begin <= token < first or above == token:
            return None
        if scene.lemmas[above] in group("threat noun") and above < token:
            if scene.deps[token] == "acl" and scene.is_infinitive(token):
                return token, above, False
            if scene.deps[token] == "nmod" and any(scene.words[t] == "of" for t in scene.children(token, "case")):
                return token, above, True
        token = above
    return None


def _answer(scene: Scene, first: int) -> int | None:
    """The clause quoted last before a token, where the sentence tells what was asked."""
    at = first - 1
    while at > max(0, first - 40) and (scene.content[at] < 0 or scene.content[at] == scene.content[first]):
        at -= 1
    index = scene.content[at]
    while at > 0 and index >= 0 and scene.content[at - 1] == index:
        at -= 1
    return next(
        (t for t in range(at, first) if scene.content[t] == index >= 0 and scene.is_clause(t) and scene.is_finite(t)),
        None,
    )


def _settle(scene: Scene, token: int, first: int, inside: set[int]) -> tuple[int, int | None, bool] | None:
    """Goes from where a condition hangs to the clause that it conditions."""
    for _ in range(LONGEST_CHAIN):
        if scene.upos[token] in ("NOUN", "PROPN", "ADJ", "PRON", "NUM", "ADV") and not scene.is_clause(token):
            complement = [
                c for c in scene.children(token, "acl", "ccomp", "xcomp") if c not in inside and scene.is_clause(c)
            ]
            if scene.lemmas[token] in group("threat noun") and complement:
                return complement[-1], token, False
            above = scene.heads[token]
            is_denied = any(scene.words[t] in ("no", "not") for t in scene.children(token, "det", "advmod"))
            if is_denied and scene.content[token] >= 0 and scene.content[above] < 0 and token < first:
                # A headline without a verb: "Greens: no deal if the runway stays".
                return token, None, True
            if above == token:
                is_other = scene.lemmas[token] not in group("threat noun") and token < first
                return (token, None, True) if is_other else None
            if (
                scene.is_threatening(above)
                and scene.deps[token] in ("obl", "obj")
                and not _complements(scene, above, inside)
            ):
                return token, above, True
            if scene.lemmas[above] in group("threat noun") and scene.deps[token] == "nmod":
                return token, above, True
            token = above
            continue
        complements = _complements(scene, token, inside)
        if (scene.is_report(token) or scene.is_threatening(token)) and complements:
            before = [c for c in complements if c < first]
            afterwards = [c for c in complements if c >= first]
            chosen = (
                before[-1] if before and not (afterwards and scene.begins_sayings(first)) else (afterwards or before)[0]
            )
            if scene.lemmas[chosen] == "ask" or chosen in inside:
                return None
            return _settle_conjuncts(scene, chosen, first), token, False
        if scene.is_threatening(token):
            noun = next(
                (
                    c
                    for c in scene.children(token, "obl")
                    if any(scene.words[k] in ("with", "of") for k in scene.children(c, "case"))
                ),
                None,
            )
            if noun is None and scene.lemmas[token] != "warn":
                noun = next(iter(scene.children(token, "obj")), None)
            if noun is not None and noun not in inside:
                return noun, token, True
        if scene.tag[token] or (scene.is_report(token) and scene.deps[token] == "root"):
            return None
        if not scene.is_clause(token):
            above = scene.heads[token]
            if above == token:
                return None
            token = above
            continue
        above = _finite_above(scene, token, first)
        if above != token:
            token = above
            continue
        return _settle_conjuncts(scene, token, first), governor_of(scene, token), False
    return None


def _finite_above(scene: Scene, verb: int, first: int) -> int:
    """The clause of which a verb is only a part: of "refuse to sign" all, of "threaten to sign" only "to sign".

    A clause that is itself bound to a time ("once the truce expires") gives way to the one above, too.
    """
    above = scene.heads[verb]
    if above == verb or scene.tag[above]:
        return verb
    if scene.modal(verb) is None and (outer := _modal_above(scene, verb)) is not None:
        return outer
    is_foretold = scene.modal(above) in ("will", "would", "shall") and not scene.reports_intent(above)
    if is_foretold and scene.deps[verb] in ("xcomp", "advcl") and scene.is_infinitive(verb):
        # "nobody would turn up to mark it", "she would ask the judges to find it in contempt"
        return above
    if (
        scene.deps[verb] == "xcomp"
        and scene.subject(verb) is None
        and not scene.reports_intent(above)
        and scene.is_clause(above)
    ):
        return above
    if (
        scene.deps[verb] == "advcl"
        and verb < first
        and any(
            (match := marker_at(scene, t)) is not None and match[3] >= 2 for t in scene.children(verb, "mark", "advmod")
        )
    ):
        return above
    return verb


def _modal_above(scene: Scene, verb: int) -> int | None:
    """The clause with a modal around a relative clause without one: a condition belongs to what will be."""
    if scene.deps[verb] != "acl" or not any(scene.deps[t] == "nsubj" for t in scene.children(verb)):
        return None
    for _ in range(LONGEST_CHAIN):
        above = scene.heads[verb]
        if above == verb or scene.tag[above] or scene.is_report(above):
            return None
        verb = above
        if scene.is_clause(verb) and scene.deps[verb] != "xcomp":
            return verb if scene.modal(verb) in ("will", "would", "shall") else None
    return None


def _complements(scene: Scene, token: int, inside: set[int]) -> list[int]:
    found = [c for c in scene.children(token, "ccomp", "xcomp") if c not in inside and not scene.tag[c]]
    if not found and scene.is_threatening(token):
        # "threatened, according to the minutes, to cancel it"
        found = [c for c in scene.children(token, "advcl") if c not in inside and scene.is_infinitive(c)]
    return found


def _settle_conjuncts(scene: Scene, verb: int, first: int) -> int:
    """Of verbs joined by "and", the one that the condition is about: the first that shares the modal."""
    if scene.deps[verb] == "conj" and scene.subject(verb) is None and not scene.children(verb, "aux", "cop"):
        head = scene.heads[verb]
        if scene.is_clause(head) and not scene.is_report(head):
            return head
    if scene.modal(verb) is None and verb < first:
        for child in scene.children(verb, "conj"):
            if (
                child < first
                and scene.subject(child) is None
                and any(scene.words[t] in group("foretold") for t in scene.children(child, "aux"))
            ):
                return child
    return verb


def governor_of(scene: Scene, verb: int) -> int | None:
    """The word that takes a clause as its complement."""
    for _ in range(LONGEST_CHAIN):
        head = scene.heads[verb]
        if head == verb:
            return next((c for c in scene.children(verb, "parataxis") if scene.is_report(c)), None)
        if scene.deps[verb] in ("ccomp", "xcomp", "acl", "parataxis"):
            return head
        if scene.deps[verb] not in ("conj", "advcl"):
            return None
        verb = head
    return None


def _search(scene: Scene, marker: Tokens, head: int, inside: set[int], *, anywhere: bool = False) -> int | None:
    """Looks for the main clause where the parse has none: the next after the comma, or the last before the marker."""
    first, after = marker
    begin, end = scene.sentence(first)
    content = scene.content[first]
    if content >= 0 and not anywhere:
        # An interrupted quotation may be cut into two sentences.
        begin = min((t for t in range(begin, end) if scene.content[t] == content), default=begin)
        back = min(begin, scene.sentence(first)[0])
        while back > max(0, first - _LONGEST_TAG) and (
            scene.content[back - 1] == content or scene.tag[back - 1] or scene.upos[back - 1] == "PUNCT"
        ):
            back -= 1
            if scene.content[back] == content:
                begin = back
        while (
            end < len(scene.words)
            and end < first + _LONGEST_TAG
            and (scene.content[end] == content or scene.tag[end] or scene.upos[end] == "PUNCT")
        ):
            end += 1
        # What is told of the speaker between two halves may be longer than the tag.
        _, last = scene.sentence(min(end, len(scene.words) - 1))
        end = next((t for t in range(min(last, first + _LONGEST_TAG), end, -1) if scene.content[t - 1] == content), end)

    def fits(token: int) -> bool:
        return (
            token not in inside
            and not scene.tag[token]
            and scene.is_clause(token)
            and scene.deps[token] not in ("acl", "amod", "fixed", "csubj")
            and (anywhere or content < 0 or scene.content[token] == content)
            and not scene.is_report(token)
        )

    before = [t for t in range(begin, first) if fits(t)]
    strong = [t for t in before if scene.modal(t) is not None or scene.is_infinitive(t)]
    nearest = (strong or before)[-1] if before and scene.words[first - 1] != ":" else None
    if nearest is not None and not scene.begins_sayings(first):
        return nearest
    seen_break = False
    candidates = []
    for token in range(after, end):
        if token not in inside and scene.is_break(token):
            seen_break = True
        if (
            seen_break
            and token > head
            and fits(token)
            and (scene.subject(token) is not None or scene.modal(token) or scene.is_imperative(token))
        ):
            candidates.append(token)
    strong = [t for t in candidates if scene.modal(t) is not None]
    return next(iter(strong or candidates), nearest if anywhere or scene.content[first - 1] != content else None)
