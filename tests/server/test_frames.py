"""Headers and bodies that are not as they should be: in any spelling, broken, too long, and positions out of range."""

from __future__ import annotations

import asyncio
import json

import pytest

from gru_lint_server.frames import MOST_BYTES, FrameError, read_body


async def body_of(written: bytes) -> bytes | None:
    """The body of the first message in some bytes."""
    reader = asyncio.StreamReader(limit=2**16)
    reader.feed_data(written)
    reader.feed_eof()
    return await read_body(reader)


@pytest.mark.parametrize(
    "headers",
    [
        b"Content-Length: 2\r\n\r\n",
        b"content-length: 2\r\n\r\n",
        b"CONTENT-LENGTH:2\r\n\r\n",
        b"Content-Length:\t2 \r\n\r\n",
        b"Content-Length: 2\n\n",
        b"Content-Length: 0002\r\n\r\n",
        b"Content-Type: application/vscode-jsonrpc; charset=utf-8\r\ncontent-Length: 2\r\n\r\n",
        b"Content-Length: 2\r\nContent-Length: 2\r\n\r\n",
        b"Content-Length: 2\r\nX-Other: a: b\r\n\r\n",
        b"\r\n\r\nContent-Length: 2\r\n\r\n",
    ],
)
async def test_headers_are_read_however_they_are_spelt(headers: bytes) -> None:
    assert await body_of(headers + b"{}rest") == b"{}"


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        (b"nonsense\r\n\r\n", "no header"),
        (b"Content-Type: x\r\n\r\n", "no Content-Length"),
        (b"Content-Length: many\r\n\r\n", "no number"),
        (b"Content-Length: -5\r\n\r\n", "no number"),
        (b"Content-Length: 2.0\r\n\r\n", "no number"),
        (b"Content-Length: \r\n\r\n", "no number"),
        (b"Content-Length: " + b"9" * 5_000 + b"\r\n\r\n", "no number"),
        ("Content-Length: ²\r\n\r\n".encode(), "no number"),
        (b"Content-Length: %d\r\n\r\n" % (MOST_BYTES + 1), "more than"),
        (b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n", "no number"),
        (b"Content-Length : 2\r\n\r\n", "no header"),
        (b" Content-Length: 2\r\n\r\n", "no header"),
        (b"\xff\xfe: 2\r\n\r\n", "no header"),
        (b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 2\r\n\r\n{}", "no header"),
        (b"a: b\r\n" * 33 + b"Content-Length: 2\r\n\r\n", "no header"),
        (b"x" * 200_000 + b"\r\n\r\n", "longer"),
    ],
)
async def test_a_broken_header_is_an_error(headers: bytes, reason: str) -> None:
    with pytest.raises(FrameError, match=reason):
        await body_of(headers + b"{}")


@pytest.mark.parametrize("written", [b"", b"Content-Len", b"Content-Length: 2\r\n", b"\r\n\r\n"])
async def test_a_stream_that_ends_between_messages_is_no_error(written: bytes) -> None:
    assert await body_of(written) is None


async def test_a_stream_that_ends_in_a_message_is_told() -> None:
    with pytest.raises(asyncio.IncompleteReadError):
        await body_of(b"Content-Length: 5\r\n\r\n{}")


def test_a_line_number_beyond_the_protocols_is_the_end_of_the_text() -> None:
    from gru_lint_server.app import create_server

    change = {
        "jsonrpc": "2.0",
        "method": "textDocument/didChange",
        "params": {
            "textDocument": {"uri": "file:///a.txt", "version": 2},
            "contentChanges": [
                {
                    "range": {
                        "start": {"line": 0, "character": 0},
                        "end": {"line": 2**32 - 1, "character": 2**64},
                    },
                    "text": "x",
                }
            ],
        },
    }
    read = json.loads(json.dumps(change), object_hook=create_server().protocol.structure_message)
    [edit] = read.params.content_changes
    assert (edit.range.end.line, edit.range.end.character) == (2**31 - 1, 2**31 - 1)
