"""What is told again of a text that is edited is what is told of the same text for the first time."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence

import pytest
from lsprotocol import types
from pygls.protocol import default_converter

from gru_lint.config.settings import Settings
from gru_lint.records import Antecedent, Finding, Span
from gru_lint_server.diagnostics import diagnostics_of
from gru_lint_server.encoded import converter_that_encodes, encoded
from gru_lint_server.known_diagnostics import KnownDiagnostics
from gru_lint_server.notebooks import NotebookPositions
from gru_lint_server.placed_findings import PlacedFindings, WindowFindings
from gru_lint_server.positions import Positions

_PARAGRAPH = re.compile(r"(?:[^\r\n]+(?:\r\n|\r|\n)?)+")
_WORDS = re.compile(r"king|herself")
_URI = "file:///a.txt"
_WRITTEN = ("", "x", " ", "\n", "\n\n", "\r", "\r\n", "🎉", "king", "herself", "é herself")


# pygls' own, which knows nothing of what was told.
_PLAIN = default_converter()


def plain(diagnostics: Sequence[types.Diagnostic]) -> list[object]:
    """Diagnostics as they are sent."""
    return [_PLAIN.unstructure(diagnostic, types.Diagnostic) for diagnostic in diagnostics]


def findings_in(text: str, confidence: float = 0.9) -> PlacedFindings:
    """A finding about each "herself", with the "king" before it in its paragraph as the antecedent, if there is one."""
    return PlacedFindings(window for match in _PARAGRAPH.finditer(text) for window in _windows(match, confidence))


def _windows(paragraph: re.Match[str], confidence: float) -> Iterator[WindowFindings]:
    findings, antecedent = [], None
    for word in _WORDS.finditer(paragraph[0]):
        span = Span(*word.span())
        if word[0] == "king":
            antecedent = Antecedent("king", span)
        else:
            findings.append(Finding("PA001", "gender-mismatch", "no", span, ("himself",), antecedent, confidence))
    if findings:
        yield WindowFindings(paragraph.start(), tuple(findings))


def edited(text: str, chance: random.Random) -> str:
    """A text after an edit somewhere."""
    start = chance.randrange(len(text) + 1)
    end = min(len(text), start + chance.choice((0, 0, 0, 1, 3, 40)))
    return text[:start] + chance.choice(_WRITTEN) + text[end:]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_diagnostics_after_edits(encoding: str) -> None:
    chance, known, kept, converter = random.Random(encoding), KnownDiagnostics(), 0, converter_that_encodes()
    text, before = "", dict[int, types.Diagnostic]()
    for number in range(600):
        text = edited(text, chance) if number % 200 else "The king hurt herself.\n\nHe, herself.\r\n" * 12
        positions = Positions(text, encoding)
        findings = findings_in(text, confidence=chance.choice((0.9, 0.9, 0.8)))
        found = known.diagnostics_of(findings, positions, _URI, Settings())
        wanted = plain(diagnostics_of(findings, positions, _URI, Settings()))
        assert plain(found) == wanted, text
        sent = json.loads(encoded(types.PublishDiagnosticsParams(_URI, found), converter.unstructure))
        assert sent["diagnostics"] == json.loads(json.dumps(wanted))
        kept += sum(id(diagnostic) in before for diagnostic in found)
        before = {id(diagnostic): diagnostic for diagnostic in found}
    assert kept > 500


def test_diagnostics_of_cells_after_edits() -> None:
    chance = random.Random(1)
    known = [KnownDiagnostics() for _ in range(4)]
    cells, lines = ["The king hurt herself.\nHe, herself.\n"] * 4, None
    for _ in range(300):
        number = chance.randrange(4)
        cells[number] = edited(cells[number], chance)[:400]
        texts = [(str(cell), 1, text) for cell, text in enumerate(cells)]
        fresh, notebook = NotebookPositions(texts, "utf-16"), NotebookPositions(texts, "utf-16", lines)
        findings, lines = findings_in(notebook.text), notebook.lines
        for one, cell in zip(known, notebook.cells, strict=True):
            positions = fresh.cells[int(cell.uri)].positions
            found = one.diagnostics_of(
                findings.beginning_in(cell.positions.extent), cell.positions, cell.uri, Settings()
            )
            own = [finding for finding in findings if positions.holds(finding.span)]
            assert plain(found) == plain(diagnostics_of(own, positions, cell.uri, Settings()))


@pytest.mark.parametrize("sentence", [Span(0, 30), Span(12, 12), Span(24, 60), Span(50, 4_000)])
def test_findings_outside_a_sentence(sentence: Span) -> None:
    findings = findings_in("The king hurt herself, he herself.\n\nHe, herself.\n" * 3)
    assert list(findings.outside(sentence)) == [one for one in findings if not one.span.overlaps(sentence)]


def test_a_message_is_encoded_as_if_nothing_was_known() -> None:
    known, text = KnownDiagnostics(), 'The king hurt herself. "diagnostics": []\n'
    diagnostics = known.diagnostics_of(findings_in(text), Positions(text, "utf-16"), _URI, Settings())
    notice = types.Diagnostic(types.Range(types.Position(0, 0), types.Position(0, 1)), text)
    converter = converter_that_encodes()
    for told in ([*diagnostics, notice], [], diagnostics):
        params = types.PublishDiagnosticsParams(_URI, told, 1)
        report = types.RelatedFullDocumentDiagnosticReport(told, result_id="1")
        message = {"both": [params, report], "text": text}
        wanted = {"both": [_PLAIN.unstructure(params), _PLAIN.unstructure(report)], "text": text}
        assert json.loads(encoded(message, converter.unstructure)) == wanted
