"""The outline of a document: its people, with their names and pronouns."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest
from lsp_client import SECONDS, Client, begin, place
from lsprotocol import types
from profiles import VS_CODE

from gru_lint.config.settings import Settings, read_settings
from gru_lint.runtime.stepwise import finished
from gru_lint_server.document_check import DocumentCheck
from gru_lint_server.linters import Linters
from gru_lint_server.outline import OutlinedPerson, outline

pytestmark = pytest.mark.asyncio(loop_scope="module")

TEXT = "🎉 Mary met Mr Okafor. She was late, and he scolded her.\n\nMary `her` left.\n"
URI = "file:///texts/outlined.md"
HIERARCHY = types.ClientCapabilities(
    general=VS_CODE.general,
    text_document=types.TextDocumentClientCapabilities(
        document_symbol=types.DocumentSymbolClientCapabilities(hierarchical_document_symbol_support=True)
    ),
)


async def _symbols(
    client: Client, text: str, uri: str = URI
) -> Sequence[types.DocumentSymbol | types.SymbolInformation]:
    await client.open(uri, text, "markdown")
    params = types.DocumentSymbolParams(types.TextDocumentIdentifier(uri))
    return await asyncio.wait_for(client.text_document_document_symbol_async(params), SECONDS) or ()


async def test_a_client_that_takes_a_hierarchy_gets_people_with_their_mentions(fresh_client: Client) -> None:
    await begin(fresh_client, HIERARCHY)
    people = [one for one in await _symbols(fresh_client, TEXT) if isinstance(one, types.DocumentSymbol)]
    assert {person.name: [(one.name, one.range.start) for one in person.children or ()] for person in people} == {
        "Mary": [
            ("Mary", types.Position(0, 3)),
            ("She", types.Position(0, 23)),
            ("her", types.Position(0, 52)),
            ("Mary", types.Position(2, 0)),
        ],
        "Mr Okafor": [("Mr Okafor", types.Position(0, 12)), ("he", types.Position(0, 41))],
    }
    mary = people[0]
    assert mary.detail == "2 names, 2 pronouns"
    assert mary.selection_range == place(0, 3, 7)
    assert mary.range == types.Range(types.Position(0, 3), types.Position(2, 4))
    assert [child.detail for child in mary.children or ()][1] == "met Mr Okafor. She was late, and he scolded her."


async def test_another_client_gets_a_flat_list_that_says_whose_each_mention_is(client: Client) -> None:
    symbols = await _symbols(client, TEXT)
    assert all(isinstance(symbol, types.SymbolInformation) for symbol in symbols)
    assert [(symbol.name, getattr(symbol, "container_name", None)) for symbol in symbols] == [
        ("Mary", None),
        ("Mary", "Mary"),
        ("She", "Mary"),
        ("her", "Mary"),
        ("Mary", "Mary"),
        ("Mr Okafor", None),
        ("Mr Okafor", "Mr Okafor"),
        ("he", "Mr Okafor"),
    ]


@pytest.mark.parametrize("text", ["It rained, and the dog licked its paw.", ""])
async def test_a_text_without_people_has_none(client: Client, text: str) -> None:
    assert not await _symbols(client, text, "file:///texts/nobody.md")


def _outlined(text: str, settings: Settings) -> tuple[OutlinedPerson, ...]:
    check = DocumentCheck(Linters(), "a.txt")
    while not check.step(text, settings):
        pass
    return outline(finished(check.reading_people()))


async def test_they_is_nobody_s_unless_that_is_declared() -> None:
    text = "Alex Kim slept badly. They woke up early, and they yawned."
    [undeclared] = _outlined(text, Settings())
    [declared] = _outlined(text, read_settings({"pronouns": {"Alex Kim": "they"}}))
    assert [len(person.mentions) for person in (undeclared, declared)] == [1, 3]
