"""Where a document was not read, the editor shows a notice in it."""

from __future__ import annotations

import pytest
from lsp_client import KING, Client
from lsprotocol import types

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_what_was_not_read_is_a_notice_where_it_begins(client: Client) -> None:
    text = f"# {KING}\n{'x' * 20_001}\n# {KING}\n"
    found, notice = await client.open("file:///texts/long.py", text, "python")
    assert found.code == "PA004"
    assert (notice.severity, notice.source, notice.code) == (types.DiagnosticSeverity.Information, "gru-lint", None)
    assert notice.message == (
        "not read from here to the end: a line is longer than 20,000 characters; what stands there is not checked"
    )
    assert notice.range == types.Range(types.Position(1, 0), types.Position(1, 20_001))
    # Nothing can be done about it, and nothing is offered.
    assert await client.actions("file:///texts/long.py", notice.range, [notice], replacing=False) == []
    client.change("file:///texts/long.py", 2, types.TextDocumentContentChangeWholeDocument(f"# {KING}\n# {KING}\n"))
    assert len(await client.diagnostics_of("file:///texts/long.py", 2)) == 2
