"""What an edit leaves as it is, and changes only the context of, is judged again once people stop typing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_lsp
from lsp_client import CHECKOUT, SECONDS, Client, begin, capabilities, place, pulled
from lsprotocol import types
from profiles import VS_CODE

from gru_lint.config.settings import Settings
from gru_lint.linter import lint_text
from gru_lint_server.document_check import DocumentCheck
from gru_lint_server.linters import Linters

of_a_client = pytest.mark.asyncio(loop_scope="module")

URI = "file:///texts/minutes.txt"
OPENED = "Mr Brandt opened the meeting. "
# Long enough that what follows is judged in another group.
TALK = (
    "The agenda was long, and the roof came first. The rain had come in twice since the spring, and the boards of the "
    "floor under the north window were rotten. New slates would cost more than the whole year had brought in. The "
    "heating came next. The boiler was as old as the house, and the winter would be cold. Then came the garden, the "
    "fence and the gate. "
)
LATE = "At the end she read out the notes."
MINUTES = OPENED + TALK + LATE
SHE = MINUTES.index("she read")
RAIN = MINUTES.index("The rain")


@pytest_lsp.fixture(config=CHECKOUT, loop_scope="module")
async def client(server: Client) -> AsyncIterator[None]:
    """A client that has not said a word."""
    yield
    await server.shutdown_session()


def somebody_comes() -> types.TextDocumentContentChangeEvent:
    """An edit far before the pronoun that says who she is."""
    return types.TextDocumentContentChangePartial(place(0, RAIN, RAIN + len("The rain")), "Mrs Leeds")


async def hover(client: Client) -> None:
    """Asks about a pronoun, which waits until all is judged."""
    params = types.HoverParams(types.TextDocumentIdentifier(URI), types.Position(0, SHE))
    await asyncio.wait_for(client.text_document_hover_async(params), SECONDS)


@of_a_client
async def test_what_was_found_far_from_an_edit_stays_until_it_is_judged_again(client: Client) -> None:
    await begin(client, capabilities())
    [found] = await client.open(URI, MINUTES)
    client.change(URI, 2, somebody_comes())
    [moved] = await client.diagnostics_of(URI, 2)
    assert (moved.range, moved.message) == (place(0, SHE + 1, SHE + 4), found.message)
    assert await client.diagnostics_of(URI, 2) == []


@of_a_client
async def test_a_question_is_answered_at_once(client: Client) -> None:
    await begin(client, capabilities())
    await client.open(URI, MINUTES)
    client.change(URI, 2, somebody_comes())
    assert len(await client.diagnostics_of(URI, 2)) == 1
    await hover(client)
    assert not client.published.get_nowait().diagnostics


@of_a_client
async def test_what_is_the_same_afterwards_is_not_sent_again(client: Client) -> None:
    await begin(client, capabilities())
    await client.open(URI, MINUTES.replace("she read", "he read"))
    client.change(URI, 2, types.TextDocumentContentChangePartial(place(0, RAIN, RAIN + 3), "Then"))
    assert await client.diagnostics_of(URI, 2) == []
    await hover(client)
    assert client.published.empty()


@of_a_client
async def test_a_client_that_pulls_is_asked_to_pull_again_where_it_got_something_older(client: Client) -> None:
    await begin(client, VS_CODE)
    item = types.TextDocumentItem(URI, "plaintext", 1, MINUTES)
    client.text_document_did_open(types.DidOpenTextDocumentParams(item))
    assert len((await pulled(client, URI)).items) == 1
    while not client.refreshed.empty():
        client.refreshed.get_nowait()
    client.change(URI, 2, somebody_comes())
    params = types.DocumentDiagnosticParams(types.TextDocumentIdentifier(URI))
    first = await asyncio.wait_for(client.text_document_diagnostic_async(params), SECONDS)
    assert isinstance(first, types.RelatedFullDocumentDiagnosticReport)
    assert len(first.items) == 1
    assert client.refreshed.empty()
    await asyncio.wait_for(client.refreshed.get(), SECONDS)
    assert (await pulled(client, URI)).items == ()


@pytest.mark.parametrize(
    ("before", "after", "n_shown"),
    [
        ("The agenda", "That agenda", 1),
        # Somebody else may be meant now.
        ("The rain", "Mrs Leeds", 1),
        # The edit touches the words that are judged, and a name that is pointed at: these are judged at once.
        ("the notes", "all the notes", 1),
        ("Mr Brandt", "Mrs Brandt", 0),
    ],
)
def test_a_check_that_has_judged_the_rest_finds_what_a_fresh_one_finds(before: str, after: str, n_shown: int) -> None:
    check = DocumentCheck(Linters(), "a.txt")
    while not check.step(MINUTES, Settings()):
        pass
    assert len(check.findings()) == 1
    edited = MINUTES.replace(before, after)
    while not (check.step(edited, Settings(), waits=True) or check.can_wait):
        pass
    assert [finding.span.of(edited) for finding in check.findings()] == ["she"] * n_shown
    while not check.step(edited, Settings()):
        pass
    assert tuple(check.findings()) == lint_text(edited)
