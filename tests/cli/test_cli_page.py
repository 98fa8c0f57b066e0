"""docs/cli.md, which is written from what `--help` shows."""

from __future__ import annotations

from pathlib import Path

from gru_lint.cli._page import page

_PAGE = Path(__file__).parents[2] / "docs" / "cli.md"


def test_the_page_of_the_command_line_is_up_to_date() -> None:
    assert _PAGE.read_text(encoding="utf-8") == page(), (
        "docs/cli.md is older than the command line: python -m gru_lint.cli._page > docs/cli.md"
    )


def test_the_page_has_every_command_and_option() -> None:
    written = page()
    for part in ("## gru-lint check\n", "## gru-lint rule\n", "`-o, --output-file <file>`", "**Exit codes**", "130"):
        assert part in written
