"""Reads LaTeX from front to back: keeps its prose in a mask, or finds the blank lines at which nothing is open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from gru_lint.extract._base import ENTRIES_END, ENTRY, PARAGRAPH_END, PART, ProseMask, TimeBudget
from gru_lint.extract._blocks import MOST_REACH, TO_THE_END, Cut
from gru_lint.extract._latex_commands import (
    ENDS_BLOCK,
    HEADING_LEVELS,
    LISTINGS,
    LISTS,
    MATH,
    TABLES,
    WITH_ARGUMENT,
    WITH_SECOND_ARGUMENT,
    n_arguments_without_prose,
)
from gru_lint.extract._people import LONGEST_NAME, ListedPeople, PeopleState
from gru_lint.extract._unread import TOO_SLOW, give_up
from gru_lint.lines import end_of_line, start_of_line

_NAME = re.compile(r"\s{0,80}(?:\[[^\]\n]{0,200}\])?\s{0,80}\{?([^\n{}]{0,120})")
_SPECIAL = re.compile(r"[\\%{}$&~]")
_ENDS_IN_LINE = re.compile(r"[ \t]*(?:\r\n|\n|\r|$)")
_OPTION = re.compile(r"\s{0,80}(\*?[ \t]*)\[")
_GROUP = re.compile(r"[ \t]*(?:\r\n|\n)?[ \t]*\{")
_BRACE = re.compile(r"[{}]|\\.|%[^\r\n]*", re.DOTALL)
_BRACKET = re.compile(r"[\[\]{}]|\\.|\n[^\S\n]*\n", re.DOTALL)
_MATH_END = re.compile(r"\\.|\$\$?|\n[^\S\n]*\n", re.DOTALL)
# A longer argument is a mistake, and its opening bracket is no more than a character.
_LONGEST_ARGUMENT = 2_000
_VERB = re.compile(r"\\(?:verb|lstinline)\*?(?:\[[^\]\n]{0,200}\])?([^\w\s{*])[^\n]*?\1|\\verb\*?")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_LETTERS = re.compile(r"[a-zA-Z]*")
# Where more environments of one name are begun and never ended, no block ends any more: each would search all the rest.
_MOST_UNENDED = 8
_MATH_MARKS = frozenset("[]()")
# The name of an environment, and the beginning of one at the end of a text.
_ENVIRONMENT = re.compile(r"\s*\{([\w* ._-]+)\}")
_BEGUN_ENVIRONMENT = re.compile(r"\s*(?:\{[\w* ._-]*)?")


class LatexState(NamedTuple):
    """What is known between two blocks.

    is_preamble        whether the document is yet to begin
    n_tables, n_lists  how many are open
    people             see `PeopleState`
    """

    is_preamble: bool = False
    n_tables: int = 0
    n_lists: int = 0
    people: PeopleState = PeopleState()


class LatexReader:
    """Reads a text from front to back. It keeps no stack of what is open, so nothing is nested too deeply for it.

    without_end  the environments that are begun and never ended, each with an offset behind which no end stands
    """

    def __init__(self, text: str, mask: ProseMask, state: LatexState, without_end: dict[str, int]) -> None:
        self._text, self._mask = text, mask
        self._budget = TimeBudget(len(text))
        self._n_tables, self._n_lists = state.n_tables, state.n_lists
        self._people = ListedPeople(mask, *state.people)
        self._without_end = without_end
        # How far has been read ahead, and how far an end was looked for that is not there.
        self._read_to = self._looked_to = 0

    def read(self, here: int, end: int) -> None:
        """Keeps the prose of a stretch."""
        for number, (start, stop) in enumerate(self._plain(here, end), 1):
            self._mask.keep(start, stop)
            if number % 100 == 0 and self._budget.is_over():
                give_up(stop, end, TOO_SLOW)
                return

    def cuts(self, here: int, end: int) -> Iterator[Cut]:
        """The blank lines of a stretch at which no argument, environment or list is open that is read as a whole."""
        for start, stop in self._plain(here, end):
            for blank in _BLANK_LINE.finditer(self._text, max(start, self._read_to), stop):
                people, cut = self._people.state, blank.end()
                if people and cut < len(self._text):
                    reach = max(self._looked_to - cut, 1)
                    state = LatexState(n_tables=self._n_tables, n_lists=self._n_lists, people=people)
                    yield Cut(cut, reach if reach <= MOST_REACH else TO_THE_END, state)
                    self._looked_to = 0

    def _plain(self, here: int, end: int) -> Iterator[tuple[int, int]]:
        """The stretches between the special characters, and between what each of these begins."""
        while here < end:
            special = _SPECIAL.search(self._text, here, end)
            stop = special.start() if special else end
            yield here, stop
            here = max(self._after(special[0], stop, end), stop + 1) if special else end

    def _after(self, special: str, here: int, end: int) -> int:
        """Where reading goes on after a special character."""
        text, mask = self._text, self._mask
        if special == "%":
            return self._after_comment(here, end)
        if special == "$":
            return self._after_math(here, end)
        if special == "&":
            # A table in a cell only breaks lines.
            mask.mark(here, PART if self._n_tables == 1 else PARAGRAPH_END)
            return here + 1
        if special != "\\":
            return here + 1
        if verb := _VERB.match(text, here, end):
            return verb.end()
        name = command_at(text, here)
        after = here + 1 + len(name)
        if not name:
            return here + 2
        if name in _MATH_MARKS:
            closing = "\\)" if name == "(" else "\\]"
            closed = self._find(closing, after, min(end, after + _LONGEST_ARGUMENT))
            return self._not_found(after, after) if closed is None else closed
        if name not in ("begin", "end"):
            return self._after_macro(name, here, after, end)
        environment = _ENVIRONMENT.match(text, after)
        if environment is None:
            begun = _BEGUN_ENVIRONMENT.match(text, after)
            self._looked_to = max(self._looked_to, begun.end() + 1 if begun else 0)
            return after
        if name == "begin":
            return self._after_begin(environment[1], here, environment.end(), end)
        self._end(environment[1].rstrip("*"), here)
        return environment.end()

    def _after_comment(self, here: int, end: int) -> int:
        """Behind a comment: the sentence goes on in the next line, unless that is blank."""
        line_end = min(end_of_line(self._text, here), end)
        after = _ENDS_IN_LINE.match(self._text, line_end, end)
        if after is None or self._text[start_of_line(self._text, here) : here].strip():
            return line_end
        self._mask.run_on(here, after.end())
        return after.end()

    def _after_math(self, here: int, end: int) -> int:
        mark = "$$" if self._text.startswith("$$", here) else "$"
        for match in _MATH_END.finditer(self._text, here + len(mark), min(end, here + _LONGEST_ARGUMENT)):
            if match[0].startswith(mark):
                return match.start() + len(mark)
            if match[0].startswith("\n"):
                break
        return self._not_found(here, here + len(mark))

    def _end(self, name: str, here: int) -> None:
        """Takes the end of an environment."""
        self._mask.end_paragraph(here)
        if name in TABLES and self._n_tables:
            self._n_tables -= 1
            if not self._n_tables:
                self._mask.mark(here, ENTRIES_END)
        elif name in LISTS and self._n_lists:
            self._n_lists -= 1
            if not self._n_lists:
                self._people.end_list(here)

    def _after_begin(self, name: str, here: int, after: int, end: int) -> int:
        plain = name.rstrip("*")
        self._mask.end_paragraph(here)
        if plain in LISTINGS or plain in MATH:
            is_sought = after < self._without_end.get(name, end)
            closed = self._find(f"\\end{{{name}}}", after, end) if is_sought else None
            if closed is not None:
                return closed
            if is_sought:
                self._without_end[name] = after
                if self._text.count(f"\\begin{{{name}}}", after) > _MOST_UNENDED:
                    self._read_to = len(self._text)
            self._looked_to = TO_THE_END
            return after
        if plain in TABLES:
            self._n_tables += 1
            if self._n_tables == 1:
                self._mask.mark(here, ENTRY)
        self._n_lists += plain in LISTS
        after = self._after_options(after, end)
        if plain in WITH_ARGUMENT or plain in TABLES:
            after = self._after_options(self._after_groups(after, 1, end), end)
            if plain in WITH_SECOND_ARGUMENT or name == "tabular*":
                after = self._after_groups(after, 1, end)
        return after

    def _after_macro(self, name: str, here: int, after: int, end: int) -> int:
        plain = name.rstrip("*")
        if plain in ENDS_BLOCK:
            self._mask.end_paragraph(here)
            after += self._text.startswith("*", after)
            self._follow(plain, here, after, end)
            if group := _GROUP.match(self._text, after, end):
                group_end = self.group_end(group.end() - 1)
                self._read_to = max(self._read_to, group_end)
                self._mask.end_paragraph(group_end - 1)
        if not plain.isalpha():
            # An accent, a blank, a line end, or a special character that is meant as it stands.
            if plain in tuple("%&$#_{}"):
                self._mask.keep(after - 1, after)
            elif plain in tuple("'`^\"~=."):
                self._mask.keep(here, after)
            elif plain == "\\" and self._n_tables:
                self._mask.mark(here, ENTRY if self._n_tables == 1 else PARAGRAPH_END)
                return self._after_options(after, end)
            return after
        if plain == "tabularnewline" and self._n_tables == 1:
            self._mask.mark(here, ENTRY)
        after = self._after_options(after, end)
        return self._after_groups(after, n_arguments_without_prose(plain), end)

    def _follow(self, name: str, here: int, after: int, end: int) -> None:
        """Takes a heading or an item, whose label counts as bold."""
        content = _NAME.match(self._text, after, end)
        if name == "item" and self._n_lists:
            self._read_to = max(self._read_to, after + LONGEST_NAME)
            words = self._text[after : after + LONGEST_NAME].lstrip()
            self._people.item(here, self._n_lists, f"\\item{words}" if words.startswith("[") else words)
        elif name in HEADING_LEVELS and content and not self._n_tables:
            self._read_to = max(self._read_to, content.end())
            self._people.heading(here, HEADING_LEVELS[name], content[1])

    def _after_groups(self, after: int, most: int, end: int) -> int:
        """The end of the arguments in braces, at most `most` of them, and of the options between them."""
        for _ in range(most):
            group = _GROUP.match(self._text, after, end)
            if not group:
                break
            after = self._after_options(self.group_end(group.end() - 1), end)
        return after

    def _after_options(self, after: int, end: int) -> int:
        for _ in range(4):
            option = _OPTION.match(self._text, after, end)
            if not option or "\n" in option[0]:
                break
            closed = _closed(_BRACKET, self._text, option.end() - 1, min(end, option.end() + _LONGEST_ARGUMENT))
            if closed is None:
                self._not_found(option.end(), after)
                break
            after = closed
        return after

    def group_end(self, here: int) -> int:
        """The end of the group that the brace at an offset opens; of that brace alone where none closes it."""
        limit = min(len(self._text), here + _LONGEST_ARGUMENT)
        return _closed(_BRACE, self._text, here, limit) or self._not_found(here, here + 1)

    def _find(self, wanted: str, start: int, end: int) -> int | None:
        found = self._text.find(wanted, start, end)
        return found + len(wanted) if found >= 0 else None

    def _not_found(self, start: int, after: int) -> int:
        """Where reading goes on after the end of an argument that starts at an offset was not found."""
        self._looked_to = max(self._looked_to, start + _LONGEST_ARGUMENT + 2)
        return after


def _closed(marks: re.Pattern[str], text: str, start: int, end: int) -> int | None:
    """The end of what the bracket at an offset opens; None where nothing closes it."""
    depth = 0
    for match in marks.finditer(text, start, end):
        if match[0] in ("{", "["):
            depth += 1
        elif match[0] in ("}", "]"):
            depth -= 1
            if depth <= 0:
                return match.end()
        elif match[0].startswith("\n"):
            return None
    return None


def command_at(text: str, here: int) -> str:
    """The name of the command that a backslash at an offset begins; empty at the end of the text."""
    letters = _LETTERS.match(text, here + 1)
    end = letters.end() if letters else here + 1
    while end < len(text) and text[end].isalpha():
        end += 1
    return text[here + 1 : max(end, here + 2)]
