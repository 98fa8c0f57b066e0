"""The people of a text: which names belong to one person, and which gender these show."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from gru_lint.english.declarations import Declaration, declared_pronouns
from gru_lint.english.lexicon import Lexicon
from gru_lint.english.pronouns import AgreementClass
from gru_lint.english.titles import gender_of_title
from gru_lint.people.names import Name

_INITIAL = re.compile(r"[^\W\d_]\.?")
# Gender bins of first names of which at least nine in ten bearers are of one gender; see `lexicon.GENDER_BIN_EDGES`.
_MASCULINE_BINS, _FEMININE_BINS = (1, 2), (6, 7)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom a text names.

    number  among the people of the text, in the order of their first names in it
    name    the longest in the text; with a title only where the text never leaves it out
    words   of that name, without titles and initials
    gender  that a declaration, a title or a first name shows; None where none does
    declared  the pronouns that the configuration declares, as it spells them; None for none
    names   the names in the text that are this person's and nobody else's
    """

    number: int
    name: str
    words: tuple[str, ...]
    gender: AgreementClass | None
    declared: str | None
    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class SharedName:
    """A name that may be one of several people's: "Watson" where there is a Mr and a Mrs Watson."""

    name: Name
    people: tuple[int, ...]


def find_people(
    names: Sequence[Name], lexicon: Lexicon, declarations: Sequence[Declaration] = ()
) -> tuple[tuple[Person, ...], tuple[SharedName, ...]]:
    """The people whom some names of a text belong to, and the names that may belong to more than one.

    A name that begins or ends exactly one other name is short for it: "Mary" and "Mrs Watson" are Mary Watson, where
    there is no Mary Smith. Names whose titles or first names show different genders belong to different people.
    """
    groups: dict[object, list[Name]] = {}
    known = [(name, telling_words(name)) for name in names if not name.is_thing]
    gender_of_key: dict[object, AgreementClass | None] = {}
    words_of_key: dict[object, tuple[str, ...]] = {}
    # The people whose name begins or ends with a word.
    keys_of_word: dict[str, dict[object, None]] = {}

    def add(key: object, name: Name, words: tuple[str, ...], gender: AgreementClass | None) -> None:
        groups.setdefault(key, []).append(name)
        gender_of_key[key] = gender_of_key.get(key) or gender
        if len(words) > len(words_of_key.get(key, ())):
            words_of_key[key] = words
            for word in (words[0], words[-1]):
                keys_of_word.setdefault(word, {})[key] = None

    def longer(word: str, gender: AgreementClass | None) -> list[object]:
        keys = keys_of_word.get(word, ())
        return [key for key in keys if gender is None or gender_of_key[key] in (None, gender)]

    @cache
    def gender_of_words(words: tuple[str, ...]) -> AgreementClass | None:
        return gender_of_first_name(words, lexicon)

    for name, words in known:
        if len(words) > 1:
            add((words[0], words[-1]), name, words, _title_gender(name) or gender_of_words(words))
    shared: list[tuple[Name, list[object]]] = []
    short = [(name, words) for name, words in known if len(words) == 1]
    # Those whose title shows a gender come first: Mr Watson and Mrs Watson are two people, and "Watson" is either.
    titled = [entry for entry in short if _title_gender(entry[0])]
    for name, words in [*titled, *(entry for entry in short if not _title_gender(entry[0]))]:
        gender = _title_gender(name) or gender_of_words(words)
        meant = longer(words[0], gender)
        if not meant:
            add((words, _title_gender(name)), name, words, gender)
        elif len(meant) == 1:
            add(meant[0], name, words, gender)
        else:
            shared.append((name, meant))
    order = sorted(groups, key=lambda key: min(name.span for name in groups[key]))
    numbers = {key: number for number, key in enumerate(order)}
    people = tuple(
        _person(
            numbers[key],
            sorted(groups[key], key=lambda name: name.span),
            words_of_key[key],
            gender_of_key[key],
            declarations,
        )
        for key in order
    )
    return people, tuple(SharedName(name, tuple(sorted(numbers[key] for key in keys))) for name, keys in shared)


def _person(
    number: int,
    names: Sequence[Name],
    words: tuple[str, ...],
    gender: AgreementClass | None,
    declarations: Sequence[Declaration],
) -> Person:
    counts = Counter(name.text for name in names)
    bare = max((name.words for name in names), key=lambda spelled: (len(spelled), counts[" ".join(spelled)]))
    # Where nobody is named without a title, it is part of the name: Mrs Watson is not Mr Watson.
    text = " ".join(bare) if any(not name.titles for name in names) else names[0].text
    declared = next((found for name in names if (found := declared_pronouns(name.text, declarations))), None)
    if declared is not None:
        gender = declared.gender
    return Person(number, text, words, gender, declared.declared if declared else None, tuple(names))


def telling_words(name: Name) -> tuple[str, ...]:
    """The words of a name without initials and small words, or all of them where nothing is left."""
    telling = tuple(_usual(word) for word in name.words if not _INITIAL.fullmatch(word))
    return telling or name.words


def _usual(word: str) -> str:
    """A word in capitals as it would be spelled elsewhere: "MARY" in a heading."""
    return word.capitalize() if len(word) > 1 and word.isupper() else word


def _title_gender(name: Name) -> AgreementClass | None:
    return next((gender for title in name.titles if (gender := gender_of_title(title))), None)


def gender_of_first_name(words: Sequence[str], lexicon: Lexicon) -> AgreementClass | None:
    """The gender of nearly all who have the first word of a name; None for both, or where it is no first name."""
    return gender_of_bin(int(lexicon.encode(words).gender_bins[0])) if words else None


def gender_of_bin(gender_bin: int) -> AgreementClass | None:
    """The gender of nearly all who have a name, or are called by a noun, of this gender bin; None for both."""
    if gender_bin in _MASCULINE_BINS:
        return "masculine"
    return "feminine" if gender_bin in _FEMININE_BINS else None


def same_person(people: Iterable[Person], asked: Name) -> list[Person]:
    """The people whom a user may mean by a name: those whose whole name it is, else those for whom it is short."""
    words = telling_words(asked)
    gender = _title_gender(asked)
    meant = [
        person
        for person in people
        if (gender is None or person.gender in (None, gender)) and _begins_or_ends(words, person)
    ]
    whole = [person for person in meant if person.words == words]
    return whole or meant


def _begins_or_ends(words: tuple[str, ...], person: Person) -> bool:
    spelled = [tuple(person.words), *(name.words for name in person.names)]
    return any(words in (known[: len(words)], known[-len(words) :]) for known in spelled)
