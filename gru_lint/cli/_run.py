"""One run of `gru-lint check`: checks, fixes, reports, and returns the exit code."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from time import perf_counter
from typing import Literal

from gru_lint.check.batch import CheckResult, holds_no_prose
from gru_lint.check.check import CheckOptions, check_files
from gru_lint.cli import _baseline as adopting
from gru_lint.cli._errors import COULD_NOT_CHECK, FOUND_NOTHING, FOUND_SOMETHING, fail, print_error, write_error
from gru_lint.cli._output import write_bytes, write_file, write_text
from gru_lint.cli._progress import progress_bar
from gru_lint.config.discovery import ConfigError
from gru_lint.config.repository import repository_of
from gru_lint.files.find import STANDARD_INPUT
from gru_lint.files.read import FileError
from gru_lint.model.weights_path import WeightsError
from gru_lint.report import Report, ReportFormat, counted, render_statistics, summary
from gru_lint.sanitize import printable_page

FixMode = Literal["off", "write", "diff", "interactive"]


@dataclass(frozen=True, slots=True)
class Request:
    """One run of `gru-lint check`, as the command line asks for it.

    fixing          whether fixes are written, shown as a diff, or asked about
    baseline        a file with accepted findings, which are not reported
    write_baseline  a file to write, which accepts the findings of this run
    """

    options: CheckOptions
    shown_as: ReportFormat
    fixing: FixMode = "off"
    baseline: Path | None = None
    write_baseline: Path | None = None
    output_file: Path | None = None
    statistics: bool = False
    in_colour: bool = False
    quiet: bool = False
    verbose: bool = False
    exit_zero: bool = False

    @property
    def reads_standard_input(self) -> bool:
        """Whether one of the paths is standard input."""
        return STANDARD_INPUT in self.options.paths


def run(request: Request) -> int:
    """The exit code of a run, after all is checked, written and shown."""
    started = perf_counter()
    checked, failures, n_without_prose = _check(request)
    if n_without_prose and not checked:
        # "No findings" would suggest that a text was read.
        request = replace(request, quiet=True)
    if request.verbose:
        _print_timing(checked, perf_counter() - started)
    report = Report((), _root(), tuple(failures), request.in_colour)
    if request.fixing == "diff":
        return _show_diff(checked, report, quiet=request.quiet)
    if request.fixing == "off":
        files = [entry.file() for entry in checked]
        if request.write_baseline is not None:
            write_text(adopting.write_baseline(files, request.write_baseline))
            return COULD_NOT_CHECK if failures else FOUND_NOTHING
        if request.baseline is not None:
            files = adopting.without_accepted(files, request.baseline)
        report = replace(report, files=tuple(files))
    else:
        # Imported here: a run that fixes nothing does not need it.
        from gru_lint.cli._fixing import fix_by_asking, write_fixes

        named = request.options.paths
        if request.fixing == "interactive":
            fixed = fix_by_asking(checked, named, in_colour=request.in_colour)
        else:
            fixed = write_fixes(checked, named)
        failures += fixed.failures
        report = replace(report, files=fixed.files, n_fixed=fixed.n_fixed, failures=tuple(failures))
    _show(report, request)
    return _exit_code(report, request)


def run_tables(request: Request, column: str) -> int:
    """Checks the rows of tables by the texts in a column, and shows what was found; the exit code."""
    # Imported here: a run over files of text does not need it.
    from gru_lint.cli._columns import TableCheck

    with _one_line_errors():
        tables = TableCheck(column, request.options.finder())
        checked = [tables.check(path) for path in request.options.paths]
    files = tuple(file for file in checked if file is not None)
    report = Report(files, _root(), tuple(tables.failures), request.in_colour)
    _show(report, request)
    return _exit_code(report, request)


def _exit_code(report: Report, request: Request) -> int:
    if report.failures:
        return COULD_NOT_CHECK
    return FOUND_SOMETHING if report.n_findings and not request.exit_zero else FOUND_NOTHING


def _check(request: Request) -> tuple[list[CheckResult], list[str], int]:
    """The results in order, why other files could not be checked, and how many hold no prose."""
    checked, failures, n_without_prose = [], [], 0
    with _one_line_errors(), progress_bar("files", is_wanted=not request.quiet and not request.verbose) as progress:
        for entry in check_files(request.options, progress):
            if isinstance(entry, FileError):
                print_error(entry)
                failures.append(str(entry))
                continue
            if request.fixing != "off" and entry.task.is_packed and (entry.task.is_named or entry.findings):
                refusal = _refusal(entry.task.name)
                print_error(refusal)
                if entry.task.is_named:
                    failures.append(refusal)
                    continue
            if not entry.findings and not entry.unread and holds_no_prose(entry.task):
                print_error(
                    f"{entry.task.name}: nothing in it is prose: name the keys whose values are, in text-keys; "
                    "or use --column for one column of a table"
                )
                n_without_prose += 1
                continue
            checked.append(entry)
            for line in entry.unread:
                print_error(f"{'note: ' if request.exit_zero else ''}{entry.task.name}:{line}")
                if not request.exit_zero:
                    failures.append(f"{entry.task.name}:{line}")
            if request.verbose:
                print_error(f"{entry.task.name}: {len(entry.findings)} found")
    return checked, failures, n_without_prose


def _refusal(name: str) -> str:
    """The line about a document that cannot be fixed in its place."""
    path = PurePath(name)
    reviewed = path.with_name(f"{path.stem}.reviewed{path.suffix}")
    return f"{name}: cannot be fixed in its place; gru-lint review {name} -o {reviewed} --suggest writes a copy"


def add_ignores(options: CheckOptions) -> int:
    """Writes suppression comments for all findings; returns the exit code."""
    with _one_line_errors():
        return adopting.add_ignores(options)


@contextmanager
def _one_line_errors() -> Iterator[None]:
    """Ends the run with one line where an error makes it impossible."""
    try:
        yield
    except (ConfigError, WeightsError) as error:
        fail(error)


def _show_diff(checked: Sequence[CheckResult], report: Report, *, quiet: bool) -> int:
    from gru_lint.cli._fixing import show_diff

    n_fixed = show_diff(checked)
    if not quiet:
        fixed = counted(n_fixed, "finding") if n_fixed else "nothing"
        write_error(f"Would fix {fixed}.\n")
    if report.failures:
        return COULD_NOT_CHECK
    return FOUND_SOMETHING if n_fixed else FOUND_NOTHING


def _show(report: Report, request: Request) -> None:
    """Writes the report, and for people a count of the findings."""
    content = render_statistics(report, request.shown_as) if request.statistics else request.shown_as.render(report)
    count = "" if request.quiet else summary(report)
    if request.output_file is not None:
        write_file(request.output_file, content)
        write_text(count)
    elif request.fixing == "interactive":
        write_text(count)
    elif request.fixing == "write" and request.reads_standard_input:
        # Standard output is the text that was fixed.
        count = count if request.shown_as.is_for_terminal else ""
        write_error(printable_page(content + count, in_colour=report.in_colour))
    elif request.shown_as.is_for_terminal:
        write_text(content + count, in_colour=report.in_colour)
    else:
        write_bytes(content)


def _print_timing(checked: Sequence[CheckResult], seconds: float) -> None:
    from gru_lint.cli._version import version_line

    print_error(f"{len(checked):,} files in {seconds:.2f} s; {version_line()}")


def _root() -> Path:
    """The root of the repository of the working directory, or that directory itself."""
    folder = os.getcwd()  # noqa: PTH109
    return Path(repository_of(folder) or folder)
