"""The language server: what it answers to each message, and how it is started."""

from __future__ import annotations

import argparse
import logging
import sys
import traceback
from collections.abc import Sequence

from lsprotocol import types
from pygls.capabilities import get_capability
from pygls.lsp.server import LanguageServer

from gru_lint import __version__
from gru_lint.threads import use_one_thread
from gru_lint_server.convert import changed_text, published_diagnostics, quick_fixes
from gru_lint_server.judging import Judging
from gru_lint_server.session import Document, Session, document_filename

NAME = "gru-lint-server"


class GruLintServer(LanguageServer):
    """A server for one client, with the documents that it has open."""

    def __init__(self) -> None:
        super().__init__(NAME, __version__, types.TextDocumentSyncKind.Incremental)
        self.session = Session()
        self.judging = Judging(self.session, self.publish, self.report)
        self._told: set[str] = set()
        # pygls would keep the texts as well, but ends a line at a form feed or U+2028, where the
        # protocol does not: after one of these its texts and positions go wrong.
        for method in (types.TEXT_DOCUMENT_DID_OPEN, types.TEXT_DOCUMENT_DID_CHANGE, types.TEXT_DOCUMENT_DID_CLOSE):
            del self.protocol.fm.builtin_features[method]

    @property
    def encoding(self) -> str:
        """The encoding in whose units this client counts columns."""
        return self.workspace.position_encoding or types.PositionEncodingKind.Utf16

    def publish(self, document: Document) -> None:
        """Shows the findings of a document, none where it is not judged."""
        diagnostics = published_diagnostics(document, self.encoding)
        self.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(document.uri, diagnostics, document.version)
        )

    def report(self, document: Document, error: Exception) -> None:
        """Says once why a document could not be judged; what was found in older text goes."""
        self.publish(document)
        if _is_weights_error(error):
            if self._is_news(str(error)):
                self.window_show_message(types.ShowMessageParams(types.MessageType.Error, f"gru-lint: {error}"))
        elif self._is_news(document.uri):
            cause = "".join(traceback.format_exception(error))
            message = f"{document.filename}: could not be checked\n{cause}"
            self.window_log_message(types.LogMessageParams(types.MessageType.Error, message))

    def shutdown(self) -> None:
        """Ends the work for this client."""
        self.session.close_all()
        self.judging.stop()
        super().shutdown()  # type: ignore[no-untyped-call]

    def _is_news(self, topic: str) -> bool:
        is_news = topic not in self._told
        self._told.add(topic)
        return is_news


def _is_weights_error(error: Exception) -> bool:
    # The module imports NumPy; where it was not imported, the error is not one of its own.
    weights = sys.modules.get("gru_lint.weights")
    return weights is not None and isinstance(error, weights.WeightsError)


def did_open(server: GruLintServer, params: types.DidOpenTextDocumentParams) -> None:
    """Begins a document."""
    opened = params.text_document
    filename = document_filename(opened.uri, opened.language_id)
    server.session.open(Document(opened.uri, opened.version, opened.text, filename))
    server.judging.start(opened.uri)


def did_change(server: GruLintServer, params: types.DidChangeTextDocumentParams) -> None:
    """Takes over the new text of a document."""
    changed = params.text_document
    if document := server.session.document(changed.uri):
        text = changed_text(document.text, params.content_changes, server.encoding)
        server.session.change(changed.uri, changed.version, text)
        server.judging.start(changed.uri)


def did_save(server: GruLintServer, params: types.DidSaveTextDocumentParams) -> None:
    """Shows the findings again, or tries again where the document could not be judged."""
    document = server.session.document(params.text_document.uri)
    if document is None:
        return
    if document.findings is None:
        server.judging.start(document.uri)
    else:
        server.publish(document)


def did_close(server: GruLintServer, params: types.DidCloseTextDocumentParams) -> None:
    """Forgets a document and takes its findings away."""
    uri = params.text_document.uri
    server.session.close(uri)
    server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))


async def code_action(server: GruLintServer, params: types.CodeActionParams) -> list[types.CodeAction]:
    """The replacements for the findings at a place; none where the text has changed since the request."""
    uri = params.text_document.uri
    asked = server.session.document(uri)
    await server.judging.finish(uri)
    document = server.session.document(uri)
    if asked is None or document is None or document.text is not asked.text:
        return []
    versioned = get_capability(server.client_capabilities, "workspace.workspace_edit.document_changes", False)
    return quick_fixes(document, params, server.encoding, versioned=bool(versioned))


def create_server() -> GruLintServer:
    """A server that knows every message of this module."""
    server = GruLintServer()
    server.feature(types.TEXT_DOCUMENT_DID_OPEN)(did_open)
    server.feature(types.TEXT_DOCUMENT_DID_CHANGE)(did_change)
    server.feature(types.TEXT_DOCUMENT_DID_SAVE)(did_save)
    server.feature(types.TEXT_DOCUMENT_DID_CLOSE)(did_close)
    server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix])
    )(code_action)
    return server


def _address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal() or int(port) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not HOST:PORT, such as 127.0.0.1:2087")
    return host.removeprefix("[").removesuffix("]"), int(port)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=NAME, description="The language server of gru-lint. An editor starts it and speaks to it."
    )
    transport = parser.add_mutually_exclusive_group()
    transport.add_argument("--stdio", action="store_true", help="speak over standard input and output (the default)")
    transport.add_argument(
        "--tcp", type=_address, metavar="HOST:PORT", help="wait there for one client; port 0 takes a free one"
    )
    parser.add_argument("--version", action="version", version=f"{NAME} {__version__}")
    return parser


def main(arguments: Sequence[str] | None = None) -> None:
    """The entry point of the `gru-lint-server` script."""
    parser = _parser()
    options = parser.parse_args(arguments)
    # NumPy is first imported when the first document is judged.
    use_one_thread()
    server = create_server()
    if options.tcp is None:
        server.start_io()
        return
    # Says on standard error where it waits: with port 0 nobody else can know.
    logging.basicConfig(format="%(message)s")
    logging.getLogger("pygls.server").setLevel(logging.INFO)
    try:
        server.start_tcp(*options.tcp)
    except OSError as error:
        parser.exit(2, f"{NAME}: cannot wait there ({error.strerror or error})\n")
    except KeyboardInterrupt:
        parser.exit(130, f"{NAME}: interrupted\n")
