"""The documents' code runs, and prints what the documents say it prints."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
from pathlib import Path

import pytest

from quotekit import cli

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
# A block of Python, and the block of its output where one follows at once.
PYTHON = re.compile(r"^```python\n(.*?)^```\n(?:\n```text\n(.*?)^```$)?", re.M | re.S)
CONSOLE = re.compile(r"^```console\n\$ echo \"([^\n\"]*)\" \| (quotekit [^\n]*)\n(.*?)^```$", re.M | re.S)


def cases(pattern: re.Pattern[str]) -> list[object]:
    return [
        pytest.param(*match.groups(), id=f"line-{README.count(chr(10), 0, match.start()) + 1}")
        for match in pattern.finditer(README)
    ]


def test_there_are_blocks_of_both_kinds() -> None:
    assert len(cases(PYTHON)) >= 3
    assert cases(CONSOLE)


@pytest.mark.parametrize(("code", "output"), cases(PYTHON))
def test_python(code: str, output: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, "README.md", "exec"), {"__name__": "readme"})
    if output is not None:
        assert printed.getvalue() == output


@pytest.mark.parametrize(("text", "command", "output"), cases(CONSOLE))
def test_console(
    text: str, command: str, output: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(f"{text}\n".encode())))
    assert cli.main(shlex.split(command)[1:]) == 0
    assert capsys.readouterr().out == output


def test_every_link_leads_to_a_file() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", README)
    assert links
    assert [link for link in links if not link.startswith("http") and not (ROOT / link).is_file()] == []
