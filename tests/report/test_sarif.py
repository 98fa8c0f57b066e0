"""SARIF against the schema of its standard and against what the platforms ask for."""

from __future__ import annotations

import json
from pathlib import Path, PureWindowsPath
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from jsonschema import Draft4Validator
from marked import NAMES, ROOT, TEXTS, marked_file, shown

from gru_lint import read_settings
from gru_lint.report import CheckedFile
from gru_lint.report._names import inside
from gru_lint.rules import all_rules

_SCHEMA = Path(__file__).parents[1] / "data" / "sarif" / "sarif-2.1.0-rtm.4.json"
_VALIDATOR = Draft4Validator(json.loads(_SCHEMA.read_text(encoding="utf-8")))


def run_of(*files: CheckedFile, failures: tuple[str, ...] = ()) -> Any:
    """The one run of a log that fits the schema."""
    log = json.loads(shown("sarif", *files, failures=failures))
    assert [error.message for error in _VALIDATOR.iter_errors(log)] == []
    (run,) = log["runs"]
    return run


def test_the_schema_refuses_what_is_wrong() -> None:
    log = json.loads(shown("sarif", marked_file("draft.md", TEXTS["two"])))
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0
    assert not _VALIDATOR.is_valid(log)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_any_text_fits_the_schema(text: str) -> None:
    (*results,) = run_of(marked_file("draft.md", text))["results"]
    assert results


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_any_name_is_a_uri_from_the_root(name: str) -> None:
    path = name if name == "-" else str(ROOT / name)
    (result,) = run_of(marked_file(path, TEXTS["one-line"]))["results"]
    location = result["locations"][0]["physicalLocation"]["artifactLocation"]
    parts = urlsplit(location["uri"])
    assert (parts.scheme, parts.netloc, parts.query, parts.fragment) == ("", "", "", "")
    assert unquote(parts.path, errors="surrogateescape") == name
    assert location.get("uriBaseId") == (None if name == "-" else "%SRCROOT%")


def test_a_file_outside_of_the_root_has_an_absolute_uri() -> None:
    (result,) = run_of(marked_file("/else where/a.md", TEXTS["one-line"]))["results"]
    location = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location == {"uri": Path("/else where/a.md").absolute().as_uri()}


@pytest.mark.parametrize(
    ("path", "relative"),
    [
        (r"C:\book\part one\a.md", "part one/a.md"),
        (r"c:\BOOK\a.md", "a.md"),
        (r"D:\book\a.md", None),
        (r"\\server\share\a.md", None),
    ],
)
def test_separators_of_windows_become_slashes(path: str, relative: str | None) -> None:
    assert inside(PureWindowsPath(path), PureWindowsPath(r"C:\book")) == relative


def test_the_run_says_how_to_read_it() -> None:
    run = run_of(marked_file("draft.md", TEXTS["one-line"]))
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["originalUriBaseIds"] == {"%SRCROOT%": {"uri": f"{ROOT.as_uri()}/"}}
    assert run["invocations"] == [{"executionSuccessful": True}]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [rule.code for rule in all_rules()]
    for rule, descriptor in zip(all_rules(), rules, strict=True):
        assert rule.why in descriptor["help"]["markdown"]
        assert descriptor["helpUri"].endswith(f"docs/rules.md#{rule.code.lower()}-{rule.name}")


def test_a_result_has_its_antecedent_its_fixes_and_its_rule() -> None:
    run = run_of(marked_file(str(ROOT / "draft.md"), TEXTS["two"]))
    first, second, _ = run["results"]
    (related,) = first["relatedLocations"]
    assert related["physicalLocation"]["region"]["snippet"]["text"] == "The king"
    assert f"[antecedent]({related['id']})" in first["message"]["text"]
    (change,) = first["fixes"][0]["artifactChanges"]
    (edit,) = change["replacements"]
    assert edit["insertedContent"]["text"] == "himself"
    assert edit["deletedRegion"] == {"startLine": 1, "startColumn": 15, "endLine": 1, "endColumn": 22}
    assert [fix["description"]["text"] for fix in second["fixes"]] == ['Write "his"', 'Write "their"']
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_brackets_in_a_message_are_no_link() -> None:
    (result,) = run_of(marked_file("draft.md", TEXTS["brackets"]))["results"]
    assert r'"The \[king\](1) \\ ${y}"' in result["message"]["text"]


def test_files_that_could_not_be_checked_are_told() -> None:
    (invocation,) = run_of(failures=("a [b].md: is a binary file, not text",))["invocations"]
    assert not invocation["executionSuccessful"]
    (note,) = invocation["toolExecutionNotifications"]
    assert note["message"]["text"] == r"a \[b\].md: is a binary file, not text"


@pytest.mark.parametrize(
    ("severity", "level"), [("error", "error"), ("warning", "warning"), ("information", "note"), ("hint", "note")]
)
def test_the_level_is_the_severity_that_is_set(severity: str, level: str) -> None:
    file = marked_file("draft.md", TEXTS["one-line"], read_settings({"severity": severity}))
    assert [result["level"] for result in run_of(file)["results"]] == [level]


def fingerprints(text: str) -> list[str]:
    results = run_of(marked_file("draft.md", text))["results"]
    return [result["partialFingerprints"]["pronounInContext/v1"] for result in results]


def test_a_fingerprint_stays_where_the_text_moves() -> None:
    (before,) = fingerprints(TEXTS["one-line"])
    assert fingerprints("# A title\r\n\r\n" + TEXTS["one-line"].replace(" hurt", "\r\nhurt")) == [before]
    assert fingerprints(TEXTS["one-line"].replace("king", "duke")) != [before]


def test_fingerprints_of_like_findings_differ() -> None:
    # Far enough apart that the words around them are the same.
    text = ("It rained all day. " * 10 + TEXTS["one-line"] + " It rained all day." * 10 + "\n\n") * 3
    assert len(set(fingerprints(text))) == 3
    assert fingerprints(text)[:2] == fingerprints(text[: len(text) * 2 // 3])
