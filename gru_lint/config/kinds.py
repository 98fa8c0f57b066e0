"""The kinds of value that a setting can have."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar, get_args

from gru_lint.config.patterns import Pattern, pattern_error
from gru_lint.config.values import (
    CONFIDENCE,
    CONFIDENCE_SCHEMA,
    Keys,
    Schema,
    SettingsError,
    ValueKind,
    merged,
    one_of,
    read_confidence,
    read_table,
    strings,
    table_schema,
    wrong,
)
from gru_lint.did_you_mean import hint
from gru_lint.extract import languages
from gru_lint.rules import UnknownRuleError, all_rules, families, rule_called, rules_called

if TYPE_CHECKING:
    from gru_lint.english.declarations import Declaration

T = TypeVar("T")
ByRule = tuple[tuple[str, T], ...]
Severity = Literal["error", "warning", "information", "hint"]
SEVERITIES: Final[tuple[Severity, ...]] = get_args(Severity)
# Which thresholds apply: the usual ones, those for learners of English, or those for people who want no false alarm.
PROFILES: Final = ("default", "learner", "strict")
# The gender of a first name: the agreement class of the pronouns that go with it, or any of them.
NameGender = Literal["masculine", "feminine", "any"]
NAME_GENDERS: Final[tuple[NameGender, ...]] = get_args(NameGender)
# A name or an extension with one of these was meant as a pattern; as a name it matches nothing.
_TEMPLATE: Final = re.compile(r"[*?\[\]{}$<>]")
# The key of a table by rule for the rules that the table does not name.
ALL_RULES: Final = "all"


def _rule_name(called: str, keys: Keys) -> str:
    try:
        return rule_called(called).name
    except UnknownRuleError as error:
        raise SettingsError(keys, str(error)) from None


def _rule_names(called: str, keys: Keys) -> tuple[str, ...]:
    try:
        return tuple(rule.name for rule in rules_called(called))
    except UnknownRuleError as error:
        raise SettingsError(keys, str(error)) from None


def _spelt_rule(called: str) -> str:
    return called if called == ALL_RULES else rule_called(called).code


def _rule_words() -> list[str]:
    return [word for rule in all_rules() for word in (rule.code, rule.name)]


def _language_schema() -> Schema:
    return {"type": "string", "enum": sorted(languages())}


def boolean() -> ValueKind[bool]:
    """True or false."""

    def read(value: object, keys: Keys) -> bool:
        if not isinstance(value, bool):
            raise wrong(keys, value, "true or false")
        return value

    return ValueKind("true or false", lambda: {"type": "boolean"}, read)


def confidence() -> ValueKind[float]:
    """A confidence."""
    return ValueKind(CONFIDENCE, lambda: CONFIDENCE_SCHEMA, read_confidence)


def file_name() -> ValueKind[str | None]:
    """The path of a file; whether it exists is not checked here."""
    expected = 'the path of a file, such as "../gru-lint.toml"'

    def read(value: object, keys: Keys) -> str:
        if not isinstance(value, str) or not value.strip() or "\0" in value:
            raise wrong(keys, value, expected)
        return value

    return ValueKind(expected, lambda: {"type": "string", "minLength": 1}, read)


def rule_list() -> ValueKind[Any]:
    """Rules, by their code or name or the letters of their codes; read as names."""
    expected = 'a list of rules, such as ["PA001"]'

    def read(value: object, keys: Keys) -> tuple[str, ...]:
        listed = strings(value, keys, expected)
        return tuple(dict.fromkeys(name for called in listed for name in _rule_names(called, keys)))

    def schema() -> Schema:
        return {"type": "array", "items": {"type": "string", "enum": [*families(), *_rule_words()]}}

    return ValueKind(expected, schema, read)


def by_rule(one: Callable[[object, Keys], T], expected: str, schema: Schema) -> ValueKind[ByRule[T]]:
    """One value for every rule, or a table by rule, in which `all` is the value of those that it does not name."""

    def read(value: object, keys: Keys) -> ByRule[T]:
        if not isinstance(value, Mapping):
            every = one(value, keys)
            return tuple((rule.name, every) for rule in all_rules())
        found: dict[str, T] = {}
        for called, item in value.items():
            if called == ALL_RULES:
                continue
            name = _rule_name(called, (*keys, called))
            if name in found:
                raise SettingsError((*keys, called), f'the rule "{called}" is set twice, by its code and by its name')
            found[name] = one(item, (*keys, called))
        if ALL_RULES in value:
            every = one(value[ALL_RULES], (*keys, ALL_RULES))
            found = {rule.name: found.get(rule.name, every) for rule in all_rules()}
        return tuple(found.items())

    def schema_of_both() -> Schema:
        properties = dict.fromkeys((*_rule_words(), ALL_RULES), schema)
        return {"anyOf": [schema, {"type": "object", "properties": properties, "additionalProperties": False}]}

    return ValueKind(f"{expected}; or a table by rule", schema_of_both, read, merged, _spelt_rule)


def confidence_by_rule() -> ValueKind[ByRule[float]]:
    """A confidence for every rule, or for some."""
    return by_rule(read_confidence, CONFIDENCE, CONFIDENCE_SCHEMA)


def profile() -> ValueKind[str]:
    """The name of a profile."""
    schema: Schema = {"type": "string", "enum": list(PROFILES)}
    return ValueKind(_alternatives(PROFILES), lambda: schema, lambda value, keys: one_of(value, keys, PROFILES))


def severity_by_rule() -> ValueKind[ByRule[Severity]]:
    """A severity for every rule, or for some."""
    schema = {"type": "string", "enum": list(SEVERITIES)}
    return by_rule(lambda value, keys: one_of(value, keys, SEVERITIES), _alternatives(SEVERITIES), schema)


def _alternatives(names: Sequence[str]) -> str:
    *others, last = (f'"{name}"' for name in names)
    return f"{', '.join(others)} or {last}"


def _read_pattern(text: str, keys: Keys) -> Pattern:
    if reason := pattern_error(text):
        raise SettingsError(keys, f'"{text}" is no pattern of .gitignore: {reason}')
    return Pattern(text)


def pattern_list() -> ValueKind[tuple[Pattern, ...]]:
    """Patterns of files and folders, as .gitignore writes them."""
    expected = 'a list of patterns as in .gitignore, such as ["drafts/", "*.old.md"]'

    def read(value: object, keys: Keys) -> tuple[Pattern, ...]:
        return tuple(_read_pattern(text, keys) for text in strings(value, keys, expected))

    return ValueKind(expected, lambda: {"type": "array", "items": {"type": "string", "minLength": 1}}, read)


def key_list() -> ValueKind[tuple[str, ...]]:
    """Keys of data, with dots between nested ones."""
    expected = 'a list of keys, such as ["title", "pages.*.body"]'

    return ValueKind(
        expected,
        lambda: {"type": "array", "items": {"type": "string", "minLength": 1}},
        lambda value, keys: strings(value, keys, expected),
    )


def rules_by_pattern() -> ValueKind[tuple[tuple[Pattern, tuple[str, ...]], ...]]:
    """For files that match a pattern, a list of rules."""
    rules = rule_list()

    def read(value: object, keys: Keys) -> tuple[tuple[Pattern, tuple[str, ...]], ...]:
        table = read_table(value, keys)
        return tuple(
            (_read_pattern(text, (*keys, text)), rules.read(item, (*keys, text))) for text, item in table.items()
        )

    expected = 'a table of lists of rules by pattern, such as {"quotes/" = ["PA001"]}'
    return ValueKind(expected, lambda: table_schema(rules.schema()), read, merged, str)


def language_list() -> ValueKind[Any]:
    """Languages that are read, by their name."""
    expected = 'a list of languages, such as ["markdown"]'

    def read(value: object, keys: Keys) -> tuple[str, ...]:
        return tuple(dict.fromkeys(_read_language(name, keys) for name in strings(value, keys, expected)))

    return ValueKind(expected, lambda: {"type": "array", "items": _language_schema()}, read)


def _read_language(name: object, keys: Keys) -> str:
    if not isinstance(name, str) or name not in languages():
        raise SettingsError(keys, f'unknown language "{name}"; {hint(str(name), sorted(languages()))}')
    return name


def language_by_extension() -> ValueKind[tuple[tuple[str, str], ...]]:
    """For an extension, the language that its files are read as."""

    def read(value: object, keys: Keys) -> tuple[tuple[str, str], ...]:
        found = []
        for written, language in read_table(value, keys).items():
            its_keys = (*keys, written)
            # An extension is what follows the last full stop of a name.
            if not written.strip(".") or "." in written[1:] or _TEMPLATE.search(written) or "/" in written:
                raise SettingsError(its_keys, f'"{written}" is no extension of a file name')
            found.append((spelt_extension(written), _read_language(language, its_keys)))
        return tuple(found)

    expected = 'a table of languages by extension, such as {mdx = "markdown"}'
    return ValueKind(expected, lambda: table_schema(_language_schema()), read, merged, spelt_extension)


def spelt_extension(written: str) -> str:
    """An extension in lower case with its dot."""
    return f".{written.lower().lstrip('.')}"


def pronouns_by_person() -> ValueKind[tuple[Declaration, ...]]:
    """For a person's name, the pronouns that are declared."""

    def read(value: object, keys: Keys) -> tuple[Declaration, ...]:
        # Imported here: only declarations need it.
        from gru_lint.english.declarations import Declaration
        from gru_lint.english.pronoun_sets import read_pronoun_sets

        declarations = []
        for name, pronouns in read_table(value, keys).items():
            _check_name(name, keys)
            if not isinstance(pronouns, str):
                raise wrong((*keys, name), pronouns, 'pronouns in quotes, such as "they"')
            try:
                declarations.append(Declaration(name, read_pronoun_sets(pronouns)))
            except ValueError as error:
                raise SettingsError((*keys, name), f"pronouns of {name}: {error}") from None
        return tuple(declarations)

    def merge(lower: tuple[Declaration, ...], upper: tuple[Declaration, ...]) -> tuple[Declaration, ...]:
        return tuple({known.name: known for known in (*lower, *upper)}.values())

    expected = 'a table of pronouns by person, such as {"Alex Kim" = "they"}'
    return ValueKind(expected, lambda: table_schema({"type": "string"}), read, merge, str)


def gender_by_name() -> ValueKind[tuple[tuple[str, NameGender], ...]]:
    """For a first name, its gender."""

    def read(value: object, keys: Keys) -> tuple[tuple[str, NameGender], ...]:
        found = []
        for name, gender in read_table(value, keys).items():
            _check_name(name, keys)
            if len(name.split()) > 1:
                whole = f'"{name}" is more than a first name; declare the person: pronouns."{name}" = "they"'
                raise SettingsError((*keys, name), whole)
            found.append((name, one_of(gender, (*keys, name), NAME_GENDERS)))
        return tuple(found)

    expected = 'a table of genders by first name, such as {Robin = "any"}'
    return ValueKind(expected, lambda: table_schema({"type": "string", "enum": list(NAME_GENDERS)}), read, merged, str)


def _check_name(name: str, keys: Keys) -> None:
    if not any(letter.isalpha() for letter in name) or _TEMPLATE.search(name):
        raise SettingsError((*keys, name), f'"{name}" is no name of a person')
