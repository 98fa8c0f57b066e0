"""Ways to show what is known of one pronoun, one file each: adding one is adding a file here that defines FORMAT."""

from __future__ import annotations

from functools import cache

from gru_lint.explain.formats._base import ExplanationFormat, MissingPackageError
from gru_lint.plugins import discover

__all__ = ["ExplanationFormat", "MissingPackageError", "all_formats"]


@cache
def all_formats() -> dict[str, ExplanationFormat]:
    """Every format of this package by its name."""
    return {module.FORMAT.name: module.FORMAT for module in discover(__name__, __path__)}
