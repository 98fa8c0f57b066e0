"""Entries of tables and lists are about different people: a pronoun is judged with those of its own entry."""

from __future__ import annotations

import pytest

from gru_lint import lint_text


@pytest.mark.parametrize(
    ("name", "text", "wanted"),
    [
        pytest.param(
            "a.md",
            "| who | what | more |\n|---|---|---|\n| Mrs Smith | Mr Jones wrote to us. | She hurt herself. |\n",
            [],
            id="the cell beside it is about somebody else",
        ),
        pytest.param(
            "a.md", "| who | what |\n|---|---|\n| The king | He hurt herself. |\n", ["herself"], id="within a cell"
        ),
        pytest.param(
            "a.html",
            "<table><tr><td>Mrs Smith<td>Mr Jones wrote to us.<td>She hurt herself.</table>",
            [],
            id="a table of HTML",
        ),
        pytest.param(
            "a.md",
            "- **Mr Jones** wrote to the king. He lost his hat.\n- **Mrs Smith** left. She hurt herself.\n",
            [],
            id="a list of people",
        ),
        pytest.param("a.md", "**Mr Jones:** She hurt herself.\n", [], id="who speaks is not meant"),
        pytest.param(
            "a.csv", "who,what\nMr Jones,He left.\nMrs Smith,She hurt herself.\n", [], id="the row above is another"
        ),
        pytest.param("a.csv", "who,what\nx,The king hurt herself.\n", ["herself"], id="a cell of a table"),
        pytest.param(
            "a.jsonl",
            '{"bio": "Mr Jones lost his hat."}\n{"bio": "She hurt herself."}\n{"bio": "The king hurt herself."}\n',
            ["herself"],
            id="the line above is another record",
        ),
        pytest.param(
            "a.srt",
            "1\n00:00:01,000 --> 00:00:02,000\n- Mr Jones lost his hat.\n- She hurt herself.\n",
            [],
            id="two speakers",
        ),
        pytest.param("a.md", "Mr Jones hurt herself.\n", ["herself"], id="no label"),
    ],
)
def test_what_is_found(name: str, text: str, wanted: list[str]) -> None:
    assert [text[finding.span.start : finding.span.end] for finding in lint_text(text, filename=name)] == wanted
