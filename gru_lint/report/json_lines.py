"""A JSON object a line (jsonlines.org), the same ones as in the JSON list."""

from __future__ import annotations

from gru_lint.report._base import Report, ReportFormat
from gru_lint.report._finding import finding_object
from gru_lint.sanitize import json_document


def render(report: Report) -> str:
    """The findings, an object a line."""
    return "".join(
        json_document(finding_object(file, finding), indent=None) for file in report.files for finding in file.findings
    )


FORMAT = ReportFormat("json-lines", "the same, an object a line, for programs that read line by line", render)
