"""Markdown: paragraphs, headings, lists, quotes, tables, footnotes and admonitions are prose; code and math are not.

markdown-it-py, which comes with rich, finds the blocks and what stands in them; mdit-py-plugins adds what GitHub,
MkDocs, MyST and Pandoc add to CommonMark. A link's text is prose and its target is not; of HTML, the text is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import suppress
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
from gru_lint.extract._blocks import MOST_REACH, TO_THE_END, BlockReader, Cut
from gru_lint.extract._dialects import CODE_BLOCK, rewrite
from gru_lint.extract._entries import entry_marks, name_levels
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


# The state in which a text begins.
_BEGIN = -1


class _Written(NamedTuple):
    """What one rule of the parser has read in a block: what of it is no prose."""

    start: int
    end: int


def extract_prose(text: str) -> str:
    """The prose of a Markdown text; see `gru_lint.extract`."""
    return extract_from(text)


def extract_from(
    text: str,
    rewrite_first: Callable[[str, int, ProseMask], str] | None = None,
    *,
    has_indented_code: bool = True,
    state: int = _BEGIN,
    defined: Iterable[str] = (),
) -> str:
    """The prose of a text in Markdown, or in what is made of it.

    rewrite_first      gives the text without what is no Markdown, from an offset on, and blanks that in the mask
    has_indented_code  whether a block that is indented by four blanks is code
    state              the level of a heading before it that is a name, 0 for none; _BEGIN where front matter may stand
    defined            labels of links and footnotes that are defined elsewhere
    """
    mask = ProseMask(text)
    matter = _FRONT_MATTER.match(text) if state == _BEGIN else None
    begin = matter.end() if matter else 0
    if matter:
        keep_front_matter(text, begin, mask)
    # The parser has another character for NUL, and a lone one is no prose anyway.
    source = text.replace("\0", " ")
    if rewrite_first:
        source = rewrite_first(source, begin, mask)
    source = _without_dialects(source, begin, mask)
    if len(source) > _MOST_CHARACTERS and _MAY_DEFINE.search(source):
        defined = frozenset([*defined, *_defined_in(source)])
    budget = TimeBudget(len(text))
    for start, end in _pieces(source, begin):
        if budget.is_over():
            give_up(start, len(text), TOO_SLOW)
            break
        level = max(state, 0) if start == begin else 0
        _read(source[start:end], start, mask, defined, level, has_indented_code=has_indented_code)
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
    """Parts of a long text that can be read by themselves."""
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


def _read(
    text: str, origin: int, mask: ProseMask, defined: Iterable[str], level_of_name: int = 0, *, has_indented_code: bool
) -> None:
    lines = LineIndex(text)
    environment = _environment(defined)
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
    for row, mark in entry_marks(tokens, level_of_name):
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


def _note_depth(state: StateBlock, first: int, last: int, silent: bool) -> bool:  # noqa: FBT001 - a rule of markdown-it
    """Reads nothing: notes where what follows is too deep to be read."""
    if state.level >= _DEEPEST - 2 and not silent:
        state.env.setdefault(_DEEP, []).append((first, last))
    return False


def _telling(name: str, rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """A rule that notes what it has read and is no prose."""

    def tell(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - a rule of markdown-it
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


# A block is marked by its kind: a label of a footnote is another one than that of a link.
_LINK, _FOOTNOTE = " ", "^"
_READ_AT_ONCE = 3_000
# Behind a block so many lines may say that it goes on.
_LINES_AHEAD = 3
_MAY_DEFINE = re.compile(r"^[ \t>*+\-\d.)]*\[[^\]\n]+\]:", re.MULTILINE)
_MATH = re.compile(r"^[ \t>*+\-\d.)]*\$\$", re.MULTILINE)


def _environment(defined: Iterable[str]) -> dict[str, Any]:
    """What the parser knows of labels that are defined elsewhere."""
    links = {label[1:]: {"href": "x", "title": ""} for label in defined if label[0] == _LINK}
    notes = {f":{label[1:]}": -1 for label in defined if label[0] == _FOOTNOTE}
    return ({"references": links} if links else {}) | ({"footnotes": {"refs": notes}} if notes else {})


def _defines(environment: dict[str, Any]) -> frozenset[str]:
    links = environment.get("references", {})
    notes = environment.get("footnotes", {}).get("refs", {})
    return frozenset([*(f"{_LINK}{label}" for label in links), *(f"{_FOOTNOTE}{label[1:]}" for label in notes)])


def _level(state: Hashable) -> int:
    return state if isinstance(state, int) else 0


def _cuts(text: str, start: int, state: Hashable) -> list[Cut]:
    """A block is one of the outermost blocks of the parser; all that it has read but the last are certain."""
    if start == 0 and (matter := _FRONT_MATTER.match(text)):
        return [Cut(matter.end(), _LONGEST_END, 0)]
    n_characters = _READ_AT_ONCE
    while True:
        stop = text.find("\n", start + n_characters) + 1
        stop = stop if 0 < stop < len(text) else len(text)
        cuts = _certain_cuts(text, start, stop, max(_level(state), 0))
        if cuts:
            return cuts
        n_characters *= 4


# A line that ends front matter is no longer.
_LONGEST_END = 200
# Of what stands in these nothing is read as Markdown.
_OTHERS = frozenset({"math_block", "math_block_label", "fence", "code_block", "html_block"})


def _defined_in(text: str) -> Iterator[str]:
    """What is defined anywhere in a long text."""
    for start, end in _pieces(text, 0):
        environment: dict[str, Any] = {}
        with suppress(RecursionError):
            _parser().parse(text[start:end], environment)
        yield from _defines(environment)


def _certain_cuts(text: str, start: int, stop: int, level: int) -> list[Cut]:
    """The ends of the blocks of a part of a text that end there whatever follows it."""
    is_whole = stop == len(text)
    # A line stands before it, unless it begins the text.
    n_before = 1 if start else 0
    rewritten = rewrite("\n" * n_before + text[start:stop].replace("\0", " "))
    source = rewritten.source[n_before:]
    environment: dict[str, Any] = {}
    try:
        tokens = _parser().parse(source, environment)
    except RecursionError:
        return [Cut(stop, state=0)] if is_whole else []
    lines = LineIndex(source)
    firsts = sorted({token.map[0] for token in tokens if token.level == 0 and token.map and token.nesting >= 0})[1:]
    firsts = [first for first in firsts if lines.start(first + 1) + n_before in rewritten.free]
    unmatched = [*_unmatched_math(source, tokens, lines), *_unmatched_dialects(text[start:stop])]
    if not is_whole:
        firsts = [first for first in firsts[:-1] if first + _LINES_AHEAD < len(lines)]
        limits = [row for row, mark in unmatched if text.find(mark, stop) >= 0]
        firsts = [first for first in firsts if not limits or first <= min(limits)]
    ends = [lines.start(first + 1) for first in firsts] + ([len(source)] if is_whole else [])
    looks_far = start == 0 and text.startswith(("---", "+++", "\ufeff"))
    levels = list(name_levels(tokens, level))
    cuts: list[Cut] = []
    here = 0
    for end in ends:
        last = lines.location(end).row
        looks_far |= any(here <= lines.start(row + 1) < end for row, _ in unmatched)
        reach = TO_THE_END if looks_far else min(lines.start(last + _LINES_AHEAD) + 1 - end, MOST_REACH)
        while levels and lines.start(levels[0][0] + 1) < end:
            level = levels.pop(0)[1]
        cuts.append(Cut(start + end, reach, level, _defined_in_block(source[here:end], environment)))
        here, looks_far = end, False
    return cuts


def _unmatched_math(source: str, tokens: list[Token], lines: LineIndex) -> list[tuple[int, str]]:
    """The rows, from 0 on, of marks that would begin math if one further on ended it, and that mark."""
    rows = [lines.location(match.end()).row - 1 for match in _MATH.finditer(source)]
    others = [token.map for token in tokens if token.type in _OTHERS and token.map] if rows else []
    return [(row, "$$") for row in rows if not any(first <= row < last for first, last in others)]


def _unmatched_dialects(text: str) -> list[tuple[int, str]]:
    """The rows, from 0 on, of remarks and of code in templates that may end further on, and what would end them."""
    found = []
    if "%%" in text or CODE_BLOCK.search(text):
        for row, (_, line) in enumerate(LineIndex(text).rows()):
            if line.count("%%") % 2:
                found.append((row, "%%"))
            found += [(row, match[1] or match[2]) for match in CODE_BLOCK.finditer(line)]
    return found


def _defined_in_block(block: str, environment: dict[str, Any]) -> frozenset[str]:
    """What of that which is defined nearby this block defines."""
    if not _defines(environment):
        return frozenset()
    its_own: dict[str, Any] = {}
    _parser().parse(block, its_own)
    return _defines(its_own)


BLOCKS = BlockReader(
    _cuts,
    lambda block, state, defined: extract_from(block, state=_level(state), defined=defined),
    context=lambda _: _BEGIN,
)
