"""What cannot be used as a setting is told in one line, with its row."""

from __future__ import annotations

from pathlib import Path

import pytest
from settings_runs import run, write

from gru_lint.config.discovery import ConfigError, ConfigFinder
from gru_lint.config.settings import SettingsError, options, read_settings

_KEYS = [f'"{option.key}"' for option in options()]


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
