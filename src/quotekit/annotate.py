"""Fills in what a Doc lacks, from a reading: sentences, parts of speech, lemmas, dependencies, entities.

What the Doc's own pipeline has written is never changed.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import DEP, HEAD, LEMMA, POS, SENT_START
from spacy.symbols import IDS
from spacy.tokens import Span as DocSpan

from quotekit.lemma import lemma

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from quotekit.reader.reading import Reading

KINDS = ("sents", "pos", "lemmas", "deps", "ents")
"""What can be filled in."""


def annotate(doc: Doc, reading: Reading, kinds: Collection[str] = KINDS) -> None:
    """Writes those annotations on a Doc that it does not have.

    Args:
        doc: The Doc that was read; changed in place.
        reading: Its reading.
        kinds: What to fill in, some of `KINDS`. Dependencies bring sentences with them.

    >>> import spacy
    >>> from quotekit.reader.reading import Reading
    >>> doc = spacy.blank("en")("He left.")
    >>> rows = [(0, 2, "PRON", "nsubj", 1), (3, 7, "VERB", "root", 1), (7, 8, "PUNCT", "punct", 1)]
    >>> annotate(doc, Reading.from_rows(doc.text, rows))
    >>> [(token.pos_, token.lemma_, token.dep_, token.head.text) for token in doc][:2]
    [('PRON', 'he', 'nsubj', 'left'), ('VERB', 'leave', 'ROOT', 'left')]
    """
    if len(doc) == 0:
        return
    if "pos" in kinds and not doc.has_annotation("POS"):
        _set(doc, POS, [IDS[upos] for upos in reading.upos])
    if "lemmas" in kinds and not doc.has_annotation("LEMMA"):
        strings = doc.vocab.strings
        _set(
            doc,
            LEMMA,
            [strings.add(lemma(token.text, upos)) for token, upos in zip(doc, reading.upos, strict=True)],
        )
    if "deps" in kinds and not (doc.has_annotation("DEP") or doc.has_annotation("HEAD")):
        _set_trees(doc, reading)
    elif "sents" in kinds and not doc.has_annotation("SENT_START"):
        _set(doc, SENT_START, np.where(_sent_starts(doc, reading), 1, -1))
    if "ents" in kinds and not doc.has_annotation("ENT_IOB"):
        doc.set_ents([DocSpan(doc, entity.first, entity.last, entity.label) for entity in reading.entities])


def _set(doc: Doc, attribute: int, values: NDArray[np.int64] | list[int]) -> None:
    # spaCy reads negative numbers out of the unsigned ones that they wrap to.
    column = np.array([value % 2**64 for value in values], dtype=np.uint64) if isinstance(values, list) else values
    _write(doc, [attribute], column.astype(np.uint64).reshape(-1, 1))


def _write(doc: Doc, attributes: list[int | str], values: NDArray[np.uint64]) -> None:
    # thinc's name for the type of the array says nothing that numpy's does.
    doc.from_array(attributes, cast("Any", values))


def _sent_starts(doc: Doc, reading: Reading) -> NDArray[np.bool_]:
    """The reader's sentence starts, but for those tokens of which the Doc knows."""
    known = doc.to_array([SENT_START]).astype(np.int64)
    starts: NDArray[np.bool_] = np.where(known == 0, reading.sent_starts, known == 1)
    words = np.flatnonzero(np.array([upos != "SPACE" for upos in reading.upos]))
    if len(words) and known[words[0]] == 0:
        # White space at the start of the text belongs to the first sentence.
        starts[words[0]] = False
    starts[0] = True
    return starts


def _set_trees(doc: Doc, reading: Reading) -> None:
    starts = _sent_starts(doc, reading)
    heads, is_root, is_loose = trees(reading, starts)
    strings = doc.vocab.strings
    names = {dep: strings.add(dep) for dep in {*reading.deps, "ROOT", "dep"}}
    deps = np.array([names[dep] for dep in reading.deps], dtype=np.uint64)
    deps[is_loose] = names["dep"]
    deps[is_root] = names["ROOT"]
    offsets = (heads - np.arange(len(heads))).astype(np.int64).astype(np.uint64)
    _write(doc, [HEAD, DEP], np.stack([offsets, deps], axis=1))


def trees(
    reading: Reading, starts: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.bool_], NDArray[np.bool_]]:
    """Makes one tree of each sentence, whatever the heads are.

    Args:
        reading: The reading, with heads that may leave the sentence or run in circles.
        starts: Whether a sentence starts at the token, shape (n_tokens,); the first is true.

    Returns:
        Each token's head, whether it is its sentence's root, and whether it hangs there only for want of a
        better place.
    """
    n = len(reading)
    tokens = np.arange(n)
    sentence = np.cumsum(starts) - 1
    heads = reading.heads.astype(np.int64)
    is_space = np.array([upos == "SPACE" for upos in reading.upos])
    free = (heads == tokens) | (sentence[heads] != sentence) | is_space | is_space[heads]
    above = np.where(free, tokens, heads)
    for _ in range(max(1, n.bit_length())):
        above = above[above]
    in_circle = ~free[above]
    # The root: the first free word of the sentence, else its first word, else its first token.
    order = np.lexsort((tokens, ~free, is_space, sentence))
    roots = order[np.searchsorted(sentence[order], np.arange(sentence[-1] + 1))]
    root = roots[sentence]
    is_root = root == tokens
    is_loose = (free | in_circle) & ~is_root
    heads = np.where(is_root, tokens, np.where(is_loose, root, heads))
    # White space hangs on the token before it, as spaCy's own parsers have it.
    behind = is_space & ~is_root & (tokens > 0)
    behind[1:] &= sentence[1:] == sentence[:-1]
    heads = np.where(behind, tokens - 1, heads)
    return heads, is_root, is_loose
