"""The files of a workspace that are not open: found, read and judged when nobody is typing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from lsprotocol import types

from gru_lint.config.discovery import ConfigError, ConfigFinder
from gru_lint.config.settings import Settings
from gru_lint.files.find import FileError, find_files, read_text
from gru_lint_server.configuration import DocumentConfiguration
from gru_lint_server.diagnostics import diagnostics_of, notices_of
from gru_lint_server.documents import document_filename, path_of
from gru_lint_server.positions import Positions
from gru_lint_server.scheduler import Scheduler

# More files than this are not checked in one workspace.
MAX_FILES = 5_000


class CachedResult(NamedTuple):
    """A file as it was when it was judged."""

    stamp: tuple[int, int]
    settings: Settings
    encoding: str
    diagnostics: list[types.Diagnostic]


class WorkspaceCheck:
    """Judges the files of a workspace; what has not changed since is not judged again.

    notify_once  called with a line for the user where not all of it is checked
    """

    def __init__(
        self, configuration: DocumentConfiguration, scheduler: Scheduler, notify_once: Callable[[str], None]
    ) -> None:
        self._configuration = configuration
        self._scheduler = scheduler
        self._notify_once = notify_once
        self._checked: dict[str, CachedResult] = {}

    async def files(self) -> list[str]:
        """The URIs of the text files in the folders of the workspace."""
        folders = [Path(path) for folder in self._configuration.folders if (path := path_of(folder))]
        files = await asyncio.to_thread(_find, folders, self._configuration.finder)
        if len(files) > MAX_FILES:
            self._notify_once(
                f"the workspace has more than {MAX_FILES:,} files, and the others are not checked: "
                "exclude folders in the configuration, or run gru-lint check"
            )
        return files[:MAX_FILES]

    async def diagnostics(
        self, uri: str, encoding: str, report: Callable[[str, Exception], None]
    ) -> list[types.Diagnostic]:
        """The diagnostics of a file; none for a file that cannot be read."""
        path = path_of(uri)
        if path is None:
            return []
        settings = self._configuration.settings_at(uri)
        try:
            status = await asyncio.to_thread(Path(path).stat)
            stamp = status.st_mtime_ns, status.st_size
            known = self._checked.get(uri)
            if known and known[:3] == (stamp, settings, encoding):
                return known.diagnostics
            text = await asyncio.to_thread(read_text, Path(path))
        except (FileError, OSError):
            self._checked.pop(uri, None)
            return []
        try:
            findings, unread = await self._scheduler.check_file(text, document_filename(uri, ""), settings)
        except Exception as error:
            report(uri, error)
            findings, unread = (), ()
        diagnostics = []
        if findings or unread:
            positions = Positions(text, encoding)
            diagnostics = [*diagnostics_of(findings, positions, uri, settings), *notices_of(unread, positions)]
        self._checked[uri] = CachedResult(stamp, settings, encoding, diagnostics)
        return diagnostics


def _find(folders: list[Path], finder: ConfigFinder) -> list[str]:
    """The URIs of all files, or of one more than are checked."""
    found: dict[str, None] = {}
    # One folder with a broken configuration file does not hide the others.
    for folder in folders:
        with suppress(ConfigError):
            for file in find_files([folder], finder):
                if isinstance(file, FileError):
                    continue
                found[file.path.absolute().as_uri()] = None
                if len(found) > MAX_FILES:
                    return list(found)
    return list(found)
