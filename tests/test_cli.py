from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

import quotekit
from quotekit import cli
from quotekit.types import Extraction

TEXT = "“We wait,” Anna Lund said on Friday.\r\nIt rained.\r\n"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_bytes(TEXT.encode())
    return path


def command(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Runs the command in a process of its own."""
    whole = [sys.executable, "-m", "quotekit.cli", *arguments]
    return subprocess.run(whole, input=stdin, capture_output=True, check=False, timeout=120)


def test_json_is_the_extraction(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["extract", str(article), "--format", "json"]) == 0
    found = Extraction.model_validate_json(capsys.readouterr().out)
    assert found == quotekit.extract(TEXT)
    assert found.text == TEXT


def test_json_of_several_files_is_by_name(article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "other.txt"
    other.write_text("It rained.")
    assert cli.main(["extract", str(article), str(other), str(article), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {name: what["text"] for name, what in found.items()} == {str(article): TEXT, str(other): "It rained."}


def test_jsonl_is_one_line_a_file(article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "other.txt"
    other.write_text("It rained.")
    assert cli.main(["extract", str(other), str(article), "--format", "jsonl"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [Extraction.model_validate_json(line).text for line in lines] == ["It rained.", TEXT]


def test_csv_has_a_header_once(article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "other.txt"
    other.write_text("“No,” Bo Lind said.")
    assert cli.main(["extract", str(other), str(article), "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["document"] for row in rows] == [str(other), str(article)]
    assert [row["source"] for row in rows] == ["Bo Lind", "Anna Lund"]


def test_table_is_the_default(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["extract", str(article)]) == 0
    printed = capsys.readouterr()
    assert "ATTRIBUTIONS (1)" in printed.out
    assert "Anna Lund" in printed.out
    assert printed.err == ""


def test_html_of_two_files_is_one_page(article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "other.txt"
    other.write_text("It rained.")
    assert cli.main(["extract", str(other), str(article), "--format", "html"]) == 0
    page = capsys.readouterr().out
    assert page.count("<html") == 1
    assert page.count("<article>") == 2


def test_output_goes_to_a_file(article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = tmp_path / "out.json"
    assert cli.main(["extract", str(article), "--format", "json", "--output", str(output)]) == 0
    assert capsys.readouterr().out == ""
    assert Extraction.model_validate_json(output.read_text(encoding="utf-8")).text == TEXT


def test_published_dates_what_was_said(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["extract", str(article), "--format", "json", "--published", "2021-12-31T20:29Z"]) == 0
    found = Extraction.model_validate_json(capsys.readouterr().out)
    assert [str(attribution.date) for attribution in found.attributions] == ["2021-12-31"]


def test_standard_input() -> None:
    done = command("extract", "-", "--format", "json", stdin=b"\xef\xbb\xbf" + TEXT.encode())
    assert done.returncode == 0
    assert Extraction.model_validate_json(done.stdout).text == TEXT
    assert done.stderr == b""


def test_utf_16_as_windows_saves_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "article.txt"
    path.write_bytes(TEXT.encode("utf-16"))
    assert cli.main(["extract", str(path), "--format", "json"]) == 0
    assert Extraction.model_validate_json(capsys.readouterr().out).text == TEXT


class Terminal(io.StringIO):
    """What is written to a terminal, on both of a program's outputs."""

    def isatty(self) -> bool:
        return True

    def lines(self) -> list[str]:
        """What is left to see: a carriage return with the code that clears takes away what its line held."""
        return [line.rsplit("\r\x1b[K", 1)[-1] for line in self.getvalue().split("\n")]


def test_a_bar_shows_progress_and_leaves_nothing_behind(
    article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setattr(sys, "stderr", terminal)
    assert cli.main(["extract", str(article), str(tmp_path / "none.txt"), str(empty)]) == 1
    assert "[##########          ] 1/2 none.txt" in terminal.getvalue()
    seen = terminal.lines()
    assert seen[0] == f"quotekit: {empty}: is a folder without files that end in .txt or .md. Name the files in it."
    assert seen[1] == f"=== {article} ==="
    assert seen[-2:] == [f"quotekit: {tmp_path / 'none.txt'}: No such file or directory", ""]


def test_one_file_shows_no_bar(article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    assert cli.main(["extract", str(article), "--output", str(article.with_suffix(".out"))]) == 0
    assert "[" not in terminal.getvalue().replace("\x1b[K", "")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(None, "No such file or directory", id="missing"),
        pytest.param(b"caf\xe9", "is not UTF-8 text: byte 0xe9 at offset 3", id="latin-1"),
        pytest.param(b"\x89PNG\r\n\x1a\n\x00\x00", "is not UTF-8 text: byte 0x89 at offset 0", id="picture"),
        pytest.param(b"abc\x00def", "looks like a binary file: a NUL at offset 3", id="nul"),
        pytest.param(b"\xff\xfea\x00b", "is not UTF-16 text: byte 0x62 at offset 4", id="half-utf-16"),
        pytest.param("folder", "is a folder", id="folder"),
    ],
)
def test_a_bad_file_is_named_and_the_others_are_read(
    content: bytes | str | None, message: str, article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.txt"
    if content == "folder":
        bad.mkdir()
    elif isinstance(content, bytes):
        bad.write_bytes(content)
    assert cli.main(["extract", str(bad), str(article), "--format", "jsonl"]) == 1
    printed = capsys.readouterr()
    assert Extraction.model_validate_json(printed.out).text == TEXT
    assert printed.err.startswith(f"quotekit: {bad}: {message}")
    assert printed.err.count("\n") == 1


def test_an_output_that_cannot_be_written(article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = tmp_path / "missing" / "out.json"
    assert cli.main(["extract", str(article), "--output", str(output)]) == 1
    assert capsys.readouterr().err == f"quotekit: {output}: No such file or directory\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["extract"], "required: PATH"),
        (["extract", "x", "--format", "yaml"], "choose from"),
        (["extract", "x", "--published", "Friday"], "'Friday' is no date; write it as 2021-12-31"),
        ([], "COMMAND"),
    ],
)
def test_wrong_arguments(arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        cli.main(arguments)
    assert stop.value.code == 2
    assert message in capsys.readouterr().err


def test_empty_and_missing_files_give_valid_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_text("")
    assert cli.main(["extract", str(empty), "--format", "json"]) == 0
    assert Extraction.model_validate_json(capsys.readouterr().out).text == ""
    assert cli.main(["extract", "no1.txt", "no2.txt", "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out) == {}


def test_a_reader_that_leaves_early_makes_no_noise(article: Path) -> None:
    files = [str(article), "-"]
    whole = [sys.executable, "-m", "quotekit.cli", "extract", *files, "--format", "html"]
    with subprocess.Popen(whole, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        process.stdin.write(b"It rained.")
        process.stdin.close()
        assert process.stderr.read() == b""
        assert process.wait(120) == 1


def test_version_and_schema() -> None:
    assert command("--version").stdout.decode().strip() == f"quotekit {quotekit.__version__}"
    assert json.loads(command("schema").stdout)["title"] == "Extraction"
