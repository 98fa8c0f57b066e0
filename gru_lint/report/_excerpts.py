"""The passages in which a pronoun and its antecedent stand, cut out of the text and marked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

from gru_lint.lines import BLANK_LINE
from gru_lint.records import Finding, Span
from gru_lint.report._base import CheckedFile

Role = Literal["text", "antecedent", "pronoun"]

_LINE_END = re.compile(r"\r\n?")
_BLANK_LINES = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
# A paragraph may be one long line: at most this many characters of it are shown on each side of a word.
_N_AROUND = 320
# Two passages with at most this many characters between them are shown as one.
_N_BETWEEN = 240


@dataclass(frozen=True, slots=True)
class Excerpt:
    r"""A passage in pieces; put together they are the text, with "\n" for a line end and "\n\n" between paragraphs.

    first_row, last_row            from 1
    is_cut_before, is_cut_after    whether its first or last paragraph goes on
    """

    pieces: tuple[tuple[Role, str], ...]
    first_row: int
    last_row: int
    is_cut_before: bool
    is_cut_after: bool


class _Edge(NamedTuple):
    """Where a passage begins or ends, and whether that is within a paragraph."""

    offset: int
    is_cut: bool


def excerpts(file: CheckedFile, finding: Finding) -> list[Excerpt]:
    """The passage of a finding; two in the order of the text where the antecedent stands far away."""
    marks: list[tuple[Span, Role]] = [(finding.span, "pronoun")]
    antecedent, span = finding.antecedent, finding.span
    if antecedent is not None and not antecedent.span.overlaps(span):
        marks.append((antecedent.span, "antecedent"))
    marks.sort()
    passages = [(_beginning(file.text, span.start), _end(file.text, span.end)) for span, _ in marks]
    if len(passages) == 2 and passages[1][0].offset - passages[0][1].offset <= _N_BETWEEN:
        (beginning, end), (_, other_end) = passages
        passages = [(beginning, max(end, other_end))]
    return [_excerpt(file, beginning, end, marks) for beginning, end in passages]


def _beginning(text: str, offset: int) -> _Edge:
    """Where the paragraph begins; in a long one, a word near to the offset."""
    first = max(0, offset - _N_AROUND)
    breaks = [match.end() for match in BLANK_LINE.finditer(text, first, offset)]
    if breaks:
        return _Edge(breaks[-1], is_cut=False)
    if first == 0:
        return _Edge(1 if offset and text.startswith("\ufeff") else 0, is_cut=False)
    return _Edge(next((i for i in range(first, offset) if text[i - 1].isspace()), first), is_cut=True)


def _end(text: str, offset: int) -> _Edge:
    """Where the paragraph ends; in a long one, a word near to the offset."""
    last = min(len(text), offset + _N_AROUND)
    blank_line = BLANK_LINE.search(text, offset, last)
    if blank_line:
        return _Edge(blank_line.start(), is_cut=False)
    if last == len(text):
        return _Edge(last, is_cut=False)
    return _Edge(next((i for i in range(last, offset, -1) if text[i].isspace()), last), is_cut=True)


def _excerpt(file: CheckedFile, beginning: _Edge, end: _Edge, marks: list[tuple[Span, Role]]) -> Excerpt:
    pieces: list[tuple[Role, str]] = []
    at = beginning.offset
    for span, role in marks:
        if beginning.offset <= span.start and span.end <= end.offset:
            pieces += [("text", file.text[at : span.start]), (role, span.of(file.text))]
            at = span.end
    pieces.append(("text", file.text[at : end.offset]))
    return Excerpt(
        pieces=tuple((role, _BLANK_LINES.sub("\n\n", _LINE_END.sub("\n", text))) for role, text in pieces),
        first_row=file.lines.location(beginning.offset).row,
        last_row=file.lines.location(end.offset).row,
        is_cut_before=beginning.is_cut,
        is_cut_after=end.is_cut,
    )
