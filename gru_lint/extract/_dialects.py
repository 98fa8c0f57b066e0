"""What dialects add to Markdown: their markup is replaced before the parser of Markdown reads the text.

Directives of MyST, tabs of MkDocs, comments of MyST and Obsidian, shortcodes of Hugo and templates, captions in the
code of Quarto, tags of BBCode. A text is read line by line; how a line is read depends on what is open before it: a
fence, a comment, a block of a template.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from gru_lint.extract._bbcode import BBCODE
from gru_lint.extract._docutils_blocks import PROSE_DIRECTIVES, TITLED_DIRECTIVES

# Replaces what is no prose within a line. Blanks could turn the line into indented code; this character is no markup.
FILLER: Final = "\u2060"

_LINE = re.compile(r"[^\n]*\n|[^\n]+\Z")
_FENCE = re.compile(r"(?P<before>[ \t>]*)(?P<mark>`{3,}|~{3,}|:{3,})[ \t]*(?:\{(?P<name>[\w:.+-]+)\})?(?P<rest>[^\n]*)")
_OPTION = re.compile(r"[ \t>]*:[\w-]+:(?:\s|$)")
_YAML_MARK = re.compile(r"[ \t>]*---[ \t]*$")
_COMMENT = re.compile(r"[ \t]{0,3}%(?:\s|$|[^%\s\d])")
_TAB = re.compile(r"(?P<before>[ \t]*)===[+!]*[ \t]+\"(?P<title>[^\"\n]*)\"(?=[ \t]*$)")
# The beginning of a block of a template whose body is code.
CODE_BLOCK = re.compile(
    r"\{\{[<%][ \t]*(highlight|code|mermaid|katex|math|chart|raw)\b|\{%-?[ \t]*(highlight|raw|code|mermaid|codeblock)\b"
)
_INLINE = re.compile(
    r"(?P<code>(?<!`)(`+)(?!`)[^\n]{1,1000}?(?<!`)\2(?!`))"
    r"|(?P<template>\{\{[<%].{0,500}?[%>]\}\}|\{%.{0,500}?%\}|\{\{[^{}\n]{0,300}\}\})"
    r"|(?P<role>\{[\w:.+-]{1,60}\}(?=`))"
    r"|(?P<comment>(?<![\w%])%%(?!%))"
    rf"|(?P<bbcode>{BBCODE})"
)
_PLACEHOLDER = re.compile(r"\{\{[^<%{][^{}]*\}\}")
# Obsidian ends a comment as it begins one.
_COMMENT_END = re.compile(r"(?<!%)%%(?!%)")
# The end of such a block is looked for no further than this.
_LONGEST_CODE: Final = 20_000
_CAPTION = re.compile(
    r"#\|[ \t]*(?:fig-cap|fig-subcap|fig-alt|tbl-cap|lst-cap|title|caption)[ \t]*:[ \t]*"
    r"(?:[|>][+-]?[ \t]*$|(?P<text>.+))"
)
_CAPTION_GOES_ON = re.compile(r"#\|[ \t]{2,}(?:-[ \t]+)?(?P<text>\S.*)")


class _Fence(NamedTuple):
    """A fence that is open.

    is_code     whether nothing within it is Markdown
    is_blanked  whether its own lines are no prose and are hidden from the parser
    """

    mark: str
    is_code: bool
    is_blanked: bool


@dataclass(slots=True)
class Rewritten:
    """A Markdown text for its parser; all places are offsets, ends excluded.

    source      the text with fillers and blanks for what dialects write, of the same length
    fillers     where the fillers stand: they are no prose
    captions    what is prose in blocks of code
    free_lines  the starts of the lines before which nothing is open
    """

    source: str
    fillers: list[tuple[int, int]] = field(default_factory=list)
    captions: list[tuple[int, int]] = field(default_factory=list)
    free_lines: set[int] = field(default_factory=set)


def rewrite(text: str, start: int = 0) -> Rewritten:
    """A text without what dialects of Markdown write, from an offset on."""
    return _Reader(text, start).read()


class _Reader:
    """Reads a text line by line; see `rewrite`."""

    def __init__(self, text: str, start: int) -> None:
        self._text, self._start = text, start
        self._pieces: list[str] = [text[:start]]
        self._rewritten = Rewritten("")
        self._fences: list[_Fence] = []
        self._reads_options = self._reads_yaml = False
        # What ends a block of a template whose body is code, or a comment.
        self._end: re.Pattern[str] | None = None
        self._in_caption = False
        self._last_comment_end = text.rfind("%%")

    def read(self) -> Rewritten:
        """The text rewritten."""
        for match in _LINE.finditer(self._text, self._start):
            if not (self._fences or self._end or self._reads_options):
                self._rewritten.free_lines.add(match.start())
            self._pieces.append(self._line(match[0].rstrip("\r\n"), match.start()))
            self._pieces.append(match[0][len(match[0].rstrip("\r\n")) :])
        self._rewritten.source = "".join(self._pieces)
        return self._rewritten

    def _line(self, line: str, start: int) -> str:
        fence = _FENCE.match(line)
        if fence and "`" in fence["mark"] and "`" in fence["rest"]:
            fence = None
        if self._fences and self._fences[-1].is_code:
            return self._code_line(line, start, fence)
        if self._end:
            return self._hidden_line(line, start)
        if fence:
            return self._fence_line(line, start, fence)
        if self._reads_options and (self._reads_yaml or _OPTION.match(line) or _YAML_MARK.match(line)):
            if _YAML_MARK.match(line):
                self._reads_yaml = not self._reads_yaml
            return " " * len(line)
        self._reads_options = self._reads_yaml = False
        # Pandoc has its title, authors and date there.
        if _COMMENT.match(line) and start > self._start:
            return " " * len(line)
        if tab := _TAB.match(line):
            return self._tab_line(line, start, tab)
        return self._inline(line, start)

    def _code_line(self, line: str, start: int, fence: re.Match[str] | None) -> str:
        opened = self._fences[-1]
        if fence and _closes(fence, opened.mark):
            self._fences.pop()
            return " " * len(line) if opened.is_blanked else line
        caption = _CAPTION.match(line) or (_CAPTION_GOES_ON.match(line) if self._in_caption else None)
        self._in_caption = caption is not None
        if caption and caption["text"]:
            self._rewritten.captions.append((start + caption.start("text"), start + caption.end("text")))
        return " " * len(line) if opened.is_blanked else line

    def _fence_line(self, line: str, start: int, fence: re.Match[str]) -> str:
        if self._fences and _closes(fence, self._fences[-1].mark):
            return " " * len(line) if self._fences.pop().is_blanked else line
        name, mark = (fence["name"] or "").lower(), fence["mark"]
        is_colon = mark.startswith(":")
        if not name:
            # A bare ":::" only ever closes; here it closes nothing.
            if not is_colon or fence["rest"].strip():
                self._fences.append(_Fence(mark, not is_colon, is_blanked=False))
            return line
        is_prose = name in PROSE_DIRECTIVES
        self._fences.append(_Fence(mark, not is_prose, is_colon or is_prose))
        self._reads_options = is_prose
        if not is_prose:
            return " " * len(line) if is_colon else line
        if name in TITLED_DIRECTIVES and fence["rest"].strip():
            opening = fence.start("rest")
            self._fill(start + len(fence["before"]), start + opening)
            filled = fence["before"] + FILLER * (opening - len(fence["before"]))
            return filled + self._inline(line[opening:], start + opening)
        return " " * len(line)

    def _tab_line(self, line: str, start: int, tab: re.Match[str]) -> str:
        """The line of a tab as that of an admonition, which the parser knows: marks, a kind, a title without quotes."""
        begin, end = tab.span("title")
        self._fill(start + end, start + end + 1)
        marks = "!!!x".ljust(begin - len(tab["before"]))
        return f"{tab['before']}{marks}{line[begin:end]}{FILLER}{line[end + 1 :]}"

    def _hidden_line(self, line: str, start: int) -> str:
        """A line in a comment or in code, or what follows its end."""
        closed = self._end.search(line) if self._end else None
        if not closed:
            return " " * len(line)
        self._end = None
        self._fill(start, start + closed.end())
        return self._blank_if_empty(FILLER * closed.end() + self._inline(line[closed.end() :], start + closed.end()))

    def _inline(self, line: str, start: int) -> str:
        pieces, here = [], 0
        while match := _INLINE.search(line, here):
            if match["code"]:
                pieces.append(line[here : match.end()])
                here = match.end()
                continue
            end = match.end()
            if match["comment"]:
                closed = _COMMENT_END.search(line, end)
                if closed:
                    end = closed.end()
                elif self._last_comment_end >= start + len(line):
                    self._end, end = _COMMENT_END, len(line)
                else:
                    pieces.append(line[here:end])
                    here = end
                    continue
            elif match["template"] and (block := CODE_BLOCK.match(match[0])):
                name = re.escape(block[1] or block[2])
                ending = re.compile(rf"\{{\{{[<%][ \t]*/{name}.{{0,100}}?\}}\}}|\{{%-?[ \t]*end{name}.{{0,100}}?%\}}")
                closed = ending.search(line, end)
                if closed:
                    end = closed.end()
                elif any(
                    self._text.find(f"{mark}{block[1] or block[2]}", start + end, start + end + _LONGEST_CODE) >= 0
                    for mark in ("/", "end")
                ):
                    self._end, end = ending, len(line)
            elif match["template"] and _PLACEHOLDER.fullmatch(match[0]):
                # Its last brace stays and marks a placeholder: a pronoun behind it may refer to whatever is put in.
                end -= 1
            pieces += [line[here : match.start()], FILLER * (end - match.start())]
            self._fill(start + match.start(), start + end)
            here = end
        return self._blank_if_empty("".join([*pieces, line[here:]])) if pieces else line

    def _blank_if_empty(self, line: str) -> str:
        return " " * len(line) if not line.strip(f"{FILLER} \t") else line

    def _fill(self, start: int, end: int) -> None:
        self._rewritten.fillers.append((start, end))


def _closes(fence: re.Match[str], mark: str) -> bool:
    return not fence["name"] and not fence["rest"].strip() and fence["mark"].startswith(mark)
