"""Output formats, one file each: adding a format is adding a file here that defines FORMAT."""

from __future__ import annotations

from functools import cache

from gru_lint.plugins import discover
from gru_lint.report._base import CheckedFile, Report, ReportFormat
from gru_lint.report._statistics import can_count, render_statistics
from gru_lint.report._terminal import counted, summary

__all__ = [
    "CheckedFile",
    "Report",
    "ReportFormat",
    "all_formats",
    "can_count",
    "counted",
    "render_statistics",
    "summary",
]


@cache
def all_formats() -> dict[str, ReportFormat]:
    """Every format of this package by its name, in order."""
    formats = {module.FORMAT.name: module.FORMAT for module in discover(__name__, __path__)}
    return dict(sorted(formats.items()))
