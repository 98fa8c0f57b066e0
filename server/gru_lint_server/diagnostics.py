"""Findings as the protocol's diagnostics."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import attrs
from lsprotocol import types
from pygls.protocol import default_converter

from gru_lint.config.settings import Settings
from gru_lint.extract import describe_unread
from gru_lint.records import Finding, Span, Unread
from gru_lint.rules import rule_called
from gru_lint.rules._page import page_url
from gru_lint_server.documents import Document, canonical
from gru_lint_server.positions import Positions

if TYPE_CHECKING:
    from cattrs import Converter

SOURCE: Final = "gru-lint"
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*(?=\s)|\n[^\S\n]*\n")
# A sentence under the cursor is looked for no further than this.
_LONGEST_SENTENCE = 2_000


def diagnostics_of(
    findings: Sequence[Finding], positions: Positions, uri: str, settings: Settings
) -> list[types.Diagnostic]:
    """Findings as diagnostics."""
    return [diagnostic_of(finding, positions, uri, settings) for finding in findings]


@attrs.define
class KnownDiagnostic(types.Diagnostic):
    """A diagnostic that may be published again; the data that is sent is made once."""

    plain: dict[str, Any] | None = attrs.field(default=None, eq=False, repr=False)


def converter_that_remembers() -> Converter:
    """Pygls' converter, which keeps the data of each `KnownDiagnostic`."""
    converter: Converter = default_converter()  # type: ignore[no-untyped-call]  # pygls is not typed there
    unstructure = converter.get_unstructure_hook(types.Diagnostic)

    def plain(diagnostic: types.Diagnostic) -> Any:
        if not isinstance(diagnostic, KnownDiagnostic):
            return unstructure(diagnostic)
        if diagnostic.plain is None:
            diagnostic.plain = unstructure(diagnostic)
        return diagnostic.plain

    converter.register_unstructure_hook(types.Diagnostic, plain)
    return converter


class KnownDiagnostics:
    """The diagnostics of a document as they were published last: a keystroke leaves most of them as they are."""

    def __init__(self) -> None:
        self._settings: Settings | None = None
        self._known: dict[tuple[object, ...], KnownDiagnostic] = {}

    def diagnostics_of(
        self, findings: Sequence[Finding], positions: Positions, uri: str, settings: Settings
    ) -> list[types.Diagnostic]:
        """Findings as diagnostics; the same objects where nothing about them has changed."""
        before = self._known if settings == self._settings else {}
        self._settings, self._known = settings, {}
        place = positions.place
        for finding in findings:
            span, antecedent = finding.span, finding.antecedent
            about = (place(antecedent.span.start), place(antecedent.span.end), antecedent.text) if antecedent else None
            key = (place(span.start), place(span.end), about, finding.code, finding.message, finding.confidence)
            known = before.get(key)
            if known is None:
                made = diagnostic_of(finding, positions, uri, settings)
                known = KnownDiagnostic(*(getattr(made, one.name) for one in attrs.fields(types.Diagnostic)))
            self._known[key] = known
        return list(self._known.values())


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
        data={"replacements": list(finding.replacements), "confidence": finding.confidence},
    )


def without_current_sentence(document: Document) -> tuple[Finding, ...]:
    """The findings in a document, without those in the sentence that is being written."""
    findings = document.findings or ()
    if document.cursor is None or not findings:
        return findings
    being_written = current_sentence(document.text, document.cursor)
    if being_written is None:
        return findings
    return tuple(finding for finding in findings if not finding.span.overlaps(being_written))


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
        self._told: dict[str, tuple[str, list[types.Diagnostic]]] = {}
        self._n_reports = 0

    def result_id(self, uri: str, diagnostics: list[types.Diagnostic]) -> str:
        """The identifier of a document's report with these diagnostics."""
        uri = canonical(uri)
        told = self._told.get(uri)
        if told is None or told[1] != diagnostics:
            self._n_reports += 1
            told = self._told[uri] = f"{self._n_reports}", diagnostics
        return told[0]

    def forget(self, uri: str) -> None:
        """Forgets the report about a document."""
        self._told.pop(canonical(uri), None)
