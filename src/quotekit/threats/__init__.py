"""Conditional threats: what a party will bring about if others do, or do not do, something."""

from __future__ import annotations

from quotekit.reader.reading import Reading
from quotekit.threats.conditionals import Conditional
from quotekit.threats.judgement import Judgement
from quotekit.threats.roles import Casting, Party, Roles
from quotekit.threats.scene import Scene, Tokens
from quotekit.threats.survey import survey_of
from quotekit.types import ConditionalThreat, Extraction, Span, Speaker, SpeakerKind

__all__ = ["find_threats"]

_KINDS: dict[str, SpeakerKind] = {"PERSON": "person", "ORG": "organization", "LOC": "organization"}


def find_threats(reading: Reading, extraction: Extraction) -> Extraction:
    """Finds conditional threats: something unwelcome that a party announces for the case that a condition is met.

    First every condition with its consequence is found, whatever it means (`quotekit.threats.conditionals`); then each
    is judged by the questions that tell threats from warnings, offers, rules and plans (`quotekit.threats.judgement`);
    then the parts are given (`quotekit.threats.roles`). Who threatens and is not among the speakers becomes one.

    Args:
        reading: The reading of ``extraction.text``.
        extraction: With attributions and speakers, and claims where they are wanted on the threats.

    Returns:
        The extraction with threats, in text order.

    >>> rows = [(0, 2, "PRON", "nsubj", 2), (3, 7, "AUX", "aux", 2), (8, 11, "VERB", "root", 2),
    ...         (12, 14, "SCONJ", "mark", 6), (15, 19, "PRON", "nsubj", 6), (20, 22, "AUX", "aux", 6),
    ...         (23, 28, "VERB", "advcl", 2), (29, 31, "PRON", "obj", 6), (31, 32, "PUNCT", "punct", 2)]
    >>> reading = Reading.from_rows("We will sue if they do print it.", rows)
    >>> [threat] = find_threats(reading, Extraction(text=reading.text)).threats
    >>> threat.condition[0].text, threat.consequence[0].text, threat.means, threat.direction
    ('they do print it', 'We will sue', 'legal', 'deterrent')
    """
    survey = survey_of(reading, extraction)
    casting = Casting(survey.setting)
    records = _Records(survey.scene, extraction)
    for at, (conditional, _) in enumerate(survey.found):
        judgement = survey.judgement(at)
        if judgement.is_threat:
            records.add(conditional, judgement, casting.roles(conditional, judgement))
    return extraction.model_copy(update={"threats": tuple(records.threats), "speakers": records.speakers})


class _Records:
    """The threats of one text, and its speakers with those who only threaten."""

    def __init__(self, scene: Scene, extraction: Extraction) -> None:
        self.scene = scene
        self.text = scene.reading.text
        self.threats: list[ConditionalThreat] = []
        self._speakers = {speaker.id: speaker for speaker in extraction.speakers}
        self._claim_of = {attribution.id: attribution.claim_id for attribution in extraction.attributions}
        self._by_name = {speaker.name.lower(): speaker.id for speaker in extraction.speakers}
        self._entity_at = {
            token: entity.label for entity in scene.reading.entities for token in range(entity.first, entity.last)
        }

    @property
    def speakers(self) -> tuple[Speaker, ...]:
        """The speakers, those who only threaten last."""
        return tuple(self._speakers.values())

    def add(self, conditional: Conditional, judgement: Judgement, roles: Roles) -> None:
        """Writes one threat down; nothing where no condition is left after trimming."""
        condition = self._spans(conditional.conditions)
        if not condition:
            return
        self.threats.append(
            ConditionalThreat(
                id=f"t{len(self.threats) + 1}",
                marker=self._span(conditional.marker),
                condition=condition,
                consequence=self._spans(conditional.consequences),
                threatener=self._span(roles.threatener.piece if roles.threatener is not None else None),
                threatener_id=self._speaker_id(roles.threatener),
                issuer_id=self._speaker_id(roles.issuer),
                target=self._span(roles.target),
                direction=roles.direction,
                deadline=self._span(roles.deadline),
                means=judgement.appraisal.means,
                explicitness=judgement.appraisal.explicitness,
                attribution_id=roles.attribution.id if roles.attribution is not None else None,
                claim_id=self._claim_of.get(roles.attribution.id) if roles.attribution is not None else None,
                confidence=round(judgement.confidence, 4),
            )
        )

    def _span(self, piece: Tokens | None) -> Span | None:
        if piece is None:
            return None
        start, end = self.scene.characters(piece)
        return Span.of(self.text, start, end) if start < end else None

    def _spans(self, pieces: tuple[Tokens, ...]) -> tuple[Span, ...]:
        """Spans in text order; of two that overlap, the first."""
        result: list[Span] = []
        for piece in sorted(pieces):
            span = self._span(piece)
            if span is not None and (not result or span.start >= result[-1].end):
                result.append(span)
        return tuple(result)

    def _speaker_id(self, party: Party | None) -> str | None:
        """The speaker that a party is; a new one where it is none yet and has a noun phrase."""
        if party is None or party.speaker_id is not None:
            return party.speaker_id if party is not None else None
        first, last = party.name
        if all(self.scene.upos[token] in ("PRON", "PUNCT", "SPACE") for token in range(first, last)):
            return None
        span = self._span(party.name)
        if span is None:
            return None
        name = " ".join(span.text.split())
        known = self._by_name.get(name.lower())
        if known is None:
            label = next((self._entity_at[t] for t in range(first, last) if t in self._entity_at), "")
            known = self._new_id()
            self._by_name[name.lower()] = known
            self._speakers[known] = Speaker(id=known, name=name, kind=_KINDS.get(label, "unknown"), mentions=(span,))
        elif span not in self._speakers[known].mentions:
            speaker = self._speakers[known]
            mentions = tuple(sorted((*speaker.mentions, span), key=lambda mention: (mention.start, mention.end)))
            self._speakers[known] = speaker.model_copy(update={"mentions": mentions})
        return known

    def _new_id(self) -> str:
        number = len(self._speakers) + 1
        while f"s{number}" in self._speakers:
            number += 1
        return f"s{number}"
