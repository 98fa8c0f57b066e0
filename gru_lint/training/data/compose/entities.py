"""The people and things of a composed document, and the words for them that a template may ask for."""

from __future__ import annotations

from dataclasses import dataclass

from gru_lint.english.pronouns import FORMS, AgreementClass, Case

# Stands before a pronoun that is right as it is written and is shown to the network as the other gender's: a
# private-use character, which the tokenizer leaves at its word.
MISREAD = "\ue000"
# What a template calls the cases.
_CASES: dict[str, Case] = {
    "he": "subject",
    "him": "object",
    "his": "determiner",
    "hers": "possessive",
    "himself": "reflexive",
}
# Singular and plural.
_VERBS = {"was": ("was", "were"), "is_": ("is", "are"), "has": ("has", "have")}


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

    def __getattr__(self, name: str) -> str:
        """A pronoun in one of the cases, by the form of he in that case; or such a pronoun with its verb."""
        if name in _CASES:
            return f"{MISREAD if self.is_misread else ''}{FORMS[self.agreement_class][_CASES[name]]}"
        if name in _VERBS:
            return f"{self.he} {_VERBS[name][self.agreement_class == 'plural']}"
        raise AttributeError(name)

    @property
    def a(self) -> str:
        return f"a {self.noun}"

    @property
    def new(self) -> str:
        return f"a new {self.noun}"

    @property
    def the(self) -> str:
        return f"the {self.noun}"


def slots_of(letter: str) -> dict[Case, str]:
    """For each case the slot of a template that holds the pronoun of the entity with this letter."""
    return {case: f"{{{letter}.{name}}}" for name, case in _CASES.items()}
