"""A JSON list of findings."""

from __future__ import annotations

from gru_lint.report._base import Report, ReportFormat
from gru_lint.report._finding import finding_object
from gru_lint.sanitize import json_document


def render(report: Report) -> str:
    """The findings as one JSON list, an object each."""
    findings = [finding_object(file, finding) for file in report.files for finding in file.findings]
    return json_document(findings)


FORMAT = ReportFormat("json", "all that is known of each finding, for programs", render)
