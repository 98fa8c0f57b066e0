"""Messages of git: all is prose but comments and what stands below the scissors line or is a diff."""

from __future__ import annotations

import re
from collections.abc import Hashable

from gru_lint.extract._base import CommentSyntax, Description, ProseMask
from gru_lint.extract._blocks import BlockReader, cuts_at_blank_lines

LANGUAGE = "git-commit"
# Given to a message that an editor holds in no file.
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
            # Git removes the whole line.
            mask.run_on(*line.span())
        else:
            mask.keep(*line.span())
    return mask.prose()


class _Scanner:
    """Follows the message as far as to its end."""

    reach = 1

    def __init__(self, text: str) -> None:
        self._text = text
        self._is_over = False

    def is_open_after(self, _line: str, start: int) -> bool:
        """Whether the message is over: then the rest is one block."""
        self._is_over = self._is_over or _END.match(self._text, start) is not None
        return self._is_over

    def state_after(self, state: Hashable) -> Hashable:
        """A message has one state."""
        return state


BLOCKS = BlockReader(cuts_at_blank_lines(_Scanner), lambda block, *_: extract_prose(block))
