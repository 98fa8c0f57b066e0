"""The pronouns that a person can be declared to have: "they", "she/her", "xe/xem", "he/they", "any"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, get_args

from gru_lint.did_you_mean import nearest
from gru_lint.english.pronouns import CLASSES, FORMS, GENDERS, N_ORDINARY_CLASSES, AgreementClass, Case, Forms

_CASES: Final[tuple[Case, ...]] = get_args(Case)
_HE, _SHE = FORMS["masculine"], FORMS["feminine"]
_ANY: Final = "any"


def _forms(forms: Sequence[str]) -> Forms:
    """The set of these forms, in the order of the cases; the forms of the last cases may be missing."""
    return dict(zip(_CASES, forms, strict=False))


# Singular they has its own reflexive; the sets below it are spelled as on https://en.pronouns.page.
_KNOWN: Final[tuple[Forms, ...]] = (
    _HE,
    _SHE,
    *(
        _forms(line.split())
        for line in """
            they them their theirs  themself
            xe   xem  xyr   xyrs    xemself
            ze   hir  hir   hirs    hirself
            ze   zir  zir   zirs    zirself
            ey   em   eir   eirs    emself
            fae  faer faer  faers   faerself
            ve   ver  vis   vis     verself
            """.strip().splitlines()
    ),
)
_EXAMPLES: Final = 'write for example "they", "she/her", "xe/xem", "he/they", "any" or the five forms of a set'
_FORM: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class PronounSets:
    """One person's pronouns: one set or more.

    declared  as written: "they", "xe/xem", "he/they", "any"
    classes   that agree with this person; "plural" is always one, since they is right for anybody
    forms     the known forms of each set; empty for "any"
    """

    declared: str
    classes: frozenset[AgreementClass] = field(compare=False)
    forms: tuple[Forms, ...] = field(compare=False)

    @property
    def gender(self) -> AgreementClass | None:
        """Masculine or feminine, where one of he and she is declared and the other is not."""
        genders = self.classes.intersection(GENDERS)
        return min(genders) if len(genders) == 1 else None


def read_pronoun_sets(declared: str) -> PronounSets:
    """The sets that a declaration means. Raises ValueError with a line for the user."""
    forms = [form.strip().lower() for form in declared.split("/")]
    if forms == [_ANY]:
        return PronounSets(declared, frozenset(CLASSES[:N_ORDINARY_CLASSES]), ())
    for form in forms:
        if form in FORMS["neuter"].values():
            raise ValueError(f'"{form}" cannot be checked for a person; write "any" to allow every pronoun')
    sets = _known_sets(forms) or (_new_set(forms),)
    classes: set[AgreementClass] = {"plural"}
    if _HE in sets:
        classes.add("masculine")
    if _SHE in sets:
        classes.add("feminine")
    return PronounSets(declared, frozenset(classes), sets)


def _known_sets(forms: Sequence[str]) -> tuple[Forms, ...]:
    """The known sets that these forms name, each beginning with its subject; empty where a form belongs to none."""
    sets: list[Forms] = []
    rest = list(forms)
    while rest:
        lengths = [_n_forms_of(known, rest) for known in _KNOWN]
        longest = max(lengths)
        if longest == 0:
            return ()
        likeliest = [known for known, length in zip(_KNOWN, lengths, strict=True) if length == longest]
        rest = rest[longest:]
        if len(likeliest) > 1 and (not rest or _known_sets(rest)):
            choices = " or ".join(f'"{known["subject"]}/{known["object"]}"' for known in likeliest)
            raise ValueError(f'"{likeliest[0]["subject"]}" may be {choices}; write which')
        sets.append(likeliest[0])
    return tuple(sets)


def _n_forms_of(known: Forms, forms: Sequence[str]) -> int:
    """How many of the first forms belong to a known set; 0 unless its subject comes first."""
    if forms[0] != known["subject"]:
        return 0
    others = (index for index, form in enumerate(forms) if form not in known.values())
    return next(others, len(forms))


def _new_set(forms: Sequence[str]) -> Forms:
    """A set that is not among the known ones, given by two forms or by all five."""
    ordinary = {form for known in _KNOWN[:3] for form in known.values()}
    is_whole = len(forms) == len(_CASES)
    if (is_whole or (len(forms) == 2 and not ordinary & set(forms))) and all(map(_FORM.fullmatch, forms)):
        return _forms(forms)
    known_forms = {form for known in _KNOWN for form in known.values()}
    unknown = next((form for form in forms if form not in known_forms), forms[0])
    near = nearest(unknown, [*sorted(known_forms), _ANY])
    if near is not None and near != unknown:
        raise ValueError(f'"{unknown}" is of no set of pronouns; did you mean "{near}"?')
    raise ValueError(f'"{"/".join(forms)}" is no set of pronouns; {_EXAMPLES}')
