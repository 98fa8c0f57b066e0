"""The windows of a text that is being edited: after each edit only those around it are made again.

The same windows as `split_windows` finds in the whole text, at the cost of the few sentences that an
edit touches. Nothing is kept by its place in the text but where the pieces start, and these move together.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace

from gru_lint.records import Finding, Judgement, Sentence, Window
from gru_lint.segment.sentences import find_pieces, read_piece, sentence_at
from gru_lint.segment.windows import (
    ends_group_after,
    ends_group_before,
    is_anaphor,
    is_short_document,
    size_of,
    window_of,
)

_OFFSETS = tuple(range(4_096))


@dataclass(slots=True)
class Passage:
    """A window at its place, and what became of it.

    window      its words start where they do from `origin` on
    origin      an offset in the text, which moves with what is written before it
    judgements  None as long as it is not judged
    findings    what the rules made of them, from `origin` on too; None as long as they have not been asked
    is_named    whether every judgement has its antecedent, where there is one
    """

    window: Window
    origin: int
    judgements: tuple[Judgement, ...] | None = None
    findings: tuple[Finding, ...] | None = None
    is_named: bool = False

    @property
    def end(self) -> int:
        """The offset in the text at which its last word ends."""
        return self.origin + self.window.starts[-1] + len(self.window.words[-1])


@dataclass(slots=True)
class _Piece:
    """A stretch of prose and the sentences in it, which start where they do from its own start on."""

    text: str
    opens_paragraph: bool
    sentences: tuple[Sentence, ...]


class Passages:
    """The passages of one text; `update` takes each newer prose of it.

    length  how many words a window holds
    """

    def __init__(self, length: int) -> None:
        self._length = length
        self.prose = ""
        self._pieces: list[_Piece] = []
        self._starts: list[int] = []
        # The number of the first sentence of each piece.
        self._firsts: list[int] = []
        self._sentences: list[Sentence] = []
        # The number of the first sentence of each group, and the passage that judges it, if any.
        self._groups: list[int] = []
        self._passages: list[Passage | None] = []

    def found(self) -> list[Passage]:
        """The passages in the order of the text."""
        return [passage for passage in self._passages if passage]

    def update(self, prose: str) -> None:
        """Takes over a newer prose; passages whose words and context are the same keep what became of them."""
        if prose == self.prose:
            return
        prefix = _common_prefix(self.prose, prose)
        suffix = _common_suffix(self.prose, prose, min(len(self.prose), len(prose)) - prefix)
        old_end = len(self.prose) - suffix
        shift = len(prose) - len(self.prose)
        self.prose = prose
        first, end, added = self._replace_pieces(prefix, old_end, shift)
        self._regroup(first, end, added, shift)
        self._measure_first()

    def _measure_first(self) -> None:
        """Says of the first passage whether it holds a whole short document: what follows it decides."""
        passage = self._passages[0] if self._passages else None
        if passage is None:
            return
        is_short = len(self._groups) == 1 and is_short_document(passage.window)
        if passage.window.is_short != is_short:
            passage.window = replace(passage.window, is_short=is_short)
            passage.findings = None

    def _replace_pieces(self, prefix: int, old_end: int, shift: int) -> tuple[int, int, int]:
        """Reads the pieces around an edit again: which sentences go (first, end), and how many come."""
        first = max(0, bisect_right(self._starts, prefix) - 2)
        start = self._starts[first] if first else 0
        opens = self._pieces[first].opens_paragraph if first else True
        fresh: list[int] = []
        last = len(self._starts)
        known: dict[tuple[str, bool], tuple[Sentence, ...]] = {}
        read: list[_Piece] = []
        n_seen = first
        pending = False
        for piece in find_pieces(self.prose, start, opens_paragraph=opens):
            opens = piece.opens_paragraph or pending
            old_start = piece.start - shift
            if old_start >= old_end:
                number = bisect_left(self._starts, old_start)
                is_known = number < len(self._starts) and self._starts[number] == old_start
                if is_known and number >= first and self._pieces[number].opens_paragraph == opens:
                    last = number
                    break
            while n_seen < len(self._starts) and self._starts[n_seen] <= max(old_start, old_end):
                before = self._pieces[n_seen]
                known[before.text, before.opens_paragraph] = before.sentences
                n_seen += 1
            text = self.prose[piece.start : piece.end]
            sentences = known.get((text, opens))
            if sentences is None:
                sentences = read_piece(text, opens)
            read.append(_Piece(text, opens, sentences))
            fresh.append(piece.start)
            pending = opens and not sentences
        first_sentence = self._firsts[first] if first < len(self._firsts) else len(self._sentences)
        end_sentence = self._firsts[last] if last < len(self._firsts) else len(self._sentences)
        added = [sentence for read_again in read for sentence in read_again.sentences]
        n_more = len(added) - (end_sentence - first_sentence)
        firsts = []
        number = first_sentence
        for read_again in read:
            firsts.append(number)
            number += len(read_again.sentences)
        self._pieces[first:last] = read
        self._starts[first:] = [*fresh, *(start + shift for start in self._starts[last:])]
        self._firsts[first:] = [*firsts, *(number + n_more for number in self._firsts[last:])]
        self._sentences[first_sentence:end_sentence] = added
        return first_sentence, end_sentence, len(added)

    def _regroup(self, first: int, end: int, n_added: int, shift: int) -> None:
        """Groups the sentences around those that came in the place of first .. end."""
        n_more = n_added - (end - first)
        # Where the group before ends may depend on the first sentence that changed.
        begin = max(0, bisect_right(self._groups, first) - 2)
        start = self._groups[begin] if self._groups else 0
        groups: list[int] = []
        last = len(self._groups)
        while start < len(self._sentences):
            if start - n_more >= end:
                number = bisect_left(self._groups, start - n_more)
                if number < len(self._groups) and self._groups[number] == start - n_more:
                    last = number
                    break
            groups.append(start)
            start = self._group_end(start)
        old = {
            (passage.window.words, passage.window.first_judged): passage
            for passage in self._passages[begin:last]
            if passage
        }
        self._groups[begin:] = [*groups, *(number + n_more for number in self._groups[last:])]
        after = self._passages[last:]
        if shift:
            for passage in after:
                if passage:
                    passage.origin += shift
        self._passages[begin:] = [*([None] * len(groups)), *after]
        n_after = 0
        for group in range(begin, len(self._groups)):
            start = self._groups[group]
            if group >= begin + len(groups) and start >= first + n_added and n_after > self._length:
                break
            stop = self._groups[group + 1] if group + 1 < len(self._groups) else len(self._sentences)
            self._passages[group] = self._passage(start, stop, self._passages[group], old)
            if start >= first + n_added:
                n_after += sum(size_of(sentence) for sentence in self._sentences[start:stop])

    def _group_end(self, start: int) -> int:
        n_group = 0
        for number in range(start, len(self._sentences)):
            sentence = self._sentences[number]
            if ends_group_before(sentence, n_group, self._length):
                return number
            n_group += size_of(sentence)
            if ends_group_after(sentence, n_group, self._length):
                return number + 1
        return len(self._sentences)

    def _passage(
        self, start: int, stop: int, before: Passage | None, old: dict[tuple[tuple[str, ...], int], Passage]
    ) -> Passage | None:
        """The passage that judges some sentences; the judgements of one with the same words are taken over."""
        sentences = self._sentences
        if not any(is_anaphor(word) for number in range(start, stop) for word in sentences[number].words):
            return None
        context, n_words = start, 0
        while context > 0 and n_words <= self._length:
            context -= 1
            n_words += len(sentences[context].words)
        piece = bisect_right(self._firsts, context) - 1
        origin = self._starts[piece]
        moved = []
        for number in range(context, stop):
            while piece + 1 < len(self._firsts) and self._firsts[piece + 1] <= number:
                piece += 1
            moved.append(sentence_at(sentences[number], self._starts[piece] - origin))
        window = window_of(moved[: start - context], moved[start - context :], self._length)
        # Numbers above 256 would be kept once for each window.
        starts = tuple(_OFFSETS[place] if 0 <= place < len(_OFFSETS) else place for place in window.starts)
        window = replace(window, starts=starts)
        passage = Passage(window, origin)
        same = old.get((window.words, window.first_judged))
        if before and (before.window.words, before.window.first_judged) == (window.words, window.first_judged):
            same = before
        if same:
            passage.judgements, passage.is_named = same.judgements, same.is_named
            if same.window.starts == window.starts and not same.window.is_short:
                passage.findings = same.findings
        return passage


def _common_prefix(first: str, second: str) -> int:
    """How many characters two texts begin with in common."""
    most = min(len(first), len(second))
    return _most(most, lambda low, high: second.startswith(first[low:high], low))


def _common_suffix(first: str, second: str, most: int) -> int:
    """How many characters, at most so many, two texts end with in common."""
    return _most(
        most, lambda low, high: second.endswith(first[len(first) - high : len(first) - low], 0, len(second) - low)
    )


def _most(most: int, are_alike: Callable[[int, int], bool]) -> int:
    """How many, at most so many, are alike from the first on, where `are_alike(n, m)` compares number n up to m."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if are_alike(low, middle):
            low = middle
        else:
            high = middle - 1
    return low
