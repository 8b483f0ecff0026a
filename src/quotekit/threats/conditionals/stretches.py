"""How far a saying, a clause or a condition reaches, and where it is cut in two: “if you stay | and they find you”."""

from __future__ import annotations

from quotekit.threats.conditionals.markers import marker_at
from quotekit.threats.scene import Scene, Tokens
from quotekit.threats.words import group

LONGEST_CHAIN = 12
"""Steps up a tree after which a search for a main clause gives up."""

LONGEST_ORDER = 16
"""Tokens of an order that a conjunction follows."""


def limit_of(scene: Scene, token: int) -> int:
    """The token after the last that may belong to a clause at ``token``: where the content, or the sentence, ends."""
    _, last = scene.sentence(token)
    inside = scene.content[token]
    at = token
    while at < last and scene.content[at] == inside and not scene.tag[at]:
        at += 1
    return scene.first_stop(token, at)


def saying_start(scene: Scene, token: int) -> int:
    """First token of the sentence, or of the content, that holds a token; a speech tag in the middle is passed over."""
    first, _ = scene.sentence(token)
    content = scene.content[token]
    at = start = token
    while at > first:
        at -= 1
        if scene.content[at] == content and not scene.tag[at]:
            start = at
        elif scene.content[at] >= 0 or (content < 0 and not _is_in_middle(scene, at, first)):
            break
    return start


def _is_in_middle(scene: Scene, token: int, first: int) -> bool:
    """Whether the words that report begin behind a comma, so that what is said has begun before them."""
    while token > first and scene.tag[token]:
        token -= 1
    return token > first and scene.words[token] == ","


def until_tag(scene: Scene, first: int, last: int) -> Tokens:
    """A stretch up to the speech tag in it, where there is one."""
    home = scene.content[first] if first < last else -1
    end = next((t for t in range(first, last) if scene.tag[t] or scene.content[t] != home), last)
    first, end = scene.trim(first, end)
    return scene.trim(first, without_address(scene, first, end))


def behind_tag(scene: Scene, first: int, last: int) -> int:
    """The first word of a stretch that does not report: of "otherwise, he said, we sue" the "we"."""
    first, last = scene.trim(first, last)
    while first < last and scene.tag[first]:
        while first < last and scene.tag[first]:
            first += 1
        first, _ = scene.trim(first, last)
    return first


def extent_of(scene: Scene, first: int, limit: int, inside: set[int], head: int) -> Tokens:
    """The stretch of a condition: what depends on its head, grown to the next break."""
    depth = 0
    reach = max((t for t in inside if t < limit), default=first)
    # Nothing that hangs on the clause from behind a quotation's end belongs to it.
    for token in range(first, reach + 1):
        word = scene.reading.word(token)
        if word in ("“", "„", "«"):
            depth += 1
        elif word in ("”", "»"):
            depth -= 1
            if depth < 0:
                return scene.trim(first, token)
    for child in scene.children(head):
        begin = scene.reading.subtree(child)[0]
        if child > head and begin > first and begin <= reach and is_afterthought(scene, child, begin):
            reach = begin - 1
            break
    for token in range(head + 1, min(reach + 1, limit)):
        if scene.upos[token] == "SCONJ" and (match := marker_at(scene, token)) is not None and match[3] == 1:
            return scene.trim(first, token)
    end = reach + 1
    while end < limit and not scene.is_break(end) and not _takes_up(scene, end, first):
        end += 1
    while (
        end < limit
        and scene.words[end] == ","
        and end + 1 < limit
        and scene.words[end + 1] in ("and", "or")
        and any(scene.is_clause(t) for t in range(end + 1, limit))
    ):
        if not _joins_condition(scene, end + 1, head):
            break
        end += 1
        while end < limit and not scene.is_break(end):
            end += 1
    return scene.trim(first, end)


def _takes_up(scene: Scene, token: int, first: int) -> bool:
    """Whether a predicate begins whose subject stands before the condition: "the threat to sue if it runs | led"."""
    if scene.upos[token] not in ("AUX", "VERB"):
        return False
    subject = next(iter(scene.children(scene.heads[token] if scene.upos[token] == "AUX" else token, "nsubj")), None)
    return subject is not None and subject < first and scene.lemmas[subject] in group("threat noun")


def _joins_condition(scene: Scene, conjunction: int, head: int) -> bool:
    """Whether a conjunction adds to the condition, and not to what was said besides."""
    verb = scene.heads[conjunction]
    if scene.words[conjunction + 1] == "that":
        # "…, and that oak posts were not cheap": said besides.
        return False
    return verb > conjunction and (scene.heads[verb] == head or scene.modal(verb) is None) and not scene.is_report(verb)


def is_afterthought(scene: Scene, child: int, begin: int) -> bool:
    """Whether a dependent set off by a comma reports or comments ("…, adding that", "…, without elaborating")."""
    if not scene.is_break(begin - 1) or scene.deps[child] not in (
        "advcl",
        "obl",
        "parataxis",
        "ccomp",
        "acl",
        "conj",
        "advmod",
        "appos",
    ):
        return False
    if scene.deps[child] == "conj":
        return scene.is_report(child) or scene.words[begin] in ("though", "but")
    return scene.deps[child] != "appos"


def split_clauses(scene: Scene, piece: Tokens, head: int, other: int | None) -> tuple[Tokens, ...]:
    """Cuts a stretch where a conjunction joins a clause with a subject of its own."""
    first, last = piece
    result: list[Tokens] = []
    begin = first
    for token in range(first, last):
        if scene.upos[token] != "CCONJ" or token == begin:
            continue
        verb = scene.heads[token]
        if not token < verb < last or scene.words[token + 1] in ("to", "not"):
            continue
        if scene.words[token + 1] == "that" and scene.deps[verb] != "conj":
            continue
        subject = scene.subject(verb)
        if subject is None or not token < subject < last or not scene.is_clause(verb):
            continue
        if _is_embedded(scene, verb, head, first, last):
            continue
        result.append((begin, token))
        begin = token + 1
    result.append((begin, last))
    cleaned = []
    for a, b in result:
        a, b = _without_leading(scene, a, b)
        if a < b:
            cleaned.append((a, b))
    return tuple(cleaned)


def _is_embedded(scene: Scene, verb: int, head: int, first: int, last: int) -> bool:
    """Whether a conjunct belongs to a clause inside the stretch's own clause."""
    for _ in range(LONGEST_CHAIN):
        if scene.deps[verb] not in ("conj", "parataxis"):
            break
        above = scene.heads[verb]
        if above in (verb, head) or not first <= above < last:
            return False
        verb = above
    return verb != head and scene.deps[verb] in ("ccomp", "acl", "xcomp", "csubj") and first <= scene.heads[verb] < last


def _without_leading(scene: Scene, first: int, last: int) -> Tokens:
    """Takes "that", "then", "and" and markers from the front of a clause, and marks from both ends."""
    while True:
        first, last = scene.trim(first, last)
        if first >= last:
            return first, last
        word = scene.words[first]
        if scene.words[first : first + 3] == ["so", "much", "as"]:
            break
        if scene.deps[first] == "vocative" and (comma := _comma_behind(scene, first, last)) is not None:
            # "Minister, we will not sign"
            first = comma + 1
            continue
        if (
            word in group("leading")
            and scene.upos[first] in ("SCONJ", "CCONJ", "ADV", "PRON", "DET")
            and scene.deps[first] not in ("nsubj", "obj", "det")
        ):
            first += 1
            continue
        match = marker_at(scene, first)
        if match is not None and match[1] == "clause" and word in ("if", "unless"):
            first += match[0]
            continue
        break
    while last > first and scene.words[last - 1] in group("trailing"):
        first, last = scene.trim(first, last - 1)
    return first, without_address(scene, first, last)


def without_address(scene: Scene, first: int, last: int) -> int:
    """Where a stretch ends without whom it addresses behind a comma: “Call the vote, Prime Minister”."""
    comma = next((t for t in range(last - 1, first, -1) if scene.words[t] == ","), None)
    if comma is None or not any(scene.deps[t] == "vocative" for t in range(comma + 1, last)):
        return last
    is_name = all(scene.upos[t] in ("PROPN", "NOUN", "ADJ", "PRON", "DET") for t in range(comma + 1, last))
    return comma if is_name else last


def _comma_behind(scene: Scene, first: int, last: int) -> int | None:
    """The comma right behind a name or title that addresses somebody."""
    comma = next((t for t in range(first + 1, min(last, first + 4)) if scene.words[t] == ","), None)
    is_name = comma is not None and all(scene.upos[t] in ("PROPN", "NOUN") for t in range(first, comma))
    return comma if is_name else None
