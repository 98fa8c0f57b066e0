"""A whole run: lints the parts that are not done, and makes the output of all parts."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable, Iterator
from contextlib import closing, nullcontext
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from gru_lint.corpus.engines import Engine
from gru_lint.corpus.job import CorpusError, Job
from gru_lint.corpus.output import check_output
from gru_lint.corpus.parts import Part, count_rows, find_parts, known_tally
from gru_lint.corpus.tables import TableError
from gru_lint.corpus.tally import GroupError, Tally

# The rows of a row group of the file that is made of the parts.
_GROUP_ROWS: Final = 131_072


def run_corpus(
    job: Job,
    engine: Engine,
    address: str | None,
    n_workers: int,
    progress: Callable[[int, int | None], None] | None = None,
) -> Tally:
    """Lints the parts that are not done, writes the output, and returns the tally. Raises `CorpusError`.

    progress  called with how many rows are done, and of how many; for tables of text, that is an estimate
    """
    try:
        total = Tally()
        check_output(job)
        # Errors in the tables are reported before anything is written.
        schema = job.schema
        n_parts = n_read = 0
        n_rows = count_rows(job)
        is_estimated = n_rows is None
        job.begin()

        def left() -> Iterator[Part]:
            nonlocal n_parts, n_read, n_rows
            for part in find_parts(job):
                n_parts = part.number + 1
                n_read += part.n_rows
                if is_estimated:
                    n_rows = round(n_read / part.share)
                known = known_tally(job, part)
                if known is None:
                    yield part
                else:
                    total.add(known)

        with closing(engine(left(), job, address, n_workers)) as results:
            for done in results:
                total.add(done.tally)
                if progress:
                    progress(total.n_rows, n_rows)
        if not job.is_folder:
            _merge(job, schema, n_parts)
            job.end()
    except (TableError, GroupError) as error:
        raise CorpusError(str(error)) from None
    except OSError as error:
        raise CorpusError(f"{error.filename or job.output}: {error.strerror or error}") from None
    return total


def _merge(job: Job, schema: pa.Schema, n_parts: int) -> None:
    """Makes one file of the parts, in their order; whole or not at all. Raises `CorpusError`."""
    new = job.output.with_name(f".{job.output.name}.tmp")
    tables = (pq.read_table(job.part_file(number)) for number in range(n_parts))
    try:
        if job.output.suffix == ".parquet":
            _write_parquet(new, tables, schema)
        else:
            _write_json(new, tables, is_compressed=job.output.suffix == ".gz")
        with new.open("rb") as file:
            os.fsync(file.fileno())
        new.replace(job.output)
    except OSError as error:
        raise CorpusError(
            f"{job.output}: cannot be written ({error.strerror or error}); "
            f"what is done is kept in {job.folder}: mend that, and run it again to go on"
        ) from None
    finally:
        new.unlink(missing_ok=True)


def _write_parquet(path: Path, tables: Iterator[pa.Table], schema: pa.Schema) -> None:
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        waiting: list[pa.Table] = []
        for table in tables:
            waiting.append(table.replace_schema_metadata(None))
            if sum(held.num_rows for held in waiting) >= _GROUP_ROWS:
                writer.write_table(pa.concat_tables(waiting))
                waiting = []
        if waiting:
            writer.write_table(pa.concat_tables(waiting))


def _write_json(path: Path, tables: Iterator[pa.Table], *, is_compressed: bool) -> None:
    with path.open("wb") as raw, gzip.GzipFile(fileobj=raw) if is_compressed else nullcontext(raw) as file:
        for table in tables:
            for row in table.to_pylist():
                # Of Parquet, a key may be a date or a number of any kind.
                file.write(json.dumps(row, ensure_ascii=False, default=str).encode() + b"\n")
