"""A text as a client sends it, plain or parted into text and markup, and offsets in its units: UTF-16, in all of it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from gru_lint.records import Span

_KEYS = frozenset(["text", "markup", "interpretAs"])


class AnnotationError(Exception):
    """An annotated text that is not as the protocol has it; the message is one line."""


class Part(NamedTuple):
    """A stretch of a client's text.

    written  as the client has it
    read     what is judged in its place: the same for text; for markup what it is interpreted as, mostly nothing
    """

    written: str
    read: str
    is_markup: bool = False


class Place(NamedTuple):
    """Where something stands in a client's text, in UTF-16 units."""

    offset: int
    length: int


class Utf16:
    """A text whose offsets are wanted in UTF-16 units."""

    def __init__(self, text: str) -> None:
        # Half a surrogate pair is one unit, as it is one character here.
        self._astral = () if text.isascii() else [index for index, letter in enumerate(text) if letter > "\uffff"]

    def units(self, offset: int) -> int:
        """The units before a code point."""
        return offset + bisect_left(self._astral, offset)

    def code_points(self, units: int) -> int:
        """The code point at an offset in units; within a pair, the character that it stands for."""
        return bisect_right(range(units + 1), units, key=self.units) - 1

    def place(self, span: Span) -> Place:
        """A span in units."""
        start = self.units(span.start)
        return Place(start, self.units(span.end) - start)


@dataclass(frozen=True, slots=True)
class ClientText:
    """A text, its judged part and the way back.

    plain     what is judged
    _parts    those that hold text, in order
    _starts   of each part in `plain`, and
    _origins  in what the client has
    """

    plain: str
    _utf16: Utf16
    _parts: tuple[Part, ...]
    _starts: tuple[int, ...]
    _origins: tuple[int, ...]

    @classmethod
    def of(cls, parts: Sequence[Part]) -> ClientText:
        """The text of some parts."""
        kept: list[Part] = []
        starts: list[int] = []
        origins: list[int] = []
        start = origin = 0
        for part in parts:
            if part.read:
                kept.append(part)
                starts.append(start)
                origins.append(origin)
            start += len(part.read)
            origin += len(part.written)
        plain = "".join(part.read for part in kept)
        written = Utf16("".join(part.written for part in parts))
        return cls(plain, written, tuple(kept), tuple(starts), tuple(origins))

    @classmethod
    def plain_text(cls, text: str) -> ClientText:
        """A text without markup."""
        return cls.of((Part(text, text),))

    def place(self, span: Span) -> Place:
        """Where a span of the judged text, not an empty one, stands in the client's; markup is taken whole."""
        start = self._origin(span.start, is_end=False)
        return self._utf16.place(Span(start, max(start, self._origin(span.end - 1, is_end=True))))

    def _origin(self, offset: int, *, is_end: bool) -> int:
        """Where the character at an offset begins, or ends, in the client's text."""
        index = bisect_right(self._starts, offset) - 1
        part, origin = self._parts[index], self._origins[index]
        if part.is_markup:
            return origin + len(part.written) * is_end
        return origin + offset - self._starts[index] + is_end


def read_annotated(value: object) -> ClientText:
    """The text of the protocol's `data`, which is read from JSON. Raises `AnnotationError`.

    >>> read_annotated({"annotation": [{"markup": "<b>"}, {"text": "Anna"}]}).place(Span(0, 4))
    Place(offset=3, length=4)
    """
    if not isinstance(value, dict) or ("annotation" in value) == ("text" in value):
        raise AnnotationError('"data" is an object with either "text" or "annotation"')
    if "text" in value:
        text = value["text"]
        if not isinstance(text, str):
            raise AnnotationError('"text" of "data" is not a string')
        return ClientText.plain_text(text)
    annotation = value["annotation"]
    if not isinstance(annotation, list):
        raise AnnotationError('"annotation" is not a list')
    return ClientText.of([_part(number, entry) for number, entry in enumerate(annotation, 1)])


def _part(number: int, entry: Any) -> Part:
    if not isinstance(entry, dict) or not entry.keys() <= _KEYS or ("text" in entry) == ("markup" in entry):
        raise AnnotationError(
            f'entry {number} of "annotation" has not either "text", or "markup" with or without "interpretAs"'
        )
    if not all(isinstance(value, str) for value in entry.values()):
        raise AnnotationError(f'entry {number} of "annotation" holds something that is not a string')
    if "text" in entry:
        if "interpretAs" in entry:
            raise AnnotationError(f'entry {number} of "annotation": "interpretAs" goes with "markup"')
        return Part(entry["text"], entry["text"])
    return Part(entry["markup"], entry.get("interpretAs", ""), is_markup=True)
