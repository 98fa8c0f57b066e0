"""One line a finding: path:row:column: code message."""

from __future__ import annotations

from gru_lint.report._base import Format, Report
from gru_lint.report._terminal import Paint, place, visible, visible_name


def render(report: Report) -> str:
    """The findings, a line each."""
    paint = Paint(report.in_colour)
    return "".join(
        f"{paint('name', visible_name(file))}:{place(file, found)}: {paint('code', found.code)} "
        f"{visible(found.message)}\n"
        for file in report.files
        for found in file.findings
    )


FORMAT = Format("concise", "a line a finding, for people and editors", render, is_for_terminal=True)
