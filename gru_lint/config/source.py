"""One configuration file: its table, and the rows in which its keys are written."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from gru_lint.config.settings import Settings, SettingsError, read_settings

# In a file of this name the table of ours is one of many; any other file is ours as a whole.
_SHARED_NAME: Final = "pyproject.toml"
_TABLE: Final = ("tool", "gru-lint")


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


def read_source(path: Path) -> Source | None:
    """What a file sets; None where there is no such file, or it has no table of ours. Raises `ConfigError`."""
    try:
        content = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror or error})") from None
    outer = outer_keys(path)
    # Other people's files are not parsed: that takes time, and what is wrong in them is not our business.
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


def _parse_toml(text: str, path: Path) -> dict[str, Any]:
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        parsed: dict[str, Any] = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        message, _, place = str(error).partition(" (at ")
        line = re.search(r"line (\d+)", place)
        # Without a line, it is the end of the file that is not as it should be.
        row = int(line[1]) if line else text.count("\n") + 1
        raise ConfigError(f"{path}:{row}: is not valid TOML: {message}") from None
    return parsed


def row_of(text: str, keys: Sequence[str]) -> int:
    """The row where a key is written, as far as that can be told without parsing; else where its table begins."""
    lines = text.split("\n")
    row, n_found = 1, 0
    for n_keys in range(len(keys), 0, -1):
        header = re.compile(rf"\s*\[\s*{_SEPARATOR.join(map(_written, keys[:n_keys]))}\s*\]")
        found = [number for number, line in enumerate(lines, 1) if header.match(line)]
        if found:
            row, n_found = found[0], n_keys
            break
    for key in keys[n_found:]:
        assigned = re.compile(rf"(?:^|[\s{{,.]){_written(key)}\s*[=.]")
        for number, line in enumerate(lines[row - 1 :], row):
            if number > row and line.lstrip().startswith("["):
                return row
            if not line.lstrip().startswith("#") and assigned.search(line):
                row = number
                break
    return row


_SEPARATOR = r"\s*\.\s*"


def _written(key: str) -> str:
    """A pattern for a key as TOML lets it be written, bare or quoted."""
    return rf"""(?:"{re.escape(key)}"|'{re.escape(key)}'|{re.escape(key)})"""
