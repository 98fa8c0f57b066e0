"""docs/cli.md, which is written from what `--help` shows."""

from __future__ import annotations

from scripts._command_line_page import page


def test_the_page_has_every_command_and_option() -> None:
    written = page()
    for part in ("## gru-lint check\n", "## gru-lint rule\n", "`-o, --output-file <file>`", "**Exit codes**", "130"):
        assert part in written
