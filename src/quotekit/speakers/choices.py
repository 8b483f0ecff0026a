"""The choices that learned weights make among parties: for pronouns, descriptions and names that come late."""

from __future__ import annotations

from collections.abc import Sequence

from quotekit.reader.reading import Reading
from quotekit.speakers.antecedents import Option, choose
from quotekit.speakers.mention_pairs import MentionPairs
from quotekit.speakers.mentions import Mention
from quotekit.speakers.parties import Parties

_LEAST_SHARE = 0.47
"""Probability from which a description is somebody spoken of: words in the wrong mouth are worse than in nobody's."""


class Choices:
    """Chooses by the shipped weights; training watches it to learn them.

    Args:
        reading: The reading of the text.
    """

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._pairs: MentionPairs | None = None

    def pronoun(self, parties: Parties, mention: Mention, options: Sequence[Option]) -> int | None:
        """The party among the options that a pronoun takes up."""
        if self._pairs is None:
            self._pairs = MentionPairs(self._reading, parties.mentions)
        compared = self._pairs.scores(mention, [parties.all[option.party].mentions for option in options])
        return choose(options, added=compared)

    def description(self, parties: Parties, mention: Mention, options: Sequence[Option]) -> int | None:
        """The party among the options that a description takes up."""
        return choose(options, "descriptions", _LEAST_SHARE) if len(options) > 1 else None

    def late_name(self, parties: Parties, index: int, options: Sequence[Option]) -> int | None:
        """The party among the options that one who spoke without a name is."""
        return choose(options, "late_names", _LEAST_SHARE)
