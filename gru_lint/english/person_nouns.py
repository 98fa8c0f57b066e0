"""Nouns for people and animals, which he and she may refer to, and other nouns, which it may refer to."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Final

from gru_lint.english.noun_phrases import DETERMINERS, PHRASE_ENDS
from gru_lint.english.pronouns import BEGIN, CLASS_OF_FORM, GENDERS, WINDOW_MARKS, AgreementClass
from gru_lint.english.titles import gender_of_title, is_title
from gru_lint.english.word_files import commoner_words, word_lines

_CLASSES: Final[dict[str, tuple[AgreementClass, ...]]] = {
    "either": ("masculine", "feminine"),
    "man": ("masculine",),
    "woman": ("feminine",),
    "animal": ("masculine", "feminine", "neuter"),
}
# How many words before a pronoun are searched.
_NEAR_BEFORE: Final = 25
# What may open a sentence with a capital and is no name.
_OPENERS: Final = PHRASE_ENDS | frozenset(
    """
        his hers after before until since once although though because unless whenever suddenly finally later yes no
        well oh perhaps maybe one two both all everyone everybody nobody someone somebody something nothing people
        """.split()
)
_SENTENCE_ENDS: Final = frozenset(".!?")
# The longest noun phrase, without its determiner: "the small round table".
_LONGEST_PHRASE: Final = 4


@cache
def person_nouns(agreement_class: AgreementClass) -> frozenset[str]:
    """The nouns, in lower case, of people and animals who may be of a class; neuter, animals alone."""
    found: list[str] = []
    for line in word_lines("person_nouns"):
        kind, _, words = line.partition(":")
        if agreement_class in _CLASSES[kind]:
            found += words.split()
    return frozenset(found)


def may_mean_person(
    agreement_class: AgreementClass, words: Sequence[str], word_index: int, *, alone: bool = False
) -> bool:
    """Whether somebody of a gender, or an animal, is spoken of shortly before a word: "the neighbour", "Mr Brown".

    alone  whether several people do not count: "the boys"
    """
    nouns = _nouns_for_one(agreement_class) if alone else person_nouns(agreement_class)
    return any(
        word.lower() in nouns or (is_title(word) and gender_of_title(word) in (agreement_class, None))
        for word in words[max(0, word_index - _NEAR_BEFORE) : word_index]
    )


def tells_gender(mention: str, gender: AgreementClass) -> bool:
    """Whether the title or the noun of a mention is one of that gender alone: "Mrs Blake", "his mother"."""
    words = mention.split()
    if any(is_title(word) and gender_of_title(word) == gender for word in words):
        return True
    return [one for one in GENDERS if words[-1].lower() in person_nouns(one)] == [gender]


def names_no_person(words: Sequence[str]) -> bool:
    """Whether a text speaks of its people by pronouns alone: it has no name, no title and no noun that tells a gender.

    words  of a window; one that goes on from another has names that cannot be seen, and so has a text without capitals
    """
    if words[:1] != (BEGIN,) or not any(word[0].isupper() for word in words):
        return False
    telling = _telling_nouns()
    for before, word in pairwise(words):
        lower = word.lower()
        if lower in telling or is_title(word):
            return False
        opens_sentence = before in WINDOW_MARKS or not before[0].isalnum()
        if word[0].isupper() and lower != "i" and not (opens_sentence and lower in _OPENERS):
            return False
    return True


def may_mean_something(words: Sequence[str], word_index: int) -> bool:
    """Whether a thing is spoken of shortly before a word: a noun phrase with a determiner, such as "her phone".

    Searched is its sentence and the one before in its paragraph. A name is none, nor is a phrase that holds a noun for
    a person.
    """
    first = word_index
    n_ends = 0
    while first > max(0, word_index - _NEAR_BEFORE) and words[first - 1] not in WINDOW_MARKS:
        n_ends += words[first - 1] in _SENTENCE_ENDS
        if n_ends > 1:
            break
        first -= 1
    return any(
        words[index].lower() in DETERMINERS and _is_thing(words[index + 1 : word_index])
        for index in range(first, word_index - 1)
    )


@cache
def _telling_nouns() -> frozenset[str]:
    """The nouns that tell the gender of whom they name."""
    return (person_nouns("masculine") ^ person_nouns("feminine")) | commoner_words().keys()


@cache
def _nouns_for_one(agreement_class: AgreementClass) -> frozenset[str]:
    return person_nouns(agreement_class) - _several()


@cache
def _several() -> frozenset[str]:
    """The nouns that are the plural of another: "boys", "policewomen"."""
    nouns = frozenset().union(*map(person_nouns, GENDERS))
    of_men = {noun for noun in nouns if noun.endswith("men") and f"{noun[:-3]}man" in nouns}
    in_s = {f"{noun}s" for noun in nouns if not noun.endswith("s") and not is_title(noun.capitalize())}
    return frozenset(of_men | in_s | {"people", "children", "wives"}) & nouns


@cache
def nouns_of_either() -> frozenset[str]:
    """The nouns of one person or animal, whatever the gender: "neighbour", "dog"."""
    either = person_nouns("masculine") & person_nouns("feminine")
    return either - _several() - commoner_words().keys()


@cache
def nouns_of_people() -> frozenset[str]:
    """The nouns of people, whatever their gender."""
    masculine, feminine = map(person_nouns, GENDERS)
    return (masculine | feminine) - person_nouns("neuter")


def _is_thing(following: Sequence[str]) -> bool:
    """Whether what follows a determiner is the phrase of a thing."""
    n_words = 0
    for word in following[:_LONGEST_PHRASE]:
        if word.lower() in PHRASE_ENDS or word.lower() in CLASS_OF_FORM or not word[0].isalpha():
            break
        if word.lower() in nouns_of_people() or not word[0].islower():
            return False
        n_words += 1
    return n_words > 0
