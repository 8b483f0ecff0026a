"""The words that mark a condition ("if", "unless", "in the event that"), from the table of markers."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from quotekit.lexicon import load_table
from quotekit.threats.conditionals.conditional import Polarity
from quotekit.threats.scene import Scene, Tokens


@functools.cache
def _markers() -> dict[str, list[tuple[tuple[str, ...], str, Polarity, int]]]:
    """Markers by their first word, longest first: words, complement, polarity, rank."""
    result: dict[str, list[tuple[tuple[str, ...], str, Polarity, int]]] = {}
    for marker, complement, polarity, rank in load_table("conditional_markers"):
        words = tuple(marker.split())
        result.setdefault(words[0], []).append((words, complement, polarity, int(rank)))  # type: ignore[arg-type]
    for rows in result.values():
        rows.sort(key=lambda row: -len(row[0]))
    return result


def marker_at(scene: Scene, at: int) -> tuple[int, str, Polarity, int] | None:
    """The longest marker that begins at a token: how many tokens it has, its complement, polarity and rank."""
    if scene.words[at] == "once" and scene.words[at + 1 : at + 2] in (["more"], ["again"]):
        return None
    for words, complement, polarity, rank in _markers().get(scene.words[at], ()):
        if tuple(scene.words[at : at + len(words)]) == words:
            return len(words), complement, polarity, rank
    return None


def marked(scene: Scene) -> Iterator[tuple[Tokens, str, Polarity, int]]:
    """All markers of a text, in text order: their tokens, complement, polarity and rank."""
    firsts = _markers()
    behind = 0
    for at, word in enumerate(scene.words):
        match = marker_at(scene, at) if word in firsts and at >= behind else None
        if match is not None:
            length, complement, polarity, rank = match
            behind = at + length
            yield (at, behind), complement, polarity, rank
