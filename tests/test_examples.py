"""Each example runs as it is; what it prints is checked for its shape, not for the model's every judgement."""

from __future__ import annotations

import csv
import io
import json
import runpy
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parent.parent / "examples"
TEXTS = sorted((EXAMPLES / "data").glob("*.txt"))


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Runs a script in an empty folder, as a command would, and gives what it prints."""

    def run(name: str, *arguments: str) -> str:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr(sys, "argv", [name, *arguments])
        runpy.run_path(str(EXAMPLES / name), run_name="__main__")
        return capsys.readouterr().out

    return run


def test_there_are_texts_and_every_script_is_tested() -> None:
    assert len(TEXTS) >= 4
    tested = {"quickstart", "plug_into_spacy", "threats_monitor", "quotes_by_speaker_csv", "folder_to_jsonl"}
    assert {path.stem for path in EXAMPLES.glob("*.py")} == tested


def test_quickstart(run: Callable[..., str]) -> None:
    printed = run("quickstart.py")
    assert "Tomas Hagen | tell | “If the cranes arrive before we have an agreement" in printed
    assert "Marit Solberg | not say | whether the delivery could be put off" in printed


def test_plug_into_spacy(run: Callable[..., str]) -> None:
    lines = run("plug_into_spacy.py").splitlines()
    assert "of the tokens are quoted speech" in lines[0]
    assert "Councillor Dev Anand of the Taxpayers' List | nsubj | say" in lines


def test_threats_monitor(run: Callable[..., str]) -> None:
    printed = run("threats_monitor.py")
    assert "harbour_strike.txt: " in printed
    assert "  condition (unless): the port authority withdraws its plan to automate two of the four quays\n" in printed
    assert "data_breach.txt: " in printed
    assert "school_meals.txt: " not in printed


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
