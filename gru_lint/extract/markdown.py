"""Markdown: paragraphs, headings, lists, quotes, tables, footnotes and admonitions are prose; code and math are not.

markdown-it-py, which comes with rich, finds the blocks and what stands in them; mdit-py-plugins adds what GitHub,
MkDocs, MyST and Pandoc add to CommonMark. A link's text is prose and its target is not; of HTML, the text is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from gru_lint.extract import html
from gru_lint.extract._base import (
    PARAGRAPH_END,
    PART,
    CommentSyntax,
    Description,
    PlacedLine,
    ProseMask,
    TimeBudget,
    blank_in_lines,
)
from gru_lint.extract._blocks import BlockReader
from gru_lint.extract._dialects import rewrite
from gru_lint.extract._entries import entry_marks
from gru_lint.extract._markdown_blocks import (
    BEGIN,
    FRONT_MATTER,
    defined_between_pieces,
    find_cuts,
    pieces_of,
)
from gru_lint.extract._markdown_parser import DEEP, environment_of, markdown_parser, no_prose
from gru_lint.extract._matter import keep_front_matter
from gru_lint.extract._people import is_conversation, level_of_state, speaker_label
from gru_lint.extract._turns import CONVERSATION, gather, is_affected, turns_of
from gru_lint.extract._unread import TOO_DEEP, TOO_SLOW, give_up
from gru_lint.lines import LineIndex

if TYPE_CHECKING:
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
        "shortcodes and templates (`{{ }}`, `{% %}`), tags of BBCode; labels of who speaks"
    ),
)

_CELLS = frozenset({"th_open", "td_open"})


class _Turn(NamedTuple):
    """A paragraph that begins with a label, and the span of that in the text, which is empty where it is not known."""

    name: str
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
    state: int = BEGIN,
    defined: Iterable[str] = (),
    in_conversation: bool | None = None,
) -> str:
    """The prose of a text in Markdown, or in a format that extends it.

    rewrite_first      gives the text without what is no Markdown, from an offset on, and blanks that in the mask
    has_indented_code  whether a block that is indented by four blanks is code
    state              the level of a heading before it that is a name, 0 for none; BEGIN where front matter may stand
    defined            labels of links and footnotes that are defined elsewhere
    in_conversation    whether paragraphs that begin with a name and a colon are turns of a conversation; None where the
                       text itself tells
    """
    mask = ProseMask(text)
    matter = FRONT_MATTER.match(text) if state == BEGIN else None
    begin = matter.end() if matter else 0
    if matter:
        keep_front_matter(text, begin, mask)
    # The parser would put another character in the place of NUL.
    source = text.replace("\0", " ")
    if rewrite_first:
        source = rewrite_first(source, begin, mask)
    source = _without_dialects(source, begin, mask)
    defined = frozenset([*defined, *defined_between_pieces(source)])
    budget = TimeBudget(len(text))
    turns: list[_Turn] = []
    for start, end in pieces_of(source, begin):
        if budget.is_over():
            give_up(start, len(text), TOO_SLOW)
            break
        level = max(state, 0) if start == begin else 0
        turns += _read(source[start:end], start, mask, defined, level, has_indented_code=has_indented_code)
    if in_conversation is None:
        in_conversation = is_conversation(Counter(turn.name for turn in turns))
    if in_conversation:
        for turn in turns:
            mask.blank(turn.start, turn.end)
    return mask.prose()


def _without_dialects(source: str, begin: int, mask: ProseMask) -> str:
    """A text without the marks of dialects; what is prose and no Markdown is kept."""
    rewritten = rewrite(source, begin)
    for start, end in rewritten.fillers:
        mask.blank(start, end)
    for start, end in rewritten.captions:
        mask.end_paragraph(start - 1)
        mask.keep(start, end)
    return rewritten.source


def _read(
    text: str, origin: int, mask: ProseMask, defined: Iterable[str], level_of_name: int = 0, *, has_indented_code: bool
) -> list[_Turn]:
    """Keeps the prose of a piece of the text; returns the paragraphs that are turns if the text is a conversation."""
    lines = LineIndex(text)
    environment = environment_of(defined)
    try:
        tokens = markdown_parser(has_indented_code=has_indented_code).parse(text, environment)
    except RecursionError:
        give_up(origin, origin + len(text), TOO_DEEP)
        return []
    end = 0
    for first, last in sorted(environment.get(DEEP, ()), key=lambda rows: (rows[0], -rows[1])):
        # The outermost of nested stretches stands for those within.
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
    return list(_turns(tokens, lines, origin))


def _turns(tokens: Sequence[Token], lines: LineIndex, origin: int) -> Iterator[_Turn]:
    for token, label in turns_of(tokens):
        first = next(_places(token, lines, None), None)
        if first and first.offset == 0 and label.end <= first.length:
            yield _Turn(label.name, origin + first.start, origin + first.start + label.end)
        else:
            yield _Turn(label.name, 0, 0)


def _places(token: Token, lines: LineIndex, cursor: dict[int, int] | None) -> Iterator[PlacedLine]:
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
            # The parser drops the backslash of "\|", which ends no cell.
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
            yield PlacedLine(here, start + found, len(written))
        here += len(content) + 1


def _keep(content: str, places: list[PlacedLine], origin: int, mask: ProseMask, environment: Any) -> None:
    for placed in places:
        mask.keep(origin + placed.start, origin + placed.start + placed.length)
    blanks, reason = no_prose(content, environment)
    blank_in_lines(mask, blanks, places, origin)
    if reason:
        give_up(origin + places[0].start, origin + places[-1].start + places[-1].length, reason)


BLOCKS = BlockReader(
    find_cuts,
    lambda block, state, defined: extract_from(
        block, state=level_of_state(state), defined=defined - {CONVERSATION}, in_conversation=CONVERSATION in defined
    ),
    context=lambda _: BEGIN,
    gather=gather,
    is_affected=is_affected,
)
