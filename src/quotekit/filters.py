"""Part of an extraction: what some speakers say, what is of some act, what is a threat."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import get_args

from quotekit.errors import InputError
from quotekit.types import Act, Extraction, Speaker

ACTS: tuple[str, ...] = get_args(Act)
"""The acts that a claim can have."""
_NOT_WORDS = re.compile(r"[^\w\s.'’&-]+|_")


def only(
    extraction: Extraction, *, speakers: Iterable[str] = (), acts: Iterable[str] = (), threats: bool = False
) -> Extraction:
    """Keeps what answers to every filter, and leaves out whatever rests on the rest alone.

    Attributions answer to the speaker who says them and to the act of their claim; threats to the speakers who say them
    or would carry them out, and to the act of the claim that they are part of. Of the quotations, those of the kept
    attributions stay. What is kept keeps its id.

    Args:
        extraction: What was found.
        speakers: Names, of which a speaker bears one (see `is_called`); none for all speakers.
        acts: Some of `ACTS`; none for all.
        threats: Whether only conditional threats stay, with the attributions in which they stand.

    Raises:
        InputError: A name is empty, or there is no such act.

    >>> from quotekit import extract
    >>> found = extract("“We wait,” Anna Lund said. Bo Lind denied that he had left.")
    >>> [a.cue.span.text for a in only(found, speakers=["lund"]).attributions]
    ['said']
    >>> [speaker.name for speaker in only(found, acts=["denial"]).speakers]
    ['Bo Lind']
    """
    names, wanted = checked_names(speakers), checked_acts(acts)
    if not names and not wanted and not threats:
        return extraction
    parties = {s.id for s in extraction.speakers if any(is_called(s, name) for name in names)}
    claims = {claim.id for claim in extraction.claims if claim.act in wanted}
    kept_threats = {
        threat.id
        for threat in extraction.threats
        if (not names or threat.issuer_id in parties or threat.threatener_id in parties)
        and (not wanted or threat.claim_id in claims)
    }
    threatening = {threat.attribution_id for threat in extraction.threats if threat.id in kept_threats}
    kept = [
        attribution
        for attribution in extraction.attributions
        if (not names or attribution.speaker_id in parties)
        and (not wanted or attribution.claim_id in claims)
        and (not threats or attribution.id in threatening)
    ]
    said = {attribution.id for attribution in kept}
    quoted = {i for attribution in kept for i in attribution.quote_ids}
    quoted |= {quote.id for quote in extraction.quotes if quote.attribution_id in said}
    return thin(extraction, attributions=said, threats=kept_threats, quotes=quoted)


def thin(
    extraction: Extraction,
    *,
    attributions: Collection[str],
    threats: Collection[str],
    quotes: Collection[str] | None = None,
) -> Extraction:
    """Keeps some records, and leaves out whatever rests on the others alone.

    Speakers who then say nothing and threaten nobody go, and so do claims without an attribution. No record that is
    kept names one that is gone.

    Args:
        extraction: What was found.
        attributions: ``Attribution.id`` of those to keep.
        threats: ``ConditionalThreat.id`` of those to keep.
        quotes: ``Quote.id`` of those to keep, with those of the kept attributions among them; None for all of them:
            those of attributions that are gone then name no speaker.

    >>> from quotekit import extract
    >>> found = extract("“We wait,” Anna Lund said.")
    >>> gone = thin(found, attributions=(), threats=())
    >>> len(gone.quotes), gone.quotes[0].speaker_id, gone.speakers, gone.claims
    (1, None, (), ())
    """
    kept = tuple(a for a in extraction.attributions if a.id in attributions)
    said = {a.id for a in kept}
    claims = tuple(
        claim.model_copy(update={"attribution_ids": places})
        for claim in extraction.claims
        if (places := tuple(i for i in claim.attribution_ids if i in said))
    )
    claimed = {claim.id for claim in claims}
    kept_threats = tuple(
        threat.model_copy(
            update={
                "attribution_id": threat.attribution_id if threat.attribution_id in said else None,
                "claim_id": threat.claim_id if threat.claim_id in claimed else None,
            }
        )
        for threat in extraction.threats
        if threat.id in threats
    )
    ids = {quote.id for quote in extraction.quotes if quotes is None or quote.id in quotes}
    kept_quotes = []
    for quote in extraction.quotes:
        if quote.id in ids:
            update: dict[str, None] = {}
            if quote.attribution_id is not None and quote.attribution_id not in said:
                update.update(attribution_id=None, speaker_id=None)
            if quote.parent_id is not None and quote.parent_id not in ids:
                update.update(parent_id=None)
            kept_quotes.append(quote.model_copy(update=update) if update else quote)
    heard = {a.speaker_id for a in kept} | {quote.speaker_id for quote in kept_quotes}
    heard |= {party for threat in kept_threats for party in (threat.threatener_id, threat.issuer_id)}
    return extraction.model_copy(
        update={
            "speakers": tuple(speaker for speaker in extraction.speakers if speaker.id in heard),
            "quotes": tuple(kept_quotes),
            "attributions": kept,
            "claims": claims,
            "threats": kept_threats,
        }
    )


def is_called(speaker: Speaker, name: str) -> bool:
    """Whether a speaker bears a name, whatever its case and spelling.

    The speaker's name and aliases are compared as those of one text are: "Sergei" is "Sergey", "J. Smith" can be "John
    Smith", "NATO" is the "North Atlantic Treaty Organization". Titles in the name do not count. A last name alone is
    enough, in the name that is asked for or in the text; a given name alone is not.

    Args:
        speaker: The speaker.
        name: A name, in full or the last name.

    >>> lavrov = Speaker(id="s1", name="Sergey Lavrov", kind="person")
    >>> [is_called(lavrov, name) for name in ("LAVROV", "Sergei Lavrov", "Minister Lavrov", "Sergey", "Anna Lavrov")]
    [True, True, True, False, False]
    """
    wanted = _words(name)
    if not wanted:
        return False
    return any(
        _is_name(wanted, _words(known), speaker, is_alias=known != speaker.name)
        for known in (speaker.name, *speaker.aliases)
    )


def _is_name(wanted: list[str], known: list[str], speaker: Speaker, *, is_alias: bool) -> bool:
    # The names' tables are read only where names are compared.
    from rapidfuzz import fuzz

    from quotekit.roster import LEAST_SCORE
    from quotekit.speakers import names

    if not known:
        return False
    if [names.key(word) for word in wanted] == [names.key(word) for word in known]:
        return True
    if speaker.kind in ("person", "unknown"):
        one, other = (names.parse_person(words[names.title_length(words) :]) for words in (wanted, known))
        if one.given and other.given:
            if names.same_person(one, other):
                return True
        # Anna Lund is not Bo Lund, whom the text also calls Lund.
        elif (not is_alias or not one.given) and one.last and names.same_last(one.last, other.last):
            return True
    if speaker.kind == "person":
        return False
    short, long = " ".join(wanted), " ".join(known)
    bodies = names.body_key(wanted), names.body_key(known)
    if bodies[0] == bodies[1]:
        return True
    if len(wanted) == 1 and short.casefold().replace(".", "") in names.initials(known):
        return True
    if len(known) == 1 and names.is_acronym(long) and long.casefold().replace(".", "") in names.initials(wanted):
        return True
    return len(wanted) > 1 and fuzz.ratio(*bodies) >= LEAST_SCORE


def _words(name: str) -> list[str]:
    return _NOT_WORDS.sub(" ", name).split()


def checked_names(names: Iterable[str]) -> tuple[str, ...]:
    """Names to look for, if they are.

    Raises:
        InputError: A single string, or a name without a letter.

    >>> checked_names(["Lund"])
    ('Lund',)
    """
    if isinstance(names, str):
        raise InputError(f"speakers is a str. Give a list of names: [{names!r}].")
    found = tuple(names)
    for name in found:
        if not isinstance(name, str) or not any(char.isalnum() for char in name):
            raise InputError(f"speakers: {name!r} is no name. Give a name with letters in it.")
    return found


def checked_acts(acts: Iterable[str]) -> frozenset[str]:
    """Acts to look for, if there are such.

    Raises:
        InputError: A single string, or an act that is none of `ACTS`.

    >>> checked_acts(["denial"])
    frozenset({'denial'})
    """
    if isinstance(acts, str):
        raise InputError(f"acts is a str. Give a list of acts: [{acts!r}].")
    found = frozenset(acts)
    unknown = sorted(str(act) for act in found.difference(ACTS))
    if unknown:
        raise InputError(f"acts: there is no {', '.join(map(repr, unknown))}. Choose from {', '.join(ACTS)}.")
    return found
