"""The form of a rule: its documentation, what it judges, and what it reports."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gru_lint.english.named_things import may_be_named_thing
from gru_lint.english.personification import may_be_personified
from gru_lint.english.pronouns import CLASS_OF_FORM, CLASSES, FORMS, GENDERS, REFLEXIVE_FORMS, AgreementClass, Forms
from gru_lint.records import Judgement
from gru_lint.rules._forms import CaseContext, FormContext, FormMismatch

if TYPE_CHECKING:
    from gru_lint.english.pronoun_sets import PronounSets


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A rule's claim that another pronoun belongs here.

    expected       the forms of each pronoun that may belong here, the best first; mostly of one
    confidence     0..1
    calibrated_as  the rule whose scaling and threshold apply; None for the rule's own
    only_beside    the index of another word of the window: this is reported only if that word is, too; None for always
    expected_class  the class of the pronoun that belongs here
    """

    expected: tuple[Forms, ...]
    confidence: float
    calibrated_as: str | None = None
    only_beside: int | None = None
    expected_class: AgreementClass | None = None


@dataclass(frozen=True, slots=True)
class PronounContext:
    """A pronoun as a rule sees it: the form that was written, and what the network expects in its place.

    form                    the pronoun in lower case
    written                 the class of that form
    is_reflexive            whether it ends in -self or -selves
    probabilities           one for each class, summing to 1; the network has not seen the form
    antecedent              the words of the mention that it is taken to refer to; None where that is uncertain, or not
                            resolved yet: it is for what a rule may report without one, so none may insist on it
    antecedent_probability  of that mention; 0 for None
    declared                the pronouns that the antecedent is declared to have, if any
    words                   of the window
    word_index              of the pronoun in these words
    hides_words             whether text that is not read, such as code, stands before it and may be its antecedent
    is_short                whether they are those of a whole document of a few sentences
    nearby                  for each class, how well the name or noun shortly before that agrees best with it does so,
                            0..1; empty where the antecedent is not resolved yet
    """

    form: str
    written: AgreementClass
    is_reflexive: bool
    probabilities: Mapping[AgreementClass, float]
    antecedent: str | None
    antecedent_probability: float = 0.0
    declared: PronounSets | None = None
    words: tuple[str, ...] = ()
    word_index: int = 0
    hides_words: bool = False
    is_short: bool = False
    nearby: Mapping[AgreementClass, float] = field(default_factory=dict, hash=False)

    @property
    def is_resolved(self) -> bool:
        """Whether an antecedent was looked for; before that, a rule says what it might report once it is known."""
        return bool(self.nearby)

    @property
    def expected(self) -> AgreementClass:
        """The likeliest class."""
        return max(self.probabilities, key=self.probabilities.__getitem__)

    @property
    def is_covered_by_declaration(self) -> bool:
        """Whether a declaration decides on this form: it agrees with the declared pronouns, or is a he or a she."""
        return self.declared is not None and (self.written in self.declared.classes or self.written in GENDERS)

    @property
    def may_be_personified(self) -> bool:
        """Whether a she, her or hers may refer to a thing that people call she: a yacht, Nature, one's country."""
        return self.written == "feminine" and may_be_personified(self.antecedent, self.words, self.word_index)

    @property
    def may_be_named_thing(self) -> bool:
        """Whether an "its" may refer to a firm, a product or a place that bears a first name.

        Only "its" may: things have something of their own ("Alfred opens with its own hotkey"), while "it was tired" is
        an error about a person.
        """
        return self.form == "its" and may_be_named_thing(self.antecedent, self.words, self.word_index)

    def mismatch(self, expected: AgreementClass, calibrated_as: str | None = None) -> Mismatch:
        """The mismatch of the written class with `expected`, with the odds between the two as confidence.

        Where only one of the two is a gender, the odds are those of a person of either gender: a person is
        distinguished from a thing, or from several.
        """
        likely, unlikely = self.probabilities[expected], self.probabilities[self.written]
        if (expected in GENDERS) != (self.written in GENDERS):
            person = sum(self.probabilities[gender] for gender in GENDERS)
            likely, unlikely = (
                person if side in GENDERS else self.probabilities[side] for side in (expected, self.written)
            )
        forms: tuple[Forms, ...] = (FORMS[expected],)
        if self.declared and expected in GENDERS:
            forms = self.declared.forms
        confidence = likely / (likely + unlikely) if likely > 0 else 0.0
        return Mismatch(forms, confidence, calibrated_as, expected_class=expected)


@dataclass(frozen=True, slots=True)
class Calibration:
    """How the threshold of a rule is chosen on text that nobody trained on.

    budget         findings that it may make on 10,000 correct words, in the worst kind of text. All budgets add up to
                   two thirds of a finding, since other documents than those counted may hold more
    errors         for each class of pronoun, the classes that take its place in a text, to count how often its
                   findings are right; a pronoun stays where such a class has no form in its case
    of_reflexives  whether the errors are made in reflexive pronouns alone
    by_class       whether each class that it expects has a threshold of its own, so that as many errors are found about
                   women as about men: with one for both, more are found about those whom most texts are about
    """

    budget: float
    errors: Mapping[AgreementClass, tuple[AgreementClass, ...]] = field(hash=False)
    of_reflexives: bool = False
    by_class: bool = False


def threshold_key(rule: str, expected: AgreementClass | None) -> str:
    """The name of the threshold for findings of a rule that expect a class: "gender-mismatch: feminine"."""
    return f"{rule}: {expected}"


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of fault; one file each in this package, which calls it RULE.

    code            stable, never reused
    name            of the fault, such that "ignore gender-mismatch" reads as English
    summary         one line for lists
    why             what goes wrong for the reader
    not_flagged     what looks like this fault and is none, a line each
    known_problems  false alarms and missed faults, a line each
    flags           texts with «» about each word that must be flagged
    passes          texts in which nothing may be flagged
    judge           returns the mismatch in a context, or None, and is asked where another class is expected or where a
                    declaration decides; absent for rules about suppression comments
    judge_form      the same for a verb or demonstrative
    judge_case      the same for the case of a pronoun
    form_budget     findings about either of these that it may make on 10,000 correct words
    threshold       the least confidence that it reports if the weights hold none; 1 by default, so that it is silent
    calibration     how the threshold in the weights is chosen; None if they hold none
    follows_chains  whether a lower threshold holds beside another finding of the same chain
    about_person    whether its findings are about a person, whose pronouns an editor offers to declare
    declared        names and their pronouns, as the examples need them declared
    extension       of the files that hold the examples
    """

    code: str
    name: str
    summary: str
    why: str
    not_flagged: tuple[str, ...]
    known_problems: tuple[str, ...]
    flags: tuple[str, ...]
    passes: tuple[str, ...]
    judge: Callable[[PronounContext], Mismatch | None] | None
    judge_form: Callable[[FormContext], FormMismatch | None] | None = None
    judge_case: Callable[[CaseContext], FormMismatch | None] | None = None
    form_budget: float = 0.0
    threshold: float = 1.0
    calibration: Calibration | None = None
    follows_chains: bool = False
    about_person: bool = False
    declared: Mapping[str, str] = field(default_factory=dict, hash=False)
    extension: str = ".txt"

    @property
    def judges_forms(self) -> bool:
        """Whether it is about forms: of verbs and demonstratives, or the cases of pronouns."""
        return bool(self.judge_form or self.judge_case)

    def judge_word(self, context: FormContext | CaseContext) -> FormMismatch | None:
        """The mismatch in the form or in the case of a word, or None."""
        if isinstance(context, CaseContext):
            return self.judge_case(context) if self.judge_case else None
        return self.judge_form(context) if self.judge_form else None

    @property
    def family(self) -> str:
        """The letters of the code, which select all rules that share them: "PA"."""
        return self.code.rstrip("0123456789")


def context_of(
    judgement: Judgement,
    form: str,
    antecedent: str | None,
    declared: PronounSets | None = None,
    words: tuple[str, ...] = (),
    *,
    hides_words: bool = False,
    is_short: bool = False,
) -> PronounContext:
    """The context of a judgement on a pronoun of this form."""
    mention = judgement.antecedent
    return PronounContext(
        form=form,
        written=CLASS_OF_FORM[form],
        is_reflexive=form in REFLEXIVE_FORMS,
        probabilities=dict(zip(CLASSES, judgement.probabilities, strict=True)),
        antecedent=antecedent,
        antecedent_probability=mention.probability if mention else 0.0,
        nearby=dict(zip(CLASSES, judgement.nearby, strict=False)),
        declared=declared,
        words=words,
        word_index=judgement.anaphor.word_index,
        hides_words=hides_words,
        is_short=is_short,
    )
