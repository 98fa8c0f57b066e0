"""Finds the configuration files that apply to a file, and merges what they say."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from gru_lint.config.settings import Settings, SettingsError, merge_settings, options, read_settings
from gru_lint.config.source import ConfigError, Source, project_root, read_source
from gru_lint.regular_files import is_below

__all__ = ["COMMAND_LINE", "FILE_NAMES", "ConfigError", "ConfigFinder", "Configuration", "Value"]

# Of several in one folder the first one counts.
FILE_NAMES: Final = (".gru-lint.toml", "gru-lint.toml", "pyproject.toml")
COMMAND_LINE: Final = "command line"


@dataclass(frozen=True, slots=True)
class Value:
    """A value in force: the keys that lead to it, its spelling, and where it is written.

    keys    the key; for a table, those of the table and of an entry
    origin  a file and the row in it, "command line" or "default"
    """

    keys: tuple[str, ...]
    written: object
    origin: str


@dataclass(frozen=True, slots=True)
class Configuration:
    """The configuration of the files in a folder.

    sources  where it is written; each overrides those before it
    """

    settings: Settings
    sources: tuple[Source, ...] = ()

    def values(self) -> Iterator[Value]:
        """The value in force of every key, in order; of a merged table, that of each entry."""
        for option in options():
            values: dict[tuple[str, ...], Value] = {}
            for source in self.sources:
                if option.key not in source.table:
                    continue
                written = source.table[option.key]
                if option.kind.normalise_key is None or not isinstance(written, Mapping):
                    values = {(option.key,): Value((option.key,), written, source.place((option.key,)))}
                    continue
                for key, entry in written.items():
                    keys = (option.key, option.kind.normalise_key(key))
                    values[keys] = Value(keys, entry, source.place((option.key, key)))
            yield from values.values() or [Value((option.key,), None, "default")]


class ConfigFinder:
    """Finds the settings for files and reads each configuration file once; make a new one to read them again.

    command_line  keys that override every file
    file          the configuration file for everything, instead of the nearest; it may lack a table of ours
    is_isolated   whether no file is looked for
    is_trusted    whether a file may extend another that lies outside its project
    """

    def __init__(
        self,
        command_line: Mapping[str, object] | None = None,
        file: Path | None = None,
        *,
        is_isolated: bool = False,
        is_trusted: bool = True,
    ) -> None:
        self._is_trusted = is_trusted
        self._by_folder: dict[str, Configuration | None] = {}
        self._above = _command_line(command_line or {})
        # The configuration where no file applies.
        self._lowest = self._merged(())
        self._is_looking = file is None and not is_isolated
        if file is not None:
            source = read_source(Path(os.path.abspath(file)))
            if source is None:
                raise ConfigError(f"{file}: no such file, or it has no table [tool.gru-lint]")
            self._lowest = self._merged(_with_extended(source, is_trusted=is_trusted))

    def settings_for(self, filename: str | Path) -> Settings:
        """The settings for a file, which need not exist; the default where none are written. Raises `ConfigError`."""
        # A link is not followed: it takes the settings of the folder that it lies in.
        path = os.path.abspath(filename)
        settings = self.configuration_in(os.path.dirname(path)).settings
        return settings.for_file(path)

    def file_for(self, filename: str | Path) -> Path | None:
        """The configuration file of a file; None where there is none. Raises `ConfigError`."""
        sources = self.configuration_in(os.path.dirname(os.path.abspath(filename))).sources
        return next((Path(source.name) for source in reversed(sources) if source.text), None)

    def configuration_in(self, folder: str) -> Configuration:
        """The configuration of the files in a folder, an absolute path. Raises `ConfigError`."""
        if not self._is_looking:
            return self._lowest
        if folder not in self._by_folder:
            self._by_folder[folder] = self._found_in(folder)
        found = self._by_folder[folder]
        if found is None:
            above = os.path.dirname(folder)
            found = self._lowest if above == folder else self.configuration_in(above)
            self._by_folder[folder] = found
        return found

    def _found_in(self, folder: str) -> Configuration | None:
        for name in FILE_NAMES:
            path = os.path.join(folder, name)
            # Looking for the root takes a look at every folder above; only links need it.
            source = read_source(Path(path), project_root(folder) if os.path.islink(path) else None)
            if source is not None:
                return self._merged(_with_extended(source, is_trusted=self._is_trusted))
        return None

    def _merged(self, sources: tuple[Source, ...]) -> Configuration:
        """The sources merged: each overrides those before it, and the command line overrides all."""
        sources = (*sources, *self._above)
        settings = Settings()
        project = sources[-1 - len(self._above)].folder if len(sources) > len(self._above) else ""
        for source in sources:
            # The patterns of a file that a project extends are relative to the project.
            is_above = not project or Path(project).is_relative_to(source.folder)
            folder = source.folder if is_above else project
            settings = merge_settings(settings, source.settings.relative_to(folder), source.table)
        return Configuration(settings, sources)


def _command_line(table: Mapping[str, object]) -> tuple[Source, ...]:
    if not table:
        return ()
    try:
        return (Source(COMMAND_LINE, str(Path.cwd()), "", table, (), read_settings(table)),)
    except SettingsError as error:
        raise ConfigError(f"{COMMAND_LINE}: {error}") from None


def _with_extended(source: Source, *, is_trusted: bool) -> tuple[Source, ...]:
    """A file and those that it extends, which come first. Raises `ConfigError`."""
    chain = [source]
    while chain[0].settings.extend is not None:
        lowest = chain[0]
        path = Path(os.path.abspath(Path(lowest.folder, Path(lowest.settings.extend or "").expanduser())))
        place = lowest.place(("extend",))
        if str(path) in (known.name for known in chain):
            round_trip = " extends ".join(known.name for known in (*reversed(chain), chain[-1]))
            raise ConfigError(f"{place}: extend goes in a circle: {round_trip}")
        root = project_root(source.folder)
        if not is_trusted and not is_below(path, root):
            raise ConfigError(f"{place}: extend: {path}: lies outside {root}, and the workspace is not trusted")
        below = read_source(path, root)
        if below is None:
            reason = "has no table [tool.gru-lint]" if path.is_file() else "no such file"
            raise ConfigError(f"{place}: extend: {path}: {reason}")
        chain.insert(0, below)
    return tuple(chain)
