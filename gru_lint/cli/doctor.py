"""`gru-lint doctor`: each check is a function that yields lines, so that the failure of one hides no other."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path
from typing import Final, NamedTuple

import typer

from gru_lint import __version__
from gru_lint.cli._command import Command
from gru_lint.cli._errors import FOUND_NOTHING, FOUND_SOMETHING
from gru_lint.cli._output import write_text
from gru_lint.sanitize import escape_unprintable

_REINSTALL: Final = f'"{sys.executable}" -m pip install --force-reinstall gru-lint'
_TRIAL: Final = "The king hurt herself."


class Result(NamedTuple):
    """A line of the report; with a remedy where something is wrong."""

    line: str
    remedy: str = ""


def doctor() -> None:
    """Report what is installed, which weights and configuration apply here, and what is wrong, if anything.

    [bold]Exit codes[/bold]

    0    all is well
    1    something is wrong; what to do stands beside it
    """
    results = [result for check in _CHECKS for result in _results(check)]
    lines = [f"gru-lint {__version__}\n"]
    for line, remedy in results:
        lines.append(
            f"wrong  {escape_unprintable(line)}\n       to mend it: {remedy}\n"
            if remedy
            else f"ok     {escape_unprintable(line)}\n"
        )
    n_wrong = sum(bool(result.remedy) for result in results)
    lines.append(f"{n_wrong} wrong.\n" if n_wrong else "All is well.\n")
    write_text("".join(lines))
    raise typer.Exit(FOUND_SOMETHING if n_wrong else FOUND_NOTHING)


def _results(check: Callable[[], Iterator[Result]]) -> Iterator[Result]:
    """The results of a check; a line with its error where it fails."""
    try:
        yield from check()
    except Exception as error:
        reason = " ".join(f"{type(error).__name__}: {error}".split())
        yield Result(f"{check.__name__.strip('_')}: {reason}", _REINSTALL)


def _python() -> Iterator[Result]:
    implementation = f"{platform.python_implementation()} {platform.python_version()}"
    yield Result(f"{implementation} on {platform.platform(terse=True)}, {platform.machine()}: {sys.executable}")
    yield Result(f"gru-lint is installed in {Path(__file__).parents[1]}")


def _packages() -> Iterator[Result]:
    # Imported here, like everything that may be missing.
    from packaging.requirements import Requirement

    try:
        requirements = [Requirement(line) for line in metadata.requires("gru-lint") or []]
    except metadata.PackageNotFoundError:
        requirements = []
        yield Result("gru-lint runs from its source and is not installed")
    installed = []
    for requirement in requirements:
        # Neither the requirements of extras nor those of another Python.
        if requirement.marker is not None and not requirement.marker.evaluate({"extra": ""}):
            continue
        try:
            version = metadata.version(requirement.name)
        except metadata.PackageNotFoundError:
            yield Result(f"{requirement.name} is not installed", _REINSTALL)
            continue
        installed.append(f"{requirement.name} {version}")
        if not requirement.specifier.contains(version, prereleases=True):
            yield Result(f"{installed[-1]} is not {requirement.name} {requirement.specifier}", _REINSTALL)
    if installed:
        yield Result(f"packages: {', '.join(installed)}")


def _linting() -> Iterator[Result]:
    from gru_lint.linter import lint_text
    from gru_lint.model.weights import WeightsError, default_weights_path, read_version, read_weights

    path = default_weights_path()
    try:
        read_weights(path)
        yield Result(f"weights {read_version(path)}, {path.stat().st_size / 2**20:.1f} MiB: {path}")
    except WeightsError as error:
        yield Result(f"weights: {error}", _REINSTALL)
        return
    if "torch" in sys.modules:
        remedy = "find what imports it with python -X importtime: gru-lint does not"
        yield Result("torch was imported, which makes every run slower by seconds", remedy)
    found = next(iter(lint_text(_TRIAL)), None)
    if found:
        yield Result(f"on trial: {found.code} {found.message}")
    else:
        yield Result(f'on trial nothing was found in "{_TRIAL}"', _REINSTALL)


def _configuration() -> Iterator[Result]:
    from gru_lint.config.discovery import ConfigError, ConfigFinder

    here = Path(os.path.abspath("-"))  # noqa: PTH100
    try:
        path = ConfigFinder().file_for(here)
    except ConfigError as error:
        yield Result(f"configuration: {error}", "correct that line")
        return
    yield Result(f"configuration for {here.parent}: {path or 'none, the defaults apply'}")


_CHECKS: Final = (_python, _packages, _linting, _configuration)
COMMAND = Command(doctor, "gru-lint doctor   what a bug report needs\n")
