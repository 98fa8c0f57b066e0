"""Runs over corpora: every row once, whatever was done before and whoever does it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyarrow", reason="needs the extra corpus")

import pyarrow as pa
import pyarrow.parquet as pq
from corpora import NEUTRAL, RIGHT, WRONG, codes_in, rows_in, run, write_json_lines, write_parquet
from waiting import until

from gru_lint.corpus import parts
from gru_lint.corpus.job import Columns, CorpusError

_TEXTS: list[str | None] = [WRONG, RIGHT, None, NEUTRAL, "", WRONG, NEUTRAL]
_CODES = [["PA004"], [], "no text", [], [], ["PA004"], []]


@pytest.mark.parametrize("output", ["found.parquet", "found.jsonl", "folder"])
@pytest.mark.parametrize("table", ["a.parquet", "a.jsonl"])
def test_every_row_is_written_with_its_findings(tmp_path: Path, table: str, output: str) -> None:
    write = write_parquet if table == "a.parquet" else write_json_lines
    path = write(tmp_path / table, _TEXTS)
    tally = run(path, tmp_path / output)
    found = tmp_path / output
    assert codes_in(found) == _CODES
    key = range(7) if table == "a.parquet" else map(str, range(7))
    assert [row["id"] for row in rows_in(found)] == list(key)
    assert [(row["file"], row["row"], row["text"]) for row in rows_in(found)] == [
        (str(path), number, text) for number, text in enumerate(_TEXTS, 1)
    ]
    assert (tally.n_rows, tally.n_without_text, tally.n_hit, tally.n_bad) == (7, 1, 2, 0)
    left = {entry.name for entry in tmp_path.iterdir()}
    assert left == {table, output}


def test_only_findings_and_what_could_not_be_checked_are_left(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f'{{"text": "{RIGHT}"}}\nnonsense\n{{"text": "{WRONG}"}}\n{{"text": 5}}\n{{"id": 1}}\n')
    tally = run(path, tmp_path / "b.jsonl", only_findings=True)
    assert [(row["row"], row["error"]) for row in rows_in(tmp_path / "b.jsonl")] == [
        (2, "is no JSON"),
        (3, None),
        (4, '"text" is not text'),
    ]
    assert tally.bad == [f"{path}:2: is no JSON", f'{path}:4: "text" is not text']
    assert (tally.n_rows, tally.n_bad, tally.n_without_text) == (5, 2, 1)


def test_text_that_is_no_utf8_is_kept_as_far_as_it_can_be(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"id,text\n1,\xffshe\n" + f"2,{WRONG}\n".encode())
    run(path, tmp_path / "b.parquet")
    assert codes_in(tmp_path / "b.parquet") == ["the text is not valid UTF-8 (byte 0)", ["PA004"]]
    assert [row["text"] for row in rows_in(tmp_path / "b.parquet")] == ["\ufffdshe", WRONG]


def test_columns_travel_and_group(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text(
        "id\tsource\tsystem\ttext\n"
        f"1\tDer König hat sich verletzt.\tA\t{WRONG}\n"
        f"2\tDer König hat sich verletzt.\tB\t{RIGHT}\n",
        encoding="utf-8",
    )
    columns = Columns(key="id", source="source", group="system")
    tally = run(path, tmp_path / "b.parquet", columns=columns, source_lang="de")
    first = rows_in(tmp_path / "b.parquet")[0]
    assert {name: first[name] for name in ("id", "source", "source_lang", "system")} == {
        "id": "1",
        "source": "Der König hat sich verletzt.",
        "source_lang": "de",
        "system": "A",
    }
    assert (tally.group_rows, tally.group_hits) == ({"A": 1, "B": 1}, {"A": 1, "B": 0})


def test_the_segment_before_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    rows = [{"text": WRONG}, {"text": "And then she slept.", "before": WRONG}]
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    run(path, tmp_path / "b.jsonl", columns=Columns(context="before"))
    found = rows_in(tmp_path / "b.jsonl")
    assert [row["before"] for row in found] == [None, WRONG]
    assert all(finding["word"] == "she" for finding in found[1]["findings"])


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The numbers of the parts that are judged."""
    numbers: list[int] = []
    real = parts._lint

    def watched(rows: Any, job: Any) -> Any:
        numbers.append(rows.num_rows)
        if len(numbers) == 3:
            raise KeyboardInterrupt
        return real(rows, job)

    monkeypatch.setattr(parts, "_lint", watched)
    return numbers


@pytest.mark.parametrize("table", ["a.parquet", "a.jsonl"])
def test_what_is_done_is_not_done_again(tmp_path: Path, table: str, seen: list[int]) -> None:
    write = write_parquet if table == "a.parquet" else write_json_lines
    path = write(tmp_path / table, [WRONG, NEUTRAL] * 8)
    with pytest.raises(KeyboardInterrupt):
        run(path, tmp_path / "b.jsonl")
    assert not (tmp_path / "b.jsonl").exists()
    n_parts = {"a.parquet": 7, "a.jsonl": 4}[table]
    seen[:] = [0, 0, 0]
    tally = run(path, tmp_path / "b.jsonl")
    assert len(seen) == 3 + n_parts - 2
    assert codes_in(tmp_path / "b.jsonl") == [["PA004"], []] * 8
    assert (tally.n_rows, tally.n_hit) == (16, 8)


def test_a_part_that_is_damaged_is_done_again(tmp_path: Path) -> None:
    path = write_parquet(tmp_path / "a.parquet", [WRONG] * 6)
    run(path, tmp_path / "folder")
    (tmp_path / "folder" / "part-00000001.parquet").write_bytes(b"PAR1")
    run(path, tmp_path / "folder")
    assert codes_in(tmp_path / "folder") == [["PA004"]] * 6


def test_parts_of_another_run_are_not_mixed_in(tmp_path: Path) -> None:
    path = write_parquet(tmp_path / "a.parquet", [WRONG])
    run(path, tmp_path / "folder")
    for changed in ({"only_findings": True}, {"part_rows": 5}, {"columns": Columns()}):
        with pytest.raises(CorpusError, match="holds the parts of another run"):
            run(path, tmp_path / "folder", **changed)
    write_parquet(path, [WRONG, WRONG])
    with pytest.raises(CorpusError, match="holds the parts of another run"):
        run(path, tmp_path / "folder")


def broken(tmp_path: Path) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Inputs, columns and what is said of them."""
    write_parquet(tmp_path / "a.parquet", [WRONG], findings=["x"])
    pq.write_table(pa.table({"text": [1]}), tmp_path / "number.parquet")
    (tmp_path / "b.csv").write_text("text\nShe.\n")
    (tmp_path / "empty.csv").write_text("")
    (tmp_path / "c.parquet").write_bytes(b"no Parquet")
    yield "missing.parquet", {}, "missing.parquet: cannot be read as Parquet"
    yield "missing.csv", {}, "missing.csv: cannot be read (No such file or directory)"
    yield "c.parquet", {}, "c.parquet: cannot be read as Parquet"
    yield "empty.csv", {}, 'empty.csv: there is no column "text"'
    yield "b.csv", {"key": "id"}, 'b.csv: there is no column "id"'
    yield "a.parquet", {"key": "findings"}, 'the column "findings" would be written twice'
    yield "number.parquet", {}, 'the column "text" holds int64, not text'
    yield "a.docx", {}, "a.docx: no table by its name"


def test_what_cannot_be_run_is_said_in_a_line(tmp_path: Path) -> None:
    for name, columns, message in broken(tmp_path):
        with pytest.raises(CorpusError) as raised:
            run(tmp_path / name, tmp_path / "out.parquet", columns=Columns(**columns))
        assert message in str(raised.value)
        assert "\n" not in str(raised.value)
        assert not (tmp_path / "out.parquet").exists()


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    with pytest.raises(CorpusError, match="is not empty"):
        run(write_parquet(tmp_path / "a.parquet", [WRONG]), tmp_path / "mine")
    assert (tmp_path / "mine" / "thesis.txt").read_text() == "years of work"


@pytest.mark.slow
def test_processes_give_the_same_rows(tmp_path: Path) -> None:
    path = write_parquet(tmp_path / "a.parquet", [WRONG, RIGHT, None, NEUTRAL] * 20)
    one = run(path, tmp_path / "one.parquet")
    two = run(path, tmp_path / "two.parquet", n_workers=2)
    assert rows_in(tmp_path / "one.parquet") == rows_in(tmp_path / "two.parquet")
    assert one == two


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="kills by a signal")
def test_a_run_that_is_killed_goes_on(tmp_path: Path) -> None:
    path = write_parquet(tmp_path / "a.parquet", [NEUTRAL] * 200_000, 60_000)
    command = [sys.executable, "-m", "gru_lint", "corpus", str(path), "-o", str(tmp_path / "b"), "-q", "-j", "1"]
    with subprocess.Popen(command, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}) as process:
        until(lambda: (tmp_path / "b" / "part-00000000.parquet").exists())
        process.send_signal(signal.SIGKILL)
    first = (tmp_path / "b" / "part-00000000.parquet").stat()
    again = subprocess.run(command, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}, check=False)
    assert again.returncode == 0
    assert pq.read_table(tmp_path / "b").num_rows == 200_000
    # A part that is done again is written anew.
    assert (tmp_path / "b" / "part-00000000.parquet").stat().st_mtime_ns == first.st_mtime_ns
