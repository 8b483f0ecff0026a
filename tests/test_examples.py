"""Each example runs as it is; what it prints is checked for its shape, not for the model's every judgement."""

from __future__ import annotations

import csv
import io
import json
import re
import runpy
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parent.parent / "examples"
TEXTS = sorted((EXAMPLES / "data").glob("*.txt"))
PAGE = EXAMPLES.parent / "docs" / "examples.md"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Runs a script in an empty folder, as a command would, and gives what it prints."""

    def run(name: str, *arguments: str) -> str:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr(sys, "argv", [name, *arguments])
        runpy.run_path(str(EXAMPLES / name), run_name="__main__")
        return capsys.readouterr().out

    return run


def test_every_script_is_short_and_shown_with_its_output() -> None:
    scripts = {path.name: path.read_text(encoding="utf-8").count("\n") for path in EXAMPLES.glob("*.py")}
    assert len(scripts) >= 10
    assert {name for name, lines in scripts.items() if lines >= 60} == set()
    # test_docs.py runs what the page shows, and compares the output.
    shown = re.findall(r"^\$ python examples/(\w+\.py)", PAGE.read_text(encoding="utf-8"), re.M)
    assert sorted(shown) == sorted(scripts)


def test_texts_are_invented_articles_of_a_page() -> None:
    assert len(TEXTS) >= 10
    assert all(100 <= len(path.read_text(encoding="utf-8").split()) <= 350 for path in TEXTS)


def test_quickstart(run: Callable[..., str]) -> None:
    printed = run("quickstart.py")
    assert "Tomas Hagen | tell | “If the cranes arrive before we have an agreement" in printed
    assert "Marit Solberg | not say | whether the delivery could be put off" in printed


def test_threats_monitor(run: Callable[..., str]) -> None:
    printed = run("threats_monitor.py")
    assert "harbour_strike.txt: " in printed
    assert "  condition (unless): the port authority withdraws its plan to automate two of the four quays\n" in printed
    assert "data_breach.txt: " in printed
    assert "  until when: by Friday\n" in printed
    assert "school_meals.txt: " not in printed


def test_threats_monitor_reads_files_and_folders(run: Callable[..., str]) -> None:
    folder, file = EXAMPLES.parent / "seeds", EXAMPLES / "data" / "river_dam.txt"
    names = {line.split(":")[0] for line in run("threats_monitor.py", str(folder), str(file)).splitlines()}
    assert {name for name in names if name.endswith(".txt")} == {"security_talks.txt", "river_dam.txt"}


def test_quotes_by_speaker_csv(run: Callable[..., str]) -> None:
    rows = list(csv.DictReader(io.StringIO(run("quotes_by_speaker_csv.py"))))
    assert [row["speaker"] for row in rows] == sorted(row["speaker"] for row in rows)
    assert {row["file"] for row in rows} == {path.name for path in TEXTS}


def test_folder_to_jsonl(run: Callable[..., str], tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    run("folder_to_jsonl.py", str(EXAMPLES / "data"), str(output))
    lines = [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]
    assert [line["file"] for line in lines] == [path.name for path in TEXTS]
    assert all(line["text"] == path.read_text(encoding="utf-8") for line, path in zip(lines, TEXTS, strict=True))


def test_tables_hold_what_the_text_holds(run: Callable[..., str]) -> None:
    court = EXAMPLES / "data" / "court_report.txt"
    text = court.read_text(encoding="utf-8")
    for row in csv.DictReader(io.StringIO(run("fact_check_sheet.py", str(court)))):
        words = [text[slice(*map(int, piece.split("-")))] for piece in row["evidence"].split()]
        assert words[0].strip("“”,. ") in row["what is claimed"]
    edges = list(csv.DictReader(io.StringIO(run("who_said_what_to_whom.py"))))
    assert ("Gry Salomon", "the union") in {(edge["from"], edge["to"]) for edge in edges}


@pytest.mark.parametrize(
    "name", sorted(path.name for path in EXAMPLES.glob("*.py") if "FILE…" in path.read_text("utf-8"))
)
def test_text_without_anything_to_find(name: str, run: Callable[..., str], tmp_path: Path) -> None:
    empty = tmp_path / "rain.txt"
    empty.write_text("It rained.", encoding="utf-8")
    assert "rain" not in run(name, str(empty))
