"""A client for the tests of the language server, which is a process of its own, spoken to over stdio."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from lsprotocol import types
from pygls.protocol import default_converter
from pytest_lsp import ClientServerConfig, LanguageClient
from pytest_lsp.client import DEFAULT_CLIENT_FEATURES, register_lsp_features

from gru_lint.lines import LineIndex

ROOT = Path(__file__).parents[2]
SECONDS = 60

WATSON = (
    "Mr Watson goes on a business trip every Wednesday. He always takes a flight to New York, and on every trip "
    "her wife wishes him good luck."
)
KING = "The king hurt herself."
QUEEN = "The queen hurt herself."


class Client(LanguageClient):
    """A client that keeps every list of diagnostics in the order of its coming."""

    def __init__(self) -> None:
        super().__init__(converter_factory=default_converter)
        self.published: asyncio.Queue[types.PublishDiagnosticsParams] = asyncio.Queue()
        self.told: asyncio.Queue[types.ShowMessageParams] = asyncio.Queue()
        self.logged: asyncio.Queue[types.LogMessageParams] = asyncio.Queue()
        self.refreshed: asyncio.Queue[None] = asyncio.Queue()
        self.registered: asyncio.Queue[types.RegistrationParams] = asyncio.Queue()
        keep = {
            types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS: lambda params: self.published.put_nowait(params),
            types.CLIENT_REGISTER_CAPABILITY: lambda params: self.registered.put_nowait(params),
            types.WORKSPACE_DIAGNOSTIC_REFRESH: lambda params: self.refreshed.put_nowait(params),
            types.WINDOW_SHOW_MESSAGE: lambda params: self.told.put_nowait(params),
            types.WINDOW_LOG_MESSAGE: lambda params: self.logged.put_nowait(params),
        }
        register_lsp_features(self, DEFAULT_CLIENT_FEATURES | keep)

    async def open(self, uri: str, text: str, language: str = "plaintext") -> list[types.Diagnostic]:
        """Opens a document as version 1; returns its diagnostics."""
        item = types.TextDocumentItem(uri, language, 1, text)
        self.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return await self.diagnostics_of(uri, 1)

    def change(self, uri: str, version: int, *changes: types.TextDocumentContentChangeEvent) -> None:
        """Sends changes of a document."""
        identifier = types.VersionedTextDocumentIdentifier(version, uri)
        self.text_document_did_change(types.DidChangeTextDocumentParams(identifier, changes))

    async def close(self, uri: str) -> list[types.Diagnostic]:
        """Closes a document; returns its diagnostics after that."""
        self.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri)))
        return await self.diagnostics_of(uri, None)

    async def diagnostics_of(self, uri: str, version: int | None) -> list[types.Diagnostic]:
        """The next diagnostics of this document, which must be those of this version."""
        while True:
            params = await asyncio.wait_for(self.published.get(), SECONDS)
            if params.uri == uri:
                assert params.version == version
                return list(params.diagnostics)

    async def actions(
        self,
        uri: str,
        place: types.Range,
        diagnostics: Sequence[types.Diagnostic] = (),
        only: Sequence[types.CodeActionKind | str] | None = None,
        *,
        replacing: bool = True,
    ) -> list[types.CodeAction]:
        """The code actions at a place."""
        context = types.CodeActionContext(diagnostics, only)
        params = types.CodeActionParams(types.TextDocumentIdentifier(uri), place, context)
        answer = await asyncio.wait_for(self.text_document_code_action_async(params), SECONDS)
        actions = [action for action in answer or () if isinstance(action, types.CodeAction)]
        return [action for action in actions if action.title.startswith("Replace ")] if replacing else actions


def environment(*source_roots: Path) -> dict[str, str]:
    """The environment of a server whose packages are read from these folders."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(str(root) for root in source_roots)}


def config(*source_roots: Path) -> ClientServerConfig:
    """How a server is started whose packages are read from these folders."""
    return ClientServerConfig(
        server_command=[sys.executable, "-m", "gru_lint_server"],
        client_factory=Client,
        server_env=environment(*source_roots),
    )


def started(*arguments: str) -> subprocess.CompletedProcess[str]:
    """What Python prints with the packages of the checkout at hand."""
    return subprocess.run(
        [sys.executable, *arguments],
        env=environment(ROOT, ROOT / "server"),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


CHECKOUT = config(ROOT, ROOT / "server")


async def listening(transport: str, host: str = "127.0.0.1", *options: str) -> tuple[asyncio.subprocess.Process, int]:
    """A server that waits for its client at a port, "tcp" or "ws", and that port."""
    server = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "gru_lint_server", f"--{transport}", f"{host}:0", *options),
        env=environment(ROOT, ROOT / "server"),
        stderr=asyncio.subprocess.PIPE,
    )
    assert server.stderr is not None
    port = None
    while port is None:
        line = (await asyncio.wait_for(server.stderr.readline(), SECONDS)).decode()
        assert line, "the server ended without saying where it waits"
        port = re.search(r"Serving on \('[0-9.]+', (\d+)\)", line)
    return server, int(port[1])


def capabilities(encoding: str = "utf-16", *, document_changes: bool = False) -> types.ClientCapabilities:
    """What a client says of itself."""
    return types.ClientCapabilities(
        general=types.GeneralClientCapabilities(position_encodings=[encoding]),
        workspace=types.WorkspaceClientCapabilities(
            workspace_edit=types.WorkspaceEditClientCapabilities(document_changes=document_changes)
        ),
    )


async def begin(server: Client, declared: types.ClientCapabilities) -> types.InitializeResult:
    """Speaks the first words."""
    return await asyncio.wait_for(server.initialize_session(types.InitializeParams(declared)), SECONDS)


def place(line: int, start: int, end: int) -> types.Range:
    """A range within a line."""
    return types.Range(types.Position(line, start), types.Position(line, end))


def word(text: str, wanted: str) -> types.Range:
    """The range of a word in a text of one line of ASCII."""
    assert text.count(f" {wanted} ") == 1, "the word must stand alone and once"
    start = text.index(f" {wanted} ") + 1
    return place(0, start, start + len(wanted))


def applied(text: str, action: types.CodeAction, uri: str) -> str:
    """A text of one line of ASCII after an action."""
    assert action.edit is not None
    assert action.edit.changes is not None
    [edit] = action.edit.changes[uri]
    return text[: edit.range.start.character] + edit.new_text + text[edit.range.end.character :]


async def pulled(client: Client, uri: str) -> types.RelatedFullDocumentDiagnosticReport:
    """The findings that a client asks for, once all of them are known."""
    place = types.HoverParams(types.TextDocumentIdentifier(uri), types.Position(0, 0))
    await asyncio.wait_for(client.text_document_hover_async(place), SECONDS)
    parameters = types.DocumentDiagnosticParams(types.TextDocumentIdentifier(uri))
    report = await asyncio.wait_for(client.text_document_diagnostic_async(parameters), SECONDS)
    assert isinstance(report, types.RelatedFullDocumentDiagnosticReport)
    return report


def applied_to(text: str, edits: Sequence[types.TextEdit], encoding: str = "utf-16") -> str:
    """A text after edits whose places count in the text before them."""
    lines = LineIndex(text)

    def offset(position: types.Position) -> int:
        line = lines.line(position.line + 1)
        written = text[line.start : line.end]
        codec, n_bytes = ("utf-8", 1) if encoding == "utf-8" else ("utf-16-le", 2)
        return line.start + len(written.encode(codec)[: n_bytes * position.character].decode(codec))

    for edit in sorted(edits, key=lambda edit: edit.range.start, reverse=True):
        text = text[: offset(edit.range.start)] + edit.new_text + text[offset(edit.range.end) :]
    return text
