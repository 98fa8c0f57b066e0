"""Error lines, one each, and the exit codes that go with them."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NoReturn, TextIO

import typer
from typer.core import TyperGroup

from gru_lint.did_you_mean import hint
from gru_lint.sanitize import escape_unprintable

_lost: list[bool] = []
FOUND_NOTHING, FOUND_SOMETHING, COULD_NOT_CHECK, INTERRUPTED = 0, 1, 2, 130


def print_error(line: object) -> None:
    """Writes a line for the user to standard error."""
    write_error(f"gru-lint: {escape_unprintable(str(line))}\n")


def write_error(text: str) -> None:
    """Writes a text to standard error; where it cannot be written, `has_lost_lines` says so."""
    try:
        typer.echo(text, nl=False, err=True)
    except OSError:
        _lost.append(True)
        discard(sys.stderr)


def discard(stream: TextIO) -> None:
    """Discards what a stream still buffers, which Python would flush when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def has_lost_lines() -> bool:
    """Whether something could not be written to standard error."""
    return bool(_lost)


def fail(reason: object) -> NoReturn:
    """Prints one line that says why the run cannot go on, and ends it with exit code 2."""
    print_error(reason)
    raise typer.Exit(COULD_NOT_CHECK)


class Commands(TyperGroup):
    """The commands; for an unknown one, the error suggests the nearest, or how to check a file of that name."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that the first argument names."""
        called = args[0] if args else ""
        if called and not called.startswith("-") and called not in self.commands and not ctx.resilient_parsing:
            if Path(called).exists():
                ctx.fail(f'unknown command "{called}"; to check this file: gru-lint check {called}')
            ctx.fail(f'unknown command "{called}"; {hint(called, self.commands)}')
        return super().resolve_command(ctx, args)


def usage_error_message(error: Any) -> str:
    """What is wrong with a command line, and what was probably meant."""
    # Only the error about an unknown option has these.
    if hasattr(error, "possibilities"):
        return _explain_option(error.option_name, error.ctx.command)
    parameter = getattr(error, "param", None)
    message = f"{max(parameter.opts, key=len)}: {error.message}" if parameter else error.format_message()
    return " ".join(message.split())


def _explain_option(option: str, command: Any) -> str:
    for name, subcommand in getattr(command, "commands", {}).items():
        if any(option in parameter.opts for parameter in subcommand.params):
            return f'the option "{option}" stands after the command: gru-lint {name} {option}'
    known = [name for parameter in command.params for name in parameter.opts if name.startswith("--")]
    return f'unknown option "{option}"; {hint(option, known)}'


def one_of(kind: str, names: Callable[[], Iterable[str]]) -> dict[str, Any]:
    """The arguments of a Typer option whose value is one of some names; for another, the error suggests the nearest."""

    def check(written: str | None) -> str | None:
        if written is not None and written not in names():
            raise typer.BadParameter(f'unknown {kind} "{written}"; {hint(written, names())}')
        return written

    def complete(incomplete: str) -> list[str]:
        return [name for name in names() if name.startswith(incomplete)]

    return {"callback": check, "autocompletion": complete, "metavar": f"<{kind}>"}
