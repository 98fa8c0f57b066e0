"""Offsets to the protocol's positions and back; the only module that counts in the client's units."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lsprotocol import types

from gru_lint.lines import LineIndex
from gru_lint.records import Span

if TYPE_CHECKING:
    from gru_lint_server.notebooks import Cell


class Positions:
    """A text and its positions in the units of an encoding: "utf-8", "utf-16" or "utf-32".

    lines  where the lines of the text are
    cells  of a notebook, whose texts these are
    parts  where each stretch begins that is extracted by itself; empty where all is extracted together
    """

    cells: tuple[Cell, ...] = ()
    parts: tuple[int, ...] = ()

    def __init__(self, text: str, encoding: str, lines: LineIndex | None = None) -> None:
        self.encoding = encoding
        self.lines = lines or LineIndex(text)

    @property
    def text(self) -> str:
        """The whole text."""
        return self.lines.text

    @property
    def extent(self) -> Span:
        """The stretch of the text that belongs to this document: in a notebook, to this cell."""
        return Span(0, len(self.text))

    def place(self, offset: int) -> tuple[int, int]:
        """Line and character of a code point."""
        row, start = self.lines.row_start(offset)
        return row - 1, _count_units(self.text[start:offset], self.encoding)

    def position(self, offset: int) -> types.Position:
        """The position of a code point."""
        return types.Position(*self.place(offset))

    def range(self, span: Span) -> types.Range:
        """The range of a span."""
        return types.Range(self.position(span.start), self.position(span.end))

    def location(self, uri: str, span: Span) -> types.Location:
        """A span as a place in a document; in a notebook, in whichever cell it is."""
        return types.Location(uri, self.range(span))

    def holds(self, span: Span) -> bool:
        """Whether a span begins in the extent."""
        return self.extent.touches(span.start)

    def offset(self, position: types.Position) -> int:
        """The code point at a position; past the end of a line or of the text, that end."""
        try:
            line = self.lines.line(position.line + 1)
        except IndexError:
            return len(self.text)
        text = line.of(self.text)
        if text.isascii() or self.encoding == types.PositionEncodingKind.Utf32:
            return line.start + min(position.character, len(text))
        n_units = 0
        for index, letter in enumerate(text):
            if n_units >= position.character:
                return line.start + index
            n_units += _count_units(letter, self.encoding)
        return line.end

    def span(self, place: types.Range) -> Span:
        """The span of a range; the end of one that runs backwards is its start."""
        start = self.offset(place.start)
        return Span(start, max(start, self.offset(place.end)))

    def changed(self, changes: Sequence[types.TextDocumentContentChangeEvent]) -> tuple[Positions, int | None]:
        """The text after a client's changes, and where the user is writing: where the last of them ended.

        Each change counts in the text that the one before left. After a change of the whole text
        the place is not known; a word that is replaced in one step was chosen or taken back, and not written.
        """
        positions, cursor = self, None
        for change in changes:
            if isinstance(change, types.TextDocumentContentChangePartial):
                span = positions.span(change.range)
                lines = positions.lines.edited(span.start, span.end, change.text)
                is_chosen = _replaces_a_word(positions.text[span.start : span.end], change.text)
                cursor = None if is_chosen else span.start + len(change.text)
            else:
                lines, cursor = LineIndex(change.text), None
            positions = Positions(lines.text, self.encoding, lines)
        return positions, cursor


def _replaces_a_word(before: str, after: str) -> bool:
    """Whether a fix, or its undoing, may have put `after` in the place of `before`; a completion goes on with it."""
    return len(before.split()) == 1 and min(len(before), len(after)) > 1 and not after.startswith(before)


def _count_units(text: str, encoding: str) -> int:
    if encoding == types.PositionEncodingKind.Utf32 or text.isascii():
        return len(text)
    # Half a surrogate pair can come in a message and is no reason to fail.
    if encoding == types.PositionEncodingKind.Utf8:
        return len(text.encode("utf-8", "surrogatepass"))
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
