"""What the words of titles and descriptions say of somebody."""

from __future__ import annotations

import re

from quotekit.speakers import names
from quotekit.speakers.mentions import Mention

DETERMINERS = frozenset(("the", "a", "an", "one", "this", "that", "these", "those"))
_BEFORE_NOUNS = DETERMINERS | {"both", "such"}
_SHORTEST_EX = 5
"""Letters of a word from which "ex-" may be cut."""
OFFICE_END = re.compile(r",| (?:of|for|at|to|in) ")
"""What ends an office's name, before whose it is."""
_TITLE_PARTS = re.compile(r",? and (?:an? |the )?")
"""What stands between two things that somebody is."""


def without_ex(word: str) -> tuple[str, ...]:
    """A word, of which "ex-" is "former": the former mayor is an ex-mayor.

    >>> without_ex("ex-mayor"), without_ex("mayor")
    (('former', 'mayor'), ('mayor',))
    """
    if word == "ex":
        return ("former",)
    return ("former", word[3:]) if word.startswith("ex-") and len(word) > _SHORTEST_EX else (word,)


def modifiers(mention: Mention) -> set[str]:
    """What a description says of somebody beside its noun.

    >>> sorted(modifiers(Mention("nominal", 0, 14, 2, words=("the", "ex-county", "mayor"), noun="mayor")))
    ['county', 'former']
    """
    found = {word for w in mention.words[:-1] for word in without_ex(names.plain(w))} - _BEFORE_NOUNS
    return {word for word in found if word[:1].isalnum()}


def nouns_of_title(title: str) -> list[str]:
    """The nouns that a title calls somebody, one of each part; what stands behind "of" or "at" is somebody else.

    >>> nouns_of_title("epidemiologist at Great Basin University"), nouns_of_title("head baker and mother of two")
    (['epidemiologist'], ['baker', 'mother'])
    """
    found: list[str] = []
    for part in _TITLE_PARTS.split(title):
        opening = OFFICE_END.split(part.strip(), maxsplit=1)[0] or part
        words = [word for w in opening.split() for word in without_ex(names.plain(w)) if word]
        noun = next((w for w in reversed(words) if names.noun_kind(w)[0] == "person" or w in names.titles()), "")
        if words and (noun or not found):
            noun = noun or words[-1]
            found.append(names.titles().get(noun, ("", "", noun))[2])
    return found
