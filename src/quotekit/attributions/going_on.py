"""What the source of one report says by a second verb: "The union said it feared cuts | and called for talks"."""

from __future__ import annotations

from quotekit.attributions.building import build
from quotekit.attributions.clauses import bare_clause
from quotekit.attributions.cues import known_cues
from quotekit.attributions.page import Bounds, Page
from quotekit.constructions import people, speaker_nouns
from quotekit.lemma import lemma
from quotekit.reader.reading import Reading
from quotekit.types import Attribution

_TOLD = ("speech", "writing")
_MINDS = ("thought", "attitude")
_PARTICLES = ("on", "upon", "for", "of", "against")
"""Prepositions that belong to a verb of saying: "called on", "warned of"."""
_REFUSING = frozenset(("would", "could", "did", "will", "does", "do", "can"))


def with_second_verbs(page: Page, drafts: list[Attribution]) -> list[Attribution]:
    """Cuts contents before a second verb by which their source says more, and adds what that says."""
    cues = {draft.cue.span.start for draft in drafts if draft.cue is not None}
    result = []
    for draft in drafts:
        verb = _second_verb(page, draft)
        if verb is None or int(page.reading.starts[verb]) in cues:
            result.append(draft)
            continue
        edge = int(page.reading.starts[page.reading.children(verb, "cc")[0]])
        own = [bare_clause(page, span.start, min(span.end, edge)) for span in draft.content if span.start < edge]
        result.append(draft.model_copy(update={"content": tuple(page.span(*piece) for piece in own)}))
        second = _report_of(page, draft, verb)
        if second is not None:
            result.append(second)
    return result


def _second_verb(page: Page, draft: Attribution) -> int | None:
    """A verb of saying behind another that has the same source: joined to it, or to what is said by mistake."""
    reading = page.reading
    if draft.cue is None or draft.source is None or draft.content[0].start < draft.cue.span.end:
        return None
    head = reading.head_of(draft.cue.span.start, draft.cue.span.end)
    if head is None or reading.upos[head] != "VERB":
        return None
    start, end = draft.content[0].start, draft.content[-1].end
    inside = reading.tokens_in(start, end)
    behind = [verb for verb in reading.children(head, "conj") if verb >= inside.stop]
    for verb in (*inside, *behind[:1]):
        first = int(reading.heads[verb])
        is_joined = reading.upos[verb] == "VERB" and reading.deps[verb] == "conj" and reading.children(verb, "cc")
        if not is_joined or (first not in inside and first != head) or reading.children(verb, "nsubj", "expl", "mark"):
            continue
        category = known_cues().get(lemma(reading.word(verb), "VERB").lower(), ("other", False))[0]
        own, tense = _tense(reading, verb), _tense(reading, head)
        is_alike = own == tense or (own == "Inf" and tense == "Pres") or _is_refusal(reading, verb)
        # "… located her and told her to leave": who is told is of the clause, and so who tells.
        is_kept = any(reading.upos[c] == "PRON" for c in reading.children(verb, "obj", "iobj"))
        is_kept = first != head and (is_kept or _may_share(reading, first, verb))
        quoted = any(page.quotes_over(int(reading.starts[verb]), int(reading.ends[verb])))
        if category in _TOLD and is_alike and not quoted and not is_kept and reading.children(verb, "cc")[0] > head:
            return int(verb)
    return None


def _tense(reading: Reading, verb: int) -> str:
    """Form of a verb, or of the auxiliary that carries its tense, which then stands before the form."""
    return "+".join([*(reading.morph[t] for t in reading.children(verb, "aux")), reading.morph[verb]])


def _is_refusal(reading: Reading, verb: int) -> bool:
    """Whether a verb says that somebody would not, or did not, say more."""
    helpers = [reading.lower(t) for t in reading.children(verb, "aux", "advmod")]
    return any(t in _REFUSING for t in helpers) and any(t in ("not", "n't", "n’t") for t in helpers)


def _may_share(reading: Reading, first: int, verb: int) -> bool:
    """Whether the subject of a clause may also say what a verb joined to it tells: "she denied it and called for …"."""
    subjects = reading.children(first, "nsubj")
    if not subjects:
        return True
    subject = subjects[-1]
    base = lemma(reading.word(subject), "NOUN").lower()
    if reading.upos[subject] == "PRON":
        # "It feared for its jobs and called …", "it had seen it and called …": what is feared or seen is told before.
        category = known_cues().get(lemma(reading.word(first), "VERB").lower(), ("other", False))[0]
        is_unlike = _tense(reading, first) != _tense(reading, verb)
        return not (category in _MINDS or is_unlike) or reading.lower(subject) in ("who", "which", "that")
    is_named = any(e.first <= subject < e.last for e in reading.entities)
    return is_named or reading.upos[subject] == "PROPN" or base in speaker_nouns() or base in people()


def _report_of(page: Page, draft: Attribution, verb: int) -> Attribution | None:
    """What a second verb says, whose source is that of the first."""
    reading = page.reading
    if draft.source is None or not reading.children(verb, "obj", "iobj", "obl", "ccomp", "xcomp", "advcl"):
        return None
    is_phrasal = reading.lower(verb + 1) in _PARTICLES and reading.upos[verb + 1] == "ADP"
    cue: Bounds = int(reading.starts[verb]), int(reading.ends[verb + is_phrasal])
    said = bare_clause(page, cue[1], int(reading.ends[reading.subtree(verb)[1] - 1]))
    if said[0] >= said[1] or (said[0] >= draft.content[-1].end and page.blocked(*said)):
        return None
    return build(page, (draft.source.start, draft.source.end), cue, [said], 0.8 * draft.confidence)


def with_interrupted(page: Page, drafts: list[Attribution]) -> list[Attribution]:
    """Joins what a tag interrupts where the verb behind it was taken for another: "That, Ho countered, | said more"."""
    by_cue = {draft.cue.span.start: draft for draft in drafts if draft.cue is not None}
    taken: set[int] = set()
    result = []
    for draft in drafts:
        if draft.cue is None or draft.source is None:
            result.append(draft)
            continue
        first, end = draft.content[-1], max(draft.cue.span.end, draft.source.end)
        other = by_cue.get(end + 2) if page.text[end : end + 2] == ", " else None
        is_half = page.text[first.end : first.end + 2] == ", " and not page.has_tense(first.start, first.end)
        begins = min(draft.cue.span.start, draft.source.start) == first.end + 2
        if other is None or other.cue is None or other.source != draft.source or not (is_half and begins):
            result.append(draft)
            continue
        rest = bare_clause(page, other.cue.span.start, other.content[-1].end)
        is_finite = page.has_tense(other.cue.span.start, other.cue.span.end)
        if is_finite and other.content[0].start >= other.cue.span.end:
            taken.add(id(other))
            content = (*draft.content, page.span(*rest))
            draft = draft.model_copy(update={"content": content})
        result.append(draft)
    return [draft for draft in result if id(draft) not in taken]
