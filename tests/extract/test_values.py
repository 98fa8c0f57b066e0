"""Values of data: which are prose, and what is said where none is."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from gru_lint.cli import application
from gru_lint.extract import MARKS, extract_prose

_JSON = '{"title": "Yes", "id": "no", "pages": [{"body": "Yes", "url": "no"}]}'
_YAML = 'title: "Yes"\nid: no\npages:\n  - body: |\n      Yes\n    url: no\n'


def read(text: str, name: str, keys: tuple[str, ...] = ()) -> str:
    prose = extract_prose(text, name, keys)
    assert len(prose) == len(text)
    return " ".join(prose.translate(dict.fromkeys(map(ord, MARKS), " ")).split())


@pytest.mark.parametrize(
    ("name", "keys", "wanted"),
    [
        ("data", (), ""),
        ("data", ("title", "body"), "Yes Yes"),
        ("data", ("pages.body",), "Yes"),
        ("data", ("pages.*",), "Yes no"),
        ("data", ("*",), "Yes no Yes no"),
        ("en", (), "Yes no Yes no"),
        ("app_en-GB", (), "Yes no Yes no"),
        ("locales/en/home", (), "Yes no Yes no"),
        ("locales/de/home", (), ""),
        ("open", (), ""),
        ("en", ("title",), "Yes"),
    ],
)
def test_which_values_are_prose(name: str, keys: tuple[str, ...], wanted: str) -> None:
    assert read(_JSON, f"{name}.json", keys) == wanted
    assert read(_YAML, f"{name}.yml", keys) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('{"a": "Yes \\"yes\\" <b>yes</b>"}', "Yes yes yes"),
        ('{"a": "{name} left"}', "{name} left"),
        ('{"a": "{n, plural, one {her dog} other {his {n} dogs}} left"}', "} left"),
        ('{"@@locale": "de", "a": "no"}', ""),
        ('{"@a": {"description": "no"}, "a": "Yes"}', "Yes"),
    ],
)
def test_translations_of_flutter(text: str, wanted: str) -> None:
    assert read(text, "app.arb") == wanted


def test_comments_of_yaml_are_read_beside_values() -> None:
    assert read("# Yes\na: Yes\nb: no\n", "x.yaml", ("a",)) == "Yes Yes"


@pytest.mark.parametrize("name", ["a.json", "a.yml", "a.xml", "a.jsonl"])
def test_a_file_without_prose_is_said_to_hold_none(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = {"a.json": '{"a": "The king hurt herself."}', "a.yml": "a: The king hurt herself.\n"}
    Path(name).write_text(text.get(name, "<a>1</a>" if name == "a.xml" else '{"a": "herself"}\n'), encoding="utf-8")
    result = CliRunner().invoke(application, ["check", "--no-cache", "--isolated", name])
    assert f"{name}: nothing in it is prose" in result.stderr
    assert "--column" in result.stderr
    assert "No findings" not in result.output
    assert result.exit_code == 0


def test_a_setting_names_the_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("gru-lint.toml").write_text('text-keys = ["bio"]\n', encoding="utf-8")
    Path("a.json").write_text('{"bio": "The king hurt herself.", "x": "The king hurt herself."}', encoding="utf-8")
    result = CliRunner().invoke(application, ["check", "--no-cache", "--output-format", "concise", "a.json"])
    assert result.stdout.count("PA004") == 1
