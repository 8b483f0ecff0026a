"""quotekit in a spaCy pipeline of your own, beside components of your own.

Run it: python examples/plug_into_spacy.py
"""

from __future__ import annotations

from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

ARTICLE = Path(__file__).parent / "data" / "school_meals.txt"


@Language.component("count_speech")
def count_speech(doc: Doc) -> Doc:
    """Any component after quotekit can use what it found."""
    quotes = [quote for quote in doc._.quotekit.quotes if quote.is_speech]
    words = sum(
        len(doc.char_span(piece.start, piece.end, alignment_mode="expand")) for q in quotes for piece in q.content
    )
    doc.user_data["speech"] = words / len(doc)
    return doc


def main() -> None:
    nlp = spacy.blank("en")  # or spacy.load("en_core_web_sm"): what that writes on the Doc stays as it is
    nlp.add_pipe("quotekit")
    nlp.add_pipe("count_speech")
    doc = nlp(ARTICLE.read_text(encoding="utf-8"))

    print(f"{doc.user_data['speech']:.0%} of the tokens are quoted speech")
    for attribution in doc._.quotekit.attributions:
        # Offsets count characters; char_span turns them into tokens.
        source = attribution.source
        tokens = doc.char_span(source.start, source.end, alignment_mode="expand") if source else None
        if tokens:
            print(tokens.text, "|", tokens.root.dep_, "|", tokens.root.head.lemma_)


if __name__ == "__main__":
    main()
