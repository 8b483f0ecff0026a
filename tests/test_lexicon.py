"""The word lists: each can be read, says where it comes from, and holds nothing twice."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

import pytest

import quotekit
from quotekit.lexicon import load_table

FILES = sorted(file.name for file in resources.files("quotekit.lexicon").iterdir() if file.name.endswith(".tsv"))


@pytest.mark.parametrize("name", FILES)
def test_table(name: str) -> None:
    lines = resources.files("quotekit.lexicon").joinpath(name).read_text(encoding="utf-8").splitlines()
    header = [line for line in lines if line.startswith("#")]
    assert lines[: len(header)] == header
    assert any("Source:" in line for line in header)
    assert any("licence:" in line for line in header)
    columns = len(header[-1].split("\t"))
    rows = load_table(name.removesuffix(".tsv"))
    assert {len(row) for row in rows} == {columns}
    assert len(set(rows)) == len(rows)
    assert all(cell == cell.strip() for row in rows for cell in row)


def test_each_group_of_words_is_asked_for_and_explained() -> None:
    # A name that the table does not have would be an empty group.
    code = "".join(path.read_text(encoding="utf-8") for path in Path(quotekit.__file__).parent.rglob("*.py"))
    table = resources.files("quotekit.lexicon").joinpath("threat_word_groups.tsv").read_text(encoding="utf-8")
    groups = sorted({group for group, _ in load_table("threat_word_groups")})
    assert sorted(set(re.findall(r'\bgroup\("([^"]+)"\)', code))) == groups
    assert set(groups) <= set(re.findall(r"^# ([^:\n]+): .+\.$", table, re.MULTILINE))


def test_a_missing_table_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        load_table("no such table")
