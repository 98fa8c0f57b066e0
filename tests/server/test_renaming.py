"""Renaming a person in an editor."""

from __future__ import annotations

import pytest
from lsp_client import Client, applied_to, place
from lsprotocol import types
from profiles import VS_CODE
from pygls.exceptions import JsonRpcException

pytestmark = pytest.mark.asyncio(loop_scope="module")

TEXT = "Mary met John. She was late, and he scolded her. Mary Street is long."
AFTER = "Martin met John. He was late, and he scolded him. Mary Street is long."
URI = "file:///texts/renamed.txt"


def _at(character: int) -> tuple[types.TextDocumentIdentifier, types.Position]:
    return types.TextDocumentIdentifier(URI), types.Position(0, character)


@pytest.mark.parametrize(("character", "found"), [(2, place(0, 0, 4)), (16, place(0, 15, 18)), (45, place(0, 44, 47))])
async def test_a_name_and_a_pronoun_can_be_renamed(client: Client, character: int, found: types.Range) -> None:
    await client.open(URI, TEXT)
    prepared = await client.text_document_prepare_rename_async(types.PrepareRenameParams(*_at(character)))
    assert prepared == types.PrepareRenamePlaceholder(range=found, placeholder="Mary")


async def test_other_words_cannot(client: Client) -> None:
    await client.open(URI, TEXT)
    assert await client.text_document_prepare_rename_async(types.PrepareRenameParams(*_at(6))) is None
    assert await client.text_document_rename_async(types.RenameParams(*_at(6), new_name="Martin")) is None


async def test_a_client_that_asks_about_nothing_gets_what_is_sure(client: Client) -> None:
    await client.open(URI, TEXT)
    edit = await client.text_document_rename_async(types.RenameParams(*_at(2), new_name="Martin"))
    assert edit is not None
    assert edit.changes is not None
    assert applied_to(TEXT, edit.changes[URI]) == AFTER


async def test_what_is_not_sure_is_to_be_confirmed(fresh_client: Client) -> None:
    support = types.ChangeAnnotationsSupportOptions(groups_on_label=True)
    edits = types.WorkspaceEditClientCapabilities(document_changes=True, change_annotation_support=support)
    declared = types.ClientCapabilities(
        general=VS_CODE.general, workspace=types.WorkspaceClientCapabilities(workspace_edit=edits)
    )
    await fresh_client.initialize_session(types.InitializeParams(declared))
    await fresh_client.open(URI, TEXT)
    edit = await fresh_client.text_document_rename_async(types.RenameParams(*_at(2), new_name="Martin"))
    assert edit is not None
    assert edit.change_annotations is not None
    confirmed = {label: bool(known.needs_confirmation) for label, known in edit.change_annotations.items()}
    assert confirmed == {"sure": False, "look at this one: the name of a place or a thing": True}


async def test_the_pronouns_of_a_person_are_changed_by_an_action_whose_edit_comes_later(fresh_client: Client) -> None:
    resolves = types.ClientCodeActionResolveOptions(properties=["edit"])
    declared = types.ClientCapabilities(
        text_document=types.TextDocumentClientCapabilities(
            code_action=types.CodeActionClientCapabilities(resolve_support=resolves)
        )
    )
    await fresh_client.initialize_session(types.InitializeParams(declared))
    await fresh_client.open(URI, TEXT)
    actions = await fresh_client.actions(URI, place(0, 2, 2), only=["refactor"], replacing=False)
    assert [action.title for action in actions] == [
        'Change the pronouns of Mary to "he"',
        'Change the pronouns of Mary to "they"',
    ]
    assert not any(action.edit for action in actions)
    resolved = await fresh_client.code_action_resolve_async(actions[1])
    assert resolved.edit is not None
    assert resolved.edit.changes is not None
    wanted = "Mary met John. They were late, and he scolded them. Mary Street is long."
    assert applied_to(TEXT, resolved.edit.changes[URI]) == wanted
    assert not await fresh_client.actions(URI, place(0, 2, 2), replacing=False)


async def test_what_is_no_name_is_refused_in_a_line(client: Client) -> None:
    await client.open(URI, TEXT)
    with pytest.raises(JsonRpcException, match="is no name"):
        await client.text_document_rename_async(types.RenameParams(*_at(2), new_name="M@rtin"))


async def test_references_without_the_declaration_leave_out_the_first_mention(client: Client) -> None:
    await client.open(URI, TEXT)
    found = []
    for wanted in (True, False):
        context = types.ReferenceContext(include_declaration=wanted)
        found.append(await client.text_document_references_async(types.ReferenceParams(context, *_at(16))) or ())
    assert list(found[0])[1:] == list(found[1])


async def test_a_second_initialize_is_an_error(client: Client) -> None:
    with pytest.raises(JsonRpcException, match="initialized already"):
        await client.initialize_async(types.InitializeParams(types.ClientCapabilities()))


async def test_two_findings_of_a_rule_have_two_actions_to_ignore_them(client: Client) -> None:
    text = "The king hurt herself.\n\nThe queen hurt himself.\n"
    await client.open("file:///texts/two.md", text, "markdown")
    place_of_all = types.Range(types.Position(0, 0), types.Position(3, 0))
    actions = await client.actions("file:///texts/two.md", place_of_all, replacing=False)
    titles = [action.title for action in actions if action.title.startswith("Ignore here")]
    assert len(titles) == len(set(titles)) == 2
