from __future__ import annotations

import pickle
from types import SimpleNamespace

import pytest

import quotekit.roster as roster_module
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


@pytest.mark.parametrize(
    ("name", "titles", "expected"),
    [
        pytest.param("Ada Quist", ("finance minister",), "a", id="title-tells-apart"),
        pytest.param("Ada Quist", (), None, id="two-of-one-name"),
        pytest.param("Ahmad Husseini", (), "c", id="other-vowels"),
        pytest.param("Daniel Brandtmann", (), None, id="another-given-name"),
        pytest.param("Oleksandr Kovalenko", (), None, id="two-too-close"),
    ],
)
def test_two_entries_are_told_apart_or_none_is_chosen(name: str, titles: tuple[str, ...], expected: str | None) -> None:
    roster = read_roster(
        [
            {"id": "a", "name": "Ada Quist", "titles": ["Minister of Finance"]},
            {"id": "b", "name": "Ada Quist", "titles": ["goalkeeper"]},
            {"id": "c", "name": "Ahmad Hosseini"},
            {"id": "d", "name": "Daniela Brandtmann"},
            {"id": "e", "name": "Oleksandra Kovalenko", "aliases": ["Oleksander Kovalenko"]},
            {"id": "f", "name": "Aleksandr Kovalenko"},
        ]
    )
    assert roster.find(Speaker(id="s1", name=name, kind="person", titles=titles)) == expected


def test_a_large_roster_compares_few_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    first = [a + b for a in ("Al", "Be", "Ca", "Do", "El", "Fi", "Gu", "Ha", "Ir", "Jo") for b in "abdegiknos"]
    last = [a + b for a in first for b in ("berg", "mann", "son", "sen", "feld", "wood", "ley", "ton", "ov", "ski")]
    roster = read_roster(
        {"id": i, "name": f"{first[i % 100]} {last[i // 100 % 1000]}", "titles": ["mayor"]} for i in range(100_000)
    )
    compared: list[str] = []
    ratio = roster_module.fuzz.ratio

    def counted(one: str, other: str, **options: float) -> float:
        compared.append(other)
        return ratio(one, other, **options)

    monkeypatch.setattr(roster_module.fuzz, "ratio", counted)
    speakers = [Speaker(id=f"s{i}", name=f"Zork{i} {last[i]}", kind="person") for i in range(20)]
    find_in_roster(speakers, roster)
    assert 0 < len(compared) <= 20 * 500


def test_a_roster_is_read_once() -> None:
    roster = read_roster(ROSTER)
    assert read_roster(roster) is roster
    assert pickle.loads(pickle.dumps(roster)) == roster
    speaker = Speaker(id="s1", name="Sergey Lavrov", kind="person")
    assert find_in_roster([speaker], tuple(roster)) == find_in_roster([speaker], roster)
