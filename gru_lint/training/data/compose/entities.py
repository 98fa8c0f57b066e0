"""Whom or what a composed document speaks of, and the words that a template may ask of it."""

from __future__ import annotations

from dataclasses import dataclass

from gru_lint.english.pronouns import FORMS, AgreementClass, Case

# Stands before a pronoun that is written rightly here and read as the other gender's: a private-use character, which
# the tokenizer leaves at its word.
MISREAD = "\ue000"


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, group, thing or animal of a document.

    A template writes {A} for the mention and {A.he}, {A.him}, {A.his}, {A.hers}, {A.himself}, {A.was}, {A.is_}, {A.has}
    ("he was", in the class of A); {A.again} is a shorter mention, {A.noun} the bare noun, of which {A.a}, {A.new} and
    {A.the} are phrases. Every pronoun of one that is misread bears the mark `MISREAD`.
    """

    mention: str
    agreement_class: AgreementClass
    again: str
    noun: str = ""
    surname: str = ""
    is_misread: bool = False

    def __str__(self) -> str:
        return self.mention

    def _form(self, case: Case) -> str:
        return f"{MISREAD if self.is_misread else ''}{FORMS[self.agreement_class][case]}"

    @property
    def he(self) -> str:
        return self._form("subject")

    @property
    def him(self) -> str:
        return self._form("object")

    @property
    def his(self) -> str:
        return self._form("determiner")

    @property
    def hers(self) -> str:
        return self._form("possessive")

    @property
    def himself(self) -> str:
        return self._form("reflexive")

    @property
    def was(self) -> str:
        return self._verb("was", "were")

    @property
    def is_(self) -> str:
        return self._verb("is", "are")

    @property
    def has(self) -> str:
        return self._verb("has", "have")

    @property
    def a(self) -> str:
        return f"a {self.noun}"

    @property
    def new(self) -> str:
        return f"a new {self.noun}"

    @property
    def the(self) -> str:
        return f"the {self.noun}"

    def _verb(self, singular: str, plural: str) -> str:
        return f"{self.he} {plural if self.agreement_class == 'plural' else singular}"


# What a template of retold passages writes for each case of the person whom it is told of.
def slots_of(letter: str) -> dict[Case, str]:
    """For each case the slot of a template that holds the pronoun of the entity with this letter."""
    names: tuple[tuple[Case, str], ...] = (
        ("subject", "he"),
        ("object", "him"),
        ("determiner", "his"),
        ("possessive", "hers"),
        ("reflexive", "himself"),
    )
    return {case: f"{{{letter}.{name}}}" for case, name in names}
