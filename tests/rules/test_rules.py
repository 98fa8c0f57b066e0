"""Every rule keeps its own examples: what it must flag, and what it must let pass."""

from __future__ import annotations

import re

import pytest
from marks import with_marks, without_marks

from gru_lint import lint_text, read_settings
from gru_lint.model.weights import read_weights
from gru_lint.model.weights_path import default_weights_path, weights_judge_verbs
from gru_lint.rules import Rule, all_rules, calibrations, form_rules, threshold_key

_FLAGS = [(rule, text) for rule in all_rules() for text in rule.flags]
_PASSES = [(rule, text) for rule in all_rules() for text in rule.passes]


def check(rule: Rule, marked: str) -> None:
    """Lints a text with «» about each word that must be flagged by this rule, and by no other."""
    if rule.judges_forms and not weights_judge_verbs():
        pytest.skip("the weights hold no arrays for verbs")
    text = without_marks(marked)
    settings = read_settings({"pronouns": rule.declared, "report-unused-ignores": True})
    found = lint_text(text, filename=f"example{rule.extension}", settings=settings)
    assert with_marks(text, found) == marked, found
    assert {diagnostic.code for diagnostic in found} <= {rule.code}


@pytest.mark.parametrize(("rule", "text"), _FLAGS, ids=lambda value: getattr(value, "code", None))
def test_what_a_rule_flags(rule: Rule, text: str) -> None:
    assert "«" in text
    check(rule, text)


@pytest.mark.parametrize(("rule", "text"), _PASSES, ids=lambda value: getattr(value, "code", None))
def test_what_a_rule_lets_pass(rule: Rule, text: str) -> None:
    check(rule, text)


def test_rules_are_told_apart() -> None:
    rules = all_rules()
    assert all(re.fullmatch(r"[A-Z]{2}[0-9]{3}", rule.code) for rule in rules)
    assert len({rule.code for rule in rules}) == len({rule.name for rule in rules}) == len(rules)
    for rule in rules:
        assert rule.flags, f"{rule.code} shows nothing that it flags"
        assert rule.passes, f"{rule.code} shows nothing that it lets pass"
        assert rule.known_problems, f"{rule.code} claims to be always right"


def test_the_budgets_leave_a_finding_on_ten_thousand_correct_words() -> None:
    assert sum(calibration.budget for calibration in calibrations().values()) < 1


def test_the_weights_hold_a_threshold_for_each_rule_that_is_calibrated() -> None:
    loaded = read_weights(default_weights_path())
    of_forms = {rule.name for rule in form_rules()} if weights_judge_verbs() else set()
    by_class = {
        threshold_key(rule, expected)
        for rule, calibration in calibrations().items()
        for expected in calibration.errors
        if calibration.by_class
    }
    assert set(loaded.scales) == set(calibrations()) | of_forms
    assert set(loaded.thresholds) == set(loaded.scales) | by_class
    # Without a threshold of the weights or of its own a rule never finds anything.
    assert all(rule.threshold < 1 for rule in all_rules() if rule.judge and not rule.calibration)


def test_a_rule_is_calibrated_on_errors_that_can_be_made() -> None:
    for name, calibration in calibrations().items():
        assert calibration.budget > 0
        for written, errors in calibration.errors.items():
            assert errors
            assert written not in errors, name


def test_a_rule_about_a_person_lets_an_editor_declare_the_pronouns() -> None:
    about_person = {rule.code for rule in all_rules() if rule.about_person}
    assert {"PA001", "PA003", "PA004", "PA005"} <= about_person
    assert not {"PA002", "IG001", "IG002"} & about_person
