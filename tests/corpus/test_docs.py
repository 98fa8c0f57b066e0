"""The calls that docs/corpus.md shows, run as they stand there."""

from __future__ import annotations

import importlib.util
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyarrow", reason="needs the extra arrow")

import pyarrow as pa
from corpora import NEUTRAL, RIGHT, WRONG, write_parquet

_PAGE = Path(__file__).parents[2] / "docs" / "corpus.md"
_CALLS = dict(re.findall(r"^### ([^\n]+)\n+```python\n(.*?)^```", _PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL))
_NEEDS = {
    "pyarrow": ("pyarrow",),
    "pandas": ("pandas",),
    "Polars": ("polars",),
    "DuckDB": ("duckdb",),
    "Hugging Face datasets": ("datasets",),
    "Dask": ("dask", "pandas"),
    "Spark": ("pyspark",),
}


def plain(result: Any) -> list[dict[str, Any]]:
    """The rows of a result, whatever it came out of."""
    if hasattr(result, "to_dicts"):
        rows: list[dict[str, Any]] = result.to_dicts()
        return rows
    if hasattr(result, "to_pylist"):
        rows = result.to_pylist()
        return rows
    if hasattr(result, "to_list"):
        rows = result.to_list()
        return rows
    rows = pa.Table.from_pandas(result, preserve_index=False).to_pylist()
    return rows


def test_every_call_is_tried() -> None:
    assert set(_CALLS) == set(_NEEDS)


@pytest.mark.parametrize("name", sorted(_NEEDS))
def test_a_call_of_the_page(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for package in _NEEDS[name]:
        if importlib.util.find_spec(package) is None:
            pytest.skip(f"{package} is not installed: see the extra engines")
    if name == "Spark" and shutil.which("java") is None:
        pytest.skip("Spark needs Java, and there is none")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    # The workers are to find what this process has found.
    monkeypatch.setenv("PYTHONPATH", str(_PAGE.parents[1]))
    monkeypatch.setenv("HF_HOME", str(tmp_path / "huggingface"))
    write_parquet(Path("segments.parquet"), [WRONG, RIGHT, None, NEUTRAL])
    names: dict[str, Any] = {}
    exec(compile(_CALLS[name], f"{_PAGE.name}: {name}", "exec"), names)
    rows = plain(names["result"])
    if name == "Spark":
        names["spark"].stop()
    assert [row["id"] for row in rows] == [0, 1, 2, 3]
    assert [row["error"] for row in rows] == [None, None, "no text", None]
    codes = [None if row["findings"] is None else [found["code"] for found in row["findings"]] for row in rows]
    assert codes == [["PA004"], [], None, []]
