"""The prose of a text that is being edited: an edit extracts again only the blocks that it touches."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from typing import Final, NamedTuple

from gru_lint.extract._base import MARKS, TimeBudget, blanks
from gru_lint.extract._blocks import MOST_REACH, TO_THE_END, BlockReader, Cut
from gru_lint.extract._unread import TOO_SLOW, give_up, noting_unread
from gru_lint.lines import edit_between
from gru_lint.records import Span, Unread

# The most blocks that are replaced one by one, each with a copy of the whole prose; for more, all is put together anew.
_FEW_BLOCKS: Final = 40


class _Block(NamedTuple):
    """A block and what was extracted of it.

    before       the state in which it is read
    mark_before  the mark that stands on the character before it; empty for none
    unread       what of it was not read, with spans relative to its start
    is_exact     whether it was extracted by itself, so that the marks at its edges are its own and no neighbour's
    """

    before: Hashable
    cut: Cut
    prose: str
    mark_before: str
    unread: tuple[Unread, ...]
    is_exact: bool = True

    @property
    def reach(self) -> int:
        return self.cut.reach


def _yields(character: str, mark: str) -> bool:
    """Whether the last character of a block gives way to the mark of the block behind it."""
    return character in ("\n", " ") or (character in MARKS and MARKS.index(mark) >= MARKS.index(character))


def _unread_block(rest: str, state: Hashable) -> _Block:
    """The rest of a text that takes too long to read, as one block."""
    unread = (Unread(Span(0, len(rest)), TOO_SLOW),)
    return _Block(state, Cut(len(rest), TO_THE_END), blanks(rest), mark_before="", unread=unread)


class IncrementalProse:
    """The prose of one text; `update` takes each new version of it.

    extract_prose  of the whole text
    """

    def __init__(self, reader: BlockReader, extract_prose: Callable[[str], str]) -> None:
        self._reader = reader
        self._extract_prose = extract_prose
        self._begin("")

    def _begin(self, text: str) -> None:
        self._text = text
        self._prose = ""
        self._context = self._reader.context(text)
        self._is_prepared = True
        # The end of a block's cut is relative to its start.
        self._blocks: list[_Block] = []
        self._starts: list[int] = []
        # How many blocks define each thing, and what blocks depend on of that.
        self._n_defined: Counter[str] = Counter()
        self._defined: frozenset[str] = frozenset()
        self._far: list[int] = []
        self._has_unread = False

    def update(self, text: str) -> str:
        """The prose of a new version; gives notice of what in it is not read, see `noting_unread`."""
        if not self._text or self._reader.context(text) != self._context:
            self._begin(text)
            with noting_unread() as noted:
                self._prose = self._extract_prose(text)
            for one in noted:
                give_up(one.span.start, one.span.end, one.reason)
            # `prepare` finds in which blocks.
            self._has_unread = bool(noted)
            self._is_prepared = False
        elif text != self._text:
            self.prepare()
            span, written = edit_between(self._text, text)
            self._replace(text, span.start, span.end, span.start + len(written))
            self._note_unread()
        else:
            self.prepare()
            self._note_unread()
        return self._prose

    def _note_unread(self) -> None:
        if self._has_unread:
            for block, start in zip(self._blocks, self._starts, strict=True):
                for one in block.unread:
                    give_up(start + one.span.start, start + one.span.end, one.reason)

    def prepare(self) -> None:
        """Finds the blocks of a text that was extracted whole, so that the first edit need not wait for that."""
        if self._is_prepared:
            return
        self._is_prepared = True
        text, prose = self._text, self._prose
        if self._has_unread:
            self._prose = ""
            self._text = ""
            self._replace(text, 0, 0, len(text))
            return
        here, state = 0, self._context
        while here < len(text):
            for cut in self._reader.cuts(text, here, state):
                mark = prose[here - 1] if here and prose[here - 1] in MARKS else ""
                piece = prose[here : cut.end]
                self._blocks.append(_Block(state, cut._replace(end=cut.end - here), piece, mark, (), is_exact=False))
                self._starts.append(here)
                here, state = cut.end, cut.state
        for block in self._blocks:
            self._n_defined.update(block.cut.defines)
        self._defined = self._reader.gather(self._n_defined)
        self._far = [number for number, block in enumerate(self._blocks) if block.reach >= TO_THE_END]

    def _replace(self, text: str, edited: int, old_end: int, new_end: int) -> None:
        """Takes over a text in which edited:old_end of the old one has become edited:new_end."""
        budget = TimeBudget(len(text))
        first = self._first_touched(text, edited)
        shift = new_end - old_end
        here = start = self._starts[first] if first < len(self._starts) else 0
        state = self._blocks[first].before if first < len(self._blocks) else self._context
        fresh: list[_Block] = []
        starts: list[int] = []
        last: int | None = None
        while here < len(text) and last is None:
            if budget.is_over():
                fresh.append(_unread_block(text[here:], state))
                starts.append(here)
                break
            for cut in self._reader.cuts(text, here, state):
                fresh.append(self._unedited(here, state, cut, edited) or self._read(text, here, state, cut))
                starts.append(here)
                here, state = cut.end, cut.state
                last = self._same_as(here, state, new_end, shift)
                if last is not None:
                    break
        last = len(self._blocks) if last is None else last
        removed = self._blocks[first:last]
        self._compose(first, last, start, fresh)
        self._text = text
        self._blocks[first:last] = fresh
        self._starts[first:] = [*starts, *[one + shift for one in self._starts[last:]]]
        self._far = [
            *self._far[: bisect_left(self._far, first)],
            *(number for number, block in enumerate(fresh, first) if block.reach >= TO_THE_END),
            *(number + len(fresh) - len(removed) for number in self._far[bisect_left(self._far, last) :]),
        ]
        self._follow_definitions(removed, fresh)

    def _first_touched(self, text: str, edited: int) -> int:
        """The index of the first block that an edit from an offset on may change."""
        starts, blocks = self._starts, self._blocks
        first = number = max(0, bisect_right(starts, edited) - 1)
        while number > 0 and starts[number] + MOST_REACH > edited:
            number -= 1
            reach = blocks[number].reach
            if reach < TO_THE_END and starts[number + 1] + reach > edited:
                first = number
        for number in self._far:
            if number >= first:
                break
            start, before = starts[number], blocks[number].before
            cut = next(iter(self._reader.cuts(text, start, before)))
            if self._read(text, start, before, cut) != self._exact(number):
                return number
        return first

    def _unedited(self, start: int, state: Hashable, cut: Cut, edited: int) -> _Block | None:
        """The old block of a cut before the edit, if it was cut alike: only behind it something has changed."""
        number = bisect_left(self._starts, start)
        if cut.end > edited or number == len(self._starts) or self._starts[number] != start:
            return None
        block = self._blocks[number]
        is_same = block.is_exact and (block.before, block.cut) == (state, cut._replace(end=cut.end - start))
        return block if is_same else None

    def _same_as(self, here: int, state: Hashable, new_end: int, shift: int) -> int | None:
        """The index of the old block that begins at an offset behind the edit in the same state."""
        if here < new_end:
            return None
        number = bisect_left(self._starts, here - shift)
        is_same = number < len(self._starts) and self._starts[number] == here - shift
        # The first block was extracted without a line before it.
        is_same = is_same and (number > 0 or here == 0)
        return number if is_same and self._blocks[number].before == state else None

    def _read(self, text: str, start: int, state: Hashable, cut: Cut) -> _Block:
        before = self._reader.before if start else ""
        with noting_unread() as noted:
            prose = self._reader.extract(before + text[start : cut.end], state, self._defined)
        n_before = len(before)
        mark_before = prose[n_before - 1] if before and prose[n_before - 1] in MARKS else ""
        unread = tuple(
            Unread(Span(max(one.span.start - n_before, 0), one.span.end - n_before), one.reason) for one in noted
        )
        return _Block(state, cut._replace(end=cut.end - start), prose[n_before:], mark_before, unread)

    def _compose(self, first: int, last: int, start: int, fresh: list[_Block]) -> None:
        """Puts the prose of fresh blocks in the place of that of some blocks."""
        pieces = [self._prose[: max(start - 1, 0)]]
        end = self._starts[last] if last < len(self._starts) else len(self._text)
        after = []
        if last < len(self._blocks):
            # Had the next block a mark, it would stand here.
            has_no_mark = end > 0 and self._prose[end - 1] in "\n "
            after = [self._blocks[last]._replace(mark_before="") if has_no_mark else self._exact(last)]
        blocks = [*fresh, *after]
        if first > 0:
            pieces.append(self._last_of(first - 1, blocks[0].mark_before if blocks else ""))
        for block in blocks:
            if block.mark_before and _yields(pieces[-1][-1:], block.mark_before):
                pieces[-1] = pieces[-1][:-1] + block.mark_before
            pieces.append(block.prose)
        if after:
            pieces[-1] = self._prose[end:]
        self._prose = "".join(pieces)

    def _last_of(self, number: int, mark: str) -> str:
        """The last character of a block before the edit, without what a neighbour has put there; `mark` comes next."""
        written = self._blocks[number].prose[-1:]
        is_known = written not in MARKS or (mark and _yields(written, mark))
        return written if is_known else self._exact(number).prose[-1:]

    def _exact(self, number: int) -> _Block:
        """A block of the text before the edit, extracted by itself."""
        block = self._blocks[number]
        if not block.is_exact:
            block = self._blocks[number] = self._read_again(number)
        return block

    def _follow_definitions(self, removed: Iterable[_Block], fresh: Iterable[_Block]) -> None:
        """Takes over what blocks define; extracts those again that this affects."""
        for block in removed:
            self._n_defined.subtract(block.cut.defines)
        for block in fresh:
            self._n_defined.update(block.cut.defines)
        # Forgets what is defined no more: every name that was ever typed would stay.
        self._n_defined = +self._n_defined
        # An edit that takes away what could not be read leaves the others to be looked for, which are few.
        is_unread = any(block.unread for block in fresh)
        self._has_unread = is_unread or (self._has_unread and any(block.unread for block in self._blocks))
        defined = self._reader.gather(self._n_defined)
        changed = defined ^ self._defined
        if not changed:
            return
        self._defined = defined
        affected = [
            number for number, block in enumerate(self._blocks) if self._reader.is_affected(block.cut.defines, changed)
        ]
        if len(affected) > _FEW_BLOCKS:
            again = [self._read_again(number) for number in range(len(self._blocks))]
            self._blocks, starts, self._starts, self._prose = [], self._starts, [], ""
            self._compose(0, 0, 0, again)
            self._blocks, self._starts = again, starts
            self._has_unread = any(block.unread for block in again)
            return
        for number in affected:
            fresh_one = self._read_again(number)
            self._compose(number, number + 1, self._starts[number], [fresh_one])
            self._blocks[number] = fresh_one
            self._has_unread = self._has_unread or bool(fresh_one.unread)

    def _read_again(self, number: int) -> _Block:
        block, start = self._blocks[number], self._starts[number]
        return self._read(self._text, start, block.before, block.cut._replace(end=start + block.cut.end))
