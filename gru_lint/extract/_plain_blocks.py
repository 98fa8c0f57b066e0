"""The blocks of plain text that can be read by themselves: paragraphs, lists, and code of BBCode over blank lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from typing import Final

from gru_lint.extract._bbcode import OpenCode
from gru_lint.extract._blocks import TO_THE_END, Cut
from gru_lint.extract._people import Label, labels_of
from gru_lint.extract._turns import CONVERSATION, gather, turns_defined

# Begins what each sure label of a block defines: the first "sure 0", and so on.
_SURE: Final = "sure "
# Gathered where the sure labels of all blocks are several.
_SPEAKERS: Final = "::sure"


def find_cuts(text: str, start: int, _state: Hashable) -> list[Cut]:
    """A block ends behind a blank line, before a line that is not indented; a list goes on over one that is."""
    code = OpenCode(text)
    here, was_blank, has_words = start, False, False
    while here < len(text):
        # A line ends at a line feed alone: so the patterns of plain text have it.
        end = text.find("\n", here) + 1 or len(text)
        if not text[here:end].strip():
            was_blank = has_words
        else:
            if was_blank and text[here] not in " \t" and not code.goes_on_at(here):
                return [_cut(text, start, here, TO_THE_END if code.is_open else 1)]
            code.read(here, end)
            was_blank, has_words = False, True
        here = end
    return [_cut(text, start, len(text), 1)]


def _cut(text: str, start: int, end: int, reach: int) -> Cut:
    return Cut(end, reach, defines=labels_defined(labels_of(text[start:end])))


def labels_defined(labels: Iterable[Label]) -> frozenset[str]:
    """What a block with some labels defines."""
    found = list(labels)
    n_sure = sum(label.is_sure for label in found)
    return turns_defined(label.name for label in found) | {f"{_SURE}{number}" for number in range(n_sure)}


def gather_labels(defined: Mapping[str, int]) -> frozenset[str]:
    """What blocks depend on: whether all labels are those of a conversation, and whether several of them are sure."""
    turns = {name: n_blocks for name, n_blocks in defined.items() if not name.startswith(_SURE)}
    n_sure = sum(defined.values()) - sum(turns.values())
    return gather(turns) | ({_SPEAKERS} if n_sure > 1 else frozenset())


def speaking(labels: Iterable[Label], gathered: frozenset[str]) -> list[Label]:
    """The labels that say who speaks.

    A word that is neither in capitals nor bold counts only if labels recur, as in a conversation: elsewhere it may name
    whom the line is about.
    """
    return [label for label in labels if CONVERSATION in gathered or (_SPEAKERS in gathered and label.is_sure)]


def speaking_in_whole(text: str) -> list[Label]:
    """The labels of a whole text that say who speaks."""
    labels = list(labels_of(text))
    return speaking(labels, gather_labels(Counter(labels_defined(labels))))
