"""The form of a rule: what it is called, why it exists, and what it reads from a judgement."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from gru_lint.pronouns import CLASS_OF_FORM, CLASSES, REFLEXIVE_FORMS, AgreementClass
from gru_lint.records import Judgement


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A rule's claim: another class belongs here, with this confidence, 0..1."""

    expected: AgreementClass
    confidence: float


@dataclass(frozen=True, slots=True)
class Slot:
    """A pronoun as a rule sees it: what is written, and what the network expects there.

    form           the pronoun in lower case
    written        the class of that form
    is_reflexive   whether it ends in -self or -selves
    probabilities  one for each class, summing to 1; the network has not seen the form
    antecedent     the mention it is taken to refer to, in the text's words, or None
    """

    form: str
    written: AgreementClass
    is_reflexive: bool
    probabilities: Mapping[AgreementClass, float]
    antecedent: str | None

    @property
    def expected(self) -> AgreementClass:
        """The likeliest class."""
        return max(self.probabilities, key=self.probabilities.__getitem__)

    def mismatch(self, expected: AgreementClass) -> Mismatch:
        """The claim that `expected` and not the written class belongs here, by the odds between the two."""
        likely, unlikely = self.probabilities[expected], self.probabilities[self.written]
        return Mismatch(expected, likely / (likely + unlikely) if likely > 0 else 0.0)


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of fault; one file each in this package, which calls it RULE.

    code            stable, never reused
    name            the fault, so that "ignore gender-mismatch" reads as English
    summary         one line for lists
    why             what goes wrong for the reader
    not_flagged     what looks like this fault and is none, a line each
    known_problems  where it is wrong, or silent though there is a fault, a line each
    flags           texts with «» about each word that must be flagged
    passes          texts in which nothing may be flagged
    judge           the mismatch in a slot, or None
    """

    code: str
    name: str
    summary: str
    why: str
    not_flagged: tuple[str, ...]
    known_problems: tuple[str, ...]
    flags: tuple[str, ...]
    passes: tuple[str, ...]
    judge: Callable[[Slot], Mismatch | None]


def slot_of(judgement: Judgement, form: str, antecedent: str | None) -> Slot:
    """The slot of a judgement with this form written in it."""
    return Slot(
        form=form,
        written=CLASS_OF_FORM[form],
        is_reflexive=form in REFLEXIVE_FORMS,
        probabilities=dict(zip(CLASSES, judgement.probabilities, strict=True)),
        antecedent=antecedent,
    )
