"""The form of a format, and what every format says of an explanation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gru_lint.english.pronouns import FORMS, REFLEXIVE_FORMS, AgreementClass, Case
from gru_lint.explain.attribution import MentionTrace, WordTrace
from gru_lint.explain.explanation import Explanation

# Steps in which the colour of a word grows.
N_STEPS = 9


@dataclass(frozen=True, slots=True)
class ExplanationFormat:
    """One way to show an explanation; one file each in this package, which calls it FORMAT.

    name             as it is asked for
    summary          who reads it, a line for lists
    render           what is to be written; of text for a terminal, the second argument says whether it is coloured
    is_for_terminal  whether it may be coloured
    """

    name: str
    summary: str
    render: Callable[[Explanation, bool], str | bytes]
    is_for_terminal: bool = False


class MissingPackageError(Exception):
    """A format needs a package that is not installed; the message says in one line how to get it."""


def class_label(explanation: Explanation, name: AgreementClass) -> str:
    """A class by the form that a reader knows: "masculine (he)"."""
    case: Case = "reflexive" if explanation.judgement.anaphor.form in REFLEXIVE_FORMS else "subject"
    return f"{name} ({FORMS[name][case]})"


def by_probability(explanation: Explanation) -> list[tuple[str, float]]:
    """Each class by its label with its probability, the likeliest first."""
    rows = sorted(explanation.probabilities.items(), key=lambda row: -row[1])
    return [(class_label(explanation, name), share) for name, share in rows]


def verdict_line(explanation: Explanation) -> str:
    """What the rules say of the pronoun, or that they say nothing."""
    if explanation.findings:
        return "; ".join(finding.message for finding in explanation.findings)
    if explanation.antecedent is None:
        return f'"{explanation.written}" is not flagged; whom it means is unsure'
    return f'"{explanation.written}" is not flagged; it is taken for "{explanation.antecedent.text}"'


def weighed_line(explanation: Explanation) -> str:
    """What the two measures measure."""
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
    """Whether the two measures lead with the same mention, said plainly."""
    trace = explanation.trace
    by_gates, by_occlusion = (
        _led(explanation, trace.leading(by_occlusion=is_left_out)) for is_left_out in (False, True)
    )
    if not trace.mentions:
        return "Nobody is mentioned before it: there is nothing to remember."
    if not trace.agrees:
        return f"The two measures disagree: by the gates most hangs on {by_gates}, left out on {by_occlusion}."
    if by_gates == "no mention":
        return "Both measures agree: the judgement hangs on no mention before it."
    words = "" if by_gates == by_occlusion else f" (by the gates {by_gates}, left out {by_occlusion})"
    leading = trace.leading()
    whole = explanation.phrase(leading[0].first_word, leading[0].end_word) if leading else ""
    return f"Both measures agree: most hangs on {by_gates if not words else _quoted(whole)}{words}."


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
    """For each word before the pronoun, -N_STEPS .. N_STEPS: how much hangs on it by the gates, against the most."""
    words = explanation.trace.words
    most = max((abs(word.by_gates) for word in words), default=0.0) or 1.0
    return {word.word_index: round(N_STEPS * word.by_gates / most) for word in words}


def strongest_words(explanation: Explanation, n_words: int) -> list[WordTrace]:
    """The words on which most hangs by the gates, one way or the other; marks left out."""
    written = [word for word in explanation.trace.words if explanation.window.starts[word.word_index] >= 0]
    return sorted(written, key=lambda word: -abs(word.by_gates))[:n_words]


def strongest_mentions(explanation: Explanation, n_mentions: int) -> list[MentionTrace]:
    """The mentions on which most hangs by the gates, one way or the other."""
    return sorted(explanation.trace.mentions, key=lambda mention: -abs(mention.by_gates))[:n_mentions]
