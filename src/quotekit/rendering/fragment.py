"""One extraction inside a page of somebody else, such as a notebook."""

from __future__ import annotations

import secrets

from quotekit.rendering.files import load_file
from quotekit.rendering.section import section
from quotekit.types import Extraction


def render_fragment(extraction: Extraction) -> str:
    """An extraction as an element with its style, and no script: what a notebook shows.

    Its rules reach nothing outside it, and its ids are new each time, so that a page may hold several.

    Args:
        extraction: What to show.

    >>> fragment = render_fragment(Extraction(text="It rained."))
    >>> "It rained." in fragment, "<script" in fragment, "<html" in fragment
    (True, False, False)
    """
    body, lights = section(extraction, f"qk-{secrets.token_hex(6)}", level=3)
    return f'<style>\n{load_file("page.css")}{lights}</style>\n<div class="qk-fragment">{body}</div>\n'
