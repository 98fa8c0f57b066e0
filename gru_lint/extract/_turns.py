"""The turns of a conversation in Markdown: paragraphs that begin with a name and a colon, as other paragraphs may.

Whether they are turns shows in the whole text alone. So that an edit need not read all of it, each block defines its
labels, these are counted, and what is extracted of a block depends on the counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from gru_lint.extract._people import Label, is_conversation, opening_label

if TYPE_CHECKING:
    from markdown_it.token import Token

_LISTS: Final = ("list_item_open", "list_item_close")
# Begins what a label of a speaker defines; labels of links and footnotes begin otherwise.
_TURN: Final = ":"
# Gathered where the labels of all blocks are those of a conversation.
CONVERSATION: Final = "::"


def turns_of(tokens: Iterable[Token]) -> Iterator[tuple[Token, Label]]:
    """The paragraphs that may be turns, with their labels; in an item of a list, a label says whom it is about."""
    depth, previous = 0, ""
    for token in tokens:
        depth += (token.type == _LISTS[0]) - (token.type == _LISTS[1])
        if token.type == "inline" and previous == "paragraph_open" and not depth:
            label = opening_label(token.content)
            if label and token.map:
                yield token, label
        previous = token.type


def turns_defined(names: Iterable[str]) -> frozenset[str]:
    """What a block with labels of these names defines; names that recur are numbered, since it is a set."""
    numbers: Counter[str] = Counter()
    defined = set()
    for name in names:
        numbers[name] += 1
        defined.add(f"{_TURN}{numbers[name]} {name}")
    return frozenset(defined)


def gather(defined: Mapping[str, int]) -> frozenset[str]:
    """What blocks depend on, from how many blocks define each thing: of turns, whether they are a conversation."""
    turns: Counter[str] = Counter()
    others = set()
    for name, n_blocks in defined.items():
        if name.startswith(_TURN):
            turns[name.partition(" ")[2]] += n_blocks
        else:
            others.add(name)
    return frozenset(others | ({CONVERSATION} if is_conversation(turns) else set()))


def is_affected(defines: frozenset[str], changed: frozenset[str]) -> bool:
    """Whether the prose of a block with these definitions may be another after such a change: see `BlockReader`."""
    return changed != {CONVERSATION} or any(name.startswith(_TURN) for name in defines)
