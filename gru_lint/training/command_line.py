"""What the commands of training and of the studies share: the console, errors in a line, where figures come from."""

from __future__ import annotations

import os
import platform
import shlex
import sys
from collections.abc import Iterable
from datetime import datetime, timezone
from pathlib import Path

import typer
from rich.console import Console

console = Console()


def run(commands: typer.Typer, program: str) -> None:
    """Runs what the command line names; what cannot be done is said in a line.

    program  the module that `python -m` was given
    """
    try:
        commands(prog_name=f"python -m {program}")
    except (FileNotFoundError, ValueError) as error:
        _print_error(str(error))
        sys.exit(2)


def existing(path: Path) -> Path:
    """The path; where nothing is there, the command ends with a line that says so."""
    if not path.exists():
        _print_error(f"{path}: no such file or directory")
        raise typer.Exit(2)
    return path


def _print_error(message: str) -> None:
    console.print(f"gru-lint: {message}", style="red", highlight=False)


def provenance(program: str) -> dict[str, str]:
    """Command, date and machine of the run that was begun with `python -m program`."""
    date = datetime.now(timezone.utc).date().isoformat()
    return {"command": running_command(program), "date": date, "machine": machine()}


def running_command(program: str) -> str:
    """The command that is running, begun with `python -m program`."""
    return shown_command(["python", "-m", program, *sys.argv[1:]])


def machine() -> str:
    """The machine in a few words, for figures that depend on it."""
    return f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}, Python {platform.python_version()}"


def shown_command(words: Iterable[str]) -> str:
    """A command as it is published: of a path from the root of a machine, the last part.

    >>> shown_command(["python", "-m", "gru_lint.training", "fit", "--out", "/home/me/run-1", "--words", "1000"])
    'python -m gru_lint.training fit --out run-1 --words 1000'
    """
    return shlex.join(map(_without_root, words))


def _without_root(word: str) -> str:
    option, sign, value = word.partition("=")
    if option.startswith("-") and sign:
        return f"{option}={_without_root(value)}"
    return Path(word).name if Path(word).is_absolute() else word
