"""Short documents composed for training: two sentences in modern English, as people try a linter.

Novels and encyclopedias seldom begin with a person and end two sentences later, and collections of
single sentences are full of a "he" whom nobody has named. Here everybody who is meant is named: in
templates (compose_templates.txt) that are filled with names from many countries, kinship, titles,
occupations of either gender, partners of either gender, things and animals. Where English leaves
open who is meant, either is chosen, so that the network learns doubt there.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from gru_lint.english.pronouns import FORMS, GENDERS, AgreementClass, Case
from gru_lint.training.data.augment import read_gendered_pairs

Kind = Literal["person", "group", "thing", "things"]
_TEMPLATES = Path(__file__).with_name("compose_templates.txt")

# So many pairs of people share a surname, and are both named by a title, a noun or a first name.
_SAME_SURNAME = 0.7
_SAME_KIND = 0.7
# So many documents have a second paragraph.
_NEW_PARAGRAPH = 0.2
_SENTENCE_END = re.compile(r"(?<!\bM[rs])(?<!\bMrs)(?<!\bDr)[.?!] ")
_SENTENCE_START = re.compile(r"(?:\A|[.?!] )[a-z]")
_LIST = re.compile(r"<([^>]+)>")
_ARTICLE = re.compile(r"\b([Aa]) ([aeiou])")
_TITLES: dict[AgreementClass, tuple[str, ...]] = {
    "masculine": ("Mr", "Mr", "Mr", "Mr.", "Sir", "Uncle", "Lord", "King", "Prince"),
    "feminine": ("Mrs", "Mrs", "Ms", "Miss", "Mrs.", "Ms.", "Lady", "Aunt", "Queen", "Princess"),
}
_NEUTRAL_TITLES = ("Dr", "Dr.", "Professor", "Captain", "Judge", "Inspector")
_OWNERS = ("my", "my", "our", "your", "the", "the", "a")
_ADJECTIVES = ("old", "young", "little", "tall", "new", "tired", "clever", "older", "younger", "best")
_GROUPS = """boys girls children students men women brothers sisters parents neighbours players guests workers friends
    cousins teachers twins tourists doctors nurses kids soldiers engineers""".split()
_ANIMALS = "dog cat horse bird rabbit parrot cow hamster puppy kitten".split()


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something in a document; its attributes are what a template may ask for.

    A template writes {A} for the mention and {A.he}, {A.him}, {A.his}, {A.himself}, {A.was}, {A.is}, {A.has}
    ("he was", in the class of A); {A.again} is a shorter mention.
    """

    mention: str
    agreement_class: AgreementClass
    again: str
    noun: str = ""

    def __str__(self) -> str:
        return self.mention

    def _form(self, case: Case) -> str:
        return FORMS[self.agreement_class][case]

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
    def himself(self) -> str:
        return self._form("reflexive")

    def _verb(self, singular: str, plural: str) -> str:
        return f"{self.he} {plural if self.agreement_class == 'plural' else singular}"

    @property
    def was(self) -> str:
        return self._verb("was", "were")

    @property
    def is_(self) -> str:
        return self._verb("is", "are")

    @property
    def has(self) -> str:
        return self._verb("has", "have")


@dataclass(slots=True)
class Composer:
    """Makes documents at random.

    names     first names by class; those in "plural" tell no gender
    surnames  family names
    fillers   sentences about nobody, beside those of the templates
    """

    names: dict[AgreementClass, list[str]]
    surnames: list[str]
    random: random.Random
    fillers: tuple[str, ...] = ()
    _lists: dict[str, list[str]] = field(init=False, default_factory=dict)
    _documents: list[str] = field(init=False)

    def __post_init__(self) -> None:
        name = ""
        for line in _TEMPLATES.read_text(encoding="utf-8").splitlines():
            if line.startswith("["):
                name = line.strip("[]")
            elif line and not line.startswith("#"):
                self._lists.setdefault(name, []).append(line)
        self._documents = self._lists.pop("documents")
        self._lists["filler"] += self.fillers
        pairs = read_gendered_pairs()
        wanted = {word for line in self._lists["gendered"] for word in line.split()}
        self._lists["feminine"] = [feminine for feminine, _ in pairs if feminine in wanted]
        self._lists["masculine"] = [masculine for feminine, masculine in pairs if feminine in wanted]

    def documents(self, n_documents: int) -> Iterator[str]:
        """So many documents."""
        for _ in range(n_documents):
            yield self._fill(self.random.choice(self._documents))

    def person(self) -> Entity:
        """Somebody whose gender the mention tells."""
        return self._person(self.random.choice(GENDERS), self.random.choice(self.surnames), self.random.random())

    def _fill(self, template: str) -> str:
        surname = self.random.choice(self.surnames)
        # Families share a name: "Mr Watson ... Mrs Watson" are two people.
        other_surname = surname if self.random.random() < _SAME_SURNAME else self.random.choice(self.surnames)
        kind = self.random.random()
        other_kind = kind if self.random.random() < _SAME_KIND else self.random.random()
        # Each by itself: were they always of different gender, so would partners be.
        genders = self.random.choices(GENDERS, k=2)
        a = self._person(genders[0], surname, kind)
        b = self._person(genders[1], other_surname, other_kind)
        slots: dict[str, object] = {
            "A": a,
            "B": b,
            "AB": self.random.choice((a, b)),
            "U": self._somebody(),
            "V": self._somebody(),
            "G": self._group(),
            "T": self._thing(),
            "TT": self._things(),
            "X": self._animal(),
            "kin_B": self._kin(b.agreement_class),
            "pred_A": self._predicate(a.agreement_class),
            "pred_B": self._predicate(b.agreement_class),
            "kin_A": self._kin(a.agreement_class),
            "tell_A": self.random.choice(self._lists[f"told_{a.agreement_class}"]),
            "tell_B": self.random.choice(self._lists[f"told_{b.agreement_class}"]),
        }
        text = self._fill_lists(template).format(**slots)
        if self.random.random() < 0.15:
            text = f"{self.random.choice(self._lists['opening'])} {text}"
        text = _with_capitals(_with_articles(text))
        if self.random.random() < _NEW_PARAGRAPH:
            # At one sentence's end, where the text has more than one; a title's stop is none.
            ends = [match.end() for match in _SENTENCE_END.finditer(text)]
            end = self.random.choice(ends) if ends else len(text)
            text = f"{text[:end].rstrip()}\n\n{text[end:]}".strip()
        return text

    def _fill_lists(self, template: str) -> str:
        """Replaces each <name> by a line of that list, none twice; in <name B>, * becomes B."""
        taken: set[str] = set()

        def fill(match: re.Match[str]) -> str:
            name, _, person = match.group(1).partition(" ")
            line = self.random.choice(self._lists[name])
            while line in taken:
                line = self.random.choice(self._lists[name])
            taken.add(line)
            return re.sub(r"\*(\.\w+)", rf"{{{person}\1}}", line)

        return _LIST.sub(fill, template)

    def _person(self, gender: AgreementClass, surname: str, kind: float) -> Entity:
        """Somebody whose gender the mention tells: by a title, a noun or a first name, as `kind` (0..1) says."""
        if kind < 0.3:
            mention = f"{self.random.choice(_TITLES[gender])} {surname}"
            return Entity(mention, gender, mention)
        if kind < 0.35:
            title = self.random.choice(_NEUTRAL_TITLES)
            return Entity(f"{title} {self.random.choice(self.names[gender])} {surname}", gender, f"{title} {surname}")
        if kind < 0.55:
            noun = self.random.choice(self._lists[gender])
            adjective = f"{self.random.choice(_ADJECTIVES)} " if self.random.random() < 0.25 else ""
            phrase = f"{self.random.choice(_OWNERS)} {adjective}{noun}"
            return Entity(phrase, gender, f"the {noun}")
        name = self.random.choice(self.names[gender])
        if kind < 0.7:
            return Entity(f"{name} {surname}", gender, self.random.choice((name, surname)))
        return Entity(name, gender, name)

    def _somebody(self) -> Entity:
        """Somebody whose gender the mention does not tell: any pronoun is right."""
        agreement_class: AgreementClass = self.random.choice((*GENDERS, "plural"))
        choice = self.random.random()
        if choice < 0.15:
            mention = f"{self.random.choice(_NEUTRAL_TITLES)} {self.random.choice(self.surnames)}"
            return Entity(mention, agreement_class, mention)
        if choice < 0.25:
            name = self.random.choice(self.names["plural"])
            return Entity(name, agreement_class, name)
        noun = self.random.choice(self._lists["occupation"])
        return Entity(f"{self.random.choice(_OWNERS)} {noun}", agreement_class, f"the {noun}")

    def _group(self) -> Entity:
        if self.random.random() < 0.4:
            names = [self.random.choice(self.names[gender]) for gender in self.random.choices(GENDERS, k=2)]
            return Entity(" and ".join(names), "plural", "the two of them")
        noun = self.random.choice(_GROUPS)
        determiner = self.random.choice(("the", "my", "our", "two", "some", "these"))
        return Entity(f"{determiner} {noun}", "plural", f"the {noun}")

    def _thing(self) -> Entity:
        noun = self.random.choice(self._lists["thing"])
        determiner = self.random.choice(("the", "the", "my", "our", "this", "a"))
        return Entity(f"{determiner} {noun}", "neuter", f"the {noun}", noun)

    def _things(self) -> Entity:
        several = [*self._lists["plural"], *(f"{noun}s" for noun in self._lists["thing"])]
        noun = self.random.choice(several)
        return Entity(f"{self.random.choice(('the', 'my', 'our', 'these', 'two'))} {noun}", "plural", f"the {noun}")

    def _animal(self) -> Entity:
        noun = self.random.choice(_ANIMALS)
        gender: AgreementClass = self.random.choice((*GENDERS, "neuter"))
        return Entity(f"{self.random.choice(('the', 'my', 'our'))} {noun}", gender, f"the {noun}")

    def _kin(self, gender: AgreementClass) -> str:
        """What somebody of this gender is to another: "sister", or a partner of any gender."""
        return self.random.choice(self._lists[f"kin_{gender}"])

    def _predicate(self, gender: AgreementClass) -> str:
        """What somebody of this gender may be: half the time the word tells it."""
        told = self.random.random() < 0.5
        return f"a {self.random.choice(self._lists[f'pred_{gender}' if told else 'occupation'])}"


def _with_articles(text: str) -> str:
    """The same text with "an" before a vowel."""
    return _ARTICLE.sub(r"\1n \2", text)


def _with_capitals(text: str) -> str:
    """Each sentence with its first letter in capitals."""
    return _SENTENCE_START.sub(lambda match: match.group().upper(), text)
