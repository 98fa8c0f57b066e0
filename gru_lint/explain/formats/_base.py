"""The form of a format, and the lines that every format shows of an explanation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gru_lint.english.pronouns import CLASSES, FORMS, N_ORDINARY_CLASSES, REFLEXIVE_FORMS, Case
from gru_lint.records import Judgement

if TYPE_CHECKING:
    from gru_lint.explain.attribution import MentionTrace, WordTrace
    from gru_lint.explain.explanation import Explanation

# Steps in which the colour of a word grows.
N_STEPS = 9


@dataclass(frozen=True, slots=True)
class ExplanationFormat:
    """One way to show an explanation; one file each in this package, which calls it FORMAT.

    name             the value of --output-format
    summary          who reads it, a line for lists
    render           the output; the second argument says whether text for a terminal is coloured. What is slow to
                     import is imported within it: every command knows the names of the formats
    is_for_terminal  whether it may be coloured
    """

    name: str
    summary: str
    render: Callable[[Explanation, bool], str | bytes]
    is_for_terminal: bool = False


class MissingPackageError(Exception):
    """A format needs a package that is not installed; the message says in one line how to get it."""


def by_probability(judgement: Judgement) -> list[tuple[str, float]]:
    """Each class that can stand there, as "masculine (he)", with its probability; the likeliest first."""
    is_reflexive = judgement.anaphor.form in REFLEXIVE_FORMS
    case: Case = "reflexive" if is_reflexive else "subject"
    shown = CLASSES if is_reflexive else CLASSES[:N_ORDINARY_CLASSES]
    rows = [(f"{name} ({FORMS[name][case]})", judgement.probabilities[number]) for number, name in enumerate(shown)]
    return sorted(rows, key=lambda row: -row[1])


def verdict_line(explanation: Explanation) -> str:
    """The messages of the pronoun's findings, or that it is not flagged."""
    if explanation.findings:
        return "; ".join(finding.message for finding in explanation.findings)
    if explanation.antecedent is None:
        return f'"{explanation.written}" is not flagged; its antecedent is uncertain'
    return f'"{explanation.written}" is not flagged; it is taken for "{explanation.antecedent.text}"'


def weighed_line(explanation: Explanation) -> str:
    """What the two measures are."""
    trace = explanation.trace
    return (
        f'"By the gates" and "left out" say how much the log-odds of {trace.expected} against {trace.other}, '
        f"{trace.log_odds:.2f}, lose without it: with its update gates shut and all else as it was, and with all that "
        "follows read again."
    )


def signed(value: float) -> str:
    """A loss with its sign."""
    return "0.00" if abs(value) < 0.005 else f"{value:+.2f}"


def agreement_line(explanation: Explanation) -> str:
    """Whether the two measures find the same mention strongest, in a sentence."""
    trace = explanation.trace
    by_gates, by_occlusion = (
        _led(explanation, trace.leading(by_occlusion=is_left_out)) for is_left_out in (False, True)
    )
    if not trace.mentions:
        return "No person or thing is mentioned before it: there is nothing to remember."
    if not trace.agrees:
        return f"The two measures disagree: by the gates it depends most on {by_gates}, left out on {by_occlusion}."
    if by_gates == "no mention":
        return "Both measures agree: the judgement depends on no mention before it."
    words = "" if by_gates == by_occlusion else f" (by the gates {by_gates}, left out {by_occlusion})"
    leading = trace.leading()
    whole = explanation.phrase(leading[0].first_word, leading[0].end_word) if leading else ""
    return f"Both measures agree: it depends most on {by_gates if not words else _quoted(whole)}{words}."


def _led(explanation: Explanation, leading: tuple[MentionTrace, WordTrace] | None) -> str:
    if leading is None:
        return "no mention"
    mention, word = leading
    whole = explanation.phrase(mention.first_word, mention.end_word)
    own = explanation.window.words[word.word_index]
    return _quoted(own) + (f" of {_quoted(whole)}" if whole != own else "")


def _quoted(text: str) -> str:
    return f'"{text}"'


def heat_steps(explanation: Explanation) -> dict[int, int]:
    """How much the judgement depends on each word before the pronoun by the gates, scaled to -N_STEPS .. N_STEPS."""
    words = explanation.trace.words
    most = max((abs(word.by_gates) for word in words), default=0.0) or 1.0
    return {word.word_index: round(N_STEPS * word.by_gates / most) for word in words}


def strongest_words(explanation: Explanation, n_words: int) -> list[WordTrace]:
    """The words on which the judgement depends most by the gates, in either direction; without marks."""
    written = [word for word in explanation.trace.words if explanation.window.starts[word.word_index] >= 0]
    return sorted(written, key=lambda word: -abs(word.by_gates))[:n_words]


def strongest_mentions(explanation: Explanation, n_mentions: int) -> list[MentionTrace]:
    """The mentions on which the judgement depends most by the gates, in either direction."""
    return sorted(explanation.trace.mentions, key=lambda mention: -abs(mention.by_gates))[:n_mentions]
