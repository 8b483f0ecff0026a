"""The model that comes with quotekit, as a spaCy pipeline: ``spacy.load("en_quotekit")``."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spacy.util import load_model_from_path

# Imported for their names' sake: from a source folder, spaCy has no entry points to find them by.
import quotekit.factories
import quotekit.tokenizer  # noqa: F401

if TYPE_CHECKING:
    from spacy.language import Language

_FOLDER = Path(__file__).parent

__version__: str = json.loads((_FOLDER / "meta.json").read_text(encoding="utf-8"))["version"]


def load(**overrides: Any) -> Language:
    """Loads the pipeline.

    Args:
        overrides: Arguments of `spacy.util.load_model_from_path`: vocab, disable, enable, exclude, config.

    Returns:
        A pipeline with one component, "quotekit".
    """
    # Tokenizer and vocabulary are spaCy's own for English: nothing of theirs is stored here.
    given = overrides.pop("exclude", ())
    exclude = [*([given] if isinstance(given, str) else given), "tokenizer", "vocab"]
    nlp = load_model_from_path(_FOLDER, exclude=exclude, **overrides)
    # spaCy's limit guards parsers that need memory for the whole text; the reader reads window by window.
    nlp.max_length = sys.maxsize
    return nlp
