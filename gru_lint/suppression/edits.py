"""Suppression comments to insert into a text: at a line, around a paragraph, for the whole file."""

from __future__ import annotations

import re
from typing import Final

from gru_lint.extract import CommentSyntax
from gru_lint.lines import end_of_line, start_of_line
from gru_lint.records import Edit, Span
from gru_lint.suppression.comments import MARK, comment_syntax, find_comments

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_BLANK: Final = " \t\f\v"


def suppressing_edit(text: str, filename: str | None, offset: int, rules: str) -> Edit | None:
    """The comment that silences some rules at an offset; None where no comment can.

    rules  codes with commas between them

    It stands at the end of the line, or joins the comment there; before the paragraph in a format whose comments need a
    line of their own.
    """
    syntax = _syntax(filename)
    if syntax is None:
        return None
    if syntax.own_line:
        start = _paragraph_start(text, offset)
        newline = _newline(text)
        return _insertion(start, f"{_indent(text, start)}{_comment(syntax, 'ignore', rules)}{newline}{newline}")
    line_start = start_of_line(text, offset)
    line_end = end_of_line(text, offset)
    for comment in find_comments(text, syntax):
        if comment.command.text == "ignore" and comment.rules and line_start < comment.span.start < line_end:
            return _insertion(comment.rules[-1].span.end, f", {rules}")
    # In Markdown, spaces or a backslash at the end of a line break the line.
    end = line_start + len(text[line_start:line_end].rstrip(_BLANK))
    if syntax.end and text[end - 1 : end] == "\\":
        end -= 1
    return None if _is_in_comment(text, syntax, end) else _insertion(end, f" {_comment(syntax, 'ignore', rules)}")


def around_edits(text: str, filename: str | None, offset: int, rules: str) -> tuple[Edit, ...]:
    """The comments that switch rules off before a paragraph and on again after it; none where no comment can stand."""
    syntax = _syntax(filename)
    if syntax is None:
        return ()
    start, end = _block(text, offset)
    if _is_in_comment(text, syntax, start) or _is_in_comment(text, syntax, end):
        return ()
    newline = _newline(text)
    before = f"{_comment(syntax, 'off', rules)}{newline}{newline}"
    return _insertion(start, before), _insertion(end, f"{newline}{newline}{_comment(syntax, 'on', rules)}")


def whole_file_edit(text: str, filename: str | None, rules: str) -> Edit | None:
    """The comment that silences rules in the whole file. It stands at the end: front matter may be at the beginning."""
    syntax = _syntax(filename)
    if syntax is None:
        return None
    newline = _newline(text)
    between = "" if not text else newline if text.endswith(("\n", "\r")) else newline * 2
    return _insertion(len(text), f"{between}{_comment(syntax, 'ignore-file', rules)}{newline}")


def is_in_line_comment(text: str, filename: str | None, offset: int) -> bool:
    """Whether an offset lies in a comment that extends to the end of its line, so that another may join it."""
    syntax = comment_syntax(filename)
    if syntax is None or syntax.end or syntax.own_line:
        return False
    mark = re.compile(rf"(?<!\\){re.escape(syntax.start)}")
    return mark.search(text, start_of_line(text, offset), offset) is not None


def _insertion(offset: int, written: str) -> Edit:
    return Edit(Span(offset, offset), written)


def _syntax(filename: str | None) -> CommentSyntax | None:
    syntax = comment_syntax(filename)
    return syntax if syntax and syntax.can_be_added else None


def _paragraph_start(text: str, offset: int) -> int:
    """The start of the paragraph at an offset: of the line after the last blank line."""
    start = start_of_line(text, offset)
    while start > 0:
        end = start - (2 if text[start - 2 : start] == "\r\n" else 1)
        before = start_of_line(text, end)
        if not text[before:end].strip():
            break
        start = before
    return start


def _block(text: str, offset: int) -> tuple[int, int]:
    """The paragraph at an offset without its last line end; an indented block belongs to the paragraph above it."""
    start = end = 0
    is_after_blank = False
    for line in _LINE.finditer(text):
        written = line[0].rstrip()
        if is_after_blank and written and not written[0].isspace():
            if line.start() > offset:
                break
            start = line.start()
        is_after_blank = not written
        if written:
            end = line.start() + len(written)
    return start, end


def _comment(syntax: CommentSyntax, command: str, rules: str) -> str:
    return " ".join(filter(None, (syntax.start, f"{MARK} {command} {rules}", syntax.end)))


def _is_in_comment(text: str, syntax: CommentSyntax, offset: int) -> bool:
    """Whether an offset lies within a comment, which another one would end."""
    return bool(syntax.end) and text.rfind(syntax.start, 0, offset) > text.rfind(syntax.end, 0, offset)


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _indent(text: str, offset: int) -> str:
    """The blanks before a line, so that a comment stays in the same list item."""
    line = text[offset : end_of_line(text, offset)]
    return line[: len(line) - len(line.lstrip(_BLANK))]
