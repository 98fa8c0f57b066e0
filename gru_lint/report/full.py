"""Each finding with its line, a caret under the word, the antecedent and the suggestion."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from gru_lint.records import Diagnostic
from gru_lint.report import CheckedFile

NAME = "full"
# A paragraph may be one long line: so much of it is shown on each side of the word.
_SHOWN_BEFORE, _SHOWN_AFTER = 60, 40


def render(files: Sequence[CheckedFile]) -> str:
    """The findings, a block each."""
    return "".join(line for file in files for found in file.diagnostics for line in _block(file, found))


def _block(file: CheckedFile, found: Diagnostic) -> Iterator[str]:
    row, column = file.lines.location(found.span.start)
    yield f"{file.filename}:{row}:{column}: {found.code} [{found.name}] {found.message}\n"
    margin = " " * len(str(row))
    yield f"{margin} |\n"
    line = file.lines.line(row)
    first = max(line.start, found.span.start - _SHOWN_BEFORE)
    last = min(line.end, found.span.end + _SHOWN_AFTER)
    before = ("…" if first > line.start else "") + _shown(file.text[first : found.span.start])
    after = _shown(file.text[found.span.end : last]) + ("…" if last < line.end else "")
    word = _shown(file.text[found.span.start : found.span.end])
    yield f"{row} | {before}{word}{after}\n"
    yield f"{margin} | {' ' * _width(before)}{'^' * _width(word)}"
    yield f" {found.replacements[0]}\n" if found.replacements else "\n"
    if found.antecedent is not None:
        place = file.lines.location(found.antecedent.span.start)
        yield f'{margin} = antecedent: "{found.antecedent.text}" ({place.row}:{place.column})\n'
    alternatives = " or ".join(f'"{fix}"' for fix in found.replacements) or "none"
    yield f"{margin} = suggestion: {alternatives} (confidence {found.confidence:.2f})\n\n"


def _shown(text: str) -> str:
    """The text with everything that would move the cursor made visible or blank."""
    return "".join(c if c.isprintable() or unicodedata.combining(c) else " " for c in text)


def _width(text: str) -> int:
    """How many terminal cells a text takes up."""
    return sum(
        0 if unicodedata.combining(c) or c == "\u200d" else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )
