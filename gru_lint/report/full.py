"""Each finding with its line, a caret under the word, the antecedent and the suggestion."""

from __future__ import annotations

from collections.abc import Iterator

from gru_lint.records import Finding
from gru_lint.report._base import CheckedFile, Report, ReportFormat
from gru_lint.report._terminal import Paint, place, printable, printable_name, width

# A paragraph may be one long line: at most this much of it is shown before and after the word.
_SHOWN_BEFORE, _SHOWN_AFTER = 60, 40


def render(report: Report) -> str:
    """The findings, a block each."""
    paint = Paint(in_colour=report.in_colour)
    return "".join(line for file in report.files for finding in file.findings for line in _block(file, finding, paint))


def _block(file: CheckedFile, finding: Finding, paint: Paint) -> Iterator[str]:
    where, code = paint("name", printable_name(file)), paint("code", finding.code)
    yield f"{where}:{place(file, finding)}: {code} [{finding.name}] {printable(finding.message)}\n"
    row = file.lines.location(finding.span.start).row
    blank = " " * len(str(row))
    yield paint("margin", f"{blank} |") + "\n"
    line = file.lines.line(row)
    first = max(line.start, finding.span.start - _SHOWN_BEFORE)
    last = min(line.end, finding.span.end + _SHOWN_AFTER)
    before = ("…" if first > line.start else "") + printable(file.text[first : finding.span.start])
    # Tabs at the end of a line are not seen; in a document they say what the next paragraph is.
    after = printable(file.text[finding.span.end : last].rstrip("\t")) + ("…" if last < line.end else "")
    word = printable(finding.span.of(file.text))
    yield f"{paint('margin', f'{row} |')} {before}{word}{after}\n"
    best = f" {finding.replacements[0]}" if finding.replacements else ""
    yield (
        f"{paint('margin', f'{blank} |')} {' ' * width(before)}{paint('mark', '^' * width(word))}{paint('fix', best)}\n"
    )
    margin = paint("margin", f"{blank} =")
    if finding.antecedent is not None:
        named = file.lines.location(finding.antecedent.span.start)
        yield f'{margin} antecedent: "{printable(finding.antecedent.text)}" ({named.row}:{named.column})\n'
    alternatives = " or ".join(f'"{fix}"' for fix in finding.replacements) or "none"
    yield f"{margin} suggestion: {alternatives} (confidence {finding.confidence:.2f})\n\n"


FORMAT = ReportFormat(
    "full", "each finding with its line, its antecedent and a fix, for people", render, is_for_terminal=True
)
