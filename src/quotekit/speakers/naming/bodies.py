"""Acronyms and shortened names of bodies, joined with the full ones."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container

from quotekit.speakers import names
from quotekit.speakers.mentions import Mention
from quotekit.speakers.parties import Parties

_NUMBER = re.compile(r" \d")
_SHORTEST_LETTERS = 3
"""Letters of an acronym that may have such letters, and one more."""
_SHORTEST_OPENING = 3
"""Letters that a word has to be shortened to."""
MOST_INNER = 2
"""Letters of an acronym that are not the first of a word: ODEDC of Odan Electricity Distribution Company."""
LONGEST_BODY = 5
"""Words of a body's name, where a headline's capitals may make one seem longer."""


def join_short(parties: Parties) -> None:
    """Joins an acronym to the name that it is short for, and a short name to the full one.

    Args:
        parties: The parties of a text; those of short names lose their mentions to those of the full ones.
    """
    bodies = _Bodies(parties)
    moved: dict[int, int] = {}
    for mention in parties.mentions:
        if mention.party is not None:
            bodies.named.add(mention.party)
        if mention.kind != "name" or mention.label == "PERSON" or mention.party is None:
            continue
        if mention.party not in moved:
            full = bodies.full(mention, moved)
            if full is not None:
                moved[mention.party] = full
        bodies.previous = mention
    for mention in parties.mentions:
        seen: set[int] = set()
        while mention.party in moved and mention.party not in seen:
            seen.add(mention.party)
            mention.party = moved[mention.party]


class _Bodies:
    """The bodies of one text, read in order."""

    def __init__(self, parties: Parties) -> None:
        self.parties = parties
        self.previous: Mention | None = None
        """The name before, of anything but a person."""
        self.named: set[int] = set()
        """Whose name has been read."""
        self.numbered = {
            mention.party
            for mention in parties.mentions
            if mention.name is not None and _NUMBER.match(parties.text, mention.name[1])
        }
        """What is one of many: Tarnow Air Flight 9 is not Tarnow Air."""
        self.by_initials: dict[str, list[int]] = defaultdict(list)
        for mention in parties.mentions:
            if mention.kind != "name" or mention.label == "PERSON" or mention.party is None or len(mention.words) < 2:
                continue
            for acronym in names.initials(mention.words):
                if mention.party not in self.by_initials[acronym]:
                    self.by_initials[acronym].append(mention.party)

    def full(self, mention: Mention, moved: Container[int]) -> int | None:
        """The body that a name is short for; None for a full name.

        Args:
            mention: The name.
            moved: Bodies known to be others, which are no full names' themselves.
        """
        if len(mention.words) == 1:
            if names.is_acronym(mention.words[0]):
                return self._of_acronym(mention)
            return self._of_one_word(mention) if mention.label == "ORG" else None
        if mention.label != "ORG":
            return None
        opened = self._of_opening(mention)
        return self._of_closing(mention, moved) if opened is None else opened

    def _of_acronym(self, mention: Mention) -> int | None:
        """The body named right before an acronym in brackets, or the only one with its letters."""
        previous, text = self.previous, self.parties.text
        end = previous.name[1] if previous is not None and previous.name is not None else mention.start
        if previous is not None and previous.party is not None and text[end : mention.start].strip() == "(":
            return previous.party
        fitting = self.by_initials.get(names.plain(mention.words[0]), [])
        if not fitting and text[mention.start : mention.start + 4].casefold() == "the ":
            fitting = self.parties.by_title_initials(mention.words[0])
        fitting = fitting or self._by_letters(mention)
        return fitting[0] if len(fitting) == 1 else None

    def _by_letters(self, mention: Mention) -> list[int]:
        """The bodies of whose name an acronym has the first letter of each word, and a few others between."""
        letters = names.plain(mention.words[0])
        near = self.parties.by_letter.get(letters[:1], ()) if len(letters) > _SHORTEST_LETTERS else ()
        return [i for i in near if any(names.abbreviates(letters, key, MOST_INNER) for key in self.parties.all[i].keys)]

    def _of_one_word(self, mention: Mention) -> int | None:
        """The only body that a word is short for."""
        found = self._of_word(mention)
        return self._of_shortened(mention) if found is None else found

    def _of_word(self, mention: Mention) -> int | None:
        """The only body whose name a word opens or ends: Corvane, of Corvane Shipping."""
        key = names.body_key(mention.words)
        fitting = [
            i
            for i in self._at_edge(key)
            if i in self.named or key in self.parties.all[i].nouns or mention.paragraph == 0
        ]
        return fitting[0] if len(fitting) == 1 and fitting[0] != mention.party else None

    def _of_shortened(self, mention: Mention) -> int | None:
        """The only body whose first word a word behind "the" begins: the Fed, of the Federal Reserve."""
        key, text = names.body_key(mention.words), self.parties.text
        start = mention.name[0] if mention.name is not None else mention.start
        if len(key) < _SHORTEST_OPENING or text[max(0, start - 4) : start].casefold() != "the ":
            return None
        near = self.parties.by_letter.get(key[:1], ())
        fitting = [
            i
            for i in near
            if self.parties.all[i].label == "ORG"
            and any(k.startswith(key) and k.split()[0] != key for k in self.parties.all[i].keys)
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _of_opening(self, mention: Mention) -> int | None:
        """The only body whose name several words open: Silver Creek, of Silver Creek Mills."""
        # Tarnow University is not Tarnow University Press.
        if names.noun_kind(names.plain(mention.words[-1]))[0] == "organization":
            return None
        opening = f"{names.body_key(mention.words)} "
        fitting = [
            i
            for i in self._at_edge(opening.split()[0])
            if i not in self.numbered and any(key.startswith(opening) for key in self.parties.all[i].keys)
        ]
        return fitting[0] if len(fitting) == 1 and fitting[0] in self.named else None

    def _of_closing(self, mention: Mention, moved: Container[int]) -> int | None:
        """The only body whose name several words end: the Yacht Club, of the Royal Esker Yacht Club."""
        closing = f" {names.body_key(mention.words)}"
        fitting = [
            i
            for i in self._at_edge(closing.split()[-1])
            if any(key.endswith(closing) for key in self.parties.all[i].keys)
        ]
        return fitting[0] if len(fitting) == 1 and fitting[0] in self.named and fitting[0] not in moved else None

    def _at_edge(self, word: str) -> list[int]:
        """The bodies with a word at either end of their names."""
        return [i for i in self.parties.by_edge.get(word, ()) if self.parties.all[i].label == "ORG"]
