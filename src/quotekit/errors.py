"""What can go wrong: every error is a `QuotekitError`, and also the builtin that a caller expects."""

from __future__ import annotations


class QuotekitError(Exception):
    """Parent of every error that quotekit raises on purpose.

    >>> issubclass(InputError, QuotekitError)
    True
    """


class InputError(QuotekitError, TypeError, ValueError):
    """The text, or another argument, is not of a kind that quotekit reads.

    >>> try:
    ...     raise InputError("extract() needs a str, not bytes. Decode it first.")
    ... except TypeError as error:
    ...     print(error)
    extract() needs a str, not bytes. Decode it first.
    """


class RosterError(QuotekitError, ValueError):
    """An entry of the roster cannot be used."""


class ConfigError(QuotekitError, ValueError):
    """A pipeline is put together in a way that cannot work, such as a step without the steps it needs."""


class ClashError(QuotekitError, RuntimeError):
    """Another package has taken a name that quotekit needs, such as ``doc._.quotekit``."""


class ReaderError(QuotekitError, RuntimeError):
    """The reader's network cannot be found, opened or used."""


class ExtraError(QuotekitError, ImportError):
    """A package is missing that one of quotekit's extras brings, such as pandas."""
