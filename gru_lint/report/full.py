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
    return "".join(line for file in report.files for found in file.findings for line in _block(file, found, paint))


def _block(file: CheckedFile, found: Finding, paint: Paint) -> Iterator[str]:
    where, code = paint("name", printable_name(file)), paint("code", found.code)
    yield f"{where}:{place(file, found)}: {code} [{found.name}] {printable(found.message)}\n"
    row = file.lines.location(found.span.start).row
    blank = " " * len(str(row))
    yield paint("margin", f"{blank} |") + "\n"
    line = file.lines.line(row)
    first = max(line.start, found.span.start - _SHOWN_BEFORE)
    last = min(line.end, found.span.end + _SHOWN_AFTER)
    before = ("…" if first > line.start else "") + printable(file.text[first : found.span.start])
    after = printable(file.text[found.span.end : last]) + ("…" if last < line.end else "")
    word = printable(file.text[found.span.start : found.span.end])
    yield f"{paint('margin', f'{row} |')} {before}{word}{after}\n"
    best = f" {found.replacements[0]}" if found.replacements else ""
    yield (
        f"{paint('margin', f'{blank} |')} {' ' * width(before)}{paint('mark', '^' * width(word))}{paint('fix', best)}\n"
    )
    margin = paint("margin", f"{blank} =")
    if found.antecedent is not None:
        named = file.lines.location(found.antecedent.span.start)
        yield f'{margin} antecedent: "{printable(found.antecedent.text)}" ({named.row}:{named.column})\n'
    alternatives = " or ".join(f'"{fix}"' for fix in found.replacements) or "none"
    yield f"{margin} suggestion: {alternatives} (confidence {found.confidence:.2f})\n\n"


FORMAT = ReportFormat(
    "full", "each finding with its line, its antecedent and a fix, for people", render, is_for_terminal=True
)
