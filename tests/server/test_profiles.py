"""Each editor gets diagnostics in one way, and places in the units that it asks for."""

from __future__ import annotations

import asyncio

import pytest
import pytest_lsp
from lsp_client import CHECKOUT, KING, QUEEN, SECONDS, Client, applied_to, begin, pulled
from lsprotocol import types
from profiles import NEOVIM_0_11, PROFILES, VS_CODE

pytestmark = [pytest.mark.slow, pytest.mark.asyncio]


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
    uri = "file:///texts/lord.txt"
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


async def opened(client: Client, declared: types.ClientCapabilities, uri: str, text: str) -> list[types.Diagnostic]:
    """The findings of a document that is opened, pulled for or pushed as the client wants it."""
    item = types.TextDocumentItem(uri, "plaintext", 1, text)
    client.text_document_did_open(types.DidOpenTextDocumentParams(item))
    if declared.text_document and declared.text_document.diagnostic:
        return list((await pulled(client, uri)).items)
    return await client.diagnostics_of(uri, 1)


def edits_of(action: types.CodeAction, uri: str) -> list[types.TextEdit]:
    """The edits of a document in an action, in whichever of the two forms."""
    assert action.edit is not None
    if action.edit.changes is not None:
        return list(action.edit.changes[uri])
    [change] = action.edit.document_changes or ()
    assert isinstance(change, types.TextDocumentEdit)
    assert change.text_document == types.OptionalVersionedTextDocumentIdentifier(uri, 1)
    return [edit for edit in change.edits if isinstance(edit, types.TextEdit)]


# An emoji before the pronoun, and Windows' line ends.
PARTY = "🎉 Notes.\r\n\r\n🎉 The king hurt herself.\r\n\r\nThe duchess hurt himself.\r\n"


@pytest.mark.parametrize("name", PROFILES)
async def test_what_is_found_is_mended_in_each_editor(client: Client, name: str) -> None:
    declared = PROFILES[name]
    begun = await begin(client, declared)
    encoding = str(begun.capabilities.position_encoding)
    uri = "file:///texts/party.txt"
    first, second = await opened(client, declared, uri, PARTY)
    assert (first.range.start.line, second.range.start.line) == (2, 4)
    assert (first.source, first.code, first.severity) == ("gru-lint", "PA004", types.DiagnosticSeverity.Warning)
    assert list(first.data["replacements"]) == ["himself"]
    mended = PARTY.replace("king hurt herself", "king hurt himself")
    actions = await client.actions(uri, first.range, [first], replacing=False)
    by_title = {action.title: action for action in actions}
    assert actions[0].is_preferred
    assert applied_to(PARTY, edits_of(actions[0], uri), encoding) == mended
    whole = mended.replace("duchess hurt himself", "duchess hurt herself")
    of_rule = by_title["Fix all reflexive-mismatch in this document"]
    assert applied_to(PARTY, edits_of(of_rule, uri), encoding) == whole
    # On saving, what is below fix-confidence is left to the writer.
    [sure] = await client.actions(uri, first.range, only=["source.fixAll.gru-lint"], replacing=False)
    assert applied_to(PARTY, edits_of(sure, uri), encoding) == mended
    # The editor fixes all of the rule, and all is well.
    edits = [types.TextDocumentContentChangePartial(edit.range, edit.new_text) for edit in edits_of(of_rule, uri)]
    client.change(uri, 2, *edits)
    if declared.text_document and declared.text_document.diagnostic:
        assert (await pulled(client, uri)).items == ()
    else:
        assert await client.diagnostics_of(uri, 2) == []


@pytest.mark.parametrize("name", PROFILES)
async def test_a_pronoun_leads_to_whom_it_means_in_each_editor(client: Client, name: str) -> None:
    declared = PROFILES[name]
    begun = await begin(client, declared)
    uri = "file:///texts/party.txt"
    first, _ = await opened(client, declared, uri, PARTY)
    start = len("🎉 ".encode("utf-8" if begun.capabilities.position_encoding == "utf-8" else "utf-16-le"))
    start //= 1 if begun.capabilities.position_encoding == "utf-8" else 2
    king = types.Range(types.Position(2, start), types.Position(2, start + len("The king")))
    assert first.related_information is not None
    assert [related.location for related in first.related_information] == [types.Location(uri, king)]
    at = (types.TextDocumentIdentifier(uri), first.range.start)
    assert await client.text_document_definition_async(types.DefinitionParams(*at)) == types.Location(uri, king)
    context = types.ReferenceContext(include_declaration=True)
    references = await client.text_document_references_async(types.ReferenceParams(context, *at))
    highlights = await client.text_document_document_highlight_async(types.DocumentHighlightParams(*at))
    assert [found.range for found in references or ()] == [king, first.range]
    assert [found.range for found in highlights or ()] == [king, first.range]
    hover = await client.text_document_hover_async(types.HoverParams(*at))
    assert hover is not None
    assert hover.range == first.range
    assert isinstance(hover.contents, types.MarkupContent)
    shows_markdown = declared in (VS_CODE, NEOVIM_0_11)
    assert hover.contents.kind == (types.MarkupKind.Markdown if shows_markdown else types.MarkupKind.PlainText)
    assert ("**The king**" if shows_markdown else '"The king"') in hover.contents.value


async def _pulled_until_clear(client: Client, uri: str) -> None:
    while (await pulled(client, uri)).items:
        pass


@pytest.mark.parametrize("name", PROFILES)
async def test_findings_follow_the_settings_in_each_editor(client: Client, name: str) -> None:
    declared = PROFILES[name]
    await begin(client, declared)
    uri = "untitled:Untitled-1"
    assert len(await opened(client, declared, uri, PARTY)) == 2
    while not client.refreshed.empty():
        client.refreshed.get_nowait()
    client.set_configuration({"gruLint": {"ignore": ["PA004"]}})
    client.workspace_did_change_configuration(types.DidChangeConfigurationParams(None))
    if declared is VS_CODE:
        # It is asked to pull again.
        await asyncio.wait_for(client.refreshed.get(), SECONDS)
    if declared.text_document and declared.text_document.diagnostic:
        # What is set now is on its way to the server.
        await asyncio.wait_for(_pulled_until_clear(client, uri), SECONDS)
    else:
        assert await client.diagnostics_of(uri, 1) == []


async def test_changes_of_the_configuration_are_registered_for(client: Client) -> None:
    await begin(client, VS_CODE)
    asked = await asyncio.wait_for(client.registered.get(), SECONDS)
    assert {registration.method for registration in asked.registrations} == {
        types.WORKSPACE_DID_CHANGE_WATCHED_FILES,
        types.WORKSPACE_DID_CHANGE_CONFIGURATION,
    }


async def test_what_has_not_changed_is_not_sent_again(client: Client) -> None:
    await begin(client, VS_CODE)
    uri = "file:///texts/lord.txt"
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
    # Some clients ask for what they know of, whether or not it is offered.
    folds = types.FoldingRangeParams(types.TextDocumentIdentifier("file:///texts/lord.txt"))
    with pytest.raises(Exception, match="Method Not Found"):
        await asyncio.wait_for(client.text_document_folding_range_async(folds), SECONDS)
    assert (await pulled(client, "file:///texts/none.txt")).items == ()
    assert client.logged.empty()
