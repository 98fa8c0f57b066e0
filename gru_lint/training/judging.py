"""Every pronoun of a text with its judgement, and what the rules would say of it if it were flipped.

The network never sees which form is written, so flipping one pronoun leaves its own judgement as
it was: one pass over clean text gives both its false alarms and the recall on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gru_lint.linter import Linter
from gru_lint.pronouns import CASES, CLASS_OF_FORM, CLASSES, FORMS, REFLEXIVE_FORMS, AgreementClass, replacements
from gru_lint.records import Judgement, Span, Window
from gru_lint.rules import Mismatch, Slot, all_rules


@dataclass(frozen=True, slots=True)
class JudgedPronoun:
    """A pronoun as it stands in a text.

    span        where it stands
    word        its spelling
    antecedent  where the mention stands that the network points at
    """

    span: Span
    word: str
    judgement: Judgement
    antecedent: Span | None

    @property
    def form(self) -> str:
        return self.judgement.anaphor.form

    @property
    def written(self) -> AgreementClass:
        return CLASS_OF_FORM[self.form]

    def mismatches(self, form: str | None = None) -> dict[str, Mismatch]:
        """By rule's name, what is said of this slot if `form` (by default the written one) stood there."""
        form = form or self.form
        slot = Slot(
            form=form,
            written=CLASS_OF_FORM[form],
            is_reflexive=form in REFLEXIVE_FORMS,
            probabilities=dict(zip(CLASSES, self.judgement.probabilities, strict=True)),
            antecedent=None,
        )
        found = ((rule.name, rule.judge(slot)) for rule in all_rules())
        return {name: mismatch for name, mismatch in found if mismatch is not None}

    def flipped(self) -> str | None:
        """The form of the other gender, in the case that stands here; None for other pronouns.

        Only "her" is two cases: the network's own reading decides which it is.
        """
        if self.written not in ("masculine", "feminine"):
            return None
        other = FORMS["feminine" if self.written == "masculine" else "masculine"]
        if self.form in REFLEXIVE_FORMS:
            return other["reflexive"]
        cases = {"he": "subject", "she": "subject", "him": "object", "his": "determiner", "hers": "possessive"}
        if self.form in cases:
            return other[cases[self.form]]  # type: ignore[index]  # a literal of Case
        share = dict(zip(CASES, self.judgement.cases, strict=True))
        return other["determiner" if share["determiner"] >= share["object"] else "object"]

    def suggestion(self, written: str, expected: AgreementClass) -> str:
        """The first replacement offered if `written` stood here."""
        return replacements(written, expected, self.judgement.cases)[0]


def judged_pronouns(linter: Linter, text: str, filename: str | None = None) -> Iterator[JudgedPronoun]:
    """The pronouns of a text in order."""
    for window, judgements in linter.judge(text, filename):
        for judgement in judgements:
            index = judgement.anaphor.word_index
            start, word = window.starts[index], window.words[index]
            yield JudgedPronoun(Span(start, start + len(word)), word, judgement, _antecedent_span(window, judgement))


def _antecedent_span(window: Window, judgement: Judgement) -> Span | None:
    mention = judgement.antecedent
    if mention is None:
        return None
    last = mention.end_word - 1
    return Span(window.starts[mention.first_word], window.starts[last] + len(window.words[last]))
