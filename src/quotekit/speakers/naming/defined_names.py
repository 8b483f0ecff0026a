"""Short forms that a text defines in brackets: Belmar Energy plc (“Belmar” or the “Company”)."""

from __future__ import annotations

import re

from quotekit.speakers import names
from quotekit.speakers.mentions import Mention
from quotekit.speakers.parties import Parties

_DEFINED = re.compile(
    r"(?: \([A-Z][\w. ]{1,20}: ?[A-Z.]{1,8}\))?"  # where its shares are traded: (NASDAQ: AXGD)
    r",? \((?:[a-z ,]{0,30})"
    r"((?:[“\"‘'](?:the )?[^”\"’'()\n]{2,40}[”\"’'](?:,? (?:or|and|and/or|the|or the|and the) ?)?){1,3})\)",
    re.IGNORECASE,
)
_MARKED = re.compile(r"(\bthe )?[“\"‘'](the )?([^”\"’']+)[”\"’']", re.IGNORECASE)
"""Short forms that a text defines in brackets: Belmar Energy plc (“Belmar” or the “Company”)."""


def define(parties: Parties) -> None:
    """Reads the short forms that are defined in brackets behind a name, once for the whole text."""
    for mention in parties.mentions:
        if mention.kind != "name" or mention.name is None or mention.party is None or mention.label == "PERSON":
            continue
        found = _DEFINED.match(parties.text, mention.name[1])
        if found is None:
            continue
        for outer, inner, form in _MARKED.findall(found[0]):
            short = form.strip().casefold()
            known = {names.plain(word) for word in mention.words}
            words = [names.plain(word) for word in short.split()]
            is_kind = bool(outer or inner) and short in names.words_of("defined bodies")
            if is_kind or set(words) <= known or names.plain(short) in names.initials(mention.words):
                parties.defined.setdefault(short, mention.party)
    if not parties.defined:
        return
    for mention in parties.mentions:
        if mention.kind == "name" and mention.name is not None and mention.label != "PERSON":
            short = parties.text[mention.name[0] : mention.name[1]].casefold().removeprefix("the ")
            mention.party = parties.defined.get(short, mention.party)


def as_defined(parties: Parties, mention: Mention) -> int | None:
    """The party whose short form in capitals a description is, defined in brackets or not: the Company."""
    phrase = parties.text[mention.start : mention.end]
    if mention.has_complement or not phrase[4:5].isupper() or phrase[:4].casefold() != "the ":
        return None
    short = phrase[4:].casefold()
    return parties.defined.get(short) if short in parties.defined else _by_capital(parties, short)


def _by_capital(parties: Parties, short: str) -> int | None:
    """The one body whose name ends with a noun, or begins with it before "of": the Authority, the Friends."""
    fitting = [
        i
        for i in dict.fromkeys(parties.by_edge.get(short, ()))
        if parties.all[i].label == "ORG" and parties.all[i].is_named and parties.all[i].names
        if any(
            key.endswith(f" {short}") or key.startswith((f"{short} of ", f"{short} for "))
            for key in parties.all[i].keys
        )
    ]
    return fitting[0] if len(fitting) == 1 else None
