"""One file is one document, however its URI is spelled; and no version comes after a newer one."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from lsp_client import KING, QUEEN, SECONDS, Client, place
from lsprotocol import types

from gru_lint.config.settings import Settings
from gru_lint_server.configuration import DocumentConfiguration
from gru_lint_server.documents import canonical

ENCODED, WRITTEN = "file:///texts/a%20%28draft%29.txt", "file:///texts/a%20(draft).txt"


@pytest.mark.parametrize(
    ("uri", "other", "is_same"),
    [
        (ENCODED, WRITTEN, True),
        ("file:///c%3A/texts/a.txt", "file:///C:/texts/a.txt", True),
        ("file://localhost/a.txt", "file:///a.txt", True),
        ("file:///caf%c3%a9.txt", "file:///café.txt", True),
        ("file:///caf%e9.txt", "file:///caf%E9.txt", True),
        ("file:///a%2525.txt", "file:///a%25.txt", False),
        ("file://one/a.txt", "file://two/a.txt", False),
        ("file:///a.txt", "file:///A.txt", False),
        ("untitled:a%28", "untitled:a(", False),
    ],
)
def test_two_spellings_of_one_file(uri: str, other: str, is_same: bool) -> None:
    assert (canonical(uri) == canonical(other)) is is_same
    assert canonical(canonical(uri)) == canonical(uri)


@pytest.mark.asyncio(loop_scope="module")
async def test_an_edit_reaches_a_document_that_was_opened_under_another_spelling(client: Client) -> None:
    assert await client.open(ENCODED, QUEEN) == []
    client.change(WRITTEN, 2, types.TextDocumentContentChangePartial(place(0, 4, 9), "king"))
    assert len(await client.diagnostics_of(ENCODED, 2)) == 1
    client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(WRITTEN)))
    cleared = [await asyncio.wait_for(client.published.get(), SECONDS) for _ in range(2)]
    assert {params.uri: list(params.diagnostics) for params in cleared} == {ENCODED: [], WRITTEN: []}


@pytest.mark.asyncio(loop_scope="module")
async def test_a_document_that_is_opened_again_under_another_spelling_has_findings_once(client: Client) -> None:
    assert len(await client.open(ENCODED, KING)) == 1
    item = types.TextDocumentItem(WRITTEN, "plaintext", 1, KING)
    client.text_document_did_open(types.DidOpenTextDocumentParams(item))
    shown: dict[str, int] = {ENCODED: 1}
    while shown != {ENCODED: 0, WRITTEN: 1}:
        params = await asyncio.wait_for(client.published.get(), SECONDS)
        shown[params.uri] = len(params.diagnostics)
    assert await client.close(WRITTEN) == []


@pytest.mark.asyncio(loop_scope="module")
async def test_an_older_version_after_a_newer_one_is_refused(client: Client) -> None:
    uri = "file:///texts/late.txt"
    assert await client.open(uri, QUEEN) == []
    client.change(uri, 5, types.TextDocumentContentChangePartial(place(0, 4, 9), "king"))
    assert len(await client.diagnostics_of(uri, 5)) == 1
    client.change(uri, 4, types.TextDocumentContentChangeWholeDocument(QUEEN))
    told = await asyncio.wait_for(client.logged.get(), SECONDS)
    assert "version 4 came after version 5" in told.message
    client.change(uri, 6, types.TextDocumentContentChangePartial(place(0, 0, 0), "Well. "))
    assert len(await client.diagnostics_of(uri, 6)) == 1


def test_a_folder_holds_a_file_that_is_spelled_otherwise() -> None:
    configuration = DocumentConfiguration(lambda _: None)
    configuration.folders = ["file:///my%20%28books%29"]
    assert configuration.folder_of("file:///my%20(books)/a.txt") == "file:///my%20%28books%29"


@pytest.mark.asyncio
async def test_a_broken_file_of_the_project_is_read_off_the_loop_and_told_once(tmp_path: Path) -> None:
    told: list[str] = []
    configuration = DocumentConfiguration(told.append)
    (tmp_path / "gru-lint.toml").write_text("rules = 1\n", encoding="utf-8")
    uri = (tmp_path / "a.txt").as_uri()
    learning = asyncio.ensure_future(configuration.learn(uri))
    await asyncio.sleep(0)
    assert not learning.done(), "it was read on the loop"
    assert await learning == Settings()
    assert len(told) == 1
    assert "gru-lint.toml:1" in told[0]
