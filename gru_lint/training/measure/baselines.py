"""What the network is compared with: the nearest earlier mention of known gender, and always "he"."""

from __future__ import annotations

import re

from gru_lint.english.lexicon import Lexicon
from gru_lint.english.pronouns import CLASS_OF_FORM, GENDERS, AgreementClass
from gru_lint.people.persons import gender_of_first_name
from gru_lint.training.data.augment import read_gendered_pairs

_WORD = re.compile(r"[^\W\d_]+(?:'[a-z]+)?\.?")


class NearestMention:
    """Takes a pronoun to have the gender of the nearest word before it whose gender is known."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._gender_of: dict[str, AgreementClass] = {}
        for feminine, masculine in read_gendered_pairs():
            self._gender_of.setdefault(feminine.lower(), "feminine")
            self._gender_of.setdefault(masculine.lower(), "masculine")
        for form, agreement_class in CLASS_OF_FORM.items():
            if agreement_class in GENDERS:
                self._gender_of[form] = agreement_class

    def genders(self, text: str) -> dict[int, AgreementClass | None]:
        """For the offset of each word, the gender of the nearest mention before it."""
        found: dict[int, AgreementClass | None] = {}
        nearest: AgreementClass | None = None
        told_until: int | None = None
        for match in _WORD.finditer(text):
            found[match.start()] = nearest
            # "Mrs Jones", "Mary Jordan": the second name says nothing any more.
            follows_name = told_until is not None and match.start() == told_until + 1
            if not (follows_name and match.group()[0].isupper()):
                gender = self._gender(match.group())
                nearest = gender or nearest
                told_until = match.end() if gender and match.group()[0].isupper() else None
        return found

    def _gender(self, word: str) -> AgreementClass | None:
        known = self._gender_of.get(word.lower().rstrip("."))
        if known or not word[0].isupper():
            return known
        return gender_of_first_name([word], self._lexicon)
