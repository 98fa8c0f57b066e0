"""Which configuration file holds, what it extends, and where each value comes from."""

from __future__ import annotations

from pathlib import Path

import pytest

from gru_lint.config.discovery import ConfigError, ConfigFinder
from gru_lint.config.patterns import Pattern


def write(root: Path, files: dict[str, str]) -> None:
    """Writes files below a folder."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def ignored(root: Path, name: str = "a.md", **more: object) -> str:
    """The codes of the rules that are ignored in a file, of PA001 to PA004."""
    settings = ConfigFinder(**more).settings_for(root / name)  # type: ignore[arg-type]
    known = {"gender-mismatch": "1", "number-mismatch": "2", "animacy-mismatch": "3", "reflexive-mismatch": "4"}
    return "".join(sorted(known[rule] for rule in settings.ignore))


def failure(root: Path, name: str = "a.md") -> str:
    """Why the configuration of a file cannot be used."""
    with pytest.raises(ConfigError) as raised:
        ConfigFinder().settings_for(root / name)
    assert "\n" not in str(raised.value)
    return str(raised.value).replace(str(root), "ROOT")


_ONE, _TWO, _THREE = ('ignore = ["PA001"]', 'ignore = ["PA002"]', 'ignore = ["PA003"]')
_SHARED = "[tool.gru-lint]\n"


@pytest.mark.parametrize(
    ("files", "wanted"),
    [
        ({"pyproject.toml": _SHARED + _ONE}, "1"),
        ({"gru-lint.toml": _ONE}, "1"),
        ({".gru-lint.toml": _ONE}, "1"),
        ({".gru-lint.toml": _ONE, "gru-lint.toml": _TWO, "pyproject.toml": _SHARED + _THREE}, "1"),
        ({"gru-lint.toml": _TWO, "pyproject.toml": _SHARED + _THREE}, "2"),
        ({"gru-lint.toml": "", "pyproject.toml": _SHARED + _THREE}, ""),
        ({"gru-lint.toml": _ONE, "in/pyproject.toml": "[tool.other]\n"}, "1"),
        ({"gru-lint.toml": _ONE, "in/.gru-lint.toml": _TWO}, "2"),
        ({"gru-lint.toml": _ONE, "in/gru-lint.toml": ""}, ""),
    ],
)
def test_the_nearest_file_holds(tmp_path: Path, files: dict[str, str], wanted: str) -> None:
    write(tmp_path, files)
    assert ignored(tmp_path, "in/a.md") == wanted


@pytest.mark.parametrize(
    ("files", "wanted"),
    [
        ({"gru-lint.toml": 'extend = "house.toml"', "house.toml": _ONE}, "1"),
        ({"gru-lint.toml": f'extend = "house.toml"\n{_TWO}', "house.toml": _ONE}, "2"),
        ({"gru-lint.toml": 'extend = "house.toml"\nignore = []', "house.toml": _ONE}, ""),
        ({"gru-lint.toml": 'extend = "x/b.toml"', "x/b.toml": 'extend = "c.toml"', "x/c.toml": _ONE}, "1"),
        ({"gru-lint.toml": 'extend = "x/pyproject.toml"', "x/pyproject.toml": _SHARED + _ONE}, "1"),
        ({"pyproject.toml": f'{_SHARED}extend = "gru.toml"', "gru.toml": _ONE}, "1"),
    ],
)
def test_a_file_extends_another(tmp_path: Path, files: dict[str, str], wanted: str) -> None:
    write(tmp_path, files)
    assert ignored(tmp_path) == wanted


def test_tables_are_merged_and_lists_are_not(tmp_path: Path) -> None:
    below = (
        '[pronouns]\nAlex = "they"\nNoor = "she"\n[severity]\nall = "hint"\nPA001 = "error"\n[names]\nRobin = "any"\n'
    )
    above = 'extend = "below.toml"\n[pronouns]\nAlex = "he"\n[severity]\nPA002 = "error"\n[names]\nKim = "feminine"\n'
    write(tmp_path, {"gru-lint.toml": above, "below.toml": below})
    settings = ConfigFinder().settings_for(tmp_path / "a.md")
    assert {known.name: known.pronouns.declared for known in settings.pronouns} == {"Alex": "he", "Noor": "she"}
    assert dict(settings.names) == {"Robin": "any", "Kim": "feminine"}
    severities = [settings.severity_of(f"{name}-mismatch") for name in ("gender", "number", "animacy")]
    assert severities == ["error", "error", "hint"]


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"gru-lint.toml": 'extend = "no.toml"'}, "ROOT/gru-lint.toml:1: extend: ROOT/no.toml: no such file"),
        (
            {"gru-lint.toml": '\nextend = "x/pyproject.toml"', "x/pyproject.toml": "[tool.x]"},
            "ROOT/gru-lint.toml:2: extend: ROOT/x/pyproject.toml: has no table [tool.gru-lint]",
        ),
        (
            {"gru-lint.toml": 'extend = "./gru-lint.toml"'},
            "ROOT/gru-lint.toml:1: extend goes in a circle: ROOT/gru-lint.toml extends ROOT/gru-lint.toml",
        ),
        (
            {"gru-lint.toml": 'extend = "b.toml"', "b.toml": '#\nextend = "gru-lint.toml"'},
            "ROOT/b.toml:2: extend goes in a circle: ROOT/gru-lint.toml extends ROOT/b.toml extends ROOT/gru-lint.toml",
        ),
        (
            {"gru-lint.toml": 'extend = "b.toml"', "b.toml": "\nignroe = []"},
            'ROOT/b.toml:2: unknown key "ignroe"; did you mean "ignore"?',
        ),
        ({"gru-lint.toml": "[tool.gru-lint]"}, 'ROOT/gru-lint.toml:1: unknown key "tool"; '),
    ],
)
def test_what_cannot_be_extended_is_told_in_one_line(tmp_path: Path, files: dict[str, str], message: str) -> None:
    write(tmp_path, files)
    assert failure(tmp_path).startswith(message)


@pytest.mark.parametrize(
    ("pattern", "name", "is_ignored"),
    [
        ("quotes/", "quotes/a.md", True),
        ("quotes/", "in/quotes/deep/a.md", True),
        ("/quotes/", "in/quotes/a.md", False),
        ("*.test.md", "in/a.test.md", True),
        ("*.test.md", "a.md", False),
        ("!src/", "src/a.md", False),
        ("!src/", "docs/a.md", True),
    ],
)
def test_rules_are_ignored_in_the_files_that_a_pattern_means(
    tmp_path: Path, pattern: str, name: str, is_ignored: bool
) -> None:
    write(tmp_path, {"gru-lint.toml": f'{_TWO}\nper-file-ignores = {{"{pattern}" = ["PA001"]}}'})
    assert ignored(tmp_path, name) == ("12" if is_ignored else "2")


def test_patterns_of_a_shared_file_mean_the_project_that_extends_it(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "shared/house.toml": 'exclude = ["drafts"]',
            "book/gru-lint.toml": 'extend = "../shared/house.toml"\nper-file-ignores = {a = ["PA001"]}',
            "gru-lint.toml": 'exclude = ["book/old"]',
            "book/in/gru-lint.toml": 'extend = "../../gru-lint.toml"',
        },
    )
    finder, book = ConfigFinder(), str(tmp_path / "book")
    settings = finder.configuration_in(book).settings
    assert settings.exclude == (Pattern("drafts", book),)
    assert settings.per_file_ignores == ((Pattern("a", book), ("gender-mismatch",)),)
    # But one that lies above the project means what it lies above.
    assert finder.configuration_in(f"{book}/in").settings.exclude == (Pattern("book/old", str(tmp_path)),)


def test_files_that_are_judged_alike_have_equal_settings(tmp_path: Path) -> None:
    files = {
        "x/gru-lint.toml": 'exclude = ["a"]\nper-file-ignores = {q = ["PA001"]}',
        "y/gru-lint.toml": "languages = []",
    }
    write(tmp_path, files)
    finder = ConfigFinder()
    assert finder.settings_for(tmp_path / "x" / "a.md") == finder.settings_for(tmp_path / "y" / "a.md")
    assert finder.settings_for(tmp_path / "x" / "q") != finder.settings_for(tmp_path / "y" / "q")


def test_the_command_line_goes_before_every_file(tmp_path: Path) -> None:
    write(tmp_path, {"gru-lint.toml": f"{_ONE}\n[min-confidence]\nPA001 = 0.1\nall = 0.2"})
    assert ignored(tmp_path, command_line={"ignore": ["PA002"]}) == "2"
    settings = ConfigFinder({"min-confidence": 0.7}).settings_for(tmp_path / "a.md")
    assert settings.min_confidence_of("gender-mismatch") == settings.min_confidence_of("number-mismatch") == 0.7
    with pytest.raises(ConfigError, match=r'^command line: unknown rule "PA01"; did you mean "PA001"\?$'):
        ConfigFinder({"select": ["PA01"]})


def test_one_file_can_be_named_for_everything(tmp_path: Path) -> None:
    write(tmp_path, {"gru-lint.toml": _ONE, "other.toml": _TWO})
    assert ignored(tmp_path, file=tmp_path / "other.toml") == "2"
    assert ignored(tmp_path, is_isolated=True) == ""
    with pytest.raises(ConfigError, match=r"no\.toml: no such file"):
        ConfigFinder(file=tmp_path / "no.toml")


def test_each_value_is_told_with_the_place_it_comes_from(tmp_path: Path) -> None:
    below = 'select = ["PA001"]\n[pronouns]\nAlex = "they"\nNoor = "she"\n[severity]\ngender-mismatch = "hint"\n'
    above = 'extend = "below.toml"\nexclude = ["x"]\n\n[pronouns]\nAlex = "he"\n\n[severity]\nPA001 = "error"\n'
    write(tmp_path, {"gru-lint.toml": above, "below.toml": below})
    found = ConfigFinder({"exclude": []}).configuration_in(str(tmp_path))
    told = {".".join(value.keys): (value.written, value.origin.replace(str(tmp_path), "")) for value in found.values()}
    assert {key: value for key, value in told.items() if value[1] != "default"} == {
        "select": (["PA001"], "/below.toml:1"),
        "severity.PA001": ("error", "/gru-lint.toml:8"),
        "pronouns.Alex": ("he", "/gru-lint.toml:5"),
        "pronouns.Noor": ("she", "/below.toml:4"),
        "exclude": ([], "command line"),
        "extend": ("below.toml", "/gru-lint.toml:1"),
    }
    assert told["ignore"] == (None, "default")


def test_one_value_for_all_rules_goes_before_a_table_below_it(tmp_path: Path) -> None:
    write(tmp_path, {"gru-lint.toml": 'extend = "b.toml"\nseverity = "hint"', "b.toml": 'severity.PA001 = "error"'})
    found = ConfigFinder().configuration_in(str(tmp_path))
    assert found.settings.severity_of("gender-mismatch") == "hint"
    assert [value.keys for value in found.values() if value.keys[0] == "severity"] == [("severity",)]
