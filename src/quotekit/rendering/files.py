"""What is written into every page, as files that can be read and edited."""

from __future__ import annotations

import functools
from importlib import resources


@functools.cache
def load_file(name: str) -> str:
    """Reads a file of this package once.

    Args:
        name: ``page.css`` or ``page.js``.

    Raises:
        FileNotFoundError: There is no such file.

    >>> ".quotekit" in load_file("page.css")
    True
    """
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
