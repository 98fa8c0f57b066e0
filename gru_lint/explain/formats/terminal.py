"""Text for a terminal: each word coloured by how much the judgement depends on it, and tables of the strongest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gru_lint.explain.formats._base import ExplanationFormat

if TYPE_CHECKING:
    from gru_lint.explain.explanation import Explanation


def render(explanation: Explanation) -> str:
    """The lines without colours; they end in a newline."""
    return _text(explanation, in_colour=False)


def render_coloured(explanation: Explanation) -> str:
    """The lines in colours; they end in a newline."""
    return _text(explanation, in_colour=True)


def _text(explanation: Explanation, *, in_colour: bool) -> str:
    # Imported here, since it imports rich: every command knows the names of the formats.
    from gru_lint.explain.formats._coloured import terminal_text

    return terminal_text(explanation, in_colour=in_colour)


FORMAT = ExplanationFormat(
    "text", "the passage in colours and the strongest words, for people", render, render_coloured
)
