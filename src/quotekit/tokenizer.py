"""spaCy's English tokenizer, kept linear on text that has no spaces."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from spacy.language import create_tokenizer as create_spacy_tokenizer
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc
from spacy.util import registry

if TYPE_CHECKING:
    from spacy.language import Language

# No word of English is so long. spaCy peels marks off a run one by one, copying the rest each time: 20,000
# quotation marks in a row take it half a minute.
_LONGEST_RUN = 128
_LONG_RUN = re.compile(rf"\S{{{_LONGEST_RUN}}}(?=\S)")


class LinearTokenizer(Tokenizer):  # type: ignore[misc,unused-ignore]
    """spaCy's tokenizer, which reads runs of more than 128 characters without a space in pieces.

    >>> import spacy
    >>> tokenizer = create_tokenizer()(spacy.blank("en"))
    >>> [token.text for token in tokenizer("He won't.")], len(tokenizer("“" * 20_000))
    (['He', 'wo', "n't", '.'], 20000)
    """

    def __call__(self, text: str) -> Doc:
        """Splits a text into tokens; their texts and spaces give back the text, unchanged."""
        cuts = [run.end() for run in _LONG_RUN.finditer(text)]
        if not cuts:
            return self._split(text)
        words: list[str] = []
        spaces: list[bool] = []
        for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
            piece = self._split(text[start:end])
            words.extend(token.text for token in piece)
            spaces.extend(bool(token.whitespace_) for token in piece)
        return Doc(self.vocab, words=words, spaces=spaces)

    def _split(self, text: str) -> Doc:
        doc: Doc = super().__call__(text)
        return doc


@registry.tokenizers("quotekit.Tokenizer.v1")  # type: ignore[untyped-decorator]
def create_tokenizer() -> Callable[[Language], LinearTokenizer]:
    """Makes the tokenizer for a pipeline, with that language's own rules."""

    def make(nlp: Language) -> LinearTokenizer:
        base = create_spacy_tokenizer()(nlp)
        return LinearTokenizer(
            base.vocab,
            rules=base.rules,
            prefix_search=base.prefix_search,
            suffix_search=base.suffix_search,
            infix_finditer=base.infix_finditer,
            token_match=base.token_match,
            url_match=base.url_match,
        )

    return make
