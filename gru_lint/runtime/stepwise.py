"""Long work in pieces: a generator that yields between them, and whose value is the result."""

from __future__ import annotations

from collections.abc import Generator
from typing import TypeVar

T = TypeVar("T")
Stepwise = Generator[None, None, T]


def finished(work: Stepwise[T]) -> T:
    """The result of some work, done without a pause."""
    while True:
        try:
            next(work)
        except StopIteration as done:
            result: T = done.value
            return result
