"""Reads `marked.tsv`: passages written for quotekit with the parts of their threats marked."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

PATH = Path(__file__).parent / "marked.tsv"
_OPENING = re.compile(r"\{([cqmwgdi]) ")
_LISTS = {"c": "condition", "q": "consequence"}
_SINGLE = {"m": "marker", "w": "threatener", "g": "target", "d": "deadline"}

Mark = tuple[str, int, int]
"""Letter, first character, character after the last."""


def unmarked(text: str) -> tuple[str, list[Mark]]:
    """A text without its marks, and what they mark.

    >>> unmarked("{q {w We} sue} {m if} {c you print it}.")
    ('We sue if you print it.', [('q', 0, 6), ('w', 0, 2), ('m', 7, 9), ('c', 10, 22)])
    """
    letters: list[str] = []
    opened: list[tuple[str, int]] = []
    marks: list[Mark] = []
    at = 0
    while at < len(text):
        match = _OPENING.match(text, at)
        if match is not None:
            opened.append((match[1], len(letters)))
            at = match.end()
            continue
        if text[at] == "}":
            letter, start = opened.pop()
            marks.append((letter, start, len(letters)))
        else:
            letters.append(text[at])
        at += 1
    return "".join(letters), sorted(marks, key=lambda mark: (mark[1], -mark[2]))


def marked(part: str) -> list[dict[str, Any]]:
    """The passages of a part in the form of the gold: ``id``, ``text``, ``threats``, ``negative_kind``.

    A negative also has ``conditional``: where its condition stands, None where it has none.

    Args:
        part: train or test.
    """
    rows = []
    for line in PATH.read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        name, of, kind, features, source = line.split("\t")
        if of != part:
            continue
        text, marks = unmarked(source)
        threats: list[dict[str, Any]] = []
        if kind == "threat":
            direction, means, explicitness = features.split()
            threat: dict[str, Any] = {
                field: [[start, end] for letter, start, end in marks if letter == mark]
                for mark, field in _LISTS.items()
            }
            for mark, field in _SINGLE.items():
                threat[field] = next(([start, end] for letter, start, end in marks if letter == mark), None)
            threat |= {"direction": direction if direction != "null" else None, "means": means}
            threat["explicitness"] = explicitness
            threats.append(threat)
            issuer = next((text[start:end] for letter, start, end in marks if letter == "i"), None)
            if issuer is not None:
                threat["issuer_name"] = issuer
        conditional = next(([start, end] for letter, start, end in marks if letter == "c"), None)
        rows.append(
            {
                "id": name,
                "text": text,
                "threats": threats,
                "negative_kind": kind if kind != "threat" else None,
                "conditional": conditional,
            }
        )
    return rows
