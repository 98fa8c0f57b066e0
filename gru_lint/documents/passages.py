"""A document's text, a paragraph a line, and the elements that each character of it stands in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from operator import attrgetter
from typing import Final, NamedTuple

from gru_lint.documents.parsing import Element
from gru_lint.records import Span

# What would end a line or a paragraph of the text, and ends none of the document.
_NO_ENDS: Final = str.maketrans(dict.fromkeys("\n\r\t\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029", " "))
_WORD: Final = re.compile(r"\S")


class Piece(NamedTuple):
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
        self.pieces: list[Piece] = []
        self._paragraphs: list[str] = []
        self._start = 0
        self._open: list[tuple[str, Element, bool, int]] = []

    def add(self, written: str, element: Element, *, is_tail: bool = False, offset: int = 0) -> None:
        """Some characters of the paragraph that is open."""
        if written:
            self._open.append((written.translate(_NO_ENDS), element, is_tail, offset))

    @property
    def ends_with_blank(self) -> bool:
        """Whether the open paragraph ends with a blank, or is empty."""
        return not self._open or self._open[-1][0].endswith(" ")

    def end_paragraph(self) -> None:
        """The paragraph that is open ends; one without a word is no paragraph."""
        if any(_WORD.search(written) for written, *_ in self._open):
            here = self._start
            for written, element, is_tail, offset in self._open:
                self.pieces.append(Piece(here, here + len(written), element, is_tail, offset))
                here += len(written)
            self._paragraphs.append("".join(written for written, *_ in self._open) + "\n")
            self._start = here + 1
        self._open.clear()

    @property
    def text(self) -> str:
        """The paragraphs so far, each with a line end."""
        return "".join(self._paragraphs)

    def of(self, span: Span) -> Iterator[Piece]:
        """What a stretch of the text is put together from; the first and the last piece are cut to it."""
        index = max(0, bisect_right(self.pieces, span.start, key=attrgetter("start")) - 1)
        while index < len(self.pieces) and self.pieces[index].start < span.end:
            piece = self.pieces[index]
            start, end = max(piece.start, span.start), min(piece.end, span.end)
            if start < end:
                yield piece._replace(start=start, end=end, offset=piece.offset + start - piece.start)
            index += 1
