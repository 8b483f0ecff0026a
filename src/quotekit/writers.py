"""What was found in a batch of files, written as it comes in one of the command's formats."""

from __future__ import annotations

import csv
import importlib
import json
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TextIO
from urllib.parse import quote

from quotekit import export, rendering, tables
from quotekit.files import PageNames, shown, valid
from quotekit.tables import TableName
from quotekit.types import Extraction

Results = Iterable[tuple[str, Extraction]]
"""Names of files with what was found in them."""

FORMATS = ("table", "json", "jsonl", "csv", "parquet", "html")
_WIDTH = 100
"""Columns of a table that is not printed on a terminal."""
_WIDEST = 140
"""Columns of a table on the widest of terminals: longer lines are hard to read."""
_ROW_GROUP = 256
"""Files whose rows are held, and written to Parquet as one group."""


def write(
    results: Results,
    format_: str,
    *,
    output: Path | None = None,
    table: TableName = "attributions",
    several: bool = False,
    named: bool = False,
    inputs: Iterable[str] = (),
) -> None:
    """Writes results as they come; only HTML in one page holds them all.

    Args:
        results: The results.
        format_: One of `FORMATS`.
        output: Where to; None for standard output, which parquet cannot use. For html it may be a folder (see
            `is_page_folder`).
        table: For csv and parquet, what has a row.
        several: Whether results are written with their names, however many come.
        named: For jsonl, whether each line holds the name as well.
        inputs: Files that are never overwritten by a page in a folder.

    Raises:
        ExtraError: The format is parquet, and pyarrow is not installed.
        OSError: It cannot be written.
    """
    if format_ == "parquet" and output is not None:
        _write_parquet(results, output, table)
    elif format_ == "html" and output is not None and is_page_folder(output):
        _write_pages(results, output, inputs)
    else:
        with _stream(output) as out:
            _write_text(out, results, format_, table=table, several=several, named=named)


def is_page_folder(output: Path) -> bool:
    """Whether html is written there as a folder of pages: it is a folder, or neither there nor called a page.

    >>> is_page_folder(Path("found.html")), is_page_folder(Path("found"))
    (False, True)
    """
    return output.is_dir() or (not output.exists() and output.suffix.lower() not in (".html", ".htm"))


def _write_text(
    out: TextIO,
    results: Results,
    format_: str,
    *,
    table: TableName,
    several: bool,
    named: bool,
) -> None:
    if format_ == "csv":
        rows = csv.DictWriter(out, [column.name for column in tables.COLUMNS[table]], lineterminator="\n")
        rows.writeheader()
        for name, extraction in results:
            rows.writerows(export.csv_rows(valid(name), extraction, table=table))
            out.flush()
    elif format_ == "json" and several:
        before = "{\n"
        for name, extraction in results:
            out.write(f"{before}{_json(name)}: {export.to_json(extraction)}")
            before = ",\n"
        out.write("{}\n" if before == "{\n" else "\n}\n")
    elif format_ == "json":
        for _, extraction in results:
            out.write(export.to_json(extraction) + "\n")
    elif format_ == "jsonl":
        for name, extraction in results:
            line = export.to_jsonl([extraction])
            out.write(f'{{"document":{_json(name)},"extraction":{line.rstrip()}}}\n' if named else line)
            out.flush()
    elif format_ == "html":
        out.write(rendering.render(*(extraction for _, extraction in results)))
    else:
        width = min(shutil.get_terminal_size((_WIDTH, 0)).columns, _WIDEST) if out.isatty() else _WIDTH
        for i, (name, extraction) in enumerate(results):
            if several:
                out.write(f"{chr(10) if i else ''}=== {shown(name)} ===\n\n")
            out.write(export.to_table(extraction, width=width) + "\n")
            out.flush()


def _write_parquet(results: Results, output: Path, table: TableName) -> None:
    schema = tables.arrow_schema(table)
    # Where the schema could be made, this is there as well.
    parquet = importlib.import_module("pyarrow.parquet")
    rest = iter(results)
    with output.open("wb") as file, parquet.ParquetWriter(file, schema) as writer:
        while batch := list(islice(rest, _ROW_GROUP)):
            names = [valid(name) for name, _ in batch]
            writer.write_table(tables.to_arrow([extraction for _, extraction in batch], table=table, names=names))


def _write_pages(results: Results, folder: Path, inputs: Iterable[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    # A text that lies in the folder keeps its place, whatever its name.
    place = os.path.realpath(folder)
    kept = [os.path.basename(name) for name in inputs if os.path.dirname(os.path.realpath(name)) == place]
    if "index.html" in kept:
        raise FileExistsError(17, "its index.html is one of the files to read; choose another folder")
    names = PageNames(reserved=["index.html", *kept])

    def pages() -> Iterator[tuple[str, str, Extraction]]:
        for name, extraction in results:
            page = names.name_for(name)
            _write_page(folder / page, rendering.render(extraction))
            yield quote(page), valid(name), extraction

    _write_page(folder / "index.html", rendering.render_index(pages()))


def _write_page(path: Path, page: str) -> None:
    path.write_text(page, encoding="utf-8", errors="replace")


def _json(name: str) -> str:
    return json.dumps(valid(name), ensure_ascii=False)


@contextmanager
def _stream(path: Path | None) -> Iterator[TextIO]:
    if path is not None:
        with path.open("w", encoding="utf-8", errors="replace", newline="\n") as out:
            yield out
    else:
        yield sys.stdout
