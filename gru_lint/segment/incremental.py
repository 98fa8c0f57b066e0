"""The windows of a text that is being edited: an edit rebuilds only those around it.

They equal those that `split_windows` makes of the whole text. Only the starts of pieces and the origins of windows are
offsets into the text; an edit shifts those after it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from gru_lint.extract import ENTRY, PART, TEXT_END
from gru_lint.lines import edit_between
from gru_lint.records import Sentence, Span
from gru_lint.segment.context import context_before
from gru_lint.segment.placed_window import PlacedWindow
from gru_lint.segment.sentences import LONGEST_PIECE, Opening, find_pieces, opening_after, read_piece, sentence_at
from gru_lint.segment.windows import (
    LOOKAHEAD_WORDS,
    ends_group_after,
    ends_group_before,
    has_anaphor,
    is_short_document,
    size_of,
    window_of,
)

_OFFSETS = tuple(range(4_096))


@dataclass(slots=True)
class _Piece:
    """A stretch of prose with its sentences, whose offsets are relative to its start."""

    text: str
    opening: Opening
    sentences: tuple[Sentence, ...]


class IncrementalWindows:
    """The windows of one text; `update` takes each new version of its prose.

    length        words in a window
    holds_judged  whether any word of a sentence is judged; a group without one has no window
    """

    def __init__(self, length: int, holds_judged: Callable[[Sequence[str]], bool] = has_anaphor) -> None:
        self._length = length
        self._holds_judged = holds_judged
        self.prose = ""
        self._pieces: list[_Piece] = []
        self._starts: list[int] = []
        # The index of the first sentence of each piece.
        self._firsts: list[int] = []
        self._sentences: list[Sentence] = []
        # The indices of the sentences that have a boundary before them.
        self._bounded: list[int] = []
        # The index of the first sentence of each group, and the group's window; None for a group without pronouns.
        self._groups: list[int] = []
        self._windows: list[PlacedWindow | None] = []

    def found(self) -> list[PlacedWindow]:
        """The windows, in order."""
        return [placed for placed in self._windows if placed]

    def unjudged(self) -> list[PlacedWindow]:
        """Those of the windows that have no judgements yet, in order."""
        return [placed for placed in self._windows if placed and placed.judgements is None]

    def update(self, prose: str) -> None:
        """Takes a new version of the prose; windows with the same words and context keep their results.

        Others get `findings_before` where the words that they judge are as they were.
        """
        if prose == self.prose:
            return
        edited = edit_between(self.prose, prose).span
        shift = len(prose) - len(self.prose)
        self.prose = prose
        first, end, added = self._replace_pieces(edited.start, edited.end, shift)
        self._regroup(first, end, added, edited, shift)
        self._measure_first()

    def _measure_first(self) -> None:
        """Updates `is_short` of the first window, which depends on what follows it."""
        placed = self._windows[0] if self._windows else None
        if placed is None:
            return
        is_short = self._ends_text(0) and is_short_document(placed.window)
        if placed.window.is_short != is_short:
            placed.window = replace(placed.window, is_short=is_short)
            placed.forget_findings()

    def _ends_text(self, group: int) -> bool:
        """Whether a text ends with a group."""
        if group + 1 == len(self._groups):
            return True
        return self._sentences[self._groups[group + 1]].boundary == TEXT_END

    def _replace_pieces(self, prefix: int, old_end: int, shift: int) -> tuple[int, int, int]:
        """Makes the pieces around an edit again.

        Returns first and end index of the removed sentences, and how many replace them.
        """
        # Where a piece ends may depend on so many characters; one without a sentence says how the next one begins.
        far, near = bisect_left(self._starts, prefix - LONGEST_PIECE), bisect_right(self._starts, prefix) - 2
        first = n_seen = max(0, min(far, near))
        start, first_opening = (self._starts[first], self._pieces[first].opening) if first else (0, None)
        fresh: list[int] = []
        last = len(self._starts)
        known: dict[tuple[str, Opening], tuple[Sentence, ...]] = {}
        read: list[_Piece] = []
        pending: Opening | None = None
        for piece in find_pieces(self.prose, start, first_opening):
            opening = opening_after(pending, piece.opening)
            old_start = piece.start - shift
            if old_start >= old_end:
                number = bisect_left(self._starts, old_start)
                is_known = number < len(self._starts) and self._starts[number] == old_start
                if is_known and number >= first and self._pieces[number].opening == opening:
                    last = number
                    break
            while n_seen < len(self._starts) and self._starts[n_seen] <= max(old_start, old_end):
                before = self._pieces[n_seen]
                known[before.text, before.opening] = before.sentences
                n_seen += 1
            text = self.prose[piece.start : piece.end]
            sentences = known.get((text, opening))
            if sentences is None:
                sentences = read_piece(text, opening)
            pending = None if sentences else opening
            made = _Piece(text, opening, sentences)
            if not read and self._starts[first : first + 1] == [piece.start] and self._pieces[first] == made:
                # As it was, and where it was.
                first += 1
                continue
            read.append(made)
            fresh.append(piece.start)
        # The first of these pieces may begin as it did; sentences behind it that are the same have moved.
        is_begun = bool(read) and first < last and self._starts[first] == fresh[0]
        n_same = _n_same(self._pieces[first].sentences, read[0].sentences) if is_begun else 0
        first_sentence = self._firsts[first] if first < len(self._firsts) else len(self._sentences)
        end_sentence = self._firsts[last] if last < len(self._firsts) else len(self._sentences)
        added = [sentence for made in read for sentence in made.sentences]
        n_more = len(added) - (end_sentence - first_sentence)
        firsts = []
        number = first_sentence
        for made in read:
            firsts.append(number)
            number += len(made.sentences)
        self._pieces[first:last] = read
        self._starts[first:] = [*fresh, *[start + shift for start in self._starts[last:]]]
        self._firsts[first:] = [*firsts, *[number + n_more for number in self._firsts[last:]]]
        self._sentences[first_sentence:end_sentence] = added
        kept, after = bisect_left(self._bounded, first_sentence), bisect_left(self._bounded, end_sentence)
        bounded = [number for number, sentence in enumerate(added, first_sentence) if sentence.boundary]
        self._bounded[kept:] = [*bounded, *(number + n_more for number in self._bounded[after:])]
        return first_sentence + n_same, end_sentence, len(added) - n_same

    def _regroup(self, first: int, end: int, n_added: int, edited: Span, shift: int) -> None:
        """Groups the sentences around an edit again, in which `n_added` sentences replaced first .. end."""
        n_more = n_added - (end - first)
        # The end of the group before may depend on the first sentence that changed.
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
        rebuilt = self._first_that_looks_ahead(begin, first)
        regrouped = [placed for placed in self._windows[rebuilt:last] if placed]
        old = {placed.window.content: placed for placed in regrouped}
        self._groups[begin:] = [*groups, *[number + n_more for number in self._groups[last:]]]
        self._windows[begin:] = [*([None] * len(groups)), *self._windows[last:]]
        n_after, end_rebuilt = 0, rebuilt
        in_entry = rebuilt < len(self._groups) and self._is_in_entry(self._groups[rebuilt])
        for group in range(rebuilt, len(self._groups)):
            start = self._groups[group]
            is_after = group >= begin + len(groups) and start >= first + n_added
            boundary = self._sentences[start].boundary
            # Entries are no context of what follows them: however long they are, an edit before them may be.
            in_entry = boundary[0] in (ENTRY, PART) if boundary else in_entry
            if is_after and (boundary == TEXT_END or (n_after > self._length and not in_entry)):
                break
            stop = self._groups[group + 1] if group + 1 < len(self._groups) else len(self._sentences)
            before, end_rebuilt = self._windows[group], group + 1
            placed = self._windows[group] = self._placed_window(group, start, stop, before, old)
            if placed and placed.judgements is None:
                placed.keep_findings([before] if before else regrouped, edited, shift)
            if start >= first + n_added and not in_entry:
                n_after += sum(size_of(sentence) for sentence in self._sentences[start:stop])
        for moved in self._windows[end_rebuilt:] if shift else ():
            if moved:
                moved.origin += shift

    def _is_in_entry(self, here: int) -> bool:
        """Whether a sentence stands in an entry."""
        number = bisect_right(self._bounded, here) - 1
        return number >= 0 and self._sentences[self._bounded[number]].boundary[0] in (ENTRY, PART)

    def _first_that_looks_ahead(self, group: int, first: int) -> int:
        """The first group, this one or one before it, whose window looks ahead as far as sentence `first`."""
        n_between = 0
        if group < len(self._groups):
            n_between = sum(map(size_of, self._sentences[self._groups[group] : first]))
        while group > 0 and n_between < LOOKAHEAD_WORDS:
            group -= 1
            stop = self._groups[group + 1] if group + 1 < len(self._groups) else len(self._sentences)
            n_between += sum(map(size_of, self._sentences[self._groups[group] : stop]))
        return group

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

    def _placed_window(
        self,
        group: int,
        start: int,
        stop: int,
        before: PlacedWindow | None,
        old: dict[tuple[tuple[str, ...], int, int], PlacedWindow],
    ) -> PlacedWindow | None:
        """The window that judges some sentences, with the results of an old window of the same words."""
        sentences = self._sentences
        judged = (sentence.words for sentence in sentences[start:stop] if not sentence.is_quoted)
        if not any(self._holds_judged(words) for words in judged):
            return None
        context, begins_text = context_before(sentences, start, self._length)
        first = (context or [start])[0]
        # Its own first word: where the words around it are moved together, what is found in it stays as it is.
        origin = self._starts[bisect_right(self._firsts, first) - 1] + sentences[first].starts[0]
        end, n_words = stop, 0
        while end < len(sentences) and n_words < LOOKAHEAD_WORDS:
            n_words += size_of(sentences[end])
            end += 1
        moved = []
        for number in (*context, *range(start, end)):
            piece = bisect_right(self._firsts, number) - 1
            moved.append(sentence_at(sentences[number], self._starts[piece] - origin))
        before_group, after_group = len(context), len(context) + stop - start
        window = window_of(
            moved[:before_group],
            moved[before_group:after_group],
            moved[after_group:],
            self._length,
            begins_text=begins_text,
        )
        if self._ends_text(group) and is_short_document(window):
            window = replace(window, is_short=True)
        # Python shares ints up to 256 only: without this table each window would hold its own copies.
        starts = tuple([_OFFSETS[place] if 0 <= place < len(_OFFSETS) else place for place in window.starts])
        window = replace(window, starts=starts)
        placed = PlacedWindow(window, origin)
        same = old.get(window.content)
        if before and before.window.content == window.content:
            same = before
        if same:
            placed.judgements, placed.is_resolved = same.judgements, same.is_resolved
            if same.window.starts == window.starts and same.window.is_short == window.is_short:
                placed.findings = same.findings
        return placed


def _n_same(before: Sequence[Sentence], after: Sequence[Sentence]) -> int:
    """How many sentences two pieces begin with alike."""
    n_same = 0
    while n_same < min(len(before), len(after)) and before[n_same] == after[n_same]:
        n_same += 1
    return n_same
