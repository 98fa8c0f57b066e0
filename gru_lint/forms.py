"""Judgements of forms - of verbs, demonstratives and the cases of pronouns - made ready for the rules, and findings."""

from __future__ import annotations

from typing import cast

from gru_lint.english.pronouns import CASES, OBJECT_OF_SUBJECT, SUBJECT_OF_OBJECT
from gru_lint.english.verb_forms import FORM_CLASSES, AgreeingForm, SlotKind
from gru_lint.records import Antecedent, CaseJudgement, Finding, Judgement, SlotJudgement, Window
from gru_lint.rules import CaseContext, FormContext, FormMismatch, Rule
from gru_lint.segment.windows import hides_words, phrase, text_span

# Words on either side of a slot between which something may be hidden that is its subject.
_WORDS_BEFORE, _WORDS_AFTER = 6, 1


def is_unexpected(judgement: SlotJudgement, tie: float = 0.0) -> bool:
    """Whether another form than the written one is likelier, given that one agrees, or as likely but for a tie."""
    written = FORM_CLASSES.index(judgement.slot.form)
    return max(judgement.probabilities[:-1]) > judgement.probabilities[written] - tie


def form_context_of(window: Window, judgement: SlotJudgement, other: tuple[str, str] | None = None) -> FormContext:
    """The slot of a judgement as the rules see it.

    other  a word, and the form that it is, which is taken to stand there instead
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


def case_of(judgement: Judgement) -> CaseJudgement:
    """What a judgement of a pronoun says of its case."""
    return CaseJudgement(judgement.word_index, judgement.anaphor.form, judgement.cases)


def is_unexpected_case(judgement: CaseJudgement, tie: float = 0.0) -> bool:
    """Whether the pronoun has a form for the other case, and that is likelier, or as likely but for a tie."""
    subject, object_ = (judgement.cases[CASES.index(case)] for case in ("subject", "object"))
    if judgement.form in OBJECT_OF_SUBJECT:
        return object_ > subject - tie
    return judgement.form in SUBJECT_OF_OBJECT and subject > object_ - tie


def case_context_of(window: Window, judgement: CaseJudgement, other: str | None = None) -> CaseContext:
    """A pronoun as the rules about cases see it; `other` is taken to stand there instead."""
    return CaseContext(
        word=other or window.words[judgement.word_index],
        probabilities=dict(zip(CASES, judgement.cases, strict=True)),
        words=window.words,
        word_index=judgement.word_index,
    )


def case_finding(rule: Rule, mismatch: FormMismatch, window: Window, judgement: CaseJudgement) -> Finding:
    """The finding about the case of a pronoun."""
    index = judgement.word_index
    word, (replacement,) = window.words[index], mismatch.replacements
    role = "an object" if judgement.form in OBJECT_OF_SUBJECT else "a subject"
    return Finding(
        code=rule.code,
        name=rule.name,
        message=f'"{word}" stands where {role} does: expected "{replacement}"',
        span=text_span(window, index, index + 1),
        replacements=mismatch.replacements,
        antecedent=None,
        confidence=round(mismatch.confidence, 4),
    )


def form_finding(
    rule: Rule,
    mismatch: FormMismatch,
    window: Window,
    judgement: SlotJudgement,
    controller: tuple[int, int],
) -> Finding:
    """The finding about a verb or demonstrative; `controller` is what its form depends on, first word and end."""
    index = judgement.slot.word_index
    word = window.words[index]
    antecedent = _controller(window, controller)
    agrees = f'does not agree with "{antecedent.text}"' if antecedent else "does not agree"
    expected = " or ".join(f'"{replacement}"' for replacement in mismatch.replacements)
    return Finding(
        code=rule.code,
        name=rule.name,
        message=f'"{word}" {agrees}: expected {expected}',
        span=text_span(window, index, index + 1),
        replacements=mismatch.replacements,
        antecedent=antecedent,
        confidence=round(mismatch.confidence, 4),
    )


def _controller(window: Window, controller: tuple[int, int]) -> Antecedent | None:
    first, end = controller
    if window.starts[first] < 0 or not window.words[end - 1][0].isalpha():
        return None
    return Antecedent(phrase(window, first, end), text_span(window, first, end))
