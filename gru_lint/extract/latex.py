r"""LaTeX: text and what commands like \emph and \footnote hold is prose; math, labels, listings and comments are not.

pylatexenc tells tokens apart and knows which arguments a command takes. Its parser of whole documents is left alone: it
calls itself for every brace, and takes half a minute for what is read here in one second.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gru_lint.extract._base import (
    ENTRIES_END,
    ENTRY,
    PARAGRAPH_END,
    PART,
    CommentSyntax,
    Description,
    ProseMask,
    TimeBudget,
)
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
from gru_lint.extract._people import ListedPeople
from gru_lint.extract._unread import TOO_SLOW, give_up
from gru_lint.lines import end_of_line, start_of_line

if TYPE_CHECKING:
    from pylatexenc.latexwalker import LatexToken, LatexWalker

LANGUAGE = "latex"
EXTENSIONS = (".tex", ".latex", ".ltx")
COMMENTS = CommentSyntax("%")
IN_EDITORS = True
DESCRIPTION = Description(
    "LaTeX",
    read=(
        r"the document's body and its title; what `\emph`, `\footnote`, `\section` and unknown commands "
        r"hold; tables"
    ),
    not_read=("the preamble, math, listings, comments, labels, citations, references, names of files, definitions"),
)

_NAME = re.compile(r"\s{0,80}(?:\[[^\]\n]{0,200}\])?\s{0,80}\{?([^\n{}]{0,120})")
_SPECIAL = re.compile(r"[\\%{}$&~]")
_ENDS_IN_LINE = re.compile(r"[ \t]*(?:\r\n|\n|\r|$)")
_OPTION = re.compile(r"\s{0,80}(\*?[ \t]*)\[")
_GROUP = re.compile(r"[ \t]*(?:\r\n|\n)?[ \t]*\{")
_BRACE = re.compile(r"[{}]|\\.|%[^\r\n]*", re.DOTALL)
_BRACKET = re.compile(r"[\[\]{}]|\\.|\n[^\S\n]*\n", re.DOTALL)
_MATH_END = re.compile(r"\\.|\$\$?|\n[^\S\n]*\n", re.DOTALL)
# A longer one is a mistake: the text goes on behind it.
_LONGEST_ARGUMENT = 2_000
_VERB = re.compile(r"\\(?:verb|lstinline)\*?(?:\[[^\]\n]{0,200}\])?([^\w\s{*])[^\n]*?\1|\\verb\*?")
_BEGIN_DOCUMENT = "\\begin{document}"
_END_DOCUMENT = "\\end{document}"


def extract_prose(text: str) -> str:
    """The prose of a LaTeX text; see `gru_lint.extract`."""
    return _extract(text, text.find(_BEGIN_DOCUMENT))


def _extract(text: str, begin: int) -> str:
    """The prose of a text whose document begins at an offset; -1 where all is of the document."""
    mask = ProseMask(text)
    reader = _Reader(text, mask)
    if begin >= 0:
        # Of what comes before, the title is read.
        preamble = _Reader(text[:begin], mask)
        for match in re.finditer(r"\\(?:title|subtitle)\s{0,9}\{", text[:begin]):
            end = preamble.group_end(match.end() - 1)
            mask.end_paragraph(match.start())
            mask.end_paragraph(end - 1)
            preamble.read(match.end(), end - 1)
    start = begin + len(_BEGIN_DOCUMENT) if begin >= 0 else 0
    end = text.find(_END_DOCUMENT, start)
    reader.read(start, len(text) if end < 0 else end)
    return mask.prose()


class _Reader:
    """Reads a text from front to back, without a stack of what is open: nothing is nested too deeply for it."""

    def __init__(self, text: str, mask: ProseMask) -> None:
        from pylatexenc.latexwalker import LatexWalker

        self._text, self._page = text, mask
        self._walker: LatexWalker = LatexWalker(text, tolerant_parsing=True)
        self._budget = TimeBudget(len(text))
        self._n_tables = self._n_lists = 0
        self._people = ListedPeople(mask)
        # Environments whose end is nowhere ahead: it is looked for once.
        self._without_end: set[str] = set()

    def read(self, here: int, end: int) -> None:
        """Keeps the prose of a stretch."""
        text, mask = self._text, self._page
        n_read = 0
        while here < end:
            special = _SPECIAL.search(text, here, end)
            stop = special.start() if special else end
            mask.keep(here, stop)
            if special is None:
                return
            n_read += 1
            if n_read % 100 == 0 and self._budget.is_over():
                give_up(stop, end, TOO_SLOW)
                return
            here = max(self._after(special[0], stop, end), stop + 1)

    def _after(self, special: str, here: int, end: int) -> int:
        """Where reading goes on after a special character."""
        text, mask = self._text, self._page
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
        token = self._token(here)
        if token is None:
            return here + 2
        after = int(token.pos + token.len)
        if token.tok == "begin_environment":
            return self._after_begin(token.arg, here, after, end)
        if token.tok == "end_environment":
            self._end(token.arg.rstrip("*"), here)
            return after
        if token.tok in ("mathmode_inline", "mathmode_display"):
            closing = "\\)" if token.arg == "\\(" else "\\]"
            return self._find(closing, after, min(end, after + _LONGEST_ARGUMENT), after)
        if token.tok == "macro":
            return self._after_macro(token.arg, here, here + 1 + len(token.arg), end)
        return after

    def _token(self, here: int) -> LatexToken | None:
        from pylatexenc.latexwalker import LatexWalkerEndOfStream, LatexWalkerError

        try:
            return self._walker.get_token(here, environments=True)
        except (LatexWalkerEndOfStream, LatexWalkerError, IndexError):
            return None

    def _after_comment(self, here: int, end: int) -> int:
        """Behind a comment: the sentence goes on in the next line, unless that is blank."""
        line_end = min(end_of_line(self._text, here), end)
        after = _ENDS_IN_LINE.match(self._text, line_end, end)
        if after is None or self._text[start_of_line(self._text, here) : here].strip():
            return line_end
        self._page.run_on(here, after.end())
        return after.end()

    def _after_math(self, here: int, end: int) -> int:
        mark = "$$" if self._text.startswith("$$", here) else "$"
        for match in _MATH_END.finditer(self._text, here + len(mark), min(end, here + _LONGEST_ARGUMENT)):
            if match[0].startswith(mark):
                return match.start() + len(mark)
            if match[0].startswith("\n"):
                return here + len(mark)
        return here + len(mark)

    def _end(self, name: str, here: int) -> None:
        """Takes the end of an environment."""
        self._page.end_paragraph(here)
        if name in TABLES and self._n_tables:
            self._n_tables -= 1
            if not self._n_tables:
                self._page.mark(here, ENTRIES_END)
        elif name in LISTS and self._n_lists:
            self._n_lists -= 1
            if not self._n_lists:
                self._people.end_list(here)

    def _after_begin(self, name: str, here: int, after: int, end: int) -> int:
        plain = name.rstrip("*")
        self._page.end_paragraph(here)
        if plain in LISTINGS or plain in MATH:
            if name in self._without_end:
                return after
            closed = self._find(f"\\end{{{name}}}", after, end, -1)
            if closed < 0:
                self._without_end.add(name)
                return after
            return closed
        if plain in TABLES:
            self._n_tables += 1
            if self._n_tables == 1:
                self._page.mark(here, ENTRY)
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
            self._page.end_paragraph(here)
            after += self._text.startswith("*", after)
            self._follow(plain, here, after, end)
            if group := _GROUP.match(self._text, after, end):
                group_end = self.group_end(group.end() - 1)
                self._page.end_paragraph(group_end - 1)
        if not plain.isalpha():
            # An accent, a blank, a line end, or a character that is otherwise special.
            if plain in ("[", "]", "(", ")"):
                return after
            if plain in tuple("%&$#_{}"):
                self._page.keep(after - 1, after)
            elif plain in tuple("'`^\"~=."):
                self._page.keep(here, after)
            elif plain == "\\" and self._n_tables:
                self._page.mark(here, ENTRY if self._n_tables == 1 else PARAGRAPH_END)
                return self._after_options(after, end)
            return after
        if plain == "tabularnewline" and self._n_tables == 1:
            self._page.mark(here, ENTRY)
        after = self._after_options(after, end)
        return self._after_groups(after, n_arguments_without_prose(plain), end)

    def _follow(self, name: str, here: int, after: int, end: int) -> None:
        """Takes a heading or an item; the label of an item is a name in bold."""
        content = _NAME.match(self._text, after, end)
        if name == "item" and self._n_lists:
            words = self._text[after : after + 120].lstrip()
            self._people.item(here, self._n_lists, f"\\item{words}" if words.startswith("[") else words)
        elif name in HEADING_LEVELS and content and not self._n_tables:
            self._people.heading(here, HEADING_LEVELS[name], content[1])

    def _after_groups(self, after: int, most: int, end: int) -> int:
        """Behind so many arguments in braces, fewer where there are fewer, and the options between them."""
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
                break
            after = closed
        return after

    def group_end(self, here: int) -> int:
        """Behind the brace that closes the one at an offset; behind the latter where none does."""
        limit = min(len(self._text), here + _LONGEST_ARGUMENT)
        return _closed(_BRACE, self._text, here, limit) or here + 1

    def _find(self, wanted: str, start: int, end: int, otherwise: int) -> int:
        found = self._text.find(wanted, start, end)
        return found + len(wanted) if found >= 0 else otherwise


def _closed(marks: re.Pattern[str], text: str, start: int, end: int) -> int | None:
    """Behind what closes the bracket at an offset; None where nothing does."""
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
