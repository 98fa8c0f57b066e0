"""`gru-lint rule`."""

from __future__ import annotations

from typing import Annotated

import typer

from gru_lint.cli._command import Command
from gru_lint.cli._errors import fail, one_of
from gru_lint.cli._output import write_text
from gru_lint.rules import UnknownRuleError, all_rules, rule_called
from gru_lint.rules import _page as rule_page


def _complete(incomplete: str) -> list[str]:
    names = [word for known in all_rules() for word in (known.code, known.name)]
    return [name for name in names if name.lower().startswith(incomplete.lower())]


def rule(
    called: Annotated[
        str | None,
        typer.Argument(metavar="RULE", help="Its code or its name: PA001, gender-mismatch.", autocompletion=_complete),
    ] = None,
    *,
    show_all: Annotated[bool, typer.Option("--all", help="Show every rule.")] = False,
    output_format: Annotated[
        str,
        typer.Option(
            help=f"How the rule is shown: {', '.join(rule_page.format_names())}.",
            **one_of("format", rule_page.format_names),
        ),
    ] = "text",
) -> None:
    """Show what a rule flags and why, what it never flags, and where it is known to be wrong."""
    if (called is None) == (not show_all):
        fail("name one rule, or say --all")
    try:
        rules = all_rules() if called is None else (rule_called(called),)
    except UnknownRuleError as error:
        fail(error)
    write_text(rule_page.render(rules, output_format))


COMMAND = Command(
    rule,
    """\
gru-lint rule PA001                           one rule by its code
gru-lint rule gender-mismatch                 or by its name
gru-lint rule --all --output-format markdown  all of them, as a page
""",
)
