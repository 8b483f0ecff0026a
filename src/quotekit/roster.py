"""Known people and organisations of the caller's: which of them the speakers are."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from quotekit.errors import RosterError
from quotekit.types import Speaker

LEAST_SCORE = 90.0
"""Least likeness of two names, 0 to 100: "Sergei" and "Sergey Lavrov" have 92, "Joan" and "John Smith" 80."""
_NOT_WORDS = re.compile(r"[^\w]+")


@dataclass(frozen=True)
class Entry:
    """One person or body of the roster."""

    id: str
    names: tuple[str, ...]
    """Name and aliases, as `_normal` has them."""


def load_roster(path: str | PathLike[str]) -> tuple[dict[str, Any], ...]:
    """Reads a roster from a file, for ``extract(roster=…)``.

    Args:
        path: JSON, a list of objects with ``id``, ``name`` and perhaps ``aliases``; ``.jsonl``, one such object a
            line; or CSV with these columns, several aliases in one cell between semicolons. Other fields and columns
            do not matter.

    Raises:
        RosterError: It is neither, or an entry cannot be used.
        OSError: It cannot be read.
    """
    try:
        text = Path(path).read_bytes().decode("utf-8-sig")
        if Path(path).suffix.lower() == ".jsonl":
            entries = [json.loads(line) for line in text.split("\n") if line.strip()]
        else:
            # JSON of another kind than a list is named as such below.
            entries = json.loads(text) if text.lstrip()[:1] in ("[", "{") else _csv_entries(text)
        read_roster(entries)
    except RosterError as error:
        raise RosterError(f"{path}: {error}") from error
    except json.JSONDecodeError as error:
        raise RosterError(f"{path}: is no JSON: {error}. Give a list of objects with id and name.") from error
    except UnicodeDecodeError as error:
        raise RosterError(f"{path}: is not UTF-8 text: at byte {error.start}. Convert it first.") from error
    return tuple(entries)


def _csv_entries(text: str) -> list[dict[str, Any]]:
    table = csv.DictReader(io.StringIO(text, newline=""), skipinitialspace=True)
    missing = [name for name in ("id", "name") if name not in (table.fieldnames or ())]
    if missing:
        raise RosterError(
            f"the column {' and the column '.join(missing)} is missing. "
            "Give a CSV with the columns id, name and aliases, or a JSON list of objects."
        )
    return [
        {
            "id": row["id"],
            "name": row["name"],
            "aliases": [alias.strip() for alias in (row.get("aliases") or "").split(";") if alias.strip()],
        }
        for row in table
    ]


def read_roster(roster: Iterable[Any]) -> tuple[Entry, ...]:
    """Checks a roster.

    Args:
        roster: Mappings or objects with ``id`` and ``name``, and with ``aliases`` where there are any.

    Raises:
        RosterError: An entry has no name or no id, or two entries share an id.

    >>> read_roster([{"id": 7, "name": "Sergey Lavrov", "aliases": ["Lavrov"]}])
    (Entry(id='7', names=('sergey lavrov', 'lavrov')),)
    """
    if isinstance(roster, (str, bytes, Mapping)) or not isinstance(roster, Iterable):
        raise RosterError(f"roster is a {type(roster).__name__}. Give a list of entries with id and name.")
    entries: list[Entry] = []
    seen: set[str] = set()
    for i, item in enumerate(roster):
        name, key = _field(item, "name"), _field(item, "id")
        aliases = _field(item, "aliases")
        if not isinstance(name, str) or not _normal(name):
            raise RosterError(
                f"roster[{i}]: 'name' is {'empty' if not name else 'no name'}. "
                "Give every entry a name, or leave the entry out."
            )
        if key is None or str(key) == "":
            raise RosterError(f"roster[{i}] ({name}): 'id' is missing. Give every entry an id of its own.")
        if str(key) in seen:
            raise RosterError(f"roster[{i}] ({name}): the id {str(key)!r} is taken by an earlier entry.")
        if aliases is not None and (
            isinstance(aliases, (str, bytes))
            or not isinstance(aliases, Iterable)
            or not all(isinstance(alias, str) for alias in aliases)
        ):
            raise RosterError(f"roster[{i}] ({name}): 'aliases' is no list of names.")
        seen.add(str(key))
        names = dict.fromkeys(_normal(one) for one in (name, *(aliases or ())))
        entries.append(Entry(str(key), tuple(one for one in names if one)))
    return tuple(entries)


def given_roster(roster: Any, name: str) -> tuple[Entry, ...]:
    """The roster of a component's config.

    Args:
        roster: A list of mappings, or the path of a file that `load_roster` reads; None for no roster.
        name: The component's name in the pipeline, for messages.

    Raises:
        RosterError: The file cannot be read, or an entry has no name or no id.

    >>> given_roster([{"id": 7, "name": "Anna Lund"}], "quotekit")
    (Entry(id='7', names=('anna lund',)),)
    """
    if roster is None:
        return ()
    if not isinstance(roster, str):
        return read_roster(roster)
    try:
        return read_roster(load_roster(roster))
    except OSError as error:
        raise RosterError(
            f"{name}: the roster {roster} cannot be read: {error.strerror or error}. "
            "Give the path of a JSON file, or the list itself."
        ) from error
    except RosterError as error:
        raise RosterError(f"{name}: the roster {error}") from error


def find_in_roster(speakers: Sequence[Speaker], entries: Sequence[Entry]) -> tuple[Speaker, ...]:
    """Writes on each speaker the id of the one entry that fits.

    A name that is the same wins over one that is alike; where two entries fit equally well, none is chosen.

    Args:
        speakers: The speakers of one text.
        entries: The roster.

    >>> lavrov = Speaker(id="s1", name="Sergei Lavrov", kind="person")
    >>> find_in_roster([lavrov], read_roster([{"id": "Q58217", "name": "Sergey Lavrov"}]))[0].external_id
    'Q58217'
    """
    return tuple(
        speaker
        if (fitting := _fitting(speaker, entries)) is None
        else speaker.model_copy(update={"external_id": fitting})
        for speaker in speakers
    )


def _fitting(speaker: Speaker, entries: Sequence[Entry]) -> str | None:
    name = _normal(speaker.name)
    if not name:
        return None
    names = {name, *(_normal(alias) for alias in speaker.aliases)}
    for wanted in ({name}, names):
        same = [entry for entry in entries if wanted.intersection(entry.names)]
        if same:
            return same[0].id if len(same) == 1 else None
    if " " not in name:
        # A surname alone says enough where only one entry bears it.
        bearers = [entry for entry in entries if any(known.split()[-1] == name for known in entry.names)]
        return bearers[0].id if len(bearers) == 1 and speaker.kind == "person" else None
    scores = [max(fuzz.ratio(name, known) for known in entry.names) for entry in entries]
    best = max(scores, default=0.0)
    if best < LEAST_SCORE or scores.count(best) > 1:
        return None
    return entries[scores.index(best)].id


def _field(item: Any, name: str) -> Any:
    return item.get(name) if isinstance(item, Mapping) else getattr(item, name, None)


def _normal(name: str) -> str:
    return _NOT_WORDS.sub(" ", name.casefold()).strip()
