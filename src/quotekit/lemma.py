"""Dictionary forms of English words, from the tables of spacy-lookups-data."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import NamedTuple

# The tables' classes; words of other classes keep their form. Auxiliaries inflect as verbs do.
_MARKS = '.,;:!?“”"…()[]'
_CLASSES = {"NOUN": "noun", "VERB": "verb", "AUX": "verb", "ADJ": "adj", "ADV": "adv"}

# Contracted forms as spaCy cuts them off, which the tables do not hold.
_CONTRACTIONS = {
    "'m": "be",
    "'re": "be",
    "'s": "be",
    "'ve": "have",
    "'d": "have",
    "'ll": "will",
    "n't": "not",
    "ca": "can",
    "wo": "will",
    "sha": "shall",
}


class _Tables(NamedTuple):
    known: Mapping[str, frozenset[str]]
    """Words of each class."""
    exceptions: Mapping[str, Mapping[str, Sequence[str]]]
    rules: Mapping[str, Sequence[Sequence[str]]]
    """Endings of each class, with what takes their place."""


@functools.cache
def _tables() -> _Tables:
    from spacy.lookups import load_lookups

    lookups = load_lookups("en", ["lemma_index", "lemma_exc", "lemma_rules"])
    index, exceptions, rules = (lookups.get_table(f"lemma_{name}") for name in ("index", "exc", "rules"))
    kinds = sorted(set(_CLASSES.values()))
    return _Tables(
        known={kind: frozenset(index[kind]) for kind in kinds if kind in index},
        exceptions={kind: exceptions[kind] for kind in kinds if kind in exceptions},
        rules={kind: rules[kind] for kind in kinds if kind in rules},
    )


@functools.lru_cache(maxsize=65536)
def lemma(word: str, upos: str) -> str:
    """Finds a word's dictionary form.

    Args:
        word: The word as written.
        upos: Its universal part of speech ("VERB").

    Returns:
        The form, in lower case but for names; the word itself where the tables do not know it.

    >>> lemma("said", "VERB"), lemma("Denied", "VERB"), lemma("allies", "NOUN"), lemma("Biden", "PROPN")
    ('say', 'deny', 'ally', 'Biden')
    >>> lemma("“said,", "VERB")
    'say'
    >>> lemma("boss", "NOUN")
    'boss'
    """
    if upos == "PROPN":
        return word
    form = word.lower().replace("’", "'")
    # Tokens cut at blanks alone keep the marks around a word.
    form = form.strip(_MARKS) or form
    kind = _CLASSES.get(upos)
    if kind is None:
        return _CONTRACTIONS.get(form, form) if upos == "PART" else form
    if kind == "verb" and form in _CONTRACTIONS:
        return _CONTRACTIONS[form]
    tables = _tables()
    exceptions = tables.exceptions.get(kind, {}).get(form)
    if exceptions:
        return exceptions[0]
    known = tables.known.get(kind, frozenset())
    # No plural ends so, but the rules would make "bos" of "boss".
    if form.endswith("ss") and form in known:
        return form
    guesses = [
        form[: len(form) - len(ending)] + instead
        for ending, instead in tables.rules.get(kind, ())
        if ending and form.endswith(ending)
    ]
    for guess in guesses:
        if guess and guess in known:
            return guess
    if form in known or not guesses:
        return form
    return _unknown(form, kind)


def _unknown(form: str, kind: str) -> str:
    """Takes off the ending of a word that no table knows, where it can hardly be part of the word."""
    if kind == "noun" and form.endswith("s") and not form.endswith(("ss", "us", "is")) and len(form) > 3:
        return form[:-1]
    if kind == "verb" and form.endswith("ing") and len(form) > 5:
        return _undoubled(form[:-3])
    if kind == "verb" and form.endswith("ed") and len(form) > 4:
        return _undoubled(form[:-2])
    if kind == "verb" and form.endswith("s") and not form.endswith("ss") and len(form) > 3:
        return form[:-1]
    return form


def _undoubled(stem: str) -> str:
    """The stem with its last consonant once ("blogg"), but for those always doubled ("fizz")."""
    return stem[:-1] if stem[-1:] == stem[-2:-1] and stem[-1] in "bdgkmnprtv" else stem
