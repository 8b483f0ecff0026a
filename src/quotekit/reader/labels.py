"""The label sets of the reader's heads."""

from __future__ import annotations

ROLE_TAGS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
"""An I tag is its B tag plus one; role r has tags 2 r + 1 and 2 r + 2, r counting ``reading.ROLES``."""

ENTITY_LABELS = (
    "O",
    "B-PERSON",
    "I-PERSON",
    "B-ORG",
    "I-ORG",
    "B-LOC",
    "I-LOC",
    "B-MISC",
    "I-MISC",
    "B-DATE",
    "I-DATE",
    "B-TIME",
    "I-TIME",
)

UPOS = (
    "ADJ",
    "ADP",
    "ADV",
    "AUX",
    "CCONJ",
    "DET",
    "INTJ",
    "NOUN",
    "NUM",
    "PART",
    "PRON",
    "PROPN",
    "PUNCT",
    "SCONJ",
    "SYM",
    "VERB",
    "X",
)

MORPH = ("", "Imp", "Inf", "Past", "Pres", "Ger", "PastPart", "PresPart", "Sing", "Plur")
"""Forms that tell a clause or a noun phrase apart: mood and form of verbs, number of nouns and pronouns."""


def morph_of(upos: str, feats: str) -> str:
    """One label of ``MORPH`` for a token's Universal Dependencies features.

    >>> morph_of("VERB", "Mood=Imp|VerbForm=Fin"), morph_of("NOUN", "Number=Plur"), morph_of("ADJ", "Degree=Pos")
    ('Imp', 'Plur', '')
    """
    values = dict(pair.split("=", 1) for pair in feats.split("|") if "=" in pair)
    if upos in ("VERB", "AUX"):
        form = values.get("VerbForm")
        if form == "Fin":
            if values.get("Mood") == "Imp":
                return "Imp"
            return "Past" if values.get("Tense") == "Past" else "Pres"
        if form == "Part":
            return "PastPart" if values.get("Tense") == "Past" or values.get("Voice") == "Pass" else "PresPart"
        return {"Inf": "Inf", "Ger": "Ger"}.get(form or "", "")
    if upos in ("NOUN", "PROPN", "PRON", "DET"):
        return {"Sing": "Sing", "Plur": "Plur", "Ptan": "Plur"}.get(values.get("Number", ""), "")
    return ""
