"""Where a pronoun points: definition, references, highlights and hover."""

from __future__ import annotations

import pytest
from lsp_client import Client, place
from lsprotocol import types

pytestmark = pytest.mark.asyncio(loop_scope="module")

MARY = "Mary lost her hat in the park. She had washed it on Friday."


def at(uri: str, character: int) -> tuple[types.TextDocumentIdentifier, types.Position]:
    """A place in the first line of a document."""
    return types.TextDocumentIdentifier(uri), types.Position(0, character)


@pytest.mark.parametrize("character", [10, 11, 13])
async def test_a_pronoun_leads_to_its_antecedent(client: Client, character: int) -> None:
    uri = "file:///texts/mary.txt"
    await client.open(uri, MARY)
    found = await client.text_document_definition_async(types.DefinitionParams(*at(uri, character)))
    assert found == types.Location(uri, place(0, 0, 4))


async def test_what_is_written_says_whom_it_means_where_it_may_be_right(client: Client) -> None:
    uri = "file:///texts/mary.txt"
    await client.open(uri, MARY)
    found = await client.text_document_definition_async(types.DefinitionParams(*at(uri, 46)))
    assert found == types.Location(uri, place(0, 10, 17))


@pytest.mark.parametrize("character", [6, 20])
async def test_other_words_lead_nowhere(client: Client, character: int) -> None:
    uri = "file:///texts/mary.txt"
    await client.open(uri, MARY)
    assert await client.text_document_definition_async(types.DefinitionParams(*at(uri, character))) is None
    assert await client.text_document_hover_async(types.HoverParams(*at(uri, character))) is None


@pytest.mark.parametrize("character", [1, 11, 32])
async def test_the_chain_of_mentions_is_the_same_from_each_of_them(client: Client, character: int) -> None:
    uri = "file:///texts/mary.txt"
    await client.open(uri, MARY)
    chain = [place(0, 0, 4), place(0, 10, 13), place(0, 31, 34)]
    context = types.ReferenceContext(include_declaration=True)
    found = await client.text_document_references_async(types.ReferenceParams(context, *at(uri, character)))
    assert [location.range for location in found or ()] == chain
    shown = await client.text_document_document_highlight_async(types.DocumentHighlightParams(*at(uri, character)))
    assert [highlight.range for highlight in shown or ()] == chain


async def test_a_hover_says_whom_and_how_likely_and_what_the_rule_says(client: Client) -> None:
    uri = "file:///texts/hover.txt"
    await client.open(uri, "The queen hurt himself.")
    hover = await client.text_document_hover_async(types.HoverParams(*at(uri, 17)))
    assert hover is not None
    assert hover.range == place(0, 15, 22)
    assert isinstance(hover.contents, types.MarkupContent)
    text = hover.contents.value
    assert 'is taken for "The queen"' in text
    assert "feminine (herself)" in text
    assert "PA004 reflexive-mismatch" in text


async def test_questions_about_an_unknown_document_have_no_answer(client: Client) -> None:
    unknown = at("file:///texts/unknown.txt", 3)
    assert await client.text_document_hover_async(types.HoverParams(*unknown)) is None
    assert await client.text_document_definition_async(types.DefinitionParams(*unknown)) is None
    highlights = await client.text_document_document_highlight_async(types.DocumentHighlightParams(*unknown))
    assert not highlights
    assert not await client.actions(unknown[0].uri, place(0, 0, 0))


async def test_a_place_outside_the_text_is_its_end(client: Client) -> None:
    uri = "file:///texts/short.txt"
    await client.open(uri, MARY)
    outside = types.HoverParams(types.TextDocumentIdentifier(uri), types.Position(999, 999))
    assert await client.text_document_hover_async(outside) is None
