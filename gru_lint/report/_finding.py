"""A finding as a JSON object; rows and columns from 1, everything in code points."""

from __future__ import annotations

from typing import Any

from gru_lint.records import Antecedent, Finding, Span
from gru_lint.report._base import CheckedFile
from gru_lint.report._names import readable


def finding_object(file: CheckedFile, finding: Finding) -> dict[str, Any]:
    """All that is known of a finding."""
    return {
        "code": finding.code,
        "name": finding.name,
        "message": finding.message,
        "filename": readable(file.filename),
        **_place(file, finding.span),
        "replacements": list(finding.replacements),
        "antecedent": _antecedent(file, finding.antecedent),
        "confidence": finding.confidence,
    }


def _antecedent(file: CheckedFile, antecedent: Antecedent | None) -> dict[str, Any] | None:
    return {"text": antecedent.text, **_place(file, antecedent.span)} if antecedent else None


def _place(file: CheckedFile, span: Span) -> dict[str, Any]:
    return {
        "location": file.lines.location(span.start)._asdict(),
        "end_location": file.lines.location(span.end)._asdict(),
        "span": {"start": span.start, "end": span.end},
    }
