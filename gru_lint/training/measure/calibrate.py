"""What confidence means and where each rule speaks, chosen on held-out documents that report no result."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from gru_lint.linter import Linter
from gru_lint.model.confidence import PlattScaling, log_odds
from gru_lint.model.weights import ProfileThresholds
from gru_lint.rules import calibrations
from gru_lint.segment.sentences import split_sentences
from gru_lint.segment.windows import SHORT_DOCUMENT_WORDS
from gru_lint.training.data.compose import Composer
from gru_lint.training.data.corpus import documents_of
from gru_lint.training.measure.judging import JudgedPronoun, judged_pronouns, judged_texts
from gru_lint.training.measure.measures import first_words
from gru_lint.training.measure.reliability import Findings, fit_scale

# The kinds of text in which every rule keeps its budget. Transcripts of people at play are left out: there
# players speak as their characters, of either gender, and no threshold could be kept.
DOMAINS = ("contemporary", "fiction", "wikipedia")
_N_WORDS = 600_000
# Correct texts about somebody new, from templates that nothing was trained on.
_N_COMPOSED = 3_000


@dataclass(frozen=True, slots=True)
class Profile:
    """How much a linter may show.

    budgets  how many times the findings on clean words that a rule may make by default
    flagged  which share of the correct short texts about somebody new may be flagged; in a long one, somebody new is as
             frequent as in the clean text that the budget is kept in
    lowest   no threshold falls below this: a finding should be likelier right than wrong
    """

    budgets: float
    flagged: float
    lowest: float


PROFILES = {
    "default": Profile(1.0, 0.03, 0.9),
    "learner": Profile(10.0, 0.06, 0.75),
    "strict": Profile(0.2, 0.005, 0.95),
}


@dataclass(frozen=True, slots=True)
class Calibration:
    """For each rule its scale, and from which confidence on it speaks, by the name of the profile."""

    scales: dict[str, PlattScaling]
    profiles: dict[str, ProfileThresholds]


@dataclass(frozen=True, slots=True)
class CleanText:
    """What the rules say of correct pronouns: their shares of the odds by rule, highest first.

    size  words, or texts of which one share each is counted
    """

    false_alarms: dict[str, list[float]]
    size: int

    def lowest_shares(self, rates: dict[str, float]) -> dict[str, float]:
        """For each rule a hair above the first finding that is one too many for its rate."""
        lowest = {}
        for name, rate in rates.items():
            n_allowed = int(rate * self.size)
            worst = self.false_alarms[name][n_allowed : n_allowed + 1]
            lowest[name] = max([0.0, *(share + (1 - share) * 0.01 for share in worst)])
        return lowest


def calibrate(linter: Linter, corpora: Path, composer: Composer, report: Callable[[str], None]) -> Calibration:
    """The lowest thresholds at which every rule keeps its budget, in every kind of text, for every profile.

    linter  one with no scales of its own
    """
    findings = Findings()
    long_texts: list[CleanText] = []
    openings: list[str] = []
    for domain in DOMAINS:
        report(f"calibrating on {domain}")
        texts = list(first_words(documents_of(corpora / f"{domain}.txt.xz", "calibration"), _N_WORDS))
        openings += [opening(text) for text in texts]
        pronouns = [pronoun for text in texts for pronoun in judged_pronouns(linter, text)]
        long_texts.append(_clean_text(pronouns, _count_words(texts)))
        for pronoun in pronouns:
            findings.add(pronoun)
    report("calibrating on somebody new")
    of_texts = list(judged_texts(linter, composer.documents(_N_COMPOSED, "calibration")))
    new_people = _clean_text((pronoun for pronouns in of_texts for pronoun in pronouns), _N_COMPOSED)
    for pronouns in of_texts:
        for pronoun in pronouns:
            # Either gender is right of somebody new: the same pronoun flipped is no finding that is right.
            findings.add_clean(pronoun)
    report("calibrating on short documents")
    texts = [*openings, *documents_of(corpora / "short.txt.xz", "calibration")]
    pronouns = [pronoun for pronouns in judged_texts(linter, texts) for pronoun in pronouns if pronoun.window.is_short]
    short_text = _clean_text(pronouns, _count_words(texts))
    scales = {name: fit_scale(found) for name, found in findings.by_rule.items()}
    profiles = {}
    for name, profile in PROFILES.items():
        rates = {rule: profile.budgets * calibration.budget / 10_000 for rule, calibration in calibrations().items()}
        flagged = dict.fromkeys(rates, profile.flagged)
        kinds = [text.lowest_shares(rates) for text in long_texts]
        lowest = {rule: max(kind[rule] for kind in kinds) for rule in rates}
        lowest_short = short_text.lowest_shares(rates)
        of_new_people = new_people.lowest_shares(flagged)
        # There are few short documents to count in: go half the way that they say.
        halfway = {
            rule: max(of_new_people[rule], between_shares(lowest[rule], min(lowest[rule], lowest_short[rule])))
            for rule in lowest
        }
        profiles[name] = ProfileThresholds(
            *(
                {rule: max(profile.lowest, scales[rule].confidence(share)) for rule, share in shares.items()}
                for shares in (lowest, halfway)
            )
        )
    return Calibration(scales, profiles)


def _clean_text(pronouns: Iterable[JudgedPronoun], size: int) -> CleanText:
    false_alarms: dict[str, list[float]] = {name: [] for name in calibrations()}
    for pronoun in pronouns:
        for name, mismatch in pronoun.mismatches().items():
            if name in false_alarms:
                false_alarms[name].append(mismatch.confidence)
    return CleanText({name: sorted(shares, reverse=True) for name, shares in false_alarms.items()}, size)


def between_shares(share: float, other: float) -> float:
    """The share of the odds whose odds lie half way between those of two others, as odds multiply."""
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
