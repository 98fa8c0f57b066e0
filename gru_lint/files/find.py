"""Finds the files to lint: those that were named, and those in folders that were named."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath
from typing import Final, NamedTuple

from gru_lint.config.discovery import ConfigFinder
from gru_lint.config.patterns import Pattern, last_match
from gru_lint.config.repository import repository_of
from gru_lint.config.settings import Settings
from gru_lint.extract import formats, known_extensions, packed_extensions
from gru_lint.files.gitignore import GitIgnore
from gru_lint.files.read import BinaryFileError, FileError, read_text
from gru_lint.regular_files import leads_out, reason_of

# Folders that hold no prose of the user's own; neither do hidden ones.
_SKIPPED_FOLDERS = frozenset({"node_modules", "__pycache__", "venv", "site-packages"})
STANDARD_INPUT: Final = Path("-")


class FoundFile(NamedTuple):
    """A file to lint, and whether it was named or found in a folder."""

    path: Path
    is_named: bool = True


def find_files(paths: Iterable[Path], config: ConfigFinder) -> Iterator[FoundFile | FileError]:
    """The files that some paths name or contain, each once, or why one cannot be read. Raises `ConfigError`.

    A named file is always one of them, whatever its extension, even where it is excluded or ignored, unless
    `force-exclude` is set. "-" is standard input. In a folder, the files of the known languages are found, in sorted
    order. A link to a file is followed where it is named or leads to a file of the project, a link to a folder only
    where it is named.
    """
    seen: set[str] = set()
    problems: list[str] = []
    for path in paths:
        if path == STANDARD_INPUT:
            yield FoundFile(path)
            continue
        try:
            is_folder = path.is_dir()
            if not is_folder and not path.exists():
                yield FileError(f"{path}: no such file or directory")
                continue
            is_out = is_force_excluded(path, config, problems)
            yield from _take_new(problems, seen)
            if is_out:
                continue
        # Which of these a loop of links raises depends on the version of Python.
        except (OSError, RuntimeError) as error:
            yield FileError(f"{path}: cannot be read ({reason_of(error)})")
            continue
        if is_folder:
            yield from _walk(path, config, seen)
        elif _is_new(os.path.realpath(path), seen):
            yield FoundFile(path)


def _is_new(identity: str, seen: set[str]) -> bool:
    is_new = identity not in seen
    seen.add(identity)
    return is_new


def _walk(top: Path, config: ConfigFinder, seen: set[str]) -> Iterator[FoundFile | FileError]:
    """The text files under a folder: those in it, then those of each folder in it."""
    absolute = os.path.abspath(top)
    selection = _Selection(absolute, config)
    project = _project_of(absolute, config)
    is_empty = True
    # For each folder its path as it is shown, as an absolute path, and without links.
    waiting = [(str(top), absolute, os.path.realpath(top))]
    while waiting:
        shown, folder, real = waiting.pop()
        try:
            with os.scandir(folder) as scanned:
                entries = sorted(scanned, key=lambda entry: entry.name)
        except OSError as error:
            is_empty = False
            yield FileError(f"{shown}: cannot be read ({error.strerror})")
            continue
        subfolders = []
        for entry in entries:
            name = entry.name
            if entry.is_dir(follow_symlinks=False):
                if not selection.is_excluded(f"{folder}{os.sep}{name}", is_folder=True):
                    subfolders.append((os.path.join(shown, name), os.path.join(folder, name), os.path.join(real, name)))
                continue
            path = os.path.join(folder, name)
            if not selection.wants(name, folder) or selection.is_excluded(path, is_folder=False):
                continue
            if not _is_file(entry):
                continue
            is_empty = False
            if entry.is_symlink() and leads_out(path, project):
                line = f"{os.path.join(shown, name)}: is a link that leads out of {project}; name the file to check it"
                yield FileError(line)
                continue
            if _is_new(os.path.realpath(path) if entry.is_symlink() else os.path.join(real, name), seen):
                yield FoundFile(Path(shown, name), is_named=False)
        yield from _take_new(selection.problems, seen)
        waiting.extend(reversed(subfolders))
    if is_empty:
        yield FileError(f"{top}: no text files in this directory; name a file to check it whatever it is called")


def _project_of(folder: str, config: ConfigFinder) -> str:
    """Where links in a folder may lead to: its repository, else where its configuration stands, else itself."""
    repository = repository_of(folder)
    if repository is not None:
        return repository
    configuration = config.file_for(os.path.join(folder, "-"))
    above = str(configuration.parent) if configuration else folder
    return above if folder.startswith(above.rstrip(os.sep) + os.sep) else folder


def _take_new(problems: list[str], seen: set[str]) -> Iterator[FileError]:
    """The problems that were not reported before; empties the list."""
    new = [problem for problem in problems if _is_new(f"\0{problem}", seen)]
    problems.clear()
    yield from map(FileError, new)


def _is_file(entry: os.DirEntry[str]) -> bool:
    """Whether an entry of a folder is a file: neither a pipe, which would block, nor a folder."""
    try:
        # A broken link is reported when it is read.
        return entry.is_file() or (entry.is_symlink() and not entry.is_dir())
    except OSError:
        return True


class _Selection:
    """Which files below a folder are found.

    Patterns that leave out the folder itself do not count: it was named.
    """

    def __init__(self, top: str, config: ConfigFinder) -> None:
        self._config = config
        self._top = top
        git = GitIgnore(top)
        self._git = GitIgnore(top, is_alone=True) if git.ignores_any(top, is_folder=True) else git
        self.problems = self._git.problems
        self._exclude: dict[tuple[Pattern, ...], tuple[Pattern, ...]] = {}
        self._wanted_names: dict[tuple[object, object], frozenset[str]] = {}

    def wants(self, name: str, folder: str) -> bool:
        """Whether a file in a folder is of a language that is read."""
        wanted = self._wanted(self._settings(folder))
        return PurePath(name).suffix.lower() in wanted or name in wanted

    def is_excluded(self, path: str, *, is_folder: bool) -> bool:
        """Whether a path is excluded or ignored, by itself; `path` is absolute."""
        settings = self._settings(os.path.dirname(path))
        if settings.exclude not in self._exclude:
            others = (pattern for pattern in settings.exclude if not last_match((pattern,), self._top, is_folder=True))
            self._exclude[settings.exclude] = tuple(others)
        excluded = last_match(self._exclude[settings.exclude], path, is_folder=is_folder)
        if excluded is None:
            excluded = is_hidden(os.path.basename(path), is_folder=is_folder)
        return excluded or (settings.respect_gitignore and self._git.ignores(path, is_folder=is_folder))

    def _settings(self, folder: str) -> Settings:
        return self._config.configuration_in(folder).settings

    def _wanted(self, settings: Settings) -> frozenset[str]:
        """The extensions and the names of the files that are looked for."""
        key = settings.languages, settings.extension
        if key not in self._wanted_names:
            known = known_extensions() | packed_extensions()
            if settings.languages is not None:
                wanted = [formats()[language] for language in settings.languages]
                known = frozenset(name for entry in wanted for name in (*entry.extensions, *entry.names))
            self._wanted_names[key] = known | dict(settings.extension).keys()
        return self._wanted_names[key]


def is_writable_link(path: Path, named: Iterable[Path]) -> bool:
    """Whether a file is no link, or one that was named or stays in a folder that was named."""
    if not path.is_symlink():
        return True
    return any(one == path or (path.is_relative_to(one) and not leads_out(path, one)) for one in named)


def is_hidden(name: str, *, is_folder: bool) -> bool:
    """Whether a file or folder of this name is left out where it was not named."""
    # Word's lock file beside an open document begins with "~$".
    return name.startswith((".", "~$")) or (is_folder and name in _SKIPPED_FOLDERS)


def is_force_excluded(path: Path, config: ConfigFinder, problems: list[str] | None = None) -> bool:
    """Whether `force-exclude` leaves out a named path: it is excluded or ignored, or a folder above it is.

    problems  gets a line for each file of git's that could not be read
    """
    absolute = os.path.abspath(path)
    settings = config.configuration_in(os.path.dirname(absolute)).settings
    if not settings.force_exclude:
        return False
    is_folder = path.is_dir()
    if settings.respect_gitignore:
        git = GitIgnore(os.path.dirname(absolute))
        is_ignored = git.ignores_any(absolute, is_folder=is_folder)
        if problems is not None:
            problems.extend(git.problems)
        if is_ignored:
            return True
    # Hidden folders above do not count: the user works in one.
    return is_excluded(Path(absolute), settings, is_folder=is_folder) or is_hidden(path.name, is_folder=is_folder)


def is_excluded(path: Path, settings: Settings, *, is_folder: bool = False) -> bool:
    """Whether `exclude` matches an absolute path, or a folder that it lies in."""
    parts = (path, *path.parents) if settings.exclude else ()
    return any(last_match(settings.exclude, str(part), is_folder=is_folder or part != path) for part in parts)


def read_found(found: FoundFile) -> str | None:
    """The text of a file; None for a binary one that was found in a folder. Raises `FileError`."""
    try:
        return read_text(found.path)
    except BinaryFileError:
        if found.is_named:
            raise
        return None
