"""Counts of what is found and of what is flagged in vain, on any set of texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from gru_lint.english.pronouns import CLASSES, GENDERS, AgreementClass, other_gender
from gru_lint.linter import Linter
from gru_lint.rules import calibrations
from gru_lint.training.measure.judging import JudgedPronoun, judged_pronouns


@dataclass(slots=True)
class Measures:
    """Counts over the he/she pronouns of a set, each flipped by itself, and over its clean words."""

    n_words: int = 0
    n_false_alarms: int = 0
    n_gendered_false_alarms: int = 0
    n_pronouns: dict[AgreementClass, int] = field(default_factory=lambda: dict.fromkeys(GENDERS, 0))
    n_found: dict[AgreementClass, int] = field(default_factory=lambda: dict.fromkeys(GENDERS, 0))
    n_right_suggestions: int = 0
    n_gender_right: int = 0
    false_alarms_by_rule: dict[str, int] = field(default_factory=dict)

    def add_clean(self, linter: Linter, text: str) -> list[JudgedPronoun]:
        """Counts what is flagged in a text as it stands, all rules together; returns its pronouns."""
        self.n_words += len(text.split())
        pronouns = list(judged_pronouns(linter, text))
        for _, group in groupby(pronouns, key=lambda pronoun: pronoun.window.starts):
            in_window = tuple(group)
            written = {pronoun.span: pronoun.written for pronoun in in_window}
            for finding in linter.window_findings(in_window[0].window, (found.judgement for found in in_window)):
                if finding.name in calibrations():
                    self.n_false_alarms += 1
                    self.n_gendered_false_alarms += written[finding.span] in GENDERS
                    self.false_alarms_by_rule[finding.name] = self.false_alarms_by_rule.get(finding.name, 0) + 1
        return pronouns

    def add_flipped(self, pronoun: JudgedPronoun) -> bool:
        """Counts one pronoun as if it were flipped; says whether that is found."""
        flipped = pronoun.flipped()
        if flipped is None:
            return False
        self.n_pronouns[pronoun.written] += 1
        probabilities = dict(zip(CLASSES, pronoun.judgement.probabilities, strict=True))
        self.n_gender_right += probabilities[pronoun.written] > probabilities[other_gender(pronoun.written)]
        found = pronoun.flagged_by(flipped) is not None
        if found:
            self.n_found[pronoun.written] += 1
            self.n_right_suggestions += pronoun.suggestion(flipped, pronoun.written) == pronoun.form
        return found

    def figures(self) -> dict[str, Any]:
        """Shares of 1 and rates; None where nothing was counted."""
        n_pronouns, n_found = sum(self.n_pronouns.values()), sum(self.n_found.values())
        return {
            "words": self.n_words,
            "pronouns": n_pronouns,
            "recall": share(n_found, n_pronouns),
            **{f"recall_{gender}": share(self.n_found[gender], self.n_pronouns[gender]) for gender in GENDERS},
            "gender_right": share(self.n_gender_right, n_pronouns),
            "suggestion_right": share(self.n_right_suggestions, n_found),
            # Each pronoun once as it stands and once flipped.
            "findings_right": share(n_found, n_found + self.n_gendered_false_alarms),
            "false_alarms_per_10000_words": share(10_000 * self.n_false_alarms, self.n_words),
            "false_alarms_per_1000_pronouns": share(1000 * self.n_gendered_false_alarms, n_pronouns),
            "false_alarms_by_rule": dict(sorted(self.false_alarms_by_rule.items())),
        }


def first_words(texts: Iterable[str], n_words: int, of_each: int | None = None) -> Iterator[str]:
    """Texts until they hold so many words together; of each so many, or all. A text is cut at a paragraph."""
    left = n_words
    for text in texts:
        if left <= 0:
            return
        allowed = left if of_each is None else min(left, of_each)
        paragraphs = []
        n_taken = 0
        for paragraph in text.split("\n\n"):
            if n_taken >= allowed:
                break
            paragraphs.append(paragraph)
            n_taken += len(paragraph.split())
        left -= n_taken
        yield "\n\n".join(paragraphs)


def share(part: float, whole: float) -> float | None:
    """The part as a share of the whole; None of nothing."""
    return part / whole if whole else None
