"""What is set, as values."""

from __future__ import annotations

import pytest

from gru_lint import lint_text
from gru_lint.config.settings import Settings, read_settings
from gru_lint.linter import Linter
from gru_lint.rules import all_rules, families


def test_by_default_nothing_is_set() -> None:
    assert read_settings({}) == Settings()
    assert Linter().thresholds() == Linter(settings=Settings()).thresholds()


@pytest.mark.parametrize(
    ("table", "all_rules", "one_rule"),
    [
        ({}, None, None),
        ({"min-confidence": 0.9}, 0.9, 0.9),
        ({"min-confidence": 1}, 1.0, 1.0),
        ({"min-confidence": {"PA001": 0.95}}, None, 0.95),
        ({"min-confidence": {"gender-mismatch": 0.95}}, None, 0.95),
        ({"min-confidence": {"PA001": 0, "all": 0.9}}, 0.9, 0.0),
        ({"min-confidence": {}}, None, None),
    ],
)
def test_confidence_for_all_rules_and_for_one(
    table: dict[str, object], all_rules: float | None, one_rule: float | None
) -> None:
    settings = read_settings(table)
    assert settings.min_confidence_of("number-mismatch") == all_rules
    assert settings.min_confidence_of("gender-mismatch") == one_rule


@pytest.mark.parametrize(
    ("severity", "of_the_rule", "of_another"),
    [
        ("hint", "hint", "hint"),
        ({"PA001": "error"}, "error", "warning"),
        ({"gender-mismatch": "error"}, "error", "warning"),
        ({"all": "information"}, "information", "information"),
        ({"all": "information", "PA001": "error"}, "error", "information"),
        ({"PA001": "error", "all": "information"}, "error", "information"),
        ({}, "warning", "warning"),
    ],
)
def test_severity_for_all_rules_and_for_one(severity: object, of_the_rule: str, of_another: str) -> None:
    settings = read_settings({"severity": severity})
    assert settings.severity_of("gender-mismatch") == of_the_rule
    assert settings.severity_of("number-mismatch") == of_another


def test_settings_are_values() -> None:
    table = {"min-confidence": 0.9, "exclude": ["drafts/"], "pronouns": {"Alex Kim": "they"}}
    settings = read_settings(table)
    assert {settings: "cached"}[read_settings(table)] == "cached"
    assert settings != read_settings({**table, "pronouns": {"Alex Kim": "she"}})
    assert [(known.name, known.pronouns.declared) for known in settings.pronouns] == [("Alex Kim", "they")]


@pytest.mark.parametrize(
    ("table", "selected"),
    [
        ({}, {"PA", "IG"}),
        ({"select": ["PA"]}, {"PA"}),
        ({"select": ["IG", "PA"]}, {"PA", "IG"}),
        ({"ignore": ["PA"]}, {"IG"}),
        ({"select": ["PA"], "ignore": ["PA"]}, set()),
    ],
)
def test_the_letters_of_a_code_mean_every_rule_of_the_family(table: dict[str, object], selected: set[str]) -> None:
    settings = read_settings(table)
    for rule in all_rules():
        if rule.family in ("PA", "IG"):
            assert settings.is_enabled(rule.name) == (rule.family in selected)


def test_a_family_and_one_of_its_rules_are_listed_once() -> None:
    table = {"select": ["PA003", "PA"], "ignore": ["PA001"]}
    select = read_settings(table).select
    assert select is not None
    assert len(select) == len(set(select)) == len(families()["PA"])
    assert not read_settings(table).is_enabled("gender-mismatch")


def test_a_rule_speaks_from_the_confidence_that_is_set() -> None:
    assert [found.code for found in lint_text("The king hurt herself.")] == ["PA004"]
    for table in ({"min-confidence": 1.0}, {"min-confidence": {"PA004": 1.0}}):
        assert lint_text("The king hurt herself.", settings=read_settings(table)) == ()
    declared = {"pronouns": {"Noor": "she"}, "min-confidence": {"PA005": 1.0}}
    assert lint_text("Noor said that he was tired.", settings=read_settings(declared)) == ()
