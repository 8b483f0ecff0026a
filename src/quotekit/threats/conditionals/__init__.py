"""Finds conditions with their consequences, threats or not: by the parse, and by marks and bounds where it fails.

Each construction has a module of its own; `collection` lists them in the order in which they are tried.
"""

from quotekit.threats.conditionals.collection import conditionals_in, find_conditionals
from quotekit.threats.conditionals.conditional import Conditional, Form, Polarity

__all__ = ["Conditional", "Form", "Polarity", "conditionals_in", "find_conditionals"]
