"""Prose out of files: one module a format, found by its `EXTENSIONS`.

Each module has `EXTENSIONS`, lower-case with their dot, and `extract_prose(text)`, which returns a
text of the same length: what is not prose has become blanks, and a line end that closes a block
has become PARAGRAPH_END, so that offsets never move.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import PurePath
from pkgutil import iter_modules
from typing import Final

# Unicode's paragraph separator: stands where a block of the format ends without a blank line.
PARAGRAPH_END: Final = "\u2029"


@cache
def _extractors() -> dict[str, Callable[[str], str]]:
    modules = (import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__))
    return {extension: module.extract_prose for module in modules for extension in module.EXTENSIONS}


def known_extensions() -> frozenset[str]:
    """The extensions of files that are looked for in a directory."""
    return frozenset(_extractors())


@cache
def languages() -> dict[str, tuple[str, ...]]:
    """The extensions of each language that is read, by the name that editors have for it; the first stands for all."""
    modules = {module.name: import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)}
    return {"plaintext" if name == "plain" else name: module.EXTENSIONS for name, module in modules.items()}


def extract_prose(text: str, filename: str | None) -> str:
    """The prose of a text by its file's extension; an unknown or missing one is plain text."""
    extension = PurePath(filename).suffix.lower() if filename else ".txt"
    return _extractors().get(extension, _extractors()[".txt"])(text)
