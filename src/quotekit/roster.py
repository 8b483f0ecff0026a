"""Known people and organisations of the caller's: which of them the speakers are."""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from quotekit.errors import RosterError
from quotekit.speakers import names
from quotekit.types import Extraction, Speaker

__all__ = ["LEAST_LEAD", "LEAST_SCORE", "Entry", "Roster", "find_in_roster", "read_roster"]

LEAST_SCORE = 90.0
"""Least likeness of two names, 0 to 100: "Sergei" and "Sergey Lavrov" have 92, "Joan" and "John Smith" 80."""
LEAST_LEAD = 3.0
"""How much more alike the best entry must be than the next: of two closer ones none is chosen."""
_MOST_COMPARED = 500
"""Entries that a name is compared with, those first that share its rarest word."""
_NOT_WORDS = re.compile(r"[^\w]+")
_LISTED = re.compile(r"\s*;\s*")
_VOWELS = re.compile(r"[aeiou]+")


@dataclass(frozen=True)
class Entry:
    """One person or body of the roster."""

    id: str
    names: tuple[str, ...]
    """Name and aliases, as `_normal` has them."""
    titles: tuple[str, ...] = ()
    """Words of the titles; they tell apart those who bear one name."""


class Roster:
    """Entries with an index over their names, made once and used for any number of texts.

    Args:
        entries: The entries.

    >>> len(Roster([Entry("7", ("sergey lavrov",))]))
    1
    """

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = tuple(entries)
        self._by_name: dict[str, list[int]] = defaultdict(list)
        self._by_last: dict[str, list[int]] = defaultdict(list)
        self._by_word: dict[str, list[int]] = defaultdict(list)
        for index, entry in enumerate(self.entries):
            for name in entry.names:
                self._by_name[name].append(index)
                words = name.split()
                for table, key in ((self._by_last, words[-1]), *((self._by_word, _block(w)) for w in words)):
                    if not table[key] or table[key][-1] != index:
                        table[key].append(index)

    def __len__(self) -> int:
        """Number of entries."""
        return len(self.entries)

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
            same = {index for one in wanted for index in self._by_name.get(one, ())}
            if same:
                return self._only(same, speaker)
        if " " not in name:
            # A surname alone says enough where only one entry bears it.
            return self._only(set(self._by_last.get(name, ())), speaker) if speaker.kind == "person" else None
        scores = {
            index: score
            for index in self._candidates(name)
            if (score := max(self._score(name, known, speaker.kind) for known in self.entries[index].names))
            >= LEAST_SCORE
        }
        best = max(scores.values(), default=0.0)
        return self._only({index for index, score in scores.items() if score > best - LEAST_LEAD}, speaker)

    def mark(self, extraction: Extraction) -> Extraction:
        """The extraction with the ids of those speakers that are in the roster."""
        return extraction.model_copy(update={"speakers": find_in_roster(extraction.speakers, self)})

    def _candidates(self, name: str) -> Iterable[int]:
        """Entries that share a word with a name, be it spelled with other vowels."""
        blocks = sorted((self._by_word.get(_block(word), []) for word in name.split()), key=len)
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
            shared = {index: len(said.intersection(self.entries[index].titles)) for index in fitting}
            most = max(shared.values())
            fitting = {index for index in fitting if shared[index] == most}
        return self.entries[fitting.pop()].id if len(fitting) == 1 else None


def read_roster(roster: Roster | str | PathLike[str] | Iterable[Any]) -> Roster:
    """Checks a roster and makes its index.

    Args:
        roster: Mappings or objects with ``id`` and ``name``, and with ``aliases`` and ``titles`` (lists of strings)
            where there are any; or the path of a file with such entries: ``.json`` (a list), ``.jsonl``, or ``.csv``
            with a heading line, in which several aliases or titles are parted by ";". A `Roster` is returned as it is.

    Raises:
        RosterError: An entry has no name or no id, two entries share an id, or the file cannot be read.

    >>> read_roster([{"id": 7, "name": "Sergey Lavrov", "aliases": ["Lavrov"]}]).entries
    (Entry(id='7', names=('sergey lavrov', 'lavrov'), titles=()),)
    """
    if isinstance(roster, Roster):
        return roster
    if isinstance(roster, (str, PathLike)):
        roster = _from_file(Path(roster))
    if isinstance(roster, (bytes, Mapping)) or not isinstance(roster, Iterable):
        raise RosterError(
            f"roster is a {type(roster).__name__}. Give a list of entries with id and name, or the path of a file."
        )
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


def find_in_roster(speakers: Sequence[Speaker], roster: Roster) -> tuple[Speaker, ...]:
    """Writes on each speaker the id of the one entry that fits.

    A name that is the same wins over one that is alike (`LEAST_SCORE`). Where two entries fit equally well
    (`LEAST_LEAD`), the one is chosen whose titles the text gives to the speaker, else none.

    Args:
        speakers: The speakers of one text.
        roster: The roster.

    >>> lavrov = Speaker(id="s1", name="Sergei Lavrov", kind="person")
    >>> find_in_roster([lavrov], read_roster([{"id": "Q58217", "name": "Sergey Lavrov"}]))[0].external_id
    'Q58217'
    """
    return tuple(
        speaker if (fitting := roster.find(speaker)) is None else speaker.model_copy(update={"external_id": fitting})
        for speaker in speakers
    )


def _from_file(path: Path) -> list[Any]:
    """The entries of a file; what the rows of a table leave empty is left out."""
    kind = path.suffix.lower()
    if kind not in (".json", ".jsonl", ".csv"):
        raise RosterError(f"roster file {path}: give a .json, .jsonl or .csv file, or a list of entries.")
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            if kind == ".csv":
                rows = [{k: v for k, v in row.items() if k and v} for row in csv.DictReader(lines)]
                return [
                    {k: _LISTED.split(v) if k in ("aliases", "titles") else v for k, v in row.items()} for row in rows
                ]
            found = [json.loads(line) for line in lines if line.strip()] if kind == ".jsonl" else json.load(lines)
    except OSError as error:
        raise RosterError(f"roster file {path} cannot be opened: {error.strerror}.") from error
    except (ValueError, csv.Error) as error:
        raise RosterError(f"roster file {path} is no {kind[1:]} in UTF-8: {error}.") from error
    if not isinstance(found, list):
        raise RosterError(f"roster file {path}: the whole must be a list of entries, not a {type(found).__name__}.")
    return found


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
