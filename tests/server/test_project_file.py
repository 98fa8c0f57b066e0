"""Edits of the configuration file, whichever of the three it is: what is set is added, the rest stays as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from gru_lint_server.project_file import declaring, edited_project, ignoring

_ROOT = Path("/books/one")
_EDITS = {"ignore": ignoring("PA004"), "declare": declaring("Noor", "she")}


@pytest.mark.parametrize(
    ("files", "edit", "name", "after"),
    [
        ({"gru-lint.toml": ""}, "ignore", "gru-lint.toml", 'ignore = ["PA004"]\n'),
        (
            {".gru-lint.toml": '# ours\n[pronouns]\nA = "he"\n'},
            "ignore",
            ".gru-lint.toml",
            '# ours\nignore = ["PA004"]\n\n[pronouns]\nA = "he"\n',
        ),
        (
            {"gru-lint.toml": '# ours\n\n[pronouns]\nA = "he"  # known\n'},
            "declare",
            "gru-lint.toml",
            '# ours\n\n[pronouns]\nA = "he"  # known\nNoor = "she"\n',
        ),
        (
            {"gru-lint.toml": "", "pyproject.toml": "[tool.gru-lint]\n"},
            "declare",
            "gru-lint.toml",
            '[pronouns]\nNoor = "she"\n',
        ),
        (
            {"chapters/pyproject.toml": "[tool.x]\n", "gru-lint.toml": 'ignore = ["PA001"]\n'},
            "ignore",
            "gru-lint.toml",
            'ignore = ["PA001", "PA004"]\n',
        ),
        (
            {"chapters/gru-lint.toml": "", "pyproject.toml": "[tool.gru-lint]\n"},
            "ignore",
            "chapters/gru-lint.toml",
            'ignore = ["PA004"]\n',
        ),
        (
            {"pyproject.toml": "[tool.x]\n"},
            "ignore",
            "pyproject.toml",
            '[tool.x]\n\n[tool.gru-lint]\nignore = ["PA004"]\n',
        ),
        ({}, "ignore", "gru-lint.toml", 'ignore = ["PA004"]\n'),
    ],
)
def test_the_file_that_holds_is_edited(files: dict[str, str], edit: str, name: str, after: str) -> None:
    texts = {_ROOT / path: text for path, text in files.items()}
    edited = edited_project(_ROOT / "chapters" / "a.md", _ROOT, texts.get, _EDITS[edit])
    assert edited is not None
    assert (edited.path, edited.before, edited.after) == (_ROOT / name, files.get(name), after)


def test_a_file_that_is_no_toml_is_left_alone() -> None:
    assert edited_project(_ROOT / "a.md", None, {_ROOT / "gru-lint.toml": "= ["}.get, _EDITS["ignore"]) is None
