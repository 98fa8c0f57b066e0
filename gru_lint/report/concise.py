"""One line a finding: path:row:column: code message."""

from __future__ import annotations

from collections.abc import Sequence

from gru_lint.report import CheckedFile

NAME = "concise"


def render(files: Sequence[CheckedFile]) -> str:
    """The findings, a line each."""
    lines = []
    for file in files:
        for found in file.diagnostics:
            row, column = file.lines.location(found.span.start)
            lines.append(f"{file.filename}:{row}:{column}: {found.code} {found.message}\n")
    return "".join(lines)
