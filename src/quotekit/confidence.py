"""What is left of an extraction when only what is likely right is kept."""

from __future__ import annotations

from quotekit.errors import InputError
from quotekit.types import Extraction


def keep_confident(extraction: Extraction, min_confidence: float) -> Extraction:
    """Leaves out attributions and threats of less confidence, and whatever rests on them alone.

    Speakers who then say nothing and threaten nobody go, and so do claims without an attribution. Quotations stay, but
    name neither an attribution nor a speaker that is gone. What is kept keeps its id. ``benchmarks/confidence.py``
    shows which threshold gives which precision.

    Args:
        extraction: What was found.
        min_confidence: Least confidence, 0 to 1.

    >>> from quotekit import extract
    >>> found = extract("“We wait,” Anna Lund said on Friday.")
    >>> len(keep_confident(found, 0.5).attributions), len(keep_confident(found, 1.0).speakers)
    (1, 0)
    """
    if min_confidence <= 0.0:
        return extraction
    attributions = tuple(a for a in extraction.attributions if a.confidence >= min_confidence)
    said = {a.id for a in attributions}
    claims = tuple(
        claim.model_copy(update={"attribution_ids": kept})
        for claim in extraction.claims
        if (kept := tuple(i for i in claim.attribution_ids if i in said))
    )
    claimed = {claim.id for claim in claims}
    threats = tuple(
        threat.model_copy(
            update={
                "attribution_id": threat.attribution_id if threat.attribution_id in said else None,
                "claim_id": threat.claim_id if threat.claim_id in claimed else None,
            }
        )
        for threat in extraction.threats
        if threat.confidence >= min_confidence
    )
    quotes = tuple(
        quote
        if quote.attribution_id is None or quote.attribution_id in said
        else quote.model_copy(update={"attribution_id": None, "speaker_id": None})
        for quote in extraction.quotes
    )
    heard = {a.speaker_id for a in attributions} | {quote.speaker_id for quote in quotes}
    heard |= {party for threat in threats for party in (threat.threatener_id, threat.issuer_id)}
    return extraction.model_copy(
        update={
            "speakers": tuple(speaker for speaker in extraction.speakers if speaker.id in heard),
            "quotes": quotes,
            "attributions": attributions,
            "claims": claims,
            "threats": threats,
        }
    )


def checked_confidence(value: float, whose: str) -> float:
    """A least confidence, if it is one.

    Raises:
        InputError: It is no number from 0 to 1.

    >>> checked_confidence(0.5, "extract()")
    0.5
    """
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0.0 <= value <= 1.0:
        raise InputError(f"{whose}: min_confidence is {value!r}; give a number from 0 (keep all) to 1.")
    return float(value)
