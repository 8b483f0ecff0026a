"""What every construction yields: of “We sue if you print it” the marker, the condition and the consequence."""

from __future__ import annotations

from typing import Literal, NamedTuple

from quotekit.threats.scene import Tokens

Polarity = Literal["trigger", "compliance"]

Form = Literal["clause", "phrase", "or", "and", "subject", "relative", "juxtaposed"]


class Conditional(NamedTuple):
    """A condition with its consequence, in tokens; nothing is said yet about what it means."""

    form: Form
    """How it is built."""
    marker: Tokens | None
    """The words that mark it."""
    polarity: Polarity
    """Whether meeting the condition sets the consequence off, or averts it."""
    conditions: tuple[Tokens, ...]
    """Clauses or phrases of the condition, without the marker."""
    consequences: tuple[Tokens, ...]
    """Clauses of the consequence; none for a bare "or else"."""
    condition_head: int
    """Predicate, or noun, of the first condition."""
    consequence_head: int | None
    """Predicate, or noun, of the first consequence."""
    governor: int | None
    """Verb or noun that takes the consequence as its complement ("threatened", "said")."""


class Found(NamedTuple):
    """A conditional, with what is needed to choose between those that share words."""

    conditional: Conditional
    rank: int
    """Of two with one consequence the lower counts: a condition proper before a time, the marked before the rest."""
    at: int
    """The token that the construction turns on; of those tried together, in this order."""
