"""Each example runs as it is; what it prints is checked for its shape, not for the model's every judgement."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parent.parent / "examples"
TEXTS = sorted((EXAMPLES / "data").glob("*.txt"))


def run(name: str, *arguments: str, cwd: Path) -> str:
    command = [sys.executable, str(EXAMPLES / name), *arguments]
    done = subprocess.run(command, capture_output=True, check=False, timeout=300, cwd=cwd, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_there_are_texts_and_every_script_is_tested() -> None:
    assert len(TEXTS) >= 4
    tested = {"quickstart", "plug_into_spacy", "threats_monitor", "quotes_by_speaker_csv", "folder_to_jsonl"}
    assert {path.stem for path in EXAMPLES.glob("*.py")} == tested


def test_quickstart(tmp_path: Path) -> None:
    printed = run("quickstart.py", cwd=tmp_path)
    assert "Tomas Hagen | tell | “If the cranes arrive before we have an agreement" in printed
    assert "Marit Solberg | not say | whether the delivery could be put off" in printed


def test_plug_into_spacy(tmp_path: Path) -> None:
    lines = run("plug_into_spacy.py", cwd=tmp_path).splitlines()
    assert "of the tokens are quoted speech" in lines[0]
    assert "Councillor Dev Anand of the Taxpayers' List | nsubj | say" in lines


def test_threats_monitor(tmp_path: Path) -> None:
    printed = run("threats_monitor.py", cwd=tmp_path)
    assert "harbour_strike.txt: Tomas Hagen → " in printed or "harbour_strike.txt: their union → " in printed
    assert "  if the cranes arrive before we have an agreement\n" in printed
    assert "school_meals.txt: " not in printed


def test_quotes_by_speaker_csv(tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("quotes_by_speaker_csv.py", cwd=tmp_path))))
    assert [row["speaker"] for row in rows] == sorted(row["speaker"] for row in rows)
    assert {row["file"] for row in rows} == {path.name for path in TEXTS}


@pytest.mark.parametrize("folder", [EXAMPLES / "data"])
def test_folder_to_jsonl(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    run("folder_to_jsonl.py", str(folder), str(output), cwd=tmp_path)
    lines = [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]
    assert [line["file"] for line in lines] == [path.name for path in TEXTS]
    assert all(line["text"] == path.read_text(encoding="utf-8") for line, path in zip(lines, TEXTS, strict=True))
