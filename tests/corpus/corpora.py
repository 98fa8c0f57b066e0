"""Small corpora, and runs over them in this process."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from gru_lint.corpus.engines import ENGINES
from gru_lint.corpus.job import Columns, Job
from gru_lint.corpus.run import run_corpus
from gru_lint.corpus.tally import Tally

WRONG, RIGHT, NEUTRAL = "The king hurt herself.", "The king hurt himself.", "The weather was fine."


def write_parquet(path: Path, texts: list[str | None], rows_a_group: int = 5, **columns: list[Any]) -> Path:
    """A table of texts with a key."""
    table = pa.table({"id": list(range(len(texts))), "text": pa.array(texts, pa.string()), **columns})
    pq.write_table(table, path, row_group_size=rows_a_group)
    return path


def write_json_lines(path: Path, texts: list[str | None]) -> Path:
    """The same table as JSON Lines."""
    rows = [{"id": number, "text": text} for number, text in enumerate(texts)]
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return path


def run(
    inputs: Path | tuple[Path, ...], output: Path, engine: str = "local", n_workers: int = 1, **options: Any
) -> Tally:
    """What is counted in a run with a key; `options` are those of `Job`, and the columns."""
    paths = inputs if isinstance(inputs, tuple) else (inputs,)
    columns = options.pop("columns", Columns(key="id"))
    address = options.pop("address", None)
    job = Job(paths, output, columns, **{"part_rows": 4, **options})
    return run_corpus(job, ENGINES[engine], address, n_workers)


def rows_in(output: Path) -> list[dict[str, Any]]:
    """The rows of an output, whatever it is."""
    if output.suffix == ".jsonl":
        return [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]
    found: list[dict[str, Any]] = pq.read_table(output).to_pylist()
    return found


def codes_in(output: Path) -> list[list[str] | str]:
    """The codes of each row's findings, or its error."""
    return [
        row["error"] if row["findings"] is None else [found["code"] for found in row["findings"]]
        for row in rows_in(output)
    ]
