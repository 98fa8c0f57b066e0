"""Registers of names: how many men and women bear each first name, and which names composed texts use."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from importlib.metadata import distribution
from itertools import islice
from pathlib import Path

from gru_lint.english.pronouns import CLASS_OF_FORM, AgreementClass
from gru_lint.training.data.compose import Composer
from gru_lint.training.data.vocabulary_choice import CALENDAR, is_rather_a_family

# Composed texts use names that so many people bear, and so many of the commonest surnames.
_MIN_BEARERS = 200
_N_SURNAMES = 5_000
_COMPOSER_SEED = 1
# Of a name that leans neither way, such shares of the bearers are women.
_LEANS_NEITHER_WAY = (0.3, 0.7)
# A name that fewer children in the United States were given is looked up among those of the world ...
_LITTLE_KNOWN = 100
# ... where so many of the consensus's 36 sources must list it, each worth so many bearers beside those it counts.
_MIN_SOURCES = 3
_BEARERS_A_SOURCE = 10
# A name on whose gender the sources disagree, where so many list it, gets the mean of both lists.
_MIN_SOURCES_IN_DOUBT = 10
_IN_DOUBT = (0.1, 0.9)
# Of the United States in 1990, the year of the list of surnames.
_POPULATION = 249_000_000


def read_bearers(path: Path) -> dict[str, tuple[int, int]]:
    """Men and women who were given each name, from a table with columns name, M, F."""
    bearers = {}
    with path.open(encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            name, men, women, *_ = line.rstrip("\n").split("\t")
            bearers[name] = (int(men), int(women))
    return bearers


def consensus_path() -> Path:
    """The consensus on first names that the package nomquamgender brings (MIT), found without importing it.

    Van Buskirk, Clauset, Larremore (2022), An Open-Source Cultural Consensus Approach to Name-Based Gender
    Classification: for each name in plain letters how many of 36 sources of many countries list it, how many
    people they count, and the share of women.
    """
    return Path(str(distribution("nomquamgender").locate_file("nomquamgender/name_data.json")))


def with_consensus(register: dict[str, tuple[int, int]], path: Path) -> dict[str, tuple[int, int]]:
    """The bearers of one country's register, completed and moderated by the consensus of many.

    A name that the register hardly knows is taken from the consensus. One that is mostly of one gender in the register,
    and less clearly so in the consensus, since other countries give it to others, gets the mean of both.
    """
    bearers = dict(register)
    for name, (n_sources, n_counted, p_female, *_) in json.loads(path.read_text(encoding="utf-8")).items():
        n_registered = sum(register.get(name, (0, 0)))
        if n_registered < _LITTLE_KNOWN:
            if n_sources >= _MIN_SOURCES and name.replace("-", "").isalpha():
                bearers[name] = _split(n_counted + _BEARERS_A_SOURCE * n_sources, p_female)
        elif n_sources >= _MIN_SOURCES_IN_DOUBT and _IN_DOUBT[0] < p_female < _IN_DOUBT[1]:
            p_registered = register[name][1] / n_registered
            bearers[name] = _split(n_registered, (p_registered + p_female) / 2)
    return bearers


def _split(n_people: int, p_female: float) -> tuple[int, int]:
    n_women = round(n_people * p_female)
    return n_people - n_women, n_women


def read_families(path: Path) -> dict[str, int]:
    """How many people bear each surname in lower case, from a list with names and their shares in percent."""
    with path.open(encoding="utf-8") as lines:
        fields = (line.split() for line in lines)
        return {name.lower(): int(float(percent) / 100 * _POPULATION) for name, percent, *_ in fields}


def composer_for(
    bearers: dict[str, tuple[int, int]], surnames: Path, fillers: Iterable[str] = (), passages: Iterable[str] = ()
) -> Composer:
    """A composer that uses the names of a register of births and the commonest surnames of a list.

    fillers   sentences about nobody, to put between a person and the pronoun
    passages  texts that speak of their writer, to be retold of somebody else
    """
    names: dict[AgreementClass, list[str]] = {"masculine": [], "feminine": [], "plural": []}
    telling = set()
    bearers_of_families = read_families(surnames)
    for name, (men, women) in bearers.items():
        share = women / (men + women)
        if men + women < _MIN_BEARERS or name in CLASS_OF_FORM or name in CALENDAR:
            continue
        if is_rather_a_family(men + women, bearers_of_families.get(name, 0)):
            continue
        if not _LEANS_NEITHER_WAY[0] < share < _LEANS_NEITHER_WAY[1]:
            telling.add(name.title())
        if share < 0.02 or share > 0.98:
            names["masculine" if share < 0.5 else "feminine"].append(name.title())
        elif _LEANS_NEITHER_WAY[0] < share < _LEANS_NEITHER_WAY[1]:
            names["plural"].append(name.title())
    families = [name.title() for name in islice(bearers_of_families, _N_SURNAMES)]
    # "Vincent" by itself is a man with this first name rather than anybody's surname.
    strangers = [name for name in families if name not in telling]
    return Composer(names, families, strangers, random.Random(_COMPOSER_SEED), tuple(fillers), tuple(passages))
