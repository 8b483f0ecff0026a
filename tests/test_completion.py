"""The scripts that complete the command, run in the shells themselves where these are installed."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from quotekit import cli, completion

ACTS = "denial demand"


def run(shell: str, code: str, *, folder: Path | None = None) -> str:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    plain = {"bash": ["--norc", "--noprofile"], "zsh": ["-f"], "fish": ["--no-config"]}[shell]
    done = subprocess.run(
        [shell, *plain, "-c", code], cwd=folder, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.stderr == ""
    return done.stdout


@pytest.fixture(scope="module")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("completion")
    for shell in completion.SHELLS:
        (folder / shell).write_text(completion.script(cli._parser(), shell), encoding="utf-8")
    return {shell: folder / shell for shell in completion.SHELLS}


@pytest.mark.parametrize("shell", completion.SHELLS)
def test_a_script_is_printed_that_the_shell_can_read(
    shell: str, scripts: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["completion", shell]) == 0
    assert capsys.readouterr().out == scripts[shell].read_text(encoding="utf-8")
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    assert subprocess.run([shell, "-n", scripts[shell]], capture_output=True, check=True).stderr == b""


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ([""], "extract schema info completion"),
        (["ex"], "extract"),
        (["-"], "-h --help --version"),
        (["extract", "--fo"], "--format"),
        (["extract", "a.txt", "--threats"], "--threats-only"),
        (["extract", "--format", ""], "table json jsonl csv parquet html"),
        # bash makes three words of --format=j.
        (["extract", "--format", "=", "j"], "json jsonl"),
        (["extract", "--format", "="], "table json jsonl csv parquet html"),
        (["extract", "--act", "de"], ACTS),
        (["extract", "--act", "denial", "--act", "de"], ACTS),
        (["extract", "--speaker", "e"], ""),
        (["extract", "--format", "schema"], ""),
        (["completion", ""], "bash zsh fish"),
        (["completion", "f"], "fish"),
        (["info", "--no"], "--no-speed-check"),
        (["schema", "x"], ""),
        (["nonsense", "--f"], ""),
    ],
)
def test_bash(words: list[str], offered: str, scripts: dict[str, Path]) -> None:
    line = " ".join(shlex.quote(word) for word in ["quotekit", *words])
    code = (
        f'source {scripts["bash"]}; COMP_WORDS=({line}); COMP_CWORD={len(words)}; _quotekit; echo "${{COMPREPLY[*]}}"'
    )
    assert run("bash", code).strip() == offered


def test_bash_itself_offers_files(scripts: dict[str, Path]) -> None:
    printed = run("bash", f"source {scripts['bash']}; complete -p quotekit")
    assert printed.strip() == "complete -o default -F _quotekit quotekit"


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("quotekit ", {"extract", "schema", "info", "completion"}),
        ("quotekit extract --fo", {"--format"}),
        ("quotekit extract --format c", {"csv"}),
        ("quotekit extract --act de", set(ACTS.split())),
        ("quotekit extract --output rain", {"rain.txt"}),
        ("quotekit extract rain", {"rain.txt"}),
        ("quotekit completion ", {"bash", "zsh", "fish"}),
        ("quotekit schema ", set()),
    ],
)
def test_fish(line: str, offered: set[str], scripts: dict[str, Path], tmp_path: Path) -> None:
    (tmp_path / "rain.txt").write_text("It rained.")
    printed = run("fish", f"source {scripts['fish']}; complete -C {shlex.quote(line)}", folder=tmp_path)
    assert {found.split("\t")[0] for found in printed.splitlines()} == offered


def test_zsh_knows_the_command(scripts: dict[str, Path]) -> None:
    code = f"autoload -U compinit; compinit -u -D; source {scripts['zsh']}; print -r -- $_comps[quotekit]"
    assert run("zsh", code).strip() == "_quotekit"
