"""Discovery of plug-in modules: adding one is adding a file to its package."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType


def discover(package: str, path: Iterable[str]) -> Iterator[ModuleType]:
    """Each public module of a package in order of its name; `package` and `path` are its __name__ and __path__."""
    for name in sorted(module.name for module in iter_modules(path) if not module.name.startswith("_")):
        yield import_module(f"{package}.{name}")
