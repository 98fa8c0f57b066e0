r"""LaTeX: text and what commands like \emph and \footnote hold is prose; math, labels, listings and comments are not.

pylatexenc knows which arguments a command takes. Its parser of whole documents is left alone: it calls itself for every
brace, and takes half a minute for what is read here in one second.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator
from functools import lru_cache

from gru_lint.extract._base import CommentSyntax, Description, ProseMask
from gru_lint.extract._blocks import BlockReader, Cut
from gru_lint.extract._latex_reader import LatexReader, LatexState

LANGUAGE = "latex"
EXTENSIONS = (".tex", ".latex", ".ltx")
COMMENTS = CommentSyntax("%")
IN_EDITORS = True
DESCRIPTION = Description(
    "LaTeX",
    read=(
        r"the document's body and its title; what `\emph`, `\footnote`, `\section` and unknown commands "
        r"hold; tables"
    ),
    not_read=("the preamble, math, listings, comments, labels, citations, references, names of files, definitions"),
)

_BEGIN_DOCUMENT = "\\begin{document}"
_END_DOCUMENT = "\\end{document}"
_TITLE = re.compile(r"\\(?:title|subtitle)\s{0,9}\{")


def extract_prose(text: str) -> str:
    """The prose of a LaTeX text; see `gru_lint.extract`."""
    return _extract(text, _context(text), frozenset())


def _context(text: str) -> LatexState:
    return LatexState(is_preamble=_BEGIN_DOCUMENT in text)


def _extract(text: str, state: Hashable, _: frozenset[str]) -> str:
    """The prose of a text, or of a block of one."""
    assert isinstance(state, LatexState)
    mask = ProseMask(text)
    begin, end = _document(text, 0, state)
    if state.is_preamble:
        # Of what comes before, the title is read.
        preamble = text[: begin - len(_BEGIN_DOCUMENT)]
        reader = LatexReader(preamble, mask, LatexState(), {})
        for match in _TITLE.finditer(preamble):
            title_end = reader.group_end(match.end() - 1) - 1
            mask.end_paragraph(match.start())
            mask.end_paragraph(title_end)
            reader.read(match.end(), title_end)
    LatexReader(text, mask, state, {}).read(begin, end)
    return mask.prose()


def _document(text: str, start: int, state: LatexState) -> tuple[int, int]:
    """Where the document begins, from an offset on, and where it ends."""
    begin = text.find(_BEGIN_DOCUMENT, start) + len(_BEGIN_DOCUMENT) if state.is_preamble else start
    end = text.find(_END_DOCUMENT, begin)
    return begin, len(text) if end < 0 else end


# The text before an edit and after it.
@lru_cache(maxsize=2)
def _without_end(_text: str) -> dict[str, int]:
    """What is known of the environments of a text that are not ended."""
    return {}


def _cuts(text: str, start: int, state: Hashable) -> Iterator[Cut]:
    """A block ends at a blank line at which nothing is open; what the document ends in is the last one."""
    assert isinstance(state, LatexState)
    begin, end = _document(text, start, state)
    yield from LatexReader(text, ProseMask(""), state, _without_end(text)).cuts(begin, end)
    yield Cut(len(text))


BLOCKS = BlockReader(_cuts, _extract, context=_context)
