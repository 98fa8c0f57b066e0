"""Checking a batch of files: what was found before is not looked for again, the rest is shared out to processes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, NamedTuple

from gru_lint.check.cache import Content, FindingsCache
from gru_lint.check.fixes import FixedText, fix_text, is_sure
from gru_lint.check.processes import Died, each_in_processes, n_cores
from gru_lint.config.settings import Settings
from gru_lint.english.pronouns import has_pronoun
from gru_lint.files.find import FileError, decode, read_content
from gru_lint.linter import lint_text
from gru_lint.model.weights_path import WeightsError
from gru_lint.records import Finding

# A process takes as long to start as to judge so much text: for less, another is not worth its while.
BYTES_PER_PROCESS: Final = 150_000


@dataclass(frozen=True, slots=True)
class FileTask:
    """A file to check.

    name         what it is called in reports, and whose extension says how it is read
    wants_fixes  whether its text is to be fixed, too
    content      what is in it, where that is not to be read from the path; it is not remembered
    is_named     whether somebody asked for this file, and not for a folder
    """

    path: Path
    name: str
    settings: Settings
    wants_fixes: bool = False
    content: bytes | None = None
    is_named: bool = True

    def read(self) -> bytes:
        """What is in it. Raises `FileError`."""
        return read_content(self.path) if self.content is None else self.content


@dataclass(frozen=True, slots=True)
class CheckedText:
    """What was found in a text.

    text         "" where nothing was found
    findings  of the text as it was read
    fixed        what is to become of it, where something is fixed
    """

    name: str
    text: str
    findings: tuple[Finding, ...]
    fixed: FixedText | None = None


class _Answer(NamedTuple):
    """What is found in a file, and in which content."""

    found: CheckedText | FileError | WeightsError
    content: Content | None = None


class _Unknown(NamedTuple):
    """A file whose content was not found before: its place among the tasks, and how much of it is to be judged."""

    place: int
    task: FileTask
    n_bytes: int


def check_text(text: str, name: str, settings: Settings, wants_fixes: bool = False) -> CheckedText:
    """What is found in a text, and what fixing makes of it. Raises `WeightsError`."""
    found = lint_text(text, filename=name, settings=settings)
    checked = CheckedText(name, text if found else "", found)
    if wants_fixes and _has_fixes(checked, settings):
        fixed = fix_text(text, name, settings, lambda text: lint_text(text, filename=name, settings=settings))
        checked = replace(checked, fixed=fixed)
    return checked


def check_batch(
    tasks: Iterable[FileTask | FileError],
    cache: FindingsCache | None = None,
    n_processes: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> list[CheckedText | FileError]:
    """What is found in each file, or why it could not be checked, in the order of the tasks. Raises `WeightsError`.

    n_processes  at most so many, as many as there are cores by default; never more than are worth their while
    progress     told how many are done of how many files that were not found before
    """
    results: list[CheckedText | FileError] = []
    unknown: list[_Unknown] = []
    for place, task in enumerate(tasks):
        known = task if isinstance(task, FileError) else _find_known(place, task, cache)
        if isinstance(known, _Unknown):
            unknown.append(known)
            # Never seen: it is replaced below.
            known = CheckedText(known.task.name, "", ())
        results.append(known)
    # The longest first, so that none is begun when all others are done.
    unknown.sort(key=lambda entry: -entry.n_bytes)
    for n_done, (entry, answer) in enumerate(_check_each(unknown, n_processes or n_cores()), 1):
        if progress:
            progress(n_done, len(unknown))
        if isinstance(answer.found, WeightsError):
            raise answer.found
        if isinstance(answer.found, CheckedText) and answer.content and cache:
            cache.remember(answer.content, entry.task.name, entry.task.settings, answer.found.findings)
        results[entry.place] = answer.found
    return results


def _find_known(place: int, task: FileTask, cache: FindingsCache | None) -> CheckedText | FileError | _Unknown:
    """What was found before in a file, or why it cannot be read; else that it is to be judged."""
    try:
        content = task.read()
        found = None
        if cache and task.content is None:
            found = cache.findings(Content.of(content), task.name, task.settings)
        # A file without findings is not even decoded: with thousands of them, that takes a while.
        text = "" if found == () else decode(content, task.name)
    except FileError as error:
        return error
    if found is not None:
        known = CheckedText(task.name, text, found)
        if not (task.wants_fixes and _has_fixes(known, task.settings)):
            return known
    return _Unknown(place, task, len(content) if has_pronoun(text) else 0)


def _has_fixes(checked: CheckedText, settings: Settings) -> bool:
    return any(is_sure(finding, checked.text, settings) for finding in checked.findings)


def _check_each(unknown: Sequence[_Unknown], n_processes: int) -> Iterator[tuple[_Unknown, _Answer]]:
    n_worthwhile = sum(entry.n_bytes for entry in unknown) // BYTES_PER_PROCESS
    tasks = [entry.task for entry in unknown]
    if min(n_processes, n_worthwhile, len(tasks)) < 2:
        yield from zip(unknown, map(_check_file, tasks), strict=True)
        return
    for index, answer in each_in_processes(_check_file, tasks, min(n_processes, n_worthwhile)):
        if isinstance(answer, Died):
            answer = _Answer(FileError(f"{tasks[index].name}: was not checked: {answer.reason}"))
        yield unknown[index], answer


def _check_file(task: FileTask) -> _Answer:
    """Never raises, so that one file does not end the work of a process."""
    try:
        # Read here and now: what is told of a file is told of one content.
        content = task.read()
        found = check_text(decode(content, task.name), task.name, task.settings, task.wants_fixes)
        return _Answer(found, Content.of(content) if task.content is None else None)
    except (FileError, WeightsError) as error:
        return _Answer(error)
    except Exception as error:
        reason = " ".join(f"{type(error).__name__}: {error}".split())
        return _Answer(FileError(f"{task.name}: cannot be checked ({reason}); please report this with the file"))
