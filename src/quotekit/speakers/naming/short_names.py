"""Whom a bare last name or given name means: one named in full, mostly the one named so last."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotekit.speakers import names
from quotekit.speakers.mentions import Mention
from quotekit.speakers.names import PersonName
from quotekit.speakers.naming.namesakes import by_age, by_kin
from quotekit.speakers.parties import Parties
from quotekit.speakers.party import Party

_BEFORE_LAST = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx)\.?\s+$")
"""What stands before last names in most places."""


def short_person(parties: Parties, mention: Mention) -> int:
    """Whom a bare surname or given name means: the one named last in full, else the first named later."""
    person = names.parse_person(mention.words)
    if (told := by_age(parties, mention, person)) is not None:
        return told
    if _is_last_name(parties, mention) and (relative := by_kin(parties, mention, person)) is not None:
        return relative
    options = [i for i in parties.by_last.get(person.last, ()) if not parties.all[i].clashes(mention.gender)]
    if not options and not _has_office_before(mention):
        # Mr Kim is no Kim Weston who is named only later.
        options = [
            i
            for i in parties.by_given.get(person.last, ())
            if not parties.all[i].clashes(mention.gender) and parties.all[i].person is not None
            if not _is_last_name(parties, mention) or parties.all[i].last_full >= 0
        ]
    if not options and len(mention.words) == 1:
        options = _by_first_surname(parties, mention, person) or _by_inner_name(parties, mention, person)
    if mention.titles and len(options) > 1:
        words = {names.titles().get(names.plain(w), ("", "", w))[2] for title in mention.titles for w in title.split()}
        options = [i for i in options if words & parties.all[i].nouns] or options
    options = _of_age(parties, mention, options) or options
    if person.suffix:
        options = [i for i in options if (one := parties.all[i].person) and one.suffix == person.suffix] or options
    before = [i for i in options if parties.all[i].last_full >= 0]
    if not (_is_last_name(parties, mention) and _are_others_titled(parties, before)):
        before = [
            i for i in before if not parties.all[i].is_kin or _alone_speaks(parties, mention, i, before)
        ] or before
    if before:
        return max(before, key=lambda i: parties.all[i].last_full)
    if options:
        return options[0]
    index = parties.add(Party("person", "PERSON", person=person, gender=mention.gender, is_named=True))
    if names.is_given(mention.words[0]):
        parties.all[index].likely_gender = names.name_gender(names.PersonName((person.last,), "", ""))
    parties.by_last[person.last].append(index)
    return index


def _alone_speaks(parties: Parties, mention: Mention, index: int, options: Sequence[int]) -> bool:
    """Whether one of several with a last name, and no other, has spoken: the widow rather than her husband."""
    spoken = [i for i in options if any(m.is_source for m in parties.all[i].mentions)]
    return mention.is_source and spoken == [index]


def _of_age(parties: Parties, mention: Mention, options: Sequence[int]) -> list[int]:
    """Those of whom no other age is told than a mention tells: “Quist, 66,” is not Ada Quist, 36."""
    told = {word for word in mention.described if word.endswith("-year-old")}
    ages = {i: {word for word in parties.all[i].title_words if word.endswith("-year-old")} for i in options}
    same = [i for i in options if told & ages[i]]
    return same or [i for i in options if not (told and ages[i])]


def _are_others_titled(parties: Parties, options: Sequence[int]) -> bool:
    """Whether all bearers of a name but the one named last have offices: Coun Quist is rather not Ms Quist."""
    latest = max(options, key=lambda i: parties.all[i].last_full, default=-1)
    others = [parties.all[i].titles for i in options if i != latest and not parties.all[i].is_kin]
    return all(any(names.title_length([*title.split(), ""]) for title in titles) for titles in others)


def _has_office_before(mention: Mention) -> bool:
    """Whether an office or rank stands before a name, as before last names only; Noura may be Sheikha Noura."""
    if not mention.titles or mention.name is None or mention.start >= mention.name[0]:
        return False
    titles = [names.titles().get(names.plain(w), ("", "", "")) for w in mention.titles[0].split()]
    return not all(kind == "honorific" and gender for kind, gender, _ in titles)


def _is_last_name(parties: Parties, mention: Mention) -> bool:
    """Whether "Mr" or the like stands before a name."""
    return mention.name is not None and bool(
        _BEFORE_LAST.search(parties.text, max(0, mention.name[0] - 8), mention.name[0])
    )


def _by_first_surname(parties: Parties, mention: Mention, person: PersonName) -> list[int]:
    """The one person whose name opens with the last name that a title stands before: Dr Tan is Tan Hui Ling."""
    found = [i for i in parties.by_given.get(person.last, ()) if not parties.all[i].clashes(mention.gender)]
    first = parties.all[found[0]].person if len(found) == 1 else None
    if not mention.titles or names.is_given(mention.words[0]) or first is None or parties.all[found[0]].last_full < 0:
        return []
    return found if first.given[0] == person.last else []


def _by_inner_name(parties: Parties, mention: Mention, person: PersonName) -> list[int]:
    """The one person whose name holds a bare name between others: the first of two last names."""
    found = [
        i
        for i, party in enumerate(parties.all)
        if party.person is not None and person.last in party.person.given[1:] and not party.clashes(mention.gender)
        if not (mention.titles or _is_last_name(parties, mention)) or party.last_full >= 0
    ]
    return found if len(found) == 1 and not names.is_given(mention.words[0]) else []
