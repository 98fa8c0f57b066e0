"""Whose somebody is: nobody is their own sister ("Anna, his sister, …"), and who is Anna's may be meant himself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from gru_lint.english.naming import last_named_before
from gru_lint.english.noun_phrases import PHRASE_ENDS
from gru_lint.english.person_nouns import nouns_of_people, person_nouns
from gru_lint.english.pronouns import AgreementClass
from gru_lint.english.verb_forms import slot_of_word

_COPULAS: Final = frozenset("is was are were be been became becomes remains remained 's".split())
# What may stand between such a verb and what it says of somebody.
BESIDE_COPULAS: Final = frozenset(
    "not now still also once never only just both n't then again perhaps probably".split()
)
_OWNS: Final = ("'s", "’s", "'", "’")
# What parts a name from what is said of it.
_OPENINGS: Final = frozenset(",(–—:")
# The longest description: "his very first English teacher".
_LONGEST: Final = 5


def describes_last(words: Sequence[str], index: int, name: str) -> bool:
    """Whether the possessive at an index says whose somebody is who is named right before it, and thus not hers or his.

    words  of a window
    name   as the text names the one who is described
    """
    end = index
    while end > 1 and words[end - 1].lower() in BESIDE_COPULAS:
        end -= 1
    parts = words[end - 1].lower()
    if not (parts in _COPULAS or (end == index and parts in _OPENINGS)):
        return False
    place = last_named_before(words, end - 1, name)
    return place is not None and place[1] == end - 1 and _is_person(words[index + 1 : index + 1 + _LONGEST])


def has_somebody_who_may_be_meant(words: Sequence[str], index: int, name: str, gender: AgreementClass) -> bool:
    """Whether the one who is named last before a pronoun is named as the owner of an animal or a friend of its gender.

    "Peter's dog is old. She sleeps all day."
    """
    place = last_named_before(words, index - 1, name)
    if place is None or words[place[1]] not in _OWNS:
        return False
    noun = _noun_of(words[place[1] + 1 : min(place[1] + 1 + _LONGEST, index)])
    return noun in person_nouns(gender) or noun in person_nouns("neuter")


def is_set_beside_anothers(words: Sequence[str], index: int) -> bool:
    """Whether a possessive is joined to what somebody who is named has: "Anna's mother and his father"."""
    if words[index - 1].lower() not in ("and", "or", "nor"):
        return False
    place = next((end for end in range(index - 2, max(0, index - 2 - _LONGEST), -1) if words[end] in _OWNS), None)
    return place is not None and _noun_of(words[place + 1 : index - 1]) == words[index - 2].lower()


def _noun_of(following: Sequence[str]) -> str:
    """The last word of the noun phrase that these begin with; empty for none."""
    noun = ""
    for word in following:
        if word.lower() in PHRASE_ENDS or not word[0].isalpha() or slot_of_word(word.lower()) is not None:
            break
        noun = word.lower()
    return noun


def _is_person(following: Sequence[str]) -> bool:
    """Whether the noun phrase behind a possessive is that of a person, and of nobody's mother: "his mother's cook"."""
    phrase = []
    for number, word in enumerate(following):
        if word.lower() in PHRASE_ENDS or not word[0].isalpha():
            if word in _OWNS:
                return False
            break
        phrase.append(word.lower())
        if number == 0 and phrase == ["own"]:
            return False
    return bool(phrase) and phrase[-1] in nouns_of_people()
