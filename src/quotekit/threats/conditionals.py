"""Finds conditions with their consequences, threats or not: by the parse, and by marks and bounds where it fails."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from quotekit.lemma import lemma
from quotekit.lexicon import load_table
from quotekit.reader.reading import Reading
from quotekit.threats.scene import Scene, Tokens
from quotekit.threats.words import governors, group, times
from quotekit.types import Attribution

Polarity = Literal["trigger", "compliance"]
Form = Literal["clause", "phrase", "or", "and", "subject", "relative", "juxtaposed"]

_OBLIGATIONS = frozenset(("must", "should", "shall", "need", "ought", "have", "get"))
_OPEN_PRONOUNS = frozenset(("anyone", "anybody", "those", "everyone", "everybody", "whoever", "someone", "all", "he"))
_RELATIVES = frozenset(("who", "that", "which", "whoever"))
_AFTERWARDS = frozenset(
    (("after", "which"), ("after", "that"), ("failing", "which"), ("failing", "that"), ("if", "not"))
)
"""What takes up a demand that was made before."""
_LEADING = frozenset(("that", "then", "and", "but", "or", "so", "nor", "yet"))
_LONGEST_CHAIN = 12
"""Steps up a tree after which a search for a main clause gives up."""
_LONGEST_ORDER = 16
"""Tokens of an order that a conjunction follows."""
_LONGEST_DARE = 24
"""Tokens of a statement that an "or" follows, with the speech tag in it."""
_FIRST = frozenset(("i", "we"))
_OWN = frozenset(("i", "we", "me", "us", "my", "our"))
_TAKING_UP = frozenset(("he", "she", "it", "they", "you"))
_FORETELLING = frozenset(("will", "would", "'ll", "shall", "can", "may"))
_ORDINALS = frozenset(("second", "third", "fourth", "fifth", "further"))
_LONGEST_TAG = 120
"""Tokens before or after a condition in which the rest of an interrupted quotation is looked for."""
_BLOCK = 64
"""Tokens in a block; only conditionals that share a block are compared."""


class Conditional(NamedTuple):
    """A condition with its consequence, in tokens; nothing is said yet about what it means."""

    form: Form
    """How it is built."""
    marker: Tokens | None
    """The words that mark it."""
    polarity: Polarity
    """Whether meeting the condition sets the consequence off, or averts it."""
    conditions: tuple[Tokens, ...]
    """Clauses or phrases of the condition, without the marker."""
    consequences: tuple[Tokens, ...]
    """Clauses of the consequence; none for a bare "or else"."""
    condition_head: int
    """Predicate, or noun, of the first condition."""
    consequence_head: int | None
    """Predicate, or noun, of the first consequence."""
    governor: int | None
    """Verb or noun that takes the consequence as its complement ("threatened", "said")."""


@functools.cache
def _markers() -> dict[str, list[tuple[tuple[str, ...], str, Polarity, int]]]:
    """Markers by their first word, longest first: words, complement, polarity, rank."""
    result: dict[str, list[tuple[tuple[str, ...], str, Polarity, int]]] = {}
    for marker, complement, polarity, rank in load_table("conditional_markers"):
        words = tuple(marker.split())
        result.setdefault(words[0], []).append((words, complement, polarity, int(rank)))  # type: ignore[arg-type]
    for rows in result.values():
        rows.sort(key=lambda row: -len(row[0]))
    return result


def find_conditionals(reading: Reading, attributions: Sequence[Attribution] = ()) -> tuple[Conditional, ...]:
    """Finds conditions with their consequences.

    Args:
        reading: The reading of the text.
        attributions: Who said what in it; their contents bound clauses, their sources and cues are cut out.

    Returns:
        What is found, in text order of the consequences; nothing is judged.

    >>> from quotekit.reader.reading import Reading
    >>> rows = [(0, 2, "PRON", "nsubj", 1), (3, 6, "VERB", "root", 1), (7, 9, "SCONJ", "mark", 4),
    ...         (10, 13, "PRON", "nsubj", 4), (14, 19, "VERB", "advcl", 1), (20, 22, "PRON", "obj", 4),
    ...         (22, 23, "PUNCT", "punct", 1)]
    >>> reading = Reading.from_rows("We sue if you print it.", rows)
    >>> [(c.marker, c.conditions, c.consequences) for c in find_conditionals(reading)]
    [((2, 3), ((3, 6),), ((0, 2),))]
    """
    return conditionals_in(Scene(reading, attributions))


def conditionals_in(scene: Scene) -> tuple[Conditional, ...]:
    """Finds conditions with their consequences in a scene; see `find_conditionals`."""
    found = [*_subordinate(scene), *_coordinated(scene), *_subjects(scene), *_relatives(scene), *_next_sentences(scene)]
    found += [*_ultimata(scene), *_afterwards(scene), *_gerunds(scene), *_bare_relatives(scene)]
    found.extend(_juxtaposed(scene, found))
    return _without_doubles([one for one in found if one[0].conditions])


Ranked = tuple[Conditional, int]


def _without_doubles(found: Sequence[Ranked]) -> tuple[Conditional, ...]:
    """Keeps one of those that share a consequence, and joins conditions of the same kind ("if …, and if …")."""
    kept: list[Conditional] = []
    of_head: dict[int, int] = {}
    near: dict[int, list[int]] = {}
    for one, rank in sorted(found, key=lambda ranked: (ranked[1], ranked[0].conditions[0])):
        at = of_head.get(one.consequence_head) if one.consequence_head is not None else None
        if at is not None:
            other = kept[at]
            same = one.marker is not None and other.marker is not None and one.form == other.form == "clause"
            if same and rank == 1 and not _overlap(one.conditions, other.conditions):
                kept[at] = other._replace(conditions=tuple(sorted((*other.conditions, *one.conditions))))
            continue
        blocks = {t // _BLOCK for piece in (*one.conditions, *one.consequences) for t in range(piece[0], piece[1])}
        if any(_inside(one, kept[i]) for i in sorted({i for block in blocks for i in near.get(block, ())})):
            continue
        if one.consequence_head is not None:
            of_head[one.consequence_head] = len(kept)
        for block in blocks:
            near.setdefault(block, []).append(len(kept))
        kept.append(one)
    return tuple(sorted(kept, key=lambda c: (c.consequences or c.conditions)[0]))


def _overlap(pieces: Sequence[Tokens], others: Sequence[Tokens]) -> bool:
    return any(a < d and c < b for a, b in pieces for c, d in others)


def _inside(one: Conditional, other: Conditional) -> bool:
    """Whether a conditional's consequence lies in another's condition, or both its parts in one part of the other."""
    for part in (*other.conditions, *other.consequences):
        if all(part[0] <= a and b <= part[1] for a, b in (*one.conditions, *one.consequences)):
            return True
    return bool(one.consequences) and _overlap(one.consequences, other.conditions)


# ---- subordinate conditions: if, unless, should, without … -------------------------------------------------------


def _subordinate(scene: Scene) -> Iterator[Ranked]:
    words = scene.words
    at = 0
    while at < len(words):
        match = _match_marker(scene, at)
        if match is not None:
            length, complement, polarity, rank = match
            marker = (at, at + length)
            if complement == "clause":
                draft = _with_clause(scene, marker, polarity)
            else:
                draft = _with_phrase(scene, marker, polarity, front_only=complement == "front")
            if draft is not None:
                yield draft, rank
            at += length
            continue
        if words[at] in ("should", "were", "had"):
            verb = _inverted(scene, at)
            if verb is not None:
                draft = _with_clause(scene, (at, at + 1), "trigger", verb)
                if draft is not None:
                    yield draft, 1
        at += 1


def _match_marker(scene: Scene, at: int) -> tuple[int, str, Polarity, int] | None:
    if scene.words[at] == "once" and scene.words[at + 1 : at + 2] in (["more"], ["again"]):
        return None
    for words, complement, polarity, rank in _markers().get(scene.words[at], ()):
        if tuple(scene.words[at : at + len(words)]) == words:
            return len(words), complement, polarity, rank
    return None


def _inverted(scene: Scene, at: int) -> int | None:
    """The verb of a clause that begins with "should", "were" or "had" before its subject; None in questions."""
    verb = scene.heads[at]
    if verb <= at and scene.words[at] == "were":
        verb = at
    if verb <= at and scene.words[at] == "should" and (behind := _bare_verb(scene, at)) is not None:
        return behind
    if scene.words[at] != "should" and not (
        scene.begins_sayings(at) or scene.is_break(at - 1) or scene.deps[verb] == "advcl"
    ):
        return None
    if scene.words[at] == "were" and (asked := _were_to(scene, at)) is not None:
        return asked
    subject = scene.subject(verb)
    if subject is None or subject <= at or (subject >= verb and verb != at):
        return None
    if (
        at > 0
        and scene.upos[at - 1] in ("PRON", "PROPN")
        and not scene.is_break(at - 1)
        and scene.words[at - 1]
        in (
            "what",
            "who",
            "which",
            "how",
            "why",
            "where",
            "when",
        )
    ):
        return None
    _, last = scene.sentence(at)
    if any(scene.words[t] == "?" for t in range(at, last)):
        return None
    return verb


def _bare_verb(scene: Scene, at: int) -> int | None:
    """The verb of "… should the island secede", where the parse hangs "should" on the clause before."""
    _, last = scene.sentence(at)
    for token in range(at + 1, last):
        if scene.is_break(token) or scene.words[token] == "?":
            return None
        if scene.upos[token] in ("VERB", "AUX"):
            if scene.words[token] != scene.lemmas[token] or scene.deps[token] in ("amod", "compound"):
                return None
            verb = token if scene.upos[token] == "VERB" else scene.heads[token]
            subject = scene.subject(verb)
            return verb if subject is not None and at < subject < token <= verb else None
    return None


def _were_to(scene: Scene, at: int) -> int | None:
    """The verb of "Were the island to secede, …", which the parse hangs on the noun; the words' order tells."""
    noun = at + 1
    while noun < len(scene.words) and scene.upos[noun] in ("DET", "ADJ", "NUM", "NOUN", "PROPN", "PRON", "ADP"):
        noun += 1
    if noun == at + 1 or noun + 1 >= len(scene.words) or scene.words[noun] != "to" or scene.upos[noun] != "PART":
        return None
    return scene.heads[noun] if noun < scene.heads[noun] else None


def _clause_head(scene: Scene, marker: Tokens) -> int | None:
    """The predicate of the clause that a marker opens."""
    head = _parsed_head(scene, marker)
    return head if head is None else _behind_participle(scene, head)


def _behind_participle(scene: Scene, head: int) -> int:
    """The predicate of a clause, where a participle of its subject has been taken for it.

    Of "the moment a man wanted for theft was found" it is "found": a second verb that has no subject of its own.
    """
    if scene.reading.morph[head] not in ("Past", "PastPart") or scene.children(head, "aux", "cop"):
        return head
    _, end = scene.sentence(head)
    for token in range(head + 1, min(end, head + _LONGEST_ORDER)):
        if scene.is_break(token) or scene.upos[token] in ("SCONJ", "CCONJ", "VERB") or scene.words[token] in _RELATIVES:
            return head
        if scene.upos[token] == "AUX":
            verb = scene.heads[token]
            subject = scene.subject(verb)
            return verb if verb > token and (subject is None or subject <= head) else head
    return head


def _parsed_head(scene: Scene, marker: Tokens) -> int | None:
    first, after = marker
    last = after - 1
    _, end = scene.sentence(first)
    for token in range(first, after):
        for child in scene.children(token, "acl", "advcl", "ccomp", "dep"):
            if after <= child < end and scene.is_clause(child):
                return child
    for token in (last, first):
        head = scene.heads[token]
        if scene.deps[head] in ("aux", "cop") and scene.heads[head] > head:
            head = scene.heads[head]
        if (
            scene.upos[token] != "NOUN"
            and after <= head < end
            and (scene.is_clause(head) or scene.subject(head) is not None)
        ):
            # A marker that hangs on the main clause: the condition's own verb stands before the comma.
            comma = next((t for t in range(after, head) if scene.words[t] == ","), head)
            nearer = [t for t in range(after, comma) if scene.is_clause(t) and (scene.subject(t) or 0) >= after]
            return nearer[0] if nearer and comma < head and scene.heads[nearer[0]] == head else head
    for token in range(after, min(end, after + 25)):
        if scene.is_break(token) and token > after:
            break
        subject = scene.subject(token)
        if scene.is_clause(token) and ((subject is not None and after <= subject) or scene.is_finite(token)):
            return token
    return _noun_for_verb(scene, marker, end) if scene.words[first] in ("if", "unless", "until", "till") else None


def _noun_for_verb(scene: Scene, marker: Tokens, end: int) -> int | None:
    """The verb of a clause that is read as a noun: "until the junta hands over our pilots".

    A plural behind a subject's noun, before a particle or preposition, or a new noun phrase, is a verb's third person.
    """
    for token in range(marker[1] + 1, min(end - 1, marker[1] + _LONGEST_ORDER)):
        if scene.is_break(token):
            break
        if scene.upos[token] != "NOUN" or not scene.words[token].endswith("s"):
            continue
        before, after = token - 1, token + 1
        is_named = scene.upos[before] in ("NOUN", "PROPN") or scene.deps[before] in ("amod", "compound")
        particle = after + 1 if scene.upos[after] in ("ADP", "ADV") and after + 1 < end else after
        opens = scene.upos[particle] in ("DET", "PRON") or scene.words[particle] in ("our", "my", "his", "their")
        verb = lemma(scene.reading.word(token), "VERB")
        if is_named and opens and before > marker[1] and verb != scene.words[token] and scene.words[before] != "next":
            return token
    # In a headline's capitals hardly any word is read as what it is; "unless" takes a clause.
    words = [scene.reading.word(t) for t in range(marker[0], end) if scene.upos[t] != "PUNCT"]
    if len(words) >= 4 and all(word.isupper() for word in words):
        return marker[1] + 1
    return None


def _with_clause(scene: Scene, marker: Tokens, polarity: Polarity, verb: int | None = None) -> Conditional | None:
    first = marker[0]
    if first >= len(scene.words):
        return None
    if scene.words[first] in ("until", "till", "once", "provided", "providing") and scene.upos[first] not in (
        "SCONJ",
        "ADP",
        "ADV",
        "VERB",
    ):
        return None
    if (
        scene.words[first] in ("provided", "providing")
        and first > 0
        and scene.upos[first - 1] in ("ADP", "AUX", "PRON")
    ):
        # "by providing that"
        return None
    head = verb if verb is not None else _clause_head(scene, marker)
    if head is None:
        return None
    if (
        scene.words[first] in ("the", "any", "each", "every", "next", "once", "until", "till")
        and scene.subject(head) is None
        and scene.is_clause(head)
    ):
        opens = range(marker[1], head)
        if not scene.is_finite(head) or not any(scene.upos[t] in ("NOUN", "PROPN", "PRON") for t in opens):
            return None
    if (
        scene.words[first] == "if"
        and scene.deps[head] == "ccomp"
        and scene.lemmas[scene.heads[head]] in group("question")
        and scene.heads[head] < first
        and not scene.is_break(first - 1)
        and not any(scene.heads[head] < c < first for c in scene.children(scene.heads[head], "ccomp"))
    ):
        # "asked if it would sue"; what a comma parts is a condition: "it would sue, he said, if …".
        return None
    return _build(scene, "clause", marker, polarity, head)


def _with_phrase(scene: Scene, marker: Tokens, polarity: Polarity, *, front_only: bool) -> Conditional | None:
    first, after = marker
    if front_only and scene.words[first] == "without" and (denied := _not_without(scene, first)) is not None:
        return denied
    if front_only and not (
        scene.begins_sayings(first) or scene.is_break(first - 1) or scene.words[first - 1] in ("that", "and", "but")
    ):
        return None
    _, end = scene.sentence(first)
    head = scene.heads[after - 1]
    misread = scene.upos[after - 1] == "VERB" and any(t >= after for t in scene.children(after - 1, "obj"))
    for token in () if misread else (after - 1, first):
        head = scene.heads[token]
        if after <= head < end:
            break
    else:
        head = -1
    if head < after or misread or scene.upos[head] in ("VERB", "AUX"):
        # "Failing a written apology, …": the marker is read as a verb.
        owned = [t for t in scene.children(after - 1, "obj", "obl") if t >= after]
        nouns = (t for t in range(after, min(end, after + 12)) if scene.upos[t] in ("NOUN", "PROPN", "PRON"))
        head = owned[0] if owned else next(nouns, -1)
    if head < after or scene.upos[head] not in ("NOUN", "PROPN", "PRON", "ADJ", "NUM"):
        return None
    main = scene.heads[head]
    leads = main > head and (scene.subject(main) or -1) > head
    if front_only and not leads and not any(scene.words[t] == "," for t in range(head, min(end, head + 25))):
        return None
    return _build(scene, "phrase", marker, polarity, head)


def _not_without(scene: Scene, first: int) -> Conditional | None:
    """A condition behind what will not be: "No ship will pass without a permit", “Not one euro without an audit”."""
    noun = scene.heads[first]
    above = scene.heads[noun]
    if noun <= first or above >= first or scene.upos[noun] not in ("NOUN", "PROPN", "NUM", "ADJ"):
        return None
    if any(scene.is_break(t) for t in range(above, first)):
        return None
    start = scene.trim(_saying_start(scene, first), first)[0]
    is_bare = scene.words[start] in ("no", "not") and start < above and scene.upos[above] == "NOUN"
    if is_bare and not any(scene.is_clause(t) for t in range(start, noun)):
        consequences: tuple[Tokens, ...] = (scene.trim(start, first),)
    elif scene.is_clause(above) and scene.modal(above) in ("will", "would") and scene.is_negated(above):
        consequences = _clauses(scene, above, set(range(first, noun + 1)), first, fronted=False)
    else:
        return None
    condition = _extent(scene, first + 1, _limit(scene, first), set(scene.own_tokens(noun)), noun)
    if not consequences or condition[0] >= condition[1]:
        return None
    governor = _governor(scene, above)
    return Conditional("phrase", (first, first + 1), "compliance", (condition,), consequences, noun, above, governor)


def _build(scene: Scene, form: Form, marker: Tokens, polarity: Polarity, head: int) -> Conditional | None:
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
    # So is all between the marker and its predicate: "were the island to secede", "as soon as the House votes to …".
    inside = {t for t in scene.own_tokens(head, others) if t >= first}
    if not any(scene.is_break(t) for t in range(first, head)):
        inside.update(range(first, head + 1))
    governor_and_main = _main_clause(scene, marker, head, inside)
    if governor_and_main is None:
        return None
    main, governor, is_nominal = governor_and_main
    fronted = main > first
    limit = _limit(scene, first)
    if fronted and main < limit:
        comma = _parting_comma(scene, main, head)
        limit = min(limit, _left_edge(scene, main, after, head) if comma is None else comma)
    condition = _extent(scene, after, limit, inside, head)
    if condition[0] >= condition[1]:
        return None
    conditions = _split(scene, condition, head, main)
    blocked = {t for a, b in conditions for t in range(a, b)} | set(range(first, condition[1]))
    consequences = (
        _noun_phrase(scene, main, blocked) if is_nominal else _clauses(scene, main, blocked, first, fronted=fronted)
    )
    if not consequences:
        return None
    if not fronted:
        consequences = (*consequences, *_and_that(scene, condition[1], consequences[-1][1]))
    return Conditional(form, marker, polarity, conditions, consequences, head, main, governor)


def _and_that(scene: Scene, first: int, reached: int) -> Iterator[Tokens]:
    """Clauses of indirect speech that go on after the condition: "…, a witness said, and that they would …"."""
    _, end = scene.sentence(first - 1)
    for token in range(max(first, reached), end - 2):
        if scene.words[token] == "and" and scene.words[token + 1] == "that":
            verb = scene.heads[token + 1]
            if verb > token and scene.modal(verb) in ("will", "would") and scene.subject(verb) is not None:
                yield from _predicate(scene, token + 2, verb)[:1]
            return


def _limit(scene: Scene, token: int) -> int:
    """The token after the last that may belong to a clause at ``token``: where the content, or the sentence, ends."""
    _, last = scene.sentence(token)
    inside = scene.content[token]
    at = token
    while at < last and scene.content[at] == inside and not scene.tag[at]:
        at += 1
    return scene.first_stop(token, at)


def _extent(scene: Scene, first: int, limit: int, inside: set[int], head: int) -> Tokens:
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
        if child > head and begin > first and begin <= reach and _is_afterthought(scene, child, begin):
            reach = begin - 1
            break
    for token in range(head + 1, min(reach + 1, limit)):
        if scene.upos[token] == "SCONJ" and (match := _match_marker(scene, token)) is not None and match[3] == 1:
            return scene.trim(first, token)
    end = reach + 1
    while end < limit and not scene.is_break(end):
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


def _joins_condition(scene: Scene, conjunction: int, head: int) -> bool:
    """Whether a conjunction adds to the condition, and not to what was said besides."""
    verb = scene.heads[conjunction]
    return verb > conjunction and (scene.heads[verb] == head or scene.modal(verb) is None) and not scene.is_report(verb)


def _is_afterthought(scene: Scene, child: int, begin: int) -> bool:
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


def _parting_comma(scene: Scene, main: int, head: int) -> int | None:
    """The comma between a condition and the subject of the main clause that follows it."""
    subject = scene.subject(main)
    if subject is None or not head < subject:
        return None
    begin = min(scene.reading.subtree(subject)[0], subject)
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


def _main_clause(scene: Scene, marker: Tokens, head: int, inside: set[int]) -> tuple[int, int | None, bool] | None:
    """The predicate on which a condition depends, the verb that governs it, and whether it is a noun."""
    first, after = marker
    threat = _threat_beside(scene, first)
    if threat is not None:
        return threat
    token: int | None = head
    for _ in range(_LONGEST_CHAIN):
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
        if found is not None and scene.asks(found[0]):
            # "asked what it would do if …": what was said is the answer.
            answer = _answer(scene, first)
            found = None if answer is None else (answer, None, False)
        if found is not None:
            return found
    main = _search(scene, marker, head, inside) or _search(scene, marker, head, inside, anywhere=True)
    if main is None:
        return None
    return main, _governor(scene, main), False


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
        return any(scene.words[t] in ("what", "who", "whom", "whatever") for t in range(head, main))
    if main < first and scene.deps[first - 1] == "mark" and scene.words[first - 1] == "that" and scene.is_report(main):
        return True
    index = scene.content[first]
    if index < 0 or scene.content[main] >= 0 or scene.attributions[index].kind != "direct" or main > first:
        return False
    return any(scene.content[t] >= 0 and scene.modal(t) is not None for t in range(begin, first))


def _threat_beside(scene: Scene, first: int) -> tuple[int, int | None, bool] | None:
    """What a noun threatens with right before a marker: "threats to strike unless", "his threat of sanctions if"."""
    begin, _ = scene.sentence(first)
    token = scene.trim(begin, first)[1] - 1
    for _ in range(_LONGEST_CHAIN):
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
    for _ in range(_LONGEST_CHAIN):
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
        return _settle_conjuncts(scene, token, first), _governor(scene, token), False
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
            (match := _match_marker(scene, t)) is not None and match[3] >= 2
            for t in scene.children(verb, "mark", "advmod")
        )
    ):
        return above
    return verb


def _modal_above(scene: Scene, verb: int) -> int | None:
    """The clause with a modal around a relative clause without one: a condition belongs to what will be."""
    if scene.deps[verb] != "acl" or not any(scene.deps[t] == "nsubj" for t in scene.children(verb)):
        return None
    for _ in range(_LONGEST_CHAIN):
        above = scene.heads[verb]
        if above == verb or scene.tag[above] or scene.is_report(above):
            return None
        verb = above
        if scene.is_clause(verb) and scene.deps[verb] != "xcomp":
            return verb if scene.modal(verb) in ("will", "would", "shall") else None
    return None


def _complements(scene: Scene, token: int, inside: set[int]) -> list[int]:
    return [c for c in scene.children(token, "ccomp", "xcomp") if c not in inside and not scene.tag[c]]


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
                and any(scene.words[t] in ("will", "would", "'ll", "shall") for t in scene.children(child, "aux"))
            ):
                return child
    return verb


def _governor(scene: Scene, verb: int) -> int | None:
    """The word that takes a clause as its complement."""
    for _ in range(_LONGEST_CHAIN):
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


# ---- consequences ------------------------------------------------------------------------------------------------


def _clauses(scene: Scene, main: int, blocked: set[int], first: int, *, fronted: bool) -> tuple[Tokens, ...]:
    """The stretches of a main clause: without its condition, the words that report, and what is said besides."""
    stops = set(blocked)
    for child in scene.children(main):
        begin, _ = scene.reading.subtree(child)
        if scene.is_report(child) and scene.deps[child] in ("parataxis", "conj", "advcl", "ccomp") and child > main:
            stops.add(child)
        elif begin > main and begin > 0 and scene.is_break(begin - 1) and _is_afterthought(scene, child, begin):
            if not (child in blocked or _leads_to(scene, child, blocked)):
                stops.add(child)
        elif not fronted and child > first and not _is_further_clause(scene, child):
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
        for part in _split(scene, piece, main, None):
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


def _has_substance(scene: Scene, piece: Tokens) -> bool:
    return any(scene.upos[t] in ("VERB", "AUX", "NOUN", "PROPN", "ADJ", "ADV", "NUM") for t in range(*piece))


def _noun_phrase(scene: Scene, noun: int, blocked: set[int]) -> tuple[Tokens, ...]:
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


def _split(scene: Scene, piece: Tokens, head: int, other: int | None) -> tuple[Tokens, ...]:
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
    for _ in range(_LONGEST_CHAIN):
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
        if (
            word in _LEADING
            and scene.upos[first] in ("SCONJ", "CCONJ", "ADV", "PRON", "DET")
            and scene.deps[first] not in ("nsubj", "obj", "det")
        ):
            first += 1
            continue
        match = _match_marker(scene, first)
        if match is not None and match[1] == "clause" and word in ("if", "unless"):
            first += match[0]
            continue
        break
    while last > first and scene.words[last - 1] in ("and", "or", "but", "that", "even", "only"):
        first, last = scene.trim(first, last - 1)
    return first, last


def _predicate(scene: Scene, begin: int, verb: int) -> tuple[Tokens, ...]:
    """The stretch from a predicate's first word to the next break after what depends on its verb."""
    if begin >= len(scene.words):
        return ()
    limit = _limit(scene, begin)
    stops = {c for c in scene.children(verb) if c < begin}
    for child in scene.children(verb):
        left, _ = scene.reading.subtree(child)
        if left > verb and scene.is_break(left - 1) and _is_afterthought(scene, child, left):
            stops.add(child)
    own = [t for t in scene.own_tokens(verb, stops) if begin <= t < limit]
    end = (max(own) + 1) if own else begin + 1
    while end < limit and not scene.is_break(end):
        end += 1
    end = scene.first_stop(begin, end)
    return _split(scene, scene.trim(begin, end), verb, None)


# ---- imperative and obligation: or, otherwise, and ----------------------------------------------------------------


def _coordinated(scene: Scene) -> Iterator[Ranked]:
    words = scene.words
    for token, word in enumerate(words):
        if word == "or":
            draft = _or_form(scene, token)
        elif word == "otherwise":
            draft = _otherwise(scene, token)
        elif word == "and":
            draft = _and_form(scene, token)
        else:
            continue
        if draft is not None:
            yield draft, 1


def _is_demand(scene: Scene, verb: int) -> bool:
    """Whether a clause orders: imperative, obligation, or the infinitive of an order."""
    if scene.is_imperative(verb):
        return True
    if _better(scene, verb) is not None:
        return True
    helpers = {scene.lemmas[t] for t in scene.children(verb, "aux")}
    if helpers & {"must", "should", "shall", "ought"} or "better" in {
        scene.words[t] for t in scene.children(verb, "advmod")
    }:
        return True
    if scene.is_infinitive(verb) and (helpers | {scene.lemmas[t] for t in scene.children(verb, "cop")}) & {"be"}:
        # "the pilots were to land", but not "if they were to land"
        marks = {scene.words[t] for t in scene.children(verb, "mark", "advmod")}
        return scene.subject(verb) is not None and not marks & group("clause marker")
    if scene.is_infinitive(verb) and scene.deps[verb] in ("xcomp", "acl", "advcl", "ccomp", "conj"):
        above = scene.heads[verb]
        if _limits_time(scene, verb):
            return True
        if scene.is_negated(above):
            return False
        return bool({scene.lemmas[above], scene.words[above]} & (group("order") | _OBLIGATIONS))
    return False


def _limits_time(scene: Scene, verb: int) -> bool:
    """Whether an infinitive is what a time is given for: "has until noon to leave", "gave them ten days to pay"."""
    above = scene.heads[verb]
    if scene.upos[above] in ("NOUN", "PROPN", "NUM"):
        above = scene.heads[above]
    if scene.reading.morph[above] in ("Ger", "PresPart") and scene.lemmas[above] not in group("grant"):
        # "gave rebels holding the town until dawn to leave"
        above = scene.heads[above]
    if scene.lemmas[above] not in group("grant") or above > verb:
        return False
    between = range(above + 1, verb)
    return any(scene.lemmas[t] in times() or scene.words[t] in ("until", "till") for t in between)


def _is_foretold(scene: Scene, verb: int) -> bool:
    """Whether a demand is put as what the hearer will do: "you will give it back, or …"."""
    subject = scene.subject(verb)
    return subject is not None and scene.words[subject] == "you" and scene.modal(verb) in ("will", "shall")


def _condition_before(scene: Scene, verb: int, conjunction: int) -> Tokens:
    """The stretch of a demanding clause that ends at a conjunction."""
    first, _ = scene.sentence(verb)
    content = scene.content[verb]
    begin = verb
    if scene.is_infinitive(verb) and not scene.children(verb, "cop", "aux"):
        begin = min((t for t in scene.children(verb, "mark") if scene.words[t] == "to"), default=verb)
    elif scene.is_imperative(verb):
        begin = min(
            [verb, *(t for t in scene.children(verb, "aux", "advmod") if t >= first and scene.content[t] == content)]
        )
    else:
        subject = scene.subject(verb)
        if subject is not None and subject < verb:
            begin = scene.reading.subtree(subject)[0]
        better = [t for t in scene.children(verb, "advmod", "aux") if scene.words[t] == "better"]
        if better:
            begin = better[0] + 1
    begin = max(begin, first)
    while begin < conjunction and (scene.tag[begin] or scene.content[begin] != content):
        begin += 1
    end = conjunction
    for token in range(verb, conjunction):
        if scene.tag[token] or scene.content[token] != content:
            end = token
            break
    return scene.trim(begin, end)


def _better(scene: Scene, verb: int) -> Tokens | None:
    """The tokens of "had better" before a verb."""
    for token in range(max(0, verb - 3), verb):
        if scene.words[token] == "better" and token > 0 and scene.words[token - 1] in ("had", "'d", "d"):
            return token - 1, token + 1
    return None


def _or_form(scene: Scene, conjunction: int) -> Conditional | None:
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
        return None
    start, demand = _bare_order(scene, conjunction)
    if verb < 0 or not _has_subject_after(scene, conjunction, verb):
        demand = None
    is_inside = verb >= 0 and scene.deps[verb] in ("acl:relcl", "acl", "advcl", "ccomp", "csubj")
    # "told it to pay or have its accounts seized" goes on with what is asked.
    is_bare = verb == marker[1] and scene.words[verb] == scene.lemmas[verb]
    is_asked = is_inside and (
        scene.tag[scene.heads[verb]]
        or (is_bare and scene.heads[verb] < conjunction and _is_demand(scene, scene.heads[verb]))
    )
    if is_inside and not is_asked and not has_else and demand is None:
        # "the United States or Germany are doing": the conjunction joins what stands inside the clause.
        return None
    either = start < conjunction and words[start] == "either" and verb >= 0 and scene.heads[verb] > start
    if demand is None and either and scene.is_clause(scene.heads[verb]):
        demand, start = scene.heads[verb], start + 1
    is_whole = demand is not None
    if demand is None:
        demand = _demand_before(scene, first, conjunction, verb)
    if demand is None:
        demand = _dare_before(scene, start, marker, verb)
        if demand is None:
            demand = _noun_demand(scene, start, marker, verb if not has_else or verb >= 0 else None)
        is_whole = demand is not None
    if demand is None:
        return _demanded(scene, conjunction, verb) if marker[1] <= verb else None
    condition = _until_tag(scene, start, conjunction) if is_whole else _condition_before(scene, demand, conjunction)
    if condition[0] >= condition[1]:
        return None
    consequences: tuple[Tokens, ...] = ()
    if verb >= 0 and (not has_else or not scene.is_break(marker[1])):
        consequences = _predicate(scene, marker[1], verb)
        if not consequences:
            return None
    better = _better(scene, demand)
    head = verb if consequences else None
    return Conditional(
        "or", better or marker, "compliance", (condition,), consequences, demand, head, _governor(scene, demand)
    )


def _dare_before(scene: Scene, start: int, marker: Tokens, verb: int) -> int | None:
    """The verb of a statement that dares others to make it true: “The firm pays by Friday, or the files go online”.

    It is told in the present, opens what is said, and who acts in it is not who acts behind the "or".
    """
    conjunction, after = marker
    if verb < 0 or not 0 < conjunction - start <= _LONGEST_DARE or scene.content[start] < 0:
        return None
    head = next((t for t in range(start, conjunction) if scene.is_clause(t) and scene.subject(t) is not None), None)
    if head is None or not _is_dare(scene, head, start) or not _comes_next(scene, after, verb):
        return None
    subjects = scene.subject(head), scene.subject(verb)
    if None in subjects or scene.words[subjects[0] or 0] == scene.words[subjects[1] or 0]:
        return None
    return head


def _is_dare(scene: Scene, head: int, start: int) -> bool:
    """Whether a clause that opens a saying tells an act in the present, as if it were done: "You touch it, …"."""
    subject = scene.subject(head)
    if subject is None or not start <= subject < head or scene.tag[head] or scene.is_report(head):
        return False
    if _phrase_begin(scene, subject) > start or scene.words[subject] in (*_FIRST, "it", "this", "that"):
        return False
    if scene.deps[head] in ("acl", "advcl", "csubj") or scene.children(head, "cop", "mark", "expl"):
        return False
    if any(scene.words[t] not in ("do", "does") for t in scene.children(head, "aux")):
        return False
    is_present = scene.reading.morph[head] in ("Pres", "Inf", "Imp", "Plur") or scene.words[head] == scene.lemmas[head]
    return is_present and scene.lemmas[head] not in group("state")


def _phrase_begin(scene: Scene, noun: int) -> int:
    """Where a noun's phrase begins; its article counts though the parse gives it to the verb: "the firm signs"."""
    begin = min(scene.reading.subtree(noun)[0], noun)
    return begin - 1 if begin > 0 and scene.upos[begin - 1] == "DET" and scene.heads[begin - 1] > noun else begin


def _comes_next(scene: Scene, first: int, verb: int) -> bool:
    """Whether a clause behind a conjunction or comma opens with its subject and says what comes, not what was."""
    subject = scene.subject(verb)
    if subject is not None and subject < first:
        # What stands before the conjunction is no subject of the clause behind it, though it is read so.
        subject = next((t for t in scene.children(verb, "nsubj") if t >= first), None)
    if subject is None or subject > verb + 1 or scene.tag[verb] or scene.is_report(verb):
        return False
    left = _phrase_begin(scene, subject)
    if scene.trim(first, verb)[0] < left and not scene.children(verb, "expl"):
        return False
    modal = scene.modal(verb)
    if modal is not None:
        return modal in ("will", "would", "shall", "can")
    helpers = scene.children(verb, "aux", "cop")
    is_past = any(scene.reading.morph[t] == "Past" and scene.words[t] != scene.lemmas[t] for t in (verb, *helpers))
    return not is_past and not scene.children(verb, "mark") and scene.reading.morph[verb] != "PastPart"


def _noun_demand(scene: Scene, start: int, marker: Tokens, verb: int | None) -> int | None:
    """The noun of a demand without a verb: “Double pay at Easter, or the buses stay in”, “No more noise, or else”."""
    conjunction, after = marker
    before = next((t for t in range(conjunction - 1, start, -1) if scene.upos[t] != "SPACE"), start)
    if not 1 < conjunction - start <= _LONGEST_ORDER or not (scene.is_break(before) or scene.tag[before]):
        return None
    is_opened = start > 0 and (scene.words[start - 1] == ":" or scene.is_quote_mark(start - 1))
    if not is_opened or (verb is not None and not _comes_next(scene, after, verb)):
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
    consequences = _predicate(scene, conjunction + 1, verb)
    if not consequences or condition[0] >= condition[1]:
        return None
    marker = (conjunction, conjunction + 1)
    return Conditional("or", marker, "compliance", (condition,), consequences, wanted[0], verb, _governor(scene, above))


def _bare_order(scene: Scene, conjunction: int) -> tuple[int, int | None]:
    """Where the saying starts that a conjunction stands in, and its verb where it opens with a bare one: an order.

    Few imperatives are read as such, so that the form tells: the dictionary form, with no subject before it.
    """
    start = scene.trim(_saying_start(scene, conjunction), conjunction)[0]
    if start >= conjunction:
        # A content that begins with "or" is only the second half of what was said.
        begin = scene.trim(scene.sentence(conjunction)[0], conjunction)[0]
        if not any(scene.tag[t] for t in range(begin, conjunction)):
            start = begin
    colon = next((t for t in range(conjunction - 1, start, -1) if scene.words[t] == ":"), -1)
    if colon >= 0:
        start = scene.trim(colon + 1, conjunction)[0]
    is_told = scene.content[start] >= 0
    said = sum(not (scene.tag[t] or (is_told and scene.content[t] < 0)) for t in range(start, conjunction))
    if not 0 < said <= _LONGEST_ORDER or scene.words[start] != scene.lemmas[start] or scene.tag[start]:
        return start, None
    if scene.upos[start] not in ("VERB", "NOUN", "PROPN", "INTJ", "AUX", "X"):
        return start, None
    if scene.upos[start] in ("NOUN", "PROPN") and (
        scene.deps[start] in ("nsubj", "compound", "nmod", "amod") or conjunction - start == 1
    ):
        # "Tom and I", "Jobs and homes": a name or noun, and no order that the tagger missed.
        return start, None
    finite = any(
        scene.reading.morph[t] in ("Past", "Pres")
        and t > start
        and (scene.subject(t) or start) > start
        and not scene.tag[t]
        for t in range(start, conjunction)
    )
    return start, None if finite else start


def _has_subject_after(scene: Scene, conjunction: int, verb: int) -> bool:
    """Whether a clause behind a conjunction opens with its own subject, and says what will be."""
    first = conjunction + 1
    subject = next((t for t in range(first, verb) if scene.upos[t] in ("PRON", "NOUN", "PROPN")), None)
    if subject is None:
        return False
    left = min(scene.reading.subtree(subject)[0], subject)
    return left <= first + 1 or all(scene.upos[t] in ("DET", "ADJ", "NOUN", "PROPN") for t in range(first, subject))


def _demand_before(scene: Scene, first: int, conjunction: int, verb: int) -> int | None:
    """The verb of the demand before an "or": the one that the parse joins to it, else the last that demands."""
    candidates: list[int] = []
    token = verb
    for _ in range(_LONGEST_CHAIN):
        if token < 0 or scene.deps[token] not in ("conj", "parataxis") or scene.heads[token] >= conjunction:
            break
        token = scene.heads[token]
        if token >= first:
            candidates.append(token)
    nearest = [t for t in range(conjunction - 1, first - 1, -1) if scene.is_clause(t)]
    for one in (*candidates, *nearest):
        if (_is_demand(scene, one) or _is_foretold(scene, one)) and not scene.tag[one]:
            return one
    # "Sign or lose your seat": the only word before is taken for a noun.
    begin = scene.trim(_saying_start(scene, conjunction), conjunction)[0]
    is_short = begin < conjunction and conjunction - begin <= 12 and scene.words[begin] == scene.lemmas[begin]
    if is_short and scene.upos[begin] in ("NOUN", "PROPN", "VERB", "X") and scene.begins_sayings(scene.first_of(begin)):
        bare = verb < 0 or (scene.subject(verb) is None and scene.words[verb] == scene.lemmas[verb])
        if bare and not any(scene.subject(t) not in (None, begin) for t in range(begin, conjunction)):
            return begin
    return None


def _otherwise(scene: Scene, token: int) -> Conditional | None:
    first, last = scene.sentence(token)
    if scene.deps[token] not in ("advmod", "discourse", "cc", "dep", "mark", "parataxis", "root", "obl"):
        return None
    before = token - 1
    while before >= first and scene.upos[before] in ("PUNCT", "SPACE", "CCONJ"):
        before -= 1
    verb = scene.heads[token]
    if not token < verb < last or not scene.is_clause(verb) or scene.tag[verb] or scene.is_report(verb):
        later = (t for t in range(token + 1, min(last, token + 15)) if scene.is_clause(t) and not scene.tag[t])
        verb = next((t for t in later if scene.subject(t) is not None), -1)
    if verb < 0 or scene.subject(verb) is None or scene.deps[verb] == "acl:relcl":
        return None
    begin = token + 1
    consequences = _predicate(scene, _behind_tag(scene, begin, last), verb)
    if not consequences:
        return None
    if before < first:
        previous = _previous_demand(scene, first)
        if previous is None:
            return None
        demand, condition, better = previous
        return Conditional(
            "or",
            better or (token, token + 1),
            "compliance",
            (condition,),
            consequences,
            demand,
            verb,
            _governor(scene, verb),
        )
    order = _demand_before(scene, first, before + 1, -1)
    start, _ = _bare_order(scene, before + 1)
    if order is None:
        order = _noun_demand(scene, start, (token, token + 1), verb)
        order = _dare_before(scene, start, (token, token + 1), verb) if order is None else order
        condition = scene.trim(start, before + 1)
    else:
        condition = _condition_before(scene, order, before + 1)
    if order is None:
        return None
    if condition[0] >= condition[1]:
        return None
    marker = _better(scene, order) or (token, token + 1)
    return Conditional("or", marker, "compliance", (condition,), consequences, order, verb, _governor(scene, verb))


def _and_form(scene: Scene, conjunction: int) -> Conditional | None:
    first, last = scene.sentence(conjunction)
    verb = scene.heads[conjunction]
    if not conjunction < verb < last or not scene.is_clause(verb):
        verb = next((t for t in range(conjunction + 1, min(last, conjunction + 10)) if scene.is_clause(t)), -1)
        if verb < 0:
            return None
    if not _has_subject_after(scene, conjunction, verb) or any(scene.words[t] == "?" for t in range(verb, last)):
        return None
    marker = (conjunction, conjunction + 1)
    start, bare = _bare_order(scene, conjunction)
    order = scene.heads[verb] if scene.deps[verb] in ("conj", "parataxis") else -1
    condition: Tokens | None = None
    will = scene.modal(verb) in ("will", "shall")
    if first <= order < conjunction and scene.is_imperative(order) and scene.content[order] == scene.content[verb]:
        condition = _condition_before(scene, order, conjunction)
    elif (
        start < conjunction
        and _is_one_more(scene, start)
        and not scene.tag[start]
        and (scene.words[start] != "a" or _comes_next(scene, conjunction + 1, verb))
    ):
        order = next((t for t in range(start, conjunction) if scene.upos[t] in ("NOUN", "PROPN")), start)
        condition = _until_tag(scene, start, conjunction)
    elif bare is not None and (
        will
        or scene.reading.morph[verb] in ("Pres", "Inf")
        or scene.children(verb, "cop")
        or _comes_next(scene, conjunction + 1, verb)
    ):
        order, condition = bare, _until_tag(scene, start, conjunction)
    elif (
        will
        and scene.words[start] == "you"
        and scene.upos[start + 1] == "VERB"
        and conjunction - start <= _LONGEST_ORDER
    ):
        # “You touch it and I will …”: meant as a condition, without its "if".
        order, condition = start + 1, _until_tag(scene, start, conjunction)
    elif (head := _dare_before(scene, start, marker, verb)) is not None and _has_one_more(scene, head, conjunction):
        order, condition = head, _until_tag(scene, start, conjunction)
    if condition is None or condition[0] >= condition[1]:
        return None
    if scene.lemmas[order] in group("no dare") and scene.words[order + 1] in (
        "'s",
        "us",
        "me",
        ",",
    ):
        return None
    consequences = _predicate(scene, conjunction + 1, verb)
    return (
        Conditional("and", marker, "trigger", (condition,), consequences, order, verb, None) if consequences else None
    )


def _saying_start(scene: Scene, token: int) -> int:
    """First token of the sentence, or of the content, that holds a token; a speech tag in the middle is passed over."""
    first, _ = scene.sentence(token)
    content = scene.content[token]
    at = start = token
    while at > first:
        at -= 1
        if scene.content[at] == content and not scene.tag[at]:
            start = at
        elif content < 0 or scene.content[at] >= 0:
            break
    return start


def _until_tag(scene: Scene, first: int, last: int) -> Tokens:
    """A stretch up to the speech tag in it, where there is one."""
    home = scene.content[first] if first < last else -1
    end = next((t for t in range(first, last) if scene.tag[t] or scene.content[t] != home), last)
    return scene.trim(first, end)


def _behind_tag(scene: Scene, first: int, last: int) -> int:
    """The first word of a stretch that does not report: of "otherwise, he said, we sue" the "we"."""
    first, last = scene.trim(first, last)
    while first < last and scene.tag[first]:
        while first < last and scene.tag[first]:
            first += 1
        first, _ = scene.trim(first, last)
    return first


def _is_one_more(scene: Scene, start: int) -> bool:
    """Whether a phrase counts one more act ("one more step", "another word")."""
    words = scene.words[start : start + 4]
    if len(words) > 2 and words[0] == "a" and words[1] in _ORDINALS and scene.upos[start + 2] == "NOUN":
        return True
    return (
        words[:2] in (["one", "more"], ["any", "more"])
        or words[:1] == ["another"]
        or words[:3] == ["just", "one", "more"]
    )


def _has_one_more(scene: Scene, first: int, last: int) -> bool:
    """Whether a stretch counts one more act: "seizes one more boat", "prints it again"."""
    pairs = itertools.pairwise(scene.words[first:last])
    return any(pair in (("one", "more"), ("once", "more")) for pair in pairs) or "again" in scene.words[first:last]


# ---- condition as subject: any attempt, failure to, anyone who ----------------------------------------------------


def _subjects(scene: Scene) -> Iterator[Ranked]:
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
                scene.lemmas[subject] in ("failure", "refusal", "non-compliance", "noncompliance")
                or any(scene.words[t] in group("one more") for t in scene.children(subject))
            )
        ):
            marker = None
        else:
            continue
        condition = scene.trim(left, begin)
        if condition[0] >= condition[1] or not condition[0] <= subject < condition[1]:
            continue
        consequences = _predicate(scene, begin, verb)
        if consequences:
            yield (
                Conditional(
                    "subject", marker, "trigger", (condition,), consequences, subject, verb, _governor(scene, verb)
                ),
                2,
            )


def _gerunds(scene: Scene) -> Iterator[Ranked]:
    """Gerunds that open a saying and meet a modal before any subject: "Talking to the press would cost you dear"."""
    for first in range(len(scene.words)):
        if scene.upos[first] != "VERB" or scene.reading.morph[first] not in ("Ger", "PresPart") or scene.tag[first]:
            continue
        if (
            scene.deps[first] == "csubj"
            or not scene.begins_sayings(scene.first_of(first))
            or scene.subject(first) is not None
        ):
            continue
        _, last = scene.sentence(first)
        modals = (t for t in range(first + 1, min(last, first + _LONGEST_ORDER + 12)) if scene.upos[t] == "AUX")
        at = next((t for t in modals if scene.words[t] in ("will", "would", "'ll") and not scene.tag[t]), None)
        if at is None or scene.heads[at] <= at or not scene.is_clause(verb := scene.heads[at]):
            continue
        subject = scene.subject(verb)
        condition = _until_tag(scene, first, at)
        # "Naming a soldier as judge would cost …": the phrase with "as" is read as the clause's subject.
        is_phrase = subject is not None and first < subject < at and scene.heads[verb] == first
        is_phrase = is_phrase and any(scene.words[t] == "as" for t in scene.children(verb, "mark"))
        if (subject not in (None, first) and not is_phrase) or any(scene.is_break(t) for t in range(*condition)):
            continue
        consequences = _predicate(scene, at, verb)
        if consequences and condition[0] < condition[1]:
            governor = _governor(scene, verb)
            yield Conditional("subject", None, "trigger", (condition,), consequences, first, verb, governor), 2


def _bare_relatives(scene: Scene) -> Iterator[Ranked]:
    """Bare plurals with a relative clause that the parse hangs elsewhere: "banks that keep paying them will lose …"."""
    for noun in range(len(scene.words) - 2):
        if scene.words[noun + 1] not in ("who", "that") or not _is_open(scene, noun) or scene.upos[noun] != "NOUN":
            continue
        verb = noun + 2
        if scene.upos[verb] != "VERB" or scene.deps[verb] == "acl" or scene.heads[noun + 1] != verb:
            continue
        limit = _limit(scene, verb)
        at = next((t for t in range(verb + 1, limit) if scene.words[t] in ("will", "would", "'ll")), None)
        if at is not None and scene.deps[noun] == "nsubj" and scene.heads[at] > at:
            main = scene.heads[at]
            condition, consequences = scene.trim(verb, at), _predicate(scene, at, main)
        else:
            main = scene.heads[noun]
            main = scene.heads[main] if scene.deps[noun] == "nmod" else main
            if at is not None or not scene.is_clause(main) or main > noun:
                continue
            if scene.modal(main) not in ("will", "would", "shall") and not _is_announced(scene, main):
                continue
            condition = _extent(scene, verb, limit, set(scene.own_tokens(verb)), verb)
            consequences = _clauses(scene, main, set(range(noun + 1, condition[1])), noun + 1, fronted=False)
        if consequences and condition[0] < condition[1]:
            governor = _governor(scene, main)
            yield Conditional("relative", None, "trigger", (condition,), consequences, verb, main, governor), 2


def _relatives(scene: Scene) -> Iterator[Ranked]:
    for clause in range(len(scene.words)):
        is_reduced = _is_reduced(scene, clause)
        draft = (_with_reduced(scene, clause) if is_reduced else None) or _with_reduced_object(scene, clause)
        if draft is not None:
            yield draft, 2
        if is_reduced or draft is not None:
            continue
        if scene.deps[clause] not in ("acl", "nsubj", "csubj", "obj", "obl", "ccomp") or not scene.is_clause(clause):
            continue
        free = _free_relative(scene, clause)
        noun = clause if free is not None else scene.heads[clause]
        if scene.deps[noun] == "nmod" and not _is_open(scene, noun) and _is_plain_plural(scene, scene.heads[noun]):
            # "patients of the practice who miss their turn will …": it describes the patients.
            above = scene.heads[noun]
            noun = above if scene.modal(scene.heads[above]) in ("will", "would", "shall") else noun
        is_relative = scene.is_relative(clause) or scene.words[noun] == "whoever"
        if free is None and not (scene.deps[clause] == "acl" and is_relative and noun < clause):
            continue
        pronoun = (
            free
            if free is not None
            else next((t for t in scene.children(clause, "nsubj") if scene.words[t] in _RELATIVES), None)
        )
        verb = scene.heads[noun]
        if free is None and pronoun is None and scene.words[noun] == "whoever":
            pronoun = noun
        # "A dealer that sells below the price will …" means any such dealer.
        is_any = _is_indefinite(scene, noun) and scene.modal(verb) in ("will", "shall")
        is_any = is_any and scene.reading.morph[clause] in ("Pres", "Inf")
        if pronoun is None or (free is None and not _is_open(scene, noun) and not is_any):
            continue
        if scene.deps[noun] == "nmod" and scene.upos[verb] == "NOUN":
            # "the envoys of any country that …": what is done to them is told above.
            verb = scene.heads[verb]
        cut = _cut_from_subject(scene, noun, clause) if scene.deps[noun] in ("nsubj", "obj") and free is None else None
        if cut is not None:
            begin, verb = cut
            condition = scene.trim(pronoun + 1, begin)
            consequences = _predicate(scene, begin, verb)
            has_pronoun = scene.words[noun] in _OPEN_PRONOUNS and pronoun == noun + 1
            opens = (noun, pronoun + 1) if has_pronoun else None
            if consequences and condition[0] < condition[1]:
                yield Conditional("relative", opens, "trigger", (condition,), consequences, clause, verb, None), 2
            continue
        if (
            verb == noun
            or not scene.is_clause(verb)
            or scene.modal(verb) not in ("will", "would", "shall", "can", "could", "may", "must", None)
        ):
            continue
        relation = scene.deps[noun] if free is None else scene.deps[clause]
        after = pronoun + 1
        word = scene.words[noun]
        if free is not None:
            marker: Tokens | None = (pronoun, pronoun + 1)
        elif word in _OPEN_PRONOUNS and pronoun == noun + 1:
            marker = (noun, pronoun + 1)
        else:
            any_ = next((t for t in scene.children(noun, "det") if scene.words[t] == "any"), None)
            marker = None if any_ is None else (any_, any_ + 1)
        if relation in ("nsubj", "csubj") and verb > clause:
            commas = [t for t in range(clause, verb) if scene.words[t] == ","]
            if free is not None and any(not (scene.tag[t - 1] or scene.tag[t + 1]) for t in commas):
                continue
            helpers = [t for t in scene.children(verb, "aux", "cop") if t > clause]
            begin = min([verb, *helpers])
            condition = scene.trim(after, begin)
            consequences = _predicate(scene, begin, verb)
        elif (
            relation in ("obj", "obl", "nmod", "iobj")
            and verb < clause
            and (scene.modal(verb) in ("will", "would", "shall") or _is_announced(scene, verb))
        ):
            limit = _limit(scene, clause)
            condition = _extent(scene, after, limit, set(scene.own_tokens(clause)), clause)
            blocked = set(range(pronoun, condition[1]))
            consequences = _clauses(scene, verb, blocked, pronoun, fronted=False)
        else:
            continue
        if condition[0] < condition[1] and consequences and condition[0] <= clause < condition[1]:
            yield (
                Conditional(
                    "relative", marker, "trigger", (condition,), consequences, clause, verb, _governor(scene, verb)
                ),
                2,
            )


def _cut_from_subject(scene: Scene, noun: int, clause: int) -> Tokens | None:
    """First word and verb of the predicate of a subject that the parse has given to the speech tag behind it.

    "Anyone who signs it can forget the treaty, their envoy told them": the first modal behind the relative is its.
    """
    tag = scene.heads[noun]
    if not (scene.tag[tag] or scene.is_report(tag)) or tag < clause or not _is_open(scene, noun):
        return None
    if not any(scene.is_break(t) for t in range(clause, tag)):
        return None
    for token in range(clause + 1, tag):
        if scene.is_break(token):
            return None
        if scene.upos[token] == "AUX" and scene.words[token] in _FORETELLING:
            return (token, scene.heads[token]) if scene.heads[token] > token else None
    return None


def _is_reduced(scene: Scene, clause: int) -> bool:
    """Whether a clause is a relative without its pronoun: "anyone caught in the park"."""
    noun = clause - 1
    return (
        noun >= 0
        and scene.upos[clause] == "VERB"
        and scene.deps[clause] in ("acl", "csubj", "ccomp", "advcl")
        and scene.reading.morph[clause] in ("Past", "PastPart", "PresPart", "Ger")
        and not [t for t in scene.children(clause, "nsubj", "aux", "mark") if t != noun and t < clause]
        and scene.deps[noun] in ("nsubj", "root")
        and scene.content[noun] == scene.content[clause]
        and _is_open(scene, noun)
    )


def _with_reduced(scene: Scene, clause: int) -> Conditional | None:
    """The conditional that the subject "anyone caught in the park" makes with the next predicate."""
    noun = clause - 1
    limit = _limit(scene, clause)
    cut = _cut_from_subject(scene, noun, clause)
    if cut is not None:
        any_ = next((t for t in scene.children(noun, "det") if scene.words[t] == "any"), None)
        condition, consequences = scene.trim(clause if any_ is None else noun, cut[0]), _predicate(scene, *cut)
        marker = None if any_ is None else (any_, any_ + 1)
        if not consequences or condition[0] >= condition[1]:
            return None
        return Conditional("relative", marker, "trigger", (condition,), consequences, clause, cut[1], None)
    later = (t for t in range(clause + 1, limit) if scene.is_clause(t))
    verb = next((t for t in later if scene.modal(t) is not None or scene.reading.morph[t] == "Pres"), None)
    if verb is None or scene.modal(verb) not in ("will", "would", "shall", "may", None):
        return None
    if scene.subject(verb) not in (None, noun):
        return None
    begin = min([verb, *(t for t in scene.children(verb, "aux", "cop") if t > clause)])
    condition = scene.trim(clause, begin)
    consequences = _predicate(scene, begin, verb)
    if not consequences or any(scene.is_break(t) or scene.tag[t] for t in range(*condition)):
        return None
    any_ = next((t for t in scene.children(noun, "det") if scene.words[t] == "any"), None)
    marker = None if any_ is None else (any_, any_ + 1)
    if scene.words[noun] in _OPEN_PRONOUNS:
        marker = (noun, noun + 1)
    governor = _governor(scene, verb)
    return Conditional("relative", marker, "trigger", (condition,), consequences, clause, verb, governor)


def _with_reduced_object(scene: Scene, clause: int) -> Conditional | None:
    """The conditional that an object makes with its verb: "will drop any supplier caught using child labour"."""
    noun = clause - 1
    if noun < 1 or scene.upos[clause] != "VERB" or scene.reading.morph[clause] not in ("Past", "PastPart"):
        return None
    any_ = next((t for t in scene.children(noun, "det") if scene.words[t] == "any"), None)
    is_open = any_ is not None or scene.words[noun] in ("anyone", "anybody")
    verb = scene.heads[noun]
    if verb == clause and scene.deps[clause] == "ccomp" and not scene.is_report(scene.heads[clause]):
        # The participle is read as a verb, and the object as its subject.
        verb = scene.heads[clause]
    elif scene.deps[noun] not in ("obj", "iobj") or scene.subject(clause) is not None:
        return None
    if not is_open or verb >= noun:
        return None
    if scene.children(clause, "aux", "mark") or scene.content[verb] != scene.content[clause]:
        return None
    if scene.modal(verb) not in ("will", "would", "shall") and not _is_announced(scene, verb):
        return None
    condition = _extent(scene, clause, _limit(scene, clause), set(scene.own_tokens(clause)), clause)
    consequences = _clauses(scene, verb, set(range(clause, condition[1])), clause, fronted=False)
    if condition[0] >= condition[1] or not consequences:
        return None
    marker = (any_, any_ + 1) if any_ is not None else (noun, noun + 1)
    governor = _governor(scene, verb)
    return Conditional("relative", marker, "trigger", (condition,), consequences, clause, verb, governor)


def _free_relative(scene: Scene, clause: int) -> int | None:
    """The "whoever" of a clause that is itself a subject or object."""
    if clause > 0 and scene.words[clause - 1] == "whoever" and scene.deps[clause] == "csubj":
        return clause - 1
    return next(
        (t for t in scene.children(clause, "nsubj") if scene.words[t] == "whoever" and scene.deps[clause] != "acl"),
        None,
    )


def _is_indefinite(scene: Scene, noun: int) -> bool:
    return scene.upos[noun] == "NOUN" and any(scene.words[t] in ("a", "an") for t in scene.children(noun, "det"))


def _is_plain_plural(scene: Scene, noun: int) -> bool:
    return scene.upos[noun] == "NOUN" and scene.deps[noun] == "nsubj" and _is_open(scene, noun)


def _is_announced(scene: Scene, verb: int) -> bool:
    """Whether an infinitive tells what somebody threatens, vows or is ready to do."""
    above = scene.heads[verb]
    return (
        scene.is_infinitive(verb) and above != verb and governors().get(scene.lemmas[above]) in ("threaten", "commit")
    )


def _is_open(scene: Scene, noun: int) -> bool:
    """Whether a noun names whoever fits, not somebody known: "anyone", "any driver", bare plurals."""
    if scene.words[noun] in _OPEN_PRONOUNS:
        return True
    determiners = {scene.words[t] for t in scene.children(noun, "det", "nmod", "nummod") if t < noun}
    if determiners & {"any", "every", "each", "all", "those"} or scene.words[noun] == "whoever":
        return True
    return not determiners and scene.upos[noun] == "NOUN" and scene.reading.morph[noun] == "Plur"


# ---- condition in the sentence before ------------------------------------------------------------------------------


def _previous_demand(scene: Scene, first: int) -> tuple[int, Tokens, Tokens | None] | None:
    """The demand that the sentence before a token makes: its verb, its stretch, and the tokens of "had better"."""
    content = scene.content[first]
    begin = end = first
    pieces: set[int] = set()
    if first <= 0:
        return None
    # Of speech the sentence before may be the tag alone; without any, the demand is told: "It gave them a week to pay".
    for _ in range(3):
        if begin <= 0:
            break
        begin, end = scene.sentence(begin - 1)
        pieces = {scene.content[t] for t in range(begin, end) if scene.upos[t] != "PUNCT"} - {-1}
        if pieces or (content < 0 and any(scene.upos[t] != "PUNCT" for t in range(begin, end))):
            break
    if not pieces:
        begin, end = scene.sentence(first - 1)
    for verb in range(begin, end):
        if scene.tag[verb] or not scene.is_clause(verb) or (pieces and scene.content[verb] < 0):
            continue
        if not _is_demand(scene, verb):
            continue
        better = _better(scene, verb)
        low = better[1] if better else _condition_before(scene, verb, end)[0]
        high = low
        own = {t for t in scene.own_tokens(verb) if scene.content[t] == scene.content[verb]}
        while (
            high < end
            and not scene.tag[high]
            and scene.content[high] == scene.content[verb]
            and not (scene.is_break(high) and not any(t > high for t in own))
        ):
            high += 1
        condition = scene.trim(low, high)
        if condition[0] < condition[1]:
            return verb, condition, better
    return None


def _next_sentences(scene: Scene) -> Iterator[Ranked]:
    """Sentences that take up a demand: "If not, …", "After that, …"."""
    for first, last in scene.sentences():
        begin = scene.trim(first, last)[0]
        words = scene.words[begin : begin + 3]
        if words[:2] == ["if", "not"] or (
            words[:2]
            in (
                ["after", "that"],
                ["after", "which"],
                ["failing", "that"],
                ["failing", "which"],
                ["or", "else"],
            )
            and (scene.is_break(min(begin + 2, len(scene.words) - 1)) or words[2:] in (["we"], ["i"], ["they"], ["it"]))
        ):
            marker = (begin, begin + 2)
        else:
            continue
        previous = _previous_demand(scene, first)
        verb = next(
            (
                t
                for t in range(marker[1], last)
                if scene.is_clause(t) and scene.subject(t) is not None and not scene.tag[t] and scene.deps[t] != "acl"
            ),
            None,
        )
        if previous is None or verb is None:
            continue
        demand, condition, better = previous
        start = _behind_tag(scene, marker[1], last)
        while start < verb and scene.content[start] != scene.content[verb]:
            # What else the tag tells ("it said in a letter") is no part of what is said.
            start += 1
        root = verb
        consequences = _predicate(scene, start, root)
        if consequences:
            yield Conditional("or", better or marker, "compliance", (condition,), consequences, demand, root, None), 1


def _ultimata(scene: Scene) -> Iterator[Ranked]:
    """What follows a time limit in its own sentence: "gave them a week to pay, after which it would sue"."""
    words = scene.words
    for at in range(1, len(words) - 2):
        is_marker = tuple(words[at : at + 2]) in _AFTERWARDS
        is_parted = scene.is_break(at - 1) or (words[at - 1] == "and" and words[at] == "after")
        if not is_marker or not is_parted or scene.begins_sayings(scene.first_of(at)):
            continue
        first, last = scene.sentence(at)
        start = _behind_tag(scene, at + 2, last)
        clauses = (t for t in range(start, last) if scene.is_clause(t) and not scene.tag[t])
        verb = next((t for t in clauses if scene.modal(t) is not None or words[at] == "if"), None)
        order = next((t for t in range(at - 1, first - 1, -1) if scene.is_clause(t) and _is_demand(scene, t)), None)
        if verb is None or order is None or scene.tag[order]:
            continue
        while start < verb and scene.content[start] != scene.content[verb]:
            start += 1
        condition = _condition_before(scene, order, at - 1 if words[at - 1] == "and" else at)
        consequences = _predicate(scene, start, verb)
        if consequences and condition[0] < condition[1]:
            yield Conditional("or", (at, at + 2), "compliance", (condition,), consequences, order, verb, None), 0


def _afterwards(scene: Scene) -> Iterator[Ranked]:
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
        order = next((t for t in back if scene.is_infinitive(t) and _limits_time(scene, t)), None)
        subject = scene.subject(verb) if verb is not None else None
        if verb is None or order is None or subject is None or not order < subject < verb:
            continue
        begin = min(scene.reading.subtree(subject)[0], subject)
        own = scene.own_tokens(order)
        condition = scene.trim(_condition_before(scene, order, begin)[0], min(begin, max(own) + 1))
        if condition[0] < condition[1] and begin >= condition[1]:
            consequence = scene.trim(begin, at)
            marker = (at, at + 2)
            yield Conditional("or", marker, "compliance", (condition,), (consequence,), order, verb, None), 0


def _juxtaposed(scene: Scene, found: list[Ranked]) -> Iterator[Ranked]:
    """A dare and what will follow, side by side: "Cross the line. We will shoot." – "You strike, we strike"."""
    taken = {c.consequence_head for c, _ in found} | {t for c, _ in found for t in (c.condition_head,)}
    sentences = list(scene.sentences())
    for (first, last), (start, end) in itertools.pairwise(sentences):
        dare = scene.trim(first, last)[0]
        if dare >= last or not scene.is_imperative(dare) or dare in taken or scene.content[dare] < 0:
            continue
        begin = scene.trim(start, end)[0]
        # "Let them come. They will regret it."
        who = ("i", "we", "they", "he", "she") if scene.lemmas[dare] == "let" else ("i", "we")
        if begin >= end or scene.content[begin] != scene.content[dare] or scene.words[begin] not in who:
            continue
        verb = scene.heads[begin]
        if verb in taken or scene.modal(verb) is None or scene.is_negated(verb):
            continue
        condition = _condition_before(scene, dare, last)
        consequences = _predicate(scene, begin, verb)
        if consequences and condition[0] < condition[1]:
            yield Conditional("juxtaposed", None, "trigger", (condition,), consequences, dare, verb, None), 3
    yield from _had_better(scene, sentences, taken)
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
        begin = scene.trim(_saying_start(scene, subject), subject)[0]
        if not 0 < subject - begin <= 14 or any(scene.is_break(t) for t in range(begin, subject - 1)):
            continue
        heads = [t for t in range(begin, subject) if scene.is_clause(t) and not scene.tag[t]]
        if not heads or any(_match_marker(scene, t) for t in range(begin, subject)) or scene.is_report(heads[0]):
            continue
        head = heads[0]
        other = scene.subject(head)
        is_dare = scene.is_imperative(head) or (
            other is not None
            and (
                scene.reading.morph[head] == "Pres" or any(scene.lemmas[t] == "do" for t in scene.children(head, "aux"))
            )
            and scene.words[other] not in ("i", "we", "it", "this", "that")
        )
        if not is_dare or scene.modal(head) is not None:
            continue
        consequences = _predicate(scene, subject, verb)
        if consequences and scene.lemmas[head] not in group("no dare"):
            condition = scene.trim(begin, subject)
            yield Conditional("juxtaposed", None, "trigger", (condition,), consequences, head, verb, None), 3
    for comma in range(1, len(scene.words) - 2):
        if scene.words[comma] == "," and (dared := _side_by_side(scene, comma)) is not None:
            head, verb, start = dared
            consequences = _predicate(scene, comma + 1, verb)
            if consequences and not {head, verb} & taken and _match_marker(scene, start) is None:
                condition = scene.trim(start, comma)
                yield Conditional("juxtaposed", None, "trigger", (condition,), consequences, head, verb, None), 3


def _had_better(scene: Scene, sentences: Sequence[Tokens], taken: set[int | None]) -> Iterator[Ranked]:
    """What one had better do, and what the speaker's side has in hand: “They had better pay. We have dogs”."""
    for at, (first, last) in enumerate(sentences[:-1]):
        verb = next((t for t in range(first, last) if scene.is_clause(t) and _better(scene, t) is not None), None)
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
        better = _better(scene, verb)
        if main is None or better is None or main in taken or scene.words[scene.subject(verb) or 0] in _FIRST:
            continue
        if not any(scene.words[t] in _OWN for t in range(start, end)):
            # "You had better see the doctor. She will help you": who speaks has no hand in it.
            continue
        if not (scene.modal(main) in ("will", "would") or (home >= 0 and scene.content[main] == home)):
            continue
        begin = scene.trim(start, end)[0]
        condition = _until_tag(scene, better[1], last)
        condition = scene.trim(condition[0], scene.first_stop(*condition))
        consequences = _predicate(scene, begin, main)
        if consequences and condition[0] < condition[1]:
            yield Conditional("or", better, "compliance", (condition,), consequences, verb, main, None), 3


def _side_by_side(scene: Scene, comma: int) -> tuple[int, int, int] | None:
    """Two statements of a quotation that only a comma parts: “They touch one bridge, they lose their capital”.

    Returns:
        Both verbs, and where the first statement begins; None where there is no such pair.
    """
    if scene.content[comma] < 0 or scene.attributions[scene.content[comma]].kind != "direct":
        return None
    start = scene.trim(_saying_start(scene, comma), comma)[0]
    end = scene.first_stop(comma, _limit(scene, comma))
    if not 2 < comma - start <= _LONGEST_ORDER or any(scene.is_break(t) for t in range(start, comma)):
        return None
    if any(scene.is_break(t) and not scene.is_quote_mark(t) for t in range(comma + 1, scene.trim(comma + 1, end)[1])):
        return None
    head = next((t for t in range(start, comma) if scene.is_clause(t) and scene.subject(t) is not None), None)
    verb = next((t for t in range(comma + 1, end) if scene.is_clause(t) and scene.subject(t) is not None), None)
    if head is None or verb is None or not _is_dare(scene, head, start) or not _comes_next(scene, comma + 1, verb):
        return None
    is_joined = scene.heads[verb] == head or scene.heads[head] == verb
    if not is_joined or scene.children(verb, "cc", "mark", "cop") or scene.reading.morph[head] == "Plur":
        return None
    # "My wife cooks, my son washes up" tells of both; a dare turns on the same party, or counts one more time.
    one, other = (scene.words[scene.subject(t) or 0] for t in (head, verb))
    if other in _FIRST or not (one == "you" or other in _TAKING_UP or _has_one_more(scene, start, comma)):
        return None
    return head, verb, start
