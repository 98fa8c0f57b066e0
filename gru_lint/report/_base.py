"""The parts of a report, and the form of a format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from gru_lint.config.settings import Settings, Severity
from gru_lint.extract import format_of
from gru_lint.lines import LineIndex
from gru_lint.records import Finding


class SeverityNames(NamedTuple):
    """What the tools that read a report call a severity."""

    checkstyle: str
    github: str
    gitlab: str
    rdjson: str
    sarif: str


SEVERITY_NAMES: Final[dict[Severity, SeverityNames]] = {
    "error": SeverityNames("error", "error", "major", "ERROR", "error"),
    "warning": SeverityNames("warning", "warning", "minor", "WARNING", "warning"),
    "information": SeverityNames("info", "notice", "info", "INFO", "note"),
    "hint": SeverityNames("info", "notice", "info", "INFO", "note"),
}


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """One file that was read, and its findings. `lines` turns offsets into rows and columns.

    filename  as the user named it or as it was found; "-" is standard input
    text      empty where nothing was found
    settings  those of the file: they decide the severity of a finding
    """

    filename: str
    text: str
    lines: LineIndex
    findings: tuple[Finding, ...]
    settings: Settings = field(default_factory=Settings)

    @property
    def is_standard_input(self) -> bool:
        """Whether it has no name."""
        return self.filename == "-"

    @property
    def is_packed(self) -> bool:
        """Whether it is a document: its lines are paragraphs, and no fix can be written by its places."""
        return format_of(self.settings.effective_filename(self.filename)).unpack is not None

    def severity_names(self, finding: Finding) -> SeverityNames:
        """What other tools call the severity of a finding in it."""
        return SEVERITY_NAMES[self.settings.severity_of(finding.name)]


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of one run.

    files      those that were checked, in order
    root       an absolute folder: formats that need relative names of files make them relative to it
    failures   why others could not be checked, a line each
    in_colour  whether text for a terminal is coloured
    n_fixed    how many findings were fixed, and so are not among those of the files
    """

    files: tuple[CheckedFile, ...]
    root: Path
    failures: tuple[str, ...] = ()
    in_colour: bool = False
    n_fixed: int = 0

    @property
    def n_findings(self) -> int:
        """How many findings there are in all files together."""
        return sum(len(file.findings) for file in self.files)


@dataclass(frozen=True, slots=True)
class ReportFormat:
    """One way to show a report; one file each in this package, which calls it FORMAT.

    name             as it is asked for
    summary          who reads it, a line for lists
    render           the whole report, which ends in a newline, or "" for none
    is_for_terminal  whether it is text that may be coloured and is followed by a count of the findings
    """

    name: str
    summary: str
    render: Callable[[Report], str]
    is_for_terminal: bool = False
