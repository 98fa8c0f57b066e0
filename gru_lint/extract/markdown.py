"""Markdown: paragraphs, headings, lists, quotes, tables, footnotes and admonitions are prose; code and math are not.

markdown-it-py, which comes with rich, finds the blocks and what stands in them; mdit-py-plugins adds what GitHub,
MkDocs, MyST and Pandoc add to CommonMark. A link's text is prose and its target is not; of HTML, the text is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from gru_lint.extract import html
from gru_lint.extract._base import (
    PARAGRAPH_END,
    PART,
    CommentSyntax,
    Description,
    Placed,
    ProseMask,
    TimeBudget,
    blank_in_lines,
)
from gru_lint.extract._dialects import rewrite
from gru_lint.extract._entries import entry_marks
from gru_lint.extract._matter import keep_front_matter
from gru_lint.extract._people import speaker_label
from gru_lint.extract._unread import TOO_DEEP, TOO_SLOW, give_up
from gru_lint.lines import LineIndex

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

LANGUAGE = "markdown"
EXTENSIONS = (".md", ".markdown", ".mkd", ".mdown", ".qmd", ".rmd")
COMMENTS = CommentSyntax("<!--", "-->")
IN_EDITORS = True
DESCRIPTION = Description(
    "Markdown",
    read=(
        "paragraphs, headings, lists, quotes, tables, footnotes, admonitions (`!!!`, `[!NOTE]`, `:::`, MyST's "
        "directives), tabs, the texts of links and images and of HTML, titles and descriptions in front matter, "
        "Quarto's `fig-cap`"
    ),
    not_read=(
        "the rest of front matter, code, targets of links, math, HTML tags, comments (`<!-- -->`, `%`, `%%`), "
        "shortcodes and templates (`{{ }}`, `{% %}`), tags of BBCode"
    ),
)

_FRONT_MATTER = re.compile(
    r"\A\ufeff?(?:---[ \t]*\r?\n.*?^(?:---|\.\.\.)|\+\+\+[ \t]*\r?\n.*?^\+\+\+)[ \t]*\r?$", re.DOTALL | re.MULTILINE
)
# > [!NOTE]
_ALERT = re.compile(r"\[![A-Za-z]+\][+-]?")
# ## Title {#anchor .class}
_ATTRIBUTES = re.compile(r"\{:?[ \t]*[#.:][^{}\n]*\}[ \t]*$", re.MULTILINE)
_CELLS = frozenset({"th_open", "td_open"})
# Read together; the parser's memory is a hundred times what it reads.
_MOST_CHARACTERS = 200_000
# At which a text may be cut: what follows is in no list, quote or other block.
_CUT = re.compile(r"\n[^\S\n]*\n(?=\#{1,6} )")
_FENCE = re.compile(r"^ {0,3}(?:`{3,}|~{3,})", re.MULTILINE)
# A piece of more brackets than words is no prose, and takes the parser for ever.
_MARKS = re.compile(r"[\[\]`*_<&!^~$]")
_MOST_MARKS = 20_000
# The parser leaves out in silence what is nested more deeply; a list in a list is two levels.
_DEEPEST = 100
_DEEP = "gru_lint_deep"


class _Written(NamedTuple):
    """What one rule of the parser has read in a block: what of it is no prose."""

    start: int
    end: int


def extract_prose(text: str) -> str:
    """The prose of a Markdown text; see `gru_lint.extract`."""
    return extract_from(text)


def extract_from(
    text: str, rewrite_first: Callable[[str, int, ProseMask], str] | None = None, *, has_indented_code: bool = True
) -> str:
    """The prose of a text in Markdown, or in what is made of it.

    rewrite_first      gives the text without what is no Markdown, from an offset on, and blanks that in the mask
    has_indented_code  whether a block that is indented by four blanks is code
    """
    mask = ProseMask(text)
    matter = _FRONT_MATTER.match(text)
    begin = matter.end() if matter else 0
    if matter:
        keep_front_matter(text, begin, mask)
    # The parser has another character for NUL, and a lone one is no prose anyway.
    source = text.replace("\0", " ")
    if rewrite_first:
        source = rewrite_first(source, begin, mask)
    source = _without_dialects(source, begin, mask)
    budget = TimeBudget(len(text))
    for start, end in _pieces(source, begin):
        if budget.is_over():
            give_up(start, len(text), TOO_SLOW)
            break
        _read(source[start:end], start, mask, has_indented_code)
    return mask.prose()


def _without_dialects(source: str, begin: int, mask: ProseMask) -> str:
    """A text without the marks of dialects; what is prose and no Markdown is kept."""
    rewritten = rewrite(source, begin)
    for start, end in rewritten.fillers:
        mask.blank(start, end)
    for caption in rewritten.captions:
        mask.end_paragraph(caption.start - 1)
        mask.keep(*caption)
    return rewritten.source


def _pieces(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Parts of a long text that can be read by themselves; links defined in another are then links no more."""
    while len(text) - start > _MOST_CHARACTERS:
        cut = None
        for match in _CUT.finditer(text, start + _MOST_CHARACTERS):
            # Else it may be a comment in a program.
            if len(_FENCE.findall(text, start, match.end())) % 2 == 0:
                cut = match.end()
                break
            if match.end() > start + 2 * _MOST_CHARACTERS:
                break
        if cut is None:
            cut = text.find("\n\n", start + 2 * _MOST_CHARACTERS) + 2
            if cut < 2:
                break
        yield start, cut
        start = cut
    yield start, len(text)


def _read(text: str, origin: int, mask: ProseMask, has_indented_code: bool) -> None:
    lines = LineIndex(text)
    environment: dict[str, Any] = {}
    try:
        tokens = _parser(has_indented_code=has_indented_code).parse(text, environment)
    except RecursionError:
        give_up(origin, origin + len(text), TOO_DEEP)
        return
    end = 0
    for first, last in sorted(environment.get(_DEEP, ()), key=lambda rows: (rows[0], -rows[1])):
        # What is too deep within what is too deep is said once.
        if last > end:
            give_up(origin + lines.start(first + 1), origin + lines.start(last + 1), TOO_DEEP)
            end = last
    cursor: dict[int, int] = {}
    is_cell = False
    for row, mark in entry_marks(tokens):
        mask.mark(max(origin + lines.start(row + 1) - 1, 0), mark)
    is_first_cell = False
    lists = 0
    for token in tokens:
        lists += (token.type == "list_item_open") - (token.type == "list_item_close")
        is_first_cell = token.type == "tr_open" or (is_first_cell and token.type not in ("th_close", "td_close"))
        if token.type != "inline":
            is_cell = token.type in _CELLS
        if token.map is None:
            continue
        if token.type == "html_block":
            start, end = lines.start(token.map[0] + 1), lines.start(token.map[1] + 1)
            mask.end_paragraph(origin + start - 1)
            html.keep_text(text[start:end], mask, origin + start)
        elif token.type == "inline":
            places = list(_places(token, lines, cursor if is_cell else None))
            if places:
                mask.mark(origin + places[0].start - 1, PART if is_cell and not is_first_cell else PARAGRAPH_END)
                _keep(token.content, places, origin, mask, environment)
                label = speaker_label(token.content) if not (lists or is_cell) else None
                if label and label.end() <= places[0].length:
                    mask.blank(origin + places[0].start, origin + places[0].start + label.end())


def _places(token: Token, lines: LineIndex, cursor: dict[int, int] | None) -> Iterator[Placed]:
    """Where each line of a block stands in the text.

    cursor  for the cells of a table, how far each line was read
    """
    assert token.map is not None
    here = 0
    for row, content in enumerate(token.content.split("\n"), token.map[0] + 1):
        line, start = lines.row_text(row), lines.start(row)
        written = content.rstrip()
        if cursor is not None:
            found = line.find(written, cursor.get(row, 0))
            # The parser takes away the stroke that keeps "\|" from ending a cell.
            if found < 0 and "|" in written:
                written = written.replace("|", "\\|")
                found = line.find(written, cursor.get(row, 0))
            if found >= 0:
                cursor[row] = found + len(written)
        elif line.rstrip().endswith(written):
            found = len(line.rstrip()) - len(written)
        else:
            found = line.find(written)
        if found >= 0 and written:
            yield Placed(here, start + found, len(written))
        here += len(content) + 1


def _keep(content: str, places: list[Placed], origin: int, mask: ProseMask, environment: Any) -> None:
    for placed in places:
        mask.keep(origin + placed.start, origin + placed.start + placed.length)
    blanks, reason = _no_prose(content, environment)
    blank_in_lines(mask, blanks, places, origin)
    if reason:
        give_up(origin + places[0].start, origin + places[-1].start + places[-1].length, reason)


def _no_prose(content: str, environment: Any) -> tuple[list[_Written], str | None]:
    """What is no prose in a block: marks, code, math, targets and so on; and why all of it is left out, if it is."""
    found = [
        _Written(match.start(), match.end()) for match in (_ALERT.match(content), _ATTRIBUTES.search(content)) if match
    ]
    if not _MARKS.search(content) and "\\" not in content:
        return found, None
    if sum(1 for _ in _MARKS.finditer(content)) > _MOST_MARKS:
        return [_Written(0, len(content))], f"a paragraph has more than {_MOST_MARKS:,} marks"
    environment["gru_lint"] = content, found
    try:
        parser = _parser(has_indented_code=True)
        parser.inline.parse(content, parser, environment, [])
    except RecursionError:
        return [_Written(0, len(content))], TOO_DEEP
    return found, None


@cache
def _parser(*, has_indented_code: bool = True) -> MarkdownIt:
    """A parser whose rules tell where they have found something."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.admon import admon_plugin
    from mdit_py_plugins.container import container_plugin
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.dollarmath import dollarmath_plugin
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    parser.use(footnote_plugin).use(deflist_plugin).use(admon_plugin)
    parser.use(container_plugin, "any", validate=lambda *_: True)
    parser.use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=True)
    # Only blocks: what stands in them is read by itself, to know where it stands.
    parser.core.ruler.enableOnly(["normalize", "block"])
    if not has_indented_code:
        parser.block.ruler.disable("code")
    parser.options["maxNesting"] = _DEEPEST
    parser.block.ruler.before("table", "depth", _note_depth, {"alt": []})
    for rule in parser.inline.ruler.__rules__:
        parser.inline.ruler.at(rule.name, _telling(rule.name, rule.fn), {"alt": rule.alt})
    return parser


def _note_depth(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    """Reads nothing: notes where what follows is too deep to be read."""
    if state.level >= _DEEPEST - 2 and not silent:
        state.env.setdefault(_DEEP, []).append((first, last))
    return False


def _telling(name: str, rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """A rule that notes what it has read and is no prose."""

    def tell(state: StateInline, silent: bool) -> bool:
        start, n_delimiters = state.pos, len(state.delimiters)
        if not rule(state, silent):
            return False
        content, written = state.env.get("gru_lint", (None, None))
        # The text of an image or of a footnote is read for itself, and stands elsewhere in it.
        if silent or written is None or state.src is not content:
            return True
        if name in ("emphasis", "strikethrough"):
            # Within a word it parts nothing: her*self* is one.
            is_within_word = content[start - 1 : start].isalnum() and content[state.pos : state.pos + 1].isalnum()
            if not is_within_word and any(one.open or one.close for one in state.delimiters[n_delimiters:]):
                written.append(_Written(start, state.pos))
        elif name in ("link", "image", "footnote_inline"):
            begin = start + (1 if name == "link" else 2)
            end = state.md.helpers.parseLinkLabel(state, begin - 1, name == "link")
            written.append(_Written(start, begin))
            written.append(_Written(end if end >= 0 else begin, state.pos))
        elif name == "escape":
            written.append(_Written(start, start + 1))
        elif name in ("backticks", "autolink", "html_inline", "entity", "math_inline", "footnote_ref"):
            # Backticks that close nothing are text.
            is_text = name == "backticks" and len(set(content[start : state.pos])) == 1
            if not is_text:
                written.append(_Written(start, state.pos))
        return True

    return tell
