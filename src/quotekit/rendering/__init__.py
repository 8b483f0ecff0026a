"""Extractions to look at: HTML pages that need nothing but a browser.

What a page looks like stands in ``page.css``, what a click does in ``page.js``; both are written into the page.
"""

from quotekit.rendering.fragment import render_fragment
from quotekit.rendering.page import render, render_index

__all__ = ["render", "render_fragment", "render_index"]
