"""Pygments' tokens with where they stand in a text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from gru_lint.extract._base import TimeBudget, without_unended
from gru_lint.extract._unread import TOO_DEEP, TOO_SLOW, give_up
from gru_lint.lines import LINE_END

if TYPE_CHECKING:
    from pygments.lexer import Lexer
    from pygments.token import _TokenType

# A longer line was written by a program for a program; nothing is read from there on.
_LONGEST_LINE: Final = 20_000
# Lexers know "\n" alone as line end. At each blank line of a run they scan all the others, so a run becomes two.
_SHORTENED: Final = re.compile(r"(?P<run>(?:\r\n|\r|\n)(?:[^\S\r\n]*(?:\r\n|\r|\n)){3,})|\r\n?")
# The clock of a thread is asked of the system, which takes longer than a token.
_TOKENS_BETWEEN_LOOKS: Final = 16
# Marks that come in pairs: the lexer looks for the second one, however far it is.
_PAIRED: Final = frozenset('*_`"')
_BLANK: Final = re.compile(r"[^\S\n]*\n")
_TWO_BLANK_LINES: Final = "\n\n\n"
# The marks of comments, by lexer. At each opening one, lexers scan all the rest for its end, even where there is none.
_NESTED: Final = (re.compile(r"\{-"), "-}")
_BARS: Final = (re.compile(r"#\|"), "|#")
_UNENDED: Final = {
    "common-lisp": _BARS,
    "elm": _NESTED,
    "haskell": _NESTED,
    "ocaml": (re.compile(r"\(\*"), "*)"),
    "racket": _BARS,
    "ruby": (re.compile(r"^=(?=begin\b)", re.MULTILINE), "\n=end"),
    "scheme": _BARS,
    "xml": (re.compile(r"<!--"), "-->"),
}
_UNENDED_ELSEWHERE: Final = (re.compile(r"/\*"), "*/")
# At each line of nothing but words, these lexers scan all such lines that follow for the name of a method. A semicolon
# in place of its last letter ends the scan, and moves no comment or string.
_SEEK_METHODS: Final = frozenset({"csharp", "groovy", "java"})
_WORDS_ALONE: Final = re.compile(r"^([\w.\[\] \t]*)[\w\]](?=[ \t]*$)", re.MULTILINE)
# At each quote, these lexers scan all that follows for the one that ends the string; at each part of a long name
# ("a.a.a…"), some scan for its end.
_SEEK_QUOTES: Final = frozenset(
    {
        *("applescript", "awk", "csharp", "css", "fortran", "go", "groovy", "javascript", "less", "perl", "prolog"),
        "typescript",
    }
)
_QUOTES: Final = "\"'`"
_SEEK_NAMES: Final = frozenset({"coffeescript", "javascript", "nix", "typescript"})
_LONG_NAME: Final = re.compile(r"[\w?.$]{200,}")


def tokens(text: str, lexer: str) -> Iterator[tuple[int, int, _TokenType]]:
    """Start, end and type of each token; none after a very long line, or once the lexer has taken too long.

    lexer  as Pygments calls it
    """
    length = _readable_length(text)
    give_up(length, len(text), f"a line is longer than {_LONGEST_LINE:,} characters")
    source, moved, shifts = _shortened(text[:length])
    # Some lexers find no comment on a line without an end.
    source = without_unended(source, *_UNENDED.get(lexer, _UNENDED_ELSEWHERE)) + "\n"
    if lexer in _SEEK_METHODS:
        source = _WORDS_ALONE.sub(r"\1;", source)
    if lexer in _SEEK_QUOTES:
        source = _without_last_quotes(source)
    if lexer in _SEEK_NAMES:
        source = _LONG_NAME.sub(lambda match: "a" * len(match[0]), source)

    def place(offset: int) -> int:
        return min(offset + shifts[bisect_right(moved, offset) - 1], length)

    # The lexer compiles its rules when it is made, and not in the time of the text.
    reader = _lexer(lexer)
    budget = TimeBudget(length)
    end = 0
    try:
        for number, (start, kind, value) in enumerate(reader.get_tokens_unprocessed(source)):
            end = start + len(value)
            yield place(start), place(end), kind
            if number % _TOKENS_BETWEEN_LOOKS == 0 and budget.is_over():
                give_up(place(end), length, TOO_SLOW)
                return
    except RecursionError:
        give_up(place(end), length, TOO_DEEP)


def first_blank_line(text: str, lexer: str, start: int) -> tuple[int, bool]:
    r"""The first blank line behind an offset at which nothing is open, or the end of the text, which has no \r.

    The lexer reads from the offset on as at the beginning of a text, and no further than it must. Also returns whether
    it met a mark of a pair whose second one is missing.
    """
    from pygments.lexer import ExtendedRegexLexer, LexerContext
    from pygments.token import Error

    opening, closing = _UNENDED.get(lexer, _UNENDED_ELSEWHERE)

    def is_ended_behind(here: int) -> bool:
        # Read by itself, a block would lose the beginning of what ends behind it.
        last = text.rfind(closing, start, here)
        begins = opening.search(text, last + len(closing) if last >= 0 else start, here)
        return begins is not None and text.find(closing, here) >= 0

    context = LexerContext(without_unended(text, opening, closing), start)
    is_unknown = has_words = False
    reader = ExtendedRegexLexer.get_tokens_unprocessed(_lexer(lexer), context=context)
    for here, kind, written in reader:
        # The stack is that before the token.
        is_root = has_words and context.stack == ["root"]
        if is_root and text[here - 1] == "\n" and _BLANK.match(text, here) and not is_ended_behind(here):
            return here, is_unknown
        is_unknown |= kind is Error and written in _PAIRED
        has_words |= bool(written.strip())
    return len(text), is_unknown


@lru_cache(maxsize=8)
def _lexer(name: str) -> Lexer:
    """The lexer of that name, as Pygments calls it; it keeps nothing of a text, and to look it up takes long."""
    from pygments.lexers import get_lexer_by_name

    return get_lexer_by_name(name)


def _shortened(text: str) -> tuple[str, list[int], list[int]]:
    """The text for a lexer; offsets in it, and what is added from each on to get the offset in the text."""
    pieces: list[str] = []
    moved, shifts = [0], [0]
    here = n_written = 0
    for match in _SHORTENED.finditer(text):
        pieces += [text[here : match.start()], _TWO_BLANK_LINES if match["run"] else "\n"]
        n_written += match.start() - here + len(pieces[-1])
        here = match.end()
        if here - n_written != shifts[-1]:
            moved.append(n_written)
            shifts.append(here - n_written)
    return "".join([*pieces, text[here:]]), moved, shifts


def _without_last_quotes(text: str) -> str:
    """The text with blanks for the quotes of each kind behind the last that is not escaped: they end no string."""
    for quote in _QUOTES:
        last = max((match.end() for match in re.finditer(rf"(?<!\\)(?:\\\\)*{quote}", text)), default=0)
        text = text[:last] + text[last:].replace(quote, " ")
    return text


def has_long_line(text: str) -> bool:
    """Whether `tokens` would end before a line that is too long."""
    return _readable_length(text) < len(text)


def _readable_length(text: str) -> int:
    here = 0
    for match in LINE_END.finditer(text):
        if match.start() - here > _LONGEST_LINE:
            return here
        here = match.end()
    return here if len(text) - here > _LONGEST_LINE else len(text)
