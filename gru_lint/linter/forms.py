"""Judgements made ready for the rules: which are unexpected, and what rules see of verbs, demonstratives and cases."""

from __future__ import annotations

from typing import cast

from gru_lint.english.pronouns import CASES, CLASS_OF_FORM, CLASSES, OBJECT_OF_SUBJECT, SUBJECT_OF_OBJECT
from gru_lint.english.verb_forms import FORM_CLASSES, AgreeingForm, SlotKind
from gru_lint.records import AnyJudgement, CaseJudgement, Judgement, SlotJudgement, Window
from gru_lint.rules import CaseContext, FormContext
from gru_lint.segment.windows import hides_words

# How many words before and after a slot text that is not read, such as code, may be its subject.
_WORDS_BEFORE, _WORDS_AFTER = 6, 1
_SUBJECT, _OBJECT = CASES.index("subject"), CASES.index("object")


def is_unexpected(judgement: AnyJudgement) -> bool:
    """Whether another class than the written one is likelier, another form if the word agrees, or the other case."""
    if isinstance(judgement, Judgement):
        likeliest = judgement.probabilities.index(max(judgement.probabilities))
        return CLASSES[likeliest] != CLASS_OF_FORM[judgement.anaphor.form]
    if isinstance(judgement, CaseJudgement):
        return _is_unexpected_case(judgement)
    written = FORM_CLASSES.index(judgement.slot.form)
    return max(judgement.probabilities[:-1]) > judgement.probabilities[written]


def context_of_form(window: Window, judgement: SlotJudgement | CaseJudgement) -> FormContext | CaseContext:
    """The context of a judgement on the word as it is written."""
    if isinstance(judgement, CaseJudgement):
        return case_context_of(window, judgement)
    return form_context_of(window, judgement)


def form_context_of(window: Window, judgement: SlotJudgement, other: tuple[str, str] | None = None) -> FormContext:
    """The slot of a judgement as the rules see it.

    other  another word to put in its place, and which form that is
    """
    slot = judgement.slot
    word, form = other or (window.words[slot.word_index], slot.form)
    return FormContext(
        word=word,
        kind=cast(SlotKind, slot.kind),
        form=cast(AgreeingForm, form),
        probabilities=dict(zip(FORM_CLASSES, judgement.probabilities, strict=True)),
        words=window.words,
        word_index=slot.word_index,
        controller=judgement.controller,
        hides_words=hides_words(window, slot.word_index, _WORDS_BEFORE, _WORDS_AFTER),
    )


def _is_unexpected_case(judgement: CaseJudgement) -> bool:
    subject, object_ = judgement.cases[_SUBJECT], judgement.cases[_OBJECT]
    if judgement.form in OBJECT_OF_SUBJECT:
        return object_ > subject
    return judgement.form in SUBJECT_OF_OBJECT and subject > object_


def case_context_of(window: Window, judgement: CaseJudgement, other: str | None = None) -> CaseContext:
    """A pronoun as the rules about cases see it; `other` is another form to put in its place."""
    return CaseContext(
        word=other or window.words[judgement.word_index],
        probabilities=dict(zip(CASES, judgement.cases, strict=True)),
        words=window.words,
        word_index=judgement.word_index,
    )
