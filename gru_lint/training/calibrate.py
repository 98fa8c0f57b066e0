"""Thresholds for a false-alarm budget, chosen on held-out documents that report no result."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from gru_lint.linter import Linter
from gru_lint.rules import all_rules
from gru_lint.training.corpus import documents_of
from gru_lint.training.evaluate import first_words
from gru_lint.training.judging import judged_pronouns

# Findings on 10,000 clean words that each rule may make, in the worst kind of text.
BUDGETS = {
    "gender-mismatch": 0.7,
    "number-mismatch": 0.1,
    "animacy-mismatch": 0.1,
    "reflexive-mismatch": 0.1,
}
# The kinds of text that the budget is kept in. Transcripts of people at play are left out: there
# players speak as their characters, of either gender, and no threshold could be kept.
_DOMAINS = ("contemporary", "fiction", "wikipedia")
_N_WORDS = 600_000
# No threshold falls below this: a finding should be likelier right than wrong.
_LOWEST = 0.9


def calibrate(linter: Linter, corpora: Path, report: Callable[[str], None]) -> dict[str, float]:
    """For each rule the lowest confidence at which it keeps its budget in every domain."""
    thresholds = dict.fromkeys(BUDGETS, _LOWEST)
    for domain in _DOMAINS:
        confidences: dict[str, list[float]] = {rule.name: [] for rule in all_rules()}
        n_words = 0
        texts = documents_of(corpora / f"{domain}.txt.xz", "calibration")
        for text in first_words(texts, _N_WORDS):
            n_words += len(text.split())
            for pronoun in judged_pronouns(linter, text):
                for name, mismatch in pronoun.mismatches().items():
                    confidences[name].append(mismatch.confidence)
            report(f"calibrating on {domain}: {n_words:,} words")
        for name, budget in BUDGETS.items():
            n_allowed = int(budget * n_words / 10_000)
            worst = sorted(confidences[name], reverse=True)[n_allowed : n_allowed + 1]
            # A hair above the first finding that is one too many.
            thresholds[name] = max([thresholds[name], *(confidence + (1 - confidence) * 0.01 for confidence in worst)])
    return thresholds
