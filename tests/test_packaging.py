"""The wheel, as a stranger installs it: the model is in it, and nothing asks the network for anything."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import venv
import zipfile
from collections.abc import Sequence
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import quotekit

ROOT = Path(__file__).parent.parent
TEXT = "“We wait,” Anna Lund said on Friday."
NO_NETWORK = """
import socket

def refuse(*_arguments, **_options):
    raise OSError("the network is blocked in this test")

socket.socket.connect = socket.socket.connect_ex = socket.create_connection = socket.getaddrinfo = refuse
"""


def run(*command: str | Path, cwd: Path) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, check=False, timeout=600, cwd=cwd, env=environment
    )
    assert done.returncode == 0, done.stderr.decode() + done.stdout.decode()
    return done.stdout.decode()


def pip(*arguments: str | Path, python: Path | str = sys.executable, cwd: Path) -> None:
    quiet = ("--quiet", "--disable-pip-version-check", "--no-index", "--no-deps")
    run(python, "-m", "pip", arguments[0], *quiet, *arguments[1:], cwd=cwd)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    # With the build backend that is installed here: a test downloads nothing.
    pip("wheel", "--no-build-isolation", "--wheel-dir", folder, ROOT, cwd=folder)
    (built,) = folder.glob("quotekit-*.whl")
    return built


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel in it, and with what the wheel says that it needs: nothing else."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=True, symlinks=os.name != "nt")
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    site = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip())
    pip("install", wheel, python=python, cwd=folder)
    for name in needed("quotekit"):
        link(distribution(name), site)
    (site / "sitecustomize.py").write_text(NO_NETWORK)
    return python


def needed(name: str) -> set[str]:
    """What has to be installed with a package: what it requires, what that requires, and so on."""
    found: set[str] = set()
    waiting = [(name, "")]
    while waiting:
        name, extra = waiting.pop()
        for line in distribution(name).requires or ():
            requirement = Requirement(line)
            marker = requirement.marker
            if marker is not None and not marker.evaluate({"extra": extra}):
                continue
            key = canonicalize_name(requirement.name)
            new = {key, *(f"{key}[{extra}]" for extra in requirement.extras)} - found
            found |= new
            waiting += [(key, one.partition("[")[2].rstrip("]")) for one in new]
    return {name for name in found if "[" not in name}


def link(installed: Distribution, site: Path) -> None:
    """Puts a package that is installed here into another environment, without a copy."""
    here = Path(str(installed.locate_file("")))
    # Commands lie outside, and bytecode is made anew.
    for top in {file.parts[0] for file in installed.files or ()} - {"..", "__pycache__"}:
        if not (site / top).exists():
            (site / top).symlink_to(here / top)


def names(wheel: Path) -> Sequence[str]:
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


def test_the_wheel_carries_the_model_and_the_tables(wheel: Path) -> None:
    inside = names(wheel)
    for name in ("reader.onnx", "heads.npz", "tokenizer.json", "config.json"):
        assert f"en_quotekit/reader/{name}" in inside
    for name in (
        "en_quotekit/meta.json",
        "en_quotekit/config.cfg",
        "en_quotekit.egg-info/PKG-INFO",
        "quotekit/py.typed",
    ):
        assert name in inside
    assert any(re.fullmatch(r"quotekit/lexicon/\w+\.tsv", name) for name in inside)
    # Nothing else lands in site-packages.
    tops = {name.partition("/")[0] for name in inside}
    assert tops == {"quotekit", "en_quotekit", "en_quotekit.egg-info", f"quotekit-{version(wheel)}.dist-info"}
    assert wheel.stat().st_size < 40_000_000


def version(wheel: Path) -> str:
    return wheel.name.split("-")[1]


def test_there_is_one_version(wheel: Path) -> None:
    written = re.search(r'"version": "(.+?)"', (ROOT / "models/en_quotekit/meta.json").read_text(encoding="utf-8"))
    assert written is not None
    record = (ROOT / "models/en_quotekit.egg-info/PKG-INFO").read_text(encoding="utf-8")
    assert f"\nVersion: {written[1]}\n" in record
    assert version(wheel) == written[1]
    assert quotekit.__version__ == written[1], "install the package again: pip install -e ."
    assert f"## {written[1]}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_network_is_blocked(python: Path, tmp_path: Path) -> None:
    code = "import socket\ntry: socket.create_connection(('127.0.0.1', 9))\nexcept OSError as error: print(error)"
    assert "blocked in this test" in run(python, "-c", code, cwd=tmp_path)


def test_it_says_all_that_it_needs(python: Path, tmp_path: Path) -> None:
    run(python, "-m", "pip", "--disable-pip-version-check", "check", cwd=tmp_path)
    names = f"from quotekit import {', '.join(path.stem for path in (ROOT / 'src/quotekit').glob('[a-z]*.py'))}"
    run(python, "-c", names, cwd=tmp_path)


def test_the_command_runs_from_another_folder(python: Path, tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text(TEXT, encoding="utf-8")
    command = python.parent / "quotekit"
    assert run(command, "--version", cwd=tmp_path).startswith("quotekit 0.")
    printed = run(command, "extract", "article.txt", cwd=tmp_path)
    assert "Anna Lund" in printed
    assert "“We wait,”" in printed


def test_spacy_loads_the_model_by_name(python: Path, tmp_path: Path) -> None:
    code = f"""
import spacy, en_quotekit, quotekit
assert {str(python.parent.parent)!r} in quotekit.__file__, quotekit.__file__
assert {str(python.parent.parent)!r} in en_quotekit.__file__, en_quotekit.__file__
found = spacy.load("en_quotekit")({TEXT!r})._.quotekit
blank = spacy.blank("en")
blank.add_pipe("quotekit")
assert blank({TEXT!r})._.quotekit == found == quotekit.extract({TEXT!r})
print(found.attributions[0].source.text)
"""
    assert run(python, "-c", code, cwd=tmp_path).strip() == "Anna Lund"


def test_it_can_be_taken_away_again(wheel: Path, tmp_path: Path) -> None:
    folder = tmp_path / "environment"
    venv.create(folder, with_pip=True, symlinks=os.name != "nt")
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    pip("install", wheel, python=python, cwd=tmp_path)
    run(python, "-m", "pip", "uninstall", "--yes", "--quiet", "quotekit", cwd=tmp_path)
    site = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=tmp_path).strip())
    assert [path.name for path in site.iterdir() if "quotekit" in path.name] == []
