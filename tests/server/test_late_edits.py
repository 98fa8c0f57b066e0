"""Actions whose edits are made when one is chosen, and those that would change nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_lsp
from lsp_client import CHECKOUT, KING, SECONDS, Client, place
from lsprotocol import types
from profiles import VS_CODE

pytestmark = pytest.mark.asyncio(loop_scope="module")

EDITS = types.WorkspaceClientCapabilities(
    workspace_edit=types.WorkspaceEditClientCapabilities(document_changes=True), configuration=True
)
RESOLVES = types.ClientCodeActionResolveOptions(properties=["edit"])
LATE = types.ClientCapabilities(
    general=VS_CODE.general,
    workspace=EDITS,
    text_document=types.TextDocumentClientCapabilities(
        code_action=types.CodeActionClientCapabilities(resolve_support=RESOLVES, data_support=True)
    ),
)
TEXT = f"{KING}\n\n{KING}\n\nMr Okafor lost her keys.\n"
EVERYTHING = types.Range(types.Position(0, 0), types.Position(9, 0))


@pytest_lsp.fixture(config=CHECKOUT, scope="module")
async def late(server: Client) -> AsyncIterator[None]:
    """A client that asks for the edit of an action when that is chosen."""
    await server.initialize_session(types.InitializeParams(LATE))
    yield
    await server.shutdown_session()


async def _actions(client: Client, uri: str, only: list[str] | None = None) -> list[types.CodeAction]:
    await client.open(uri, TEXT, "markdown")
    return await client.actions(uri, EVERYTHING, only=only, replacing=False)


@pytest.mark.parametrize("only", [None, ["source.fixAll"]])
async def test_an_edit_that_comes_later_is_the_same(
    late: Client, emacs: Client, tmp_path: Path, only: list[str] | None
) -> None:
    (tmp_path / "gru-lint.toml").write_text('select = ["PA"]\n', encoding="utf-8")
    uri = (tmp_path / "a.md").as_uri()
    offered, whole = await _actions(late, uri, only), await _actions(emacs, uri, only)
    assert len(offered) > (0 if only else 8)
    assert [action.title for action in offered] == [action.title for action in whole]
    for action, known in zip(offered, whole, strict=True):
        assert action.edit is None
        assert known.edit is not None
        # What a client need not send back is not counted on.
        # Neovim drops what is null.
        data = {key: value for key, value in (action.data or {}).items() if value is not None}
        bare = types.CodeAction(action.title, kind=action.kind, data=data)
        assert (await asyncio.wait_for(late.code_action_resolve_async(bare), SECONDS)).edit == known.edit


async def test_of_a_text_that_has_changed_since_nothing_is_edited(late: Client, tmp_path: Path) -> None:
    uri = (tmp_path / "a.md").as_uri()
    offered = (await _actions(late, uri))[0]
    late.change(uri, 2, types.TextDocumentContentChangePartial(place(0, 0, 0), "So. "))
    await late.diagnostics_of(uri, 2)
    assert (await late.code_action_resolve_async(offered)).edit is None


@pytest.mark.parametrize("data", [None, 7, {}, {"uri": "file:///x.md"}, {"pronouns": "they"}])
async def test_an_action_of_somebody_else_comes_back_as_it_is(late: Client, data: object) -> None:
    action = types.CodeAction("x", data=data)  # type: ignore[arg-type]
    assert (await asyncio.wait_for(late.code_action_resolve_async(action), SECONDS)).edit is None


@pytest.mark.parametrize(
    ("in_project", "in_client", "offered"),
    [
        ("", "", ["he", "she", "they"]),
        ("they", "", ["he", "she"]),
        ("they/them", "", ["he", "she"]),
        # What the editor's own settings declare goes before the file.
        ("", "they", []),
        ("she", "they", []),
    ],
)
async def test_who_is_declared_so_already_is_not_declared_again(
    emacs: Client, tmp_path: Path, in_project: str, in_client: str, offered: list[str]
) -> None:
    declared = f'[pronouns]\n"Alex Kim" = "{in_project}"\n' if in_project else ""
    (tmp_path / "gru-lint.toml").write_text(declared, encoding="utf-8")
    emacs.set_configuration({"gruLint": {"pronouns": {"Alex Kim": in_client}} if in_client else {}})
    emacs.workspace_did_change_configuration(types.DidChangeConfigurationParams(None))
    text = "Alex Kim slept. Kim lost his keys." if declared or in_client else "Mr Kim lost her keys."
    uri = (tmp_path / "a.txt").as_uri()
    # The server has the settings once it has answered.
    await emacs.text_document_hover_async(types.HoverParams(types.TextDocumentIdentifier(uri), types.Position(0, 0)))
    emacs.text_document_did_open(
        types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, "plaintext", 1, text)),
    )
    diagnostics = await emacs.diagnostics_of(uri, 1)
    assert diagnostics
    actions = await emacs.actions(uri, diagnostics[0].range, diagnostics[:1], replacing=False)
    declares = [action.title for action in actions if action.title.startswith("Declare")]
    assert [title.split('"')[1] for title in declares] == offered


async def test_the_pronouns_of_somebody_who_has_none_are_not_changed(late: Client) -> None:
    uri = "file:///texts/none.txt"
    await late.open(uri, "Mary slept. The king hurt himself.")
    assert await late.actions(uri, place(0, 1, 1), only=["refactor"], replacing=False) == []
