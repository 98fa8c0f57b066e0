"""Findings as the protocol's matches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from gru_lint.records import Finding, Span
from gru_lint.rules import rule_called
from gru_lint.rules._page import page_url
from gru_lint.segment.sentences import split_sentences
from gru_lint.serve.client_text import ClientText, Utf16

# What a category of the protocol is here: the rules of a family.
CATEGORIES: Final = {
    "DN": "Demonstratives (gru-lint)",
    "IG": "Comments of gru-lint",
    "PA": "Pronoun agreement (gru-lint)",
    "PC": "Pronoun case (gru-lint)",
    "SV": "Verb agreement (gru-lint)",
}
# Characters of the text that a match shows on either side, as many as LanguageTool shows.
_CONTEXT: Final = 40
_CUT: Final = "..."


def match_of(finding: Finding, text: ClientText, n_before: int) -> dict[str, Any]:
    """A finding as a match.

    finding   its spans are offsets in the context and, after it, the text
    n_before  the length of that context
    """
    span = finding.span.shifted(-n_before)
    offset, length = text.place(span)
    rule = rule_called(finding.code)
    return {
        "message": finding.message,
        "shortMessage": rule.name.replace("-", " ").capitalize(),
        "replacements": [{"value": replacement} for replacement in finding.replacements],
        "offset": offset,
        "length": length,
        "context": _context(text.plain, span),
        "sentence": _sentence(text.plain, span),
        "type": {"typeName": "Other"},
        "rule": {
            "id": rule.code,
            "description": rule.summary,
            "issueType": "grammar",
            "urls": [{"value": page_url(rule)}],
            "category": {"id": rule.family, "name": CATEGORIES[rule.family]},
            "isPremium": False,
        },
        "ignoreForIncompleteSentence": False,
        "contextForSureMatch": 0,
        "gruLint": {
            "rule": rule.name,
            "confidence": finding.confidence,
            "antecedent": _antecedent(finding, text, n_before),
        },
    }


def _antecedent(finding: Finding, text: ClientText, n_before: int) -> dict[str, Any] | None:
    """The antecedent, with its place where it stands in the text and not before it."""
    if finding.antecedent is None:
        return None
    named: dict[str, Any] = {"text": finding.antecedent.text}
    if finding.antecedent.span.start >= n_before:
        named |= text.place(finding.antecedent.span.shifted(-n_before))._asdict()
    return named


def _context(plain: str, span: Span) -> dict[str, Any]:
    start, end = max(0, span.start - _CONTEXT), min(len(plain), span.end + _CONTEXT)
    before, after = _CUT if start > 0 else "", _CUT if end < len(plain) else ""
    shown = f"{before}{plain[start:end]}{after}".replace("\n", " ")
    shift = len(before) - start
    offset, length = Utf16(shown).place(span.shifted(shift))
    return {"text": shown, "offset": offset, "length": length}


def _sentence(plain: str, span: Span) -> str:
    for sentence in split_sentences(plain):
        end = sentence.starts[-1] + len(sentence.words[-1])
        if end >= span.end:
            return plain[sentence.starts[0] : end]
    return ""


def in_order(matches: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Matches by where they stand."""
    return sorted(matches, key=lambda match: (match["offset"], match["length"]))
