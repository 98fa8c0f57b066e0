"""A text that was not read to its end is never a text without findings: a line, and exit 2 or a note."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gru_lint.cli import main

_KING = "The king hurt herself."
_LONG = "x" * 20_001
_LINE = "a.py:2:1: not read from here to the end: a line is longer than 20,000 characters\n"


@pytest.fixture
def folder(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GRU_LINT_CACHE_DIR", str(tmp_path_factory.mktemp("caches")))
    return tmp_path


def check(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """The exit code, standard output and standard error of `gru-lint check`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["gru-lint", "check", "--output-format", "concise", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
    out, err = capsys.readouterr()
    return int(ended.value.code or 0), out, err


def test_what_was_not_read_is_said_every_time(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "a.py").write_text(f"# {_KING}\n{_LONG}\n# {_KING}\n", encoding="utf-8")
    # The second time what was found could come from the cache.
    for _ in range(2):
        code, out, err = check(capsys, "a.py")
        assert (code, err) == (2, f"gru-lint: {_LINE}")
        assert out.startswith("a.py:1:17: PA004 ")
        assert out.endswith("Found 1 finding in 1 file.\n")


def test_with_exit_zero_it_is_a_note(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "a.py").write_text(f"# {_KING}\n{_LONG}\n# {_KING}\n", encoding="utf-8")
    code, out, err = check(capsys, "--exit-zero", "a.py")
    assert (code, err) == (0, f"gru-lint: note: {_LINE}")
    assert out.startswith("a.py:1:17: PA004 ")


def test_with_exit_zero_a_file_that_cannot_be_read_is_a_failure_still(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = check(capsys, "--exit-zero", "none.py")
    assert code == 2
    assert err.count("\n") == 1


def test_a_message_in_base64_is_not_passed_over(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # Its words show no pronoun before they are decoded.
    message = "Content-Transfer-Encoding: base64\n\nVGhlIGtpbmcgaHVydCBoZXJzZWxmLg==\n"
    (folder / "a.eml").write_text(message, encoding="utf-8")
    code, _, err = check(capsys, "a.eml")
    assert (code, err.count("\n")) == (2, 1)
    assert "a.eml:3:1: not read from here to the end: it is written in Base64" in err


def test_where_no_pronoun_is_nothing_is_missed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "a.py").write_text(f"# He left.\n{_LONG}\n# No person here.\n", encoding="utf-8")
    assert check(capsys, "a.py") == (0, "No findings in 1 file.\n", "")


def test_verbs_that_a_rule_would_judge_are_missed_too(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gru_lint.linter.pipeline.weights_judge_verbs", lambda: True)
    (folder / "a.py").write_text(f"# A line.\n{_LONG}\n# The dogs barks.\n", encoding="utf-8")
    assert check(capsys, "a.py")[::2] == (2, f"gru-lint: {_LINE}")
    assert check(capsys, "--ignore", "SV,DN,PC", "a.py")[::2] == (0, "")


def test_it_is_an_error_in_the_report_of_tests(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "a.py").write_text(f"# He left.\n{_LONG}\n# {_KING}\n", encoding="utf-8")
    code, out, _ = check(capsys, "--output-format", "junit", "a.py")
    assert code == 2
    assert "not read from here to the end" in out


def test_adopting_says_what_it_could_not_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "a.py").write_text(f"# {_KING}\n{_LONG}\n# {_KING}\n", encoding="utf-8")
    code, _, err = check(capsys, "--add-ignores", "a.py")
    assert (code, err) == (2, f"gru-lint: {_LINE}")
    assert "gru-lint: ignore PA004" in (folder / "a.py").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.ipynb", json.dumps({"a": json.loads("[" * 70 + "]" * 70), "b": _KING}), "nested too deeply"),
        ("a.md", f"{'> ' * 120}{_KING}\n", "nested too deeply"),
        ("a.ipynb", '{"cells": [{"cell_type": "markdown", "source": ["' + _KING, "it is no JSON"),
    ],
)
def test_no_reason_is_silent(folder: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, said: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")
    code, _, err = check(capsys, name)
    assert code == 2
    assert said in err
    assert err.count("\n") == 1
