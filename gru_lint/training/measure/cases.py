"""Pronouns of a text with the judgement of their case, and what the rules would say of the other form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from gru_lint.english.pronouns import CASES, OTHER_CASE
from gru_lint.linter import Linter
from gru_lint.linter.forms import case_context_of
from gru_lint.records import AnyJudgement, CaseJudgement, Judgement, Window
from gru_lint.rules import CaseContext
from gru_lint.segment.windows import text_span
from gru_lint.training.measure.forms import JudgedWord
from gru_lint.training.measure.measures import share


@dataclass(frozen=True, slots=True)
class JudgedCase(JudgedWord):
    """A pronoun that has a form for the subject and one for the object."""

    judgement: CaseJudgement

    @property
    def agrees(self) -> bool:
        """Whether it may be flipped: "her" before a noun has no other form."""
        share = dict(zip(CASES, self.judgement.cases, strict=True))
        return self.judgement.form != "her" or share["object"] > share["determiner"]

    def flipped(self) -> str:
        """The form for the other case, as it would be written here."""
        other = OTHER_CASE[self.judgement.form]
        return "I" if other == "i" else other.capitalize() if self.word[0].isupper() and self.word != "I" else other

    def context(self, word: str) -> CaseContext:
        """See `JudgedWord`."""
        return case_context_of(self.window, self.judgement, word)


def judged_cases(linter: Linter, text: str) -> Iterator[JudgedCase]:
    """The pronouns of a text that have either form, in order."""
    for window, judgements in linter.judge(text):
        for judgement in judgements:
            found = judged_case(linter, window, judgement)
            if found is not None:
                yield found


def judged_case(linter: Linter, window: Window, judgement: AnyJudgement) -> JudgedCase | None:
    """The pronoun of a judgement; None where it has but one form, or is a verb or demonstrative."""
    found = judgement.case if isinstance(judgement, Judgement) else judgement
    if not isinstance(found, CaseJudgement) or found.form not in OTHER_CASE:
        return None
    index = found.word_index
    return JudgedCase(text_span(window, index, index + 1), window.words[index], window, linter, found)


def measure_cases(linter: Linter, texts: Iterable[str]) -> dict[str, Any]:
    """Every pronoun with two forms flipped by itself, and every clean word counted."""
    n_words = n_flipped = n_found = n_false_alarms = 0
    for text in texts:
        n_words += len(text.split())
        for pronoun in judged_cases(linter, text):
            n_false_alarms += pronoun.is_unexpected and pronoun.flagged_by() is not None
            if pronoun.agrees:
                n_flipped += 1
                n_found += pronoun.flagged_by(pronoun.flipped()) is not None
    return {
        "words": n_words,
        "flipped": n_flipped,
        "found": share(n_found, n_flipped),
        "false_alarms_per_10000_words": share(10_000 * n_false_alarms, n_words),
    }
