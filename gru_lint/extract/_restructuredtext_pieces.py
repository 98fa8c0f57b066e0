"""Where a long reStructuredText may be cut, so that docutils reads it in parts."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from gru_lint.extract._blocks import lines_from

# The least length of a piece; docutils copies what is in a block at each level of nesting, so long ones are slow.
_LEAST_CHARACTERS = 8_000
# A line end with a blank line behind it, or with none.
_BLANK_LINE = re.compile(r"(?:\r\n|\r|\n)[^\S\r\n]*(?:\r|\n|\Z)|\Z")
_TABLE_TOP = re.compile(r"=+(?: +=+)+$")
_BORDER = re.compile(r"=+[ =]*$")
# One in this many of the lines that could end a block does: to start the parser takes as long as to parse one block.
_ONE_CUT_IN = 3
# A block that is longer is cut at a line, wherever it would end, so that no part takes too long.
_LONGEST_BLOCK = 50_000


def pieces_of(text: str, start: int = 0) -> Iterator[tuple[int, int]]:
    """Parts of a long text that can be read by themselves: each ends at a blank line before text at the margin.

    start  where the first begins; where that is the end of a part, the parts behind it are the same as before
    """
    end = start
    while end < len(text):
        end = _block_end(text, end)
        if end - start > _LEAST_CHARACTERS:
            yield start, end
            start = end
    if start < len(text):
        yield start, len(text)


def _block_end(text: str, start: int) -> int:
    """The end of a block: before text at the margin after a blank line, if `_may_end_with` says so of its last line."""
    table = _SimpleTable()
    last, is_blank = "", False
    for here, _, line in lines_from(text, start):
        words = line.rstrip()
        if here - start > _LONGEST_BLOCK:
            return here
        is_at_margin = is_blank and bool(words) and not words[0].isspace()
        if is_at_margin and text[here - 1] == "\n" and not table.is_open and _may_end_with(last):
            return here
        if table.is_open or words.startswith("="):
            table.read(words, next_is_blank=_BLANK_LINE.match(text, here + len(line)) is not None)
        last, is_blank = words or last, not words
    return len(text)


def _may_end_with(line: str) -> bool:
    """Whether a block may end after a line: not where a literal block may follow."""
    return bool(line) and not line.endswith("::") and zlib.crc32(line.encode(errors="replace")) % _ONE_CUT_IN == 0


class _SimpleTable:
    """Follows a table whose columns are separated by spaces: a blank line within it ends no block."""

    def __init__(self) -> None:
        self.is_open = False
        self._width = self._n_borders = 0

    def read(self, line: str, *, next_is_blank: bool) -> None:
        """Takes the next line."""
        width = len(line.strip())
        if not self.is_open:
            self.is_open, self._width, self._n_borders = _TABLE_TOP.match(line) is not None, width, 0
        elif _BORDER.match(line):
            self._n_borders += 1
            self.is_open = width == self._width and self._n_borders < 2 and not next_is_blank
