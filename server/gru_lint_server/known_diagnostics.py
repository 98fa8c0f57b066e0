"""The diagnostics of a document that were sent last: a keystroke leaves most of them as they are."""

from __future__ import annotations

from typing import Final, NamedTuple

import attrs
from lsprotocol import types

from gru_lint.config.settings import Settings
from gru_lint.lines import edit_between
from gru_lint.records import Finding
from gru_lint_server.diagnostics import diagnostic_of
from gru_lint_server.placed_findings import PlacedFindings
from gru_lint_server.positions import Positions

# Farther than any text reaches.
_TOO_FAR: Final = 1 << 40


@attrs.define
class KnownDiagnostic(types.Diagnostic):
    """A diagnostic that may be sent again; its JSON is written once, by `encoded`."""

    json: str | None = attrs.field(default=None, eq=False, repr=False)


class _Sent(NamedTuple):
    """The diagnostic of a finding as it was sent.

    finding      relative to its window
    before, end  how far the finding and its antecedent reach before and behind the start of the finding; `_TOO_FAR`
                 where they do not both stand in the document
    """

    finding: Finding
    before: int
    end: int
    diagnostic: KnownDiagnostic


class KnownDiagnostics:
    """The diagnostics of one document, or of one cell of a notebook."""

    def __init__(self) -> None:
        self._settings: Settings | None = None
        self._text = ""
        self._n_lines = 0
        # By where each finding begins, and its code.
        self._sent: dict[tuple[int, str], _Sent] = {}

    def diagnostics_of(
        self, findings: PlacedFindings, positions: Positions, uri: str, settings: Settings
    ) -> list[types.Diagnostic]:
        """Findings as diagnostics; the same objects where nothing about them has changed."""
        before = self._sent if settings == self._settings else {}
        extent, lines = positions.extent, positions.lines
        text, n_lines = extent.of(positions.text), lines.row_start(extent.end)[0] - lines.row_start(extent.start)[0]
        edited = edit_between(self._text, text).span
        shift = len(text) - len(self._text)
        # From the first line behind the edit on, all stays on its line where none was added or taken away.
        stays = _TOO_FAR
        if n_lines == self._n_lines:
            last_row = lines.row_start(extent.start + edited.end + shift)[0]
            stays = lines.start(last_row + 1) - extent.start
        self._settings, self._text, self._n_lines, self._sent = settings, text, n_lines, {}
        diagnostics: list[types.Diagnostic] = []
        for window in findings.windows:
            origin = window.origin - extent.start
            for finding in window.findings:
                start = origin + finding.span.start
                sent = before.get((start if start < edited.start else start - shift, finding.code))
                is_unmoved = sent and (start + sent.end <= edited.start or start - sent.before >= stays)
                if sent is None or not is_unmoved or not _are_alike(sent.finding, finding):
                    sent = _diagnosed(finding, window.origin, positions, uri, settings)
                elif sent.finding is not finding:
                    sent = sent._replace(finding=finding)
                self._sent[start, finding.code] = sent
                diagnostics.append(sent.diagnostic)
        return diagnostics


def _diagnosed(finding: Finding, origin: int, positions: Positions, uri: str, settings: Settings) -> _Sent:
    placed = finding.shifted(origin)
    made = diagnostic_of(placed, positions, uri, settings)
    known = KnownDiagnostic(*(getattr(made, one.name) for one in attrs.fields(types.Diagnostic)))
    start, spans = placed.span.start, [placed.span, placed.antecedent.span if placed.antecedent else placed.span]
    before, end = start - min(span.start for span in spans), max(span.end for span in spans) - start
    if start - before < positions.extent.start or start + end > positions.extent.end:
        before = end = _TOO_FAR
    return _Sent(finding, before, end, known)


def _are_alike(one: Finding, other: Finding) -> bool:
    """Whether two findings are the same but for where they begin."""
    return one is other or one.shifted(-one.span.start) == other.shifted(-other.span.start)
