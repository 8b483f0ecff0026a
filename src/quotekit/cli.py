"""The command ``quotekit``: arguments, files and printing only."""

from __future__ import annotations

import argparse
import codecs
import csv
import datetime as dt
import json
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from quotekit import export
from quotekit.api import extract
from quotekit.confidence import checked_confidence
from quotekit.errors import InputError, QuotekitError, ReaderError
from quotekit.rendering import render
from quotekit.types import Extraction
from quotekit.version import __version__

FORMATS = ("table", "json", "jsonl", "csv", "html")
_WIDTH = 100
"""Columns of a table that is not printed on a terminal."""
_CLEAR = "\r\x1b[K"
"""Takes a terminal to the start of its line, and clears it."""
_WIDEST = 140
"""Columns of a table on the widest of terminals: longer lines are hard to read."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command.

    Args:
        arguments: The command line without the program's name; None for that of the process.

    Returns:
        The exit status: 0, or 1 if any file failed.

    >>> main(["schema"])  # doctest: +ELLIPSIS
    {
      "$schema": ...
    0
    """
    options = _parser().parse_args(arguments)
    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of our output has left ("| head"). What Python still holds must go somewhere at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="quotekit", description="Finds who said what to whom, and which of it is a conditional threat."
    )
    parser.add_argument("--version", action="version", version=f"quotekit {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    command = commands.add_parser("extract", help="read texts", description="Reads texts and prints what was found.")
    command.add_argument("files", nargs="+", metavar="FILE", help="a text in UTF-8; - for standard input")
    command.add_argument(
        "--format",
        choices=FORMATS,
        default="table",
        help="table: for people (the default); json: one object, of several files an object by file name; "
        "jsonl: one line a file; csv: one row an attribution; html: pages with the text marked",
    )
    command.add_argument("--output", metavar="PATH", type=Path, help="write there in place of standard output")
    command.add_argument(
        "--published", metavar="DATE", type=_moment, help="when the texts were published, such as 2021-12-31"
    )
    command.add_argument(
        "--min-confidence",
        metavar="SHARE",
        type=_share,
        default=0.0,
        help="leave out attributions and threats of less confidence, 0 to 1",
    )
    command.set_defaults(run=_extract)
    schema = commands.add_parser("schema", help="print the JSON Schema of what extract --format json gives")
    schema.set_defaults(run=_schema)
    return parser


def _moment(text: str) -> dt.datetime:
    try:
        # Python 3.10 does not read the Z that most web pages end their dates with.
        return dt.datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; write it as 2021-12-31 or 2021-12-31T20:29") from None


def _share(text: str) -> float:
    try:
        return checked_confidence(float(text), "--min-confidence")
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 0 to 1") from None


def _schema(_options: argparse.Namespace) -> int:
    print(export.json_schema())
    return 0


def _extract(options: argparse.Namespace) -> int:
    files = list(dict.fromkeys(options.files))
    failed = False

    def results() -> Iterator[tuple[str, Extraction]]:
        nonlocal failed
        for i, name in enumerate(files):
            _progress(i, files)
            try:
                found = extract(_read(name), published=options.published, min_confidence=options.min_confidence)
            except ReaderError:
                # No other file would fare better.
                raise
            except (QuotekitError, OSError) as error:
                failed = True
                _complain(f"{name}: {_reason(error)}")
            except Exception as error:
                failed = True
                _complain(f"{name}: this should not happen, please report it: {type(error).__name__}: {error}")
            else:
                if options.output is None and sys.stdout.isatty():
                    _clear()
                yield name, found
        _clear()

    try:
        with _output(options.output) as out:
            _write(out, results(), options.format, several=len(files) > 1)
    except BrokenPipeError:
        raise
    except ReaderError as error:
        _complain(str(error))
        return 1
    except OSError as error:
        _complain(f"{options.output or 'standard output'}: {_reason(error)}")
        return 1
    return int(failed)


def _write(out: TextIO, results: Iterator[tuple[str, Extraction]], format_: str, *, several: bool) -> None:
    """Writes results as they come."""
    if format_ == "csv":
        table = csv.DictWriter(out, export.CSV_COLUMNS, lineterminator="\n")
        table.writeheader()
        for name, extraction in results:
            table.writerows(export.csv_rows(name, extraction))
    elif format_ == "json" and several:
        before = "{\n"
        for name, extraction in results:
            out.write(f"{before}{json.dumps(name, ensure_ascii=False)}: {export.to_json(extraction)}")
            before = ",\n"
        out.write("{}\n" if before == "{\n" else "\n}\n")
    elif format_ == "json":
        for _, extraction in results:
            out.write(export.to_json(extraction) + "\n")
    elif format_ == "jsonl":
        for _, extraction in results:
            out.write(export.to_jsonl([extraction]))
            out.flush()
    elif format_ == "html":
        out.write(render(*(extraction for _, extraction in results)))
    else:
        width = min(shutil.get_terminal_size((_WIDTH, 0)).columns, _WIDEST) if out.isatty() else _WIDTH
        for i, (name, extraction) in enumerate(results):
            if several:
                out.write(f"{chr(10) if i else ''}=== {name} ===\n\n")
            out.write(export.to_table(extraction, width=width) + "\n")


@contextmanager
def _output(path: Path | None) -> Iterator[TextIO]:
    if path is not None:
        with path.open("w", encoding="utf-8", newline="\n") as out:
            yield out
        return
    # Whatever the locale: JSON is UTF-8, and an article's dashes must not end the run.
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", errors="replace")
    yield sys.stdout


def _read(name: str) -> str:
    """Reads a file as it is, line breaks included.

    Raises:
        InputError: It holds no text in UTF-8 or marked UTF-16.
        OSError: It cannot be read.
    """
    if name == "-":
        data = sys.stdin.buffer.read()
    elif Path(name).is_dir():
        raise InputError("is a folder. Name the files in it.")
    else:
        data = Path(name).read_bytes()
    # Editors on Windows save UTF-16 with a mark at the start.
    is_wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if is_wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"is not {'UTF-16' if is_wide else 'UTF-8'} text: byte 0x{data[error.start]:02x} at offset {error.start}. "
            "If it is text in another encoding, convert it first: iconv -f LATIN1 -t UTF-8 FILE"
        ) from error
    if "\x00" in text:
        raise InputError(f"looks like a binary file: a NUL at offset {text.index(chr(0))}.")
    return text


def _reason(error: Exception) -> str:
    return error.strerror if isinstance(error, OSError) and error.strerror else str(error)


def _progress(done: int, files: Sequence[str]) -> None:
    if len(files) > 1 and sys.stderr.isatty():
        bar = "#" * round(20 * done / len(files))
        sys.stderr.write(f"{_CLEAR}[{bar:<20}] {done}/{len(files)} {Path(files[done]).name[:40]}")
        sys.stderr.flush()


def _clear() -> None:
    """Takes the progress bar off the line, so that something else can stand there."""
    if sys.stderr.isatty():
        sys.stderr.write(_CLEAR)
        sys.stderr.flush()


def _complain(message: str) -> None:
    _clear()
    print(f"quotekit: {message}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
