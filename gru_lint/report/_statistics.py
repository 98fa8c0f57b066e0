"""A report that counts the findings of each rule instead of showing them."""

from __future__ import annotations

import json
from collections import Counter

from gru_lint.report._base import Report, ReportFormat
from gru_lint.report._terminal import Paint


def can_count(shown_as: ReportFormat) -> bool:
    """Whether a format has a place for statistics."""
    return shown_as.is_for_terminal or shown_as.name in ("json", "json-lines")


def render_statistics(report: Report, shown_as: ReportFormat) -> str:
    """A line or an object a rule, the most frequent first."""
    counted = Counter((finding.code, finding.name) for file in report.files for finding in file.findings)
    ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    objects = [{"code": code, "name": name, "count": count} for (code, name), count in ordered]
    if shown_as.name == "json":
        return json.dumps(objects, indent=2) + "\n"
    if shown_as.name == "json-lines":
        return "".join(json.dumps(line) + "\n" for line in objects)
    paint = Paint(in_colour=report.in_colour)
    n_digits = max((len(str(count)) for count in counted.values()), default=0)
    return "".join(
        f"{paint('count', f'{count:>{n_digits}}')}  {paint('code', code)}  {name}\n" for (code, name), count in ordered
    )
