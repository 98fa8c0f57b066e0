"""Which actions a client is offered, and the edits that they carry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pytest
from lsp_client import (
    KING,
    QUEEN,
    WATSON,
    Client,
    applied,
    begin,
    capabilities,
    place,
)
from lsprotocol import types

pytestmark = pytest.mark.asyncio(loop_scope="module")


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
