"""SARIF 2.1.0, an OASIS standard. Columns count code points from 1, ends are excluded."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from gru_lint import __version__
from gru_lint.config.settings import Settings
from gru_lint.fingerprints import fingerprints
from gru_lint.records import Finding, Span
from gru_lint.report._base import SEVERITY_NAMES, CheckedFile, Report, ReportFormat
from gru_lint.report._names import absolute, inside
from gru_lint.rules import Rule, all_rules
from gru_lint.rules._page import HOME_URL, page_url
from gru_lint.rules._page import render as render_rules
from gru_lint.sanitize import json_document

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/cs01/schemas/sarif-schema-2.1.0.json"
_ROOT: Final = "%SRCROOT%"
_RULE_INDEX: Final = {rule.code: index for index, rule in enumerate(all_rules())}
# In a message, [text](1) is a link to a related location: section 3.11.6.
_NO_LINK: Final = str.maketrans({"\\": r"\\", "[": r"\[", "]": r"\]"})
_ANTECEDENT_ID: Final = 1


def render(report: Report) -> str:
    """A log of one run."""
    run = {
        "tool": {
            "driver": {
                "name": "gru-lint",
                "version": __version__,
                "semanticVersion": __version__,
                "informationUri": HOME_URL,
                "rules": [_descriptor(rule) for rule in all_rules()],
            }
        },
        "invocations": [_invocation(report)],
        "originalUriBaseIds": {_ROOT: {"uri": _folder_uri(report.root)}},
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "results": [result for file in report.files for result in _results(file, report.root)],
    }
    return json_document({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _invocation(report: Report) -> dict[str, Any]:
    notes = [{"level": "error", "message": {"text": failure.translate(_NO_LINK)}} for failure in report.failures]
    invocation: dict[str, Any] = {"executionSuccessful": not notes}
    if notes:
        invocation["toolExecutionNotifications"] = notes
    return invocation


def _descriptor(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": f"{rule.summary}."},
        "fullDescription": {"text": rule.why},
        "help": {"text": render_rules([rule], "text"), "markdown": render_rules([rule], "markdown")},
        "helpUri": page_url(rule),
        "defaultConfiguration": {"level": SEVERITY_NAMES[Settings().severity_of(rule.name)].sarif},
        "properties": {"tags": ["grammar", "pronouns"]},
    }


def _results(file: CheckedFile, root: Path) -> Iterator[dict[str, Any]]:
    artifact = _artifact(file, root)
    for finding, fingerprint in zip(file.findings, fingerprints(file.text, file.findings), strict=True):
        yield _result(file, finding, artifact) | {"partialFingerprints": {"pronounInContext/v1": fingerprint}}


def _result(file: CheckedFile, finding: Finding, artifact: dict[str, str]) -> dict[str, Any]:
    message = finding.message.translate(_NO_LINK)
    if finding.antecedent is not None:
        message += f" ([antecedent]({_ANTECEDENT_ID}))"
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": _RULE_INDEX[finding.code],
        "level": file.severity_names(finding).sarif,
        "message": {"text": message},
        "locations": [_location(file, finding.span, artifact)],
        "rank": round(finding.confidence * 100, 2),
        "properties": {"confidence": finding.confidence},
    }
    if finding.antecedent is not None:
        related = _location(file, finding.antecedent.span, artifact)
        result["relatedLocations"] = [{"id": _ANTECEDENT_ID, "message": {"text": "the antecedent"}, **related}]
    if finding.replacements and not file.is_packed:
        result["fixes"] = [_fix(file, finding.span, replacement, artifact) for replacement in finding.replacements]
    return result


def _location(file: CheckedFile, span: Span, artifact: dict[str, str]) -> dict[str, Any]:
    snippet = {"text": span.of(file.text)}
    return {"physicalLocation": {"artifactLocation": artifact, "region": _region(file, span) | {"snippet": snippet}}}


def _fix(file: CheckedFile, span: Span, replacement: str, artifact: dict[str, str]) -> dict[str, Any]:
    edit = {"deletedRegion": _region(file, span), "insertedContent": {"text": replacement}}
    return {
        "description": {"text": f'Write "{replacement}"'},
        "artifactChanges": [{"artifactLocation": artifact, "replacements": [edit]}],
    }


def _region(file: CheckedFile, span: Span) -> dict[str, Any]:
    row, column = file.lines.location(span.start)
    end_row, end_column = file.lines.location(span.end)
    return {"startLine": row, "startColumn": column, "endLine": end_row, "endColumn": end_column}


def _artifact(file: CheckedFile, root: Path) -> dict[str, str]:
    if file.is_standard_input:
        return {"uri": file.filename}
    path = absolute(file)
    relative = inside(path, root)
    if relative is None:
        return {"uri": path.as_uri()}
    # Imported here: only this format needs it.
    from urllib.parse import quote

    return {"uri": quote(os.fsencode(relative)), "uriBaseId": _ROOT}


def _folder_uri(root: Path) -> str:
    uri = root.as_uri()
    return uri if uri.endswith("/") else f"{uri}/"


FORMAT = ReportFormat("sarif", "SARIF 2.1.0, for GitHub code scanning and other platforms", render)
