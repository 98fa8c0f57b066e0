"""Text document synchronization: the documents that a client opens, edits, saves and closes."""

from __future__ import annotations

import logging
from typing import Any

from lsprotocol import types

from gru_lint_server.server import GruLintServer

# A notification of our own: the protocol has none for the range that is on the screen.
VISIBLE_RANGE = "gruLint/visibleRange"


def did_open(server: GruLintServer, params: types.DidOpenTextDocumentParams) -> None:
    """Opens a document."""
    server.forget(params.text_document.uri)
    document = server.documents.put(server.begin(params.text_document))
    server.start_judging(document.uri)


def did_change(server: GruLintServer, params: types.DidChangeTextDocumentParams) -> None:
    """Applies the changes of a text."""
    changed = params.text_document
    document = server.documents.document(changed.uri)
    if document is None:
        return
    if changed.version < document.version:
        server.refuse(changed, document.version)
        return
    positions, cursor = document.positions.changed(params.content_changes)
    document = server.documents.change(document, changed.version, positions, cursor)
    if server.configuration.options_of(document).run == "onType":
        server.start_judging(document.uri, is_edited=True)


def did_save(server: GruLintServer, params: types.DidSaveTextDocumentParams) -> None:
    """Follows a document that was saved, and a configuration file that was edited."""
    uri = params.text_document.uri
    if uri.endswith(".toml"):
        server.read_configuration_files_again()
    if document := server.documents.document(uri):
        server.saved(document)


def did_close(server: GruLintServer, params: types.DidCloseTextDocumentParams) -> None:
    """Closes a document, and clears its diagnostics or shows those of its file, if files of the workspace are shown."""
    uri = params.text_document.uri
    server.forget(uri)
    server.configuration.forget(uri)
    if not server.shown_files.closed(uri):
        server.clear(uri)


def visible_range(server: GruLintServer, params: Any) -> None:
    """Takes over which range of a document is on the screen."""
    try:
        start, end = (types.Position(edge.line, edge.character) for edge in (params.range.start, params.range.end))
        document = server.documents.document(params.textDocument.uri)
    # pygls knows no form for a message that the protocol does not define.
    except (AttributeError, TypeError, ValueError):
        logging.getLogger(__name__).warning("%s: not {textDocument: {uri}, range}", VISIBLE_RANGE)
        return
    if document:
        server.scheduler.set_visible(document.uri, document.positions.span(types.Range(start, end)))
