"""Quotation marks: paired in every style, nested, carried over paragraphs; and which of them hold speech."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import quotekit
from quotekit.quotes import pair_marks
from quotekit.types import Extraction


def quoted(text: str) -> list[str]:
    return [text[pair.start : pair.end] for pair in pair_marks(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('He said "no" twice.', ['"no"'], id="straight"),
        pytest.param("He said “no” twice.", ["“no”"], id="curly"),
        pytest.param("He said «no» twice.", ["«no»"], id="guillemets"),
        pytest.param("He said „no“ twice.", ["„no“"], id="low-high"),
        pytest.param("He said „no” twice.", ["„no”"], id="low-high-other"),
        pytest.param("He said ''no'' twice.", ["''no''"], id="doubled-single"),
        pytest.param("He said ``no'' twice.", ["``no''"], id="backticks"),
        pytest.param("He said 'no' twice.", ["'no'"], id="single"),
        pytest.param("He said ‘no’ twice.", ["‘no’"], id="single-curly"),
        pytest.param("“A,” he said. “B.”", ["“A,”", "“B.”"], id="two"),
        pytest.param('"A," he said. "B."', ['"A,"', '"B."'], id="two-straight"),
        pytest.param("'It's Tom's,' he said.", ["'It's Tom's,'"], id="apostrophes-inside-single"),
        pytest.param("The players’ union didn’t ask ’em in the ’90s.", [], id="apostrophes-alone"),
        pytest.param("A 6' 2\" man and a 5'11\" one.", [], id="feet-and-inches"),
        pytest.param("No marks here.", [], id="none"),
        pytest.param("""'''""", [], id="only-marks"),
    ],
)
def test_marks_pair_in_every_style(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_a_quotation_in_a_quotation_names_the_outer_one() -> None:
    text = "“He told me ‘never’, twice,” she said. “Why?”"
    pairs = pair_marks(text)
    assert [(text[p.start : p.end], p.parent) for p in pairs] == [
        ("“He told me ‘never’, twice,”", None),
        ("‘never’", 0),
        ("“Why?”", None),
    ]


@pytest.mark.parametrize("marks", ["“”", '""', "«»", "‘’"])
def test_a_speech_that_opens_each_paragraph_and_closes_once_is_one(marks: str) -> None:
    opening, closing = marks
    text = f"{opening}One day we left.\n\n{opening}Then we came back.\n\n{opening}That is all,{closing} he said."
    (pair,) = pair_marks(text)
    assert [text[a:b] for a, b in pair.pieces] == ["One day we left.", "Then we came back.", "That is all,"]
    assert pair.closed


def test_a_mark_that_never_closes_ends_with_its_paragraph() -> None:
    text = "“We never left, he said.\n\nThe town was quiet.\n\n“We wait,” she said."
    pairs = pair_marks(text)
    assert [(text[p.start : p.end], p.closed) for p in pairs] == [
        ("“We never left, he said.", False),
        ("“We wait,”", True),
    ]


def test_a_lost_mark_costs_one_quotation() -> None:
    lost = '"We wait, he said. Then rain fell.\n\n'
    kept = '"We left," she said. "It was late."\n\n' * 3
    pairs = pair_marks(lost + kept, stops=[lost.index("he said")])
    found = [(lost + kept)[pair.start : pair.end] for pair in pairs]
    assert found == ['"We wait,', *['"We left,"', '"It was late."'] * 3]


def test_page_junk_holds_no_quotation() -> None:
    text = "“Read also: “Ten ways”\n“We wait,” she said."
    end = text.index("\n")
    assert [text[p.start : p.end] for p in pair_marks(text, junk=[(0, end)])] == ["“We wait,”"]


@given(st.text(alphabet="“”„\"'‘’«»`´ab,. \n", max_size=60))
def test_pairs_are_nested_and_hold_their_pieces(text: str) -> None:
    pairs = pair_marks(text)
    for i, pair in enumerate(pairs):
        assert 0 <= pair.start < pair.end <= len(text)
        assert all(pair.start <= a < b <= pair.end for a, b in pair.pieces)
        assert all(a[1] <= b[0] for a, b in zip(pair.pieces, pair.pieces[1:], strict=False))
        assert not any(text[a].isspace() or text[b - 1].isspace() for a, b in pair.pieces)
        if pair.parent is not None:
            outer = pairs[pair.parent]
            assert pair.parent < i
            assert outer.start < pair.start
            assert pair.end <= outer.end


SPEECH = [
    ("“We are done,” the skipper said.", "“We are done,”", True),
    ("“Never,” he said.", "“Never,”", True),
    ("Asked whether she would run again, Lund said: “Stop The Closures Now.”", "“Stop The Closures Now.”", True),
    ("Lund called the plan “a disgrace to this city” on Monday.", "“a disgrace to this city”", True),
    (
        "He plays a thief in the film “The Last Train to Oslo”, which opens on Friday.",
        "“The Last Train to Oslo”",
        False,
    ),
    ("Ray “Boom Boom” Mancini won the title in 1982.", "“Boom Boom”", False),
    ("Her novel “Winter Harbour” was published last year.", "“Winter Harbour”", False),
    ("The band played “Yesterday” and left the stage.", "“Yesterday”", False),
    ("The so-called “miracle harbour” was built in 1931.", "“miracle harbour”", False),
    ("The valley, known as “the Green Cut”, lies north of the town.", "“the Green Cut”", False),
]


@pytest.fixture(scope="module")
def read() -> dict[str, Extraction]:
    texts = [text for text, _, _ in SPEECH]
    return dict(zip(texts, quotekit.extract_many(texts), strict=True))


@pytest.mark.parametrize(("text", "span", "is_speech"), SPEECH)
def test_speech_is_told_from_names_and_terms(
    read: dict[str, Extraction], text: str, span: str, is_speech: bool
) -> None:
    (quote,) = read[text].quotes
    assert quote.span.text == span
    assert quote.is_speech == is_speech
    assert is_speech or quote.attribution_id is None


def test_a_term_is_not_said_by_who_coined_it() -> None:
    (quote,) = quotekit.extract("The term “soft power” was coined by Joseph Nye.").quotes
    assert not quote.is_speech


def test_what_a_dash_opens_is_speech_without_its_tags() -> None:
    text = "— Where is the key? asked Marta.\n\nHe looked away.\n\n— In the boat, Piet said. I left it “there”."
    found = quotekit.extract(text)
    speech = [quote.span.text for quote in found.quotes if quote.parent_id is None]
    assert speech == ["— Where is the key?", "— In the boat,", "I left it “there”."]
    assert [quote.content[0].text for quote in found.quotes if quote.parent_id is None][:2] == [
        "Where is the key?",
        "In the boat,",
    ]
    assert [found.speaker(said.speaker_id).name for said in found.attributions] == ["Marta", "Piet"]


def test_a_list_with_dashes_is_no_speech() -> None:
    assert quotekit.extract("The plan:\n\n— a wall by the river\n\n— two new gates\n\n— a bridge").quotes == ()
