"""A JSON list of findings; rows and columns from 1, everything in code points."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from gru_lint.records import Antecedent, Diagnostic, Span
from gru_lint.report import CheckedFile

NAME = "json"


def render(files: Sequence[CheckedFile]) -> str:
    """The findings as one JSON list, an object each."""
    findings = [_finding(file, found) for file in files for found in file.diagnostics]
    return json.dumps(findings, ensure_ascii=False, indent=2) + "\n"


def _finding(file: CheckedFile, found: Diagnostic) -> dict[str, Any]:
    return {
        "code": found.code,
        "name": found.name,
        "message": found.message,
        "filename": file.filename,
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
