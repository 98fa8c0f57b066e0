"""Pronouns that a text states itself: "Otto Brandt (she/her)", "Robin uses they/them pronouns".

They hold in that text as if the configuration declared them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from gru_lint.english.declarations import Declaration

_SUBJECT: Final = r"(?:he|she|they|xe|ze|ey|fae|ve)\s?"
# Two forms or more.
_SET: Final = re.compile(rf"(?<![\w/]){_SUBJECT}/\s?[a-z]+(?:\s?/\s?[a-z]+){{0,3}}(?![\w/])", re.IGNORECASE)
# A slash that one of these stands before, by their lengths: all that is looked for in a text in which paths, dates or
# words in italics have thousands of slashes.
_SLASH: Final = re.compile(
    "/(?:(?<=[ey]/)|(?<=[ey]\\s/))(?:"
    + "|".join(
        rf"(?<=(?<![\w/])(?:{subjects}){blank}/)"
        for blank in ("", r"\s")
        for subjects in ("he|xe|ze|ey|ve", "she|fae", "they")
    )
    + ")",
    re.IGNORECASE,
)
_SUBJECT_BEFORE: Final = re.compile(rf"{_SUBJECT}\Z", re.IGNORECASE)
# The longest of these and a blank.
_LONGEST_SUBJECT: Final = 5
# "He/she" stands for either pronoun; it states nobody's.
_CHOICES: Final = frozenset(["he/she", "she/he", "he/she/they", "she/he/they", "he/her", "she/his"])
# Before or after a set, these make it a statement.
_BEFORE: Final = re.compile(
    r"(?:[(\[{]\s*|\bpronouns?\b[^.!?\n\w]{0,4}(?:are|is)?[^.!?\n\w]{0,4}|\b(?:us(?:es?|ing)|goes by|go by)\s+)"
    r"(?:my |her |his |their )?(?:pronouns?\b[^.!?\n\w]{0,4})?\Z",
    re.IGNORECASE,
)
_AFTER: Final = re.compile(r"\s+pronouns?\b", re.IGNORECASE)
_WORD: Final = r"[^\W\d_a-zß-öø-ÿ][\w'’.-]*"
_NAME: Final = re.compile(rf"(?<!\w){_WORD}(?:[ \u00a0~](?:(?:de|la|van|von|der|den|bin|al) )*{_WORD})*")
# How many characters before the set are searched for the name.
_REACH: Final = 100
# Words that may have a capital and are no name.
_NO_NAMES: Final = frozenset(
    """
        a about all an and as ask at but call contact dear email for from he hello her hi his i if in introducing it
        meet my name note on our pronoun pronouns she so speaker thanks the their they this we welcome when
        who with you your
        """.split()
)


def stated_pronouns(text: str) -> tuple[Declaration, ...]:
    """The pronouns that a text states, each with the name before them, in order."""
    return tuple(_statements(text)) if "/" in text else ()


def _statements(text: str) -> Iterator[Declaration]:
    # Imported here: hardly any text states pronouns.
    from gru_lint.english.declarations import Declaration
    from gru_lint.english.pronoun_sets import read_pronoun_sets

    for match in _sets(text):
        written = re.sub(r"\s", "", match[0]).lower()
        before = text[max(0, match.start() - _REACH) : match.start()]
        stated = _BEFORE.search(before)
        if written in _CHOICES or (stated is None and not _AFTER.match(text, match.end())):
            continue
        name = _last_name(before[: stated.start()] if stated else before)
        if name is None:
            continue
        try:
            yield Declaration(name, read_pronoun_sets(written))
        except ValueError:
            # Other words with a slash between them.
            continue


def _sets(text: str) -> Iterator[re.Match[str]]:
    """The sets of a text in order. Its slashes are looked at, which are few, and not each of its words."""
    end = 0
    for found in _SLASH.finditer(text):
        slash = found.start()
        if slash < end:
            continue
        subject = _SUBJECT_BEFORE.search(text[max(end, slash - _LONGEST_SUBJECT) : slash])
        match = _SET.match(text, slash - len(subject[0])) if subject else None
        if match:
            yield match
            end = match.end()


def _last_name(text: str) -> str | None:
    """The last name in a text, without words that have a capital only because they begin a sentence."""
    for match in reversed(list(_NAME.finditer(text))):
        words = re.split(r"[ \u00a0~]", match[0].rstrip(".'’-"))
        while words and words[0].rstrip(".").lower() in _NO_NAMES:
            del words[0]
        if words:
            return " ".join(words)
    return None
