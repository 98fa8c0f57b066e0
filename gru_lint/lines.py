"""Code-point offsets to lines and columns."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import NamedTuple

from gru_lint.records import Edit, Span

LINE_END = re.compile(r"\r\n|\n|\r")
# Two line ends with only blanks between them, which end a paragraph of plain text.
BLANK_LINE = re.compile(r"(?:\r\n|\r(?!\n)|\n)[^\S\r\n]*(?:\r\n|\r|\n)")
_BYTE_ORDER_MARK = "\ufeff"


class Location(NamedTuple):
    """A place in a text; row and column count from 1, the column in code points."""

    row: int
    column: int


class LineIndex:
    r"""The lines of a text, ended by \n, \r\n or \r. A byte order mark takes up no column."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0, *(match.end() for match in LINE_END.finditer(text))]

    def edited(self, start: int, end: int, written: str) -> LineIndex:
        """The lines after `written` has replaced start .. end; only those around it are searched."""
        index = LineIndex.__new__(LineIndex)
        index.text = self.text[:start] + written + self.text[end:]
        shift = len(written) - (end - start)
        # The edit may join or split a line end of two characters at either side.
        first = bisect_right(self._starts, max(0, start - 1)) - 1
        last = bisect_right(self._starts, end + 1)
        stop = self._starts[last] + shift if last < len(self._starts) else len(index.text)
        found = [match.end() for match in LINE_END.finditer(index.text, self._starts[first], stop)]
        index._starts = [*self._starts[: first + 1], *found, *[place + shift for place in self._starts[last + 1 :]]]
        return index

    def edited_to(self, text: str) -> LineIndex:
        """The lines of another version of the text; only those where the two differ are searched."""
        span, written = edit_between(self.text, text)
        return self.edited(span.start, span.end, written)

    def __len__(self) -> int:
        return len(self._starts)

    def rows(self) -> Iterator[tuple[int, str]]:
        """Where each line starts, and its text without its line end."""
        return ((self.start(row), self.row_text(row)) for row in range(1, len(self) + 1))

    def start(self, row: int) -> int:
        """The offset at which a row starts; the end of the text past the last row."""
        return self._starts[row - 1] if row <= len(self) else len(self.text)

    def row_text(self, row: int) -> str:
        """A row without its line end; empty past the last row."""
        if row > len(self):
            return ""
        return self.line(row).of(self.text)

    def location(self, offset: int) -> Location:
        """Row and column of a code-point offset."""
        row = bisect_right(self._starts, offset)
        start = self._starts[row - 1]
        if start == 0 and self.text.startswith(_BYTE_ORDER_MARK):
            start = min(1, offset)
        return Location(row, offset - start + 1)

    def row_start(self, offset: int) -> tuple[int, int]:
        """The row of a code-point offset, and the offset at which that row starts."""
        row = bisect_right(self._starts, offset)
        return row, self._starts[row - 1]

    def line(self, row: int) -> Span:
        """The row's span without its line end. Raises IndexError past the last row."""
        start = self._starts[row - 1]
        if row == len(self._starts):
            return Span(start, len(self.text))
        end = self._starts[row]
        while end > start and self.text[end - 1] in "\r\n":
            end -= 1
        return Span(start, end)


def start_of_line(text: str, offset: int) -> int:
    """The start of the line in which an offset lies."""
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


def end_of_line(text: str, offset: int) -> int:
    """The end of the line in which an offset lies."""
    end = LINE_END.search(text, offset)
    return end.start() if end else len(text)


def edit_between(before: str, after: str) -> Edit:
    """The one edit that makes a text of another, without what both begin and end with.

    >>> edit_between("He saw her.", "He saw him.")
    Edit(span=Span(start=8, end=10), written='im')
    """
    most = min(len(before), len(after))
    start = _most(most, lambda low, high: after.startswith(before[low:high], low))
    n_same = _most(
        most - start,
        lambda low, high: after.endswith(before[len(before) - high : len(before) - low], 0, len(after) - low),
    )
    return Edit(Span(start, len(before) - n_same), after[start : len(after) - n_same])


def _most(most: int, are_alike: Callable[[int, int], bool]) -> int:
    """The greatest n up to `most` for which 0 .. n are alike, by binary search; `are_alike(n, m)` compares n .. m."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if are_alike(low, middle):
            low = middle
        else:
            high = middle - 1
    return low
