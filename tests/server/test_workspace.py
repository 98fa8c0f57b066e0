"""A workspace: what a check of all of it counts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_lsp
from lsp_client import CHECKOUT, KING, SECONDS, Client
from lsprotocol import types
from profiles import VS_CODE

from gru_lint_server.configuration import DocumentConfiguration
from gru_lint_server.documents import Documents
from gru_lint_server.scheduler import Scheduler
from gru_lint_server.workspace_check import WorkspaceCheck

pytestmark = pytest.mark.asyncio


@pytest_lsp.fixture(config=CHECKOUT)
async def client(server: Client) -> AsyncIterator[None]:
    """A client that has not said a word."""
    yield
    await server.shutdown_session()


async def test_open_documents_count_as_they_are_now(client: Client, tmp_path: Path) -> None:
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text(KING, encoding="utf-8")
    folder = types.WorkspaceFolder(tmp_path.as_uri(), "book")
    await client.initialize_session(types.InitializeParams(VS_CODE, workspace_folders=[folder]))
    item = types.TextDocumentItem((tmp_path / "one.txt").as_uri(), "plaintext", 1, f"{KING} {KING}")
    client.text_document_did_open(types.DidOpenTextDocumentParams(item))
    command = types.ExecuteCommandParams("gru-lint.checkWorkspace")
    assert await asyncio.wait_for(client.workspace_execute_command_async(command), SECONDS) == 3


async def test_no_file_of_a_large_workspace_is_left_out(tmp_path: Path) -> None:
    for number in range(5_001):
        (tmp_path / f"{number}.md").touch()
    configuration = DocumentConfiguration(pytest.fail)
    configuration.folders = [tmp_path.as_uri()]
    scheduler = Scheduler(Documents(), configuration.learn, lambda _: None, lambda *_: None)
    try:
        found = WorkspaceCheck(configuration, scheduler, lambda: "utf-16", pytest.fail, lambda _: True)
        assert len(await found.files()) == 5_001
    finally:
        scheduler.stop()
