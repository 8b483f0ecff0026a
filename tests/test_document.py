"""What a page says about itself."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

import quotekit
from quotekit.document import describe

PAGE = """Ferry strike enters third day

Share this
Valletta, MaltaUpdated: Mar 4, 2023, 06:10 PM CET
Harbour News Desk
hero_image_main

Crews walked out again. Photo: (AFP)

Key points
Crews will walk out again on Sunday

The union said crews will walk out again on Sunday if talks fail.

Also read: Ten islands to see
(With inputs from agencies)
© 2023 Harbour News. All rights reserved.
"""


def test_reads_a_scraped_page() -> None:
    info = describe(PAGE)
    assert info.title == "Ferry strike enters third day"
    assert info.published == dt.datetime(2023, 3, 4, 18, 10)
    assert info.byline == "Harbour News Desk"
    assert [span.text for span in info.boilerplate] == [
        "Share this",
        "Valletta, MaltaUpdated: Mar 4, 2023, 06:10 PM CET",
        "Harbour News Desk",
        "hero_image_main",
        "Photo: (AFP)",
        "Key points",
        "Crews will walk out again on Sunday",
        "Also read: Ten islands to see",
        "(With inputs from agencies)",
        "© 2023 Harbour News. All rights reserved.",
    ]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("The report was published on 3 May 2022.", id="sentence-with-a-date"),
        pytest.param("By Friday all of them had left.", id="sentence-with-by"),
        pytest.param("“Follow us on this road,” the guide said.", id="speech-like-a-button"),
        pytest.param("Subscribe to that view if you like, she said.", id="sentence-like-an-invitation"),
        pytest.param("Share prices fell.", id="shares"),
        pytest.param("Story highlights the risk, he said.", id="highlights-as-a-verb"),
        pytest.param(
            "Related cases were dropped, the court said, because of the law’s plain words on the matter.", id="related"
        ),
    ],
)
def test_a_page_without_junk_loses_nothing(line: str) -> None:
    assert describe(f"A headline\n\nA first paragraph.\n\n{line}\n\nA last paragraph.").boilerplate == ()


PAGES = {path.stem: path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("pages/*.txt")}


@pytest.mark.parametrize("name", PAGES)
def test_pages_of_many_habits_leave_the_article(name: str) -> None:
    page = PAGES[name]
    info = describe(page)
    at, kept = 0, []
    for span in info.boilerplate:
        kept += page[at : span.start].split("\n")
        at = span.end
    kept += page[at:].split("\n")
    lines = [line.strip() for line in kept if any(c.isalnum() for c in line)]
    article = [line for line in lines if "Floods have cut off" in line or "It came very fast" in line]
    assert len(article) == 2
    # What else may stay: headline and section above it, a caption's words.
    assert all(line.startswith(("Floods cut off", "World news", "Residents")) for line in lines if line not in article)


def test_a_page_s_headline_is_found_below_its_labels() -> None:
    titles = {name: describe(page).title for name, page in PAGES.items()}
    assert {name for name, title in titles.items() if title is not None} == {"buttons", "fullscreen", "menus", "player"}
    assert {title for title in titles.values() if title} == {"Floods cut off northern towns"}


def test_a_dateline_is_no_part_of_what_is_said() -> None:
    text = "OSLO, March 4 (Reuters) - Floods have cut off three towns, the police said on Tuesday.\n\nMore rain is due."
    (attribution,) = quotekit.extract(text).attributions
    assert [span.text for span in attribution.content] == ["Floods have cut off three towns"]


def test_highlights_that_say_something_new_are_kept() -> None:
    text = "Headline here\n\nKey points\nRates rise to five per cent\n\nThe bank met on Monday."
    assert [span.text for span in describe(text).boilerplate] == ["Key points"]


@pytest.mark.parametrize(
    "dateline",
    [
        "AUSTIN, Texas--(BUSINESS WIRE)--",
        "OSLO, May 3, 2024 (GLOBE NEWSWIRE) -- ",
        "OSLO, May 3, 2024 /PRNewswire/ -- ",
    ],
)
def test_a_release_says_where_it_was_filed(dateline: str) -> None:
    text = (
        f"{dateline}Marrow Rail, Inc. (NYSE: MRL) (“Marrow Rail” or the “Company”), a maker of wagons, today announced "
        "that it will close a plant.\n\nThe Company believes that demand is low."
    )
    found = quotekit.extract(text)
    assert found.document is not None
    assert [span.text for span in found.document.boilerplate] == [dateline.strip() if dateline[-1] != " " else dateline]
    assert len(found.speakers) == 1


def test_a_name_alone_of_whom_the_article_speaks_is_no_byline() -> None:
    text = f"The winners\n\nAnna Lund\n\n{'The jury liked her river pictures best of all. ' * 3}Lund is 43."
    assert describe(text).byline is None


def test_the_callers_word_counts() -> None:
    when = dt.datetime(2020, 1, 2)
    info = describe(PAGE, title="Mine", published=when)
    assert (info.title, info.published) == ("Mine", when)


@pytest.mark.parametrize("text", ["", " ", "\n\n", "x", "\x00", "\ud800", "word " * 20_000, "line\n" * 5_000])
def test_odd_texts_are_described(text: str) -> None:
    info = describe(text)
    assert all(text[span.start : span.end] == span.text for span in info.boilerplate)


@pytest.mark.parametrize(
    "unit", [*"_-=*~.#|>/\\ a", "- ", "a ", "A ", "a_", "1,", "a, ", "· ", "› a ", "By A ", "Photo: "]
)
def test_rulers_and_endless_lines_end(unit: str) -> None:
    """Mails have rulers with words behind them; a pattern that tries all ways to cut one would never end."""
    line = (unit * 240)[:200] + " Do you?"
    text = f"The mail began.\n\n{line}\n\nThe mail went on."
    assert not any(span.text.startswith("The mail") for span in describe(text).boilerplate)


def test_examples_have_no_junk_but_the_seed_has() -> None:
    root = Path(__file__).parents[1]
    seed = (root / "seeds" / "security_talks.txt").read_text(encoding="utf-8")
    assert json.dumps([span.text for span in describe(seed).boilerplate][:2]) == json.dumps(
        ["ugc_banner", "Moscow, RussiaUpdated: Dec 31, 2021, 08:29 PM IST"]
    )


@pytest.mark.parametrize("dateline", ["CARRICKNAVEN — ", "PORT MERROW, Sallow - ", "ST. IVES -- "])
def test_a_dateline_without_an_agency_is_no_source(dateline: str) -> None:
    lead = "Skippers along the coast said on Wednesday that they would stay in port if the quota was cut again."
    extraction = quotekit.extract(f"Crews vow to stay in port\n\n{dateline}{lead}")
    assert [span.text for span in extraction.document.boilerplate] == [dateline]
    assert "Skippers along the coast" in {s.name for s in extraction.speakers}


@pytest.mark.parametrize(
    "line",
    [
        "TALKS FAIL - MINISTER SAYS THE UNION HAS WALKED OUT OF THE ROOM AND WILL NOT BE BACK BEFORE CHRISTMAS DAY",
        "NATO — short for an alliance of thirty states that was founded in Washington in 1949 — met on Monday.",
    ],
)
def test_other_capitals_before_a_dash_are_kept(line: str) -> None:
    assert describe(f"Talks\n\n{line}").boilerplate == ()
