"""Random edits, sent as an editor sends them: after each, the findings are those of a fresh check."""

from __future__ import annotations

import random

import pytest
from lsp_client import Client, begin, capabilities
from lsprotocol import types

from gru_lint.linter import lint_text

pytestmark = pytest.mark.asyncio(loop_scope="module")

URI = "file:///texts/edited.txt"
WRITTEN = [
    *("", "", "e", " ", ".", "\n", "\n\n", "\r\n", "🎉", "é", "\u2028", "\f", "\r"),
    *("The queen hurt himself. ", "She slept.\n\n", "The king hurt herself.", " his ", "her"),
    "Mary lost her hat in the park. She looked for it all day, and the captain helped her. ",
]


def lines_of(text: str) -> list[int]:
    """Where the lines of a text start; the protocol's line ends are these three."""
    starts, index = [0], 0
    while index < len(text):
        if text[index] == "\r" and text[index + 1 : index + 2] == "\n":
            index += 1
        if text[index] in "\r\n":
            starts.append(index + 1)
        index += 1
    return starts


def position(text: str, starts: list[int], offset: int) -> types.Position:
    """The position of an offset in UTF-16."""
    row = max(number for number, start in enumerate(starts) if start <= offset)
    return types.Position(row, len(text[starts[row] : offset].encode("utf-16-le")) // 2)


async def check_edits(client: Client, seed: int, n_edits: int, n_characters: int) -> None:
    """Random edits of a text that grows to this size, one or some in a message; compares after each message."""
    await begin(client, capabilities())
    chance = random.Random(seed)
    text = "".join(chance.choice(WRITTEN) for _ in range(n_characters // 70))
    diagnostics = await client.open(URI, text)
    for version in range(2, n_edits + 2):
        changes: list[types.TextDocumentContentChangeEvent] = []
        for _ in range(chance.choice([1, 1, 1, 3])):
            starts = lines_of(text)
            start = chance.randrange(len(text) + 1)
            end = min(len(text), start + chance.choice([0, 0, 0, 1, 4, 40, 400]))
            # Between the two characters of one line end there is no position.
            if any(text[place - 1 : place + 1] == "\r\n" for place in (start, end) if place):
                continue
            written = chance.choice(WRITTEN) if len(text) < n_characters else ""
            place = types.Range(position(text, starts, start), position(text, starts, end))
            changes.append(types.TextDocumentContentChangePartial(place, written))
            text = text[:start] + written + text[end:]
        client.change(URI, version, *changes)
        diagnostics = await client.diagnostics_of(URI, version)
        # What is asked waits until all is judged.
        await client.text_document_hover_async(
            types.HoverParams(types.TextDocumentIdentifier(URI), types.Position(0, 0))
        )
        while not client.published.empty():
            diagnostics = await client.diagnostics_of(URI, version)
        starts = lines_of(text)
        wanted = [
            (finding.code, position(text, starts, finding.span.start), finding.message) for finding in lint_text(text)
        ]
        assert [(found.code, found.range.start, found.message) for found in diagnostics] == wanted, version


@pytest.mark.parametrize("seed", [1, 2])
async def test_findings_after_some_hundred_edits(fresh_client: Client, seed: int) -> None:
    await check_edits(fresh_client, seed, 200, 2_000)


@pytest.mark.slow
async def test_findings_after_ten_thousand_edits(fresh_client: Client) -> None:
    await check_edits(fresh_client, 3, 10_000, 4_000)
