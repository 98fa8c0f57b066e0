"""The turns of a conversation in Markdown: paragraphs that begin with a name and a colon, as other paragraphs may.

Whether they are turns is known of the whole text alone. So that an edit need not read all of it, each block defines
its turns, these are counted, and what is extracted of a block depends on what the count says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from gru_lint.extract._people import OpeningLabel, is_conversation, opening_label

if TYPE_CHECKING:
    from markdown_it.token import Token

_LISTS: Final = ("list_item_open", "list_item_close")
# Marks what is defined as a turn: no label of a link or of a footnote begins so.
_TURN: Final = ":"
# Defined by the turns of all blocks together.
CONVERSATION: Final = "::"


def turns_of(tokens: Iterable[Token]) -> Iterator[tuple[Token, OpeningLabel]]:
    """The paragraphs, by the tokens of a parser, that may be turns; an item of a list is about whom it names."""
    depth, previous = 0, ""
    for token in tokens:
        depth += (token.type == _LISTS[0]) - (token.type == _LISTS[1])
        if token.type == "inline" and previous == "paragraph_open" and not depth:
            label = opening_label(token.content)
            if label and token.map:
                yield token, label
        previous = token.type


def turns_defined(names: Iterable[str]) -> frozenset[str]:
    """What a block defines in which these speak: a set, so whoever speaks again is numbered."""
    numbers: Counter[str] = Counter()
    defined = set()
    for name in names:
        numbers[name] += 1
        defined.add(f"{_TURN}{numbers[name]} {name}")
    return frozenset(defined)


def gather(defined: Mapping[str, int]) -> frozenset[str]:
    """What others depend on of that which blocks define, each thing so often: for turns, whether they converse."""
    turns: Counter[str] = Counter()
    others = set()
    for name, n_blocks in defined.items():
        if name.startswith(_TURN):
            turns[name.partition(" ")[2]] += n_blocks
        else:
            others.add(name)
    return frozenset(others | ({CONVERSATION} if is_conversation(turns) else set()))


def heeds(defines: frozenset[str], changed: frozenset[str]) -> bool:
    """Whether a block that defines this holds other prose where so much of what all define has changed."""
    return changed != {CONVERSATION} or any(name.startswith(_TURN) for name in defines)
