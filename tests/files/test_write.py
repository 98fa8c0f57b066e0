"""A user's file is written whole or not at all, and stays what it was in all but its content."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from gru_lint.files import write
from gru_lint.files.write import WriteError, write_file

_OLD, _NEW = "\ufeffShe left.\r\nHe stayed.\n".encode(), "\ufeffHe left.\r\nHe stayed.\n".encode()
needs_posix = pytest.mark.skipif(os.name != "posix", reason="modes and links as POSIX has them")


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "letter.txt"
    path.write_bytes(_OLD)
    return path


def check_left_alone(path: Path, reason: str, expected: bytes | None = _OLD) -> None:
    """Writing fails with one line that names the file, and leaves folder and file as they were."""
    before = {name: name.read_bytes() for name in path.parent.iterdir() if name.is_file()}
    with pytest.raises(WriteError, match=reason) as raised:
        write_file(path, _NEW, expected)
    assert str(path) in str(raised.value)
    assert "\n" not in str(raised.value)
    assert {name: name.read_bytes() for name in path.parent.iterdir() if name.is_file()} == before


def test_content_is_replaced_byte_by_byte_and_nothing_is_left_beside_it(letter: Path) -> None:
    write_file(letter, _NEW, _OLD)
    assert letter.read_bytes() == _NEW
    assert list(letter.parent.iterdir()) == [letter]


def test_a_file_is_begun_as_any_new_file(tmp_path: Path) -> None:
    write_file(tmp_path / "new.json", b"{}")
    (tmp_path / "other.json").write_bytes(b"{}")
    modes = {path.stat().st_mode for path in tmp_path.iterdir()}
    assert len(modes) == 1


@needs_posix
@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664, 0o755, 0o640])
def test_the_mode_is_kept(letter: Path, mode: int) -> None:
    letter.chmod(mode)
    write_file(letter, _NEW, _OLD)
    assert stat.S_IMODE(letter.stat().st_mode) == mode


@needs_posix
def test_the_time_is_that_of_writing(letter: Path) -> None:
    os.utime(letter, (1, 1))
    write_file(letter, _NEW, _OLD)
    assert letter.stat().st_mtime > 1_000_000_000


@needs_posix
def test_links_are_followed_and_not_replaced(letter: Path, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    first, second = tmp_path / "folder" / "first.txt", tmp_path / "second.txt"
    first.symlink_to("../letter.txt")
    second.symlink_to("folder/first.txt")
    write_file(second, _NEW, _OLD)
    assert second.is_symlink()
    assert first.is_symlink()
    assert letter.read_bytes() == _NEW


@needs_posix
def test_a_loop_of_links_is_told(tmp_path: Path) -> None:
    loop = tmp_path / "loop.txt"
    loop.symlink_to(loop)
    with pytest.raises(WriteError, match="cannot be written"):
        write_file(loop, _NEW)


def test_a_file_that_changed_meanwhile_is_left_alone(letter: Path) -> None:
    letter.write_bytes(b"Somebody else was here.\n")
    check_left_alone(letter, "has changed since it was read")


def test_a_file_that_is_gone_is_not_begun_again(letter: Path) -> None:
    letter.unlink()
    check_left_alone(letter, "has changed since it was read")
    assert not letter.exists()


def test_a_read_only_file_is_left_alone(letter: Path) -> None:
    letter.chmod(0o444)
    check_left_alone(letter, "is read-only")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    check_left_alone(tmp_path, "cannot be written", None)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(WriteError, match="cannot be written"):
        write_file(tmp_path / "nowhere" / "letter.txt", _NEW)


@needs_posix
def test_what_is_no_ordinary_file_is_written_to(tmp_path: Path) -> None:
    write_file(Path(os.devnull), _NEW)
    assert not Path(os.devnull).is_file()
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE)
    write_file(pipe, _NEW)
    assert reader.communicate(timeout=10)[0] == _NEW
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_name_as_long_as_may_be_is_written(tmp_path: Path) -> None:
    path = tmp_path / ("n" * 250 + ".txt")
    path.write_bytes(_OLD)
    write_file(path, _NEW, _OLD)
    assert path.read_bytes() == _NEW


_FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from gru_lint.files import write
from gru_lint.files.write import WriteError, write_file
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
try:
    write_file(Path(sys.argv[1]), b"x" * 100_000)
except WriteError as error:
    print(error)
"""


@needs_posix
def test_where_there_is_no_room_the_old_file_stays(letter: Path) -> None:
    command = [sys.executable, "-c", _FULL_DISK, str(letter)]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    assert result.stdout == f"{letter}: cannot be written (File too large)\n"
    assert letter.read_bytes() == _OLD
    assert list(letter.parent.iterdir()) == [letter]


_TEMPORARY = ".letter.txt.0123456789abcdef.gru-lint.tmp"


@pytest.mark.skipif(os.name != "posix", reason="modes as POSIX has them")
def test_while_it_is_written_nobody_else_can_read_it(letter: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    letter.chmod(0o644)
    seen: list[int] = []
    fill = write._write_and_sync

    def fill_and_look(new: Path, content: bytes) -> None:
        fill(new, content)
        seen.append(new.stat().st_mode & 0o777)

    monkeypatch.setattr(write, "_write_and_sync", fill_and_look)
    write_file(letter, _NEW)
    assert seen == [0o600]
    assert letter.stat().st_mode & 0o777 == 0o644


@pytest.mark.skipif(os.name != "posix", reason="hard links as POSIX has them")
def test_another_name_of_the_file_is_told_of(letter: Path, tmp_path: Path) -> None:
    old = letter.read_bytes()
    os.link(letter, tmp_path / "other.txt")
    assert write_file(letter, _NEW) == f"{letter}: has 1 other name (hard links) with the old text"
    assert (letter.read_bytes(), (tmp_path / "other.txt").read_bytes()) == (_NEW, old)
    assert write_file(letter, old) is None


@pytest.mark.skipif(os.name != "posix", reason="a file is locked as POSIX does it")
def test_what_a_killed_run_has_left_is_removed_and_nothing_else(letter: Path, tmp_path: Path) -> None:
    (tmp_path / _TEMPORARY).write_bytes(b"half")
    (tmp_path / "notes.tmp").write_bytes(b"mine")
    (tmp_path / ".notes.0123.gru-lint.tmp").write_bytes(b"mine")
    (tmp_path / _TEMPORARY.replace("letter", "link")).symlink_to(letter)
    (tmp_path / _TEMPORARY.replace("letter", "folder")).mkdir()
    write.remove_leftovers(tmp_path)
    assert not (tmp_path / _TEMPORARY).exists()
    assert len(list(tmp_path.iterdir())) == 5
    write.remove_leftovers(tmp_path / "nowhere")


@pytest.mark.skipif(os.name != "posix", reason="a file is locked as POSIX does it")
def test_what_another_run_is_writing_is_not_removed(letter: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill = write._write_and_sync

    def fill_beside_another(new: Path, content: bytes) -> None:
        write.remove_leftovers(new.parent)
        fill(new, content)

    monkeypatch.setattr(write, "_write_and_sync", fill_beside_another)
    write_file(letter, _NEW)
    assert letter.read_bytes() == _NEW


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root has files of other groups")
def test_another_group_may_not_do_what_the_old_one_may(letter: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.chown(letter, 0, 65534)
    letter.chmod(0o664)

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(write.os, "chown", refuse)
    write_file(letter, _NEW)
    assert letter.stat().st_mode & 0o777 == 0o644
