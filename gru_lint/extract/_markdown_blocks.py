"""The blocks of Markdown that can be read by themselves, so that after an edit no others need be read."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from gru_lint.extract._blocks import MOST_REACH, TO_THE_END, Cut
from gru_lint.extract._dialects import CODE_BLOCK, rewrite
from gru_lint.extract._entries import name_levels
from gru_lint.extract._markdown_parser import defines, markdown_parser
from gru_lint.extract._people import level_of_state
from gru_lint.extract._turns import turns_defined, turns_of
from gru_lint.lines import LineIndex

if TYPE_CHECKING:
    from markdown_it.token import Token

FRONT_MATTER = re.compile(
    r"\A\ufeff?(?:---[ \t]*\r?\n.*?^(?:---|\.\.\.)|\+\+\+[ \t]*\r?\n.*?^\+\+\+)[ \t]*\r?$", re.DOTALL | re.MULTILINE
)
# The length of a piece: the parser takes a hundred times as much memory.
_MOST_CHARACTERS = 200_000
# Where a text may be cut: before a heading at the margin, which is in no list, quote or other block.
_CUT = re.compile(r"\n[^\S\n]*\n(?=\#{1,6} )")
_FENCE = re.compile(r"^ {0,3}(?:`{3,}|~{3,})", re.MULTILINE)
# The state in which a text begins.
BEGIN = -1
_READ_AT_ONCE = 3_000
# How many lines behind a block decide whether it goes on.
_LINES_AHEAD = 3
_MAY_DEFINE = re.compile(r"^[ \t>*+\-\d.)]*\[[^\]\n]+\]:", re.MULTILINE)
_MATH = re.compile(r"^[ \t>*+\-\d.)]*\$\$", re.MULTILINE)
# How far behind front matter its last line is still looked at.
_LONGEST_END = 200
# The tokens of blocks in which nothing is read as Markdown.
_NO_MARKDOWN = frozenset({"math_block", "math_block_label", "fence", "code_block", "html_block"})


def find_cuts(text: str, start: int, state: Hashable) -> list[Cut]:
    """The ends of the parser's outermost blocks, but for the last that it read: more text might move these."""
    if start == 0 and (matter := FRONT_MATTER.match(text)):
        return [Cut(matter.end(), _LONGEST_END, 0)]
    n_characters = _READ_AT_ONCE
    while True:
        stop = text.find("\n", start + n_characters) + 1
        stop = stop if 0 < stop < len(text) else len(text)
        cuts = _certain_cuts(text, start, stop, max(level_of_state(state), 0))
        if cuts:
            return cuts
        n_characters *= 4


def pieces_of(text: str, start: int) -> Iterator[tuple[int, int]]:
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


def defined_between_pieces(text: str) -> Iterator[str]:
    """The labels that a text defines, where it is read in several pieces: a label of one piece holds in all."""
    if len(text) <= _MOST_CHARACTERS or not _MAY_DEFINE.search(text):
        return
    for start, end in pieces_of(text, 0):
        environment: dict[str, Any] = {}
        with suppress(RecursionError):
            markdown_parser().parse(text[start:end], environment)
        yield from defines(environment)


def _certain_cuts(text: str, start: int, stop: int, level: int) -> list[Cut]:
    """The ends of the blocks of a part of a text that end there whatever follows it."""
    is_whole = stop == len(text)
    # A line stands before it, unless it begins the text.
    n_before = 1 if start else 0
    rewritten = rewrite("\n" * n_before + text[start:stop].replace("\0", " "))
    source = rewritten.source[n_before:]
    environment: dict[str, Any] = {}
    try:
        tokens = markdown_parser().parse(source, environment)
    except RecursionError:
        return [Cut(stop, state=0)] if is_whole else []
    lines = LineIndex(source)
    firsts = sorted({token.map[0] for token in tokens if token.level == 0 and token.map and token.nesting >= 0})[1:]
    firsts = [first for first in firsts if lines.start(first + 1) + n_before in rewritten.free_lines]
    unmatched = [*_unmatched_math(source, tokens, lines), *_unmatched_dialects(text[start:stop])]
    if not is_whole:
        firsts = [first for first in firsts[:-1] if first + _LINES_AHEAD < len(lines)]
        limits = [row for row, mark in unmatched if text.find(mark, stop) >= 0]
        firsts = [first for first in firsts if not limits or first <= min(limits)]
    ends = [lines.start(first + 1) for first in firsts] + ([len(source)] if is_whole else [])
    looks_far = start == 0 and text.startswith(("---", "+++", "\ufeff"))
    levels = list(name_levels(tokens, level))
    turns = [(lines.start(token.map[0] + 1), label.name) for token, label in turns_of(tokens) if token.map]
    cuts: list[Cut] = []
    here = 0
    for end in ends:
        last = lines.location(end).row
        looks_far |= any(here <= lines.start(row + 1) < end for row, _ in unmatched)
        reach = TO_THE_END if looks_far else min(lines.start(last + _LINES_AHEAD) + 1 - end, MOST_REACH)
        while levels and lines.start(levels[0][0] + 1) < end:
            level = levels.pop(0)[1]
        defined = turns_defined(name for place, name in turns if here <= place < end)
        cuts.append(Cut(start + end, reach, level, defined | _defined_in_block(source[here:end], environment)))
        here, looks_far = end, False
    return cuts


def _unmatched_math(source: str, tokens: list[Token], lines: LineIndex) -> list[tuple[int, str]]:
    """The rows, from 0 on, of the marks that begin math if the same mark follows somewhere; each with that mark."""
    rows = [lines.location(match.end()).row - 1 for match in _MATH.finditer(source)]
    others = [token.map for token in tokens if token.type in _NO_MARKDOWN and token.map] if rows else []
    return [(row, "$$") for row in rows if not any(first <= row < last for first, last in others)]


def _unmatched_dialects(text: str) -> list[tuple[int, str]]:
    """The rows, from 0 on, of comments and code in templates that may end further on; each with what would end it."""
    found = []
    if "%%" in text or CODE_BLOCK.search(text):
        for row, (_, line) in enumerate(LineIndex(text).rows()):
            if line.count("%%") % 2:
                found.append((row, "%%"))
            found += [(row, match[1] or match[2]) for match in CODE_BLOCK.finditer(line)]
    return found


def _defined_in_block(block: str, environment: dict[str, Any]) -> frozenset[str]:
    """The labels that a block defines."""
    if not defines(environment):
        return frozenset()
    its_own: dict[str, Any] = {}
    markdown_parser().parse(block, its_own)
    return defines(its_own)
