"""The context of sentences: those before them that are read with them.

A format may hold texts of their own, such as the rows of a table: no context crosses their boundaries. It may also hold
entries, such as the rows of a table in a page: each part of an entry has the first part alone as its context, and the
text after the entries has the text before them. `Context` walks forward over the sentences of a text; `context_before`
finds the same for any of them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from gru_lint.extract import ENTRIES_END, ENTRY, PART, TEXT_END
from gru_lint.records import Sentence


class Context:
    """The sentences before the one that comes next.

    length  of a window in words: older sentences than fit are dropped
    """

    def __init__(self, length: int) -> None:
        self._length = length
        self._text: deque[Sentence] = deque()
        self._n_text = 0
        self._entry: list[Sentence] | None = None
        # The first part of the entry, once it has ended.
        self._subject: list[Sentence] | None = None

    @property
    def sentences(self) -> Sequence[Sentence]:
        """The context of the next sentence: all of it, or more than a window holds."""
        return self._text if self._entry is None else self._entry

    @property
    def begins_text(self) -> bool:
        """Whether the context, if it is not cut, begins where the text does; never in an entry."""
        return self._entry is None

    def enter(self, boundary: str) -> None:
        """Passes the boundary before a sentence; see `Sentence.boundary`."""
        if boundary == TEXT_END:
            self._text.clear()
            self._n_text, self._entry, self._subject = 0, None, None
        elif boundary.startswith(ENTRY):
            self._entry, self._subject = [], [] if boundary.endswith(PART) else None
        elif boundary == ENTRIES_END:
            self._entry, self._subject = None, None
        elif boundary == PART and self._entry is not None:
            if self._subject is None:
                self._subject = self._entry
            self._entry = list(self._subject)

    def take(self, sentences: Sequence[Sentence]) -> None:
        """Adds sentences, of which only the first may have a boundary before it."""
        if self._entry is not None:
            self._entry.extend(sentences)
            return
        self._text.extend(sentences)
        self._n_text += sum(len(sentence.words) for sentence in sentences)
        while self._n_text - len(self._text[0].words) > self._length:
            self._n_text -= len(self._text.popleft().words)


def context_before(sentences: Sequence[Sentence], start: int, length: int) -> tuple[list[int], bool]:
    """The sentences that are the context of the one at `start`, in order; and whether a text begins with them.

    length  words that are enough
    """
    found: list[int] = []
    n_words = 0
    here = start
    while n_words <= length:
        boundary = sentences[here].boundary
        if boundary.startswith(ENTRY):
            return found[::-1], False
        if boundary == PART and (entry := _entry_of(sentences, here)) is not None:
            return [*_subject(sentences, entry), *found[::-1]], False
        if boundary == ENTRIES_END:
            here = _first_entry(sentences, here)
        if boundary == TEXT_END or here == 0:
            break
        here -= 1
        found.append(here)
        n_words += len(sentences[here].words)
    return found[::-1], True


def _entry_of(sentences: Sequence[Sentence], here: int) -> int | None:
    """The first sentence of the entry of which a part begins at `here`; None where it is in none."""
    for number in range(here - 1, -1, -1):
        boundary = sentences[number].boundary
        if boundary.startswith(ENTRY):
            return number
        if boundary in (TEXT_END, ENTRIES_END):
            return None
    return None


def _subject(sentences: Sequence[Sentence], entry: int) -> list[int]:
    """The sentences of the first part of an entry."""
    if sentences[entry].boundary.endswith(PART):
        return []
    end = entry + 1
    while sentences[end].boundary != PART:
        end += 1
    return list(range(entry, end))


def _first_entry(sentences: Sequence[Sentence], here: int) -> int:
    """The first sentence of the entries that end before `here`."""
    first = here
    for number in range(here - 1, -1, -1):
        boundary = sentences[number].boundary
        if boundary.startswith(ENTRY):
            first = number
        elif boundary in (TEXT_END, ENTRIES_END):
            break
    return first
