"""Messages of git: all but comments, trailers' names apart, and nothing below the scissors line or a diff."""

from __future__ import annotations

import re

from gru_lint.extract._base import CommentSyntax, Description, ProseMask

LANGUAGE = "git-commit"
# An editor that has no file for a message has this name for it.
EXTENSIONS = (".gitcommit",)
NAMES = (
    "COMMIT_EDITMSG",
    "MERGE_MSG",
    "SQUASH_MSG",
    "TAG_EDITMSG",
    "NOTES_EDITMSG",
    "PULLREQ_EDITMSG",
    "EDIT_DESCRIPTION",
)
COMMENTS = CommentSyntax("#", own_line=True)
IN_EDITORS = True
DESCRIPTION = Description(
    "messages of git",
    read="the message",
    not_read="lines with `#`, all below the scissors line, a diff",
)

_END = re.compile(r"^(?:# -+ >8 -+|diff --git )", re.MULTILINE)
_LINE = re.compile(r"[^\r\n]+(?:\r\n|\r|\n)?")


def extract_prose(text: str) -> str:
    """The prose of a message; see `gru_lint.extract`."""
    mask = ProseMask(text)
    end = _END.search(text)
    for line in _LINE.finditer(text, 0, end.start() if end else len(text)):
        if line[0].startswith("#"):
            # Git takes the whole line away.
            mask.run_on(*line.span())
        else:
            mask.keep(*line.span())
    return mask.prose()
