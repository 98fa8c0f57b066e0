"""Notebooks: their Markdown cells, in their order, are one text, and each place in it belongs to a cell."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from lsprotocol import types

from gru_lint.lines import LineIndex
from gru_lint.records import Span
from gru_lint_server.positions import Positions

NOTEBOOK_TYPE: Final = "jupyter-notebook"
MARKDOWN: Final = "markdown"
EXTENSION: Final = ".ipynb"
# Between two cells: the last paragraph of one does not go on in the next.
_BETWEEN: Final = "\n\n"


class CellPositions(Positions):
    """The text of a notebook, and places in one of its cells: offsets are those of the whole text.

    span  of the cell
    """

    def __init__(self, notebook: NotebookPositions, span: Span) -> None:
        lines = notebook.lines
        super().__init__(lines.text, notebook.encoding, lines)
        self.notebook = notebook
        self._extent = span
        self._first_row = lines.location(span.start).row - 1

    @property
    def extent(self) -> Span:
        """The stretch of the text that is this cell."""
        return self._extent

    def place(self, offset: int) -> tuple[int, int]:
        """Line and character of a code point; of one in another cell, the nearest in this one."""
        line, character = super().place(min(max(offset, self._extent.start), self._extent.end))
        return line - self._first_row, character

    def offset(self, position: types.Position) -> int:
        """The code point at a position; past the end of a line or of the cell, that end."""
        moved = types.Position(position.line + self._first_row, position.character)
        return min(super().offset(moved), self._extent.end)

    def location(self, uri: str, span: Span) -> types.Location:
        """A span as a place in whichever cell it begins in."""
        return self.notebook.location(uri, span)


class Cell(NamedTuple):
    """A Markdown cell with its place in the text of its notebook."""

    uri: str
    version: int
    positions: CellPositions


class NotebookPositions(Positions):
    """The text of a notebook, each place in its cell.

    before  the lines of an older text, most of which are still there
    """

    def __init__(self, cells: Sequence[tuple[str, int, str]], encoding: str, before: LineIndex | None = None) -> None:
        text = _BETWEEN.join(text for _, _, text in cells)
        lines = before.edited_to(text) if before else LineIndex(text)
        super().__init__(lines.text, encoding, lines)
        starts, placed = [], []
        start = 0
        for uri, version, text in cells:
            starts.append(start)
            placed.append(Cell(uri, version, CellPositions(self, Span(start, start + len(text)))))
            start += len(text) + len(_BETWEEN)
        self.cells = tuple(placed)
        # Each cell is extracted by itself, as it is shown: what one leaves open does not go on in the next.
        self.parts = tuple(starts)

    def location(self, uri: str, span: Span) -> types.Location:
        """A span as a place in the cell that it begins in."""
        if not self.cells:
            return super().location(uri, span)
        cell = self.cells[max(0, bisect_right(self.parts, span.start) - 1)]
        return types.Location(cell.uri, cell.positions.range(span))


@dataclass
class _Text:
    """The text of a cell, Markdown or not."""

    version: int
    language: str
    positions: Positions


@dataclass
class Notebook:
    """A notebook as the client has it open.

    cells  those that the client sends, in their order
    """

    uri: str
    version: int
    encoding: str
    cells: list[types.NotebookCell]
    _texts: dict[str, _Text] = field(default_factory=dict)
    _lines: LineIndex | None = None

    def open(self, items: Iterable[types.TextDocumentItem]) -> None:
        """Takes over the texts of some cells."""
        for item in items:
            self._texts[item.uri] = _Text(item.version, item.language_id, Positions(item.text, self.encoding))

    def change(self, version: int, event: types.NotebookDocumentChangeEvent) -> tuple[str, int] | None:
        """Applies changes; returns the last cell whose text changed, and where in it that ended, if it is known."""
        self.version = version
        changes, cursor = event.cells, None
        if changes is None:
            return None
        if structure := changes.structure:
            array = structure.array
            self.cells[array.start : array.start + array.delete_count] = array.cells or ()
            self.open(structure.did_open or ())
            for closed in structure.did_close or ():
                self._texts.pop(closed.uri, None)
        changed = {cell.document: cell for cell in changes.data or ()}
        self.cells = [changed.get(cell.document, cell) for cell in self.cells]
        for content in changes.text_content or ():
            text = self._texts.get(content.document.uri)
            if text is None or content.document.version < text.version:
                continue
            text.version = content.document.version
            text.positions, place = text.positions.changed(content.changes)
            cursor = None if place is None else (content.document.uri, place)
        return cursor

    def positions(self) -> NotebookPositions:
        """The text of the Markdown cells."""
        texts = [(cell, self._texts.get(cell.document)) for cell in self.cells]
        positions = NotebookPositions(
            [
                (cell.document, text.version, text.positions.text)
                for cell, text in texts
                if text and cell.kind == types.NotebookCellKind.Markup and text.language == MARKDOWN
            ],
            self.encoding,
            self._lines,
        )
        self._lines = positions.lines
        return positions
