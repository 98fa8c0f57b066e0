"""Registers of names: how many men and women bear each first name, and which names composed texts use."""

from __future__ import annotations

import random
from itertools import islice
from pathlib import Path

from gru_lint.pronouns import CLASS_OF_FORM, AgreementClass
from gru_lint.training.compose import Composer
from gru_lint.training.vocabulary_choice import CALENDAR, is_rather_a_family

# Composed texts use names that so many people bear, and so many of the commonest surnames.
_MIN_BEARERS = 200
_N_SURNAMES = 5_000
_COMPOSER_SEED = 1
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


def read_families(path: Path) -> dict[str, int]:
    """How many people bear each surname in lower case, from a list with names and their shares in percent."""
    with path.open(encoding="utf-8") as lines:
        fields = (line.split() for line in lines)
        return {name.lower(): int(float(percent) / 100 * _POPULATION) for name, percent, *_ in fields}


def composer_for(bearers: dict[str, tuple[int, int]], surnames: Path) -> Composer:
    """A composer that uses the names of a register of births and the commonest surnames of a list."""
    names: dict[AgreementClass, list[str]] = {"masculine": [], "feminine": [], "plural": []}
    bearers_of_families = read_families(surnames)
    for name, (men, women) in bearers.items():
        share = women / (men + women)
        if men + women < _MIN_BEARERS or name in CLASS_OF_FORM or name in CALENDAR:
            continue
        if is_rather_a_family(men + women, bearers_of_families.get(name, 0)):
            continue
        if share < 0.02 or share > 0.98:
            names["masculine" if share < 0.5 else "feminine"].append(name.title())
        elif 0.3 < share < 0.7:
            names["plural"].append(name.title())
    families = [name.title() for name in islice(bearers_of_families, _N_SURNAMES)]
    return Composer(names, families, random.Random(_COMPOSER_SEED))
