"""What dares: a statement in the present that others are warned to make true, as in “You touch it, and we sue”."""

from __future__ import annotations

import itertools

from quotekit.threats.scene import Scene, Tokens
from quotekit.threats.words import group

_LONGEST_DARE = 24
"""Tokens of a statement that an "or" follows, with the speech tag in it."""


def dare_before(scene: Scene, start: int, marker: Tokens, verb: int) -> int | None:
    """The verb of a statement that dares others to make it true: “The firm pays by Friday, or the files go online”.

    It is told in the present, opens what is said, and who acts in it is not who acts behind the "or".
    """
    conjunction, after = marker
    if verb < 0 or not 0 < conjunction - start <= _LONGEST_DARE or not _is_said(scene, start, conjunction):
        return None
    head = next((t for t in range(start, conjunction) if scene.is_clause(t) and scene.subject(t) is not None), None)
    if head is None or not is_dare(scene, head, start) or not comes_next(scene, after, verb):
        return None
    subjects = scene.subject(head), _subject_behind(scene, after, verb)
    if None in subjects or scene.words[subjects[0] or 0] == scene.words[subjects[1] or 0]:
        return None
    return head


def _is_said(scene: Scene, start: int, conjunction: int) -> bool:
    """Whether a statement is somebody's words: quoted or reported, behind a colon, or with a speech tag in it."""
    if scene.content[start] >= 0 or scene.words[max(0, start - 1)] in (":", ";", "either"):
        return True
    if scene.words[conjunction] == "or":
        # “She takes the boys, or the school gives up its grant.” Nobody leaves it open like this what others do.
        return scene.is_break(conjunction - 1)
    return any(scene.tag[t] for t in range(start, conjunction))


def is_dare(scene: Scene, head: int, start: int) -> bool:
    """Whether a clause that opens a saying tells an act in the present, as if it were done: "You touch it, …"."""
    subject = scene.subject(head)
    if subject is None or not start <= subject < head or scene.tag[head] or scene.is_report(head):
        return False
    if _phrase_begin(scene, subject) > start or scene.words[subject] in group("not dared"):
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


def comes_next(scene: Scene, first: int, verb: int) -> bool:
    """Whether a clause behind a conjunction or comma opens with its subject and says what comes, not what was."""
    subject = _subject_behind(scene, first, verb)
    if subject is None or subject > verb + 1 or scene.tag[verb] or scene.is_report(verb):
        return False
    left = _phrase_begin(scene, subject)
    begin = scene.trim(first, verb)[0]
    if begin < left and not scene.children(verb, "expl") and not _is_adverbial(scene, begin, left, verb):
        return False
    modal = scene.modal(verb)
    if modal is not None:
        return modal in ("will", "would", "shall", "can")
    helpers = scene.children(verb, "aux", "cop")
    is_past = any(scene.reading.morph[t] == "Past" and scene.words[t] != scene.lemmas[t] for t in (verb, *helpers))
    return not is_past and not scene.children(verb, "mark") and scene.reading.morph[verb] != "PastPart"


def _subject_behind(scene: Scene, first: int, verb: int) -> int | None:
    """The subject of a clause behind a conjunction; what stands before the conjunction is none, though it is read so.

    Of "or its forty players stay at home" it is "players" as well where the parse joins the noun to what is before.
    """
    subject = scene.subject(verb)
    if subject is not None and subject < first:
        subject = next((t for t in scene.children(verb, "nsubj") if t >= first), None)
    if (
        subject is None
        and verb > first
        and scene.upos[verb - 1] in ("NOUN", "PROPN")
        and scene.deps[verb - 1] == "conj"
    ):
        return verb - 1
    return subject


def _is_adverbial(scene: Scene, first: int, last: int, verb: int) -> bool:
    """Whether all of a stretch says when or where: "or *on Monday* the shops stay shut"."""
    spans = (scene.reading.subtree(c) for c in scene.children(verb, "obl", "advmod") if first <= c < last)
    return any(a <= first and last <= b for a, b in spans)


def has_one_more(scene: Scene, first: int, last: int) -> bool:
    """Whether a stretch counts one more act: "seizes one more boat", "prints it again"."""
    pairs = itertools.pairwise(scene.words[first:last])
    return any(pair in (("one", "more"), ("once", "more")) for pair in pairs) or "again" in scene.words[first:last]
