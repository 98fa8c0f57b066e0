"""Somebody who has just come in by a role: "Mary has a new doctor. He …", "The thief took her phone, but he …"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from gru_lint.english.descriptions import BESIDE_COPULAS
from gru_lint.english.naming import bounds_sentence
from gru_lint.english.noun_phrases import DETERMINERS, PHRASE_ENDS
from gru_lint.english.person_nouns import nouns_of_either
from gru_lint.english.pronouns import CLASS_OF_FORM, AgreementClass, other_gender
from gru_lint.english.titles import gender_of_title, is_title

_ANYBODY: Final = frozenset("someone somebody whoever".split())
# Behind these a role is said of somebody who is known: "Anna is a nurse", "she works as a nurse".
_SAYING_WHAT_SOMEBODY_IS: Final = frozenset(
    "is was am 's ’s be been being become becomes became remains remained as like".split()
)
_BESIDE_COPULAS: Final = BESIDE_COPULAS | frozenset("yet already really actually always".split())
_OWNS: Final = frozenset(["'s", "’s"])
# "No doctor" and "every doctor" are nobody who comes in.
_DETERMINERS: Final = (DETERMINERS | _OWNS) - frozenset("every each no any both".split())
_BREAKS: Final = PHRASE_ENDS - {"very", "only"}
# The longest noun phrase without its determiner: "the very old family doctor".
_LONGEST: Final = 4


def has_newcomer(words: Sequence[str], index: int, written: AgreementClass, antecedent: str | None) -> bool:
    """Whether a he or she may refer to somebody who came in by a role, in its sentence or the one before.

    A role tells no gender ("a drummer", "Maya's optician", "Dr Cole"), and is not said of somebody who is named
    ("Anna, the drummer", "my boss, Mr Castro"). Where the text speaks of a he, or a she, before the role, whoever that
    is may be meant, and nobody is new: "Natasha is out. He lives with a friend. Natasha sold his car."

    words       of a window
    index       of the pronoun
    written     its gender, as it is written
    antecedent  as the text names the one who it was taken to refer to; a role as well, until a pronoun of the other
                gender has told its own
    """
    named = frozenset(antecedent.lower().split()) if antecedent else frozenset[str]()
    return any(
        not _speaks_of(words[:first], written)
        and (
            named.isdisjoint(map(str.lower, words[first:end]))
            or not _speaks_of(words[end:index], other_gender(written))
        )
        for first, end in _roles_before(words, index, named)
    )


def _speaks_of(words: Sequence[str], gender: AgreementClass) -> bool:
    return any(CLASS_OF_FORM.get(word.lower()) == gender for word in words)


def _roles_before(words: Sequence[str], index: int, named: frozenset[str]) -> Iterator[tuple[int, int]]:
    """First word and end, the end excluded, of each role in the sentence of an index and in the one before."""
    for place in range(_beginning(words, index), index):
        word, following = words[place], words[place + 1]
        if word.lower() in _ANYBODY:
            yield place, place + 1
        elif is_title(word) and _is_capitalised(following):
            if gender_of_title(word) is None and following.lower() not in named:
                yield place, place + 2
        elif not _is_capitalised(word) and word.lower() in nouns_of_either() and not _is_named(words, place):
            first = _determiner_before(words, place)
            if first is not None and not _is_said_of_somebody(words, first, named):
                yield first, place + 1


def _beginning(words: Sequence[str], index: int) -> int:
    """Where the sentence before that of an index begins."""
    n_ends = 0
    for place in range(index, 1, -1):
        n_ends += bounds_sentence(words[place - 1])
        if n_ends > 1:
            return place
    return 1


def _determiner_before(words: Sequence[str], place: int) -> int | None:
    for first in range(place - 1, max(place - 2 - _LONGEST, 0), -1):
        if words[first].lower() in _DETERMINERS:
            return first
        if words[first].lower() in _BREAKS or not words[first][0].isalpha():
            break
    return None


def _is_named(words: Sequence[str], place: int) -> bool:
    """Whether a name follows at once: "my boss Anna", "my boss, Mr Castro"."""
    following = words[place + 1 : place + 3]
    return _is_capitalised(following[0]) or (following[0] == "," and _is_capitalised(following[1]))


def _is_capitalised(word: str) -> bool:
    """Whether a word is written as a name is; in a text in capitals none is."""
    return word[:1].isupper() and not word.isupper()


def _is_said_of_somebody(words: Sequence[str], first: int, named: frozenset[str]) -> bool:
    """Whether a noun phrase says what somebody is who was named: "Anna is now a nurse", "Anna, a nurse"."""
    if words[first] in _OWNS:
        return False
    end = first
    while words[end - 1].lower() in _BESIDE_COPULAS:
        end -= 1
    before = words[end - 1].lower()
    return before in _SAYING_WHAT_SOMEBODY_IS or (before == "," and words[end - 2].lower() in named)
