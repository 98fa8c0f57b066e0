"""Pronouns without an antecedent in the text.

They refer to an event ("it surprised us"), or stand in a form of address ("Her Majesty"), in a fixed phrase, beside the
pronoun of the other gender ("he or she") or after a placeholder of a template.
"""

from __future__ import annotations

from collections.abc import Sequence

from gru_lint.english.events import does_what_events_do
from gru_lint.english.placeholders import follows_placeholder
from gru_lint.english.pronouns import CASES_OF_FORM, CLASS_OF_FORM, GENDERS

# "Her Majesty".
_STYLES = frozenset(
    """
        majesty majesties highness highnesses honour honor honours excellency excellencies grace holiness eminence
        lordship lordships ladyship worship reverence beatitude
        """.split()
)
_BEFORE_STYLES = frozenset("royal imperial serene most britannic catholic exalted".split())
# "He or she", "his/her".
_BETWEEN_GENDERS = frozenset("or / and & |".split())
# For each pronoun, the phrases that hold it: their words, and the index of the pronoun in them.
_PHRASES: dict[str, tuple[tuple[tuple[str, ...], int], ...]] = {
    "she": (
        (("that", "'s", "what", "she", "said"), 3),
        (("that", "is", "what", "she", "said"), 3),
        (("she", "who", "must", "be", "obeyed"), 0),
        (("it", "'s", "a", "she"), 3),
    ),
    "he": (
        (("he", "who", "must", "not", "be", "named"), 0),
        (("it", "'s", "a", "he"), 3),
        (("is", "it", "a", "he", "or"), 3),
    ),
}
_COMPOUNDS = frozenset("devil wolf goat bear cat man men male female cousin".split())


def is_idiom(words: Sequence[str], index: int) -> bool:
    """Whether the pronoun at an index of a sentence's words has no antecedent in the text; see the module."""
    return (
        _is_style(words, index)
        or _is_beside_another(words, index)
        or _is_in_phrase(words, index)
        or _is_title_or_god(words, index)
        or (_word(words, index) == "it" and does_what_events_do(words, index))
        or follows_placeholder(words, index)
    )


def _word(words: Sequence[str], index: int) -> str:
    return words[index].lower().replace("’", "'") if 0 <= index < len(words) else ""


def _is_style(words: Sequence[str], index: int) -> bool:
    following = _word(words, index + 1)
    return following in _STYLES or (following in _BEFORE_STYLES and _word(words, index + 2) in _STYLES)


def _is_beside_another(words: Sequence[str], index: int) -> bool:
    """Whether it stands in "he or she" or "his/her", or in "she/her", which tells pronouns and means nobody."""
    form = _word(words, index)
    for step in (-1, 1):
        if _word(words, index + step) == "/" and _word(words, index + 2 * step) in CLASS_OF_FORM:
            return True
        if _word(words, index + step) in _BETWEEN_GENDERS:
            other = _word(words, index + 2 * step)
            if _differs_in_gender(form, other) and set(CASES_OF_FORM[form]) & set(CASES_OF_FORM[other]):
                return True
    return False


def _differs_in_gender(form: str, other: str) -> bool:
    first, second = CLASS_OF_FORM.get(form), CLASS_OF_FORM.get(other)
    return first in GENDERS and second in GENDERS and first != second


def _is_in_phrase(words: Sequence[str], index: int) -> bool:
    if _word(words, index + 1) == "-" and _word(words, index + 2) in _COMPOUNDS:
        return True
    return any(
        all(_word(words, index - at + offset) == word for offset, word in enumerate(phrase))
        for phrase, at in _PHRASES.get(words[index].lower(), ())
    )


def _is_title_or_god(words: Sequence[str], index: int) -> bool:
    """Whether a pronoun has a capital in the middle of a sentence.

    "His mercy"; one begins a title, "She Loves You", or stands in one, "How the Camel Got His Hump" and "A Flea in Her
    Ear".
    """
    word = words[index]
    if not word[0].isupper() or index == 0:
        return False
    before = words[index - 1]
    if CLASS_OF_FORM[word.lower()] == "masculine" and before.isalpha() and before.islower():
        return True
    following = words[index + 1] if index + 1 < len(words) else ""
    if before.isalpha() and following.istitle():
        return True
    # Speech begins with one capital, a title with two.
    return before in ('"', "“", "'", "‘", "*", "_") and following.istitle() and index > 1
