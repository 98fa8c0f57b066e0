"""Ink, in which interactive stories are written: lines and choices are prose; logic, diverts and names are not."""

from __future__ import annotations

import re

from gru_lint.extract._base import CommentSyntax, Description, ProseMask
from gru_lint.lines import LineIndex

LANGUAGE = "ink"
EXTENSIONS = (".ink",)
COMMENTS = CommentSyntax("//")
DESCRIPTION = Description(
    "Ink",
    read="lines, choices, gathers",
    not_read="knots, diverts, logic and what stands in braces, tags, comments",
)

_NO_PROSE = re.compile(r"[ \t]*(?:=+|~|VAR\b|CONST\b|LIST\b|INCLUDE\b|EXTERNAL\b|TODO:)")
_OPENING = re.compile(r"[ \t]*(?:(?:[*+][ \t]*)+|(?:-(?!>)[ \t]*)+)?(?:\([\w]+\)[ \t]*)?")
_INLINE = re.compile(r"//.*|<?->.*|<-.*|<>|#.*|\\(?=.)|[\[\]]")
_COMMENT = re.compile(r"/\*|\*/|[{}]")


def extract_prose(text: str) -> str:
    """The prose of a story; see `gru_lint.extract`."""
    mask = ProseMask(text)
    for start, line in LineIndex(text).rows():
        opening = _OPENING.match(line)
        here = opening.end() if opening else 0
        mask.end_paragraph(start - 1)
        if not _NO_PROSE.match(line):
            mask.keep(start + here, start + len(line))
            mask.blank_matches(_INLINE.finditer(line, here), start)
    # The braces that are open, and the comment; one that is never closed is text.
    opened: list[int] = []
    comment = -1
    for match in _COMMENT.finditer(text):
        if comment >= 0:
            if match[0] == "*/":
                mask.blank(comment, match.end())
                comment = -1
        elif match[0] == "/*":
            comment = match.start()
        elif match[0] == "{":
            opened.append(match.start())
        elif match[0] == "}" and opened:
            # The last brace of a variable stays and marks a placeholder: a pronoun behind it may refer to its value.
            start = opened.pop()
            mask.blank(start, match.end() - text[start + 1 : match.start()].isidentifier())
    return mask.prose()
