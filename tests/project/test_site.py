"""The site: every document is in its navigation, and what the quick start shows is what the linter says."""

from __future__ import annotations

import re
from pathlib import Path

from gru_lint import lint_text

_ROOT = Path(__file__).parents[2]


def test_every_document_is_in_the_navigation() -> None:
    navigation = (_ROOT / "mkdocs.yml").read_text(encoding="utf-8").split("\nnav:\n")[1]
    listed = set(re.findall(r": ([\w/.-]+\.md)$", navigation, re.MULTILINE))
    assert {path.name for path in (_ROOT / "docs").glob("*.md")} <= listed


def test_the_quick_start_holds_two_errors() -> None:
    text = (_ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    (draft,) = re.findall(r"^    (Giulia .*)$", text, re.MULTILINE)
    assert [(draft[f.span.start : f.span.end], f.replacements[0]) for f in lint_text(draft)] == [
        ("his", "her"),
        ("herself", "himself"),
    ]
