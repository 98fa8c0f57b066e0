"""The names of LaTeX's commands are those that pylatexenc reads."""

from __future__ import annotations

import pytest
from pylatexenc.latexwalker import LatexWalker

from gru_lint.extract._latex_reader import command_at


@pytest.mark.parametrize(
    "text",
    [
        *(
            "\\emph{a}",
            "\\emph",
            "\\a1",
            "\\a_b",
            "\\ a",
            "\\\n",
            "\\\\a",
            "\\%",
            "\\é",
            "\\été x",
            "\\aé²b",
            "\\²a",
            "\\_",
        ),
        *("\\makeatletter", "\\a@b", "\\-a", "\\ª", "\\Ⅷa", "\\中文b", "\\a\u0301b", "\\1a", "\\🎉a"),
    ],
)
def test_a_command_is_named_as_the_library_does(text: str) -> None:
    token = LatexWalker(text, tolerant_parsing=True).get_token(0, environments=False)
    assert token.tok == "macro"
    assert command_at(text, 0) == token.arg


def test_a_backslash_at_the_end_names_nothing() -> None:
    assert command_at("a\\", 1) == ""
