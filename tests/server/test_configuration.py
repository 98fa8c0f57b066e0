"""Settings, from the project's file and from the client, and what follows when they change."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import pytest_lsp
from lsp_client import CHECKOUT, KING, ROOT, SECONDS, Client, begin, place, pulled
from lsprotocol import types
from profiles import EMACS, VS_CODE

from gru_lint.config.settings import read_settings
from gru_lint_server.configuration import _KEYS, Options, merged_with_client, read_options
from gru_lint_server.diagnostics import current_sentence

pytestmark = [pytest.mark.slow, pytest.mark.asyncio]
# What the extension of VS Code does by itself.
EDITOR_ONLY = {"path", "arguments", "interpreter", "importStrategy", "trace.server"}


@pytest_lsp.fixture(config=CHECKOUT)
async def client(server: Client) -> AsyncIterator[None]:
    """A client that has not said a word."""
    yield
    await server.shutdown_session()


def refreshes(client: Client) -> asyncio.Queue[None]:
    """Gets an entry whenever the server asks the client to pull again."""
    queue: asyncio.Queue[None] = asyncio.Queue()
    # The client of pytest-lsp counts them, but nobody can wait for a count.
    client.protocol.fm.features[types.WORKSPACE_DIAGNOSTIC_REFRESH] = lambda *_: queue.put_nowait(None)
    return queue


@pytest.mark.parametrize(
    ("section", "n_findings", "severity"),
    [
        ({}, 1, types.DiagnosticSeverity.Warning),
        ({"severity": "hint"}, 1, types.DiagnosticSeverity.Hint),
        ({"severity": {"PA004": "error"}}, 1, types.DiagnosticSeverity.Error),
        ({"severity": {"all": "information", "PA004": "error"}}, 1, types.DiagnosticSeverity.Error),
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


@pytest.mark.parametrize("declared", [EMACS, VS_CODE], ids=["pushed", "pulled"])
async def test_findings_follow_when_the_client_sets_something_else(
    client: Client, declared: types.ClientCapabilities
) -> None:
    refreshed = refreshes(client)
    await begin(client, declared)
    uri = "untitled:Untitled-1"
    item = types.TextDocumentItem(uri, "plaintext", 1, KING)
    client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    async def found() -> Sequence[types.Diagnostic]:
        return (await pulled(client, uri)).items if declared is VS_CODE else await client.diagnostics_of(uri, 1)

    assert len(await found()) == 1
    for section, n_findings in [
        ({"ignore": ["PA004"]}, 0),
        ({"ignore": []}, 1),
        ({"languages": ["markdown"]}, 0),
        ({"languages": ["plaintext"]}, 1),
        ({"minConfidence": 1}, 0),
        ({"minConfidence": None}, 1),
    ]:
        while not refreshed.empty():
            refreshed.get_nowait()
        client.set_configuration({"gruLint": section})
        client.workspace_did_change_configuration(types.DidChangeConfigurationParams(None))
        if declared is VS_CODE:
            await asyncio.wait_for(refreshed.get(), SECONDS)
        assert len(await found()) == n_findings, section
    assert client.published.empty()


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


async def test_a_file_that_the_project_excludes_has_no_findings(client: Client, tmp_path: Path) -> None:
    (tmp_path / "gru-lint.toml").write_text('exclude = ["drafts/"]\n', encoding="utf-8")
    await begin(client, EMACS)
    assert len(await client.open((tmp_path / "king.txt").as_uri(), KING)) == 1
    assert await client.open((tmp_path / "drafts" / "king.txt").as_uri(), KING) == []


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


async def test_on_save_a_client_that_pulls_keeps_what_was_found_before(client: Client) -> None:
    client.set_configuration({"gruLint": {"run": "onSave"}})
    begun = await begin(client, VS_CODE)
    sync = begun.capabilities.text_document_sync
    assert isinstance(sync, types.TextDocumentSyncOptions)
    assert sync.save
    uri = "file:///texts/king.txt"
    item = types.TextDocumentItem(uri, "plaintext", 1, "The king slept.")
    client.text_document_did_open(types.DidOpenTextDocumentParams(item))
    first = await pulled(client, uri)
    assert first.items == ()
    again = types.DocumentDiagnosticParams(types.TextDocumentIdentifier(uri), previous_result_id=first.result_id)
    client.change(uri, 2, types.TextDocumentContentChangeWholeDocument(KING))
    unsaved = await client.text_document_diagnostic_async(again)
    assert unsaved == types.RelatedUnchangedDocumentDiagnosticReport(first.result_id)
    # A client pulls right behind its save, before anything can have been judged.
    client.text_document_did_save(types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(uri)))
    saved = await client.text_document_diagnostic_async(again)
    assert isinstance(saved, types.RelatedFullDocumentDiagnosticReport)
    assert len(saved.items) == 1


async def test_the_sentence_that_is_being_written_is_left_alone(client: Client) -> None:
    client.set_configuration({"gruLint": {"leaveCurrentSentence": True}})
    await begin(client, EMACS)
    uri = "file:///texts/king.txt"
    assert await client.open(uri, "") == []
    client.change(uri, 2, types.TextDocumentContentChangePartial(place(0, 0, 0), "The king hurt herself"))
    assert await client.diagnostics_of(uri, 2) == []
    client.change(uri, 3, types.TextDocumentContentChangePartial(place(0, 21, 21), "."))
    assert len(await client.diagnostics_of(uri, 3)) == 1


async def test_a_fix_that_is_taken_back_is_no_sentence_that_is_being_written(client: Client) -> None:
    client.set_configuration({"gruLint": {"leaveCurrentSentence": True}})
    await begin(client, EMACS)
    uri = "file:///texts/king.txt"
    assert len(await client.open(uri, KING)) == 1
    start = KING.index("herself")
    word = place(0, start, start + len("herself"))
    client.change(uri, 2, types.TextDocumentContentChangePartial(word, "himself"))
    assert await client.diagnostics_of(uri, 2) == []
    client.change(uri, 3, types.TextDocumentContentChangePartial(word, "herself"))
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


@pytest.mark.parametrize(
    ("key", "value"),
    [(key, value) for key in (*_KEYS, "languages", "run") for value in (None, [], {}, "")],
)
async def test_what_is_empty_is_not_set(key: str, value: object) -> None:
    told: list[str] = []
    assert read_options({key: value}, told.append) == Options()
    assert told == []


@pytest.mark.parametrize(
    ("section", "severity", "of_another"),
    [
        ({}, "hint", "error"),
        ({"severity": "information"}, "information", "information"),
        ({"severity": {"PA004": "warning"}}, "warning", "error"),
        ({"severity": {"reflexive-mismatch": "warning"}}, "warning", "error"),
        ({"severity": {"all": "information"}}, "information", "information"),
        ({"severity": {"all": "information", "PA004": "warning"}}, "warning", "information"),
    ],
)
async def test_the_severity_of_the_client_goes_before_that_of_the_project(
    section: dict[str, Any], severity: str, of_another: str
) -> None:
    project = read_settings({"severity": {"all": "error", "PA004": "hint"}})
    told: list[str] = []
    both = merged_with_client(project, read_options(section, told.append).settings)
    assert told == []
    assert (both.severity_of("reflexive-mismatch"), both.severity_of("gender-mismatch")) == (severity, of_another)


async def test_the_client_goes_before_the_project_and_both_ignore() -> None:
    project = read_settings(
        {"ignore": ["PA001"], "select": ["PA002"], "severity": "hint", "pronouns": {"Kim": "he", "Noor": "she"}}
    )
    told: list[str] = []
    client = read_options(
        {"ignore": ["PA003"], "severity": {"PA002": "error"}, "pronouns": {"Kim": "they"}}, told.append
    )
    both = merged_with_client(project, client.settings)
    assert told == []
    assert set(both.ignore) == {"gender-mismatch", "animacy-mismatch"}
    assert both.select == ("number-mismatch",)
    assert both.severity_of("number-mismatch") == "error"
    assert both.severity_of("gender-mismatch") == "hint"
    assert sorted(known.name for known in both.pronouns) == ["Kim", "Noor"]


@pytest.fixture
def extension_settings() -> dict[str, Any]:
    """What the manifest of the extension says of each setting; a source distribution has no extension."""
    manifest = ROOT / "vscode-client" / "package.json"
    if not manifest.exists():
        pytest.skip(f"{manifest} is not here")
    properties = json.loads(manifest.read_text(encoding="utf-8"))["contributes"]["configuration"]["properties"]
    return {name.removeprefix("gruLint."): setting for name, setting in properties.items()}


async def test_the_extension_sets_nothing_that_the_server_does_not_do_of_itself(
    extension_settings: dict[str, Any],
) -> None:
    told: list[str] = []
    defaults = {name: setting["default"] for name, setting in extension_settings.items() if "." not in name}
    options = read_options(defaults, told.append)
    assert told == []
    # VS Code shows findings in a list, too, so there the sentence that is being written is left alone.
    assert replace(options, languages=(), leave_current_sentence=False) == Options()


async def test_the_page_of_editors_tells_of_every_key(extension_settings: dict[str, Any]) -> None:
    page = (ROOT / "docs" / "editors.md").read_text(encoding="utf-8")
    assert [key for key in extension_settings if key not in EDITOR_ONLY and f"`{key}`" not in page] == []
