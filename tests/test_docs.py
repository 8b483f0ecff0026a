"""The documents' code runs, and prints what the documents say it prints."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from documents import DOCUMENTS, ROOT, Block, find_blocks

ALL_BLOCKS = [block for document in DOCUMENTS for block in find_blocks(document)]
BLOCKS = [block for block in ALL_BLOCKS if block.runner is None]
RUNNERS = {"tests/test_ray.py", "tests/test_spark.py"}
# Commands that set up an environment are shown, and not run: they need the network, or an hour.
SHELL = re.compile(r"^```sh\n(.*?)^```$", re.M | re.S)
SETS_UP = ("make", "pip", "pre-commit", "python3 -m venv", ". .venv")


def test_there_are_blocks_of_both_kinds() -> None:
    assert {block.is_command for block in BLOCKS} == {True, False}
    assert {block.document.name for block in BLOCKS} >= {"README.md", "examples.md"}


def test_the_other_blocks_run_elsewhere() -> None:
    assert {block.runner for block in ALL_BLOCKS} - {None} == RUNNERS
    for runner in RUNNERS:
        assert f'blocks_for("{runner}")' in (ROOT / runner).read_text(encoding="utf-8")


@pytest.mark.parametrize("block", [pytest.param(block, id=block.name) for block in BLOCKS])
def test_block(block: Block) -> None:
    printed = block.run()
    if block.output is not None:
        assert printed == block.output


@pytest.mark.parametrize("document", [pytest.param(path, id=path.name) for path in DOCUMENTS])
def test_no_block_escapes(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    fences = re.findall(r"^[ \t]*```[ \t]*(\w*)", text, re.M)
    assert set(fences[::2]) <= {"python", "text", "console", "sh"}
    outputs = sum(not block.is_command and block.output is not None for block in find_blocks(document))
    assert fences[::2].count("text") == outputs, "a block of output belongs right after a block of Python"
    assert fences[::2].count("python") + fences[::2].count("console") == len(find_blocks(document))
    for block in SHELL.findall(text):
        assert [line for line in block.splitlines() if not line.startswith(SETS_UP)] == []


def test_every_target_of_make_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = {name for path in DOCUMENTS for name in re.findall(r"^make (\w+)", path.read_text("utf-8"), re.M)}
    assert {name for name in named if not re.search(rf"^{name}:", makefile, re.M)} == set()


@pytest.mark.parametrize("document", [pytest.param(path, id=path.name) for path in DOCUMENTS])
def test_every_link_leads_to_a_file(document: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8"))
    missing = [link for link in links if "://" not in link and not (document.parent / link).is_file()]
    assert missing == []


def test_every_included_file_exists() -> None:
    included = [name for path in DOCUMENTS for name in re.findall(r'^--8<-- "([^":]+)', path.read_text("utf-8"), re.M)]
    assert included
    assert [name for name in included if not (ROOT / name).is_file()] == []
