"""Findings as the protocol's diagnostics."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from lsprotocol import types

from gru_lint.config.settings import Settings
from gru_lint.extract import describe_unread
from gru_lint.records import Finding, Span, Unread
from gru_lint.rules import rule_called
from gru_lint.rules._page import page_url
from gru_lint_server.documents import Document, canonical
from gru_lint_server.placed_findings import PlacedFindings
from gru_lint_server.positions import Positions

SOURCE: Final = "gru-lint"
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*(?=\s)|\n[^\S\n]*\n")
# A sentence under the cursor is looked for no further than this.
_LONGEST_SENTENCE = 2_000


def diagnostics_of(
    findings: Iterable[Finding], positions: Positions, uri: str, settings: Settings
) -> list[types.Diagnostic]:
    """Findings as diagnostics."""
    return [diagnostic_of(finding, positions, uri, settings) for finding in findings]


def notices_of(unread: Sequence[Unread], positions: Positions) -> list[types.Diagnostic]:
    """A diagnostic for each stretch of a text that was not read, on the line where it begins."""
    notices = []
    for one in unread:
        first_line = positions.lines.line(positions.lines.location(one.span.start).row)
        shown = Span(one.span.start, min(one.span.end, max(first_line.end, one.span.start + 1)))
        message = f"{describe_unread(one, positions.lines)}; what stands there is not checked"
        notices.append(
            types.Diagnostic(
                positions.range(shown), message, severity=types.DiagnosticSeverity.Information, source=SOURCE
            )
        )
    return notices


def diagnostic_of(finding: Finding, positions: Positions, uri: str, settings: Settings) -> types.Diagnostic:
    """A finding as a diagnostic."""
    related = None
    if antecedent := finding.antecedent:
        location = positions.location(uri, antecedent.span)
        related = [types.DiagnosticRelatedInformation(location, f'refers to "{antecedent.text}"')]
    return types.Diagnostic(
        range=positions.range(finding.span),
        severity=types.DiagnosticSeverity[settings.severity_of(finding.name).capitalize()],
        code=finding.code,
        code_description=types.CodeDescription(page_url(rule_called(finding.code))),
        source=SOURCE,
        message=finding.message,
        related_information=related,
        data=data_of(finding),
    )


def data_of(finding: Finding) -> dict[str, object]:
    """What a diagnostic brings along for the fixes of a finding."""
    return {"replacements": list(finding.replacements), "confidence": finding.confidence}


def without_current_sentence(document: Document) -> PlacedFindings:
    """The findings in a document, without those in the sentence that is being written."""
    findings = document.findings or PlacedFindings()
    if document.cursor is None or not findings.windows:
        return findings
    being_written = current_sentence(document.text, document.cursor)
    return findings if being_written is None else findings.outside(being_written)


def current_sentence(text: str, cursor: int) -> Span | None:
    """The sentence in which the cursor stands; None where it stands behind a finished one.

    >>> current_sentence("It rained. He saw hers", 22)
    Span(start=10, end=22)
    >>> current_sentence("It rained. He saw hers.", 23) is None
    True
    """
    start = max(0, cursor - _LONGEST_SENTENCE)
    # The full stop before the cursor ends a sentence, whatever may follow.
    before = f"{text[start:cursor]} "
    begins = start
    for match in _SENTENCE_END.finditer(before):
        begins = start + match.end()
    if not text[begins:cursor].strip():
        return None
    end = _SENTENCE_END.search(text, cursor, cursor + _LONGEST_SENTENCE)
    return Span(begins, end.end() if end else min(len(text), cursor + _LONGEST_SENTENCE))


class Reports:
    """The last report about each document, with an identifier that changes when the report does."""

    def __init__(self) -> None:
        self._last: dict[str, tuple[str, list[types.Diagnostic]]] = {}
        self._n_reports = 0

    def result_id(self, uri: str, diagnostics: list[types.Diagnostic]) -> str:
        """The identifier of a document's report with these diagnostics."""
        uri = canonical(uri)
        if not self.is_last(uri, diagnostics):
            self._n_reports += 1
            self._last[uri] = f"{self._n_reports}", diagnostics
        return self._last[uri][0]

    def is_last(self, uri: str, diagnostics: list[types.Diagnostic]) -> bool:
        """Whether the last report about a document has these diagnostics."""
        last = self._last.get(canonical(uri))
        return last is not None and last[1] == diagnostics

    def forget(self, uri: str) -> None:
        """Forgets the report about a document."""
        self._last.pop(canonical(uri), None)
