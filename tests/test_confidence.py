"""Keeping what is likely right: nothing that is left may point at what is gone."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy

import quotekit
from quotekit.cli import main
from quotekit.components import checked
from quotekit.confidence import keep_confident
from quotekit.errors import InputError
from quotekit.types import Extraction

TEXT = (
    "“We will close the port if the tax is not cut by Friday,” Anna Lund said.\n\n"
    "Bo Lind, the mayor, believes that the tax is fair. “It pays for the school.”"
)


@pytest.fixture(scope="module")
def found() -> Extraction:
    return quotekit.extract(TEXT)


def test_at_nought_everything_stays(found: Extraction) -> None:
    assert keep_confident(found, 0.0) is found


def test_each_threshold_leaves_a_sound_extraction(found: Extraction) -> None:
    assert found.threats
    for least in sorted({a.confidence for a in found.attributions} | {t.confidence for t in found.threats} | {1.0}):
        kept = checked(keep_confident(found, least))
        assert kept.attributions == tuple(a for a in found.attributions if a.confidence >= least)
        assert [t.id for t in kept.threats] == [t.id for t in found.threats if t.confidence >= least]
        assert [q.span for q in kept.quotes] == [q.span for q in found.quotes]
        said = {a.id for a in kept.attributions}
        assert all(said.issuperset(claim.attribution_ids) for claim in kept.claims)
        assert {a.speaker_id for a in kept.attributions} - {None} <= {s.id for s in kept.speakers}
    assert not checked(keep_confident(found, 1.0)).speakers


def test_all_ways_in_take_the_threshold(found: Extraction, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    least = max(a.confidence for a in found.attributions)
    expected = keep_confident(found, least)
    assert quotekit.extract(TEXT, min_confidence=least) == expected
    assert list(quotekit.extract_many([TEXT], min_confidence=least)) == [expected]
    nlp = spacy.blank("en")
    nlp.add_pipe("quotekit", config={"min_confidence": least})
    assert nlp(TEXT)._.quotekit == expected
    page = tmp_path / "page.txt"
    page.write_text(TEXT, encoding="utf-8")
    assert main(["extract", "--format", "json", "--min-confidence", str(least), str(page)]) == 0
    assert Extraction.model_validate_json(capsys.readouterr().out) == expected


@pytest.mark.parametrize("wrong", [-0.1, 1.5, "high", True, float("nan")])
def test_what_is_no_share_is_refused(wrong: object) -> None:
    with pytest.raises(InputError, match=r"min_confidence is .*; give a number from 0"):
        quotekit.extract(TEXT, min_confidence=wrong)  # type: ignore[arg-type]
