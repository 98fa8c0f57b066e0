"""The people, groups and things of composed documents, drawn at random."""

from __future__ import annotations

import random
from dataclasses import dataclass

from gru_lint.english.pronouns import GENDERS, AgreementClass, other_gender
from gru_lint.training.data.compose.entities import Entity

# Two people share a surname, and are both named by a title, a noun or a first name, in such shares of the texts.
_SAME_SURNAME = 0.7
_SAME_KIND = 0.7
# New people have an adjective in this share of the texts, and a surname's title in that one.
_DESCRIBED = 0.15
_TITLES: dict[AgreementClass, tuple[str, ...]] = {
    "masculine": ("Mr", "Mr", "Mr", "Mr.", "Sir", "Uncle", "Lord", "King", "Prince"),
    "feminine": ("Mrs", "Mrs", "Ms", "Miss", "Mrs.", "Ms.", "Lady", "Aunt", "Queen", "Princess"),
}
# These go before a first name.
_BEFORE_FIRST_NAMES = frozenset(
    "King Queen Prince Princess Sister Brother Sir Lady Aunt Uncle Duke Duchess Count Countess".split()
)
_NEUTRAL_TITLES = ("Dr", "Dr.", "Professor", "Captain", "Judge", "Inspector")
_OWNERS = ("my", "my", "our", "your", "the", "the", "a")
_ADJECTIVES = ("old", "young", "little", "tall", "new", "tired", "clever", "older", "younger", "best")
_GROUPS = """boys girls children students men women brothers sisters parents neighbours players guests workers friends
    cousins teachers twins tourists doctors nurses kids soldiers engineers""".split()
_ANIMALS = "dog cat horse bird rabbit parrot cow hamster puppy kitten".split()


@dataclass(slots=True)
class People:
    """Draws entities.

    names     first names by class; those in "plural" lean neither way
    surnames  family names
    strangers those of them by which somebody new may be called: they are no first names that tell a gender
    lists     the words of the templates, by list
    """

    names: dict[AgreementClass, list[str]]
    surnames: list[str]
    strangers: list[str]
    lists: dict[str, list[str]]
    random: random.Random

    def pair(self, first: AgreementClass, second: AgreementClass, may_share_surname: bool) -> tuple[Entity, Entity]:
        """Two people of known gender; families share a name: "Mr Watson ... Mrs Watson" are two people."""
        surname = self.random.choice(self.surnames)
        shares = may_share_surname and self.random.random() < _SAME_SURNAME
        other_surname = surname if shares else self.random.choice(self.surnames)
        kind = self.random.random()
        other_kind = kind if self.random.random() < _SAME_KIND else self.random.random()
        return self._person(first, surname, kind), self._person(second, other_surname, other_kind)

    def of_known_gender(self, gender: AgreementClass) -> Entity:
        """Somebody whose gender the mention tells: by a title, a noun or a first name."""
        return self._person(gender, self.random.choice(self.surnames), self.random.random())

    def _person(self, gender: AgreementClass, surname: str, kind: float) -> Entity:
        if kind < 0.3:
            mention = f"{self.random.choice(_TITLES[gender])} {surname}"
            return Entity(mention, gender, mention)
        if kind < 0.35:
            title = self.random.choice(_NEUTRAL_TITLES)
            return Entity(f"{title} {self.random.choice(self.names[gender])} {surname}", gender, f"{title} {surname}")
        if kind < 0.55:
            noun = self.random.choice(self.lists[gender])
            adjective = f"{self.random.choice(_ADJECTIVES)} " if self.random.random() < 0.25 else ""
            phrase = f"{self.random.choice(_OWNERS)} {adjective}{noun}"
            return Entity(phrase, gender, f"the {noun}")
        name = self.random.choice(self.names[gender])
        if kind < 0.7:
            return Entity(f"{name} {surname}", gender, self.random.choice((name, surname)))
        return Entity(name, gender, name)

    def of_full_name(self, gender: AgreementClass) -> Entity:
        """Somebody with a first name and a surname."""
        name = f"{self.random.choice(self.names[gender])} {self.random.choice(self.surnames)}"
        return Entity(name, gender, name)

    def of_misleading_name(self) -> Entity:
        """Somebody whose first name leans the other way than the pronouns."""
        gender = self.random.choice(GENDERS)
        name = self.random.choice(self.names[other_gender(gender)])
        return Entity(f"{name} {self.random.choice(self.surnames)}", gender, name)

    def told_beyond_doubt(self, is_misread: bool) -> Entity:
        """Somebody whose gender a title, a noun or a word for kin tells, whatever the pronouns say."""
        gender = self.random.choice(GENDERS)
        kind = self.random.random()
        if kind < 0.45:
            title = self.random.choice(self.lists[f"title_{gender}"])
            surname = self.random.choice(self.surnames)
            name = f"{self.random.choice(self.names[gender])} {surname}" if self.random.random() < 0.4 else surname
            if title in _BEFORE_FIRST_NAMES:
                name = self.random.choice(self.names[gender])
            mention = f"{title} {name}"
            return Entity(mention, gender, mention, is_misread=is_misread)
        noun = self.kin(gender) if kind < 0.75 else self.random.choice(self.lists[f"noun_{gender}"])
        owner = self.random.choice(_OWNERS[:4] if kind < 0.75 else _OWNERS[4:])
        return Entity(f"{owner} {noun}", gender, f"{'the' if owner == 'a' else owner} {noun}", is_misread=is_misread)

    def of_untold_gender(self) -> Entity:
        """Somebody whose gender the mention does not tell: any pronoun is right."""
        agreement_class: AgreementClass = self.random.choice((*GENDERS, "plural"))
        choice = self.random.random()
        if choice < 0.15:
            mention = f"{self.random.choice(_NEUTRAL_TITLES)} {self.random.choice(self.surnames)}"
            return Entity(mention, agreement_class, mention)
        if choice < 0.25:
            name = self.random.choice(self.names["plural"])
            return Entity(name, agreement_class, name)
        noun = self.random.choice(self.lists["occupation"])
        return Entity(f"{self.random.choice(_OWNERS)} {noun}", agreement_class, f"the {noun}")

    def new(self) -> Entity:
        """Somebody new: a role or a surname, of either gender."""
        noun = self.random.choice(self.lists["role"])
        if self.random.random() < _DESCRIBED:
            noun = f"{self.random.choice(_ADJECTIVES[:7])} {noun}"
        gender = self.random.choice(GENDERS)
        return Entity(f"the {noun}", gender, f"the {noun}", noun, self.random.choice(self.strangers))

    def group(self) -> Entity:
        """Several people."""
        if self.random.random() < 0.4:
            names = [self.random.choice(self.names[gender]) for gender in self.random.choices(GENDERS, k=2)]
            return Entity(" and ".join(names), "plural", "the two of them")
        noun = self.random.choice(_GROUPS)
        determiner = self.random.choice(("the", "my", "our", "two", "some", "these"))
        return Entity(f"{determiner} {noun}", "plural", f"the {noun}")

    def thing(self) -> Entity:
        """One thing."""
        noun = self.random.choice(self.lists["thing"])
        determiner = self.random.choice(("the", "the", "my", "our", "this", "a"))
        return Entity(f"{determiner} {noun}", "neuter", f"the {noun}", noun)

    def things(self) -> Entity:
        """Several things."""
        several = [*self.lists["plural"], *(f"{noun}s" for noun in self.lists["thing"] if noun[-1] not in "sxyh")]
        noun = self.random.choice(several)
        mention = f"{self.random.choice(('the', 'my', 'our', 'these', 'two'))} {noun}"
        return Entity(mention, "plural", f"the {noun}", noun)

    def animal(self) -> Entity:
        """An animal, which may be he, she or it."""
        noun = self.random.choice(_ANIMALS)
        gender: AgreementClass = self.random.choice((*GENDERS, "neuter"))
        return Entity(f"{self.random.choice(('the', 'my', 'our'))} {noun}", gender, f"the {noun}", noun)

    def firm(self) -> Entity:
        """A firm or a product, whose name may be somebody's first name."""
        name = self.random.choice(self.lists["firm_name"])
        if self.random.random() < 0.3:
            name = self.random.choice(self.names[self.random.choice(GENDERS)])
        return Entity(name, "neuter", name)

    def kin(self, gender: AgreementClass) -> str:
        """What somebody of this gender is to another: "sister", or a partner of any gender."""
        return self.random.choice(self.lists[f"kin_{gender}"])

    def predicate(self, gender: AgreementClass) -> str:
        """What somebody of this gender may be: half the time the word tells it."""
        told = self.random.random() < 0.5
        return f"a {self.random.choice(self.lists[f'pred_{gender}' if told else 'occupation'])}"
