from __future__ import annotations

import argparse
import csv
import io
import json
import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import fakes
import pytest

import quotekit
from quotekit import about, batch, cli
from quotekit.files import find_files
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
        pytest.param(
            b"a\x00b\x00", "looks like a binary file: a NUL at offset 1. If it is text in UTF-16", id="utf-16"
        ),
        pytest.param("folder", "is a folder without files that end in .txt or .md", id="folder"),
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
        (["extract", "x", "--min-confidence", "2"], "'2' is no number from 0 to 1"),
        (["extract", "x", "--jobs", "-1"], "'-1' is no number of processes; give 1 or more"),
        (["extract", "x", "--encoding", "klingon"], "'klingon' is no encoding of texts; give a name such as utf-8"),
        (["extract", "x", "--encoding", "base64"], "'base64' is no encoding of texts"),
        (["extract", "x", "--act", "boast"], "choose from"),
        (["extract", "x", "--speaker", "--act", "denial"], "--speaker: expected one argument"),
        (["extract", "x", "--speaker", "?"], "'?' is no name"),
        (["extract", "x", "--format", "parquet"], "--format parquet needs --output"),
        (["extract", "x", "--table", "threats"], "--table is for csv and parquet, and the format is table"),
        (["extract", "x", "--named"], "--named is for jsonl"),
        (["extract", "x", "y", "--title", "Rain"], "--title is for one file, and there are 2"),
        (["completion", "tcsh"], "choose from"),
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
    whole = [sys.executable, "-m", "quotekit.cli", "extract", *files, "--format", "jsonl"]
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


THREAT = (
    "“If the ferry is sold, we will strike,” said Bo Lind. Anna Lund denied that it was for sale. “I wait,” she said."
)


@pytest.fixture
def ferry(tmp_path: Path) -> Path:
    path = tmp_path / "ferry.txt"
    path.write_text(THREAT, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("filters", "kept"),
    [
        ([], ["Bo Lind: threat", "Anna Lund: denial", "Anna Lund: assertion"]),
        (["--speaker", "LUND"], ["Anna Lund: denial", "Anna Lund: assertion"]),
        (["--speaker", "anna lünd"], ["Anna Lund: denial", "Anna Lund: assertion"]),
        (
            ["--speaker", "lund", "--speaker", "Bo Lind"],
            ["Bo Lind: threat", "Anna Lund: denial", "Anna Lund: assertion"],
        ),
        (["--speaker", "Anna"], []),
        (["--speaker", "Cara Lund"], []),
        (["--act", "denial"], ["Anna Lund: denial"]),
        (["--act", "denial", "--act", "threat"], ["Bo Lind: threat", "Anna Lund: denial"]),
        (["--speaker", "lund", "--act", "threat"], []),
        (["--threats-only"], ["Bo Lind: threat"]),
        (["--threats-only", "--speaker", "lund"], []),
        (["--min-confidence", "1"], []),
    ],
)
def test_filters(filters: list[str], kept: list[str], ferry: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["extract", str(ferry), "--format", "csv", *filters]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [f"{row['speaker']}: {row['act']}" for row in rows] == kept


def tree(folder: Path) -> Path:
    for name in ("b.txt", "a.md", "C.TXT", "inner/deep/d.txt", "inner/e.html", ".hidden/f.txt", ".g.txt", "h[1].txt"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("It rained.")
    (folder / "inner" / "loop").symlink_to(folder, target_is_directory=True)
    return folder


@pytest.mark.parametrize(
    ("paths", "files"),
    [
        pytest.param(["."], ["./C.TXT", "./a.md", "./b.txt", "./h[1].txt", "./inner/deep/d.txt"], id="folder"),
        pytest.param(["inner/"], ["inner/deep/d.txt"], id="inner"),
        pytest.param(["*.txt"], ["b.txt", "h[1].txt"], id="pattern"),
        pytest.param(["inner/**/*.*"], ["inner/deep/d.txt", "inner/e.html"], id="any-depth"),
        pytest.param(["h[1].txt"], ["h[1].txt"], id="a-name-with-brackets"),
        pytest.param(["[ab].*"], ["a.md", "b.txt"], id="brackets"),
        pytest.param(["b.txt", "./b.txt", "?.txt", "inner/e.html"], ["b.txt", "inner/e.html"], id="each-once"),
        pytest.param(["none.txt", "b.txt"], ["none.txt", "b.txt"], id="missing-file"),
    ],
)
def test_what_a_path_stands_for(
    paths: list[str], files: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tree(tmp_path))
    complaints: list[tuple[str, str]] = []
    found = list(find_files(paths, lambda *complaint: complaints.append(complaint)))
    # A link in the tree leads back to its root: "**" may follow it, and each file is still named in one way or another.
    assert [name for name in found if "loop" not in name] == files
    assert complaints == []


def test_a_folder_gives_names_even_for_one_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "one.txt").write_text("It rained.")
    assert cli.main(["extract", str(tmp_path), "--format", "json"]) == 0
    assert list(json.loads(capsys.readouterr().out)) == [str(tmp_path / "one.txt")]


def test_a_pattern_that_fits_nothing_is_an_error(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["extract", str(tmp_path / "*.doc"), str(article), "--format", "jsonl"]) == 1
    printed = capsys.readouterr()
    assert printed.err == f"quotekit: {tmp_path / '*.doc'}: no file fits this pattern.\n"
    assert printed.out.count("\n") == 1


@pytest.mark.parametrize(
    ("data", "options"),
    [
        pytest.param(TEXT.encode("cp1252"), ["--encoding", "windows-1252"], id="windows"),
        pytest.param(TEXT.encode("utf-16-le"), ["--encoding", "utf-16-le"], id="wide-without-mark"),
        pytest.param(TEXT.encode("utf-32"), [], id="utf-32"),
        pytest.param(TEXT.encode("utf-8-sig"), ["--encoding", "latin-1"], id="the-mark-wins"),
    ],
)
def test_encodings(data: bytes, options: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "article.txt"
    path.write_bytes(data)
    assert cli.main(["extract", str(path), "--format", "json", *options]) == 0
    # Line breaks as they are, and no mark: offsets count these characters.
    assert json.loads(capsys.readouterr().out)["text"] == TEXT


def test_what_to_do_about_a_wrong_encoding_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "article.txt"
    path.write_bytes(TEXT.encode("cp1252"))
    assert cli.main(["extract", str(path)]) == 1
    message = capsys.readouterr().err
    assert message.startswith(f"quotekit: {path}: is not UTF-8 text: byte 0x93 at offset 0.")
    option = message.rsplit("as in ", 1)[1].split()
    assert cli.main(["extract", str(path), *option]) == 0


def test_named_lines(article: Path, ferry: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["extract", str(article), str(ferry), "--format", "jsonl", "--named"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["document"] for line in lines] == [str(article), str(ferry)]
    assert [Extraction.model_validate(line["extraction"]).text for line in lines] == [TEXT, THREAT]


@pytest.mark.parametrize(("table", "of"), [("attributions", "attribution_id"), ("threats", "threat_id")])
def test_tables_of_both_kinds(table: str, of: str, ferry: Path, article: Path, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    expected = [
        (name, record[of])
        for name, text in ((str(article), TEXT), (str(ferry), THREAT))
        for record in quotekit.to_records(quotekit.extract(text), names=name, table=table)  # type: ignore[arg-type]
    ]
    assert expected
    for format_ in ("parquet", "csv"):
        output = tmp_path / f"out.{format_}"
        arguments = [str(article), str(ferry), "--format", format_, "--output", str(output), "--table", table]
        assert cli.main(["extract", *arguments]) == 0
        if format_ == "parquet":
            rows = parquet.read_table(output).to_pylist()
        else:
            rows = list(csv.DictReader(io.StringIO(output.read_text(encoding="utf-8"))))
        assert [(row["document"], row[of]) for row in rows] == expected


def test_parquet_without_rows_has_its_columns(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    path, output = tmp_path / "rain.txt", tmp_path / "rain.parquet"
    path.write_text("It rained.")
    assert cli.main(["extract", str(path), "--format", "parquet", "--output", str(output)]) == 0
    assert parquet.read_table(output).num_rows == 0
    assert "speaker" in parquet.read_table(output).column_names


def test_parquet_without_pyarrow_names_the_extra(
    article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    output = tmp_path / "out.parquet"
    assert cli.main(["extract", str(article), "--format", "parquet", "--output", str(output)]) == 2
    assert "quotekit[arrow]" in capsys.readouterr().err
    assert not output.exists()


def test_html_of_a_folder_is_pages_and_an_index(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    texts, site = tmp_path / "texts", tmp_path / "site"
    names = ("a.txt", "a.md", "in/A.txt", "in/index.txt", "in/<b>&#x.txt", "in/ .txt", "in/" + "ß" * 99 + ".txt")
    for name in names:
        (texts / name).parent.mkdir(parents=True, exist_ok=True)
        (texts / name).write_text(f"“We wait,” said Bo Lind of {name}.", encoding="utf-8")
    assert cli.main(["extract", str(texts), "--format", "html", "--output", str(site)]) == 0
    pages = {path.name for path in site.iterdir()}
    assert len({page.casefold() for page in pages}) == len(names) + 1
    index = (site / "index.html").read_text(encoding="utf-8")
    links = [unquote(link) for link in re.findall(r'<a href="([^"]+)"', index)]
    assert {"index.html", *links} == pages
    assert len(links) == len(names)
    for link in links:
        assert "Bo Lind" in (site / link).read_text(encoding="utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site", "texts"]
    assert capsys.readouterr().out == ""


def test_a_page_never_takes_the_place_of_a_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a.txt", "a.html"):
        (tmp_path / name).write_text(f"It rained in {name}.")
    files = [str(tmp_path / name) for name in ("a.txt", "a.html")]
    assert cli.main(["extract", *files, "--format", "html", "--output", str(tmp_path)]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a-2.html", "a-3.html", "a.html", "a.txt", "index.html"]
    assert (tmp_path / "a.html").read_text() == "It rained in a.html."
    assert cli.main(["extract", str(tmp_path / "index.html"), "--format", "html", "--output", str(tmp_path)]) == 1
    assert "its index.html is one of the files to read; choose another folder" in capsys.readouterr().err


def test_an_output_never_takes_the_place_of_a_text(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        cli.main(["extract", str(article), "--output", str(article.parent / "." / article.name)])
    assert stop.value.code == 2
    assert "--output would overwrite" in capsys.readouterr().err
    assert article.read_bytes() == TEXT.encode()


def test_a_title_is_the_headline(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["extract", str(article), "--title", "Rain on Friday"]) == 0
    assert capsys.readouterr().out.startswith("Rain on Friday\n")


@pytest.mark.parametrize(
    ("name", "roster"),
    [
        ("roster.json", '[{"id": "n7", "name": "Anna Lund", "born": 1970}]'),
        ("roster.jsonl", '{"id": "n7", "name": "Anna Lund"}\n\n{"id": "n8", "name": "Bo Lind"}\n'),
        ("roster.csv", "name,id,aliases\nA. Lundh,n7,Anna Lund; Lundh\nBo Lind,n8,\n"),
    ],
)
def test_a_roster_gives_ids(
    name: str, roster: str, article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_text(roster, encoding="utf-8-sig")
    assert cli.main(["extract", str(article), "--format", "json", "--roster", str(tmp_path / name)]) == 0
    found = Extraction.model_validate_json(capsys.readouterr().out)
    assert [speaker.external_id for speaker in found.speakers] == ["n7"]


@pytest.mark.parametrize(
    ("roster", "message"),
    [
        (None, "No such file or directory"),
        ("id;name\n7;Anna Lund\n", "the column id and the column name is missing. Give a CSV"),
        ('[{"id": 7}]', "roster[0]: 'name' is empty"),
        ('{"id": 7, "name": "Anna Lund"}', "roster is a dict. Give a list"),
        ("[{]", "is no JSON"),
        ("id,name\n7,\n", "roster[0]: 'name' is empty"),
    ],
)
def test_a_bad_roster_ends_it_before_it_begins(
    roster: str | None, message: str, article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "roster"
    if roster is not None:
        path.write_text(roster)
    assert cli.main(["extract", str(article), "--roster", str(path)]) == 2
    printed = capsys.readouterr()
    assert printed.err.startswith(f"quotekit: {path}: {message}")
    assert printed.out == ""


def test_names_that_steer_a_terminal_are_inert(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad, good = tmp_path / "bad\x1b[2J\n.txt", tmp_path / "good\x1b[2J.txt"
    good.write_text("It rained.")
    assert cli.main(["extract", str(bad), str(good)]) == 1
    printed = capsys.readouterr()
    assert "\x1b" not in printed.out + printed.err
    assert printed.err.count("\n") == 1


def test_a_name_that_is_no_utf_8(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.txt")
    try:
        path.write_text("It rained.")
    except OSError:
        pytest.skip("this file system takes names in UTF-8 only")
    for format_, output in (("json", "o.json"), ("csv", "o.csv"), ("html", "site")):
        assert cli.main(["extract", str(tmp_path), "--format", format_, "--output", str(tmp_path / output)]) == 0
    assert list(json.loads((tmp_path / "o.json").read_text("utf-8"))) == [str(tmp_path / "caf\ufffd.txt")]
    assert capsys.readouterr().err == ""


def test_jobs_change_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Three files, one that cannot be read, and standard input: in their order, with two processes as with one."""
    for i in range(3):
        (tmp_path / f"{i}.txt").write_text(f"“We wait,” said Bo Lind in 201{i}.", encoding="utf-8")
    (tmp_path / "1b.txt").write_bytes(b"\xff")
    arguments = ["extract", str(tmp_path), "-", "--format", "jsonl"]
    one, two = (command(*arguments, "--jobs", jobs, stdin=TEXT.encode()) for jobs in ("1", "2"))
    assert one.stdout.count(b"\n") == 4
    assert two.stdout == one.stdout
    assert two.stderr == one.stderr
    assert (one.returncode, two.returncode) == (1, 1)


def test_a_file_that_kills_its_process_is_named() -> None:
    names = ["a", "b", "deadly", *"cdefghijkl"]
    outcomes = list(batch.read_files(names, batch.Settings(), jobs=2, read=fakes.die_of_it))
    assert [name for name, _ in outcomes] == names
    failed = {name: outcome.reason for name, outcome in outcomes if isinstance(outcome, batch.Failure)}
    assert failed == {"deadly": "the process that read it was killed, perhaps for want of memory."}


@pytest.mark.parametrize("jobs", [1, 2])
def test_files_are_read_as_they_are_written(jobs: int) -> None:
    """However many files there are, few are held at a time."""
    taken: list[str] = []

    def names() -> Iterator[str]:
        for i in range(1000):
            taken.append(str(i))
            yield str(i)

    outcomes = batch.read_files(names(), batch.Settings(), jobs=jobs, read=fakes.read_nothing)
    assert [next(outcomes)[0] for _ in range(3)] == ["0", "1", "2"]
    assert len(taken) <= 3 + 4 * jobs
    outcomes.close()  # type: ignore[attr-defined]


@pytest.mark.skipif(os.name != "posix", reason="signals are sent as on Linux")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interrupt_ends_it_at_once(jobs: str, article: Path, tmp_path: Path) -> None:
    files = [article]
    for i in range(200):
        files.append(tmp_path / f"{i}.txt")
        files[-1].write_text(TEXT, encoding="utf-8")
    whole = [sys.executable, "-m", "quotekit.cli", "extract", *map(str, files), "--format", "jsonl", "--jobs", jobs]
    with subprocess.Popen(
        whole, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True, bufsize=0
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        # Once a line has come, it is at work.
        assert process.stdout.read(1) == b"{"
        os.killpg(process.pid, signal.SIGINT)
        written = b"{" + process.stdout.read()
        assert process.wait(120) == 130
        assert process.stderr.read() == b""
    assert 0 < written.count(b"\n") < len(files)


def test_info_tells_what_is_installed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(about, "_ROUNDS", 1)
    assert cli.main(["info"]) == 0
    lines = dict(line.split(None, 1) for line in capsys.readouterr().out.replace("model ", "model-").splitlines())
    assert lines["quotekit"] == quotekit.__version__
    assert (Path(lines["model-in"]) / "meta.json").is_file()
    assert Path(lines["model-card"]).is_file()
    assert "MIT" in lines["licence"]
    assert int(lines["speed"].split()[0].replace(",", "")) > 0


def test_info_without_the_speed_check_reads_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(about, "words_a_second", lambda: pytest.fail("a text was read"))
    assert cli.main(["info", "--no-speed-check"]) == 0
    assert "speed" not in capsys.readouterr().out


def test_info_without_the_model_says_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setitem(sys.modules, "en_quotekit", None)
    assert cli.main(["info"]) == 1
    assert capsys.readouterr().err.startswith("quotekit: The model package en_quotekit")


def test_words_a_second_are_the_best_round() -> None:
    ticks = iter([0.0, 4.0, 4.0, 6.0, 6.0, 9.0])
    assert about.words_a_second(lambda: next(ticks)) == round(len((about._TEXT * 7).split()) / 2)


DOCUMENT = (Path(__file__).parent.parent / "docs" / "command-line.md").read_text(encoding="utf-8")


def test_the_document_has_every_option_and_no_other() -> None:
    parsers = [cli._parser()]
    (commands,) = (action for action in parsers[0]._actions if action.nargs == argparse.PARSER)
    assert isinstance(commands.choices, dict)
    assert set(commands.choices) == set(re.findall(r"`quotekit (\w+)", DOCUMENT))
    parsers += commands.choices.values()
    options = {flag for parser in parsers for action in parser._actions for flag in action.option_strings}
    assert set(re.findall(r"(?<![\w-])--?[a-z][\w-]*", re.sub(r"head -\d", "", DOCUMENT))) == options
    (table,) = re.findall(r"^## Options of extract\n\n(.*?)\n\n", DOCUMENT, re.M | re.S)
    for action in commands.choices["extract"]._actions:
        if action.option_strings:
            (row,) = re.findall(rf"^\| `{action.option_strings[-1]}` \|(.*)\|$", table, re.M)
            assert [choice for choice in action.choices or () if not re.search(rf"\b{choice}\b", row)] == []


def test_the_document_s_exit_codes_are_those_of_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["extract", "--help"])
    told = re.findall(r"^  (\d+) ", capsys.readouterr().out, re.M)
    assert re.findall(r"^\| (\d+) \|", DOCUMENT, re.M) == told == ["0", "1", "2", "130"]


@pytest.mark.parametrize("line", re.findall(r"`(quotekit (?:[^`\\]|\\[^`])*)`", DOCUMENT))
def test_the_document_s_commands_can_be_given(line: str) -> None:
    arguments = shlex.split(line.split("\\|")[0])[1:]
    if arguments not in (["extract", "PATH…"], ["--version"]):
        assert cli._parser().parse_args(arguments).run
