"""The command line, one command a file: adding a command is adding a file here that defines COMMAND.

Exit codes: 0 nothing found, 1 findings, 2 something could not be checked or the command line is wrong, 130 interrupted.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from gru_lint.cli._errors import COULD_NOT_CHECK, INTERRUPTED, Commands, print_error, usage_error_message
from gru_lint.cli._output import write_text
from gru_lint.plugins import discover
from gru_lint.runtime.threads import use_one_thread

_NAME = "gru-lint"
_EXAMPLES = """\
[bold]Examples[/bold]

gru-lint check                       every text file under this folder
gru-lint check draft.md              one file
gru-lint explain draft.md:3:108      how one pronoun is judged, and what the network remembers there
gru-lint rule PA001                  what a rule flags and why
gru-lint doctor                      whether everything is installed and works

More about a command: gru-lint check --help
"""

application = typer.Typer(
    name=_NAME,
    cls=Commands,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:  # noqa: FBT001 - as Typer calls it
    if wanted:
        from gru_lint.cli._version import version_line

        write_text(f"{version_line()}\n")
        raise typer.Exit


@application.callback(invoke_without_command=True, epilog=_EXAMPLES)
def _application(
    context: typer.Context,
    *,
    version: Annotated[
        bool,
        typer.Option("--version", "-V", callback=_print_version, is_eager=True, help="Show the version and exit."),
    ] = False,
) -> None:
    """Finds pronouns that do not agree with the person or thing they refer to."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
        raise typer.Exit(COULD_NOT_CHECK)


for _module in discover(__name__, __path__):
    _module.COMMAND.add_to(application)


def main() -> None:
    """The entry point of the `gru-lint` script."""
    use_one_thread()
    try:
        code = application(prog_name=_NAME, standalone_mode=False)
    except typer.TyperException as error:
        print_error(usage_error_message(error))
        code = COULD_NOT_CHECK
    except (typer.Abort, KeyboardInterrupt):
        code = INTERRUPTED
    if code == INTERRUPTED:
        print_error("interrupted")
    sys.exit(code)
