"""What words stand for: quantities, and what is contrary to what."""

from __future__ import annotations

import functools
import re

from quotekit.lexicon import load_table

__all__ = ["antonyms", "quantities"]

_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_PERCENT = frozenset(("%", "percent", "per", "pc"))
_OF_WHOLE = frozenset([("in", whole) for whole in ("two", "three", "four", "five", "six", "ten", "10", "100", "1,000")])
_OF_WHOLE |= {("out", "of")}
_ONE = frozenset(("a", "one", "every", "each"))


@functools.cache
def antonyms() -> frozenset[tuple[str, str]]:
    """Words that say the contrary, in both orders."""
    pairs = [(row[0], row[1]) for row in load_table("antonyms")]
    return frozenset(pairs) | frozenset((b, a) for a, b in pairs)


@functools.cache
def _table() -> dict[str, tuple[str, float]]:
    return {row[0]: (row[1], float(row[2])) for row in load_table("quantities")}


def _percent(part: float, whole: float) -> float:
    """A share in whole percents; of less than one per cent, its first digit."""
    share = 100 * (part / whole)
    return float(round(share)) if share >= 1 else float(f"{share:.1g}")


def quantities(forms: list[str], lowered: list[str]) -> dict[str, frozenset[float]]:
    """Numbers, shares, years, days, months and seasons that a statement names, by kind.

    Args:
        forms: Its words as written.
        lowered: The same in lower case.

    >>> def named(words):
    ...     found = quantities(words.split(), words.lower().split())
    ...     return sorted((kind, sorted(values)) for kind, values in found.items())
    >>> named("Thirty-four cents by Friday")
    [('day', [5.0]), ('number', [34.0])]
    >>> named("$ 2 billion") == named("two billion")
    True
    >>> named("one in five"), named("a fifth"), named("20 per cent"), named("the fifth since 2021")
    ([('share', [20.0])], [('share', [20.0])], [('share', [20.0])], [('year', [2021.0])])
    """
    found: dict[str, set[float]] = {}
    amount: float | None = None
    of_whole: float | None = None
    """The part of what is counted: the "one" of "one in five"."""

    def note(kind: str, value: float) -> None:
        found.setdefault(kind, set()).add(value)

    def close() -> None:
        nonlocal amount, of_whole
        if amount is not None:
            if of_whole is not None and of_whole < amount:
                note("share", _percent(of_whole, amount))
            else:
                note("number", amount)
                if of_whole is not None:
                    note("number", of_whole)
        elif of_whole is not None and of_whole > 1:
            note("number", of_whole)
        amount = of_whole = None

    for at, (form, word) in enumerate(zip(forms, lowered, strict=True)):
        before = lowered[at - 1] if at else ""
        after = lowered[at + 1] if at + 1 < len(lowered) else ""
        if word in _PERCENT and amount is not None and (word != "per" or after in ("cent", "100")):
            note("share", amount)
            amount = None
            continue
        if (word, after) in _OF_WHOLE and (amount is not None or before == "one"):
            of_whole, amount = amount if amount is not None else 1.0, None
            continue
        if word == "of" and of_whole is not None:
            continue
        parts = word.split("-") if "-" in word and not word[0].isdigit() else [word]
        for part in parts:
            part = part.lstrip("$€£")
            number = _NUMBER.match(part)
            kind, value = _table().get(part.rstrip("s") if part not in _table() else part, ("", 0.0))
            if number is not None:
                if amount is not None:
                    close()
                rest = part[number.end() :].strip("$€£.,")
                if _YEAR.fullmatch(word):
                    close()
                    note("year", float(word))
                    continue
                amount = float(number.group().replace(",", ""))
                if rest == "%":
                    note("share", amount)
                    amount = None
                elif _table().get(rest, ("",))[0] == "scale":
                    amount *= _table()[rest][1]
            elif kind == "number":
                # "thirty four", "thirty-four"
                adds = amount is not None and amount >= 20 and amount % 10 == 0 and value < 10
                if not adds and amount is not None:
                    close()
                amount = (amount or 0.0) + value
            elif kind == "scale":
                if amount is not None or (word == part and value >= 100 and part.isalpha() and len(part) > 2):
                    amount = (amount if amount is not None else 1.0) * value
            elif kind == "part":
                # "A fifth", "two thirds", "every fourth"; a mere "fifth" is the one after the fourth.
                # "Ten fifth graders" are no share.
                if before in _ONE or (amount is not None and amount < value):
                    note("share", _percent(amount or 1.0, value))
                    amount = None
            else:
                close()
                if kind and (not kind.endswith(" name") or form[:1].isupper()):
                    note(kind.removesuffix(" name"), value)
    close()
    return {kind: frozenset(values) for kind, values in found.items()}
