"""Checkstyle's XML. Columns count code points from 1."""

from __future__ import annotations

from gru_lint.report._base import Report, ReportFormat
from gru_lint.report._names import name_as_given
from gru_lint.report._xml import document, element


def render(report: Report) -> str:
    """A file element for each file in which something was found."""
    root = element("checkstyle", version="4.3")
    for file in report.files:
        if not file.findings:
            continue
        parent = element("file", root, name=name_as_given(file))
        for finding in file.findings:
            row, column = file.lines.location(finding.span.start)
            element(
                "error",
                parent,
                line=row,
                column=column,
                severity=file.severity_names(finding).checkstyle,
                message=finding.message,
                source=f"gru-lint.{finding.code}",
            )
    return document(root)


FORMAT = ReportFormat("checkstyle", "Checkstyle's XML, for Jenkins, reviewdog and many others", render)
