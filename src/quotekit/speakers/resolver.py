"""Reads the mentions of a text in order, and says of each whom it speaks of."""

from __future__ import annotations

from quotekit.speakers.choices import Choices
from quotekit.speakers.mentions import Mention
from quotekit.speakers.naming import name_all
from quotekit.speakers.naming.short_names import short_person
from quotekit.speakers.nominals import Nominals
from quotekit.speakers.parties import Parties
from quotekit.speakers.pronouns import Pronouns
from quotekit.speakers.relatives import Relatives
from quotekit.speakers.unnamed_sources import UnnamedSources


class Resolver:
    """Says whom the mentions of one text speak of.

    Full names are put together first, wherever they stand; then all mentions are read in order, so that short names,
    descriptions and pronouns find whoever was spoken of before; those inside quotations at last, since "I" and "he"
    depend there on who speaks.

    Args:
        parties: The text's parties, none so far.
        choices: What chooses among those who may be meant.
    """

    def __init__(self, parties: Parties, choices: Choices) -> None:
        self.parties = parties
        self.relatives = Relatives(parties, self._read)
        self.nominals = Nominals(parties, self.relatives, choices)
        self.pronouns = Pronouns(parties, choices)
        self.unnamed = UnnamedSources(parties)

    def read(self) -> None:
        """Reads the mentions in order and says of each outside quotations, and of each name, whom it speaks of."""
        name_all(self.parties)
        for mention in self.parties.mentions:
            if mention.party is None or mention.kind == "name":
                self._read(mention)

    def _read(self, mention: Mention) -> None:
        if mention.kind == "name":
            if mention.party is None:
                if not mention.words:
                    return
                mention.party = short_person(self.parties, mention)
                self.parties.enter(mention, mention.party, take=False)
            if mention.same_as is not None:
                self.nominals.adopt(mention)
            self.unnamed.unveil(mention)
            self.parties.enter(mention, mention.party)
            if mention.relation is not None:
                self.relatives.relate(mention.party, *mention.relation)
        elif mention.kind == "group":
            self.parties.enter(mention, self.nominals.group(mention))
        elif mention.kind == "nominal":
            self.parties.enter(mention, self.nominals.described(mention))
        elif mention.quote is None:
            index = self.pronouns.antecedent(mention, None)
            if index is not None:
                self.parties.enter(mention, index)
        self.unnamed.note(mention)

    def read_quoted(self, speaker_of: dict[int, int]) -> None:
        """Says whom the pronouns inside quotations speak of.

        Args:
            speaker_of: Party of each quotation's speaker, by the quotation's index.
        """
        for mention in self.parties.mentions:
            if mention.kind != "pronoun" or mention.quote is None or mention.party is not None:
                continue
            speaker = speaker_of.get(mention.quote)
            if mention.label == "1":
                if speaker is not None:
                    self.parties.enter(mention, speaker)
                continue
            index = self.pronouns.antecedent(mention, speaker)
            if index is not None:
                self.parties.enter(mention, index)
