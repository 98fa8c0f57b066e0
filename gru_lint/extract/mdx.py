"""MDX: Markdown in which imports, exports, expressions in braces and the tags of JSX are no prose.

The texts between tags are read as Markdown; indented text is no code there.
"""

from __future__ import annotations

import re

from gru_lint.extract import markdown
from gru_lint.extract._base import CommentSyntax, Description, ProseMask, blanks
from gru_lint.extract._dialects import FILLER

LANGUAGE = "mdx"
EXTENSIONS = (".mdx",)
COMMENTS = CommentSyntax("{/*", "*/}")
IN_EDITORS = True
DESCRIPTION = Description(
    "MDX",
    read="what is read of Markdown, also between the tags of JSX",
    not_read="`import`, `export`, expressions and comments in braces, tags and attributes of JSX",
)

_LINE = re.compile(r"[^\n]*\n|[^\n]+\Z")
_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})([^`\n]*)$", re.MULTILINE)
_MODULE = re.compile(r"(?:import|export)\b")
_MARK = re.compile(
    r"(?<!`)(?P<ticks>`+)(?!`)[^\n]{1,1000}?(?<!`)(?P=ticks)(?!`)|\\[{<]|(?P<brace>\{)|(?P<tag></?(?=[A-Za-z>]))"
)
_ONLY_FILLERS = re.compile(rf"^[ \t]*{FILLER}[{FILLER} \t]*(?=\r?$)", re.MULTILINE)
_BRACE = re.compile(r"[{}]")
_IN_BRACES = re.compile(r"[{}]|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`|/\*[\s\S]*?\*/")
_PLACEHOLDER = re.compile(r"\{[ \t]*[\w.$]+[ \t]*\}")
_IN_TAG = re.compile(r"[{>]|\"[^\"]*\"|'[^']*'")
# Elements that hold no prose.
_CODE = re.compile(r"<(code|pre|kbd|samp|style|script|svg|math)\b")
# A longer expression is a mistake: it is text.
_LONGEST = 20_000
_LONGEST_TAG = 2_000


def extract_prose(text: str) -> str:
    """The prose of an MDX text; see `gru_lint.extract`."""
    return markdown.extract_from(text, _without_code, has_indented_code=False)


def _without_code(text: str, begin: int, mask: ProseMask) -> str:
    """A text with fillers for imports, exports, expressions and tags; with blanks where a line holds nothing else."""
    pieces, here = [text[:begin]], begin
    for start, end in _markdown(text, begin):
        pieces += [blanks(text[here:start]), _without_marks(text, start, end, mask)]
        here = end
    return "".join([*pieces, blanks(text[here:])])


def _markdown(text: str, begin: int) -> list[tuple[int, int]]:
    """The stretches outside of imports and exports; a fenced block of code is a stretch of its own."""
    found: list[tuple[int, int]] = []
    start = begin
    fence = ""
    in_module = False
    was_blank = True
    for line in _LINE.finditer(text, begin):
        written = line[0].rstrip("\r\n")
        mark = _FENCE.match(written)
        if fence:
            if mark and mark[1].startswith(fence) and not mark[2].strip():
                fence = ""
                found.append((start, line.end()))
                start = line.end()
        elif in_module:
            start = line.end()
            in_module = bool(written.strip())
        elif was_blank and _MODULE.match(written):
            found.append((start, line.start()))
            start, in_module = line.end(), True
        elif mark:
            found.append((start, line.start()))
            start, fence = line.start(), mark[1]
        was_blank = not written.strip()
    found.append((start, len(text)))
    return [(first, last) for first, last in found if first < last]


def _without_marks(text: str, start: int, end: int, mask: ProseMask) -> str:
    if _FENCE.match(text, start, end):
        return text[start:end]
    braces = _brace_ends(text, start, end)
    spans, here = [], start
    while match := _MARK.search(text, here, end):
        here = match.end()
        closed = None
        if match["brace"]:
            closed = braces.get(match.start())
            if closed and closed - match.start() > _LONGEST:
                closed = None
            if closed and _PLACEHOLDER.fullmatch(text, match.start(), closed):
                # Its last brace stays and marks a placeholder: a pronoun behind it may refer to whatever is put in.
                closed -= 1
        elif match["tag"]:
            closed = _tag_end(text, match.end(), end, braces)
            if closed and (code := _CODE.match(text, match.start())) and text[closed - 2] != "/":
                ending = f"</{code[1]}>"
                found = text.find(ending, closed, min(end, closed + _LONGEST))
                closed = found + len(ending) if found >= 0 else closed
        if closed:
            spans.append((match.start(), closed))
            mask.blank(match.start(), closed)
            here = closed
    return _filled(text, start, end, spans)


def _filled(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> str:
    """A stretch with fillers for some spans; a line that is nothing else becomes blank."""
    pieces, here = [], start
    for first, last in spans:
        pieces += [text[here:first], re.sub(r"[^\r\n]", FILLER, text[first:last])]
        here = last
    filled = "".join([*pieces, text[here:end]])
    return _ONLY_FILLERS.sub(lambda line: " " * len(line[0]), filled)


def _brace_ends(text: str, start: int, end: int) -> dict[int, int]:
    """For each brace that opens in a stretch, the offset behind the one that closes it."""
    ends: dict[int, int] = {}
    opened: list[int] = []
    here = start
    while match := (_IN_BRACES if opened else _BRACE).search(text, here, end):
        here = match.end()
        if match[0] == "{":
            opened.append(match.start())
        elif match[0] == "}" and opened:
            ends[opened.pop()] = here
    return ends


def _tag_end(text: str, start: int, end: int, braces: dict[int, int]) -> int | None:
    here, limit = start, min(end, start + _LONGEST_TAG)
    while match := _IN_TAG.search(text, here, limit):
        if match[0] == ">":
            return match.end()
        here = braces.get(match.start(), limit) if match[0] == "{" else match.end()
    return None
