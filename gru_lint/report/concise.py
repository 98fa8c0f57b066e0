"""One line a finding: path:row:column: code message."""

from __future__ import annotations

from gru_lint.report._base import Report, ReportFormat
from gru_lint.report._terminal import Paint, place, printable, printable_name


def render(report: Report) -> str:
    """The findings, a line each."""
    paint = Paint(in_colour=report.in_colour)
    return "".join(
        f"{paint('name', printable_name(file))}:{place(file, finding)}: {paint('code', finding.code)} "
        f"{printable(finding.message)}\n"
        for file in report.files
        for finding in file.findings
    )


FORMAT = ReportFormat("concise", "a line a finding, for people and editors", render, is_for_terminal=True)
