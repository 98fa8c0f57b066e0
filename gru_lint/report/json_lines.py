"""A JSON object a line (jsonlines.org), the same ones as in the JSON list."""

from __future__ import annotations

import json

from gru_lint.report._base import Report, ReportFormat
from gru_lint.report._finding import finding_object
from gru_lint.sanitize import escape_json


def render(report: Report) -> str:
    """The findings, an object a line."""
    return "".join(
        escape_json(json.dumps(finding_object(file, found), ensure_ascii=False)) + "\n"
        for file in report.files
        for found in file.findings
    )


FORMAT = ReportFormat("json-lines", "the same, an object a line, for programs that read line by line", render)
