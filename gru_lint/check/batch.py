"""Checks many files: with findings from the cache where it has them, and the other files shared among processes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

from gru_lint.check.cache import Content, FindingsCache
from gru_lint.check.fixes import FixedText, fix_text, is_sure
from gru_lint.check.processes import Died, each_in_processes, n_cores
from gru_lint.config.settings import Settings
from gru_lint.extract import MARKS, describe_unread, extract_prose, format_of, noting_unread, worth_reporting
from gru_lint.files.read import MAX_BYTES, FileError, decode, read_content
from gru_lint.lines import LineIndex
from gru_lint.linter import lint_text, may_hold_findings
from gru_lint.model.weights_path import WeightsError
from gru_lint.records import Finding, Unread
from gru_lint.report import CheckedFile

# To start a process takes as long as to judge this much text: for less, another process saves nothing.
CHARACTERS_PER_PROCESS: Final = 150_000


@dataclass(frozen=True, slots=True)
class FileTask:
    """A file to check.

    name         in reports; its extension gives the format
    wants_fixes  whether the text after fixing is wanted, too
    content      the bytes, where they do not come from the path: standard input. Its findings are not cached
    is_named     whether the user named this file, rather than a folder with it
    """

    path: Path
    name: str
    settings: Settings
    wants_fixes: bool = False
    content: bytes | None = None
    is_named: bool = True

    @property
    def read_as(self) -> str:
        """The name whose extension gives the format."""
        return self.settings.effective_filename(self.name) or self.name

    @property
    def is_packed(self) -> bool:
        """Whether it is a document whose text is unpacked from an archive, so that no fix can be written into it."""
        return format_of(self.read_as).unpack is not None

    def read(self) -> bytes:
        """Its bytes. Raises `FileError`."""
        return read_content(self.path, self.read_as) if self.content is None else self.content

    def text_of(self, content: bytes) -> str:
        """The text of its bytes. Raises `FileError`."""
        return decode(content, self.name, self.read_as)

    def cache_key(self, content: bytes) -> Content:
        """The key of its bytes in the cache."""
        key = Content.of(content)
        return key._replace(longest=MAX_BYTES) if self.is_packed else key


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The findings of a file, and its text after fixing.

    text      "" where nothing was found
    findings  of the text as it was read
    fixed     its text after fixing; None where nothing is fixed
    unread    the parts that were not read, and why: a line each, which begins with row and column
    content   the key of its bytes in the cache; None where they are not cached
    """

    task: FileTask
    text: str
    findings: tuple[Finding, ...]
    fixed: FixedText | None = None
    unread: tuple[str, ...] = ()
    content: Content | None = None

    @property
    def has_fixes(self) -> bool:
        """Whether a finding in it is sure enough to be fixed."""
        return any(is_sure(finding, self.text, self.task.settings) for finding in self.findings)

    def file(self, text: str | None = None, findings: Sequence[Finding] | None = None) -> CheckedFile:
        """The file for a report, with its own text and findings or with others."""
        text = self.text if text is None else text
        findings = self.findings if findings is None else tuple(findings)
        # No report shows a text without findings, and there may be many of these: they are not kept in memory.
        text = text if findings else ""
        return CheckedFile(self.task.name, text, LineIndex(text), tuple(findings), self.task.settings)


def check_text(task: FileTask, text: str) -> CheckResult:
    """The findings of the text of a file, and its text after fixing. Raises `WeightsError`."""

    def lint(text: str) -> tuple[Finding, ...]:
        return lint_text(text, filename=task.name, settings=task.settings)

    with noting_unread() as noted:
        findings = lint(text)
        name = task.settings.effective_filename(task.name)
        if format_of(name).may_be_encoded and not may_hold_findings(text, task.settings):
            extract_prose(text, name)
    unread = tuple(unread_lines(noted, text, task.settings))
    result = CheckResult(task, text if findings else "", findings, unread=unread)
    if task.wants_fixes and result.has_fixes and not task.is_packed:
        result = replace(result, fixed=fix_text(text, task.name, task.settings, lint))
    return result


def holds_no_prose(task: FileTask) -> bool:
    """Whether a file that was named holds no prose at all, in a format that often holds data alone."""
    name = task.settings.effective_filename(task.name)
    if not task.is_named or not format_of(name).holds_data:
        return False
    try:
        text = decode(task.read(), task.name)
    except FileError:
        return False
    return not extract_prose(text, name, task.settings.text_keys).strip(f"{''.join(MARKS)} \t\r\n")


def unread_lines(noted: Iterable[Unread], text: str, settings: Settings) -> Iterator[str]:
    """A line for each part that could not be read and has words to judge: row, column and the reason."""
    unread = worth_reporting(noted, text, partial(may_hold_findings, settings=settings))
    lines = LineIndex(text if unread else "")
    for part in unread:
        row, column = lines.location(part.span.start)
        yield f"{row}:{column}: {describe_unread(part, lines)}"


def check_batch(
    tasks: Sequence[FileTask | FileError],
    cache: FindingsCache | None = None,
    n_processes: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> list[CheckResult | FileError]:
    """The result of each file, or why it could not be checked, in the order of the tasks. Raises `WeightsError`.

    n_processes  the most to start, by default one a core; fewer are started for little text
    progress     called with how many files are done, and of how many that are not in the cache
    """
    known = [task if isinstance(task, FileError) else _cached(task, cache) for task in tasks]
    results = {place: result for place, result in enumerate(known) if not isinstance(result, int)}
    sizes = {place: size for place, size in enumerate(known) if isinstance(size, int)}
    # The longest first: as the last one, it would run alone at the end.
    waiting = sorted(sizes, key=lambda place: -sizes[place])
    new = [task for task in (tasks[place] for place in waiting) if isinstance(task, FileTask)]
    n_worthwhile = min(n_processes or n_cores(), sum(sizes.values()) // CHARACTERS_PER_PROCESS)
    for n_done, (index, result) in enumerate(_check_each(new, n_worthwhile), 1):
        if progress:
            progress(n_done, len(new))
        if isinstance(result, WeightsError):
            raise result
        # Where a part was not read, nothing is cached: every run has to say so, and a faster machine may read it.
        if isinstance(result, CheckResult) and not result.unread and result.content and cache:
            cache.remember(result.content, new[index].name, new[index].settings, result.findings)
        results[waiting[index]] = result
    return [results[place] for place in range(len(tasks))]


def _cached(task: FileTask, cache: FindingsCache | None) -> CheckResult | FileError | int:
    """The cached findings of a file, or why it cannot be read; else the number of its characters to judge."""
    try:
        content = task.read()
        findings = None
        if cache and task.content is None:
            findings = cache.findings(task.cache_key(content), task.name, task.settings)
        # A file without findings is not decoded: with thousands of them, that takes a while.
        text = "" if findings == () else task.text_of(content)
    except FileError as error:
        return error
    if findings is not None:
        result = CheckResult(task, text, findings)
        if task.is_packed or not (task.wants_fixes and result.has_fixes):
            return result
    return len(text) if may_hold_findings(text, task.settings) else 0


def _check_each(
    tasks: Sequence[FileTask], n_processes: int
) -> Iterator[tuple[int, CheckResult | FileError | WeightsError]]:
    """The index and the result of each file, in the order in which they are done."""
    if min(n_processes, len(tasks)) < 2:
        yield from enumerate(map(_check_file, tasks))
        return
    for index, result in each_in_processes(_check_file, tasks, n_processes):
        if isinstance(result, Died):
            yield index, FileError(f"{tasks[index].name}: was not checked: {result.reason}")
        else:
            # The other process returns a copy of the settings with each result; ours are shared by all files.
            yield index, replace(result, task=tasks[index]) if isinstance(result, CheckResult) else result


def _check_file(task: FileTask) -> CheckResult | FileError | WeightsError:
    """The result of a file, or its error as a value: one file must not end the work of a process."""
    try:
        # Read once, so that findings and fixes are of the same content.
        content = task.read()
        result = check_text(task, task.text_of(content))
        return replace(result, content=task.cache_key(content)) if task.content is None else result
    except (FileError, WeightsError) as error:
        return error
    except MemoryError:
        return FileError(f"{task.name}: cannot be checked (out of memory); split it, or check it with --jobs 1")
    except Exception as error:
        reason = " ".join(f"{type(error).__name__}: {error}".split())
        return FileError(f"{task.name}: cannot be checked ({reason}); please report this with the file")
