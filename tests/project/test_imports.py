"""What the linter may not load: torch never, spaCy and NumPy only where there is something to judge."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

_PROGRAM = """
import sys
from gru_lint import cli
try:
    cli.application(["check", *sys.argv[1:]], standalone_mode=False)
except BaseException as error:
    print(type(error).__name__)
heavy = {"jinja2", "numpy", "pygls", "spacy", "tomli", "tomlkit", "tomllib", "torch"}
print(*sorted(heavy & set(sys.modules)))
"""


def check(path: Path, wanted: str, *options: str) -> None:
    """Lints a file in a fresh interpreter and compares which of the heavy packages it loaded."""
    command = [sys.executable, "-c", _PROGRAM, str(path), *options]
    # What measures coverage reads its own settings with tomllib, within every process.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    result = subprocess.run(command, cwd=path.parent, env=environment, capture_output=True, text=True, check=True)
    assert result.stdout.splitlines()[-1] == wanted, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("text", "options", "wanted"),
    [
        ("No pronoun, no verb.\n", (), ""),
        ("The weather was fine.\n", ("--select", "PA"), ""),
        ("The queen hurt herself.\n", (), "numpy spacy"),
    ],
)
def test_heavy_packages_are_loaded_only_where_needed(
    tmp_path: Path, text: str, options: tuple[str, ...], wanted: str
) -> None:
    path = tmp_path / "text.txt"
    path.write_text(text, encoding="utf-8")
    check(path, wanted, *options)


@pytest.mark.parametrize("config", ["[project]\n", '[tool.other]\nkey = "value"\n'])
def test_a_configuration_without_our_table_is_not_parsed(tmp_path: Path, config: str) -> None:
    path = tmp_path / "text.txt"
    path.write_text("No pronoun, no verb.\n", encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text(config, encoding="utf-8")
    check(path, "")


def test_torch_that_the_user_has_imported_stays_imported() -> None:
    pytest.importorskip("torch", reason="torch is in the extra `train`")
    program = "import sys, torch; import gru_lint; gru_lint.lint_text('He left.'); assert sys.modules['torch'] is torch"
    subprocess.run([sys.executable, "-c", program], check=True)


def test_torch_can_be_imported_after_linting() -> None:
    pytest.importorskip("torch", reason="torch is in the extra `train`")
    program = "import gru_lint; gru_lint.lint_text('He left.'); import torch; torch.zeros(1)"
    subprocess.run([sys.executable, "-c", program], check=True)


def test_the_command_line_of_spacy_is_imported_only_where_it_is_asked_for() -> None:
    program = """
import sys
import gru_lint
gru_lint.lint_text("He left.")
assert "spacy" in sys.modules
assert not {"requests", "spacy.cli", "spacy.cli.info", "weasel"} & set(sys.modules), sys.modules.keys()
import spacy
assert spacy.info(silent=True)["spacy_version"] == spacy.__version__
import spacy.cli
assert spacy.cli.download
"""
    subprocess.run([sys.executable, "-c", program], check=True)
