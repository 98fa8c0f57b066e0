"""Settings, from the project's file and from the client, and what follows when they change."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_lsp
from lsp_client import CHECKOUT, KING, SECONDS, Client, begin, place
from lsprotocol import types
from profiles import EMACS

from gru_lint.config import read_settings
from gru_lint_server.configuration import laid_over, read_options
from gru_lint_server.diagnostics import current_sentence

pytestmark = pytest.mark.asyncio


@pytest_lsp.fixture(config=CHECKOUT)
async def client(server: Client) -> AsyncIterator[None]:
    """A client that has not said a word."""
    yield
    await server.shutdown_session()


@pytest.mark.parametrize(
    ("section", "n_findings", "severity"),
    [
        ({}, 1, types.DiagnosticSeverity.Warning),
        ({"severity": "hint"}, 1, types.DiagnosticSeverity.Hint),
        ({"severity": {"PA004": "error"}}, 1, types.DiagnosticSeverity.Error),
        ({"ignore": ["reflexive-mismatch"]}, 0, None),
        ({"select": ["PA001"]}, 0, None),
        ({"select": []}, 1, types.DiagnosticSeverity.Warning),
        ({"minConfidence": 1}, 0, None),
        ({"languages": ["markdown"]}, 0, None),
        ({"languages": ["plaintext"]}, 1, types.DiagnosticSeverity.Warning),
        ({"path": "/opt/gru-lint-server", "interpreter": [], "arguments": []}, 1, types.DiagnosticSeverity.Warning),
    ],
)
async def test_the_client_sets(
    client: Client, section: dict[str, Any], n_findings: int, severity: types.DiagnosticSeverity | None
) -> None:
    client.set_configuration({"gruLint": section})
    await begin(client, EMACS)
    diagnostics = await client.open("file:///texts/king.txt", KING)
    assert len(diagnostics) == n_findings
    assert {diagnostic.severity for diagnostic in diagnostics} == ({severity} if severity else set())
    assert client.told.empty()


async def test_findings_follow_when_the_client_sets_something_else(client: Client) -> None:
    await begin(client, EMACS)
    uri = "untitled:Untitled-1"
    assert len(await client.open(uri, KING)) == 1
    client.set_configuration({"gruLint": {"ignore": ["PA004"]}})
    client.workspace_did_change_configuration(types.DidChangeConfigurationParams(None))
    assert await client.diagnostics_of(uri, 1) == []


async def test_findings_follow_when_the_file_of_the_project_changes(client: Client, tmp_path: Path) -> None:
    await begin(client, EMACS)
    uri = (tmp_path / "king.txt").as_uri()
    assert len(await client.open(uri, KING)) == 1
    file = tmp_path / "pyproject.toml"
    for written, n_findings in (('ignore = ["PA004"]', 0), ('severity = "error"', 1)):
        file.write_text(f"[tool.gru-lint]\n{written}\n", encoding="utf-8")
        changed = types.FileEvent(file.as_uri(), types.FileChangeType.Changed)
        client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([changed]))
        assert len(await client.diagnostics_of(uri, 1)) == n_findings


async def test_a_value_that_cannot_be_used_is_told_once_and_the_others_hold(client: Client) -> None:
    client.set_configuration({"gruLint": {"minConfidence": 7, "ignore": ["PA004"]}})
    await begin(client, EMACS)
    assert await client.open("file:///texts/king.txt", KING) == []
    told = await asyncio.wait_for(client.told.get(), SECONDS)
    assert told.message == "gru-lint: gruLint.minConfidence: min-confidence must be a number from 0 to 1, not 7"
    assert client.told.empty()


async def test_each_folder_of_the_workspace_has_its_own(client: Client, tmp_path: Path) -> None:
    folders = [types.WorkspaceFolder((tmp_path / name).as_uri(), name) for name in ("one", "two")]
    client.set_configuration({"gruLint": {"ignore": ["PA004"]}}, scope_uri=folders[1].uri)
    parameters = types.InitializeParams(EMACS, workspace_folders=folders)
    await client.initialize_session(parameters)
    assert len(await client.open(f"{folders[0].uri}/king.txt", KING)) == 1
    assert await client.open(f"{folders[1].uri}/king.txt", KING) == []


async def test_on_save_nothing_is_judged_before(client: Client) -> None:
    client.set_configuration({"gruLint": {"run": "onSave"}})
    await begin(client, EMACS)
    uri = "file:///texts/king.txt"
    assert await client.open(uri, "The king slept.") == []
    client.change(uri, 2, types.TextDocumentContentChangeWholeDocument(KING))
    client.text_document_did_save(types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(uri)))
    assert len(await client.diagnostics_of(uri, 2)) == 1
    assert client.published.empty()


async def test_the_sentence_that_is_being_written_is_left_alone(client: Client) -> None:
    client.set_configuration({"gruLint": {"leaveCurrentSentence": True}})
    await begin(client, EMACS)
    uri = "file:///texts/king.txt"
    assert await client.open(uri, "") == []
    client.change(uri, 2, types.TextDocumentContentChangePartial(place(0, 0, 0), "The king hurt herself"))
    assert await client.diagnostics_of(uri, 2) == []
    client.change(uri, 3, types.TextDocumentContentChangePartial(place(0, 21, 21), "."))
    assert len(await client.diagnostics_of(uri, 3)) == 1


@pytest.mark.parametrize(
    ("text", "cursor", "sentence"),
    [
        ("He saw hers", 11, "He saw hers"),
        ("It rained. He saw hers. It rained.", 14, " He saw hers."),
        ("It rained. ", 11, None),
        ("It rained.", 10, None),
        ("", 0, None),
        ("It rained\n\nHe saw", 17, "He saw"),
    ],
)
async def test_the_sentence_at_the_cursor(text: str, cursor: int, sentence: str | None) -> None:
    span = current_sentence(text, cursor)
    assert (text[span.start : span.end] if span else None) == sentence


async def test_the_client_goes_before_the_project_and_both_ignore() -> None:
    project = read_settings(
        {"ignore": ["PA001"], "select": ["PA002"], "severity": "hint", "pronouns": {"Kim": "he", "Noor": "she"}}
    )
    told: list[str] = []
    client = read_options(
        {"ignore": ["PA003"], "severity": {"PA002": "error"}, "pronouns": {"Kim": "they"}}, told.append
    )
    both = laid_over(project, client.settings)
    assert told == []
    assert set(both.ignore) == {"gender-mismatch", "animacy-mismatch"}
    assert both.select == ("number-mismatch",)
    assert both.severity_of("number-mismatch") == "error"
    assert both.severity_of("gender-mismatch") == "hint"
    assert sorted(known.name for known in both.pronouns) == ["Kim", "Noor"]
