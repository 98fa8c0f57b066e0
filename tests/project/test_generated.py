"""What is made of the code is no older than the code, and what is written by hand names every format."""

from __future__ import annotations

import json
import re
import runpy
from pathlib import Path
from typing import Any

import pytest

from gru_lint.extract import formats
from gru_lint.report import all_formats as report_formats

_ROOT = Path(__file__).parents[2]
_GENERATED: dict[str, str] = runpy.run_path(str(_ROOT / "scripts" / "_generate.py"))["generated_files"]()


def _read(place: str) -> str:
    return (_ROOT / place).read_text(encoding="utf-8")


@pytest.mark.parametrize("place", _GENERATED)
def test_what_is_made_of_the_code_is_current(place: str) -> None:
    assert _read(place) == _GENERATED[place], f"{place} is older than the code: scripts/generate"


def test_every_document_has_its_place_in_the_pages_hooks_and_the_extension() -> None:
    documents = [known for known in formats().values() if known.is_document]
    page, hooks = _read("docs/formats.md"), _read(".pre-commit-hooks.yaml")
    for known in documents:
        assert f"(`{known.language}`)" in page
        # Hooks are given texts.
        assert known.unpack is not None or all(
            re.search(rf"[(|]{extension[1:]}[|)]", hooks) for extension in known.extensions
        )
    package: dict[str, Any] = json.loads(_read("vscode-client/package.json"))
    default = package["contributes"]["configuration"]["properties"]["gruLint.languages"]["default"]
    assert set(default) == {known.language for known in documents if known.in_editors}
    assert {"markdown", "plaintext", "latex", "restructuredtext", "git-commit", "asciidoc"} <= set(default)


def test_every_report_has_a_section_that_says_what_it_is_for() -> None:
    page = _read("docs/reports.md")
    for known in report_formats().values():
        assert f"\n## {known.name}\n" in page, f"docs/reports.md: a section ## {known.name}"
