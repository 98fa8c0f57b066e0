"""Text for a terminal: colours, widths, and nothing in it that moves the cursor."""

from __future__ import annotations

from gru_lint.records import Finding
from gru_lint.report._base import CheckedFile, Report
from gru_lint.sanitize import escape_unprintable, printable

__all__ = ["Paint", "counted", "place", "printable", "printable_name", "summary", "width"]

# Select graphic rendition, ECMA-48 section 8.3.117.
_STYLES = {"name": "1", "code": "1;31", "mark": "1;31", "margin": "34", "fix": "32", "count": "1"}


class Paint:
    """Colours text, or leaves it as it is."""

    def __init__(self, *, in_colour: bool) -> None:
        self._in_colour = in_colour

    def __call__(self, style: str, text: str) -> str:
        """The text in one of the styles; what follows is not coloured."""
        return f"\033[{_STYLES[style]}m{text}\033[0m" if self._in_colour and text else text


def width(text: str) -> int:
    """How many terminal cells a text takes up."""
    # Imported here: only a finding that is shown with its line needs it.
    from rich.cells import cell_len

    return cell_len(text)


def printable_name(file: CheckedFile) -> str:
    """The file's name on one line; what cannot be shown is escaped, so that it can still be found."""
    return escape_unprintable(file.filename)


def place(file: CheckedFile, finding: Finding) -> str:
    """Row and column of a finding, from 1, in code points."""
    row, column = file.lines.location(finding.span.start)
    return f"{row}:{column}"


def counted(count: int, what: str) -> str:
    """A count and what is counted: "1 finding", "2,000 findings"."""
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


def summary(report: Report) -> str:
    """How much was found, in a line, and how much of that was fixed."""
    files, n_findings = counted(len(report.files), "file"), report.n_findings + report.n_fixed
    if not n_findings:
        return f"No findings in {files}.\n"
    fixed = f" ({report.n_fixed:,} fixed, {report.n_findings:,} remaining)" if report.n_fixed else ""
    return f"Found {counted(n_findings, 'finding')}{fixed} in {files}.\n"
