"""The command line: arguments, exit codes, and what goes to which stream.

Exit codes: 0 nothing found, 1 findings, 2 something could not be checked.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from gru_lint import __version__, rule_page
from gru_lint.config import SettingsError, parse_confidence
from gru_lint.config_files import ConfigError, ConfigFinder
from gru_lint.files import FileError, decode, find_files, read_text
from gru_lint.lines import LineIndex
from gru_lint.linter import lint_text
from gru_lint.records import Diagnostic
from gru_lint.report import CheckedFile, format_names, render
from gru_lint.rules import UnknownRuleError, all_rules, rule_called
from gru_lint.threads import use_one_thread

FOUND_NOTHING, FOUND_SOMETHING, COULD_NOT_CHECK = 0, 1, 2
_STANDARD_INPUT = Path("-")

OutputFormat = Enum("OutputFormat", {name: name for name in format_names()})  # type: ignore[misc]
PageFormat = Enum("PageFormat", {name: name for name in rule_page.format_names()})  # type: ignore[misc]

application = typer.Typer(
    name="gru-lint",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    help="Finds pronouns that do not agree with the person or thing they refer to.",
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"gru-lint {__version__}")
        raise typer.Exit


@application.callback()
def _application(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Finds pronouns that do not agree with the person or thing they refer to."""


def _read_confidence(written: str) -> float:
    try:
        return parse_confidence(float(written), ("--min-confidence",))
    except (ValueError, SettingsError):
        raise typer.BadParameter(f"{written!r} is not a number from 0 to 1.") from None


@application.command()
def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Files and directories; - is standard input.", show_default="the current directory"),
    ] = None,
    output_format: Annotated[OutputFormat, typer.Option(help="How findings are shown.")] = OutputFormat.full,  # type: ignore[attr-defined]
    stdin_filename: Annotated[
        Path | None, typer.Option(help="The name to report for standard input; its extension says how to read it.")
    ] = None,
    min_confidence: Annotated[
        float | None,
        typer.Option(
            parser=_read_confidence,
            metavar="<0..1>",
            help="Show findings of every rule from this confidence on, whatever is calibrated or configured.",
        ),
    ] = None,
) -> None:
    """Check files and report pronouns that do not agree.

    Exits with 0 if nothing was found, 1 if something was, 2 if a file could not be checked.
    """
    checked: list[CheckedFile] = []
    failed = False
    config = ConfigFinder()
    for entry in _entries(paths or [Path()], stdin_filename):
        if isinstance(entry, FileError):
            typer.echo(f"gru-lint: {entry}", err=True)
            failed = True
            continue
        name, text = entry
        try:
            settings = config.settings_for(name)
            if min_confidence is not None:
                settings = settings.with_min_confidence(min_confidence)
            diagnostics = lint_text(text, filename=name, settings=settings)
        except ConfigError as error:
            raise _stop(error) from None
        except _weights_error() as error:
            raise _stop(error) from None
        checked.append(_checked(name, text, diagnostics))
    sys.stdout.write(render(output_format.value, checked))
    n_findings = sum(len(file.diagnostics) for file in checked)
    if output_format.value != "json":
        typer.echo(_summary(n_findings, len(checked)))
    if failed:
        raise typer.Exit(COULD_NOT_CHECK)
    raise typer.Exit(FOUND_SOMETHING if n_findings else FOUND_NOTHING)


@application.command()
def rule(
    called: Annotated[
        str | None, typer.Argument(metavar="RULE", help="Its code or its name: PA001, gender-mismatch.")
    ] = None,
    show_all: Annotated[bool, typer.Option("--all", help="Show every rule.")] = False,
    output_format: Annotated[PageFormat, typer.Option(help="How the rule is shown.")] = PageFormat.text,  # type: ignore[attr-defined]
) -> None:
    """Show what a rule flags and why, what it never flags, and where it is known to be wrong."""
    if (called is None) == (not show_all):
        raise _stop("name one rule, or say --all")
    try:
        rules = all_rules() if called is None else (rule_called(called),)
    except UnknownRuleError as error:
        raise _stop(error) from None
    sys.stdout.write(rule_page.render(rules, output_format.value))


def _entries(paths: list[Path], stdin_filename: Path | None) -> Iterator[tuple[str, str] | FileError]:
    """Name and text of each file in order, or why it cannot be checked; no file comes twice."""
    seen: set[Path] = set()
    for path in paths:
        if path == _STANDARD_INPUT:
            name = str(stdin_filename or "-")
            try:
                yield name, decode(sys.stdin.buffer.read(), name)
            except FileError as error:
                yield error
            continue
        files = find_files(path)
        while True:
            try:
                file = next(files)
                identity = file.resolve()
                if identity not in seen:
                    seen.add(identity)
                    yield str(file), read_text(file)
            except StopIteration:
                break
            except FileError as error:
                yield error
            except (OSError, RuntimeError) as error:
                yield FileError(f"{path}: cannot be read ({error})")


def _stop(reason: object) -> typer.Exit:
    """Says in one line why nothing is checked or shown."""
    typer.echo(f"gru-lint: {reason}", err=True)
    return typer.Exit(COULD_NOT_CHECK)


def _checked(name: str, text: str, diagnostics: tuple[Diagnostic, ...]) -> CheckedFile:
    return CheckedFile(name, text if diagnostics else "", LineIndex(text if diagnostics else ""), diagnostics)


def _weights_error() -> type[Exception]:
    # Looked at only when something was raised: importing it earlier would import NumPy.
    from gru_lint.weights import WeightsError

    return WeightsError


def _summary(n_findings: int, n_files: int) -> str:
    files = "1 file" if n_files == 1 else f"{n_files:,} files"
    if not n_findings:
        return f"No findings in {files}."
    return f"Found {n_findings:,} {'finding' if n_findings == 1 else 'findings'} in {files}."


def main() -> None:
    """The entry point of the `gru-lint` script."""
    use_one_thread()
    application()


if __name__ == "__main__":
    main()
