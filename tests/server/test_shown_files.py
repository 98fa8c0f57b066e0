"""What is shown of files that are not open follows the disk."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import pytest_lsp
from lsp_client import CHECKOUT, KING, QUEEN, SECONDS, Client
from lsprotocol import types
from profiles import EMACS, VS_CODE

from gru_lint.extract import known_extensions
from gru_lint_server.documents import canonical
from gru_lint_server.shown_files import changes_what_is_checked, concerns_files, watchers

DELETED, CREATED, CHANGED = types.FileChangeType.Deleted, types.FileChangeType.Created, types.FileChangeType.Changed


@pytest_lsp.fixture(config=CHECKOUT)
async def client(server: Client) -> AsyncIterator[None]:
    """A client that has not said a word."""
    yield
    await server.shutdown_session()


@dataclass
class Session:
    """A client whose workspace was checked, and what it shows of each file by now."""

    client: Client
    folder: Path
    shown: dict[str, int] = field(default_factory=dict)

    async def until(self, **wanted: int) -> None:
        """Returns once as many findings are shown in each file, and none elsewhere."""
        while {uri: n for uri, n in self.shown.items() if n} != {self.uri(name): n for name, n in wanted.items()}:
            params = await asyncio.wait_for(self.client.published.get(), SECONDS)
            self.shown[canonical(params.uri)] = len(params.diagnostics)

    def uri(self, name: str) -> str:
        """The URI of a text of the folder."""
        return (self.folder / f"{name}.txt").as_uri()

    def write(self, name: str, text: str) -> None:
        """Writes a text into the folder."""
        (self.folder / f"{name}.txt").write_text(text, encoding="utf-8")

    def tell(self, kind: types.FileChangeType, *uris: str) -> None:
        """Tells the server of a change on the disk."""
        events = [types.FileEvent(uri, kind) for uri in uris]
        self.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams(events))


async def checked(client: Client, folder: Path) -> Session:
    """A session in a workspace of two texts with a finding each, and one without."""
    session = Session(client, folder)
    for name, text in (("one", KING), ("two", KING), ("three", QUEEN)):
        session.write(name, text)
    workspace = types.WorkspaceFolder(folder.as_uri(), "book")
    await client.initialize_session(types.InitializeParams(EMACS, workspace_folders=[workspace]))
    command = types.ExecuteCommandParams("gru-lint.checkWorkspace")
    assert await asyncio.wait_for(client.workspace_execute_command_async(command), SECONDS) == 2
    await session.until(one=1, two=1)
    return session


@pytest.mark.asyncio
async def test_a_file_is_shown_as_it_is_on_the_disk(client: Client, tmp_path: Path) -> None:
    session = await checked(client, tmp_path)
    session.write("one", f"{KING} {KING}")
    session.tell(CHANGED, session.uri("one"))
    await session.until(one=2, two=1)
    session.write("four", KING)
    session.tell(CREATED, session.uri("four"))
    await session.until(one=2, two=1, four=1)
    (tmp_path / "two.txt").rename(tmp_path / "five.txt")
    session.tell(DELETED, session.uri("two"))
    session.tell(CREATED, session.uri("five"))
    await session.until(one=2, four=1, five=1)
    (tmp_path / ".gitignore").write_text("f*.txt\n", encoding="utf-8")
    session.tell(CREATED, (tmp_path / ".gitignore").as_uri())
    await session.until(one=2)
    (tmp_path / "gru-lint.toml").write_text('ignore = ["PA004"]\n', encoding="utf-8")
    session.tell(CREATED, (tmp_path / "gru-lint.toml").as_uri())
    await session.until()


@pytest.mark.asyncio
async def test_a_folder_that_comes_or_goes_is_followed(client: Client, tmp_path: Path) -> None:
    session = await checked(client, tmp_path)
    inner = tmp_path / "drafts"
    inner.mkdir()
    (inner / "six.txt").write_text(KING, encoding="utf-8")
    session.tell(CREATED, inner.as_uri())
    await session.until(**{"one": 1, "two": 1, "drafts/six": 1})
    shutil.rmtree(inner)
    session.tell(DELETED, inner.as_uri())
    await session.until(one=1, two=1)


@pytest.mark.asyncio
async def test_a_closed_document_keeps_the_findings_of_its_file(client: Client, tmp_path: Path) -> None:
    session = await checked(client, tmp_path)
    item = types.TextDocumentItem(session.uri("one"), "plaintext", 1, f"{KING} {KING} {KING}")
    client.text_document_did_open(types.DidOpenTextDocumentParams(item))
    await session.until(one=3, two=1)
    client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(session.uri("one"))))
    await session.until(one=1, two=1)
    # What is open is as its client has it, whatever becomes of the file.
    client.text_document_did_open(types.DidOpenTextDocumentParams(item))
    await session.until(one=3, two=1)
    (tmp_path / "one.txt").unlink()
    session.tell(DELETED, session.uri("one"))
    session.write("two", QUEEN)
    session.tell(CHANGED, session.uri("two"))
    await session.until(one=3)
    client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(session.uri("one"))))
    await session.until()


@pytest.mark.asyncio
async def test_a_workspace_comes_in_parts_and_under_one_spelling(client: Client, tmp_path: Path) -> None:
    for number in range(300):
        (tmp_path / f"{number} (draft).txt").write_text(KING if number % 50 == 0 else "Rain.", encoding="utf-8")
    parts: list[dict[str, Any]] = []
    client.protocol.fm.features[types.PROGRESS] = lambda params: parts.extend(params.value["items"])
    folder = types.WorkspaceFolder(tmp_path.as_uri(), "book")
    await client.initialize_session(types.InitializeParams(VS_CODE, workspace_folders=[folder]))
    spelled = (tmp_path / "0 (draft).txt").as_uri().replace("%28", "(").replace("%29", ")")
    client.text_document_did_open(
        types.DidOpenTextDocumentParams(types.TextDocumentItem(spelled, "plaintext", 1, f"{KING} {KING}"))
    )
    params = types.WorkspaceDiagnosticParams([], partial_result_token="parts")
    last = await asyncio.wait_for(client.workspace_diagnostic_async(params), SECONDS)
    assert list(last.items) == []
    found = {part["uri"]: len(part["items"]) for part in parts}
    assert len(found) == len(parts) == 300
    assert found[spelled] == 2
    assert sum(found.values()) == 7
    whole = await asyncio.wait_for(client.workspace_diagnostic_async(types.WorkspaceDiagnosticParams([])), SECONDS)
    known = [types.PreviousResultId(item.uri, item.result_id) for item in whole.items]
    assert {item.uri: len(item.items) for item in whole.items} == found
    (tmp_path / "50 (draft).txt").unlink()
    again = await asyncio.wait_for(client.workspace_diagnostic_async(types.WorkspaceDiagnosticParams(known)), SECONDS)
    changed = [item.uri for item in again.items if item.kind == "full"]
    assert changed == [(tmp_path / "50 (draft).txt").as_uri()]


def test_what_is_watched() -> None:
    globs = [watcher.glob_pattern for watcher in watchers()]
    assert all(extension.removeprefix(".") in str(globs) for extension in known_extensions())
    for name, is_setting, is_concerned in [
        ("a/.gitignore", True, True),
        ("a/gru-lint.toml", True, True),
        ("a/b.md", False, True),
        ("a/b.o", False, False),
    ]:
        uri = f"file:///{name}"
        assert (changes_what_is_checked(uri), concerns_files(uri)) == (is_setting, is_concerned)
