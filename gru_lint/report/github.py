"""Workflow commands of GitHub Actions, which become annotations. Columns count code points from 1."""

from __future__ import annotations

from gru_lint.records import Finding
from gru_lint.report._base import CheckedFile, Report, ReportFormat
from gru_lint.report._names import name_from_root
from gru_lint.report._terminal import printable
from gru_lint.sanitize import escape_unprintable

_IN_MESSAGES = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTIES = _IN_MESSAGES | str.maketrans({":": "%3A", ",": "%2C"})


def render(report: Report) -> str:
    """The findings, a command each."""
    return "".join(_command(file, finding, report) for file in report.files for finding in file.findings)


def _command(file: CheckedFile, finding: Finding, report: Report) -> str:
    row, column = file.lines.location(finding.span.start)
    end_row, end_column = file.lines.location(finding.span.end)
    properties = {
        "title": f"gru-lint ({finding.code})",
        "file": name_from_root(file, report.root),
        "line": row,
        "col": column,
        "endLine": end_row,
        "endColumn": end_column,
    }
    written = ",".join(
        f"{key}={escape_unprintable(str(value).translate(_IN_PROPERTIES))}" for key, value in properties.items()
    )
    command = file.severity_names(finding).github
    return f"::{command} {written}::{printable(finding.message).translate(_IN_MESSAGES)}\n"


FORMAT = ReportFormat("github", "annotations in GitHub Actions", render)
