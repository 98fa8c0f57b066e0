"""`gru-lint doctor`: each question is a function that answers in lines, so that one fault hides no other answer."""

from __future__ import annotations

import locale
import os
import platform
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Final, Literal

import typer

from gru_lint import __version__
from gru_lint.cli._command import Command
from gru_lint.cli._errors import FOUND_NOTHING, FOUND_SOMETHING
from gru_lint.cli._output import wants_colour, write_text

_REINSTALL: Final = f'"{sys.executable}" -m pip install --force-reinstall gru-lint'
_TRIAL: Final = "The king hurt herself."


@dataclass(frozen=True, slots=True)
class Answer:
    """One line of the doctor's.

    kind     "ok", "note" for what is worth knowing, "wrong" for what keeps the linter from working
    remedy   what to do where something is wrong
    """

    kind: Literal["ok", "note", "wrong"]
    line: str
    remedy: str = ""


def doctor() -> None:
    """Say what is installed, which weights and configuration hold here, and what is wrong, if anything.

    [bold]Exit codes[/bold]

    0    all is well
    1    something is wrong; what to do stands beside it
    """
    answers = [answer for question in _QUESTIONS for answer in _answers(question)]
    lines = [f"gru-lint {__version__}\n"]
    for answer in answers:
        lines.append(f"{answer.kind:<5}  {answer.line}\n")
        if answer.remedy:
            lines.append(f"       to mend it: {answer.remedy}\n")
    n_wrong = sum(answer.kind == "wrong" for answer in answers)
    lines.append(f"{n_wrong} wrong.\n" if n_wrong else "All is well.\n")
    write_text("".join(lines))
    raise typer.Exit(FOUND_SOMETHING if n_wrong else FOUND_NOTHING)


def _answers(question: Callable[[], Iterator[Answer]]) -> Iterator[Answer]:
    """What a question is answered with; what it fails by, in a line."""
    try:
        yield from question()
    except Exception as error:
        reason = " ".join(f"{type(error).__name__}: {error}".split())
        yield Answer("wrong", f"{question.__name__.strip('_')}: {reason}", _REINSTALL)


def _python() -> Iterator[Answer]:
    implementation = f"{platform.python_implementation()} {platform.python_version()}"
    yield Answer("ok", f"{implementation} on {platform.platform(terse=True)}, {platform.machine()}: {sys.executable}")
    yield Answer("ok", f"gru-lint lies in {Path(__file__).parents[1]}")


def _packages() -> Iterator[Answer]:
    # Imported here, as everything that may be missing is.
    from packaging.requirements import Requirement

    try:
        requirements = [Requirement(line) for line in metadata.requires("gru-lint") or []]
    except metadata.PackageNotFoundError:
        requirements = []
        yield Answer("note", "gru-lint runs from its source and is not installed")
    installed = []
    for requirement in requirements:
        # Not what an extra brings, or another Python needs.
        if requirement.marker is not None and not requirement.marker.evaluate({"extra": ""}):
            continue
        try:
            version = metadata.version(requirement.name)
        except metadata.PackageNotFoundError:
            yield Answer("wrong", f"{requirement.name} is not installed", _REINSTALL)
            continue
        installed.append(f"{requirement.name} {version}")
        if not requirement.specifier.contains(version, prereleases=True):
            yield Answer("wrong", f"{installed[-1]} is not {requirement.name} {requirement.specifier}", _REINSTALL)
    if installed:
        yield Answer("ok", f"packages: {', '.join(installed)}")


def _linting() -> Iterator[Answer]:
    from gru_lint.linter import lint_text
    from gru_lint.model.weights import WeightsError, default_weights_path, read_version, read_weights

    path = default_weights_path()
    try:
        read_weights(path)
        yield Answer("ok", f"weights {read_version(path)}, {path.stat().st_size / 2**20:.1f} MiB: {path}")
    except WeightsError as error:
        yield Answer("wrong", f"weights: {error}", _REINSTALL)
        return
    for found in lint_text(_TRIAL):
        yield Answer("ok", f"on trial: {found.code} {found.message}")
        return
    yield Answer("wrong", f'on trial nothing was found in "{_TRIAL}"', _REINSTALL)


def _torch() -> Iterator[Answer]:
    if "torch" in sys.modules:
        remedy = "find what imports it: gru-lint does not, python -X importtime tells"
        yield Answer("wrong", "torch was imported along: every run is slower by seconds", remedy)
    elif find_spec("torch"):
        yield Answer("ok", f"torch {metadata.version('torch')} is installed and was not imported")
    else:
        yield Answer("ok", "torch is not installed, nor needed")


def _configuration() -> Iterator[Answer]:
    from gru_lint.config.discovery import ConfigError, ConfigFinder

    here = Path(os.path.abspath("-"))  # noqa: PTH100
    try:
        path = ConfigFinder().file_for(here)
    except ConfigError as error:
        yield Answer("wrong", f"configuration: {error}", "correct that line")
        return
    yield Answer("ok", f"configuration for {here.parent}: {path or 'none, everything is as calibrated'}")


def _terminal() -> Iterator[Answer]:
    out = sys.stdout
    encoding = getattr(out, "encoding", None) or "none"
    terminal = "a terminal" if out is not None and out.isatty() else "no terminal"
    colour = "in colour" if wants_colour("auto", None) else "without colour"
    yield Answer(
        "ok",
        f"standard output is {terminal}, {encoding}, {colour}; "
        f"locale {locale.getpreferredencoding(False)}, file names {sys.getfilesystemencoding()}",
    )
    if encoding.lower().replace("-", "") != "utf8":
        yield Answer("note", "what this encoding lacks is shown escaped; with PYTHONUTF8=1 everything is shown")


_QUESTIONS: Final = (_python, _packages, _linting, _torch, _configuration, _terminal)
COMMAND = Command(doctor, "gru-lint doctor   what to send along with a report of a fault\n")
