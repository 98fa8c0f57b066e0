"""`gru-lint corpus`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gru_lint.check.processes import n_cores
from gru_lint.cli import _settings as given
from gru_lint.cli._command import Command
from gru_lint.cli._errors import COULD_NOT_CHECK, FOUND_NOTHING, FOUND_SOMETHING, fail, one_of, print_error
from gru_lint.cli._output import write_text
from gru_lint.cli._progress import progress_bar
from gru_lint.config.discovery import ConfigError, ConfigFinder

_COLUMNS, _OUTPUT, _RUNS = "Columns", "Output", "Runs"
_ENGINES = ("local", "dask", "spark")


def corpus(
    inputs: Annotated[
        list[Path],
        typer.Argument(
            metavar="INPUT...", help="Tables: .parquet, .jsonl, .csv, .tsv; but for Parquet, compressed too."
        ),
    ],
    *,
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            metavar="<path>",
            help="A .parquet, .jsonl or .jsonl.gz file; any other name is a folder for many Parquet files.",
            rich_help_panel=_OUTPUT,
        ),
    ],
    column: Annotated[
        str, typer.Option(metavar="<name>", help="The column with the texts.", rich_help_panel=_COLUMNS)
    ] = "text",
    key: Annotated[
        str | None,
        typer.Option(metavar="<name>", help="A column that identifies the rows, to keep.", rich_help_panel=_COLUMNS),
    ] = None,
    context_column: Annotated[
        str | None,
        typer.Option(
            metavar="<name>",
            help="A column with what stands before the text: the segment before it. It is read, and not judged.",
            rich_help_panel=_COLUMNS,
        ),
    ] = None,
    source_column: Annotated[
        str | None,
        typer.Option(
            metavar="<name>",
            help="A column with the text that was translated, to keep beside the findings: it is not read.",
            rich_help_panel=_COLUMNS,
        ),
    ] = None,
    source_lang: Annotated[
        str | None,
        typer.Option(metavar="<code>", help="Its language, to keep: de for German.", rich_help_panel=_COLUMNS),
    ] = None,
    group_by: Annotated[
        str | None,
        typer.Option(
            metavar="<name>",
            help="A column by whose values the summary counts, too: which system errs most.",
            rich_help_panel=_COLUMNS,
        ),
    ] = None,
    only_findings: Annotated[
        bool,
        typer.Option("--only-findings", help="Leave out rows in which nothing was found.", rich_help_panel=_OUTPUT),
    ] = False,
    min_confidence: given.MinConfidence = None,
    select: given.Select = None,
    ignore: given.Ignore = None,
    config_file: given.ConfigFile = None,
    isolated: given.Isolated = False,
    engine: Annotated[
        str,
        typer.Option(
            help=f"What distributes the work: {', '.join(_ENGINES)}.",
            rich_help_panel=_RUNS,
            **one_of("engine", lambda: _ENGINES),
        ),
    ] = "local",
    address: Annotated[
        str | None,
        typer.Option(
            metavar="<address>",
            help="A Dask scheduler's address or a Spark master's URL; by default workers on this machine, "
            "or what spark-submit says.",
            rich_help_panel=_RUNS,
        ),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers",
            "-j",
            min=1,
            metavar="<n>",
            help="The processes on this machine; by default one for each core.",
            rich_help_panel=_RUNS,
        ),
    ] = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Show neither progress nor summary.", rich_help_panel=_OUTPUT)
    ] = False,
) -> None:
    """Check the rows of tables, each a text of its own, and write them with their findings.

    A run that was interrupted or killed goes on where it was when it is started again in the same way.

    [bold]Exit codes[/bold]

    0    nothing was found
    1    something was found
    2    a row or a table could not be checked, or the command line is wrong
    130  interrupted
    """
    try:
        from gru_lint.corpus.engines import ENGINES
        from gru_lint.corpus.job import Columns, CorpusError, Job
        from gru_lint.corpus.run import run_corpus
        from gru_lint.corpus.tally import summary_lines
    except ImportError as error:
        if error.name != "pyarrow":
            raise
        fail("tables are read with Apache Arrow: install gru-lint[corpus]")
    if source_lang is not None and source_column is None:
        fail("--source-lang is the language of a column: name it with --source-column")
    if address is not None and engine == "local":
        fail("--address is that of a cluster: name --engine dask or spark")
    keys = given.command_line_keys(min_confidence=min_confidence, select=select, ignore=ignore)
    try:
        settings = ConfigFinder(keys, config_file, is_isolated=isolated).settings_for(inputs[0])
        job = Job(
            tuple(inputs),
            output,
            Columns(column, key, context_column, source_column, group_by),
            source_lang,
            only_findings,
            settings,
        )
        with progress_bar("rows", is_wanted=not quiet) as progress:
            tally = run_corpus(job, ENGINES[engine], address, workers or n_cores(), progress)
    except (ConfigError, CorpusError) as error:
        fail(error)
    for line in tally.bad:
        print_error(line)
    if tally.n_bad > len(tally.bad):
        print_error(f"and {tally.n_bad - len(tally.bad):,} rows more that could not be checked; see the column error")
    if not quiet:
        write_text("".join(f"{line}\n" for line in summary_lines(tally, group_by)))
    code = COULD_NOT_CHECK if tally.n_bad else FOUND_SOMETHING if tally.findings else FOUND_NOTHING
    raise typer.Exit(code)


COMMAND = Command(
    corpus,
    """\
gru-lint corpus segments.parquet -o findings.parquet            a column called text
gru-lint corpus *.jsonl.gz -o found.jsonl --only-findings       what is wrong, and nothing else
gru-lint corpus mt.tsv -o mt.parquet --column target            another column
gru-lint corpus mt.csv -o mt.parquet --group-by system          and which system errs most
gru-lint corpus book.csv -o book.jsonl --context-column before  with the segment before each
gru-lint corpus big/*.parquet -o found --engine dask            by the workers of a cluster
""",
)
