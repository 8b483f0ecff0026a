"""Word lists, as tables of tab-separated values with their sources; the code that uses them says what a row means."""

from __future__ import annotations

import functools
from importlib import resources


@functools.cache
def load_table(name: str) -> tuple[tuple[str, ...], ...]:
    """Reads a table once.

    Args:
        name: The table's file name without ``.tsv``.

    Returns:
        Its rows, each a tuple of its columns; comment lines (``#``) are left out.

    Raises:
        FileNotFoundError: There is no such table.

    >>> load_table("cues")[0]
    ('-', 'speech', 'no')
    """
    text = resources.files(__name__).joinpath(f"{name}.tsv").read_text(encoding="utf-8")
    return tuple(tuple(line.split("\t")) for line in text.splitlines() if line.strip() and not line.startswith("#"))
