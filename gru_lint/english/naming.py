"""Where a text names somebody."""

from __future__ import annotations

from collections.abc import Sequence


def last_named_before(words: Sequence[str], index: int, name: str) -> tuple[int, int] | None:
    """First and end word, the end excluded, of the last place before an index where a name stands; None for none.

    words  of a window, which begin with a mark
    """
    named = name.split()
    for end in range(index, len(named), -1) if named else ():
        if list(words[end - len(named) : end]) == named:
            return end - len(named), end
    return None
