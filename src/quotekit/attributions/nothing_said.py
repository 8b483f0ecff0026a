"""Cues by which nothing is said: names given, silence, deeds, lone pronouns."""

from __future__ import annotations

from quotekit.attributions.page import EDGES, Bounds, Page, Pieces
from quotekit.constructions import people
from quotekit.lemma import lemma
from quotekit.tags import NAMING
from quotekit.types import Attribution, Cue, Span

_SILENCE = frozenset(("decline", "refuse"))
_UNSAID = ("to be named", "to be identified", "to be quoted")
"""What somebody asks of those who write about it, and not what is written."""
_NOBODY = frozenset(("nobody", "none", "nothing"))
_PLEAS = frozenset(
    (
        *("motion", "request", "bail", "permit", "permission", "application", "petition", "appeal"),
        *("access", "entry", "visa", "parole", "asylum", "leave"),
    )
)
"""What a court or an office denies by a ruling, which is no denial of a fact."""
_STOPS = (".", "!", "?", "…")
_SHOWING = frozenset(("show", "demonstrate", "prove"))
_SURE_DEED = 0.6
"""Confidence below which a phrase without a verb, under a cue of no known kind, is no report: two thirds are none."""
_SURE_CLAUSE = 0.5
"""The same where what it says has a verb."""


def is_silence(page: Page, cue: Cue, content: Pieces) -> bool:
    """Whether somebody only asks not to be named: nothing is said."""
    words = page.text[content[0][0] : content[0][1]].lower().split()
    is_negated = words[:1] == ["not"]
    return (cue.lemma in _SILENCE or is_negated) and " ".join(words[is_negated:]).startswith(_UNSAID)


def is_ruling(page: Page, cue: Cue, content: Pieces) -> bool:
    """Whether a plea is denied: "the judge denied a motion"."""
    head = page.reading.head_of(*content[0])
    return cue.lemma == "deny" and head is not None and lemma(page.reading.word(head), "NOUN").lower() in _PLEAS


def is_unmentioned(page: Page, cue: Cue, head: int | None, source: Bounds | None) -> bool:
    """Whether nothing is said of a thing, or of nobody: "they do not mention it", "nobody is thought to be hurt".

    What "is expected to" happen under a relative pronoun is no more than a plan: "the inquiry, which is expected to …".
    """
    reading = page.reading
    if cue.lemma == "mention" and cue.negated:
        return True
    if head is None or source is not None:
        return False
    subjects = [reading.lower(c) for c in reading.children(head, "nsubj") if reading.deps[c] == "nsubj:pass"]
    return any(word in _NOBODY or (word == "which" and cue.lemma == "expect") for word in subjects)


def is_deed(page: Page, source: Span | None, cue: Cue, content: Pieces, confidence: float) -> bool:
    """Whether a cue only says what somebody does: one of no known kind of which the reader is unsure, or a showing."""
    if page.kind(content) != "indirect":
        return False
    if cue.lemma in _SHOWING and source is not None and not any(page.has_verb(*piece) for piece in content):
        # Hosts show their fight: people show something, what shows that something is so is no person.
        head = page.reading.head_of(source.start, source.end)
        return head is not None and lemma(page.reading.word(head), "NOUN").lower() in people()
    if cue.category != "other":
        return False
    return confidence < (_SURE_CLAUSE if any(page.has_verb(*piece) for piece in content) else _SURE_DEED)


def is_name_giving(page: Page, cue: Cue, head: int | None) -> bool:
    """Whether a cue without a source only says what something is called."""
    if cue.lemma not in NAMING or head is None:
        return cue.lemma in NAMING
    helpers = page.reading.children(head, "aux")
    is_participle = page.reading.morph[head] == "PastPart" and page.reading.deps[head] == "acl"
    if is_participle and cue.lemma == "know":
        return False
    return is_participle or any(page.reading.deps[c] == "aux:pass" for c in helpers)


def is_pronoun(page: Page, content: Pieces) -> bool:
    """Whether a content is a lone pronoun ("it", "which"): what is said then stands elsewhere."""
    tokens = page.reading.tokens_in(content[0][0], content[-1][1])
    return len(tokens) == 1 and (page.reading.upos[tokens[0]] == "PRON" or page.reading.lower(tokens[0]) == "so")


def without_beat(page: Page, attribution: Attribution) -> Attribution:
    """Speech behind a sentence that only tells what its speaker does ("She paused. “No.”"), without that sentence.

    The verb of such a sentence is of no known kind, and a stop stands before the quotation that the reader gives it.
    """
    source, cue = attribution.source, attribution.cue
    if source is None or cue is None or cue.category != "other" or attribution.kind == "indirect":
        return attribution
    spoken = [span for span in attribution.content if page.kind([(span.start, span.end)]) == "direct"]
    beat_end = max(source.end, cue.span.end)
    if not spoken or spoken[0].start < beat_end:
        return attribution
    between = page.text[beat_end : spoken[0].start].rstrip(EDGES)
    if between[-1:] not in _STOPS or "\n" in between:
        return attribution
    left = {
        "kind": "direct",
        "source": None,
        "cue": None,
        "content": tuple(spoken),
        "quote_ids": page.quotes_in([(span.start, span.end) for span in spoken]),
    }
    return attribution.model_copy(update={**left, **dict.fromkeys(("addressee", "time", "date", "venue"))})
