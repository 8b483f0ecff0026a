"""Whose "I" it is outside of quotations."""

from __future__ import annotations

import pytest

import quotekit

BODY = (
    "The bridge should stay open\n\n{byline}"
    "I believe the council is wrong about the bridge.\n\n"
    "When I asked the engineers last year, they said it was sound. I think they were right.\n\n"
    "The council says it will close the bridge in May."
)


def narrators(text: str) -> set[str | None]:
    """Names of those whose sources are "I"."""
    extraction = quotekit.extract(text)
    names = {speaker.id: speaker.name for speaker in extraction.speakers}
    found = [a for a in extraction.attributions if a.source is not None and a.source.text == "I"]
    assert found, "nobody says I"
    return {names.get(a.speaker_id or "") for a in found}


@pytest.mark.parametrize(
    "note",
    [
        "Ada Quist is a retired engineer.",
        "Dr Ada Quist, a retired engineer, writes on bridges.",
        "— Ada Quist",
        "Ada Quist, Marrow",
        "(Ada Quist was the county's chief engineer.)",
    ],
)
def test_the_author_is_told_at_the_end(note: str) -> None:
    assert narrators(f"{BODY.format(byline='')}\n\n{note}") == {"Ada Quist"}


def test_a_mail_is_signed_by_a_given_name() -> None:
    assert narrators(f"{BODY.format(byline='')}\n\nThanks,\n\nAnna") == {"Anna"}


@pytest.mark.parametrize("byline", ["Anna Lund", "Anna Lund\n\nColumnist", "Anna Lund\n\n4 May 2022"])
def test_a_name_alone_under_the_headline_is_the_author(byline: str) -> None:
    assert narrators(BODY.format(byline=f"{byline}\n\n").replace("the bridge.\n", "the bridge and its toll.\n")) == {
        "Anna Lund"
    }


def test_a_column_that_begins_with_others_is_its_authors() -> None:
    text = (
        "Close the pool\n\nBy Anna Lund\n\nLast week Ivo Pell told parents that the pool leaked.\n\n"
        "I have some sympathy. I think a pool is worth more than a spreadsheet can say.\n\n"
        "When I asked the engineers last year, they said it was sound. I think they were right.\n\n"
        "So I will write again."
    )
    assert narrators(text) == {"Anna Lund"}


def test_a_byline_needs_no_headline() -> None:
    assert narrators(
        "By Anna Lund\n\nI think a small pool is worth more than a road can say. I told the council so."
    ) == {"Anna Lund"}


@pytest.mark.parametrize(
    ("byline", "name"),
    [
        ("By Anna Lund", "Anna Lund"),
        ("By Ada Quist in Paris", "Ada Quist"),
        ("By Ada Quist for Reuters", "Ada Quist"),
        ("By J.K. Rowling", "J.K. Rowling"),
        ("By Anna-Maria Lund", "Anna-Maria Lund"),
    ],
)
def test_the_author_is_told_by_the_byline(byline: str, name: str) -> None:
    assert narrators(BODY.format(byline=f"{byline}\n\n")) == {name}


def test_the_byline_counts_more_than_who_is_named_last() -> None:
    text = BODY.format(byline="By Anna Lund\n\n") + "\n\nAda Quist is a retired engineer."
    assert narrators(text) == {"Anna Lund"}


def test_an_author_of_whom_the_text_speaks_is_one_speaker() -> None:
    text = BODY.format(byline="By Anna Lund\n\n") + "\n\n“The bridge is sound,” Lund told the council."
    extraction = quotekit.extract(text)
    assert [s.name for s in extraction.speakers if "Lund" in s.name] == ["Anna Lund"]


def test_whoever_speaks_below_a_byline_need_not_be_the_author() -> None:
    text = (
        "Farm talk\n\nBy Anna Lund\n\nIvo Pell, 62, has farmed the valley all his life. He spoke to us on Monday.\n\n"
        "I think the dam is a mistake. I said so when they built it."
    )
    assert "Anna Lund" not in {s.name for s in quotekit.extract(text).speakers}


def test_of_several_letters_none_is_all() -> None:
    text = (
        "Letters to the editor\n\nI believe the bridge is sound. I think it should stay.\n\nAda Quist, Marrow\n\n"
        "I believe the bridge is a danger. I think it should go.\n\nTom Berg, Velsund"
    )
    assert narrators(text) == {"I"}


@pytest.mark.parametrize(
    "ending",
    [
        "",
        # Whoever is named before is somebody whom the text tells of.
        "\n\nMayor Ivo Pell is on holiday. I hope he reads this.",
        # Nobody speaks of herself so between two sentences with “I”.
        "\n\nAda Quist is an engineer. I know her well.",
        "\n\nHillary Clinton deserves better than this.",
        "\n\nKarl Marx wrote that history repeats itself.",
        "\n\nMayor Ivo Pell could not be reached for comment.",
        "\n\nIvo Pell said the council would decide in May.",
        "\n\nIvo Pell, mayor of Marrow, declined to comment.",
    ],
)
def test_without_an_author_nobody_is_named(ending: str) -> None:
    assert narrators(BODY.format(byline="") + ending) == {"I"}


def test_several_authors_are_nobody() -> None:
    assert narrators(BODY.format(byline="By Anna Lund and Tom Berg\n\n")) == {"I"}


def test_those_who_answer_are_not_the_author() -> None:
    text = (
        "A farmer speaks\n\nBy Anna Lund\n\nWhat do you think of the dam?\n\nI think it is a mistake.\n\n"
        "And what should be done?\n\nI believe the valley should be left alone."
    )
    assert narrators(text) == {"I"}
