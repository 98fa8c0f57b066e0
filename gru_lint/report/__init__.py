"""Output formats, one module each: adding a format is adding a file here that defines NAME and `render`.

`render(files)` returns the whole report as a string that ends in a newline, or "" for none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from gru_lint.lines import LineIndex
from gru_lint.records import Diagnostic


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """One file that was read, and what was found in it. Line numbers are born from `lines`."""

    filename: str
    text: str
    lines: LineIndex
    diagnostics: tuple[Diagnostic, ...]


@cache
def _formats() -> dict[str, Callable[[Sequence[CheckedFile]], str]]:
    modules = (import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__))
    return {module.NAME: module.render for module in modules}


def format_names() -> tuple[str, ...]:
    """The formats there are, such as "concise"."""
    return tuple(sorted(_formats()))


def render(format_name: str, files: Sequence[CheckedFile]) -> str:
    """The report on some files in one of `format_names()`."""
    return _formats()[format_name](files)
