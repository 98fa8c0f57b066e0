"""What can be done about a finding beside replacing it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from lsp_client import KING, Client, applied_to
from lsprotocol import types
from profiles import EMACS, VS_CODE

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

from gru_lint.linter import lint_text

pytestmark = pytest.mark.asyncio(loop_scope="module")

DECLARED = '[tool.gru-lint.pronouns]\n"Alex Kim" = "they"\n'
ALEX = "Alex Kim lost his keys on Monday."
TWO = f"{KING}\n\nThe queen hurt himself.\n"


class Opened(NamedTuple):
    """A document and its actions by title."""

    uri: str
    text: str
    actions: dict[str, types.CodeAction]

    def edited(self, title_start: str, file: Path | None = None) -> str:
        """The text of the document, or of a file, after an action."""
        [action] = [action for title, action in self.actions.items() if title.startswith(title_start)]
        assert action.edit is not None
        changes = action.edit.document_changes or ()
        uri = file.as_uri() if file else self.uri
        edits = [
            edit
            for change in changes
            if isinstance(change, types.TextDocumentEdit) and change.text_document.uri == uri
            for edit in change.edits
            if isinstance(edit, types.TextEdit)
        ]
        assert edits
        text = self.text if file is None else file.read_bytes().decode() if file.exists() else ""
        return applied_to(text, edits)


async def opened(client: Client, file: Path, text: str, only: list[str] | None = None) -> Opened:
    """A document with the actions at its first finding."""
    uri = file.as_uri()
    diagnostics = await client.open(uri, text)
    assert diagnostics
    actions = await client.actions(uri, diagnostics[0].range, diagnostics[:1], only, replacing=False)
    return Opened(uri, text, {action.title: action for action in actions})


@pytest.mark.slow
@pytest.mark.parametrize("name", ["a.md", "a.tex", "a.rst", "a.adoc", "a.org", "a.html"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
async def test_ignore_here_silences_this_finding(emacs: Client, tmp_path: Path, name: str, line_end: str) -> None:
    text = f"🎉 First words.\n\n{KING}\n".replace("\n", line_end)
    document = await opened(emacs, tmp_path / name, text)
    edited = document.edited("Ignore here: PA004")
    assert "gru-lint: ignore PA004" in edited
    assert lint_text(edited, filename=name) == ()


async def test_plain_text_cannot_be_ignored_here(emacs: Client, tmp_path: Path) -> None:
    document = await opened(emacs, tmp_path / "a.txt", KING)
    assert not [title for title in document.actions if title.startswith("Ignore here")]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[tool.gru-lint]\n", '[tool.gru-lint]\nignore = ["PA004"]\n'),
        (
            '# ours\n[tool.gru-lint]\nignore = ["PA001"]  # for now\n[tool.x]\na=1\n',
            '# ours\n[tool.gru-lint]\nignore = ["PA001", "PA004"]  # for now\n[tool.x]\na=1\n',
        ),
        ("[tool.x]\r\na = 1\r\n", None),
        ("", None),
    ],
)
async def test_ignore_in_the_project_keeps_the_file_as_it_is(
    emacs: Client, tmp_path: Path, before: str, after: str | None
) -> None:
    file = tmp_path / "pyproject.toml"
    file.write_bytes(before.encode())
    document = await opened(emacs, tmp_path / "a.txt", KING)
    edited = document.edited("Ignore PA004", file)
    assert tomllib.loads(edited)["tool"]["gru-lint"]["ignore"][-1] == "PA004"
    assert after is None or edited == after
    assert edited.startswith(before.split("ignore")[0])


async def test_a_project_without_a_file_gets_one_where_the_client_can_make_it(
    fresh_client: Client, tmp_path: Path
) -> None:
    declared = VS_CODE
    parameters = types.InitializeParams(
        types.ClientCapabilities(workspace=declared.workspace),
        workspace_folders=[types.WorkspaceFolder(tmp_path.as_uri(), "book")],
    )
    await fresh_client.initialize_session(parameters)
    document = await opened(fresh_client, tmp_path / "chapters" / "a.txt", KING)
    edited = document.edited("Ignore PA004", tmp_path / "gru-lint.toml")
    assert edited == 'ignore = ["PA004"]\n'


async def test_pronouns_are_declared_in_the_project(emacs: Client, tmp_path: Path) -> None:
    file = tmp_path / "pyproject.toml"
    file.write_text(DECLARED, encoding="utf-8")
    document = await opened(emacs, tmp_path / "a.txt", ALEX)
    for pronouns in ("he", "she"):
        edited = document.edited(f'Declare that the pronouns of Alex Kim are "{pronouns}"', file)
        assert tomllib.loads(edited)["tool"]["gru-lint"]["pronouns"] == {"Alex Kim": pronouns}
    # They is what is declared already.
    assert 'Declare that the pronouns of Alex Kim are "they"' not in document.actions


async def test_all_findings_of_a_rule_are_fixed_at_once(emacs: Client, tmp_path: Path) -> None:
    document = await opened(emacs, tmp_path / "a.txt", TWO)
    wanted = "The king hurt himself.\n\nThe queen hurt herself.\n"
    assert document.edited("Fix all reflexive-mismatch in this document") == wanted


@pytest.mark.parametrize("only", ["source", "source.fixAll", "source.fixAll.gru-lint"])
async def test_everything_is_fixed_where_the_editor_asks_for_it(emacs: Client, tmp_path: Path, only: str) -> None:
    document = await opened(emacs, tmp_path / "a.txt", TWO, [only])
    assert list(document.actions) == ["Fix all pronouns"]
    assert document.edited("Fix all pronouns") == "The king hurt himself.\n\nThe queen hurt herself.\n"


async def test_an_editor_that_applies_everything_is_given_one_action(fresh_client: Client, tmp_path: Path) -> None:
    info = types.ClientInfo("Kate")
    await fresh_client.initialize_session(types.InitializeParams(EMACS, client_info=info))
    (tmp_path / "pyproject.toml").touch()
    document = await opened(fresh_client, tmp_path / "a.md", KING)
    assert list(document.actions) == ['Replace "herself" with "himself"']


@pytest.mark.parametrize("only", ["source.fixAll.ruff", "source.organizeImports", "refactor"])
async def test_other_kinds_get_nothing(emacs: Client, tmp_path: Path, only: str) -> None:
    assert (await opened(emacs, tmp_path / "a.txt", TWO, [only])).actions == {}
