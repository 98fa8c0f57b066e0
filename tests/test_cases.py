"""Whole documents: each file of tests/cases has beside it what `gru-lint check` says of it.

    pytest tests/test_cases.py --rewrite-cases    writes that again, to be read as a diff

`<name>.toml` beside a document is its configuration; what is no text is built by `built_cases.py`. A document is a page
in a format or for a rule, with a few errors, of which the weights of this package may not find all, and they may flag
what is right: both are expected here.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from built_cases import BUILT_CASES
from typer.testing import CliRunner

from gru_lint.cli import application
from gru_lint.extract import format_of, formats
from gru_lint.linter import default_linter
from gru_lint.model.weights_path import weights_judge_verbs
from gru_lint.rules import all_rules

_FOLDER = Path(__file__).parent / "cases"
_WRITTEN = {path.name for path in _FOLDER.iterdir() if path.suffix not in (".expected", ".toml")}
_DOCUMENTS = sorted(_WRITTEN | BUILT_CASES.keys())


def _report(name: str) -> str:
    """What the command line says of a document."""
    config = _FOLDER / f"{name}.toml"
    settings = ["--config", str(config)] if config.is_file() else ["--isolated"]
    result = CliRunner().invoke(application, ["check", "--no-cache", "--color", "never", *settings, name])
    assert result.exit_code in (0, 1), result.output
    return result.stdout


@pytest.mark.parametrize("name", _DOCUMENTS)
def test_what_is_said_of_a_document_is_what_stands_beside_it(
    name: str, pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if name in BUILT_CASES:
        (tmp_path / name).write_bytes(BUILT_CASES[name]())
    monkeypatch.chdir(tmp_path if name in BUILT_CASES else _FOLDER)
    found, beside = _report(name), _FOLDER / f"{name}.expected"
    if pytestconfig.getoption("--rewrite-cases"):
        beside.write_text(found, encoding="utf-8", newline="\n")
    assert beside.is_file(), "pytest tests/test_cases.py --rewrite-cases writes it"
    assert found == beside.read_text(encoding="utf-8"), "right? pytest tests/test_cases.py --rewrite-cases"


def test_every_format_of_documents_has_one() -> None:
    missing = {known.language for known in formats().values() if known.is_document}
    missing -= {format_of(name).language for name in _DOCUMENTS}
    assert not missing, "a page in this format, with an error or two, in tests/cases"


def test_every_rule_finds_something_in_one() -> None:
    reports = "".join(path.read_text(encoding="utf-8") for path in _FOLDER.glob("*.expected"))
    thresholds = default_linter().thresholds()
    # A rule of which the weights know nothing yet finds nothing.
    speaking = [
        rule
        for rule in all_rules()
        if (weights_judge_verbs() if rule.judges_forms else not rule.judge or thresholds[rule.name]["long"] < 1)
    ]
    missing = {rule.code for rule in speaking if f": {rule.code} [" not in reports}
    assert not missing, "a page for this rule in tests/cases"


def test_what_stands_beside_a_document_belongs_to_one() -> None:
    assert not _WRITTEN & BUILT_CASES.keys()
    beside = {path.name for path in _FOLDER.iterdir()} - set(_DOCUMENTS)
    assert beside <= {f"{name}{suffix}" for name in _DOCUMENTS for suffix in (".expected", ".toml")}
