"""PA004: "the king hurt herself", "the boys hurt himself", "I cut himself"."""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile

from gru_lint.english.pronouns import CLASS_OF_FORM, CLASSES, GENDERS, N_ORDINARY_CLASSES, OTHER_CASE, WINDOW_MARKS
from gru_lint.rules._base import Calibration, Mismatch, PronounContext, Rule

# How far before a reflexive a pronoun is looked for that is its subject.
_WORDS_TO_SUBJECT = 6
_SUBJECTS = frozenset(["he", "she", "it", "they"])
# "Anyone who knows it keeps it to himself": they may be of either gender, whoever else is spoken of.
_INDEFINITES = frozenset("anyone anybody everyone everybody someone somebody nobody whoever".split())
_WORDS_TO_INDEFINITE = 10
_SENTENCE_ENDS = frozenset([*".!?;", *WINDOW_MARKS])


def judge(context: PronounContext) -> Mismatch | None:
    """A reflexive that differs in person, number or gender from its subject."""
    if context.is_covered_by_declaration or not context.is_reflexive or context.expected == context.written:
        return None
    # "Everyone helped themselves", "Kim taught themselves": they is right for any person.
    if context.written == "plural" and context.expected in (*GENDERS, "neuter"):
        return None
    # "A man like yourself", "both Edmond and myself": these need no subject that they agree with.
    if context.written not in CLASSES[:N_ORDINARY_CLASSES]:
        return None
    if context.written in GENDERS and _follows_an_indefinite(context):
        return None
    # "Django itself": programs, firms and ships bear people's names; "you are goodness itself".
    if context.written == "neuter" and context.expected != "plural":
        return None
    return replace(context.mismatch(context.expected), only_beside=_pronoun_it_agrees_with(context))


def _pronoun_it_agrees_with(context: PronounContext) -> int | None:
    """The index of the pronoun that is its subject and that it agrees with, as in "Mr Jones left. She hurt herself".

    Whoever she is, the reflexive is hers: it is wrong only where she is.
    """
    first = max(0, context.word_index - _WORDS_TO_SUBJECT)
    for index in range(context.word_index - 1, first - 1, -1):
        word = context.words[index]
        form = word.lower()
        if form in _SUBJECTS:
            return index if CLASS_OF_FORM[form] == context.written else None
        # Another clause, or somebody else who may be the subject.
        if form in OTHER_CASE or word[0].isupper() or not (word[0].isalpha() or word[0] in "'’"):
            return None
    return None


def _follows_an_indefinite(context: PronounContext) -> bool:
    first = max(0, context.word_index - _WORDS_TO_INDEFINITE)
    before = takewhile(lambda word: word not in _SENTENCE_ENDS, reversed(context.words[first : context.word_index]))
    return any(word.lower() in _INDEFINITES for word in before)


RULE = Rule(
    code="PA004",
    name="reflexive-mismatch",
    summary="A reflexive pronoun differs from its subject in person, number or gender",
    why="A reflexive points at the subject of its own clause; any other person there is a slip.",
    not_flagged=(
        "Themselves and themself for one person.",
        "Itself after a name: a program, a firm or a ship may bear it.",
        "Myself, yourself, ourselves, yourselves: people like yourself need no subject.",
        "Himself or herself after anyone, everybody and their like.",
        "One that agrees with the pronoun that is its subject, unless that is wrong as well.",
    ),
    known_problems=(
        "A slip to myself, yourself, ourselves or yourselves is not found (the king hurt yourself).",
        "Itself for a person (the king hurt itself) is not found.",
        "Where other words come between, another noun may be taken for the subject.",
        "In quoted speech without a subject (hurt himself, did he?) the subject may be looked for outside the quote.",
    ),
    flags=(
        "The king hurt «herself».",
        "I cut «himself» on the broken glass.",
    ),
    passes=(
        "The queen hurt herself.",
        "I cut myself on the broken glass.",
        "Everyone helped themselves to soup.",
        "Joanna waited, but everybody who had a key kept it to himself.",
        "Each guest should make themself at home.",
        "I should have feared to injure both Edmond and yourself.",
        "He opened the letter himself.",
        "The king called the cook. She had burnt herself.",
        "Jenkins itself has no such limit.",
    ),
    judge=judge,
    calibration=Calibration(
        budget=0.065,
        errors={
            "masculine": ("feminine", "plural"),
            "feminine": ("masculine", "plural"),
            "neuter": ("plural", "masculine"),
            "plural": ("masculine", "feminine", "neuter"),
        },
        of_reflexives=True,
    ),
    about_person=True,
)
