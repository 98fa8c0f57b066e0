"""A document's text, a paragraph a line, and the elements that each character of it stands in.

The number of tabs at the end of a line is the `Role` of the paragraph in the next line: nothing else in a document
becomes a tab.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from enum import IntEnum
from functools import cached_property
from operator import attrgetter
from typing import Final, NamedTuple

from gru_lint.documents.parsing import Element
from gru_lint.records import Span

# Characters that would end a line or a paragraph of the text, and end none in the document.
_NO_ENDS: Final = str.maketrans(dict.fromkeys("\n\r\t\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029", " "))
_WORD: Final = re.compile(r"\S")


class Role(IntEnum):
    """What a paragraph is in its document; a heading of the level n has the role `ABOVE_HEADINGS` + n."""

    TEXT = 0
    CELL = 1
    FIRST_CELL = 2
    CELL_AFTER_EMPTY_ONE = 3
    WITHIN_CELL = 4
    ITEM = 5
    NESTED_ITEM = 6
    ABOVE_HEADINGS = 6


class Fragment(NamedTuple):
    """Characters of the text that stand beside each other in one element.

    start, end  in the text
    element     that holds them, or before whose end they stand
    is_tail     whether they stand after the element, and not in it
    offset      where in the element's text or tail
    """

    start: int
    end: int
    element: Element
    is_tail: bool
    offset: int


class Passages:
    """The text of a document, as its reader goes through it."""

    def __init__(self) -> None:
        # Each paragraph with its role; of a fragment the characters, element, whether they are its tail, the offset.
        self._paragraphs: list[tuple[list[tuple[str, Element, bool, int]], int]] = []
        self._open: list[tuple[str, Element, bool, int]] = []
        self._cell_role = Role.WITHIN_CELL
        self._n_cells = self._n_tables = 0

    def add(self, written: str, element: Element, *, is_tail: bool = False, offset: int = 0) -> None:
        """Some characters of the paragraph that is open."""
        if written:
            self._open.append((written.translate(_NO_ENDS), element, is_tail, offset))

    @property
    def ends_with_blank(self) -> bool:
        """Whether the open paragraph ends with a blank, or is empty."""
        return not self._open or self._open[-1][0].endswith(" ")

    def begin_table(self) -> None:
        """A table begins; one in a cell is a part of it."""
        self._n_tables += 1

    def begin_row(self) -> None:
        if self._n_tables == 1:
            self._n_cells = 0

    def begin_cell(self) -> None:
        if self._n_tables == 1:
            self._n_cells += 1
            if self._n_cells == 1:
                self._cell_role = Role.FIRST_CELL
            elif self._cell_role in (Role.FIRST_CELL, Role.CELL_AFTER_EMPTY_ONE):
                self._cell_role = Role.CELL_AFTER_EMPTY_ONE
            else:
                self._cell_role = Role.CELL

    def end_table(self) -> None:
        self._n_tables -= 1

    def end_paragraph(self, level: int = 0, depth: int = 0) -> None:
        """The paragraph that is open ends; one without a word is no paragraph.

        level  of a heading; 0 where it is none
        depth  of a list in lists, from 1 on, of which it is an item; 0 where it is none
        """
        if any(_WORD.search(written) for written, *_ in self._open):
            if self._n_tables:
                role, self._cell_role = int(self._cell_role), Role.WITHIN_CELL
            elif level:
                role = Role.ABOVE_HEADINGS + min(level, 9)
            else:
                role = min(depth, 2) and Role.ITEM - 1 + min(depth, 2)
            self._paragraphs.append((self._open.copy(), role))
        self._open.clear()

    @cached_property
    def _layout(self) -> tuple[list[Fragment], str]:
        fragments: list[Fragment] = []
        lines: list[str] = []
        here = 0
        roles = [role for _, role in self._paragraphs[1:]]
        for (paragraph, _), next_role in zip(self._paragraphs, [*roles, 0], strict=False):
            for written, element, is_tail, offset in paragraph:
                fragments.append(Fragment(here, here + len(written), element, is_tail, offset))
                lines.append(written)
                here += len(written)
            lines.append("\t" * next_role + "\n")
            here += len(lines[-1])
        return fragments, "".join(lines)

    @property
    def fragments(self) -> list[Fragment]:
        """What the text is put together from, in its order."""
        return self._layout[0]

    @property
    def text(self) -> str:
        """The paragraphs, each with a line end; none is added after this was asked for."""
        return self._layout[1]

    def of(self, span: Span) -> Iterator[Fragment]:
        """What a stretch of the text is put together from; the first and the last fragment are cut to it."""
        index = max(0, bisect_right(self.fragments, span.start, key=attrgetter("start")) - 1)
        while index < len(self.fragments) and self.fragments[index].start < span.end:
            fragment = self.fragments[index]
            start, end = max(fragment.start, span.start), min(fragment.end, span.end)
            if start < end:
                yield fragment._replace(start=start, end=end, offset=fragment.offset + start - fragment.start)
            index += 1
