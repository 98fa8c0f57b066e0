"""The cache of findings: a file whose content has not changed is not judged again.

The key of a row is a digest of everything that findings depend on: the file's bytes and name, the settings, the
weights, this package, and the packages that it reads texts with. What the folder holds is checked before it is used:
it may be planted or half written.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import fields, is_dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path, PurePath
from typing import Any, Final, NamedTuple, TypeVar

from gru_lint import __version__
from gru_lint.check.cache_folder import CacheFolderError, make_cache_folder, remove_database
from gru_lint.check.cache_rows import read_findings, write_findings
from gru_lint.config.settings import Settings
from gru_lint.model.weights_path import default_weights_path
from gru_lint.records import Finding

_TABLE: Final = "found (key BLOB PRIMARY KEY, day INTEGER, findings TEXT, checksum BLOB) WITHOUT ROWID"
# The journal stays in memory, so that one beside the database is never ours. A kill while rows are written may break
# the database, which is then made anew. Functions that a schema could call are disabled before anything is read.
_PRAGMAS: Final = (
    "journal_mode = MEMORY",
    "temp_store = MEMORY",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "mmap_size = 0",
    # A power cut may cost the cache, and nothing else.
    "synchronous = OFF",
)
# The packages that findings depend on: another version may find something else.
_PACKAGES: Final = frozenset(
    {
        "docutils",
        "lxml",
        "markdown-it-py",
        "mdit-py-plugins",
        "numpy",
        "pygments",
        "pylatexenc",
        "pyyaml",
        "spacy",
        "thinc",
        "tomli",
        "wikitextparser",
    }
)
# The findings of the longest texts take a few hundred kilobytes; a longer row was not written here.
_MAX_ROW: Final = 16_000_000
_MAX_CHARACTER_BYTES: Final = 4
# Rows that were not read for this many days are deleted.
_DAYS_KEPT: Final = 30
# New rows are written in groups of this size; a run that is killed loses one group at most.
_N_UNWRITTEN: Final = 200
# Another process locks the database for milliseconds; after so long, the run continues without the cache.
_TIMEOUT_S: Final = 2.0

T = TypeVar("T")


class Content(NamedTuple):
    """What identifies a file's bytes in the cache: their digest, and the most characters that they can hold."""

    digest: bytes
    longest: int

    @classmethod
    def of(cls, content: bytes) -> Content:
        """The key of some bytes."""
        return cls(blake2b(content, digest_size=24).digest(), len(content))


class FindingsCache:
    """The findings in a cache folder. Whatever is wrong with the folder, nothing is raised; less is cached."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._today = int(time.time() // 86400)
        self._new: dict[bytes, str] = {}
        self._seen_again: set[bytes] = set()
        self._connection: sqlite3.Connection | None = None
        self._was_opened = False

    def findings(self, content: Content, name: str, settings: Settings) -> tuple[Finding, ...] | None:
        """The cached findings of a file of this content; None where it is not cached."""
        if not self._is_open():
            return None
        key = _key(content, name, settings)
        statement = "SELECT day, findings, checksum FROM found WHERE key = ?"
        row: Any = self._try(lambda: self._execute(statement, (key,)).fetchone())
        if row is None:
            return None
        day, written, checksum = row
        if not isinstance(written, str) or checksum != _checksum(key, written):
            return None
        try:
            found = tuple(read_findings(written, content.longest))
        except (ValueError, TypeError, RecursionError):
            return None
        if day != self._today:
            self._seen_again.add(key)
        return found

    def remember(self, content: Content, name: str, settings: Settings, found: tuple[Finding, ...]) -> None:
        """Caches the findings of a file."""
        if self._is_open():
            written = write_findings(found)
            if len(written) > _MAX_ROW // _MAX_CHARACTER_BYTES:
                return
            self._new[_key(content, name, settings)] = written
            if len(self._new) >= _N_UNWRITTEN:
                self._write()

    def close(self) -> None:
        """Writes what is not yet written."""
        if self._new or self._seen_again:
            self._write()
        self._leave()

    def _leave(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _is_open(self) -> bool:
        # Opened when it is first asked: a run that reads standard input alone makes no folder.
        if not self._was_opened:
            self._was_opened = True
            self._try(self._open)
        return self._connection is not None

    def _open(self) -> None:
        self._connection = _connect(self._folder)

    def _write(self) -> None:
        def write() -> None:
            with self._connected():
                self._execute("BEGIN IMMEDIATE")
                rows = [(key, self._today, found, _checksum(key, found)) for key, found in self._new.items()]
                self._connected().executemany("INSERT OR REPLACE INTO found VALUES (?, ?, ?, ?)", rows)
                again = [(self._today, key) for key in self._seen_again]
                self._connected().executemany("UPDATE found SET day = ? WHERE key = ?", again)
                self._execute("DELETE FROM found WHERE day < ?", (self._today - _DAYS_KEPT,))

        self._try(write)
        self._new.clear()
        self._seen_again.clear()

    def _connected(self) -> sqlite3.Connection:
        if self._connection is None:
            raise sqlite3.OperationalError("closed")
        return self._connection

    def _execute(self, statement: str, values: tuple[object, ...] = ()) -> sqlite3.Cursor:
        return self._connected().execute(statement, values)

    def _try(self, step: Callable[[], T]) -> T | None:
        """The result of a step; None where the folder cannot be used: then it is not used again."""
        try:
            return step()
        except (sqlite3.OperationalError, CacheFolderError, OSError):
            # Read-only, full, held by others, or not to be trusted: it is left as it is.
            self._leave()
        except (sqlite3.DatabaseError, UnicodeError):
            # Broken: the database is made anew.
            self._leave()
            with suppress(OSError, sqlite3.Error, CacheFolderError):
                remove_database(self._folder)
                self._open()
        return None


def _connect(folder: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(make_cache_folder(folder), timeout=_TIMEOUT_S, isolation_level=None)
    try:
        if sys.version_info >= (3, 11):
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MAX_ROW)
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        connection.execute(f"CREATE TABLE IF NOT EXISTS {_TABLE}")
        if connection.execute("SELECT sql FROM sqlite_master").fetchall() != [(f"CREATE TABLE {_TABLE}",)]:
            raise sqlite3.DatabaseError("another table")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _checksum(key: bytes, written: str) -> bytes:
    """A checksum by which a row is known to be whole and to stand under its own key."""
    return blake2b(written.encode("utf-8", "surrogatepass"), digest_size=16, key=key).digest()


def _key(content: Content, name: str, settings: Settings) -> bytes:
    digest = blake2b(content.digest, digest_size=24, key=_stamp())
    digest.update(_settings_digest(settings))
    # The extension of its name decides how a file is read.
    digest.update(PurePath(name).name.encode("utf-8", "surrogateescape"))
    return digest.digest()


@cache
def _stamp() -> bytes:
    """A digest of what findings depend on beside the text: our version and files, the weights, Python, the packages."""
    digest = blake2b(__version__.encode(), digest_size=32)
    digest.update(f"{sys.implementation.cache_tag} {sys.version}".encode())
    for installed in _installed_packages():
        digest.update(installed.encode("utf-8", "surrogateescape"))
    for path in sorted(_files(Path(__file__).parents[1])):
        status = path.stat()
        # In a checkout a rule may change while the version stays.
        digest.update(f"{path.name} {status.st_size} {status.st_mtime_ns}".encode())
    with suppress(OSError):
        digest.update(default_weights_path().read_bytes())
    return digest.digest()


def _installed_packages() -> list[str]:
    """The names with versions of the packages that decide what is found, as they are installed.

    From the names of folders: `importlib.metadata` takes 30 ms, as long as a short run that finds all in the cache.
    """
    found = []
    for folder in dict.fromkeys(sys.path):
        with suppress(OSError):
            for name in os.listdir(folder or os.curdir):  # noqa: PTH208
                if name.endswith((".dist-info", ".egg-info")):
                    package = re.sub(r"[-_.]+", "-", name.split("-")[0]).lower()
                    if package in _PACKAGES:
                        found.append(name)
    return sorted(found)


def _files(folder: Path) -> Iterator[Path]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith((".py", ".txt")):
                yield Path(entry.path)
            elif entry.is_dir() and entry.name not in ("__pycache__", "training", "model_weights"):
                yield from _files(Path(entry.path))


@cache
def _settings_digest(settings: Settings) -> bytes:
    return blake2b(json.dumps(_plain(settings)).encode(), digest_size=16).digest()


def _plain(value: object) -> object:
    """A value as JSON can hold it: the same for equal values, in every process."""
    if is_dataclass(value) and not isinstance(value, type):
        return [_plain(getattr(value, known.name)) for known in fields(value) if known.compare]
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    return value if value is None or isinstance(value, (bool, int, float)) else str(value)
