"""`gru-lint check`."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from gru_lint.check.check import CheckOptions
from gru_lint.cli import _settings as given
from gru_lint.cli._cache import CacheFolder, cache_folder_to_use
from gru_lint.cli._command import Command
from gru_lint.cli._errors import INTERRUPTED, fail, one_of, print_error
from gru_lint.cli._output import COLOURS, check_output_file, clear_screen, wants_colour
from gru_lint.cli._run import FixMode, Request, run, run_tables
from gru_lint.cli._run import add_ignores as write_ignores
from gru_lint.files.find import STANDARD_INPUT
from gru_lint.report import all_formats, can_count

_OUTPUT, _FIXES, _RUNS, _ADOPTING = "Output", "Fixes", "Runs", "Adopting"


def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Files and directories; - is standard input.", show_default="the current directory"),
    ] = None,
    *,
    stdin_filename: Annotated[
        Path | None,
        typer.Option(
            metavar="<file>", help="The name to report for standard input; its extension says how to read it."
        ),
    ] = None,
    column: Annotated[
        str | None,
        typer.Option(
            metavar="<name>",
            help="Read the files as tables (.csv, .tsv, .jsonl, .parquet): each text in this column by itself.",
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
            "--add-ignores", help="Write comments into the texts that silence what is found.", rich_help_panel=_ADOPTING
        ),
    ] = False,
    output_format: Annotated[
        str,
        typer.Option(
            help=f"How findings are shown: {', '.join(all_formats())}.",
            rich_help_panel=_OUTPUT,
            **one_of("format", all_formats),
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
    fix: Annotated[
        bool,
        typer.Option("--fix", help="Fix the findings that are surest.", rich_help_panel=_FIXES),
    ] = False,
    interactive: Annotated[
        bool, typer.Option("--interactive", help="Ask about one finding at a time.", rich_help_panel=_FIXES)
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Show what --fix would change, and write nothing.", rich_help_panel=_FIXES)
    ] = False,
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs",
            "-j",
            min=1,
            metavar="<n>",
            help="The most processes to use; by default one for each core, and fewer for little text.",
            rich_help_panel=_RUNS,
        ),
    ] = None,
    no_cache: Annotated[
        bool,
        typer.Option("--no-cache", help="Neither read nor write cached findings.", rich_help_panel=_RUNS),
    ] = False,
    cache_dir: CacheFolder = None,
    watch: Annotated[
        bool,
        typer.Option("--watch", "-w", help="Check again whenever a file has changed.", rich_help_panel=_RUNS),
    ] = False,
    exit_zero: Annotated[
        bool,
        typer.Option(
            "--exit-zero",
            help="Exit with 0 whatever is found; what could not be read is a note.",
            rich_help_panel=_OUTPUT,
        ),
    ] = False,
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

    0    nothing was found, or --exit-zero
    1    something was found; with --fix, something is left; with --diff, something would change
    2    a file could not be checked, or not all of it, or the command line is wrong
    130  interrupted
    """
    shown_as = all_formats()[output_format]
    if statistics and not can_count(shown_as):
        fail(f"--statistics has no place in {shown_as.name}; use full, concise, grouped, json or json-lines")
    if output_file is not None:
        check_output_file(output_file)
    fixing: FixMode = "diff" if diff else "interactive" if interactive else "write" if fix else "off"
    keys = given.command_line_keys(
        min_confidence=min_confidence,
        select=select,
        ignore=ignore,
        unused_ignores=report_unused_ignores,
        exclude=exclude,
        force_exclude=force_exclude,
        no_ignore=no_ignore,
        extension=extension,
    )
    finds_configuration = config_file is None and not isolated
    uses_cache = not no_cache and paths != [STANDARD_INPUT]
    options = CheckOptions(
        paths=tuple(paths or [Path()]),
        stdin_filename=stdin_filename,
        keys=keys,
        config_file=config_file,
        is_isolated=isolated,
        wants_fixes=fixing in ("diff", "write"),
        n_processes=jobs,
        cache_folder=cache_folder_to_use(cache_dir, finds_configuration=finds_configuration) if uses_cache else None,
    )
    request = Request(
        options,
        shown_as,
        fixing=fixing,
        baseline=baseline,
        write_baseline=write_baseline,
        output_file=output_file,
        statistics=statistics,
        in_colour=wants_colour(color, output_file),
        quiet=quiet,
        verbose=verbose,
        exit_zero=exit_zero,
    )
    n_adopting = sum((baseline is not None, write_baseline is not None, add_ignores))
    if n_adopting > 1:
        fail("--baseline, --write-baseline and --add-ignores exclude each other")
    if n_adopting and fixing != "off":
        fail("--fix, --diff and --interactive go without --baseline, --write-baseline and --add-ignores")
    if request.reads_standard_input and (interactive or watch):
        fail(f"{'--interactive' if interactive else '--watch'} needs files: standard input cannot be read twice")
    if watch and (write_baseline is not None or add_ignores):
        fail("--watch only checks: leave --write-baseline and --add-ignores out")
    if interactive and (diff or watch):
        fail(f"--interactive asks, {'--diff' if diff else '--watch'} runs by itself: leave one of them out")
    if column is not None:
        if n_adopting or fixing != "off" or watch:
            fail("--column only reports: leave out what writes, asks, accepts or watches")
        if not paths:
            fail("--column needs the names of tables")
        raise typer.Exit(run_tables(request, column))
    if add_ignores:
        raise typer.Exit(write_ignores(options))
    raise typer.Exit(_watch(request) if watch else run(request))


def _watch(request: Request) -> int:
    """Runs again whenever a file has changed; Ctrl-C ends it."""
    from gru_lint.check.watch import WatchError, changes

    try:
        for _ in changes(request.options.paths, request.output_file):
            clear_screen()
            with suppress(typer.Exit):
                run(request)
            print_error("waiting for changes; Ctrl-C ends it")
    except WatchError as error:
        fail(error)
    return INTERRUPTED


COMMAND = Command(
    check,
    """\
gru-lint check                                      all text files below
gru-lint check draft.md notes/                      a file and a folder
gru-lint check - < draft.md                         standard input
gru-lint check --column text segments.csv           each row of a table by itself
gru-lint check --min-confidence 0.8                 more findings, less sure
gru-lint check --diff                               what would be fixed
gru-lint check --fix                                and fix it
gru-lint check --fix --interactive                  but ask before each
gru-lint check --watch docs/                        again after each change
gru-lint check --select PA001,PA004                 two rules only
gru-lint check --write-baseline baseline.json       accept what is there today
gru-lint check --baseline baseline.json             and see only what is new
gru-lint check --statistics                         a count for each rule
gru-lint check --output-format html -o report.html  a page to open
""",
)
