"""reviewdog's diagnostic format. Columns count bytes of UTF-8 from 1, ends are excluded."""

from __future__ import annotations

from typing import Any

from gru_lint.records import Finding, Span
from gru_lint.report._base import CheckedFile, Report, ReportFormat
from gru_lint.report._names import name_as_given
from gru_lint.rules import rule_called
from gru_lint.rules._page import HOME_URL, page_url
from gru_lint.sanitize import json_document


def render(report: Report) -> str:
    """The findings as one JSON object."""
    result = {
        "source": {"name": "gru-lint", "url": HOME_URL},
        "diagnostics": [_finding(file, finding) for file in report.files for finding in file.findings],
    }
    return json_document(result)


def _finding(file: CheckedFile, finding: Finding) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "message": finding.message,
        "location": _location(file, finding.span),
        "severity": file.severity_names(finding).rdjson,
        "code": {"value": finding.code, "url": page_url(rule_called(finding.code))},
    }
    if not file.is_packed:
        shown["suggestions"] = [{"range": _range(file, finding.span), "text": fix} for fix in finding.replacements]
    if finding.antecedent is not None:
        antecedent = {"message": "the antecedent", "location": _location(file, finding.antecedent.span)}
        shown["related_locations"] = [antecedent]
    return shown


def _location(file: CheckedFile, span: Span) -> dict[str, Any]:
    return {"path": name_as_given(file), "range": _range(file, span)}


def _range(file: CheckedFile, span: Span) -> dict[str, Any]:
    return {"start": _position(file, span.start), "end": _position(file, span.end)}


def _position(file: CheckedFile, offset: int) -> dict[str, int]:
    row = file.lines.location(offset).row
    before = file.text[file.lines.line(row).start : offset]
    return {"line": row, "column": len(before.encode("utf-8", "surrogatepass")) + 1}


FORMAT = ReportFormat("rdjson", "reviewdog's format, with suggestions that can be applied in review", render)
