"""The findings of a file below its name."""

from __future__ import annotations

from collections.abc import Iterator

from gru_lint.report._base import CheckedFile, Report, ReportFormat
from gru_lint.report._terminal import Paint, place, printable, printable_name


def render(report: Report) -> str:
    """A block for each file in which something was found."""
    paint = Paint(in_colour=report.in_colour)
    return "".join(line for file in report.files if file.findings for line in _block(file, paint))


def _block(file: CheckedFile, paint: Paint) -> Iterator[str]:
    yield f"{paint('name', printable_name(file))}:\n"
    places = [place(file, finding) for finding in file.findings]
    n_cells = max(map(len, places))
    for where, finding in zip(places, file.findings, strict=True):
        yield f"  {where:<{n_cells}}  {paint('code', finding.code)} {printable(finding.message)}\n"
    yield "\n"


FORMAT = ReportFormat("grouped", "the findings of a file below its name, for people", render, is_for_terminal=True)
