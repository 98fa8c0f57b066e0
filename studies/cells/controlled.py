"""The controlled set: texts in which the number of words between a person and a pronoun varies, and nothing else.

"Mrs Penrose waved. [words about nobody] Then she left the room." What stands between is put together from
words for things and weather, so that any length from two words on comes out exactly. Sentences and templates are
this set's own: none is among those that the network was trained on.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from gru_lint.english.pronouns import FORMS, GENDERS, AgreementClass, other_gender

# "alone": one person. "changed": somebody of the other gender was the subject of the sentence before. "again": the same
# person was, which parts what a change does from what another sentence does.
Variant = Literal["alone", "changed", "again"]
FEWEST_BETWEEN = 2

_TITLES = {"masculine": ("Mr", "Mr", "Sir", "Uncle"), "feminine": ("Mrs", "Miss", "Lady", "Aunt")}
_SURNAMES = """Penrose Hargreave Winterbourne Pemberton Ashdown Bracknell Thackeray Featherstone Ravenscroft
    Loxley Holloway Whitcombe""".split()
_FIRST_NAMES = {
    "masculine": "Edmund Robert Thomas Henry William Peter George Walter".split(),
    "feminine": "Harriet Alice Martha Helen Emily Susan Louisa Margaret".split(),
}
_PREDICATES = {
    1: ("waved", "arrived", "yawned", "returned", "waited"),
    2: ("arrived late", "waited outside", "stood still", "came back", "looked up"),
    3: ("arrived rather late", "waited there alone", "came back early", "looked up briefly", "stood quite still"),
}
_LEFT = ("walked away", "drove home", "went upstairs", "turned back")
_OPENINGS = ("Then", "Later", "Afterwards", "Finally", "Soon")
_ENDINGS = ("left the room.", "opened a window.", "sat down.", "closed the door.", "put out the light.")
# What the sentences between are made of: no person, no animal, nothing that acts.
_SUBSTANCES = ("Snow", "Rain", "Thunder", "Mist", "Smoke", "Dust")
_RAN = ("drifted", "gathered", "thickened", "passed", "vanished")
_THINGS = "gate shutter kettle pier roof hedge meadow chimney lantern staircase quarry barrel orchard canal".split()
_LOOKS = "rusty narrow wooden distant crooked damp yellow broken".split()
_BEHAVED = "creaked glistened rattled dripped darkened shook cracked glowed".split()
_WAYS = "slowly again faintly overnight softly".split()
_NEAR = "beside behind near beyond below".split()
_SHORTEST, _LONGEST = 3, 9


@dataclass(frozen=True, slots=True)
class ControlledText:
    """A text with one pronoun that is asked about.

    n_between   words and marks of punctuation that stand between the person and the pronoun
    gender      the person's
    person      offsets of the person's first word and past the last
    pronoun     offset of the pronoun
    pair        number that a text shares with the one in which the genders are swapped, and with no other
    """

    text: str
    variant: Variant
    n_between: int
    gender: AgreementClass
    person: tuple[int, int]
    pronoun: int
    pair: int


def controlled_texts(n_between: int, n_pairs: int, variant: Variant = "alone") -> Iterator[ControlledText]:
    """So many texts about a man, each followed by the same about a woman; the same at every call."""
    for pair in range(n_pairs):
        for gender in GENDERS:
            # Both of a pair draw the same numbers, whatever the distance: the same people at 2 words and at 120.
            people = random.Random(f"people {pair}")
            words = random.Random(f"words {pair} {n_between}")
            yield _text(gender, n_between, variant, pair, people, words)


def _text(
    gender: AgreementClass, n_between: int, variant: Variant, pair: int, people: random.Random, words: random.Random
) -> ControlledText:
    surnames = people.sample(_SURNAMES, 2)
    number = people.random()
    is_titled = number < 0.5
    place = int(2 * number * len(_FIRST_NAMES[gender])) % len(_FIRST_NAMES[gender])

    def name(whose: AgreementClass, surname: str) -> str:
        titles = _TITLES[whose]
        return f"{titles[place % len(titles)]} {surname}" if is_titled else _FIRST_NAMES[whose][place]

    person = name(gender, surnames[0])
    before = {"alone": None, "changed": name(other_gender(gender), surnames[1]), "again": person}[variant]
    left, ending = people.choice(_LEFT), people.choice(_ENDINGS)
    opening = f"{before} {left}. " if before else ""
    start = len(opening)
    text = f"{opening}{person} {_between(n_between, words)} "
    pronoun = FORMS[gender]["subject"]
    return ControlledText(
        f"{text}{pronoun} {ending}", variant, n_between, gender, (start, start + len(person)), len(text), pair
    )


def _between(n_words: int, words: random.Random) -> str:
    """Exactly so many words and full stops: a predicate, sentences about nobody, and what opens the last sentence."""
    if n_words < FEWEST_BETWEEN:
        raise ValueError(f"{n_words}: at least {FEWEST_BETWEEN} words stand between")
    if n_words == FEWEST_BETWEEN:
        return f"{words.choice(_PREDICATES[1])} and"
    # A full stop and an opening are two more; no sentence has one word or two.
    n_predicate = words.choice([n for n in _PREDICATES if (left := n_words - 2 - n) == 0 or left >= _SHORTEST])
    sentences = [f"{words.choice(_PREDICATES[n_predicate])}."]
    left = n_words - 2 - n_predicate
    while left:
        lengths = [n for n in range(_SHORTEST, _LONGEST + 1) if n == left or left - n >= _SHORTEST]
        length = words.choice(lengths)
        sentences.append(_sentence(length, words))
        left -= length
    return " ".join((*sentences, words.choice(_OPENINGS)))


def _sentence(n_words: int, words: random.Random) -> str:
    """A sentence about nobody of so many words, 3 to 9, its full stop among them."""
    if n_words == _SHORTEST:
        return f"{words.choice(_SUBSTANCES)} {words.choice(_RAN)}."
    first, second = words.sample(_THINGS, 2)
    # "The thing creaked ." is four words; a place adds three, a look and a way one each.
    has_place = n_words >= 7
    more = n_words - (7 if has_place else 4)
    subject = f"The {words.choice(_LOOKS)} {first}" if more else f"The {first}"
    way = f" {words.choice(_WAYS)}" if more == 2 else ""
    place = f" {words.choice(_NEAR)} the {second}" if has_place else ""
    return f"{subject} {words.choice(_BEHAVED)}{way}{place}."
