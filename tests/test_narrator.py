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


def test_the_author_is_told_by_the_byline() -> None:
    assert narrators(BODY.format(byline="By Anna Lund\n\n")) == {"Anna Lund"}


@pytest.mark.parametrize(
    "ending",
    [
        "",
        # Whoever is named before is somebody whom the text tells of.
        "\n\nMayor Ivo Pell is on holiday. I hope he reads this.",
        # Nobody speaks of herself so between two sentences with “I”.
        "\n\nAda Quist is an engineer. I know her well.",
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
    assert "Anna Lund" not in narrators(text)
