"""A rule's claim about a judgement as a finding: its message, span and replacements."""

from __future__ import annotations

from collections.abc import Sequence

from gru_lint.english.pronouns import OBJECT_OF_SUBJECT, fitting_forms
from gru_lint.records import Antecedent, CaseJudgement, Finding, Judgement, SlotJudgement, Window
from gru_lint.rules import FormMismatch, Mismatch, Rule
from gru_lint.segment.windows import phrase, text_span


def pronoun_finding(rule: Rule, mismatch: Mismatch, window: Window, judgement: Judgement) -> Finding:
    """The finding about a pronoun."""
    antecedent = shown_antecedent(window, judgement)
    word = window.words[judgement.word_index]
    fitting = (form for forms in mismatch.expected for form in fitting_forms(word, forms, judgement.cases))
    replacements = tuple(dict.fromkeys(fitting))
    refers = f'refers to "{antecedent.text}"' if antecedent else "does not agree with what it refers to"
    # Some pronouns lack a form, or it is not known.
    expected = _alternatives(replacements) or (
        f"a form of {_alternatives([forms['subject'] for forms in mismatch.expected])}"
    )
    return _finding(
        rule, window, judgement.word_index, f"{refers}: expected {expected}", replacements, antecedent, mismatch
    )


def form_finding(
    rule: Rule, mismatch: FormMismatch, window: Window, judgement: SlotJudgement, controller: tuple[int, int]
) -> Finding:
    """The finding about a verb or demonstrative; `controller` is the first and end word of what it agrees with."""
    antecedent = _controller(window, controller)
    agrees = f'does not agree with "{antecedent.text}"' if antecedent else "does not agree"
    message = f"{agrees}: expected {_alternatives(mismatch.replacements)}"
    return _finding(rule, window, judgement.word_index, message, mismatch.replacements, antecedent, mismatch)


def case_finding(rule: Rule, mismatch: FormMismatch, window: Window, judgement: CaseJudgement) -> Finding:
    """The finding about the case of a pronoun."""
    role = "an object" if judgement.form in OBJECT_OF_SUBJECT else "a subject"
    message = f"stands where {role} does: expected {_alternatives(mismatch.replacements)}"
    return _finding(rule, window, judgement.word_index, message, mismatch.replacements, None, mismatch)


def _finding(
    rule: Rule,
    window: Window,
    word_index: int,
    message: str,
    replacements: tuple[str, ...],
    antecedent: Antecedent | None,
    mismatch: Mismatch | FormMismatch,
) -> Finding:
    """A finding; its message begins with the word."""
    return Finding(
        code=rule.code,
        name=rule.name,
        message=f'"{window.words[word_index]}" {message}',
        span=text_span(window, word_index, word_index + 1),
        replacements=replacements,
        antecedent=antecedent,
        confidence=round(mismatch.confidence, 4),
    )


def _alternatives(words: Sequence[str]) -> str:
    return " or ".join(f'"{word}"' for word in words)


def shown_antecedent(window: Window, judgement: Judgement) -> Antecedent | None:
    """The antecedent of a pronoun that is sure enough to be named without its probability."""
    mention = judgement.antecedent
    return antecedent_of(window, judgement) if mention is not None and mention.is_sure else None


def antecedent_of(window: Window, judgement: Judgement) -> Antecedent | None:
    """The antecedent of a pronoun in the words of the text; None where none is likelier than not."""
    mention = judgement.antecedent
    if mention is None:
        return None
    words = mention.first_word, mention.end_word
    return Antecedent(phrase(window, *words), text_span(window, *words))


def _controller(window: Window, controller: tuple[int, int]) -> Antecedent | None:
    """The controller of a verb in the words of the text; None where it is a mark or punctuation."""
    first, end = controller
    if window.starts[first] < 0 or not window.words[end - 1][0].isalpha():
        return None
    return Antecedent(phrase(window, first, end), text_span(window, first, end))
