"""People's declared pronouns, and which mentions of a text name such a person."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from gru_lint.english.pronoun_sets import PronounSets
from gru_lint.english.pronouns import GENDERS, AgreementClass
from gru_lint.english.titles import FEMININE_TITLES, MASCULINE_TITLES, TITLES

_POSSESSIVE = re.compile("'s?$")
_BETWEEN_WORDS = re.compile(r"[\s-]+")
_INITIAL = re.compile(r"[^\W\d_]\.?")


@dataclass(frozen=True, slots=True)
class Declaration:
    """A person's name, as the text spells it, and the pronouns declared for that person."""

    name: str
    pronouns: PronounSets


@dataclass(frozen=True, slots=True)
class _Name:
    """A name: the titles before it, without full stops, and its words, without initials."""

    titles: frozenset[str]
    words: tuple[str, ...]


def spelled_as_declared(text: str) -> str:
    """A text with the letters and the apostrophes by which names are compared."""
    return unicodedata.normalize("NFC", text).replace("’", "'")


@lru_cache(maxsize=4096)
def _read_name(text: str) -> _Name:
    text = _POSSESSIVE.sub("", spelled_as_declared(text).strip())
    words = [word for word in _BETWEEN_WORDS.split(text) if word]
    first = 0
    # The last word is a name even if it looks like a title: Prince, Lady.
    while first < len(words) - 1 and words[first].rstrip(".") in TITLES:
        first += 1
    titles, words = words[:first], words[first:]
    named = [word for word in words if not _INITIAL.fullmatch(word)]
    return _Name(frozenset(title.rstrip(".") for title in titles), tuple(named or words))


def declared_words(declarations: Iterable[Declaration]) -> frozenset[str]:
    """Words of which every mention of a person with declared pronouns holds at least one, if only as a part."""
    return frozenset(word for declaration in declarations for word in _read_name(declaration.name).words)


def declared_pronouns(mention: str, declarations: Sequence[Declaration]) -> PronounSets | None:
    """The pronouns declared for the person that a mention names.

    "Alex", "Kim" and "Mr Kim" also name "Alex Kim", but not with another first name. A match of a whole name
    wins over a match of a part. None where no declared person matches, or two whose pronouns differ.
    """
    if not declarations:
        return None
    name = _read_name(mention)
    matching = [declaration for declaration in declarations if _may_name(name, declaration)]
    exact = [declaration for declaration in matching if _is_whole(name, _read_name(declaration.name))]
    pronouns = [declaration.pronouns for declaration in exact or matching]
    return pronouns[0] if pronouns and all(other.forms == pronouns[0].forms for other in pronouns) else None


def _may_name(mention: _Name, declaration: Declaration) -> bool:
    """Whether the words of a mention begin or end a declared name, and its titles fit."""
    name, length = _read_name(declaration.name), len(mention.words)
    if mention.titles and name.titles and not mention.titles & name.titles:
        return False
    if len(name.words) > 1 and _is_whole(mention, name):
        # A first name with its surname: the declaration outweighs a title.
        return True
    if _contradicts(mention.titles, declaration.pronouns):
        return False
    return _is_whole(mention, name) or (length > 0 and mention.words in (name.words[:length], name.words[-length:]))


def _is_whole(mention: _Name, name: _Name) -> bool:
    """Whether a mention holds a whole name; other words may come before a name of several ("Monday Alex Kim")."""
    words = mention.words if len(name.words) == 1 else mention.words[-len(name.words) :]
    return name.titles <= mention.titles and words == name.words


def _contradicts(titles: frozenset[str], pronouns: PronounSets) -> bool:
    """Whether a title is of the other gender: Mrs Kim is not the Kim who is declared as he."""
    other = {"masculine": FEMININE_TITLES, "feminine": MASCULINE_TITLES}.get(pronouns.gender or "", frozenset())
    return bool(titles & other)


def declared_genders(
    declarations: Iterable[Declaration], names: Iterable[tuple[str, str]] = ()
) -> dict[str, AgreementClass | None]:
    """The gender that each word of the declared names shows; None for one that shows none.

    names  first names, each with "masculine", "feminine" or any other word for neither; declarations override these

    A surname has no gender, nor has a word on which two declarations differ. Lower-case words in names
    ("de la") are left out.
    """
    genders: dict[str, AgreementClass | None] = {}
    for declaration in declarations:
        *first_names, last = _read_name(declaration.name).words
        gendered = first_names or [last]
        for word in (*first_names, last):
            if not word[0].islower():
                gender = declaration.pronouns.gender if word in gendered else None
                genders[word] = gender if genders.get(word, gender) == gender else None
    gender_called: dict[str, AgreementClass] = {gender: gender for gender in GENDERS}
    return {word: gender_called.get(gender) for name, gender in names for word in _read_name(name).words} | genders
