"""Dask and Spark do what this machine's processes do: the same rows, of 100,000."""

from __future__ import annotations

import importlib.util
import json
import shutil
import sys
from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="needs the extra corpus")

import pyarrow.parquet as pq
from corpora import WRONG, rows_in, run, write_parquet
from segments import segments

from gru_lint.corpus.job import Columns, CorpusError
from gru_lint.corpus.tally import Tally

_N_ROWS = 100_000
_COLUMNS = Columns(key="id", group="system")


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Tally]:
    """A corpus, what this machine's processes make of it, and what they count."""
    folder = tmp_path_factory.mktemp("local")
    # Of these rows a few are judged and all are read, written and counted.
    texts: list[str | None] = [*segments(_N_ROWS - 2, share_of_pronouns=0.01), None, WRONG]
    path = write_parquet(folder / "a.parquet", texts, 30_000, system=[f"S{number % 7}" for number in range(_N_ROWS)])
    return path, folder / "found", run(path, folder / "found", n_workers=2, part_rows=8192, columns=_COLUMNS)


def rows(folder: Path) -> set[str]:
    """The rows of an output as a set."""
    return {json.dumps(row) for row in rows_in(folder)}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("engine", "address", "package"),
    [
        ("dask", None, "distributed"),
        ("spark", "local[2]", "pyspark"),
        # The executors are processes of their own, each with a core and a gigabyte.
        ("spark", "local-cluster[2,1,1024]", "pyspark"),
    ],
    ids=["dask", "spark", "spark-cluster"],
)
def test_an_engine_writes_the_same_rows(
    engine: str,
    address: str | None,
    package: str,
    local: tuple[Path, Path, Tally],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if importlib.util.find_spec(package) is None:
        pytest.skip(f"{package} is not installed: see the extras dask and spark")
    if engine == "spark" and shutil.which("java") is None:
        pytest.skip("Spark needs Java, and there is none")
    # The workers are to find what this process has found.
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    path, expected, tally = local
    options = {"engine": engine, "address": address, "n_workers": 2, "part_rows": 8192, "columns": _COLUMNS}
    found = run(path, tmp_path / "found", **options)
    assert rows(tmp_path / "found") == rows(expected)
    assert pq.read_table(tmp_path / "found").num_rows == _N_ROWS
    assert sum(row["findings"] not in (None, []) for row in rows_in(expected)) == tally.n_hit > 10
    assert found == tally


@pytest.mark.parametrize(
    ("engine", "package", "message"),
    [
        ("dask", "distributed", "--engine dask needs Dask: install gru-lint[dask]"),
        ("spark", "pyspark", "--engine spark needs Spark: install gru-lint[spark]"),
    ],
)
def test_an_engine_that_is_not_installed_is_named(
    engine: str, package: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(CorpusError) as raised:
        run(write_parquet(tmp_path / "a.parquet", [WRONG]), tmp_path / "found", engine=engine)
    assert str(raised.value) == message
