"""Typst: markup is prose; math, code, raw text, labels and comments are not.

Pygments tells the tokens apart. What stands in brackets after a function, as in #footnote[...], is markup again.
"""

from __future__ import annotations

import re
from collections.abc import Hashable

from gru_lint.extract._base import CommentSyntax, Description, ProseMask
from gru_lint.extract._blocks import TO_THE_END, BlockReader, Cut
from gru_lint.extract._lexed import first_blank_line, tokens

LANGUAGE = "typst"
EXTENSIONS = (".typ",)
COMMENTS = CommentSyntax("//")
IN_EDITORS = True
DESCRIPTION = Description(
    "Typst",
    read="markup, also in the brackets of a function",
    not_read="code, math, raw text, labels, references, comments",
)

_HEADING_MARKS = re.compile(r"\s*=+")
_URL = re.compile(r"https?://")
# A blank at which no line ends.
_TIE = re.compile(r"(?<!\\)~")


def extract_prose(text: str) -> str:
    """The prose of a Typst text; see `gru_lint.extract`."""
    from pygments.token import Generic, Punctuation, Text, Whitespace

    mask = ProseMask(text)
    mask.blank_markup(_TIE.finditer(text), 0)
    # The lexer does not say what stands in math.
    in_math = False
    for start, end, kind in tokens(text, "typst"):
        written = text[start:end]
        if written == "$" and kind is Punctuation:
            in_math = not in_math
        elif kind is Generic.Heading:
            marks = _HEADING_MARKS.match(written)
            mask.end_paragraph(start - 1)
            mask.keep(start + (marks.end() if marks else 0), end)
            mask.end_paragraph(end)
        elif kind in (Generic.Strong, Generic.Emph) and not _URL.match(written):
            mask.keep(start + 1, end - 1)
        elif (kind is Text and not in_math) or kind is Whitespace:
            mask.keep(start, end)
        elif kind is Punctuation and written in ("-", "+", "/") and not in_math:
            mask.end_paragraph(text.rfind("\n", 0, start))
    return mask.prose()


# The lexer looks for the colon behind a term, however far it is.
_TERM = re.compile(r"^[^\S\n]*/(?:\s|\Z)", re.MULTILINE)
# A line of the block may go on in the blank one that follows it.
_REACH = 200


def _cuts(text: str, start: int, _state: Hashable) -> list[Cut]:
    if "\r" in text:
        # Other line ends are moved before the lexer reads them, and what is marked beside one is another character.
        return [Cut(len(text), TO_THE_END)]
    end, is_unknown = first_blank_line(text, "typst", start)
    looks_far = is_unknown or _looks_far(text[start:end])
    # What ends behind the block belongs to it.
    while end < len(text) and _looks_far(text[start:end]):
        end, _ = first_blank_line(text, "typst", end)
    return [Cut(end, TO_THE_END if looks_far else _REACH)]


def _looks_far(block: str) -> bool:
    """Whether the lexer looks for the end of something behind a block."""
    terms = [term.end() for term in _TERM.finditer(block)]
    is_open = bool(terms) and ":" not in block[terms[-1] :]
    return is_open or block.count("```") % 2 == 1 or block.rfind("/*") > block.rfind("*/")


BLOCKS = BlockReader(_cuts, lambda block, *_: extract_prose(block), before="x\n")
