"""The files of a workspace that are not open: found, read and judged when nobody is typing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from lsprotocol import types

from gru_lint.config import Settings
from gru_lint.files import FileError, find_files, read_text
from gru_lint_server.configuration import Configuration
from gru_lint_server.convert import Positions
from gru_lint_server.diagnostics import diagnostics_of
from gru_lint_server.documents import document_filename, path_of
from gru_lint_server.judging import Judging

# More files than this are not checked in one workspace.
MAX_FILES = 5_000


class CheckedFile(NamedTuple):
    """A file as it was when it was judged."""

    stamp: tuple[int, int]
    settings: Settings
    encoding: str
    diagnostics: list[types.Diagnostic]


class WorkspaceCheck:
    """Judges the files of a workspace; what has not changed since is not judged again."""

    def __init__(self, configuration: Configuration, judging: Judging) -> None:
        self._configuration = configuration
        self._judging = judging
        self._checked: dict[str, CheckedFile] = {}

    async def files(self) -> list[str]:
        """The URIs of the text files in the folders of the workspace."""
        return await asyncio.to_thread(_find, list(self._configuration.folders))

    async def diagnostics(
        self, uri: str, encoding: str, report: Callable[[str, Exception], None]
    ) -> list[types.Diagnostic]:
        """What a client is told of a file; nothing of one that cannot be read."""
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
            findings = await self._judging.check_file(text, document_filename(uri, ""), settings)
        except Exception as error:
            report(uri, error)
            findings = ()
        diagnostics = diagnostics_of(findings, Positions(text, encoding), uri, settings) if findings else []
        self._checked[uri] = CheckedFile(stamp, settings, encoding, diagnostics)
        return diagnostics


def _find(folders: list[str]) -> list[str]:
    found: dict[str, None] = {}
    for folder in folders:
        path = path_of(folder)
        if path is None:
            continue
        try:
            for file in find_files(Path(path)):
                found[file.absolute().as_uri()] = None
                if len(found) >= MAX_FILES:
                    return list(found)
        except (FileError, OSError):
            continue
    return list(found)
