"""Findings as JSON and back; what is read is checked, for it may not have been written here."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from gru_lint.records import Antecedent, Finding, Span


def write_findings(found: Sequence[Finding]) -> str:
    """The findings of a text as one line."""
    return json.dumps([_row(finding) for finding in found], ensure_ascii=False)


def _row(finding: Finding) -> list[Any]:
    antecedent = finding.antecedent
    return [
        finding.code,
        finding.name,
        finding.message,
        [finding.span.start, finding.span.end],
        finding.replacements,
        [antecedent.text, antecedent.span.start, antecedent.span.end] if antecedent else None,
        finding.confidence,
    ]


def read_findings(written: str, length: int) -> Iterator[Finding]:
    """The findings of a row.

    length  the most characters that their text can have

    Raises ValueError, TypeError or RecursionError where they were not written here.
    """
    rows = json.loads(written)
    if not isinstance(rows, list):
        raise ValueError("no list of findings")
    for code, name, message, (start, end), replacements, antecedent, confidence in rows:
        if not isinstance(replacements, list):
            raise ValueError("no list of replacements")
        texts = (code, name, message, *replacements)
        spans = [Span(start, end)]
        if antecedent is not None:
            meant, first, last = antecedent
            texts, spans = (*texts, meant), [*spans, Span(first, last)]
        # No bool, which is an int, and not NaN, of which every comparison is false.
        if not all(isinstance(text, str) for text in texts) or type(confidence) not in (int, float):
            raise ValueError("not a finding")
        if not all(type(edge) is int for span in spans for edge in (span.start, span.end)):
            raise ValueError("no places in a text")
        if not all(0 <= span.start <= span.end <= length for span in spans) or not 0 <= confidence <= 1:
            raise ValueError("not within the text")
        named = Antecedent(meant, spans[1]) if antecedent is not None else None
        yield Finding(code, name, message, spans[0], tuple(replacements), named, confidence)
