"""The form of a command."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import typer


@dataclass(frozen=True, slots=True)
class Command:
    """One command; one file each in this package, which calls it COMMAND.

    run       its parameters are the options, its docstring the help
    examples  command lines with what each does, a line each
    name      what it is called; by default as the function
    """

    run: Callable[..., None]
    examples: str
    name: str | None = None

    def add_to(self, application: typer.Typer) -> None:
        """Makes it a command of the application."""
        epilog = f"[bold]Examples[/bold]\n\n{self.examples}"
        application.command(self.name, epilog=epilog)(self.run)
