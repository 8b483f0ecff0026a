"""The names under which spaCy finds quotekit's components.

spaCy imports this module whenever anybody makes a pipeline, whether it has quotekit in it or not: nothing
heavy is imported here, and nothing fails.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.language import Language

from quotekit import extensions

if TYPE_CHECKING:
    from quotekit.components import FindingStep, Quotekit, ReadingStep

# So that Docs with stored results can be read in a process that makes no quotekit pipeline.
extensions.install(force=False)

_ASSIGNS = ["doc._.quotekit"]
_FILLS = [
    "token.is_sent_start",
    "doc.sents",
    "token.pos",
    "token.lemma",
    "token.head",
    "token.dep",
    "doc.ents",
]
_READING_CONFIG = {"model": None, "threads": None, "fill": ["sents", "pos", "lemmas", "deps", "ents"]}


@Language.factory(
    "quotekit",
    assigns=[*_ASSIGNS, *_FILLS, "doc.spans"],
    default_config={**_READING_CONFIG, "min_confidence": 0.0, "spans_key": "quotekit"},
)
def make_quotekit(
    nlp: Language,
    name: str,
    model: str | None,
    threads: int | None,
    fill: list[str],
    min_confidence: float,
    spans_key: str | None,
) -> Quotekit:
    """Makes the component that does everything.

    Args:
        nlp: The pipeline.
        name: Name in the pipeline.
        model: Folder of another network.
        threads: CPU threads of the network.
        fill: What to write on Docs that lack it: sents, pos, lemmas, deps, ents.
        min_confidence: Attributions and threats of less confidence, 0 to 1, are left out.
        spans_key: Name of the group in ``doc.spans`` with what was found; None for no group.
    """
    from quotekit.components import Quotekit

    return Quotekit(name, model=model, threads=threads, fill=fill, min_confidence=min_confidence, spans_key=spans_key)


@Language.factory("quotekit_reader", assigns=[*_ASSIGNS, *_FILLS], default_config=_READING_CONFIG)
def make_reader(nlp: Language, name: str, model: str | None, threads: int | None, fill: list[str]) -> ReadingStep:
    """Makes the reading step; arguments as in `make_quotekit`."""
    from quotekit.components import ReadingStep

    return ReadingStep(name, model=model, threads=threads, fill=fill)


@Language.factory("quotekit_quotes", assigns=_ASSIGNS, requires=_ASSIGNS)
def make_quotes(nlp: Language, name: str) -> FindingStep:
    """Makes the step that finds quotations."""
    from quotekit.components import FindingStep
    from quotekit.quotes import find_quotes

    return FindingStep(name, find_quotes)


@Language.factory("quotekit_attributions", assigns=_ASSIGNS, requires=_ASSIGNS)
def make_attributions(nlp: Language, name: str) -> FindingStep:
    """Makes the step that finds who is given as the source of what."""
    from quotekit.attributions import find_attributions
    from quotekit.components import FindingStep

    return FindingStep(name, find_attributions)


@Language.factory("quotekit_speakers", assigns=_ASSIGNS, requires=_ASSIGNS)
def make_speakers(nlp: Language, name: str) -> FindingStep:
    """Makes the step that finds who the sources are."""
    from quotekit.components import FindingStep
    from quotekit.speakers import find_speakers

    return FindingStep(name, find_speakers)


@Language.factory("quotekit_claims", assigns=_ASSIGNS, requires=_ASSIGNS)
def make_claims(nlp: Language, name: str) -> FindingStep:
    """Makes the step that finds what is said, once each."""
    from quotekit.claims import find_claims
    from quotekit.components import FindingStep

    return FindingStep(name, find_claims)


@Language.factory("quotekit_threats", assigns=_ASSIGNS, requires=_ASSIGNS)
def make_threats(nlp: Language, name: str) -> FindingStep:
    """Makes the step that finds conditional threats."""
    from quotekit.components import FindingStep
    from quotekit.threats import find_threats

    return FindingStep(name, find_threats)
