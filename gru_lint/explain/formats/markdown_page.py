"""A short piece of Markdown, for hovers: what is expected, and the words on which most hangs, with bars."""

from __future__ import annotations

from collections.abc import Iterator

from gru_lint.explain.explanation import Explanation
from gru_lint.explain.formats._base import (
    ExplanationFormat,
    agreement_line,
    by_probability,
    signed,
    strongest_words,
    verdict_line,
    weighed_line,
)
from gru_lint.sanitize import escape_markdown

_N_WORDS = 3
_BAR = 12


def render(explanation: Explanation, in_colour: bool) -> str:
    """The lines; they end in a newline."""
    return "\n".join(_lines(explanation)) + "\n"


def _lines(explanation: Explanation) -> Iterator[str]:
    yield f"**{escape_markdown(explanation.place)}**: {escape_markdown(verdict_line(explanation))}"
    yield ""
    yield "| expected here | probability |"
    yield "| --- | ---: |"
    for label, share in by_probability(explanation):
        yield f"| {label} | {share:.2%} |"
    yield ""
    yield from strongest_lines(explanation)
    if explanation.trace.mentions:
        yield ""
        yield weighed_line(explanation)
    yield ""
    yield escape_markdown(agreement_line(explanation))


def strongest_lines(explanation: Explanation) -> Iterator[str]:
    """A table of the words on which most hangs."""
    words = [
        (explanation.window.words[word.word_index], word.by_gates) for word in strongest_words(explanation, _N_WORDS)
    ]
    if words:
        yield from table_lines(words)


def table_lines(words: list[tuple[str, float]]) -> Iterator[str]:
    """A table of words and what hangs on each, with bars."""
    most = max(abs(loss) for _, loss in words) or 1.0
    yield "| hangs on | | log-odds |"
    yield "| --- | --- | ---: |"
    for word, loss in words:
        yield f"| {escape_markdown(word)} | {'█' * max(1, round(abs(loss) / most * _BAR))} | {signed(loss)} |"


FORMAT = ExplanationFormat("markdown", "a short piece of Markdown, for hovers and comments", render)
