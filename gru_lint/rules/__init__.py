"""The rules, one file each: adding a rule is adding a file here that defines RULE."""

from __future__ import annotations

from functools import cache
from itertools import groupby

from gru_lint.did_you_mean import hint
from gru_lint.plugins import discover
from gru_lint.rules._base import Calibration, Mismatch, PronounContext, Rule, context_of, threshold_key
from gru_lint.rules._forms import CaseContext, FormContext, FormMismatch

__all__ = [
    "Calibration",
    "CaseContext",
    "FormContext",
    "FormMismatch",
    "Mismatch",
    "PronounContext",
    "Rule",
    "UnknownRuleError",
    "all_rules",
    "calibrations",
    "context_of",
    "families",
    "form_rules",
    "rule_called",
    "rules_called",
    "threshold_key",
]


class UnknownRuleError(Exception):
    """No rule has this code or name; the message suggests the nearest."""


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule of this package, in order of its code."""
    rules = [module.RULE for module in discover(__name__, __path__)]
    return tuple(sorted(rules, key=lambda rule: rule.code))


@cache
def families() -> dict[str, tuple[Rule, ...]]:
    """The rules of each family, such as "PA"."""
    return {family: tuple(rules) for family, rules in groupby(all_rules(), key=lambda rule: rule.family)}


@cache
def calibrations() -> dict[str, Calibration]:
    """The calibration of each rule that has one, by the rule's name."""
    return {rule.name: rule.calibration for rule in all_rules() if rule.calibration}


@cache
def form_rules() -> tuple[Rule, ...]:
    """The rules about forms: of verbs and demonstratives, and the cases of pronouns."""
    return tuple(rule for rule in all_rules() if rule.judges_forms)


def rule_called(written: str) -> Rule:
    """The rule with this code or name. Raises `UnknownRuleError`."""
    for rule in all_rules():
        if written in (rule.code, rule.name):
            return rule
    known = [word for rule in all_rules() for word in (rule.code, rule.name)]
    raise UnknownRuleError(f'unknown rule "{written}"; {hint(written, known)}')


def rules_called(written: str) -> tuple[Rule, ...]:
    """The rule with this code or name, or those of this family. Raises `UnknownRuleError`."""
    if written in families():
        return families()[written]
    return (rule_called(written),)
