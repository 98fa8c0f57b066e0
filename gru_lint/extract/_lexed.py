"""Pygments' tokens with where they stand in a text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gru_lint.extract._base import LINE_END, Patience

if TYPE_CHECKING:
    from pygments.token import _TokenType

# A longer line is written by a program for programs; no more is read from there on.
_LONGEST_LINE = 20_000


def tokens(text: str, lexer: str) -> Iterator[tuple[int, int, _TokenType]]:
    """Start, end and type of each token; none after a very long line, or where the lexer takes for ever.

    lexer  as Pygments calls it
    """
    from pygments.lexers import get_lexer_by_name

    text = text[: _readable_length(text)]
    # A lexer knows one line end.
    source = text.replace("\r\n", " \n").replace("\r", "\n")
    patience = Patience(len(text))
    try:
        for start, kind, value in get_lexer_by_name(lexer).get_tokens_unprocessed(source):
            yield start, start + len(value), kind
            if patience.is_over():
                return
    except RecursionError:
        return


def _readable_length(text: str) -> int:
    here = 0
    for match in LINE_END.finditer(text):
        if match.start() - here > _LONGEST_LINE:
            return here
        here = match.end()
    return here if len(text) - here > _LONGEST_LINE else len(text)
