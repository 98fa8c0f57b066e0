"""`gru-lint check --column`: the rows of tables, each a text of its own."""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path

from gru_lint.cli._errors import print_error
from gru_lint.config.discovery import ConfigFinder
from gru_lint.config.settings import Settings
from gru_lint.corpus.tables import TableError, read_rows, text_of
from gru_lint.files.find import STANDARD_INPUT
from gru_lint.lines import LineIndex, Location
from gru_lint.linter import lint_texts
from gru_lint.records import Finding, Span
from gru_lint.report import CheckedFile

# Between two cells, so that no report shows one as the context of the other.
_BETWEEN = "\n\n"


class CellLines(LineIndex):
    """Cells of a table, joined by `_BETWEEN`: a location is the row of the table, and the column within the cell.

    rows  the row number of each cell
    """

    def __init__(self, cells: Sequence[str], rows: Sequence[int]) -> None:
        super().__init__(_BETWEEN.join(cells))
        self._cell_starts = [0]
        for cell in cells[:-1]:
            self._cell_starts.append(self._cell_starts[-1] + len(cell) + len(_BETWEEN))
        self._rows = list(rows)

    def location(self, offset: int) -> Location:
        """The row of the table and the place in its cell."""
        index = bisect_right(self._cell_starts, offset) - 1
        return Location(self._rows[index], offset - self._cell_starts[index] + 1)

    def line(self, row: int) -> Span:
        """The cell of a row. Raises IndexError where it has none."""
        if row not in self._rows:
            raise IndexError(row)
        index = self._rows.index(row)
        is_last = index + 1 == len(self._rows)
        end = len(self.text) if is_last else self._cell_starts[index + 1] - len(_BETWEEN)
        return Span(self._cell_starts[index], end)


class TableCheck:
    """Checks tables, a row at a time; only rows with findings are held in memory.

    failures  why rows or tables could not be checked; each is also printed at once
    """

    def __init__(self, column: str, config: ConfigFinder) -> None:
        self.failures: list[str] = []
        self._column = column
        self._config = config

    def check(self, path: Path) -> CheckedFile | None:
        """A table as a report shows it: the cells with findings; None where it cannot be read.

        Raises `ConfigError` and `WeightsError`.
        """
        settings = self._config.settings_for(path)
        cells: list[str] = []
        rows: list[int] = []
        findings: list[Finding] = []
        start = 0
        try:
            if path == STANDARD_INPUT or path.is_dir():
                raise TableError(f"{path}: --column needs the name of a table")
            for row, text, found in self._rows(path, settings):
                cells.append(text)
                rows.append(row)
                findings.extend(finding.shifted(start) for finding in found)
                start += len(text) + len(_BETWEEN)
        except TableError as error:
            self._fail(str(error))
            return None
        lines = CellLines(cells, rows)
        return CheckedFile(str(path), lines.text, lines, tuple(findings), settings)

    def _rows(self, path: Path, settings: Settings) -> Iterator[tuple[int, str, tuple[Finding, ...]]]:
        """The rows with findings: their numbers, texts and findings."""
        waiting: deque[tuple[int, str]] = deque()

        def texts() -> Iterator[str]:
            for row in read_rows(path, (self._column,)):
                try:
                    text = text_of(row, self._column)
                except TableError as error:
                    self._fail(f"{path}:{row.number}: {error}")
                    continue
                if text is not None:
                    waiting.append((row.number, text))
                    yield text

        for found in lint_texts(texts(), settings=settings):
            number, text = waiting.popleft()
            if found:
                yield number, text, found

    def _fail(self, reason: str) -> None:
        print_error(reason)
        self.failures.append(reason)
