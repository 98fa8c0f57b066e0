"""How the server ends and whom it lets in, as its process: headers, parents, origins, addresses, second clients."""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
from typing import Any

import pytest
from lsp_client import KING, ROOT, SECONDS, environment, listening, started
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

pytestmark = [pytest.mark.slow, pytest.mark.asyncio]
_INITIALIZE = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}}}


def framed(message: dict[str, Any], header: bytes = b"Content-Length") -> bytes:
    """A message as it travels."""
    body = json.dumps(message).encode()
    return b"%s: %d\r\n\r\n%s" % (header, len(body), body)


async def read_message(stream: asyncio.StreamReader) -> dict[str, Any]:
    """The next message of a server."""
    header = await asyncio.wait_for(stream.readuntil(b"\r\n\r\n"), SECONDS)
    length = re.search(rb"Content-Length: (\d+)", header)
    assert length
    message: dict[str, Any] = json.loads(await stream.readexactly(int(length[1])))
    return message


async def over_stdio() -> tuple[asyncio.subprocess.Process, asyncio.StreamWriter, asyncio.StreamReader]:
    """A server, and what is written to it and read from it."""
    pipe = asyncio.subprocess.PIPE
    server = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "gru_lint_server"),
        env=environment(ROOT, ROOT / "server"),
        stdin=pipe,
        stdout=pipe,
        stderr=pipe,
    )
    assert server.stdin
    assert server.stdout
    return server, server.stdin, server.stdout


async def test_a_header_in_small_letters_is_read_and_a_broken_one_ends_the_server_cleanly() -> None:
    server, written, read = await over_stdio()
    written.write(framed(_INITIALIZE, b"content-length"))
    assert (await read_message(read))["id"] == 1
    written.write(b"Content-Length: 3\r\n\r\n{,}")
    assert (await read_message(read))["error"]["code"] == -32700
    written.write(b"Content-Length: many\r\n\r\n{}")
    error = await read_message(read)
    assert (error["id"], error["error"]["code"]) == (None, -32700)
    _, told = await asyncio.wait_for(server.communicate(), SECONDS)
    assert server.returncode == 1
    assert told.decode() == (
        "gru-lint-server: Content-Length is no number of bytes; the rest of what the client sent cannot be read\n"
    )


async def test_the_server_ends_with_the_process_that_started_it() -> None:
    parent = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    server, written, read = await over_stdio()
    written.write(framed({**_INITIALIZE, "params": {"capabilities": {}, "processId": parent.pid}}))
    await read_message(read)
    # It is not fetched: whoever has ended is no parent, even while the system still knows the number.
    parent.communicate(b"\n")
    assert await asyncio.wait_for(server.wait(), SECONDS) == 0
    assert server.stderr
    assert await server.stderr.read() == b""


async def test_the_server_of_a_process_that_lives_goes_on() -> None:
    server, written, read = await over_stdio()
    parent = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    written.write(framed({**_INITIALIZE, "params": {"capabilities": {}, "processId": parent.pid}}))
    await read_message(read)
    written.write(framed({"jsonrpc": "2.0", "id": 2, "method": "shutdown"}))
    assert (await read_message(read))["id"] == 2
    written.write(framed({"jsonrpc": "2.0", "method": "exit"}))
    assert await asyncio.wait_for(server.wait(), SECONDS) == 0
    parent.communicate(b"\n")


async def test_a_line_number_of_all_ones_edits_up_to_the_end() -> None:
    server, written, read = await over_stdio()
    written.write(framed(_INITIALIZE))
    await read_message(read)
    written.write(framed({"jsonrpc": "2.0", "method": "initialized", "params": {}}))
    item = {"uri": "file:///a.txt", "languageId": "plaintext", "version": 1, "text": "Rain fell.\n" * 3}
    written.write(framed({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": item}}))
    edit = {"start": {"line": 0, "character": 0}, "end": {"line": 2**32 - 1, "character": 2**32 - 1}}
    changed = {
        "textDocument": {"uri": "file:///a.txt", "version": 2},
        "contentChanges": [{"range": edit, "text": KING}],
    }
    written.write(framed({"jsonrpc": "2.0", "method": "textDocument/didChange", "params": changed}))
    while True:
        message = await read_message(read)
        if message.get("method") == "textDocument/publishDiagnostics" and message["params"]["version"] == 2:
            break
    [diagnostic] = message["params"]["diagnostics"]
    assert diagnostic["range"]["start"] == {"line": 0, "character": KING.index("herself")}
    server.kill()
    await server.wait()


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("--tcp", "0.0.0.0:0"), "can be reached from other machines"),
        (("--ws", "[::]:0"), "can be reached from other machines"),
        (("--tcp", "192.0.2.1:2087"), "can be reached from other machines"),
    ],
)
async def test_an_address_beyond_loopback_is_refused(arguments: tuple[str, str], reason: str) -> None:
    ended = started("-m", "gru_lint_server", *arguments)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert reason in ended.stderr
    assert "--allow-remote" in ended.stderr
    assert ended.stderr.count("\n") == 1


async def test_a_remote_address_is_taken_where_that_is_allowed() -> None:
    server, port = await listening("tcp", "0.0.0.0", "--allow-remote")
    _, written = await asyncio.open_connection("127.0.0.1", port)
    written.close()
    assert await asyncio.wait_for(server.wait(), SECONDS) == 0


async def test_a_second_client_over_tcp_is_answered() -> None:
    server, port = await listening("tcp")
    first_read, first = await asyncio.open_connection("127.0.0.1", port)
    first.write(framed(_INITIALIZE))
    await read_message(first_read)
    second_read, second = await asyncio.open_connection("127.0.0.1", port)
    second.write(framed({**_INITIALIZE, "id": 7}))
    answer = await read_message(second_read)
    assert answer["id"] == 7
    assert answer["error"]["message"] == "this server has its client; start another server"
    assert await second_read.read() == b""
    first.write(framed({"jsonrpc": "2.0", "id": 2, "method": "shutdown"}))
    assert (await read_message(first_read))["id"] == 2
    first.write(framed({"jsonrpc": "2.0", "method": "exit"}))
    assert await asyncio.wait_for(server.wait(), SECONDS) == 0


async def test_a_page_cannot_speak_to_the_server_over_http() -> None:
    server, port = await listening("tcp")
    read, written = await asyncio.open_connection("127.0.0.1", port)
    written.write(b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + framed(_INITIALIZE))
    assert (await read_message(read))["error"]["code"] == -32700
    assert await read.read() == b""
    assert await asyncio.wait_for(server.wait(), SECONDS) == 1


async def test_a_websocket_is_not_opened_by_a_page_of_another_origin() -> None:
    server, port = await listening("ws", "127.0.0.1", "--allow-origin", "https://editor.example")
    for origin in ("https://evil.example", "null", "http://editor.example"):
        with pytest.raises(InvalidStatus) as refused:
            await connect(f"ws://127.0.0.1:{port}", origin=origin)
        assert refused.value.response.status_code == 403
    async with connect(f"ws://127.0.0.1:{port}", origin="https://editor.example") as allowed:
        await allowed.send(json.dumps(_INITIALIZE))
        assert json.loads(await asyncio.wait_for(allowed.recv(), SECONDS))["id"] == 1
        with pytest.raises(InvalidStatus) as too_late:
            await connect(f"ws://127.0.0.1:{port}")
        assert too_late.value.response.status_code == 503
    assert await asyncio.wait_for(server.wait(), SECONDS) == 0


async def test_a_websocket_is_opened_by_what_is_no_browser() -> None:
    server, port = await listening("ws")
    async with connect(f"ws://127.0.0.1:{port}", max_size=None) as client:
        await client.send(json.dumps(_INITIALIZE))
        assert json.loads(await asyncio.wait_for(client.recv(), SECONDS))["id"] == 1
        # Longer than a WebSocket takes by default.
        await client.send(json.dumps({"jsonrpc": "2.0", "id": 2, "method": "no/such", "params": "x" * 3_000_000}))
        assert json.loads(await asyncio.wait_for(client.recv(), SECONDS))["id"] == 2
    assert await asyncio.wait_for(server.wait(), SECONDS) == 0
