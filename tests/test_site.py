"""The site: all pages are in it, every link leads somewhere, and nothing is loaded from elsewhere."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path

import pytest
from documents import DOCUMENTS, ROOT
from test_packaging import NO_NETWORK

import quotekit
from quotekit.types import Extraction, Span

DOCS = ROOT / "docs"
PICTURES = sorted((DOCS / "images").glob("*.svg"))
NEEDED = ("mkdocs", "material", "mkdocstrings", "mkdocstrings_handlers.python")
CHARACTER, MARGIN = 8.4, 16.0
"""Width of a character in a picture, and where its words begin."""
SVG = "{http://www.w3.org/2000/svg}"


def is_missing(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is None
    except ModuleNotFoundError:
        return True


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    missing = [name for name in NEEDED if is_missing(name)]
    if missing:
        pytest.skip(f"{', '.join(missing)} is not installed; the extra 'docs' brings it")
    blocked, folder = tmp_path_factory.mktemp("blocked"), tmp_path_factory.mktemp("site")
    (blocked / "sitecustomize.py").write_text(NO_NETWORK)
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", folder],
        capture_output=True,
        check=False,
        text=True,
        timeout=300,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(blocked), "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


class Loaded(HTMLParser):
    """What a page makes the browser load; links that wait for a click are no part of it."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {"link": ("href",), "a": (), "area": ()}.get(tag, ("src", "srcset", "data", "poster", "href"))
        found = dict(attrs)
        self.addresses += [address for name in names if (address := found.get(name))]


def loaded(page: Path) -> list[str]:
    parser = Loaded()
    parser.feed(page.read_text(encoding="utf-8"))
    return parser.addresses


def test_every_page_is_in_the_navigation() -> None:
    written = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    named = re.findall(r"^ +- [^:\n]+: (\S+\.md)$", written, re.M)
    assert len(named) == len(set(named))
    assert set(named) == {path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")}


def test_a_page_of_the_site_loads_nothing_from_elsewhere(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > len(list(DOCS.glob("*.md")))
    addresses = {address for page in pages for address in loaded(page)}
    assert any(address.endswith(".css") for address in addresses)
    assert any(address.endswith(".js") for address in addresses)
    assert sorted(address for address in addresses if re.match(r"(?:\w+:)?//", address)) == []
    for style in site.rglob("*.css"):
        assert re.findall(r"url\(\W*(?:\w+:)?//[^)]*|@import[^;]*", style.read_text(encoding="utf-8")) == []


def test_the_reference_has_all_that_can_be_imported(site: Path) -> None:
    page = (site / "api.html").read_text(encoding="utf-8")
    here = set(re.findall(r'id="quotekit\.(?:[a-z_]+\.)*(\w+)"', page))
    assert {name for name in quotekit.__all__ if name != "__version__"} - here == set()
    errors = {error.__name__ for error in quotekit.QuotekitError.__subclasses__()}
    assert errors
    assert errors - here == set()


def test_included_files_are_in_their_pages(site: Path) -> None:
    checked = 0
    for path in DOCUMENTS:
        for name in re.findall(r'^--8<-- "([^":]+\.md)', path.read_text(encoding="utf-8"), re.M):
            headings = re.findall(r"^## (.+)$", (ROOT / name).read_text(encoding="utf-8"), re.M)
            built = re.sub(r"<[^>]+>", "", (site / f"{path.stem}.html").read_text(encoding="utf-8"))
            assert [heading for heading in headings if heading.replace("`", "") not in built] == []
            checked += len(headings)
    assert checked


def brackets(picture: ET.Element) -> list[tuple[str, str]]:
    """The spans of a picture: the label of each bracket, and the words between its ends."""
    text = picture.findtext(f"{SVG}desc") or ""
    found = []
    for group in picture.iter(f"{SVG}g"):
        path = group.find(f"{SVG}path")
        assert path is not None
        drawn = re.fullmatch(r"M([\d.]+) [\d.]+v-?\d+H([\d.]+)v-?\d+", path.get("d", ""))
        assert drawn is not None
        start, end = (round((float(place) - MARGIN) / CHARACTER) for place in drawn.groups())
        found.append((group.findtext(f"{SVG}text") or "", text[start:end]))
    return found


def spans_of(found: Extraction) -> set[tuple[str, str]]:
    """The spans of an extraction, by the names that the pictures use."""
    spans: list[tuple[str, Span | None]] = []
    names: set[tuple[str, str]] = set()
    for said in found.attributions:
        spans += [("source", said.source), ("addressee", said.addressee), ("time", said.time)]
        spans += [("cue", said.cue and said.cue.span), *(("content", piece) for piece in said.content)]
    for threat in found.threats:
        spans += [("marker", threat.marker), ("deadline", threat.deadline), ("target", threat.target)]
        spans += [("threatener", threat.threatener), *(("condition", piece) for piece in threat.condition)]
        spans += [("consequence", piece) for piece in threat.consequence]
        issuer = found.speaker(threat.issuer_id)
        names |= {("issuer", issuer.name)} if issuer else set()
    for speaker in found.speakers:
        spans += [("mention", mention) for mention in speaker.mentions]
        names |= {("name", speaker.name), *(("title", title) for title in speaker.titles)}
    spans += [("quote", quote.span) for quote in found.quotes]
    return names | {(label, span.text) for label, span in spans if span is not None}


def test_there_are_pictures() -> None:
    assert {"direct", "indirect", "mixed", "pieces", "speaker", "threat"} <= {path.stem for path in PICTURES}


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in PICTURES])
def test_a_picture_shows_what_is_found(path: Path) -> None:
    picture = ET.parse(path).getroot()
    text = picture.findtext(f"{SVG}desc") or ""
    (line,) = picture.findall(f"{SVG}text")
    assert line.text == text
    # The browser sets the words in the width that the brackets count with, whatever its font.
    assert float(line.get("textLength", "0")) == pytest.approx(len(text) * CHARACTER)
    shown = brackets(picture)
    assert shown
    assert [span for span in shown if span not in spans_of(quotekit.extract(text))] == []
    # Its meaning without sight, and its colours in the dark.
    assert picture.get("role") == "img"
    assert picture.findtext(f"{SVG}title")
    assert "prefers-color-scheme: dark" in path.read_text(encoding="utf-8")
