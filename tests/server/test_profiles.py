"""Each editor gets diagnostics in one way, and places in the units that it asks for."""

from __future__ import annotations

import asyncio

import pytest
import pytest_lsp
from lsp_client import CHECKOUT, KING, QUEEN, SECONDS, Client, begin, pulled
from lsprotocol import types
from profiles import NEOVIM_0_11, PROFILES, VS_CODE

pytestmark = pytest.mark.asyncio


@pytest_lsp.fixture(config=CHECKOUT)
async def client(server: Client):
    """A client that has not said a word."""
    yield
    await server.shutdown_session()


@pytest.mark.parametrize("name", PROFILES)
async def test_a_client_pulls_or_is_pushed_to_but_never_both(client: Client, name: str) -> None:
    declared = PROFILES[name]
    begun = await begin(client, declared)
    assert begun.capabilities.position_encoding == ("utf-8" if declared is NEOVIM_0_11 else "utf-16")
    uri = "file:///texts/king.txt"
    item = types.TextDocumentItem(uri, "plaintext", 1, f"🎉 {KING}")
    client.text_document_did_open(types.DidOpenTextDocumentParams(item))
    if declared.text_document and declared.text_document.diagnostic:
        [diagnostic] = (await pulled(client, uri)).items
        assert client.published.empty()
    else:
        [diagnostic] = await client.diagnostics_of(uri, 1)
    assert diagnostic.range.start.character == (19 if declared is NEOVIM_0_11 else 17)
    assert diagnostic.code_description is not None
    assert diagnostic.code_description.href.endswith("docs/rules.md#pa004-reflexive-mismatch")
    assert diagnostic.related_information


async def test_changes_of_the_configuration_are_registered_for(client: Client) -> None:
    await begin(client, VS_CODE)
    asked = await asyncio.wait_for(client.registered.get(), SECONDS)
    assert {registration.method for registration in asked.registrations} == {
        types.WORKSPACE_DID_CHANGE_WATCHED_FILES,
        types.WORKSPACE_DID_CHANGE_CONFIGURATION,
    }


async def test_what_has_not_changed_is_not_sent_again(client: Client) -> None:
    await begin(client, VS_CODE)
    uri = "file:///texts/king.txt"
    item = types.TextDocumentItem(uri, "plaintext", 1, KING)
    client.text_document_did_open(types.DidOpenTextDocumentParams(item))
    first = await pulled(client, uri)
    parameters = types.DocumentDiagnosticParams(types.TextDocumentIdentifier(uri), previous_result_id=first.result_id)
    again = await client.text_document_diagnostic_async(parameters)
    assert again == types.RelatedUnchangedDocumentDiagnosticReport(first.result_id)
    client.change(uri, 2, types.TextDocumentContentChangeWholeDocument(QUEEN.replace("herself", "herself now")))
    mended = await client.text_document_diagnostic_async(parameters)
    assert isinstance(mended, types.RelatedFullDocumentDiagnosticReport)
    assert mended.items == ()


async def test_a_cancelled_request_is_answered_and_the_server_lives_on(client: Client) -> None:
    await begin(client, VS_CODE)
    uri = "file:///texts/long.txt"
    item = types.TextDocumentItem(uri, "plaintext", 1, f"{KING}\n\n" * 3_000)
    client.text_document_did_open(types.DidOpenTextDocumentParams(item))
    place = types.HoverParams(types.TextDocumentIdentifier(uri), types.Position(0, 16))
    request = client.protocol.send_request(types.TEXT_DOCUMENT_HOVER, place, msg_id="to be cancelled")
    client.cancel_request(types.CancelParams("to be cancelled"))
    with pytest.raises(Exception, match="cancel"):
        await asyncio.wait_for(asyncio.wrap_future(request), SECONDS)
    client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri)))
    assert (await pulled(client, uri)).items == ()


async def test_what_the_server_does_not_offer_is_answered_and_not_logged(client: Client) -> None:
    await begin(client, VS_CODE)
    # Kate asks for it at every change, whether or not it is offered.
    symbols = types.DocumentSymbolParams(types.TextDocumentIdentifier("file:///texts/king.txt"))
    with pytest.raises(Exception, match="Method Not Found"):
        await asyncio.wait_for(client.text_document_document_symbol_async(symbols), SECONDS)
    assert (await pulled(client, "file:///texts/none.txt")).items == ()
    assert client.logged.empty()
