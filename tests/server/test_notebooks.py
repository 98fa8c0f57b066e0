"""Notebooks: their Markdown cells are one text, and what is found stands in its cell."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import attrs
import pytest
import pytest_lsp
from lsp_client import CHECKOUT, KING, QUEEN, SECONDS, Client, place
from lsprotocol import types
from profiles import EMACS

from gru_lint.records import Span
from gru_lint_server.notebooks import NotebookPositions

NOTEBOOK = "file:///texts/trip.ipynb"
WATSON = "Mr Watson goes on a business trip every Wednesday. He always takes a flight to New York."
WIFE = "On every trip her wife wishes him good luck."
DECLARED = attrs.evolve(
    EMACS,
    notebook_document=types.NotebookDocumentClientCapabilities(types.NotebookDocumentSyncClientCapabilities()),
)
MARKUP, CODE = types.NotebookCellKind.Markup, types.NotebookCellKind.Code


@pytest_lsp.fixture(config=CHECKOUT)
async def client(server: Client) -> AsyncIterator[None]:
    """A client that has not said a word."""
    yield
    await server.shutdown_session()


def uri_of(name: str) -> str:
    """The URI of a cell."""
    return f"vscode-notebook-cell:/texts/trip.ipynb#{name}"


def cell(name: str, kind: types.NotebookCellKind = MARKUP) -> types.NotebookCell:
    """A cell of a notebook."""
    return types.NotebookCell(kind, uri_of(name))


def item(name: str, text: str, language: str = "markdown") -> types.TextDocumentItem:
    """The text of a cell."""
    return types.TextDocumentItem(uri_of(name), language, 1, text)


async def begun(client: Client, cells: Sequence[types.NotebookCell], items: Sequence[types.TextDocumentItem]) -> None:
    """A session in which a notebook is opened."""
    result = await asyncio.wait_for(client.initialize_session(types.InitializeParams(DECLARED)), SECONDS)
    assert result.capabilities.notebook_document_sync is not None
    notebook = types.NotebookDocument(NOTEBOOK, "jupyter-notebook", 1, cells)
    client.notebook_document_did_open(types.DidOpenNotebookDocumentParams(notebook, items))


async def shown(client: Client, *names: str) -> list[list[types.Diagnostic]]:
    """What is shown next in these cells, which are all, in this order."""
    found = [await asyncio.wait_for(client.published.get(), SECONDS) for _ in names]
    assert [params.uri for params in found] == [uri_of(name) for name in names]
    return [list(params.diagnostics) for params in found]


async def until(client: Client, counts: dict[str, int], **wanted: int) -> None:
    """Returns once as many findings are shown in each cell; one in which nothing changes may not be told again."""
    while counts != wanted:
        params = await asyncio.wait_for(client.published.get(), SECONDS)
        counts[params.uri.rpartition("#")[2]] = len(params.diagnostics)


def change(client: Client, version: int, cells: types.NotebookDocumentCellChanges) -> None:
    """Tells the server of a change of cells."""
    notebook = types.VersionedNotebookDocumentIdentifier(version, NOTEBOOK)
    event = types.NotebookDocumentChangeEvent(cells=cells)
    client.notebook_document_did_change(types.DidChangeNotebookDocumentParams(notebook, event))


@pytest.mark.asyncio
async def test_a_finding_stands_in_its_cell_and_its_antecedent_in_the_cell_above(client: Client) -> None:
    cells = [cell("a"), cell("code", CODE), cell("b"), cell("fence"), cell("c")]
    texts = [
        item("a", f"# A trip 🎉\n\n{WATSON}"),
        item("code", "herself = 1  # The king hurt herself.", "python"),
        item("b", WIFE),
        item("fence", "```\nThe king hurt herself."),
        item("c", f"One.\n\n{KING}"),
    ]
    await begun(client, cells, texts)
    first, second, fence, third = await shown(client, "a", "b", "fence", "c")
    assert (first, fence) == ([], [])
    [wife] = second
    assert wife.range == place(0, 14, 17)
    [related] = wife.related_information or ()
    assert related.location == types.Location(uri_of("a"), place(2, 0, 9))
    assert [one.range for one in third] == [place(2, 14, 21)]
    asked = types.DefinitionParams(types.TextDocumentIdentifier(uri_of("b")), types.Position(0, 15))
    assert await asyncio.wait_for(client.text_document_definition_async(asked), SECONDS) == related.location
    [action] = await client.actions(uri_of("b"), wife.range, [wife])
    assert action.edit is not None
    changes = list(action.edit.document_changes or [])
    assert len(changes) == 1
    edited = changes[0]
    assert isinstance(edited, types.TextDocumentEdit)
    assert edited.text_document == types.OptionalVersionedTextDocumentIdentifier(uri_of("b"), 1)
    assert list(edited.edits) == [types.TextEdit(wife.range, "his")]
    looked = types.HoverParams(types.TextDocumentIdentifier(uri_of("c")), types.Position(2, 16))
    hover = await asyncio.wait_for(client.text_document_hover_async(looked), SECONDS)
    assert hover is not None
    assert hover.range == place(2, 14, 21)


@pytest.mark.asyncio
async def test_cells_that_change_come_and_go_are_followed(client: Client) -> None:
    await begun(client, [cell("a"), cell("b")], [item("a", QUEEN), item("b", KING)])
    assert [len(found) for found in await shown(client, "a", "b")] == [0, 1]
    written = types.NotebookDocumentCellContentChanges(
        types.VersionedTextDocumentIdentifier(2, uri_of("a")),
        [types.TextDocumentContentChangePartial(place(0, 4, 9), "king")],
    )
    change(client, 2, types.NotebookDocumentCellChanges(text_content=[written]))
    counts = {"a": 0, "b": 1}
    await until(client, counts, a=1, b=1)
    array = types.NotebookCellArrayChange(0, 1, [cell("c")])
    structure = types.NotebookDocumentCellChangeStructure(
        array, [item("c", QUEEN)], [types.TextDocumentIdentifier(uri_of("a"))]
    )
    change(client, 3, types.NotebookDocumentCellChanges(structure=structure))
    await until(client, counts, a=0, b=1, c=0)
    # An older change is refused.
    change(client, 2, types.NotebookDocumentCellChanges(data=[cell("b", CODE)]))
    change(client, 4, types.NotebookDocumentCellChanges(data=[cell("c", CODE)]))
    await until(client, counts, a=0, b=1, c=0)
    closed = types.DidCloseNotebookDocumentParams(
        types.NotebookDocumentIdentifier(NOTEBOOK), [types.TextDocumentIdentifier(uri_of("b"))]
    )
    client.notebook_document_did_close(closed)
    await until(client, counts, a=0, b=0, c=0)


@pytest.mark.asyncio
async def test_places_in_the_json_of_a_notebook_are_not_told(client: Client, tmp_path: Path) -> None:
    source = {"cells": [{"cell_type": "markdown", "source": [KING]}]}
    (tmp_path / "a.ipynb").write_text(json.dumps(source), encoding="utf-8")
    (tmp_path / "a.txt").write_text(KING, encoding="utf-8")
    folder = types.WorkspaceFolder(tmp_path.as_uri(), "book")
    await client.initialize_session(types.InitializeParams(DECLARED, workspace_folders=[folder]))
    report = await asyncio.wait_for(client.workspace_diagnostic_async(types.WorkspaceDiagnosticParams([])), SECONDS)
    assert [item.uri for item in report.items] == [(tmp_path / "a.txt").as_uri()]


def test_places_in_cells() -> None:
    texts = ["🎉 One.\r\n\nTwo.", "", "Three.", "Four.\n"]
    positions = NotebookPositions([(str(number), 1, text) for number, text in enumerate(texts)], "utf-16")
    for number, (text, shown_cell) in enumerate(zip(texts, positions.cells, strict=True)):
        start = shown_cell.positions.extent.start
        for offset in range(len(text) + 1):
            span = Span(start + offset, start + offset)
            location = positions.location("", span)
            assert location.uri == str(number)
            assert shown_cell.positions.holds(span)
            back = shown_cell.positions.offset(location.range.start)
            # A position within a line end is that of its line's end.
            assert back == start + offset or text[offset - 1 : offset + 1] == "\r\n"
        assert shown_cell.positions.offset(types.Position(99, 0)) == start + len(text)
