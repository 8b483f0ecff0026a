from __future__ import annotations

import base64
import datetime as dt
import hashlib
import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pages import Page, article, hostile
from test_types import TEXT, whole

import quotekit
from quotekit.rendering import render, render_fragment, render_index
from quotekit.rendering.files import load_file
from quotekit.types import (
    Attribution,
    ConditionalThreat,
    Cue,
    DocumentInfo,
    Extraction,
    Quote,
    Span,
    Speaker,
)


def shown(text: str) -> str:
    """The characters that HTML can hold of a text."""
    return re.sub("[\x00\ud800-\udfff]", "\ufffd", text)


def check(page: str) -> Page:
    """What must be true of any page."""
    read = Page(page)
    assert len(read.ids) == len(set(read.ids))
    assert {link[1:] for link in read.links if link.startswith("#")} <= set(read.ids)
    assert not {name for name in read.attributes if name.startswith("on")} | read.attributes & {
        "style",
        "src",
        "action",
    }
    page.encode()
    return read


def test_marks_carry_all_that_is_said_of_their_words() -> None:
    read = check(render(whole()))
    assert read.articles == [TEXT]
    assert read.marks == [
        ("qk-content qk-quoted", "“"),
        ("qk-content qk-quoted qk-marker", "If"),
        ("qk-content qk-quoted", " "),
        ("qk-content qk-quoted qk-condition", "you sue"),
        ("qk-content qk-quoted", ", "),
        ("qk-content qk-quoted qk-consequence", "we leave"),
        ("qk-content qk-quoted", ",”"),
        ("qk-source", "Lund"),
        ("qk-cue", "told"),
        ("qk-aside", "."),
    ]


def test_what_is_said_inside_a_report_belongs_to_both_and_leads_to_the_inner_speaker() -> None:
    page = render(article())
    check(page)
    # Berg says most, and is the first of the speakers.
    found = re.findall(r'<mark class="([^"]+)" data-of="([^"]+)">the port would close<', page)
    assert found == [("qk-content qk-nested", "s2 a1 s1 a2")]


def test_words_that_are_not_speech_are_not_marked() -> None:
    text = "The play “Godot” opens."
    title = Quote(id="q1", span=Span.of(text, 9, 16), content=(Span.of(text, 10, 15),), is_speech=False)
    read = check(render(Extraction(text=text, quotes=(title,))))
    assert read.marks == []


def test_a_hostile_article_stays_text() -> None:
    extraction = hostile()
    page = render(extraction)
    read = check(page)
    assert read.articles == [shown(extraction.text)]
    assert [len(read.texts.get(tag, ())) for tag in ("script", "style", "title", "img")] == [1, 1, 1, 0]
    assert not [link for link in read.links if not link.startswith("#")]
    # Names stand in lines of their own direction, and steer nothing outside the article.
    assert "\u202e" not in page.replace(shown(extraction.text).partition("\r")[0], "").partition("<body")[0]
    assert check(render_fragment(extraction)).articles == [shown(extraction.text)]


def test_a_hostile_row_of_an_index_stays_text() -> None:
    name = "<script>\"'&.txt"
    page = render_index([("javascript:alert(1)", name, hostile()), ("a%20b.html?x='\">", name, Extraction(text=""))])
    read = check(page)
    assert read.links == ["./javascript:alert(1)", "a%20b.html?x='\">"]
    assert "script" not in read.texts


@pytest.mark.parametrize("href", ["https://example.org/a", "file:///a.html", "a/b:c.html", "a.html#x:y"])
def test_an_address_stays_as_it_is(href: str) -> None:
    assert check(render_index([(href, "", Extraction(text=""))])).links == [href]


@pytest.mark.parametrize(
    "text", ["", "\n", "\r\n\n", "a", "\n\na\n", "a\rb\r\nc\n\n\n d", "😀", "\x00", "a\u2028b\x85c\x0c"]
)
def test_every_character_stands_in_the_article_once(text: str) -> None:
    found = check(render(Extraction(text=text))).articles
    assert found == [shown(text)]


@st.composite
def extractions(draw: st.DrawFn) -> Extraction:
    text = draw(st.text(st.sampled_from("ab <>&\"'\n\r\x00“”é😀\u202e"), max_size=40))
    edges = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
    spans = edges.map(lambda pair: Span.of(text, *pair))

    def pieces() -> tuple[Span, ...]:
        cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6)))
        return tuple(Span.of(text, a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False))

    maybe = st.none() | spans
    names = [f'{i}"<' for i in range(draw(st.integers(0, 3)))]
    who = st.sampled_from([None, *names])
    return Extraction(
        text=text,
        speakers=tuple(Speaker(id=name, name=draw(st.text(max_size=5)), kind="unknown") for name in names),
        quotes=tuple(Quote(id=str(i), span=draw(spans), content=()) for i in range(draw(st.integers(0, 2)))),
        attributions=tuple(
            Attribution(
                id=str(i),
                kind="mixed",
                source=draw(maybe),
                cue=draw(maybe.map(lambda span: span and Cue(span=span, lemma="", category="other"))),
                content=pieces(),
                addressee=draw(maybe),
                speaker_id=draw(who),
                confidence=1,
            )
            for i in range(draw(st.integers(0, 4)))
        ),
        threats=tuple(
            ConditionalThreat(
                id=str(i),
                marker=draw(maybe),
                condition=pieces(),
                consequence=pieces(),
                threatener=draw(maybe),
                target=draw(maybe),
                deadline=draw(maybe),
                threatener_id=draw(who),
                issuer_id=draw(who),
                explicitness="veiled",
                confidence=1,
            )
            for i in range(draw(st.integers(0, 2)))
        ),
        document=DocumentInfo(title=draw(st.none() | st.just(text) | st.text(max_size=5)), boilerplate=pieces()),
    )


@settings(deadline=None, max_examples=40)
@given(st.lists(extractions(), max_size=3))
def test_any_extractions_make_a_whole_page(found: list[Extraction]) -> None:
    read = check(render(*found))
    assert read.articles == [shown(one.text) for one in found]


@settings(deadline=None, max_examples=40)
@given(extractions())
def test_every_record_has_a_place_that_is_linked(found: Extraction) -> None:
    read = check(render(found))
    places = [f"qk1-a{i}" for i in range(1, len(found.attributions) + 1)]
    places += [f"qk1-t{i}-place" for i in range(1, len(found.threats) + 1)]
    assert {f"#{place}" for place in places} <= set(read.links)


def test_the_headline_is_a_heading_in_the_article() -> None:
    read = check(render(article()))
    assert read.texts["h1"] == ["Port talks fail"]
    assert read.texts["title"] == ["Port talks fail"]


def test_a_headline_that_is_no_line_of_the_text_stands_above_it() -> None:
    page = render(Extraction(text="It rained.", document=DocumentInfo(title="Weather")))
    read = check(page)
    assert read.articles == ["It rained."]
    assert page.index(">Weather</bdi></h1>") < page.index("<article>")


def test_several_articles_are_one_page() -> None:
    read = check(render(article(), whole(), article()))
    assert len(read.articles) == 3
    assert (len(read.texts["h1"]), len(read.texts["h2"])) == (1, 3)
    assert len(check(render()).articles) == 0


def test_speakers_come_by_how_much_they_say() -> None:
    page = render(article())
    names = re.findall(r'class="qk-name"[^>]*><bdi>([^<]+)<.*?class="qk-count"[^>]*>(\d+)<', page)
    assert names == [("Bo Berg", "3"), ("Ada Lund", "2")]


def test_what_nobody_says_is_listed_too() -> None:
    text = "It was said to rain."
    said = Attribution(id="a1", kind="indirect", content=(Span.of(text, 12, 19),), confidence=1)
    page = render(Extraction(text=text, attributions=(said,)))
    check(page)
    assert "No speaker named" in page
    assert 'aria-label="Said by nobody named"' in page


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_a_threat_is_a_condition_and_what_follows() -> None:
    (card,) = re.findall(r'<li class="qk-threat".*?</li>', render(article()))
    assert words(card) == (
        "If the crews walk out then we close the port Threatener we ( Ada Lund ) Said by Ada Lund Target the crews "
        "Means economic Kind deterrent (forbids an act), explicit T1 Show threat 1 in the text"
    )


def test_a_marker_stands_before_what_it_belongs_to() -> None:
    text = "Pay, or we sue."
    threat = ConditionalThreat(
        id="t1",
        marker=Span.of(text, 5, 7),
        condition=(Span.of(text, 0, 3),),
        consequence=(Span.of(text, 8, 14),),
        explicitness="explicit",
        confidence=1,
    )
    labels = re.findall(r'class="qk-label"><bdi>([^<]+)', render(Extraction(text=text, threats=(threat,))))
    assert labels == ["condition", "or"]


def test_a_consequence_left_unsaid_is_shown_as_such() -> None:
    text = "Pay, or else."
    threat = ConditionalThreat(
        id="t1", condition=(Span.of(text, 0, 3),), consequence=(), explicitness="veiled", confidence=1
    )
    assert "<i>left unsaid</i>" in render(Extraction(text=text, threats=(threat,)))


def test_the_policy_names_what_is_written_in_the_page_and_nothing_else() -> None:
    for page in (render(article(), hostile()), render_index([("a", "a", article())])):
        (policy,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', page)
        assert policy.startswith("default-src 'none'; base-uri 'none'; form-action 'none'; ")
        written = [*Page(page).texts["style"], *Page(page).texts.get("script", [])]
        hashes = [base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in written]
        assert re.findall(r"'sha256-([^']+)'", policy) == hashes
        assert "unsafe" not in policy


def test_the_style_reaches_nothing_that_is_not_quotekits() -> None:
    for css in (load_file("page.css"), re.findall(r"<style>(.*?)</style>", render_fragment(article()), re.DOTALL)[0]):
        plain = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
        selectors = re.findall(r"(?:^|[{}])\s*([^{}@;]+)\{", plain)
        assert len(selectors) > 50
        for selector in selectors:
            for one in re.split(r",\s*(?![^()]*\))", selector.strip()):
                assert re.match(r"\.quotekit|\.qk-|#qk|(\[data-jp-theme-light=\"\w+\"\]|\.vscode-\w+) \.qk-", one), one


def test_the_style_and_script_load_nothing() -> None:
    for written in (load_file("page.css"), load_file("page.js")):
        assert not re.search(r"url\(|@import|https?:|fetch|XMLHttp|import\s*\(|innerHTML|eval", written)


def test_a_notebook_shows_the_same_extraction_twice() -> None:
    extraction = article()
    twice = extraction._repr_html_() + extraction._repr_html_()
    assert check(twice).articles == [extraction.text] * 2
    assert "<script" not in twice


def test_index() -> None:
    def entries() -> Iterator[tuple[str, str, Extraction]]:
        yield "port.html", "port.txt", article()
        dated = DocumentInfo(published=dt.datetime(2021, 12, 31, 20, 29))
        yield "x.html", "x.txt", Extraction(text="It rained.", document=dated)

    page = render_index(entries())
    read = check(page)
    assert read.links == ["port.html", "x.html"]
    rows = re.findall(r"<tr.*?</tr>", page)[1:]
    assert [words(row) for row in rows] == [
        "Port talks fail port.txt 2 5 1 Bo Berg (3), Ada Lund (2)",
        "x.txt 31 December 2021, 20:29 0 0 0",
    ]
    assert "2 articles · 2 speakers · 5 attributions · 1 conditional threat<" in page


def test_index_of_nothing() -> None:
    assert "No articles." in render_index([])


def test_render_is_public() -> None:
    assert quotekit.render is render
