"""What confidence means and where each rule speaks, chosen on held-out documents that report no result."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from gru_lint.confidence import Scale
from gru_lint.linter import Linter
from gru_lint.training.corpus import documents_of
from gru_lint.training.judging import judged_pronouns
from gru_lint.training.measures import first_words
from gru_lint.training.reliability import Finding, findings_of, fit_scale

# Findings on 10,000 clean words that each rule may make, in the worst kind of text.
BUDGETS = {
    "gender-mismatch": 0.7,
    "number-mismatch": 0.1,
    "animacy-mismatch": 0.1,
    "reflexive-mismatch": 0.1,
}
# The kinds of text that the budget is kept in. Transcripts of people at play are left out: there
# players speak as their characters, of either gender, and no threshold could be kept.
DOMAINS = ("contemporary", "fiction", "wikipedia")
_N_WORDS = 600_000
# No threshold falls below this: a finding should be likelier right than wrong.
_LOWEST = 0.9


def calibrate(
    linter: Linter, corpora: Path, report: Callable[[str], None]
) -> tuple[dict[str, Scale], dict[str, float]]:
    """For each rule its scale, and the lowest confidence on it at which it keeps its budget in every domain.

    linter  one with no scales of its own
    """
    findings: dict[str, list[Finding]] = {name: [] for name in BUDGETS}
    lowest = dict.fromkeys(BUDGETS, 0.0)
    for domain in DOMAINS:
        false_alarms: dict[str, list[float]] = {name: [] for name in BUDGETS}
        n_words = 0
        texts = documents_of(corpora / f"{domain}.txt.xz", "calibration")
        for text in first_words(texts, _N_WORDS):
            n_words += len(text.split())
            for pronoun in judged_pronouns(linter, text):
                for name, mismatch in pronoun.mismatches().items():
                    if name in BUDGETS:
                        false_alarms[name].append(mismatch.confidence)
                for name, finding in findings_of(pronoun):
                    findings[name].append(finding)
            report(f"calibrating on {domain}: {n_words:,} words")
        for name, budget in BUDGETS.items():
            n_allowed = int(budget * n_words / 10_000)
            worst = sorted(false_alarms[name], reverse=True)[n_allowed : n_allowed + 1]
            # A hair above the first finding that is one too many.
            lowest[name] = max([lowest[name], *(confidence + (1 - confidence) * 0.01 for confidence in worst)])
    scales = {name: fit_scale(found) for name, found in findings.items()}
    return scales, {name: max(_LOWEST, scales[name].confidence(share)) for name, share in lowest.items()}
