"""Where settings are written down: the table [tool.gru-lint] of the nearest pyproject.toml that has one."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from gru_lint.config import Settings, SettingsError, read_settings

FILE_NAME = "pyproject.toml"
_TABLE = ("tool", "gru-lint")


class ConfigError(Exception):
    """A configuration file that cannot be used; the message is one line that names the file and a line in it."""


class ConfigFinder:
    """Finds the settings for files and reads each configuration file once; make a new one to read them again."""

    def __init__(self) -> None:
        self._by_folder: dict[Path, Settings | None] = {}

    def settings_for(self, filename: str | Path) -> Settings:
        """The settings for a file, which need not exist; the default where none are written. Raises `ConfigError`."""
        return self._holding(filename)[1]

    def file_for(self, filename: str | Path) -> Path | None:
        """Where the settings for a file are written; None where nowhere. Raises `ConfigError`."""
        return self._holding(filename)[0]

    def _holding(self, filename: str | Path) -> tuple[Path | None, Settings]:
        # A link is not followed: it takes the settings of the folder that it lies in.
        folder = Path(os.path.abspath(filename)).parent  # noqa: PTH100
        for parent in (folder, *folder.parents):
            if parent not in self._by_folder:
                self._by_folder[parent] = _read_config(parent / FILE_NAME)
            settings = self._by_folder[parent]
            if settings is not None:
                return parent / FILE_NAME, settings
        return None, Settings()


def _read_config(path: Path) -> Settings | None:
    """The settings in a file; None where there is no such file, or it has no table of ours."""
    try:
        content = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror or error})") from None
    # Other people's files are not parsed: that takes time, and what is wrong in them is not our business.
    if b"gru-lint" not in content:
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        raise ConfigError(f"{path}:{row}: is not valid UTF-8") from None
    table: Any = _parse_toml(text, path)
    for key in _TABLE:
        if not isinstance(table, dict) or key not in table:
            return None
        table = table[key]
    try:
        return read_settings(table)
    except SettingsError as error:
        row = _row_of(text, (*_TABLE, *error.keys))
        raise ConfigError(f"{path}:{row}: {error}") from None


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


def _row_of(text: str, keys: Sequence[str]) -> int:
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
            if assigned.search(line):
                row = number
                break
    return row


_SEPARATOR = r"\s*\.\s*"


def _written(key: str) -> str:
    """A pattern for a key as TOML lets it be written, bare or quoted."""
    return rf"""(?:"{re.escape(key)}"|'{re.escape(key)}'|{re.escape(key)})"""
