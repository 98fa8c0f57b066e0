"""Titles before a name, which gender they tell, and what they become for somebody with other pronouns."""

from __future__ import annotations

from typing import Final

from gru_lint.english.pronouns import AgreementClass
from gru_lint.english.word_lists import FEMININE_TITLES, MASCULINE_TITLES, TITLES

# Masculine, feminine, and for somebody who is neither; the first pair of a title decides what becomes of it.
_PAIRS: Final = (
    ("Mr", "Mrs", "Mx"),
    ("Mr", "Ms", "Mx"),
    ("Mister", "Miss", "Mx"),
    ("Sir", "Dame", None),
    ("Lord", "Lady", None),
    ("Sir", "Madam", None),
    ("Uncle", "Aunt", None),
    ("Uncle", "Auntie", None),
    ("King", "Queen", None),
    ("Prince", "Princess", None),
    ("Duke", "Duchess", None),
    ("Count", "Countess", None),
    ("Baron", "Baroness", None),
    ("Emperor", "Empress", None),
    ("Grandpa", "Grandma", None),
    ("Father", "Mother", None),
    ("Brother", "Sister", None),
)
# A woman's title that "Mr" becomes says whether she is married, and nobody has said so.
_CHOSEN: Final = {("Mr", "feminine"): "Ms", ("Miss", "masculine"): "Mr"}
_MASCULINE: Final = MASCULINE_TITLES | {masculine for masculine, _, _ in _PAIRS}
_FEMININE: Final = FEMININE_TITLES | {feminine for _, feminine, _ in _PAIRS}
_RANKS: Final = frozenset(
    """
        Colonel General Major Sergeant Lieutenant Inspector Detective Judge Reverend Senator President Nurse Saint St
        """.split()
)
_ALL: Final = TITLES | _MASCULINE | _FEMININE | _RANKS


def is_title(word: str) -> bool:
    """Whether a word, as the text spells it, may stand before a name and is none: "Mrs", "Mr.", "Aunt"."""
    return word.rstrip(".") in _ALL


def gender_of_title(word: str) -> AgreementClass | None:
    """The gender that a title tells, if any."""
    bare = word.rstrip(".")
    if bare in _MASCULINE:
        return "masculine"
    return "feminine" if bare in _FEMININE else None


def title_for(word: str, gender: AgreementClass | None) -> str | None:
    """The title of somebody of a gender, or of neither, in the place of another; None where there is none.

    A title that tells no gender, and one that tells this one, stays as it is.

    >>> title_for("Mrs.", "masculine"), title_for("Dr", "feminine"), title_for("Sir", None)
    ('Mr.', 'Dr', None)
    """
    bare = word.rstrip(".")
    told = gender_of_title(bare)
    if told is None or told == gender:
        return word
    column = {"masculine": 0, "feminine": 1}.get(gender or "", 2)
    other = _CHOSEN.get((bare, gender or "")) or next((pair[column] for pair in _PAIRS if bare in pair[:2]), None)
    return other and f"{other}{word[len(bare) :]}"
