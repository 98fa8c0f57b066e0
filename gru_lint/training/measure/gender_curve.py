"""How many flipped pronouns a threshold finds that allows so many false alarms, and how many where two genders meet.

A pronoun is hard where somebody of the other gender is about: one of the other gender stands within 60 words before.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from gru_lint.english.pronouns import CLASS_OF_FORM, CLASSES, GENDERS, AgreementClass, other_gender
from gru_lint.training.measure.judging import JudgedPronoun
from gru_lint.training.measure.measures import share

# False alarms on 10,000 clean words at which recall is read off.
RATES = (0.5, 0.6, 1.0, 1.5, 2.0, 3.0)
# The rate at which the two slices and the two genders are compared.
_SLICE_RATE = 1.0
_WORDS_BEFORE = 60
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Flip:
    """A pronoun as it would be judged if it were flipped.

    confidence  of the finding; 0 for none
    is_near     whether a pronoun of the other gender stands near before it
    is_right    whether the network finds its gender likelier than the other
    """

    written: AgreementClass
    confidence: float
    is_near: bool
    is_right: bool


@dataclass(slots=True)
class GenderCurve:
    """The rule on gender over a set of texts: its false alarms on clean words, and its findings on flips."""

    n_words: int = 0
    clean: list[float] = field(default_factory=list)
    flips: list[Flip] = field(default_factory=list)

    def add_clean(self, text: str, pronouns: Iterable[JudgedPronoun]) -> None:
        """Counts the words of a correct text, and what the rule says of its pronouns as they stand."""
        self.n_words += len(text.split())
        self.clean += [_confidence(pronoun, pronoun.form) for pronoun in pronouns]

    def add_flips(self, text: str, pronouns: Iterable[JudgedPronoun]) -> None:
        """Counts pronouns of a text, each as if it were flipped."""
        places = _places_of_genders(text)
        words = [word.start() for word in _WORD.finditer(text)]
        for pronoun in pronouns:
            flipped = pronoun.flipped()
            if flipped is None:
                continue
            index = bisect_left(words, pronoun.span.start)
            others = places[other_gender(pronoun.written)]
            first = bisect_left(others, index - _WORDS_BEFORE)
            probabilities = dict(zip(CLASSES, pronoun.judgement.probabilities, strict=True))
            is_right = probabilities[pronoun.written] > probabilities[other_gender(pronoun.written)]
            is_near = first < len(others) and others[first] < index
            self.flips.append(Flip(pronoun.written, _confidence(pronoun, flipped), is_near, is_right))

    def threshold(self, rate: float) -> float:
        """The confidence above which so many findings are made on 10,000 clean words, or fewer."""
        surest = sorted(self.clean, reverse=True)
        n_allowed = int(rate * self.n_words / 10_000)
        return surest[n_allowed] if n_allowed < len(surest) else 0.0

    def recall(self, rate: float, flips: Iterable[Flip] | None = None) -> float | None:
        """The share of the flips, by default of all, that is found at a rate of false alarms."""
        threshold = self.threshold(rate)
        found = [flip.confidence > threshold for flip in (self.flips if flips is None else flips)]
        return share(sum(found), len(found))

    def figures(self) -> dict[str, Any]:
        """Recall at every rate; at one, where the other gender is near and where not, and of either gender."""
        figures: dict[str, Any] = {"recall_at_false_alarms": {str(rate): self.recall(rate) for rate in RATES}}
        for name, is_near in (("near", True), ("far", False)):
            flips = [flip for flip in self.flips if flip.is_near == is_near]
            figures[f"other_gender_{name}"] = {
                "pronouns": len(flips),
                "recall": self.recall(_SLICE_RATE, flips),
                "gender_right": share(sum(flip.is_right for flip in flips), len(flips)),
            }
        for gender in GENDERS:
            flips = [flip for flip in self.flips if flip.written == gender]
            figures[f"recall_{gender}_at_{_SLICE_RATE:g}"] = self.recall(_SLICE_RATE, flips)
        return figures


def _confidence(pronoun: JudgedPronoun, form: str) -> float:
    mismatch = pronoun.mismatches(form).get("gender-mismatch")
    return mismatch.confidence if mismatch else 0.0


def _places_of_genders(text: str) -> dict[AgreementClass, list[int]]:
    """For either gender the numbers of the words that are its pronouns, in order."""
    places: dict[AgreementClass, list[int]] = {gender: [] for gender in GENDERS}
    for number, word in enumerate(_WORD.finditer(text)):
        written = CLASS_OF_FORM.get(word.group().lower().split("'")[0].split("’")[0])
        if written in GENDERS:
            places[written].append(number)
    return places
