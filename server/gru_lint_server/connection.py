"""The connection to one client: its capabilities, the failures reported to it, and tasks beside its messages."""

from __future__ import annotations

import asyncio
import itertools
import traceback
from collections.abc import Coroutine
from typing import Any

from lsprotocol import types
from pygls.capabilities import get_capability
from pygls.exceptions import JsonRpcException, JsonRpcMethodNotFound, PyglsError
from pygls.lsp.server import LanguageServer

from gru_lint import __version__
from gru_lint.model.weights_path import WeightsError
from gru_lint.sanitize import escape_unprintable, printable_page
from gru_lint_server.actions import EditCapabilities
from gru_lint_server.document_check import TextTooLongError
from gru_lint_server.encoded import converter_that_encodes
from gru_lint_server.notebooks import MARKDOWN, NOTEBOOK_TYPE
from gru_lint_server.parent import wait_for_end
from gru_lint_server.protocol import Protocol

NAME = "gru-lint-server"
_TEXTS_OF_PYGLS = (
    types.TEXT_DOCUMENT_DID_OPEN,
    types.TEXT_DOCUMENT_DID_CHANGE,
    types.TEXT_DOCUMENT_DID_CLOSE,
    types.NOTEBOOK_DOCUMENT_DID_OPEN,
    types.NOTEBOOK_DOCUMENT_DID_CHANGE,
    types.NOTEBOOK_DOCUMENT_DID_CLOSE,
)
# Of a notebook, the client sends the Markdown cells and no code.
_NOTEBOOKS = types.NotebookDocumentSyncOptions(
    [
        types.NotebookDocumentFilterWithNotebook(
            types.NotebookDocumentFilterNotebookType(NOTEBOOK_TYPE), [types.NotebookCellLanguage(MARKDOWN)]
        )
    ],
    save=True,
)


class Connection(LanguageServer):
    """A language server as far as it needs to know no document."""

    def __init__(self) -> None:
        super().__init__(
            NAME,
            __version__,
            types.TextDocumentSyncKind.Incremental,
            notebook_document_sync=_NOTEBOOKS,
            protocol_cls=Protocol,
            converter_factory=converter_that_encodes,
        )
        # Kate applies every code action that it is offered, one after the other.
        self.applies_all_actions = False
        self.parent_has_ended = asyncio.Event()
        self.progress_tokens = itertools.count(1)
        self._reported: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()
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

    @property
    def resolves_edits(self) -> bool:
        """Whether the client asks for the edit of a code action once that is chosen (codeAction/resolve)."""
        properties = get_capability(self.client_capabilities, "text_document.code_action.resolve_support.properties")
        return "edit" in (properties or ()) and not self.applies_all_actions

    @property
    def pulls(self) -> bool:
        """Whether the client pulls diagnostics; then none are published."""
        return self.supports("text_document.diagnostic")

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Starts a task that runs beside the handling of messages."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def follow_process(self, process_id: int) -> None:
        """Ends with the process that started this one, as the protocol asks for."""

        async def follow() -> None:
            await wait_for_end(process_id)
            self.parent_has_ended.set()

        self.spawn(follow())

    @property
    def edit_capabilities(self) -> EditCapabilities:
        """What the client can do with an edit."""
        operations = get_capability(self.client_capabilities, "workspace.workspace_edit.resource_operations", None)
        versioned = self.supports("workspace.workspace_edit.document_changes")
        creates_files = versioned and types.ResourceOperationKind.Create in (operations or ())
        return EditCapabilities(versioned, creates_files, self.resolves_edits)

    def notify_once(self, line: str) -> None:
        """Shows a line to the user, once."""
        if self._is_news(line):
            shown = f"gru-lint: {escape_unprintable(line)}"
            self.window_show_message(types.ShowMessageParams(types.MessageType.Error, shown))

    def report_failure(self, name: str, error: Exception) -> None:
        """Reports once why something could not be checked."""
        if isinstance(error, (TextTooLongError, WeightsError)):
            self.notify_once(str(error))
        elif self._is_news(f"crash: {name}"):
            cause = "".join(traceback.format_exception(error))
            message = f"{escape_unprintable(name)}: could not be checked\n{printable_page(cause)}"
            self.window_log_message(types.LogMessageParams(types.MessageType.Error, message))

    def report_server_error(self, error: Exception, source: type[PyglsError] | type[JsonRpcException]) -> None:
        """Logs what could not be handled; a malformed notification is nothing that the user could mend."""
        if isinstance(error, JsonRpcMethodNotFound):
            # The request was answered with an error; some clients try every method.
            return
        if self.protocol.writer is not None and self._is_news(f"{source.__name__}: {error}"):
            message = escape_unprintable(f"{source.__name__}: {error}")
            self.window_log_message(types.LogMessageParams(types.MessageType.Warning, message))

    def _is_news(self, topic: str) -> bool:
        if len(self._reported) > 1_000:
            self._reported.clear()
        is_news = topic not in self._reported
        self._reported.add(topic)
        return is_news

    def shutdown(self) -> None:
        """Ends the work beside the messages."""
        for task in self._tasks:
            task.cancel()
        super().shutdown()  # type: ignore[no-untyped-call]
