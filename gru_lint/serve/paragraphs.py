"""The paragraphs before one that a client sends by itself, where it sends those of a document in turn.

LibreOffice asks about one paragraph at a time and does not say of which document. So the paragraphs of a client are
laid out as documents:

- one that is known, or an edit of one, stays at its place;
- a new one stands after the last one if it comes at once, as when a document is read in turn, or if it is short, as
  when the user begins one;
- any other new one begins a document, and has nothing before it.

A short one that another follows at once was the title of another document.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from gru_lint.lines import edit_between

# More than a window of the network reads, in words: what is cut off then is not taken for the document's beginning.
_CONTEXT_WORDS: Final = 240
# Seconds in which the next paragraph follows on the answer, where a document is read in turn,
_IN_TURN_S: Final = 1.0
# and in which a paragraph may be begun after another was edited; the length up to which it counts as begun.
_BEGUN_S: Final = 60.0
_BEGUN_CHARACTERS: Final = 40
# Share of the longer text that an edit leaves as it was: of the paragraph where the writer was, and of any other.
_SAME_HERE: Final = 0.5
_SAME_ELSEWHERE: Final = 0.8
# A shorter paragraph says nothing of its document: "Yes." or "* * *" may come again and again.
_TELLING_CHARACTERS: Final = 20
_MAX_CLIENTS: Final = 32
_MAX_DOCUMENTS: Final = 8
_MAX_PARAGRAPHS: Final = 2_000
_MAX_CHARACTERS: Final = 400_000


@dataclass(slots=True)
class _Document:
    """What is known of one document.

    here         the paragraph that was asked about last
    is_doubtful  whether that one was put here only because it is short
    """

    paragraphs: list[str]
    here: int = 0
    is_doubtful: bool = False

    @property
    def n_characters(self) -> int:
        return sum(map(len, self.paragraphs))


@dataclass(slots=True)
class _Client:
    """The documents of a client, the last one used last; and when it was answered last."""

    documents: list[_Document] = field(default_factory=list)
    last: float = float("-inf")


class Paragraphs:
    """The paragraphs that clients have sent: bounded in number and size, and forgotten after a while.

    keep_s  seconds after which an idle client is forgotten
    clock   gives the time in seconds
    """

    def __init__(self, keep_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._keep_s = keep_s
        self._clock = clock
        self._clients: OrderedDict[Hashable, _Client] = OrderedDict()

    def before(self, client: Hashable, paragraph: str) -> str:
        """What stands before a paragraph in its document, as far as that is known: whole paragraphs, or nothing."""
        now = self._clock()
        self._forget(now)
        known = self._clients.setdefault(client, _Client())
        self._clients.move_to_end(client)
        document = self._placed(known, paragraph, now)
        known.last = now
        return _ending(document)

    def answered(self, client: Hashable) -> None:
        """A client has its answer, and may now send what follows."""
        if client in self._clients:
            self._clients[client].last = self._clock()

    def _forget(self, now: float) -> None:
        while self._clients:
            client = next(iter(self._clients))
            if len(self._clients) < _MAX_CLIENTS and self._clients[client].last >= now - self._keep_s:
                break
            del self._clients[client]

    def _placed(self, known: _Client, paragraph: str, now: float) -> _Document:
        """The document of a paragraph, which stands at its place there."""
        found = next(_places(known, paragraph, is_in_turn=now - known.last <= _IN_TURN_S), None)
        if found is not None:
            document, index = found
            document.paragraphs[index] = paragraph
            document.here, document.is_doubtful = index, False
        else:
            document = self._document_of_new(known, paragraph, now - known.last)
        # By identity: two documents may hold the same.
        known.documents = [other for other in known.documents if other is not document][1 - _MAX_DOCUMENTS :]
        known.documents.append(document)
        _cut(document)
        return document

    @staticmethod
    def _document_of_new(known: _Client, paragraph: str, since_s: float) -> _Document:
        """The document of a paragraph that is not known and comes some seconds after the last answer."""
        last = known.documents[-1] if known.documents else None
        is_in_turn = since_s <= _IN_TURN_S
        is_begun = not is_in_turn and since_s <= _BEGUN_S and len(paragraph) <= _BEGUN_CHARACTERS
        if last is None or not (is_in_turn or is_begun):
            return _Document([paragraph])
        if last.is_doubtful and is_in_turn:
            title = last.paragraphs.pop(last.here)
            last.here, last.is_doubtful = max(0, last.here - 1), False
            return _Document([title, paragraph], here=1)
        last.here += 1
        last.paragraphs.insert(last.here, paragraph)
        last.is_doubtful = is_begun
        return last


def _places(known: _Client, paragraph: str, *, is_in_turn: bool) -> Iterator[tuple[_Document, int]]:
    """Where a paragraph may stand already, the likeliest first."""
    newest_first = known.documents[::-1]
    for document in newest_first:
        # The same again, or the next one again.
        for index in (document.here, document.here + 1):
            if index < len(document.paragraphs) and document.paragraphs[index] == paragraph:
                yield document, index
    is_telling = len(paragraph) >= _TELLING_CHARACTERS
    if is_telling:
        yield from _alike(newest_first, paragraph, 1.0)
    for document in newest_first[:1]:
        if _is_edited(document.paragraphs[document.here], paragraph):
            yield document, document.here
    # Where a document is read in turn, two paragraphs that are alike are two.
    if is_telling and not is_in_turn:
        yield from _alike(newest_first, paragraph, _SAME_ELSEWHERE)


def _alike(documents: Sequence[_Document], paragraph: str, likeness: float) -> Iterator[tuple[_Document, int]]:
    for document in documents:
        for index, other in enumerate(document.paragraphs):
            if _likeness(other, paragraph) >= likeness:
                yield document, index


def _is_edited(before: str, after: str) -> bool:
    """Whether a paragraph may be what became of the one where the writer was."""
    return after.startswith(before) or _likeness(before, after) >= _SAME_HERE


def _likeness(one: str, other: str) -> float:
    """The share of the longer text that stands at the same place in both, from the beginning or from the end.

    >>> round(_likeness("She came home.", "She never came home."), 2)
    0.7
    """
    longest, shortest = max(len(one), len(other)), min(len(one), len(other))
    if one == other:
        return 1.0
    if shortest * 2 < longest:
        return 0.0
    edited = edit_between(one, other).span
    return (len(one) - (edited.end - edited.start)) / longest


def _ending(document: _Document) -> str:
    """The paragraphs before the one that was asked about, as many as a window of the network can hold and one more."""
    taken: list[str] = []
    n_words = 0
    for paragraph in reversed(document.paragraphs[: document.here]):
        if n_words >= _CONTEXT_WORDS:
            break
        taken.append(paragraph)
        n_words += len(paragraph.split())
    return "\n\n".join(reversed(taken))


def _cut(document: _Document) -> None:
    """Leaves out the paragraphs that are farthest from where the writer is."""
    n_characters = document.n_characters
    while len(document.paragraphs) > 1 and (
        len(document.paragraphs) > _MAX_PARAGRAPHS or n_characters > _MAX_CHARACTERS
    ):
        is_first = document.here > len(document.paragraphs) // 2
        n_characters -= len(document.paragraphs.pop(0 if is_first else -1))
        document.here -= is_first
