"""One HTML page for people and for editors; its template and its style stand beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from gru_lint import __version__
from gru_lint.explain.formats._base import (
    ExplanationFormat,
    agreement_line,
    by_probability,
    heat_steps,
    measures_line,
    mention_row,
    signed,
    strongest_mentions,
    verdict_line,
    word_row,
)

if TYPE_CHECKING:
    from gru_lint.explain.explanation import Explanation


class _Word(NamedTuple):
    """A word of the passage; classes and title show how much the judgement depends on it."""

    text: str
    before: str
    opens_paragraph: bool
    is_pronoun: bool
    classes: str = ""
    title: str = ""


def render(explanation: Explanation) -> str:
    """The whole page."""
    # Imported here, since it imports Jinja: the server knows this format from its start.
    from gru_lint.pages import render_page

    trace = explanation.trace
    return render_page(
        Path(__file__).with_suffix(".html"),
        title=f"“{explanation.written}”",
        explanation=explanation,
        trace=trace,
        verdict=verdict_line(explanation),
        agreement=agreement_line(explanation),
        measures=measures_line(explanation),
        probabilities=by_probability(explanation.judgement),
        words=list(_words(explanation)),
        mention_rows=[
            mention_row(explanation, mention) for mention in strongest_mentions(explanation, len(trace.mentions))
        ],
        word_rows=[word_row(explanation, word) for word in trace.words],
        version=__version__,
    )


def _words(explanation: Explanation) -> Iterator[_Word]:
    """The words read, each with how much the judgement depends on it."""
    heat = heat_steps(explanation)
    leading = explanation.trace.leading()
    leading_words = range(leading[0].first_word, leading[0].end_word) if leading else range(0)
    pronoun = explanation.judgement.anaphor.word_index
    for number, piece in enumerate(explanation.pieces()):
        opens = piece.before == "\n\n"
        word = _Word(piece.text, piece.before.strip("\n"), opens and number > 0, piece.word_index == pronoun)
        if piece.word_index < pronoun:
            trace, step = explanation.trace.words[piece.word_index], heat[piece.word_index]
            classes = [f"{'for' if step > 0 else 'against'}-{abs(step)}"] if step else []
            word = word._replace(
                classes=" ".join([*classes, *(["leading"] if piece.word_index in leading_words else [])]),
                title=f"by the gates {signed(trace.by_gates)}, left out {signed(trace.by_occlusion)}; "
                f"{trace.survived:.0%} survived",
            )
        yield word


FORMAT = ExplanationFormat("html", "one page, for people and for editors", render)
