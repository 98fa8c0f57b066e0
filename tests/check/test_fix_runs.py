"""`gru-lint check` with fixes, as a user runs it."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from check_runs import BOYS, DIFF, FIXED, KING, check, read_to, start

_LEFT = 'boys.md:1:21: PA002 "It" refers to "The boys": expected "They"\n'


def test_fixing_leaves_and_reports_what_it_does_not_fix(folder: Path) -> None:
    check("--fix", cwd=folder, code=1, out=f"{_LEFT}Found 2 findings (1 fixed, 1 remaining) in 2 files.\n")
    assert (folder / "king.md").read_text(encoding="utf-8") == FIXED
    check("--fix", cwd=folder, code=1, out=f"{_LEFT}Found 1 finding in 2 files.\n")
    check("--fix", "king.md", cwd=folder, code=0, out="No findings in 1 file.\n")


def test_a_diff_shows_what_would_be_fixed_and_writes_nothing(folder: Path) -> None:
    check("--diff", cwd=folder, code=1, out=DIFF, err="Would fix 1 finding.\n")
    check("--fix", "--diff", "-q", cwd=folder, code=1, out=DIFF)
    check("--diff", "boys.md", cwd=folder, code=0, out="", err="Would fix nothing.\n")
    assert (folder / "king.md").read_text(encoding="utf-8") == KING


def test_standard_input_is_fixed_to_standard_output(folder: Path) -> None:
    said = "Found 1 finding (1 fixed, 0 remaining) in 1 file.\n"
    check("--fix", "-", cwd=folder, code=0, stdin=KING, out=FIXED, err=said)
    check("--fix", "-q", "-", cwd=folder, code=0, stdin="\ufeffAll is well.\r\n", out="\ufeffAll is well.\n")
    # Standard input alone leaves no folder behind.
    assert sorted(path.name for path in folder.iterdir()) == ["boys.md", "king.md"]


def test_a_file_that_cannot_be_written_is_told_and_reported(folder: Path) -> None:
    (folder / "king.md").chmod(0o444)
    told = "gru-lint: king.md: is read-only; nothing was written\n"
    printed = check("--fix", "king.md", cwd=folder, code=2, err=told)
    assert printed.endswith("Found 1 finding in 1 file.\n")
    assert (folder / "king.md").read_text(encoding="utf-8") == KING


@pytest.mark.parametrize(
    ("stdin", "code", "king", "boys"),
    [
        ("y\ny\n", 0, FIXED, BOYS.replace("It", "They")),
        ("n\ny\n", 1, FIXED, BOYS),
        ("o\nWe\nq\n", 1, KING, BOYS.replace("It", "We")),
        ("a\n", 0, FIXED, BOYS.replace("It", "They")),
        ("y\n", 1, KING, BOYS.replace("It", "They")),
        ("", 1, KING, BOYS),
    ],
)
def test_a_person_is_asked(folder: Path, stdin: str, code: int, king: str, boys: str) -> None:
    printed = check("--fix", "--interactive", cwd=folder, code=code, stdin=stdin)
    assert printed.startswith("boys.md:1:21: PA002")
    assert [(folder / f"{name}.md").read_text(encoding="utf-8") for name in ("king", "boys")] == [king, boys]


@pytest.mark.skipif(os.name != "posix", reason="Ctrl-C is sent as POSIX does")
def test_what_was_answered_before_ctrl_c_is_written(folder: Path) -> None:
    with start("check", "--interactive", cwd=folder) as process:
        assert process.stdin is not None
        process.stdin.write("y\n")
        process.stdin.flush()
        assert process.stdout is not None
        for _ in range(2):
            read_to(process.stdout, "quit] ")
        os.killpg(process.pid, signal.SIGINT)
        printed, said = process.communicate(timeout=60)
    assert (process.returncode, said) == (130, "gru-lint: interrupted\n")
    assert printed.endswith("Fixed 1 finding.\n")
    assert "They" in (folder / "boys.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--interactive", "-"), "--interactive needs files: standard input cannot be read twice"),
        (("--watch", "-"), "--watch needs files: standard input cannot be read twice"),
        (("--interactive", "--diff"), "--interactive asks, --diff runs by itself: leave one of them out"),
        (
            ("--fix", "--baseline", "a.json"),
            "--fix, --diff and --interactive go without --baseline, --write-baseline and --add-ignores",
        ),
        (("--interactive", "--watch"), "--interactive asks, --watch runs by itself: leave one of them out"),
    ],
)
def test_what_does_not_go_together_is_told(folder: Path, arguments: tuple[str, ...], told: str) -> None:
    check(*arguments, cwd=folder, code=2, out="", err=f"gru-lint: {told}\n")
