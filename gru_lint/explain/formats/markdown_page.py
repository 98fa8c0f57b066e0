"""A short piece of Markdown: what is expected, and the words on which the judgement depends most, with bars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from gru_lint.explain.formats._base import (
    ExplanationFormat,
    agreement_line,
    by_probability,
    measures_line,
    signed,
    strongest_words,
    verdict_line,
)
from gru_lint.records import Judgement
from gru_lint.sanitize import escape_markdown

if TYPE_CHECKING:
    from gru_lint.explain.explanation import Explanation

_N_WORDS = 3
_BAR = 12


def render(explanation: Explanation) -> str:
    """The lines; they end in a newline."""
    return "\n".join(_lines(explanation)) + "\n"


def _lines(explanation: Explanation) -> Iterator[str]:
    yield f"**{escape_markdown(explanation.place)}**: {escape_markdown(verdict_line(explanation))}"
    yield ""
    words = [
        (explanation.window.words[word.word_index], word.by_gates) for word in strongest_words(explanation, _N_WORDS)
    ]
    yield from judgement_lines(explanation.judgement, words)
    if explanation.trace.mentions:
        yield ""
        yield measures_line(explanation)
    yield ""
    yield escape_markdown(agreement_line(explanation))


def judgement_lines(judgement: Judgement, words: Sequence[tuple[str, float]]) -> Iterator[str]:
    """Two tables: the probability of each class, and how much the judgement depends on some words, with bars."""
    yield "| expected here | probability |"
    yield "| --- | ---: |"
    for label, probability in by_probability(judgement):
        yield f"| {label} | {probability:.1%} |"
    if not words:
        return
    yield ""
    yield "| depends on | | log-odds |"
    yield "| --- | --- | ---: |"
    for (word, loss), bar in zip(words, bars(words), strict=True):
        yield f"| {escape_markdown(word)} | {bar} | {signed(loss)} |"


def bars(words: Sequence[tuple[str, float]]) -> Iterator[str]:
    """A bar for the loss of each word, in proportion to the greatest."""
    greatest = max((abs(loss) for _, loss in words), default=0.0) or 1.0
    return ("█" * max(1, round(abs(loss) / greatest * _BAR)) for _, loss in words)


FORMAT = ExplanationFormat("markdown", "a short piece of Markdown, for hovers and comments", render)
