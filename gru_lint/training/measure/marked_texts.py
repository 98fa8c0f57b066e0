"""Texts in which it is known which words are wrong, and what should stand there: how many are found and put right.

new_people.tsv holds correct texts about two people, one of them new or named by a role alone; two_people.tsv correct
texts about a man and a woman; all_wrong.tsv texts in which every pronoun is wrong after a title, a noun or a word for
kin. A table of trials has columns id, kind, file,
text and wrong, where the text writes a line end as backslash and n, and wrong names each wrong word by its offsets,
end excluded, and the right one: "14-17 his; 43-46 he"; what stands beside these is a remark. A table of reports holds
correct sentences, most of them with a wrong twin. Where nothing is wrong, nothing may be flagged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gru_lint.linter import Linter
from gru_lint.records import Span
from gru_lint.training.measure.measures import share
from gru_lint.training.measure.pairs import PAIRS_PATH, rows_of

_NEW_PEOPLE_PATH = PAIRS_PATH.with_name("new_people.tsv")
_TWO_PEOPLE_PATH = PAIRS_PATH.with_name("two_people.tsv")
_ALL_WRONG_PATH = PAIRS_PATH.with_name("all_wrong.tsv")
_WORD = re.compile(r"\w+")
_MARK = re.compile(r"(?P<start>\d+)-(?P<end>\d+) (?:\w+ -> )?(?P<right>\w+)")


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text with its wrong words and what should stand there.

    filename  says how it is read
    """

    kind: str
    text: str
    wrong: tuple[tuple[Span, str], ...] = ()
    filename: str = "text.txt"


def read_new_people() -> list[MarkedText]:
    """The correct texts about somebody new, of a table with columns kind and text."""
    return [MarkedText(kind, text) for kind, text in rows_of(_NEW_PEOPLE_PATH)]


def read_two_people() -> list[MarkedText]:
    """The correct texts about a man and a woman, of a table with columns kind and text."""
    return [MarkedText(kind, text) for kind, text in rows_of(_TWO_PEOPLE_PATH)]


def read_all_wrong() -> list[MarkedText]:
    """The texts in which every pronoun is wrong, of a table with columns kind, bad and good."""
    texts = []
    for kind, bad, good in rows_of(_ALL_WRONG_PATH):
        # Both hold equally many words.
        pairs = zip(_WORD.finditer(bad), _WORD.findall(good), strict=True)
        wrong = ((Span(*word.span()), right) for word, right in pairs if word.group() != right)
        texts.append(MarkedText(kind, bad, tuple(wrong)))
    return texts


def read_trials(path: Path) -> list[MarkedText]:
    """The texts of a table of trials. Raises ValueError where a row is none."""
    texts = []
    for number, row in enumerate(rows_of(path), 2):
        try:
            _, kind, filename, text, wrong = row
            marks = tuple(_mark(mark) for mark in _MARK.finditer(wrong))
        except ValueError:
            raise ValueError(f"{path}: row {number} is no trial; write id, kind, file, text and wrong") from None
        texts.append(MarkedText(kind, text.replace("\\n", "\n"), marks, filename))
    return texts


def read_reported(path: Path) -> list[MarkedText]:
    """The texts of a table with columns id, kind, category, good, bad, bad_start, bad_end, right: two of a row, or one.

    Raises ValueError where a row is none.
    """
    texts = []
    for number, row in enumerate(rows_of(path), 2):
        try:
            _, _, category, good, bad, start, end, right, *_ = row
            wrong = ((Span(int(start), int(end)), right),) if bad else ()
        except ValueError:
            raise ValueError(f"{path}: row {number} is no report; write all columns of the first row") from None
        texts.append(MarkedText(category, good))
        if wrong:
            texts.append(MarkedText(category, bad, wrong))
    return texts


def _mark(mark: re.Match[str]) -> tuple[Span, str]:
    return Span(int(mark["start"]), int(mark["end"])), mark["right"]


@dataclass(slots=True)
class _Counts:
    n_wrong: int = 0
    n_found: int = 0
    n_put_right: int = 0
    n_texts_all_found: int = 0
    n_texts_wrong: int = 0
    n_texts_right: int = 0
    n_texts_flagged: int = 0
    flagged: list[str] = field(default_factory=list)

    def add(self, text: MarkedText, found: dict[Span, tuple[str, ...]]) -> None:
        """Counts one text and the replacements offered, by the span of the finding."""
        hits = [(found[span], right) for span, right in text.wrong if span in found]
        self.n_wrong += len(text.wrong)
        self.n_found += len(hits)
        self.n_put_right += sum(fixes[:1] == (right,) for fixes, right in hits)
        self.n_texts_wrong += bool(text.wrong)
        self.n_texts_all_found += bool(text.wrong) and len(hits) == len(text.wrong)
        self.n_texts_right += not text.wrong
        if not text.wrong and found:
            self.n_texts_flagged += 1
            self.flagged.append(text.text)

    def figures(self) -> dict[str, Any]:
        """Counts and shares; None where nothing was counted."""
        return {
            "wrong_words": self.n_wrong,
            "found": share(self.n_found, self.n_wrong),
            "put_right": share(self.n_put_right, self.n_found),
            "texts_wrong": self.n_texts_wrong,
            "texts_all_found": self.n_texts_all_found,
            "texts_right": self.n_texts_right,
            "texts_flagged": self.n_texts_flagged,
        }


def measure_marked_texts(linter: Linter, texts: Iterable[MarkedText]) -> dict[str, dict[str, Any]]:
    """By kind and in all ("all"): wrong words found and put right, and correct texts flagged."""
    counts: dict[str, _Counts] = {}
    for text in texts:
        found = {finding.span: finding.replacements for finding in linter.lint(text.text, text.filename)}
        for name in (text.kind, "all"):
            counts.setdefault(name, _Counts()).add(text, found)
    return {name: counted.figures() for name, counted in counts.items()}
