"""Comments in a text that ask for silence: `<!-- gru-lint: ignore PA001 -->`, as the text's format writes comments.

    gru-lint: ignore PA001, number-mismatch     beside text: on this line; alone: in the paragraph that follows
    gru-lint: ignore-line PA001                 on the line that follows a comment which stands alone
    gru-lint: ignore-file PA001                 in the whole file

Without codes or names every rule is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final, NamedTuple

from gru_lint.records import Diagnostic


class CommentSyntax(NamedTuple):
    """How a format writes a comment.

    own_line  whether a comment cannot stand beside text, and a blank line must part it from a paragraph
    """

    start: str
    end: str = ""
    own_line: bool = False


_HTML: Final = CommentSyntax("<!--", "-->")
_SYNTAX_OF_EXTENSION: Final = {
    **dict.fromkeys((".md", ".markdown", ".mkd", ".mdown", ".html", ".htm", ".xhtml"), _HTML),
    **dict.fromkeys((".tex", ".latex", ".ltx"), CommentSyntax("%")),
    **dict.fromkeys((".rst", ".rest"), CommentSyntax("..", own_line=True)),
    **dict.fromkeys((".adoc", ".asciidoc", ".asc"), CommentSyntax("//", own_line=True)),
    ".org": CommentSyntax("#", own_line=True),
}
_MARK: Final = "gru-lint:"
_COMMANDS: Final = "ignore-file|ignore-line|ignore"
_NEXT_BLOCK = re.compile(r"\s*")
_BLANK_LINE = re.compile(r"\r?\n[^\S\n]*(?:\r?\n|$)")
_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class _Suppression:
    """Rules by code or name, none for all of them, and the stretch of text in which they are silent."""

    start: int
    end: int
    rules: frozenset[str]


@dataclass(frozen=True, slots=True)
class Suppressions:
    """Where a text asks for silence."""

    found: tuple[_Suppression, ...] = ()

    def covers(self, finding: Diagnostic) -> bool:
        """Whether the text asks not to be told of this finding."""
        return any(
            asked.start <= finding.span.start < asked.end
            and (not asked.rules or not asked.rules.isdisjoint((finding.code, finding.name)))
            for asked in self.found
        )


_NONE: Final = Suppressions()


def comment_syntax(filename: str | None) -> CommentSyntax | None:
    """How the format of a file writes comments; None where it has none, as plain text."""
    return _SYNTAX_OF_EXTENSION.get(PurePath(filename or "").suffix.lower())


def find_suppressions(text: str, filename: str | None) -> Suppressions:
    """Where a text asks for silence; the file's name says how it writes comments."""
    syntax = comment_syntax(filename)
    if syntax is None or _MARK not in text:
        return _NONE
    return Suppressions(tuple(_find(text, syntax)))


def _find(text: str, syntax: CommentSyntax) -> Iterator[_Suppression]:
    end_mark = rf"\s*{re.escape(syntax.end)}" if syntax.end else r"[^\S\r\n]*(?=\r|$)"
    comment = re.compile(
        rf"{re.escape(syntax.start)}\s*{_MARK}\s*(?P<command>{_COMMANDS})\b(?P<rules>[\w, \t-]*?){end_mark}",
        re.MULTILINE,
    )
    for match in comment.finditer(text):
        rules = frozenset(match["rules"].replace(",", " ").split())
        line_start = max(text.rfind("\n", 0, match.start()), text.rfind("\r", 0, match.start())) + 1
        line_end = _end_of_line(text, match.end())
        stands_alone = not (text[line_start : match.start()] + text[match.end() : line_end]).strip()
        if match["command"] == "ignore-file":
            yield _Suppression(0, len(text), rules)
        elif not stands_alone:
            yield _Suppression(line_start, line_end, rules)
        else:
            blanks = _NEXT_BLOCK.match(text, line_end)
            start = blanks.end() if blanks else line_end
            blank_line = _BLANK_LINE.search(text, start)
            end = blank_line.start() if blank_line else len(text)
            yield _Suppression(start, _end_of_line(text, start) if match["command"] == "ignore-line" else end, rules)


def _end_of_line(text: str, offset: int) -> int:
    end = _LINE_END.search(text, offset)
    return end.start() if end else len(text)


def suppressing_edit(text: str, filename: str | None, offset: int, rule_code: str) -> tuple[int, str] | None:
    """Where to insert what, so that a rule is silent about what stands at an offset; None where nothing can say it."""
    syntax = comment_syntax(filename)
    if syntax is None:
        return None
    comment = " ".join(filter(None, (syntax.start, f"{_MARK} ignore {rule_code}", syntax.end)))
    line_end = _end_of_line(text, offset)
    if not syntax.own_line:
        return line_end, f" {comment}"
    newline = "\r\n" if text[line_end : line_end + 2] == "\r\n" else "\n"
    start = 0
    for blank_line in _BLANK_LINE.finditer(text, 0, offset):
        start = blank_line.end()
    while text[start : start + 1] in ("\r", "\n"):
        start += 1
    return start, f"{comment}{newline}{newline}"
