"""A client that gives a token with a request is told of its progress by that one, and of no other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_lsp
from lsp_client import CHECKOUT, KING, SECONDS, Client
from lsprotocol import types
from profiles import VS_CODE

pytestmark = pytest.mark.asyncio


@pytest_lsp.fixture(config=CHECKOUT)
async def client(server: Client) -> AsyncIterator[None]:
    """A client that has not said a word."""
    yield
    await server.shutdown_session()


async def test_the_token_of_the_client_is_used(client: Client, tmp_path: Path) -> None:
    told: list[tuple[object, str]] = []
    created: list[object] = []

    def note(params: types.ProgressParams) -> None:
        value = params.value
        kind = value.get("kind") if isinstance(value, dict) else getattr(value, "kind", None)
        told.append((params.token, str(kind or "part")))

    features = client.protocol.fm.features
    features[types.PROGRESS] = note
    features[types.WINDOW_WORK_DONE_PROGRESS_CREATE] = lambda params: created.append(params.token)
    (tmp_path / "one.txt").write_text(KING, encoding="utf-8")
    folder = types.WorkspaceFolder(tmp_path.as_uri(), "book")
    prepares = types.RenameClientCapabilities(prepare_support=True)
    declared = types.ClientCapabilities(
        general=VS_CODE.general,
        workspace=VS_CODE.workspace,
        window=VS_CODE.window,
        text_document=types.TextDocumentClientCapabilities(
            diagnostic=types.DiagnosticClientCapabilities(), rename=prepares
        ),
    )
    begun = await client.initialize_session(types.InitializeParams(declared, workspace_folders=[folder]))
    offered = begun.capabilities
    for options in (offered.execute_command_provider, offered.diagnostic_provider, offered.rename_provider):
        assert getattr(options, "work_done_progress", False)
    uri = (tmp_path / "two.txt").as_uri()
    item = types.TextDocumentItem(uri, "plaintext", 1, "Mary slept, and she snored.")
    client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    command = types.ExecuteCommandParams("gru-lint.checkWorkspace", work_done_token="of the command")
    assert await asyncio.wait_for(client.workspace_execute_command_async(command), SECONDS) == 1
    pull = types.WorkspaceDiagnosticParams([], work_done_token=7, partial_result_token="parts")
    await asyncio.wait_for(client.workspace_diagnostic_async(pull), SECONDS)
    identifier, place = types.TextDocumentIdentifier(uri), types.Position(0, 1)
    rename = types.RenameParams(identifier, place, "Anna", work_done_token="of the rename")
    assert await asyncio.wait_for(client.text_document_rename_async(rename), SECONDS)
    assert created == []
    for token in ("of the command", 7, "of the rename"):
        kinds = [kind for known, kind in told if known == token]
        assert (kinds[0], kinds[-1], set(kinds[1:-1]) - {"report"}) == ("begin", "end", set())
    assert [kind for known, kind in told if known == "parts"] == ["part"]

    # Without one, the server begins its own, and for the command alone.
    told.clear()
    await client.workspace_execute_command_async(types.ExecuteCommandParams("gru-lint.checkWorkspace"))
    await client.text_document_rename_async(types.RenameParams(identifier, place, "Anna"))
    assert len(created) == 1
    assert {token for token, _ in told} == set(created)
