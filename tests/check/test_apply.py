"""Diffs that patch can apply, and asking about one finding at a time."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from gru_lint.check.apply import Decision, Questions, ask_person, diff_of, write_fixed
from gru_lint.check.batch import CheckResult, FileTask, check_text
from gru_lint.config.settings import read_settings
from gru_lint.files.write import WriteError
from gru_lint.records import Finding, Span

_TEXT = "\ufeffThe king hurt herself.\r\n\r\nThe queen cut himself.\r\n\r\nThe bishop burnt herself.\r\n"
_FIXED = "\ufeffThe king hurt himself.\r\n\r\nThe queen cut himself.\r\n\r\nThe bishop burnt herself.\r\n"
_ALL = read_settings({"fix-confidence": 0.5})


@pytest.mark.skipif(shutil.which("git") is None, reason="git applies the diffs")
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a\nb\nc\n", "a\nB\nc\n"),
        ("a", "b"),
        ("a\nb", "a\nc"),
        ("a\r\nb\r\n", "a\r\nc\r\n"),
        ("\ufeffa\n", "\ufeffb\n"),
        ("a\x0cb\u2028c\rd\n", "a\x0cb\u2028e\rd\n"),
        ("x\n" * 50 + "a\n" + "y\n" * 50 + "b", "x\n" * 50 + "b\n" + "y\n" * 50 + "c"),
        ("--- a\n+++ b\n", "--- b\n+++ b\n"),
    ],
)
def test_a_diff_can_be_applied(tmp_path: Path, before: str, after: str) -> None:
    path = tmp_path / "text.txt"
    path.write_bytes(before.encode())
    diff = diff_of("text.txt", before, after)
    command = ["git", "apply", "-p0", "--whitespace=nowarn"]
    subprocess.run(command, input=diff.encode(), cwd=tmp_path, check=True, capture_output=True)
    assert path.read_bytes() == after.encode()


def test_there_is_no_diff_of_what_stays() -> None:
    assert diff_of("text.txt", "a\n", "a\n") == ""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "text.txt"
    path.write_bytes(_TEXT.encode())
    return path


def checked_file(path: Path) -> CheckResult:
    """What is found in the text, which stands in a file."""
    return check_text(FileTask(path, str(path), _ALL), _TEXT)


def test_what_was_fixed_is_written_with_its_line_ends_and_mark(path: Path) -> None:
    checked = check_text(FileTask(path, str(path), _ALL, wants_fixes=True), _TEXT)
    write_fixed(checked)
    assert checked.fixed is not None
    assert path.read_bytes() == checked.fixed.text.encode()
    assert path.read_bytes().startswith(b"\xef\xbb\xbfThe king hurt himself.\r\n")
    with pytest.raises(WriteError, match="has changed since"):
        write_fixed(checked)


def check_asking(path: Path, answers: list[Decision], after: str, n_left: int) -> None:
    """The file after these answers, in the order of the findings, and how many are left; all answers were wanted."""
    given = iter(answers)
    questions = Questions()
    remaining = questions.fix(checked_file(path), lambda finding, fits: next(given))
    assert path.read_bytes().decode() == after
    assert (questions.n_fixed, len(remaining)) == (2 - n_left, n_left)
    assert list(given) == []


_BOTH = _FIXED.replace("queen cut himself", "queen cut herself")


@pytest.mark.parametrize(
    ("answers", "after", "n_left"),
    [
        ([Decision("himself"), Decision("herself")], _BOTH, 0),
        ([Decision("himself"), Decision()], _FIXED, 1),
        ([Decision(), Decision()], _TEXT, 2),
        ([Decision("himself", to_all=True)], _BOTH, 0),
        ([Decision(is_last=True)], _TEXT, 2),
        ([Decision("himself"), Decision(is_last=True)], _FIXED, 1),
        (
            [Decision("theirself"), Decision("xemself")],
            _TEXT.replace("king hurt herself", "king hurt theirself").replace("queen cut himself", "queen cut xemself"),
            0,
        ),
        ([Decision("a b"), Decision("<b>")], _TEXT, 2),
    ],
)
def test_answers_are_done(path: Path, answers: list[Decision], after: str, n_left: int) -> None:
    path.write_bytes(_TEXT.encode())
    check_asking(path, answers, after, n_left)


def test_an_answer_is_written_before_the_next_question(path: Path) -> None:
    def ask(*_: object) -> Decision:
        if path.read_bytes().decode() == _TEXT:
            return Decision("himself")
        assert path.read_bytes().decode() == _FIXED
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Questions().fix(checked_file(path), ask)
    assert path.read_bytes().decode() == _FIXED


def test_a_file_that_changes_while_it_is_asked_about_is_left_alone(path: Path) -> None:
    def ask(*_: object) -> Decision:
        path.write_text("Somebody else was here.", encoding="utf-8")
        return Decision("himself")

    with pytest.raises(WriteError, match="has changed since"):
        Questions().fix(checked_file(path), ask)
    assert path.read_text(encoding="utf-8") == "Somebody else was here."


_FINDING = Finding("PA001", "gender-mismatch", "", Span(0, 3), ("his", "him"), None, 0.9)


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        (["y"], Decision("his")),
        (["YES "], Decision("his")),
        (["n"], Decision()),
        (["a"], Decision("his", to_all=True)),
        (["q"], Decision(is_last=True)),
        (["2"], Decision("him")),
        (["o", "their"], Decision("their")),
        (["what?", "", "n"], Decision()),
        (["his", "n"], Decision()),
        (["o", "two words", "o", "xyr"], Decision("xyr")),
        (["o", "", "q"], Decision(is_last=True)),
        (["3", "y"], Decision("his")),
        ([], Decision(is_last=True)),
        (["o"], Decision(is_last=True)),
    ],
)
def test_what_a_person_says_is_understood(said: list[str], answer: Decision) -> None:
    lines = iter(said)
    told: list[str] = []

    def read(prompt: str) -> str:
        assert prompt.startswith('Write "his" instead?') or prompt == "Write: "
        try:
            return next(lines)
        except StopIteration:
            raise EOFError from None

    assert ask_person(_FINDING, str.isalpha, read, told.append) == answer
    assert list(lines) == []


def test_a_word_that_cannot_be_written_is_not_offered() -> None:
    prompts: list[str] = []
    said = iter(["y", "a", "1", "n"])

    def read(prompt: str) -> str:
        prompts.append(prompt)
        return next(said)

    assert ask_person(_FINDING, lambda word: False, read, str) == Decision()
    assert prompts[0] == "No word is known that fits. [n no, o other, q quit] "
