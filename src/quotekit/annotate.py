"""Fills in what a Doc lacks, from a reading: sentences, parts of speech, lemmas, dependencies, entities.

What the Doc's own pipeline has written is never changed. The reading lies over quotekit's own tokens; where the Doc has
others, it is first brought onto those.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import DEP, HEAD, LEMMA, POS, SENT_START
from spacy.symbols import IDS
from spacy.tokens import Span as DocSpan

from quotekit.config import KINDS
from quotekit.lemma import lemma
from quotekit.reader.reading import Entity, Reading, token_bounds

if TYPE_CHECKING:
    from spacy.tokens import Doc

_ANNOTATIONS = {
    "sents": ("SENT_START",),
    "pos": ("POS",),
    "lemmas": ("LEMMA",),
    "deps": ("DEP", "HEAD"),
    "ents": ("ENT_IOB",),
}
"""What spaCy calls that which makes filling in needless."""


def annotate(doc: Doc, reading: Reading, kinds: Collection[str] = KINDS) -> None:
    """Writes those annotations on a Doc that it does not have.

    Args:
        doc: The Doc that was read; changed in place.
        reading: Its reading, over any tokens of its text.
        kinds: What to fill in, some of `quotekit.config.KINDS`. Dependencies bring sentences with them.

    >>> import spacy
    >>> from quotekit.reader.reading import Reading
    >>> doc = spacy.blank("en")("He left.")
    >>> rows = [(0, 2, "PRON", "nsubj", 1), (3, 7, "VERB", "root", 1), (7, 8, "PUNCT", "punct", 1)]
    >>> annotate(doc, Reading.from_rows(doc.text, rows))
    >>> [(token.pos_, token.lemma_, token.dep_, token.head.text) for token in doc][:2]
    [('PRON', 'he', 'nsubj', 'left'), ('VERB', 'leave', 'ROOT', 'left')]
    """
    lacking = [kind for kind in kinds if not any(doc.has_annotation(one) for one in _ANNOTATIONS[kind])]
    if len(doc) == 0 or not lacking:
        return
    words, reading = on_tokens(reading, *token_bounds(doc))
    if "pos" in lacking:
        _set(doc, POS, [IDS[upos] for upos in reading.upos])
    if "lemmas" in lacking:
        strings = doc.vocab.strings
        _set(doc, LEMMA, [strings.add(lemma(word, upos)) for word, upos in zip(words, reading.upos, strict=True)])
    if "deps" in lacking:
        _set_trees(doc, reading)
    elif "sents" in lacking:
        _set(doc, SENT_START, np.where(_sent_starts(doc, reading), 1, -1))
    if "ents" in lacking:
        doc.set_ents([DocSpan(doc, entity.first, entity.last, entity.label) for entity in reading.entities])


def on_tokens(reading: Reading, starts: NDArray[np.int32], ends: NDArray[np.int32]) -> tuple[list[str], Reading]:
    """Brings the grammar of a reading onto other tokens of its text.

    A token that holds several of the reading's ("Lund,", "New York", "don't") is what the word in it is on which the
    others there depend. Of several tokens that share one of the reading's ("l", "e", "f", "t"), the first stands for
    it, and the rest hang on that.

    Args:
        reading: The reading.
        starts: Offset of each token's first character, shape (n_tokens,).
        ends: Offset after each token's last character, shape (n_tokens,).

    Returns:
        Each token's text without the marks around it, and the reading over the tokens, without roles and frames.

    >>> rows = [(0, 2, "PRON", "nsubj", 1), (3, 7, "VERB", "root", 1), (7, 8, "PUNCT", "punct", 1)]
    >>> reading = Reading.from_rows("He left.", rows)
    >>> words, found = on_tokens(reading, np.array([0, 3], dtype=np.int32), np.array([2, 8], dtype=np.int32))
    >>> words, found.upos, found.heads.tolist()
    (['He', 'left'], ['PRON', 'VERB'], [1, 1])
    """
    text = reading.text
    words = [text[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
    if np.array_equal(starts, reading.starts) and np.array_equal(ends, reading.ends):
        return words, reading
    n = len(starts)
    # The reading's tokens that overlap each token are those from first to last; white space may have none.
    first = np.searchsorted(reading.ends, starts, side="right")
    last = np.searchsorted(reading.starts, ends, side="left")
    # The token in which each of the reading's begins: white space of the reading may begin between two.
    host = np.clip(np.searchsorted(ends, reading.starts, side="right"), 0, max(0, n - 1))
    begins = np.zeros(n, dtype=np.bool_)
    begins[host[(reading.starts >= starts[host]) & (reading.starts < ends[host])]] = True
    upos, morph, deps = ["SPACE"] * n, [""] * n, ["dep"] * n
    heads = np.arange(n, dtype=np.int32)
    sent_starts = np.zeros(n, dtype=np.bool_)
    for token, (start, end, a, b) in enumerate(
        zip(starts.tolist(), ends.tolist(), first.tolist(), last.tolist(), strict=True)
    ):
        if a >= b or words[token].isspace():
            continue
        main = reading.head_of(start, end)
        if main is None:
            main = a
        inside = [i for i in range(a, b) if reading.upos[i] not in ("PUNCT", "SPACE")]
        if inside:
            words[token] = text[max(start, int(reading.starts[inside[0]])) : min(end, int(reading.ends[inside[-1]]))]
        upos[token], morph[token] = reading.upos[main], reading.morph[main]
        if begins[token]:
            heads[token] = host[reading.heads[main]]
            deps[token] = reading.deps[main]
        else:
            heads[token] = host[a]
        # A sentence that begins in the middle of a token is not one of these tokens.
        opening = next((i for i in range(a, b) if reading.upos[i] != "SPACE"), a)
        sent_starts[token] = begins[token] and bool(reading.sent_starts[opening])
    if n:
        sent_starts[0] = True
    entities: list[Entity] = []
    for entity in reading.entities:
        at = int(np.searchsorted(ends, reading.starts[entity.first], side="right"))
        stop = int(np.searchsorted(starts, reading.ends[entity.last - 1], side="left"))
        # Two names in one token ("Oslo/Bergen") cannot both be written.
        if at < stop and (not entities or entities[-1].last <= at):
            entities.append(Entity(at, stop, entity.label))
    return words, Reading(text, starts, ends, sent_starts, upos, morph, heads, deps, tuple(entities))


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
