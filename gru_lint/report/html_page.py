"""One HTML page that a person opens."""

from __future__ import annotations

from gru_lint.report._base import Report, ReportFormat


def render(report: Report) -> str:
    """The page."""
    # Imported here: it takes longer than the other formats together.
    from gru_lint.report._html import page

    return page(report)


FORMAT = ReportFormat("html", "one page with every finding in its passage, for people to open", render)
