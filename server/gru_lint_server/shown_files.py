"""The diagnostics of files that are not open, published once the workspace was checked: of the files as on disk.

A client that pulls diagnostics requests those of the workspace itself; these are pushed to any other.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from lsprotocol import types

from gru_lint.extract import formats, is_known
from gru_lint_server.documents import Documents, canonical, path_of
from gru_lint_server.workspace_check import WorkspaceCheck

# Any TOML file: one that another extends may have any name.
_CONFIGURATION: Final = "**/*.toml"
_IGNORE_FILE: Final = ".gitignore"
_ALL: Final = "**/*"


def watchers() -> list[types.FileSystemWatcher]:
    """What a client is asked to watch: configuration, ignore files, texts, and whatever is created or deleted."""
    documents = [one for one in formats().values() if one.is_document]
    extensions = sorted(extension.removeprefix(".") for one in documents for extension in one.extensions)
    globs = [_CONFIGURATION, f"**/{_IGNORE_FILE}", f"**/*.{{{','.join(extensions)}}}"]
    # Of a folder that is renamed or deleted, the folder alone is reported.
    come_and_go = types.WatchKind.Create | types.WatchKind.Delete
    return [*map(types.FileSystemWatcher, globs), types.FileSystemWatcher(_ALL, int(come_and_go))]


def changes_what_is_checked(uri: str) -> bool:
    """Whether a file of this name says which files are checked, or how."""
    return uri.endswith((".toml", f"/{_IGNORE_FILE}"))


def concerns_files(uri: str) -> bool:
    """Whether what is found in the workspace may depend on a file of this name."""
    return changes_what_is_checked(uri) or is_known(uri)


class ShownFiles:
    """The published diagnostics of files that are not open.

    publish  sends the client the diagnostics of a file, by its canonical URI
    spawn    starts some work beside the messages
    """

    def __init__(
        self,
        workspace_check: WorkspaceCheck,
        documents: Documents,
        publish: Callable[[str, Sequence[types.Diagnostic]], None],
        spawn: Callable[[Coroutine[Any, Any, None]], None],
    ) -> None:
        self._workspace_check = workspace_check
        self._documents = documents
        self._publish = publish
        self._spawn = spawn
        # The files of the workspace when it was last looked through; None before it was first checked.
        self._files: set[str] | None = None
        self._with_findings: set[str] = set()
        self._due: dict[str, None] = {}
        self._is_due_whole = False
        self._is_working = False

    def begin(self, uris: Iterable[str]) -> None:
        """Shows these files from now on, and clears the diagnostics of all others."""
        self._files = set(uris)
        for uri in self._with_findings - self._files:
            self.show(uri, ())

    def show(self, uri: str, diagnostics: Sequence[types.Diagnostic]) -> None:
        """Shows the diagnostics of a file, unless it is open: then its own text counts."""
        if self._documents.document(uri) is not None:
            self._with_findings.discard(uri)
        elif diagnostics:
            self._with_findings.add(uri)
            self._publish(uri, diagnostics)
        elif uri in self._with_findings:
            self._with_findings.discard(uri)
            self._publish(uri, ())

    def closed(self, uri: str) -> bool:
        """Whether a document that was closed keeps the findings of its file, which then follow."""
        key = canonical(uri)
        if self._files is None or key not in self._files:
            return False
        # The diagnostics that are shown are of the text that was closed.
        self._with_findings.add(key)
        self._look_at([key])
        return True

    def changed(self, changes: Iterable[types.FileEvent]) -> None:
        """Follows changes on disk; clears the diagnostics of files that were deleted or renamed."""
        if self._files is None:
            return
        due: list[str] = []
        for uri, kind in dict.fromkeys((canonical(change.uri), change.type) for change in changes):
            if changes_what_is_checked(uri):
                self.changed_whole()
            if kind == types.FileChangeType.Deleted:
                below = f"{uri.rstrip('/')}/"
                due += [shown for shown in self._files if shown == uri or shown.startswith(below)]
            elif uri in self._files:
                due.append(uri)
            elif kind == types.FileChangeType.Created and _may_hold_texts(uri):
                self.changed_whole()
        self._look_at(due)

    def changed_whole(self) -> None:
        """Looks through the whole workspace again."""
        if self._files is not None:
            self._is_due_whole = True
            self._look_at(())

    def _look_at(self, uris: Iterable[str]) -> None:
        self._due |= dict.fromkeys(uris)
        if not self._is_working and (self._due or self._is_due_whole):
            self._is_working = True
            self._spawn(self._work())

    async def _work(self) -> None:
        try:
            while self._due or self._is_due_whole:
                if self._is_due_whole:
                    self._is_due_whole = False
                    uris = await self._workspace_check.files()
                    self.begin(uris)
                    self._due = dict.fromkeys(uris)
                    continue
                uri = next(iter(self._due))
                del self._due[uri]
                if self._documents.document(uri) is None:
                    self.show(uri, await self._workspace_check.diagnostics(uri))
        finally:
            self._is_working = False


def _may_hold_texts(uri: str) -> bool:
    """Whether what was created is a text, or a folder that may hold some."""
    path = path_of(uri)
    return path is not None and (is_known(path) or Path(path).is_dir())
