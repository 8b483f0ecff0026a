"""Who bears which name: the names of a text put together before anything else is read."""

from __future__ import annotations

from quotekit.speakers.naming.bodies import join_short
from quotekit.speakers.naming.defined_names import define
from quotekit.speakers.naming.full_names import bearer
from quotekit.speakers.naming.known_as import join_known_as
from quotekit.speakers.naming.labels import settle_labels
from quotekit.speakers.naming.longer_names import join_longer
from quotekit.speakers.parties import Parties

__all__ = ["name_all"]


def name_all(parties: Parties) -> None:
    """Puts full names together, wherever they stand, so that a short one may come before them.

    Args:
        parties: The parties of a text, none so far; their mentions get those that they name.
    """
    named = [mention for mention in parties.mentions if mention.kind == "name" and mention.words]
    settle_labels(named)
    for mention in named:
        index = bearer(parties, mention)
        if index is not None:
            mention.party = index
    join_longer(parties)
    define(parties)
    join_short(parties)
    join_known_as(parties)
    for mention in named:
        if mention.party is not None:
            parties.enter(mention, mention.party, take=False)
