"""What the page asks beside LanguageTool's API: the chains of mentions, and the explanation of a pronoun."""

from __future__ import annotations

from typing import Any, Final

from gru_lint.explain.attribution import NoGatesError as NoGatesError
from gru_lint.explain.chains import text_chains
from gru_lint.explain.explanation import explain_text
from gru_lint.explain.formats._base import by_probability, strongest_words
from gru_lint.linter import Linter
from gru_lint.records import Antecedent, Span
from gru_lint.rules import rule_called
from gru_lint.rules._page import page_url
from gru_lint.segment.windows import text_span
from gru_lint.serve.client_text import Utf16

# How many words are shown of those on which the judgement depends most.
_N_STRONGEST: Final = 3


def chains_answer(linter: Linter, text: str) -> dict[str, Any]:
    """The pronouns and chains of a text; offsets and lengths in UTF-16 units."""
    units = Utf16(text)
    found = text_chains(linter, text)
    return {
        "pronouns": [
            {**_placed(units, one.span), "antecedent": _antecedent(units, one.antecedent, one.probability)}
            for one in found.pronouns
        ],
        "chains": [[_placed(units, span) for span in chain] for chain in found.chains],
    }


def explanation_answer(linter: Linter, text: str, offset: int) -> dict[str, Any]:
    """What is known of the pronoun at an offset in UTF-16 units. Raises `PlaceError` and `NoGatesError`.

    depends_on  the words on which the judgement depends most, with the log-odds that go with each
    """
    units = Utf16(text)
    start = units.code_points(offset)
    explained = explain_text(linter, text, None, Span(start, start))
    mention = explained.judgement.antecedent
    return {
        "pronoun": explained.written,
        **_placed(units, explained.span),
        "antecedent": _antecedent(units, explained.antecedent, mention.probability if mention else 0.0),
        "expected": [{"label": label, "probability": share} for label, share in by_probability(explained.judgement)],
        "depends_on": [
            {
                "word": explained.window.words[word.word_index],
                **_placed(units, text_span(explained.window, word.word_index, word.word_index + 1)),
                "log_odds": word.by_gates,
            }
            for word in strongest_words(explained, _N_STRONGEST)
        ],
        "findings": [
            {
                "code": finding.code,
                "message": finding.message,
                "why": rule_called(finding.code).why,
                "url": page_url(rule_called(finding.code)),
            }
            for finding in explained.findings
        ],
    }


def _placed(units: Utf16, span: Span) -> dict[str, int]:
    return units.place(span)._asdict()


def _antecedent(units: Utf16, antecedent: Antecedent | None, probability: float) -> dict[str, Any] | None:
    if antecedent is None:
        return None
    return {"text": antecedent.text, **_placed(units, antecedent.span), "probability": probability}
