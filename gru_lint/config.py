"""What a user can set, as one value: from a table of keys, wherever that table comes from.

Adding a key is adding a field to `Settings` with its default and its parser; the key is the field's
name with hyphens. A parser gets a value and the keys that lead to it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar, get_args

from gru_lint.nearest import hint
from gru_lint.rules import UnknownRuleError, all_rules, rule_called

if TYPE_CHECKING:
    from gru_lint.declarations import Declaration

Keys = tuple[str, ...]
T = TypeVar("T")
Severity = Literal["error", "warning", "information", "hint"]
SEVERITIES: Final[tuple[Severity, ...]] = get_args(Severity)
# Stands in a table by rule for the rules that it does not name.
_ALL: Final = "all"


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
    return tuple(
        RuleSettings(name, **_parse_keys(RuleSettings, table, rule_keys))
        for name, table, rule_keys in _by_rule(value, keys)
    )


def _by_rule(value: object, keys: Keys) -> list[tuple[str, object, Keys]]:
    """The names of the rules that a table speaks of, with what it says of each and the keys that lead there."""
    found: dict[str, tuple[str, object, Keys]] = {}
    for called, item in _table(value, keys).items():
        name = _rule_name(called, (*keys, called))
        if name in found:
            raise SettingsError((*keys, called), f'the rule "{called}" is set twice, by its code and by its name')
        found[name] = name, item, (*keys, called)
    return list(found.values())


def _rule_name(called: str, keys: Keys) -> str:
    try:
        return rule_called(called).name
    except UnknownRuleError as error:
        raise SettingsError(keys, str(error)) from None


def _parse_rule_names(value: object, keys: Keys) -> tuple[str, ...]:
    if not isinstance(value, (list, tuple)) or not all(isinstance(called, str) for called in value):
        raise _wrong(keys, value, 'a list of rules, such as ["PA001"]')
    return tuple(dict.fromkeys(_rule_name(called, keys) for called in value))


def _parse_severities(value: object, keys: Keys) -> tuple[tuple[str, Severity], ...]:
    """The severity of each rule for which one is set: one for all, or a table by rule with one for "all" others."""
    by_rule = dict(value) if isinstance(value, Mapping) else {_ALL: value}
    severities: dict[str, Severity] = {}
    if _ALL in by_rule:
        all_keys = (*keys, _ALL) if isinstance(value, Mapping) else keys
        severities = dict.fromkeys((rule.name for rule in all_rules()), _parse_severity(by_rule.pop(_ALL), all_keys))
    for name, item, its_keys in _by_rule(by_rule, keys):
        severities[name] = _parse_severity(item, its_keys)
    return tuple(severities.items())


def _parse_severity(value: object, keys: Keys) -> Severity:
    for severity in SEVERITIES:
        if value == severity:
            return severity
    raise _wrong(keys, value, f"one of {', '.join(SEVERITIES)}")


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
    select          the rules that speak, by name; None for all of them
    ignore          rules that do not speak, whatever is selected
    severity        how an editor shows the findings of a rule; a warning where nothing is set
    """

    min_confidence: float | None = _key(None, parse_confidence)
    rules: tuple[RuleSettings, ...] = _key((), _parse_rules)
    pronouns: tuple[Declaration, ...] = _key((), _parse_pronouns)
    select: tuple[str, ...] | None = _key(None, _parse_rule_names)
    ignore: tuple[str, ...] = _key((), _parse_rule_names)
    severity: tuple[tuple[str, Severity], ...] = _key((), _parse_severities)

    def speaks(self, rule_name: str) -> bool:
        """Whether a rule is selected and not ignored."""
        return rule_name not in self.ignore and (self.select is None or rule_name in self.select)

    def severity_of(self, rule_name: str) -> Severity:
        """How an editor shows the findings of a rule."""
        return dict(self.severity).get(rule_name, "warning")

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
