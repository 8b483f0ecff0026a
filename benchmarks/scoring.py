"""Scores of attributions and of labelled spans.

Attributions are compared as in the published work on PolNeAR: token F1 by role, exact spans by role (trimmed of marks,
blanks and final stops), and whole attributions, matched one to one, whose contents overlap by at least a share t
(intersection over union of words) and whose source and cue overlap the gold ones or are missing on both sides.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

ROLES = ("source", "cue", "content")
_WORD = re.compile(r"\w+(?:[’'.-]\w+)*")
_EDGES = "\"'“”‘’«»„ \t\n,.;:!?-–—"

Spans = list[list[int]]
Frame = dict[str, Spans]


class Tally:
    """Counts of right, gold and predicted items."""

    def __init__(self) -> None:
        self.right = self.gold = self.predicted = 0

    def add(self, right: int, gold: int, predicted: int) -> None:
        self.right += right
        self.gold += gold
        self.predicted += predicted

    @property
    def precision(self) -> float:
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        total = self.gold + self.predicted
        return 2 * self.right / total if total else 0.0

    def __str__(self) -> str:
        return f"P {100 * self.precision:5.1f}  R {100 * self.recall:5.1f}  F1 {100 * self.f1:5.1f}  (n={self.gold})"


def _words(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _WORD.finditer(text)]


def _covered(words: list[tuple[int, int]], spans: Spans) -> frozenset[int]:
    return frozenset(i for i, (a, b) in enumerate(words) for start, end in spans if a < end and b > start)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return start, end


def _matches(gold: list[list[frozenset[int]]], found: list[list[frozenset[int]]], share: float, whole: bool) -> int:
    candidates = []
    for i, one in enumerate(gold):
        for j, other in enumerate(found):
            common = len(one[2] & other[2])
            if not common or common < share * len(one[2] | other[2]):
                continue
            if whole and any(bool(one[r]) != bool(other[r]) or (one[r] and not one[r] & other[r]) for r in (0, 1)):
                continue
            candidates.append((common / len(one[2] | other[2]), i, j))
    left: set[int] = set()
    right: set[int] = set()
    for _, i, j in sorted(candidates, reverse=True):
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
    return len(left)


def score_attributions(documents: Iterable[tuple[str, list[Frame], list[Frame]]]) -> dict[str, Tally]:
    """Scores of (text, gold frames, found frames)."""
    names = [f"{kind} {role}" for kind in ("tok", "exact") for role in ROLES]
    names += [f"{kind}@{share}" for share in (0.3, 0.8) for kind in ("rel", "con")]
    tallies = {name: Tally() for name in names}
    for text, gold, found in documents:
        words = _words(text)
        sets = []
        for frames in (gold, found):
            covered = [[_covered(words, frame[role]) for role in ROLES] for frame in frames]
            sets.append([roles for roles in covered if roles[2]])
        for r, role in enumerate(ROLES):
            one, other = (set().union(*(roles[r] for roles in side)) for side in sets)
            tallies[f"tok {role}"].add(len(one & other), len(one), len(other))
            exact = [{_trimmed(text, *span) for frame in side for span in frame[role]} for side in (gold, found)]
            tallies[f"exact {role}"].add(len(exact[0] & exact[1]), len(exact[0]), len(exact[1]))
        for share in (0.3, 0.8):
            for kind in ("rel", "con"):
                n = _matches(sets[0], sets[1], share, kind == "rel")
                tallies[f"{kind}@{share}"].add(n, len(sets[0]), len(sets[1]))
    return tallies


def calibration_error(confident: list[tuple[float, bool]], n_bins: int = 10) -> float:
    """Expected calibration error: mean distance of confidence and share of right ones, over bins of equal width."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in confident:
        bins.setdefault(min(int(confidence * n_bins), n_bins - 1), []).append((confidence, right))
    total = len(confident)
    return sum(
        abs(sum(c for c, _ in rows) / len(rows) - sum(r for _, r in rows) / len(rows)) * len(rows) / total
        for rows in bins.values()
    )


def confusion(pairs: Iterable[tuple[str, str]]) -> list[tuple[tuple[str, str], int]]:
    """The commonest wrong (gold, found) pairs."""
    return Counter(pair for pair in pairs if pair[0] != pair[1]).most_common(12)
