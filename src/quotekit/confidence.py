"""What is left of an extraction when only what is likely right is kept."""

from __future__ import annotations

from quotekit.errors import InputError
from quotekit.filters import thin
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
    return thin(
        extraction,
        attributions={a.id for a in extraction.attributions if a.confidence >= min_confidence},
        threats={threat.id for threat in extraction.threats if threat.confidence >= min_confidence},
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
