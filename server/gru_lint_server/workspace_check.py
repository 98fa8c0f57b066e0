"""The files of a workspace that are not open: found, read and judged when no open document is due."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from lsprotocol import types

from gru_lint.config.discovery import ConfigError, ConfigFinder
from gru_lint.config.settings import Settings
from gru_lint.extract import format_of
from gru_lint.files.find import find_files
from gru_lint.files.read import FileError, read_text
from gru_lint_server.configuration import DocumentConfiguration
from gru_lint_server.diagnostics import diagnostics_of, notices_of
from gru_lint_server.documents import canonical, document_filename, path_of
from gru_lint_server.positions import Positions
from gru_lint_server.scheduler import Scheduler


class CachedResult(NamedTuple):
    """A file as it was when it was judged."""

    stamp: tuple[int, int]
    settings: Settings
    encoding: str
    diagnostics: list[types.Diagnostic]


class WorkspaceCheck:
    """Judges the files of a workspace; a file that has not changed since is not judged again.

    encoding  the units of the client's positions
    report    called with a file that could not be checked, and why
    is_shown  whether the client can show places in a file
    """

    def __init__(
        self,
        configuration: DocumentConfiguration,
        scheduler: Scheduler,
        encoding: Callable[[], str],
        report: Callable[[str, Exception], None],
        is_shown: Callable[[str], bool],
    ) -> None:
        self._configuration = configuration
        self._scheduler = scheduler
        self._encoding = encoding
        self._report = report
        self._is_shown = is_shown
        self._checked: dict[str, CachedResult] = {}

    async def files(self) -> list[str]:
        """The canonical URIs of the text files in the folders of the workspace."""
        folders = [Path(path) for folder in self._configuration.folders if (path := path_of(folder))]
        found = await asyncio.to_thread(_find, folders, self._configuration.finder)
        files = [uri for uri in found if self._is_shown(uri)]
        for gone in self._checked.keys() - set(files):
            del self._checked[gone]
        return files

    async def diagnostics(self, uri: str) -> list[types.Diagnostic]:
        """The diagnostics of a file as it is on the disk; none for one that cannot be read, or is no longer there."""
        path, encoding = path_of(uri), self._encoding()
        if path is None:
            return []
        settings = await self._configuration.learn(uri)
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
            self._report(uri, error)
            findings, unread = (), ()
        diagnostics = []
        if findings or unread:
            positions = Positions(text, encoding)
            diagnostics = [*diagnostics_of(findings, positions, uri, settings), *notices_of(unread, positions)]
        self._checked[uri] = CachedResult(stamp, settings, encoding, diagnostics)
        return diagnostics


def _find(folders: list[Path], finder: ConfigFinder) -> list[str]:
    """The canonical URIs of all files."""
    found: dict[str, None] = {}
    # One folder with a broken configuration file does not hide the others.
    for folder in folders:
        with suppress(ConfigError):
            for file in find_files([folder], finder):
                # No editor shows what must be unpacked.
                if isinstance(file, FileError) or format_of(str(file.path)).unpack is not None:
                    continue
                found[canonical(file.path.absolute().as_uri())] = None
    return list(found)
