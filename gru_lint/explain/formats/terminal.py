"""Text for a terminal: each word coloured by how much the judgement depends on it, and tables of the strongest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gru_lint.explain.formats._base import ExplanationFormat

if TYPE_CHECKING:
    from gru_lint.explain.explanation import Explanation


def render(explanation: Explanation, in_colour: bool) -> str:
    """The lines; they end in a newline."""
    # Imported here: rich takes its time, and every command knows the names of the formats.
    from gru_lint.explain.formats._coloured import coloured_text

    return coloured_text(explanation, in_colour)


FORMAT = ExplanationFormat(
    "text", "the passage in colours and the strongest words, for people", render, is_for_terminal=True
)
