"""The rules, one file each: adding a rule is adding a file here that defines RULE."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from gru_lint.rules._base import Mismatch, Rule, Slot, slot_of

__all__ = ["Mismatch", "Rule", "Slot", "all_rules", "slot_of"]


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule of this package, in order of its code."""
    names = (module.name for module in iter_modules(__path__) if not module.name.startswith("_"))
    rules = [import_module(f"{__name__}.{name}").RULE for name in names]
    return tuple(sorted(rules, key=lambda rule: rule.code))
