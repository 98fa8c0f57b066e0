"""What a user can set, as one value: from a table of keys, wherever that table comes from.

Adding a key is adding a field to `Settings` with its default and its parser; the key is the field's
name with hyphens. A parser gets a value and the keys that lead to it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, TypeVar

from gru_lint.nearest import hint
from gru_lint.rules import UnknownRuleError, rule_called

if TYPE_CHECKING:
    from gru_lint.declarations import Declaration

Keys = tuple[str, ...]
T = TypeVar("T")


class SettingsError(Exception):
    """A key or a value that cannot be used; the message is one line.

    keys  those that lead to it, outermost first
    """

    def __init__(self, keys: Keys, message: str) -> None:
        # A key may hold a line end.
        super().__init__(" ".join(message.split()))
        self.keys = keys


def _key(default: T, parse: Callable[[object, Keys], T]) -> T:
    return field(default=default, metadata={"parse": parse})


def parse_confidence(value: object, keys: Keys) -> float:
    """A confidence as it is written. Raises `SettingsError`."""
    # bool is a kind of int, and NaN is of no size at all.
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1:
        raise _wrong(keys, value, "a number from 0 to 1")
    return float(value)


@dataclass(frozen=True, slots=True)
class RuleSettings:
    """What is set for one rule alone.

    name            the rule's name
    min_confidence  the confidence from which it speaks
    """

    name: str
    min_confidence: float | None = _key(None, parse_confidence)


def _parse_rules(value: object, keys: Keys) -> tuple[RuleSettings, ...]:
    rules: dict[str, RuleSettings] = {}
    for called, table in _table(value, keys).items():
        try:
            name = rule_called(called).name
        except UnknownRuleError as error:
            raise SettingsError((*keys, called), str(error)) from None
        if name in rules:
            raise SettingsError((*keys, called), f'the rule "{called}" is set twice, by its code and by its name')
        rules[name] = RuleSettings(name, **_parse_keys(RuleSettings, table, (*keys, called)))
    return tuple(rules.values())


def _parse_pronouns(value: object, keys: Keys) -> tuple[Declaration, ...]:
    # Imported here: nobody pays for it who declares nothing.
    from gru_lint.declarations import Declaration
    from gru_lint.pronoun_sets import read_pronoun_sets

    declarations = []
    for name, pronouns in _table(value, keys).items():
        if not any(letter.isalpha() for letter in name):
            raise SettingsError((*keys, name), f'"{name}" is no name of a person')
        if not isinstance(pronouns, str):
            raise _wrong((*keys, name), pronouns, 'pronouns in quotes, such as "they"')
        try:
            declarations.append(Declaration(name, read_pronoun_sets(pronouns)))
        except ValueError as error:
            raise SettingsError((*keys, name), f"pronouns of {name}: {error}") from None
    return tuple(declarations)


@dataclass(frozen=True, slots=True)
class Settings:
    """What is set for some files; by default nothing, and everything is as calibrated.

    min_confidence  the confidence from which every rule speaks
    rules           what is set for single rules; goes before what is set for all
    pronouns        whose pronouns are declared
    """

    min_confidence: float | None = _key(None, parse_confidence)
    rules: tuple[RuleSettings, ...] = _key((), _parse_rules)
    pronouns: tuple[Declaration, ...] = _key((), _parse_pronouns)

    def min_confidence_of(self, rule_name: str) -> float | None:
        """The confidence from which a rule speaks; None where that is left as calibrated."""
        for rule in self.rules:
            if rule.name == rule_name and rule.min_confidence is not None:
                return rule.min_confidence
        return self.min_confidence

    def with_min_confidence(self, min_confidence: float) -> Settings:
        """The same settings, but every rule speaks from this confidence on."""
        rules = tuple(replace(rule, min_confidence=None) for rule in self.rules)
        return replace(self, min_confidence=min_confidence, rules=rules)


def read_settings(table: Mapping[str, object]) -> Settings:
    """The settings that a table of keys asks for. Raises `SettingsError`.

    >>> read_settings({"min-confidence": 0.95}).min_confidence
    0.95
    """
    return Settings(**_parse_keys(Settings, table, ()))


def _parse_keys(kind: type[Settings] | type[RuleSettings], value: object, keys: Keys) -> dict[str, Any]:
    """The arguments for `kind` from a table whose keys are its fields."""
    parsers = {known.name: known.metadata["parse"] for known in fields(kind) if "parse" in known.metadata}
    arguments = {}
    for key, item in _table(value, keys).items():
        name = key.replace("-", "_")
        if name not in parsers or "_" in key:
            known_keys = [known.replace("_", "-") for known in parsers]
            raise SettingsError((*keys, key), f'unknown key "{key}"; {hint(key, known_keys)}')
        arguments[name] = parsers[name](item, (*keys, key))
    return arguments


def _table(value: object, keys: Keys) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise _wrong(keys, value, "a table of keys")
    return value


def _wrong(keys: Keys, value: object, wanted: str) -> SettingsError:
    shown = json.dumps(value, ensure_ascii=False, default=str)
    return SettingsError(keys, f"{'.'.join(keys) or 'gru-lint'} must be {wanted}, not {shown}")
