"""What the phrases of one text are read with: its reading, its names, and what is known of them so far."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from quotekit.paragraphs import find_paragraphs
from quotekit.reader.reading import Entity, Reading
from quotekit.speakers import names
from quotekit.speakers.described import described_names
from quotekit.speakers.mentions.phrases import (
    POSSESSIVE_ENDINGS,
    follows_blank,
    head_of_name,
    is_person_noun,
)
from quotekit.speakers.wholes import whole_names
from quotekit.types import Extraction

_LONGEST_HEADLINE = 200


class Context:
    """What every phrase of a text is read with; what one phrase tells of another is kept here.

    Args:
        reading: The reading of ``extraction.text``.
        extraction: With quotes.
    """

    def __init__(self, reading: Reading, extraction: Extraction) -> None:
        self.reading = reading
        self.entities = _with_offices(
            reading, (_with_form(reading, entity) for entity in described_names(reading, whole_names(reading)))
        )
        self.entity_at: dict[int, Entity] = {t: e for e in self.entities for t in range(e.first, e.last)}
        people = [e for e in self.entities if e.label == "PERSON"]
        in_full = [e for e in people if e.last - e.first > 1]
        self.name_words = {names.key(reading.word(t)) for e in in_full for t in range(e.first, e.last)}
        """Keys of the words in people's full names."""
        self.last_names = {
            names.key(reading.word(e.last - 1))
            for e in in_full
            if e.last - e.first > 2 or reading.lower(e.first) not in names.roles()
        }
        """Keys of the last words of people's full names."""
        self.last_pairs = {
            (reading.word(e.last - 2), reading.word(e.last - 1)) for e in in_full if e.last - e.first > 2
        }
        """The last two words of people's full names."""
        self.nicknames = {
            nickname for e in people if (nickname := names.nickname([reading.word(t) for t in range(e.first, e.last)]))
        }
        """Keys of what stands in marks inside people's names."""
        self.body_endings = {
            reading.word(e.last - 1) for e in self.entities if e.label == "ORG" and e.last - e.first > 1
        }
        """Last words of bodies' full names: the Rovers of Stanwick Rovers."""
        self.single_names = {
            names.key(reading.word(e.last - 1)) for e in self.entities if e.label in ("PERSON", "ORG", "LOC")
        }
        """Keys of the last words of all names."""
        self.headline_end = _headline_end(reading.text)
        self.quoted = sorted((s.start, s.end) for q in extraction.quotes if q.is_speech for s in q.content)
        """Characters of what is quoted as speech."""
        self.by_apposition: dict[int, int] = {}
        """Head of the body that a noun is said to be: the charity, of “Greenreach, a charity”."""
        self.covered: set[int] = set()
        """Tokens of names and their titles: no nominals of their own."""

    def head_of(self, entity: Entity) -> int:
        """The token of a name on which its others depend."""
        return head_of_name(self.reading, entity.first, entity.last)

    def is_quoted(self, offset: int) -> bool:
        """Whether a character is quoted as speech."""
        at = bisect_right(self.quoted, (offset, len(self.reading.text))) - 1
        return at >= 0 and offset < self.quoted[at][1]

    def is_noun(self, token: int) -> bool:
        """Whether a word is a common noun, or one for people with a capital outside of names: the Prime Minister."""
        if self.reading.upos[token] == "PROPN" and token not in self.entity_at:
            return is_person_noun(self.reading, token)
        return bool(self.reading.upos[token] == "NOUN")


def _with_form(reading: Reading, entity: Entity) -> Entity:
    """A company's name with the form in law behind it (Belmar Energy plc); Northgate Rail is one and no place."""
    last = entity.last
    if entity.label in ("LOC", "MISC") and last - entity.first > 1:
        ending = reading.word(last - 1)
        if ending[:1].isupper() and names.plain(ending) in names.body_endings():
            entity = entity._replace(label="ORG")
    while (
        entity.label == "ORG"
        and last < len(reading)
        and names.plain(reading.word(last)) in names.words_of("company forms")
        and (reading.word(last)[0].isupper() or reading.lower(last) == "plc")
        and follows_blank(reading, last)
    ):
        last += 1
    return entity._replace(last=last)


def _with_offices(reading: Reading, entities: Iterable[Entity]) -> list[Entity]:
    """The names, each office's whole that may have been cut at its possessive: Ada County Sheriff's Office."""
    found: list[Entity] = []
    for entity in entities:
        first, last, label = entity
        if found and first < found[-1].last:
            continue
        holder = names.plain(reading.word(last - 1))
        if (
            label in ("ORG", "LOC", "PERSON", "MISC")
            and last + 1 < len(reading)
            and reading.word(last) in POSSESSIVE_ENDINGS
            and reading.word(last + 1) in ("Office", "Department")
            and reading.word(last - 1)[:1].isupper()
            and (holder in names.titles() or holder in names.roles())
        ):
            entity = Entity(first, last + 2, "ORG")
        found.append(entity)
    return found


def _headline_end(text: str) -> int:
    """Where a text's headline ends: a first paragraph without full stop before others; 0 where there is none."""
    paragraphs = find_paragraphs(text)
    if len(paragraphs) < 2:
        return 0
    start, end = paragraphs[0]
    return end if end - start <= _LONGEST_HEADLINE and text[end - 1] not in ".,;" else 0
