"""The pages in a real browser: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pages import article, hostile

from quotekit.rendering import render, render_fragment, render_index
from quotekit.types import Extraction

sync_api = pytest.importorskip("playwright.sync_api", reason="needs Playwright: pip install 'quotekit[browser]'")
CHROMIUM = shutil.which("chromium")
if CHROMIUM is None:
    pytest.skip("needs Chromium: apt-get install chromium", allow_module_level=True)

ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
)
PHONE = {"width": 320, "height": 640}

# What one sees of each mark of the article: its words and its background.
MARKS = """() => [...document.querySelectorAll("article mark")].map(
    (mark) => [mark.textContent, getComputedStyle(mark).backgroundColor])"""
# Words that are too pale for their size on what lies behind them, after the formula of WCAG 2.
PALE = """() => {
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const linear = (value) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  const luminance = (colour) => {
    const [red, green, blue] = parts(colour).map((value) => linear(value / 255));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if ((parts(colour)[3] ?? 1) === 1) return colour;
      if (parts(colour)[3] !== 0) throw new Error(`half transparent: ${colour}`);
    }
    return getComputedStyle(document.documentElement).colorScheme === "dark" ? "rgb(18,18,18)" : "rgb(255,255,255)";
  };
  const pale = [];
  const hasWords = (element) => element.matches("a.qk-ref, .qk-arrow")
    || [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const holders = [...document.querySelectorAll("body *")].filter(hasWords);
  for (const element of holders) {
    if (element.matches("script, style") || !element.checkVisibility()) continue;
    const style = getComputedStyle(element);
    const [one, other] = [luminance(style.color), luminance(behind(element))].sort((a, b) => b - a);
    const size = parseFloat(style.fontSize), isLarge = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    const ratio = (one + 0.05) / (other + 0.05);
    if (ratio < (isLarge ? 3 : 4.5)) pale.push([element.textContent, style.color, behind(element), ratio]);
  }
  return [holders.length, pale];
}"""
WIDER_THAN_THE_PAGE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


class Shown:
    """A page in a browser, and what happened on it that should not."""

    def __init__(self, browser: Any, folder: Path, written: str, **options: Any) -> None:
        file = folder / "page.html"
        file.write_text(written, encoding="utf-8", newline="")
        # Without movement a colour is what it will be at once.
        self.context = browser.new_context(**{"reduced_motion": "reduce", **options})
        self.page = self.context.new_page()
        self.complaints: list[str] = []
        self.asked_for: list[str] = []
        self.failures: list[str] = []
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.complaints.append(dialog.message), dialog.dismiss()))
        self.page.on("request", lambda request: self.asked_for.append(request.url))
        self.page.on("requestfailed", lambda request: self.failures.append(request.failure))
        self.page.goto(file.as_uri())
        self.address = file.as_uri()

    def hash(self) -> str:
        return str(self.page.evaluate("location.hash"))

    def lit(self, *, before: list[list[str]]) -> list[str]:
        """The words of the marks whose background is not what it was before."""
        return [words for (words, new), (_, old) in zip(self.page.evaluate(MARKS), before, strict=True) if new != old]

    def focused(self, what: str) -> bool:
        return bool(self.page.evaluate("what => document.activeElement.matches(what)", what))

    def tab_to(self, what: str) -> None:
        for _ in range(100):
            self.page.keyboard.press("Tab")
            if self.focused(what):
                return
        raise AssertionError(f"Tab never reaches {what}")


@pytest.fixture
def show(browser: Any, tmp_path: Path) -> Iterator[Any]:
    shown: list[Shown] = []

    def open_page(written: str, **options: Any) -> Shown:
        shown.append(Shown(browser, tmp_path, written, **options))
        return shown[-1]

    yield open_page
    for one in shown:
        assert one.complaints == []
        assert {url.partition("#")[0] for url in one.asked_for} == {one.address}
        one.context.close()


BERG = ["Bo Berg", "told", "the port would close", "Berg", "denied", "it", "He", "said", "he wanted to talk"]


@pytest.mark.parametrize("with_script", [True, False])
def test_pointing_at_a_speaker_lights_what_they_said(show: Any, with_script: bool) -> None:
    shown = show(render(article()), java_script_enabled=with_script)
    before = shown.page.evaluate(MARKS)
    shown.page.hover("[data-key=s1]")
    assert shown.lit(before=before) == BERG
    shown.page.mouse.move(0, 0)
    assert shown.lit(before=before) == []


def test_reaching_a_speaker_by_keyboard_lights_what_they_said(show: Any) -> None:
    shown = show(render(article()))
    before = shown.page.evaluate(MARKS)
    shown.tab_to("[data-key=s1] .qk-name")
    assert shown.lit(before=before) == BERG


def test_what_the_keyboard_has_reached_is_outlined(show: Any) -> None:
    shown = show(render(article()))
    reached = 0
    for _ in range(12):
        shown.page.keyboard.press("Tab")
        outline = shown.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        reached += shown.page.evaluate("document.activeElement !== document.body")
        assert outline == "solid"
    assert reached == 12


@pytest.mark.parametrize("with_script", [True, False])
def test_keys_lead_from_a_speaker_to_the_words_and_back(show: Any, with_script: bool) -> None:
    shown = show(render(article()), java_script_enabled=with_script, viewport={"width": 1100, "height": 300})
    before = shown.page.evaluate(MARKS)
    shown.tab_to("[data-key=s1] .qk-name")
    shown.page.keyboard.press("Enter")
    assert shown.hash() == "#qk1-a2"
    # The words stay lit when the keyboard has left the speaker.
    assert shown.focused("#qk1-a2")
    assert shown.lit(before=before) == ["Bo Berg", "told", "the port would close"]
    shown.page.keyboard.press("Tab")
    assert shown.focused(".qk-ref[href='#qk1-s1']")
    shown.page.keyboard.press("Enter")
    assert shown.hash() == "#qk1-s1"
    assert shown.focused("#qk1-s1")
    assert shown.lit(before=before) == BERG


def test_choosing_a_speaker_again_leads_to_what_they_say_next(show: Any) -> None:
    shown = show(render(article()))
    found = []
    for _ in range(4):
        shown.page.click("[data-key=s1] .qk-name")
        found.append(shown.hash())
    assert found == ["#qk1-a2", "#qk1-a4", "#qk1-a5", "#qk1-a2"]


def test_a_click_on_words_leads_to_who_said_them(show: Any) -> None:
    shown = show(render(article()))
    shown.page.click("article mark:text-is('the port would close')")
    assert shown.hash() == "#qk1-s1"
    shown.page.click("article mark:text-is('the crews walk out')")
    assert shown.hash() == "#qk1-s2"
    # Words that nobody says lead nowhere.
    shown.page.click("article h1")
    assert shown.hash() == "#qk1-s2"


def test_dragging_over_words_selects_them(show: Any) -> None:
    shown = show(render(article()))
    box = shown.page.locator("article mark:text-is('he wanted to talk')").bounding_box()
    shown.page.mouse.move(box["x"] + 2, box["y"] + box["height"] / 2)
    shown.page.mouse.down()
    shown.page.mouse.move(box["x"] + box["width"] - 2, box["y"] + box["height"] / 2)
    shown.page.mouse.up()
    assert shown.hash() == ""
    assert shown.page.evaluate("getSelection().toString()").strip() in "he wanted to talk"
    assert shown.page.evaluate("getSelection().toString()").startswith("he")


def test_a_threat_and_its_place_lead_to_each_other(show: Any) -> None:
    shown = show(render(article()), viewport={"width": 800, "height": 300})
    before = shown.page.evaluate(MARKS)
    shown.page.click(".qk-threat >> text=Show threat 1")
    shown.page.mouse.move(0, 0)
    assert shown.hash() == "#qk1-t1-place"
    assert shown.lit(before=before) == ["If", "the crews walk out", "we close the port"]
    assert shown.page.locator("article mark:text-is('If')").bounding_box()["y"] < 300
    shown.page.click(".qk-ref-threat")
    assert shown.hash() == "#qk1-t1"
    assert shown.page.locator(".qk-threat").bounding_box()["y"] < 300


def test_every_link_arrives(show: Any) -> None:
    shown = show(render(article()))
    shown.page.evaluate("document.querySelectorAll('details').forEach((details) => details.open = true)")
    links = shown.page.evaluate("[...document.links].map((link) => link.hash)")
    assert len(links) > 15
    for link in dict.fromkeys(links):
        shown.page.evaluate("link => location.hash = link", link)
        assert shown.page.evaluate("document.querySelector(':target').id") == link[1:]


def test_numbers_are_not_copied_with_the_words(show: Any) -> None:
    shown = show(render(article()))
    shown.page.evaluate("getSelection().selectAllChildren(document.querySelector('article'))")
    copied = shown.page.evaluate("getSelection().toString()").split()
    assert copied == article().text.split()


@pytest.mark.parametrize("with_script", [True, False])
def test_a_hostile_article_is_inert(show: Any, with_script: bool) -> None:
    shown = show(render(hostile()), java_script_enabled=with_script)
    shown.page.hover("[data-key=s1]")
    shown.page.click("[data-key=s1] .qk-name")
    shown.page.click("article mark >> nth=1")
    assert shown.page.title() != "taken"
    assert shown.page.evaluate("document.querySelectorAll('img, article a:not(.qk-ref), article script').length") == 0
    assert shown.page.evaluate("[document.scripts.length, document.styleSheets.length]") == [1, 1]
    assert shown.page.evaluate("document.querySelector('article').textContent") == hostile().text.replace(
        "\x00", "\ufffd"
    ).replace("\ud800", "\ufffd")


def test_the_policy_stops_what_is_slipped_in(browser: Any, tmp_path: Path) -> None:
    # As if an escape had been forgotten.
    slipped = "<script>document.title='taken'</script><img src='https://example.org/x.png' onerror='document.title=1'>"
    shown = Shown(browser, tmp_path, render(article()).replace("<article>", f"<article>{slipped}"))
    assert shown.page.title() == "Port talks fail"
    assert len(shown.complaints) >= 2
    assert shown.failures == ["csp"]
    shown.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", ["at rest", "pointed at", "arrived"])
def test_words_stand_out_from_what_is_behind_them(show: Any, scheme: str, state: str) -> None:
    shown = show(render(article(), hostile()), color_scheme=scheme)
    shown.page.evaluate("document.querySelectorAll('details').forEach((details) => details.open = true)")
    if state == "pointed at":
        shown.page.hover("[data-key=s1] .qk-name >> nth=0")
    if state == "arrived":
        shown.page.evaluate("location.hash = 'qk1-a1'")
        shown.page.hover(".qk-threat >> nth=0")
    count, pale = shown.page.evaluate(PALE)
    assert count > 80
    assert pale == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_of_an_index_stand_out(show: Any, scheme: str) -> None:
    shown = show(render_index([("a.html", "a.txt", article())]), color_scheme=scheme)
    count, pale = shown.page.evaluate(PALE)
    assert count > 10
    assert pale == []


def test_dark_is_dark(show: Any) -> None:
    colours = [
        show(render(article()), color_scheme=scheme).page.evaluate("getComputedStyle(document.body).backgroundColor")
        for scheme in ("light", "dark")
    ]
    assert colours == ["rgb(255, 255, 255)", "rgb(21, 24, 29)"]


LONG = Extraction(text="x" * 5000)


@pytest.mark.parametrize("width", [320, 390, 700, 1000, 1400])
def test_no_page_is_wider_than_the_screen(show: Any, width: int) -> None:
    for written in (
        render(article(), hostile(), LONG),
        render_index([("a.html", "y" * 300, hostile()), ("b.html", "b", article())]),
    ):
        shown = show(written, viewport={"width": width, "height": 700})
        shown.page.evaluate("document.querySelectorAll('details').forEach((details) => details.open = true)")
        assert shown.page.evaluate(WIDER_THAN_THE_PAGE) == 0


def test_speakers_stand_beside_the_text_or_under_it(show: Any) -> None:
    for width, beside in ((1200, True), (390, False)):
        page = show(render(article()), viewport={"width": width, "height": 900}).page
        text, speakers = page.locator("article").bounding_box(), page.locator(".qk-side").bounding_box()
        assert (speakers["x"] >= text["x"] + text["width"]) is beside
        assert (speakers["y"] >= text["y"] + text["height"]) is not beside


def test_paper(show: Any) -> None:
    # A4 less its margins, at 96 dots an inch.
    shown = show(render(article(), hostile(), LONG), viewport={"width": 718, "height": 1000}, color_scheme="dark")
    shown.page.emulate_media(media="print", color_scheme="dark")
    assert shown.page.evaluate(WIDER_THAN_THE_PAGE) == 0
    assert shown.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert shown.page.evaluate("document.querySelector('summary').checkVisibility()") is False
    assert shown.page.pdf().startswith(b"%PDF")


def test_two_in_a_notebook_keep_to_themselves(show: Any) -> None:
    host = "<p id=host>Mine <mark>too</mark> <a href='#host'>link</a></p><h2>Mine</h2><ol><li>Mine</li></ol>"
    look = """() => [...document.querySelectorAll("#host, #host *, body > h2, body > ol, body > ol > li, body")].map(
        (element) => [...getComputedStyle(element)].filter((name) => !/size|width|height|origin/.test(name))
            .map((name) => getComputedStyle(element)[name]).join())"""
    plain = show(f"<!DOCTYPE html><meta charset=utf-8>{host}").page.evaluate(look)
    fragments = article()._repr_html_() + render_fragment(article())
    shown = show(f"<!DOCTYPE html><meta charset=utf-8>{host}{fragments}")
    assert shown.page.evaluate(look) == plain
    before = shown.page.evaluate(MARKS)
    shown.page.hover("[data-key=s1] >> nth=1")
    half = len(before) // 2
    assert shown.lit(before=before) == BERG
    assert [new for _, new in shown.page.evaluate(MARKS)[:half]] == [old for _, old in before[:half]]
    shown.page.click("[data-key=s1] .qk-name >> nth=1")
    assert shown.page.evaluate(
        "[...document.querySelectorAll('.quotekit')].map((one) => !!one.querySelector(':target'))"
    ) == [
        False,
        True,
    ]


@pytest.mark.parametrize(("theme", "colour"), [("true", "rgb(255, 255, 255)"), ("false", "rgb(21, 24, 29)")])
def test_a_notebooks_theme_decides(show: Any, theme: str, colour: str) -> None:
    page = f"<!DOCTYPE html><meta charset=utf-8><body data-jp-theme-light={theme}>{render_fragment(article())}"
    for scheme in ("light", "dark"):
        shown = show(page, color_scheme=scheme)
        assert shown.page.evaluate("getComputedStyle(document.querySelector('.quotekit')).backgroundColor") == colour
        _, pale = shown.page.evaluate(PALE)
        assert pale == []


def test_movement_only_for_those_who_like_it(show: Any) -> None:
    for motion, behaviour in (("reduce", "auto"), ("no-preference", "smooth")):
        shown = show(render(article()), reduced_motion=motion)
        assert shown.page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == behaviour


def test_an_assistive_reader_finds_its_way(show: Any) -> None:
    shown = show(render(article()))
    tree = shown.page.locator("body").aria_snapshot()
    for line in (
        'navigation "What was found"',
        "article:",
        'heading "Port talks fail" [level=1]',
        'complementary "Speakers"',
        'heading "Speakers" [level=2]',
        'link "Bo Berg"',
        'link "Said by Bo Berg"',
        'region "Conditional threats"',
        'link "Conditional threat 1"',
        'link "Show threat 1 in the text"',
    ):
        assert line in tree, tree


def test_an_index_stays_a_table_on_a_phone(show: Any) -> None:
    shown = show(render_index([("a.html", "a.txt", article())]), viewport=PHONE)
    tree = shown.page.locator("body").aria_snapshot()
    assert 'columnheader "Most quoted"' in tree
    assert 'rowheader "Port talks fail a.txt"' in tree
    assert 'link "Port talks fail"' in tree


def test_an_empty_text(show: Any) -> None:
    shown = show(render(Extraction(text="")))
    assert "The text is empty." in shown.page.inner_text("main")
