"""The code in the documents, run as a reader would run it.

``python tests/documents.py`` runs everything and writes what is printed into the documents. Read the difference before
you commit it: a document should change because quotekit did, and for the better.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import runpy
import shlex
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from quotekit import cli, tables

ROOT = Path(__file__).parent.parent
DOCUMENTS = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md")))
# A block of Python, and the block of its output where one follows at once. What needs more than this process, such as a
# Spark session, names the tests that have it.
_PYTHON = re.compile(
    r"(?:^<!-- runs in (?P<runner>\S+) -->\n)?^```python\n(?P<code>.*?)^```\n(?:\n```text\n(?P<output>.*?)^```$)?",
    re.M | re.S,
)
_CONSOLE = re.compile(r"^```console\n\$ (?P<code>[^\n]*)\n(?P<output>.*?)^```$", re.M | re.S)
_COLUMNS = re.compile(r"^<!-- columns: (?P<table>\w+) -->\n\n(?P<columns>(?:\|[^\n]*\n)*)\n?<!-- end -->$", re.M)
_ECHO = re.compile(r'echo "(?P<text>[^"]*)" \| (?P<command>.*)')
CUT = "...\n"
"""What ends an output of which only the first lines are shown."""


@dataclass(frozen=True)
class Block:
    """Code in a document, with what it prints."""

    document: Path
    line: int
    """Line of the document in which the block begins."""
    code: str
    is_command: bool
    output: str | None
    """What the document shows; None where it shows nothing."""
    runner: str | None
    """The test file that runs the block; None where any process can."""
    span: tuple[int, int]
    """Where the output stands in the document; (-1, -1) where it shows none."""

    @property
    def name(self) -> str:
        """Where the block stands, for people."""
        return f"{self.document.relative_to(ROOT)}:{self.line}"

    def run(self) -> str:
        """Runs the code in the repository's folder and gives what it prints, cut as the document cuts it."""
        with _captured() as printed, _in_folder(ROOT):
            if self.is_command:
                _run_command(self.code)
            else:
                exec(compile(self.code, self.name, "exec"), {"__name__": "document"})
        result = printed.buffer.getvalue().decode()
        if self.output is None or not self.output.endswith(f"\n{CUT}"):
            return result
        shown = self.output.count("\n") - 1
        lines = result.splitlines(keepends=True)
        return "".join(lines[:shown]) + (CUT if len(lines) > shown else "")


def find_blocks(document: Path) -> list[Block]:
    """The blocks of Python and of commands in a document, in order."""
    text = document.read_text(encoding="utf-8")
    found = [
        Block(
            document=document,
            line=text.count("\n", 0, match.start()) + 1,
            code=match["code"],
            is_command=pattern is _CONSOLE,
            output=match["output"],
            runner=match.groupdict().get("runner"),
            span=match.span("output"),
        )
        for pattern in (_PYTHON, _CONSOLE)
        for match in pattern.finditer(text)
    ]
    return sorted(found, key=lambda block: block.line)


def blocks_for(runner: str) -> list[Block]:
    """The blocks of all documents that a test file runs."""
    return [block for document in DOCUMENTS for block in find_blocks(document) if block.runner == runner]


def write_outputs(document: Path) -> None:
    """Runs a document's blocks and writes what they print in place of what it shows."""
    text = document.read_text(encoding="utf-8")
    for block in reversed(find_blocks(document)):
        if block.output is not None and block.runner is None:
            start, end = block.span
            text = text[:start] + block.run() + text[end:]
    document.write_text(_COLUMNS.sub(_with_columns, text), encoding="utf-8")


def columns_in(document: Path) -> dict[str, str]:
    """The columns of quotekit's tables, as a document shows them, by table."""
    return {match["table"]: match["columns"] for match in _COLUMNS.finditer(document.read_text(encoding="utf-8"))}


def _with_columns(match: re.Match[str]) -> str:
    name: Any = match["table"]
    return f"<!-- columns: {name} -->\n\n{tables.markdown(name, error=True)}\n<!-- end -->"


def _run_command(line: str) -> None:
    echoed = _ECHO.fullmatch(line)
    program, *arguments = shlex.split(echoed["command"] if echoed else line)
    stdin = io.TextIOWrapper(io.BytesIO(f"{echoed['text']}\n".encode() if echoed else b""))
    with mock.patch.object(sys, "stdin", stdin), mock.patch.object(sys, "argv", [program, *arguments]):
        if program == "quotekit":
            status = cli.main(arguments)
            if status != 0:
                raise RuntimeError(f"{line}: exit status {status}")
        elif program == "python":
            sys.argv = arguments
            runpy.run_path(arguments[0], run_name="__main__")
        else:
            raise ValueError(f"{line}: only 'quotekit …' and 'python SCRIPT …' can be shown with their output")


@contextlib.contextmanager
def _captured() -> Iterator[io.TextIOWrapper]:
    # With bytes below it, as a real standard output: the command writes UTF-8 there itself.
    printed = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n", write_through=True)
    with contextlib.redirect_stdout(printed):
        yield printed


@contextlib.contextmanager
def _in_folder(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


if __name__ == "__main__":
    for path in DOCUMENTS:
        write_outputs(path)
