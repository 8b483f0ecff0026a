"""Who the speakers are: mentions put together as people, organisations, groups and documents."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from quotekit.paragraphs import find_paragraphs
from quotekit.reader.reading import Reading
from quotekit.speakers.mentions import Collector, Mention
from quotekit.speakers.parties import Parties, Party
from quotekit.types import Attribution, Extraction, Span, Speaker

__all__ = ["find_speakers"]


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
    mentions = Collector(reading, extraction).collect()
    parties = Parties(extraction.text, mentions)
    parties.name_all()
    parties.read()
    discourse = _Discourse(extraction, mentions, parties)
    discourse.sources()
    discourse.untagged()
    parties.resolve_quoted(discourse.of_quote())
    discourse.sources()
    return _written(extraction, parties, discourse.party_of)


class _Discourse:
    """Who says each attribution of one text."""

    def __init__(self, extraction: Extraction, mentions: Sequence[Mention], parties: Parties) -> None:
        self.extraction = extraction
        self.parties = parties
        self.mentions = mentions
        self.mention_at = {(m.start, m.end): m for m in mentions if m.is_source}
        self.mention_over = sorted((m for m in mentions if m.is_source), key=lambda m: m.start)
        self.party_of: dict[str, int] = {}
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
        """Gives speech without a source the speaker of the speech before it, or of the sentence that leads to it."""
        by_paragraph: dict[int, list[Attribution]] = {}
        for attribution in self.extraction.attributions:
            by_paragraph.setdefault(self._paragraph(attribution.content[0].start), []).append(attribution)
        for paragraph in sorted(by_paragraph):
            here = by_paragraph[paragraph]
            for attribution in here:
                if attribution.source is not None or attribution.id in self.party_of or attribution.kind == "indirect":
                    continue
                party = self._beside(attribution, here)
                if party is None and attribution.kind == "direct":
                    party = self._acting(attribution, paragraph)
                if party is None and attribution.cue is None:
                    party = self._carried_on(by_paragraph.get(paragraph - 1, []), paragraph)
                if party is not None:
                    self.party_of[attribution.id] = party

    def _paragraph(self, offset: int) -> int:
        return max(0, bisect_right(self.paragraph_starts, offset) - 1)

    def _beside(self, attribution: Attribution, here: list[Attribution]) -> int | None:
        """The speaker of the other quotations in the paragraph."""
        start = attribution.content[0].start
        others = [a for a in here if a.id in self.party_of and a.id != attribution.id and a.kind != "indirect"]
        if not others:
            return None
        return self.party_of[min(others, key=lambda a: abs(a.content[0].start - start)).id]

    def _acting(self, attribution: Attribution, paragraph: int) -> int | None:
        """Who acts in the sentence before the words, in the same paragraph, as Tom in: Tom shook his head. “No”."""
        start = self.paragraphs[paragraph][0]
        end = attribution.content[0].start
        at = bisect_right([m.start for m in self.mentions], end) - 1 if self.mentions else -1
        while at >= 0 and self.mentions[at].start >= start:
            mention = self.mentions[at]
            at -= 1
            if mention.quote is None and mention.is_subject and mention.party is not None:
                party = self.parties.all[mention.party]
                if party.kind in ("person", "organization", "group") and not mention.is_modifier:
                    return mention.party
        return None

    def _carried_on(self, before: list[Attribution], paragraph: int) -> int | None:
        """The speaker of the paragraph before, where it holds speech."""
        spoken = [a for a in before if a.id in self.party_of and a.kind != "indirect"]
        return self.party_of[spoken[-1].id] if spoken else None


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
        # The name with most words; of equals the one used most, of those the first.
        full = max(names, key=lambda name: (len(name.split()), party.names[name]))
        aliases = tuple(name for name in names if name != full)
    else:
        nominal = [m for m in party.mentions if m.kind != "pronoun"] or party.mentions
        phrases = list(dict.fromkeys(" ".join(text[m.start : m.end].split()) for m in nominal))
        full = phrases[0]
        aliases = tuple(p for p in phrases[1:] if p.casefold() != full.casefold())
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
