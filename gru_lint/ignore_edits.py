"""Comments to insert into a text so that a rule is silent: beside a line, around a paragraph, for the whole file."""

from __future__ import annotations

import re
from typing import Final

from gru_lint.suppress import MARK, CommentSyntax, comment_syntax, end_of_line, find_comments

# An offset and what is inserted there.
Edit = tuple[int, str]
_BLANK_LINE = re.compile(r"\r?\n[^\S\n]*(?:\r?\n|$)")
# A paragraph that is indented belongs to a list item or a note above it.
_PARAGRAPHS_END = re.compile(r"\r?\n(?:[^\S\n]*\r?\n)+(?=[^\s])|\s*\Z")
_BLANK: Final = " \t\f\v"


def suppressing_edit(text: str, filename: str | None, offset: int, rules: str) -> Edit | None:
    """The comment by which some rules are silent about what stands at an offset; None where nothing can say it.

    rules  codes, parted by commas

    It stands at the end of the line or joins the one that is there; in a format whose comments need a line of their
    own, it stands before the paragraph.
    """
    syntax = comment_syntax(filename)
    if syntax is None:
        return None
    if syntax.own_line:
        start = 0
        for blank_line in _BLANK_LINE.finditer(text, 0, offset):
            start = blank_line.end()
        while text[start : start + 1] in ("\r", "\n"):
            start += 1
        newline = _newline(text)
        return start, f"{_indent(text, start)}{_comment(syntax, 'ignore', rules)}{newline}{newline}"
    line_start = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    line_end = end_of_line(text, offset)
    for comment in find_comments(text, syntax):
        if comment.command.text == "ignore" and comment.rules and line_start < comment.span.start < line_end:
            return comment.rules[-1].span.end, f", {rules}"
    # Blanks at the end of a line, or a stroke, break the line in Markdown.
    end = line_start + len(text[line_start:line_end].rstrip(_BLANK))
    if syntax.end and text[end - 1 : end] == "\\":
        end -= 1
    return end, f" {_comment(syntax, 'ignore', rules)}"


def around_edits(text: str, filename: str | None, offset: int, rules: str) -> tuple[Edit, ...]:
    """The comments that switch some rules off before a paragraph and on after it; none where nothing can say it."""
    syntax = comment_syntax(filename)
    if syntax is None:
        return ()
    start, end = 0, len(text)
    for match in _PARAGRAPHS_END.finditer(text):
        if match.end() > offset:
            end = match.start()
            break
        start = match.end()
    newline = _newline(text)
    before = f"{_comment(syntax, 'off', rules)}{newline}{newline}"
    return (start, before), (end, f"{newline}{newline}{_comment(syntax, 'on', rules)}")


def whole_file_edit(text: str, filename: str | None, rules: str) -> Edit | None:
    """The comment by which some rules are silent in the whole file; it stands at its end, after any front matter."""
    syntax = comment_syntax(filename)
    if syntax is None:
        return None
    newline = _newline(text)
    between = "" if not text else newline if text.endswith(("\n", "\r")) else newline * 2
    return len(text), f"{between}{_comment(syntax, 'ignore-file', rules)}{newline}"


def _comment(syntax: CommentSyntax, command: str, rules: str) -> str:
    return " ".join(filter(None, (syntax.start, f"{MARK} {command} {rules}", syntax.end)))


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _indent(text: str, offset: int) -> str:
    """The blanks before a line, so that a comment stays in the same list item."""
    line = text[offset : end_of_line(text, offset)]
    return line[: len(line) - len(line.lstrip(_BLANK))]
