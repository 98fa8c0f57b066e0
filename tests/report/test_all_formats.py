"""What holds for every format, whatever the file is called and whatever stands in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from marked import NAMES, TEXTS, marked_file, shown

from gru_lint.report import CheckedFile, all_formats

_FORMATS = list(all_formats())
_DOCS = Path(__file__).parents[2] / "docs" / "reports.md"


def parse(format_name: str, report: str) -> Any:
    """What a program reads out of a report; fails where it cannot."""
    if format_name in ("json", "sarif", "gitlab", "rdjson"):
        return json.loads(report)
    if format_name == "json-lines":
        return [json.loads(line) for line in report.split("\n")[:-1]]
    if format_name in ("junit", "checkstyle"):
        return ElementTree.fromstring(report.encode())
    return report.split("\n")[:-1]


def test_no_format_that_is_in_use_is_gone() -> None:
    used = "checkstyle concise full github gitlab grouped html json json-lines junit rdjson sarif"
    assert set(used.split()) <= set(_FORMATS)


@pytest.mark.parametrize("format_name", _FORMATS)
def test_any_name_can_be_reported(format_name: str) -> None:
    for name in NAMES.values():
        report = shown(format_name, marked_file(name, TEXTS["two"]), marked_file("other.md", TEXTS["one-line"]))
        assert parse(format_name, report)
        report.encode()
        assert report.endswith("\n")


@pytest.mark.parametrize("format_name", _FORMATS)
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_any_text_can_be_reported(format_name: str, text: str) -> None:
    report = shown(format_name, marked_file("draft.md", text))
    assert parse(format_name, report)
    assert "\x1b" not in report


@pytest.mark.parametrize("format_name", _FORMATS)
def test_nothing_found_is_a_whole_report(format_name: str) -> None:
    clean = marked_file("clean.md", "All is well.")
    for files in ((), (clean,), (clean, marked_file("too.md", ""))):
        report = shown(format_name, *files, failures=("bad.md: is a binary file, not text",))
        found = parse(format_name, report)
        if format_name in ("concise", "full", "grouped", "github", "json-lines"):
            assert report == ""
        elif format_name in ("json", "gitlab"):
            assert found == []


@pytest.mark.parametrize("format_name", ["concise", "full", "grouped"])
def test_text_keeps_a_finding_on_its_lines(format_name: str) -> None:
    for name in NAMES.values():
        for text in TEXTS.values():
            file = marked_file(name, text)
            report = shown(format_name, file)
            assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u0085\u2028\u202e]", report)
            if format_name == "concise":
                assert report.count("\n") == len(file.findings)


@pytest.mark.parametrize("format_name", ["concise", "full", "grouped"])
def test_colour_adds_nothing_but_colour(format_name: str) -> None:
    file = marked_file("draft.md", TEXTS["two"])
    coloured = shown(format_name, file, in_colour=True)
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == shown(format_name, file)


def test_grouped_names_each_file_once() -> None:
    report = shown(
        "grouped", marked_file("a.md", TEXTS["two"]), marked_file("b.md", ""), marked_file("c.md", TEXTS["crlf"])
    )
    assert report == (
        "a.md:\n"
        '  1:15  PA004 "herself" refers to "The king": expected another\n'
        '  3:20  PA001 "her" refers to "Mr Watson": expected another\n'
        '  3:33  PA001 "her" refers to "Mr Watson": expected another\n'
        "\n"
        "c.md:\n"
        '  4:11  PA004 "herself" refers to "The king": expected another\n'
        "\n"
    )


def test_json_lines_are_the_json_list() -> None:
    files = [marked_file(name, text) for name in NAMES.values() for text in TEXTS.values()]
    assert parse("json-lines", shown("json-lines", *files)) == parse("json", shown("json", *files))


def spans(format_name: str, report: Any) -> Iterator[tuple[int, int, int | None]]:
    """Row, column and end column of each finding, as a format has them."""
    if format_name == "sarif":
        for result in report["runs"][0]["results"]:
            region = result["locations"][0]["physicalLocation"]["region"]
            yield region["startLine"], region["startColumn"], region["endColumn"]
    elif format_name == "gitlab":
        for issue in report:
            begin, end = (issue["location"]["positions"][side] for side in ("begin", "end"))
            yield begin["line"], begin["column"], end["column"]
    elif format_name == "rdjson":
        for diagnostic in report["diagnostics"]:
            start, end = (diagnostic["location"]["range"][side] for side in ("start", "end"))
            yield start["line"], start["column"], end["column"]
    elif format_name == "github":
        for line in report:
            pairs = dict(pair.split("=", 1) for pair in line.split("::")[1].split(" ", 1)[1].split(","))
            yield int(pairs["line"]), int(pairs["col"]), int(pairs["endColumn"])
    elif format_name == "checkstyle":
        for error in report.iter("error"):
            yield int(error.get("line")), int(error.get("column")), None
    elif format_name == "json":
        for finding in report:
            yield finding["location"]["row"], finding["location"]["column"], finding["end_location"]["column"]


def row_of(file: CheckedFile, row: int, in_bytes: bool) -> str | bytes:
    """A row in the unit of a format: bytes of UTF-8, or code points without a byte order mark."""
    line = re.split("\r\n|\r|\n", file.text)[row - 1]
    return line.encode() if in_bytes else line.removeprefix("\ufeff")


@pytest.mark.parametrize("format_name", ["sarif", "gitlab", "rdjson", "github", "checkstyle", "json"])
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_columns_lead_back_to_the_pronoun(format_name: str, text: str) -> None:
    file = marked_file("draft.md", text)
    found = list(spans(format_name, parse(format_name, shown(format_name, file))))
    assert len(found) == len(file.findings)
    for (row, column, end_column), diagnostic in zip(found, file.findings, strict=True):
        pronoun: str | bytes = file.text[diagnostic.span.start : diagnostic.span.end]
        line = row_of(file, row, format_name == "rdjson")
        pronoun = pronoun.encode() if isinstance(line, bytes) and isinstance(pronoun, str) else pronoun
        assert line[column - 1 : end_column and end_column - 1][: len(pronoun)] == pronoun
        assert end_column is None or end_column - column == len(pronoun)
