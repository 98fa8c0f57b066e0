"""The form of a command."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import typer


@dataclass(frozen=True, slots=True)
class Command:
    """One command; one file each in this package, which calls it COMMAND.

    run       its name is the command's, its parameters are the options, its docstring the help
    examples  command lines with what each does, a line each
    """

    run: Callable[..., None]
    examples: str

    def add_to(self, application: typer.Typer) -> None:
        """Makes it a command of the application."""
        epilog = f"[bold]Examples[/bold]\n\n{self.examples}"
        application.command(epilog=epilog)(self.run)
