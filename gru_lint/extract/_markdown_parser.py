"""What markdown-it-py reads in Markdown: its blocks, and in each of them what is no prose."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

from gru_lint.extract._unread import TOO_DEEP

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

# > [!NOTE]
_ALERT = re.compile(r"\[![A-Za-z]+\][+-]?")
# ## Title {#anchor .class}
_ATTRIBUTES = re.compile(r"\{:?[ \t]*[#.:][^{}\n]*\}[ \t]*$", re.MULTILINE)
# The parser takes for ever on a block of more marks than this, which is no prose.
_MARKS = re.compile(r"[\[\]`*_<&!^~$]")
_MOST_MARKS = 20_000
# The parser skips what is nested more deeply without a word; a list in a list is two levels.
_DEEPEST = 100
DEEP = "gru_lint_deep"
# Put before a label, so that a link and a footnote of the same name are two.
_LINK, _FOOTNOTE = " ", "^"


@cache
def markdown_parser(*, has_indented_code: bool = True) -> MarkdownIt:
    """A parser whose inline rules note where they have found markup."""
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
        parser.inline.ruler.at(rule.name, _noting(rule.name, rule.fn), {"alt": rule.alt})
    return parser


def _note_depth(state: StateBlock, first: int, last: int, silent: bool) -> bool:  # noqa: FBT001 - a rule of markdown-it
    """Consumes nothing: notes where what follows is nested too deeply to be read."""
    if state.level >= _DEEPEST - 2 and not silent:
        state.env.setdefault(DEEP, []).append((first, last))
    return False


def _noting(name: str, rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """The rule, which then also notes what is no prose of all that it has read."""

    def noting(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - a rule of markdown-it
        start, n_delimiters = state.pos, len(state.delimiters)
        if not rule(state, silent):
            return False
        content, written = state.env.get("gru_lint", (None, None))
        # The parser also reads the text of an image or a footnote by itself: its offsets are others.
        if silent or written is None or state.src is not content:
            return True
        if name in ("emphasis", "strikethrough"):
            # Emphasis within a word does not split it: her*self* is one word.
            is_within_word = content[start - 1 : start].isalnum() and content[state.pos : state.pos + 1].isalnum()
            if not is_within_word and any(one.open or one.close for one in state.delimiters[n_delimiters:]):
                written.append((start, state.pos))
        elif name in ("link", "image", "footnote_inline"):
            begin = start + (1 if name == "link" else 2)
            end = state.md.helpers.parseLinkLabel(state, begin - 1, name == "link")
            written.append((start, begin))
            written.append((end if end >= 0 else begin, state.pos))
        elif name == "escape":
            written.append((start, start + 1))
        elif name in ("backticks", "autolink", "html_inline", "entity", "math_inline", "footnote_ref"):
            # Backticks that close nothing are text.
            is_text = name == "backticks" and len(set(content[start : state.pos])) == 1
            if not is_text:
                written.append((start, state.pos))
        return True

    return noting


def no_prose(content: str, environment: Any) -> tuple[list[tuple[int, int]], str | None]:
    """What is no prose in a block: marks, code, math, targets and so on; and why all of it is left out, if it is."""
    found = [match.span() for match in (_ALERT.match(content), _ATTRIBUTES.search(content)) if match]
    if not _MARKS.search(content) and "\\" not in content:
        return found, None
    if sum(1 for _ in _MARKS.finditer(content)) > _MOST_MARKS:
        return [(0, len(content))], f"a paragraph has more than {_MOST_MARKS:,} marks"
    environment["gru_lint"] = content, found
    try:
        parser = markdown_parser(has_indented_code=True)
        parser.inline.parse(content, parser, environment, [])
    except RecursionError:
        return [(0, len(content))], TOO_DEEP
    return found, None


def environment_of(defined: Iterable[str]) -> dict[str, Any]:
    """What the parser knows of labels that are defined elsewhere."""
    links = {label[1:]: {"href": "x", "title": ""} for label in defined if label[0] == _LINK}
    notes = {f":{label[1:]}": -1 for label in defined if label[0] == _FOOTNOTE}
    return ({"references": links} if links else {}) | ({"footnotes": {"refs": notes}} if notes else {})


def defines(environment: dict[str, Any]) -> frozenset[str]:
    """The labels of links and footnotes that a text has defined."""
    links = environment.get("references", {})
    notes = environment.get("footnotes", {}).get("refs", {})
    return frozenset([*(f"{_LINK}{label}" for label in links), *(f"{_FOOTNOTE}{label[1:]}" for label in notes)])
