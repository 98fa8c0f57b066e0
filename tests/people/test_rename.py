"""Whole texts in which somebody is renamed or has other pronouns afterwards, with the exact result.

tests/data/renames.txt holds them; `pytest tests/people/test_rename.py --rewrite-cases` writes the results again, to be
read as a diff.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from gru_lint.linter import default_linter
from gru_lint.people.chains import read_chains
from gru_lint.people.rename import RenameError, Renaming, find_person, pronouns_for, read_name, rename, words_of

_FILE = Path(__file__).parents[1] / "data" / "renames.txt"
_BEGIN, _RESULT = "\n## ", "\n=>\n"


class _Case(NamedTuple):
    """A text with what is asked of it."""

    title: str
    settings: str
    text: str
    result: str

    def asked(self, key: str) -> str | None:
        """One of its settings."""
        return dict(setting.split(": ", 1) for setting in self.settings.split("; ")).get(key)


def _cases() -> list[_Case]:
    blocks = _FILE.read_text(encoding="utf-8").rstrip("\n").split(_BEGIN)[1:]
    cases = []
    for block in blocks:
        title, settings, body = block.split("\n", 2)
        text, _, result = body.partition(_RESULT)
        cases.append(_Case(title, settings, text.strip("\n"), result.strip("\n")))
    return cases


def _renaming(text: str, old: str, new: str | None, pronouns: str | None, filename: str | None = None) -> Renaming:
    chains = read_chains(default_linter(), text, filename, words_of(old))
    sets = pronouns_for(pronouns) if pronouns else None
    return rename(chains, find_person(chains, old), old if new else None, new, sets)


def _marked(text: str, renaming: Renaming) -> str:
    """The text after what is sure, and what is to be looked at in braces."""
    pieces, here = [], 0
    for change in renaming.changes:
        before = text[change.span.start : change.span.end]
        written = change.edit.written
        shown = written if change.doubt is None else f"{{{before}→{written}: {change.doubt}}}"
        pieces += [text[here : change.span.start], shown]
        here = change.span.end
    return "".join((*pieces, text[here:]))


def _result(case: _Case) -> str:
    old = case.asked("from")
    assert old is not None
    return _marked(case.text, _renaming(case.text, old, case.asked("to"), case.asked("pronouns"), case.asked("file")))


@pytest.mark.parametrize("case", _cases(), ids=lambda case: case.title)
def test_a_text_after_somebody_is_renamed(case: _Case, pytestconfig: pytest.Config) -> None:
    result = _result(case)
    if pytestconfig.getoption("--rewrite-cases"):
        head = _FILE.read_text(encoding="utf-8").split(_BEGIN)[0]
        rest = [known if known.title != case.title else case._replace(result=result) for known in _cases()]
        blocks = (f"{one.title}\n{one.settings}\n{one.text}{_RESULT}{one.result}\n" for one in rest)
        _FILE.write_text(_BEGIN.join((head, *blocks)), encoding="utf-8", newline="\n")
        return
    assert result == case.result


def test_there_are_forty_texts_each_with_a_title_of_its_own() -> None:
    titles = [case.title for case in _cases()]
    assert len(titles) == len(set(titles)) >= 40


def test_a_name_that_two_people_have_is_asked_about() -> None:
    with pytest.raises(RenameError, match='"Watson" may be "Mr Watson" or "Mrs Watson"; say which'):
        _renaming("Mr Watson met Mrs Watson.", "Watson", "Brown", None)


def test_nobody_of_that_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(RenameError, match=re.escape('nobody called "Marry"; did you mean "Mary"?')):
        _renaming("Mary met John.", "Marry", "Martin", None)


@pytest.mark.parametrize("written", ["", "  ", "Mary; rm", "Mary\nJohn\x1b", "42"])
def test_what_is_no_name_is_refused(written: str) -> None:
    with pytest.raises(RenameError, match="is no name"):
        read_name(written)


@pytest.mark.parametrize(("written", "message"), [("any", "says no pronoun to write"), ("shee", 'did you mean "she"')])
def test_pronouns_that_say_nothing_to_write_are_refused(written: str, message: str) -> None:
    with pytest.raises(RenameError, match=message):
        pronouns_for(written)


@pytest.mark.parametrize(
    "text", ["", "Mary", "Mary.", "\r\n\r\nMary met John.\r\nShe saw him.\r\n", "\ufeffMary slept."]
)
def test_texts_of_any_shape_keep_all_but_what_is_renamed(text: str) -> None:
    if not text:
        with pytest.raises(RenameError, match="nobody called"):
            _renaming(text, "Mary", "Maria", None)
        return
    assert _renaming(text, "Mary", "Maria", None).text_after(text) == text.replace("Mary", "Maria")


def test_a_rename_there_and_back_gives_the_text_again() -> None:
    text = "Mary met John. She was late, and he scolded her. Her bag was heavy. Mrs Hill saw them."
    there = _renaming(text, "Mary", "Martin", "he").text_after(text)
    assert there != text
    # Of two men it is less clear who is meant: what is to be looked at is taken, too.
    assert "Mary met John. She was late" in _renaming(there, "Martin", "Mary", "she").text_after(there, unsure=True)
