"""An output that cannot be written: one line says why and what to do before a row is judged, and nothing is lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

pytest.importorskip("pyarrow", reason="needs the extra corpus")

from corpora import RIGHT, codes_in

from gru_lint.cli import application
from gru_lint.corpus import parts

# The kernel's own folder: not even root makes a file there.
_NOBODYS = Path("/sys/kernel")
_needs_sys = pytest.mark.skipif(not _NOBODYS.is_dir(), reason="a folder where nobody may write is one of Linux")
_MOVE = "move it away, or name another output"
_FOREIGN = {
    "thesis.parquet.parts/thesis.txt": b"years of work",
    "junk.parquet.parts/_gru_lint.json": b"\xff",
    "file.parquet.parts": b"mine",
    "folder.parquet/thesis.txt": b"years of work",
    "kept.parquet": b"old",
    "notes": b"mine",
    "full/thesis.txt": b"years of work",
    "in.jsonl": f'{{"text": "{RIGHT}"}}\n'.encode(),
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, content in _FOREIGN.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    (tmp_path / "kept.parquet").chmod(0o444)
    return tmp_path


def corpus(output: str) -> tuple[int, str]:
    """Exit code and standard error of a run that shows nothing else."""
    result = CliRunner().invoke(application, ["corpus", "in.jsonl", "-o", output, "-j", "1", "-q", "--isolated"])
    assert result.stdout == ""
    return result.exit_code, result.stderr


def contents(folder: Path) -> dict[str, bytes]:
    """Each file in a folder and in those within."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The parts that are judged."""
    seen: list[Any] = []
    monkeypatch.setattr(parts, "_lint", lambda rows, _: seen.append(rows))
    return seen


@pytest.mark.parametrize(
    ("output", "message"),
    [
        pytest.param("no/x.parquet", "no/x.parquet: there is no directory no; make it first", id="no such folder"),
        pytest.param("no/x", "no/x: there is no directory no; make it first", id="no folder for the folder"),
        pytest.param(
            "notes/x.jsonl", "notes/x.jsonl: there is no directory notes; make it first", id="a file for a folder"
        ),
        pytest.param(
            "notes",
            "notes: is no folder; name another output, or a file that ends in .parquet, .jsonl or .jsonl.gz",
            id="a file whose name is that of a folder",
        ),
        pytest.param("full", f"full: is not empty and holds no run; {_MOVE}", id="a folder with something else"),
        pytest.param(
            "folder.parquet",
            "folder.parquet: is a directory, and by its name would be a file; name another output",
            id="a folder whose name is that of a file",
        ),
        pytest.param(
            "kept.parquet", "kept.parquet: is read-only; name another output", id="a file that is kept from writing"
        ),
        pytest.param(
            "in.jsonl",
            "in.jsonl: is one of the tables that are read; name another output",
            id="the output would replace its input",
        ),
        pytest.param(
            "thesis.parquet",
            f"thesis.parquet.parts: is not empty and holds no run; {_MOVE}",
            id="parts that are somebody's thesis",
        ),
        pytest.param(
            "file.parquet",
            f"file.parquet.parts: is no folder, and the parts of the run belong there; {_MOVE}",
            id="parts that are a file",
        ),
        pytest.param(
            "junk.parquet",
            "junk.parquet.parts: holds the parts of another run (other inputs, options or settings); "
            "remove it, or name another output",
            id="a plan that is no text",
        ),
    ],
)
def test_nothing_is_judged_and_nothing_is_lost(folder: Path, judged: list[Any], output: str, message: str) -> None:
    before = contents(folder)
    assert corpus(output) == (2, f"gru-lint: {message}\n")
    assert judged == []
    assert contents(folder) == before


@_needs_sys
@pytest.mark.parametrize("name", ["x.parquet", "x.jsonl.gz", "x"])
def test_parts_have_no_room_in_a_folder_that_is_read_only(folder: Path, judged: list[Any], name: str) -> None:
    code, error = corpus(f"{_NOBODYS}/{name}")
    named = name if name == "x" else f"{name}.parts"
    assert code == 2
    assert error.startswith(f"gru-lint: {_NOBODYS}/{named}: cannot be written (")
    assert error.endswith("); name an output where you may write\n")
    assert (error.count("\n"), judged) == (1, [])


def _full(*_: object, **__: object) -> Any:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize(
    ("place", "message"),
    [
        pytest.param(
            "gru_lint.corpus.parts.pq.write_table",
            f"{Path('x.jsonl.parts', 'part-00000000.parquet')}: cannot be written (No space left on device); "
            "what is done is kept: mend that, and run it again to go on",
            id="while a part is written",
        ),
        pytest.param(
            "gru_lint.corpus.run._write_json",
            "x.jsonl: cannot be written (No space left on device); "
            "what is done is kept in x.jsonl.parts: mend that, and run it again to go on",
            id="while one file is made of the parts",
        ),
    ],
)
def test_a_run_for_which_there_was_no_room_goes_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch, place: str, message: str
) -> None:
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(place, _full)
        assert corpus("x.jsonl") == (2, f"gru-lint: {message}\n")
    assert corpus("x.jsonl") == (0, "")
    assert codes_in(folder / "x.jsonl") == [[]]
    assert not (folder / "x.jsonl.parts").exists()
