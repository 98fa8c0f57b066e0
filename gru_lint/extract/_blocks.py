"""How a format is read block by block, so that an edit extracts again only the blocks that it touches.

Such a format has `BLOCKS`. Where a block ends, what of it is prose and the state after it may depend on four things
alone: the block, the state before it, `reach` characters behind it, and what is gathered of the definitions of all
blocks. Then the prose of the blocks is that of the whole text (`_incremental`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import Final, NamedTuple, Protocol

# The reach of a block that depends on all that follows it; any other reach is at most `MOST_REACH`.
TO_THE_END: Final = 1 << 40
MOST_REACH: Final = 4_000


class Cut(NamedTuple):
    """The end of a block.

    reach    how many characters behind it matter to it: an edit further on changes neither its end nor its prose
    state    in which the next block is read
    defines  what other blocks may depend on, such as labels of links
    """

    end: int
    reach: int = 1
    state: Hashable = None
    defines: frozenset[str] = frozenset()


class BlockReader(NamedTuple):
    """How a format is read block by block.

    cuts         the ends of one or more blocks from an offset on, of which the first is read in the given state
    extract      the prose of a block, at the same length, in its state and with what is gathered of all blocks
    before       is put before each block but the first while it is extracted, so that it does not look like the
                 beginning of a text
    context      the state in which the first block is read, from a quick look at the whole text; where it changes, all
                 is extracted again
    gather       what blocks depend on, from how many blocks define each thing: by default, all that is defined
    is_affected  whether a block with these definitions is extracted again when those things have changed
    """

    cuts: Callable[[str, int, Hashable], Iterable[Cut]]
    extract: Callable[[str, Hashable, frozenset[str]], str]
    before: str = "\n"
    context: Callable[[str], Hashable] = lambda _: None
    gather: Callable[[Mapping[str, int]], frozenset[str]] = frozenset
    is_affected: Callable[[frozenset[str], frozenset[str]], bool] = lambda _defines, _changed: True


_LINE: Final = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")


def lines_from(text: str, start: int, stop: int | None = None) -> Iterator[tuple[int, int, str]]:
    """Start, end and text of each line from an offset on; the end is behind the line end.

    stop  where the first line begins that is left out
    """
    while start < (len(text) if stop is None else stop):
        line = _LINE.match(text, start)
        assert line is not None
        yield start, line.end(), line[1]
        start = line.end()


class LineScanner(Protocol):
    """Follows a format that is read line by line.

    reach  see `Cut`
    """

    reach: int

    def is_open_after(self, line: str, start: int) -> bool:
        """Takes the next line, which starts at an offset; whether a block then goes on over blank lines."""
        ...

    def state_after(self, state: Hashable) -> Hashable:
        """The state after the lines so far, of which the first was read in the given one."""
        ...


def cuts_at_blank_lines(new_scanner: Callable[[str], LineScanner]) -> Callable[[str, int, Hashable], list[Cut]]:
    """The cuts of a format whose blocks end at blank lines, unless something is open there."""

    def cuts(text: str, start: int, state: Hashable) -> list[Cut]:
        scanner = new_scanner(text)
        has_words = False
        for here, end, line in lines_from(text, start):
            is_open = scanner.is_open_after(line, here)
            if line.strip():
                has_words = True
            elif has_words and not is_open and text[end - 1] == "\n":
                return [Cut(end, scanner.reach, scanner.state_after(state))]
        return [Cut(len(text), scanner.reach, scanner.state_after(state))]

    return cuts
