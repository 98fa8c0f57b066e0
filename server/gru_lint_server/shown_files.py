"""The files that are not open and are shown all the same, since the workspace was checked: as they are on the disk.

A client that asks for diagnostics itself gets them by its own questions; this is for one that is told.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from lsprotocol import types

from gru_lint.extract import formats, is_known
from gru_lint_server.documents import Documents, canonical, path_of
from gru_lint_server.workspace_check import WorkspaceCheck

# All of them: a file that is extended may have any name.
_CONFIGURATION: Final = "**/*.toml"
_IGNORE_FILE: Final = ".gitignore"
_ALL: Final = "**/*"


def watchers() -> list[types.FileSystemWatcher]:
    """What a client is asked to watch: configuration, ignore files, texts, and what comes and goes by any name."""
    documents = [one for one in formats().values() if one.is_document]
    extensions = sorted(extension.removeprefix(".") for one in documents for extension in one.extensions)
    globs = [_CONFIGURATION, f"**/{_IGNORE_FILE}", f"**/*.{{{','.join(extensions)}}}"]
    # Of a folder that is renamed or deleted nothing is told but its own name.
    come_and_go = types.WatchKind.Create | types.WatchKind.Delete
    return [*map(types.FileSystemWatcher, globs), types.FileSystemWatcher(_ALL, int(come_and_go))]


def changes_what_is_checked(uri: str) -> bool:
    """Whether a file of this name says which files are checked, or how."""
    return uri.endswith((".toml", f"/{_IGNORE_FILE}"))


def concerns_files(uri: str) -> bool:
    """Whether what is found in the workspace may depend on a file of this name."""
    return changes_what_is_checked(uri) or is_known(uri)


class ShownFiles:
    """What a client was told of files that are not open.

    publish  tells it the diagnostics of a file, by its canonical URI
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
        # The files of the workspace when it was last looked through; None where nobody has asked for that.
        self._files: set[str] | None = None
        self._with_findings: set[str] = set()
        self._due: dict[str, None] = {}
        self._is_due_whole = False
        self._is_working = False

    def begin(self, uris: Iterable[str]) -> None:
        """From now on these files are shown; what was shown and is none of them is taken away."""
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
        # Those that are shown are of the text that is gone.
        self._with_findings.add(key)
        self._look_at([key])
        return True

    def changed(self, changes: Iterable[types.FileEvent]) -> None:
        """Shows what changed on the disk; what was deleted or has another name now is taken away."""
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
    """Whether what has come into being is a text, or a folder with some in it."""
    path = path_of(uri)
    return path is not None and (is_known(path) or Path(path).is_dir())
