"""spaCy's English tokenizer, kept linear on text that has no spaces."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from spacy.attrs import LENGTH, SPACY
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
_WIRE = re.compile(r"(?<=\w)(?=--\([A-Z])|(?<=\)--)(?=\w)")
"""Where a release's dateline touches the words around it: "Texas--(BUSINESS WIRE)--Axiom"."""

_TOKENS_OF: WeakKeyDictionary[Doc, int] = WeakKeyDictionary()
"""Docs that quotekit's tokenizer has made in this process, with a hash of their tokens."""


class LinearTokenizer(Tokenizer):  # type: ignore[misc,unused-ignore]
    """spaCy's tokenizer, which reads runs of more than 128 characters without a space, and datelines, in pieces.

    >>> import spacy
    >>> tokenizer = create_tokenizer()(spacy.blank("en"))
    >>> [token.text for token in tokenizer("He won't.")], len(tokenizer("“" * 20_000))
    (['He', 'wo', "n't", '.'], 20000)
    """

    def __call__(self, text: str) -> Doc:
        """Splits a text into tokens; their texts and spaces give back the text, unchanged."""
        cuts = sorted({mark.end() for pattern in (_LONG_RUN, _WIRE) for mark in pattern.finditer(text)})
        doc = self._in_pieces(text, cuts) if cuts else self._split(text)
        _TOKENS_OF[doc] = _hash_of_tokens(doc)
        return doc

    def _in_pieces(self, text: str, cuts: list[int]) -> Doc:
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


def with_own_tokens(doc: Doc) -> Doc:
    """The Doc itself, if quotekit's tokenizer made its tokens and they are as it made them; else another of its text.

    So a text reads the same in every pipeline, whatever its tokenizer, and whatever was merged or split since.

    >>> import spacy
    >>> words = ["“We", "wait,”", "Lund", "said."]
    >>> doc = Doc(spacy.blank("en").vocab, words=words, spaces=[True, True, True, False])
    >>> [token.text for token in with_own_tokens(doc)]
    ['“', 'We', 'wait', ',', '”', 'Lund', 'said', '.']
    """
    made = _TOKENS_OF.get(doc)
    if made is not None and made == _hash_of_tokens(doc):
        return doc
    return _own_tokenizer()(doc.text)


def _hash_of_tokens(doc: Doc) -> int:
    return hash(doc.to_array([LENGTH, SPACY]).tobytes())


@functools.cache
def _own_tokenizer() -> LinearTokenizer:
    # With a vocabulary of its own: the pipeline's learns no words of which it has no tokens.
    import spacy

    tokenizer: LinearTokenizer = create_tokenizer()(spacy.blank("en"))
    return tokenizer
