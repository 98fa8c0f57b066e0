"""GitHub, GitLab, reviewdog, Checkstyle and JUnit, held to what those who read them document."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from jsonschema import Draft7Validator
from marked import NAMES, ROOT, TEXTS, marked_file, shown

from gru_lint import read_settings
from gru_lint.report import all_formats

_SEVERITIES = {
    "checkstyle": {"error": "error", "warning": "warning", "information": "info", "hint": "info"},
    "github": {"error": "error", "warning": "warning", "information": "notice", "hint": "notice"},
    "gitlab": {"error": "major", "warning": "minor", "information": "info", "hint": "info"},
    "rdjson": {"error": "ERROR", "warning": "WARNING", "information": "INFO", "hint": "INFO"},
}
_POSITION = {
    "type": "object",
    "required": ["line", "column"],
    "properties": {"line": {"type": "integer", "minimum": 1}, "column": {"type": "integer", "minimum": 1}},
    "additionalProperties": False,
}
# docs.gitlab.com/ci/testing/code_quality, "Code Quality report format".
_GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "fingerprint": {"pattern": "^[0-9a-f]{64}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "required": ["path", "positions"],
                "properties": {
                    # No absolute path, nor one that begins with ./
                    "path": {"type": "string", "pattern": r"^(?!\./|/)"},
                    "positions": {"required": ["begin"], "properties": {"begin": _POSITION, "end": _POSITION}},
                },
            },
        },
    },
}
# github.com/reviewdog/reviewdog, proto/rdf/reviewdog.proto.
_RANGE = {"required": ["start", "end"], "properties": {"start": _POSITION, "end": _POSITION}}
_LOCATION = {
    "required": ["path", "range"],
    "properties": {"path": {"type": "string"}, "range": _RANGE},
    "additionalProperties": False,
}
_RDJSON = {
    "type": "object",
    "required": ["source", "diagnostics"],
    "properties": {
        "source": {"required": ["name"], "properties": {"name": {"type": "string"}, "url": {"type": "string"}}},
        "diagnostics": {
            "type": "array",
            "items": {
                "required": ["message", "location", "severity", "code"],
                "properties": {
                    "message": {"type": "string", "minLength": 1},
                    "location": _LOCATION,
                    "severity": {"enum": ["ERROR", "WARNING", "INFO"]},
                    "code": {"required": ["value", "url"], "additionalProperties": {"type": "string"}},
                    "suggestions": {
                        "items": {
                            "required": ["range", "text"],
                            "properties": {"range": _RANGE, "text": {"type": "string"}},
                            "additionalProperties": False,
                        }
                    },
                    "related_locations": {"items": {"required": ["location"], "properties": {"location": _LOCATION}}},
                },
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
}


def command(line: str) -> tuple[str, dict[str, str], str]:
    """A workflow command as the runner of GitHub Actions reads it."""
    match = re.fullmatch("::([a-z]+) (.*?)::(.*)", line)
    assert match, line
    name, properties, message = match.groups()
    pairs = dict(pair.split("=", 1) for pair in properties.split(","))
    return name, {key: unescaped(value) for key, value in pairs.items()}, unescaped(message)


def unescaped(value: str) -> str:
    for code, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        value = value.replace(code, character)
    return value


@pytest.mark.parametrize(("format_name", "schema"), [("gitlab", _GITLAB), ("rdjson", _RDJSON)])
def test_json_has_the_documented_shape(format_name: str, schema: dict[str, Any]) -> None:
    files = [marked_file(str(ROOT / name), text) for name in NAMES.values() for text in TEXTS.values()]
    for report in (shown(format_name), shown(format_name, *files)):
        assert [error.message for error in Draft7Validator(schema).iter_errors(json.loads(report))] == []


@pytest.mark.parametrize("severity", ["error", "warning", "information", "hint"])
@pytest.mark.parametrize("format_name", _SEVERITIES)
def test_the_severity_is_the_one_that_is_set(format_name: str, severity: str) -> None:
    report = shown(format_name, marked_file("a.md", TEXTS["one-line"], read_settings({"severity": severity})))
    found = {
        "checkstyle": lambda: ElementTree.fromstring(report)[0][0].get("severity"),
        "github": lambda: command(report.rstrip("\n"))[0],
        "gitlab": lambda: json.loads(report)[0]["severity"],
        "rdjson": lambda: json.loads(report)["diagnostics"][0]["severity"],
    }[format_name]()
    assert found == _SEVERITIES[format_name][severity]


@pytest.mark.parametrize("name", [NAMES[key] for key in ("plain", "folder", "quotes", "markup", "uri", "line-end")])
def test_github_reads_back_what_was_written(name: str) -> None:
    report = shown("github", marked_file(str(ROOT / name), TEXTS["two"]))
    first, *_ = report.splitlines()
    assert command(first) == (
        "warning",
        {"title": "gru-lint (PA004)", "file": name, "line": "1", "col": "15", "endLine": "1", "endColumn": "22"},
        '"herself" refers to "The king": expected another',
    )


def test_a_fingerprint_of_gitlab_is_of_one_file_and_stays_where_lines_move() -> None:
    text = TEXTS["two"]
    files = [marked_file(str(ROOT / name), text) for name in ("a.md", "b.md")]
    prints = [issue["fingerprint"] for issue in json.loads(shown("gitlab", *files))]
    assert len(set(prints)) == 6
    moved = json.loads(shown("gitlab", marked_file(str(ROOT / "a.md"), "New.\n\n" + text)))
    assert [issue["fingerprint"] for issue in moved][1:] == prints[1:3]


def test_the_suggestions_of_rdjson_are_the_replacements() -> None:
    findings = json.loads(shown("rdjson", marked_file("a.md", TEXTS["two"] + TEXTS["no-fix"])))["diagnostics"]
    texts = [[suggestion["text"] for suggestion in found["suggestions"]] for found in findings]
    assert texts == [["himself"], ["his", "their"], ["his", "their"], []]
    for found in findings:
        assert all(suggestion["range"] == found["location"]["range"] for suggestion in found["suggestions"])


def test_checkstyle_has_the_findings_below_their_files() -> None:
    names = [name for name in NAMES.values() if re.fullmatch(r"[^\r\n\x00-\x1f\udce9]*", name)]
    report = shown("checkstyle", *(marked_file(name, TEXTS["two"]) for name in names), marked_file("clean.md", ""))
    files = ElementTree.fromstring(report).findall("file")
    assert [file.get("name") for file in files] == names
    for file in files:
        places = [(error.get("line"), error.get("column"), error.get("source")) for error in file]
        assert places == [
            ("1", "15", "gru-lint.PA004"),
            ("3", "20", "gru-lint.PA001"),
            ("3", "33", "gru-lint.PA001"),
        ]


def test_junit_counts_what_it_holds() -> None:
    files = [marked_file("a.md", TEXTS["two"]), marked_file("clean.md", ""), marked_file("b<&>.md", TEXTS["crlf"])]
    root = ElementTree.fromstring(shown("junit", *files, failures=("x.md: is a binary file, not text",)))
    assert root.attrib == {"name": "gru-lint", "tests": "6", "failures": "4", "errors": "1"}
    for suite in root:
        assert int(suite.get("tests", "")) == len(suite.findall("testcase"))
        assert int(suite.get("failures", "")) == len(suite.findall("testcase/failure"))
        assert int(suite.get("errors", "")) == len(suite.findall("testcase/error"))
    failure = root.find("testsuite/testcase/failure")
    assert failure is not None
    assert failure.text == 'a.md:1:15: PA004 "herself" refers to "The king": expected another'


@pytest.mark.parametrize("format_name", ["github", "gitlab"])
def test_a_name_is_relative_to_the_root_wherever_one_stands(
    format_name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    report = shown(format_name, marked_file("a.md", TEXTS["one-line"]), marked_file("-", TEXTS["one-line"]))
    if format_name == "github":
        paths = [command(line)[1]["file"] for line in report.splitlines()]
    else:
        paths = [issue["location"]["path"] for issue in json.loads(report)]
    assert paths == [(tmp_path / "a.md").as_posix(), "-"]


@pytest.mark.parametrize("name", list(all_formats()))
def test_a_lone_surrogate_ends_no_report(name: str) -> None:
    assert shown(name, marked_file("a.md", "\ud800 ‹The king› hurt «herself».\n"))
