"""A finding as a JSON object; rows and columns from 1, everything in code points."""

from __future__ import annotations

from typing import Any

from gru_lint.records import Antecedent, Finding, Span
from gru_lint.report._base import CheckedFile
from gru_lint.report._names import readable


def finding_object(file: CheckedFile, found: Finding) -> dict[str, Any]:
    """All that is known of a finding."""
    return {
        "code": found.code,
        "name": found.name,
        "message": found.message,
        "filename": readable(file.filename),
        **_place(file, found.span),
        "replacements": list(found.replacements),
        "antecedent": _antecedent(file, found.antecedent),
        "confidence": found.confidence,
    }


def _antecedent(file: CheckedFile, antecedent: Antecedent | None) -> dict[str, Any] | None:
    return {"text": antecedent.text, **_place(file, antecedent.span)} if antecedent else None


def _place(file: CheckedFile, span: Span) -> dict[str, Any]:
    return {
        "location": file.lines.location(span.start)._asdict(),
        "end_location": file.lines.location(span.end)._asdict(),
        "span": {"start": span.start, "end": span.end},
    }
