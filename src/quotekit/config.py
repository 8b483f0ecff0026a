"""The components' settings: which steps there are, what each needs, and what a setting may be.

Imported by `quotekit.factories`, so nothing heavy is imported here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from quotekit.errors import ConfigError

NEEDS = {
    "quotes": (),
    "attributions": ("quotes",),
    "speakers": ("quotes", "attributions"),
    "claims": ("attributions", "speakers"),
    "threats": ("attributions", "speakers"),
}
"""The steps after the reading, in order, each with the steps without which it finds nothing, or the wrong thing."""
STEPS = tuple(NEEDS)
KINDS = ("sents", "pos", "lemmas", "deps", "ents")
"""What can be filled in on a Doc that lacks it."""


def checked_choice(value: Any, allowed: Sequence[str], setting: str) -> tuple[str, ...]:
    """Some of the allowed names, in their order, each once.

    Args:
        value: What was given: a list, tuple or set of names.
        allowed: The names that may be given.
        setting: Whose setting it is, and which, for the message: "quotekit: fill".

    Raises:
        ConfigError: It is no list, or has other names in it.

    >>> checked_choice(["pos", "sents"], KINDS, "quotekit: fill")
    ('sents', 'pos')
    """
    advice = f"Give a list with some of {', '.join(allowed)}."
    if not isinstance(value, (list, tuple, set, frozenset)):
        raise ConfigError(f"{setting} is {value!r}, which is no list. {advice}")
    unknown = [str(name) for name in value if name not in allowed]
    if unknown:
        raise ConfigError(f"{setting} does not know {', '.join(sorted(unknown))}. {advice}")
    return tuple(name for name in allowed if name in value)


def checked_steps(value: Any, name: str) -> tuple[str, ...]:
    """The steps to take, in order.

    Args:
        value: A list with some of `STEPS`.
        name: The component's name in the pipeline.

    Raises:
        ConfigError: It is no such list, or a step lacks another that it needs.

    >>> checked_steps(["attributions", "quotes"], "quotekit")
    ('quotes', 'attributions')
    """
    steps = checked_choice(value, STEPS, f"{name}: steps")
    for step in steps:
        lacking = [needed for needed in NEEDS[step] if needed not in steps]
        if lacking:
            raise ConfigError(
                f"{name}: steps has {step}, but not {' and '.join(lacking)}, which it needs. "
                f"Add {' and '.join(lacking)}, or leave {step} out."
            )
    return steps


def checked_count(value: Any, setting: str, *, none: str = "") -> int | None:
    """A whole number of 1 or more.

    Args:
        value: What was given.
        setting: Whose setting it is, and which, for the message: "quotekit: threads".
        none: What None means, for the message; empty where None is not allowed.

    Raises:
        ConfigError: It is no such number.

    >>> checked_count(2, "quotekit: threads")
    2
    """
    if value is None and none:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        other = f", or None {none}" if none else ""
        raise ConfigError(f"{setting} is {value!r}. Give a whole number of 1 or more{other}.")
    return value


def checked_name(value: Any, setting: str, *, what: str, none: str) -> str | None:
    """A string that is not empty, or None.

    Args:
        value: What was given.
        setting: Whose setting it is, and which, for the message: "quotekit: spans_key".
        what: What the string is, for the message.
        none: What None means, for the message.

    Raises:
        ConfigError: It is neither.

    >>> checked_name("said", "quotekit: spans_key", what="the name of a span group", none="for no group")
    'said'
    """
    if value is None or (isinstance(value, str) and value):
        return value
    raise ConfigError(f"{setting} is {value!r}. Give {what}, or None {none}.")
