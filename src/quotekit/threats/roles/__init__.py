"""Who plays which part in a threat: threatener, issuer, target; how the target escapes, and until when."""

from quotekit.threats.roles.casting import Casting, Roles
from quotekit.threats.roles.naming import Party

__all__ = ["Casting", "Party", "Roles"]
