"""Every rule keeps its own examples: what it must flag, and what it must let pass."""

from __future__ import annotations

import pytest
from marks import with_marks, without_marks

from gru_lint import lint_text, read_settings
from gru_lint.rules import Rule, all_rules

_FLAGS = [(rule, text) for rule in all_rules() for text in rule.flags]
_PASSES = [(rule, text) for rule in all_rules() for text in rule.passes]


def check(rule: Rule, marked: str) -> None:
    """Lints a text with «» about each word that must be flagged by this rule, and by no other."""
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
    assert len({rule.code for rule in rules}) == len({rule.name for rule in rules}) == len(rules)
    for rule in rules:
        assert rule.flags, f"{rule.code} shows nothing that it flags"
        assert rule.passes, f"{rule.code} shows nothing that it lets pass"
        assert rule.known_problems, f"{rule.code} claims to be always right"
