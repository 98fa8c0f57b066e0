"""What the server lives through, and how it is started."""

from __future__ import annotations

import asyncio
import re
import shutil
from pathlib import Path

import pytest
from lsp_client import (
    KING,
    ROOT,
    SECONDS,
    Client,
    begin,
    capabilities,
    config,
    listening,
    place,
    started,
)
from lsprotocol import types

pytestmark = pytest.mark.asyncio(loop_scope="module")


def copied_packages(folder: Path) -> Path:
    """A folder with both packages, to be broken."""
    left_out = shutil.ignore_patterns("__pycache__", "training")
    shutil.copytree(ROOT / "gru_lint", folder / "gru_lint", ignore=left_out)
    shutil.copytree(ROOT / "server" / "gru_lint_server", folder / "gru_lint_server", ignore=left_out)
    return folder


async def test_missing_weights_are_told_once_and_the_server_lives_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    client = await config(copied_packages(tmp_path)).start()
    assert isinstance(client, Client)
    await begin(client, capabilities())
    uri = "file:///texts/king.txt"
    assert await client.open(uri, KING) == []
    [told] = [await asyncio.wait_for(client.told.get(), SECONDS)]
    assert told.type == types.MessageType.Error
    assert re.fullmatch(r"gru-lint: .*agreement-gru\.npz: the weights are missing; reinstall gru-lint", told.message)
    client.change(uri, 2, types.TextDocumentContentChangeWholeDocument(f"{KING}\n\nThe queen hurt himself."))
    assert await client.diagnostics_of(uri, 2) == []
    # Once the weights are there, saving is enough.
    shutil.copytree(ROOT / "model_weights", tmp_path / "model_weights")
    client.text_document_did_save(types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(uri)))
    assert len(await client.diagnostics_of(uri, 2)) == 2
    await client.shutdown_session()
    assert client.told.empty()
    assert client.logged.empty()
    await client.stop()


BROKEN_RULE = """
from gru_lint.rules._base import Rule

def judge(slot):
    raise ZeroDivisionError("a rule that fails")

RULE = Rule("PA999", "broken", summary="", why="", not_flagged=(), known_problems=(), flags=(), passes=(), judge=judge)
"""


async def test_a_crash_is_logged_once_with_the_name_of_the_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    packages = copied_packages(tmp_path)
    (packages / "gru_lint" / "rules" / "broken.py").write_text(BROKEN_RULE, encoding="utf-8")
    shutil.copytree(ROOT / "model_weights", tmp_path / "model_weights")
    client = await config(packages).start()
    assert isinstance(client, Client)
    await begin(client, capabilities())
    uri = "file:///texts/my%20king.txt"
    assert await client.open(uri, KING) == []
    logged = await asyncio.wait_for(client.logged.get(), SECONDS)
    assert logged.type == types.MessageType.Error
    assert logged.message.startswith("/texts/my king.txt: could not be checked\n")
    assert "ZeroDivisionError: a rule that fails" in logged.message
    client.change(uri, 2, types.TextDocumentContentChangeWholeDocument(f"{KING}\n\nThe queen hurt himself."))
    assert await client.diagnostics_of(uri, 2) == []
    assert await client.actions(uri, place(0, 14, 14)) == []
    # The server lives on: what need not be judged is shown, and the next crash is told under its own name.
    assert await client.open("file:///texts/rain.txt", "Rain fell on the roofs of Leeds.") == []
    assert await client.open("file:///texts/queen.txt", "The queen hurt himself.") == []
    logged = await asyncio.wait_for(client.logged.get(), SECONDS)
    assert logged.message.startswith("/texts/queen.txt: could not be checked\n")
    await client.shutdown_session()
    assert client.logged.empty()
    assert client.told.empty()
    await client.stop()


@pytest.mark.parametrize("transport", ["tcp", pytest.param("ws", marks=pytest.mark.slow)])
async def test_over_a_socket(transport: str) -> None:
    server, port = await listening(transport)
    client = Client()
    await (client.start_tcp if transport == "tcp" else client.start_ws)("127.0.0.1", port)
    await begin(client, capabilities())
    assert len(await client.open(f"file:///texts/{transport}.txt", KING)) == 1
    await asyncio.wait_for(client.shutdown_async(None), SECONDS)
    client.exit(None)
    assert await asyncio.wait_for(server.wait(), SECONDS) == 0
    await client.stop()


async def test_nothing_slow_is_imported_at_the_start() -> None:
    program = "import sys, gru_lint_server.app; print({'numpy', 'spacy', 'torch', 'typer'} & set(sys.modules))"
    assert started("-c", program).stdout == "set()\n"


async def test_the_command_line() -> None:
    assert re.fullmatch(r"gru-lint-server \d+\.\d+\.\d+\n", started("-m", "gru_lint_server", "--version").stdout)
    wrong = started("-m", "gru_lint_server", "--tcp", "2087")
    assert wrong.returncode == 2
    assert "'2087' is not HOST:PORT, such as 127.0.0.1:2087" in wrong.stderr
