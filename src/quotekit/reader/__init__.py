"""The reader: one small transformer that reads a text once and writes down what every later step needs."""

from __future__ import annotations

import functools
import importlib.util
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from quotekit.blas import one_thread
from quotekit.errors import ReaderError
from quotekit.paragraphs import find_paragraphs
from quotekit.reader import decode
from quotekit.reader.encoder import Encoder, Floats
from quotekit.reader.inputs import OPENING, PARAGRAPH, Inputs, encode
from quotekit.reader.labels import MORPH, UPOS
from quotekit.reader.reading import Entity, Frame, Reading, Role, RoleSpan, token_bounds
from quotekit.reader.windows import Window, cut

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from quotekit.types import Span

__all__ = ["Entity", "Frame", "Reader", "Reading", "Role", "RoleSpan", "shipped_reader"]

JOINED_LABELS = frozenset(
    [(one, other) for one in ("PERSON", "LOC", "ORG") for other in ("LOC", "ORG")] + [("PERSON", "PERSON")]
)
"""Labels of two names side by side that can be one, cut in two; it has the label of the second."""
_PROPN, _NOUN, _PART = UPOS.index("PROPN"), UPOS.index("NOUN"), UPOS.index("PART")
_SHORTEST_NOUN = 4
"""Letters of a small word that is no name: particles of names ("von") have fewer."""
_BEFORE_NOUNS = frozenset(("a", "an", "the", "my", "your", "his", "her", "its", "our", "their", "this", "that"))
WINDOWS_AT_ONCE = 64
"""Windows decoded together: memory stays flat however long the text is."""


class Reader:
    """Reads texts.

    Args:
        path: Folder of the network; None for the one that comes with quotekit.
        threads: CPU threads; None leaves the choice to onnxruntime.

    Raises:
        ReaderError: A model file is missing or of another version.

    >>> import spacy
    >>> (reading,) = Reader().read([spacy.blank("en")("“We wait,” Anna Lund said.")])
    >>> [(span.role, reading.text[span.start:span.end]) for span in reading.roles]
    [('content', '“We wait,”'), ('source', 'Anna Lund'), ('cue', 'said')]
    """

    def __init__(self, path: Path | None = None, *, threads: int | None = None) -> None:
        self.encoder = Encoder(path if path is not None else shipped_path(), threads=threads)

    def read(
        self,
        docs: Sequence[Doc],
        skip: Sequence[Sequence[Span]] | None = None,
        sent_starts: Sequence[NDArray[np.bool_] | None] | None = None,
    ) -> list[Reading]:
        """Reads Docs; only their text and tokens are used, and nothing is written to them.

        Args:
            docs: Docs of any tokenizer.
            skip: For each Doc the pieces of its text to read over, as if they were blank lines: page junk.
            sent_starts: For each Doc the tokens at which its sentences are known to start, shape (n_tokens,), or None
                to find them.

        Returns:
            One reading for each Doc, over its tokens; skipped tokens are X, and no span holds them.
        """
        tokens = [token_bounds(doc) for doc in docs]
        pieces = skip if skip is not None else [()] * len(docs)
        known = sent_starts if sent_starts is not None else [None] * len(docs)
        with one_thread():
            return list(self._read([doc.text for doc in docs], tokens, pieces, known))

    def _read(
        self,
        texts: list[str],
        tokens: list[tuple[NDArray[np.int32], NDArray[np.int32]]],
        skip: Sequence[Sequence[Span]],
        sent_starts: Sequence[NDArray[np.bool_] | None],
    ) -> Iterator[Reading]:
        encoded = [
            encode(_blanked(text, pieces), self.encoder.tokenizer) for text, pieces in zip(texts, skip, strict=True)
        ]
        for text, inputs in zip(texts, encoded, strict=True):
            # A page reads the same whether its paragraphs are parted by blank lines or by line breaks.
            inputs.shapes[:, 2] = _breaks(text, inputs)
        sizes = self.encoder.sizes
        windows = [cut(inputs, size=sizes.window - 2, left=sizes.left, right=sizes.right) for inputs in encoded]
        chunks = [
            (i, group[at : at + WINDOWS_AT_ONCE])
            for i, group in enumerate(windows)
            for at in range(0, len(group), WINDOWS_AT_ONCE)
        ]
        drafts = [_Draft(*parts) for parts in zip(texts, encoded, tokens, skip, sent_starts, strict=True)]
        waiting: list[tuple[int, list[Window]]] = []
        count = 0
        for i, group in chunks:
            if waiting and count + len(group) > WINDOWS_AT_ONCE:
                self._run(waiting, encoded, drafts)
                waiting, count = [], 0
            waiting.append((i, group))
            count += len(group)
        if waiting:
            self._run(waiting, encoded, drafts)
        for draft in drafts:
            yield draft.finish()

    def _run(self, chunks: list[tuple[int, list[Window]]], encoded: list[Inputs], drafts: list[_Draft]) -> None:
        outputs = self.encoder.run([(encoded[i], window) for i, group in chunks for window in group])
        at = 0
        for i, group in chunks:
            rows = np.concatenate(outputs[at : at + len(group)])
            at += len(group)
            drafts[i].add(group[0].core_first, rows, self.encoder)


class _Draft:
    """A reading in the making: chunks of units come in one by one, in text order."""

    def __init__(
        self,
        text: str,
        inputs: Inputs,
        bounds: tuple[NDArray[np.int32], NDArray[np.int32]],
        skip: Sequence[Span],
        known_starts: NDArray[np.bool_] | None,
    ) -> None:
        self.text = text
        self.inputs = inputs
        self.starts, self.ends = bounds
        n = len(self.starts)
        self.is_space = _is_space(text, self.starts, self.ends)
        self.known_starts = known_starts
        self.is_skipped = np.zeros(n, dtype=np.bool_)
        for piece in skip:
            self.is_skipped |= (self.starts < piece.end) & (self.ends > piece.start)
        self.words = np.flatnonzero(~self.is_space & ~self.is_skipped)
        """Tokens that are read: neither blank nor skipped."""
        self.units = token_units(inputs, self.starts[self.words], self.ends[self.words])
        self.breaks = inputs.shapes[:, 2]
        self.sent_starts = np.zeros(n, dtype=np.bool_)
        self.upos = np.full(n, -1, dtype=np.int64)
        self.morph = np.zeros(n, dtype=np.int64)
        self.heads = np.arange(n, dtype=np.int64)
        self.deps = np.full(n, -1, dtype=np.int64)
        self.entities: list[Entity] = []
        self.roles: list[RoleSpan] = []
        self.frames: list[Frame] = []
        self.labels: list[str] = []
        self.meanings = np.zeros((0, 0), dtype=np.float16)

    def add(self, first_unit: int, rows: Floats, encoder: Encoder) -> None:
        """Decodes the outputs of the units from ``first_unit`` on."""
        self.labels = encoder.sizes.deps
        edges = np.cumsum([0, *encoder.sizes.parts.values()])
        part = {name: rows[:, a:b] for name, a, b in zip(encoder.sizes.parts, edges, edges[1:], strict=False)}
        last_unit = first_unit + len(rows)
        self._add_roles(first_unit, part["tag"], part["link"], encoder.tables)
        chosen = (self.units >= first_unit) & (self.units < last_unit)
        words, place = self.words[chosen], self.units[chosen] - first_unit
        if len(words) == 0:
            return
        if not self.meanings.size:
            self.meanings = np.zeros((len(self.starts), part["meaning"].shape[1]), dtype=np.float16)
        self.meanings[words] = part["meaning"][place]
        breaks = self.breaks[self.units[chosen]] >= PARAGRAPH
        # Two tokens of one word ("can" and "not") share its break.
        breaks[1:] &= place[1:] != place[:-1]
        if self.known_starts is None:
            starts = decode.sentence_starts(part["sent"][place, 0], breaks)
        else:
            starts = self.known_starts[words].copy()
            starts[0] = True
        self.sent_starts[words] = starts
        self.upos[words] = part["upos"][place].argmax(axis=1)
        self._unname(words)
        self.morph[words] = part["morph"][place].argmax(axis=1)
        heads, labels = decode.decode_trees(
            part["syntax"][place], starts, self.upos[words], encoder.tables, encoder.labels
        )
        self.heads[words] = words[heads]
        self.deps[words] = np.where(heads == np.arange(len(words)), len(self.labels), labels)
        self._give_owners(words)
        for label, first, last, _ in decode.decode_entities(part["entity"][place], breaks):
            self.entities.append(Entity(int(words[first]), int(words[last]) + 1, decode.entity_name(label)))

    def _give_owners(self, words: NDArray[np.int64]) -> None:
        """Makes owners of a noun's subjects with "'s" behind them: of "Lund's threat to sue is real", Lund is none."""
        if not {"case", "nsubj", "nmod:poss"} <= set(self.labels):
            return
        case, subject, owner = (self.labels.index(label) for label in ("case", "nsubj", "nmod:poss"))
        for mark in words[(self.upos[words] == _PART) & (self.deps[words] == case)].tolist():
            noun = int(self.heads[mark])
            owned = int(self.heads[noun])
            if noun < mark < owned and self.deps[noun] == subject and self.upos[owned] in (_NOUN, _PROPN):
                self.deps[noun] = owner

    def _unname(self, words: NDArray[np.int64]) -> None:
        """Makes nouns of small words that are read as names behind a determiner: "the baker".

        The network reads without capitals, and there are people called Baker.
        """
        for token in words[self.upos[words] == _PROPN].tolist():
            word = self.text[self.starts[token] : self.ends[token]]
            before = self.text[self.starts[token - 1] : self.ends[token - 1]].lower() if token else ""
            if len(word) >= _SHORTEST_NOUN and word.isalpha() and word.islower() and before in _BEFORE_NOUNS:
                self.upos[token] = _NOUN

    def _add_roles(self, first_unit: int, emissions: Floats, sides: Floats, tables: dict[str, Floats]) -> None:
        here = slice(first_unit, first_unit + len(emissions))
        before, marks = self.breaks[here], self.inputs.shapes[here, 1]
        emissions = decode.parted(emissions, before >= PARAGRAPH, np.isin(marks, OPENING))
        spans = decode.decode_roles(emissions, tables)
        links = decode.decode_links(spans, sides, before, tables)
        spans = decode.decode_edges(spans, links, emissions, sides, tables)
        base = len(self.roles)
        for label, first, last, confidence in spans:
            start, end = int(self.inputs.starts[first_unit + first]), int(self.inputs.ends[first_unit + last])
            self.roles.append(RoleSpan(decode.role_of(label), start, end, confidence))  # type: ignore[arg-type]
        contents_of: dict[int, list[int]] = {}
        for content, (cue, _) in links.cue_of.items():
            contents_of.setdefault(cue, []).append(content)
        for cue, (source, chance) in links.source_of.items():
            contents = contents_of.get(cue, [])
            confidence = min([chance, *(links.cue_of[content][1] for content in contents)])
            shifted = tuple(base + content for content in contents)
            self.frames.append(Frame(base + cue, None if source is None else base + source, shifted, confidence))

    def _join_skipped(self) -> None:
        """Makes each run of skipped tokens a sentence, under its first token."""
        tokens = np.flatnonzero(self.is_skipped & ~self.is_space)
        if len(tokens) == 0:
            return
        self.upos[tokens] = len(UPOS)
        reads_between = np.cumsum(~self.is_skipped & ~self.is_space)[tokens]
        begins = np.append(True, np.diff(reads_between) > 0)
        first = tokens[begins]
        self.heads[tokens] = first[np.cumsum(begins) - 1]
        self.sent_starts[first] = True
        self.deps[first] = len(self.labels)

    def _joined_entities(self, deps: list[str]) -> list[Entity]:
        """The entities, with names joined that were cut where the parse sees one ("Marlow" and "Ports")."""
        joined: list[Entity] = []
        for entity in self.entities:
            before = joined[-1] if joined else entity
            if before.last == entity.first and (before.label, entity.label) in JOINED_LABELS:
                first, last = before.first, entity.last
                across = any(
                    (token < entity.first) != (head < entity.first)
                    for token, head in zip(range(first, last), self.heads[first:last].tolist(), strict=True)
                    if first <= head < last and deps[self.deps[token]] in ("compound", "flat")
                )
                if across:
                    joined[-1] = Entity(first, last, entity.label)
                    continue
            joined.append(entity)
        return joined

    def finish(self) -> Reading:
        """The whole reading."""
        if len(self.starts):
            self.sent_starts[0] = True
        self._join_skipped()
        deps = [*self.labels, "root", "dep"]
        upos = [*UPOS, "X", "SPACE"]
        return Reading(
            text=self.text,
            starts=self.starts,
            ends=self.ends,
            sent_starts=self.sent_starts,
            upos=[upos[i] for i in self.upos.tolist()],
            morph=[MORPH[i] for i in self.morph.tolist()],
            heads=self.heads.astype(np.int32),
            deps=[deps[i] for i in self.deps.tolist()],
            entities=tuple(self._joined_entities(deps)),
            roles=tuple(self.roles),
            frames=tuple(self.frames),
            meanings=self.meanings if self.meanings.size else None,
        )


def _blanked(text: str, pieces: Sequence[Span]) -> str:
    """The text with pieces blanked out, character for character."""
    parts, at = [], 0
    for piece in pieces:
        parts += [text[at : piece.start], "\n" * (piece.end - piece.start)]
        at = piece.end
    return "".join([*parts, text[at:]]) if parts else text


def _is_space(text: str, starts: NDArray[np.int32], ends: NDArray[np.int32]) -> NDArray[np.bool_]:
    return np.array([text[s:e].isspace() for s, e in zip(starts.tolist(), ends.tolist(), strict=True)], dtype=np.bool_)


def _breaks(text: str, inputs: Inputs) -> NDArray[np.int32]:
    """Class of the break before each unit; a new line counts as a blank one where the text parts paragraphs so."""
    breaks = inputs.shapes[:, 2].astype(np.int32)
    firsts = np.searchsorted(inputs.starts, [start for start, _ in find_paragraphs(text)])
    firsts = firsts[firsts < len(breaks)]
    breaks[firsts] = np.maximum(breaks[firsts], PARAGRAPH)
    return breaks


def token_units(inputs: Inputs, starts: NDArray[np.int32], ends: NDArray[np.int32]) -> NDArray[np.int64]:
    """The unit that stands for each token: the first that begins inside it, else the one it lies in."""
    if len(inputs) == 0:
        return np.full(len(starts), -1, dtype=np.int64)
    first = np.searchsorted(inputs.starts, starts, side="left")
    inside = (first < len(inputs)) & (inputs.starts[np.minimum(first, len(inputs) - 1)] < ends)
    units: NDArray[np.int64] = np.where(inside, first, np.maximum(first - 1, 0))
    return units


def shipped_path() -> Path:
    """Folder of the network that comes with quotekit.

    Raises:
        ReaderError: The model package is not installed.
    """
    package = importlib.util.find_spec("en_quotekit")
    if package is None or package.origin is None:
        raise ReaderError(
            "The model package en_quotekit is missing. Install quotekit again: pip install --force-reinstall quotekit"
        )
    return Path(package.origin).parent / "reader"


@functools.cache
def shipped_reader() -> Reader:
    """The reader with the network that comes with quotekit, made once in a process."""
    return Reader()
