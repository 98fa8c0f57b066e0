"""The language server as an editor meets it: a process of its own, spoken to over stdio.

Most texts are examples of the rules: weights that miss one of those are not shipped.
"""

from __future__ import annotations

import asyncio
import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from lsp_client import (
    KING,
    QUEEN,
    ROOT,
    SECONDS,
    WATSON,
    Client,
    applied,
    begin,
    capabilities,
    config,
    listening,
    place,
    started,
    word,
)
from lsprotocol import types

from gru_lint_server.app import VISIBLE_RANGE

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_the_wrong_pronoun_is_marked_and_points_at_its_antecedent(client: Client) -> None:
    uri = "file:///texts/watson.txt"
    [diagnostic] = await client.open(uri, WATSON)
    assert diagnostic.range == word(WATSON, "her")
    assert diagnostic.severity == types.DiagnosticSeverity.Warning
    assert diagnostic.code == "PA001"
    assert diagnostic.source == "gru-lint"
    assert diagnostic.message.startswith('"her" refers to "Mr Watson": expected "his"')
    assert list(diagnostic.related_information or ()) == [
        types.DiagnosticRelatedInformation(types.Location(uri, place(0, 0, 9)), 'refers to "Mr Watson"')
    ]


async def test_a_document_without_pronouns_has_an_empty_list(client: Client) -> None:
    assert await client.open("file:///texts/no-pronouns.txt", "Rain fell on the roofs of Leeds.") == []


async def test_a_document_with_right_pronouns_has_an_empty_list(client: Client) -> None:
    assert await client.open("file:///texts/queen.txt", QUEEN) == []


@pytest.mark.parametrize(("encoding", "start"), [("utf-16", 17), ("utf-8", 19), ("utf-32", 16)])
async def test_columns_after_an_emoji_count_as_the_client_does(fresh_client: Client, encoding: str, start: int) -> None:
    begun = await begin(fresh_client, capabilities(encoding))
    assert begun.capabilities.position_encoding == encoding
    uri = "file:///texts/emoji.txt"
    [diagnostic] = await fresh_client.open(uri, f"🎉 {KING}")
    assert diagnostic.range == place(0, start, start + len("herself"))
    assert diagnostic.related_information is not None
    [related] = diagnostic.related_information
    assert related.location.range == place(0, start - 14, start - 6)
    # And the other way: a change after the emoji lands where the client meant it.
    fresh_client.change(uri, 2, types.TextDocumentContentChangePartial(place(0, start - 10, start - 6), "queen"))
    assert await fresh_client.diagnostics_of(uri, 2) == []


async def test_lines_of_a_crlf_document(client: Client) -> None:
    [diagnostic] = await client.open("file:///texts/crlf.txt", f"Some notes.\r\n\r\n{KING}\r\n")
    assert diagnostic.range == place(2, 14, 21)


async def test_a_form_feed_or_a_line_separator_ends_no_line(client: Client) -> None:
    uri = "file:///texts/form-feed.txt"
    [diagnostic] = await client.open(uri, f"Page\fone.\u2028Notes.\n\n{KING}\n")
    assert diagnostic.range == place(2, 14, 21)
    client.change(uri, 2, types.TextDocumentContentChangePartial(place(2, 4, 8), "queen"))
    assert await client.diagnostics_of(uri, 2) == []


async def test_a_change_that_mends_the_text_clears_the_list(client: Client) -> None:
    uri = "file:///texts/mended.txt"
    [diagnostic] = await client.open(uri, WATSON)
    client.change(uri, 2, types.TextDocumentContentChangePartial(diagnostic.range, "his"))
    assert await client.diagnostics_of(uri, 2) == []


async def test_a_change_of_the_whole_text_is_judged(client: Client) -> None:
    uri = "file:///texts/rewritten.txt"
    assert await client.open(uri, QUEEN) == []
    client.change(uri, 2, types.TextDocumentContentChangeWholeDocument(KING))
    [diagnostic] = await client.diagnostics_of(uri, 2)
    assert diagnostic.range == place(0, 14, 21)


async def test_changes_of_one_message_follow_each_other(client: Client) -> None:
    uri = "file:///texts/several.txt"
    assert await client.open(uri, QUEEN) == []
    client.change(
        uri,
        2,
        types.TextDocumentContentChangePartial(place(0, 4, 9), "king"),
        types.TextDocumentContentChangePartial(place(0, 0, 0), "Ten years ago:\n"),
        types.TextDocumentContentChangePartial(place(9, 0, 0), "\nThe end."),
    )
    [diagnostic] = await client.diagnostics_of(uri, 2)
    assert diagnostic.range == place(1, 14, 21)


async def test_versions_never_go_back_while_text_is_typed(client: Client) -> None:
    uri = "file:///texts/typed.txt"
    assert await client.open(uri, "") == []
    for version, letter in enumerate(KING, 2):
        column = version - 2
        client.change(uri, version, types.TextDocumentContentChangePartial(place(0, column, column), letter))
    last = len(KING) + 1
    seen: list[types.PublishDiagnosticsParams] = []
    while not seen or seen[-1].version != last:
        seen.append(await asyncio.wait_for(client.published.get(), SECONDS))
    versions = [params.version or 0 for params in seen]
    assert versions == sorted(versions)
    assert len(seen[-1].diagnostics) == 1


async def test_what_is_on_the_screen_comes_first(client: Client) -> None:
    uri = "file:///texts/summers.txt"
    rain = "Day after day it rained over the harbour, and nobody came. " * 4
    lines = [f"Summer {number}. The king hurt herself. {rain}" for number in range(300)]
    item = types.TextDocumentItem(uri, "plaintext", 1, "\n\n".join(lines))
    client.text_document_did_open(types.DidOpenTextDocumentParams(item))
    on_screen = types.Range(types.Position(500, 0), types.Position(520, 0))
    client.protocol.notify(VISIBLE_RANGE, {"textDocument": {"uri": uri}, "range": on_screen})
    while True:
        found = {diagnostic.range.start.line for diagnostic in await client.diagnostics_of(uri, 1)}
        if 510 in found:
            break
    # What stands before it is still to be judged.
    assert 480 not in found
    while 598 not in found:
        found = {diagnostic.range.start.line for diagnostic in await client.diagnostics_of(uri, 1)}
    assert {480, 510} <= found


@pytest.mark.parametrize("params", [None, 3, {}, {"textDocument": {"uri": [1]}, "range": {"start": 1, "end": 2}}])
async def test_a_visible_range_that_is_none_is_passed_over(client: Client, params: object) -> None:
    client.protocol.notify(VISIBLE_RANGE, params)
    assert await client.open("file:///texts/queen.txt", QUEEN) == []
    await client.close("file:///texts/queen.txt")


async def test_saving_shows_the_findings_again(client: Client) -> None:
    uri = "file:///texts/saved.txt"
    opened = await client.open(uri, KING)
    client.text_document_did_save(types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(uri)))
    assert await client.diagnostics_of(uri, 1) == opened


async def test_closing_clears_the_list(client: Client) -> None:
    uri = "file:///texts/closed.txt"
    assert len(await client.open(uri, KING)) == 1
    assert await client.close(uri) == []
    assert await client.actions(uri, place(0, 14, 14)) == []


async def test_a_document_closed_before_it_is_judged_stays_clear(client: Client) -> None:
    uri, next_uri = "file:///texts/glanced-at.txt", "file:///texts/next.txt"
    item = types.TextDocumentItem(uri, "plaintext", 1, f"{KING}\n\n" * 500)
    client.text_document_did_open(types.DidOpenTextDocumentParams(item))
    client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri)))
    item = types.TextDocumentItem(next_uri, "plaintext", 1, KING)
    client.text_document_did_open(types.DidOpenTextDocumentParams(item))
    seen = [await asyncio.wait_for(client.published.get(), SECONDS) for _ in range(2)]
    assert [(params.uri, params.version, len(params.diagnostics)) for params in seen] == [
        (uri, None, 0),
        (next_uri, 1, 1),
    ]
    assert client.published.empty()


async def test_the_quick_fix_offers_each_replacement_and_prefers_the_first(client: Client) -> None:
    uri = "file:///texts/fixed.txt"
    [diagnostic] = await client.open(uri, WATSON)
    actions = await client.actions(uri, diagnostic.range, [diagnostic])
    assert [action.is_preferred for action in actions] == [True] + [False] * (len(actions) - 1)
    assert {action.kind for action in actions} == {types.CodeActionKind.QuickFix}
    assert [list(action.diagnostics or ()) for action in actions] == [[diagnostic]] * len(actions)
    by_title = {action.title: action for action in actions}
    assert applied(WATSON, by_title['Replace "her" with "his"'], uri) == WATSON.replace(" her ", " his ")


class Asking(NamedTuple):
    """What a client asks with, and how many actions it gets."""

    place: types.Range
    diagnostics: Sequence[types.Diagnostic] = ()
    only: Sequence[types.CodeActionKind] | None = None
    n_actions: int = 1


FIRST, SECOND = place(0, 14, 21), place(2, 15, 22)


def bare(where: types.Range, code: str = "PA004") -> types.Diagnostic:
    """A diagnostic as some editors send it back: without source, severity and data."""
    return types.Diagnostic(where, "", code=code)


@pytest.mark.parametrize(
    "asking",
    [
        pytest.param(Asking(place(0, 14, 14)), id="before the word"),
        pytest.param(Asking(place(0, 21, 21)), id="after the word"),
        pytest.param(Asking(place(0, 13, 13), n_actions=0), id="a column away"),
        pytest.param(Asking(types.Range(FIRST.start, SECOND.end), n_actions=2), id="over both"),
        pytest.param(Asking(types.Range(FIRST.start, SECOND.end), [bare(SECOND)]), id="one of them, whole range"),
        pytest.param(Asking(place(0, 14, 14), [bare(FIRST, "E501")], n_actions=0), id="of another tool"),
        pytest.param(Asking(FIRST, only=[types.CodeActionKind.QuickFix]), id="quick fixes only"),
        pytest.param(Asking(FIRST, only=[types.CodeActionKind.Empty]), id="any kind"),
        pytest.param(Asking(FIRST, only=[types.CodeActionKind.Refactor], n_actions=0), id="refactorings only"),
    ],
)
async def test_actions_are_those_of_the_findings_that_are_meant(client: Client, asking: Asking) -> None:
    uri = "file:///texts/two.txt"
    assert len(await client.open(uri, f"{KING}\n\nThe queen hurt himself.\n")) == 2
    assert len(await client.actions(uri, asking.place, asking.diagnostics, asking.only)) == asking.n_actions


async def test_actions_asked_for_at_once_wait_for_the_judgement(client: Client) -> None:
    uri = "file:///texts/at-once.txt"
    assert await client.open(uri, QUEEN) == []
    client.change(uri, 2, types.TextDocumentContentChangeWholeDocument(KING))
    assert len(await client.actions(uri, place(0, 14, 14))) == 1
    assert len(await client.diagnostics_of(uri, 2)) == 1


async def test_edits_carry_the_version_for_clients_that_check_it(fresh_client: Client) -> None:
    await begin(fresh_client, capabilities(document_changes=True))
    uri = "file:///texts/versioned.txt"
    [diagnostic] = await fresh_client.open(uri, KING)
    [action] = await fresh_client.actions(uri, diagnostic.range)
    assert action.edit is not None
    assert action.edit.changes is None
    assert action.edit.document_changes is not None
    [change] = action.edit.document_changes
    assert isinstance(change, types.TextDocumentEdit)
    assert change.text_document == types.OptionalVersionedTextDocumentIdentifier(uri, 1)
    assert list(change.edits) == [types.TextEdit(diagnostic.range, "himself")]


@pytest.mark.parametrize(
    ("uri", "language", "n_findings"),
    [
        ("file:///texts/code.md", "plaintext", 0),
        ("untitled:Untitled-1", "markdown", 0),
        ("untitled:Untitled-2", "plaintext", 1),
        ("file:///texts/NOTES", "plaintext", 1),
    ],
)
async def test_the_extension_or_the_language_says_how_a_text_is_read(
    client: Client, uri: str, language: str, n_findings: int
) -> None:
    assert len(await client.open(uri, f"```\n{KING}\n```\n", language)) == n_findings


async def test_two_documents_are_kept_apart(client: Client) -> None:
    first, second = "file:///texts/first.txt", "file:///texts/second.txt"
    assert len(await client.open(first, KING)) == 1
    assert await client.open(second, QUEEN) == []
    client.change(first, 2, types.TextDocumentContentChangeWholeDocument(QUEEN))
    assert await client.diagnostics_of(first, 2) == []


def copied_packages(folder: Path) -> Path:
    """A folder with both packages, to be broken."""
    left_out = shutil.ignore_patterns("__pycache__", "training")
    shutil.copytree(ROOT / "gru_lint", folder / "gru_lint", ignore=left_out)
    shutil.copytree(ROOT / "server" / "gru_lint_server", folder / "gru_lint_server", ignore=left_out)
    return folder


async def test_missing_weights_are_told_once_and_the_server_lives_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    client = await config(copied_packages(tmp_path)).start()
    assert isinstance(client, Client)
    await begin(client, capabilities())
    uri = "file:///texts/king.txt"
    assert await client.open(uri, KING) == []
    [told] = [await asyncio.wait_for(client.told.get(), SECONDS)]
    assert told.type == types.MessageType.Error
    assert re.fullmatch(r"gru-lint: .*agreement-gru\.npz: the weights are missing; reinstall gru-lint", told.message)
    client.change(uri, 2, types.TextDocumentContentChangeWholeDocument(f"{KING}\n\nThe queen hurt himself."))
    assert await client.diagnostics_of(uri, 2) == []
    # Once the weights are there, saving is enough.
    shutil.copytree(ROOT / "model_weights", tmp_path / "model_weights")
    client.text_document_did_save(types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(uri)))
    assert len(await client.diagnostics_of(uri, 2)) == 2
    await client.shutdown_session()
    assert client.told.empty()
    assert client.logged.empty()
    await client.stop()


BROKEN_RULE = """
from gru_lint.rules._base import Rule

def judge(slot):
    raise ZeroDivisionError("a rule that fails")

RULE = Rule("PA999", "broken", summary="", why="", not_flagged=(), known_problems=(), flags=(), passes=(), judge=judge)
"""


async def test_a_crash_is_logged_once_with_the_name_of_the_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    packages = copied_packages(tmp_path)
    (packages / "gru_lint" / "rules" / "broken.py").write_text(BROKEN_RULE, encoding="utf-8")
    shutil.copytree(ROOT / "model_weights", tmp_path / "model_weights")
    client = await config(packages).start()
    assert isinstance(client, Client)
    await begin(client, capabilities())
    uri = "file:///texts/my%20king.txt"
    assert await client.open(uri, KING) == []
    logged = await asyncio.wait_for(client.logged.get(), SECONDS)
    assert logged.type == types.MessageType.Error
    assert logged.message.startswith("/texts/my king.txt: could not be checked\n")
    assert "ZeroDivisionError: a rule that fails" in logged.message
    client.change(uri, 2, types.TextDocumentContentChangeWholeDocument(f"{KING}\n\nThe queen hurt himself."))
    assert await client.diagnostics_of(uri, 2) == []
    assert await client.actions(uri, place(0, 14, 14)) == []
    # The server lives on: what need not be judged is shown, and the next crash is told under its own name.
    assert await client.open("file:///texts/rain.txt", "Rain fell on the roofs of Leeds.") == []
    assert await client.open("file:///texts/queen.txt", QUEEN) == []
    logged = await asyncio.wait_for(client.logged.get(), SECONDS)
    assert logged.message.startswith("/texts/queen.txt: could not be checked\n")
    await client.shutdown_session()
    assert client.logged.empty()
    assert client.told.empty()
    await client.stop()


@pytest.mark.parametrize("transport", ["tcp", pytest.param("ws", marks=pytest.mark.slow)])
async def test_over_a_socket(transport: str) -> None:
    server, port = await listening(transport)
    client = Client()
    await (client.start_tcp if transport == "tcp" else client.start_ws)("127.0.0.1", port)
    await begin(client, capabilities())
    assert len(await client.open(f"file:///texts/{transport}.txt", KING)) == 1
    await asyncio.wait_for(client.shutdown_async(None), SECONDS)
    client.exit(None)
    assert await asyncio.wait_for(server.wait(), SECONDS) == 0
    await client.stop()


async def test_nothing_slow_is_imported_at_the_start() -> None:
    program = "import sys, gru_lint_server.app; print({'numpy', 'spacy', 'torch', 'typer'} & set(sys.modules))"
    assert started("-c", program).stdout == "set()\n"


async def test_the_command_line() -> None:
    assert re.fullmatch(r"gru-lint-server \d+\.\d+\.\d+\n", started("-m", "gru_lint_server", "--version").stdout)
    wrong = started("-m", "gru_lint_server", "--tcp", "2087")
    assert wrong.returncode == 2
    assert "'2087' is not HOST:PORT, such as 127.0.0.1:2087" in wrong.stderr
