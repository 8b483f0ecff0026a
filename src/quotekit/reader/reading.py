"""What the reader found in a text: arrays over the Doc's tokens, and role spans with their links."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from spacy.tokens import Doc

Role = Literal["source", "cue", "content"]
ROLES: tuple[Role, ...] = ("source", "cue", "content")


class RoleSpan(NamedTuple):
    """A stretch of text that plays a part in an attribution.

    >>> RoleSpan("cue", 5, 9, 0.97).role
    'cue'
    """

    role: Role
    """Part played: source, cue or content."""
    start: int
    """Offset of the first character."""
    end: int
    """Offset after the last character."""
    confidence: float
    """Probability of the span's tags, 0 to 1."""


class Frame(NamedTuple):
    """A cue with the source and the contents that the reader links to it.

    Members are indices into ``Reading.roles``.

    >>> Frame(cue=1, source=0, contents=(2,), confidence=0.9).contents
    (2,)
    """

    cue: int
    source: int | None
    contents: tuple[int, ...]
    confidence: float
    """Probability of the links, 0 to 1."""


class Entity(NamedTuple):
    """A named entity, in tokens.

    >>> Entity(first=0, last=2, label="PERSON").label
    'PERSON'
    """

    first: int
    """Index of the first token."""
    last: int
    """Index after the last token."""
    label: str
    """PERSON, ORG, LOC, MISC, DATE or TIME."""


@dataclass(frozen=True)
class Reading:
    """One reading of one text, over the tokens of a spaCy Doc.

    Token arrays all have shape (n_tokens,). Tokens that are only whitespace are kept (``upos`` is SPACE, their head
    is themselves), so that token indices are those of the Doc.

    Args:
        text: The text, unchanged.
        starts: Offset of each token's first character, int32.
        ends: Offset after each token's last character, int32.
        sent_starts: Whether a sentence starts at the token, bool.
        upos: Universal part of speech of each token.
        morph: Form of each token, or "": Imp, Inf, Past, Pres, Ger, PastPart, PresPart (verbs), Sing, Plur (nouns,
            pronouns).
        heads: Index of each token's syntactic head, int32; a root's head is itself.
        deps: Universal Dependencies relation of each token to its head ("nsubj", "nsubj:pass", "acl:relcl", …).
        entities: Named entities, in text order, without overlaps.
        roles: Source, cue and content spans, in text order, without overlaps.
        frames: The links among ``roles``; each cue has one frame, a source may stand in several.
        meanings: What the network makes of each token in its context, shape (n_tokens, width), float16; None in a
            reading made by hand.

    >>> from quotekit.reader.reading import Reading
    >>> rows = [(0, 2, "PRON", "nsubj", 1), (3, 7, "VERB", "root", 1), (7, 8, "PUNCT", "punct", 1)]
    >>> reading = Reading.from_rows("He left.", rows)
    >>> reading.word(1), [reading.word(child) for child in reading.children(1)]
    ('left', ['He', '.'])
    """

    text: str
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    sent_starts: NDArray[np.bool_]
    upos: list[str]
    morph: list[str]
    heads: NDArray[np.int32]
    deps: list[str]
    entities: tuple[Entity, ...] = ()
    roles: tuple[RoleSpan, ...] = ()
    frames: tuple[Frame, ...] = field(default=())
    meanings: NDArray[np.float16] | None = field(default=None, repr=False, compare=False)
    kept: dict[str, object] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What a later step may want again."""

    def __getstate__(self) -> dict[str, object]:
        """Everything but what is kept for later steps."""
        return {**self.__dict__, "kept": {}}

    @classmethod
    def from_rows(
        cls,
        text: str,
        rows: list[tuple[int, int, str, str, int]],
        *,
        sent_starts: tuple[int, ...] = (0,),
        morph: dict[int, str] | None = None,
        entities: tuple[Entity, ...] = (),
        roles: tuple[RoleSpan, ...] = (),
        frames: tuple[Frame, ...] = (),
    ) -> Reading:
        """Builds a reading by hand.

        Args:
            text: The text.
            rows: One (start, end, upos, dep, head) for each token; start and end in characters, head a token index.
            sent_starts: Tokens at which a sentence starts.
            morph: Form of those tokens that have one.
            entities: Named entities, in tokens.
            roles: Role spans, in characters.
            frames: Links among the role spans.
        """
        is_start = np.zeros(len(rows), dtype=np.bool_)
        is_start[[i for i in sent_starts if i < len(rows)]] = True
        return cls(
            text=text,
            starts=np.array([row[0] for row in rows], dtype=np.int32),
            ends=np.array([row[1] for row in rows], dtype=np.int32),
            sent_starts=is_start,
            upos=[row[2] for row in rows],
            morph=[(morph or {}).get(i, "") for i in range(len(rows))],
            heads=np.array([row[4] for row in rows], dtype=np.int32),
            deps=[row[3] for row in rows],
            entities=entities,
            roles=roles,
            frames=frames,
        )

    def __len__(self) -> int:
        """Number of tokens."""
        return len(self.upos)

    def word(self, token: int) -> str:
        """Text of a token."""
        return self._words[token]

    def lower(self, token: int) -> str:
        """Lower-cased text of a token."""
        return self._lowers[token]

    @cached_property
    def _words(self) -> list[str]:
        return [self.text[start:end] for start, end in zip(self._starts, self._ends, strict=True)]

    @cached_property
    def _lowers(self) -> list[str]:
        return [word.lower() for word in self._words]

    @cached_property
    def _children(self) -> list[list[int]]:
        children: list[list[int]] = [[] for _ in self.upos]
        for token, head in enumerate(self.heads.tolist()):
            if head != token:
                children[head].append(token)
        return children

    def children(self, token: int, *deps: str) -> list[int]:
        """Tokens whose head is ``token``, in text order; only those with one of ``deps`` where given.

        A relation without a subtype matches all its subtypes: "nsubj" matches "nsubj:pass".
        """
        children = self._children[token]
        if not deps:
            return children
        if not children:
            return []
        full, plain = self.deps, self._relations
        if len(children) == 1:
            only = children[0]
            return [only] if plain[only] in deps or full[only] in deps else []
        return [c for c in children if plain[c] in deps or full[c] in deps]

    @cached_property
    def _relations(self) -> list[str]:
        """Relations without their subtypes."""
        return [dep.partition(":")[0] for dep in self.deps]

    def subtree(self, token: int) -> tuple[int, int]:
        """First token and token after the last of everything that depends on ``token``, itself included."""
        return int(self._subtree_ends[0][token]), int(self._subtree_ends[1][token])

    @cached_property
    def _subtree_ends(self) -> tuple[list[int], list[int]]:
        first = list(range(len(self)))
        last = [i + 1 for i in first]
        waiting = [len(c) for c in self._children]
        ready = [i for i, n in enumerate(waiting) if n == 0]
        heads = self.heads.tolist()
        while ready:
            token = ready.pop()
            head = heads[token]
            if head == token:
                continue
            first[head] = min(first[head], first[token])
            last[head] = max(last[head], last[token])
            waiting[head] -= 1
            if waiting[head] == 0:
                ready.append(head)
        return first, last

    def sentence(self, token: int) -> tuple[int, int]:
        """First token and token after the last of the sentence that holds ``token``."""
        at = bisect_right(self.sentence_bounds, token) - 1
        return self.sentence_bounds[at], self.sentence_bounds[at + 1]

    @cached_property
    def sentence_bounds(self) -> list[int]:
        """First token of each sentence, and the number of tokens."""
        starts = np.flatnonzero(self.sent_starts).tolist()
        if not starts or starts[0] != 0:
            starts.insert(0, 0)
        return [*starts, len(self)]

    def sentences(self) -> Iterator[tuple[int, int]]:
        """First token and token after the last of each sentence, in text order."""
        starts = self.sentence_bounds
        yield from ((a, b) for a, b in itertools.pairwise(starts) if a < b)

    @cached_property
    def _starts(self) -> list[int]:
        result: list[int] = self.starts.tolist()
        return result

    @cached_property
    def _ends(self) -> list[int]:
        result: list[int] = self.ends.tolist()
        return result

    def tokens_in(self, start: int, end: int) -> range:
        """Indices of the tokens that overlap the characters ``[start, end)``."""
        first = bisect_right(self._ends, start)
        return range(first, max(first, bisect_left(self._starts, end)))

    def head_of(self, start: int, end: int) -> int | None:
        """The token in ``[start, end)`` on which the others there depend: the first whose head lies outside.

        None where there is no token.
        """
        tokens = self.tokens_in(start, end)
        best: int | None = None
        for token in tokens:
            if self.upos[token] in ("PUNCT", "SPACE"):
                continue
            if best is None:
                best = token
            head = int(self.heads[token])
            if head == token or head not in tokens:
                return token
        return best


def token_bounds(doc: Doc) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Offsets of a Doc's tokens: first characters, and after the last ones.

    >>> import spacy
    >>> [bound.tolist() for bound in token_bounds(spacy.blank("en")("He left."))]
    [[0, 3, 7], [2, 7, 8]]
    """
    from spacy.attrs import IDX, LENGTH

    bounds = doc.to_array([IDX, LENGTH]).astype(np.int64).reshape(-1, 2)
    return bounds[:, 0].astype(np.int32), bounds.sum(axis=1).astype(np.int32)
