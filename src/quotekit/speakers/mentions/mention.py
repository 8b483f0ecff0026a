"""A mention: a phrase that speaks of somebody or something."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

MentionKind = Literal["name", "nominal", "pronoun", "group"]


@dataclass
class Mention:
    """A phrase that speaks of somebody or something."""

    kind: MentionKind
    start: int
    """Offset of the phrase's first character, titles included."""
    end: int
    head: int
    """Token on which the phrase's others depend."""
    words: tuple[str, ...] = ()
    """The name without titles; the noun with what stands before it; the pronoun."""
    name: tuple[int, int] | None = None
    """Characters of the name without titles."""
    written: str = ""
    """The name in full, where two bear its last part together: Ada Pell, of Ada and Ivo Pell."""
    label: str = ""
    """PERSON, ORG, LOC or MISC for names; for nominals what the noun stands for (person, organization, …)."""
    noun: str = ""
    """Dictionary form of a nominal's head."""
    number: str = "sing"
    gender: str = ""
    definite: bool = False
    lacks_article: bool = False
    """Whether a singular noun opens its sentence without article, as headlines have it ("Senator from Texas says")."""
    has_complement: bool = False
    """Whether a phrase or clause after the noun says which one is meant ("the spokesman for the ministry")."""
    is_modifier: bool = False
    """Whether the name only qualifies a noun ("Clinton campaign")."""
    titles: list[str] = field(default_factory=list)
    described: list[str] = field(default_factory=list)
    """Words that a later description may use, beside those of the titles: party, place, age."""
    affiliation: str | None = None
    deeds: tuple[str, ...] = ()
    """Dictionary forms of the verbs whose subject it is: whoever teaches may be called the teacher."""
    same_as: int | None = None
    """Head token of another mention of the same, where the grammar says so (apposition, relative pronoun)."""
    is_kin: bool = False
    """Whether somebody is introduced as another's relative."""
    is_human: bool | None = None
    """True where what stands around a name shows that it is a person's, False where it shows a place."""
    relation: tuple[str, int] | None = None
    """What the name's bearer is to somebody, and the head token of the latter: the lawyer of one, another's aunt."""
    is_body: bool = False
    """Whether what stands around a name shows that it is a body's: "Kavstroy, which employs …"."""
    owner: int | None = None
    """Head token of the name or pronoun that owns a nominal ("Trump's campaign")."""
    is_source: bool = False
    says: tuple[tuple[int, int], ...] = ()
    """Characters of what it says, where it is a source."""
    cue: str = ""
    """Dictionary form of the verb by which it says so, where it is a source."""
    quote: int | None = None
    """Index of the innermost speech quotation around it."""
    sentence: int = 0
    paragraph: int = 0
    is_subject: bool = False
    acted_on_by: int | None = None
    """Head token of the subject of the verb whose object it is: of “Ada” in “Ada did not look at her”."""
    is_vocative: bool = False
    """Whether it calls the one who is spoken to ("Well, Watson, …")."""
    party: int | None = None
    """Index of whom it speaks of, once that is known."""
