"""Verbs and demonstratives of a text with their judgements, and what the rules would say of another form."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from gru_lint.english.verb_forms import FORM_CLASSES, NOT_AGREEING, AgreeingForm, other_forms, slot_of_text
from gru_lint.linter import Linter
from gru_lint.linter.forms import form_context_of, is_unexpected
from gru_lint.records import CaseJudgement, SlotJudgement, Span, Window
from gru_lint.rules import CaseContext, FormContext, FormMismatch, Rule
from gru_lint.segment.windows import text_span
from gru_lint.training.measure.measures import share

_KNOWN_ERRORS: Final = Path(__file__).with_name("known_errors.txt")
_MARKED: Final = re.compile(r"(.*)«(.*)»(.*)")
_OTHER_NUMBER: Final[dict[str, AgreeingForm]] = {"singular": "plural", "plural": "singular"}


@cache
def known_errors() -> dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]:
    """The words before and after each word that is known to be wrong, by that word."""
    errors: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for line in _KNOWN_ERRORS.read_text(encoding="utf-8").splitlines():
        if marked := _MARKED.fullmatch(line):
            before, word, after = marked.groups()
            errors.setdefault(word, []).append((tuple(before.split()), tuple(after.split())))
    return errors


@dataclass(frozen=True, slots=True)
class JudgedWord(ABC):
    """A word whose form or case is judged, as it stands in a text, with the linter that judged it."""

    span: Span
    word: str
    window: Window
    linter: Linter
    judgement: SlotJudgement | CaseJudgement

    @property
    @abstractmethod
    def agrees(self) -> bool:
        """Whether it has another form, and the written one is one that agrees."""

    @property
    def is_known_error(self) -> bool:
        """Whether it is wrong in the text itself; see known_errors.txt."""
        words, index = self.window.words, self.judgement.word_index
        return any(
            words[max(0, index - len(before)) : index] == before and words[index + 1 : index + 1 + len(after)] == after
            for before, after in known_errors().get(self.word, ())
        )

    @property
    def is_unexpected(self) -> bool:
        """Whether another form or case than the written one is likelier."""
        return is_unexpected(self.judgement)

    @abstractmethod
    def flipped(self) -> str | None:
        """The other form, or None where there is no such word or several."""

    @abstractmethod
    def context(self, word: str) -> FormContext | CaseContext | None:
        """What the rules see if a word stands here; None of one that fills no such place."""

    def confidences(self, word: str | None = None) -> dict[str, float]:
        """By rule's name, the confidence of its claim if `word` (by default the written one) stood there."""
        return {rule.name: mismatch.confidence for rule, mismatch in self._mismatches(word)}

    def flagged_by(self, word: str | None = None) -> str | None:
        """The name of the rule that would report it, or None."""
        for rule, mismatch in self._mismatches(word):
            if mismatch.confidence >= self.linter.threshold(rule, mismatch, is_short=self.window.is_short):
                return rule.name
        return None

    def _mismatches(self, word: str | None) -> Iterator[tuple[Rule, FormMismatch]]:
        context = self.context(word or self.word)
        return iter(()) if context is None else self.linter.form_mismatches(context)


@dataclass(frozen=True, slots=True)
class JudgedForm(JudgedWord):
    """A verb or demonstrative."""

    judgement: SlotJudgement

    @property
    def agrees(self) -> bool:
        """Whether the network takes it for a word that agrees with another."""
        return self.judgement.probabilities[NOT_AGREEING] < 0.5

    def flipped(self) -> str | None:
        """The word in the other number, or None where there is no such word or several."""
        other = _OTHER_NUMBER.get(self.judgement.slot.form)
        words = other_forms(self.word, other) if other and self.judgement.slot.kind != "contraction" else ()
        return words[0] if words else None

    def context(self, word: str) -> FormContext | None:
        """See `JudgedWord`; the written word is of the form that was judged."""
        if word == self.word:
            return form_context_of(self.window, self.judgement)
        slot = slot_of_text(word)
        return form_context_of(self.window, self.judgement, (word, slot[1])) if slot else None


def judged_forms(linter: Linter, text: str) -> Iterator[JudgedForm]:
    """The verbs and demonstratives of a text in order."""
    for window, judgements in linter.judge(text):
        for judgement in judgements:
            if isinstance(judgement, SlotJudgement):
                yield judged_form(linter, window, judgement)


def judged_form(linter: Linter, window: Window, judgement: SlotJudgement) -> JudgedForm:
    """The verb or demonstrative of a judgement."""
    index = judgement.word_index
    return JudgedForm(text_span(window, index, index + 1), window.words[index], window, linter, judgement)


def measure_forms(linter: Linter, texts: Iterable[str]) -> dict[str, Any]:
    """Every agreeing verb and demonstrative flipped by itself, and every clean word counted; known errors left out."""
    n_words = n_errors = n_flipped = n_found = n_right = 0
    false_alarms: dict[str, int] = {}
    for text in texts:
        n_words += len(text.split())
        for form in judged_forms(linter, text):
            if form.is_known_error:
                n_errors += 1
                continue
            flagged = form.flagged_by() if form.is_unexpected else None
            if flagged:
                false_alarms[flagged] = false_alarms.get(flagged, 0) + 1
            other = form.flipped()
            if other is None or not form.agrees:
                continue
            n_flipped += 1
            n_found += form.flagged_by(other) is not None
            written = FORM_CLASSES.index(form.judgement.slot.form)
            n_right += form.judgement.probabilities[written] > form.judgement.probabilities[1 - written]
    return {
        "words": n_words,
        "known_errors": n_errors,
        "flipped": n_flipped,
        "recall": share(n_found, n_flipped),
        "number_right": share(n_right, n_flipped),
        "false_alarms_per_10000_words": share(10_000 * sum(false_alarms.values()), n_words),
        "false_alarms_by_rule": dict(sorted(false_alarms.items())),
    }
