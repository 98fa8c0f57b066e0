"""A JSON list of findings."""

from __future__ import annotations

import json

from gru_lint.report._base import Report, ReportFormat
from gru_lint.report._finding import finding_object
from gru_lint.sanitize import escape_json


def render(report: Report) -> str:
    """The findings as one JSON list, an object each."""
    findings = [finding_object(file, found) for file in report.files for found in file.findings]
    return escape_json(json.dumps(findings, ensure_ascii=False, indent=2)) + "\n"


FORMAT = ReportFormat("json", "all that is known of each finding, for programs", render)
