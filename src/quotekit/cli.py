"""The command ``quotekit``: arguments and printing only."""

from __future__ import annotations

import argparse
import datetime as dt
import io
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from quotekit import about, completion, export
from quotekit.batch import Settings, read_files
from quotekit.confidence import checked_confidence
from quotekit.errors import ExtraError, QuotekitError, ReaderError
from quotekit.files import STDIN, SUFFIXES, find_files, reason, shown
from quotekit.filters import ACTS, checked_names
from quotekit.roster import load_roster
from quotekit.tables import COLUMNS, arrow_schema
from quotekit.types import Extraction
from quotekit.version import __version__
from quotekit.writers import FORMATS, write

_CLEAR = "\r\x1b[K"
"""Takes a terminal to the start of its line, and clears it."""
_EXIT_CODES = """\
exit status:
  0    every file was read
  1    a file could not be read, or the output not written; the other files are read all the same
  2    the command line is wrong, and nothing was read
  130  interrupted (Ctrl-C)
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command.

    Args:
        arguments: The command line without the program's name; None for that of the process.

    Returns:
        The exit status: 0, 1 if any file failed, 2 if nothing could begin, 130 if it was interrupted.

    Raises:
        SystemExit: The command line is wrong, or asks for help.

    >>> main(["schema"])  # doctest: +ELLIPSIS
    {
      "$schema": ...
    0
    """
    # Whatever the locale: JSON is UTF-8, and an article's dashes must not end the run.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    options = _parser().parse_args(arguments)
    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of our output has left ("| head"). What Python still holds must go somewhere at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        _clear()
        return 130
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="quotekit",
        description="Finds who said what to whom, and which of it is a conditional threat.",
        epilog=_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"quotekit {__version__}", help="show the version")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_extract(commands)
    schema = commands.add_parser("schema", help="print the JSON Schema of what extract --format json gives")
    schema.set_defaults(run=_schema)
    info = commands.add_parser("info", help="print versions, the model's place, licences and a speed check")
    info.add_argument("--no-speed-check", action="store_true", help="leave out the speed check, which reads a text")
    info.set_defaults(run=_info)
    complete = commands.add_parser("completion", help="print a script that completes this command in a shell")
    complete.add_argument("shell", choices=completion.SHELLS, help="the shell")
    complete.set_defaults(run=_completion)
    return parser


def _add_extract(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "extract",
        help="read texts",
        description="Reads texts and prints what was found.",
        epilog=_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument(
        "paths",
        nargs="+",
        metavar="PATH",
        help=f"a text file; a folder, of which all files that end in {' or '.join(SUFFIXES)} are read, those in its "
        "folders too; a pattern in quotes, as 'news/**/*.txt'; - for standard input",
    )
    writing = command.add_argument_group("how it is written")
    writing.add_argument(
        "--format",
        choices=FORMATS,
        default="table",
        help="how it is written: table, for people (the default); json, one object, of several files an object by file "
        "name; jsonl, one line a file; csv and parquet, one row an attribution; html, pages with the text marked",
    )
    writing.add_argument(
        "--output",
        metavar="PATH",
        type=Path,
        help="write there in place of standard output; for html also a folder, for a page a file and an index",
    )
    writing.add_argument(
        "--table", choices=tuple(COLUMNS), help="what has a row in csv and parquet (default: attributions)"
    )
    writing.add_argument(
        "--named",
        action="store_true",
        help='write each line of jsonl with the file\'s name: {"document": NAME, "extraction": {...}}',
    )
    reading = command.add_argument_group("how it is read")
    reading.add_argument(
        "--encoding",
        metavar="NAME",
        type=_encoding,
        help="the files' encoding, such as windows-1252 (default: UTF-8); a byte order mark in a file wins over it",
    )
    reading.add_argument("--title", metavar="TEXT", help="the headline, where the text lacks it; for one file only")
    reading.add_argument(
        "--published", metavar="DATE", type=_moment, help="when the texts were published, such as 2021-12-31"
    )
    reading.add_argument(
        "--roster", metavar="FILE", help="people and bodies you know: JSON or CSV with id, name and aliases"
    )
    reading.add_argument(
        "--jobs", metavar="N", type=_jobs, default=1, help="processes that share the work; 0 for one a processor"
    )
    keeping = command.add_argument_group("what is kept", "What is kept answers to all of these.")
    keeping.add_argument(
        "--speaker",
        metavar="NAME",
        action="append",
        default=[],
        help="only what this speaker says or threatens: a full or last name, in any case and usual spelling; again for "
        "another one",
    )
    keeping.add_argument(
        "--act",
        metavar="ACT",
        choices=ACTS,
        action="append",
        default=[],
        help=f"only this act; again for another one: {', '.join(ACTS)}",
    )
    keeping.add_argument("--threats-only", action="store_true", help="only conditional threats, and where they stand")
    keeping.add_argument(
        "--min-confidence",
        metavar="SHARE",
        type=_share,
        default=0.0,
        help="leave out attributions and threats of less confidence, 0 to 1",
    )
    command.set_defaults(run=_extract, parser=command)


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


def _jobs(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(
            f"{text!r} is no number of processes; give 1 or more, or 0 for one a processor"
        )
    return int(text) or os.cpu_count() or 1


def _encoding(text: str) -> str:
    try:
        # Codecs that make no text of bytes, such as base64, are refused here, too.
        bytes(4).decode(text)
    except (LookupError, ValueError):
        raise argparse.ArgumentTypeError(
            f"{text!r} is no encoding of texts; give a name such as utf-8, windows-1252, latin-1 or utf-16-le"
        ) from None
    return text


def _schema(_options: argparse.Namespace) -> int:
    print(export.json_schema())
    return 0


def _completion(options: argparse.Namespace) -> int:
    print(completion.script(_parser(), options.shell), end="")
    return 0


def _info(options: argparse.Namespace) -> int:
    try:
        for name, what in about.facts():
            print(f"{name:<12} {what}", flush=True)
        if not options.no_speed_check:
            print(f"{'speed':<12} {about.words_a_second():,} words a second, of a short English article")
    except ReaderError as error:
        _complain(str(error))
        return 1
    return 0


def _extract(options: argparse.Namespace) -> int:
    failed = False

    def complain(name: str, why: str) -> None:
        nonlocal failed
        failed = True
        _complain(f"{name}: {why}")

    _check(options)
    try:
        settings = _settings(options)
        if options.format == "parquet":
            arrow_schema()
    except (ExtraError, QuotekitError, OSError) as error:
        _complain(str(error) if isinstance(error, QuotekitError) else f"{options.roster}: {reason(error)}")
        return 2
    # Of all that is read, names alone are held: the bar shows how many there are.
    files = list(find_files(options.paths, complain))
    if options.title is not None and len(files) > 1:
        options.parser.error(f"--title is for one file, and there are {len(files)}")
    if options.output is not None and (same := _input_at(options.output, files)) is not None:
        options.parser.error(f"--output would overwrite {same}, which is one of the files to read")

    def results() -> Iterator[tuple[str, Extraction]]:
        _progress(0, files)
        for done, (name, outcome) in enumerate(read_files(files, settings, jobs=options.jobs), 1):
            if isinstance(outcome, Extraction):
                if options.output is None and sys.stdout.isatty():
                    _clear()
                yield name, outcome
            elif outcome.is_general:
                # No other file would fare better.
                raise ReaderError(outcome.reason)
            else:
                complain(name, outcome.reason)
            _progress(done, files)
        _clear()

    try:
        write(
            results(),
            options.format,
            output=options.output,
            table=options.table or "attributions",
            several=files != options.paths or len(files) > 1,
            named=options.named,
            inputs=files,
        )
    except BrokenPipeError:
        raise
    except ReaderError as error:
        _complain(str(error))
        return 1
    except OSError as error:
        _complain(f"{options.output or 'standard output'}: {reason(error)}")
        return 1
    return int(failed)


def _check(options: argparse.Namespace) -> None:
    """Ends the process where options do not go together."""
    if options.format == "parquet" and options.output is None:
        options.parser.error("--format parquet needs --output")
    if options.table is not None and options.format not in ("csv", "parquet"):
        options.parser.error(f"--table is for csv and parquet, and the format is {options.format}")
    if options.named and options.format != "jsonl":
        options.parser.error(f"--named is for jsonl, and the format is {options.format}")
    try:
        checked_names(options.speaker)
    except QuotekitError as error:
        options.parser.error(f"argument --speaker: {error}")


def _settings(options: argparse.Namespace) -> Settings:
    return Settings(
        encoding=options.encoding,
        title=options.title,
        published=options.published,
        roster=None if options.roster is None else load_roster(options.roster),
        min_confidence=options.min_confidence,
        speakers=tuple(options.speaker),
        acts=tuple(options.act),
        threats=options.threats_only,
    )


def _input_at(output: Path, files: Sequence[str]) -> str | None:
    """The file that would be overwritten before it is read."""
    if not output.is_file():
        return None
    return next((name for name in files if name != STDIN and os.path.exists(name) and output.samefile(name)), None)


def _progress(done: int, files: Sequence[str]) -> None:
    if 1 < len(files) > done and sys.stderr.isatty():
        bar = "#" * (20 * done // len(files))
        name = shown(os.path.basename(files[done]))
        sys.stderr.write(f"{_CLEAR}[{bar:<20}] {done}/{len(files)} {name[:40]}")
        sys.stderr.flush()


def _clear() -> None:
    """Takes the progress bar off the line, so that something else can stand there."""
    if sys.stderr.isatty():
        sys.stderr.write(_CLEAR)
        sys.stderr.flush()


def _complain(message: str) -> None:
    _clear()
    print(f"quotekit: {shown(message)}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
