"""GitLab's code quality report. Columns count code points from 1."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gru_lint.fingerprints import fingerprints
from gru_lint.report._base import CheckedFile, Report, ReportFormat
from gru_lint.report._names import name_from_root
from gru_lint.sanitize import json_document


def render(report: Report) -> str:
    """The findings as one JSON list."""
    issues = [issue for file in report.files for issue in _issues(file, report)]
    return json_document(issues)


def _issues(file: CheckedFile, report: Report) -> Iterator[dict[str, Any]]:
    path = name_from_root(file, report.root)
    for finding, fingerprint in zip(file.findings, fingerprints(file.text, file.findings, path), strict=True):
        row, column = file.lines.location(finding.span.start)
        end_row, end_column = file.lines.location(finding.span.end)
        yield {
            "description": f"{finding.code}: {finding.message}",
            "check_name": finding.name,
            "fingerprint": fingerprint,
            "severity": file.severity_names(finding).gitlab,
            "location": {
                "path": path,
                "positions": {
                    "begin": {"line": row, "column": column},
                    "end": {"line": end_row, "column": end_column},
                },
            },
        }


FORMAT = ReportFormat("gitlab", "GitLab's code quality report", render)
