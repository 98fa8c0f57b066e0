"""Where output goes: standard output, or a file that is written whole or not at all."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import typer

from gru_lint.cli._errors import discard, fail
from gru_lint.files.write import WriteError
from gru_lint.files.write import write_file as write_whole_file
from gru_lint.regular_files import reason_of
from gru_lint.sanitize import printable_page

COLOURS = ("auto", "always", "never")
_ANOTHER = "name another file with --output-file"
# Erases the screen and what was scrolled off it, and begins at the top: ECMA-48, with xterm's 3.
_CLEAR = "\033[2J\033[3J\033[H"


def wants_colour(asked: str, output_file: Path | None) -> bool:
    """Whether text is coloured: as the option says, else NO_COLOR or FORCE_COLOR, else on a terminal with colours."""
    if asked != "auto":
        return asked == "always"
    if output_file is not None or os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout is not None and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def check_output_file(path: Path) -> None:
    """Ends the run at once where the output file cannot be written."""
    try:
        refusal = _refusal(path)
    except (OSError, RuntimeError) as error:
        # RuntimeError: a loop of links, to Python before 3.13.
        refusal = f"cannot be written ({reason_of(error)}); {_ANOTHER}"
    if refusal is not None:
        fail(f"{path}: {refusal}")


def _refusal(path: Path) -> str | None:
    if path.is_dir():
        return "is a directory; --output-file needs the name of a file"
    if not path.parent.is_dir():
        return f"there is no directory {path.parent}; make it first"
    if path.exists() and not path.is_file():
        # A terminal or a pipe is written to directly.
        return None
    # A file is written beside the one whose place it takes.
    folder = path.resolve().parent
    if not os.access(folder, os.W_OK):
        return f"you may not write in {folder}; {_ANOTHER}"
    if path.exists() and not path.stat().st_mode & 0o222:
        return f"is read-only; {_ANOTHER}"
    return None


def write_file(path: Path, content: str | bytes) -> None:
    """Writes a report into a file, text in UTF-8."""
    try:
        write_whole_file(path, _encoded(content))
    except WriteError as error:
        fail(f"{error}; {_ANOTHER}")


def write_bytes(content: str | bytes) -> None:
    """Writes to standard output, text in UTF-8, whatever the terminal's encoding is: a program reads it."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(_encoded(content))
        sys.stdout.flush()
    except OSError as error:
        _give_up(error)


def write_text(content: str, *, in_colour: bool = False) -> None:
    """Writes to standard output in the terminal's encoding; characters that it lacks are escaped."""
    if sys.stdout is None:
        return
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        # On Windows this makes colours work.
        typer.echo(printable_page(content, in_colour=in_colour), nl=False, color=in_colour)
        sys.stdout.flush()
    except OSError as error:
        _give_up(error)


def clear_screen() -> None:
    """Erases the screen and what was scrolled off it, where standard output is a screen."""
    if sys.stdout is not None and sys.stdout.isatty():
        typer.echo(_CLEAR, nl=False)


def _encoded(content: str | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.encode("utf-8", "backslashreplace")


def _give_up(error: OSError) -> None:
    """Writes no more, silently where the reader has closed the pipe, as `| head -1` does."""
    discard(sys.stdout)
    if not isinstance(error, BrokenPipeError):
        fail(f"standard output: cannot be written ({error.strerror or error})")
