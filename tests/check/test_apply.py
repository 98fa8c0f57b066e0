"""Diffs that patch can apply, and asking about one finding at a time."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from gru_lint.check.apply import Answer, Questions, ask_person, diff_of, write_fixed
from gru_lint.check.batch import check_text
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


def test_what_was_fixed_is_written_with_its_line_ends_and_mark(path: Path) -> None:
    checked = check_text(_TEXT, str(path), _ALL, wants_fixes=True)
    write_fixed(path, checked)
    assert checked.fixed is not None
    assert path.read_bytes() == checked.fixed.text.encode()
    assert path.read_bytes().startswith(b"\xef\xbb\xbfThe king hurt himself.\r\n")
    with pytest.raises(WriteError, match="has changed since"):
        write_fixed(path, checked)


def check_asking(path: Path, answers: list[Answer], after: str, n_left: int) -> None:
    """The file after these answers, in the order of the findings, and how many are left; all answers were wanted."""
    given = iter(answers)
    questions = Questions()
    remaining = questions.fix(path, check_text(_TEXT, str(path), _ALL), _ALL, lambda finding, fits: next(given))
    assert path.read_bytes().decode() == after
    assert (questions.n_fixed, len(remaining)) == (2 - n_left, n_left)
    assert list(given) == []


_BOTH = _FIXED.replace("queen cut himself", "queen cut herself")


@pytest.mark.parametrize(
    ("answers", "after", "n_left"),
    [
        ([Answer("himself"), Answer("herself")], _BOTH, 0),
        ([Answer("himself"), Answer()], _FIXED, 1),
        ([Answer(), Answer()], _TEXT, 2),
        ([Answer("himself", to_all=True)], _BOTH, 0),
        ([Answer(is_last=True)], _TEXT, 2),
        ([Answer("himself"), Answer(is_last=True)], _FIXED, 1),
        (
            [Answer("theirself"), Answer("xemself")],
            _TEXT.replace("king hurt herself", "king hurt theirself").replace("queen cut himself", "queen cut xemself"),
            0,
        ),
        ([Answer("a b"), Answer("<b>")], _TEXT, 2),
    ],
)
def test_answers_are_done(path: Path, answers: list[Answer], after: str, n_left: int) -> None:
    path.write_bytes(_TEXT.encode())
    check_asking(path, answers, after, n_left)


def test_an_answer_is_written_before_the_next_question(path: Path) -> None:
    def ask(*_: object) -> Answer:
        if path.read_bytes().decode() == _TEXT:
            return Answer("himself")
        assert path.read_bytes().decode() == _FIXED
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Questions().fix(path, check_text(_TEXT, str(path), _ALL), _ALL, ask)
    assert path.read_bytes().decode() == _FIXED


def test_a_file_that_changes_while_it_is_asked_about_is_left_alone(path: Path) -> None:
    def ask(*_: object) -> Answer:
        path.write_text("Somebody else was here.", encoding="utf-8")
        return Answer("himself")

    with pytest.raises(WriteError, match="has changed since"):
        Questions().fix(path, check_text(_TEXT, str(path), _ALL), _ALL, ask)
    assert path.read_text(encoding="utf-8") == "Somebody else was here."


_FINDING = Finding("PA001", "gender-mismatch", "", Span(0, 3), ("his", "him"), None, 0.9)


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        (["y"], Answer("his")),
        (["YES "], Answer("his")),
        (["n"], Answer()),
        (["a"], Answer("his", to_all=True)),
        (["q"], Answer(is_last=True)),
        (["2"], Answer("him")),
        (["o", "their"], Answer("their")),
        (["what?", "", "n"], Answer()),
        (["his", "n"], Answer()),
        (["o", "two words", "o", "xyr"], Answer("xyr")),
        (["o", "", "q"], Answer(is_last=True)),
        (["3", "y"], Answer("his")),
        ([], Answer(is_last=True)),
        (["o"], Answer(is_last=True)),
    ],
)
def test_what_a_person_says_is_understood(said: list[str], answer: Answer) -> None:
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

    assert ask_person(_FINDING, lambda word: False, read, str) == Answer()
    assert prompts[0] == "No word is known that fits. [n no, o other, q quit] "
