"""One HTML page that a person opens; its template and its style stand beside it."""

from __future__ import annotations

from pathlib import Path

from gru_lint.report._base import Report, ReportFormat


def render(report: Report) -> str:
    """The page."""
    # Imported here: it takes longer than the other formats together.
    from collections import Counter

    from gru_lint import __version__
    from gru_lint.pages import render_page
    from gru_lint.report._excerpts import excerpts
    from gru_lint.report._names import readable
    from gru_lint.report._terminal import summary
    from gru_lint.rules import rule_called
    from gru_lint.rules._page import HOME_URL, page_url

    counts = Counter(finding.code for file in report.files for finding in file.findings)
    # Hides the findings of a rule whose box is not ticked.
    filters = [f"body:has(#show-{code}:not(:checked)) .{code} {{ display: none; }}\n" for code in sorted(counts)]
    return render_page(
        Path(__file__).with_suffix(".html"),
        "".join(filters),
        title=summary(report).rstrip(".\n"),
        failures=report.failures,
        rules=[(rule_called(code), count) for code, count in sorted(counts.items())],
        files=[file for file in report.files if file.findings],
        excerpts=excerpts,
        readable=readable,
        rule_called=rule_called,
        page_url=page_url,
        home=HOME_URL,
        version=__version__,
    )


FORMAT = ReportFormat("html", "one page with every finding in its passage, for people to open", render)
