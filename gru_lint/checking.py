"""From paths to checked files: what `gru-lint check` does before anything is shown."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from gru_lint.config_files import ConfigFinder
from gru_lint.files import FileError, decode, find_files, read_text
from gru_lint.lines import LineIndex
from gru_lint.linter import lint_text
from gru_lint.report import CheckedFile

STANDARD_INPUT = Path("-")


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """What is asked for on the command line.

    paths           files and directories, or `STANDARD_INPUT`
    stdin_filename  the name of standard input; its extension says how to read it
    min_confidence  goes before whatever is calibrated or configured
    """

    paths: Sequence[Path] = (Path(),)
    stdin_filename: Path | None = None
    min_confidence: float | None = None


def check_files(options: CheckOptions) -> Iterator[CheckedFile | FileError]:
    """Each file with its findings in order, or why it cannot be checked; no file comes twice.

    Raises `ConfigError` and `WeightsError`, which end the run.
    """
    config = ConfigFinder()
    for entry in _texts(options):
        if isinstance(entry, FileError):
            yield entry
            continue
        name, text = entry
        settings = config.settings_for(name)
        if options.min_confidence is not None:
            settings = settings.with_min_confidence(options.min_confidence)
        diagnostics = lint_text(text, filename=name, settings=settings)
        # A text without findings is of no use to a report, and there may be many.
        kept = text if diagnostics else ""
        yield CheckedFile(name, kept, LineIndex(kept), diagnostics, settings)


def _texts(options: CheckOptions) -> Iterator[tuple[str, str] | FileError]:
    """Name and text of each file."""
    seen: set[Path] = set()
    for path in options.paths:
        if path == STANDARD_INPUT:
            name = str(options.stdin_filename or STANDARD_INPUT)
            try:
                yield name, decode(sys.stdin.buffer.read(), name)
            except FileError as error:
                yield error
            continue
        files = find_files(path)
        while True:
            try:
                file = next(files)
                identity = file.resolve()
                if identity not in seen:
                    seen.add(identity)
                    yield str(file), read_text(file)
            except StopIteration:
                break
            except FileError as error:
                yield error
            except (OSError, RuntimeError) as error:
                yield FileError(f"{path}: cannot be read ({error})")
