"""The scale and the threshold of each rule, chosen on held-out documents from which no result is reported."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import neg
from pathlib import Path

from gru_lint.linter import Linter
from gru_lint.model.confidence import PlattScaling, log_odds
from gru_lint.model.weights import ProfileThresholds
from gru_lint.rules import calibrations, threshold_key
from gru_lint.segment.sentences import split_sentences
from gru_lint.segment.windows import SHORT_DOCUMENT_WORDS
from gru_lint.training.data.compose import Composer
from gru_lint.training.data.corpus import documents_of
from gru_lint.training.measure.evaluation_sets import GapRow
from gru_lint.training.measure.judging import JudgedPronoun, judged_pronouns, judged_texts
from gru_lint.training.measure.measures import first_words
from gru_lint.training.measure.reliability import Findings, fit_scale

# The kinds of text in which every rule keeps its budget. Transcripts of people at play are left out: there
# players speak as their characters, of either gender, and no threshold could be kept.
DOMAINS = ("contemporary", "fiction", "wikipedia")
_N_WORDS = 600_000
# Of a longer document the beginning is read: two novels would be two thirds of all fiction.
N_WORDS_OF_EACH = 50_000
# Correct texts about somebody new, from templates that nothing was trained on.
_N_COMPOSED = 3_000
# Between one threshold for men and women and one for each, so many steps are looked at.
_N_WAYS = 20


@dataclass(frozen=True, slots=True)
class Profile:
    """How many findings a profile of thresholds allows.

    budgets  a factor of the budget that each rule has by default
    flagged  which share of the correct short texts about somebody new may be flagged; in a long one, somebody new is as
             frequent as in the clean text that the budget is kept in
    lowest   no threshold falls below this: a finding should be likelier right than wrong
    """

    budgets: float
    flagged: float
    lowest: float


PROFILES = {
    "default": Profile(1.0, 0.01, 0.9),
    "learner": Profile(10.0, 0.04, 0.75),
    "strict": Profile(0.2, 0.003, 0.95),
}


@dataclass(frozen=True, slots=True)
class Calibration:
    """For each rule its scale, and by the name of each profile its thresholds."""

    scales: dict[str, PlattScaling]
    profiles: dict[str, ProfileThresholds]


@dataclass(frozen=True, slots=True)
class CleanText:
    """What the rules say of correct pronouns: their shares of the odds by threshold.

    size  words, or texts of which one share each is counted
    """

    false_alarms: dict[str, list[float]]
    size: int

    def lowest_shares(self, rates: Mapping[str, float], errors: Mapping[str, Sequence[float]]) -> dict[str, float]:
        """For each rule, and each of its thresholds, a hair above the first finding that is one too many for its rate.

        errors  of a rule with several thresholds, by threshold, the shares of the odds of errors that were made, the
                highest first: the thresholds find equal parts of them
        """
        lowest = {}
        for rule, rate in rates.items():
            n_allowed = int(rate * self.size)
            lowest[rule] = lowest_share(self.false_alarms[rule], n_allowed)
            if calibrations()[rule].by_class:
                names = _names_of_thresholds(rule)
                parts = sorted(_part_found(errors[name], share) for name in names for share in self.false_alarms[name])
                part = parts[n_allowed] if n_allowed < len(parts) else 1.0
                lowest |= {name: _share_that_finds(errors[name], part) for name in names}
        return lowest


def _part_found(errors: Sequence[float], share: float) -> float:
    """The part of some errors, the surest first, that are at least so sure."""
    return bisect_right(errors, -share, key=neg) / max(1, len(errors))


def _share_that_finds(errors: Sequence[float], part: float) -> float:
    """A hair above the share at which this part of some errors, the surest first, is found."""
    n_found = round(part * len(errors))
    return a_hair_above(errors[n_found - 1]) if n_found else 1.0


def calibrate(
    linter: Linter, corpora: Path, balanced: Sequence[GapRow], composer: Composer, report: Callable[[str], None]
) -> Calibration:
    """The lowest thresholds at which every rule keeps its budget, in every kind of text, for every profile.

    linter    one with no scales of its own
    balanced  marked pronouns, as many of women as of men, each in its passage
    """
    findings = Findings()
    long_texts: list[CleanText] = []
    of_domains: list[tuple[str, float]] = []
    openings: list[str] = []
    for domain in DOMAINS:
        report(f"calibrating on {domain}")
        texts = list(first_words(documents_of(corpora / f"{domain}.txt.xz", "calibration"), _N_WORDS, N_WORDS_OF_EACH))
        openings += [opening(text) for text in texts]
        pronouns = [pronoun for text in texts for pronoun in judged_pronouns(linter, text)]
        long_texts.append(_clean_text(pronouns, _count_words(texts)))
        for pronoun in pronouns:
            findings.add(pronoun)
        of_domains += _made_errors(pronouns)
    errors = _surest_first(of_domains)
    report("calibrating on women and men in like number")
    of_passages = judged_texts(linter, (row.text for row in balanced))
    marked = (
        pronoun
        for row, pronouns in zip(balanced, of_passages, strict=True)
        for pronoun in pronouns
        if pronoun.span == row.pronoun
    )
    of_marked = _surest_first(_made_errors(marked))
    report("calibrating on somebody new")
    of_texts = list(judged_texts(linter, composer.documents(_N_COMPOSED, "calibration")))
    new_people = _clean_text((pronoun for pronouns in of_texts for pronoun in pronouns), _N_COMPOSED)
    for pronouns in of_texts:
        for pronoun in pronouns:
            # Of somebody new either gender is right, so that a finding on the flipped pronoun would be wrong, too.
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
        kinds = [text.lowest_shares(rates, errors) for text in long_texts]
        lowest = {threshold: max(kind[threshold] for kind in kinds) for threshold in kinds[0]}
        lowest_short = short_text.lowest_shares(rates, errors)
        of_new_people = new_people.lowest_shares(flagged, errors)
        long: dict[str, float] = {}
        short: dict[str, float] = {}
        for rule in rates:
            # There are few short documents to count in, so that half of the difference is taken.
            halfway = between_shares(lowest[rule], min(lowest[rule], lowest_short[rule]))
            confidence = scales[rule].confidence
            names = _names_of_thresholds(rule)
            # Most of these texts are about men among whom a woman stands; where as many are about women, thresholds
            # that find equal parts here find more errors about them.
            way = fairest_way(lowest[rule], {name: lowest[name] for name in names}, of_marked)
            for threshold in names:
                apart = between_shares(lowest[rule], lowest[threshold], way)
                long[threshold] = max(profile.lowest, confidence(apart))
                # Of short documents no kind is about men rather than women.
                short[threshold] = max(profile.lowest, confidence(max(of_new_people[rule], halfway)))
            for thresholds in (long, short):
                thresholds[rule] = min(thresholds[threshold] for threshold in names)
        profiles[name] = ProfileThresholds(long, short)
    return Calibration(scales, profiles)


def _names_of_thresholds(rule: str) -> tuple[str, ...]:
    """The name of the threshold of a rule, or of those for each class that it expects."""
    calibration = calibrations()[rule]
    return tuple(threshold_key(rule, expected) for expected in calibration.errors) if calibration.by_class else (rule,)


def _clean_text(pronouns: Iterable[JudgedPronoun], size: int) -> CleanText:
    false_alarms: dict[str, list[float]] = {
        name: [] for rule in calibrations() for name in (rule, *_names_of_thresholds(rule))
    }
    for pronoun in pronouns:
        for rule, mismatch in pronoun.mismatches().items():
            for name in (rule, threshold_key(rule, mismatch.expected_class)):
                if name in false_alarms:
                    false_alarms[name].append(mismatch.confidence)
    return CleanText(false_alarms, size)


def lowest_share(false_alarms: Iterable[float], n_allowed: int) -> float:
    """A hair above the first of the surest false alarms that is one too many; 0 where there are fewer."""
    worst = sorted(false_alarms, reverse=True)[n_allowed : n_allowed + 1]
    return max([0.0, *map(a_hair_above, worst)])


def a_hair_above(share: float) -> float:
    """A share of the odds, or a confidence, that leaves out a finding of this one."""
    return share + (1 - share) * 0.01


def _made_errors(pronouns: Iterable[JudgedPronoun]) -> Iterator[tuple[str, float]]:
    """For each pronoun with the gender flipped, the threshold and the share of the odds of rules that have several."""
    rules = [rule for rule, calibration in calibrations().items() if calibration.by_class]
    for pronoun in pronouns:
        flipped = pronoun.flipped()
        if flipped is None:
            continue
        mismatches = pronoun.mismatches(flipped)
        for rule in rules:
            found = mismatches.get(rule)
            yield threshold_key(rule, pronoun.written), found.confidence if found else 0.0


def _surest_first(errors: Iterable[tuple[str, float]]) -> dict[str, list[float]]:
    """Errors that were made, by threshold: the shares of the odds, the highest first."""
    shares_of: defaultdict[str, list[float]] = defaultdict(list)
    for threshold, share in errors:
        shares_of[threshold].append(share)
    return {threshold: sorted(shares, reverse=True) for threshold, shares in shares_of.items()}


def fairest_way(one: float, own: Mapping[str, float], errors: Mapping[str, Sequence[float]]) -> float:
    """How far to go from one threshold for all to each its own, 0..1, so that they find parts as like as can be.

    one     a share of the odds
    own     by the name of each threshold, another
    errors  by the same, the shares of the odds of errors that were made, the highest first
    """

    def unlikeness(way: float) -> float:
        parts = [_part_found(errors.get(name, ()), between_shares(one, share, way)) for name, share in own.items()]
        return max(parts) - min(parts)

    return min((step / _N_WAYS for step in range(_N_WAYS + 1)), key=unlikeness)


def between_shares(share: float, other: float, way: float = 0.5) -> float:
    """The share of the odds whose odds lie between those of two others, by default half way, as odds multiply."""
    return PlattScaling(1 - way, log_odds(other) * way).confidence(share)


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
