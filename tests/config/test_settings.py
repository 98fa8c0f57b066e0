"""Settings: what a table of keys means, where it is found, and how an error in it is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from gru_lint import lint_text
from gru_lint.cli import application
from gru_lint.config.discovery import ConfigError, ConfigFinder
from gru_lint.config.settings import Settings, SettingsError, options, read_settings
from gru_lint.linter import Linter
from gru_lint.rules import all_rules, families

_KING = "The king hurt herself.\n"
_HALF = read_settings({"min-confidence": 0.5})
_KEYS = [f'"{option.key}"' for option in options()]


def write(folder: Path, **files: str) -> None:
    """Writes files into a folder; "config" is its pyproject.toml, any other name a text."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        path = folder / ("pyproject.toml" if name == "config" else f"{name}.txt")
        path.write_text(text, encoding="utf-8")


def run(*arguments: str | Path, stdin: str = "") -> tuple[int, str, str]:
    """Exit code, standard output and standard error of `gru-lint check`, a finding a line."""
    command = ["check", "--output-format", "concise", *map(str, arguments)]
    result = CliRunner().invoke(application, command, input=stdin)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.stdout, result.stderr


def test_by_default_nothing_is_set() -> None:
    assert read_settings({}) == Settings()
    assert Linter().thresholds() == Linter(settings=Settings()).thresholds()


@pytest.mark.parametrize(
    ("table", "all_rules", "one_rule"),
    [
        ({}, None, None),
        ({"min-confidence": 0.9}, 0.9, 0.9),
        ({"min-confidence": 1}, 1.0, 1.0),
        ({"min-confidence": {"PA001": 0.95}}, None, 0.95),
        ({"min-confidence": {"gender-mismatch": 0.95}}, None, 0.95),
        ({"min-confidence": {"PA001": 0, "all": 0.9}}, 0.9, 0.0),
        ({"min-confidence": {}}, None, None),
    ],
)
def test_confidence_for_all_rules_and_for_one(
    table: dict[str, object], all_rules: float | None, one_rule: float | None
) -> None:
    settings = read_settings(table)
    assert settings.min_confidence_of("number-mismatch") == all_rules
    assert settings.min_confidence_of("gender-mismatch") == one_rule
    assert settings.with_min_confidence(0.5).min_confidence_of("gender-mismatch") == 0.5


@pytest.mark.parametrize(
    ("severity", "of_the_rule", "of_another"),
    [
        ("hint", "hint", "hint"),
        ({"PA001": "error"}, "error", "warning"),
        ({"gender-mismatch": "error"}, "error", "warning"),
        ({"all": "information"}, "information", "information"),
        ({"all": "information", "PA001": "error"}, "error", "information"),
        ({"PA001": "error", "all": "information"}, "error", "information"),
        ({}, "warning", "warning"),
    ],
)
def test_severity_for_all_rules_and_for_one(severity: object, of_the_rule: str, of_another: str) -> None:
    settings = read_settings({"severity": severity})
    assert settings.severity_of("gender-mismatch") == of_the_rule
    assert settings.severity_of("number-mismatch") == of_another


def test_settings_are_values() -> None:
    table = {"min-confidence": 0.9, "exclude": ["drafts/"], "pronouns": {"Alex Kim": "they"}}
    settings = read_settings(table)
    assert {settings: "cached"}[read_settings(table)] == "cached"
    assert settings != read_settings({**table, "pronouns": {"Alex Kim": "she"}})
    assert [(known.name, known.pronouns.declared) for known in settings.pronouns] == [("Alex Kim", "they")]


@pytest.mark.parametrize(
    ("table", "selected"),
    [
        ({}, {"PA", "IG"}),
        ({"select": ["PA"]}, {"PA"}),
        ({"select": ["IG", "PA"]}, {"PA", "IG"}),
        ({"ignore": ["PA"]}, {"IG"}),
        ({"select": ["PA"], "ignore": ["PA"]}, set()),
    ],
)
def test_the_letters_of_a_code_mean_every_rule_of_the_family(table: dict[str, object], selected: set[str]) -> None:
    settings = read_settings(table)
    for rule in all_rules():
        if rule.family in ("PA", "IG"):
            assert settings.is_enabled(rule.name) == (rule.family in selected)


def test_a_family_and_one_of_its_rules_are_listed_once() -> None:
    table = {"select": ["PA003", "PA"], "ignore": ["PA001"]}
    select = read_settings(table).select
    assert select is not None
    assert len(select) == len(set(select)) == len(families()["PA"])
    assert not read_settings(table).is_enabled("gender-mismatch")


def test_a_rule_speaks_from_the_confidence_that_is_set() -> None:
    assert [found.code for found in lint_text(_KING)] == ["PA004"]
    for table in ({"min-confidence": 1.0}, {"min-confidence": {"PA004": 1.0}}):
        assert lint_text(_KING, settings=read_settings(table)) == ()
    declared = {"pronouns": {"Noor": "she"}, "min-confidence": {"PA005": 1.0}}
    assert lint_text("Noor said that he was tired.", settings=read_settings(declared)) == ()


@pytest.mark.parametrize(
    ("table", "keys", "message"),
    [
        ({"min-confidense": 1}, "min-confidense", 'unknown key "min-confidense"; did you mean "min-confidence"?'),
        ({"min_confidence": 1}, "min_confidence", 'unknown key "min_confidence"; did you mean "min-confidence"?'),
        (
            {"colour": 1},
            "colour",
            f'unknown key "colour"; known are {", ".join(_KEYS[:-1])} and {_KEYS[-1]}',
        ),
        ({"min-confidence": 1.5}, "min-confidence", "min-confidence must be a number from 0 to 1, not 1.5"),
        ({"min-confidence": "high"}, "min-confidence", 'min-confidence must be a number from 0 to 1, not "high"'),
        ({"min-confidence": True}, "min-confidence", "min-confidence must be a number from 0 to 1, not true"),
        ({"min-confidence": float("nan")}, "min-confidence", "min-confidence must be a number from 0 to 1, not NaN"),
        ({"severity": 3}, "severity", "severity must be one of error, warning, information, hint, not 3"),
        (
            {"severity": {"PA001": "grave"}},
            "severity PA001",
            'severity.PA001 must be one of error, warning, information, hint, not "grave"',
        ),
        ({"severity": {"PA01": "hint"}}, "severity PA01", 'unknown rule "PA01"; did you mean "PA001"?'),
        (
            {"min-confidence": {"PA001": 2}},
            "min-confidence PA001",
            "min-confidence.PA001 must be a number from 0 to 1, not 2",
        ),
        (
            {"min-confidence": {"all": "x"}},
            "min-confidence all",
            'min-confidence.all must be a number from 0 to 1, not "x"',
        ),
        (
            {"min-confidence": {"PA001": 0.5, "gender-mismatch": 0.5}},
            "min-confidence gender-mismatch",
            'the rule "gender-mismatch" is set twice, by its code and by its name',
        ),
        ({"select": "PA001"}, "select", 'select must be a list of rules, such as ["PA001"], not "PA001"'),
        ({"ignore": ["PA1"]}, "ignore", 'unknown rule "PA1"; did you mean "PA001"?'),
        ({"force-exclude": 1}, "force-exclude", "force-exclude must be true or false, not 1"),
        ({"languages": ["markdwon"]}, "languages", 'unknown language "markdwon"; did you mean "markdown"?'),
        ({"extension": {"mdx": "markdwon"}}, "extension mdx", 'unknown language "markdwon"; did you mean "markdown"?'),
        ({"extension": {".": "plaintext"}}, "extension .", '"." is no extension of a file name'),
        ({"exclude": [" "]}, "exclude", '" " is no pattern of .gitignore: it is empty'),
        (
            {"exclude": ["*.{md,rst}"]},
            "exclude",
            '"*.{md,rst}" is no pattern of .gitignore: git knows no braces, write a pattern for each name in them',
        ),
        (
            {"per-file-ignores": {"${HOME}/x": ["PA001"]}},
            "per-file-ignores ${HOME}/x",
            '"${HOME}/x" is no pattern of .gitignore: nothing is put in the place of ${...} or ~',
        ),
        (
            {"exclude": ["./x"]},
            "exclude",
            '"./x" is no pattern of .gitignore: it is relative to the folder of its file, without . or ..',
        ),
        ({"extension": {"*.mdx": "markdown"}}, "extension *.mdx", '"*.mdx" is no extension of a file name'),
        ({"extension": {"tar.md": "markdown"}}, "extension tar.md", '"tar.md" is no extension of a file name'),
        ({"pronouns": {"Alex*": "they"}}, "pronouns Alex*", '"Alex*" is no name of a person'),
        ({"names": {"{Rob}": "any"}}, "names {Rob}", '"{Rob}" is no name of a person'),
        ({"exclude": ["!"]}, "exclude", '"!" is no pattern of .gitignore: nothing is meant by it'),
        (
            {"per-file-ignores": {"a.md": "PA001"}},
            "per-file-ignores a.md",
            'per-file-ignores.a.md must be a list of rules, such as ["PA001"], not "PA001"',
        ),
        (
            {"names": {"Robin": "they"}},
            "names Robin",
            'names.Robin must be one of masculine, feminine, any, not "they"',
        ),
        (
            {"names": {"Robin Hood": "any"}},
            "names Robin_Hood",
            '"Robin Hood" is more than a first name; declare the person: pronouns."Robin Hood" = "they"',
        ),
        ({"extend": 3}, "extend", 'extend must be the path of a file, such as "../gru-lint.toml", not 3'),
        ({"severity": "loud"}, "severity", 'severity must be one of error, warning, information, hint, not "loud"'),
        (
            {"severity": {"all": "loud"}},
            "severity all",
            'severity.all must be one of error, warning, information, hint, not "loud"',
        ),
        ({"pronouns": ["they"]}, "pronouns", 'pronouns must be a table of keys, not ["they"]'),
        ({"pronouns": {"Alex": 3}}, "pronouns Alex", 'pronouns.Alex must be pronouns in quotes, such as "they", not 3'),
        (
            {"pronouns": {"Alex": "it"}},
            "pronouns Alex",
            'pronouns of Alex: "it" cannot be checked for a person; write "any" to allow every pronoun',
        ),
        ({"pronouns": {"": "they"}}, "pronouns ", '"" is no name of a person'),
    ],
)
def test_what_cannot_be_used_is_told_in_one_line(table: dict[str, object], keys: str, message: str) -> None:
    with pytest.raises(SettingsError) as raised:
        read_settings(table)
    assert str(raised.value) == message
    assert raised.value.keys == tuple(key.replace("_H", " H") for key in keys.split(" "))


@pytest.mark.parametrize(
    ("config", "row", "message"),
    [
        ("[tool.gru-lint]\n\nmin-confidense = 1\n", 3, 'unknown key "min-confidense"'),
        ("[tool.other]\nmin-confidence = 2\n[tool.gru-lint]\nmin-confidence = 2\n", 4, "min-confidence must be"),
        ("[ tool . 'gru-lint' ]\n'min-confidence' = 2\n", 2, "min-confidence must be"),
        ("[tool]\ngru-lint.min-confidence = 2\n", 2, "min-confidence must be"),
        ("[tool]\ngru-lint = { min-confidence = 2 }\n", 2, "min-confidence must be"),
        ("tool.gru-lint.min-confidence = 2\n", 1, "min-confidence must be"),
        ("[tool.gru-lint.min-confidence]\nPA001 = 2\n", 2, "min-confidence.PA001 must be"),
        ("[tool.gru-lint]\nmin-confidence.PA001 = 2\n", 2, "min-confidence.PA001 must be"),
        ("[tool.gru-lint]\n\n[tool.gru-lint.severity]\nPA01 = 'hint'\n", 4, 'unknown rule "PA01"'),
        ("[tool.gru-lint]\n# ignore = 1\nignore = 2\n", 3, "ignore must be"),
        ('[tool.gru-lint.pronouns]\n"Sam" = "he"\n"Alex Kim" = "it"\n', 3, 'pronouns of Alex Kim: "it" cannot'),
        ('[tool.gru-lint.pronouns]\n\n"Al\\u0065x" = "it"\n', 3, 'pronouns of Alex: "it" cannot'),
        ("[tool.gru-lint]\nselect = ['PA001']  # not ignore = 1\nignore = 2\n", 3, "ignore must be"),
        ("[tool.gru-lint]  # ignore = 1\r\n\r\nignore = 2\r\n", 3, "ignore must be"),
        ("[a]\nb = '''\n[tool.gru-lint]\nignore = 2'''\n[tool.gru-lint]\nignore = 2\n", 6, "ignore must be"),
        ("[tool.gru-lint]\nexclude = [\n  'ignore = 1',\n]\nignore = 2\n", 5, "ignore must be"),
        ("[tool]\ngru-lint = 3\n", 2, "gru-lint must be a table of keys, not 3"),
        ("[tool.gru-lint]\nmin-confidence 2\n", 2, "is not valid TOML: Expected '='"),
        ("[tool.gru-lint]\nmin-confidence = [\n\n", 4, "is not valid TOML: "),
    ],
)
def test_an_error_in_a_file_is_one_line_with_its_row(tmp_path: Path, config: str, row: int, message: str) -> None:
    write(tmp_path, config=config, text="No pronoun here.\n")
    code, out, err = run(tmp_path)
    assert (code, out) == (2, "")
    assert err.startswith(f"gru-lint: {tmp_path / 'pyproject.toml'}:{row}: {message}")
    assert err.count("\n") == 1


def test_a_file_that_is_no_text_is_one_line_too(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_bytes(b"[tool.gru-lint]\nname = 'Ren\xe9'\n")
    with pytest.raises(ConfigError, match=r"pyproject\.toml:2: is not valid UTF-8$"):
        ConfigFinder().settings_for(tmp_path / "text.md")


@pytest.mark.parametrize(
    "config",
    ["", "[tool.other]\nkey = 1\n", "this is no TOML [", "# gru-lint is run in CI\n", '[project]\nname = "gru-lint"\n'],
    ids=["empty", "other", "broken", "comment", "project"],
)
def test_a_file_without_our_table_is_passed_over(tmp_path: Path, config: str) -> None:
    write(tmp_path, config="[tool.gru-lint]\nmin-confidence = 0.5\n")
    write(tmp_path / "inner", config=config)
    assert ConfigFinder().settings_for(tmp_path / "inner" / "text.md") == _HALF


def test_the_nearest_table_holds_alone(tmp_path: Path) -> None:
    write(tmp_path, config="[tool.gru-lint]\nmin-confidence = 0.5\n")
    write(tmp_path / "inner", config='\ufeff[tool.gru-lint.pronouns]\n"Alex Kim" = "they"\n')
    finder = ConfigFinder()
    inner = finder.settings_for(tmp_path / "inner" / "deep" / "text.md")
    assert (inner.min_confidence, len(inner.pronouns)) == ((), 1)
    assert finder.settings_for(tmp_path / "text.md") == _HALF
    assert finder.settings_for(tmp_path / "other" / "text.md").pronouns == ()


def test_each_file_is_checked_under_its_own_settings(tmp_path: Path) -> None:
    write(tmp_path / "quiet", config="[tool.gru-lint]\nmin-confidence = 1.0\n", king=_KING)
    write(
        tmp_path / "strict", config='[tool.gru-lint.pronouns]\n"Alex Kim" = "they"\n', alex="Alex Kim hurt herself.\n"
    )
    write(tmp_path / "plain", king=_KING)
    code, out, err = run(tmp_path)
    assert (code, err) == (1, "")
    found = [line.split(": ")[:2] for line in out.splitlines()[:-1]]
    names = [(str(Path(place.split(":")[0]).relative_to(tmp_path)), message[:5]) for place, message in found]
    assert names == [(str(Path("plain/king.txt")), "PA004"), (str(Path("strict/alex.txt")), "PA005")]


def test_standard_input_takes_the_settings_of_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "quiet", config="[tool.gru-lint]\nmin-confidence = 1.0\n")
    monkeypatch.chdir(tmp_path)
    assert run("-", stdin=_KING)[0] == 1
    assert run("-", "--stdin-filename", "quiet/draft.md", stdin=_KING)[0] == 0
    monkeypatch.chdir(tmp_path / "quiet")
    assert run("-", stdin=_KING)[0] == 0


def test_the_command_line_goes_before_the_file(tmp_path: Path) -> None:
    config = "[tool.gru-lint]\nmin-confidence = {PA004 = 1.0, all = 1.0}\n"
    write(tmp_path, config=config, king=_KING)
    assert run(tmp_path)[0] == 0
    assert run("--min-confidence", "0.9", tmp_path)[0] == 1


@pytest.mark.parametrize("written", ["1.5", "-1", "high", "nan", ""])
def test_a_confidence_on_the_command_line_is_a_number_from_0_to_1(tmp_path: Path, written: str) -> None:
    write(tmp_path, king=_KING)
    code, out, err = run(f"--min-confidence={written}", tmp_path)
    assert (code, out) == (2, "")
    assert "is not a number from 0 to 1" in " ".join(err.replace("│", "").split())
