"""Part of an extraction: nothing that is left may point at what is gone."""

from __future__ import annotations

from itertools import product

import pytest

import quotekit
from quotekit.components import checked
from quotekit.errors import InputError
from quotekit.filters import ACTS, is_called, only
from quotekit.types import Extraction, Speaker

TEXT = (
    "“We will close the port if the tax is not cut by Friday,” Anna Lund said. “She told us: ‘Go home,’” said "
    "Ola Brand.\n\n"
    "Bo Lind, the mayor, denied that the tax was unfair. “It pays for the ‘school’.” Lund promised to wait."
)


@pytest.fixture(scope="module")
def found() -> Extraction:
    return quotekit.extract(TEXT)


def test_without_a_filter_it_is_the_same(found: Extraction) -> None:
    assert only(found) is found


def test_every_choice_leaves_a_sound_extraction(found: Extraction) -> None:
    assert len(found.attributions) >= 4
    assert found.threats
    names = [(), ("Lund",), ("Bo Lind", "Brand"), ("Nobody",)]
    for speakers, acts, threats in product(names, [(), *((act,) for act in ACTS)], (False, True)):
        kept = checked(only(found, speakers=speakers, acts=acts, threats=threats))
        assert kept.text == found.text
        assert kept.document == found.document
        assert {a.id for a in kept.attributions} <= {a.id for a in found.attributions}
        said = {a.id for a in kept.attributions}
        if speakers or acts or threats:
            assert all(quote.attribution_id in said for quote in kept.quotes)
        assert {i for claim in kept.claims for i in claim.attribution_ids} <= said


def test_a_speaker_who_is_not_there_leaves_nothing(found: Extraction) -> None:
    kept = only(found, speakers=["Nobody"])
    assert kept == Extraction(text=TEXT, document=found.document)


def test_threats_are_found_by_who_says_them(found: Extraction) -> None:
    assert [len(only(found, speakers=[name]).threats) for name in ("Lund", "Lind")] == [len(found.threats), 0]


def test_a_threat_in_what_somebody_else_says_is_its_threatener_s() -> None:
    text = "“Anna Lund's threat to sue the port unless the gates are opened is real,” said Ola Brand."
    found = quotekit.extract(text)
    (threat,) = found.threats
    assert found.speaker(threat.threatener_id).name == "Anna Lund"  # type: ignore[union-attr]
    kept = checked(only(found, speakers=["Anna Lund"]))
    assert [t.attribution_id for t in kept.threats] == [None]
    assert kept.attributions == ()


def test_a_threat_that_somebody_else_tells_as_hers_keeps_her_attribution() -> None:
    text = "“Anna Lund has threatened to sue the port unless the gates are opened,” said Ola Brand. “She is angry.”"
    kept = checked(only(quotekit.extract(text), speakers=["Anna Lund"]))
    (threat,), (attribution,) = kept.threats, kept.attributions
    assert threat.attribution_id == attribution.id
    assert attribution.content[0].text.startswith("to sue")


@pytest.mark.parametrize(
    ("name", "speaker", "expected"),
    [
        ("lavrov", Speaker(id="s", name="Sergey Lavrov", kind="person"), True),
        ("SERGEI LAVROV", Speaker(id="s", name="Sergey Lavrov", kind="person"), True),
        ("Mr. Lavrov", Speaker(id="s", name="Sergey Lavrov", kind="person"), True),
        ("S. Lavrov", Speaker(id="s", name="Sergey Lavrov", kind="person"), True),
        ("Sergey", Speaker(id="s", name="Sergey Lavrov", kind="person"), False),
        ("Lavrova", Speaker(id="s", name="Sergey Lavrov", kind="person"), True),
        ("Maria Lavrov", Speaker(id="s", name="Sergey Lavrov", kind="person", aliases=("Lavrov",)), False),
        ("Maria Lavrov", Speaker(id="s", name="Lavrov", kind="person"), True),
        ("Lind", Speaker(id="s", name="Bo Lund", kind="person"), False),
        ("the mayor", Speaker(id="s", name="Bo Lund", kind="person", aliases=("the mayor",)), True),
        ("Ministry of Defense", Speaker(id="s", name="the Ministry of Defence", kind="organization"), True),
        ("Ministry of Finance", Speaker(id="s", name="the Ministry of Defence", kind="organization"), False),
        ("nato", Speaker(id="s", name="North Atlantic Treaty Organization", kind="organization"), True),
        ("North Atlantic Treaty Organization", Speaker(id="s", name="NATO", kind="organization"), True),
        ("Treaty", Speaker(id="s", name="North Atlantic Treaty Organization", kind="organization"), False),
        ("union", Speaker(id="s", name="her union", kind="unknown"), True),
        ("", Speaker(id="s", name="?", kind="unknown"), False),
    ],
)
def test_names(name: str, speaker: Speaker, expected: bool) -> None:
    assert is_called(speaker, name) is expected


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"speakers": "Lund"}, r"speakers is a str. Give a list of names: \['Lund'\]"),
        ({"speakers": [" "]}, "' ' is no name"),
        ({"acts": "denial"}, "acts is a str"),
        ({"acts": ["boast"]}, "there is no 'boast'. Choose from threat,"),
    ],
)
def test_what_is_no_filter_is_refused(wrong: dict[str, object], message: str) -> None:
    with pytest.raises(InputError, match=message):
        only(Extraction(text=""), **wrong)  # type: ignore[arg-type]
