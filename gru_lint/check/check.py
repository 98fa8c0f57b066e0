"""From paths to checked texts: what `gru-lint check` does before anything is shown, fixed or written."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from gru_lint.check.batch import CheckResult, FileTask, check_batch
from gru_lint.check.cache import FindingsCache
from gru_lint.config.discovery import ConfigFinder
from gru_lint.files.find import STANDARD_INPUT, find_files, is_force_excluded
from gru_lint.files.read import BinaryFileError, FileError, max_bytes


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """What is asked for on the command line.

    paths           files and directories, or `STANDARD_INPUT`
    stdin_filename  the name of standard input; its extension says how to read it
    keys            settings of the command line; they override those of every configuration file
    config_file     the configuration file for everything; None for the nearest
    is_isolated     whether none is looked for
    wants_fixes     whether the texts are to be fixed, too
    n_processes     the most to start; by default one a core
    cache_folder    where findings are cached; None for no cache
    """

    paths: Sequence[Path] = (Path(),)
    stdin_filename: Path | None = None
    keys: Mapping[str, object] = field(default_factory=dict)
    config_file: Path | None = None
    is_isolated: bool = False
    wants_fixes: bool = False
    n_processes: int | None = None
    cache_folder: Path | None = None

    def finder(self) -> ConfigFinder:
        """What finds the settings for files. Raises `ConfigError`."""
        return ConfigFinder(self.keys, self.config_file, is_isolated=self.is_isolated)


def check_files(
    options: CheckOptions, progress: Callable[[int, int], None] | None = None
) -> Iterator[CheckResult | FileError]:
    """Each file with its findings in order, or why it cannot be checked; no file comes twice.

    progress  called with how many files are done of how many that the cache does not know

    Raises `ConfigError` and `WeightsError`, which end the run.
    """
    tasks = list(_tasks(options))
    cache = FindingsCache(options.cache_folder) if options.cache_folder else None
    try:
        results = check_batch(tasks, cache, options.n_processes, progress)
    finally:
        # Ctrl-C keeps what was found until then.
        if cache:
            cache.close()
    for task, result in zip(tasks, results, strict=True):
        # A binary file that was found in a folder is passed over in silence.
        if isinstance(result, BinaryFileError) and isinstance(task, FileTask) and not task.is_named:
            continue
        yield result


def _read_standard_input(name: str) -> bytes:
    """The bytes of standard input, which has a name. Raises `FileError`."""
    # Python sets it to None where it is closed.
    if sys.stdin is None:
        raise FileError(f"{STANDARD_INPUT}: standard input is closed; give a text, or name a file")
    try:
        return sys.stdin.buffer.read(max_bytes(name) + 1)
    except OSError as error:
        raise FileError(f"{STANDARD_INPUT}: cannot be read ({error.strerror or error})") from None


def _tasks(options: CheckOptions) -> Iterator[FileTask | FileError]:
    """A task for each file, or why there is none."""
    config = options.finder()
    for found in find_files(options.paths, config):
        if isinstance(found, FileError):
            yield found
        elif found.path == STANDARD_INPUT:
            if options.stdin_filename is None or not is_force_excluded(options.stdin_filename, config):
                name = str(options.stdin_filename or STANDARD_INPUT)
                settings = config.settings_for(name)
                try:
                    content = _read_standard_input(settings.effective_filename(name) or name)
                except FileError as error:
                    yield error
                    continue
                yield FileTask(found.path, name, settings, options.wants_fixes, content)
        else:
            settings = config.settings_for(found.path)
            yield FileTask(found.path, str(found.path), settings, options.wants_fixes, is_named=found.is_named)
