"""Typst: markup is prose; math, code, raw text, labels and comments are not.

Pygments tells the tokens apart. What stands in brackets after a function, as in #footnote[...], is markup again.
"""

from __future__ import annotations

import re
from collections.abc import Hashable

from gru_lint.extract._base import CommentSyntax, Description, ProseMask
from gru_lint.extract._blocks import TO_THE_END, BlockReader, Cut
from gru_lint.extract._lexed import first_blank_line, tokens
from gru_lint.extract._people import LONGEST_NAME, ListedPeople, level_of_state, starred_as_bold

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
_HEADING = re.compile(r"^[^\S\n]*=", re.MULTILINE)
_BLANK_LINE = re.compile(r"\r?(?:\n|\r)[^\S\r\n]*[\r\n]")
_URL = re.compile(r"https?://")
# A space at which no line is broken: `Mr~Okafor` is two words.
_TIE = re.compile(r"(?<!\\)~")


def extract_prose(text: str) -> str:
    """The prose of a Typst text; see `gru_lint.extract`."""
    return _extract(text, 0)[0]


def _extract(text: str, state: Hashable) -> tuple[str, int]:
    """The prose of a block and the state after it; a state is the level of the heading that is a name and holds."""
    from pygments.token import Generic, Punctuation, Text, Whitespace

    mask = ProseMask(text)
    people = ListedPeople(mask, level_of_state(state))
    last_item = 0
    mask.blank_matches(_TIE.finditer(text))
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
            _end_list(text, last_item, start, people)
            level = len(marks[0].strip()) if marks else 1
            people.heading(start - 1, level, written[marks.end() if marks else 0 :].strip())
        elif kind in (Generic.Strong, Generic.Emph) and not _URL.match(written):
            mask.keep(start + 1, end - 1)
        elif (kind is Text and not in_math) or kind is Whitespace:
            mask.keep(start, end)
        elif kind is Punctuation and written in ("-", "+", "/") and not in_math:
            line_end = text.rfind("\n", 0, start)
            mask.end_paragraph(line_end)
            _end_list(text, last_item, start, people)
            content = text[end : end + LONGEST_NAME].strip().partition("\n")[0]
            people.item(line_end, start - line_end, starred_as_bold(content))
            last_item = start
    _end_list(text, last_item, len(text), people)
    people.end_list(len(text) - 1)
    return mask.prose(), people.level_of_name


def _end_list(text: str, last_item: int, start: int, people: ListedPeople) -> None:
    """Ends the list at a blank line between its last item and what follows, if there is one."""
    if people.in_list and (blank := _BLANK_LINE.search(text, last_item, start)):
        people.end_list(blank.start() + (text[blank.start()] == "\r"))


# Put before each block but the first, so that it does not begin the text: see `BlockReader.before`.
_BEFORE = "x\n"
# The beginning of a term; the lexer looks for the colon behind it, however far that is.
_TERM = re.compile(r"^[^\S\n]*/(?:\s|\Z)", re.MULTILINE)
# How far behind a block a change may matter: its last line may go on in the blank one behind it.
_REACH = 200


def _cuts(text: str, start: int, state: Hashable) -> list[Cut]:
    if "\r" in text:
        # The lexer gets such a text with other line ends, and its offsets would not fit.
        return [Cut(len(text), TO_THE_END, state)]
    end, is_unknown = first_blank_line(text, "typst", start)
    looks_far = is_unknown or _looks_far(text[start:end])
    # Something that is open at its end goes on, and the block with it.
    while end < len(text) and _looks_far(text[start:end]):
        end, _ = first_blank_line(text, "typst", end)
    if _HEADING.search(text, start, end):
        _, state = _extract(f"{_BEFORE if start else ''}{text[start:end]}", state)
    return [Cut(end, TO_THE_END if looks_far else _REACH, state)]


def _looks_far(block: str) -> bool:
    """Whether something is open at the end of a block, for whose end the lexer looks behind it."""
    terms = [term.end() for term in _TERM.finditer(block)]
    is_open = bool(terms) and ":" not in block[terms[-1] :]
    return is_open or block.count("```") % 2 == 1 or block.rfind("/*") > block.rfind("*/")


BLOCKS = BlockReader(_cuts, lambda block, state, _: _extract(block, state)[0], before=_BEFORE)
