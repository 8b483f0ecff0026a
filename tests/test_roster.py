from __future__ import annotations

from types import SimpleNamespace

import pytest

from quotekit.errors import RosterError
from quotekit.roster import find_in_roster, read_roster
from quotekit.types import Speaker, SpeakerKind

ROSTER = [
    {"id": "p1", "name": "Sergey Lavrov"},
    {"id": "p2", "name": "Ann Smith", "aliases": ["A. B. Smith"]},
    {"id": "p3", "name": "Jo Smith"},
    SimpleNamespace(id=4, name="Harbour Party", aliases=("the HP",)),
]


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        pytest.param("Sergey Lavrov", "person", "p1", id="same"),
        pytest.param("SERGEY  LAVROV", "person", "p1", id="case-and-blanks"),
        pytest.param("Sergei Lavrov", "person", "p1", id="alike"),
        pytest.param("Lavrov", "person", "p1", id="surname-of-one"),
        pytest.param("Smith", "person", None, id="surname-of-two"),
        pytest.param("A.B. Smith", "person", "p2", id="alias"),
        pytest.param("Harbour Party", "organization", "4", id="object-and-number"),
        pytest.param("Party", "organization", None, id="bodies-have-no-surname"),
        pytest.param("Joan Smith", "person", None, id="not-alike-enough"),
        pytest.param("…", "unknown", None, id="no-word"),
    ],
)
def test_finds_the_one_entry_that_fits(name: str, kind: SpeakerKind, expected: str | None) -> None:
    (speaker,) = find_in_roster([Speaker(id="s1", name=name, kind=kind)], read_roster(ROSTER))
    assert speaker.external_id == expected


@pytest.mark.parametrize(
    ("roster", "message"),
    [
        ([{"id": 1, "name": ""}], r"roster\[0\]: 'name' is empty. Give every entry a name, or leave the entry out."),
        ([{"id": 1}], r"roster\[0\]: 'name' is empty"),
        ([{"id": 1, "name": 7}], r"roster\[0\]: 'name' is no name"),
        ([{"id": 1, "name": "A"}, {"name": "B"}], r"roster\[1\] \(B\): 'id' is missing"),
        ([{"id": 1, "name": "A"}, {"id": "1", "name": "B"}], r"roster\[1\] \(B\): the id '1' is taken"),
        ([{"id": 1, "name": "A", "aliases": "B"}], r"roster\[0\] \(A\): 'aliases' is no list of names"),
        ("Lavrov", "roster is a str"),
        ({"id": 1, "name": "A"}, "roster is a dict"),
        (7, "roster is a int|roster is an int"),
    ],
)
def test_says_what_is_wrong_with_an_entry(roster: object, message: str) -> None:
    with pytest.raises(RosterError, match=message):
        read_roster(roster)  # type: ignore[arg-type]
