"""`gru-lint check`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Annotated

import typer

from gru_lint.checking import CheckOptions, check_files
from gru_lint.cli import _adopt as adopting
from gru_lint.cli import _settings as given
from gru_lint.cli._command import Command
from gru_lint.cli._errors import COULD_NOT_CHECK, FOUND_NOTHING, FOUND_SOMETHING, one_of, say, stop
from gru_lint.cli._output import COLOURS, check_output_file, wants_colour, write_bytes, write_file, write_text
from gru_lint.config_files import ConfigError
from gru_lint.files import FileError
from gru_lint.report import (
    CheckedFile,
    Format,
    Report,
    all_formats,
    can_count,
    format_called,
    render_statistics,
    summary,
)

_OUTPUT, _ADOPTING = "Output", "Adopting"


def _format_names() -> list[str]:
    return [known.name for known in all_formats()]


def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Files and directories; - is standard input.", show_default="the current directory"),
    ] = None,
    stdin_filename: Annotated[
        Path | None,
        typer.Option(
            metavar="<file>", help="The name to report for standard input; its extension says how to read it."
        ),
    ] = None,
    min_confidence: given.MinConfidence = None,
    select: given.Select = None,
    ignore: given.Ignore = None,
    report_unused_ignores: given.UnusedIgnores = False,
    exclude: given.Exclude = None,
    force_exclude: given.ForceExclude = False,
    no_ignore: given.NoIgnore = False,
    extension: given.Extension = None,
    config_file: given.ConfigFile = None,
    isolated: given.Isolated = False,
    baseline: Annotated[
        Path | None,
        typer.Option(metavar="<file>", help="Report only what this file does not accept.", rich_help_panel=_ADOPTING),
    ] = None,
    write_baseline: Annotated[
        Path | None,
        typer.Option(metavar="<file>", help="Accept what is found, in this file.", rich_help_panel=_ADOPTING),
    ] = None,
    add_ignores: Annotated[
        bool,
        typer.Option(
            "--add-ignores", help="Silence what is found by comments in the texts.", rich_help_panel=_ADOPTING
        ),
    ] = False,
    output_format: Annotated[
        str,
        typer.Option(
            help=f"How findings are shown: {', '.join(_format_names())}.",
            rich_help_panel=_OUTPUT,
            **one_of("format", _format_names),
        ),
    ] = "full",
    output_file: Annotated[
        Path | None,
        typer.Option(
            "--output-file", "-o", metavar="<file>", help="Write the report into this file.", rich_help_panel=_OUTPUT
        ),
    ] = None,
    statistics: Annotated[
        bool,
        typer.Option("--statistics", help="Show how many findings each rule has instead.", rich_help_panel=_OUTPUT),
    ] = False,
    color: Annotated[
        str,
        typer.Option(
            help="Whether text is coloured: auto, always or never. NO_COLOR and FORCE_COLOR are heeded by auto.",
            rich_help_panel=_OUTPUT,
            **one_of("value", lambda: COLOURS),
        ),
    ] = "auto",
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Show the findings and nothing else.", rich_help_panel=_OUTPUT)
    ] = False,
    verbose: Annotated[
        bool,
        typer.Option(
            "--verbose", "-v", help="Say on standard error what is read, with which weights.", rich_help_panel=_OUTPUT
        ),
    ] = False,
) -> None:
    """Check files and report pronouns that do not agree.

    Rules, thresholds and people's pronouns are set in the nearest gru-lint.toml or pyproject.toml above each file.

    [bold]Exit codes[/bold]

    0    nothing was found
    1    something was found
    2    a file could not be checked, or the command line is wrong
    130  interrupted
    """
    shown_as = format_called(output_format)
    if statistics and not can_count(shown_as):
        stop(f"--statistics has no place in {shown_as.name}; use full, concise, grouped, json or json-lines")
    if output_file is not None:
        check_output_file(output_file)
    if sum((baseline is not None, write_baseline is not None, add_ignores)) > 1:
        stop("--baseline, --write-baseline and --add-ignores exclude each other")
    keys = given.command_line_keys(
        min_confidence, select, ignore, report_unused_ignores, exclude, force_exclude, no_ignore, extension
    )
    options = CheckOptions(tuple(paths or [Path()]), stdin_filename, keys, config_file, isolated)
    if add_ignores:
        with _ending_the_run():
            raise typer.Exit(adopting.add_ignores(options))
    started = perf_counter()
    files, failures = [], []
    for entry in _checked(options):
        if isinstance(entry, FileError):
            say(entry)
            failures.append(str(entry))
            continue
        files.append(entry)
        if verbose:
            say(f"{entry.filename}: {len(entry.diagnostics)} found")
    if write_baseline is not None:
        write_text(adopting.write_baseline(files, write_baseline))
        raise typer.Exit(COULD_NOT_CHECK if failures else FOUND_NOTHING)
    if baseline is not None:
        files = adopting.without_accepted(files, baseline)
    report = Report(tuple(files), _root(), tuple(failures), wants_colour(color, output_file))
    if verbose:
        _tell_of_the_run(report, perf_counter() - started)
    _show(report, shown_as, output_file, statistics, quiet)
    if failures:
        raise typer.Exit(COULD_NOT_CHECK)
    raise typer.Exit(FOUND_SOMETHING if report.n_findings else FOUND_NOTHING)


def _checked(options: CheckOptions) -> Iterator[CheckedFile | FileError]:
    """The files in order; what ends the run is said in a line."""
    with _ending_the_run():
        yield from check_files(options)


@contextmanager
def _ending_the_run() -> Iterator[None]:
    """Says in a line what ends the run."""
    try:
        yield
    except ConfigError as error:
        stop(error)
    except Exception as error:
        # Looked at only when something was raised: importing it earlier would import NumPy.
        from gru_lint.weights import WeightsError

        if isinstance(error, WeightsError):
            stop(error)
        raise


def _show(report: Report, shown_as: Format, output_file: Path | None, statistics: bool, quiet: bool) -> None:
    """Writes the report, and for people a count of the findings."""
    content = render_statistics(report, shown_as) if statistics else shown_as.render(report)
    count = "" if quiet else summary(report)
    if output_file is not None:
        write_file(output_file, content)
        write_text(count)
    elif shown_as.is_for_terminal:
        write_text(content + count, report.in_colour)
    else:
        write_bytes(content)


def _tell_of_the_run(report: Report, seconds: float) -> None:
    from gru_lint.cli._version import version_line

    say(f"{len(report.files):,} files in {seconds:.2f} s; {version_line()}")


def _root() -> Path:
    """The root of the repository that is worked in, or the working directory."""
    folder = Path(os.getcwd())  # noqa: PTH109
    return next((parent for parent in (folder, *folder.parents) if (parent / ".git").exists()), folder)


COMMAND = Command(
    check,
    """\
gru-lint check                                      all text files below
gru-lint check draft.md notes/                      a file and a folder
gru-lint check - < draft.md                         standard input
gru-lint check --min-confidence 0.8                 more findings, less sure
gru-lint check --select PA001,PA004                 two rules only
gru-lint check --write-baseline baseline.json       accept what is there today
gru-lint check --baseline baseline.json             and see only what is new
gru-lint check --statistics                         a count for each rule
gru-lint check --output-format html -o report.html  a page to open
""",
)
