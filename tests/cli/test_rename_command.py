"""`gru-lint rename`: what it writes, shows and says."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from gru_lint.cli import application

_TEXT = "Mary met John. She was late, and he scolded her. Mrs Hill lives in Mary Street.\n"
_AFTER = "Martin met John. He was late, and he scolded him. Mrs Hill lives in Mary Street.\n"


def _run(*arguments: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(application, ["rename", *arguments, "--isolated"], input=typed)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A text of two people."""
    file = tmp_path / "book.txt"
    file.write_bytes(_TEXT.encode())
    return file


def test_what_is_sure_is_written_and_the_rest_listed(book: Path) -> None:
    result = _run(str(book), "--from", "Mary", "--to", "Martin")
    assert result.exit_code == 0, result.output
    assert book.read_text(encoding="utf-8") == _AFTER
    assert f'{book}:1:68: look at this one: "Mary" → "Martin" the name of a place or a thing' in result.stderr
    assert "Changed 3 words; 1 to be looked at, which --unsure changes, too." in result.stderr


def test_what_is_not_sure_is_changed_where_that_is_asked_for(book: Path) -> None:
    assert _run(str(book), "--from", "Mary", "--to", "Martin", "--unsure").exit_code == 0
    assert book.read_text(encoding="utf-8") == _AFTER.replace("Mary", "Martin")


def test_a_diff_writes_nothing(book: Path) -> None:
    result = _run(str(book), "--from", "Mary", "--to", "Martin", "--diff")
    assert result.exit_code == 0
    assert f"-{_TEXT}+{_AFTER}" in result.stdout
    assert book.read_text(encoding="utf-8") == _TEXT


def test_standard_input_goes_to_standard_output() -> None:
    result = _run("-", "--from", "Mary", "--to", "Martin", typed=_TEXT)
    assert result.stdout == _AFTER


def test_pronouns_are_kept_where_that_is_asked_for(book: Path) -> None:
    assert _run(str(book), "--from", "Mary", "--to", "Martin", "--pronouns", "keep").exit_code == 0
    assert book.read_text(encoding="utf-8") == _TEXT.replace("Mary met", "Martin met")


def test_a_word_that_is_a_name_in_this_text_is_found(tmp_path: Path) -> None:
    file = tmp_path / "rose.txt"
    file.write_text("Rose met John. John liked Rose.", encoding="utf-8")
    assert _run(str(file), "--from", "Rose", "--to", "Lily").exit_code == 0
    assert file.read_text(encoding="utf-8") == "Lily met John. John liked Lily."


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--from", "Mary"], "say what changes"),
        (["--from", "Mary", "--pronouns", "keep"], "say what changes"),
        (["--from", "Marry", "--to", "Martin"], 'nobody called "Marry"; did you mean "Mary"?'),
        (["--from", "", "--to", "Martin"], '"" is no name'),
        (["--from", "Mary", "--to", "M@rtin"], '"M@rtin" is no name'),
        (["--from", "Mary", "--pronouns", "hee"], 'did you mean "he"?'),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line_and_nothing_is_written(
    book: Path, arguments: list[str], said: str
) -> None:
    result = _run(str(book), *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
    assert book.read_text(encoding="utf-8") == _TEXT


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    result = _run(str(tmp_path / "none.txt"), "--from", "Mary", "--to", "Martin")
    assert result.exit_code == 2
    assert "none.txt: cannot be read" in result.stderr


def test_a_word_processors_document_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "book.docx"
    file.write_bytes(b"PK as it was")
    result = _run(str(file), "--from", "Mary", "--to", "Martin")
    assert (result.exit_code, file.read_bytes()) == (2, b"PK as it was")
    assert "book.docx: is no text that can be changed in its place" in result.stderr
