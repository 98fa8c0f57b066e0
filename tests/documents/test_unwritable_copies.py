"""A reviewed copy that cannot be written: one line says why and what to do, and nothing else has changed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from built_cases import BUILT_CASES
from typer.testing import CliRunner

from gru_lint.cli import application

# The kernel's own folder: not even root makes a file there.
_NOBODYS = Path("/sys/kernel")
_needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="folders and links as POSIX has them")
_needs_sys = pytest.mark.skipif(not _NOBODYS.is_dir(), reason="a folder where nobody may write is one of Linux")
_needs_full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="a full disk is simulated by /dev/full")
_ELSEWHERE = "name another file with --output-file"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "letter.docx").write_bytes(BUILT_CASES["letter.docx"]())
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "copies").mkdir()
    (tmp_path / "old.docx").write_bytes(b"old")
    (tmp_path / "old.docx").chmod(0o444)
    return tmp_path


def contents(folder: Path) -> dict[str, bytes | None]:
    """What lies in a folder; of a folder there, nothing but that it is one."""
    return {path.name: path.read_bytes() if path.is_file() else None for path in folder.iterdir()}


@pytest.mark.parametrize(
    ("output", "reason"),
    [
        pytest.param("no/such/x.docx", "there is no directory no/such; make it first", id="no such folder"),
        pytest.param("notes.txt/x.docx", "there is no directory notes.txt; make it first", id="a file for a folder"),
        pytest.param(
            "copies", "is a directory; --output-file needs the name of a file", id="a folder for the name of a file"
        ),
        pytest.param("old.docx", f"is read-only; {_ELSEWHERE}", id="a file that is kept from writing"),
        pytest.param(
            "letter.docx",
            "is the document itself; name another file for the reviewed copy",
            id="the copy would replace the document",
        ),
        pytest.param("/dev/full", f"No space left on device); {_ELSEWHERE}", id="a full disk", marks=_needs_full),
        pytest.param(f"{_NOBODYS}/x.docx", f"; {_ELSEWHERE}", id="a folder that is read-only", marks=_needs_sys),
    ],
)
def test_nothing_is_lost(folder: Path, output: str, reason: str) -> None:
    before = contents(folder)
    result = CliRunner().invoke(application, ["review", "--isolated", "letter.docx", "-o", output])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"gru-lint: {output}: ")
    assert result.stderr.endswith(f"{reason}\n")
    assert result.stderr.count("\n") == 1
    assert contents(folder) == before


@_needs_posix
def test_a_loop_of_links_is_no_file(folder: Path) -> None:
    (folder / "loop.docx").symlink_to("loop.docx")
    result = CliRunner().invoke(application, ["review", "--isolated", "letter.docx", "-o", "loop.docx"])
    assert result.exit_code == 2
    assert result.stderr.startswith("gru-lint: loop.docx: cannot be written (")
    assert result.stderr.endswith(f"); {_ELSEWHERE}\n")


def test_a_folder_that_may_not_be_entered_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbid(_: Path) -> bool:
        raise PermissionError(13, "Permission denied")

    # As it is before Python 3.14, where the system does not say what the path is; root may enter every folder.
    monkeypatch.setattr(Path, "is_dir", forbid)
    result = CliRunner().invoke(application, ["review", "--isolated", "letter.docx", "-o", "copies/x.docx"])
    assert result.exit_code == 2
    assert result.stderr == f"gru-lint: copies/x.docx: cannot be written (Permission denied); {_ELSEWHERE}\n"
