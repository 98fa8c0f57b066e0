"""JUnit's XML: every file is a suite, every finding a failed test, a file without findings a passed one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gru_lint.report._base import CheckedFile, Report, ReportFormat
from gru_lint.report._names import name_as_given
from gru_lint.report._terminal import place
from gru_lint.report._xml import document, element

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def render(report: Report) -> str:
    """A suite for each file, and one for the files that could not be checked."""
    n_tests = sum(max(1, len(file.findings)) for file in report.files) + len(report.failures)
    root = element(
        "testsuites", name="gru-lint", tests=n_tests, failures=report.n_findings, errors=len(report.failures)
    )
    for file in report.files:
        _suite(file, root)
    if report.failures:
        n_failures = len(report.failures)
        suite = element("testsuite", root, name="not checked", tests=n_failures, failures=0, errors=n_failures)
        for failure in report.failures:
            case = element("testcase", suite, classname="not checked", name=failure)
            element("error", case, message=failure)
    return document(root)


def _suite(file: CheckedFile, root: Element) -> None:
    name = name_as_given(file)
    n_tests, n_findings = max(1, len(file.findings)), len(file.findings)
    suite = element("testsuite", root, name=name, tests=n_tests, failures=n_findings, errors=0)
    if not file.findings:
        element("testcase", suite, classname=name, name="agreement", file=name)
    for finding in file.findings:
        where = place(file, finding)
        case = element(
            "testcase",
            suite,
            classname=name,
            name=f"{finding.code} {finding.name} {where}",
            file=name,
            line=file.lines.location(finding.span.start).row,
        )
        element(
            "failure",
            case,
            f"{name}:{where}: {finding.code} {finding.message}",
            message=finding.message,
            type=finding.code,
        )


FORMAT = ReportFormat("junit", "JUnit's XML, for the test reports of CI systems", render)
