"""Whole pages, which load nothing and run nothing but what is written into them."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Iterable

from quotekit.rendering.files import load_file
from quotekit.rendering.section import counted, published, section
from quotekit.rendering.words import escape, line
from quotekit.types import Extraction
from quotekit.version import __version__

_MOST_QUOTED = 3
"""Speakers named in a row of the index."""
# What stands before the first colon would be read as a scheme; of the schemes these lead to a page.
_SCHEME = re.compile(r"(?!https?:|file:)[^/?#]*:", re.IGNORECASE)

_PAGE = """<!DOCTYPE html>
<html lang="en" class="qk-html">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="generator" content="quotekit {version}">
<title>{title}</title>
<style>{style}</style>
</head>
<body class="qk-page">
{body}
{script}</body>
</html>
"""


def render(*extractions: Extraction) -> str:
    """Texts with what was found in them, as one HTML page that loads nothing.

    Quotations, sources, cues and threats are marked in the text; speakers stand beside it, threats beneath. Links
    lead from each to the others. The page follows the reader's choice of light or dark, fits a phone, and prints.

    Args:
        extractions: What to show, each after the other.

    Returns:
        The page. Write it in UTF-8.

    >>> page = render(Extraction(text="“We wait,” said <b>Lund."))
    >>> page.startswith("<!DOCTYPE html>"), "&lt;b&gt;Lund." in page
    (True, True)
    """
    several = len(extractions) > 1
    bodies, lights = [], ""
    for i, extraction in enumerate(extractions, 1):
        body, rules = section(extraction, f"qk{i}", level=2 if several else 1)
        bodies.append(body)
        lights += rules
    titles = [
        line(extraction.document.title)
        for extraction in extractions
        if extraction.document and extraction.document.title
    ]
    head = f'<h1 class="qk-hidden">{counted(len(extractions), "text")}</h1>\n' if several else ""
    body = head + ("\n".join(bodies) or "<p>Nothing was read.</p>")
    return _page(", ".join(titles) or "quotekit", f"<main>{body}</main>", lights, with_script=True)


def render_index(entries: Iterable[tuple[str, str, Extraction]]) -> str:
    """A page that links to the pages of articles.

    Args:
        entries: A row each: the address of the article's page, relative to the index and with such characters as
            ``#`` and ``?`` quoted (`urllib.parse.quote`); a name, shown where the text has no headline; and what was
            found. They are taken one by one, and not kept.

    Returns:
        The page. Write it in UTF-8.

    >>> page = render_index([("a.html", "a.txt", Extraction(text="It rained."))])
    >>> '<a href="a.html"' in page, "a.txt" in page
    (True, True)
    """
    rows: list[str] = []
    totals: Counter[str] = Counter()
    for href, name, extraction in entries:
        rows.append(_row(href, name, extraction))
        found = {
            "speaker": extraction.speakers,
            "attribution": extraction.attributions,
            "conditional threat": extraction.threats,
        }
        totals.update({what: len(records) for what, records in found.items()})
    sums = " · ".join(
        [
            counted(len(rows), "article"),
            *(counted(totals[what], what) for what in ("speaker", "attribution", "conditional threat")),
        ]
    )
    # The roles stay when a phone shows the rows as blocks, which takes a table's own roles from it.
    heads = "".join(
        f'<th scope="col" role="columnheader">{name}</th>'
        for name in ("Article", "Date", "Speakers", "Attributions", "Threats", "Most quoted")
    )
    table = (
        f'<table class="qk-index" role="table"><thead role="rowgroup"><tr role="row">{heads}</tr></thead>\n'
        f'<tbody role="rowgroup">{"".join(rows)}</tbody></table>'
        if rows
        else "<p>No articles.</p>"
    )
    body = f'<main class="quotekit"><h1 class="qk-headline">Articles</h1><p class="qk-small">{sums}</p>{table}</main>'
    return _page("Articles", body, "", with_script=False)


def _row(href: str, name: str, extraction: Extraction) -> str:
    document = extraction.document
    title = line((document and document.title) or "") or line(name) or "Text without a headline"
    said = Counter(attribution.speaker_id for attribution in extraction.attributions)
    quoted = sorted((s for s in extraction.speakers if said[s.id]), key=lambda speaker: -said[speaker.id])
    most = ", ".join(f"<bdi>{escape(line(s.name))}</bdi> ({said[s.id]:,})" for s in quoted[:_MOST_QUOTED])
    address = f"./{href}" if _SCHEME.match(href) else href
    cells = [
        ("Date", f"<span>{published(document)}</span>"),
        ("Speakers", f"{len(extraction.speakers):,}"),
        ("Attributions", f"{len(extraction.attributions):,}"),
        ("Threats", f"<b>{len(extraction.threats):,}</b>" if extraction.threats else "0"),
        ("Most quoted", most),
    ]
    rest = "".join(f'<td role="cell" data-label="{label}">{cell}</td>' for label, cell in cells)
    head = f'<a href="{escape(address)}"><bdi>{escape(title)}</bdi></a>'
    if title != line(name) and line(name):
        head += f'<span class="qk-small"><bdi>{escape(line(name))}</bdi></span>'
    return f'<tr role="row"><th scope="row" role="rowheader">{head}</th>{rest}</tr>\n'


def _page(title: str, body: str, lights: str, *, with_script: bool) -> str:
    """A page with a policy that lets nothing load, and nothing run or style but what is written here."""
    style, script = f"\n{load_file('page.css')}{lights}", f"\n{load_file('page.js')}"
    policy = f"default-src 'none'; base-uri 'none'; form-action 'none'; style-src '{_hash(style)}'"
    if with_script:
        policy += f"; script-src '{_hash(script)}'"
    return _PAGE.format(
        policy=policy,
        version=__version__,
        title=escape(title),
        style=style,
        body=body,
        script=f"<script>{script}</script>\n" if with_script else "",
    )


def _hash(written: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(written.encode()).digest()).decode()}"
