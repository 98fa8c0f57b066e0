"""Short documents composed for training, in modern English, as people try a linter.

Novels and encyclopedias seldom begin with a person and end two sentences later, and collections of single sentences
are full of a "he" whom nobody has named. Here it is known who is meant: in templates that are filled with names from
many countries, kinship, titles, occupations of either gender, partners of either gender, things and animals. Where
English leaves open who is meant, or what gender somebody new has, either is chosen, so that the network learns doubt
there. Each file of templates/ is a kind of text; their lists of words are shared.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from gru_lint.english.pronouns import GENDERS, AgreementClass
from gru_lint.training.data.augment import read_gendered_pairs
from gru_lint.training.data.compose.entities import MISREAD, Entity, slots_of
from gru_lint.training.data.compose.people import People
from gru_lint.training.data.retell import retell

_TEMPLATES = Path(__file__).with_name("templates")
# How many documents of each kind are trained on; those of the kind "calibration" never are.
N_DOCUMENTS = {"short": 250_000, "people": 60_000, "two": 40_000, "told": 20_000, "things": 10_000, "case": 4_000}
# Which share of them stands in the middle of sentences about nobody.
_SURROUNDED = {"people": 0.4, "two": 0.15, "told": 0.15, "things": 0.1}
_MOST_AROUND = 6
# Two people differ in gender in so many texts about two; elsewhere by chance.
_TWO_GENDERS = 0.8
# So many of the texts about one person whose gender is told have every pronoun wrong.
_ALL_WRONG = 0.5
# So many documents have a second paragraph.
_NEW_PARAGRAPH = 0.2
_SENTENCE_END = re.compile(r"(?<!\bM[rs])(?<!\bMrs)(?<!\bDr)[.?!] ")
# A question or a cry in quotes goes on with who said it.
_SENTENCE_START = re.compile(rf"(?:\A|\n|[.?!] |\.\" )\"?{MISREAD}?[a-z]")
_LIST = re.compile(r"<([^<>]+)>")
_STAR = re.compile(r"\*(\.\w+)?")
_ARTICLE = re.compile(r"\b([Aa]) ([aeiou])")
# A first mention is never a short one.
_FIRST_MENTION = {letter: re.compile(rf"\{{{letter}(?:\.again|\.the)?\}}") for letter in "ABE"}
_TRIES = 20


def piece_name(kind: str) -> str:
    """What the encoded documents of a kind are called; those in two sentences, the first there were, are "composed"."""
    return "composed" if kind == "short" else f"composed-{kind}"


@dataclass(slots=True)
class Composer:
    """Makes documents at random.

    names     first names by class; those in "plural" lean neither way
    surnames  family names
    strangers those of them by which somebody new may be called: they are no first names that tell a gender
    fillers   sentences about nobody, beside those of the templates
    passages  texts of a few sentences that speak of their writer, beside those of the templates
    """

    names: dict[AgreementClass, list[str]]
    surnames: list[str]
    strangers: list[str]
    random: random.Random
    fillers: tuple[str, ...] = ()
    passages: tuple[str, ...] = ()
    _lists: dict[str, list[str]] = field(init=False, default_factory=dict)
    _documents: dict[str, list[str]] = field(init=False, default_factory=dict)
    _people: People = field(init=False)

    def __post_init__(self) -> None:
        for path in sorted(_TEMPLATES.glob("*.txt")):
            name = ""
            for line in path.read_text(encoding="utf-8").splitlines():
                if line.startswith("["):
                    name = line.strip("[]")
                elif line and not line.startswith("#"):
                    into = self._documents if name == "documents" else self._lists
                    into.setdefault(path.stem if name == "documents" else name, []).append(line)
        self._lists["filler"] += self.fillers
        self._lists["passage"] += self.passages
        pairs = read_gendered_pairs()
        wanted = {word for line in self._lists["gendered"] for word in line.split()}
        self._lists["feminine"] = [feminine for feminine, _ in pairs if feminine in wanted]
        self._lists["masculine"] = [masculine for feminine, masculine in pairs if feminine in wanted]
        self._people = People(self.names, self.surnames, self.strangers, self._lists, self.random)

    def documents(self, n_documents: int, kind: str = "short") -> Iterator[str]:
        """So many documents of a kind."""
        for _ in range(n_documents):
            yield self._fill(self.random.choice(self._documents[kind]), kind)

    def person(self) -> Entity:
        """Somebody whose gender the mention tells."""
        return self._people.of_known_gender(self.random.choice(GENDERS))

    def _fill(self, template: str, kind: str) -> str:
        slots = self._slots(kind)
        template = self._fill_lists(template)
        for letter, pattern in _FIRST_MENTION.items():
            template = pattern.sub(f"{{{letter}}}", template, count=1)
        text = template.format(**slots)
        if self.random.random() < 0.15:
            text = f"{self.random.choice(self._lists['opening'])} {text}"
        text = _with_capitals(_with_articles(text))
        if self.random.random() < _NEW_PARAGRAPH:
            # At one sentence's end, where the text has more than one; a title's stop is none.
            ends = [match.end() for match in _SENTENCE_END.finditer(text)]
            end = self.random.choice(ends) if ends else len(text)
            text = f"{text[:end].rstrip()}\n\n{text[end:]}".strip()
        return self._surrounded(text) if self.random.random() < _SURROUNDED.get(kind, 0.0) else text

    def _slots(self, kind: str) -> dict[str, object]:
        people = self._people
        genders = self.random.choices(GENDERS, k=2)
        if kind == "two" and self.random.random() < _TWO_GENDERS:
            genders = self.random.sample(GENDERS, k=2)
        a, b = people.pair(genders[0], genders[1], may_share_surname=kind == "short")
        n, m = people.new(), people.new()
        slots: dict[str, object] = {
            "A": a,
            "B": b,
            "AB": self.random.choice((a, b)),
            "U": people.of_untold_gender(),
            "V": people.of_untold_gender(),
            "N": n,
            "M": m,
            "AN": self.random.choice((a, n)),
            "MN": self.random.choice((m, n)),
            "K": (k := self.person()),
            "kin_K": people.kin(k.agreement_class),
            "F": people.of_full_name(self.random.choice(GENDERS)),
            "E": people.told_beyond_doubt(self.random.random() < _ALL_WRONG),
            "Y": people.of_misleading_name(),
            "G": people.group(),
            "T": people.thing(),
            "TT": people.things(),
            "X": people.animal(),
            "P": people.firm(),
        }
        for letter, person in (("A", a), ("B", b)):
            slots[f"kin_{letter}"] = people.kin(person.agreement_class)
            slots[f"pred_{letter}"] = people.predicate(person.agreement_class)
            slots[f"tell_{letter}"] = self.random.choice(self._lists[f"told_{person.agreement_class}"])
        return slots

    def _fill_lists(self, template: str) -> str:
        """Replaces each <name> by a line of that list, none twice; in <name B>, * becomes B."""
        taken: set[str] = set()

        def fill(match: re.Match[str]) -> str:
            name, _, letter = match.group(1).partition(" ")
            if name == "passage":
                return self._retold(letter.removeprefix("of "), is_named=not letter.startswith("of "))
            line = self.random.choice(self._lists[name])
            for _ in range(_TRIES):
                if line not in taken:
                    break
                line = self.random.choice(self._lists[name])
            taken.add(line)
            line = line.replace(" *>", f" {letter}>")
            return _STAR.sub(lambda star: f"{{{letter}{star.group(1) or ''}}}", line) if letter else line

        while (filled := _LIST.sub(fill, template)) != template:
            template = filled
        return template

    def _retold(self, letter: str, is_named: bool) -> str:
        """A passage as a template, told of the entity with this letter; by pronouns alone if it has been named."""
        while True:
            passage = self.random.choice(self._lists["passage"])
            text = retell(passage, f"{{{letter}}}", slots_of(letter), self.random, is_named=is_named)
            if text is not None:
                return text

    def _surrounded(self, text: str) -> str:
        """The text in the middle of sentences about nobody, in paragraphs or in one."""
        before, after = (self.random.randint(0, _MOST_AROUND) for _ in range(2))
        fillers = self.random.choices(self._lists["filler"], k=before + after)
        gaps = self.random.choices((" ", "\n\n"), k=2)
        return f"{' '.join(fillers[:before])}{gaps[0]}{text}{gaps[1]}{' '.join(fillers[before:])}".strip()


def _with_articles(text: str) -> str:
    """The same text with "an" before a vowel."""
    return _ARTICLE.sub(r"\1n \2", text)


def _with_capitals(text: str) -> str:
    """Each sentence with its first letter in capitals."""
    return _SENTENCE_START.sub(lambda match: match.group().upper(), text)
