"""What a page calls the records: short keys that no record can choose, so that no id of a record gets into the page."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from quotekit.types import Attribution, Extraction, Speaker

NOBODY = "s0"
"""Key of what is said by nobody in particular."""


@dataclass(frozen=True)
class Keys:
    """Keys of one extraction's records.

    Args:
        speakers: The speakers, those who say most first; the first has the key ``s1``.
        said: What each speaker says, by the speaker's key.
        attributions: Key of each attribution, by its id.
        threats: Key of each threat, by its id.
    """

    speakers: tuple[Speaker, ...]
    said: dict[str, tuple[Attribution, ...]]
    attributions: dict[str, str]
    threats: dict[str, str]
    _speaker_keys: dict[str, str]

    def speaker(self, speaker_id: str | None) -> str:
        """Key of a speaker; that of nobody for None."""
        return self._speaker_keys.get(speaker_id or "", NOBODY)


def number(extraction: Extraction) -> Keys:
    """Numbers the records of an extraction.

    >>> ada, bo = (Speaker(id=name, name=name, kind="person") for name in ("Ada", "Bo"))
    >>> said = Attribution(id="x", kind="indirect", content=(), speaker_id="Bo", confidence=1)
    >>> keys = number(Extraction(text="", speakers=(ada, bo), attributions=(said,)))
    >>> keys.speaker("Bo"), keys.speaker("Ada"), keys.attributions
    ('s1', 's2', {'x': 'a1'})
    """
    counts = Counter(attribution.speaker_id for attribution in extraction.attributions)
    speakers = tuple(sorted(extraction.speakers, key=lambda speaker: -counts[speaker.id]))
    speaker_keys = {speaker.id: f"s{i}" for i, speaker in enumerate(speakers, 1)}
    said: dict[str, list[Attribution]] = {NOBODY: [], **{key: [] for key in speaker_keys.values()}}
    for attribution in extraction.attributions:
        said[speaker_keys.get(attribution.speaker_id or "", NOBODY)].append(attribution)
    return Keys(
        speakers=speakers,
        said={key: tuple(attributions) for key, attributions in said.items()},
        attributions={attribution.id: f"a{i}" for i, attribution in enumerate(extraction.attributions, 1)},
        threats={threat.id: f"t{i}" for i, threat in enumerate(extraction.threats, 1)},
        _speaker_keys=speaker_keys,
    )
