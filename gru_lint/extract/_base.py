"""The form of an input format, and the mask by which extractors keep prose at its offsets."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from time import thread_time
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from gru_lint.extract._blocks import BlockReader

# Unicode's paragraph separator: stands where a block of the format ends without a blank line.
PARAGRAPH_END: Final = "\u2029"
# Where a text of its own begins, such as a record of a file: it is read without anything before it.
TEXT_END: Final = "\x1c"
# Where an entry begins, such as a row of a table; where another part of it begins, such as a cell, which is read with
# the first part alone; and where the entries end and the text goes on as before them.
ENTRY: Final = "\x1e"
PART: Final = "\x1f"
ENTRIES_END: Final = "\x1d"
# Before a paragraph that is read and not judged, such as what a letter quotes.
QUOTED: Final = "\ufdd0"
# The marks that may replace a blank or a line end in the prose; where several meet, the last of these wins.
MARKS: Final = (PARAGRAPH_END, QUOTED, PART, ENTRIES_END, ENTRY, TEXT_END)
_SHOWN: Final = ("text", "label")
_WITHIN_LINE = re.compile(r"[^\r\n]+")
# Processor seconds after which a parser is stopped, and how many more it gets for a million characters. Ordinary texts
# need a tenth of them; a crafted one can make a parser read the same characters again and again.
_BUDGET: Final = 2.0
_BUDGET_PER_MILLION: Final = 20.0

# The keys and the places in lists under which a value stands.
ValuePath = tuple[str | int, ...]


class CommentSyntax(NamedTuple):
    """How a format writes a comment.

    own_line      whether a comment needs a line of its own, with a blank line between it and a paragraph
    can_be_added  whether a line of the file may get a comment at its end, or one before it
    """

    start: str
    end: str = ""
    own_line: bool = False
    can_be_added: bool = True


class Description(NamedTuple):
    """What docs/formats.md says of a format, in Markdown: its name for people, what is prose in it and what is not."""

    title: str
    read: str
    not_read: str = ""


@dataclass(frozen=True, slots=True)
class InputFormat:
    """A format that is read.

    language        the name that editors have for it
    extensions      in lower case with their dot; the first stands for all
    extract_prose   the prose of a text, at the same length
    names           names of files that are of this format whatever their extension
    comments        how it writes comments; None where it has none
    is_document     whether files of it are looked for in folders by default
    description     what docs/formats.md says of it; None for a program, of which the page says one thing for all
    in_editors      whether an editor checks it unless the user says otherwise
    holds_data      whether a file of it often holds no prose at all, which is reported where a user names such a file
    may_be_encoded  whether words may be encoded in it, as in Base64: then it is extracted even where no word that can
                    be judged stands in the file
    blocks          how it is read block by block while it is edited; None where it is extracted whole
    unpack          the text of a file's bytes, where these are no text themselves; raises `DocumentError`
    extract_values  the prose of a text in which a value is prose if the function that is given says so of its path
    """

    language: str
    extensions: tuple[str, ...]
    extract_prose: Callable[[str], str]
    names: tuple[str, ...] = ()
    comments: CommentSyntax | None = None
    is_document: bool = True
    description: Description | None = None
    in_editors: bool = False
    holds_data: bool = False
    may_be_encoded: bool = False
    blocks: BlockReader | None = None
    unpack: Callable[[bytes], str] | None = None
    extract_values: Callable[[str, Callable[[ValuePath], bool]], str] | None = None


class PlacedLine(NamedTuple):
    """A line of a block that a parser has put together, and where it stands in the text.

    offset  in the block
    start   in the text
    """

    offset: int
    start: int
    length: int


class ProseMask:
    """Collects what of a text is prose: what is kept and not blanked."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._kept: list[tuple[int, int]] = []
        self._blank: list[tuple[int, int]] = []
        self._marks: dict[int, str] = {}
        self._run_on: list[tuple[int, int]] = []

    def keep(self, start: int, end: int) -> None:
        """What stands here is prose."""
        if start < end:
            self._kept.append((start, end))

    def blank(self, start: int, end: int) -> None:
        """What stands here is no prose."""
        if start < end:
            self._blank.append((start, end))

    def blank_matches(self, matches: Iterable[re.Match[str]], origin: int = 0) -> None:
        """What matched is no prose, but for the words that it shows: its last group, where that is "text" or "label".

        origin  where the text that was searched begins
        """
        for match in matches:
            group = match.lastgroup
            if group in _SHOWN and match[group]:
                self.blank(origin + match.start(), origin + match.start(group))
                self.blank(origin + match.end(group), origin + match.end())
            else:
                self.blank(origin + match.start(), origin + match.end())

    def end_paragraph(self, offset: int) -> None:
        """A block ends at an offset, where a line end or no prose stands."""
        self.mark(offset, PARAGRAPH_END)

    def mark(self, offset: int, mark: str) -> None:
        """One of `MARKS` stands at an offset, where a line end or no prose stands."""
        if 0 <= offset < len(self._text) and MARKS.index(mark) >= MARKS.index(self._marks.get(offset, PARAGRAPH_END)):
            self._marks[offset] = mark

    def run_on(self, start: int, end: int) -> None:
        """What stands here is no prose, and the text goes on over its line ends."""
        if start < end:
            self._run_on.append((start, end))

    def prose(self) -> str:
        """The text with blanks for what is no prose."""
        pieces, here = [], 0
        for start, end in _without(_merged(self._kept), _merged([*self._blank, *self._run_on])):
            pieces += [blanks(self._text[here:start]), self._text[start:end]]
            here = end
        pieces.append(blanks(self._text[here:]))
        prose = "".join(pieces)
        if self._run_on:
            pieces, here = [], 0
            for start, end in _merged(self._run_on):
                pieces += [prose[here:start], " " * (end - start)]
                here = end
            prose = "".join([*pieces, prose[here:]])
        return _with_marks(prose, self._marks)


def _with_marks(prose: str, marks: dict[int, str]) -> str:
    pieces, here = [], 0
    for end in sorted(marks):
        if prose[end] in "\n ":
            pieces += [prose[here:end], marks[end]]
            here = end + 1
    return "".join([*pieces, prose[here:]])


def _merged(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The same stretches in order, those that touch as one."""
    first, last = -1, -1
    for start, end in sorted(spans):
        if start > last:
            if first >= 0:
                yield first, last
            first, last = start, end
        else:
            last = max(last, end)
    if first >= 0:
        yield first, last


def _without(spans: Iterable[tuple[int, int]], others: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """What is in some stretches and in no other; each of the two in order and apart."""
    other = next(others, None)
    for start, end in spans:
        while other and other[1] <= start:
            other = next(others, None)
        while other and other[0] < end:
            if start < other[0]:
                yield start, other[0]
            start = max(start, other[1])
            if other[1] > end:
                break
            other = next(others, None)
        if start < end:
            yield start, end


def blanks(text: str) -> str:
    """A blank for each character but the line ends."""
    return _WITHIN_LINE.sub(lambda run: " " * len(run[0]), text)


def without_unended(text: str, opening: re.Pattern[str], closing: str) -> str:
    """The text with blanks for each opening mark without a closing one; a parser would search all the rest for that."""
    last = text.rfind(closing)
    last = last + len(closing) if last >= 0 else 0
    return text[:last] + opening.sub(lambda match: " " * len(match[0]), text[last:])


class TimeBudget:
    """How long a parser may take for a text; see `_BUDGET`."""

    def __init__(self, n_characters: int) -> None:
        self._until = thread_time() + _BUDGET + _BUDGET_PER_MILLION * n_characters / 1_000_000

    def is_over(self) -> bool:
        """Whether it has taken longer."""
        return thread_time() > self._until


def blank_in_lines(
    mask: ProseMask, spans: Iterable[tuple[int, int]], places: Sequence[PlacedLine], origin: int
) -> None:
    """Blanks in a mask what stands at some spans of a block.

    places  where the lines of the block stand, in its order
    origin  where the text in which they stand begins
    """
    index = 0
    for start, end in _merged(spans):
        while index < len(places) and places[index].offset < end:
            offset, begin, length = places[index]
            mask.blank(origin + begin + max(start - offset, 0), origin + begin + min(end - offset, length))
            if offset + length > end:
                # The next span may be in this line, too.
                break
            index += 1
