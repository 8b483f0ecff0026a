"""What is derived from a threat's parts: event codes and polarity."""

from __future__ import annotations

import pytest

from quotekit.types import ConditionalThreat, Means, Span


def made(
    marker: str | None = "if", consequence: str = "we will act", means: Means = "unspecified"
) -> ConditionalThreat:
    return ConditionalThreat(
        id="t1",
        marker=None if marker is None else Span.of(marker, 0, len(marker)),
        condition=(Span.of("you leave", 0, 9),),
        consequence=(Span.of(consequence, 0, len(consequence)),),
        means=means,
        explicitness="explicit",
        confidence=0.9,
    )


@pytest.mark.parametrize(
    ("means", "consequence", "code"),
    [
        ("military", "the navy will blockade the port", "1381"),
        ("military", "our troops will occupy the strip", "1382"),
        ("military", "we will bomb its bases", "1384"),
        ("military", "tanks will roll", "138"),
        ("nuclear", "it would answer with warheads", "1385"),
        ("violence", "we will break his arm", "1383"),
        ("economic", "aid would stop", "1311"),
        ("economic", "it would impose “sanctions”", "1312"),
        ("economic", "the firm will close the plant", "131"),
        ("diplomatic", "we will recall our envoy", "1313"),
        ("diplomatic", "it would leave the talks", "134"),
        ("legal", "the label will sue", "130"),
        ("legal", "we will fine the club", "132"),
        ("political", "farmers will blockade the ring road", "133"),
        ("political", "she will vote against the budget", "131"),
        ("industrial_action", "pilots will strike", "133"),
        ("cyber", "we will leak the files", "130"),
        ("unspecified", "there will be consequences", "130"),
    ],
)
def test_cameo(means: Means, consequence: str, code: str) -> None:
    threat = made(consequence=consequence, means=means)
    assert (threat.cameo, threat.plover) == (code, "THREATEN")


def test_a_word_of_another_kind_does_not_decide() -> None:
    assert made(consequence="the bank will blockade our credit", means="economic").cameo == "131"


@pytest.mark.parametrize(
    "marker", ["unless", "Until", "or", "or  else", "otherwise", "only if", "If not", "Failing", "had better"]
)
def test_compliance(marker: str) -> None:
    assert made(marker).polarity == "compliance"


@pytest.mark.parametrize("marker", ["if", "Should", "as soon as", "any", "and", "anyone who", None])
def test_trigger(marker: str | None) -> None:
    assert made(marker).polarity == "trigger"


def test_the_schema_has_no_codes() -> None:
    assert not {"cameo", "plover", "polarity"} & set(ConditionalThreat.model_json_schema()["properties"])
