"""Reads the settings of a training, with values changed from the command line."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import tomllib


def add_arguments(parser: argparse.ArgumentParser, config: Path) -> None:
    """Adds ``--config`` and ``--set``.

    Args:
        parser: The command's.
        config: The file that is read where none is given.
    """
    parser.add_argument("--config", type=Path, default=config)
    parser.add_argument(
        "--set", nargs="+", default=[], metavar="TABLE.KEY=VALUE", help="values other than the config's"
    )


def read(path: Path, changes: Iterable[str]) -> dict[str, Any]:
    """The tables of a file.

    Args:
        path: A TOML file.
        changes: What else its values are, as "table.key=value", written as in the file.
    """
    config = tomllib.loads(path.read_text())
    for change in changes:
        name, _, value = change.partition("=")
        table, _, key = name.partition(".")
        config[table][key] = tomllib.loads(f"value = {value}")["value"]
    return config
