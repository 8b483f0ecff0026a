"""Known people and organisations of the caller's: which of them the speakers are."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from quotekit.errors import RosterError
from quotekit.speakers import names
from quotekit.types import Speaker

LEAST_SCORE = 90.0
"""Least likeness of two names, 0 to 100: "Sergei" and "Sergey Lavrov" have 92, "Joan" and "John Smith" 80."""
LEAST_LEAD = 3.0
"""How much more alike the best entry must be than the next: of two closer ones none is chosen."""
_MOST_COMPARED = 500
"""Entries that a name is compared with, those first that share its rarest word."""
_VOWELS = re.compile(r"[aeiou]+")
_NOT_WORDS = re.compile(r"[^\w]+")


@dataclass(frozen=True)
class Entry:
    """One person or body of the roster."""

    id: str
    names: tuple[str, ...]
    """Name and aliases, as `_normal` has them."""
    titles: tuple[str, ...] = field(default=(), repr=False)
    """Words of the titles; they tell apart those who bear one name."""


def load_roster(path: str | PathLike[str]) -> tuple[dict[str, Any], ...]:
    """Reads a roster from a file, for ``extract(roster=…)``.

    Args:
        path: JSON, a list of objects with ``id``, ``name`` and perhaps ``aliases`` and ``titles``; ``.jsonl``, one
            such object a line; or CSV with these columns, several aliases in one cell between semicolons. Other fields
            and columns do not matter.

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
            "aliases": _cell(row.get("aliases")),
            "titles": _cell(row.get("titles")),
        }
        for row in table
    ]


def _cell(text: str | None) -> list[str]:
    return [part.strip() for part in (text or "").split(";") if part.strip()]


class Roster(tuple[Entry, ...]):
    """Entries with an index over their names, made at the first use and kept for any number of texts."""

    @cached_property
    def _index(self) -> _Index:
        return _Index(self)

    def find(self, speaker: Speaker) -> str | None:
        """Id of the one entry that a speaker is; None where none fits, or several do.

        >>> lavrov = Speaker(id="s1", name="Sergei Lavrov", kind="person")
        >>> read_roster([{"id": 7, "name": "Sergey Lavrov"}]).find(lavrov)
        '7'
        """
        name = _normal(speaker.name)
        if not name:
            return None
        for wanted in ((name,), (name, *(_normal(alias) for alias in speaker.aliases))):
            same = {index for one in wanted for index in self._index.by_name.get(one, ())}
            if same:
                return self._only(same, speaker)
        if " " not in name:
            # A surname alone says enough where only one entry bears it.
            return self._only(set(self._index.by_last.get(name, ())), speaker) if speaker.kind == "person" else None
        scores = {
            index: score
            for index in self._candidates(name)
            if (score := max(self._score(name, known, speaker.kind) for known in self[index].names)) >= LEAST_SCORE
        }
        best = max(scores.values(), default=0.0)
        return self._only({index for index, score in scores.items() if score > best - LEAST_LEAD}, speaker)

    def _candidates(self, name: str) -> Iterable[int]:
        """Entries that share a word with a name, be it spelled with other vowels."""
        blocks = sorted((self._index.by_word.get(_block(word), []) for word in name.split()), key=len)
        found: dict[int, None] = {}
        for block in blocks:
            if found and len(found) + len(block) > _MOST_COMPARED:
                break
            found.update(dict.fromkeys(block[:_MOST_COMPARED]))
        return found

    @staticmethod
    def _score(name: str, known: str, kind: str) -> float:
        score = fuzz.ratio(name, known, score_cutoff=LEAST_SCORE)
        if score and kind == "person":
            # Daniel and Daniela Brandt are alike by their letters.
            people = names.parse_person(name.split()), names.parse_person(known.split())
            return score if names.same_person(*people) else 0.0
        return score

    def _only(self, fitting: set[int], speaker: Speaker) -> str | None:
        """The entry that fits alone, or alone has a word of the speaker's titles and affiliation."""
        if len(fitting) > 1:
            said = {w for title in (*speaker.titles, speaker.affiliation or "") for w in _normal(title).split()}
            shared = {index: len(said.intersection(self[index].titles)) for index in fitting}
            most = max(shared.values())
            fitting = {index for index in fitting if shared[index] == most}
        return self[fitting.pop()].id if len(fitting) == 1 else None


class _Index:
    """Numbers of the entries by whole names, last words of names, and what spellings of a word share."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.by_name: dict[str, list[int]] = defaultdict(list)
        self.by_last: dict[str, list[int]] = defaultdict(list)
        self.by_word: dict[str, list[int]] = defaultdict(list)
        for index, entry in enumerate(entries):
            for name in entry.names:
                self.by_name[name].append(index)
                words = name.split()
                for table, key in ((self.by_last, words[-1]), *((self.by_word, _block(w)) for w in words)):
                    if not table[key] or table[key][-1] != index:
                        table[key].append(index)


def read_roster(roster: Iterable[Any]) -> Roster:
    """Checks a roster.

    Args:
        roster: Mappings or objects with ``id`` and ``name``, and with ``aliases`` and ``titles`` (lists of strings)
            where there are any. For many texts, check it once: a `Roster` is returned as it is.

    Raises:
        RosterError: An entry has no name or no id, or two entries share an id.

    >>> read_roster([{"id": 7, "name": "Sergey Lavrov", "aliases": ["Lavrov"]}])
    (Entry(id='7', names=('sergey lavrov', 'lavrov')),)
    """
    if isinstance(roster, Roster):
        return roster
    if isinstance(roster, (str, bytes, Mapping)) or not isinstance(roster, Iterable):
        raise RosterError(f"roster is a {type(roster).__name__}. Give a list of entries with id and name.")
    entries: list[Entry] = []
    seen: set[str] = set()
    for i, item in enumerate(roster):
        name, key = _field(item, "name"), _field(item, "id")
        if not isinstance(name, str) or not _normal(name):
            raise RosterError(
                f"roster[{i}]: 'name' is {'empty' if not name else 'no name'}. "
                "Give every entry a name, or leave the entry out."
            )
        if key is None or str(key) == "":
            raise RosterError(f"roster[{i}] ({name}): 'id' is missing. Give every entry an id of its own.")
        if str(key) in seen:
            raise RosterError(f"roster[{i}] ({name}): the id {str(key)!r} is taken by an earlier entry.")
        aliases = _strings(item, "aliases", f"roster[{i}] ({name}): 'aliases' is no list of names.")
        titles = _strings(item, "titles", f"roster[{i}] ({name}): 'titles' is no list of titles.")
        seen.add(str(key))
        known = dict.fromkeys(_normal(one) for one in (name, *aliases))
        words = dict.fromkeys(word for title in titles for word in _normal(title).split())
        entries.append(Entry(str(key), tuple(one for one in known if one), tuple(words)))
    return Roster(entries)


def given_roster(roster: Any, name: str) -> Roster:
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
        return Roster()
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

    A name that is the same wins over one that is alike (`LEAST_SCORE`). Where two entries fit equally well
    (`LEAST_LEAD`), the one is chosen whose titles the text gives to the speaker, else none.

    Args:
        speakers: The speakers of one text.
        entries: The roster.

    >>> lavrov = Speaker(id="s1", name="Sergei Lavrov", kind="person")
    >>> find_in_roster([lavrov], read_roster([{"id": "Q58217", "name": "Sergey Lavrov"}]))[0].external_id
    'Q58217'
    """
    roster = entries if isinstance(entries, Roster) else Roster(entries)
    return tuple(
        speaker if (fitting := roster.find(speaker)) is None else speaker.model_copy(update={"external_id": fitting})
        for speaker in speakers
    )


def _strings(item: Any, name: str, message: str) -> tuple[str, ...]:
    """A field with several names."""
    value = _field(item, name)
    if value is None:
        return ()
    if isinstance(value, (str, bytes)) or not isinstance(value, Iterable):
        raise RosterError(message)
    value = tuple(value)
    if not all(isinstance(one, str) for one in value):
        raise RosterError(message)
    return value


def _field(item: Any, name: str) -> Any:
    return item.get(name) if isinstance(item, Mapping) else getattr(item, name, None)


def _normal(name: str) -> str:
    return _NOT_WORDS.sub(" ", name.casefold()).strip()


def _block(word: str) -> str:
    """What the spellings of a word share: its consonants."""
    key = names.key(word)
    return _VOWELS.sub("", key) or key
