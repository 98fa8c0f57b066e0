"""The language server as an editor meets it: a process of its own, spoken to over stdio.

Most texts are examples of the rules: weights that miss one of those are not shipped.
"""

from __future__ import annotations

import asyncio

import pytest
from lsp_client import (
    KING,
    QUEEN,
    SECONDS,
    WATSON,
    Client,
    begin,
    capabilities,
    place,
    word,
)
from lsprotocol import types

from gru_lint_server.document_sync import VISIBLE_RANGE

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
