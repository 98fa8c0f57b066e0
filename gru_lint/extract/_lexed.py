"""Pygments' tokens with where they stand in a text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import TYPE_CHECKING

from gru_lint.extract._base import TimeBudget
from gru_lint.lines import LINE_END

if TYPE_CHECKING:
    from pygments.token import _TokenType

# A longer line is written by a program for programs; no more is read from there on.
_LONGEST_LINE = 20_000
_PAIR = re.compile("\r\n")


def tokens(text: str, lexer: str) -> Iterator[tuple[int, int, _TokenType]]:
    """Start, end and type of each token; none after a very long line, or where the lexer takes for ever.

    lexer  as Pygments calls it
    """
    from pygments.lexers import get_lexer_by_name

    text = text[: _readable_length(text)]
    # A lexer knows one line end: where there are two characters in the text, it sees one.
    pairs = [match.start() - number for number, match in enumerate(_PAIR.finditer(text))]
    source = text.replace("\r\n", "\n").replace("\r", "\n")
    # Some lexers find no comment on a line without an end.
    source += "\n"
    budget = TimeBudget(len(text))
    try:
        for start, kind, value in get_lexer_by_name(lexer).get_tokens_unprocessed(source):
            end = start + len(value)
            yield start + bisect_left(pairs, start), min(end + bisect_left(pairs, end), len(text)), kind
            if budget.is_over():
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
