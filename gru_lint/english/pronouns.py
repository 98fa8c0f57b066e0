"""The closed class of English pronoun forms that agree with an antecedent."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, Literal, get_args

AgreementClass = Literal[
    "masculine",
    "feminine",
    "neuter",
    "plural",
    "first singular",
    "second singular",
    "first plural",
    "second plural",
]
Case = Literal["subject", "object", "determiner", "possessive", "reflexive"]
# A pronoun in each case. A missing form does not exist ("that is its") or is not known.
Forms = Mapping[Case, str]

# The order of the network's outputs. The last four can stand in a reflexive slot only.
CLASSES: Final[tuple[AgreementClass, ...]] = get_args(AgreementClass)
N_ORDINARY_CLASSES: Final = 4
GENDERS: Final[tuple[AgreementClass, ...]] = ("masculine", "feminine")
# The order of the network's case outputs; a reflexive slot has no other case.
CASES: Final[tuple[Case, ...]] = ("subject", "object", "determiner", "possessive")

# Marks in a window, which are not words of the text: how the window begins, and where a paragraph does.
BEGIN: Final = "<begin>"
CONTINUE: Final = "<continue>"
PARAGRAPH: Final = "<paragraph>"
WINDOW_MARKS: Final = frozenset([BEGIN, CONTINUE, PARAGRAPH])

# For each class, the form in each case. "themself" agrees with any person and is never judged.
FORMS: Final[dict[AgreementClass, Forms]] = {
    "masculine": {
        "subject": "he",
        "object": "him",
        "determiner": "his",
        "possessive": "his",
        "reflexive": "himself",
    },
    "feminine": {
        "subject": "she",
        "object": "her",
        "determiner": "her",
        "possessive": "hers",
        "reflexive": "herself",
    },
    "neuter": {
        "subject": "it",
        "object": "it",
        "determiner": "its",
        "reflexive": "itself",
    },
    "plural": {
        "subject": "they",
        "object": "them",
        "determiner": "their",
        "possessive": "theirs",
        "reflexive": "themselves",
    },
    "first singular": {"reflexive": "myself"},
    "second singular": {"reflexive": "yourself"},
    "first plural": {"reflexive": "ourselves"},
    "second plural": {"reflexive": "yourselves"},
}

CLASS_OF_FORM: Final[dict[str, AgreementClass]] = {
    form: agreement_class for agreement_class, forms in FORMS.items() for form in forms.values()
}
CASES_OF_FORM: Final[dict[str, tuple[Case, ...]]] = {
    form: tuple(case for case, other in FORMS[agreement_class].items() if other == form)
    for form, agreement_class in CLASS_OF_FORM.items()
}
REFLEXIVE_FORMS: Final = frozenset(forms["reflexive"] for forms in FORMS.values())

# The forms of which each has another one for the object, or for the subject; "you" and "it" have none.
OBJECT_OF_SUBJECT: Final = {"i": "me", "we": "us", "he": "him", "she": "her", "they": "them"}
SUBJECT_OF_OBJECT: Final = {other: form for form, other in OBJECT_OF_SUBJECT.items()}
OTHER_CASE: Final = OBJECT_OF_SUBJECT | SUBJECT_OF_OBJECT
# Of them, those whose case alone is judged.
FIRST_PERSON_FORMS: Final = frozenset(["i", "me", "we", "us"])

# A case with less than this share of the probability is not offered beside a likelier one.
_LEAST_CASE_PROBABILITY = 0.1


def other_gender(gender: AgreementClass) -> AgreementClass:
    """Feminine for masculine, and the reverse. Raises ValueError for a class that is not a gender."""
    return GENDERS[1 - GENDERS.index(gender)]


def replacements(written: str, expected: AgreementClass, cases: Sequence[float]) -> tuple[str, ...]:
    """The forms of the expected class that fit where `written` stands; see `fitting_forms`."""
    return fitting_forms(written, FORMS[expected], cases)


def fitting_forms(written: str, forms: Forms, cases: Sequence[float]) -> tuple[str, ...]:
    """The forms of a pronoun that fit where `written` stands, the likeliest first.

    written  the pronoun as the text spells it; its capitals are kept
    cases    a probability for each case of `CASES`, which decides where the form is of several cases:
             "her" becomes "his" before a noun and "him" as an object
    """
    if written.lower() in REFLEXIVE_FORMS:
        found = [forms["reflexive"]] if "reflexive" in forms else []
    else:
        probability = dict(zip(CASES, cases, strict=True))
        possible = sorted(CASES_OF_FORM[written.lower()], key=lambda case: -probability[case])
        least = _LEAST_CASE_PROBABILITY * sum(probability[case] for case in possible)
        # Where the likeliest case has no form, none of another case is offered instead.
        likely = [case for case in possible if case == possible[0] or probability[case] > least]
        found = [forms[case] for case in likely if case in forms]
    found = list(dict.fromkeys(found))
    if len(written) > 1 and written.isupper():
        return tuple(form.upper() for form in found)
    return tuple(form.capitalize() if written[0].isupper() else form for form in found)


_ANY_PRONOUN = re.compile(r"(?<![^\W_])(?:" + "|".join(sorted(CLASS_OF_FORM)) + r")(?![^\W_])", re.IGNORECASE)


_FIRST_PERSON = re.compile(r"\b(?:I|[Mm]e|[Ww]e|[Uu]s)\b")


def has_first_person(text: str) -> bool:
    """Whether any word of the text may be a pronoun whose case alone is judged."""
    return _FIRST_PERSON.search(text) is not None


def has_pronoun(text: str) -> bool:
    """Whether any word of the text could be judged; needs neither tokenizer nor network."""
    return _ANY_PRONOUN.search(text) is not None
