"""What a format could not read of a text: noted in a context variable, for callers that want to know."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from gru_lint.lines import LineIndex
from gru_lint.records import Span, Unread

TOO_DEEP: Final = "it is nested too deeply"
TOO_SLOW: Final = "it takes too long to read"

_noted: ContextVar[list[Unread] | None] = ContextVar("noted", default=None)


@contextmanager
def noting_unread() -> Iterator[list[Unread]]:
    """The list to which all is added that is not read within this context."""
    found: list[Unread] = []
    token = _noted.set(found)
    try:
        yield found
    finally:
        _noted.reset(token)


def give_up(start: int, end: int, reason: str, *, encodes: str = "") -> None:
    """Notes that a stretch of the text is not read; see `Unread`."""
    noted = _noted.get()
    if noted is not None and start < end:
        noted.append(Unread(Span(start, end), reason, encodes))


def worth_reporting(noted: Iterable[Unread], text: str, holds_judged: Callable[[str], bool]) -> tuple[Unread, ...]:
    """The stretches, each once, that hold a word to judge: in the others nothing could have been found."""
    return tuple(one for one in dict.fromkeys(noted) if holds_judged(one.encodes or one.span.of(text)))


def describe_unread(unread: Unread, lines: LineIndex) -> str:
    """What a message says of a stretch that was not read, after the place where it begins."""
    span = unread.span
    last = lines.location(span.end - 1).row
    stretch = "the end" if span.end >= len(lines.text.rstrip()) else f"the end of line {last}"
    return f"not read from here to {stretch}: {unread.reason}"
