"""What confidence means and where each rule speaks, chosen on held-out documents that report no result."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from gru_lint.linter import Linter
from gru_lint.model.confidence import PlattScaling, log_odds
from gru_lint.rules import calibrations
from gru_lint.segment.sentences import split_sentences
from gru_lint.segment.windows import SHORT_DOCUMENT_WORDS
from gru_lint.training.data.corpus import documents_of
from gru_lint.training.measure.judging import JudgedPronoun, judged_pronouns
from gru_lint.training.measure.measures import first_words
from gru_lint.training.measure.reliability import Findings, fit_scale

# The kinds of text in which every rule keeps its budget. Transcripts of people at play are left out: there
# players speak as their characters, of either gender, and no threshold could be kept.
DOMAINS = ("contemporary", "fiction", "wikipedia")
_N_WORDS = 600_000
# No threshold falls below this: a finding should be likelier right than wrong.
_LOWEST = 0.9


@dataclass(frozen=True, slots=True)
class Calibration:
    """For each rule its scale, and from which confidence on it speaks, in long documents and in short ones."""

    scales: dict[str, PlattScaling]
    thresholds: dict[str, float]
    short_thresholds: dict[str, float]


def calibrate(linter: Linter, corpora: Path, report: Callable[[str], None]) -> Calibration:
    """The lowest thresholds at which every rule keeps its budget, in every kind of text.

    linter  one with no scales of its own
    """
    findings = Findings()
    lowest = dict.fromkeys(calibrations(), 0.0)
    openings: list[str] = []
    for domain in DOMAINS:
        report(f"calibrating on {domain}")
        texts = list(first_words(documents_of(corpora / f"{domain}.txt.xz", "calibration"), _N_WORDS))
        openings += [opening(text) for text in texts]
        pronouns = [pronoun for text in texts for pronoun in judged_pronouns(linter, text)]
        for name, share in _lowest_shares(pronouns, _count_words(texts)).items():
            lowest[name] = max(lowest[name], share)
        for pronoun in pronouns:
            findings.add(pronoun)
    report("calibrating on short documents")
    texts = [*openings, *documents_of(corpora / "short.txt.xz", "calibration")]
    pronouns = [pronoun for text in texts for pronoun in judged_pronouns(linter, text) if pronoun.window.is_short]
    lowest_short = _lowest_shares(pronouns, _count_words(texts))
    scales = {name: fit_scale(found) for name, found in findings.by_rule.items()}

    def on_scale(shares: dict[str, float]) -> dict[str, float]:
        return {name: max(_LOWEST, scales[name].confidence(share)) for name, share in shares.items()}

    # There are few short documents to count in: go half the way that they say.
    halfway = {name: _between(lowest[name], min(lowest[name], lowest_short[name])) for name in lowest}
    return Calibration(scales, on_scale(lowest), on_scale(halfway))


def _between(share: float, other: float) -> float:
    """The share whose odds lie half way between those of two others, as odds multiply."""
    return PlattScaling(0.5, log_odds(other) / 2).confidence(share)


def opening(text: str) -> str:
    """The first sentences of a text, as many as make a short document; at least one."""
    end = n_words = 0
    for sentence in split_sentences(text):
        n_words += len(sentence.words) + sentence.opens_paragraph
        if end and n_words >= SHORT_DOCUMENT_WORDS:
            break
        end = sentence.starts[-1] + len(sentence.words[-1])
    return text[:end]


def _count_words(texts: list[str]) -> int:
    return sum(len(text.split()) for text in texts)


def _lowest_shares(pronouns: list[JudgedPronoun], n_words: int) -> dict[str, float]:
    """For each rule a hair above the first finding on clean words that is one too many for its budget."""
    false_alarms: dict[str, list[float]] = {name: [] for name in calibrations()}
    for pronoun in pronouns:
        for name, mismatch in pronoun.mismatches().items():
            if name in false_alarms:
                false_alarms[name].append(mismatch.confidence)
    lowest = {}
    for name, calibration in calibrations().items():
        n_allowed = int(calibration.budget * n_words / 10_000)
        worst = sorted(false_alarms[name], reverse=True)[n_allowed : n_allowed + 1]
        lowest[name] = max([0.0, *(share + (1 - share) * 0.01 for share in worst)])
    return lowest
