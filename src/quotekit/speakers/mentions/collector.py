"""Collects the mentions of a text: the sources first, then names, pronouns and nouns."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from quotekit.reader.reading import Reading
from quotekit.speakers.mentions.by_name import read_name, read_unlabelled
from quotekit.speakers.mentions.by_noun import read_noun, read_person_or_body
from quotekit.speakers.mentions.by_pronoun import is_body_in_capitals, read_pronoun
from quotekit.speakers.mentions.context import Context
from quotekit.speakers.mentions.deeds import find_deeds
from quotekit.speakers.mentions.mention import Mention
from quotekit.speakers.mentions.name_kinds import is_common
from quotekit.speakers.mentions.phrases import noun_phrase
from quotekit.speakers.mentions.placing import place_mentions
from quotekit.speakers.mentions.several import group
from quotekit.speakers.mentions.sources import read_source
from quotekit.types import Extraction


class Collector:
    """Collects the mentions of one text.

    Args:
        reading: The reading of ``extraction.text``.
        extraction: With quotes and attributions.
    """

    def __init__(self, reading: Reading, extraction: Extraction) -> None:
        self.reading = reading
        self.extraction = extraction
        junk = extraction.document.boilerplate if extraction.document else ()
        self.junk = [(s.start, s.end) for s in junk]
        self.junk_ends = [end for _, end in self.junk]
        self.context = Context(reading, extraction)
        self.by_head: dict[int, Mention] = {}

    def collect(self) -> list[Mention]:
        """The mentions, in text order; of each phrase the widest, but members of groups and possessors too."""
        self._add_sources()
        members = self._add_names()
        self._add_pronouns_and_nouns()
        members.extend(self._named_together())
        self._add_antecedents()
        self._point_at_names()
        for mention in self.by_head.values():
            mention.deeds = find_deeds(self.context, mention.head) if mention.number == "sing" else ()
        mentions = sorted([*self.by_head.values(), *members], key=lambda m: (m.start, -m.end))
        place_mentions(self.reading, self.extraction, mentions)
        return mentions

    def _add_sources(self) -> None:
        """Adds who is the source of an attribution, with what they say and by which verb."""
        said: dict[tuple[int, int], list[tuple[int, int]]] = {}
        cues: dict[tuple[int, int], str] = {}
        for attribution in self.extraction.attributions:
            if attribution.source is not None:
                if attribution.cue is not None:
                    cues.setdefault((attribution.source.start, attribution.source.end), attribution.cue.lemma)
                pieces = said.setdefault((attribution.source.start, attribution.source.end), [])
                pieces.extend((span.start, span.end) for span in attribution.content)
        for span, pieces in said.items():
            mention = read_source(self.context, *span)
            if mention is not None:
                mention.says = tuple(pieces)
                mention.cue = cues.get(span, "")
            self._add(mention)

    def _add_names(self) -> list[Mention]:
        """Adds the names; returns those whose head is that of their group: the first of “Ann Lee and Tom Ray”."""
        members: list[Mention] = []
        for entity in self.context.entities:
            if entity.label in ("PERSON", "ORG", "LOC", "MISC") and not is_common(self.context, entity):
                mention = read_name(self.context, entity)
                if mention is None or self.is_junk(mention.start, mention.end):
                    continue
                taken = self.by_head.get(mention.head)
                if taken is None:
                    self._add(mention)
                elif taken.kind == "group" and mention.start < mention.end:
                    members.append(mention)
        return members

    def _add_pronouns_and_nouns(self) -> None:
        """Adds pronouns, and nouns for people and bodies, that are no sources and belong to no name."""
        reading = self.reading
        for token in range(len(reading)):
            if token in self.by_head:
                continue
            upos = reading.upos[token]
            if upos == "PRON" and is_body_in_capitals(reading, token):
                start, end = reading._starts[token], reading._ends[token]
                self._add(read_unlabelled(self.context, [token], token, start, end))
            elif upos == "PRON":
                self._add(read_pronoun(self.context, token))
            elif upos == "NOUN" and token not in self.context.covered:
                self._add(read_person_or_body(self.context, token))

    def _add_antecedents(self) -> None:
        """Adds the nouns for which relative pronouns that say something stand, where they are no mentions yet."""
        reading = self.reading
        for mention in [
            m for m in self.by_head.values() if m.is_source and m.same_as is not None and m.kind == "pronoun"
        ]:
            head = mention.same_as
            if head is not None and head not in self.by_head and reading.upos[head] not in ("VERB", "AUX"):
                first, last = noun_phrase(reading, head)
                tokens = [t for t in range(first, last) if reading.upos[t] not in ("PUNCT", "SPACE")]
                if head not in tokens:
                    continue
                self._add(read_noun(self.context, head, tokens, reading._starts[first], reading._ends[last - 1]))

    def _point_at_names(self) -> None:
        """Lets what is said to be somebody with a title be the one whose name follows: his aunt, Hajiya Zainab Gumel.

        The parse may take the title for the name's head, the mention is the name's.
        """
        for mention in self.by_head.values():
            if mention.same_as is None or mention.same_as in self.by_head:
                continue
            entity = self.context.entity_at.get(mention.same_as)
            if entity is not None:
                inside = (t for t in range(entity.first, entity.last) if t in self.by_head)
                mention.same_as = next((t for t in inside if self.by_head[t].kind == "name"), mention.same_as)

    def _named_together(self) -> Iterator[Mention]:
        """Names joined by "and" as one subject, whom "they" may take up: “Rubio and Bush have …”."""
        reading = self.reading
        for head, mention in list(self.by_head.items()):
            if mention.kind != "name" or mention.label not in ("PERSON", "ORG", "LOC") or mention.is_modifier:
                continue
            others = [c for c in reading.children(head, "conj") if c in self.by_head and self.by_head[c].kind == "name"]
            if not others or not reading.deps[head].startswith("nsubj"):
                continue
            if any(reading.lower(c) == "and" for c in reading.children(others[-1], "cc")):
                end = max(self.by_head[c].end for c in others)
                words = tuple(reading.text[mention.start : end].split())
                yield group(mention.start, end, head, words)

    def _add(self, mention: Mention | None) -> None:
        """Adds a mention, unless it lies in page junk or another has its head."""
        if mention is None or mention.start >= mention.end or self.is_junk(mention.start, mention.end):
            return
        self.by_head.setdefault(mention.head, mention)

    def is_junk(self, start: int, end: int) -> bool:
        """Whether page junk lies in the characters."""
        at = bisect_right(self.junk_ends, start)
        return at < len(self.junk) and self.junk[at][0] < end
