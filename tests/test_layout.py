"""Attributions by the shape of a page, and pages whose shape says nothing."""

from __future__ import annotations

import pytest

import quotekit
from quotekit.layout import find_laid
from quotekit.paragraphs import find_paragraphs
from quotekit.types import Extraction

PAGES = {
    "questions": (
        "Interview with the harbour master\n\nQ. When did the ship arrive?\n\nA. Around nine. It was already dark.\n\n"
        "We could not see the pilot.\n\nQ. Who was on the bridge?\n\nA. The second mate."
    ),
    "capitals": (
        "SMITH: Thank you for coming. Let me begin with the budget.\n\nJONES: I have nothing to add.\n\n(APPLAUSE)\n\n"
        "SMITH: Then we move on.\n\nJANE DOE, HOST: One more question.\n\nJONES: No."
    ),
    "names": (
        "Host: Why now?\nDr. Lena Hart: Because the river rose.\n"
        "Host: And next year?\nDr. Lena Hart: It will rise again."
    ),
    "signatures": (
        "“The river is our mother. We will not sell her.” — Commissioner Adaeze Obi\n\n"
        '"Nothing will change here until the dam goes." ― Tomás Rivera, fisherman.\n\n'
        "“I left school at twelve.”\n— Ana Pop, 71\n\n"
        '"So far it is the lake one, the dam nil." - Matthew Oyelaran'
    ),
    "header": (
        'From Chairwoman Maria Sanchez:\n\n"The committee will meet in March. It will hear every witness."\n\n'
        "Then the room went quiet."
    ),
    "posts": (
        "The senator answered within the hour.\n\nWe will win in November! — Jane Roe (@janeroe) March 3, 2016\n\n"
        "@lee_hart: no comment from me today"
    ),
}
EXPECTED = {
    "questions": [
        ("Q", ".", ["When did the ship arrive?"]),
        ("A", ".", ["Around nine. It was already dark.", "We could not see the pilot."]),
        ("Q", ".", ["Who was on the bridge?"]),
        ("A", ".", ["The second mate."]),
    ],
    "capitals": [
        ("SMITH", ":", ["Thank you for coming. Let me begin with the budget."]),
        ("JONES", ":", ["I have nothing to add."]),
        ("SMITH", ":", ["Then we move on."]),
        ("JANE DOE", ":", ["One more question."]),
        ("JONES", ":", ["No."]),
    ],
    "names": [
        ("Host", ":", ["Why now?"]),
        ("Dr. Lena Hart", ":", ["Because the river rose."]),
        ("Host", ":", ["And next year?"]),
        ("Dr. Lena Hart", ":", ["It will rise again."]),
    ],
    "signatures": [
        ("Commissioner Adaeze Obi", "—", ["“The river is our mother. We will not sell her.”"]),
        ("Tomás Rivera", "―", ['"Nothing will change here until the dam goes."']),
        ("Ana Pop", "—", ["“I left school at twelve.”"]),
        ("Matthew Oyelaran", "-", ['"So far it is the lake one, the dam nil."']),
    ],
    "header": [
        ("Chairwoman Maria Sanchez", ":", ['"The committee will meet in March. It will hear every witness."']),
    ],
    "posts": [
        ("Jane Roe (@janeroe)", "—", ["We will win in November!"]),
        ("@lee_hart", ":", ["no comment from me today"]),
    ],
}


PAGES |= {
    "embedded": (
        "The goalkeeper answered online after the match on Sunday:\n\n"
        "Ana Lopes ✔\n@analopes\nNever in doubt. Thank you all.\n9:40 PM · May 5, 2024 · 12K Views\n\n"
        "Marrow Rovers\n@marrowrovers\nReplying to @analopes\nSee you on Saturday!\n\nThe club plays at home next."
    ),
    "passed-on": (
        "“The cellar is full of water,” writes Joan. And this from Piet Maas in Velsund: “We are on the roof.”\n\n"
        "“Stay at home,” tweets Marrow Council."
    ),
    "interview": (
        "Ida Voss's second film, Salt, opens on Friday.\n\nWhy did you shoot it at night?\n\n"
        "I like the dark. My crew did not.\n\nYou wrote it in a week. Were you in a hurry?\n\n"
        "No. The rent was due.\n\nWhat comes next?\n\nA nap in my garden."
    ),
}
EXPECTED |= {
    "embedded": [
        ("Ana Lopes", None, ["Never in doubt. Thank you all."]),
        ("Marrow Rovers", None, ["See you on Saturday!"]),
    ],
    "passed-on": [
        ("Joan", "writes", ["“The cellar is full of water,”"]),
        ("Piet Maas", ":", ["“We are on the roof.”"]),
        ("Marrow Council", "tweets", ["“Stay at home,”"]),
    ],
    "interview": [
        (None, None, ["I like the dark. My crew did not."]),
        (None, None, ["No. The rent was due."]),
        (None, None, ["A nap in my garden."]),
    ],
}


@pytest.fixture(scope="module")
def read() -> dict[str, Extraction]:
    return dict(zip(PAGES, quotekit.extract_many(PAGES.values()), strict=True))


@pytest.mark.parametrize("page", PAGES)
def test_the_page_s_shape_says_who_speaks(read: dict[str, Extraction], page: str) -> None:
    found = [
        (a.source and a.source.text, a.cue and a.cue.span.text, [span.text for span in a.content])
        for a in read[page].attributions
    ]
    assert found == EXPECTED[page]


def test_turns_of_one_label_are_one_speaker_s(read: dict[str, Extraction]) -> None:
    names = {speaker.id: speaker.name for speaker in read["names"].speakers}
    assert [names[a.speaker_id or ""] for a in read["names"].attributions] == ["Host", "Lena Hart"] * 2


def test_whoever_an_introduction_names_answers(read: dict[str, Extraction]) -> None:
    names = {speaker.id: speaker.name for speaker in read["interview"].speakers}
    assert [names[a.speaker_id or ""] for a in read["interview"].attributions] == ["Ida Voss"] * 3


def test_an_embedded_post_may_tell_the_date(read: dict[str, Extraction]) -> None:
    assert [str(a.date) for a in read["embedded"].attributions] == ["2024-05-05", "None"]


def test_a_signature_may_tell_the_date(read: dict[str, Extraction]) -> None:
    post = read["posts"].attributions[0]
    assert (post.time and post.time.text, str(post.date)) == ("March 3, 2016", "2016-03-03")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Date: 4 March\nPlace: Town hall\nTime: 6 p.m.\nNote: Bring a chair.", id="announcement"),
        pytest.param("WARNING: The road is closed.\nUPDATE: It has opened again.", id="notices"),
        pytest.param("Ingredients: flour, eggs.\nMethod: Mix them.\nBake: 40 minutes.", id="recipe"),
        pytest.param("Photo: Reuters\nSource: Ministry of Health\nTel: 555-1234", id="credits"),
        pytest.param("From: Ann Lee\nTo: Bo Lind\nSubject: The bridge", id="mail"),
        pytest.param("The film — Berlin's answer to “Heat” — opens on Friday.", id="dashes"),
        pytest.param("The score was 2-1 - Arsenal.", id="score"),
        pytest.param("Q1 was strong.\n\nA. Smith scored twice.", id="quarter-and-initial"),
        pytest.param("He read “Dune” - twice.", id="title"),
        pytest.param("The road to ruin\nAnn Lee\n@annlee\nThe council met on Monday.\nIt voted.", id="author"),
        pytest.param("Who pays?\nThe state does.\nWho decides?\nThe state does.\nWho gains?\nNobody.", id="rhetoric"),
        pytest.param("Help\nHow can you renew?\nSend a form.\nCan you call?\nThe line is open.", id="answers-to-all"),
        pytest.param("The bus from Velsund: “Express” it said.", id="from-a-place"),
        pytest.param("Open 9:00 to 17:00.\n\nParis: sunny. Rome: rain.", id="weather"),
    ],
)
def test_other_lines_say_nothing(text: str) -> None:
    quotes = [(q.span.start, q.span.end) for q in quotekit.extract(text).quotes if q.is_speech]
    assert find_laid(text, find_paragraphs(text), quotes) == []


def test_long_lines_of_dashes_and_capitals_are_read_in_time() -> None:
    text = "A-" * 20_000 + "\n" + "Ab Cd, " * 5_000 + "\n" + "— Ab " * 5_000
    assert find_laid(text, find_paragraphs(text), []) == []
