"""What each name names: a person, a body or a place, agreed upon by all mentions of it in the text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from quotekit.speakers import names
from quotekit.speakers.mentions import Mention
from quotekit.speakers.names import PersonName
from quotekit.speakers.naming.bodies import LONGEST_BODY, MOST_INNER

_OFTEN = 5
"""Times that a name is read as a person's, for each that it is not, from which it is no body's for short."""


def settle_labels(named: Sequence[Mention]) -> None:
    """Gives all mentions of one name the label that most of them have.

    Args:
        named: The names of a text.
    """
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    people: dict[str, list[PersonName]] = defaultdict(list)
    """People in full, by last name."""
    parts: set[str] = set()
    """Keys of the words in people's full names."""
    short: set[str] = set()
    """What bodies may be called for short."""
    bodies: dict[str, set[str]] = defaultdict(set)
    """Names of bodies in several words, by the first letter."""
    keyed = [(mention, names.body_key(mention.words)) for mention in named]
    human = {key for mention, key in keyed if mention.is_human}
    bodily = {key for mention, key in keyed if mention.is_body} - human
    for mention, key in keyed:
        if key in bodily and not mention.titles:
            mention.label = "ORG"
    _settle_longer(named, human)
    for mention, key in keyed:
        votes[key][mention.label] += 1 if mention.label != "MISC" else 0.5  # type: ignore[assignment]
        if len(mention.words) > 1:
            if mention.label == "PERSON":
                person = names.parse_person(mention.words)
                people[person.last].append(person)
                parts.update((*person.given, person.last))
            elif mention.label == "ORG":
                bodies[key[:1]].add(key)
                short.update((*names.initials(mention.words), names.plain(mention.words[0])))
                if not names.noun_kind(names.plain(mention.words[-1]))[0]:
                    short.add(names.plain(mention.words[-1]))
    placed = {names.key(mention.words[-1]) for mention in named if mention.is_human is False}
    located = {key for mention, key in keyed if mention.is_human is False}
    speaking = {key for mention, key in keyed if mention.is_source or mention.is_subject}
    places = located - human - speaking
    """What is seen only as where things happen."""
    for mention, key in keyed:
        mention.label = votes[key].most_common(1)[0][0]
        is_place = key in places and names.key(mention.words[-1]) not in parts
        if mention.label == "PERSON" and len(mention.words) == 1 and is_place:
            mention.label = "LOC"
        if mention.label == "LOC" and votes[key]["ORG"] and len(mention.words) > 1 and key not in located:
            # Nothing is in it or near it.
            mention.label = "ORG"
        if key in human:
            mention.label = "PERSON" if mention.is_human is not False else mention.label
        if mention.label == "PERSON" and len(mention.words) == 1:
            # IBT beside the International Bureau of Tides, Corvane beside Corvane Shipping
            word = mention.words[0]
            others = votes[key].total() - votes[key]["PERSON"]
            is_often = votes[key]["PERSON"] >= _OFTEN * max(1, others)
            is_person = mention.is_human or mention.titles or names.key(word) in parts or is_often
            plain = names.plain(word)
            is_short = plain in short or (
                names.is_acronym(word) and any(names.abbreviates(plain, b, MOST_INNER) for b in bodies[plain[:1]])
            )
            if is_short and not is_person:
                mention.label = "ORG"
        elif mention.label != "PERSON" and len(mention.words) == 1:
            word_key = names.key(mention.words[0])
            is_speaking = mention.is_subject or mention.is_source
            is_actor = is_speaking and word_key in parts and word_key not in placed
            if is_actor or (mention.label in ("ORG", "MISC") and word_key in people):
                mention.label = "PERSON"
        elif mention.label != "PERSON" and any(
            names.same_person(names.parse_person(mention.words), one) for one in _last(mention, people)
        ):
            mention.label = "PERSON"


def _settle_longer(named: Sequence[Mention], human: set[str]) -> None:
    """Takes a seeming person for a body where the text has a longer name of one: Harrow Grove Care."""
    longer = {
        mention.words[:size]
        for mention in named
        if (mention.label != "PERSON" and mention.is_human is None) or mention.is_human is False
        if len(mention.words) <= LONGEST_BODY
        for size in range(2, len(mention.words))
    }
    bodies = {
        mention.words
        for mention in named
        if mention.label == "PERSON" and mention.words in longer and not mention.titles
        if names.body_key(mention.words) not in human and not names.is_given(mention.words[0])
    }
    if not bodies:
        return
    for mention in named:
        if any(mention.words[:size] in bodies for size in range(2, len(mention.words) + 1)):
            mention.label, mention.is_human = "ORG", None


def _last(mention: Mention, people: dict[str, list[PersonName]]) -> Sequence[PersonName]:
    return people.get(names.key(mention.words[-1]), ())
