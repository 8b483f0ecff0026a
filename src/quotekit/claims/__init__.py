"""Claims: what was said, each thing once, and what its speaker does by saying it."""

from __future__ import annotations

from quotekit.claims.acts import ActReader, strongest
from quotekit.claims.meanings import Meanings
from quotekit.claims.sameness import group_repeated
from quotekit.reader.reading import Reading
from quotekit.types import Attribution, Claim, Extraction

__all__ = ["find_claims"]

_MARKS = "\"“”„‟«»‹›'‘’`´"
_STOPS = " .,;:"
_SILENT = frozenset(("decline", "refuse"))
_NO_CLAIM = ("to comment", "to be interviewed")
"""What somebody declines who states nothing by it."""


def find_claims(reading: Reading, extraction: Extraction) -> Extraction:
    """Finds what was said, and by which act.

    Each attribution states a claim, but for those by which somebody declines to comment. Attributions of one speaker
    that say the same (a headline, the lead and the quotation) share one. The act is read from the content and the cue
    together (`quotekit.claims.acts`).

    Args:
        reading: The reading of ``extraction.text``.
        extraction: With attributions and speakers.

    Returns:
        The extraction with claims, by first attribution, and attributions that name theirs.
    """
    attributions = extraction.attributions
    meanings = Meanings.of(reading, attributions)
    acts = ActReader(reading, extraction, meanings).acts()
    claims: list[Claim] = []
    claim_of: dict[str, str] = {}
    for group in group_repeated(reading, extraction, acts):
        members = [i for i in group if not claims_nothing(attributions[i])]
        if not members:
            continue
        claim_id = f"c{len(claims) + 1}"
        best = _clearest([attributions[i] for i in members])
        claims.append(
            Claim(
                id=claim_id,
                speaker_id=best.speaker_id,
                act=strongest(acts[i] for i in members),
                text=wording(best),
                attribution_ids=tuple(attributions[i].id for i in members),
                negated=best.cue is not None and best.cue.negated,
            )
        )
        claim_of.update((attributions[i].id, claim_id) for i in members)
    return extraction.model_copy(
        update={
            "claims": tuple(claims),
            "attributions": tuple(a.model_copy(update={"claim_id": claim_of.get(a.id)}) for a in attributions),
        }
    )


def claims_nothing(attribution: Attribution) -> bool:
    """Whether an attribution only says that somebody declined to comment.

    >>> from quotekit.types import Cue, Span
    >>> text = "She declined to comment."
    >>> cue = Cue(span=Span.of(text, 4, 12), lemma="decline", category="speech")
    >>> claims_nothing(Attribution(id="a1", kind="indirect", cue=cue, content=(Span.of(text, 13, 23),), confidence=1.0))
    True
    """
    words = " ".join(attribution.content[0].text.lower().split())
    return attribution.cue is not None and attribution.cue.lemma in _SILENT and words.startswith(_NO_CLAIM)


def _clearest(stating: list[Attribution]) -> Attribution:
    """Own words before reported ones, long wordings before short ones, early before late ones.

    Own words of less than half the length of another wording ("That is not true") come after that.
    """
    lengths = [sum(len(span.text) for span in attribution.content) for attribution in stating]
    longest = max(lengths)

    def clarity(at: int) -> tuple[bool, int, int]:
        return stating[at].kind == "direct" and 2 * lengths[at] >= longest, lengths[at], -at

    return stating[max(range(len(stating)), key=clarity)]


def wording(attribution: Attribution) -> str:
    """The words of a claim, as one line; of a direct one without its marks.

    >>> from quotekit.types import Span
    >>> content = (Span(start=0, end=10, text="“We wait,”"), Span(start=19, end=30, text="“and hope.”"))
    >>> wording(Attribution(id="a1", kind="direct", content=content, confidence=1.0))
    'We wait, and hope'
    """
    pieces = [" ".join(span.text.split()) for span in attribution.content]
    if attribution.kind == "direct":
        pieces = [piece.strip(_MARKS) for piece in pieces]
    line = pieces[0]
    for piece in pieces[1:]:
        line = line.rstrip(_STOPS) + (". " if piece[:1].isupper() and attribution.kind == "direct" else ", ") + piece
    return line.rstrip(_STOPS)
