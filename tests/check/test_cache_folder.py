"""The cache's folder: whatever is planted in it, no file of the user is read, written or removed by it."""

from __future__ import annotations

import os
import sqlite3
import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from gru_lint.check.cache import Content, FindingsCache
from gru_lint.check.cache_folder import (
    DATABASE_NAME,
    CacheFolderError,
    check_cache_folder,
    make_cache_folder,
    project_cache_folder,
    remove_cache_folder,
    remove_old_projects,
)
from gru_lint.config.settings import Settings

_CONTENT = Content.of(b"The king hurt herself.")
needs_posix = pytest.mark.skipif(os.name != "posix", reason="owners, modes, pipes and links as POSIX has them")


def use(folder: Path) -> bool:
    """Whether a folder remembers anything; it is read, written and read again as by two runs."""
    for _ in range(2):
        cache = FindingsCache(folder)
        found = cache.findings(_CONTENT, "a.md", Settings())
        cache.remember(_CONTENT, "a.md", Settings(), ())
        cache.close()
    return found == ()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    assert use(tmp_path / "cache")
    return tmp_path / "cache"


@pytest.fixture
def victim(tmp_path: Path) -> Path:
    path = tmp_path / "thesis.md"
    path.write_text("The only copy.", encoding="utf-8")
    return path


def journal_that_deletes(victim: Path, n_pages: int) -> bytes:
    """A journal as SQLite writes it, of a transaction over several files that is said to be listed in `victim`."""
    magic = bytes.fromhex("d9d505f920a163d7")
    name = os.fsencode(victim)
    header = struct.pack(">8sIIIII", magic, 0, 0, n_pages, 512, 4096)
    pointer = struct.pack(">I", 2**30 // 4096 + 1) + name + struct.pack(">II8s", len(name), sum(name), magic)
    return header.ljust(512, b"\0") + pointer


def test_a_planted_journal_deletes_no_file(folder: Path, victim: Path) -> None:
    journal = folder / f"{DATABASE_NAME}-journal"
    n_pages = (folder / DATABASE_NAME).stat().st_size // 4096
    journal.write_bytes(journal_that_deletes(victim, n_pages))
    assert not use(folder)
    with pytest.raises(CacheFolderError, match="which gru-lint did not put there"):
        check_cache_folder(folder)
    assert victim.exists()
    # What the fault was: whoever opens the file lets SQLite do it.
    with sqlite3.connect(folder / DATABASE_NAME) as connection:
        connection.execute("SELECT * FROM found").fetchall()
    assert not victim.exists()


@needs_posix
@pytest.mark.parametrize("name", [DATABASE_NAME, "CACHEDIR.TAG", ".gitignore"])
@pytest.mark.parametrize("exists", [True, False])
def test_a_link_in_the_folder_is_neither_written_through_nor_followed(
    folder: Path, victim: Path, name: str, exists: bool
) -> None:
    if not exists:
        victim.unlink()
    (folder / name).unlink()
    (folder / name).symlink_to(victim)
    assert not use(folder)
    remove_cache_folder(folder)
    assert victim.exists() == exists
    assert not exists or victim.read_text(encoding="utf-8") == "The only copy."
    assert (folder / name).is_symlink()


@needs_posix
def test_a_file_with_another_name_elsewhere_is_not_written(folder: Path, victim: Path) -> None:
    (folder / DATABASE_NAME).unlink()
    os.link(victim, folder / DATABASE_NAME)
    assert not use(folder)
    assert victim.read_text(encoding="utf-8") == "The only copy."


@needs_posix
def test_a_folder_that_is_a_link_loses_nothing(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("*.log\n", encoding="utf-8")
    link = tmp_path / "cache"
    link.symlink_to(".")
    assert not use(link)
    with pytest.raises(CacheFolderError, match="is a link"):
        remove_cache_folder(link)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".gitignore", "cache"]
    assert (tmp_path / ".gitignore").read_text(encoding="utf-8") == "*.log\n"


@needs_posix
@pytest.mark.parametrize("name", [DATABASE_NAME, "CACHEDIR.TAG", f"{DATABASE_NAME}-wal"])
def test_a_pipe_in_the_folder_is_not_waited_for(folder: Path, name: str) -> None:
    (folder / name).unlink(missing_ok=True)
    os.mkfifo(folder / name)
    assert not use(folder)
    remove_cache_folder(folder)
    assert (folder / name).is_fifo()


def _own_gitignore(folder: Path) -> None:
    (folder / ".gitignore").write_text("*.log\n", encoding="utf-8")


@pytest.mark.parametrize(
    "fill",
    [
        _own_gitignore,
        lambda folder: (folder / "mine.txt").write_text("mine"),
        lambda folder: (folder / "findings-2.sqlite3.bak").write_text("mine"),
        lambda folder: (folder / "CACHEDIR.TAG").write_text("Signature: of another tool\n"),
        lambda folder: (folder / DATABASE_NAME).mkdir(),
    ],
)
def test_a_folder_of_others_is_not_filled(tmp_path: Path, fill: Callable[[Path], object]) -> None:
    place = tmp_path / "theirs"
    place.mkdir(mode=0o700)
    fill(place)
    before = {path.name: path.is_file() and path.read_bytes() for path in place.iterdir()}
    assert not use(place)
    assert not remove_cache_folder(place)
    assert {path.name: path.is_file() and path.read_bytes() for path in place.iterdir()} == before


@needs_posix
def test_a_folder_that_others_can_write_to_is_not_used(folder: Path) -> None:
    folder.chmod(0o777)
    assert not use(folder)
    with pytest.raises(CacheFolderError, match="chmod go-w"):
        check_cache_folder(folder)
    folder.chmod(0o755)
    assert use(folder)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files away")
def test_a_folder_of_another_user_is_not_used(folder: Path) -> None:
    os.chown(folder / DATABASE_NAME, 65534, 65534)
    assert not use(folder)
    os.chown(folder / DATABASE_NAME, 0, 0)
    os.chown(folder, 65534, 65534)
    assert not use(folder)
    with pytest.raises(CacheFolderError, match="belongs to another user"):
        remove_cache_folder(folder)


@needs_posix
def test_nobody_else_can_read_what_was_found(folder: Path) -> None:
    assert {path.name: path.stat().st_mode & 0o777 for path in (folder, *folder.iterdir())} == {
        "cache": 0o700,
        DATABASE_NAME: 0o600,
        "CACHEDIR.TAG": 0o600,
        ".gitignore": 0o600,
    }


def _trigger(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TRIGGER planted AFTER INSERT ON found BEGIN DELETE FROM found; END")


def _view(connection: sqlite3.Connection) -> None:
    connection.execute("DROP TABLE found")
    connection.execute("CREATE VIEW found AS SELECT randomblob(24) key, 1 day, '[]' findings, zeroblob(16) checksum")


def _long_row(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE found SET findings = zeroblob(20000000)")


def _write_ahead(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode = WAL")


@pytest.mark.parametrize("plant", [_trigger, _view, _long_row, _write_ahead])
def test_a_planted_database_is_begun_again(folder: Path, plant: Callable[[sqlite3.Connection], None]) -> None:
    connection = sqlite3.connect(folder / DATABASE_NAME)
    with connection:
        plant(connection)
    connection.close()
    assert use(folder)
    assert sorted(path.name for path in folder.iterdir()) == [".gitignore", "CACHEDIR.TAG", DATABASE_NAME]


def test_a_project_has_one_folder_whatever_leads_to_it(tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    (tmp_path / "link").symlink_to(project)
    assert project_cache_folder(project) == project_cache_folder(tmp_path / "link")
    assert project_cache_folder(project) != project_cache_folder(tmp_path)


def test_a_relative_folder_for_caches_is_not_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("gru_lint.check.cache_folder.user_cache_path", lambda *_, **__: Path("cache/gru-lint"))
    assert project_cache_folder(tmp_path) is None


def test_caches_of_projects_that_nobody_checks_are_removed(tmp_path: Path) -> None:
    for name in ("here", "old", "new"):
        make_cache_folder(tmp_path / name)
    (tmp_path / "note.txt").write_text("mine", encoding="utf-8")
    now = (tmp_path / "new" / DATABASE_NAME).stat().st_mtime + 1
    for name in ("here", "old"):
        os.utime(tmp_path / name / DATABASE_NAME, (now, now - 100 * 86400))
    remove_old_projects(tmp_path / "here", now)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["here", "new", "note.txt"]
