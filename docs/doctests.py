"""Shows the doctests of docstrings as code on the site; mkdocs.yml names this file.

Without it Markdown would take ">>>" at a line's start for quotations in quotations.
"""

from __future__ import annotations

import re
from typing import Any

import griffe

# A doctest reaches to the next empty line.
_DOCTEST = re.compile(r"^>>> .*(?:\n.*\S.*)*", re.M)


class Doctests(griffe.Extension):
    """Fences the doctests of a package."""

    def on_object(self, *, obj: griffe.Object, **_rest: Any) -> None:
        """Changes the docstring of one object, as the site shows it."""
        if obj.docstring is not None:
            obj.docstring.value = _DOCTEST.sub(lambda found: f"```pycon\n{found[0]}\n```", obj.docstring.value)
