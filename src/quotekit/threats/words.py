"""The tables of threats as dictionaries: what acts do, what things mean, who can do what."""

from __future__ import annotations

import functools
from typing import NamedTuple, cast

from quotekit.lexicon import load_table
from quotekit.types import Means


class Deed(NamedTuple):
    """What a verb does to those whom it concerns."""

    kind: str
    """harm, end, apply, react, undergo, provide, neutral or event."""
    means: str
    """As in ``ConditionalThreat.means``; "agent:" where who acts decides; "" where the object does."""
    explicitness: str


class Thing(NamedTuple):
    """What a noun means to those whom it concerns."""

    kind: str
    """harm, veiled or good."""
    means: str


class Phrase(NamedTuple):
    """A turn of phrase."""

    words: tuple[str, ...]
    valence: str
    """harm or welcome."""
    means: str
    explicitness: str


@functools.cache
def deeds() -> dict[str, Deed]:
    """Verbs, with their particles ("cut off")."""
    return {row[0]: Deed(row[1], row[2], row[3]) for row in load_table("threat_verbs")}


@functools.cache
def things() -> dict[str, Thing]:
    """Nouns."""
    return {row[0]: Thing(row[1], row[2]) for row in load_table("threat_nouns")}


@functools.cache
def parties() -> dict[str, str]:
    """Nouns for parties, with their class."""
    return {row[0]: row[1] for row in load_table("threat_parties")}


@functools.cache
def phrases() -> dict[str, list[Phrase]]:
    """Turns of phrase by their first word, longest first."""
    result: dict[str, list[Phrase]] = {}
    for row in load_table("threat_phrases"):
        words = tuple(row[0].split())
        result.setdefault(words[0], []).append(Phrase(words, row[1], row[2], row[3]))
    for rows in result.values():
        rows.sort(key=lambda phrase: -len(phrase.words))
    return result


@functools.cache
def governors() -> dict[str, str]:
    """Verbs and nouns that report, by what they make of it: commit, promise, foresee, ask, advise, deny."""
    return {row[0]: row[1] for row in load_table("threat_governors")}


@functools.cache
def conduct() -> dict[str, str]:
    """Verbs of conduct that others would stop (omit, go_on, wrong) or welcome (comply)."""
    return {row[0]: row[1] for row in load_table("threat_conduct")}


@functools.cache
def conduct_nouns() -> dict[str, str]:
    """Nouns that name something one does ("attack"), or leaves undone ("failure": omit)."""
    return {row[0]: row[1] for row in load_table("threat_conduct_nouns")}


@functools.cache
def modals() -> dict[str, str]:
    """Modals and their short forms ("'ll"), with the full form."""
    return {row[0]: row[1] for row in load_table("threat_modals")}


@functools.cache
def marker_scores() -> dict[str, float]:
    """Log-odds of a threat that a marker of its condition adds; none where it is not listed."""
    return {row[0]: float(row[1]) for row in load_table("threat_marker_scores")}


@functools.cache
def class_means() -> dict[str, Means]:
    """Means by which a party of a class acts, where the deed alone does not tell; the first that fits counts."""
    return {row[0]: cast(Means, row[1]) for row in load_table("threat_class_means")}


@functools.cache
def times() -> dict[str, str]:
    """Words for times: unit ("week") or point ("noon")."""
    return {row[0]: row[1] for row in load_table("threat_times")}


@functools.cache
def group(name: str) -> frozenset[str]:
    """Words that a rule treats alike, as the table explains; empty for a name that it does not have."""
    return frozenset(row[1] for row in load_table("threat_word_groups") if row[0] == name)
