"""The names under which spaCy finds quotekit's components.

spaCy imports this module whenever anybody makes a pipeline, whether it has quotekit in it or not: nothing
heavy is imported here, and nothing fails.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from spacy.language import Language

from quotekit import extensions
from quotekit.config import KINDS, NEEDS, STEPS

if TYPE_CHECKING:
    from quotekit.components import FindingStep, Quotekit, ReadingStep, SpansStep

# So that Docs with stored results can be read in a process that makes no quotekit pipeline.
extensions.install(force=False)

_FOUND = "doc._.quotekit"
_FILLS = [
    "token.is_sent_start",
    "doc.sents",
    "token.pos",
    "token.lemma",
    "token.head",
    "token.dep",
    "doc.ents",
]
_READING_CONFIG = {"model": None, "threads": None, "batch_size": 8, "fill": list(KINDS)}

# The settings have no types here: spaCy would refuse wrong ones before quotekit can say which are right.


@Language.factory(
    "quotekit",
    assigns=[_FOUND, *_FILLS, "doc.spans"],
    default_config={
        **_READING_CONFIG,
        "steps": list(STEPS),
        "min_confidence": 0.0,
        "spans_key": "quotekit",
        "roster": None,
    },
)
def make_quotekit(
    nlp: Language,
    name: str,
    model: Any,
    threads: Any,
    batch_size: Any,
    fill: Any,
    steps: Any,
    min_confidence: Any,
    spans_key: Any,
    roster: Any,
) -> Quotekit:
    """Makes the component that does everything.

    Args:
        nlp: The pipeline.
        name: Name in the pipeline.
        model: Folder of another network.
        threads: CPU threads of the network.
        batch_size: How many Docs are read at once.
        fill: What to write on Docs that lack it: sents, pos, lemmas, deps, ents.
        steps: What to find: quotes, attributions, speakers, claims, threats.
        min_confidence: Attributions and threats of less confidence, 0 to 1, are left out.
        spans_key: Name of the group in ``doc.spans`` with what was found; None for no group.
        roster: Known speakers: a list of mappings with id, name and perhaps aliases, or the path of a JSON file.

    Raises:
        ConfigError: A setting is of no use.
        InputError: ``min_confidence`` is not from 0 to 1.
        RosterError: The roster cannot be read.
        ClashError: Other code has taken the name ``doc._.quotekit``.
    """
    from quotekit.components import Quotekit

    return Quotekit(
        name,
        model=model,
        threads=threads,
        batch_size=batch_size,
        fill=fill,
        steps=steps,
        min_confidence=min_confidence,
        spans_key=spans_key,
        roster=roster,
    )


# What each step adds to doc._.quotekit, for spaCy's pipe analysis: names, and no attributes of a Doc.
_PART_OF = {step: f"doc._.quotekit_{step}" for step in ("reader", *STEPS)}


def _assigned(step: str) -> list[str]:
    return [_FOUND, _PART_OF[step]]


def _required(step: str) -> list[str]:
    return [_FOUND, *(_PART_OF[needed] for needed in ("reader", *NEEDS[step]))]


@Language.factory("quotekit_reader", assigns=[*_assigned("reader"), *_FILLS], default_config=_READING_CONFIG)
def make_reader(nlp: Language, name: str, model: Any, threads: Any, batch_size: Any, fill: Any) -> ReadingStep:
    """Makes the reading step; arguments as in `make_quotekit`."""
    from quotekit.components import ReadingStep

    return ReadingStep(name, model=model, threads=threads, batch_size=batch_size, fill=fill)


@Language.factory("quotekit_quotes", assigns=_assigned("quotes"), requires=_required("quotes"))
def make_quotes(nlp: Language, name: str) -> FindingStep:
    """Makes the step that finds quotations."""
    from quotekit.components import FindingStep
    from quotekit.quotes import find_quotes

    return FindingStep(name, find_quotes)


@Language.factory("quotekit_attributions", assigns=_assigned("attributions"), requires=_required("attributions"))
def make_attributions(nlp: Language, name: str) -> FindingStep:
    """Makes the step that finds who is given as the source of what."""
    from quotekit.attributions import find_attributions
    from quotekit.components import FindingStep

    return FindingStep(name, find_attributions)


@Language.factory(
    "quotekit_speakers", assigns=_assigned("speakers"), requires=_required("speakers"), default_config={"roster": None}
)
def make_speakers(nlp: Language, name: str, roster: Any) -> FindingStep:
    """Makes the step that finds who the sources are; ``roster`` as in `make_quotekit`."""
    from quotekit.components import FindingStep
    from quotekit.speakers import find_speakers

    return FindingStep(name, find_speakers, roster=roster)


@Language.factory("quotekit_claims", assigns=_assigned("claims"), requires=_required("claims"))
def make_claims(nlp: Language, name: str) -> FindingStep:
    """Makes the step that finds what is said, once each."""
    from quotekit.claims import find_claims
    from quotekit.components import FindingStep

    return FindingStep(name, find_claims)


@Language.factory("quotekit_threats", assigns=_assigned("threats"), requires=_required("threats"))
def make_threats(nlp: Language, name: str) -> FindingStep:
    """Makes the step that finds conditional threats."""
    from quotekit.components import FindingStep
    from quotekit.threats import find_threats

    return FindingStep(name, find_threats)


@Language.factory("quotekit_spans", assigns=["doc.spans"], requires=[_FOUND], default_config={"spans_key": "quotekit"})
def make_spans(nlp: Language, name: str, spans_key: Any) -> SpansStep:
    """Makes the step that writes the span group; ``spans_key`` as in `make_quotekit`."""
    from quotekit.components import SpansStep

    return SpansStep(name, spans_key=spans_key)
