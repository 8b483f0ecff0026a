"""The conditionals of a text, with what is found of each: made once, for acts and for threats."""

from __future__ import annotations

from quotekit.reader.reading import Reading
from quotekit.threats.conditionals import Conditional, conditionals_in
from quotekit.threats.judgement import Findings, Judgement, examine, judge
from quotekit.threats.scene import Scene
from quotekit.threats.voices import Setting
from quotekit.types import Attribution, Extraction

__all__ = ["Survey", "survey_of"]


class Survey:
    """The conditionals of a text.

    Args:
        reading: The reading.
        extraction: With attributions and speakers.
    """

    def __init__(self, reading: Reading, extraction: Extraction) -> None:
        self.extraction = extraction
        self.scene = Scene(reading, extraction.attributions)
        self.setting = Setting(self.scene, extraction)
        self.found: list[tuple[Conditional, Findings]] = [
            (conditional, examine(self.setting, conditional)) for conditional in conditionals_in(self.scene)
        ]
        """Each with what the rules find of it, in text order."""
        self._judged: dict[int, Judgement] = {}

    def judgement(self, at: int) -> Judgement:
        """Whether the conditional at a place in ``found`` is a threat."""
        if at not in self._judged:
            judgement = judge(self.setting, *self.found[at])
            # Only of threats it is asked again what their words mean; a book has thousands of conditionals.
            self._judged[at] = judgement if judgement.is_threat else judgement._replace(sense=None)
        return self._judged[at]

    def is_of(self, extraction: Extraction) -> bool:
        """Whether it was made from the attributions and speakers of an extraction."""
        mine, theirs = self.extraction.attributions, extraction.attributions
        return (
            self.extraction.speakers is extraction.speakers
            and len(mine) == len(theirs)
            and all(_parts(a) == _parts(b) for a, b in zip(mine, theirs, strict=True))
        )


def _parts(attribution: Attribution) -> list[object]:
    """All that an attribution says; naming its claim changes nothing for what is found."""
    return [value for name, value in attribution if name != "claim_id"]


def survey_of(reading: Reading, extraction: Extraction) -> Survey:
    """The survey of a text; the one that was made last for its reading, where nothing has changed since.

    Args:
        reading: The reading.
        extraction: With attributions and speakers.
    """
    known = reading.kept.get("survey")
    if isinstance(known, Survey) and known.is_of(extraction):
        return known
    survey = reading.kept["survey"] = Survey(reading, extraction)
    return survey
