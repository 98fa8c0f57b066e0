"""The server for one client: its documents, their settings, and what is published to it."""

from __future__ import annotations

import asyncio
import itertools
import traceback
from collections.abc import Coroutine, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.capabilities import get_capability
from pygls.exceptions import JsonRpcException, JsonRpcMethodNotFound, PyglsError
from pygls.lsp.server import LanguageServer

from gru_lint import __version__
from gru_lint.files.read import MAX_BYTES
from gru_lint.model.weights_path import WeightsError
from gru_lint.records import Finding
from gru_lint.regular_files import read_regular_file
from gru_lint.sanitize import escape_unprintable, printable_page
from gru_lint_server.actions import Client, Project
from gru_lint_server.configuration import SECTION, DocumentConfiguration
from gru_lint_server.diagnostics import (
    KnownDiagnostics,
    Reports,
    converter_that_remembers,
    diagnostics_of,
    notices_of,
    without_current_sentence,
)
from gru_lint_server.document_check import TextTooLongError
from gru_lint_server.documents import Document, Documents, cells_of, document_filename, path_of
from gru_lint_server.notebooks import EXTENSION, MARKDOWN, NOTEBOOK_TYPE, Notebook
from gru_lint_server.parent import wait_for_end
from gru_lint_server.positions import Positions
from gru_lint_server.protocol import Protocol
from gru_lint_server.scheduler import Scheduler
from gru_lint_server.shown_files import ShownFiles
from gru_lint_server.workspace_check import WorkspaceCheck

NAME = "gru-lint-server"
_TEXTS_OF_PYGLS = (
    types.TEXT_DOCUMENT_DID_OPEN,
    types.TEXT_DOCUMENT_DID_CHANGE,
    types.TEXT_DOCUMENT_DID_CLOSE,
    types.NOTEBOOK_DOCUMENT_DID_OPEN,
    types.NOTEBOOK_DOCUMENT_DID_CHANGE,
    types.NOTEBOOK_DOCUMENT_DID_CLOSE,
)
# Of a notebook the Markdown is told, and no code.
_NOTEBOOKS = types.NotebookDocumentSyncOptions(
    [
        types.NotebookDocumentFilterWithNotebook(
            types.NotebookDocumentFilterNotebookType(NOTEBOOK_TYPE), [types.NotebookCellLanguage(MARKDOWN)]
        )
    ],
    save=True,
)
# A client that was asked for its configuration and does not answer is waited for no longer.
_SECONDS_FOR_CONFIGURATION = 3.0


class GruLintServer(LanguageServer):
    """A server for one client, with the documents that it has open."""

    def __init__(self) -> None:
        super().__init__(
            NAME,
            __version__,
            types.TextDocumentSyncKind.Incremental,
            notebook_document_sync=_NOTEBOOKS,
            protocol_cls=Protocol,
            converter_factory=converter_that_remembers,
        )
        self.documents = Documents()
        self.notebooks: dict[str, Notebook] = {}
        self._diagnostics: dict[str, KnownDiagnostics] = {}
        # What a client was told last of each cell, and of which version.
        self._cells: dict[str, tuple[int, list[types.Diagnostic]]] = {}
        self.configuration = DocumentConfiguration(self.notify_once)
        self.scheduler = Scheduler(self.documents, self.configuration.learn, self.show, self.report)
        self.workspace_check = WorkspaceCheck(
            self.configuration, self.scheduler, lambda: self.encoding, self.report_failure, self._can_be_shown
        )
        self.shown_files = ShownFiles(self.workspace_check, self.documents, self._publish_file, self.spawn)
        self.reports = Reports()
        # Kate applies every action that it is given, one after another.
        self.applies_all_actions = False
        # What could not be judged is tried again when it is saved.
        self.failed: set[str] = set()
        # Until the client has said what it sets, nothing is judged.
        self.is_configured = asyncio.Event()
        self.parent_has_ended = asyncio.Event()
        self._told: set[str] = set()
        self._shown_beside: frozenset[str] = frozenset()
        self._tasks: set[asyncio.Task[None]] = set()
        self.progress_tokens = itertools.count(1)
        # pygls would keep the texts as well, but ends a line at a form feed or U+2028, where the
        # protocol does not: after one of these its texts and positions go wrong.
        for method in _TEXTS_OF_PYGLS:
            del self.protocol.fm.builtin_features[method]

    @property
    def encoding(self) -> str:
        """The encoding in whose units this client counts columns."""
        return self.workspace.position_encoding or types.PositionEncodingKind.Utf16

    def supports(self, capability: str) -> bool:
        """Whether the client declares a capability, such as "text_document.diagnostic"."""
        return bool(get_capability(self.client_capabilities, capability, default=False))

    def _can_be_shown(self, uri: str) -> bool:
        """Whether places in a file mean something to the client: those in the JSON of a notebook do not, in cells."""
        return not (uri.endswith(EXTENSION) and self.supports("notebook_document"))

    @property
    def resolves_edits(self) -> bool:
        """Whether the client asks for the edit of an action when that is chosen."""
        properties = get_capability(self.client_capabilities, "text_document.code_action.resolve_support.properties")
        return "edit" in (properties or ()) and not self.applies_all_actions

    @property
    def pulls(self) -> bool:
        """Whether the client asks for diagnostics, and none are to be pushed."""
        return self.supports("text_document.diagnostic")

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Starts some work that goes on beside the messages."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def follow_process(self, process_id: int) -> None:
        """Ends with the process that started this one, as the protocol asks for."""

        async def follow() -> None:
            await wait_for_end(process_id)
            self.parent_has_ended.set()

        self.spawn(follow())

    # Documents

    def begin(self, item: types.TextDocumentItem) -> Document:
        """A document as a client opens it."""
        filename = document_filename(item.uri, item.language_id)
        positions = Positions(item.text, self.encoding)
        return Document(item.uri, item.version, filename, item.language_id, positions)

    def forget(self, uri: str) -> None:
        """Forgets a document, whatever its URI was spelled like when it was opened."""
        document = self.documents.document(uri)
        if document is None:
            return
        self.documents.close(uri)
        self.scheduler.close(document.uri)
        self._diagnostics.pop(document.uri, None)
        self.failed.discard(document.uri)
        if document.uri != uri:
            self.clear(document.uri)

    def saved(self, document: Document) -> None:
        """Shows the findings again, those of the sentence that was being written too, or judges what was not judged."""
        was_judged = document.is_complete and document.uri not in self.failed
        document = replace(document, cursor=None)
        if was_judged:
            self.show(self.documents.put(document))
        else:
            self.documents.forget_findings(document)
            self.start_judging(document.uri)
        if self.configuration.options_of(document).leave_current_sentence or not was_judged:
            self.refresh()

    def refuse(
        self,
        changed: types.VersionedTextDocumentIdentifier | types.VersionedNotebookDocumentIdentifier,
        version: int,
    ) -> None:
        """Says once that a change came too late: it counts in a text that is gone."""
        topic = f"{escape_unprintable(changed.uri)}: a change of version {changed.version} came after version {version}"
        if self._is_news(f"refused: {changed.uri}"):
            self.window_log_message(types.LogMessageParams(types.MessageType.Warning, topic))

    # What is told of documents

    def findings_of(self, document: Document) -> tuple[Finding, ...]:
        """The findings that a client is told of, as it has set it."""
        if not self.is_wanted(document):
            return ()
        leaves = self.configuration.options_of(document).leave_current_sentence
        findings = without_current_sentence(document) if leaves else document.findings or ()
        if document.notebook is None:
            return findings
        return tuple(finding for finding in findings if document.positions.holds(finding.span))

    def is_wanted(self, document: Document) -> bool:
        """Whether a client wants to be told of a document at all."""
        languages = self.configuration.options_of(document).languages
        return not (languages and document.language not in languages) and not self.configuration.is_excluded(document)

    def diagnostics_of(self, document: Document) -> list[types.Diagnostic]:
        """What a client is told of a document."""
        settings = self.configuration.settings_of(document)
        positions = document.positions
        unread = self.scheduler.unread_of(document) if self.is_wanted(document) else ()
        findings = self.findings_of(document)
        if document.notebook is None:
            known = self._diagnostics.setdefault(document.uri, KnownDiagnostics())
            told = known.diagnostics_of(findings, positions, document.uri, settings)
        else:
            told = diagnostics_of(findings, positions, document.uri, settings)
        return [
            *told,
            *notices_of([one for one in unread if positions.holds(one.span)], positions),
        ]

    def show(self, document: Document) -> None:
        """Shows the findings of a document to a client that does not ask for them."""
        self.failed.discard(document.uri)
        self._publish(document)

    def _publish(self, document: Document) -> None:
        if document.is_complete and document.positions.cells:
            # An edit in one cell changes what is found in others, which the client does not ask for again.
            self.refresh()
            self._refresh_beside()
        if self.pulls:
            return
        for one in cells_of(document):
            told = one.version, self.diagnostics_of(one)
            # Of many cells an edit changes what is found in few.
            if one.notebook is None or self._cells.get(one.uri) != told:
                self._cells |= {one.uri: told} if one.notebook else {}
                self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(one.uri, told[1], told[0]))

    def clear(self, uri: str) -> None:
        """Takes the findings of a document away."""
        self.reports.forget(uri)
        self._cells.pop(uri, None)
        self._diagnostics.pop(uri, None)
        if not self.pulls:
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    def _publish_file(self, uri: str, diagnostics: Sequence[types.Diagnostic]) -> None:
        if not self.pulls:
            spelled = self.documents.spelling(uri)
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(spelled, diagnostics))

    def refresh(self) -> None:
        """Asks a client that pulls diagnostics to pull them again."""
        if self.pulls and self.supports("workspace.diagnostics.refresh_support"):
            self.workspace_diagnostic_refresh(None)

    def _refresh_beside(self) -> None:
        """Asks a client for what it shows beside the text, hints and lenses, where it shows them or did until now."""
        shown, self._shown_beside = self._shown_beside, self.configuration.shown_beside()
        for name, capability, refresh in (
            ("inlay_hints", "workspace.inlay_hint.refresh_support", self.workspace_inlay_hint_refresh),
            ("code_lens", "workspace.code_lens.refresh_support", self.workspace_code_lens_refresh),
        ):
            if name in shown | self._shown_beside and self.supports(capability):
                refresh(None)

    # What goes wrong

    def notify_once(self, line: str) -> None:
        """Shows a line to the user, once."""
        if self._is_news(line):
            shown = f"gru-lint: {escape_unprintable(line)}"
            self.window_show_message(types.ShowMessageParams(types.MessageType.Error, shown))

    def report(self, document: Document, error: Exception) -> None:
        """Says once why a document could not be judged; what was found in older text goes."""
        self.failed.add(document.uri)
        self._publish(document)
        self.report_failure(document.filename, error)

    def report_failure(self, name: str, error: Exception) -> None:
        """Says once why something could not be checked."""
        if isinstance(error, (TextTooLongError, WeightsError)):
            self.notify_once(str(error))
        elif self._is_news(f"crash: {name}"):
            cause = "".join(traceback.format_exception(error))
            message = f"{escape_unprintable(name)}: could not be checked\n{printable_page(cause)}"
            self.window_log_message(types.LogMessageParams(types.MessageType.Error, message))

    def report_server_error(self, error: Exception, source: type[PyglsError] | type[JsonRpcException]) -> None:
        """Logs what could not be handled: a notification that is not as it should be is no business of the user's."""
        if isinstance(error, JsonRpcMethodNotFound):
            # The client has its answer; some ask for everything that there is.
            return
        if self.protocol.writer is not None and self._is_news(f"{source.__name__}: {error}"):
            message = escape_unprintable(f"{source.__name__}: {error}")
            self.window_log_message(types.LogMessageParams(types.MessageType.Warning, message))

    def _is_news(self, topic: str) -> bool:
        if len(self._told) > 1_000:
            self._told.clear()
        is_news = topic not in self._told
        self._told.add(topic)
        return is_news

    # What is set

    async def configure(self) -> None:
        """Asks the client for its section, for each folder of the workspace and for all else."""
        if self.supports("workspace.configuration"):
            folders: list[str | None] = [*self.configuration.folders, None]
            items = [types.ConfigurationItem(scope_uri=folder, section=SECTION) for folder in folders]
            try:
                answers = await asyncio.wait_for(
                    self.workspace_configuration_async(types.ConfigurationParams(items)), _SECONDS_FOR_CONFIGURATION
                )
            except (asyncio.TimeoutError, JsonRpcException):
                answers = []
            for folder, section in zip(folders, answers or (), strict=False):
                self.configuration.take_options(folder, section)
        self.is_configured.set()
        self.judge_again()

    def judge_again(self) -> None:
        """Judges every open document as is set now; what does not depend on it is not judged again."""
        for document in self.documents.all():
            self.documents.forget_findings(document)
            self.scheduler.start(document.uri)
        self.shown_files.changed_whole()
        self.refresh()
        self._refresh_beside()

    def start_judging(self, uri: str) -> None:
        """Sees to it that a document gets judged, once it is known what is set for it."""
        if self.is_configured.is_set():
            self.scheduler.start(uri)

    # What edits can do

    def client(self) -> Client:
        """What the client can do with an edit."""
        operations = get_capability(self.client_capabilities, "workspace.workspace_edit.resource_operations", None)
        versioned = self.supports("workspace.workspace_edit.document_changes")
        creates_files = versioned and types.ResourceOperationKind.Create in (operations or ())
        return Client(versioned, creates_files, self.resolves_edits)

    def project(self, document: Document) -> Project:
        """Where the configuration of a document stands."""
        folder = self.configuration.folder_of(document.file)
        root = path_of(folder) if folder else None
        return Project(
            self.configuration.place_of(document.file),
            Path(root) if root else None,
            self._read,
            self._version,
            self.configuration.options_of(document).settings.pronouns,
        )

    def _read(self, path: Path) -> str | None:
        if opened := self.documents.document(path.as_uri()):
            return opened.text
        try:
            # Line ends are the file's own.
            return read_regular_file(path, MAX_BYTES).decode("utf-8")
        except (OSError, UnicodeDecodeError):
            return None

    def _version(self, path: Path) -> int | None:
        opened = self.documents.document(path.as_uri())
        return opened.version if opened else None

    def shutdown(self) -> None:
        """Ends the work for this client."""
        self.documents.close_all()
        self.scheduler.stop()
        for task in self._tasks:
            task.cancel()
        super().shutdown()  # type: ignore[no-untyped-call]
