"""The server for one client: its documents, their settings, and the diagnostics that are published."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from gru_lint.config.settings import Settings
from gru_lint.sanitize import escape_unprintable
from gru_lint_server.configuration import SECTION, DocumentConfiguration
from gru_lint_server.connection import Connection
from gru_lint_server.diagnostics import Reports, notices_of, without_current_sentence
from gru_lint_server.documents import Document, Documents, cells_of, document_filename
from gru_lint_server.known_diagnostics import KnownDiagnostics
from gru_lint_server.notebooks import EXTENSION, Notebook
from gru_lint_server.placed_findings import PlacedFindings
from gru_lint_server.positions import Positions
from gru_lint_server.scheduler import Scheduler
from gru_lint_server.shown_files import ShownFiles
from gru_lint_server.workspace_check import WorkspaceCheck

# How long the server waits for the configuration that it asks a client for.
_SECONDS_FOR_CONFIGURATION = 3.0


class GruLintServer(Connection):
    """A server for one client, with the documents that it has open."""

    def __init__(self) -> None:
        super().__init__()
        self.documents = Documents()
        self.notebooks: dict[str, Notebook] = {}
        self._diagnostics: dict[str, KnownDiagnostics] = {}
        # What was published last of each document or cell: its version and diagnostics.
        self._published: dict[str, tuple[int, list[types.Diagnostic]]] = {}
        self.configuration = DocumentConfiguration(self.notify_once)
        self.scheduler = Scheduler(self.documents, self.configuration.learn, self.show, self.report)
        self.workspace_check = WorkspaceCheck(
            self.configuration, self.scheduler, lambda: self.encoding, self.report_failure, self._can_be_shown
        )
        self.shown_files = ShownFiles(self.workspace_check, self.documents, self._publish_file, self.spawn)
        self.reports = Reports()
        # Documents of which the client is asked to pull diagnostics again once all is judged.
        self.refreshed_later: set[str] = set()
        # Documents that could not be judged, which is tried again when they are saved.
        self.failed: set[str] = set()
        # Nothing is judged before the client has sent its settings.
        self.is_configured = asyncio.Event()
        self._shown_beside: frozenset[str] = frozenset()

    def _can_be_shown(self, uri: str) -> bool:
        """Whether the client can show places in a file: not those in the JSON of a notebook that it shows as cells."""
        return not (uri.endswith(EXTENSION) and self.supports("notebook_document"))

    # Documents

    def begin(self, item: types.TextDocumentItem) -> Document:
        """A document as a client opens it."""
        filename = document_filename(item.uri, item.language_id)
        positions = Positions(item.text, self.encoding)
        return Document(item.uri, item.version, filename, item.language_id, positions)

    def forget(self, uri: str) -> None:
        """Forgets a document, however its URI was spelled when it was opened."""
        document = self.documents.document(uri)
        if document is None:
            return
        self.documents.close(uri)
        self.scheduler.close(document.uri)
        self._diagnostics.pop(document.uri, None)
        self._published.pop(document.uri, None)
        self.failed.discard(document.uri)
        if document.uri != uri:
            self.clear(document.uri)

    def saved(self, document: Document) -> None:
        """Publishes the findings of a document that was saved, also in the sentence that was being written.

        One that was not judged yet is judged now.
        """
        was_judged = document.is_complete and document.uri not in self.failed
        self._published.pop(document.uri, None)
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
        """Logs once that a change came too late: its positions are those of a text that is gone."""
        topic = f"{escape_unprintable(changed.uri)}: a change of version {changed.version} came after version {version}"
        if self._is_news(f"refused: {changed.uri}"):
            self.window_log_message(types.LogMessageParams(types.MessageType.Warning, topic))

    # Diagnostics

    def findings_of(self, document: Document) -> PlacedFindings:
        """The findings in a document that the settings of the client let through."""
        findings = self._let_through(document)
        return findings if document.notebook is None else findings.beginning_in(document.positions.extent)

    def _let_through(self, document: Document) -> PlacedFindings:
        """The same; for a cell, those in all of its notebook."""
        if not self.is_wanted(document):
            return PlacedFindings()
        leaves = self.configuration.options_of(document).leave_current_sentence
        return without_current_sentence(document) if leaves else document.findings or PlacedFindings()

    def is_wanted(self, document: Document) -> bool:
        """Whether anything is shown of a document: neither its language nor its path is left out."""
        languages = self.configuration.options_of(document).languages
        return not (languages and document.language not in languages) and not self.configuration.is_excluded(document)

    def diagnostics_of(self, document: Document) -> list[types.Diagnostic]:
        """The diagnostics of a document, with notices of what was not read."""
        return self._diagnosed(document, self.findings_of(document), self.configuration.settings_of(document))

    def _diagnosed(self, document: Document, findings: PlacedFindings, settings: Settings) -> list[types.Diagnostic]:
        positions, unread = document.positions, self.scheduler.unread_of(document)
        known = self._diagnostics.setdefault(document.uri, KnownDiagnostics())
        found = known.diagnostics_of(findings, positions, document.uri, settings)
        if not unread or not self.is_wanted(document):
            return found
        return [*found, *notices_of([one for one in unread if positions.holds(one.span)], positions)]

    def show(self, document: Document) -> None:
        """Publishes the findings of a document that was judged, to a client that does not pull them."""
        self.failed.discard(document.uri)
        self._publish(document)

    def _publish(self, document: Document) -> None:
        if document.is_complete and document.positions.cells:
            # An edit in one cell changes what is found in others, which the client does not ask for again.
            self.refresh()
            self._refresh_beside()
        if self.pulls:
            return
        # A notebook's settings hold for its cells.
        findings, settings = self._let_through(document), self.configuration.settings_of(document)
        for one in cells_of(document):
            own = findings if one.notebook is None else findings.beginning_in(one.positions.extent)
            version, diagnostics = state = one.version, self._diagnosed(one, own, settings)
            # Of many cells an edit changes what is found in few, and what is judged after a rest changes little.
            if self._published.get(one.uri) != state:
                self._published[one.uri] = state
                self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(one.uri, diagnostics, version))

    def clear(self, uri: str) -> None:
        """Clears the diagnostics of a document."""
        self.reports.forget(uri)
        self._published.pop(uri, None)
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
        """Asks the client to request inlay hints and code lenses again, where they are on or were until now."""
        shown, self._shown_beside = self._shown_beside, self.configuration.shown_beside()
        for name, capability, refresh in (
            ("inlay_hints", "workspace.inlay_hint.refresh_support", self.workspace_inlay_hint_refresh),
            ("code_lens", "workspace.code_lens.refresh_support", self.workspace_code_lens_refresh),
        ):
            if name in shown | self._shown_beside and self.supports(capability):
                refresh(None)

    def report(self, document: Document, error: Exception) -> None:
        """Says once why a document could not be judged, and clears what was found in an older text."""
        self.failed.add(document.uri)
        self._publish(document)
        self.report_failure(document.filename, error)

    # Settings

    async def configure(self) -> None:
        """Asks the client for its settings: for each folder of the workspace, and for what lies in none."""
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

    def read_configuration_files_again(self) -> None:
        """Reads configuration files again, and judges the documents by them."""
        self.configuration.read_files_again()
        self.judge_again()

    def judge_again(self) -> None:
        """Judges every open document by the present settings; what does not depend on them is not judged again."""
        for document in self.documents.all():
            self.documents.forget_findings(document)
            self.scheduler.start(document.uri)
        self.shown_files.changed_whole()
        self.refresh()
        self._refresh_beside()

    def start_judging(self, uri: str, *, is_edited: bool = False) -> None:
        """Has a document judged, once the settings of the client are known; see `Scheduler.start`."""
        if self.is_configured.is_set():
            self.scheduler.start(uri, is_edited=is_edited)

    def shutdown(self) -> None:
        """Ends the work for this client."""
        self.documents.close_all()
        self.scheduler.stop()
        super().shutdown()
