"""The parts of a corpus: how tables are cut into parts, and how one part is linted, in whatever process."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import Any, Final, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from gru_lint.arrow import ERROR, FINDINGS, NO_TEXT, ColumnError, lint_batches
from gru_lint.corpus.job import FILE, ROW, SOURCE_LANGUAGE, CorpusError, Job
from gru_lint.corpus.tables import Row, TableError, kind_of, open_table, rows_of
from gru_lint.corpus.tally import Tally
from gru_lint.model.weights_path import WeightsError

_TALLY: Final = b"gru_lint"
# A linter caches words, and is used by one thread at a time.
_LOCK: Final = Lock()


class Part(NamedTuple):
    """Some rows of a table, one after the other.

    number     among all parts of the run
    row_group  of Parquet: the worker reads it by itself, from the row `offset` of the group on
    rows       of other tables, which can only be read from their beginning: a batch of `_rows_schema`
    share      how much of all tables, by their bytes, lies before its end, 0..1
    """

    number: int
    path: Path
    first_row: int
    n_rows: int
    row_group: int = 0
    offset: int = 0
    rows: pa.RecordBatch | None = None
    share: float = 1.0


class Done(NamedTuple):
    """A part that lies in its file, with what was counted of it."""

    number: int
    tally: Tally


def find_parts(job: Job) -> Iterator[Part]:
    """The parts of a run, always the same. Raises `TableError`."""
    number = 0
    sizes = [max(1, path.stat().st_size) for path in job.inputs]
    for index, path in enumerate(job.inputs):
        parts = _parquet_parts if kind_of(path).format == "parquet" else _text_parts
        for part in parts(job, path):
            share = (sum(sizes[:index]) + sizes[index] * part.share) / sum(sizes)
            yield part._replace(number=number, share=share)
            number += 1


def count_rows(job: Job) -> int | None:
    """How many rows there are; None where that is not known before they are read."""
    if any(kind_of(path).format != "parquet" for path in job.inputs):
        return None
    return sum(int(pq.read_metadata(path).num_rows) for path in job.inputs)


def known_tally(job: Job, part: Part) -> Tally | None:
    """The tally of a part that is done; None where it is not."""
    path = job.part_file(part.number)
    if not path.exists():
        return None
    try:
        return Tally.from_json((pq.read_schema(path).metadata or {})[_TALLY].decode())
    except (OSError, pa.ArrowInvalid, KeyError, ValueError, TypeError):
        # What is damaged is done again.
        return None


def lint_part(part: Part, job: Job) -> Done:
    """Lints a part and writes its file, whole or not at all. Raises `CorpusError`."""
    try:
        rows = part.rows if part.rows is not None else _read_rows(part, job)
        with _LOCK:
            found = _lint(rows, job)
        tally = _count(found, part.path, job.columns.group)
        if job.only_findings:
            has_finding = pc.greater(pc.fill_null(pc.list_value_length(found["findings"]), 0), 0)
            is_bad = pc.and_(pc.is_valid(found["error"]), pc.not_equal(found["error"], NO_TEXT))
            found = found.filter(pc.or_(has_finding, pc.fill_null(is_bad, fill_value=False)))
        _write(found, part, job, tally)
    except (ColumnError, TableError, WeightsError) as error:
        raise CorpusError(str(error)) from None
    except OSError as error:
        raise CorpusError(
            f"{job.part_file(part.number)}: cannot be written ({error.strerror or error}); "
            "what is done is kept: mend that, and run it again to go on"
        ) from None
    return Done(part.number, tally)


def _parquet_parts(job: Job, path: Path) -> Iterator[Part]:
    metadata = pq.read_metadata(path)
    first_row = 1
    for group in range(metadata.num_row_groups):
        n_group = metadata.row_group(group).num_rows
        for offset in range(0, n_group, job.part_rows):
            n_rows = min(job.part_rows, n_group - offset)
            end = first_row + offset + n_rows - 1
            yield Part(0, path, first_row + offset, n_rows, group, offset, share=end / metadata.num_rows)
        first_row += n_group


def _text_parts(job: Job, path: Path) -> Iterator[Part]:
    size = max(1, path.stat().st_size)
    with open_table(path) as (file, content):
        rows = rows_of(path, content, job.columns.carried)
        while batch := list(islice(rows, job.part_rows)):
            # What reads the table closes it at its end.
            share = 1.0 if file.closed else min(1.0, file.tell() / size)
            yield Part(0, path, batch[0].number, len(batch), rows=_batch(batch, job), share=share)


def _rows_schema(job: Job) -> pa.Schema:
    """The columns that are carried along, the number of a row, and why it could not be read."""
    return pa.schema([*job.carried, ROW, ERROR])


def _batch(rows: list[Row], job: Job) -> pa.RecordBatch:
    """Rows of a table of text; what in them is no UTF-8 is kept as it is."""
    errors = [row.error for row in rows]
    columns = []
    for field in job.carried:
        cells: list[bytes | None] = []
        for index, row in enumerate(rows):
            cell = row.cells.get(field.name)
            if field.name == job.columns.text and cell is not None and not isinstance(cell, str):
                errors[index] = f'"{field.name}" is not text'
            cells.append(None if cell is None else _bytes(cell))
        columns.append(pa.array(cells, pa.binary()).view(pa.string()))
    numbers = pa.array([row.number for row in rows], ROW.type)
    return pa.RecordBatch.from_arrays([*columns, numbers, pa.array(errors, ERROR.type)], schema=_rows_schema(job))


def _bytes(cell: object) -> bytes:
    if not isinstance(cell, str):
        return json.dumps(cell, ensure_ascii=False).encode("utf-8", "surrogatepass")
    try:
        return cell.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return cell.encode("utf-8", "surrogatepass")


def _read_rows(part: Part, job: Job) -> pa.RecordBatch:
    """The rows of a part of Parquet."""
    try:
        with pq.ParquetFile(part.path) as file:
            # The rows before it in its group are read, too: that takes a hundredth of the time of judging them.
            batches = file.iter_batches(
                job.part_rows, row_groups=[part.row_group], columns=list(job.columns.carried), use_threads=False
            )
            batch = next(islice(batches, part.offset // job.part_rows, None))
    except (OSError, pa.ArrowInvalid, StopIteration) as error:
        raise TableError(f"{part.path}: cannot be read as Parquet ({error})") from None
    columns = [batch.column(name) for name in job.carried.names]
    numbers = pa.array(range(part.first_row, part.first_row + batch.num_rows), ROW.type)
    errors = pa.nulls(batch.num_rows, ERROR.type)
    return pa.RecordBatch.from_arrays([*columns, numbers, errors], schema=_rows_schema(job))


def _lint(rows: pa.RecordBatch, job: Job) -> pa.Table:
    """The rows with their findings; the columns but the file."""
    # Linting adds a column of errors of its own: that of the rows which could not be read is merged in below.
    unread = rows.column(ERROR.name)
    readable = pa.RecordBatch.from_arrays(rows.columns[:-1], names=rows.schema.names[:-1])
    (linted,) = lint_batches([readable], job.columns.text, context=job.columns.context, settings=job.settings)
    found = pa.Table.from_batches([linted])
    errors = pc.coalesce(unread, linted.column(ERROR.name))
    findings = pc.if_else(pc.is_valid(unread), pa.scalar(None, FINDINGS.type), linted.column(FINDINGS.name))
    found = found.set_column(found.schema.get_field_index(FINDINGS.name), FINDINGS, findings)
    return found.set_column(found.schema.get_field_index(ERROR.name), ERROR, errors)


def _count(found: pa.Table, path: Path, group: str | None) -> Tally:
    tally = Tally()
    groups = _texts(found[group]) if group is not None else [None] * found.num_rows
    rows = zip(found["row"].to_pylist(), found["findings"].to_pylist(), found["error"].to_pylist(), groups, strict=True)
    for row, findings, error, value in rows:
        if findings is not None:
            tally.count((finding["rule"] for finding in findings), value)
        elif error == NO_TEXT:
            tally.n_rows += 1
            tally.n_without_text += 1
        else:
            tally.count_bad(f"{path}:{row}", error)
    return tally


def _write(found: pa.Table, part: Part, job: Job, tally: Tally) -> None:
    n_rows = found.num_rows
    values: Mapping[str, Any] = {
        **{name: _valid(found[name]) for name in found.schema.names},
        FILE.name: pa.array([str(part.path)] * n_rows, FILE.type),
        SOURCE_LANGUAGE.name: pa.array([job.source_lang] * n_rows, SOURCE_LANGUAGE.type),
    }
    schema = job.schema.with_metadata({_TALLY: tally.to_json().encode()})
    table = pa.table([values[name] for name in schema.names], schema=schema)
    path = job.part_file(part.number)
    new = path.with_suffix(".tmp")
    pq.write_table(table, new, compression="zstd")
    new.replace(path)


def _valid(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """The column as it is, or where it holds what is no UTF-8, with the replacement character in its place."""
    if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
        return column
    try:
        column.validate(full=True)
    except pa.ArrowInvalid:
        return pa.chunked_array([pa.array(_texts(column, is_null_named=False), column.type)])
    return column


def _texts(column: pa.ChunkedArray, *, is_null_named: bool = True) -> list[str | None]:
    """The values of a column as text; null as "null" where that is named."""
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        values = column.cast(pa.large_binary()).to_pylist()
        texts = [None if value is None else value.decode(errors="replace") for value in values]
    else:
        texts = [None if value is None else str(value) for value in column.to_pylist()]
    return ["null" if text is None and is_null_named else text for text in texts]
