"""Output formats, one file each: adding a format is adding a file here that defines FORMAT."""

from __future__ import annotations

from functools import cache

from gru_lint.did_you_mean import hint
from gru_lint.plugins import discover
from gru_lint.report._base import CheckedFile, Report, ReportFormat
from gru_lint.report._statistics import can_count, render_statistics
from gru_lint.report._terminal import counted, summary

__all__ = [
    "CheckedFile",
    "Report",
    "ReportFormat",
    "UnknownFormatError",
    "all_formats",
    "can_count",
    "counted",
    "format_called",
    "render_statistics",
    "summary",
]


class UnknownFormatError(Exception):
    """No format has this name; the message says which one may have been meant."""


@cache
def all_formats() -> tuple[ReportFormat, ...]:
    """Every format of this package, in order of its name."""
    formats = [module.FORMAT for module in discover(__name__, __path__)]
    return tuple(sorted(formats, key=lambda known: known.name))


def format_called(written: str) -> ReportFormat:
    """The format with this name. Raises `UnknownFormatError`."""
    for known in all_formats():
        if known.name == written:
            return known
    raise UnknownFormatError(f'unknown format "{written}"; {hint(written, (known.name for known in all_formats()))}')
