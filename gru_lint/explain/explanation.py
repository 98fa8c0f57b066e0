"""The explanation of one pronoun: what is expected there, its antecedent, and the attribution of the judgement.

The probabilities are those of `gru-lint check`: the same windows, judged by the same `Linter.judge`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from gru_lint.english.pronouns import CLASS_OF_FORM, WINDOW_MARKS, has_pronoun
from gru_lint.lines import LineIndex
from gru_lint.linter import Linter, antecedent_of
from gru_lint.records import Antecedent, AnyJudgement, Finding, Judgement, Span, Window
from gru_lint.segment.windows import phrase, text_span

if TYPE_CHECKING:
    from gru_lint.explain.attribution import MemoryTrace
    from gru_lint.model.network import AgreementNetwork

# Pronouns for the speaker and the hearer, whom the text need not mention.
_FIRST_AND_SECOND = frozenset("i me my mine we us our ours you your yours".split())
_NOT_JUDGED = frozenset("themself this that these those who whom whose one".split())
_WORD = re.compile(r"\w+(?:['’]\w+)*")


class PlaceError(Exception):
    """There is no judged pronoun at a place; the message says what is there, and where the nearest one is."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """One pronoun with its judgement and attribution.

    text        the whole text that it stands in
    window      in which it is judged; its `starts` are offsets in `text`
    judgement   on it, with its antecedent if one is likely enough
    findings    about it
    trace       the attribution of the judgement
    """

    filename: str | None
    text: str
    lines: LineIndex
    window: Window
    judgement: Judgement
    antecedent: Antecedent | None
    findings: tuple[Finding, ...]
    trace: MemoryTrace

    @property
    def written(self) -> str:
        """The pronoun as the text spells it."""
        return self.window.words[self.judgement.anaphor.word_index]

    @property
    def span(self) -> Span:
        """Where the pronoun stands."""
        index = self.judgement.anaphor.word_index
        return text_span(self.window, index, index + 1)

    @property
    def place(self) -> str:
        """File, row and column of the pronoun, as `check` has them."""
        row, column = self.lines.location(self.span.start)
        return f"{self.filename or '<text>'}:{row}:{column}"

    def phrase(self, first_word: int, end_word: int) -> str:
        """Some words of the window as the text has them, on one line."""
        return phrase(self.window, first_word, end_word)

    def pieces(self) -> Iterator[ShownWord]:
        """The words of the window to the end of the pronoun's sentence, without marks."""
        words = self.window.words
        last = self.judgement.anaphor.word_index
        while last + 1 < len(words) and words[last] not in ".!?" and words[last + 1] not in WINDOW_MARKS:
            last += 1
        yield from self._pieces(1, last + 1)

    def _pieces(self, first_word: int, end_word: int) -> Iterator[ShownWord]:
        before, end = "", -1
        for index in range(first_word, end_word):
            word, start = self.window.words[index], self.window.starts[index]
            if word in WINDOW_MARKS and start < 0:
                before = "\n\n"
                continue
            if not before and end >= 0 and start > end:
                before = " "
            yield ShownWord(index, word, before)
            before, end = "", start + len(word)


class ShownWord(NamedTuple):
    """A word of the window, and what stands before it: nothing, a space, or the break between paragraphs."""

    word_index: int
    text: str
    before: str


def explain_text(linter: Linter, text: str, filename: str | None, span: Span) -> Explanation:
    """The explanation of the pronoun at a span of a text; see `pronoun_at`. Raises `NoGatesError`.

    filename  its extension gives the format
    """
    linter = linter.for_text(text)
    for window, judgements in linter.judge(text, linter.settings.effective_filename(filename)):
        for judgement in judgements:
            if not isinstance(judgement, Judgement):
                continue
            index = judgement.anaphor.word_index
            if window.starts[index] == span.start:
                return explain_judgement(linter, text, filename, window, judgements, judgement)
    raise PlaceError(f'"{span.of(text)}" is not judged')


def explain_judgement(
    linter: Linter,
    text: str,
    filename: str | None,
    window: Window,
    judgements: Sequence[AnyJudgement],
    judgement: Judgement,
) -> Explanation:
    """The explanation of one judged pronoun. Raises `NoGatesError`.

    window      its `starts` are offsets in the text
    judgements  all on the window: a finding may depend on another
    """
    # Imported here: where no pronoun stands at the place, it is not needed.
    from gru_lint.explain.attribution import memory_trace

    span = text_span(window, judgement.word_index, judgement.word_index + 1)
    found = linter.window_findings(window, judgements)
    findings = tuple(finding for finding in found if finding.span == span)
    resolved = with_antecedent(linter.network, window, judgement)
    trace = memory_trace(linter.network, window, judgement.anaphor)
    antecedent = antecedent_of(window, resolved)
    return Explanation(filename, text, LineIndex(text), window, resolved, antecedent, findings, trace)


def with_antecedent(network: AgreementNetwork, window: Window, judgement: Judgement) -> Judgement:
    """The judgement with its antecedent, which `check` does not resolve for an expected pronoun."""
    if judgement.antecedent is not None:
        return judgement
    ((_, resolved),) = network.judge([window], resolve_all=True)
    same = (other for other in resolved if isinstance(other, Judgement) and other.anaphor == judgement.anaphor)
    return replace(judgement, antecedent=next(same).antecedent)


def judged_pronouns(linter: Linter, text: str, filename: str | None) -> list[Span]:
    """Where the judged pronouns stand, in the order of the text."""
    from gru_lint.extract import extract_prose
    from gru_lint.segment.sentences import split_sentences
    from gru_lint.segment.windows import is_anaphor

    if not has_pronoun(text):
        return []
    prose = extract_prose(text, linter.settings.effective_filename(filename), linter.settings.text_keys)
    return [
        Span(start, start + len(word))
        for sentence in split_sentences(prose)
        for index, (word, start) in enumerate(zip(sentence.words, sentence.starts, strict=True))
        if is_anaphor(sentence.words, index)
    ]


def pronoun_at(linter: Linter, text: str, filename: str | None, row: int, column: int) -> Span:
    """The judged pronoun at a row and column, from 1. Raises `PlaceError` with what stands there instead."""
    lines = LineIndex(text)
    try:
        line = lines.line(row)
    except IndexError:
        n_lines = lines.location(len(text)).row
        raise PlaceError(f"there is no line {row}: the last one is line {n_lines}") from None
    first = lines.location(line.start).column
    length = lines.location(line.end).column - first
    if not first <= column <= length + 1:
        raise PlaceError(f"line {row} has no column {column}: it is {length} characters long")
    offset = line.end - length + column - 1
    pronouns = judged_pronouns(linter, text, filename)
    for span in pronouns:
        if span.start <= offset < span.end:
            return span
    raise PlaceError(f"{_what_stands(text, offset)}{_nearest(pronouns, offset, lines)}")


def _what_stands(text: str, offset: int) -> str:
    """Why the word at an offset has no explanation."""
    word = next((found[0] for found in _WORD.finditer(text) if found.start() <= offset < found.end()), None)
    if word is None:
        return "no pronoun stands there"
    form = word.lower().split("'")[0].split("’")[0]
    if form in _FIRST_AND_SECOND:
        return f'"{word}" is the speaker or the hearer, which is never judged'
    if form in _NOT_JUDGED:
        return f'"{word}" agrees with anybody and is never judged'
    if word.lower() in CLASS_OF_FORM:
        reason = "a word in capitals" if word.isupper() and len(word) > 1 else "no part of the prose"
        return f'"{word}" is {reason}, which is never judged'
    return f'"{word}" is no pronoun'


def _nearest(pronouns: list[Span], offset: int, lines: LineIndex) -> str:
    if not pronouns:
        return "; no pronoun of this text is judged"
    near = min(pronouns, key=lambda span: min(abs(span.start - offset), abs(span.end - 1 - offset)))
    row, column = lines.location(near.start)
    return f'; the nearest that is judged is "{near.of(lines.text)}" at {row}:{column}'
