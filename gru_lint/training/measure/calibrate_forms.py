"""Scales and thresholds of the rules about verbs, demonstratives and cases, chosen on held-out documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

from gru_lint.linter import Linter
from gru_lint.model.weights import ProfileThresholds
from gru_lint.records import SlotJudgement
from gru_lint.rules import form_rules
from gru_lint.training.data.corpus import documents_of
from gru_lint.training.measure.calibrate import (
    DOMAINS,
    N_WORDS_OF_EACH,
    PROFILES,
    Calibration,
    between_shares,
    lowest_share,
)
from gru_lint.training.measure.cases import judged_case
from gru_lint.training.measure.forms import JudgedWord, judged_form
from gru_lint.training.measure.measures import first_words
from gru_lint.training.measure.reliability import fit_scale

_N_WORDS = 300_000
# How many times a rule's budget it may spend on each kind of text: people at a table speak as they please.
_BUDGETS: Final = {**dict.fromkeys(DOMAINS, 1.0), "spoken": 10 / 3}
_SHORT: Final = "short"
# One verb in so many is flipped: there are many more of them than of findings on clean text.
_FLIPPED_ONE_IN = 10


def calibrate_forms(linter: Linter, corpora: Path, report: Callable[[str], None]) -> Calibration:
    """The lowest thresholds at which every rule keeps its budget, in every kind of text; lower ones in short documents.

    linter  one with no scales of its own
    """
    scored: dict[str, list[tuple[float, bool]]] = {rule.name: [] for rule in form_rules()}
    clean: dict[str, tuple[dict[str, list[float]], float]] = {}
    for domain, factor in (*_BUDGETS.items(), (_SHORT, 1.0)):
        report(f"calibrating verbs on {domain}")
        texts = list(first_words(documents_of(corpora / f"{domain}.txt.xz", "calibration"), _N_WORDS, N_WORDS_OF_EACH))
        n_words = sum(len(text.split()) for text in texts)
        false_alarms = _score((form for text in texts for form in _judged(linter, text)), scored)
        clean[domain] = false_alarms, factor * n_words
    scales = {name: fit_scale(findings) for name, findings in scored.items()}
    profiles = {}
    for name, profile in PROFILES.items():
        long: dict[str, float] = {}
        short: dict[str, float] = {}
        for rule in form_rules():
            allowed = {
                domain: int(profile.budgets * rule.form_budget * n_words / 10_000)
                for domain, (_, n_words) in clean.items()
            }
            # The short documents have too few words for one finding in ten thousand: the worst of all would decide.
            allowed[_SHORT] = max(1, allowed[_SHORT])
            shares = {
                domain: lowest_share(false_alarms[rule.name], allowed[domain])
                for domain, (false_alarms, _) in clean.items()
            }
            of_short = shares.pop(_SHORT)
            of_long = max(shares.values())
            # As with pronouns: few short documents are there to count in.
            halfway = between_shares(of_long, min(of_long, of_short))
            for thresholds, lowest in ((long, of_long), (short, halfway)):
                thresholds[rule.name] = max(profile.lowest, scales[rule.name].confidence(lowest))
        profiles[name] = ProfileThresholds(long, short)
    return Calibration(scales, profiles)


def _judged(linter: Linter, text: str) -> Iterator[JudgedWord]:
    for window, judgements in linter.judge(text):
        for judgement in judgements:
            if isinstance(judgement, SlotJudgement):
                yield judged_form(linter, window, judgement)
            elif (pronoun := judged_case(linter, window, judgement)) is not None:
                yield pronoun


def _score(forms: Iterable[JudgedWord], scored: dict[str, list[tuple[float, bool]]]) -> dict[str, list[float]]:
    """The confidence of every finding on forms as they stand; a share of them is flipped, and both are scored."""
    false_alarms: dict[str, list[float]] = {name: [] for name in scored}
    for number, form in enumerate(form for form in forms if not form.is_known_error):
        as_it_stands = form.confidences() if form.is_unexpected else {}
        for name, confidence in as_it_stands.items():
            false_alarms[name].append(confidence)
        other = form.flipped() if number % _FLIPPED_ONE_IN == 0 else None
        if other is None or not form.agrees:
            continue
        for confidences, is_right in ((as_it_stands, False), (form.confidences(other), True)):
            for name, confidence in confidences.items():
                scored[name].append((confidence, is_right))
    return false_alarms
