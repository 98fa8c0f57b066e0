"""One configuration file: its table, and the rows in which its keys are written."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from gru_lint.config.repository import repository_of
from gru_lint.config.settings import Settings, SettingsError, read_settings
from gru_lint.regular_files import read_regular_file, reason_of

# In a file of this name, one table is ours; any other file is ours as a whole.
_SHARED_NAME: Final = "pyproject.toml"
_TABLE: Final = ("tool", "gru-lint")
# No more rows are looked for once this many characters were parsed: a value of n lines is tried n times.
_MAX_PARSED: Final = 2_000_000
_MAX_BYTES: Final = 1_000_000
# The time of a TOML parser grows with the square of the parts of a key: half a minute for 16,000 parts.
_LONG_KEY: Final = re.compile(r"""(?<![A-Za-z0-9_-])(?:(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')[ \t]*\.[ \t]*){100}""")


class ConfigError(Exception):
    """A configuration file that cannot be used; the message is one line that names the file and a line in it."""


@dataclass(frozen=True, slots=True)
class Source:
    """A place where settings are written.

    name      the file
    folder    what its patterns are relative to
    text      of the file; empty where there is none
    table     the keys as they are written
    outer     the keys that lead to the table in the file
    settings  what the table means
    """

    name: str
    folder: str
    text: str
    table: Mapping[str, object]
    outer: tuple[str, ...]
    settings: Settings

    def place(self, keys: Sequence[str]) -> str:
        """The file and the row in it where a key is written."""
        return f"{self.name}:{row_of(self.text, (*self.outer, *keys))}" if self.text else self.name


def outer_keys(path: Path) -> tuple[str, ...]:
    """The keys that lead to our table in a file of this name."""
    return _TABLE if path.name == _SHARED_NAME else ()


def project_root(folder: str) -> str:
    """The project of a configuration file in a folder: the repository, or else the folder itself."""
    return repository_of(folder) or folder


def read_source(path: Path, root: str | None = None) -> Source | None:
    """The settings of a file; None where it does not exist or has no table of ours. Raises `ConfigError`.

    root  a folder; a link in it may not lead out of it
    """
    try:
        content = read_regular_file(path, _MAX_BYTES, root)
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path}: cannot be read ({reason_of(error)})") from None
    outer = outer_keys(path)
    # A file without our table is not parsed: that takes time, and its errors are not ours to report.
    if outer and b"gru-lint" not in content:
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        raise ConfigError(f"{path}:{row}: is not valid UTF-8") from None
    table: Any = _parse_toml(text, path)
    for key in outer:
        if not isinstance(table, dict) or key not in table:
            return None
        table = table[key]
    try:
        return Source(str(path), str(path.parent), text, table, outer, read_settings(table))
    except SettingsError as error:
        raise ConfigError(f"{path}:{row_of(text, (*outer, *error.keys))}: {error}") from None


def _toml() -> Any:
    """The module that reads TOML, imported where there is some."""
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    return tomllib


def _parse_toml(text: str, path: Path) -> dict[str, Any]:
    if long := _LONG_KEY.search(text):
        raise ConfigError(f"{path}:{text.count(chr(10), 0, long.start()) + 1}: a key of more than 100 parts")
    try:
        parsed: dict[str, Any] = _toml().loads(text)
    except (_toml().TOMLDecodeError, RecursionError) as error:
        message, _, place = str(error).partition(" (at ")
        line = re.search(r"line (\d+)", place)
        # An error without a line is one at the end of the file.
        row = int(line[1]) if line else text.count("\n") + 1
        raise ConfigError(f"{path}:{row}: is not valid TOML: {message}") from None
    return parsed


def row_of(text: str, keys: Sequence[str]) -> int:
    """The row where a key of a valid TOML text is written; else the row of its table."""
    rows = _key_rows(text)
    return next((rows[tuple(keys[:n])] for n in range(len(keys), 0, -1) if tuple(keys[:n]) in rows), 1)


@lru_cache(maxsize=8)
def _key_rows(text: str) -> Mapping[tuple[str, ...], int]:
    """The row in which each key of a TOML text is first written.

    A heading is a TOML text by itself, and so is a key with its value: each is the shortest run of lines that can be
    parsed.
    """
    rows: dict[tuple[str, ...], int] = {}
    lines = text.replace("\r\n", "\n").split("\n")
    table: tuple[str, ...] = ()
    first, n_parsed = 0, 0
    for last in range(len(lines)):
        statement = "\n".join(lines[first : last + 1])
        n_parsed += len(statement)
        if n_parsed > _MAX_PARSED:
            break
        with suppress(_toml().TOMLDecodeError, RecursionError):
            paths = list(_paths(_toml().loads(statement)))
            if is_heading := statement.lstrip().startswith("["):
                table = paths[-1]
            for path in paths:
                rows.setdefault(path if is_heading else (*table, *path), first + 1)
            first = last + 1
    return rows


def _paths(table: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    """The keys that lead to each value of a table, those of the tables in it too."""
    for key, value in table.items():
        yield (key,)
        if isinstance(value, Mapping):
            yield from ((key, *path) for path in _paths(value))
