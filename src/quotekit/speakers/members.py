"""Of whom “one” and “one of them” are: the several who were spoken of last."""

from __future__ import annotations

import re

from quotekit.speakers.mentions import Mention
from quotekit.speakers.parties import Parties
from quotekit.speakers.party import Party

_SOME_OF = re.compile(r"(?:some|many|most|several|all|both|(?:a )?few|dozens|hundreds|a number) of ", re.IGNORECASE)
_KNOWN_MEMBERS = re.compile(r"(?:the|these|those|his|her|their|its|my|our)\b", re.IGNORECASE)
_LONGEST_GROUP = 8
"""Words of what several are called, for "one of" them."""
_SOON = 2
"""Sentences in which several are still meant."""


def of_several(parties: Parties, mention: Mention, party: Party) -> None:
    """Says of "one" and "one of them" of whom it is one: who was spoken of last, sources before others."""
    phrase = parties.text[mention.start : mention.end].casefold()
    if phrase not in ("one", "one of them", "one of these", "one of those"):
        return
    several: Mention | None = None
    for other in parties.before(mention):
        if mention.sentence - other.sentence > _SOON or (several is not None and several.is_source):
            break
        is_group = other.kind == "nominal" and (other.number == "plur" or _SOME_OF.match(parties.text, other.start))
        if is_group and other.quote is None and (several is None or other.is_source) and not other.is_modifier:
            several = other
    if several is None:
        return
    words = _SOME_OF.sub("", " ".join(parties.text[several.start : several.end].split()), count=1)
    if len(words.split()) > _LONGEST_GROUP:
        return
    words = words if words[1:2].isupper() else words[:1].lower() + words[1:]
    party.called = f"one of {words}" if _KNOWN_MEMBERS.match(words) else f"one of the {words}"
    if several.label == "document":
        party.kind = "document"
