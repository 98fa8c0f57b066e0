"""`gru-lint rule` and docs/rules.md, which is written by it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gru_lint.cli import application
from gru_lint.rules import Rule, all_rules
from gru_lint.rules._page import format_names, render

_PAGE = Path(__file__).parents[2] / "docs" / "rules.md"


def check(arguments: str, code: int, *parts: str) -> str:
    """Runs `gru-lint rule`; all parts stand in what it prints, which is one line where it fails."""
    result = CliRunner().invoke(application, ["rule", *arguments.split()])
    assert result.exit_code == code, result.output
    for part in parts:
        assert part in result.output
    if code:
        assert result.stdout == ""
        assert result.stderr.count("\n") == 1
    return result.stdout


@pytest.mark.parametrize("called", ["PA001", "gender-mismatch"])
@pytest.mark.parametrize("output_format", ["text", "markdown"])
def test_a_rule_is_shown_by_code_and_by_name(called: str, output_format: str) -> None:
    shown = check(f"{called} --output-format {output_format}", 0, "PA001 gender-mismatch\n", "«her» wife")
    assert "PA002" not in shown


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_a_page_holds_all_that_a_rule_says(rule: Rule) -> None:
    said = (rule.summary, rule.why, *rule.flags, *rule.passes, *rule.not_flagged, *rule.known_problems)
    for output_format in format_names():
        page = " ".join(render([rule], output_format).replace('\\"', '"').split())
        for line in said:
            assert line in page


def test_a_rule_as_json_has_the_published_shape() -> None:
    (shown,) = json.loads(check("PA001 --output-format json", 0))
    keys = "code name summary why declared flags passes not_flagged known_problems"
    assert list(shown) == keys.split()
    assert shown["code"] == "PA001"


@pytest.mark.parametrize("output_format", ["text", "markdown"])
def test_the_declarations_of_the_examples_are_shown(output_format: str) -> None:
    shown = check(f"PA005 --output-format {output_format}", 0, "[tool.gru-lint.pronouns]\n", '"Alex Kim" = "they"\n')
    assert shown.index("[tool.gru-lint.pronouns]") < shown.index("«his» keys")
    assert "tool.gru-lint" not in check(f"PA001 --output-format {output_format}", 0)


def test_all_shows_every_rule() -> None:
    found = json.loads(check("--all --output-format json", 0))
    assert [shown["code"] for shown in found] == [rule.code for rule in all_rules()]
    check("--all", 0, *(f"{rule.code} {rule.name}\n" for rule in all_rules()))


@pytest.mark.parametrize(
    ("called", "meant"),
    [("PA0001", "PA001"), ("pa002", "PA002"), ("gender-mismach", "gender-mismatch"), ("animacy", "animacy-mismatch")],
)
def test_an_unknown_rule_is_answered_with_the_nearest(called: str, meant: str) -> None:
    check(called, 2, f'gru-lint: unknown rule "{called}"; did you mean "{meant}"?\n')


def test_where_no_rule_is_near_all_are_named() -> None:
    check("xyz", 2, *(f'"{rule.code}", "{rule.name}"' for rule in all_rules()[:-1]))


@pytest.mark.parametrize("arguments", ["", "PA001 --all"])
def test_either_one_rule_or_all(arguments: str) -> None:
    check(arguments, 2, "gru-lint: name one rule, or say --all\n")


def test_the_page_of_rules_is_up_to_date() -> None:
    written = _PAGE.read_text(encoding="utf-8")
    assert written == render(all_rules(), "markdown"), (
        "docs/rules.md is older than the rules: gru-lint rule --all --output-format markdown > docs/rules.md"
    )
