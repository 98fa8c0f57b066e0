"""What is shown beside the text where a client's settings ask for it: hints at pronouns, lenses over headings."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_lsp
from lsp_client import CHECKOUT, SECONDS, Client, begin
from lsprotocol import types
from profiles import EMACS
from pytest_lsp.client import register_lsp_features

from gru_lint_server import app, document_sync
from gru_lint_server.document_check import DocumentCheck
from gru_lint_server.headings import sections_of
from gru_lint_server.linters import Linters
from gru_lint_server.scheduler import Scheduler
from gru_lint_server.server import GruLintServer

pytestmark = pytest.mark.asyncio

URI = "file:///texts/beside.md"
IDENTIFIER = types.TextDocumentIdentifier(URI)
TEXT = "# Mary\n\nMary met Mr Okafor. She was late, and he scolded her. `She said he`\n\n## Rain\n\nWater fell.\n"
ALL = types.Range(types.Position(0, 0), types.Position(9, 0))
HINTS = types.InlayHintParams(IDENTIFIER, ALL)
LENSES = types.CodeLensParams(IDENTIFIER)
OUTLINE = types.DocumentSymbolParams(IDENTIFIER)
REFRESHES = types.ClientCapabilities(
    workspace=types.WorkspaceClientCapabilities(
        configuration=True,
        inlay_hint=types.InlayHintWorkspaceClientCapabilities(refresh_support=True),
        code_lens=types.CodeLensWorkspaceClientCapabilities(refresh_support=True),
    ),
    text_document=EMACS.text_document,
)


@pytest_lsp.fixture(config=CHECKOUT)
async def client(server: Client) -> AsyncIterator[None]:
    """A client that has not said a word."""
    yield
    await server.shutdown_session()


async def _begun(client: Client, **section: Any) -> None:
    # A client that is asked for its settings and is slow has none.
    declared = types.ClientCapabilities(text_document=EMACS.text_document)
    parameters = types.InitializeParams(declared, initialization_options={"gruLint": section})
    await client.initialize_session(parameters)
    await client.open(URI, TEXT, "markdown")


def _told(hints: Any) -> list[tuple[int, int, str]]:
    return [(hint.position.line, hint.position.character, hint.label[0].value) for hint in hints]


async def test_a_pronoun_in_the_range_is_named_where_a_definition_is_and_none_in_code(client: Client) -> None:
    await _begun(client, inlayHints=True)
    hints = await asyncio.wait_for(client.text_document_inlay_hint_async(HINTS), SECONDS)
    assert _told(hints) == [(2, 23, "→ Mary"), (2, 40, "→ Mr Okafor"), (2, 52, "→ Mary")]
    for hint in hints or ():
        before = types.Position(hint.position.line, hint.position.character - 1)
        defined = await client.text_document_definition_async(types.DefinitionParams(IDENTIFIER, before))
        [part] = hint.label
        assert isinstance(part, types.InlayHintLabelPart)
        assert part.location == defined
    asked = types.InlayHintParams(IDENTIFIER, types.Range(types.Position(2, 25), types.Position(2, 45)))
    assert _told(await client.text_document_inlay_hint_async(asked)) == [(2, 40, "→ Mr Okafor")]


async def test_over_a_heading_stands_who_is_named_below_it(client: Client) -> None:
    await _begun(client, codeLens=True)
    lenses = await asyncio.wait_for(client.text_document_code_lens_async(LENSES), SECONDS)
    assert [(lens.range.start, lens.command and lens.command.title) for lens in lenses or ()] == [
        (types.Position(0, 2), "Mary, Mr Okafor")
    ]


async def test_a_change_of_the_settings_asks_the_client_to_look_again(client: Client) -> None:
    refreshed: asyncio.Queue[str] = asyncio.Queue()
    of_hints, of_lenses = types.WORKSPACE_INLAY_HINT_REFRESH, types.WORKSPACE_CODE_LENS_REFRESH
    register_lsp_features(
        client,
        {
            of_hints: lambda _params: refreshed.put_nowait(of_hints),
            of_lenses: lambda _params: refreshed.put_nowait(of_lenses),
        },
    )
    client.set_configuration({"gruLint": {}})
    await begin(client, REFRESHES)
    await client.open(URI, TEXT, "markdown")
    assert await client.text_document_inlay_hint_async(HINTS) is None
    assert await client.text_document_code_lens_async(LENSES) is None
    assert refreshed.empty()
    for section, expected in (
        ({"inlayHints": True}, {of_hints}),
        ({"codeLens": True}, {of_hints, of_lenses}),
        ({}, {of_lenses}),
    ):
        client.set_configuration({"gruLint": section})
        client.workspace_did_change_configuration(types.DidChangeConfigurationParams(None))
        assert {await asyncio.wait_for(refreshed.get(), SECONDS) for _ in expected} == expected


async def test_what_is_off_or_not_asked_for_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def note(owner: type, name: str) -> None:
        known = getattr(owner, name)

        def noted(*arguments: Any) -> Any:
            asked.append(name)
            return known(*arguments)

        monkeypatch.setattr(owner, name, noted)

    for owner, name in (
        (Scheduler, "ask"),
        (Scheduler, "ask_in_steps"),
        (DocumentCheck, "state"),
        (DocumentCheck, "reading_pronouns"),
        (Linters, "resolve"),
    ):
        note(owner, name)
    told: list[types.PublishDiagnosticsParams] = []
    monkeypatch.setattr(GruLintServer, "text_document_publish_diagnostics", lambda _server, params: told.append(params))
    monkeypatch.setattr(GruLintServer, "client_capabilities", types.ClientCapabilities())
    monkeypatch.setattr(GruLintServer, "encoding", "utf-16")
    server = app.create_server()
    server.is_configured.set()
    item = types.TextDocumentItem(URI, "markdown", 1, f"{TEXT}\nThe king hurt herself.\n")
    document_sync.did_open(server, types.DidOpenTextDocumentParams(item))
    await server.scheduler.finish(URI)
    assert await app.inlay_hint(server, HINTS) is None
    assert await app.code_lens(server, LENSES) is None
    assert len(told[-1].diagnostics) == 1
    assert asked == []
    server.configuration.take_options(None, {"inlayHints": True, "codeLens": True})
    assert len(await app.inlay_hint(server, HINTS) or ()) > 2
    assert asked == ["ask_in_steps", "reading_pronouns", "resolve"]
    asked.clear()
    # Who is named is read for the lenses, and not a second time for the outline.
    assert len(await app.code_lens(server, LENSES) or ()) == 1
    assert len(await app.document_symbol(server, OUTLINE)) > 2
    assert asked == ["ask_in_steps", "state", "state", "ask_in_steps", "state"]
    server.scheduler.stop()


def _sections(text: str, language: str) -> list[tuple[str, str]]:
    # What is code is blank in the prose.
    prose = text.replace("# no", "    ")
    return [
        (text[section.title.start : section.title.end].strip(), text[section.title.end : section.end])
        for section in sections_of(text, prose, language)
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("markdown", "# A\n1\n## B\n2\n# no\n3\n# C\n4\n"),
        ("markdown", "A\n=\n1\n\nB\n---\n2\n3\n\nC\n===\n4\n"),
        ("asciidoc", "= A\n1\n== B\n2\n3\n= C\n4\n"),
        ("typst", "= A\n1\n== B\n2\n3\n= C\n4\n"),
        ("org", "* A\n1\n** B\n2\n3\n* C\n4\n"),
        ("wikitext", "== A ==\n1\n=== B ===\n2\n3\n== C ==\n4\n"),
        ("html", "<h1>A</h1>\n1\n<h2 id=x>B</h2>\n2\n3\n<H1>C</H1>\n4\n"),
        ("latex", "\\section{A}\n1\n\\subsection*{B}\n2\n3\n\\section[c]{C}\n4\n"),
        ("restructuredtext", "A\n===\n1\n\nB\n---\n2\n3\n\nC\n===\n4\n"),
    ],
)
async def test_a_section_ends_where_the_next_of_its_level_begins(language: str, text: str) -> None:
    sections = _sections(text, language)
    assert [title for title, _ in sections] == ["A", "B", "C"]
    held = [[mark for mark in "1234" if f"\n{mark}\n" in below] for _, below in sections]
    assert held == [["1", "2", "3"], ["2", "3"], ["4"]]


async def test_other_formats_have_no_headings() -> None:
    assert sections_of("# A\n", "# A\n", "plaintext") == ()
    assert sections_of("", "", "markdown") == ()
