"""Notebook document synchronization: the notebooks that a client opens, edits, saves and closes."""

from __future__ import annotations

from lsprotocol import types

from gru_lint_server.documents import Document, canonical, path_of
from gru_lint_server.notebooks import MARKDOWN, Notebook
from gru_lint_server.server import GruLintServer


def did_open(server: GruLintServer, params: types.DidOpenNotebookDocumentParams) -> None:
    """Opens a notebook."""
    opened = params.notebook_document
    server.forget(opened.uri)
    notebook = Notebook(opened.uri, opened.version, server.encoding, list(opened.cells))
    notebook.open(params.cell_text_documents)
    server.notebooks[canonical(opened.uri)] = notebook
    positions = notebook.positions()
    # Its text is Markdown, wherever it comes from.
    filename = f"{path_of(opened.uri) or opened.uri}.md"
    server.documents.put(Document(opened.uri, opened.version, filename, MARKDOWN, positions))
    server.start_judging(opened.uri)


def did_change(server: GruLintServer, params: types.DidChangeNotebookDocumentParams) -> None:
    """Applies the changes of a notebook: cells that were added, removed or moved, and their texts."""
    changed = params.notebook_document
    notebook, document = server.notebooks.get(canonical(changed.uri)), server.documents.document(changed.uri)
    if notebook is None or document is None:
        return
    if changed.version < document.version:
        server.refuse(changed, document.version)
        return
    place = notebook.change(changed.version, params.change)
    positions = notebook.positions()
    cursor = None
    if place is not None:
        starts = {cell.uri: cell.positions.extent.start for cell in positions.cells}
        uri, offset = place
        cursor = starts[uri] + offset if uri in starts else None
    gone = {cell.uri for cell in document.positions.cells} - {cell.uri for cell in positions.cells}
    document = server.documents.change(document, changed.version, positions, cursor)
    for uri in gone:
        server.clear(uri)
    if server.configuration.options_of(document).run == "onType":
        server.start_judging(document.uri, is_edited=True)


def did_save(server: GruLintServer, params: types.DidSaveNotebookDocumentParams) -> None:
    """Follows a notebook that was saved."""
    if document := server.documents.document(params.notebook_document.uri):
        server.saved(document)


def did_close(server: GruLintServer, params: types.DidCloseNotebookDocumentParams) -> None:
    """Closes a notebook, and clears the diagnostics of its cells."""
    uri = params.notebook_document.uri
    document = server.documents.document(uri)
    if document is None:
        return
    cells = document.positions.cells
    server.forget(uri)
    server.notebooks.pop(canonical(uri), None)
    server.configuration.forget(uri)
    for cell in cells:
        server.clear(cell.uri)
