"""Every pronoun of a text with its judgement, and what the rules would report if it were flipped.

The network never sees which form is written, so flipping one pronoun leaves its own judgement as
it was: one pass over clean text gives both its false alarms and the recall on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

from gru_lint.english.pronouns import (
    CASES,
    CASES_OF_FORM,
    CLASS_OF_FORM,
    FORMS,
    GENDERS,
    AgreementClass,
    other_gender,
    replacements,
)
from gru_lint.linter import Linter
from gru_lint.records import AnyJudgement, Judgement, Span, Window
from gru_lint.rules import Mismatch, Rule, context_of
from gru_lint.segment.sentences import split_sentences
from gru_lint.segment.windows import split_windows, text_span

_TEXTS_AT_A_TIME = 256


@dataclass(frozen=True, slots=True)
class JudgedPronoun:
    """A pronoun as it stands in a text.

    span        where it stands
    word        its spelling
    antecedent  where the mention stands that is shown as the antecedent
    likely, likely_text  the same, and also where it is not sure enough to be shown, and its text: what the rules go by
    window      the window that it was judged in
    linter      the one that judged it
    """

    span: Span
    word: str
    judgement: Judgement
    antecedent: Span | None
    likely: Span | None
    likely_text: str | None
    window: Window
    linter: Linter

    @property
    def form(self) -> str:
        return self.judgement.anaphor.form

    @property
    def written(self) -> AgreementClass:
        return CLASS_OF_FORM[self.form]

    def mismatches(self, form: str | None = None) -> dict[str, Mismatch]:
        """By the name of the rule, its mismatch if `form` (by default the written one) stood here."""
        return {rule.name: mismatch for rule, mismatch in self._mismatches(form or self.form)}

    def flagged_by(self, form: str) -> str | None:
        """The name of the rule that would report `form` here, or None."""
        for rule, mismatch in self._mismatches(form):
            if mismatch.confidence >= self.linter.threshold(rule, mismatch, is_short=self.window.is_short):
                return rule.name
        return None

    def _mismatches(self, form: str) -> Iterator[tuple[Rule, Mismatch]]:
        """The mismatches that depend on no other finding."""
        context = context_of(
            self.judgement, form, self.likely_text, words=self.window.words, is_short=self.window.is_short
        )
        return (found for found in self.linter.mismatches(context) if found[1].only_beside is None)

    def flipped(self) -> str | None:
        """The form of the other gender, in the case that stands here; None for other pronouns.

        "Her" is two cases: the network's own reading decides which it is.
        """
        if self.written not in GENDERS:
            return None
        other = FORMS[other_gender(self.written)]
        if self.form == "her":
            share = dict(zip(CASES, self.judgement.cases, strict=True))
            return other["determiner" if share["determiner"] >= share["object"] else "object"]
        # "His" is taken to stand before its noun, as it mostly does.
        return other[CASES_OF_FORM[self.form][0]]

    def suggestion(self, written: str, expected: AgreementClass) -> str:
        """The first replacement offered if `written` stood here."""
        return replacements(written, expected, self.judgement.cases)[0]


def judged_pronouns(linter: Linter, text: str, filename: str | None = None) -> Iterator[JudgedPronoun]:
    """The pronouns of a text in order."""
    for window, judgements in linter.judge(text, filename):
        yield from _judged(linter, text, window, judgements)


def judged_texts(linter: Linter, texts: Iterable[str]) -> Iterator[list[JudgedPronoun]]:
    """The pronouns of each plain text; short ones are judged many at a time, which is faster than one by one."""
    remaining = iter(texts)
    while chunk := list(islice(remaining, _TEXTS_AT_A_TIME)):
        windows = [tuple(split_windows(split_sentences(text), linter.network.sizes.window_length)) for text in chunk]
        judged = linter.network.judge(chain.from_iterable(windows))
        for text, own in zip(chunk, windows, strict=True):
            yield [pronoun for pair in islice(judged, len(own)) for pronoun in _judged(linter, text, *pair)]


def _judged(linter: Linter, text: str, window: Window, judgements: Iterable[AnyJudgement]) -> Iterator[JudgedPronoun]:
    for judgement in judgements:
        if not isinstance(judgement, Judgement):
            continue
        index, mention = judgement.anaphor.word_index, judgement.antecedent
        likely = text_span(window, mention.first_word, mention.end_word) if mention else None
        antecedent = likely if mention and mention.is_sure else None
        named = likely.of(text) if likely else None
        span = text_span(window, index, index + 1)
        yield JudgedPronoun(span, window.words[index], judgement, antecedent, likely, named, window, linter)
