"""The rows of tables, one at a time: CSV, TSV and JSON Lines, also compressed, and Parquet."""

from __future__ import annotations

import bz2
import csv
import gzip
import json
import lzma
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Final, NamedTuple, cast

from gru_lint.did_you_mean import hint
from gru_lint.files.read import MAX_BYTES
from gru_lint.regular_files import open_regular_file, reason_of

__all__ = ["Kind", "Row", "TableError", "column_names", "kind_of", "open_table", "read_rows", "require", "text_of"]

_OPENERS: Final[Mapping[str, Callable[[IO[bytes]], IO[bytes]]]] = {
    "": lambda file: file,
    ".gz": lambda file: cast("IO[bytes]", gzip.GzipFile(fileobj=file)),
    ".bz2": lambda file: cast("IO[bytes]", bz2.BZ2File(file)),
    ".xz": lambda file: cast("IO[bytes]", lzma.LZMAFile(file)),  # noqa: SIM115  # Whoever calls it is the manager.
    ".zst": lambda file: _open_zstandard(file),
}
_SUFFIXES: Final = {".csv": "csv", ".tsv": "tsv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet"}
# Rows of Parquet that are read at a time.
_BATCH_ROWS: Final = 8192
# A longer line is skipped: a few kilobytes of a compressed table can unpack to a line that fills the memory.
_MAX_LINE: Final = 4 * MAX_BYTES
_TOO_LONG: Final = f"has a line that is longer than {_MAX_LINE // 1_000_000} MB"


class TableError(Exception):
    """A table that cannot be read; the message is one line that names it and says what to do."""


class Kind(NamedTuple):
    """How a table is read: its format, and the suffix of its compression or ""."""

    format: str
    compression: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table.

    number  as a spreadsheet counts rows: the header of CSV and TSV is row 1, the first object or Parquet row too
    cells   by the names of their columns; None or absent for no value
    error   why the row cannot be read, else None
    """

    number: int
    cells: Mapping[str, object] = field(default_factory=dict)
    error: str | None = None


def kind_of(path: Path) -> Kind:
    """The kind of a table, by its name. Raises `TableError`."""
    suffixes = [suffix.lower() for suffix in path.suffixes[-2:]]
    compression = suffixes.pop() if suffixes and suffixes[-1] in _OPENERS else ""
    known = _SUFFIXES.get(suffixes[-1] if suffixes else "")
    if known is None or (known == "parquet" and compression):
        raise TableError(f"{path}: no table by its name; tables end in {', '.join(_SUFFIXES)}, or those with .gz")
    return Kind(known, compression)


def read_rows(path: Path, columns: tuple[str, ...]) -> Iterator[Row]:
    """The rows of a table with some of its columns, that of the texts first. Raises `TableError`."""
    if kind_of(path).format == "parquet":
        return _read_parquet(path, columns)
    return _read_text(path, columns)


def _read_text(path: Path, columns: tuple[str, ...]) -> Iterator[Row]:
    with open_table(path) as (_, content):
        yield from rows_of(path, content, columns)


@contextmanager
def open_table(path: Path) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    """The file of a table, and its content, unpacked if it is compressed. Raises `TableError`."""
    opener = _OPENERS[kind_of(path).compression]
    try:
        with open_regular_file(path) as file, opener(file) as content:
            yield file, content
    except (OSError, EOFError, lzma.LZMAError, zlib.error) as error:
        raise TableError(f"{path}: cannot be read ({reason_of(error)})") from None


def rows_of(path: Path, content: IO[bytes], columns: tuple[str, ...]) -> Iterator[Row]:
    """The rows of a table of text. Raises `TableError` where a column is not there."""
    return {"csv": _read_csv, "tsv": _read_csv, "jsonl": _read_json}[kind_of(path).format](path, content, columns)


def column_names(path: Path) -> tuple[str, ...]:
    """The columns of a table; for JSON Lines, the keys of its first object. Raises `TableError`."""
    format_name = kind_of(path).format
    if format_name == "parquet":
        return tuple(_parquet_file(path).schema_arrow.names)
    with open_table(path) as (_, content):
        if format_name == "jsonl":
            first = next((row for row in _read_json(path, content, ()) if row.error is None), Row(1))
            return tuple(first.cells)
        return _header(path, _csv_reader(path, content))


def require(path: Path, known: tuple[str, ...], columns: tuple[str, ...]) -> None:
    """Raises `TableError` where a table lacks one of some columns, or has it twice."""
    for name in columns:
        if name not in known:
            meant = hint(name, known) if known else "the table is empty"
            raise TableError(f'{path}: there is no column "{name}"; {meant}')
        if known.count(name) > 1:
            raise TableError(f'{path}: there are several columns "{name}"; rename one of them')


def text_of(row: Row, column: str) -> str | None:
    """The text of a row's cell, None for none. Raises `TableError`, without a file, where it is no text."""
    if row.error is not None:
        raise TableError(row.error)
    cell = row.cells.get(column)
    if cell is None:
        return None
    if not isinstance(cell, str):
        raise TableError(f'"{column}" is not text')
    try:
        cell.encode()
    except UnicodeEncodeError:
        raise TableError("the text is not valid UTF-8") from None
    return cell


def _read_csv(path: Path, content: IO[bytes], columns: tuple[str, ...]) -> Iterator[Row]:
    reader = _csv_reader(path, content)
    header = _header(path, reader)
    require(path, header, columns)
    number = 1
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Row(number, error=f"no row of a table ({error})")
            continue
        if not cells:
            continue
        if len(cells) != len(header):
            yield Row(number, error=f"has {len(cells)} cells, and the header has {len(header)}")
        else:
            yield Row(number, dict(zip(header, cells, strict=True)))


def _header(path: Path, reader: Iterator[list[str]]) -> tuple[str, ...]:
    """The columns of CSV or TSV. Raises `TableError`."""
    try:
        return tuple(next(reader, []))
    except csv.Error as error:
        raise TableError(f"{path}: its first row is no header ({error})") from None


def _csv_reader(path: Path, content: IO[bytes]) -> Iterator[list[str]]:
    # Where a quotation mark is never closed, the rest of the table would be one cell.
    csv.field_size_limit(MAX_BYTES)
    # A row that is not valid UTF-8 is an error of that row alone.
    lines = _Lines(TextIOWrapper(content, encoding="utf-8-sig", errors="surrogateescape", newline=""))
    if kind_of(path).format == "tsv":
        # Quotation marks mean nothing there: IANA, text/tab-separated-values.
        return csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return csv.reader(lines)


class _Lines:
    """The lines of a table for the reader of CSV; a line that is too long is an error of that row alone."""

    def __init__(self, content: TextIOWrapper) -> None:
        self._content = content

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._content.readline(_MAX_LINE + 1)
        if not line:
            raise StopIteration
        if len(line) <= _MAX_LINE:
            return line
        while line and not line.endswith(("\n", "\r")):
            line = self._content.readline(_MAX_LINE)
        raise csv.Error(_TOO_LONG)


def _json_lines(content: IO[bytes]) -> Iterator[bytes | None]:
    """The lines of a table; None for one that is too long."""
    while line := content.readline(_MAX_LINE + 1):
        if len(line) <= _MAX_LINE:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = content.readline(_MAX_LINE)
        yield None


def _read_json(path: Path, content: IO[bytes], columns: tuple[str, ...]) -> Iterator[Row]:
    is_first = True
    for number, line in enumerate(_json_lines(content), 1):
        if line is None:
            yield Row(number, error=_TOO_LONG)
            continue
        if not line.strip():
            continue
        try:
            cells = json.loads(line.removeprefix(b"\xef\xbb\xbf"))
        except (ValueError, RecursionError) as error:
            reason = "not valid UTF-8" if isinstance(error, UnicodeDecodeError) else "no JSON"
            yield Row(number, error=f"is {reason}")
            continue
        if not isinstance(cells, dict):
            yield Row(number, error="is no JSON object")
            continue
        # An object may leave out what has no value. The first one without a text means that the column is misspelled.
        if is_first:
            require(path, tuple(cells), columns[:1])
        is_first = False
        yield Row(number, cells)


def _read_parquet(path: Path, columns: tuple[str, ...]) -> Iterator[Row]:
    file = _parquet_file(path)
    require(path, tuple(file.schema_arrow.names), columns)
    number = 0
    for batch in file.iter_batches(_BATCH_ROWS, columns=list(columns)):
        for index in range(batch.num_rows):
            number += 1
            try:
                cells = {name: batch.column(name)[index].as_py() for name in columns}
            except UnicodeDecodeError:
                yield Row(number, error="the text is not valid UTF-8")
                continue
            yield Row(number, cells)


def _parquet_file(path: Path):  # type: ignore[no-untyped-def]  # pyarrow is there only with the extra.
    try:
        import pyarrow.parquet
    except ImportError:
        raise TableError(f"{path}: to read Parquet, install gru-lint[corpus]") from None
    try:
        # Arrow would wait for a pipe.
        open_regular_file(path).close()
        return pyarrow.parquet.ParquetFile(path)
    except (OSError, pyarrow.ArrowInvalid) as error:
        reason = getattr(error, "strerror", None) or " ".join(str(error).split())
        raise TableError(f"{path}: cannot be read as Parquet ({reason})") from None


def _open_zstandard(file: IO[bytes]) -> IO[bytes]:
    try:
        import pyarrow
    except ImportError:
        raise OSError("to read Zstandard, install gru-lint[corpus]") from None
    from io import BufferedReader

    return BufferedReader(pyarrow.CompressedInputStream(file, "zstd"))
