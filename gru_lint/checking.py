"""From paths to checked files: what `gru-lint check` does before anything is shown."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from gru_lint.config_files import ConfigFinder
from gru_lint.files import STANDARD_INPUT, FileError, decode, find_files, is_forced_out, read_found
from gru_lint.lines import LineIndex
from gru_lint.linter import lint_text
from gru_lint.report import CheckedFile


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """What is asked for on the command line.

    paths           files and directories, or `STANDARD_INPUT`
    stdin_filename  the name of standard input; its extension says how to read it
    keys            those of a configuration file that the command line sets; they go before every file
    config_file     the configuration file for everything; None for the nearest
    is_isolated     whether none is looked for
    """

    paths: Sequence[Path] = (Path(),)
    stdin_filename: Path | None = None
    keys: Mapping[str, object] = field(default_factory=dict)
    config_file: Path | None = None
    is_isolated: bool = False

    def finder(self) -> ConfigFinder:
        """What finds the settings for files. Raises `ConfigError`."""
        return ConfigFinder(self.keys, self.config_file, self.is_isolated)


def check_files(options: CheckOptions) -> Iterator[CheckedFile | FileError]:
    """Each file with its findings in order, or why it cannot be checked; no file comes twice.

    Raises `ConfigError` and `WeightsError`, which end the run.
    """
    config = options.finder()
    for entry in _texts(options, config):
        if isinstance(entry, FileError):
            yield entry
            continue
        name, text = entry
        settings = config.settings_for(name)
        diagnostics = lint_text(text, filename=name, settings=settings)
        # A text without findings is of no use to a report, and there may be many.
        kept = text if diagnostics else ""
        yield CheckedFile(name, kept, LineIndex(kept), diagnostics, settings)


def _texts(options: CheckOptions, config: ConfigFinder) -> Iterator[tuple[str, str] | FileError]:
    """Name and text of each file."""
    for found in find_files(options.paths, config):
        try:
            if isinstance(found, FileError):
                yield found
            elif found.path == STANDARD_INPUT:
                if options.stdin_filename is None or not is_forced_out(options.stdin_filename, config):
                    name = str(options.stdin_filename or STANDARD_INPUT)
                    yield name, decode(sys.stdin.buffer.read(), name)
            elif (text := read_found(found)) is not None:
                yield str(found.path), text
        except FileError as error:
            yield error
