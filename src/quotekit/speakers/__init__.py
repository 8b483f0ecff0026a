"""Who the speakers are: mentions put together as people, organisations, groups and documents."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from quotekit.dialogue import Turn, cut_scenes, find_turns, is_dialogue, take_turns
from quotekit.paragraphs import find_paragraphs
from quotekit.reader.reading import Reading
from quotekit.speakers.choices import Choices
from quotekit.speakers.interviews import read_answers, read_labels
from quotekit.speakers.late_names import name_later
from quotekit.speakers.mentions import Collector, Mention
from quotekit.speakers.narrator import name_narrator
from quotekit.speakers.parties import Parties
from quotekit.speakers.party import Party
from quotekit.speakers.resolver import Resolver
from quotekit.types import Attribution, Extraction, Span, Speaker

__all__ = ["find_speakers", "resolve"]

_POSSESSIVE = re.compile(r"(s)['’]$|['’]s$")
_LETTER = re.compile(r"[A-Z]\. ")
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_FEWEST_REPEATED = 3
"""Words of a quotation that tell it again elsewhere."""
_HEADING = 3
"""Paragraphs in which a part of what is quoted later may stand."""
_LONGEST_TAG = 60
"""Characters after a quotation in which whoever acts is taken for its speaker."""


def find_speakers(reading: Reading, extraction: Extraction) -> Extraction:
    """Finds out who speaks.

    Each attribution's source is a mention of somebody: a name, a description, a pronoun. Names that can be one person's
    or body's are put together; a bare surname means whoever was last named in full; a description the nearest who was
    so described; a pronoun the nearest earlier party that agrees with it and best fits. Speech without a source gets
    the speaker that its surroundings give. Where the text does not tell, there is no speaker.

    A speaker's name is the fullest name in the document without title. Somebody without a name is called as the text
    first describes them, article included ("the United States and its allies").

    Args:
        reading: The reading of ``extraction.text``.
        extraction: With quotes and attributions.

    Returns:
        The extraction with speakers, by first mention, and with attributions and quotes that name theirs.
    """
    parties, party_of = resolve(reading, extraction)
    return _written(extraction, parties, party_of)


def resolve(reading: Reading, extraction: Extraction, choices: Choices | None = None) -> tuple[Parties, dict[str, int]]:
    """Finds out whom all mentions of a text speak of, also those who say nothing, and who says each attribution.

    Args:
        reading: The reading of ``extraction.text``.
        extraction: With quotes and attributions.
        choices: What chooses among those who may be meant; None for the shipped weights.

    Returns:
        The parties, and the index of each attribution's among them by the attribution's id.
    """
    mentions = Collector(reading, extraction).collect()
    in_turns = is_dialogue(find_turns(extraction.quotes, find_paragraphs(extraction.text)))
    parties = Parties(extraction.text, mentions, in_turns=in_turns)
    choices = Choices(reading) if choices is None else choices
    resolver = Resolver(parties, choices)
    resolver.read()
    name_later(parties, choices)
    read_labels(extraction, mentions, parties)
    answers = read_answers(extraction, _without_junk(extraction), mentions, parties)
    byline = extraction.document.byline if extraction.document is not None else None
    name_narrator(extraction.text, byline, find_paragraphs(extraction.text), mentions, parties)
    discourse = _Discourse(extraction, mentions, parties)
    discourse.party_of.update(answers)
    discourse.sources()
    discourse.untagged()
    resolver.read_quoted(discourse.of_quote())
    discourse.sources()
    return parties, discourse.party_of


def _without_junk(extraction: Extraction) -> list[tuple[int, int]]:
    """The paragraphs in which no page junk stands, as `quotekit.attributions` sees them."""
    junk = [(s.start, s.end) for s in extraction.document.boilerplate] if extraction.document is not None else []
    ends = [end for _, end in junk]
    paragraphs = []
    for start, end in find_paragraphs(extraction.text):
        at = bisect_right(ends, start)
        if at == len(junk) or junk[at][0] >= end:
            paragraphs.append((start, end))
    return paragraphs


class _Discourse:
    """Who says each attribution of one text."""

    def __init__(self, extraction: Extraction, mentions: Sequence[Mention], parties: Parties) -> None:
        self.extraction = extraction
        self.parties = parties
        self.mentions = mentions
        self.mention_starts = [m.start for m in mentions]
        self.mention_over = sorted((m for m in mentions if m.is_source), key=lambda m: m.start)
        self.party_of: dict[str, int] = {}
        self.repeatable: dict[str, set[int]] = {}
        """Who says which words, of quotations with a source."""
        self.paragraphs = find_paragraphs(extraction.text)
        self.paragraph_starts = [start for start, _ in self.paragraphs]
        self.quote_index = {quote.id: i for i, quote in enumerate(extraction.quotes)}

    def sources(self) -> None:
        """Gives each attribution the party that its source speaks of."""
        starts = [m.start for m in self.mention_over]
        for attribution in self.extraction.attributions:
            source = attribution.source
            if source is None or attribution.id in self.party_of:
                continue
            at = bisect_right(starts, source.end - 1) - 1
            while at >= 0 and self.mention_over[at].start >= source.start - 200:
                mention = self.mention_over[at]
                if mention.start < source.end and mention.end > source.start:
                    if mention.party is not None:
                        self.party_of[attribution.id] = mention.party
                    break
                at -= 1

    def of_quote(self) -> dict[int, int]:
        """Party of each quotation's speaker, by the quotation's index; nested ones have that of the outer."""
        result: dict[int, int] = {}
        for attribution in self.extraction.attributions:
            party = self.party_of.get(attribution.id)
            if party is not None:
                for quote_id in attribution.quote_ids:
                    result[self.quote_index[quote_id]] = party
        return result

    # ---- speech without a source -----------------------------------------------------------------------------

    def untagged(self) -> None:
        """Gives speech without a source its speaker.

        That is whoever else speaks in the paragraph, or acts in it; else, where people talk with each other, whoever
        has the turn; else whoever spoke in the paragraph before.
        """
        by_paragraph: dict[int, list[Attribution]] = {}
        for attribution in self.extraction.attributions:
            by_paragraph.setdefault(self._paragraph(attribution.content[0].start), []).append(attribution)
        turns = self._turns()
        in_turns = self.parties.in_turns
        if in_turns:
            self._described()
        for paragraph in sorted(by_paragraph):
            here = by_paragraph[paragraph]
            for attribution in here:
                if not self._is_open(attribution):
                    continue
                party = self._repeated(attribution)
                if party is None:
                    party = self._beside(attribution, here)
                if party is None and attribution.kind == "direct":
                    party = self._acting(attribution, paragraph)
                if party is None and attribution.kind == "direct":
                    party = self._introduced(attribution, paragraph)
                if party is None and attribution.cue is None and not in_turns:
                    party = self._carried_on(by_paragraph.get(paragraph - 1, []), attribution, paragraph)
                if party is not None:
                    self.party_of[attribution.id] = party
        if in_turns:
            self._in_turns(turns, by_paragraph)

    def _described(self) -> None:
        """Gives a bare description behind speech to the one person who acts before it: Jem rose. “No,” said the boy."""
        starts = [m.start for m in self.mention_over]
        for attribution in self.extraction.attributions:
            source = attribution.source
            if source is None or attribution.kind != "direct":
                continue
            at = bisect_left(starts, source.start)
            told = self.mention_over[at] if at < len(starts) and starts[at] < source.end else None
            if (
                told is None
                or told.kind != "nominal"
                or source.text.count(" ") != 1
                or source.text[:4].lower() != "the "
            ):
                continue
            number = self._paragraph(attribution.content[0].start)
            begin = bisect_left(self.mention_starts, self.paragraphs[number][0])
            stop = bisect_left(self.mention_starts, attribution.content[0].start)
            acting = {m.party for m in self.mentions[begin:stop] if m.kind == "name" and self._acts(m)}
            if len(acting) == 1 and self.party_of.get(attribution.id) not in acting:
                self.party_of[attribution.id] = acting.pop() or 0

    def _is_open(self, attribution: Attribution) -> bool:
        """Whether an attribution is speech whose speaker has to be told from what is around it."""
        return attribution.source is None and attribution.id not in self.party_of and attribution.kind != "indirect"

    def _turns(self) -> list[Turn]:
        """The paragraphs with speech, and whom each calls by name."""
        turns = find_turns(self.extraction.quotes, self.paragraphs)
        cut_scenes(turns, self.extraction.text, self.paragraphs)
        at = {turn.paragraph: turn for turn in turns}
        for mention in self.mentions:
            if mention.is_vocative and mention.party is not None and mention.kind == "name":
                spoken = at.get(self._paragraph(mention.start))
                if spoken is not None:
                    spoken.addressed.add(mention.party)
        return turns

    def _in_turns(self, turns: list[Turn], by_paragraph: dict[int, list[Attribution]]) -> None:
        for turn in turns:
            parties = [
                self.party_of[a.id]
                for a in by_paragraph.get(turn.paragraph, [])
                if a.id in self.party_of and a.kind != "indirect"
            ]
            turn.party = parties[-1] if parties else None
        take_turns(turns, self.parties.narrator)
        for turn in turns:
            for attribution in by_paragraph.get(turn.paragraph, []):
                if turn.party is not None and attribution.cue is None and self._is_open(attribution):
                    self.party_of[attribution.id] = turn.party

    def _paragraph(self, offset: int) -> int:
        return max(0, bisect_right(self.paragraph_starts, offset) - 1)

    def _repeated(self, attribution: Attribution) -> int | None:
        """Who says the same words elsewhere: headlines and pulled quotes repeat those of the article."""
        words = _plain_words(attribution)
        if attribution.kind != "direct" or words.count(" ") < 1 + _FEWEST_REPEATED:
            return None
        if not self.repeatable:
            for other in self.extraction.attributions:
                if other.id in self.party_of and other.kind != "indirect":
                    self.repeatable.setdefault(_plain_words(other), set()).add(self.party_of[other.id])
        found = set(self.repeatable.get(words, ()))
        if not found and self._paragraph(attribution.content[0].start) < _HEADING:
            found = {party for other, parties in self.repeatable.items() if words in other for party in parties}
        return found.pop() if len(found) == 1 else None

    def _beside(self, attribution: Attribution, here: list[Attribution]) -> int | None:
        """The speaker of the other quotations in the paragraph."""
        start = attribution.content[0].start
        # Whoever is told of in a quotation is not the one who tells it.
        inside = [(span.start, span.end) for span in attribution.content]
        others = [
            a
            for a in here
            if a.id in self.party_of and a.id != attribution.id and a.kind != "indirect"
            if not any(start <= a.content[0].start < end for start, end in inside)
        ]
        if not others:
            return None
        return self.party_of[min(others, key=lambda a: abs(a.content[0].start - start)).id]

    def _acting(self, attribution: Attribution, paragraph: int) -> int | None:
        """Who acts in the same paragraph, as Tom in: Tom shook his head. “No”; or in: “No,” burst out Tom."""
        after = self._acting_after(attribution.content[-1].end, paragraph)
        following = self.extraction.text[attribution.content[-1].end : self.paragraphs[paragraph][1]].lstrip()
        if after is not None and following[:1].islower():
            return after
        start = self.paragraphs[paragraph][0]
        at = bisect_right(self.mention_starts, attribution.content[0].start) - 1
        while at >= 0 and self.mentions[at].start >= start:
            if self._acts(self.mentions[at]):
                return self.mentions[at].party
            at -= 1
        return after

    def _introduced(self, attribution: Attribution, paragraph: int) -> int | None:
        """Who acts last in the paragraph before, where its colon or dash leads to the speech that opens this one."""
        start, _ = self.paragraphs[paragraph]
        begin, end = self.paragraphs[paragraph - 1] if paragraph else (0, 0)
        if attribution.content[0].start > start or not self.extraction.text[begin:end].endswith((":", "--", "—")):
            return None
        at = bisect_right(self.mention_starts, end) - 1
        while at >= 0 and self.mentions[at].start >= begin:
            if self._acts(self.mentions[at]):
                return self.mentions[at].party
            at -= 1
        return None

    def _acting_after(self, offset: int, paragraph: int) -> int | None:
        end = min(self.paragraphs[paragraph][1], offset + _LONGEST_TAG)
        at = bisect_right(self.mention_starts, offset - 1)
        while at < len(self.mentions) and self.mentions[at].start < end:
            if self.mentions[at].quote is not None:
                return None
            if self._acts(self.mentions[at]):
                return self.mentions[at].party
            at += 1
        return None

    def _acts(self, mention: Mention) -> bool:
        if mention.quote is not None or not mention.is_subject or mention.party is None or mention.is_modifier:
            return False
        return self.parties.all[mention.party].kind in ("person", "organization", "group")

    def _carried_on(self, before: list[Attribution], attribution: Attribution, paragraph: int) -> int | None:
        """The speaker of the paragraph before; else, where nothing but speech stands here, who is spoken of there."""
        spoken = [a for a in before if a.id in self.party_of]
        direct = [a for a in spoken if a.kind != "indirect"]
        if direct:
            return self.party_of[direct[-1].id]
        start, end = self.paragraphs[paragraph]
        is_bare = attribution.content[0].start - start <= 1 and end - attribution.content[-1].end <= 1
        if not is_bare or not paragraph:
            return None
        if spoken:
            party = self.party_of[spoken[-1].id]
            return party if self.parties.all[party].kind == "person" else None
        begin, end = self.paragraphs[paragraph - 1]
        there = self.mentions[bisect_left(self.mention_starts, begin) : bisect_left(self.mention_starts, end)]
        people = {m.party for m in there if m.party is not None and self.parties.all[m.party].kind == "person"}
        acting = [m.party for m in there if self._acts(m) and m.party in people]
        return acting[-1] if acting and len(people) == 1 else None


def _plain_words(attribution: Attribution) -> str:
    """The words of a content, with a blank on both sides of each."""
    words = _WORD.findall(" ".join(span.text for span in attribution.content).casefold().replace("’", "'"))
    return f" {' '.join(words)} "


def _written(extraction: Extraction, parties: Parties, party_of: dict[str, int]) -> Extraction:
    """The extraction with speakers for those parties that say something."""
    text = extraction.text
    speaking = set(party_of.values())
    ordered = sorted(
        (index for index in speaking if parties.all[index].mentions),
        key=lambda index: min((m.start, m.end) for m in parties.all[index].mentions),
    )
    ids = {index: f"s{i}" for i, index in enumerate(ordered, start=1)}
    speakers = tuple(_speaker(text, ids[index], parties.all[index]) for index in ordered)
    attributions = tuple(
        a.model_copy(update={"speaker_id": ids.get(party_of.get(a.id, -1))}) for a in extraction.attributions
    )
    by_id = {a.id: a.speaker_id for a in attributions}
    quotes = tuple(
        q.model_copy(update={"speaker_id": by_id.get(q.attribution_id)}) if q.attribution_id is not None else q
        for q in extraction.quotes
    )
    return extraction.model_copy(update={"speakers": speakers, "attributions": attributions, "quotes": quotes})


def _speaker(text: str, speaker_id: str, party: Party) -> Speaker:
    names = list(party.names)
    if names:
        # The name with most words, not in capitals, nor opening with a letter (N. Korea); of equals the one used most,
        # of those the first.
        full = max(
            names,
            key=lambda name: (len(name.split()), not name.isupper(), not _LETTER.match(name), party.names[name]),
        )
        aliases = tuple(name for name in names if name != full)
    else:
        nominal = [m for m in party.mentions if m.kind != "pronoun"] or party.mentions
        # "A builder" rather than the headline's "Builder".
        nominal = sorted(nominal, key=lambda m: m.lacks_article)
        phrases = list(dict.fromkeys(_POSSESSIVE.sub(r"\1", " ".join(text[m.start : m.end].split())) for m in nominal))
        full = "I" if party.label == "narrator" else party.called or phrases[0]
        aliases = tuple(p for p in phrases if p.casefold() != full.casefold())
    spans = sorted({(m.start, m.end) for m in party.mentions if not m.is_modifier or m.is_source})
    return Speaker(
        id=speaker_id,
        name=full,
        kind=party.kind,
        aliases=aliases,
        titles=tuple(party.titles),
        affiliation=party.affiliation,
        mentions=tuple(Span.of(text, start, end) for start, end in spans),
    )
