"""Titles before a name: the gender that each shows, and the title that goes with other pronouns."""

from __future__ import annotations

from typing import Final

from gru_lint.english.pronouns import AgreementClass

# The titles that stand in declarations and in lists of speakers; ranks and words for kin follow below.
MASCULINE_TITLES: Final = frozenset("Mr Mister Sir Lord".split())
FEMININE_TITLES: Final = frozenset("Mrs Ms Miss Madam Lady Dame".split())
TITLES: Final = MASCULINE_TITLES | FEMININE_TITLES | frozenset("Mx Dr Doctor Prof Professor Captain".split())
# Masculine, feminine, neither; a title is replaced by the others of the first row that holds it.
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
# Exceptions to the first row: "Mrs" for "Mr" would claim that she is married.
_PREFERRED: Final = {("Mr", "feminine"): "Ms", ("Miss", "masculine"): "Mr"}
_MASCULINE: Final = MASCULINE_TITLES | {masculine for masculine, _, _ in _PAIRS}
_FEMININE: Final = FEMININE_TITLES | {feminine for _, feminine, _ in _PAIRS}
_RANKS: Final = frozenset(
    """
        Colonel General Major Sergeant Lieutenant Inspector Detective Judge Reverend Senator President Nurse Saint St
        """.split()
)
_ALL: Final = TITLES | _MASCULINE | _FEMININE | _RANKS


def is_title(word: str) -> bool:
    """Whether a word, as the text spells it, is a title, a rank or a word for kin before a name: "Mr.", "Aunt"."""
    return word.rstrip(".") in _ALL


def gender_of_title(word: str) -> AgreementClass | None:
    """The gender that a title shows, if any."""
    bare = word.rstrip(".")
    if bare in _MASCULINE:
        return "masculine"
    return "feminine" if bare in _FEMININE else None


def title_for(word: str, gender: AgreementClass | None) -> str | None:
    """The title that replaces another for a person of a gender, or of neither; None where there is none.

    A title that shows no gender, or this one, stays as it is.

    >>> title_for("Mrs.", "masculine"), title_for("Dr", "feminine"), title_for("Sir", None)
    ('Mr.', 'Dr', None)
    """
    bare = word.rstrip(".")
    shown = gender_of_title(bare)
    if shown is None or shown == gender:
        return word
    column = {"masculine": 0, "feminine": 1}.get(gender or "", 2)
    other = _PREFERRED.get((bare, gender or "")) or next((pair[column] for pair in _PAIRS if bare in pair[:2]), None)
    return other and f"{other}{word[len(bare) :]}"
