"""The diagnostics of a document that were sent last: a keystroke leaves most of them as they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import attrs
from lsprotocol import types

from gru_lint.config.settings import Settings
from gru_lint.lines import edit_between
from gru_lint.records import Finding
from gru_lint_server.diagnostics import data_of, diagnostic_of
from gru_lint_server.placed_findings import PlacedFindings, WindowFindings
from gru_lint_server.positions import Positions

# Farther than any text reaches.
_TOO_FAR: Final = 1 << 40


@attrs.define
class KnownDiagnostic(types.Diagnostic):
    """A diagnostic that may be sent again; its JSON is written once, by `encoded`.

    begun  the beginning of that, up to the data, which may be all that changes
    """

    json: str | None = attrs.field(default=None, eq=False, repr=False)
    begun: str | None = attrs.field(default=None, eq=False, repr=False)


class _Sent(NamedTuple):
    """The diagnostic of a finding.

    finding      relative to its window
    before, end  how far before the start of the finding, and behind it, the text reaches that it points at; too far
                 where that is not all in the document
    """

    finding: Finding
    before: int
    end: int
    diagnostic: KnownDiagnostic


class _SentWindow(NamedTuple):
    """The diagnostics of the findings in a window.

    first, end  where the text begins and ends that all of them point at, from the origin of the window on
    """

    first: int
    end: int
    sent: tuple[_Sent, ...]


class KnownDiagnostics:
    """The diagnostics of one document, or of one cell of a notebook."""

    def __init__(self) -> None:
        self._settings: Settings | None = None
        self._text = ""
        self._n_lines = 0
        # Their origins are those in the document or the cell.
        self._windows: list[WindowFindings] = []
        self._sent: list[_SentWindow] = []
        # All of their diagnostics, unless one points out of the cell and must be looked at again.
        self._shown: list[types.Diagnostic] | None = None

    def diagnostics_of(
        self, findings: PlacedFindings, positions: Positions, uri: str, settings: Settings
    ) -> list[types.Diagnostic]:
        """Findings as diagnostics; the same objects where nothing about them has changed."""
        if settings != self._settings:
            self._windows, self._sent, self._shown = [], [], None
        extent, lines = positions.extent, positions.lines
        text = extent.of(positions.text)
        # Most cells of a notebook are as they were.
        if self._shown is not None and text == self._text and self._are_known(findings.windows, extent.start):
            return self._shown
        windows = [WindowFindings(window.origin - extent.start, window.findings) for window in findings.windows]
        n_lines = lines.row_start(extent.end)[0] - lines.row_start(extent.start)[0]
        edited = edit_between(self._text, text).span
        shift = len(text) - len(self._text)
        # From the first line behind the edit on, all stays on its line where none was added or taken away.
        stays = _TOO_FAR
        if n_lines == self._n_lines:
            last_row = lines.row_start(extent.start + edited.end + shift)[0]
            stays = lines.start(last_row + 1) - extent.start
        first, n_last = self._unmoved(windows, edited.start, stays, shift)
        end, old_end = len(windows) - n_last, len(self._windows) - n_last
        before = {
            (window.origin + sent.finding.span.start, sent.finding.code): sent
            for window, of_window in zip(self._windows[first:old_end], self._sent[first:old_end], strict=True)
            for sent in of_window.sent
        }

        def diagnosed(origin: int, finding: Finding) -> _Sent:
            start = origin + finding.span.start
            sent = before.get((start if start < edited.start else start - shift, finding.code))
            is_unmoved = sent and (start + sent.end <= edited.start or start - sent.before >= stays)
            if sent is None or not is_unmoved or not _are_alike(sent.finding, finding):
                return _diagnosed(finding, origin + extent.start, positions, uri, settings)
            if sent.finding.confidence == finding.confidence:
                return sent._replace(finding=finding)
            # Read in another window, it is a little more or less sure.
            return sent._replace(finding=finding, diagnostic=_with_data(sent.diagnostic, data_of(finding)))

        kept = [*self._sent[:first], *([None] * (end - first)), *self._sent[old_end:]]
        # A window that points out of its cell is diagnosed again, wherever it stands.
        self._sent = [
            of_window
            if of_window and of_window.end < _TOO_FAR
            else _sent_window(tuple(diagnosed(window.origin, finding) for finding in window.findings))
            for window, of_window in zip(windows, kept, strict=True)
        ]
        self._settings, self._text, self._n_lines, self._windows = settings, text, n_lines, windows
        diagnostics: list[types.Diagnostic] = [sent.diagnostic for of_window in self._sent for sent in of_window.sent]
        self._shown = diagnostics if all(of_window.end < _TOO_FAR for of_window in self._sent) else None
        return diagnostics

    def _are_known(self, windows: Sequence[WindowFindings], start: int) -> bool:
        """Whether the windows of a text are those of before in a cell that now begins at `start`."""
        return len(windows) == len(self._windows) and all(
            window.findings == before.findings and window.origin - start == before.origin
            for window, before in zip(windows, self._windows, strict=True)
        )

    def _unmoved(self, windows: Sequence[WindowFindings], edited: int, stays: int, shift: int) -> tuple[int, int]:
        """How many windows before an edit, and how many behind it, are as they were, and what they point at as well.

        What one points at that points out of its cell is not known.
        """
        most = min(len(windows), len(self._windows))
        first = n_last = 0
        while first < most and windows[first] == self._windows[first]:
            if edited - windows[first].origin < self._sent[first].end < _TOO_FAR:
                break
            first += 1
        while n_last < most - first:
            number = -1 - n_last
            window, before, sent = windows[number], self._windows[number], self._sent[number]
            is_same = window.origin - shift == before.origin and window.findings == before.findings
            if not is_same or (window.origin + sent.first < stays and sent.end < _TOO_FAR):
                break
            n_last += 1
        return first, n_last


def _sent_window(sent: tuple[_Sent, ...]) -> _SentWindow:
    return _SentWindow(
        min(one.finding.span.start - one.before for one in sent),
        max(one.finding.span.start + one.end for one in sent),
        sent,
    )


def _diagnosed(finding: Finding, origin: int, positions: Positions, uri: str, settings: Settings) -> _Sent:
    placed = finding.shifted(origin)
    made = diagnostic_of(placed, positions, uri, settings)
    known = KnownDiagnostic(*(getattr(made, one.name) for one in attrs.fields(types.Diagnostic)))
    start, spans = placed.span.start, [placed.span, placed.antecedent.span if placed.antecedent else placed.span]
    before, end = start - min(span.start for span in spans), max(span.end for span in spans) - start
    if start - before < positions.extent.start or start + end > positions.extent.end:
        before = end = _TOO_FAR
    return _Sent(finding, before, end, known)


def _with_data(diagnostic: KnownDiagnostic, data: dict[str, object]) -> KnownDiagnostic:
    return attrs.evolve(diagnostic, data=data, json=None)


def _are_alike(one: Finding, other: Finding) -> bool:
    """Whether two findings are the same but for where they begin and how sure they are."""
    shift = other.span.start - one.span.start
    return (
        one.span.end + shift == other.span.end
        and (one.name, one.message, one.replacements) == (other.name, other.message, other.replacements)
        and (one.antecedent and one.antecedent.shifted(shift)) == other.antecedent
    )
