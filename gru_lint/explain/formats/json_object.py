"""One JSON object for programs: everything that the other formats show, and the figures of every word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gru_lint.english.pronouns import CASES
from gru_lint.explain.formats._base import ExplanationFormat, agreement_line, probabilities_of
from gru_lint.records import Span
from gru_lint.sanitize import json_document
from gru_lint.segment.windows import text_span

if TYPE_CHECKING:
    from gru_lint.explain.attribution import MentionTrace, WordTrace
    from gru_lint.explain.explanation import Explanation

# Decimals of the figures of the trace; probabilities are not rounded.
_N_DECIMALS = 6


def render(explanation: Explanation) -> str:
    """The object; ends in a newline."""
    return json_document(_object(explanation))


def _object(explanation: Explanation) -> dict[str, Any]:
    trace, judgement = explanation.trace, explanation.judgement
    antecedent = explanation.antecedent
    mention = judgement.antecedent
    return {
        "filename": explanation.filename,
        "pronoun": explanation.written,
        **_place(explanation, explanation.span),
        "probabilities": probabilities_of(explanation.judgement),
        "cases": dict(zip(CASES, judgement.cases, strict=True)),
        "antecedent": antecedent
        and {
            "text": antecedent.text,
            **_place(explanation, antecedent.span),
            "probability": mention.probability if mention else None,
        },
        "findings": [
            {"code": finding.code, "message": finding.message, "confidence": finding.confidence}
            for finding in explanation.findings
        ],
        "expected": trace.expected,
        "other": trace.other,
        "log_odds": _rounded(trace.log_odds),
        "leading": {
            "by_gates": _leading(explanation, by_occlusion=False),
            "left_out": _leading(explanation, by_occlusion=True),
            "agree": trace.agrees,
            "in_words": agreement_line(explanation),
        },
        "mentions": [_mention(explanation, mention) for mention in trace.mentions],
        "words": [_word(explanation, word) for word in trace.words],
    }


def _place(explanation: Explanation, span: Span) -> dict[str, int]:
    row, column = explanation.lines.location(span.start)
    return {"line": row, "column": column, "start": span.start, "end": span.end}


def _leading(explanation: Explanation, *, by_occlusion: bool) -> dict[str, Any] | None:
    leading = explanation.trace.leading(by_occlusion=by_occlusion)
    if leading is None:
        return None
    mention, word = leading
    return {
        "word": explanation.window.words[word.word_index],
        "word_index": word.word_index,
        "mention": explanation.phrase(mention.first_word, mention.end_word),
    }


def _mention(explanation: Explanation, mention: MentionTrace) -> dict[str, Any]:
    span = text_span(explanation.window, mention.first_word, mention.end_word)
    return {
        "text": explanation.phrase(mention.first_word, mention.end_word),
        **_place(explanation, span),
        "links": _rounded(mention.links),
        "evidence": _rounded(mention.evidence),
        "length": _rounded(mention.length),
        "by_gates": _rounded(mention.by_gates),
        "left_out": _rounded(mention.by_occlusion),
    }


def _word(explanation: Explanation, word: WordTrace) -> dict[str, Any]:
    start = explanation.window.starts[word.word_index]
    return {
        "word_index": word.word_index,
        "text": explanation.window.words[word.word_index],
        "start": start if start >= 0 else None,
        "update": _rounded(word.update),
        "wrote": _rounded(word.wrote),
        "survived": _rounded(word.survived),
        "share": _rounded(word.share),
        "by_gates": _rounded(word.by_gates),
        "left_out": _rounded(word.by_occlusion),
    }


def _rounded(value: float) -> float:
    return round(value, _N_DECIMALS)


FORMAT = ExplanationFormat("json", "one object with the figures of every word, for programs", render)
