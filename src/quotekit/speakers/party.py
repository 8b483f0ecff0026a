"""What is known of one party: a person, body, group or document."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from quotekit.speakers.mentions import Mention
from quotekit.speakers.names import PersonName


@dataclass
class Party:
    """A person, body, group or document, with the mentions that speak of it."""

    kind: str
    label: str
    names: Counter[str] = field(default_factory=Counter)
    """Names as written, without titles."""
    person: PersonName | None = None
    keys: set[str] = field(default_factory=set)
    mentions: list[Mention] = field(default_factory=list)
    titles: dict[str, None] = field(default_factory=dict)
    title_words: set[str] = field(default_factory=set)
    affiliation: str | None = None
    gender: str = ""
    likely_gender: str = ""
    """What the given name suggests."""
    heard_gender: str = ""
    """That of the first pronoun that was taken to mean it."""
    number: str = "sing"
    nouns: set[str] = field(default_factory=set)
    last_full: int = -1
    """Offset of the latest mention by full name or by title and name."""
    is_named: bool = False
    is_kin: bool = False
    """Whether introduced as another's relative: such a one does not take over the bare surname."""
    called: str = ""
    """What it is called beside the words of its mentions: one of the two ministers, of “one”."""
    deeds: set[str] = field(default_factory=set)
    """Dictionary forms of what it does or did."""
    is_they: bool = False
    """Whether one person has been "they"."""

    @property
    def may_be_body(self) -> bool:
        """Whether what the reader takes for a person may be a body: all that is known is one word, no given name.

        >>> Party("person", "PERSON", person=PersonName((), "lumen", ""), is_named=True).may_be_body
        True
        """
        own = self.person
        is_bare = self.kind == "person" and own is not None and not own.given and not own.suffix
        is_told = self.gender or self.likely_gender or self.heard_gender or self.titles or self.title_words
        return is_bare and self.is_named and not is_told and not self.is_kin and not self.nouns

    def clashes(self, gender: str) -> bool:
        """Whether it is known, or likely, to be of another gender.

        >>> Party("person", "PERSON", likely_gender="f").clashes("m")
        True
        """
        own = self.gender or self.likely_gender
        return bool(gender and own and gender != own)
