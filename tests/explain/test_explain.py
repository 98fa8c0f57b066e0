"""`gru-lint explain`: every format, exact probabilities, places that cannot be explained, and hostile texts."""

from __future__ import annotations

import builtins
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from gru_lint.cli import application
from gru_lint.english.pronouns import CLASSES
from gru_lint.linter import default_linter
from gru_lint.records import Judgement

_ROOT = Path(__file__).parents[2]
_SAMPLE = _ROOT / "samples" / "watson.md"
_EVIL = '<script>alert(1)</script> \x1b[2J & "Mary" lost his hat.'


def run(*arguments: str) -> Result:
    """Runs `gru-lint explain`."""
    return CliRunner().invoke(application, ["explain", *arguments])


def check(*arguments: str) -> str:
    """What is printed where nothing is wrong."""
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


def unwrapped(text: str) -> str:
    """A text without its line breaks, which depend on how long the path of the sample is."""
    return " ".join(text.split())


def test_the_text_says_what_is_expected_and_what_hangs_on_whom() -> None:
    shown = unwrapped(check(f"{_SAMPLE}:3:108"))
    for part in ('"her" refers to "Mr Watson": expected "his"', "masculine (he)", "«her»", "by the gates", "left out"):
        assert part in shown
    assert 'Both measures agree: it depends most on "Mr" of "Mr Watson".' in shown
    assert "\033" not in shown
    assert "\033[" in check(f"{_SAMPLE}:3:108", "--color", "always")


def test_a_right_pronoun_is_explained_as_well() -> None:
    shown = unwrapped(check(f"{_SAMPLE}:3:52"))
    assert '"He" is not flagged; it is taken for "Mr Watson"' in shown


def test_what_is_reported_beside_another_finding_is_said_of_it(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Mr Brown was late, and she blamed herself for it.\n", encoding="utf-8")
    assert '"herself" refers to "Mr Brown": expected "himself"' in unwrapped(check(f"{file}:1:35", "--isolated"))


def test_the_probabilities_are_those_of_check() -> None:
    text = _SAMPLE.read_text(encoding="utf-8")
    for window, judgements in default_linter().judge(text, str(_SAMPLE)):
        for judgement in judgements:
            if not isinstance(judgement, Judgement):
                continue
            start = window.starts[judgement.word_index]
            row, column = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
            found = json.loads(check(f"{_SAMPLE}:{row}:{column}", "--output-format", "json", "--isolated"))
            assert (found["start"], found["line"], found["column"]) == (start, row, column)
            for name, share in found["probabilities"].items():
                assert share == judgement.probabilities[CLASSES.index(name)]


@pytest.mark.parametrize(
    ("text", "at", "written"),
    [
        ("Mary lost his hat. He left.", None, "his"),
        ("Mary lost her hat. She left.", None, "her"),
        ("Mary lost her hat.\nShe left.", "2:3", "She"),
        ("\ufeffMary lost her hat.", "1:11", "her"),
        ("🎩 Mary lost her hat.", "1:13", "her"),
    ],
)
def test_a_text_is_explained_where_it_is_asked_for(text: str, at: str | None, written: str) -> None:
    found = json.loads(check("--text", text, "--output-format", "json", *(("--at", at) if at else ())))
    assert found["pronoun"] == written
    assert text[found["start"] : found["end"]] == written


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        ([], "say FILE:LINE:COLUMN"),
        (["draft.md"], '"draft.md" says no place'),
        (["missing.md:1:1"], "missing.md: cannot be read"),
        ([f"{_SAMPLE}:99:1"], "there is no line 99"),
        ([f"{_SAMPLE}:3:0"], "line 3 has no column 0"),
        ([f"{_SAMPLE}:3:900"], "line 3 has no column 900"),
        ([f"{_SAMPLE}:3:5"], '"Watson" is no pronoun; the nearest that is judged is "He" at 3:52'),
        ([f"{_SAMPLE}:2:1"], "no pronoun stands there"),
        (["--text", "I saw her.", "--at", "1:1"], '"I" is the speaker or the hearer, which is never judged'),
        (["--text", "IT works. She left.", "--at", "1:1"], '"IT" is a word in capitals'),
        (["--text", "I saw nobody."], "no pronoun of it is judged"),
        (["--text", "She left.", "--at", "1"], "is no place in a text"),
        (["--text", "She left.", "draft.md:1:1"], "or give a text"),
        (["draft.md:1:1", "--at", "1:1"], "--at goes with --text"),
    ],
)
def test_what_cannot_be_explained_is_said_in_a_line(arguments: list[str], wanted: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert wanted in result.stderr
    assert result.stderr.count("\n") == 1


class _Page(HTMLParser):
    """The elements of a page, what it would fetch, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.fetched: list[str] = []
        self.attributes: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes += [name for name, _ in attrs]
        self.fetched += [value or "" for name, value in attrs if name in ("src", "href", "data", "action")]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_hostile_text_stays_text() -> None:
    page = _Page(check("--text", _EVIL, "--output-format", "html"))
    assert "script" not in page.elements
    assert not any(name.startswith("on") or name == "style" for name in page.attributes)
    assert "script" in page.text
    assert page.fetched == ["data:,"]
    assert "\x1b" not in check("--text", _EVIL)
    assert re.search(r"(?<!\\)<", check("--text", _EVIL, "--output-format", "markdown")) is None


def test_the_page_allows_its_own_style_and_nothing_else() -> None:
    page = check(f"{_SAMPLE}:3:108", "--output-format", "html")
    assert re.search(r"default-src 'none'; style-src 'sha256-[\w+/=]+'", page)
    assert "unsafe" not in page
    assert "http:" not in page
    assert "https:" not in page


def test_the_picture_is_a_picture(tmp_path: Path) -> None:
    pytest.importorskip("PIL", reason="Pillow is in the extra `explain`")
    path = tmp_path / "watson.png"
    check(f"{_SAMPLE}:3:108", "--output-format", "png", "-o", str(path))
    assert path.read_bytes().startswith(b"\x89PNG\r\n")
    check("--text", "She left.", "--output-format", "png", "-o", str(path))


def test_without_pillow_one_line_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    real = builtins.__import__

    def without_pillow(name: str, *others: object, **more: object) -> object:
        if name.split(".")[0] == "PIL":
            raise ImportError(name)
        return real(name, *others, **more)  # type: ignore[arg-type]  # as they were

    monkeypatch.setattr(builtins, "__import__", without_pillow)
    result = run(f"{_SAMPLE}:3:108", "--output-format", "png", "-o", str(tmp_path / "x.png"))
    assert result.exit_code == 2
    assert result.stderr == 'gru-lint: a picture needs Pillow: pip install "gru-lint[explain]"\n'
