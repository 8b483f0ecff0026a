"""Who said what to whom, in which words, and which of it is a conditional threat."""

from quotekit.api import extract, extract_many, load
from quotekit.errors import QuotekitError
from quotekit.outside import outside_quotes
from quotekit.rendering import render
from quotekit.tables import to_records
from quotekit.types import (
    Attribution,
    Claim,
    ConditionalThreat,
    Cue,
    DocumentInfo,
    Extraction,
    Quote,
    Span,
    Speaker,
)
from quotekit.version import __version__

__all__ = [
    "Attribution",
    "Claim",
    "ConditionalThreat",
    "Cue",
    "DocumentInfo",
    "Extraction",
    "Quote",
    "QuotekitError",
    "Span",
    "Speaker",
    "__version__",
    "extract",
    "extract_many",
    "load",
    "outside_quotes",
    "render",
    "to_records",
]
