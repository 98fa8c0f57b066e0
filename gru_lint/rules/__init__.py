"""The rules, one file each: adding a rule is adding a file here that defines RULE."""

from __future__ import annotations

from functools import cache

from gru_lint.did_you_mean import hint
from gru_lint.plugins import modules_of
from gru_lint.rules._base import Mismatch, Rule, Slot, slot_of

__all__ = ["Mismatch", "Rule", "Slot", "UnknownRuleError", "all_rules", "rule_called", "slot_of"]


class UnknownRuleError(Exception):
    """No rule has this code or name; the message says which one may have been meant."""


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule of this package, in order of its code."""
    rules = [module.RULE for module in modules_of(__name__, __path__)]
    return tuple(sorted(rules, key=lambda rule: rule.code))


def rule_called(written: str) -> Rule:
    """The rule with this code or name. Raises `UnknownRuleError`."""
    for rule in all_rules():
        if written in (rule.code, rule.name):
            return rule
    known = [word for rule in all_rules() for word in (rule.code, rule.name)]
    raise UnknownRuleError(f'unknown rule "{written}"; {hint(written, known)}')
