"""Clauses with a marker: “We sue if you print it”, “Unless they pay, the files go online”."""

from __future__ import annotations

from collections.abc import Iterator

from quotekit.lemma import lemma
from quotekit.threats.conditionals.conditional import Conditional, Found, Polarity
from quotekit.threats.conditionals.markers import marked
from quotekit.threats.conditionals.stretches import LONGEST_ORDER
from quotekit.threats.conditionals.subordination import build
from quotekit.threats.scene import Scene, Tokens
from quotekit.threats.words import group


def find(scene: Scene) -> Iterator[Found]:
    """Clauses that a marker opens."""
    for marker, complement, polarity, rank in marked(scene):
        draft = _with_clause(scene, marker, polarity) if complement == "clause" else None
        if draft is not None:
            yield Found(draft, rank, marker[0])


def _with_clause(scene: Scene, marker: Tokens, polarity: Polarity) -> Conditional | None:
    first = marker[0]
    if first >= len(scene.words):
        return None
    if scene.words[first] in group("uncertain marker") and scene.upos[first] not in (
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
    if scene.words[first] == "the" and first > 0 and scene.words[first - 1] in ("for", "on", "in", "of", "at"):
        # "for the first time since the war ended"
        return None
    head = _clause_head(scene, marker)
    if head is None:
        return None
    is_noun = scene.words[first] == "the" and (scene.subject(head) or marker[1]) < marker[1]
    if is_noun or (scene.words[first] == "the" and scene.is_break(min(marker[1], len(scene.words) - 1))):
        # "The morning brought rain", "The second, an hour later, was shorter"
        return None
    if scene.words[first] in group("temporal marker") and scene.subject(head) is None and scene.is_clause(head):
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
    draft = build(scene, "clause", marker, polarity, head)
    if draft is not None and scene.words[first] == "before" and not _waits(scene, draft):
        return None
    return draft


def _waits(scene: Scene, draft: Conditional) -> bool:
    """Whether what will not be before something happens is withheld until then: "no ship will sail before they pay"."""
    main = draft.consequence_head
    return main is not None and scene.modal(main) in ("will", "would") and scene.is_negated(main)


def _clause_head(scene: Scene, marker: Tokens) -> int | None:
    """The predicate of the clause that a marker opens."""
    head = _parsed_head(scene, marker)
    return head if head is None else _behind_participle(scene, head)


def _behind_participle(scene: Scene, head: int) -> int:
    """The predicate of a clause, where a participle of its subject has been taken for it.

    Of "the moment a man wanted for theft was found" it is "found": a second verb that has no subject of its own. Of
    "until it let the motion be read" it stays "let".
    """
    if scene.reading.morph[head] not in ("Past", "PastPart") or scene.children(head, "aux", "cop"):
        return head
    _, end = scene.sentence(head)
    for token in range(head + 1, min(end, head + LONGEST_ORDER)):
        if (
            scene.is_break(token)
            or scene.upos[token] in ("SCONJ", "CCONJ", "VERB")
            or scene.words[token] in group("relative")
        ):
            return head
        if scene.upos[token] == "AUX":
            verb = scene.heads[token]
            subject = scene.subject(verb)
            is_let = scene.deps[verb] == "xcomp" and scene.heads[verb] == head
            return verb if verb > token and (subject is None or subject <= head) and not is_let else head
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
    return _noun_for_verb(scene, marker, end) if scene.words[first] in group("certain marker") else None


def _noun_for_verb(scene: Scene, marker: Tokens, end: int) -> int | None:
    """The verb of a clause that is read as a noun: "until the junta hands over our pilots".

    A plural behind a subject's noun, before a particle or preposition, or a new noun phrase, is a verb's third person.
    """
    for token in range(marker[1] + 1, min(end - 1, marker[1] + LONGEST_ORDER)):
        if scene.is_break(token):
            break
        before, after = token - 1, token + 1
        if scene.upos[token] != "NOUN":
            continue
        heads_clause = scene.deps[token] in ("advcl", "ccomp") and any(
            marker[0] <= t < marker[1] for t in scene.children(token, "mark")
        )
        if heads_clause and scene.upos[before] in ("NOUN", "PROPN") and before > marker[1]:
            # "as soon as the staff vote": the parse has the clause, the tagger a compound.
            return token
        if not scene.words[token].endswith("s"):
            continue
        is_named = scene.upos[before] in ("NOUN", "PROPN") or scene.deps[before] in ("amod", "compound")
        particle = after + 1 if scene.upos[after] in ("ADP", "ADV") and after + 1 < end else after
        opens = scene.upos[particle] in ("DET", "PRON") or scene.words[particle] in group("opening possessive")
        verb = lemma(scene.reading.word(token), "VERB")
        is_behind = before > marker[1] or scene.upos[before] == "PROPN"
        if is_named and opens and is_behind and verb != scene.words[token] and scene.words[before] != "next":
            return token
    # In a headline's capitals hardly any word is read as what it is; "unless" takes a clause.
    words = [scene.reading.word(t) for t in range(marker[0], end) if scene.upos[t] != "PUNCT"]
    if len(words) >= 4 and all(word.isupper() for word in words):
        return marker[1] + 1
    return None
