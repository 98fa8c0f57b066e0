"""Messages that are not as they should be, a great deal of text, and clients that vanish."""

from __future__ import annotations

import asyncio
import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from lsp_client import KING, ROOT, SECONDS, Client, environment, place
from lsprotocol import types

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]


class Raw:
    """A server spoken to in bytes."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process

    @classmethod
    async def started(cls) -> Raw:
        """A server that has been initialized."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "gru_lint_server"),
            env=environment(ROOT, ROOT / "server"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        raw = cls(process)
        raw.say({"id": 1, "method": "initialize", "params": {"capabilities": {}}})
        await raw.answer(1)
        raw.say({"method": "initialized", "params": {}})
        return raw

    def write(self, body: bytes) -> None:
        """Sends bytes as a message."""
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))

    def say(self, message: dict[str, Any]) -> None:
        """Sends a message."""
        self.write(json.dumps({"jsonrpc": "2.0", **message}).encode())

    async def answer(self, number: int) -> dict[str, Any]:
        """The answer to a request."""
        assert self.process.stdout is not None
        while True:
            header = await asyncio.wait_for(self.process.stdout.readuntil(b"\r\n\r\n"), SECONDS)
            length = re.search(rb"Content-Length: (\d+)", header)
            assert length
            message: dict[str, Any] = json.loads(await self.process.stdout.readexactly(int(length[1])))
            if message.get("id") == number and "method" not in message:
                return message

    async def ended(self) -> int:
        """The exit status, once the process has ended."""
        return await asyncio.wait_for(self.process.wait(), 15)

    async def end(self) -> None:
        """Ends it as a client should."""
        self.say({"id": 99, "method": "shutdown"})
        await self.answer(99)
        self.say({"method": "exit"})
        assert await self.ended() == 0


RAIN = "It rained all day over the harbour, and nobody came. "
HOVER = {"textDocument": {"uri": "file:///a.txt"}, "position": {"line": 0, "character": 0}}


@pytest.mark.parametrize(
    "body",
    [
        b"this is no JSON",
        b"[]",
        b"null",
        b'"text"',
        b"{}",
        b'{"jsonrpc": "2.0"}',
        b'{"jsonrpc": "2.0", "method": "no/such"}',
        b'{"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {}}',
        b'{"jsonrpc": "2.0", "method": "textDocument/didChange", "params": 3}',
        b'{"jsonrpc": "2.0", "method": "textDocument/didChange", "params": '
        b'{"textDocument": {"uri": "a:b", "version": 2}, "contentChanges": '
        b'[{"range": {"start": {"line": -3, "character": 0}, "end": {"line": 0, "character": -7}}, "text": ""}]}}',
        b'{"jsonrpc": "2.0", "id": 7, "result": 3}',
        b'{"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": 12345}}',
        b"\xff\xfe",
    ],
)
async def test_nonsense_is_survived(body: bytes) -> None:
    raw = await Raw.started()
    raw.write(body)
    raw.say({"id": 2, "method": "textDocument/hover", "params": HOVER})
    assert (await raw.answer(2))["result"] is None
    await raw.end()


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("textDocument/hover", {"textDocument": 3}),
        ("textDocument/codeAction", {}),
        ("workspace/executeCommand", {"command": "no.such"}),
        ("no/such", {}),
    ],
)
async def test_a_request_that_cannot_be_answered_gets_an_error(method: str, params: dict[str, Any]) -> None:
    raw = await Raw.started()
    raw.say({"id": 2, "method": method, "params": params})
    assert "error" in await raw.answer(2)
    await raw.end()


@pytest.mark.parametrize("state", ["idle", "judging", "in the middle of a message"])
async def test_the_server_ends_when_its_client_vanishes(state: str) -> None:
    raw = await Raw.started()
    assert raw.process.stdin is not None
    if state == "judging":
        item = {"uri": "file:///a.txt", "languageId": "plaintext", "version": 1, "text": f"{KING}\n\n" * 20_000}
        raw.say({"method": "textDocument/didOpen", "params": {"textDocument": item}})
    elif state != "idle":
        raw.process.stdin.write(b"Content-Length: 1000\r\n\r\n{")
    await raw.process.stdin.drain()
    raw.process.stdin.close()
    await raw.ended()


def resident_bytes(client: Client) -> int:
    """What the server holds of the memory; 0 where the system does not say."""
    assert client._server is not None
    statistics = Path(f"/proc/{client._server.pid}/statm")
    return int(statistics.read_text("ascii").split()[1]) * 4_096 if statistics.exists() else 0


async def test_edits_out_of_range_and_of_unknown_documents(client: Client) -> None:
    far = types.Range(types.Position(500, 0), types.Position(900, 7))
    client.change("file:///texts/unknown.txt", 2, types.TextDocumentContentChangePartial(far, "x"))
    uri = "file:///texts/out.txt"
    assert len(await client.open(uri, KING)) == 1
    client.change(uri, 2, types.TextDocumentContentChangePartial(far, " The end."))
    assert len(await client.diagnostics_of(uri, 2)) == 1
    backwards = types.Range(types.Position(0, 9), types.Position(0, 2))
    client.change(uri, 3, types.TextDocumentContentChangePartial(backwards, "x"))
    await client.diagnostics_of(uri, 3)
    unknown = types.TextDocumentIdentifier("file:///texts/unknown.txt")
    client.text_document_did_save(types.DidSaveTextDocumentParams(unknown))
    client.text_document_did_close(types.DidCloseTextDocumentParams(unknown))
    assert await client.diagnostics_of(unknown.uri, None) == []
    report = await client.text_document_diagnostic_async(types.DocumentDiagnosticParams(unknown))
    assert report.items == ()


async def test_ten_megabytes_are_left_to_the_command_line_which_is_told_once(client: Client) -> None:
    uri = "file:///texts/huge.txt"
    text = f"{KING} It rained all day over the harbour, and nobody came.\n" * 140_000
    assert len(text) > 10_000_000
    assert await client.open(uri, text) == []
    client.change(uri, 2, types.TextDocumentContentChangePartial(place(70_001, 4, 8), "queen"))
    assert await client.diagnostics_of(uri, 2) == []
    told = await asyncio.wait_for(client.told.get(), SECONDS)
    assert told.message == (
        "gru-lint: /texts/huge.txt: longer than 4,000,000 characters, which is too long for an editor; "
        "run gru-lint check on it"
    )
    assert client.told.empty()
    assert client.logged.empty()
    client.change(uri, 3, types.TextDocumentContentChangeWholeDocument(KING))
    assert len(await client.diagnostics_of(uri, 3)) == 1
    await client.close(uri)


@pytest.mark.slow
async def test_a_thousand_documents(client: Client) -> None:
    async def all_opened_and_closed() -> None:
        for number in range(1_000):
            assert len(await client.open(f"file:///texts/{number}.txt", f"{KING}\n\n{RAIN * 50}")) == 1
        for number in range(1_000):
            assert await client.close(f"file:///texts/{number}.txt") == []

    await all_opened_and_closed()
    n_bytes = resident_bytes(client)
    await all_opened_and_closed()
    # Each of the texts is some kilobytes, its lines, words and windows as much again.
    assert resident_bytes(client) - n_bytes < 4_000_000


async def test_the_workspace_is_checked_with_progress(tmp_path: Path) -> None:
    from lsp_client import CHECKOUT
    from profiles import EMACS

    (tmp_path / "one.txt").write_text(KING, encoding="utf-8")
    (tmp_path / "two.md").write_text("The queen hurt himself.", encoding="utf-8")
    (tmp_path / "three.txt").write_bytes(b"\xff\xfe\x00")
    client = await CHECKOUT.start()
    assert isinstance(client, Client)
    declared = types.ClientCapabilities(
        workspace=EMACS.workspace, window=types.WindowClientCapabilities(work_done_progress=True)
    )
    folder = types.WorkspaceFolder(tmp_path.as_uri(), "book")
    await client.initialize_session(types.InitializeParams(declared, workspace_folders=[folder]))
    command = types.ExecuteCommandParams("gru-lint.checkWorkspace")
    n_found = await asyncio.wait_for(client.workspace_execute_command_async(command), SECONDS)
    assert n_found == 2
    published = {}
    while not client.published.empty():
        params = client.published.get_nowait()
        published[Path(params.uri).name] = len(params.diagnostics)
    # Of what cannot be read nothing was shown before, so there is nothing to clear.
    assert published == {"one.txt": 1, "two.md": 1}
    [reports] = client.progress_reports.values()
    assert [report.kind for report in (reports[0], reports[-1])] == ["begin", "end"]
    asked = types.WorkspaceDiagnosticParams([])
    first = await client.workspace_diagnostic_async(asked)
    known = [types.PreviousResultId(item.uri, item.result_id or "") for item in first.items]
    again = await client.workspace_diagnostic_async(types.WorkspaceDiagnosticParams(known))
    assert {item.kind for item in again.items} == {"unchanged"}
    await client.shutdown_session()
    await client.stop()
