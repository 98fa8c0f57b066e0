"""The form of a format, and the lines and rows that several formats show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gru_lint.english.pronouns import CLASSES, FORMS, N_ORDINARY_CLASSES, REFLEXIVE_FORMS, AgreementClass, Case
from gru_lint.records import Judgement

if TYPE_CHECKING:
    from gru_lint.explain.attribution import MentionTrace, WordTrace
    from gru_lint.explain.explanation import Explanation

# How many strengths the colour of a word has.
N_STEPS = 9


@dataclass(frozen=True, slots=True)
class ExplanationFormat:
    """One way to show an explanation; one file each in this package, which calls it FORMAT.

    name             the value of --output-format
    summary          who reads it, a line for lists
    render           returns the output; what is slow to import is imported within it, since every command knows the
                     names of the formats
    render_coloured  the same in colours, for a terminal; None where the format has none
    """

    name: str
    summary: str
    render: Callable[[Explanation], str | bytes]
    render_coloured: Callable[[Explanation], str] | None = None


class MissingPackageError(Exception):
    """A format needs a package that is not installed; the message says in one line how to get it."""


def probabilities_of(judgement: Judgement) -> dict[AgreementClass, float]:
    """The probability of each class that can stand there."""
    shown = CLASSES if judgement.anaphor.form in REFLEXIVE_FORMS else CLASSES[:N_ORDINARY_CLASSES]
    return dict(zip(shown, judgement.probabilities, strict=False))


def by_probability(judgement: Judgement) -> list[tuple[str, float]]:
    """Each class that can stand there, as "masculine (he)", with its probability; the likeliest first."""
    case: Case = "reflexive" if judgement.anaphor.form in REFLEXIVE_FORMS else "subject"
    rows = [(f"{name} ({FORMS[name][case]})", share) for name, share in probabilities_of(judgement).items()]
    return sorted(rows, key=lambda row: -row[1])


def verdict_line(explanation: Explanation) -> str:
    """The messages of the findings about the pronoun, or a sentence that says that there is none."""
    if explanation.findings:
        return "; ".join(finding.message for finding in explanation.findings)
    if explanation.antecedent is None:
        return f'"{explanation.written}" is not flagged; its antecedent is uncertain'
    return f'"{explanation.written}" is not flagged; it is taken for "{explanation.antecedent.text}"'


def measures_line(explanation: Explanation) -> str:
    """What the two measures are, in a sentence."""
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
        _leading_words(explanation, trace.leading(by_occlusion=by_occlusion)) for by_occlusion in (False, True)
    )
    if not trace.mentions:
        return "No person or thing is mentioned before it: there is nothing to remember."
    if not trace.agrees:
        return f"The two measures disagree: by the gates it depends most on {by_gates}, left out on {by_occlusion}."
    if by_gates == "no mention":
        return "Both measures agree: the judgement depends on no mention before it."
    leading = trace.leading()
    if by_gates == by_occlusion or leading is None:
        return f"Both measures agree: it depends most on {by_gates}."
    whole = _quoted(explanation.phrase(leading[0].first_word, leading[0].end_word))
    return f"Both measures agree: it depends most on {whole} (by the gates {by_gates}, left out {by_occlusion})."


def _leading_words(explanation: Explanation, leading: tuple[MentionTrace, WordTrace] | None) -> str:
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
    greatest = max((abs(word.by_gates) for word in words), default=0.0) or 1.0
    return {word.word_index: round(N_STEPS * word.by_gates / greatest) for word in words}


def strongest_words(explanation: Explanation, n_words: int) -> list[WordTrace]:
    """The words, without marks, on which the judgement depends most by the gates, in either direction."""
    written = [word for word in explanation.trace.words if explanation.window.starts[word.word_index] >= 0]
    return sorted(written, key=lambda word: -abs(word.by_gates))[:n_words]


def strongest_mentions(explanation: Explanation, n_mentions: int) -> list[MentionTrace]:
    """The mentions on which the judgement depends most by the gates, in either direction."""
    return sorted(explanation.trace.mentions, key=lambda mention: -abs(mention.by_gates))[:n_mentions]


def mention_row(explanation: Explanation, mention: MentionTrace) -> tuple[str, ...]:
    """The cells of a mention in a table: its words, links, evidence, and both losses."""
    return (
        explanation.phrase(mention.first_word, mention.end_word),
        f"{mention.links:.1%}",
        f"{mention.evidence:.1%}",
        signed(mention.by_gates),
        signed(mention.by_occlusion),
    )


def word_row(explanation: Explanation, word: WordTrace) -> tuple[str, ...]:
    """The cells of a word in a table: the word, what it wrote, what survived of it, its share, and both losses."""
    return (
        explanation.window.words[word.word_index],
        f"{word.wrote:.2f}",
        f"{word.survived:.1%}",
        f"{word.share:.1%}",
        signed(word.by_gates),
        signed(word.by_occlusion),
    )
