"""Names for those who have just spoken without: One mother said … “She is ill,” said Ada Quist."""

from __future__ import annotations

import re

from quotekit.speakers import names
from quotekit.speakers.mentions import Mention
from quotekit.speakers.parties import Parties
from quotekit.speakers.party import Party

_AFTER_BARE = re.compile(r"(?:,? \(?\d{1,3}\b|\.|,?[”\"]|,?[’'](?!s\b)|:)")
"""What follows a name that is told no more of than an age."""
_HER_NAME = r"(?:his|her|their)(?: first| last| full| family| real| other| given)* (?:sur)?names?\b"
_GIVING = r"(?:give|gave|giving|offer(?:ed)?|provided?|disclosed?|reveal(?:ed)?|shared?)"
_KEEPS_NAME = re.compile(
    rf", who (?:(?!the |an? )[a-z]+ ){{0,4}}?(?:{_GIVING} (?:only|just) {_HER_NAME}"
    rf"|{_GIVING} {_HER_NAME} (?:only|just)\b"
    rf"|{_GIVING} (?:no|any)(?: last| family| other)? (?:sur)?name\b"
    rf"|(?:(?:would|did|could) not|declined to|refused to|without) {_GIVING} {_HER_NAME}(?! to)"
    rf"|(?:asked|requested) that {_HER_NAME} (?:not\b|be withheld)"
    rf"|not want(?:ed)? {_HER_NAME} (?:used|published|printed|to be)"
    rf"|only by {_HER_NAME})"
)
"""Who would give no other name."""
_SOON = 3
"""Sentences in which the name may follow."""
_OPENING = "“\"‘'«"


class UnnamedSources:
    """Keeps in mind who spoke last without a name, until somebody else does.

    Args:
        parties: The parties so far.
    """

    def __init__(self, parties: Parties) -> None:
        self.parties = parties
        self.last: Mention | None = None
        """The last source, where it is a person without a name."""
        self.told_with_title: set[str] | None = None
        """Last names that stand alone with a title or office; None until they are asked for."""

    def note(self, mention: Mention) -> None:
        """Keeps in mind who has spoken last without a name, until somebody else does."""
        if not mention.is_source or mention.quote is not None or mention.party is None:
            return
        party = self.parties.all[mention.party]
        if party.kind != "person":
            return
        is_unnamed = mention.kind == "nominal" and not party.is_named and mention.number == "sing"
        self.last = mention if is_unnamed else None

    def unveil(self, mention: Mention) -> None:
        """Gives a name to the one who has just spoken without: One mother said … “She is ill,” said Ada Quist."""
        parties = self.parties
        before = self.last
        if before is None or mention.party is None or before.party is None or mention.quote is not None:
            return
        party, old = parties.all[mention.party], parties.all[before.party]
        is_new = not party.mentions and party.kind == "person" and not party.titles and not party.is_kin
        is_free = not old.is_named and before.party != mention.party and mention.sentence - before.sentence <= _SOON
        if not is_new or not is_free or party.clashes(before.gender) or mention.is_modifier:
            return
        if any(a <= before.start < b for a, b in mention.says) or self._is_told_later(party):
            return
        if self._says_who(mention, before):
            parties.merge(before.party, mention.party)

    def _is_told_later(self, party: Party) -> bool:
        """Whether the text says by the last name alone who somebody is: Berg is the head of the school."""
        if self.told_with_title is None:
            self.told_with_title = {
                names.key(mention.words[-1])
                for mention in self.parties.mentions
                if mention.kind == "name" and len(mention.words) == 1 and mention.titles
            }
        return party.person is not None and party.person.last in self.told_with_title

    def _says_who(self, mention: Mention, before: Mention) -> bool:
        """Whether a name tells who it was that somebody without one said something, in the sentence right before."""
        parties = self.parties
        after = mention.name[1] if mention.name is not None else mention.end
        if _KEEPS_NAME.match(parties.text, after):
            return mention.sentence - before.sentence <= 1 and not before.definite
        opens = mention.says and parties.text[mention.says[0][0]] in _OPENING
        is_tag = mention.is_source and opens and mention.start > mention.says[0][0] and len(mention.words) > 1
        if not is_tag or mention.paragraph - before.paragraph > 1 or before.noun in names.words_of("unnamed"):
            return False
        # What the one without name says is told, what the name says is heard.
        is_told = bool(before.says) and parties.text[before.says[0][0]] not in _OPENING
        between = parties.text[before.says[-1][1] : mention.says[0][0]] if is_told else "?"
        first = parties.text[before.start : before.start + 4].casefold()
        is_one = first.startswith(("a ", "an ", "one "))
        return is_one and is_told and not between.strip(" .\n") and bool(_AFTER_BARE.match(parties.text, after))
