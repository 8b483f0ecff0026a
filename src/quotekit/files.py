"""The files of a batch: which they are, what stands in them, and what a page about one is called."""

from __future__ import annotations

import codecs
import glob
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator

from quotekit.errors import InputError

SUFFIXES = (".txt", ".md")
"""Endings of the files that are read of a folder."""
STDIN = "-"
"""The name of standard input."""

# UTF-32's marks come first: the little-endian one begins as UTF-16's does.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_NOT_IN_NAMES = re.compile(r"[^\w.-]+")
_LONGEST_NAME = 60
"""Characters of a page's name: in UTF-8 at most 240 bytes, and file systems take 255."""
_STEERING = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def find_files(paths: Iterable[str], complain: Callable[[str, str], None]) -> Iterator[str]:
    """Names the files that paths stand for, each once, in the order of the paths.

    A folder stands for the files in it and in its folders that end in one of `SUFFIXES`, but for hidden ones and what
    lies behind links to folders. A pattern (``*``, ``?``, ``[…]``, and ``**`` for any folders) that is not itself the
    name of a file stands for the files that it fits.

    Args:
        paths: Files, folders, patterns, and `STDIN`.
        complain: Called with a path and a reason where a path stands for nothing.

    Yields:
        Names of files, and `STDIN`. A file that does not exist is named all the same: who opens it finds out.
    """
    seen: set[str] = set()
    for path in paths:
        for name in _files_of(path, complain):
            if (plain := name if name == STDIN else os.path.normpath(name)) not in seen:
                seen.add(plain)
                yield name


def _files_of(path: str, complain: Callable[[str, str], None]) -> Iterator[str]:
    if os.path.isdir(path) and path != STDIN:
        count = 0
        for name in _in_folder(path, complain):
            count += 1
            yield name
        if not count:
            complain(path, f"is a folder without files that end in {' or '.join(SUFFIXES)}. Name the files in it.")
    elif glob.has_magic(path) and not os.path.lexists(path):
        fitting = [name for name in sorted(glob.glob(path, recursive=True)) if not os.path.isdir(name)]
        yield from fitting
        if not fitting:
            complain(path, "no file fits this pattern.")
    else:
        yield path


def _in_folder(folder: str, complain: Callable[[str, str], None]) -> Iterator[str]:
    def unreadable(error: OSError) -> None:
        complain(str(error.filename), reason(error))

    for inner, folders, files in os.walk(folder, onerror=unreadable):
        # In place: os.walk goes into what is left, in this order.
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and name.lower().endswith(SUFFIXES):
                yield os.path.join(inner, name)


def read_bytes(name: str) -> bytes:
    """What a file holds, or standard input.

    Raises:
        InputError: Standard input is closed.
        OSError: It cannot be read.
    """
    if name == STDIN:
        if sys.stdin is None:
            raise InputError("standard input is closed.")
        return sys.stdin.buffer.read()
    with open(name, "rb") as file:
        return file.read()


def decode(data: bytes, encoding: str | None = None) -> str:
    r"""Reads bytes as text, as it is, line breaks included; a byte order mark is no part of it.

    Args:
        data: The bytes.
        encoding: Name of their encoding; None for UTF-8. A byte order mark at the start wins over it.

    Raises:
        InputError: They hold no text in that encoding.

    >>> decode("\ufeffNo.\r\n".encode()), decode("“No.”".encode("cp1252"), "windows-1252")
    ('No.\r\n', '“No.”')
    """
    codec, known_as = next(
        ((codec, name) for mark, codec, name in _MARKS if data.startswith(mark)),
        (encoding or "utf-8", encoding or "UTF-8"),
    )
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        at, byte = error.start, data[error.start : error.start + 1].hex()
        raise InputError(
            f"is not {known_as} text: byte {f'0x{byte} ' if byte else ''}at offset {at}. "
            "If it is text in another encoding, name it, as in --encoding windows-1252"
        ) from error
    if "\x00" in text:
        raise InputError(
            f"looks like a binary file: a NUL at offset {text.index(chr(0))}. "
            "If it is text in UTF-16 without a mark, name that: --encoding utf-16-le"
        )
    return text


def reason(error: BaseException) -> str:
    """Why a file could not be read or written, in words.

    >>> reason(FileNotFoundError(2, "No such file or directory", "a.txt"))
    'No such file or directory'
    """
    return error.strerror if isinstance(error, OSError) and error.strerror else str(error)


def valid(name: str) -> str:
    r"""A file's name as text that UTF-8 can hold: the system's names may hold any bytes.

    >>> valid("caf\udce9.txt")
    'caf�.txt'
    """
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def shown(text: str) -> str:
    r"""A name, or what is said about one, without characters that steer a terminal.

    >>> shown("a\x1b[2J.txt")
    'a�[2J.txt'
    """
    return _STEERING.sub("\ufffd", text.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))


class PageNames:
    """Names for pages in one folder: no two the same, whatever the case, and none that leads out of it.

    >>> names = PageNames(reserved=["index.html"])
    >>> [names.name_for(file) for file in ("news/a.txt", "old/A.txt", "../index.md", "..", "-")]
    ['a.html', 'A-2.html', 'index-2.html', 'page.html', 'stdin.html']
    """

    def __init__(self, reserved: Iterable[str]) -> None:
        self._taken = {name.casefold() for name in reserved}
        # For each stem the number that was tried last: a thousand files called "article" must not take a million steps.
        self._last: dict[str, int] = {}

    def name_for(self, file: str) -> str:
        """A new name for the page about a file."""
        stem = "stdin" if file == STDIN else os.path.splitext(os.path.basename(file))[0]
        stem = _NOT_IN_NAMES.sub("-", stem)[:_LONGEST_NAME].strip(".-") or "page"
        number = self._last.get(stem.casefold(), 1)
        name = f"{stem}.html" if number == 1 else f"{stem}-{number}.html"
        while name.casefold() in self._taken:
            number += 1
            name = f"{stem}-{number}.html"
        self._last[stem.casefold()] = number
        self._taken.add(name.casefold())
        return name
